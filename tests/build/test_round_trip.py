"""What the typesetter prints, the warehouse says: every figure, in its place, in yuan.

The committed samples are read, and the same disclosures typeset again with other figures, names
and page breaks, so that reading is proved and not memory. The typesetter knows nothing of the
reader; its figures are the golden answer.
"""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

import typeset
from extract.text import squeeze
from tests.build.conftest import PROJECT, query, run_build

SEEDS = (None, 1, 2, 3)

Key = tuple[object, ...]


@dataclass(frozen=True)
class Fact:
    """A fact table and the columns by which a golden fact and a published one are compared."""

    table: str
    words: tuple[str, ...]


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


@dataclass(frozen=True)
class Proof:
    """A published warehouse and the golden facts of its documents, by file name."""

    warehouse: Path
    golden: dict[str, list[typeset.GoldenFact]]
    disclosures: dict[str, typeset.Disclosure]


@pytest.fixture(scope="module")
def proof(tmp_path_factory: pytest.TempPathFactory) -> Proof:
    """Build the committed samples and their perturbed editions, once."""
    root = tmp_path_factory.mktemp("往返")
    documents = root / "documents"
    documents.mkdir()
    golden: dict[str, list[typeset.GoldenFact]] = {}
    disclosures: dict[str, typeset.Disclosure] = {}
    for slug in typeset.list_slugs():
        for seed in SEEDS:
            name = f"{slug}.pdf" if seed is None else f"{slug}-{seed}.pdf"
            disclosure = typeset.render(slug, documents / name, seed)
            if seed is None:
                shutil.copyfile(PROJECT / "corpus" / name, documents / name)
            disclosures[name] = disclosure
            golden[name] = typeset.golden(disclosure)
    warehouse = root / "warehouse.duckdb"
    done = run_build(documents, warehouse)
    assert done.returncode == 0, done.stderr + done.stdout
    return Proof(warehouse, golden, disclosures)


def _names() -> Iterator[str]:
    for slug in typeset.list_slugs():
        for seed in SEEDS:
            yield f"{slug}.pdf" if seed is None else f"{slug}-{seed}.pdf"


@pytest.mark.parametrize("name", list(_names()))
@pytest.mark.parametrize("fact", FACTS)
def test_every_printed_figure_is_a_fact(proof: Proof, name: str, fact: str) -> None:
    wanted = Counter(
        _golden_key(golden, FACTS[fact].words)
        for golden in proof.golden[name]
        if golden.fact == fact
    )
    found = Counter(_published(proof.warehouse, name, FACTS[fact]))
    assert found == wanted


def _golden_key(golden: typeset.GoldenFact, words: tuple[str, ...]) -> Key:
    return (
        golden.table_kind,
        golden.page_number,
        squeeze(golden.amount_printed),
        golden.amount_yuan,
        *(getattr(golden, word) for word in words),
    )


def _published(warehouse: Path, name: str, fact: Fact) -> Iterator[Key]:
    rows = query(
        warehouse,
        f"""
        select table_kind, page_number, amount_printed, amount_yuan, {", ".join(fact.words)}
        from core.{fact.table} inner join core.dim_document using (document_id, disclosure_id)
        where file_name = '{name}'
        """,
    )
    for kind, page, printed, amount, *words in rows:
        yield (kind, page, squeeze(str(printed)), amount, *words)


@pytest.mark.parametrize("name", list(_names()))
def test_the_identity_is_what_the_cover_says(proof: Proof, name: str) -> None:
    disclosure = proof.disclosures[name]
    [identity] = query(
        proof.warehouse,
        f"""
        select agency_name, region_code, fiscal_year, document_kind, scope
        from core.dim_document where file_name = '{name}'
        """,
    )
    assert identity == (
        disclosure.agency_name,
        disclosure.region_code,
        disclosure.fiscal_year,
        disclosure.document_kind,
        disclosure.scope,
    )


def test_no_figure_is_left_over(proof: Proof) -> None:
    left = query(
        proof.warehouse,
        "select document_id, page_number, left_over from audit.page_conservation "
        "where left_over <> '' or figures_on_page <> figures_in_cells + figures_elsewhere",
    )
    assert left == []
