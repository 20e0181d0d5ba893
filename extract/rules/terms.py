"""Rules and their terms as they stand in ``seeds/rules``: accounting identities (勾稽关系).

The same two files are evaluated over all documents by SQL (``int_identity_sides`` and
``identity_check``), which also evaluates the relations of ``relation_rule.csv``: these are about
sentences and other documents, which the cells of one document do not tell.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from extract.errors import VocabularyError

FOLDER = Path(__file__).resolve().parent.parent.parent / "seeds" / "rules"

EVALUATED = ("identity",)
NOT_EVALUATED = ("relation",)
"""Families of rules by their files: those evaluated here, and those that only SQL evaluates."""

KEY_PARTS = ("kind", "fund", "word", "basis", "code", "parent", "row", "group", "within")
"""What a check can be about, in the order of the key of a check."""

FAMILY_PARTS = ("kind", "fund", "word", "basis")
"""The parts that the checks of one column share."""


@dataclass(frozen=True)
class Term:
    """Figures on one side of a rule: each set of words takes what is in it, None takes any."""

    side: str
    number: int
    sign: int
    table_kinds: frozenset[str]
    subject: str
    words: frozenset[str] | None
    levels: frozenset[str] | None
    funds: frozenset[str] | None
    block: frozenset[str] | None
    codes: frozenset[str] | None
    key: frozenset[str]
    is_needed: bool


@dataclass(frozen=True)
class Rule:
    """An identity: for which kind of document, how strictly, and its terms."""

    name: str
    document_kind: str
    strength: str
    only_if: str
    both_sides: str
    description: str
    terms: tuple[Term, ...]

    def applies_to(self, document_kind: str) -> bool:
        """True for a rule of all documents, or of this kind of them."""
        return self.document_kind in ("both", document_kind)


@cache
def load_rules(folder: Path = FOLDER) -> tuple[Rule, ...]:
    """All identities with their terms, in the order of the file.

    Raises VocabularyError where a term has no number, or is of no rule.
    """
    terms: dict[str, list[Term]] = {}
    for record in _records(folder / "identity_term.csv"):
        try:
            terms.setdefault(record["identity_id"], []).append(_term(record))
        except ValueError as error:
            raise VocabularyError(f"identity_term.csv: {error} in {record!r}") from error
    rules = tuple(
        Rule(
            name=record["identity_id"],
            document_kind=record["document_kind"],
            strength=record["strength"],
            only_if=record["only_if"],
            both_sides=record["both_sides"],
            description=record["description"],
            terms=tuple(terms.pop(record["identity_id"], ())),
        )
        for record in _records(folder / "identity_rule.csv")
    )
    if terms:
        raise VocabularyError(f"identity_term.csv: terms of no rule: {', '.join(sorted(terms))}")
    return rules


def _records(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)


def _term(record: dict[str, str]) -> Term:
    def listed(name: str) -> frozenset[str] | None:
        return frozenset(record[name].split("|")) if record[name] else None

    return Term(
        side=record["side"],
        number=int(record["term_no"]),
        sign=int(record["sign"]),
        table_kinds=listed("table_kinds") or frozenset(),
        subject=record["subject"],
        words=listed("words"),
        levels=listed("levels"),
        funds=listed("funds"),
        block=listed("block"),
        codes=listed("codes"),
        key=frozenset(record["key"].split("+")) if record["key"] else frozenset(),
        is_needed=record["is_needed"] == "true",
    )
