"""Cells that hold several printed rows, and figures that a narrow cell wraps over two lines.

Some tables rule their columns and not their rows. Such a row of the grid is cut at the base lines
of its figures where two columns at least agree on them; what cannot be told stays together and is
in doubt (`several_figures`). A figure that its cell wraps is put together again.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from extract.figures import decimals, is_amount
from extract.page import Box
from extract.pdf.drafts import Draft
from extract.pdf.writing import Row

PADDING = 11.0
"""Left and right padding of a cell together, at most, in points (what word processors set)."""

_CODE = re.compile(r"[235][0-9]{2}(?:[0-9]{2}){0,2}", re.ASCII)
_LAST_PART = re.compile(r"[0-9]{2}", re.ASCII)
_PART = re.compile(r"[0-9A-Z]+", re.ASCII)
LABEL_START = re.compile(
    r"(?:[一二三四五六七八九十廿]{1,3}[、.]|[（(][一二三四五六七八九十]{1,3}[）)]|[0-9]{1,2}[.、．](?![0-9])"
    r"|其中|(?:[本当]\s*年\s*)?(?:收\s*入|支\s*出)?\s*[合总小]\s*计"
    r"|上\s*年\s*结\s*转|结\s*转\s*下\s*年|年\s*[初末]\s*结\s*转)"
)


def join_wrapped_figures(drafts: Sequence[Draft]) -> list[Draft]:
    """Mark the cells whose lines are one figure, wrapped because the cell is narrow.

    The lines must make a figure together, those before the last must fill the cell or break at a
    separator, and no other cell of the row may show that there are several rows.
    """
    if not any(len(draft.lines) > 1 and is_amount("".join(draft.texts)) for draft in drafts):
        return list(drafts)
    singles = Counter(
        decimals(draft.lines[0].text)
        for draft in drafts
        if len(draft.lines) == 1 and is_amount(draft.lines[0].text)
    )
    style = singles.most_common(1)[0][0] if singles else None
    by_row: dict[int, list[Draft]] = {}
    for draft in drafts:
        by_row.setdefault(draft.row, []).append(draft)
    joined: list[Draft] = []
    for draft in drafts:
        beside = [other for other in by_row[draft.row] if other is not draft]
        if _is_wrapped(draft, style) and not any(_shows_rows(other, style) for other in beside):
            draft = replace(draft, wrapped=True)
        joined.append(draft)
    return joined


def _is_wrapped(draft: Draft, style: int | None) -> bool:
    texts = draft.texts
    if len(texts) < 2 or not is_amount("".join(texts)) or any(" " in text for text in texts):
        return False
    if not all(re.fullmatch(r"[-+]?[0-9.,]+", text, re.ASCII) for text in texts):
        return False
    pairs = list(pairwise(draft.lines))
    if all(before.text[-1] in ",." or after.text[0] in ",." for before, after in pairs):
        return True
    if all(_CODE.fullmatch(text) for text in texts):
        return False
    if not _fills(draft):
        return False
    whole, first = decimals("".join(texts)), decimals(texts[0]) if is_amount(texts[0]) else 0
    return whole > 0 and first != whole and style in (None, whole)


def _shows_rows(draft: Draft, style: int | None) -> bool:
    numbers = [text for text in draft.texts if is_amount(text)]
    return len(numbers) > 1 and not _is_wrapped(draft, style)


def split_open_rows(
    ys: Sequence[float], drafts: Sequence[Draft]
) -> tuple[list[float], list[Draft]]:
    """Cut the rows that hold several printed rows; gives the new borders and cells.

    ``ys`` are the borders of the rows from the top. Where a row surely holds several and cannot be
    cut, its cells with several figures are in doubt.
    """
    borders: list[float] = [ys[0]]
    first_row: list[int] = []
    cuts: dict[int, list[float]] = {}
    by_row: list[list[Draft]] = [[] for _ in ys]
    for draft in drafts:
        if draft.row_span == 1:
            by_row[draft.row].append(draft)
    for row in range(len(ys) - 1):
        inner = _cut_places(by_row[row], ys[row], ys[row + 1])
        first_row.append(len(borders) - 1)
        if inner:
            cuts[row] = [ys[row], *inner, ys[row + 1]]
            borders.extend(inner)
        borders.append(ys[row + 1])
    if not cuts:
        return list(ys), list(drafts)
    first_row.append(len(borders) - 1)
    split: list[Draft] = []
    for draft in drafts:
        start, end = first_row[draft.row], first_row[draft.row + draft.row_span]
        if draft.row in cuts and draft.row_span == 1:
            split.extend(_pieces(draft, start, cuts[draft.row]))
        else:
            split.append(replace(draft, row=start, row_span=end - start))
    return borders, split


def doubt_uneven_rows(drafts: Sequence[Draft]) -> list[Draft]:
    """Put in doubt the rows beside a cell that runs over them and holds several figures.

    One half of such a table is ruled row by row and the other is not: what belongs to which row
    is not certain.
    """
    uneven = {
        row
        for draft in drafts
        if draft.row_span > 1 and not draft.wrapped
        if sum(1 for text in draft.texts if is_amount(text)) > 1
        for row in range(draft.row, draft.row + draft.row_span)
    }
    if not uneven:
        return list(drafts)
    return [
        replace(draft, doubt=draft.doubt or "several_figures")
        if uneven & set(range(draft.row, draft.row + draft.row_span))
        else draft
        for draft in drafts
    ]


def _pieces(draft: Draft, start: int, borders: Sequence[float]) -> list[Draft]:
    pieces = []
    for index, (top, bottom) in enumerate(pairwise(borders)):
        lines = tuple(line for line in draft.lines if top <= line.box.middle[1] < bottom)
        box = Box(draft.box.x0, top, draft.box.x1, bottom)
        pieces.append(replace(draft, row=start + index, lines=lines, box=box))
    return pieces


def _cut_places(drafts: Sequence[Draft], top: float, bottom: float) -> list[float]:
    """Where to cut a row of the grid, from the top; empty if it is one row, or cannot be told."""
    if all(len(draft.lines) < 2 for draft in drafts):
        return []
    columns = [
        [line for line in draft.lines if is_amount(line.text)]
        for draft in drafts
        if not draft.wrapped
    ]
    many = [column for column in columns if len(column) > 1]
    if not many or is_one_beside_codes(drafts):
        return []
    height = min(line.box.y1 - line.box.y0 for column in many for line in column)
    slack = 0.4 * max(height, 4.0)
    bases = _baselines([line for column in columns for line in column], slack)
    if len(bases) < 2 or any(after - before < 1.5 * slack for before, after in pairwise(bases)):
        return []
    names = [draft for draft in drafts if not any(is_amount(text) for text in draft.texts)]
    if len(many) < 2 and not any(_stands_at(draft, bases, slack) for draft in names):
        return []
    if not _agree(many, slack):
        return []
    header = _header_end(drafts, bases[0], slack)
    starts = [
        line.box.middle[1]
        for draft in names
        for line in draft.lines
        if LABEL_START.match(line.text) and (header is None or line.box.middle[1] > header)
    ]
    if any(_is_torn(draft, bases, slack) for draft in names):
        return []
    for y in starts:
        if all(abs(y - base) > slack for base in bases):
            bases.append(y)
    bases.sort()
    groups: list[list[Row]] = [[] for _ in bases]
    for draft in drafts:
        placed = _assign(draft, bases, slack, header)
        if placed is None:
            return []
        for group, lines in zip(groups, placed, strict=True):
            group.extend(lines)
    if not all(groups):
        return []
    places = [] if header is None else [header]
    for above, below in pairwise(groups):
        end = max(line.box.middle[1] for line in above)
        begin = min(line.box.middle[1] for line in below)
        if begin <= end:
            return []
        places.append((end + begin) / 2)
    return places if all(top < place < bottom for place in places) else []


def _is_torn(draft: Draft, bases: Sequence[float], slack: float) -> bool:
    """True if a label begins above the line of a figure and goes on beside it.

    It may be one label in two lines, beside the figure in their middle.
    """
    return any(
        LABEL_START.match(one.text)
        and not LABEL_START.match(two.text)
        and _nearest(one.box.middle[1], bases, slack) is None
        and _nearest(two.box.middle[1], bases, slack) is not None
        for one, two in pairwise(draft.lines)
    )


def is_one_beside_codes(drafts: Sequence[Draft]) -> bool:
    """True for a ruled row in which only codes stand on several lines, beside figures on one.

    A narrow column breaks `30101` into `301` and `01`; so it does with codes of units and projects.
    """
    codes = [draft for draft in drafts if is_wrapped_code(draft)]
    if not codes:
        return False
    counts = [
        sum(1 for text in draft.texts if is_amount(text))
        for draft in drafts
        if not draft.wrapped and draft not in codes
    ]
    return 1 in counts and max(counts) == 1


def is_wrapped_code(draft: Draft) -> bool:
    """True for a code that its cell wraps: the lines make a class code, or leave no room.

    Lines that are class codes each are codes of several rows.
    """
    texts = draft.texts
    if len(texts) < 2 or not all(_PART.fullmatch(text) for text in texts):
        return False
    if _CODE.fullmatch("".join(texts)) or _LAST_PART.fullmatch("".join(texts)):
        return True
    return not all(_CODE.fullmatch(text) for text in texts) and _fills(draft)


def _fills(draft: Draft) -> bool:
    """True if no line but the last had room for one more character."""
    room = draft.box.x1 - draft.box.x0 - PADDING
    for line in draft.lines[:-1]:
        width = line.box.x1 - line.box.x0
        if width + 1.5 * width / len(line.text) < room:
            return False
    return True


def _baselines(lines: Sequence[Row], slack: float) -> list[float]:
    bases: list[list[float]] = []
    for y in sorted(line.box.middle[1] for line in lines):
        if bases and y - bases[-1][0] <= slack:
            bases[-1].append(y)
        else:
            bases.append([y])
    return [sum(base) / len(base) for base in bases]


def _stands_at(draft: Draft, bases: Sequence[float], slack: float) -> bool:
    """True if a line of the cell stands at every base line."""
    at = [line.box.middle[1] for line in draft.lines]
    return all(any(abs(y - base) <= slack for y in at) for base in bases)


def _agree(columns: Sequence[Sequence[Row]], slack: float) -> bool:
    """True if the columns with several figures share at least two base lines with another one."""
    if len(columns) < 2:
        return True
    places = [[line.box.middle[1] for line in column] for column in columns]
    longest = max(places, key=len)
    for own in places:
        shared = sum(1 for y in own if any(abs(y - other) <= slack for other in longest))
        if shared < 2:
            return False
    return True


def _header_end(drafts: Sequence[Draft], first: float, slack: float) -> float | None:
    """Where a header ends that stands in the same row as the figures: below words over figures."""
    words = [
        line
        for draft in drafts
        if any(is_amount(text) for text in draft.texts)
        for line in draft.lines
        if line.box.middle[1] < first - slack and not is_amount(line.text)
    ]
    if not words:
        return None
    end = max(line.box.middle[1] for line in words)
    return (end + first) / 2


def _assign(
    draft: Draft, bases: Sequence[float], slack: float, header: float | None
) -> list[list[Row]] | None:
    """The lines of a cell by base line; None where a line could belong to two of them."""
    groups: list[list[Row]] = [[] for _ in bases]
    lines = [line for line in draft.lines if header is None or line.box.middle[1] > header]
    at = [_nearest(line.box.middle[1], bases, slack) for line in lines]
    loose = [index for index, base in enumerate(at) if base is None]
    if any(is_amount(line.text) for line, base in zip(lines, at, strict=True) if base is None):
        return None
    if any(is_amount(line.text) for line in lines) and loose:
        return None
    if loose:
        taken = {base for base in at if base is not None}
        every = len(taken) == len(bases)
        above = lines[loose[0]].box.middle[1] < bases[0]
        below = lines[loose[-1]].box.middle[1] > bases[-1]
        for index in loose:
            y = lines[index].box.middle[1]
            before = max((n for n, base in enumerate(bases) if base < y), default=None)
            after = None if before == len(bases) - 1 else (0 if before is None else before + 1)
            at[index] = _between(y, bases, before, after, every, above, below)
            if at[index] is None:
                return None
    for line, base in zip(lines, at, strict=True):
        if base is not None:
            groups[base].append(line)
    return groups


def _between(
    y: float,
    bases: Sequence[float],
    before: int | None,
    after: int | None,
    every: bool,
    above: bool,
    below: bool,
) -> int | None:
    """The base line of a line of words between two: by the habit of the cell, else by distance."""
    if before is None or after is None:
        return after if before is None else before
    if every and below and not above:
        return before
    if every and above and not below:
        return after
    up, down = y - bases[before], bases[after] - y
    if min(up, down) < 0.6 * max(up, down):
        return before if up < down else after
    return None


def _nearest(y: float, bases: Sequence[float], slack: float) -> int | None:
    index = min(range(len(bases)), key=lambda at: abs(bases[at] - y))
    return index if abs(bases[index] - y) <= slack else None
