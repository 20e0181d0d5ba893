"""The rules of the audit, checked before anything is read: a slip in a row ends the build.

Rules are rows under ``seeds/rules``: an identity or a relation, and its terms. What a row says is
closed: a word that no figure can have would make a rule that never applies, in silence.
"""

import csv
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb

from extract.words import CLOSED_WORDS
from gongkai.errors import BuildError

RULES = Path(__file__).resolve().parent.parent / "seeds" / "rules"

_LEVELS = frozenset(["total", "class", "section", "item", "of_which", "unit", "line", "subtotal"])
_STATED_MEASURES = frozenset(
    {
        "amount",
        "final",
        "initial_budget",
        "adjusted_budget",
        "budget",
        "executed",
        "change",
        "change_percent",
        "share_percent",
        "completion_percent",
        "count",
        "score",
        "year_before",
        "over_budget",
        "over_budget_percent",
        "budget_direction",
        "year_direction",
        "some",
        "none",
    }
)
_PROJECT_MEASURES = frozenset(
    ["budget", "initial_budget", "adjusted_budget", "executed", "whole_period"]
)
_TOTALS = frozenset({"sole_total"})
"""A total that stands for the year as well is a word of the tidy figures alone."""
_WORDS: Mapping[str, frozenset[str]] = {
    "income": CLOSED_WORDS["source"] | _TOTALS,
    "expenditure_function": CLOSED_WORDS["component"] | _TOTALS,
    "expenditure_economic": CLOSED_WORDS["component"] | _TOTALS,
    "three_public": CLOSED_WORDS["item"] - {"vehicles_by_parts"},
    "procurement": frozenset({"amount"}),
    "project": _PROJECT_MEASURES,
    "indicator": frozenset(["cost_of_year"]),
    "remark": frozenset(["whole", "part", "department_evaluation", "financial_evaluation"]),
    "stated": CLOSED_WORDS["topic"] | CLOSED_WORDS["source"] | {"single_project"},
}
"""The words that figures of a subject can have."""
_KEYS = frozenset(["kind", "fund", "word", "basis", "code", "parent", "row", "group", "within"])
_COMPARISONS = frozenset({"equal", "at_most", "at_least", "direction", "direction_of_rate"})
_SHARED: Mapping[str, frozenset[str]] = {
    "side": frozenset({"left", "right"}),
    "sign": frozenset({"1", "-1"}),
    "table_kinds": CLOSED_WORDS["table_kind"] - {"unknown"},
    "subject": frozenset(_WORDS) - {"stated", "indicator", "remark"},
    "levels": _LEVELS,
    "funds": CLOSED_WORDS["fund"] | {"main", "parts"},
    "key": _KEYS,
    "is_needed": frozenset({"true", "false"}),
}
_STRENGTHS = frozenset({"hard", "soft", "condition"})
_KINDS = frozenset({"budget", "final_account", "both"})


@dataclass(frozen=True)
class _Family:
    """A pair of files: rules and their terms, and what their columns may say."""

    name: str
    rule_words: Mapping[str, frozenset[str]]
    term_words: Mapping[str, frozenset[str]]
    may_be_empty: frozenset[str]

    @property
    def key(self) -> str:
        """The column that names a rule."""
        return f"{self.name}_id"


_FAMILIES = (
    _Family(
        "identity",
        {
            "document_kind": _KINDS,
            "strength": _STRENGTHS,
            "both_sides": frozenset(["column", "table", "left", "printed", "always"]),
        },
        {**_SHARED, "block": frozenset({"current", "beyond"})},
        frozenset({"both_sides", "block", "levels", "funds", "key"}),
    ),
    _Family(
        "relation",
        {
            "document_kind": _KINDS,
            "strength": _STRENGTHS | {"habit"},
            "comparison": _COMPARISONS,
        },
        {
            **_SHARED,
            "table_kinds": _SHARED["table_kinds"] | {"narrative"},
            "subject": frozenset(_WORDS),
            "measures": _STATED_MEASURES | CLOSED_WORDS["basis"],
            "role": frozenset({"amount", "rate", "base"}),
            "take": frozenset({"sum", "count", "any"}),
            "key": _KEYS | {"section"},
            "whose": frozenset({"this", "year_before", "budget", "department"}),
        },
        frozenset({"measures", "levels", "funds", "key"}),
    ),
)
_SAID = ("description", "description_en", "reason", "reason_en", "since")
"""What every rule says of itself, for people."""
_SAME_KEY = {"parent": "code", "within": "group"}
"""Parts of a key that meet: children their parent, lines their group."""
_LISTS = frozenset(
    {"alternatives", "table_kinds", "subject", "words", "measures", "levels", "funds", "codes"}
)


