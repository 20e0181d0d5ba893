"""Pictures of the pages that findings are about, with personal data painted over.

Drawn in worker processes, because a broken file may end the process that draws it, and kept
between builds under the content, the page, the size and the code that decides what is hidden.
"""

import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from itertools import groupby
from multiprocessing import get_context
from pathlib import Path

import pypdfium2 as pdfium
from PIL import Image, ImageDraw

from extract.errors import GongkaiError
from extract.landing import content_hash, reader_key
from review.marks import Rectangle
from review.masks import see_page

LONG_SIDE = 1500
"""Pixels of the longer side of a page: figures of a dense table can be read."""

_COLOURS = 16
_ROOM = 1.5
_PAINT = (108, 117, 125)
_STYLE = "2"
"""Changed when pictures are drawn otherwise."""


@dataclass(frozen=True)
class PageWanted:
    """A page of which a picture is wanted, and what the warehouse knows to be personal on it."""

    document_id: str
    path: Path
    page_number: int
    personal: tuple[Rectangle, ...] = ()

    @property
    def name(self) -> str:
        """File name of the picture on the site."""
        return picture_name(self.document_id, self.page_number)


def picture_name(document_id: str, page_number: int) -> str:
    """Name the picture of a page on the site."""
    return f"{document_id}-p{page_number}.png"


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


def draw_document(pages: Sequence[tuple[PageWanted, Path]]) -> None:
    """Draw pages of one document, each to the path that goes with it; runs in a worker process."""
    path = pages[0][0].path
    try:
        if content_hash(path)[: len(pages[0][0].document_id)] != pages[0][0].document_id:
            return  # another file stands there now
        document = pdfium.PdfDocument(path)
    except (pdfium.PdfiumError, FileNotFoundError, PermissionError):
        return
    try:
        for page, target in pages:
            try:
                picture = draw_page(document, page.page_number, page.personal)
            except (pdfium.PdfiumError, GongkaiError):
                continue
            if picture is None:
                continue
            partial = target.with_name(f".{target.name}.{os.getpid()}")
            picture.save(partial, "PNG")
            partial.replace(target)
    finally:
        document.close()


def draw_page(
    document: pdfium.PdfDocument, page_number: int, personal: Sequence[Rectangle] = ()
) -> Image.Image | None:
    """Draw a page in few colours, with what is personal on it painted over.

    ``personal`` are areas in points from the upper left corner, beside those that are found on the
    page. None when it cannot be told what is personal.
    """
    page = document[page_number - 1]
    try:
        seen = see_page(page, page_number)
        if seen is None or not seen.frame.width or not seen.frame.height:
            return None
        scale = LONG_SIDE / max(seen.frame.width, seen.frame.height)
        # the reader turns a page whose text lies on its side; so does the picture
        turned = (seen.frame.turns * 90 - page.get_rotation()) % 360
        bitmap = page.render(scale=scale, rotation=turned, may_draw_forms=False)
        picture = bitmap.to_pil().convert("RGB")
    finally:
        page.close()
    brush = ImageDraw.Draw(picture)
    for area in (*seen.personal, *personal):
        brush.rectangle(
            (
                (area.x - _ROOM) * scale,
                (area.y - _ROOM) * scale,
                (area.x + area.width + _ROOM) * scale,
                (area.y + area.height + _ROOM) * scale,
            ),
            fill=_PAINT,
        )
    drawn: Image.Image = picture.quantize(_COLOURS, method=Image.Quantize.FASTOCTREE)
    return drawn


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
