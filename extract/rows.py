"""Rows of tables: their codes, their labels, and what the labels mean."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import astuple, dataclass, field, replace
from functools import lru_cache
from typing import NamedTuple

from extract.blocks import Block, part_blocks, read_codes, read_label
from extract.codes import NO_CODES, RowCodes, bracketed, leading_code, sort_codes
from extract.columns import AMOUNT_ROLES, CODE_ROLES, Column
from extract.continuing import fit_columns
from extract.figures import is_amount, is_blank
from extract.header import describe_columns, header_paths, header_rows
from extract.openings import is_index
from extract.page import GridCell
from extract.sheet import Part, Sheet, in_doubt
from extract.text import REMEMBERED, has_chinese, is_page_number, squeeze
from extract.vocabulary import Meaning, Vocabulary

_LONGEST_REST = 12
"""The rest of a label that is no known word has no more characters."""
_NO_MEANING = Meaning()


@dataclass
class Row:
    """One side-by-side block of one printed row.

    ``path`` are the label's words, group labels first; ``texts`` the other texts by column role.
    """

    page_number: int | None
    number: int
    columns: Sequence[Column]
    amounts: list[tuple[Column, GridCell]]
    path: tuple[str, ...]
    codes: RowCodes
    side: str
    texts: dict[str, str] = field(default_factory=dict)
    row_kind: str = "line"
    meaning: Meaning = _NO_MEANING

    @property
    def label(self) -> str:
        """The row's words for people."""
        return " / ".join(self.path)


class Placed(NamedTuple):
    """A printed cell of a table with its place in the whole table (rows count over its pages)."""

    page_number: int | None
    row_no: int
    cell: GridCell
    role: str
    column: Column | None


@dataclass
class Labelled:
    """A table with its rows named: ``cells`` is all that is printed, ``rows`` what has amounts."""

    sheet: Sheet
    rows: list[Row]
    cells: list[Placed]


def label_sheet(sheet: Sheet, vocabulary: Vocabulary) -> Labelled:
    """Name all rows and columns of a table."""
    rows: list[Row] = []
    cells: list[Placed] = []
    columns: list[Column] = []
    header_texts: set[tuple[str, ...]] = set()
    row_no = 0
    headed: Part | None = None  # the part whose header says the columns, and those
    base: list[Column] = []
    family = vocabulary.kinds[sheet.kind].family
    loose = family == "other"
    outside = _roles(None, loose)
    for part in sheet.parts:
        certain = True
        count = _header_of(part, header_texts) or header_rows(part, family, vocabulary)
        if count and any(header_paths(part, count)):
            own = describe_columns(sheet, part, count, vocabulary)
            if headed is None or _says_more(own):
                columns, base, headed = own, own, part
            else:
                columns, certain = fit_columns(base, headed, part)
            header_texts |= {
                tuple(squeeze(c.text) for c in row if c.text.strip()) for row in part.rows[:count]
            }
        elif headed is not None:
            columns, certain = fit_columns(base, headed, part)
        else:
            columns = base = describe_columns(sheet, part, 0, vocabulary)
            headed = part
        part = part if certain else in_doubt(part)
        before: dict[tuple[int, int], str] = {}
        blocks = part_blocks(columns)
        roles = [_roles(column, loose) for column in columns]
        for number, printed in enumerate(part.rows):
            row_no += 1
            texts = tuple([squeeze(cell.text) for cell in printed if cell.text.strip()])
            counts = is_index(texts)
            is_header = number < count or texts in header_texts or counts
            for cell in printed:
                at = cell.column
                column = columns[at] if at < len(columns) else None
                role = (roles[at] if at < len(columns) else outside)[_sort_of(cell.text)]
                if is_header and role != "blank" and not loose:
                    role = "index" if counts else "header"
                cells.append(Placed(part.page_number, row_no, cell, role, column))
            if is_header or not texts or (len(texts) == 1 and is_page_number(texts[0])):
                continue
            found = _read_row(part, number, row_no, blocks, family, before)
            if rows and number == count and _is_tail(found, rows, part, sheet, vocabulary):
                _append_tail(rows, found, family)
                continue
            rows.extend(found)
    return Labelled(sheet, rows, cells)


def _says_more(columns: Sequence[Column]) -> bool:
    return any(column.known and column.role in AMOUNT_ROLES for column in columns)


@lru_cache(maxsize=REMEMBERED)
def _sort_of(text: str) -> str:
    """What a text is by itself: `blank`, `amount`, `words` (of Chinese) or `signs`."""
    if is_blank(text):
        return "blank"
    if is_amount(text):
        return "amount"
    return "words" if has_chinese(text) else "signs"


def _roles(column: Column | None, loose: bool) -> dict[str, str]:
    """What a cell of a column is in the body, by what its text is by itself.

    ``loose`` are tables whose columns have no fixed meaning.
    """
    role = column.role if column is not None else ""
    if role == "line_no":
        words = amount = signs = "index"
    elif loose:
        words = signs = "text"
        amount = "amount"
    elif role in CODE_ROLES or role in ("unit_code", "project_code"):
        words, amount, signs = "name", "code", "code"
    elif role in ("name", "unit_name", "project_name"):
        words = amount = signs = "name"
    else:
        words = signs = "text"
        amount = "amount" if role in AMOUNT_ROLES else "text"
    return {"blank": "blank", "words": words, "amount": amount, "signs": signs}


