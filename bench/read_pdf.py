"""How fast the reader is beside pdfplumber and beside reading boxes only: ratios of one run.

    python bench/read_pdf.py ../shared/disclosures/pdf

Runs each way over the same files in turn, in one process on one core, and prints pages a second
and the ratios. Figures in the docs carry date and machine; quote ratios, not seconds.
"""

from __future__ import annotations

import argparse
import ctypes
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import pdfplumber
import pypdfium2 as pdfium
import pypdfium2.raw as raw
from rich.console import Console
from rich.table import Table

from extract.landing import land_document


def land(path: Path) -> None:
    """Our first reading, up to the Parquet set."""
    with tempfile.TemporaryDirectory() as cache:
        land_document(path, Path(cache))


def extract_tables(path: Path) -> None:
    """Run pdfplumber's `extract_tables` on every page."""
    with pdfplumber.open(path) as document:
        for page in document.pages:
            page.extract_tables()
            page.close()


def read_boxes(path: Path) -> None:
    """Read every character and its box with pypdfium2, and nothing else."""
    document = pdfium.PdfDocument(path)
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    for page in document:
        text = page.get_textpage()
        for index in range(text.count_chars()):
            raw.FPDFText_GetUnicode(text.raw, index)
            raw.FPDFText_GetCharBox(text.raw, index, left, right, bottom, top)
        text.close()
        page.close()
    document.close()


WAYS: dict[str, Callable[[Path], None]] = {
    "first reading, up to Parquet": land,
    "pdfplumber extract_tables": extract_tables,
    "pypdfium2, character boxes only": read_boxes,
}


def time_ways(paths: Sequence[Path]) -> dict[str, float]:
    """Seconds of each way over all files; the ways take turns file by file."""
    seconds = dict.fromkeys(WAYS, 0.0)
    for path in paths:
        for name, way in WAYS.items():
            start = time.perf_counter()
            way(path)
            seconds[name] += time.perf_counter() - start
    return seconds


def main() -> None:
    """Time the files below a directory and print the ratios."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("documents", type=Path, help="directory with PDF files")
    paths = sorted(parser.parse_args().documents.rglob("*.pdf"))
    pages = sum(len(pdfium.PdfDocument(path)) for path in paths)
    for way in WAYS.values():
        way(paths[0])
    seconds = time_ways(paths)
    ours = seconds["first reading, up to Parquet"]
    table = Table("way", "pages/s", "times the first reading's speed")
    for name, spent in seconds.items():
        table.add_row(name, f"{pages / spent:.0f}", f"{ours / spent:.2f}")
    Console().print(f"{len(paths)} files, {pages} pages", table)


if __name__ == "__main__":
    main()
