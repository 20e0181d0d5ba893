"""Putting files in their place so that nobody sees a half of them, and a power cut loses none."""

import glob
import os
import shutil
import signal
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

_FLUSHED_AT_ONCE = 16


def flush(path: Path) -> None:
    """Wait until a file, or the names in a directory, are on the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def flush_tree(directory: Path) -> None:
    """Wait until all that lies below a directory is on the disk."""
    # thousands of pages: side by side the disk takes them together
    with ThreadPoolExecutor(_FLUSHED_AT_ONCE) as pool:
        list(pool.map(flush, directory.rglob("*")))
    flush(directory)


@contextmanager
def uninterrupted() -> Iterator[None]:
    """Hold Ctrl-C off while the names change; it takes a moment."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


@contextmanager
def replace_directory(target: Path) -> Iterator[Path]:
    """Give a directory to write into, which then takes the place of ``target``, if there is one.

    When anything fails, ``target`` is as it was. What killed processes left beside it is removed.
    """
    partial = _beside(target, "partial")
    old = _beside(target, "old")
    partial.mkdir(parents=True)
    try:
        _clear(target)
        yield partial
        flush_tree(partial)
        with uninterrupted():
            if target.exists():
                target.rename(old)
            partial.rename(target)
            flush(target.parent)
    except BaseException:
        shutil.rmtree(partial, ignore_errors=True)
        raise
    shutil.rmtree(old, ignore_errors=True)


def _beside(target: Path, word: str) -> Path:
    return target.with_name(f".{target.name}.{os.getpid()}.{word}")


def _clear(target: Path) -> None:
    words = ("partial", "old") if target.exists() else ("partial",)
    for word in words:
        for path in target.parent.glob(f".{glob.escape(target.name)}.*.{word}"):
            number = path.name.removesuffix(f".{word}").rpartition(".")[2]
            if number.isdecimal() and not _is_running(int(number)):
                shutil.rmtree(path, ignore_errors=True)


def _is_running(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
