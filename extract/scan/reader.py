"""A page that is a picture, as lines and grids: what the text layer of a page would have given."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

import numpy as np
import pypdfium2 as pdfium

from extract.page import UNCERTAIN, UNREAD, Box, Grid, Line, Notice, Page, Word
from extract.pdf.arranging import arrange_items
from extract.pdf.lattice import Lattice, find_lattices
from extract.pdf.paint import Ruling
from extract.pdf.writing import runs_of, words_of
from extract.scan.crops import Cutter
from extract.scan.ink import Span, dark_columns, find_lines, runs, usual_height, without_dirt
from extract.scan.letters import letters_of
from extract.scan.readings import read_lines, unread
from extract.scan.recogniser import recognise, require_recogniser
from extract.scan.rendering import Picture, count_broken, draw_page, without_text
from extract.scan.rulings import find_rulings
from extract.scan.sizing import resized
from extract.scan.skew import Ink, Skew, find_ink, find_skew, straighten
from extract.scan.trust import is_odd, unsettled, with_sureness, with_trust
from extract.text import has_chinese

CELL_GAP, FREE_GAP = 4.0, 1.5
"""White this wide, in usual heights, parts a line in a cell, and one outside of tables."""
EDGE = 0.9
"""So many points inside of its rulings a cell begins."""
HIGHEST = 4.5
"""What is higher than so many usual lines is no line of text: in a cell it may hide some."""
THIN = 0.4
"""What is so high, and no wider than this share of a usual line, is the rest of a ruling."""
WIDEST = 30.0
"""A line longer than so many usual heights is cut where the white between signs is widest."""

LEGIBLE, CLEARLY = 0.85, 0.1
"""A page is turned if its signs are less sure than the first, and turned they are clearly surer."""
FEWEST_TRIED, MOST_TRIED, LONGEST_TRIED = 4, 8, 16.0
"""So many lines are tried, none longer than so many usual heights."""
FEWEST_CELLS = 4
"""A picture with so many cells holds a table."""
WHOLE = 0.5
"""Pictures that cover so much of a page are the page."""
MANY_LINES = 20
"""A page with so many pieces of ink has lines that are longer than high, if it is upright."""


@dataclass(frozen=True)
class Prepared:
    """A page straightened and cut into lines, each with the room that is its own.

    ``ink`` is that of the straightened page, without rulings and dirt. ``hidden`` is ink in cells
    that is no line of text, each as one usual line at its middle.
    """

    picture: Picture
    radians: float
    rulings: list[Ruling]
    lattices: list[Lattice]
    ink: Ink
    lines: list[tuple[Span, Span]]
    hidden: list[Span]
    cutter: Cutter


def read_scan(page: pdfium.PdfPage, number: int, turns: int) -> Page:
    """One page, from its picture alone; ``turns`` are the quarter turns by which it is shown.

    A page that lies on its side, or on its head, is turned. Raises DocumentError `scan_not_read`
    where the recogniser is missing or the picture too large.
    """
    require_recogniser()
    found, turns = prepare_upright(page, turns)
    read = resized(_read(found, number, turns), found.picture.enlarged)
    broken = count_broken(page) if found.picture.several or not found.ink.any() else 0
    return _with_broken(read, broken) if broken else read


def _with_broken(read: Page, broken: int) -> Page:
    detail = f"{broken} picture(s) of the page are broken: what they show is not read"
    return replace(read, notices=(*read.notices, Notice("scan_not_read", detail)))


def read_pictures(page: pdfium.PdfPage, read: Page, turns: int) -> Page:
    """The page with what its pictures print between the text that was ``read`` beside them.

    A picture of half the page and more is read where it is legible, a smaller one (a chart, a
    photograph) where it holds a table. Raises DocumentError as `read_scan` does.
    """
    text = [item.box for item in read.items if item.box is not None]
    found = _within(_prepare(page, turns, [*text, *(word.box for word in read.words)]), read)
    tables = any(len(lattice.regions) >= FEWEST_CELLS for lattice in found.lattices)
    whole = sum(box.area for box in read.pictures) >= WHOLE * read.width * read.height
    if not found.lines and (broken := count_broken(page)):
        return _with_broken(read, broken)
    if not found.lines or not (tables or whole):
        return read
    require_recogniser()
    if _legibility(found) < LEGIBLE:
        unreadable = Notice("scan_not_read", "a picture beside the text looks like a table")
        return replace(read, notices=(*read.notices, unreadable)) if tables else read
    own = _read(found, read.number or 0, turns)
    words = read.words or [
        Word(part, item.box)
        for item in read.items
        if isinstance(item, Line) and item.box is not None
        for part in item.text.split()
    ]
    return replace(
        read,
        route=own.route,
        items=tuple(_between(read.items, own.items)),
        words=(*words, *own.words),
        doubts=(*read.doubts, *own.doubts),
        notices=(*read.notices, *own.notices),
    )


def _between(text: Sequence[Line | Grid], own: Sequence[Line | Grid]) -> list[Line | Grid]:
    """Items of pictures before the first text that stands lower; the text keeps its order."""
    found = list(text)
    start = 0
    for item in own:
        lower = (at for at in range(start, len(found)) if _top(found[at]) > _top(item))
        start = next(lower, len(found))
        found.insert(start, item)
        start += 1
    return found


def _top(item: Line | Grid) -> float:
    return 0.0 if item.box is None else item.box.y0


def _within(found: Prepared, read: Page) -> Prepared:
    """What lies in the pictures of a page."""
    scale = found.picture.scale
    lines = [line for line in found.lines if _lies_in(read.pictures, *line[0].middle(scale))]
    hidden = [span for span in found.hidden if _lies_in(read.pictures, *span.middle(scale))]
    lattices = [one for one in found.lattices if _lies_in(read.pictures, *one.box.middle)]
    rulings = [one for one in found.rulings if _lies_in(read.pictures, *_middle(one))]
    return replace(found, lines=lines, hidden=hidden, lattices=lattices, rulings=rulings)


def _middle(ruling: Ruling) -> tuple[float, float]:
    along = (ruling.start + ruling.end) / 2
    return (along, ruling.at) if ruling.horizontal else (ruling.at, along)


def _lies_in(boxes: Sequence[Box], x: float, y: float) -> bool:
    return any(box.holds(x, y) for box in boxes)


def _read(found: Prepared, number: int, turns: int) -> Page:
    """The lines and grids of a page that was prepared."""
    scale = found.picture.scale
    telling = partial(_is_free, found)
    reads = read_lines(found.lines, found.cutter, partial(_is_stained, found), telling)
    reads += [unread(span) for span in found.hidden]
    letters = letters_of([(read.span, read.signs) for read in reads], found.ink, scale)
    spans = runs_of(letters)
    arranged, _ = arrange_items(letters, spans, found.lattices, found.rulings, None)
    items = [
        with_trust(item, reads, scale)
        if isinstance(item, Grid)
        else with_sureness(item, reads, scale)
        for item in arranged.items
    ]
    if arranged.doubts:
        odd = [
            lattice.box for lattice in found.lattices if not all(r.whole for r in lattice.regions)
        ]
        items = [unsettled(item) if is_odd(item, odd) else item for item in items]
    doubtful = [
        item.text
        for item in items
        if isinstance(item, Line) and UNREAD in item.text and has_chinese(item.text)
    ]
    grids = [item for item in items if isinstance(item, Grid)]
    words = words_of(letters, spans) if grids else []
    high, wide = found.picture.grey.shape
    skew = Skew(found.radians, (wide / scale / 2, high / scale / 2))
    return Page(
        number=number,
        width=wide / scale,
        height=high / scale,
        route="scan" if found.ink.any() else "empty",
        items=tuple(_shown(item, skew) for item in items),
        words=tuple(_shown_words(words, grids, skew)),
        notices=tuple(
            Notice(UNCERTAIN, f"a figure or unit of this line is not certain: {text}")
            for text in doubtful
        ),
        turns=turns,
    )


def prepare_upright(page: pdfium.PdfPage, turns: int) -> tuple[Prepared, int]:
    """The page turned so that its text can be read, and the quarter turns that it takes."""
    best: tuple[float, Prepared, int] | None = None
    for more in (0, 1, 3, 2):
        found = _prepare(page, (turns + more) % 4)
        sure = _legibility(found)
        if sure >= LEGIBLE:
            return found, (turns + more) % 4
        if best is None or sure > best[0] + CLEARLY:
            best = (sure, found, (turns + more) % 4)
    assert best is not None
    return best[1], best[2]


def _prepare(page: pdfium.PdfPage, turns: int, text: Sequence[Box] | None = None) -> Prepared:
    """The page as drawn, without the ``text`` in these boxes, straightened and cut into lines."""
    picture = without_text(draw_page(page, turns, whole=text is None), text or ())
    radians = find_skew(find_ink(picture.grey).ink)
    dark = find_ink(straighten(picture.grey, radians))
    rulings, rest = find_rulings(dark.ink, dark.faint, picture.scale)
    lattices = find_lattices(rulings)
    clean = without_dirt(rest, picture.scale)
    lines, hidden, usual = _lines(clean, lattices, picture.scale)
    paper = float(np.percentile(picture.grey[::8, ::8], 80))
    cutter = Cutter(picture.grey, radians, usual, paper)
    return Prepared(picture, radians, rulings, lattices, clean, lines, hidden, cutter)


def _legibility(found: Prepared) -> float:
    """How sure the signs of a few lines with much ink are, from 0 to 1; 1 without any line.

    A page on its side falls apart into single signs, some of which look like others: what has no
    lines that are longer than high is not upright.
    """
    most = round(LONGEST_TRIED * found.cutter.usual)
    some = [
        (line._replace(x1=min(line.x1, line.x0 + most)), room._replace(x1=line.x0 + most))
        for line, room in found.lines
        if line.wide >= 2 * line.high
    ]
    if len(some) < FEWEST_TRIED:
        if len(found.lines) >= MANY_LINES:
            return 0.0
        some = found.lines
    if not some:
        return 1.0
    some = sorted(some, key=lambda line: -line[0].wide * line[0].high)[:MOST_TRIED]
    reads = recognise([found.cutter.cut(*line).pixels for line in some])
    signs = sum(
        max(len(read.signs), line.wide / line.high / 2)
        for read, (line, _) in zip(reads, some, strict=True)
    )
    return sum(sign.confidence for read in reads for sign in read.signs) / signs


def _is_free(found: Prepared, room: Span) -> bool:
    """True for the room of a line outside of tables: it is as high as the page."""
    return bool(room.high == found.ink.shape[0])


def _is_stained(found: Prepared, line: Span) -> bool:
    """True for a line under coloured ink."""
    picture = found.picture
    if picture.coloured is None:
        return False
    high, wide = picture.grey.shape
    way = Skew(found.radians, (wide / 2, high / 2)).to_page
    corners = [way(x, y) for x in (line.x0, line.x1) for y in (line.y0, line.y1)]
    x0, x1 = (max(0, round(edge(x for x, _ in corners))) for edge in (min, max))
    y0, y1 = (max(0, round(edge(y for _, y in corners))) for edge in (min, max))
    return bool(picture.coloured[y0:y1, x0:x1].any())


def _lines(
    ink: Ink, lattices: Sequence[Lattice], scale: float
) -> tuple[list[tuple[Span, Span]], list[Span], float]:
    """The lines of text, each with the room that is its own; ink in cells that is none of them.

    The third value is the usual height of a line.
    """
    high, wide = ink.shape
    rooms: list[Span] = []
    free = ink.copy()
    cells = ink.copy()
    for lattice in lattices:
        for box in lattice.region_boxes():
            rooms.append(_room(box, scale, EDGE))
        x0, y0, x1, y1 = _room(lattice.box, scale, -EDGE)
        free[max(0, y0) : y1, max(0, x0) : x1] = False
    whole = Span(0, 0, wide, high)
    usual = usual_height(cells, rooms or [whole], scale)
    found = [(line, room) for room in rooms for line in find_lines(cells, room, usual, CELL_GAP)]
    found += [(line, whole) for line in find_lines(free, whole, usual, FREE_GAP)]
    # a pie of a chart, a photograph: what is so high is no line of text
    lines = [(line, room) for line, room in found if line.high < HIGHEST * usual]
    hidden = [
        _flattened(line, usual)
        for line, room in found
        if line.high >= HIGHEST * usual and line.wide > THIN * usual and room != whole
    ]
    parts = [part for line, room in lines for part in _short(line, room, ink, WIDEST * usual)]
    return parts, hidden, usual


def _flattened(high: Span, usual: float) -> Span:
    """A usual line at the middle of what is much higher."""
    middle = (high.y0 + high.y1) / 2
    return high._replace(y0=round(middle - usual / 2), y1=round(middle + usual / 2))


def _room(box: Box, scale: float, edge: float) -> Span:
    x0, y0, x1, y1 = box
    return Span(
        round((x0 + edge) * scale),
        round((y0 + edge) * scale),
        round((x1 - edge) * scale),
        round((y1 - edge) * scale),
    )


def _short(line: Span, room: Span, ink: Ink, most: float) -> list[tuple[Span, Span]]:
    """A long line in parts that a recogniser sees well, each with its room.

    It is cut at the widest white near the end of a part; without any white, through the ink in the
    middle of that place: such parts touch.
    """
    parts: list[tuple[Span, Span]] = []
    while line.wide > most * 1.2:
        low, high = int(0.7 * most), int(most)
        white = ~dark_columns(ink, line._replace(x0=line.x0 + low, x1=line.x0 + high))
        middle = (high - low) // 2
        start, end = max(runs(white), key=lambda run: run[1] - run[0], default=(middle, middle))
        cut = line.x0 + low + (start + end) // 2
        parts.append((line._replace(x1=line.x0 + low + start), room._replace(x1=cut)))
        line = line._replace(x0=line.x0 + low + end)
        room = room._replace(x0=cut)
    return [*parts, (line, room)]


def _shown(item: Line | Grid, skew: Skew) -> Line | Grid:
    """A line or grid where it lies on the page as it is shown."""
    if isinstance(item, Line):
        return replace(item, box=_moved(item.box, skew))
    cells = tuple(replace(cell, box=_moved(cell.box, skew)) for cell in item.cells)
    return replace(item, cells=cells, box=_moved(item.box, skew))


def _moved(box: Box | None, skew: Skew) -> Box | None:
    return None if box is None else _by(box, skew.shift(box))


def _by(box: Box, shift: tuple[float, float]) -> Box:
    dx, dy = shift
    return Box(box.x0 + dx, box.y0 + dy, box.x1 + dx, box.y1 + dy)


def _shown_words(words: Sequence[Word], grids: Sequence[Grid], skew: Skew) -> list[Word]:
    """The words where they are shown; one in a cell moves as its cell does, and stays in it."""
    boxes = [cell.box for grid in grids for cell in grid.cells if cell.box is not None]
    moved: list[Word] = []
    for word in words:
        x, y = word.box.middle
        around = [box for box in boxes if box.holds(x, y)]
        home = min(around, key=lambda box: box.area) if around else word.box
        moved.append(Word(word.text, _by(word.box, skew.shift(home))))
    return moved
