"""Text whose columns are aligned by spaces, as layout-keeping converters write it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from extract.figures import is_amount
from extract.page import Box, Grid, GridCell, Line, Word
from extract.plain.bands import Band, bands_of
from extract.plain.head_readings import Reading, read_heads
from extract.plain.header import header_cells, text_cell
from extract.plain.heads import Head, join_heads, split_heads, token_of
from extract.plain.layout import Layout
from extract.plain.lines import Side, TextLine, is_figure, is_foot, sides_of, value_of
from extract.plain.pieces import Piece
from extract.plain.regions import Region, cut_region, find_regions, has_rows
from extract.plain.strips import Strip, counted_leaves, crookedness, cut_strips, match_strips
from extract.plain.sums import sums_of
from extract.text import has_chinese, squeeze, trim

RIVAL = 3.0
"""A reading of a header whose price is so near to that of the best one is as good."""
RIVAL_SHARE = 0.3
"""The same, as a share of the price: the more crooked a header, the less a difference tells."""
CROOKED = 20.0
"""A header whose best reading costs more is not understood."""
AMBIGUOUS = "ambiguous_column"


@dataclass(frozen=True)
class Known:
    """A header that was read: its columns, and where they stand in the lines."""

    layout: Layout
    leaves: tuple[Head, ...]
    wide: bool


def read_aligned(
    lines: Sequence[str], last: Known | None = None
) -> tuple[list[Line | Grid], list[Word], Known | None]:
    """Lines and grids of a page, its words, and the last header read.

    ``last`` is the last header of the page before: rows at the top of a page may go on with it.
    """
    items: list[Line | Grid] = []
    words: list[Word] = []
    top = True
    for start, stop in find_regions(lines):
        found = _table(lines, start, stop, last if top else None) if stop - start > 1 else None
        if found is None:
            for number in range(start, stop):
                if lines[number].strip():
                    items.append(_line(lines[number], number))
            if any(line.strip() for line in lines[start:stop]):
                top = top and all(_is_head(line) for line in lines[start:stop])
            continue
        top = False
        above, grid, said, last = found
        items += [_line(lines[number], number) for number in above]
        items.append(grid)
        words += said
    return items, words, last


def _is_head(line: str) -> bool:
    """True for a line that may stand above rows that go on from the page before."""
    return not line.strip() or is_foot(TextLine(0, tuple(line.split())))


def _line(text: str, number: int) -> Line:
    plain = trim(re.sub(r"\s{2,}", " ", text))
    return Line(plain, Box(0.0, float(number), 1.0, float(number + 1)))


def _table(
    lines: Sequence[str], start: int, stop: int, last: Known | None
) -> tuple[list[int], Grid, list[Word], Known | None] | None:
    """A table in a run of lines: lines above it, its grid, its words, its header."""
    if not has_rows(lines[start:stop]):
        return None
    regions = [(wide, cut_region(lines, start, stop, wide=wide)) for wide in (False, True)]
    known = [(wide, region) for wide, region in regions if region is not None]
    if not known:
        return None
    wide, region = min(known, key=lambda item: _crooked(item[1]))
    found = _understand(region, last if last is not None and last.wide == wide else None, wide)
    if found is None:
        grid, words = _doubtful(region)
        return [], grid, words, None
    _, grid, words, head = found
    return [], grid, words, head


def _crooked(region: Region) -> int:
    strips = cut_strips(_figures(region))
    return 10_000 if strips is None else crookedness(strips)


def _figures(region: Region) -> list[Piece]:
    return [piece for line in region.body for piece in line if is_figure(piece.text)]


@dataclass(frozen=True)
class Trial:
    """A reading of a header, and the rows as they come out under it."""

    price: float
    layout: Layout
    leaves: tuple[Head, ...]
    rows: list[tuple[Side, list[Band]]]
    placed: dict[int, tuple[int, bool]]
    trusted: bool


Found = tuple[float, Grid, list[Word], Known]


def _understand(region: Region, last: Known | None, wide: bool) -> Found | None:
    """The table of a region: the reading of its header under which most rows add up."""
    strips = cut_strips(_figures(region))
    if strips is None or not strips:
        return None
    spans = [(strip.start, strip.end) for strip in strips]
    readings = _readings(region, spans)
    trials: list[tuple[float, Layout, tuple[Head, ...]]] = [
        (reading.crooked, reading.layout, reading.leaves) for reading in readings[:6]
    ]
    if not trials and last is not None and not region.header:
        trials = [(0.0, last.layout, last.leaves)]
    tried: list[Trial] = []
    for crooked, layout, leaves in trials:
        leaves = counted_leaves(leaves, region.counts, layout)
        matched = match_strips(strips, leaves, layout, far=not region.header)
        if matched is None or not any(column.token.is_amount for column in layout):
            continue
        columns = matched.columns
        placed = {
            id(piece): (columns[at], at in matched.unsure)
            for at, strip in enumerate(strips)
            for piece in strip.pieces
        }
        rows = _rows(region, layout, leaves, strips, columns, placed)
        good, bad = _sums(layout, rows)
        broken = 3.0 * bad if 4 * bad > good else 0.5 * bad
        price = crooked + broken - 0.5 * min(good, 6) + 2.0 * len(matched.unsure)
        tried.append(Trial(price, layout, leaves, rows, placed, bad <= good))
    if not tried:
        return None
    tried.sort(key=lambda trial: trial.price)
    best = tried[0]
    doubtful = _doubtful_columns(region, tried)
    grid, words = _grid(region, best, doubtful)
    return best.price, grid, words, Known(best.layout, best.leaves, wide)


def _doubtful_columns(region: Region, tried: Sequence[Trial]) -> frozenset[int]:
    """Columns of the best reading whose words are not certain.

    Another reading that is as good puts other words over them, or a word that no vocabulary has
    stands in a header of several lines: words may have run into one another.
    """
    best = tried[0]
    lines = len({piece.line for piece in region.header})
    found = {
        at
        for at, column in enumerate(best.layout)
        if column.token.is_amount
        and (best.price > CROOKED or (lines > 1 and token_of(squeeze(column.path[-1])) is None))
    }
    near = best.price + max(RIVAL, RIVAL_SHARE * best.price)
    for other in tried[1:]:
        if other.price <= near and len(other.layout) == len(best.layout):
            found |= {
                at
                for at, (one, two) in enumerate(zip(best.layout, other.layout, strict=True))
                if one.token.is_amount and one.path != two.path
            }
    return frozenset(found)


def _readings(region: Region, spans: Sequence[tuple[int, int]]) -> list[Reading]:
    """The readings of a header, with its words parted at wide gaps or at every space."""
    if not region.header:
        return []
    whole = read_heads(join_heads(region.header), spans, len(region.counts))
    parted = split_heads(region.header)
    if len(parted) > len(region.header):
        whole += read_heads(join_heads(parted), spans, len(region.counts))
    return sorted(whole, key=lambda reading: reading.crooked)


def _rows(
    region: Region,
    layout: Layout,
    leaves: Sequence[Head],
    strips: Sequence[Strip],
    columns: Sequence[int],
    placed: dict[int, tuple[int, bool]],
) -> list[tuple[Side, list[Band]]]:
    sides = [side for side in sides_of(layout)]
    lines: list[list[Band]] = [[] for _ in sides]
    owner = {
        column: at for at, side in enumerate(sides) for column in (*side.labels, *side.amounts)
    }
    middles = _middles(layout, leaves, strips, columns)
    for pieces in region.body:
        bands = [Band(pieces[0].line) for _ in sides]
        for piece in pieces:
            if is_figure(piece.text) and id(piece) in placed:
                column, _ = placed[id(piece)]
                band = bands[owner[column]]
                if layout[column].token.is_amount:
                    band.figures[column] = piece
                else:
                    band.labels.setdefault(column, []).append(piece.text)
                band.anchored = True
                continue
            at, sure = _label_column(piece, layout, leaves, middles)
            if at is None:
                side = _side_of(piece, layout, middles, owner)
                bands[side].doubt = bands[side].doubt or AMBIGUOUS
                continue
            band, said = bands[owner[at]], layout[at].token.family in ("name", "text")
            before = band.labels.setdefault(at, [])
            if not sure or (before and said and min(len(before[-1]), len(piece.bare)) > 1):
                band.doubt = band.doubt or "row_unknown"  # two columns of labels under one word
            before.append(piece.text)
        for number, band in enumerate(bands):
            if band.labels or band.figures:
                lines[number].append(band)
    return [(side, bands_of(lines[number], side, layout)) for number, side in enumerate(sides)]


def _middles(
    layout: Layout, leaves: Sequence[Head], strips: Sequence[Strip], columns: Sequence[int]
) -> list[float]:
    """Where each column stands: the middle of its figures, or of its word."""
    middles = [leaf.middle for leaf in leaves]
    for strip, column in zip(strips, columns, strict=True):
        if layout[column].token.is_amount:
            middles[column] = (strip.start + strip.end) / 2
    return middles


def _label_column(
    piece: Piece, layout: Layout, leaves: Sequence[Head], middles: Sequence[float]
) -> tuple[int | None, bool]:
    """The column of labels that holds a piece, between the same columns of figures; is it certain?

    None where no column of labels stands there.
    """
    amounts = [at for at, column in enumerate(layout) if column.token.is_amount]
    low = max((at for at in amounts if middles[at] <= piece.middle), default=-1)
    high = min((at for at in amounts if middles[at] > piece.middle), default=len(layout))
    labels = list(range(low + 1, high))
    named = [at for at in labels if layout[at].token.family in ("name", "text", "side")]
    for group in (named, labels):
        if group:
            over = [at for at in group if piece.overlaps(leaves[at].start, leaves[at].end)]
            if len(over) == 1:
                return over[0], True
            nearest = min(group, key=lambda at: abs(leaves[at].middle - piece.middle))
            return nearest, len(group) == 1
    return None, False


def _side_of(piece: Piece, layout: Layout, middles: Sequence[float], owner: dict[int, int]) -> int:
    nearest = min(range(len(layout)), key=lambda at: abs(middles[at] - piece.middle))
    return owner[nearest]


def _sums(layout: Layout, rows: Sequence[tuple[Side, list[Band]]]) -> tuple[int, int]:
    """How many sums of the header hold in the rows, and how many do not."""
    paths = [column.path for column in layout]
    sums = sums_of(paths, [column.token.is_amount for column in layout])
    good = bad = 0
    for _, bands in rows:
        for band in bands:
            values = [
                value_of(band.figures[at].text) if at in band.figures else None
                for at in range(len(layout))
            ]
            if sum(1 for value in values if value) < 2:
                continue
            for item in sums:
                holds = item.holds(values)
                good += holds is True
                bad += holds is False
    return good, bad


def _grid(region: Region, trial: Trial, doubtful: frozenset[int]) -> tuple[Grid, list[Word]]:
    layout, rows = trial.layout, trial.rows
    width = len(layout)
    first = (region.header or region.body[0])[0].line
    paths = [column.path for column in layout]
    cells = header_cells(paths, [not region.header] * width, first)
    top = max(len(path) for path in paths)
    at_line: dict[int, list[Band]] = {}
    for _, bands in rows:
        for band in bands:
            at_line.setdefault(band.line, []).append(band)
    words: list[Word] = []
    for number, line in enumerate(sorted(at_line)):
        texts: dict[int, GridCell] = {}
        for band in at_line[line]:
            for column, labels in band.labels.items():
                texts[column] = text_cell(top + number, column, _join(labels), line)
            for column, piece in band.figures.items():
                unsure = trial.placed[id(piece)][1] or not trial.trusted
                doubt = AMBIGUOUS if unsure else band.doubt
                doubt = doubt or ("column_unknown" if column in doubtful else "")
                texts[column] = text_cell(top + number, column, piece.text, line, doubt=doubt)
                words.append(
                    Word(
                        piece.text.replace(" ", ""),
                        Box(float(column), float(line), float(column + 1), float(line + 1)),
                    )
                )
        cells += [
            texts.get(column) or text_cell(top + number, column, "", line)
            for column in range(width)
        ]
    end = max(at_line, default=first)
    box = Box(0.0, float(first), float(width), float(end + 1))
    return Grid(top + len(at_line), width, tuple(cells), box, "aligned"), words


def _join(texts: Sequence[str]) -> str:
    """Parts of a label as one; a space stays between words without Chinese."""
    joined = texts[0]
    for text in texts[1:]:
        both = has_chinese(joined[-1:]) or has_chinese(text[:1]) or joined.isdigit()
        joined += text if both else f" {text}"
    return joined


def _doubtful(region: Region) -> tuple[Grid, list[Word]]:
    """A table that is not understood: its lines as rows, every figure in doubt."""
    rows = [*_by_line(region.header), *region.body]
    width = max(len(row) for row in rows)
    cells: list[GridCell] = []
    words: list[Word] = []
    for number, row in enumerate(rows):
        line = row[0].line
        for column in range(width):
            text = row[column].text if column < len(row) else ""
            doubt = AMBIGUOUS if is_amount(text) else ""
            cells.append(text_cell(number, column, text, line, doubt=doubt))
            if is_amount(text):
                box = Box(float(column), float(line), float(column + 1), float(line + 1))
                words.append(Word(text.replace(" ", ""), box))
    box = Box(0.0, float(rows[0][0].line), float(width), float(rows[-1][0].line + 1))
    return Grid(len(rows), width, tuple(cells), box, "aligned"), words


def _by_line(pieces: Sequence[Piece]) -> list[tuple[Piece, ...]]:
    lines: dict[int, list[Piece]] = {}
    for piece in pieces:
        lines.setdefault(piece.line, []).append(piece)
    return [tuple(lines[number]) for number in sorted(lines)]
