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
from dataclasses import dataclass, fields
from pathlib import Path

import duckdb
import pytest

import typeset
from tests.build.conftest import query, run_build
from tests.golden_facts import FACTS, Key, golden_facts, published_facts
from typeset.extra import GoldenIndicator, GoldenStatement
from typeset.forms import CONTACT, TELEPHONE
from typeset.producers import missing_producer
from typeset.styles import EXCLUSIVE, STYLES, Variant

pytestmark = pytest.mark.slow

COMBINATIONS = 8
MOST_VARIANTS = 5
ALONE_INVISIBLE = {
    # these show only where a table runs over pages
    Variant.TITLE_REPEATED,
    Variant.HEADER_ONCE,
    Variant.UNIT_ONCE,
    Variant.ROW_SPLIT,
    Variant.PAGE_NUMBER_INSIDE,
}


SECOND_LOOKS = {"weasyprint-horizontal", "chromium-zebra", "typst-open"}


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
    """Every disclosure in every style, with figures of its own; slow second looks on two."""
    for seed, style in enumerate(STYLES, start=40):
        slugs = typeset.list_slugs()
        for slug in slugs[seed % 4 :][:1] if style in SECOND_LOOKS else slugs:
            yield Edition(slug, style, seed=seed)


def varied() -> Iterator[Edition]:
    """Every variant on one disclosure, drawn in turn."""
    slugs = typeset.list_slugs()
    for number, variant in enumerate(Variant):
        more = (Variant.SMALL_PAGES,) if variant in ALONE_INVISIBLE else ()
        yield Edition(slugs[number % len(slugs)], "shipped", (variant, *more), 70 + number)


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


@dataclass(frozen=True)
class Found:
    """Figures that are no facts, and facts that are no figure."""

    missing: Counter[tuple[str, Key]]
    invented: Counter[tuple[str, Key]]


def compare(proof: Proof, edition: Edition) -> Found:
    """Hold the facts of a document against the figures that it was typeset from."""
    producer = STYLES[edition.style].producer
    if reason := missing_producer(producer):
        pytest.skip(reason)
    golden = typeset.golden(proof.printed[edition.name])
    wanted: Counter[tuple[str, Key]] = Counter()
    found: Counter[tuple[str, Key]] = Counter()
    with duckdb.connect(str(proof.warehouse), read_only=True) as connection:
        [(document_id,)] = connection.execute(
            "select document_id from core.dim_document where file_name = ?", [edition.name]
        ).fetchall()
        for fact in FACTS:
            rows = connection.execute(FACTS[fact].query, [document_id]).fetchall()
            figures, facts = golden_facts(golden, fact), published_facts(rows)
            if producer != "reportlab":
                figures, facts = without_page(figures), without_page(facts)
            wanted.update({(fact, key): count for key, count in figures.items()})
            found.update({(fact, key): count for key, count in facts.items()})
    return Found(wanted - found, found - wanted)


@pytest.mark.parametrize("edition", EDITIONS, ids=lambda one: one.name)
def test_the_facts_are_the_figures(proof: Proof, edition: Edition) -> None:
    assert compare(proof, edition) == Found(missing=Counter(), invented=Counter())


@pytest.mark.parametrize("edition", EDITIONS, ids=lambda one: one.name)
def test_the_identity_is_what_the_cover_says(proof: Proof, edition: Edition) -> None:
    if reason := missing_producer(STYLES[edition.style].producer):
        pytest.skip(reason)
    printed = proof.printed[edition.name]
    with duckdb.connect(str(proof.warehouse), read_only=True) as connection:
        identity = connection.execute(
            "select agency_name, region_code, fiscal_year, document_kind, scope "
            "from core.dim_document where file_name = ?",
            [edition.name],
        ).fetchall()
    assert identity == [
        (
            printed.agency_name,
            printed.region_code,
            printed.fiscal_year,
            printed.document_kind,
            printed.scope,
        )
    ]


FORMED = [
    one for one in EDITIONS if {Variant.TARGET_FORMS, Variant.EVALUATION_FORMS} & set(one.variants)
]
TOLD = [one for one in EDITIONS if Variant.NARRATIVE in one.variants]


@pytest.mark.parametrize("edition", FORMED, ids=lambda one: one.name)
def test_every_indicator_of_a_form_is_found(proof: Proof, edition: Edition) -> None:
    words = [field.name for field in fields(GoldenIndicator) if field.name != "project_name"]
    wanted = Counter(
        tuple(getattr(indicator, word) for word in words)
        for form in proof.printed[edition.name].forms
        for indicator in form.indicators
    )
    with duckdb.connect(str(proof.warehouse), read_only=True) as connection:
        found = connection.execute(
            f"select {', '.join(words)} from core.fct_performance_indicator "
            "inner join core.dim_document using (document_id) where file_name = ?",
            [edition.name],
        ).fetchall()
    assert wanted.total() >= 20
    assert Counter(found) == wanted


@pytest.mark.parametrize("edition", TOLD, ids=lambda one: one.name)
def test_every_figure_of_a_sentence_is_found(proof: Proof, edition: Edition) -> None:
    words = [field.name for field in fields(GoldenStatement)]
    wanted = Counter(
        tuple(getattr(one, word) for word in words)
        for one in proof.printed[edition.name].statements
    )
    first = min(one.page_number or 0 for one in proof.printed[edition.name].statements)
    with duckdb.connect(str(proof.warehouse), read_only=True) as connection:
        found = connection.execute(
            f"select {', '.join(words)} from core.fct_stated_figure "
            "inner join core.dim_document using (document_id) "
            "where file_name = ? and page_number >= ?",
            [edition.name, first],
        ).fetchall()
    assert wanted.total() >= 15
    assert Counter(found) == wanted


def test_the_contact_person_is_in_no_table(proof: Proof) -> None:
    """A form names a person and a telephone number; neither gets past the reader."""
    with duckdb.connect(str(proof.warehouse), read_only=True) as connection:
        columns = connection.execute(
            "select table_schema, table_name, column_name from information_schema.columns "
            "where data_type = 'VARCHAR'"
        ).fetchall()
        kept = [
            (schema, table, column)
            for schema, table, column in columns
            for secret in (CONTACT, TELEPHONE)
            if connection.execute(
                f'select count(*) from "{schema}"."{table}" where contains("{column}", ?)', [secret]
            ).fetchone()
            != (0,)
        ]
    assert FORMED
    assert kept == []


def test_no_figure_is_left_over(proof: Proof) -> None:
    left = query(
        proof.warehouse,
        "select file_name, page_number, left_over from audit.page_conservation "
        "inner join core.dim_document using (document_id) "
        "where left_over <> '' or figures_on_page <> figures_in_cells + figures_elsewhere",
    )
    assert left == []


def test_nothing_is_quarantined(proof: Proof) -> None:
    held = query(
        proof.warehouse,
        "select file_name, table_kind, page_number, reason, detail from audit.quarantine",
    )
    assert held == []