def check_rules(directory: Path = RULES) -> None:
    """Check all rules below ``directory``.

    Raises BuildError with file, line and reason for the first row that cannot be what it says:
    an unknown column, word, table, subject or sign, a rule without two sides, a term of no rule,
    a table that is expected twice or by a pattern that is none.
    """
    _check_expected(directory)
    owners: dict[str, str] = {}
    for family in _FAMILIES:
        rules_path = directory / f"{family.name}_rule.csv"
        terms_path = directory / f"{family.name}_term.csv"
        rules = _rows(rules_path, {*family.rule_words, family.key, "only_if", *_SAID})
        terms = _rows(terms_path, {*family.term_words, family.key, "term_no", "words", "codes"})
        for line, row in rules:
            _check_words(rules_path, line, row, family.rule_words, family.may_be_empty)
        names = Counter(row[family.key] for _, row in rules)
        conditions = {row[family.key] for _, row in rules if row["strength"] == "condition"}
        for line, row in rules:
            _check_said(rules_path, line, row, family.key)
            owner = owners.setdefault(row[family.key], family.name)
            if names[row[family.key]] > 1 or owner != family.name:
                raise _refusal(rules_path, line, f"the rule {row[family.key]!r} stands twice")
            if row["only_if"] and row["only_if"] not in conditions:
                raise _refusal(rules_path, line, f"{row['only_if']!r} is no rule of a condition")
            if row["only_if"] and row["strength"] == "condition":
                raise _refusal(rules_path, line, "a condition rests on no other rule")
        sides = defaultdict(set)
        together = defaultdict(list)
        for line, row in terms:
            _check_words(terms_path, line, row, family.term_words, family.may_be_empty)
            _check_term(terms_path, line, row)
            if row[family.key] not in names:
                raise _refusal(terms_path, line, f"{row[family.key]!r} is no rule")
            together[row[family.key]].append((line, row))
            if row["is_needed"] == "true":
                sides[row[family.key]].add(row["side"])
        for line, row in rules:
            if sides[row[family.key]] != {"left", "right"}:
                raise _refusal(
                    rules_path, line, f"the rule {row[family.key]!r} needs a term on either side"
                )
        for placed in together.values():
            _check_together(terms_path, placed)


def _check_expected(directory: Path) -> None:
    """The tables that a disclosure must have: kinds and domains that there are, sound patterns."""
    path, domains_path = directory / "expected_table.csv", directory / "agency_domain.csv"
    domains = frozenset(row["agency_domain"] for _, row in _rows(domains_path, {"agency_domain"}))
    words = {
        "document_kind": _KINDS - {"both"},
        "agency_domain": domains,
        "table_kind": _SHARED["table_kinds"],
        "requirement": frozenset({"required", "optional"}),
        "alternatives": _SHARED["table_kinds"],
    }
    said = ("name_zh", "name_en", "why")
    patterns = ("title_pattern", "none_pattern")
    places: set[tuple[str, ...]] = set()
    for line, row in _rows(path, {*words, *said, *patterns, "first_year"}):
        _check_words(path, line, row, words, frozenset({"agency_domain", "alternatives"}))
        for name in said:
            if not row[name].strip():
                raise _refusal(path, line, f"the table has no {name}")
        place = (row["document_kind"], row["agency_domain"], row["table_kind"])
        if place in places:
            raise _refusal(path, line, f"the table {row['table_kind']!r} stands twice")
        places.add(place)
        for name in patterns:
            _check_pattern(path, line, name, row[name])
        if row["first_year"] and not re.fullmatch(r"(19|20)[0-9]{2}", row["first_year"]):
            raise _refusal(path, line, f"{row['first_year']!r} is no year")


def _check_pattern(path: Path, line: int, name: str, pattern: str) -> None:
    """A pattern is one that the models can search with."""
    try:
        duckdb.execute("select regexp_matches('', ?)", [pattern])
    except duckdb.Error as error:
        why = str(error).splitlines()[0]
        raise _refusal(path, line, f"{pattern!r} is no {name}: {why}") from error


