"""Blocks of columns that stand side by side, and what a row prints in one: its codes and label."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from extract.codes import NO_CODES, RowCodes, join_code, sort_codes
from extract.columns import AMOUNT_ROLES, CODE_ROLES, Column
from extract.figures import is_amount, is_blank
from extract.page import GridCell
from extract.text import REMEMBERED, has_chinese, squeeze, trim

_LABEL_ROLES = frozenset({"name", "unit_name", "project_name", "catalogue", "goods"})
_CODES_AND_NUMBERS = CODE_ROLES | {"line_no", "unit_code"}


@dataclass(frozen=True)
class Block:
    """Columns that stand side by side with others: a part has the same ones in all of its rows.

    ``codes`` are runs of neighbouring code columns, each of them one code; ``labels`` are the
    columns of words.
    """

    number: int
    columns: tuple[Column, ...]
    amounts: dict[int, Column]
    codes: tuple[tuple[int, ...], ...]
    units: tuple[int, ...]
    labels: tuple[Column, ...]


def part_blocks(columns: Sequence[Column]) -> list[Block]:
    """The blocks of a part of a table, by its columns, from left to right."""
    blocks = []
    for number in sorted({column.block for column in columns}):
        own = tuple([column for column in columns if column.block == number])
        runs: list[list[int]] = []
        last: Column | None = None
        for column in own:
            if column.role not in CODE_ROLES:
                continue
            beside = last is not None and last.number == column.number - 1
            again = last is not None and (last.role, last.path) == (column.role, column.path)
            last = column
            if beside and again and column.role == "code_class":
                continue  # 类 once: another table of the grid has a border inside of the column
            if beside and column.role not in ("code", "code_class"):
                runs[-1].append(column.number)
            else:
                runs.append([column.number])
        amounts = {
            at: column
            for at, column in enumerate(columns)
            if column.block == number and column.role in AMOUNT_ROLES
        }
        units = [column.number for column in own if column.role == "unit_code"]
        labels = [column for column in own if column.role not in AMOUNT_ROLES]
        codes = tuple([tuple(run) for run in runs])
        blocks.append(Block(number, own, amounts, codes, tuple(units), tuple(labels)))
    return blocks


def read_codes(
    block: Block,
    covering: Sequence[GridCell | None],
    family: str,
    before: dict[tuple[int, int], str],
) -> RowCodes:
    """The codes of a block; ``before`` are those of the row above, and then of this one."""
    codes = []
    for index, run in enumerate(block.codes):
        key = (block.number, index)
        code = join_code(_texts_of(covering, run), before.get(key, ""))
        if code:
            before[key] = code
        codes.append(code)
    units = [_text_at(covering, number) for number in block.units]
    sorted_codes = sort_codes(codes, family) if any(codes) else NO_CODES
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


def read_label(
    columns: Sequence[Column], covering: Sequence[GridCell | None], family: str
) -> tuple[tuple[str, ...], dict[str, str]]:
    """The label path of a block and its other texts by role, from its columns of words."""
    path: list[str] = []
    texts: dict[str, str] = {}
    last: GridCell | None = None
    for column in columns:
        cell = covering[column.number] if column.number < len(covering) else None
        if cell is None or cell is last or is_blank(cell.text):
            continue
        text = _as_label(cell.text)
        if column.role in _CODES_AND_NUMBERS:
            if has_chinese(text) and not _is_code_head(text) and not is_amount(text):
                last = cell
                path.append(text)
            elif column.role == "line_no" and not has_chinese(text):
                texts["line_no"] = text
        else:
            last = cell
            if is_amount(text) and column.role != "project_code":
                continue
            texts.setdefault(column.role, text)
            if column.role in _LABEL_ROLES:
                path.append(text)
    if family in ("project", "procurement") and not path:
        path = [text for text in texts.values() if has_chinese(text)][:1]
    return tuple(path), texts


@lru_cache(maxsize=REMEMBERED)
def _as_label(text: str) -> str:
    return trim(text).replace(" ", "") if has_chinese(text) else trim(text)


def _is_code_head(text: str) -> bool:
    """True for one character, and for 类, 款 and 项 that stand beside a total in its row."""
    flat = squeeze(text)
    return len(flat) < 2 or set(flat) <= set("类款项")
