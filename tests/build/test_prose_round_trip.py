"""The same figures in a Word document and on a web page are the same facts: all, and no other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pytest

import typeset
from tests.build.conftest import query, run_build
from tests.golden_facts import FACTS, Key, golden_facts, published_facts
from tests.prose_files import load_sample, save_web, save_word

SEEDS = (2,)
ENDINGS = (".docx", ".htm")


def _names() -> Iterator[tuple[str, int | None, str]]:
    for slug in typeset.list_slugs():
        for seed in SEEDS:
            for ending in ENDINGS:
                yield slug, seed, ending


@dataclass(frozen=True)
class Proof:
    """A published warehouse and the golden facts of its documents, by file name."""

    warehouse: Path
    golden: dict[str, list[typeset.GoldenFact]]


@pytest.fixture(scope="module")
def proof(tmp_path_factory: pytest.TempPathFactory) -> Proof:
    """Build all samples in all formats at once."""
    root = tmp_path_factory.mktemp("文档")
    documents = root / "documents"
    documents.mkdir()
    golden: dict[str, list[typeset.GoldenFact]] = {}
    for slug, seed, ending in _names():
        disclosure = load_sample(slug, seed)
        path = documents / f"{slug}-{seed}{ending}"
        if ending == ".docx":
            save_word(disclosure, path)
        else:
            save_web(disclosure, path, "gb18030")
        golden[path.name] = typeset.golden(disclosure)
    warehouse = root / "warehouse.duckdb"
    done = run_build(documents, warehouse)
    assert done.returncode == 0, done.stderr + done.stdout
    return Proof(warehouse, golden)


@pytest.mark.parametrize(("slug", "seed", "ending"), list(_names()))
def test_every_printed_figure_is_a_fact(
    proof: Proof, slug: str, seed: int | None, ending: str
) -> None:
    name = f"{slug}-{seed}{ending}"
    with duckdb.connect(str(proof.warehouse), read_only=True) as connection:
        [(document_id,)] = connection.execute(
            "select document_id from core.dim_document where file_name = ?", [name]
        ).fetchall()
        for fact, words in FACTS.items():
            rows = connection.execute(words.query, [document_id]).fetchall()
            found = published_facts(rows)
            assert _pages(found) <= {None}
            assert _without_page(found) == _without_page(golden_facts(proof.golden[name], fact))


def test_nothing_is_quarantined_or_left_over(proof: Proof) -> None:
    assert query(proof.warehouse, "select file_name, reason, detail from audit.quarantine") == []
    left = "select * from audit.page_conservation where left_over <> ''"
    assert query(proof.warehouse, left) == []


def _pages(facts: Counter[Key]) -> set[object]:
    return {page for _, page, *_ in facts}


def _without_page(facts: Counter[Key]) -> Counter[Key]:
    held: Counter[Key] = Counter()
    for (kind, _, *rest), count in facts.items():
        held[(kind, *rest)] += count
    return held
