"""Landing documents in worker processes that may die without taking the build with them.

The pool of the standard library ends altogether when one of its processes is killed, and knows
no time limit per task; so each worker here is a process with a pipe, watched by the build.
"""

import multiprocessing
import os
import shutil
import signal
import time
import traceback
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import TYPE_CHECKING

from expectations.visible import counted
from extract.scan.progress import listen
from gongkai.documents import SourceFile
from gongkai.errors import BuildError, disk_full, is_disk_full
from gongkai.memory import LOOK_EVERY, MEGABYTE, held_bytes, refuse_beyond

if TYPE_CHECKING:
    from extract.landing import Landed

Reader = Callable[[Path, Path], "Landed"]
"""Lands one file in the cache directory: ``extract.landing.land_document``."""

Told = Callable[[SourceFile, int, int], None]
"""Hears the document, the page of it that is begun, and how many it has."""

READER_CRASHED = "reader_crashed"
READER_TIMEOUT = "reader_timeout"
READER_MEMORY = "reader_memory"

_KEPT_SECONDS = 30 * 24 * 3600


@dataclass(frozen=True)
class Reading:
    """What became of one document: landed, or lost with a reason and a detail.

    ``trace`` is the reader's traceback, for a log, where an exception was the cause. ``is_shared``:
    the memory that was too much may be that of documents which the process read before.
    """

    source: SourceFile
    landed: "Landed | None"
    reason: str | None = None
    detail: str | None = None
    trace: str | None = None
    is_shared: bool = False


@dataclass(frozen=True)
class Limits:
    """What the reading of one document may take: seconds, and megabytes of its process."""

    seconds: float = 600.0
    megabytes: int = 1500


@dataclass(frozen=True)
class _Failure:
    """An exception of the reader, as text that survives the pipe."""

    summary: str
    trace: str
    disk_full: bool
    out_of_memory: bool


@dataclass(frozen=True)
class _Page:
    """A page of a scan that is begun, and how many pages the document has."""

    number: int
    total: int


@dataclass
class _Worker:
    process: BaseProcess
    connection: Connection
    source: SourceFile | None = None
    deadline: float = 0.0
    given: int = 0
    """How many documents it was given."""


def read_documents(
    sources: Sequence[SourceFile],
    cache: Path,
    *,
    workers: int,
    limits: Limits,
    reader: Reader,
    told: Told = lambda source, number, total: None,
) -> Iterator[Reading]:
    """Land each document once per content, in the order in which they are done.

    A document whose process dies is tried again alone, in a process of its own, so that a
    neighbour that ate the memory is not held against it; then it is lost with the reason
    ``reader_crashed``. One that takes longer than it may is lost with ``reader_timeout`` (of a scan
    each page may take as long, and ``told`` hears of each that is begun), one that takes more
    memory, in a process that read nothing before, with ``reader_memory``.
    Raises BuildError when the disk is full.
    """
    again: list[SourceFile] = []
    for reading in _run_pool(sources, cache, workers, limits, reader, told):
        if reading.reason == READER_CRASHED or reading.is_shared:
            again.append(reading.source)
        else:
            yield reading
    for source in again:
        yield from _run_pool([source], cache, 1, limits, reader, told)


def _run_pool(
    sources: Sequence[SourceFile],
    cache: Path,
    workers: int,
    limits: Limits,
    reader: Reader,
    told: Told,
) -> Iterator[Reading]:
    # A fresh interpreter per worker: forking a process that has threads is not safe.
    context = multiprocessing.get_context("spawn")
    queue = deque(sources)
    pool: list[_Worker] = []

    def start() -> _Worker:
        ours, theirs = context.Pipe()
        process = context.Process(target=_serve, args=(theirs, cache, reader, limits), daemon=True)
        process.start()
        theirs.close()
        return _Worker(process, ours)

    def give(worker: _Worker) -> None:
        worker.source = queue.popleft()
        worker.deadline = time.monotonic() + limits.seconds
        worker.given += 1
        worker.connection.send(worker.source.path)

    try:
        for _ in range(min(workers, len(queue))):
            pool.append(start())
            give(pool[-1])
        while pool:
            nearest = min(worker.deadline for worker in pool)
            patience = min(max(0.0, nearest - time.monotonic()), LOOK_EVERY)
            ready = wait([worker.connection for worker in pool], patience)
            for worker in list(pool):
                assert worker.source is not None
                reading = (
                    _receive(worker, cache, limits)
                    if worker.connection in ready
                    else _beyond(worker, limits)
                )
                if reading is None:
                    continue
                if isinstance(reading, _Page):
                    worker.deadline = time.monotonic() + limits.seconds
                    told(worker.source, reading.number, reading.total)
                    continue
                if reading.reason is not None:
                    _stop(worker)
                    pool.remove(worker)
                    if queue:
                        worker = start()
                        pool.append(worker)
                if queue:
                    give(worker)
                elif worker in pool:
                    _stop(worker)
                    pool.remove(worker)
                yield reading
    finally:
        for worker in pool:
            _stop(worker)


