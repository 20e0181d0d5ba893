"""How fast the first reading of PDFs is, beside pdfplumber and beside reading boxes only.

    python bench/read_pdf.py [DOCUMENTS] [--rounds 3]

All ways read the same files, in turn, each in a fresh process on one core; what is printed is the
middle one of the rounds, in seconds of the processor. Seconds depend on the machine: quote ratios.
Second readings (pdfplumber on pages in doubt) are taken out of the first reading and shown apart.
"""

from __future__ import annotations

import argparse
import ctypes
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from typing import Any

import pdfplumber
import pypdfium2 as pdfium
import pypdfium2.raw as raw
from rich.console import Console
from rich.table import Table

PROJECT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(PROJECT))

from extract import reading  # noqa: E402  (the project is found from any directory)
from extract.landing import land_document  # noqa: E402

FIRST, TABLES = "first reading, up to Parquet", "pdfplumber, tables"
CHARACTERS, BOXES = "pypdfium2, text and boxes", "pypdfium2, boxes"
BARE = "the same, by bare functions"
MEBIBYTE = 1024 if sys.platform == "linux" else 1024 * 1024
"""What `ru_maxrss` counts in: kibibytes on Linux, bytes elsewhere."""


@dataclass
class Run:
    """What one process measured: pages, seconds, those of second readings, and its peak memory."""

    pages: int = 0
    seconds: float = 0.0
    again_pages: int = 0
    again_seconds: float = 0.0
    peak_mib: float = 0.0


def land(path: Path, cache: Path) -> None:
    """Read a file as a build does, up to its Parquet set below ``cache``.

    Ends with one line where it was not read: a reading that fails is fast.
    """
    if land_document(path, cache).quarantined:
        sys.exit(f"{path.name} was quarantined, not read: its time says nothing")


def extract_tables(path: Path, _: Path) -> None:
    """Run pdfplumber's `extract_tables` on every page."""
    with pdfplumber.open(path) as document:
        for page in document.pages:
            page.extract_tables()
            page.close()


def read_characters(path: Path, _: Path) -> None:
    """Read the text and the box of every character with the public methods of pypdfium2."""
    document = pdfium.PdfDocument(path)
    for page in document:
        text = page.get_textpage()
        for index in range(text.count_chars()):
            text.get_text_range(index, 1)
            text.get_charbox(index)
        text.close()
        page.close()
    document.close()


def read_boxes(path: Path, _: Path) -> None:
    """Read the box of every character, and nothing else, with the public method of pypdfium2."""
    document = pdfium.PdfDocument(path)
    for page in document:
        text = page.get_textpage()
        for index in range(text.count_chars()):
            text.get_charbox(index)
        text.close()
        page.close()
    document.close()


def read_bare_boxes(path: Path, _: Path) -> None:
    """Read every character's code and box by the bare functions of PDFium: the fastest loop."""
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


WAYS: dict[str, Callable[[Path, Path], None]] = {
    FIRST: land,
    TABLES: extract_tables,
    CHARACTERS: read_characters,
    BOXES: read_boxes,
    BARE: read_bare_boxes,
}


def measure(way: str, paths: Sequence[Path], warm_up: Path) -> Run:
    """Read the files in this process; ``warm_up`` is read before, unmeasured."""
    run = Run(pages=count_pages(paths))
    names = vars(reading)
    confirm = names["confirm_pages"]

    def timed(path: Path, pages: Sequence[Any], numbers: Any) -> Any:
        start = time.process_time()
        try:
            return confirm(path, pages, numbers)
        finally:
            run.again_pages += len(numbers)
            run.again_seconds += time.process_time() - start

    with tempfile.TemporaryDirectory() as cache:  # emptied when the time is taken
        WAYS[way](warm_up, Path(cache) / "warm-up")
        names["confirm_pages"] = timed
        start = time.process_time()
        for number, path in enumerate(paths):
            WAYS[way](path, Path(cache) / str(number))
        run.seconds = time.process_time() - start - run.again_seconds
    run.peak_mib = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / MEBIBYTE
    return run


def count_pages(paths: Sequence[Path]) -> int:
    """The pages of all files."""
    return sum(len(pdfium.PdfDocument(path)) for path in paths)


def measure_apart(way: str, paths: Sequence[Path], warm_up: Path) -> Run:
    """The same in a fresh process on one core."""
    command = [sys.executable, __file__, "--way", way, "--warm-up", warm_up, *paths]
    result = subprocess.run(list(map(str, command)), stdout=subprocess.PIPE, text=True, check=False)
    if result.returncode:  # it said why
        sys.exit(result.returncode)
    return Run(**json.loads(result.stdout.splitlines()[-1]))


def compare(paths: Sequence[Path], rounds: int) -> Table:
    """Measure all ways so many times; a table of the middle rounds."""
    warm_up = next(iter(sorted((PROJECT / "corpus").rglob("*.pdf"))), paths[0])
    runs: dict[str, list[Run]] = {way: [] for way in WAYS}
    for _ in range(rounds):
        for way in WAYS:
            runs[way].append(measure_apart(way, paths, warm_up))
    peak = max(measure_apart(FIRST, [path], path).peak_mib for path in paths)
    speed = {way: median(run.pages / run.seconds for run in runs[way]) for way in WAYS}
    again = runs[FIRST][-1]
    table = Table(
        "what", "pages/s", "first reading is", title=f"{len(paths)} files, {again.pages} pages"
    )
    for way, pages in speed.items():
        table.add_row(way, f"{pages:.0f}", f"{speed[FIRST] / pages:.2f} x")
    share = f"{100 * again.again_pages / again.pages:.1f} % of pages"
    slow = f"{again.again_pages / again.again_seconds:.1f}" if again.again_pages else "-"
    table.add_row("second readings", slow, share)
    table.add_row("peak memory of a worker", "", f"{peak:.0f} MiB")
    return table


def main() -> None:
    """Measure the PDFs below a directory and print one table."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("documents", type=Path, nargs="*", default=[PROJECT / "corpus"])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--way", choices=WAYS, help=argparse.SUPPRESS)
    parser.add_argument("--warm-up", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    if options.way:
        run = measure(options.way, options.documents, options.warm_up)
        sys.stdout.write(json.dumps(asdict(run)) + "\n")
        return
    found = [sorted(p.rglob("*.pdf")) if p.is_dir() else [p] for p in options.documents]
    paths = [path for group in found for path in group]
    if not paths:
        sys.exit(f"no PDF below {', '.join(map(str, options.documents))}")
    Console(width=max(80, Console().width)).print(compare(paths, options.rounds))


if __name__ == "__main__":
    main()
