"""Performance forms (项目绩效目标表, 项目支出绩效自评表): one per project, with deep merges.

A form is a grid without a header; a page break may fall in the middle of any of its cells. The
contact person is made up, and a reader must not keep him.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise
from math import ceil

from typeset.extra import Form, GoldenIndicator
from typeset.grid import PADDING, Band, Cell, Grid, row_heights
from typeset.model import FIGURES, Disclosure, Table, read_rows
from typeset.pages import MARGIN, PORTRAIT, Page, Piece
from typeset.styles import Variant
from typeset.text import add_up, break_lines

SIZE = 9.0
FORMS = 2
ROOM = 620.0
SMALL_ROOM = 210.0
CONTACT, TELEPHONE = "欧阳测试", "0999-5550123"
TITLES = {
    "performance_target": "项目支出绩效目标表",
    "self_evaluation": "项目支出绩效自评表",
}
OPERATORS = {"<=": "<=", "不超过": "<=", ">=": ">=", "不低于": ">=", "=": "="}
GOAL = (
    "目标1：按计划完成全年各项任务，保障业务系统平稳运行。目标2：规范资金使用，"
    "提高服务质量和办事效率，让群众少跑路、好办事。"
)


def make_forms(disclosure: Disclosure) -> tuple[Form, ...]:
    """The forms of a disclosure, for the first projects of its list, or for made-up ones."""
    variants = disclosure.style.variants
    kinds = [
        kind
        for kind, variant in (
            ("performance_target", Variant.TARGET_FORMS),
            ("self_evaluation", Variant.EVALUATION_FORMS),
        )
        if variant in variants
    ]
    rng = random.Random(f"forms {disclosure.slug} {disclosure.fiscal_year}")
    names = [
        row.cells["project_name"]
        for table in disclosure.tables
        if table.kind == "project_list"
        for row in table.rows
        if row.words.get("level") == "line"
    ]
    fallback = ["业务平台运行维护", "机房设备更新"]
    names = [*dict.fromkeys(names), *fallback] if len(names) < FORMS else [*dict.fromkeys(names)]
    return tuple(_form(disclosure, kind, name, rng) for kind in kinds for name in names[:FORMS])


def _form(disclosure: Disclosure, kind: str, name: str, rng: random.Random) -> Form:
    total = Decimal(rng.randint(1000, 99999)) / 100
    executed = min(total, Decimal(rng.randint(1000, 99999)) / 100)
    evaluated = kind == "self_evaluation"
    indicators = []
    for row in read_rows(FIGURES / "indicators.csv"):
        value = row["value"].format(amount=f"{total}")
        indicators.append(
            GoldenIndicator(
                project_name=name,
                table_kind=kind,
                horizon="year",
                level_1=row["level_1"],
                level_2=row["level_2"],
                level_3=row["level_3"],
                target_text=row["words"] or f"{row['operator']}{value}{row['unit']}",
                target_operator=OPERATORS.get(row["operator"], "qualitative"),
                target_value=Decimal(value) if value else None,
                target_unit=row["unit"] or None,
                actual_text=row["actual"].format(amount=f"{executed}") if evaluated else None,
                weight=Decimal(9) if evaluated else None,
                score=Decimal(rng.randint(6, 9)) if evaluated else None,
            )
        )
    return Form(kind, name, disclosure.printed_name, total, executed, tuple(indicators))


def lay_out_forms(
    disclosure: Disclosure, forms: Sequence[Form], first_page: int
) -> tuple[list[Page], tuple[Form, ...]]:
    """The pages of the forms, which begin at `first_page`, and the forms with their pages."""
    pages: list[Page] = []
    placed: list[Form] = []
    small = Variant.SMALL_PAGES in disclosure.style.variants
    for number, form in enumerate(forms):
        widths, cells = _cells(form)
        rows = max(cell.row + cell.row_span for cell in cells)
        heights = row_heights(cells, rows, SIZE)
        starts = _break_rows(heights, SMALL_ROOM if small else ROOM)
        bands = tuple(_cut(cells, heights, start, end) for start, end in pairwise(starts))
        grid = Grid(SIZE, widths, Band((), ()), bands, tuple(range(len(bands))))
        table = _as_table(form, number)
        page_of = {
            row: first_page + len(pages) + at
            for at, (start, end) in enumerate(pairwise(starts))
            for row in range(start, end)
        }
        first = rows - len(form.indicators) - _rows_below(form)
        placed.append(
            replace(
                form,
                money_page=page_of[2],
                indicators=tuple(
                    replace(indicator, page_number=page_of[first + at])
                    for at, indicator in enumerate(form.indicators)
                ),
            )
        )
        for at in range(len(bands)):
            top = PORTRAIT[1] - MARGIN
            piece = Piece(table, grid, at, at + 1, top, at == 0, at == 0, False, False)
            pages.append(Page(PORTRAIT, (piece,)))
    return pages, tuple(placed)


def _as_table(form: Form, number: int) -> Table:
    """The heading of a form in the shape that tables have."""
    return Table(
        key=f"form-{number}",
        number="",
        kind=form.kind,
        title=TITLES[form.kind],
        unit="wan_yuan",
        unit_text="单位：万元",
        agency_line="（{year}年度）",
        orientation="portrait",
        repeat_header="no",
        total_merged=False,
        grouping=True,
        note="",
        columns=(),
        rows=(),
    )


def _break_rows(heights: Sequence[float], room: float) -> list[int]:
    starts, used = [0], 0.0
    for row, height in enumerate(heights):
        if used + height > room and row > starts[-1]:
            starts.append(row)
            used = 0.0
        used += height
    return [*starts, len(heights)]


def _cut(cells: Sequence[Cell], heights: Sequence[float], start: int, end: int) -> Band:
    """The part of a form between two rows; a cell over the break leaves the rest of its lines."""
    kept = []
    for cell in cells:
        first, last = max(cell.row, start), min(cell.row + cell.row_span, end)
        if first >= last:
            continue
        lines = cell.lines
        if cell.row + cell.row_span > end or cell.row < start:
            lines = _share(cell, heights, start, end)
        kept.append(replace(cell, row=first - start, row_span=last - first, lines=lines))
    return Band(tuple(kept), tuple(heights[start:end]))


def _share(cell: Cell, heights: Sequence[float], start: int, end: int) -> tuple[str, ...]:
    """The lines of a broken cell that fall to the rows from `start` up to `end`."""
    rows = range(cell.row, cell.row + cell.row_span)
    whole = add_up(heights[row] for row in rows)
    before = add_up(heights[row] for row in rows if row < start)
    within = add_up(heights[row] for row in rows if start <= row < end)
    count = len(cell.lines)
    first = ceil(count * before / whole)
    return cell.lines[first : ceil(count * (before + within) / whole)] or ("",)


def _rows_below(form: Form) -> int:
    return 2 if form.kind == "self_evaluation" else 1


def _cells(form: Form) -> tuple[tuple[float, ...], list[Cell]]:
    if form.kind == "self_evaluation":
        return _evaluation_cells(form)
    widths = (24.0, 76.0, 96.0, 159.28, 140.0)
    grid = _Drawing(widths)
    grid.add(0, 0, 1, 2, "项目名称")
    grid.add(0, 2, 1, 3, form.project_name)
    grid.add(1, 0, 1, 2, "主管部门")
    grid.add(1, 2, 1, 1, form.agency)
    grid.add(1, 3, 1, 1, "实施单位")
    grid.add(1, 4, 1, 1, form.agency)
    grid.add(2, 0, 3, 2, "项目资金（万元）")
    for row, (label, amount) in enumerate(_money_rows(form.total), start=2):
        grid.add(row, 2, 1, 2, label, "left")
        grid.add(row, 4, 1, 1, amount, "right")
    grid.add(5, 0, 1, 2, "年度总体目标")
    grid.add(5, 2, 1, 3, GOAL, "left")
    grid.add(6, 0, 1 + len(form.indicators), 1, "绩效指标")
    for column, word in enumerate(("一级指标", "二级指标", "三级指标", "指标值"), start=1):
        grid.add(6, column, 1, 1, word)
    grid.add_levels(7, 1, form.indicators)
    for row, one in enumerate(form.indicators, start=7):
        grid.add(row, 4, 1, 1, one.target_text)
    last = 7 + len(form.indicators)
    grid.add(last, 0, 1, 2, "联系人")
    grid.add(last, 2, 1, 1, CONTACT)
    grid.add(last, 3, 1, 1, "联系电话")
    grid.add(last, 4, 1, 1, TELEPHONE)
    return widths, grid.cells


def _evaluation_cells(form: Form) -> tuple[tuple[float, ...], list[Cell]]:
    widths = (24.0, 52.0, 62.0, 96.28, 60.0, 60.0, 60.0, 33.0, 48.0)
    grid = _Drawing(widths)
    grid.add(0, 0, 1, 2, "项目名称")
    grid.add(0, 2, 1, 7, form.project_name)
    grid.add(1, 0, 1, 2, "主管部门")
    grid.add(1, 2, 1, 2, form.agency)
    grid.add(1, 4, 1, 1, "实施单位")
    grid.add(1, 5, 1, 4, form.agency)
    grid.add(2, 0, 4, 2, "项目资金（万元）")
    grid.add(2, 2, 1, 2, "")
    measures = ("年初预算数", "全年预算数", "全年执行数", "分值", "得分")
    for column, word in enumerate(measures, start=4):
        grid.add(2, column, 1, 1, word)
    executed = dict(_money_rows(form.executed))
    for row, (label, amount) in enumerate(_money_rows(form.total), start=3):
        grid.add(row, 2, 1, 2, label, "left")
        for column, text in enumerate((amount, amount, executed[label]), start=4):
            grid.add(row, column, 1, 1, text, "right")
        grid.add(row, 7, 1, 1, "10" if row == 3 else "—")
        grid.add(row, 8, 1, 1, "9" if row == 3 else "—")
    grid.add(6, 0, 2, 2, "年度总体目标")
    grid.add(6, 2, 1, 4, "预期目标")
    grid.add(6, 6, 1, 3, "实际完成情况")
    grid.add(7, 2, 1, 4, GOAL, "left")
    grid.add(7, 6, 1, 3, "已按计划完成。", "left")
    grid.add(8, 0, 1 + len(form.indicators), 1, "绩效指标")
    words = ("一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分")
    for column, word in zip((1, 2, 3, 4, 5, 7, 8), words, strict=True):
        grid.add(8, column, 1, 2 if column == 5 else 1, word)
    grid.add_levels(9, 1, form.indicators)
    for row, one in enumerate(form.indicators, start=9):
        grid.add(row, 4, 1, 1, one.target_text)
        grid.add(row, 5, 1, 2, one.actual_text or "")
        grid.add(row, 7, 1, 1, str(one.weight))
        grid.add(row, 8, 1, 1, str(one.score))
    last = 9 + len(form.indicators)
    grid.add(last, 0, 1, 7, "总分")
    grid.add(last, 7, 1, 1, "100")
    grid.add(last, 8, 1, 1, str(9 + sum(int(one.score or 0) for one in form.indicators)))
    grid.add(last + 1, 0, 1, 2, "填报人")
    grid.add(last + 1, 2, 1, 2, CONTACT)
    grid.add(last + 1, 4, 1, 1, "联系电话")
    grid.add(last + 1, 5, 1, 4, TELEPHONE)
    return widths, grid.cells


def _money_rows(total: Decimal) -> list[tuple[str, str]]:
    return [
        ("年度资金总额：", f"{total:,.2f}"),
        ("其中：财政拨款", f"{total:,.2f}"),
        ("其他资金", "0.00"),
    ]


class _Drawing:
    """Cells of a form as they are added; texts are broken to the width of their columns."""

    def __init__(self, widths: Sequence[float]) -> None:
        self.widths = widths
        self.cells: list[Cell] = []

    def add(
        self, row: int, column: int, down: int, across: int, text: str, align: str = "centre"
    ) -> None:
        """Add a cell that spans `down` rows and `across` columns."""
        width = add_up(self.widths[column : column + across]) - 2 * PADDING
        self.cells.append(Cell(row, column, down, across, break_lines(text, width, SIZE), align))

    def add_levels(self, top: int, left: int, indicators: Sequence[GoldenIndicator]) -> None:
        """Add the three columns of levels; neighbours of one name are one cell."""
        for column, level in enumerate(("level_1", "level_2", "level_3"), start=left):
            start = 0
            while start < len(indicators):
                word = getattr(indicators[start], level)
                end = start + 1
                while end < len(indicators) and getattr(indicators[end], level) == word:
                    end += 1
                self.add(top + start, column, end - start, 1, word)
                start = end
