"""The checks of a document: its figures on the two sides of every rule, and whether they agree.

The same meaning as ``int_identity_sides`` and ``identity_check``; a test holds both together.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from extract.rules.placing import place_figures
from extract.rules.terms import FAMILY_PARTS, KEY_PARTS, Rule, Term, load_rules
from extract.rules.tidying import Tidy, tidy_figures
from extract.schema import Record
from extract.vocabulary import TableKind

NO_FIGURE = "no figure of it is printed"
NO_LEFT = "the left side is not printed"
NO_RIGHT = "the right side is not printed"
NO_TERM = "a term of it is not printed"
IN_QUARANTINE = "a figure of its table is in quarantine"
WITHOUT_WORD = "an item of its table has no word, and may be part of it"
OTHER_MONEY = "the tables are not about the same money"

FORM_KINDS = frozenset({"performance_target", "overall_performance_target", "self_evaluation"})
"""Kinds in which a doubt about a figure reaches its own form alone, not all tables of the kind."""

Doubt = tuple[str, str]
"""The kind of table of a figure in quarantine, and the id of its cell."""


@dataclass(frozen=True)
class Check:
    """A rule on figures of a document; amounts in yuan, None for a side that is not printed.

    ``status`` is `holds`, `rounding`, `broken` or `not_applicable`, the last with its ``reason``.
    """

    rule: Rule
    subject_key: str
    left_yuan: Decimal | None
    right_yuan: Decimal | None
    tolerance_yuan: Decimal | None
    status: str
    reason: str | None
    cell_ids: tuple[str, ...]


@dataclass
class Sides:
    """The figures of one check as they are found, by `left` and `right`, with their terms."""

    family_key: str
    figures: dict[str, list[tuple[Term, Tidy]]] = field(
        default_factory=lambda: {"left": [], "right": []}
    )

    def total(self, side: str) -> Decimal | None:
        """The sum of a side, None where no figure stands on it."""
        own = self.figures[side]
        return sum((t.sign * f.amount_yuan for t, f in own), Decimal(0)) if own else None

    @property
    def all(self) -> list[tuple[Term, Tidy]]:
        """The figures of both sides."""
        return [*self.figures["left"], *self.figures["right"]]

    @property
    def tolerance_yuan(self) -> Decimal:
        """What rounding explains: half of the last printed digit of every figure."""
        halves = [figure.half_digit_yuan for _, figure in self.all]
        # two printings of one figure in one unit leave nothing to rounding
        is_twice = len(self.figures["left"]) == len(self.figures["right"]) == 1
        exact = is_twice and min(halves) == max(halves)
        return Decimal(0) if exact else sum(halves, Decimal(0))

    @property
    def table_kind(self) -> str:
        """The kind of its tables; the first one by name of several."""
        return min(figure.table_kind for _, figure in self.all)


@dataclass(frozen=True)
class _Printed:
    """All checks of a rule on a document, and the kinds of tables in which it prints money.

    ``open_kinds`` are those in which an item of 三公 without a word stands.
    """

    checks: Mapping[str, Sides]
    table_kinds: frozenset[str]
    open_kinds: frozenset[str]


def check_document(
    cells: Iterable[Record],
    table_funds: Mapping[str, str | None],
    kinds: Mapping[str, TableKind],
    document_kind: str,
    doubts: Iterable[Doubt] = (),
    rules: Sequence[Rule] | None = None,
) -> list[Check]:
    """Every check of every identity on one document; a rule without any gives one.

    ``cells`` are rows of the table `cell`, ``table_funds`` the fund of each table by its id,
    ``doubts`` the figures in quarantine.
    """
    figures = tidy_figures(place_figures(cells, table_funds, kinds, document_kind))
    return check_figures(figures, document_kind, doubts, rules)


def check_figures(
    figures: Sequence[Tidy],
    document_kind: str,
    doubts: Iterable[Doubt] = (),
    rules: Sequence[Rule] | None = None,
) -> list[Check]:
    """Every check on figures that are in the words of the rules; as ``check_document``."""
    doubtful = {(kind, _place(kind, cell_id)) for kind, cell_id in doubts}
    known = load_rules() if rules is None else rules
    found = {rule: sides_of(rule, figures) for rule in known if rule.applies_to(document_kind)}
    printed = frozenset(
        figure.table_kind
        for checks in found.values()
        for sides in checks.values()
        for _, figure in sides.all
        if figure.amount_yuan
    )
    open_kinds = frozenset(
        figure.table_kind
        for figure in figures
        if (figure.subject, figure.word) == ("three_public", "other_printed") and figure.amount_yuan
    )
    checks = {
        rule.name: [
            _judge(rule, key, sides, _Printed(own, printed, open_kinds), doubtful)
            for key, sides in sorted(own.items())
        ]
        or [Check(rule, "", None, None, None, "not_applicable", NO_FIGURE, ())]
        for rule, own in found.items()
    }
    met = {
        name: all(check.status in ("holds", "rounding") for check in own)
        for name, own in checks.items()
    }
    return [
        _conditioned(check, met.get(check.rule.only_if, True))
        for own in checks.values()
        for check in own
    ]


def _place(table_kind: str, cell_id: str) -> str:
    return cell_id.split(":r", maxsplit=1)[0] if table_kind in FORM_KINDS else ""


def sides_of(rule: Rule, figures: Sequence[Tidy]) -> dict[str, Sides]:
    """The figures of each check of a rule, by what it is about, whichever side they stand on."""
    found: dict[str, Sides] = {}
    for term in rule.terms:
        for figure in figures:
            if _takes(term, figure):
                family = _key(term, figure, FAMILY_PARTS)
                sides = found.setdefault(_key(term, figure, KEY_PARTS), Sides(family))
                sides.figures[term.side].append((term, figure))
    return found


def _key(term: Term, figure: Tidy, parts: Sequence[str]) -> str:
    return "|".join(figure.parts[part] or "" for part in parts if part in term.key)


def _takes(term: Term, figure: Tidy) -> bool:
    if figure.table_kind not in term.table_kinds or figure.subject != term.subject:
        return False
    if term.words is None and figure.word == "sole_total":
        return False
    named = (
        (term.words, figure.word),
        (term.levels, figure.level),
        (term.codes, figure.code),
        (term.block, figure.block),
    )
    if any(words is not None and word not in words for words, word in named):
        return False
    if any(part in term.key and figure.parts[part] is None for part in ("group", "within")):
        return False
    # a fund beside 财政拨款收入 is in it already
    if (
        figure.is_source_part
        and not term.key & {"word", "group", "within"}
        and (term.words is None or "fiscal_appropriation" in term.words)
    ):
        return False
    return _takes_fund(term, figure)


def _takes_fund(term: Term, figure: Tidy) -> bool:
    if term.funds is None:
        return True
    if term.funds == {"main"}:
        return not figure.is_fund_part
    if term.funds == {"parts"}:
        return figure.is_fund_addend
    return figure.fund in term.funds


def _judge(
    rule: Rule,
    key: str,
    sides: Sides,
    printed: _Printed,
    doubtful: set[tuple[str, str]],
) -> Check:
    left, right = sides.total("left"), sides.total("right")
    needed = {term.number for term in rule.terms if term.is_needed}
    seen = {term.number for term, _ in sides.all if term.is_needed}
    if _is_half(rule, sides, printed):
        left, right, seen = left or Decimal(0), right or Decimal(0), needed
    tolerance = sides.tolerance_yuan
    difference = None if left is None or right is None else abs(left - right)
    reason = None
    if difference is None:
        reason = NO_LEFT if left is None else NO_RIGHT
    elif len(seen) < len(needed):
        reason = NO_TERM
    elif difference > tolerance and any(
        (figure.table_kind, _place(figure.table_kind, figure.cell_id)) in doubtful
        for _, figure in sides.all
    ):
        reason = IN_QUARANTINE
    elif difference > tolerance and _lacks_word(rule, sides, printed):
        reason = WITHOUT_WORD
    ordered = sorted(sides.all, key=lambda one: (one[0].number, one[1].cell_id))
    return Check(
        rule=rule,
        subject_key=key,
        left_yuan=left,
        right_yuan=right,
        tolerance_yuan=tolerance,
        status=_status(reason, difference, tolerance),
        reason=reason,
        cell_ids=tuple(figure.cell_id for _, figure in ordered),
    )


def _lacks_word(rule: Rule, sides: Sides, printed: _Printed) -> bool:
    """True where an item that the rule names is not there, and one without a word is."""
    seen = {(term.number, figure.word) for term, figure in sides.all}
    return any(
        (term.number, word) not in seen
        for term in rule.terms
        if term.subject == "three_public"
        for word in term.words or ()
    ) and bool(printed.open_kinds & {figure.table_kind for _, figure in sides.all})


def _status(reason: str | None, difference: Decimal | None, tolerance: Decimal) -> str:
    if reason is not None or difference is None:
        return "not_applicable"
    if not difference:
        return "holds"
    return "rounding" if difference <= tolerance else "broken"


def _is_half(rule: Rule, sides: Sides, printed: _Printed) -> bool:
    """True where one side alone is printed and the other one should have been: it counts as 0."""
    left, right = sides.total("left"), sides.total("right")
    if (left is not None and right is not None) or not (left or right):
        return False
    others = list(printed.checks.values())
    if rule.both_sides == "column":
        family = [other for other in others if other.family_key == sides.family_key]
        both = sum(_has_both(other) for other in family)
        half = sum(not _has_both(other) and _is_money(other) for other in family)
        return both >= 2 and half < both
    if rule.both_sides == "table":
        table = [other for other in others if other.table_kind == sides.table_kind]
        both = sum(_has_both(other) for other in table)
        half = sum(other.total("left") is None and _is_money(other) for other in table)
        return left is None and both >= 1 and half <= both
    if rule.both_sides == "left":
        return left is None
    if rule.both_sides == "printed":
        has = {
            side: any(
                term.is_needed and term.side == side and term.table_kinds & printed.table_kinds
                for term in rule.terms
            )
            for side in ("left", "right")
        }
        return (left is not None or has["left"]) and (right is not None or has["right"])
    return rule.both_sides == "always"


def _has_both(sides: Sides) -> bool:
    return bool(sides.figures["left"] and sides.figures["right"])


def _is_money(sides: Sides) -> bool:
    return bool(sides.total("left") or sides.total("right"))


def _conditioned(check: Check, is_met: bool) -> Check:
    """A check that another rule rules out, or that is itself no more than a condition."""
    is_condition = check.rule.strength == "condition" and check.status == "broken"
    if check.reason is None and (not is_met or is_condition):
        return replace(check, status="not_applicable", reason=OTHER_MONEY)
    return check
