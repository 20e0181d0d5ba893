"""Rows of a lattice that may be several: a ruling between them is missing.

One ruled row with figures on two lines, with two labels where one would have had room on its line,
or with words above figures in one cell, is not one printed row. What of it belongs together is not
certain: the row is in doubt (`several_figures`), or the table where its header is in it
(`ambiguous_column`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from extract.figures import is_amount
from extract.pdf.open_rows import PADDING, Draft
from extract.pdf.stream_columns import em_of, is_code, is_money, is_wide
from extract.pdf.writing import Row
from extract.text import has_chinese, squeeze

LEVEL = 0.7
"""Figures of one row are no farther apart than this share of an em, up and down."""
SPARE = 0.5
"""So much room, as a share of an em, is left on a line that was not wrapped for want of it."""
SPARE_RULED = 1.5
"""The same between rulings, which speak for one row: writers keep a border and whole words."""

_BEGINS = re.compile(
    r"[一二三四五六七八九十廿]{1,3}、|[(][一二三四五六七八九十]{1,3}[)]|其中:"
    r"|(?:[本当]年)?(?:收入|支出)?[合总小]计$"
)
_TOKEN = re.compile(r"[!-~]+|.[，。、；：）》”]?")


def doubt_merged_rows(drafts: Sequence[Draft]) -> list[Draft]:
    """Put in doubt what stands in a ruled row that holds several printed ones."""
    if all(len(draft.lines) < 2 for draft in drafts) and not _is_staggered(drafts):
        return list(drafts)
    by_row: dict[int, list[Draft]] = {}
    for draft in drafts:
        if draft.row_span == 1 and draft.lines:
            by_row.setdefault(draft.row, []).append(draft)
    merged, headed = set[int](), False
    for row, own in by_row.items():
        if not any(
            is_amount(line.text) and not is_code(line.text) for d in own for line in d.lines
        ):
            continue
        over = sum(1 for draft in own if _holds_words_over_figures(draft))
        headed = headed or over > 1
        if (
            over
            or _is_staggered(own)
            or any(
                holds_two_labels(draft.lines, draft.box.x1 - PADDING / 2, SPARE_RULED)
                for draft in own
            )
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


def holds_two_labels(lines: Sequence[Row], right: float, spare: float = SPARE) -> bool:
    """True for words in two lines of which the first had room for what begins the second.

    ``right`` is as far as a line can reach. A line that begins as labels do needs no room.
    """
    if len(lines) < 2 or any(is_amount(line.text) for line in lines):
        return False
    return any(
        _BEGINS.match(squeeze(two.text)) or _had_room(right, one, two, spare)
        for one, two in pairwise(lines)
    )


def _had_room(right: float, one: Row, two: Row, spare: float) -> bool:
    em = em_of(one.glyphs)
    match = _TOKEN.match(two.text)
    token = match[0] if match else two.text
    width = sum(em if is_wide(char) else 0.6 * em for char in token)
    return one.box.x1 + width + spare * em <= right
