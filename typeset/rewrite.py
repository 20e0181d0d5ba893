"""Rewrite a disclosure's tables: the same figures and meanings, printed in a harder way."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from typeset.model import CODE_ROLES, Column, Disclosure, Row, Table
from typeset.styles import Variant

CODE_PARTS = (("class", "类"), ("section", "款"), ("item", "项"))
SPLIT_FAMILIES = ("function", "department", "government")
LANE = "栏次"
NARROW = 0.02


def rewrite(disclosure: Disclosure) -> Disclosure:
    """Apply the variants of the disclosure's style that change the content of its tables."""
    tables = disclosure.tables
    for variant, change in CHANGES.items():
        if variant in disclosure.style.variants:
            tables = tuple(change(table) for table in tables)
    return replace(disclosure, tables=tables)


def split_codes(table: Table) -> Table:
    """Print a code in three columns, 类 款 项, instead of one."""
    parts: dict[str, list[Column]] = {}
    for column in table.columns:
        family = column.role.removesuffix("_code")
        if column.role in CODE_ROLES and family in SPLIT_FAMILIES and column.role != family:
            words = CODE_PARTS if family == "function" else CODE_PARTS[:2]
            parts[column.field] = [
                replace(
                    column,
                    field=f"{column.field}_{word}",
                    header=(*column.header, printed),
                    role=f"{family}_{word}",
                    width=column.width / 2,
                    lane=column.lane if place == 0 or column.lane == LANE else "",
                )
                for place, (word, printed) in enumerate(words)
            ]
    if not parts:
        return table
    columns = tuple(new for column in table.columns for new in parts.get(column.field, [column]))
    rows = []
    for row in table.rows:
        cells = dict(row.cells)
        for field, new in parts.items():
            code = cells.pop(field)
            pieces = (code[:3], code[3:5], code[5:])
            if len(new) == 2:
                pieces = (code[:3], code[3:], "")
            cells |= dict(zip((column.field for column in new), pieces, strict=False))
        rows.append(replace(row, cells=cells))
    return replace(table, columns=columns, rows=tuple(rows))


def join_codes(table: Table) -> Table:
    """Print a code in one column instead of 类 款 项."""
    columns: list[Column] = []
    joined: dict[str, list[str]] = {}
    for column in table.columns:
        family, _, part = column.role.partition("_")
        if column.role not in CODE_ROLES or family not in SPLIT_FAMILIES or part == "code":
            columns.append(column)
        elif part == "class":
            joined[column.field] = [column.field]
            header = column.header[:-1] or ("科目编码",)
            columns.append(replace(column, header=header, role=f"{family}_code", width=60.0))
        else:
            joined[columns[-1].field].append(column.field)
    rows = []
    for row in table.rows:
        cells = dict(row.cells)
        for field, fields in joined.items():
            cells[field] = "".join(cells.pop(each) for each in fields)
        rows.append(replace(row, cells=cells))
    return replace(table, columns=tuple(columns), rows=tuple(rows))


def number_amounts(table: Table) -> Table:
    """Print a 栏次 row that counts the amount columns."""
    number = 0
    columns = []
    for column in table.columns:
        number += column.is_amount
        columns.append(replace(column, lane=str(number) if column.is_amount else LANE))
    return replace(table, columns=tuple(columns))


def number_columns(table: Table) -> Table:
    """Print a 栏次 row that counts all columns but the first."""
    columns = [
        replace(column, lane=str(number) if number else LANE)
        for number, column in enumerate(table.columns)
    ]
    return replace(table, columns=tuple(columns))


def deepen_header(table: Table) -> Table:
    """Give the headers of amounts the rows they lack to four."""
    deepest = max(len(column.header) for column in table.columns)
    if not any(column.is_amount for column in table.columns) or deepest >= 4:
        return table
    above = ("{year}年", "金额")[: 4 - deepest]
    columns = [
        replace(column, header=(*above, *column.header)) if column.is_amount else column
        for column in table.columns
    ]
    return replace(table, columns=tuple(columns))


def put_total_last(table: Table) -> Table:
    """Move the one total row of a table by code from the first place to the last."""
    totals = [row for row in table.rows if is_total(table, row)]
    if len(totals) != 1 or totals[0] is not table.rows[0] or len(table.rows) < 2:
        return table
    return replace(table, rows=(*table.rows[1:], totals[0]))


def put_total_beside(table: Table) -> Table:
    """Codes in three columns, a 栏次 row and a header that is not repeated."""
    return replace(number_amounts(split_codes(table)), repeat_header="no")


def is_total(table: Table, row: Row) -> bool:
    """Whether a row is printed as 合计 or 总计."""
    names = ("".join(row.cells[c.field].split()) for c in table.columns if not c.is_amount)
    return any(name.endswith(("合计", "总计")) for name in names)


def _on_cells(change: Callable[[Table, Column, str], str]) -> Callable[[Table], Table]:
    def changed(table: Table) -> Table:
        amounts = {column.field: column for column in table.columns if column.is_amount}
        rows = tuple(
            replace(
                row,
                cells={
                    field: change(table, amounts[field], text) if field in amounts else text
                    for field, text in row.cells.items()
                },
            )
            for row in table.rows
        )
        return replace(table, rows=rows)

    return changed


def bare_zero(table: Table, column: Column, text: str) -> str:
    """Print a zero without decimals."""
    return "0" if text and not text.strip("0.") else text


def _narrow_names(table: Table) -> Table:
    names = ("name", "project_name", "function_text")
    columns = [
        replace(column, width=column.width * NARROW) if column.role in names else column
        for column in table.columns
    ]
    return replace(table, columns=tuple(columns))


CHANGES: Mapping[Variant, Callable[[Table], Table]] = {
    Variant.THREE_CODE_COLUMNS: split_codes,
    Variant.ONE_CODE_COLUMN: join_codes,
    Variant.FOUR_HEADER_ROWS: deepen_header,
    Variant.LANE_OF_AMOUNTS: number_amounts,
    Variant.LANE_OF_ALL: number_columns,
    Variant.TOTAL_LAST: put_total_last,
    Variant.TOTAL_ALONE: lambda table: replace(put_total_last(table), note=""),
    Variant.TOTAL_BESIDE_CODES: put_total_beside,
    Variant.TITLE_REPEATED: lambda table: replace(table, repeat_header="title"),
    Variant.HEADER_ONCE: lambda table: replace(table, repeat_header="no"),
    Variant.UNIT_ONCE: lambda table: replace(table, repeat_header="title"),
    Variant.BARE_ZEROS: _on_cells(bare_zero),
    Variant.NO_SEPARATORS: lambda table: replace(table, grouping=False),
    Variant.BLANKS_ARE_DASHES: lambda table: replace(table, blank="-"),
    Variant.BLANKS_ARE_SLASHES: lambda table: replace(table, blank="/"),
    Variant.FULL_WIDTH_FIGURES: lambda table: replace(table, full_width=True),
    Variant.NARROW_NAMES: _narrow_names,
    Variant.ONE_GRID: lambda table: replace(table, note=""),
}
"""How each variant of the content changes a table."""
