"""Rows of tables: their codes, their labels, and what the labels mean."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from extract.codes import NO_CODES, RowCodes, bracketed, join_code, leading_code, sort_codes
from extract.columns import AMOUNT_ROLES, CODE_ROLES, Column
from extract.figures import is_amount, is_blank
from extract.header import describe_columns, header_paths, header_rows
from extract.openings import is_index_row
from extract.page import GridCell
from extract.sheet import Part, Sheet
from extract.text import has_chinese, is_page_number, squeeze, trim
from extract.vocabulary import Meaning, Vocabulary


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
    meaning: Meaning = field(default_factory=Meaning)

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
    above: Part | None = None
    family = vocabulary.kinds[sheet.kind].family
    loose = family == "other"
    for part in sheet.parts:
        count = _header_of(part, header_texts) or header_rows(part, family, vocabulary)
        if count and any(header_paths(part, count)):
            own = describe_columns(sheet, part, count, vocabulary)
            columns = own if not columns or _says_more(own) else _fit(columns, above, part)
            header_texts |= {
                tuple(squeeze(c.text) for c in row if c.text.strip()) for row in part.rows[:count]
            }
        elif columns and above is not None:
            columns = _fit(columns, above, part)
        else:
            columns = describe_columns(sheet, part, 0, vocabulary)
        above = part
        before: dict[int, str] = {}
        for number, printed in enumerate(part.rows):
            row_no += 1
            texts = tuple(squeeze(cell.text) for cell in printed if cell.text.strip())
            is_index = is_index_row([cell for cell in printed if cell.text.strip()])
            is_header = number < count or texts in header_texts or is_index
            for cell in printed:
                column = columns[cell.column] if cell.column < len(columns) else None
                role = _role(cell, column, loose)
                if is_header and role != "blank" and not loose:
                    role = "index" if is_index else "header"
                cells.append(Placed(part.page_number, row_no, cell, role, column))
            if is_header or not texts or (len(texts) == 1 and is_page_number(texts[0])):
                continue
            found = _read_row(part, number, row_no, printed, columns, sheet, before, vocabulary)
            if rows and number == count and _is_tail(found, rows, part, sheet, vocabulary):
                _append_tail(rows, found)
                continue
            rows.extend(found)
    return Labelled(sheet, rows, cells)


def _says_more(columns: Sequence[Column]) -> bool:
    return any(column.known and column.role in AMOUNT_ROLES for column in columns)


def _fit(columns: Sequence[Column], above: Part | None, part: Part) -> list[Column]:
    """The columns of a header for a continuation without one: by number, else by place."""
    if above is None or above.columns == part.columns:
        return list(columns)
    edges = _edges(above)
    fitted: list[Column] = []
    for number, (left, right) in enumerate(_edges(part)):
        held = [
            cell.text for row in part.rows for cell in row if cell.column == number and cell.lines
        ]
        wants_amounts = bool(held) and all(is_amount(text) for text in held)
        under = [
            columns[at]
            for at, (x0, x1) in enumerate(edges)
            if at < len(columns) and left - 1 <= (x0 + x1) / 2 <= right + 1
        ]
        fitting = [c for c in under if (c.role in AMOUNT_ROLES) is wants_amounts] or under
        if fitting:
            fitted.append(replace(fitting[-1], number=number))
        else:
            fitted.append(Column(number, (), "text", Meaning(), known=False))
    return fitted


def _edges(part: Part) -> list[tuple[float, float]]:
    """Left and right border of each column, from all cells that begin or end at it."""
    lefts, rights = [-1.0] * part.columns, [-1.0] * part.columns
    for cell in part.grid.cells:
        end = cell.column + cell.column_span - 1
        if cell.box is not None and end < part.columns:
            lefts[cell.column], rights[end] = cell.box.x0, cell.box.x1
    return list(zip(lefts, rights, strict=True))


def _role(cell: GridCell, column: Column | None, loose: bool) -> str:
    """What a cell of the body is; ``loose`` for tables whose columns have no fixed meaning."""
    text = cell.text
    if is_blank(text):
        return "blank"
    if column is not None and column.role == "line_no":
        return "index"
    if loose:
        return "amount" if is_amount(text) else "text"
    if column is None:
        return "text"
    if is_amount(text) and column.role in AMOUNT_ROLES:
        return "amount"
    if column.role in CODE_ROLES or column.role in ("unit_code", "project_code"):
        return "code" if not has_chinese(text) else "name"
    if column.role in ("name", "unit_name", "project_name"):
        return "name"
    return "text"


def _read_row(
    part: Part,
    number: int,
    row_no: int,
    printed: Sequence[GridCell],
    columns: Sequence[Column],
    sheet: Sheet,
    before: dict[int, str],
    vocabulary: Vocabulary,
) -> list[Row]:
    covering = part.covering(number)
    family = vocabulary.kinds[sheet.kind].family
    found = []
    for block in sorted({column.block for column in columns}):
        own = [column for column in columns if column.block == block]
        amounts = [
            (columns[cell.column], cell)
            for cell in printed
            if cell.column < len(columns)
            and columns[cell.column].block == block
            and columns[cell.column].role in AMOUNT_ROLES
            and not is_blank(cell.text)
        ]
        codes = _codes(own, covering, family, before, block)
        path, texts = _labels(own, covering, family)
        if not amounts and not path and codes == NO_CODES:
            continue
        if family in ("income", "expenditure", "economic") and codes == NO_CODES and path:
            codes = sort_codes([leading_code(path[-1])], family)
        if family == "procurement":
            codes = _from_texts(codes, texts)
        found.append(Row(part.page_number, row_no, own, amounts, path, codes, own[0].side, texts))
    return found


def _codes(
    columns: Sequence[Column],
    covering: Sequence[GridCell | None],
    family: str,
    before: dict[int, str],
    block: int,
) -> RowCodes:
    """Codes of a block: each run of neighbouring code columns is one code."""
    runs: list[list[Column]] = []
    for column in columns:
        if column.role not in CODE_ROLES:
            continue
        starts = column.role in ("code", "code_class")
        if runs and not starts and runs[-1][-1].number == column.number - 1:
            runs[-1].append(column)
        else:
            runs.append([column])
    codes = []
    for index, run in enumerate(runs):
        texts = _texts_of(covering, [column.number for column in run])
        key = block * 10 + index
        code = join_code(texts, before.get(key, ""))
        if code:
            before[key] = code
        codes.append(code)
    units = [_text_at(covering, c.number) for c in columns if c.role == "unit_code"]
    sorted_codes = sort_codes(codes, family)
    if any(units) and not sorted_codes.unit_code and not has_chinese(units[0]):
        return replace(sorted_codes, unit_code=squeeze(units[0]))
    return sorted_codes


def _text_at(covering: Sequence[GridCell | None], number: int) -> str:
    cell = covering[number] if number < len(covering) else None
    return trim(cell.text) if cell is not None else ""


def _texts_of(covering: Sequence[GridCell | None], numbers: Sequence[int]) -> list[str]:
    """Texts at some columns; a cell that spans several of them counts for the first."""
    texts: list[str] = []
    last: GridCell | None = None
    for number in numbers:
        cell = covering[number] if number < len(covering) else None
        texts.append(trim(cell.text) if cell is not None and cell is not last else "")
        last = cell
    return texts


def _labels(
    columns: Sequence[Column], covering: Sequence[GridCell | None], family: str
) -> tuple[tuple[str, ...], dict[str, str]]:
    """The label path of a block and its other texts by role."""
    path: list[str] = []
    texts: dict[str, str] = {}
    seen: set[int] = set()
    for column in columns:
        cell = covering[column.number] if column.number < len(covering) else None
        if cell is None or is_blank(cell.text) or id(cell) in seen:
            continue
        text = trim(cell.text).replace(" ", "") if has_chinese(cell.text) else trim(cell.text)
        if column.role in CODE_ROLES | {"line_no", "unit_code"}:
            if has_chinese(text) and not _is_code_head(text) and not is_amount(text):
                seen.add(id(cell))
                path.append(text)
            elif column.role == "line_no" and not has_chinese(text):
                texts["line_no"] = text
        elif column.role not in AMOUNT_ROLES:
            seen.add(id(cell))
            if is_amount(text) and column.role not in ("project_code",):
                continue
            texts.setdefault(column.role, text)
            if column.role in ("name", "unit_name", "project_name", "catalogue", "goods"):
                path.append(text)
    if family in ("project", "procurement") and not path:
        path = [text for text in texts.values() if has_chinese(text)][:1]
    return tuple(path), texts


def _is_code_head(text: str) -> bool:
    """True for one character, and for 类, 款 and 项 that stand beside a total in its row."""
    flat = squeeze(text)
    return len(flat) < 2 or set(flat) <= set("类款项")


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
    """True if a continuation begins with the rest of a label that the page broke in the middle."""
    if part is sheet.parts[0] or len(found) != 1:
        return False
    tail = found[0]
    if tail.amounts or tail.codes != NO_CODES or len(tail.path) != 1 or len(tail.path[0]) > 12:
        return False
    if re.match(r"^[一二三四五六七八九十廿(（0-9]", tail.path[0]):
        return False
    before = _last_in_block(rows, tail)
    if before is None or any(role not in before.texts for role in tail.texts):
        return False
    joined = before.path[-1] + tail.path[0]
    if _is_known(joined, vocabulary):
        return True
    return not _is_known(tail.path[0], vocabulary) and not _is_known(before.path[-1], vocabulary)


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


def _append_tail(rows: Sequence[Row], found: Sequence[Row]) -> None:
    """Give the rest of a broken text to the text of its own column, and to the label from there."""
    before = _last_in_block(rows, found[0])
    if before is None:
        return
    for role, rest in found[0].texts.items():
        if before.texts[role] == before.path[-1]:
            before.path = (*before.path[:-1], before.path[-1] + rest)
        before.texts[role] += rest
