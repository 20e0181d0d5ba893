"""The benchmark runs from any directory and says all that docs/speed.md quotes. No times here."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[2]
SAMPLE = min((PROJECT / "corpus").rglob("*.pdf"), key=lambda path: path.stat().st_size)


def _bench(directory: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(PROJECT / "bench" / "read_pdf.py"), *arguments]
    return subprocess.run(command, cwd=directory, capture_output=True, text=True, check=False)


def test_the_table_has_all_ways_second_readings_and_memory(tmp_path: Path) -> None:
    done = _bench(tmp_path, str(SAMPLE), "--rounds", "1")
    assert done.returncode == 0, done.stderr
    rows = [re.split(r"\s*│\s*", line.strip("│ \n")) for line in done.stdout.splitlines()]
    values = {row[0]: row[1:] for row in rows if len(row) == 3}
    ways = {"pdfplumber, tables", "pypdfium2, text and boxes", "pypdfium2, boxes"}
    assert ways | {"first reading, up to Parquet"} <= set(values)
    assert float(values["first reading, up to Parquet"][0]) > 0
    assert re.fullmatch(r"[0-9.]+ x", values["pdfplumber, tables"][1])
    assert re.fullmatch(r"[0-9.]+ % of pages", values["second readings"][1])
    assert re.fullmatch(r"[0-9]+ MiB", values["peak memory of a worker"][1])


def test_a_document_that_is_not_read_ends_the_run_with_one_line(tmp_path: Path) -> None:
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(b"%PDF-1.7 and nothing else")
    done = _bench(
        tmp_path, "--way", "first reading, up to Parquet", "--warm-up", str(broken), str(SAMPLE)
    )
    assert done.returncode == 1
    assert done.stderr == "broken.pdf was quarantined, not read: its time says nothing\n"


def test_a_directory_without_pdfs_is_said(tmp_path: Path) -> None:
    done = _bench(tmp_path, str(tmp_path))
    assert done.returncode == 1
    assert done.stderr.startswith("no PDF below ")


@pytest.mark.parametrize("bench", ["judge_rules.py", "ask_dashboard.py"])
def test_a_bench_of_a_warehouse_says_how_it_is_used(tmp_path: Path, bench: str) -> None:
    command = [sys.executable, str(PROJECT / "bench" / bench), str(tmp_path / "none")]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "WAREHOUSE [DISCLOSURES]" in done.stdout


def test_the_bench_of_the_review_pages_says_how_it_is_used(tmp_path: Path) -> None:
    command = [sys.executable, str(PROJECT / "bench" / "write_review_pages.py")]
    helped = subprocess.run(
        [*command, "--help"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert helped.returncode == 0
    assert "WAREHOUSE" in helped.stdout
    done = subprocess.run(
        [*command, str(tmp_path / "none")],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