def _read_row(
    part: Part,
    number: int,
    row_no: int,
    blocks: Sequence[Block],
    family: str,
    before: dict[tuple[int, int], str],
) -> list[Row]:
    printed, covering = part.rows[number], part.covering(number)
    found = []
    for block in blocks:
        own = block.amounts
        amounts = [
            (own[cell.column], cell)
            for cell in printed
            if cell.column in own and not is_blank(cell.text)
        ]
        codes = read_codes(block, covering, family, before)
        path, texts = read_label(block.labels, covering, family)
        if not amounts and not path and codes == NO_CODES:
            continue
        if family in ("income", "expenditure", "economic") and codes == NO_CODES and path:
            codes = sort_codes([leading_code(path[-1])], family)
        if family == "procurement":
            codes = _from_texts(codes, texts)
        side = block.columns[0].side
        found.append(
            Row(part.page_number, row_no, block.columns, amounts, path, codes, side, texts)
        )
    return found


def _from_texts(codes: RowCodes, texts: dict[str, str]) -> RowCodes:
    function = codes.function_code or _class_code(texts.get("function_text", ""), "2")
    economic = codes.department_economic_code or _class_code(texts.get("economic_text", ""), "3")
    return replace(codes, function_code=function, department_economic_code=economic)


def _class_code(text: str, first: str) -> str:
    code = bracketed(squeeze(text))[0] or leading_code(squeeze(text))
    return code if code.startswith(first) else ""


def _header_of(part: Part, header_texts: set[tuple[str, ...]]) -> int:
    """How many of the first rows repeat the header of the table's earlier parts."""
    count = 0
    for number, row in enumerate(part.rows):
        texts = tuple(squeeze(cell.text) for cell in row if cell.text.strip())
        if texts in header_texts:
            count = number + 1
        elif texts:
            break
    return count


def _is_tail(
    found: Sequence[Row],
    rows: Sequence[Row],
    part: Part,
    sheet: Sheet,
    vocabulary: Vocabulary,
) -> bool:
    """True if a continuation begins with the rest of a row that the page broke in the middle.

    In each block that is the rest of a label, or of a code, or of both.
    """
    if part is sheet.parts[0] or not found:
        return False
    family = vocabulary.kinds[sheet.kind].family
    return all(_goes_on(_last_in_block(rows, tail), tail, family, vocabulary) for tail in found)


def _goes_on(before: Row | None, tail: Row, family: str, vocabulary: Vocabulary) -> bool:
    """True if ``tail`` is what is left of the row ``before``."""
    if before is None or tail.amounts or len(tail.path) > 1:
        return False
    if any(role not in before.texts for role in tail.texts):
        return False
    if tail.codes != NO_CODES and _codes_of_both(before, tail, family) is None:
        return False
    if not tail.path:
        return tail.codes != NO_CODES
    label = tail.path[0]
    if re.match(r"^[一二三四五六七八九十廿(（0-9]", label):
        return False
    if _is_known(before.path[-1] + label, vocabulary):
        return True
    return (
        len(label) <= _LONGEST_REST
        and not _is_known(label, vocabulary)
        and not _is_known(before.path[-1], vocabulary)
    )


def _codes_of_both(before: Row, tail: Row, family: str) -> RowCodes | None:
    """The class code of which one row has the beginning and the next the rest; None if it is none.

    >>> columns: list[Column] = []
    >>> one = Row(1, 1, columns, [], (), RowCodes(unit_code="2080"), "")
    >>> two = Row(2, 2, columns, [], (), RowCodes(unit_code="505"), "")
    >>> _codes_of_both(one, two, "income").function_code
    '2080505'
    """
    halves = [[code for code in astuple(row.codes) if code] for row in (before, tail)]
    if any(len(half) != 1 for half in halves):
        return None
    codes = sort_codes(["".join(half[0] for half in halves)], family)
    return None if codes.unit_code else codes


def _is_known(label: str, vocabulary: Vocabulary) -> bool:
    """True if the whole label is a word of rows on any side, or the name of a class."""
    bare = vocabulary.ordinals.sub("", squeeze(label))
    if bare in vocabulary.classes:
        return True
    sides = ("income", "expenditure", "economic", "three_public")
    return any(vocabulary.row(side, (bare,)) is not None for side in sides)


def _last_in_block(rows: Sequence[Row], tail: Row) -> Row | None:
    block = tail.columns[0].block
    return next((row for row in reversed(rows) if row.columns[0].block == block and row.path), None)


def _append_tail(rows: Sequence[Row], found: Sequence[Row], family: str) -> None:
    """Give the rest of a broken text to the text of its own column, and to the label from there."""
    for tail in found:
        before = _last_in_block(rows, tail)
        if before is None:
            continue
        if tail.codes != NO_CODES:
            before.codes = _codes_of_both(before, tail, family) or before.codes
        for role, rest in tail.texts.items():
            if before.texts[role] == before.path[-1]:
                before.path = (*before.path[:-1], before.path[-1] + rest)
            before.texts[role] += rest
