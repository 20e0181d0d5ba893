"""Errors put in on purpose are noticed, in the cells of documents and in the files themselves."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

import typeset
from accuracy.inject import TARGET, inject
from accuracy.inject_files import ChangedFile, judge_files, misprint_text
from accuracy.injection_report import InjectionReport, describe_miss
from accuracy.mistakes import KINDS, MISPRINTS, misprint
from typeset import document

PROJECT = Path(__file__).resolve().parents[2]


def unseen(report: InjectionReport) -> int:
    """How many mistakes stand where no sum that holds would tell, and nothing else did."""
    return sum(not result.noticed for result in report.of_standing("uncovered"))


def misses(report: InjectionReport) -> str:
    return "\n".join(describe_miss(result) for result in report.missed)


def test_errors_in_the_cells_of_the_samples_are_noticed() -> None:
    report = inject(PROJECT / "corpus", errors=400, seed=1)
    assert len(report.counted) == 400
    assert report.share >= TARGET, misses(report)
    kinds = Counter(result.mistake.kind for result in report.counted)
    assert set(kinds) == set(KINDS)
    # what no identity covers is rare, so that what counts is nearly all
    assert unseen(report) <= 0.01 * len(report.results)


@pytest.mark.shared
@pytest.mark.slow
def test_errors_in_the_cells_of_real_documents_are_noticed(shared: Path, tmp_path: Path) -> None:
    for name in ("pdf", "text"):
        (tmp_path / name).symlink_to(shared / "disclosures" / name)
    report = inject(tmp_path, errors=2000, seed=1)
    assert len(report.counted) == 2000
    assert report.share >= TARGET, misses(report)
    assert unseen(report) <= 0.01 * len(report.results)


@pytest.mark.shared
@pytest.mark.slow
def test_errors_in_the_texts_themselves_are_noticed(shared: Path, tmp_path: Path) -> None:
    random = Random(1)
    texts = sorted((shared / "disclosures" / "text").glob("*.txt"))
    changed = [
        misprint_text(text, tmp_path / f"{text.stem}-{number}.txt", random)
        for text in texts
        for number in range(8)
    ]
    report = judge_files(changed)
    assert len(report.counted) >= len(changed) / 2
    assert report.share >= TARGET, misses(report)


def print_wrong(
    slug: str, out: Path, original: Path, random: Random, monkeypatch: pytest.MonkeyPatch
) -> ChangedFile:
    """Typeset a sample with one digit of one of its figures wrong."""
    disclosure = typeset.load_disclosure(slug)
    while True:
        number = random.randrange(len(disclosure.tables))
        table = disclosure.tables[number]
        row_number = random.randrange(len(table.rows)) if table.rows else 0
        field = random.choice([column.field for column in table.columns if column.is_amount])
        kind = random.choice(MISPRINTS)
        figure = table.rows[row_number].cells[field] if table.rows else ""
        wrong = misprint(kind, figure, random) if figure.replace(".", "").isdigit() else None
        if wrong is not None:
            break
    row = table.rows[row_number]
    rows = list(table.rows)
    rows[row_number] = replace(row, cells={**row.cells, field: wrong})
    tables = list(disclosure.tables)
    tables[number] = replace(table, rows=tuple(rows))
    wrong_disclosure = replace(disclosure, tables=tuple(tables))
    monkeypatch.setattr(document, "load_disclosure", lambda _: wrong_disclosure)
    typeset.render(slug, out)
    monkeypatch.undo()
    return ChangedFile(original, out, kind, figure, wrong)


def test_errors_on_typeset_pages_are_noticed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    random = Random(1)
    changed: list[ChangedFile] = []
    for slug in typeset.list_slugs():
        original = tmp_path / f"{slug}.pdf"
        typeset.render(slug, original)
        for number in range(6):
            out = tmp_path / f"{slug}-{number}.pdf"
            changed.append(print_wrong(slug, out, original, random, monkeypatch))
    report = judge_files(changed)
    assert len(report.counted) >= len(changed) * 2 / 3
    assert report.share >= TARGET, misses(report)