def _beyond(worker: _Worker, limits: Limits) -> Reading | None:
    """The loss of the document at which a reader passed a limit; None while it keeps to them."""
    source = worker.source
    assert source is not None
    if time.monotonic() > worker.deadline:
        return Reading(source, None, READER_TIMEOUT, "the reader took longer than it may")
    if held_bytes(worker.process.pid) > limits.megabytes * MEGABYTE:
        return _too_much(worker, limits)
    return None


def _too_much(worker: _Worker, limits: Limits) -> Reading:
    assert worker.source is not None
    detail = f"the reader took more than {limits.megabytes:,} MB of memory"
    return Reading(worker.source, None, READER_MEMORY, detail, is_shared=worker.given > 1)


def _receive(worker: _Worker, cache: Path, limits: Limits) -> Reading | _Page:
    source = worker.source
    assert source is not None
    try:
        answer = worker.connection.recv()
    except (EOFError, OSError):
        worker.process.join(5)
        return Reading(
            source, None, READER_CRASHED, f"the reader ended with {worker.process.exitcode}"
        )
    if isinstance(answer, _Page):
        return answer
    if isinstance(answer, _Failure):
        if answer.disk_full:
            raise disk_full(cache)
        if answer.out_of_memory:
            return _too_much(worker, limits)
        return Reading(source, None, READER_CRASHED, answer.summary, answer.trace)
    return Reading(source, answer)


def _stop(worker: _Worker) -> None:
    worker.connection.close()
    worker.process.kill()
    worker.process.join()


def _serve(connection: Connection, cache: Path, reader: Reader, limits: Limits) -> None:
    """Land the files whose paths come through the pipe, until it is closed."""
    refuse_beyond(limits.megabytes * MEGABYTE)
    # Ctrl-C reaches every process of the terminal; the build decides what becomes of workers.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    listen(lambda number, total: connection.send(_Page(number, total)))
    while True:
        try:
            path = connection.recv()
        except (EOFError, OSError):
            return
        try:
            connection.send(reader(path, cache))
        except Exception as error:
            connection.send(
                _Failure(
                    summary=f"{type(error).__name__}: {error}",
                    trace=traceback.format_exc(),
                    disk_full=is_disk_full(error),
                    out_of_memory=isinstance(error, MemoryError),
                )
            )


def prune_cache(cache: Path, readings: Sequence[Reading], reader_key: str) -> None:
    """Remove the Parquet sets that no later build will use, and what a killed reader left.

    A set of another reader or vocabulary is of no use; one of documents that were not in this
    build stays for a while, because a warehouse may be built from changing directories.
    """
    used = {reading.landed.directory for reading in readings if reading.landed is not None}
    for directory in used:
        os.utime(directory)
    oldest = time.time() - _KEPT_SECONDS
    for entry in cache.iterdir():
        if entry in used:
            continue
        if f"-{reader_key}-" not in entry.name or entry.stat().st_mtime < oldest:
            shutil.rmtree(entry, ignore_errors=True)


def check_any_read(readings: Sequence[Reading]) -> None:
    """Raise BuildError, with the reason of the first, when no document could be read at all."""
    if any(reading.landed and not reading.landed.quarantined for reading in readings):
        return
    first = readings[0]
    reason = f"{first.reason}: {first.detail}"
    if first.landed is not None:
        reason = _quarantine_reason(first.landed)
    raise BuildError(
        f"none of the {counted(len(readings), 'document')} could be read; nothing published;"
        f" the first, {first.source.name}: {reason}"
    )


def _quarantine_reason(landed: "Landed") -> str:
    from pyarrow import parquet

    rows = parquet.read_table(landed.directory / "quarantine.parquet").to_pylist()
    return f"{rows[0]['reason']}: {rows[0]['detail']}" if rows else "no reason given"
