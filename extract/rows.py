"""Rows of tables: their codes, their labels, and what the labels mean."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from extract.codes import RowCodes, bracketed, join_code, leading_code, sort_codes
from extract.figures import is_amount, is_blank
from extract.header import (
    AMOUNT_ROLES,
    CODE_ROLES,
    Column,
    describe_columns,
    header_paths,
    header_rows,
    is_index_row,
)
from extract.page import GridCell
from extract.sheet import Part, Sheet
from extract.text import has_chinese, squeeze, trim
from extract.vocabulary import Meaning, RowWord, Vocabulary

_OF_WHICH = re.compile(r"^(?:其中|内含|含)[:、]?")


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


@dataclass(frozen=True)
class Placed:
    """A printed cell of a table with its place in the whole table (rows count over its pages)."""

    page_number: int | None
    row_no: int
    cell: GridCell
    role: str
    column: Column | None


@dataclass
class Labelled:
    """A table with its rows named: ``cells`` is everything printed, ``rows`` what carries amounts."""

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
            if is_header or not texts:
                continue
            found = _read_row(part, number, row_no, printed, columns, sheet, before, vocabulary)
            if rows and number == count and _is_tail(found, rows, part, sheet, vocabulary):
                _append_tail(rows, found)
                continue
            rows.extend(found)
    _name_rows(rows, sheet, vocabulary)
    sheet.kind = _kind_by_codes(sheet.kind, rows)
    return Labelled(sheet, rows, cells)


def _kind_by_codes(kind: str, rows: Sequence[Row]) -> str:
    """An economic table whose title does not say its class is told by its codes."""
    government = any(row.codes.government_economic_code for row in rows)
    department = any(row.codes.department_economic_code for row in rows)
    if kind == "basic_economic" and government and not department:
        return "basic_economic_government"
    if kind == "basic_economic_government" and department:
        return "basic_economic"
    return kind


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
    if loose:
        return "amount" if is_amount(text) else "text"
    if column is None:
        return "text"
    if is_amount(text) and column.role in AMOUNT_ROLES:
        return "amount"
    if column.role in CODE_ROLES or column.role in ("unit_code", "project_code"):
        return "code" if not has_chinese(text) else "name"
    if column.role == "line_no":
        return "index"
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
        if not amounts and not path and codes == RowCodes():
            continue
        if family in ("income", "expenditure", "economic") and codes == RowCodes() and path:
            codes = sort_codes([leading_code(path[-1])], family)
        if family == "procurement":
            codes = _from_texts(codes, texts)
        found.append(
            Row(part.page_number, row_no, own, amounts, path, codes, own[0].side, texts)
        )
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
    if any(units) and not sorted_codes.unit_code:
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
            if has_chinese(text) and len(squeeze(text)) > 1 and not is_amount(text):
                seen.add(id(cell))
                path.append(text)
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
    if tail.amounts or tail.codes != RowCodes() or len(tail.path) != 1 or len(tail.path[0]) > 12:
        return False
    if re.match(r"^[一二三四五六七八九十廿(（0-9]", tail.path[0]):
        return False
    before = _last_in_block(rows, tail)
    if before is None:
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
    before = _last_in_block(rows, found[0])
    if before is not None:
        before.path = (*before.path[:-1], before.path[-1] + found[0].path[0])


def _name_rows(rows: list[Row], sheet: Sheet, vocabulary: Vocabulary) -> None:
    """Give each row its kind and meaning by the words of its label."""
    family = vocabulary.kinds[sheet.kind].family
    both = family in ("summary", "fiscal_summary")
    for row in rows:
        side = _side_of(row, family)
        row.side = side
        flat = tuple(squeeze(text) for text in row.path)
        last = vocabulary.ordinals.sub("", flat[-1]) if flat else ""
        of_which = bool(_OF_WHICH.match(last))
        bare = vocabulary.ordinals.sub("", _OF_WHICH.sub("", last))
        if row.codes.function_code or row.codes.department_economic_code or (
            row.codes.government_economic_code
        ):
            row.row_kind = "of_which" if of_which else "line"
            if not both:
                continue
        word = _find_word(vocabulary, side, flat, bare)
        if both and side == "expenditure" and (word is None or word.side == "any"):
            code = class_code(bare, vocabulary)
            if code:
                row.codes = replace(row.codes, function_code=code)
                row.row_kind = "of_which" if of_which else "line"
                continue
        _apply(row, word, of_which, flat, family)
    if both:
        _carry_overs(rows)
        _two_totals(rows)
    if family in ("procurement", "project"):
        _grade_lines(rows, family, vocabulary)
    _grade_units(rows)


def _find_word(
    vocabulary: Vocabulary, side: str, flat: tuple[str, ...], bare: str
) -> RowWord | None:
    groups = tuple(vocabulary.ordinals.sub("", text) for text in flat[:-1])
    return vocabulary.row(side, (*groups, bare)) if bare else None


def _apply(
    row: Row, word: RowWord | None, of_which: bool, flat: tuple[str, ...], family: str
) -> None:
    if word is not None:
        row.row_kind = "of_which" if of_which and family != "three_public" else word.row_kind
        row.meaning = word.meaning
    elif not flat and family in ("expenditure", "income"):
        row.row_kind = "total"
    elif row.codes.unit_code:
        row.row_kind = "unit"
    elif of_which:
        row.row_kind = "of_which"


def _side_of(row: Row, family: str) -> str:
    if family in ("summary", "fiscal_summary"):
        return row.side or ("income" if row.columns[0].block == 0 else "expenditure")
    if family in ("income", "expenditure", "economic", "three_public"):
        return family
    return "any"


def class_code(name: str, vocabulary: Vocabulary) -> str:
    """The code of a 类 printed by name (one wrong character is forgiven where it stays unique)."""
    for candidate in (name, name + "支出"):
        if candidate in vocabulary.classes:
            return vocabulary.classes[candidate]
    near = {
        code
        for known, code in vocabulary.classes.items()
        if len(known) == len(name) >= 6 and sum(a != b for a, b in zip(known, name, strict=True)) == 1
    }
    return near.pop() if len(near) == 1 else ""


def _carry_overs(rows: list[Row]) -> None:
    """Lines by fund below 上年结转 are its parts, not income of the year."""
    after = False
    for row in rows:
        if row.side != "income":
            continue
        source = row.meaning.source
        if source == "carryover_in":
            after = True
        elif row.row_kind == "total":
            after = False
        elif after and source in ("general_public_budget", "government_fund", "state_capital"):
            row.meaning = Meaning(fund=source, source="carryover_in")


def _two_totals(rows: list[Row]) -> None:
    """Where 收入合计 stands above 收入总计, the first is the total of the current year."""
    for side, word in (("income", "收"), ("expenditure", "支")):
        totals = [row for row in rows if row.side == side and row.row_kind == "total" and row.path]
        grand = [row for row in totals if squeeze(row.path[-1]).endswith("总计")]
        for row in totals:
            name = squeeze(row.path[-1])
            if grand and name == f"{word}{'入' if word == '收' else '出'}合计":
                current = any("current_total" in (r.meaning.source, r.meaning.component) for r in totals)
                if not current:
                    row.meaning = (
                        Meaning(source="current_total")
                        if side == "income"
                        else Meaning(component="current_total")
                    )


def _grade_lines(rows: list[Row], family: str, vocabulary: Vocabulary) -> None:
    """Tell lines from group rows: a line fills the last label column that the table uses."""
    roles = ("goods", "catalogue", "project_name") if family == "procurement" else ("project_name",)
    used = [role for role in roles if any(role in row.texts for row in rows)]
    deepest = next((role for role in roles if role in used), "")
    category, project = "", ""
    whole: list[str] = []
    for row in rows:
        label = squeeze(row.path[-1]) if row.path else ""
        word = vocabulary.row("any", (vocabulary.ordinals.sub("", label),)) if label else None
        group = vocabulary.ordinals.sub("", squeeze(row.path[0])) if row.path else ""
        category = vocabulary.first(vocabulary.categories, group) or category
        project = row.texts.get("project_name", "") or project
        figures = [squeeze(cell.text) for _, cell in row.amounts]
        if word is not None and word.row_kind == "total":
            row.row_kind = "total"
            whole = whole or figures
        elif label.endswith("合计") and figures == whole:
            row.row_kind = "total"  # the total once more, under the agency's name
        elif not label or (word is not None and word.row_kind == "subtotal"):
            row.row_kind = "total" if not label else "subtotal"
        elif (deepest and deepest not in row.texts) or (deepest == "project_name" and row.codes.unit_code and not row.texts.get("project_code")):
            row.row_kind = "subtotal"
        elif _is_group_code(row, rows):
            row.row_kind = "subtotal"
        elif not deepest and row.codes.function_code:
            row.row_kind = "line" if len(row.codes.function_code) == 7 else "subtotal"
        else:
            row.row_kind = "line"
        if row.row_kind == "line" and category and "category" not in row.texts:
            row.texts["category"] = category
        if row.row_kind == "line" and family == "procurement" and project:
            row.texts.setdefault("project_name", project)


def _is_group_code(row: Row, rows: Sequence[Row]) -> bool:
    """True for a short code in the column of project codes: a unit's or a group's own row."""
    code = row.texts.get("project_code", "")
    longest = max((len(other.texts.get("project_code", "")) for other in rows), default=0)
    return bool(code) and longest >= 10 and len(code) * 2 < longest


def _own_code(row: Row) -> str:
    return row.codes.unit_code or row.texts.get("project_code", "")


def _grade_units(rows: Sequence[Row]) -> None:
    """A unit above other units (121 above 121001) repeats the total, or is a subtotal."""
    codes = {_own_code(row) for row in rows} - {""}
    total = next((row for row in rows if row.row_kind == "total"), None)
    for row in rows:
        code = _own_code(row)
        if row.row_kind not in ("unit", "subtotal") or not code:
            continue
        if any(other != code and other.startswith(code) for other in codes):
            whole = total is not None and (
                _repeats(row, total) or all(other.startswith(code) for other in codes)
            )
            row.row_kind = "total" if whole else "subtotal"
            if whole:
                row.codes = replace(row.codes, unit_code="")
                row.texts.pop("project_code", None)


def _repeats(row: Row, total: Row) -> bool:
    """True if every figure of the row stands in the total's row, in the same column."""
    held = {column.number: squeeze(cell.text) for column, cell in total.amounts}
    return bool(row.amounts) and all(
        held.get(column.number) == squeeze(cell.text) for column, cell in row.amounts
    )
