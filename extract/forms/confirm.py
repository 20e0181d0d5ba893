"""Figures of forms in noisy text, confirmed by the document's own list of projects.

A form prints its project's amount once more. In text made from pages a figure may be torn over
two cells, with a character doubled or misread at the edge, or have lost its first digit without
a trace. So nothing is taken that the list of projects, or the sum of the form's own funds, does
not confirm; the rest is quarantined.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from difflib import SequenceMatcher

from extract.figures import is_amount, parse_amount
from extract.forms.confirm_names import confirm_names
from extract.forms.model import Form, Money
from extract.forms.naming import LabelledForms
from extract.page import Settled
from extract.rows import Labelled, Row
from extract.text import has_chinese, squeeze, trim
from extract.units import YUAN_PER_UNIT, printed_unit
from extract.vocabulary import Vocabulary

_ALIKE = 0.7
"""A torn name is taken for a list's where at least this share of both is the same."""

_GOALS = ("goal_year", "goal_long", "goal_expected", "goal_actual")

_MISREAD = re.compile(r"(?:,|\.\()(?=[0-9]{2}$)", re.ASCII)
"""A decimal point that was read as a comma, or with a bracket behind it."""

_LISTED_TOO = "the document's list of projects prints this amount of this project"

_SHORTEST = 4
"""A name of fewer characters is no evidence."""

_SIZE_OF_FORMS = YUAN_PER_UNIT["wan_yuan"]
"""Forms print 万元; used only to find the project whose amount agrees, never to publish."""

_AHEAD = 0.08
"""By so much the name must be more alike than any other name of the list."""


@dataclass(frozen=True)
class _Listed:
    name: str
    amounts: dict[str, Decimal]


def confirm_forms(
    tables: Sequence[Labelled], units: Sequence[tuple[str, str]], vocabulary: Vocabulary
) -> None:
    """Settle names and figures of all forms that stand in text without rulings (in place)."""
    listed = [
        project
        for table, (unit, _) in zip(tables, units, strict=True)
        if table.sheet.kind == "project_list" and unit
        for project in _listed(table.rows, YUAN_PER_UNIT[unit])
    ]
    noisy = [
        (table, unit)
        for table, (unit, _) in zip(tables, units, strict=True)
        if isinstance(table, LabelledForms)
        and any(part.grid.origin == "tabbed" for part in table.sheet.parts)
    ]
    for table, unit in noisy:
        for form in table.forms:
            _confirm(form, listed, unit, vocabulary)
    confirm_names(form for table, _ in noisy for form in table.forms)


def _listed(rows: Sequence[Row], size: Decimal) -> Iterator[_Listed]:
    for row in rows:
        name = squeeze(row.texts.get("project_name", "") or (row.path[-1] if row.path else ""))
        amounts: dict[str, Decimal] = {}
        for column, cell in row.amounts:
            fund = column.meaning.fund
            value = parse_amount(cell.text) if is_amount(cell.text) else None
            if fund and value is not None and column.role == "amount":
                amounts.setdefault(fund, value * size)
        if row.row_kind == "line" and name and "all" in amounts:
            fiscal = amounts.get("fiscal", amounts.get("general_public_budget", Decimal(0)))
            amounts["fiscal"] = fiscal
            amounts["other_printed"] = amounts["all"] - fiscal
            yield _Listed(name, amounts)


def _confirm(form: Form, listed: Sequence[_Listed], unit: str, vocabulary: Vocabulary) -> None:
    torn = form.fields.pop("torn_name", "")
    form.money = _with_one_unit(form.money)
    name = torn or squeeze(form.project_name)
    found = _find(name, form, listed, unit, vocabulary)
    if found is not None and (torn or _is_misread(name, found.name)):
        form.fields["project_name"] = found.name
    elif found is None and (torn or listed):
        form.fields.pop("project_name", None)
    if torn:
        for lost in ("implementing_unit", "project_type", "project_nature", *_GOALS):
            form.fields.pop(lost, None)
    if found is not None and not unit and not any(money.unit_text for money in form.money):
        form.money = _with_unit_of(found, form.money)
    clean = not torn and all(len(m.pieces) <= 1 or _is_cut(m) for m in form.money)
    form.money = [
        money if money.doubt == "column_unknown"
        else _settled(money, found, _size(money, unit, vocabulary), clean and _is_balanced(form))
        for money in form.money
    ]  # fmt: skip


def _is_misread(name: str, listed: str) -> bool:
    """True for a name that is the list's with characters lost, added or misread."""
    alike = SequenceMatcher(None, name, listed).ratio()
    return name in listed or listed in name or alike < _ALIKE


def _settled(money: Money, found: _Listed | None, size: Decimal | None, balanced: bool) -> Money:
    """An amount as printed or as joined, where the list or the form's sum confirms it."""
    wanted = found.amounts.get(money.fund) if found is not None else None
    fitting = [
        text
        for text in _readings(money)
        if size is not None and wanted is not None and _value(text) * size == wanted
    ]
    whole = _whole(money)
    if fitting and len(money.pieces) <= 1 and whole in fitting:
        if not money.cell.doubt:
            return replace(money, doubt="", is_confirmed=True)
        return _resolved(money, money.printed, Settled("blank_column", _LISTED_TOO))
    if fitting:
        return _resolved(money, fitting[0], Settled("join", f"{_torn(money)}: {_LISTED_TOO}"))
    if balanced and is_amount(whole) and _is_cut(money):
        why = f"{_torn(money)}: with it the funds of the form make its total"
        return _resolved(money, whole, Settled("join", why))
    if balanced and len(money.pieces) <= 1 and is_amount(whole):
        return money
    return replace(money, doubt=money.doubt or "split_figure")


