"""Pictures of the pages that findings are about: kept between builds, drawn in worker processes.

A broken file may end the process that draws it. Pictures are kept under the content, the page, the
size and the code that decides what is hidden.
"""

import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import groupby
from multiprocessing import get_context
from pathlib import Path

from extract.landing import reader_key
from review.drawing import LONG_SIDE, PageWanted, draw_document

_STYLE = "2"
"""Changed when pictures are drawn otherwise."""


def draw_pictures(
    wanted: Iterable[PageWanted],
    directory: Path,
    cache: Path,
    workers: int,
    report: Callable[[int, int], None] = lambda done, total: None,
) -> frozenset[str]:
    """Put the pictures of pages into ``directory``; returns the names of those that are there.

    ``cache`` keeps pictures for the next build; those of pages that are no longer wanted, or that
    other code drew, are removed. A page that cannot be drawn, or of which nobody can tell what is
    personal, has no picture. ``report`` hears how many of how many pages are done.
    Raises OSError when the disk is full.
    """
    directory.mkdir(parents=True, exist_ok=True)
    cache.mkdir(parents=True, exist_ok=True)
    pages = list(dict.fromkeys(wanted))
    kept = {page: cache / f"{_STYLE}-{LONG_SIDE}-{reader_key()}-{page.name}" for page in pages}
    missing = [page for page in pages if not kept[page].exists()]
    for done, _ in enumerate(_draw_all(missing, kept, workers), start=1):
        report(done, len(missing))
    for old in set(cache.iterdir()) - set(kept.values()):
        old.unlink()
    return frozenset(page.name for page in pages if _link(kept[page], directory / page.name))


def _draw_all(
    pages: Sequence[PageWanted], kept: dict[PageWanted, Path], workers: int
) -> Iterator[None]:
    by_file = [
        [(page, kept[page]) for page in group]
        for _, group in groupby(
            sorted(pages, key=lambda page: (page.path, page.page_number)),
            key=lambda page: page.path,
        )
    ]
    while by_file:
        # a process that dies ends its pool: what was not begun then goes on in a new one
        left = by_file
        with ProcessPoolExecutor(min(workers, len(left)), mp_context=get_context("spawn")) as pool:
            tasks = [(pool.submit(draw_document, file), file) for file in left]
            by_file = []
            for number, (task, file) in enumerate(tasks):
                try:
                    task.result()
                except BrokenProcessPool:
                    by_file = [later for _, later in tasks[number + 1 :]]
                    yield from (None for _ in file)
                    break
                yield from (None for _ in file)


def _link(source: Path, target: Path) -> bool:
    """Give a cached picture a second name; copy it where the file system has no such thing."""
    if not source.exists():
        return False
    try:
        os.link(source, target)
    except FileExistsError:
        pass
    except OSError:
        shutil.copyfile(source, target)
    return True
