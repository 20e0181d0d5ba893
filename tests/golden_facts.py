"""Golden facts of the typesetter's figures beside the facts of a warehouse, as multisets."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from extract.text import squeeze
from typeset import GoldenFact

Key = tuple[object, ...]


@dataclass(frozen=True)
class Fact:
    """A fact table and the words by which a golden fact and a published one are compared."""

    table: str
    words: tuple[str, ...]

    @property
    def query(self) -> str:
        """The facts of the document whose id is the parameter, in the order of `golden_facts`."""
        words = ", ".join(self.words)
        return (
            f"select table_kind, page_number, amount_printed, amount_yuan, {words}"
            f" from core.{self.table} where document_id = ?"
        )


FACTS = {
    "income": Fact("fct_income", ("level", "fund", "income_source", "function_code")),
    "expenditure_function": Fact(
        "fct_expenditure_function", ("level", "fund", "component", "function_code")
    ),
    "expenditure_economic": Fact(
        "fct_expenditure_economic",
        ("level", "fund", "component", "department_economic_code", "government_economic_code"),
    ),
    "three_public": Fact("fct_three_public", ("item", "basis", "fund")),
    "procurement": Fact("fct_procurement", ("level", "fund", "function_code", "catalogue_code")),
    "project_amount": Fact("fct_project_amount", ("level", "fund", "measure")),
}


def golden_facts(golden: Iterable[GoldenFact], fact: str) -> Counter[Key]:
    """Count the golden facts of one table by kind, page, printed text, yuan and words."""
    return Counter(
        (
            one.table_kind,
            one.page_number,
            squeeze(one.amount_printed),
            one.amount_yuan,
            *(getattr(one, word) for word in FACTS[fact].words),
        )
        for one in golden
        if one.fact == fact
    )


def published_facts(rows: Iterable[Sequence[object]]) -> Counter[Key]:
    """Count the rows of a `Fact.query` in the same way."""
    return Counter(
        (kind, page, squeeze(str(printed)), amount, *words)
        for kind, page, printed, amount, *words in rows
    )
