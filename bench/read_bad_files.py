"""Time and memory that bad files take: `python -m bench.read_bad_files [--scale 40]`.

Each is read in a process of its own, with the limits of a build; seconds are of the processor.
"""

from __future__ import annotations

import argparse
import re
import sys
import tempfile
import time
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path

from pyarrow import parquet
from rich.console import Console

from extract.landing import land_document
from extract.vocabulary import load_vocabulary
from gongkai.landing import Limits
from gongkai.memory import LOOK_EVERY, MEGABYTE, held_bytes, refuse_beyond
from tests.bad_files import bad_files

_CONSOLE = Console(width=160, highlight=False)


def main() -> None:
    """Write each file, read it, and say what it took and why it is in quarantine."""
    parser = argparse.ArgumentParser(prog="python -m bench.read_bad_files", description=__doc__)
    parser.add_argument("--scale", type=int, default=1, help="40 is what people fear")
    parser.add_argument("--only", default="", help="files whose name has this in it")
    arguments = parser.parse_args()
    limits = Limits()
    _CONSOLE.print("| file | bytes | processor seconds | MB | reason |\n|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        for name, (write, _) in bad_files(arguments.scale).items():
            if arguments.only not in name:
                continue
            path = Path(folder) / name
            write(path)
            seconds, megabytes, reason = _measure(path, limits)
            size = path.stat().st_size
            _CONSOLE.print(f"| {name} | {size:,} | {seconds:.1f} | {megabytes:,.0f} | `{reason}` |")
            path.unlink()


def _measure(path: Path, limits: Limits) -> tuple[float, float, str]:
    context = get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_read, args=(path, theirs, limits))
    process.start()
    theirs.close()
    most, seconds = 0, 0.0
    while process.is_alive() and not ours.poll(LOOK_EVERY):
        most = max(most, held_bytes(process.pid))
        seconds = _seconds(process.pid) or seconds
        if most > limits.megabytes * MEGABYTE:
            process.kill()
            process.join()
            return seconds, most / MEGABYTE, "reader_memory"
    answer: tuple[float, float, str] = ours.recv() if ours.poll() else (seconds, 0.0, "crashed")
    process.join()
    return answer


def _seconds(process_id: int | None) -> float:
    """Processor seconds that a process took since its start."""
    try:
        fields = Path(f"/proc/{process_id}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / 100


def _read(path: Path, connection: Connection, limits: Limits) -> None:
    load_vocabulary()
    refuse_beyond(limits.megabytes * MEGABYTE)
    began = time.process_time()
    with tempfile.TemporaryDirectory() as cache:
        try:
            landed = land_document(path, Path(cache))
        except MemoryError:
            connection.send((time.process_time() - began, 0.0, "reader_memory"))
            return
        rows = parquet.read_table(landed.directory / "quarantine.parquet").to_pylist()
    reasons = dict.fromkeys(row["reason"] for row in rows)
    connection.send((time.process_time() - began, _peak(), " ".join(reasons)))


def _peak() -> float:
    """Megabytes that this process held at most; `getrusage` would tell of its parent, too."""
    status = Path("/proc/self/status").read_text()
    found = re.search(r"VmHWM:\s*(\d+) kB", status)
    return int(found[1]) / 1024 if found else 0.0


if __name__ == "__main__":
    sys.exit(main())
