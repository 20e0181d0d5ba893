"""Columns of the tables inside of forms: headers of one or two rows, found again on other pages."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from extract.forms.words import Head, find_head, find_label
from extract.page import GridCell
from extract.text import has_chinese, squeeze

INDICATOR_FIELDS = frozenset({"level_1", "level_2", "level_3", "target"})
_MEASURED = frozenset({"money_initial_budget", "money_adjusted_budget", "money_executed"})
_SCORED = frozenset({"rate", "score", "grade", "weight"})
_EDGE = 2
"""So many characters of a header at most are left where text cut it."""


@dataclass(frozen=True)
class Spec:
    """A column: its field, its place (``x0`` to ``x1``), and what its header says.

    ``group`` counts indicator tables that stand side by side (中期 | 年度) from 0. Places are
    points where cells have boxes, else numbers of columns.
    """

    field: str
    x0: float
    x1: float
    label: str
    group: int = 0
    horizon: str = ""
    fund: str = ""
    measure: str = ""
    unit: str = ""

    @property
    def middle(self) -> float:
        """The middle of the column."""
        return (self.x0 + self.x1) / 2


def extent(cell: GridCell) -> tuple[float, float]:
    """Left and right end of a cell: points, or columns where it has no box."""
    if cell.box is not None:
        return cell.box.x0, cell.box.x1
    return float(cell.column), float(cell.column + cell.column_span)


def is_indicator_header(cells: Sequence[GridCell]) -> bool:
    """True for a row with the headers of indicators (一级指标, 二级指标, 三级指标, 指标值)."""
    fields = [head.field for cell in cells if (head := find_head(cell.text)) is not None]
    held = INDICATOR_FIELDS & set(fields)
    return len(held) >= 2 and len(held & {"level_1", "level_2", "level_3"}) >= 1


def is_money_header(cells: Sequence[GridCell]) -> bool:
    """True for a row with the phases of a budget beside each other (全年预算数, 全年执行数)."""
    fields = {head.field for cell in cells if (head := find_head(cell.text)) is not None}
    return bool(
        len(fields & _MEASURED) >= 2
        or ("money_executed" in fields and fields & (_SCORED | {"money_budget"}))
        or (fields & _MEASURED and "rate" in fields)
    )


def is_list_header(cells: Sequence[GridCell]) -> bool:
    """True for a header of a list: projects or tasks as rows, with columns of money or scores."""
    fields = [head.field for cell in cells if (head := find_head(cell.text)) is not None]
    if not {"project_name", "task_name"} & set(fields) or len(fields) < 3:
        return False
    held = set(fields)
    beside = _MEASURED | _SCORED | {"money_budget", "task_content", "goal"} | INDICATOR_FIELDS
    return bool(held & beside)


def read_columns(cells: Sequence[GridCell], above: Sequence[str] = ()) -> list[Spec]:
    """The columns below a header row; ``above`` are headings that stand over all of it.

    Headers without a word keep their text in the field `rest`, so that their cells are no one
    else's.
    """
    specs: list[Spec] = []
    group, seen = 0, set[str]()
    for cell in (part for whole in cells for part in _headers_in(whole, cells)):
        head = find_head(cell.text)
        x0, x1 = extent(cell)
        label = squeeze(cell.text)
        if head is None:
            specs.append(_money_column(cell, label) or Spec("rest", x0, x1, label, group))
            continue
        if head.field in ("level_1", "level_2", "level_3") and head.field in seen:
            group += 1
            seen = set()
        seen.add(head.field)
        specs.append(_spec(head, x0, x1, label, group))
    return specs


def _headers_in(cell: GridCell, cells: Sequence[GridCell]) -> Sequence[GridCell]:
    """The headers that text put into one cell with nothing in the cells beside it, one for each.

    Beside a header, one or two characters of a neighbour that the cell's edge cut are no header
    (`标 三级指标`).
    """
    printed = cell.text.split()
    if len(printed) < 2 or not _is_of_text(cell) or find_head(cell.text) is not None:
        return (cell,)
    heads = [word for word in printed if find_head(word) is not None]
    words = heads if _are_edges(word for word in printed if word not in heads) else printed
    beside = range(cell.column + 1, cell.column + len(words))
    taken = any(other.column in beside and other.text.strip() for other in cells)
    if not words or taken or any(find_head(word) is None for word in words):
        return (cell,)
    return [
        replace(cell, column=cell.column + place, column_span=1, lines=(word,), box=None)
        for place, word in enumerate(words)
    ]


def _is_of_text(cell: GridCell) -> bool:
    """True for a cell of text, whose place is the number of its column."""
    return cell.box is None or cell.box.x0 == cell.column


def _are_edges(words: Iterable[str]) -> bool:
    return all(len(word) <= _EDGE and has_chinese(word) for word in words)


def _spec(head: Head, x0: float, x1: float, label: str, group: int) -> Spec:
    if head.field.startswith("money_"):
        measure = head.field.removeprefix("money_")
        fund = "all" if measure != "arrived" else ""
        return Spec("money", x0, x1, label, group, "", fund, measure, head.unit)
    return Spec(head.field, x0, x1, label, group, head.horizon, unit=head.unit)


def _money_column(cell: GridCell, label: str) -> Spec | None:
    said = find_label(cell.text)
    if said is None or said.field != "money":
        return None
    x0, x1 = extent(cell)
    measure = {"year": "budget", "": "budget"}.get(said.measure, said.measure)
    return Spec("money", x0, x1, label, 0, "", said.fund, measure, said.unit)


def refine_columns(specs: Sequence[Spec], cells: Sequence[GridCell]) -> list[Spec] | None:
    """The columns with a second header row; None if the row is none.

    A second row stands below headers that span several columns: years below 指标值, funds below
    预算金额.
    """
    found: list[Spec] = []
    for cell in cells:
        x0, x1 = extent(cell)
        over = next((s for s in specs if s.x0 - 1 <= (x0 + x1) / 2 <= s.x1 + 1), None)
        wide = over is not None and over.x1 - over.x0 > (x1 - x0) * 1.2
        if over is None or not wide:
            return None
        spec = _below(over, cell)
        if spec is None:
            return None
        found.append(spec)
    if not found:
        return None
    replaced = {
        id(spec) for spec in specs if any(spec.x0 - 1 <= new.middle <= spec.x1 + 1 for new in found)
    }
    return sorted(
        [spec for spec in specs if id(spec) not in replaced] + found, key=lambda spec: spec.x0
    )


def _below(over: Spec, cell: GridCell) -> Spec | None:
    x0, x1 = extent(cell)
    text = squeeze(cell.text)
    label = f"{over.label} / {text}"
    if over.field == "target":
        year = text.rstrip("度年").isdigit() and text.startswith("20")
        head = find_head(cell.text)
        if not year and (head is None or head.field not in ("target", "rest")):
            return None
        horizon = over.horizon or (head.horizon if head else "")
        return replace(over, x0=x0, x1=x1, label=label, horizon=horizon)
    if over.field == "money":
        said, head = find_label(cell.text), find_head(cell.text)
        if head is not None and head.field in _MEASURED:
            measure = head.field.removeprefix("money_")
            return replace(over, x0=x0, x1=x1, label=label, measure=measure)
        if said is not None and said.field == "money":
            return replace(over, x0=x0, x1=x1, label=label, fund=said.fund)
        if text in ("小计", "合计", "总额", "金额"):
            return replace(over, x0=x0, x1=x1, label=label, fund="all")
        return replace(over, x0=x0, x1=x1, label=label, fund="other_printed")
    return None


def cell_at(specs: Spec, cells: Sequence[GridCell]) -> GridCell | None:
    """The cell that stands in a column."""
    middle = specs.middle
    for cell in cells:
        x0, x1 = extent(cell)
        if x0 <= middle <= x1:
            return cell
    return None
