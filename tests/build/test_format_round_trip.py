"""The same figures in workbooks, Word documents and web pages are the same facts: all, no other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import cycle, product
from pathlib import Path

import duckdb
import pytest

import typeset
from tests.build.conftest import query, run_build
from tests.golden_facts import FACTS, Key, golden_facts, published_facts
from typeset.files import ENDINGS, Manner, render_file
from typeset.files.manners import MANNERS
from typeset.styles import OF_CONTENT, Variant

SLUGS = typeset.list_slugs()
HARD = (
    *((".xlsx", (manner,)) for manner in sorted(MANNERS[".xlsx"])),
    *((".html", (manner,)) for manner in sorted(MANNERS[".html"])),
    (".xls", (Manner.ONE_SHEET,)),
    (".xls", (Manner.WAN_FORMAT, Manner.HIDDEN)),
    (".docx", (Manner.NESTED,)),
    (".docx", (Manner.HIDDEN,)),
    (".xlsx", (Manner.OFFSET, Manner.HIDDEN, Manner.BORDERLESS, Manner.ONE_SHEET)),
    (".docx", (Manner.NESTED, Manner.HIDDEN)),
    (".html", (Manner.NESTED, Manner.HIDDEN, Manner.UTF16)),
    (".mht", (Manner.GB_DECLARED, Manner.NESTED)),
)


@dataclass(frozen=True)
class Edition:
    """A sample in a format, with other figures and names, and with what is hard about it."""

    slug: str
    seed: int
    ending: str
    manners: tuple[Manner, ...] = ()
    variants: tuple[Variant, ...] = ()

    @property
    def name(self) -> str:
        """The name of its file."""
        parts = (self.slug, f"{self.seed}", *self.manners, *self.variants)
        return "+".join(parts) + self.ending


def _editions() -> Iterator[Edition]:
    """Two samples in every format; every manner, each with one of what is hard about contents."""
    for number, (ending, slug) in enumerate(product(ENDINGS, range(2))):
        yield Edition(SLUGS[(number + slug) % len(SLUGS)], number, ending)
    variants = cycle(sorted(OF_CONTENT))
    for number, (ending, manners) in enumerate(HARD, start=20):
        yield Edition(SLUGS[number % len(SLUGS)], number, ending, manners, (next(variants),))


EDITIONS = {edition.name: edition for edition in _editions()}


@dataclass(frozen=True)
class Proof:
    """A published warehouse and what its documents say, by file name."""

    warehouse: Path
    disclosures: dict[str, typeset.Disclosure]


@pytest.fixture(scope="module")
def proof(tmp_path_factory: pytest.TempPathFactory) -> Proof:
    """Build all editions at once, each in a folder of its own."""
    root = tmp_path_factory.mktemp("格式")
    disclosures: dict[str, typeset.Disclosure] = {}
    for number, edition in enumerate(EDITIONS.values()):
        path = root / "documents" / f"{number}" / edition.name
        path.parent.mkdir(parents=True)
        disclosures[edition.name] = render_file(
            edition.slug, path, edition.seed, edition.manners, edition.variants
        )
    warehouse = root / "warehouse.duckdb"
    done = run_build(root / "documents", warehouse)
    # figures that nobody sees are in quarantine, by number
    assert done.returncode == 3, done.stderr + done.stdout
    return Proof(warehouse, disclosures)


@pytest.mark.parametrize("name", EDITIONS)
def test_every_figure_is_a_fact(proof: Proof, name: str) -> None:
    disclosure = proof.disclosures[name]
    with duckdb.connect(str(proof.warehouse), read_only=True) as connection:
        [(document_id, *identity)] = connection.execute(
            "select document_id, agency_name, region_code, fiscal_year, document_kind, scope"
            " from core.dim_document where file_name = ?",
            [name],
        ).fetchall()
        for fact, words in FACTS.items():
            rows = connection.execute(words.query, [document_id]).fetchall()
            found = published_facts(rows)
            assert _pages(found) <= {None}
            assert found == golden_facts(typeset.golden(disclosure), fact)
    assert identity == [
        disclosure.agency_name,
        disclosure.region_code,
        disclosure.fiscal_year,
        disclosure.document_kind,
        disclosure.scope,
    ]


def test_only_what_is_hidden_is_in_quarantine(proof: Proof) -> None:
    cases = query(proof.warehouse, "select file_name, reason, detail from audit.quarantine")
    named = {name for name, _, _ in cases}
    assert {reason for _, reason, _ in cases} == {"hidden_part"}
    assert named == {name for name, one in EDITIONS.items() if Manner.HIDDEN in one.manners}


def test_no_figure_is_left_over(proof: Proof) -> None:
    assert (
        query(proof.warehouse, "select * from audit.page_conservation where left_over <> ''") == []
    )


def _pages(facts: Counter[Key]) -> set[object]:
    return {page for _, page, *_ in facts}