def _rows(path: Path, columns: Iterable[str]) -> list[tuple[int, dict[str, str]]]:
    """The rows of a file with their lines; every column must be there, and every value."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.reader(file)
            header = next(reader, [])
            rows = [(reader.line_num, row) for row in reader]
    except OSError as error:
        raise _refusal(path, 1, f"cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise _refusal(path, 1, "is not UTF-8") from error
    except csv.Error as error:
        raise _refusal(path, 1, f"is no CSV: {error}") from error
    for name in sorted(columns):
        if name not in header:
            raise _refusal(path, 1, f"the column {name!r} is missing")
    for line, row in rows:
        if len(row) != len(header):
            raise _refusal(path, line, f"{len(row)} values for {len(header)} columns")
    return [(line, dict(zip(header, row, strict=True))) for line, row in rows]


def _check_words(
    path: Path,
    line: int,
    row: Mapping[str, str],
    known: Mapping[str, frozenset[str]],
    may_be_empty: frozenset[str],
) -> None:
    for column, words in known.items():
        value = row[column]
        if not value and column in may_be_empty:
            continue
        parts = value.split("|") if column in _LISTS else value.split("+")
        for part in parts:
            if part not in words:
                raise _refusal(
                    path, line, f"{part!r} is no {column}; known: {', '.join(sorted(words))}"
                )


def _check_term(path: Path, line: int, row: Mapping[str, str]) -> None:
    subjects = row["subject"].split("|")
    known = frozenset[str]().union(*(_WORDS[subject] for subject in subjects))
    for word in filter(None, row["words"].split("|")):
        if word not in known:
            raise _refusal(
                path,
                line,
                f"{word!r} is no word of {row['subject']}; known: {', '.join(sorted(known))}",
            )
    for code in filter(None, row["codes"].split("|")):
        if not (code.isascii() and code.isdigit()) or len(code) not in (3, 5, 7):
            raise _refusal(path, line, f"{code!r} is no code of a class")
    if not (row["term_no"].isascii() and row["term_no"].isdigit()):
        raise _refusal(path, line, f"{row['term_no']!r} is no number of a term")


def _check_said(path: Path, line: int, row: Mapping[str, str], key: str) -> None:
    """A rule has a name, both sentences, the reason why it must hold, and a day."""
    if not re.fullmatch(r"[a-z][a-z0-9_]*", row[key]):
        raise _refusal(path, line, f"{row[key]!r} is no name of a rule")
    for name in _SAID:
        if not row[name].strip():
            raise _refusal(path, line, f"the rule {row[key]!r} has no {name}")
    try:
        date.fromisoformat(row["since"])
    except ValueError as error:
        raise _refusal(path, line, f"{row['since']!r} is no day (year-month-day)") from error


def _check_together(path: Path, terms: Iterable[tuple[int, Mapping[str, str]]]) -> None:
    """The terms of one rule meet: otherwise it would never apply, or always break, in silence."""
    numbers: set[str] = set()
    keys: set[frozenset[str]] = set()
    roles: Counter[str] = Counter()
    for line, row in terms:
        if row["term_no"] in numbers:
            raise _refusal(path, line, f"the number {row['term_no']} of a term stands twice")
        numbers.add(row["term_no"])
        is_choice = row.get("take") == "any"
        roles.update([row.get("role", "amount"), *(["choice"] if is_choice else [])])
        if row.get("role", "amount") != "amount" and row["side"] != "left":
            raise _refusal(path, line, "a rate and its base stand on the left")
        key = frozenset(_SAME_KEY.get(part, part) for part in row["key"].split("+") if part)
        # one of several that may be meant is tried against every check
        if key or not is_choice:
            keys.add(key)
        if len(keys) > 1:
            raise _refusal(path, line, "the keys of the terms do not meet")
        if roles["choice"] > 1:
            raise _refusal(path, line, "one term of a rule takes any, no more")
    if roles["rate"] > 1 or bool(roles["rate"]) != bool(roles["base"]):
        raise _refusal(path, line, "a rate needs a base, and a base one rate")


def _refusal(path: Path, line: int, why: str) -> BuildError:
    place = "/".join(path.parts[-3:])
    return BuildError(f"{place} line {line}: {why}; nothing was read or published")
