"""Scans of documents that are held digitally, figure by figure: right, in quarantine, or wrong.

A figure is named by its table, page, codes or label, and column. None may be wrong without being
in quarantine.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

import pytest
from pyarrow import parquet

from extract.landing import land_document
from extract.scan.recogniser import DISTRIBUTIONS, recogniser_versions
from extract.text import squeeze
from typeset.document import render
from typeset.model import list_slugs
from typeset.scan import Scan, scan_pdf

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        len(recogniser_versions()) < len(DISTRIBUTIONS),
        reason="the recogniser is not installed: pip install -r requirements.lock",
    ),
]

Key = tuple[str, int, str, str]
Amounts = dict[Key, Counter[Decimal]]


class Figures(NamedTuple):
    """What a landed document says: its figures by their names, and those in quarantine."""

    sure: Amounts
    doubtful: Counter[Key]


def _land(path: Path, cache: Path) -> Figures:
    landed = land_document(path, cache)
    sure: Amounts = defaultdict(Counter)
    doubtful: Counter[Key] = Counter()
    for row in parquet.read_table(landed.directory / "cell.parquet").to_pylist():
        codes = "".join(
            row[name] or ""
            for name in ("function_code", "department_economic_code", "government_economic_code")
        )
        label = codes or squeeze(row["row_label"] or "")
        key = (row["table_kind"], row["page_number"], label, squeeze(row["column_label"] or ""))
        if row["quarantine_reason"] is not None:
            doubtful[key] += 1
        elif row["value"] is not None:
            sure[key][row["value"]] += 1
    return Figures(sure, doubtful)


def _lost(scanned: Figures, printed: Figures) -> dict[int, int]:
    """By page: how many printed figures are neither right nor in quarantine."""
    missing: Counter[int] = Counter()
    for key, amounts in printed.sure.items():
        missing[key[1]] += (amounts - scanned.sure.get(key, Counter())).total()
    for key, count in scanned.doubtful.items():
        missing[key[1]] -= count
    return {page: count for page, count in missing.items() if count > 0}


def _compare(scanned: Figures, printed: Figures) -> tuple[int, int, list[object]]:
    """How many figures are printed, how many of them are right, and those that are wrong."""
    total = right = 0
    wrong: list[object] = []
    for key, amounts in printed.sure.items():
        own = scanned.sure.get(key, Counter())
        total += amounts.total()
        right += (amounts & own).total()
        more = own - amounts
        wrong += [(key, value) for value in more.elements()]
    wrong += [
        (key, value)
        for key, amounts in scanned.sure.items()
        if key not in printed.sure and key not in printed.doubtful
        for value in amounts.elements()
    ]
    return total, right, wrong


@pytest.mark.shared
@pytest.mark.parametrize(
    ("scan", "print_", "least"),
    [
        ("putuo-wanli-2023-budget-150dpi-skewed", "putuo-wanli-2023-budget", 0.99),
        ("southwest-university-2023-budget-120dpi", "southwest-university-2023-budget", 0.97),
    ],
)
def test_shared_scans_are_their_prints(
    shared: Path, tmp_path: Path, scan: str, print_: str, least: float
) -> None:
    scanned = _land(shared / "disclosures" / "scanned" / f"{scan}.pdf", tmp_path)
    printed = _land(shared / "disclosures" / "pdf" / f"{print_}.pdf", tmp_path)
    total, right, wrong = _compare(scanned, printed)
    assert total > 300
    assert wrong == []
    assert _lost(scanned, printed) == {}
    assert right >= least * total


@pytest.mark.parametrize("slug", list_slugs())
def test_typeset_scans_are_their_prints(tmp_path: Path, slug: str) -> None:
    render(slug, tmp_path / "print.pdf")
    scan = Scan(dpi=200, degrees=1.0, noise=5.0, quality=70, seed=11)
    scan_pdf(tmp_path / "print.pdf", tmp_path / "scan.pdf", scan)
    printed = _land(tmp_path / "print.pdf", tmp_path / "cache")
    scanned = _land(tmp_path / "scan.pdf", tmp_path / "cache")
    total, right, wrong = _compare(scanned, printed)
    assert total > 100
    assert wrong == []
    assert _lost(scanned, printed) == {}
    assert right >= 0.995 * total
