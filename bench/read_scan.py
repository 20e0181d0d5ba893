"""How long a scanned table page takes, beside rapidocr alone on the very same cells.

    python bench/read_scan.py FILE.pdf [--pages 10 14 22]

Both ways read the same pages in one process on one core, in turn; what counts is seconds of the
processor. rapidocr alone gets the lines of text that were cut out of the page, once, in its own
batches; reading has the page drawn, straightened, cut and recognised, figures twice. Seconds depend
on the machine: quote the ratio.
"""

from __future__ import annotations

import argparse
import os
import resource
import sys
import time
from pathlib import Path

import cv2
import pypdfium2 as pdfium
from rich.console import Console
from rich.table import Table

PROJECT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(PROJECT))

from extract.scan import reader, recogniser  # noqa: E402  (found from any directory)

MEBIBYTE = 1024 if sys.platform == "linux" else 1024 * 1024
"""What `ru_maxrss` counts in: kibibytes on Linux, bytes elsewhere."""


def read_alone(page: pdfium.PdfPage, turns: int) -> tuple[float, int]:
    """Seconds that rapidocr takes for the lines of a page, and how many they are."""
    from rapidocr.ch_ppocr_rec import TextRecInput

    found, _ = reader.prepare_upright(page, turns)
    pictures = [
        cv2.cvtColor(found.cutter.cut(*line).pixels, cv2.COLOR_GRAY2BGR) for line in found.lines
    ]
    begun = time.process_time()
    recogniser.load_recogniser()(TextRecInput(img=pictures))
    return time.process_time() - begun, len(pictures)


def read_whole(page: pdfium.PdfPage, number: int, turns: int) -> tuple[float, bool]:
    """Seconds that reading the page takes, and whether it has a table."""
    begun = time.process_time()
    found = reader.read_scan(page, number, turns)
    return time.process_time() - begun, any(True for _ in found.grids())


def main() -> None:
    """Measure the pages of a scan that have tables and print one table."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("scan", type=Path)
    parser.add_argument("--pages", type=int, nargs="*", help="all by default")
    options = parser.parse_args()
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    document = pdfium.PdfDocument(options.scan)
    numbers = options.pages or range(1, len(document) + 1)
    read_alone(document[min(numbers) - 1], 0)  # loads the model
    table = Table("page", "lines", "rapidocr alone, s", "reading, s", "ratio")
    both = [0.0, 0.0]
    for number in numbers:
        page = document[number - 1]
        turns = page.get_rotation() // 90
        alone, lines = read_alone(page, turns)
        whole, has_table = read_whole(page, number, turns)
        page.close()
        if has_table:
            both = [both[0] + alone, both[1] + whole]
            row = (f"{alone:.2f}", f"{whole:.2f}", f"{whole / alone:.2f}")
            table.add_row(str(number), str(lines), *row)
    if not both[0]:
        sys.exit(f"no page of {options.scan} has a table")
    total = (f"{both[0]:.2f}", f"{both[1]:.2f}", f"{both[1] / both[0]:.2f}")
    table.add_row("all", "", *total)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / MEBIBYTE
    table.add_row("peak memory", "", "", f"{peak:.0f} MiB", "")
    Console(width=max(80, Console().width)).print(table)


if __name__ == "__main__":
    main()
