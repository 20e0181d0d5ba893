"""Headers of tables: which rows they take, and what each column is called and means."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from extract.columns import (
    AMOUNT_ROLES,
    CODE_ROLES,
    Column,
    with_funds,
    with_meetings,
    with_vehicles,
    with_whole_row,
    without_lone_basis,
)
from extract.figures import is_amount, is_blank, parse_amount
from extract.openings import is_index_row
from extract.page import GridCell
from extract.sheet import Part, Sheet
from extract.text import REMEMBERED, has_chinese, squeeze, trim
from extract.vocabulary import Meaning, Vocabulary

_PRIOR = re.compile(r"(?:^|[^比较])(?:上一?年度?|去年)(?!.*(?:结转|结余|滚存|资金))")
"""A header that says the year before (上年预算数); 上年结转 is money of this year."""
_UNIT = re.compile(r"[(](?:单位:)?(?P<unit>万元|元)[)]")
_UNIT_AT_END = re.compile(r"[(](?:单位:)?(?:万元|元)[)]$")
_YEAR = re.compile(r"(20[0-9]{2})(?=年|预算|决算|执行)")
_CARRIED = re.compile(r"结转|结余")
_MONEY = re.compile(r"金额|支出|收入|资金|拨款|经费|合计|小计|预算|决算|结转|结余")
_INCOME = re.compile(r"收入$|收入项目")
_EXPENDITURE = re.compile(r"支出$|支出项目|支出用途|功能分类$")
_CODE_HEADER = re.compile(r"码|号|科目|[类款项]$")


def header_rows(part: Part, family: str, vocabulary: Vocabulary) -> int:
    """How many of the first rows of a part are header (0 where it begins with data)."""
    count = 0
    for number, row in enumerate(part.rows):
        filled = [cell for cell in row if cell.text.strip()]
        if not filled:
            count = number + 1
            continue
        if is_index_row(filled):
            count = number + 1
            continue
        if _is_body(filled, part.covering(number), family, vocabulary):
            break
        count = number + 1
    while count and not any(cell.text.strip() for cell in part.rows[count - 1]):
        count -= 1
    return count


def _is_body(
    filled: Sequence[GridCell],
    covering: Sequence[GridCell | None],
    family: str,
    vocabulary: Vocabulary,
) -> bool:
    texts = [squeeze(cell.text) for cell in filled]
    if any(is_amount(text) for text in texts):
        return True
    if any(vocabulary.ordinals.match(text) and has_chinese(text) for text in texts):
        return True
    if family in ("summary", "fiscal_summary") and any(
        _is_summary_row(squeeze(cell.text), family, vocabulary)
        for cell in filled
        if cell.column_span == 1
    ):
        return True
    if all(vocabulary.row("any", (text,)) for text in texts) and len(texts) <= 2:
        return len(texts) * 2 < len(covering) or len(covering) <= 3
    if (
        len(texts) > 1
        and family not in ("summary", "fiscal_summary", "other")
        and all(vocabulary.header(family, (text,)) for text in texts)
    ):
        return False  # a second header row under cells that are not merged
    covered = sum(1 for cell in covering if cell is not None and cell.text.strip())
    return covered * 2 < len(covering) and not any(
        vocabulary.header("*", (text,)) for text in texts
    )


def _is_summary_row(text: str, family: str, vocabulary: Vocabulary) -> bool:
    """True for a label that summaries print by row (上年结转, 结转下年) and never in a header."""
    known = text in vocabulary.classes or any(
        (word := vocabulary.row(side, (text,))) is not None and word.side == side
        for side in ("income", "expenditure")
    )
    return known and vocabulary.header(family, (text,)) is None


def header_paths(part: Part, count: int) -> list[tuple[str, ...]]:
    """The printed header path of each column, from the top; index rows are left out."""
    paths: list[list[str]] = [[] for _ in range(part.columns)]
    last: list[GridCell | None] = [None] * part.columns
    for number in range(count):
        row = [cell for cell in part.rows[number] if cell.text.strip()]
        if is_index_row(row):
            continue
        for column, cell in enumerate(part.covering(number)):
            if cell is None or cell is last[column] or not cell.text.strip():
                continue
            last[column] = cell
            text = trim(cell.text).replace(" ", "")
            if not is_blank(text) and (not paths[column] or paths[column][-1] != text):
                paths[column].append(text)
    return [tuple(path) for path in paths]


def describe_columns(sheet: Sheet, part: Part, count: int, vocabulary: Vocabulary) -> list[Column]:
    """What each column of a part is, from its header rows."""
    kind = vocabulary.kinds[sheet.kind]
    if kind.family == "other":
        return [
            Column(number, path, _loose_role(path, vocabulary), Meaning(), known=False)
            for number, path in enumerate(header_paths(part, count))
        ]
    columns = [
        _describe(number, _without_total(path, kind.family, vocabulary), kind.family, vocabulary)
        for number, path in enumerate(header_paths(part, count))
    ]
    columns = _by_content(_split_codes(columns), part, count, many=kind.many_blocks)
    if kind.family == "income":
        columns = with_whole_row(columns)
    columns = _into_blocks(columns, many=kind.many_blocks)
    if kind.family == "three_public":
        return with_funds(with_meetings(with_vehicles(columns)))
    return without_lone_basis(columns)


def _loose_role(path: tuple[str, ...], vocabulary: Vocabulary) -> str:
    """The role of a column in a table whose columns have no fixed meaning: 序号, or text."""
    word = vocabulary.header("other", tuple(squeeze(text) for text in path)) if path else None
    return word.role if word is not None and word.role == "line_no" else "text"


def _without_total(path: tuple[str, ...], family: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    """The header of a column of codes or names without the label of a total printed in it."""
    if len(path) < 2:
        return path
    word = vocabulary.row("any", (squeeze(path[-1]),))
    if word is None or word.row_kind != "total":
        return path
    over = vocabulary.header(family, tuple(squeeze(text) for text in path[:-1]))
    return path[:-1] if over is not None and over.role in ("code", "name") else path


@lru_cache(maxsize=REMEMBERED)
def _describe(number: int, path: tuple[str, ...], family: str, vocabulary: Vocabulary) -> Column:
    flat = [squeeze(text) for text in path]
    units = [match["unit"] for text in flat if (match := _UNIT.search(text))]
    unit = units[-1] if units else ""
    flat = [_UNIT_AT_END.sub("", text) for text in flat]
    basis, rest = "", list[str]()
    for text in flat:
        word = vocabulary.first(vocabulary.bases, text)
        basis = word or basis
        if word is None or family != "three_public":
            rest.append(text)
    years = [
        int(year) for text in flat if not _CARRIED.search(text) for year in _YEAR.findall(text)
    ]
    prior = any(_PRIOR.search(text) for text in flat)
    side = _side(flat)
    found = vocabulary.header(family, tuple(rest)) if rest else None
    if found is None:
        role = "amount" if basis or (flat and _MONEY.search(flat[-1])) else ""
        return Column(
            number,
            path,
            role,
            Meaning(basis=basis),
            side=side,
            unit=unit,
            known=bool(basis),
            year=years[-1] if years else None,
            prior=prior,
        )
    meaning = replace(found.meaning, basis=found.meaning.basis or basis)
    return Column(
        number,
        path,
        found.role,
        meaning,
        side=side,
        unit=unit,
        year=years[-1] if years else None,
        prior=prior,
    )


def _side(path: Sequence[str]) -> str:
    for text in path[:2]:
        if _INCOME.search(text) and "支出" not in text:
            return "income"
        if _EXPENDITURE.search(text) and "收入" not in text:
            return "expenditure"
    return ""


def _by_content(
    columns: list[Column], part: Part, count: int, *, many: bool = False
) -> list[Column]:
    """Give columns without a known header a role by what stands in them.

    Where ``many`` blocks may stand side by side, words right of amounts are the next block's names.
    """
    texts: list[list[str]] = [[] for _ in columns]
    for number in range(count, len(part.rows)):
        for cell in part.rows[number]:
            if cell.text.strip() and cell.column < len(columns) and cell.column_span == 1:
                texts[cell.column].append(squeeze(cell.text))
    described: list[Column] = []
    for column in columns:
        held = texts[column.number]
        amounts = [text for text in held if is_amount(text)]
        if column.role == "amount" and not (column.known or amounts) and _are_words(held):
            column = replace(column, role="")  # 支出用途 sounds like money and is not
        if not column.role:
            if _goes_on_with_code(described, held):
                role = (
                    "code_section" if described[-1].role in ("code", "code_class") else "code_item"
                )
            elif held and len(amounts) * 2 > len(held):
                says_code = (
                    not column.path
                    or _CODE_HEADER.search(squeeze(column.path[-1])) is not None
                    or _is_code_column(described, held)
                )
                role = "code" if says_code and _all_codes(amounts) else "amount"
            elif (
                held
                and not column.path
                and column.number
                and (columns[column.number - 1].role == "name")
            ):
                role = "name"  # the header of the label column before covers two columns
            elif many and _begins_block(described, held, columns[column.number + 1 :]):
                role = "name"
            else:
                role = "name" if held and not any(c.role == "name" for c in columns) else "text"
            column = replace(column, role=role, known=False)
        elif (
            column.role == "name" and held and len(amounts) == len(held) and not _all_codes(amounts)
        ):
            # the header of a label column that holds figures only: merged headers over two columns
            column = replace(column, role="amount", known=False)
        described.append(column)
    return described


def _begins_block(before: Sequence[Column], held: Sequence[str], after: Sequence[Column]) -> bool:
    """True for words between two columns of amounts: the labels of the second."""
    return (
        bool(before)
        and before[-1].role in AMOUNT_ROLES
        and _are_words(held)
        and any(column.role in AMOUNT_ROLES for column in after)
    )


def _are_words(held: Sequence[str]) -> bool:
    return sum(1 for text in held if has_chinese(text)) * 2 > len(held)


def _is_code_column(before: Sequence[Column], held: Sequence[str]) -> bool:
    """True for class codes left of all names and amounts, under a header that was not read."""
    return not any(column.role in ("name", "amount") for column in before) and all(
        re.fullmatch(r"[235][0-9]{2}(?:[0-9]{2}){0,2}", text, re.ASCII) for text in held
    )


def _goes_on_with_code(before: Sequence[Column], held: Sequence[str]) -> bool:
    """True for two-digit texts beside a code column: 款 or 项 under a header that says nothing."""
    return (
        bool(held)
        and bool(before)
        and before[-1].role in CODE_ROLES
        and all(re.fullmatch(r"[0-9]{2}", text, re.ASCII) for text in held)
    )


def _all_codes(texts: Sequence[str]) -> bool:
    return all(re.fullmatch(r"[0-9]{2,8}", text, re.ASCII) for text in texts) and all(
        (parse_amount(text) or 0) >= 100 for text in texts
    )


def _into_blocks(columns: list[Column], *, many: bool) -> list[Column]:
    """Number side-by-side blocks: each begins at a code or name column after an amount column."""
    numbers: list[int] = []
    block, seen_amount = 0, False
    for column in columns:
        if many and seen_amount and column.role in CODE_ROLES | {"name", "line_no"}:
            block += 1
            seen_amount = False
        if column.role in AMOUNT_ROLES:
            seen_amount = True
        numbers.append(block)
    sides: dict[int, str] = {}
    for number, column in zip(numbers, columns, strict=True):
        sides[number] = sides.get(number) or column.side
    return [
        column
        if (column.block, column.side) == (number, sides[number])
        else replace(column, block=number, side=sides[number])
        for number, column in zip(numbers, columns, strict=True)
    ]


def _split_codes(columns: list[Column]) -> list[Column]:
    """A 科目编码 header over neighbouring columns stands for 类, 款 and 项."""
    parts = ("code_class", "code_section", "code_item")
    split: list[Column] = []
    for number, column in enumerate(columns):
        run = 0
        while (
            column.role == "code"
            and number - run > 0
            and columns[number - run - 1].role == "code"
            and columns[number - run - 1].path == column.path
        ):
            run += 1
        last = number + 1 == len(columns) or columns[number + 1].path != column.path
        if column.role == "code" and (run or not last) and run < len(parts):
            column = replace(column, role=parts[run])
        split.append(column)
    return split
