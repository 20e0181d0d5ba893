"""Readers that fail as readers do; in a module of their own, so that a new process finds them."""

import os
import signal
import time
from pathlib import Path

from extract.landing import Landed
from extract.scan.progress import tell_page


def read(path: Path, cache: Path) -> Landed:
    """Do what the document's text says."""
    text = path.read_text(encoding="utf-8")
    if text.startswith("die"):
        os.kill(os.getpid(), signal.SIGKILL)
    if text.startswith("crash alone unless marked"):
        mark = cache / "marked"
        if not mark.exists():
            mark.touch()
            os.kill(os.getpid(), signal.SIGKILL)
    if text.startswith("sleep"):
        time.sleep(60)
    if text.startswith("eat"):
        held = []
        while True:
            held.append(bytes(range(256)) * 40_000)
            time.sleep(0.01)
    if text.startswith("gulp"):
        bytearray(4 << 30)
    if text.startswith("pages"):
        for number in (1, 2, 3):
            tell_page(number, 3)
            time.sleep(float(text.split()[1]))
    if text.startswith("raise"):
        raise ValueError("臭虫")
    if text.startswith("fill"):
        raise OSError(28, "No space left on device")
    return Landed(
        document_id=path.name,
        directory=cache,
        reused=False,
        quarantined=text.startswith("broken"),
        figures=1,
        pages=1,
    )
