"""What the summary of a build shows on a terminal."""

import io
from pathlib import Path

import duckdb
from rich.console import Console

from gongkai.summary import QuarantineLine, print_summary


def test_what_documents_print_does_not_act_on_the_terminal(tmp_path: Path) -> None:
    warehouse = tmp_path / "w.duckdb"
    duckdb.connect(str(warehouse)).close()
    shown = io.StringIO()
    console = Console(file=shown, highlight=False, markup=False, emoji=False, soft_wrap=True)
    line = QuarantineLine("a\x1b[2J.pdf", "unit_unknown", 1, "读到 \u202e12\n[red]3")
    print_summary(console, warehouse, [line])
    assert "quarantined: a␛[2J.pdf: unit_unknown: 读到 [U+202E]12 [red]3\n" in shown.getvalue()
