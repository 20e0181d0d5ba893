"""The same figures on every page style and in every hard variant are the same facts.

Each disclosure is typeset by every producer that is installed here, and once for each variant;
combinations of variants are drawn with a seed. The facts must be those of the figures: no figure
is lost, none is wrong, none is invented.
"""

from __future__ import annotations

import random
import subprocess
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pytest

import typeset
from tests.build.conftest import query, run_build
from tests.golden_facts import FACTS, Key, golden_facts, published_facts
from typeset.producers import missing_producer
from typeset.styles import EXCLUSIVE, STYLES, Variant

COMBINATIONS = 10
MOST_VARIANTS = 5
ALONE_INVISIBLE = {
    # these show only where a table runs over pages
    Variant.TITLE_REPEATED,
    Variant.HEADER_ONCE,
    Variant.UNIT_ONCE,
    Variant.ROW_SPLIT,
    Variant.PAGE_NUMBER_INSIDE,
}


@dataclass(frozen=True)
class Edition:
    """A disclosure in one style, with some variants, with a seed or as shipped."""

    slug: str
    style: str
    variants: tuple[Variant, ...] = ()
    seed: int | None = None

    @property
    def name(self) -> str:
        """A file name that says all of it."""
        parts = [self.slug, self.style, *self.variants, str(self.seed or 0)]
        return "+".join(parts) + ".pdf"


def styled() -> Iterator[Edition]:
    """Every disclosure in every style, with figures of its own."""
    for seed, style in enumerate(STYLES, start=40):
        for slug in typeset.list_slugs():
            yield Edition(slug, style, seed=seed)


def varied() -> Iterator[Edition]:
    """Every variant on two disclosures, drawn in turn, in a ruled style."""
    slugs = typeset.list_slugs()
    for number, variant in enumerate(Variant):
        more = (Variant.SMALL_PAGES,) if variant in ALONE_INVISIBLE else ()
        for step in (0, 2):
            slug = slugs[(number + step) % len(slugs)]
            yield Edition(slug, ("shipped", "grid")[step // 2], (variant, *more), 70 + number)


def combined() -> Iterator[Edition]:
    """Combinations of variants that do not exclude one another."""
    rng = random.Random("combined")
    slugs = typeset.list_slugs()
    for number in range(COMBINATIONS):
        chosen: set[Variant] = set()
        for variant in rng.sample(list(Variant), len(Variant)):
            fits = all(len(group & {*chosen, variant}) < 2 for group in EXCLUSIVE)
            if fits and len(chosen) < MOST_VARIANTS:
                chosen.add(variant)
        style = ("shipped", "grid", "dashed")[number % 3]
        yield Edition(slugs[number % len(slugs)], style, tuple(sorted(chosen)), 200 + number)


EDITIONS = [*styled(), *varied(), *combined()]


@dataclass(frozen=True)
class Proof:
    """A published warehouse, and the disclosure that each document states."""

    warehouse: Path
    printed: dict[str, typeset.Disclosure]


@pytest.fixture(scope="module")
def proof(tmp_path_factory: pytest.TempPathFactory) -> Proof:
    """Typeset every edition whose producer is here, and build them all at once."""
    root = tmp_path_factory.mktemp("样式")
    documents = root / "documents"
    documents.mkdir()
    printed: dict[str, typeset.Disclosure] = {}
    for edition in EDITIONS:
        if not missing_producer(STYLES[edition.style].producer):
            printed[edition.name] = typeset.render(
                edition.slug,
                documents / edition.name,
                edition.seed,
                edition.style,
                edition.variants,
            )
    done: subprocess.CompletedProcess[str] = run_build(documents, root / "warehouse.duckdb")
    assert done.returncode in (0, 3), done.stderr + done.stdout
    return Proof(root / "warehouse.duckdb", printed)


def without_page(facts: Counter[Key]) -> Counter[Key]:
    """Facts without the second word of their key, the page: the producer broke pages itself."""
    bare: Counter[Key] = Counter()
    for key, count in facts.items():
        bare[key[:1] + key[2:]] += count
    return bare


@pytest.mark.parametrize("edition", EDITIONS, ids=lambda edition: edition.name)
def test_the_facts_are_the_figures(proof: Proof, edition: Edition) -> None:
    producer = STYLES[edition.style].producer
    if reason := missing_producer(producer):
        pytest.skip(reason)
    disclosure = proof.printed[edition.name]
    golden = typeset.golden(disclosure)
    missing: dict[str, Counter[Key]] = {}
    invented: dict[str, Counter[Key]] = {}
    with duckdb.connect(str(proof.warehouse), read_only=True) as connection:
        [identity] = connection.execute(
            "select document_id, agency_name, region_code, fiscal_year, document_kind, scope "
            "from core.dim_document where file_name = ?",
            [edition.name],
        ).fetchall()
        for fact in FACTS:
            wanted = golden_facts(golden, fact)
            rows = connection.execute(FACTS[fact].query, [identity[0]]).fetchall()
            found = published_facts(rows)
            if producer != "reportlab":
                wanted, found = without_page(wanted), without_page(found)
            missing[fact], invented[fact] = wanted - found, found - wanted
    assert {fact: some for fact, some in missing.items() if some} == {}
    assert {fact: some for fact, some in invented.items() if some} == {}
    assert identity[1:] == (
        disclosure.agency_name,
        disclosure.region_code,
        disclosure.fiscal_year,
        disclosure.document_kind,
        disclosure.scope,
    )


def test_no_figure_is_left_over(proof: Proof) -> None:
    left = query(
        proof.warehouse,
        "select file_name, page_number, left_over from audit.page_conservation "
        "inner join core.dim_document using (document_id) "
        "where left_over <> '' or figures_on_page <> figures_in_cells + figures_elsewhere",
    )
    assert left == []


def test_nothing_is_quarantined(proof: Proof) -> None:
    assert (
        query(
            proof.warehouse,
            "select file_name, table_kind, page_number, reason, detail from audit.quarantine",
        )
        == []
    )