def _resolved(money: Money, printed: str, settled: Settled) -> Money:
    return replace(
        money,
        doubt="",
        printed=printed,
        reading="resolved",
        is_confirmed=True,
        settled=settled,
    )


def _torn(money: Money) -> str:
    return " and ".join(repr(piece) for piece in money.pieces or (money.cell.text,))


def _is_cut(money: Money) -> bool:
    """True for a figure that the text cut behind its point: its two pieces are all of it."""
    return len(money.pieces) == 2 and squeeze(money.pieces[0])[-1:] == "."


def _with_one_unit(moneys: Sequence[Money]) -> list[Money]:
    """The unit that one label of a form prints is that of its other amounts too."""
    texts = {money.unit_text for money in moneys} - {""}
    if len(texts) != 1:
        return list(moneys)
    text = texts.pop()
    return [replace(money, unit_text=text) for money in moneys]


def _with_unit_of(found: _Listed, moneys: Sequence[Money]) -> list[Money]:
    """The unit under which an amount of the form is that of the list, where only one fits."""
    fits = {
        word
        for word, unit in (("元", "yuan"), ("万元", "wan_yuan"))
        for money in moneys
        for text in _readings(money)
        if money.fund == "all" and _value(text) and (
            _value(text) * YUAN_PER_UNIT[unit] == found.amounts["all"]
        )
    }  # fmt: skip
    if len(fits) != 1:
        return list(moneys)
    text = fits.pop()
    return [replace(money, unit_text=text) for money in moneys]


def _size(money: Money, unit: str, vocabulary: Vocabulary) -> Decimal | None:
    own = printed_unit(money.unit_text, vocabulary) if money.unit_text else ""
    return YUAN_PER_UNIT.get(own or unit)


def _whole(money: Money) -> str:
    return trim("".join(money.pieces) or money.cell.text)


def _readings(money: Money) -> list[str]:
    """The figures that the pieces may be: joined, joined without the character at the edge, or
    the second one alone where the first is the misread end of a label. Last, where none of these
    is a figure, the text without a bracket and with a point for the comma before two last digits.
    """
    pieces = [squeeze(piece).strip("()") for piece in money.pieces] or [_whole(money)]
    readings = [pieces[0]]
    for piece in pieces[1:]:
        readings = [text + rest for text in readings for rest in (piece, piece[1:])]
    single = [_whole(money)] if len(pieces) == 1 else []
    behind = pieces[1:2] if len(pieces) == 2 else []
    found = [text for text in [*single, *readings, *behind] if is_amount(text)]
    if found and not _MISREAD.search(squeeze(_whole(money))):
        return found
    mended = _MISREAD.sub(".", squeeze(_whole(money)))
    return [*found, *([mended] if is_amount(mended) and mended not in found else [])]


def _value(text: str) -> Decimal:
    return parse_amount(text) or Decimal(0)


def _is_balanced(form: Form) -> bool:
    """True if each total of the form is the sum of its parts, and there are parts."""
    measures = {money.measure for money in form.money}
    for measure in measures:
        own = [money for money in form.money if money.measure == measure]
        if any(not is_amount(_whole(money)) for money in own):
            return False
        total = [_value(_whole(money)) for money in own if money.fund == "all"]
        parts = [_value(_whole(money)) for money in own if money.fund != "all"]
        if len(total) != 1 or not parts or total[0] != sum(parts):
            return False
    return bool(measures)


def _find(
    name: str, form: Form, listed: Sequence[_Listed], unit: str, vocabulary: Vocabulary
) -> _Listed | None:
    """The project of the list that a form is of: by its name, and by its amount where two fit."""
    if len(name) < _SHORTEST or not listed:
        return None
    scored = sorted(
        ((SequenceMatcher(None, name, project.name).ratio(), project) for project in listed),
        key=lambda pair: -pair[0],
    )
    best = scored[0][0]
    near = [project for ratio, project in scored if ratio >= max(best - _AHEAD, _ALIKE)]
    if len(near) == 1 and best >= _ALIKE:
        return near[0]
    near = near or [project for project in listed if _held(name, project.name) >= _ALIKE]
    fitting = [
        project
        for project in near
        if any(
            any(
                _value(text) * (_size(money, unit, vocabulary) or _SIZE_OF_FORMS)
                == project.amounts["all"]
                for text in _readings(money)
            )
            for money in form.money
            if money.fund in ("all", "fiscal")
        )
    ]
    return fitting[0] if len(fitting) == 1 else None


def _held(torn: str, name: str) -> float:
    """The share of a torn name's Chinese characters that stand in a name in their order."""
    own = "".join(char for char in torn if has_chinese(char))
    if len(own) < _SHORTEST:
        return 0.0
    blocks = SequenceMatcher(None, own, name).get_matching_blocks()
    return sum(block.size for block in blocks) / len(own)
