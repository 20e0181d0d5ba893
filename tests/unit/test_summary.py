"""What the summary of a build shows on a terminal."""

import io
from pathlib import Path

import duckdb
from rich.console import Console

from gongkai.summary import QuarantineLine, describe_quarantine, print_summary


def test_what_documents_print_does_not_act_on_the_terminal(tmp_path: Path) -> None:
    warehouse = tmp_path / "w.duckdb"
    duckdb.connect(str(warehouse)).close()
    shown = io.StringIO()
    console = Console(file=shown, highlight=False, markup=False, emoji=False, soft_wrap=True)
    line = QuarantineLine("a\x1b[2J.pdf", "unit_unknown", 1, "读到 \u202e12\n[red]3", False)
    print_summary(console, warehouse, [line])
    assert "quarantined: a␛[2J.pdf: unit_unknown: 读到 [U+202E]12 [red]3\n" in shown.getvalue()


def test_quarantine_counts_documents_and_parts_of_the_others() -> None:
    scan = QuarantineLine("scan.pdf", "scan_not_read", 2, "", True)
    cells = QuarantineLine("a.pdf", "split_figure", 7, "", False)
    page = QuarantineLine("a.pdf", "left_over", 1, "", False)
    assert describe_quarantine([], 0) == "nothing in quarantine"
    assert describe_quarantine([scan], 1) == "1 document and 0 parts in quarantine"
    assert describe_quarantine([scan, cells, page], 2) == "2 documents and 8 parts in quarantine"
    assert describe_quarantine([page], 0) == "0 documents and 1 part in quarantine"
