"""What the typesetter prints, the warehouse says: every figure, in its place, in yuan.

The committed samples are read, and the same disclosures typeset again with other figures, names
and page breaks, so that reading is proved and not memory. The typesetter knows nothing of the
reader; its figures are the golden answer.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pytest

import typeset
from tests.build.conftest import PROJECT, query, run_build
from tests.golden_facts import FACTS, golden_facts, published_facts
from tests.rules_agreement import differing_checks

SEEDS = (None, 1, 2, 3)


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
    wanted = golden_facts(proof.golden[name], fact)
    with duckdb.connect(str(proof.warehouse), read_only=True) as connection:
        [(document_id,)] = connection.execute(
            "select document_id from core.dim_document where file_name = ?", [name]
        ).fetchall()
        found = published_facts(connection.execute(FACTS[fact].query, [document_id]).fetchall())
    assert found == wanted


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


def test_both_evaluators_say_the_same_of_every_rule(proof: Proof) -> None:
    with duckdb.connect(str(proof.warehouse), read_only=True) as connection:
        differences, statuses = differing_checks(connection)
    assert differences == []
    assert statuses["holds"] > 100 * len(proof.golden)
