"""Rows of a lattice that may be several: a ruling between them is missing.

One ruled row with figures on two lines, with two labels where one would have had room on its line,
or with words above figures in one cell, is not one printed row. What of it belongs together is not
certain: the row is in doubt (`several_figures`), or the table where its header is in it
(`ambiguous_column`).

Words on several lines are one label, however they are broken, where the figures stand at the middle
of the lines, as no row above another can have them, or where the lines are nearer to one another
than rows of this table are.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace
from itertools import pairwise

from extract.figures import is_amount
from extract.pdf.drafts import Draft
from extract.pdf.open_rows import PADDING, is_wrapped_code
from extract.pdf.stream_columns import WORD_GAP, em_of, is_code, is_money, is_wide
from extract.pdf.stream_lines import PITCH
from extract.pdf.writing import Row
from extract.text import has_chinese, squeeze

LEVEL = 0.7
"""Figures of one row are no farther apart than this share of an em, up and down."""
SPARE = 0.5
"""So much room, as a share of an em, is left on a line that was not wrapped for want of it."""
CENTRED = 0.25
"""Figures are at the middle of lines if they are off by less than this share of their distance."""
NEARER = 0.9
"""Lines of one text are nearer than this share of the lowest row's height."""

_BEGINS = re.compile(
    r"[一二三四五六七八九十廿]{1,3}、|[(][一二三四五六七八九十]{1,3}[)]|其中:"
    r"|(?:[本当]年)?(?:收入|支出)?[合总小]计$"
)
_TOKEN = re.compile(r"[!-~]+|.[，。、；：）》”]?")


def doubt_merged_rows(drafts: Sequence[Draft], rulings: Collection[float]) -> list[Draft]:
    """Put in doubt what stands in a ruled row that holds several printed ones.

    ``rulings`` is where rows are parted by a ruling; rows that were cut have other borders.
    """
    if all(len(draft.lines) < 2 for draft in drafts) and not _is_staggered(drafts):
        return list(drafts)
    by_row: dict[int, list[Draft]] = {}
    for draft in drafts:
        if draft.row_span == 1 and draft.lines:
            by_row.setdefault(draft.row, []).append(draft)
    merged, headed = set[int](), False
    heights = {row: _ruled_height(own, rulings) for row, own in by_row.items()}
    lowest = min((heights[row] for row, own in by_row.items() if _is_lone(own)), default=0.0)
    for row, own in by_row.items():
        levels = [y for draft in own for y in _figure_levels(draft)]
        if not levels:
            continue
        over = sum(1 for draft in own if _holds_words_over_figures(draft))
        headed = headed or over > 1
        if (
            over
            or _is_staggered(own)
            or any(_is_several_rows(draft, levels, heights[row], lowest) for draft in own)
        ):
            merged.add(row)
    if headed:
        return [replace(draft, doubt=draft.doubt or "ambiguous_column") for draft in drafts]
    return [
        replace(draft, doubt=draft.doubt or "several_figures")
        if merged & set(range(draft.row, draft.row + draft.row_span))
        else draft
        for draft in drafts
    ]


def _is_staggered(drafts: Sequence[Draft]) -> bool:
    """True if figures of one row stand on different lines."""
    by_row: dict[int, list[Row]] = {}
    for draft in drafts:
        if draft.row_span == 1 and not draft.wrapped:
            held = [line for line in draft.lines if is_money(line.text)]
            by_row.setdefault(draft.row, []).extend(held)
    for lines in by_row.values():
        if len(lines) > 1:
            middles = [line.box.middle[1] for line in lines]
            if max(middles) - min(middles) > LEVEL * em_of(lines[0].glyphs):
                return True
    return False


def _holds_words_over_figures(draft: Draft) -> bool:
    """True for a cell with words on one line and a figure of money on another."""
    return any(is_money(text) for text in draft.texts) and any(map(has_chinese, draft.texts))


def _figure_levels(draft: Draft) -> list[float]:
    if is_wrapped_code(draft):
        return []
    return [
        line.box.middle[1]
        for line in draft.lines
        if is_amount(line.text) and not is_code(line.text)
    ]


def _ruled_height(own: Sequence[Draft], rulings: Collection[float]) -> float:
    """How high a row is ruled; 0 for one that no ruling parts from the next."""
    box = own[0].box
    return box.y1 - box.y0 if box.y0 in rulings and box.y1 in rulings else 0.0


def _is_lone(own: Sequence[Draft]) -> bool:
    """True for a row with figures in which no text has several lines."""
    return all(len(draft.lines) < 2 for draft in own) and any(map(_figure_levels, own))


def _is_several_rows(draft: Draft, levels: Sequence[float], height: float, lowest: float) -> bool:
    """True for words that seem to be labels of several rows.

    ``levels`` is where its figures stand, ``height`` how high it is ruled, ``lowest`` how high the
    lowest row of one line is.
    """
    parted = _parted_labels(draft.lines, draft.box.x1 - PADDING / 2)
    if not any(parted):
        return False
    if not _is_one_column(draft.lines):
        return True
    places = [line.box.middle[1] for line in draft.lines]
    far = max(two - one for one, two in pairwise(places))
    if far < NEARER * lowest and len(places) * far + (1 - NEARER) * lowest <= height:
        return False
    middle = (places[0] + places[-1]) / 2
    if any(abs(level - middle) > CENTRED * far for level in levels):
        return True
    return any(parted[at] and parted[-1 - at] for at in range(len(parted) // 2))


def _is_one_column(lines: Sequence[Row]) -> bool:
    """True for lines that could be one text: below one another, near, and without a gap inside."""
    em = em_of([glyph for line in lines for glyph in line.glyphs])
    return all(
        two.box.x0 < one.box.x1
        and one.box.x0 < two.box.x1
        and two.box.middle[1] - one.box.middle[1] <= PITCH * em
        for one, two in pairwise(lines)
    ) and all(
        b.box.x0 - a.box.x1 <= WORD_GAP * em for line in lines for a, b in pairwise(line.glyphs)
    )


def holds_two_labels(lines: Sequence[Row], right: float) -> bool:
    """True for words in two lines of which the first had room for what begins the second.

    ``right`` is as far as a line can reach. A line that begins as labels do needs no room.
    """
    return any(_parted_labels(lines, right))


def _parted_labels(lines: Sequence[Row], right: float) -> list[bool]:
    """For each line but the first, whether it seems to begin a label of its own."""
    if len(lines) < 2 or any(is_amount(line.text) for line in lines):
        return []
    return [
        bool(_BEGINS.match(squeeze(two.text))) or _had_room(right, one, two)
        for one, two in pairwise(lines)
    ]


def _had_room(right: float, one: Row, two: Row) -> bool:
    em = em_of(one.glyphs)
    match = _TOKEN.match(two.text)
    token = match[0] if match else two.text
    width = sum(em if is_wide(char) else 0.6 * em for char in token)
    return one.box.x1 + width + SPARE * em <= right
