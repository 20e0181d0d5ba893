"""What the rows of a table mean: totals, lines, parts, sources, components and classes.

The words come from ``row_word.csv`` and ``function_class.csv``; what is decided here needs more
than one row: carry-overs below their heading, two totals of one side, groups above their lines.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from extract.columns import whole_of_vehicles
from extract.rows import Labelled, Row, label_sheet
from extract.sheet import Sheet
from extract.side_by_side import doubt_side_by_side
from extract.text import squeeze
from extract.total_in_header import part_total_from_header
from extract.vocabulary import Meaning, RowWord, Vocabulary

_SUBTOTALS = frozenset({"小计", "合计"})
"""Labels that, below the label of a group, mean the group."""
_OF_WHICH = re.compile(r"^(?:其中|内含|含)[:、]?")


def name_sheet(sheet: Sheet, vocabulary: Vocabulary) -> Labelled:
    """Label the rows and columns of a table, and say what each row means."""
    family = vocabulary.kinds[sheet.kind].family
    sheet.parts = [
        part_total_from_header(doubt_side_by_side(part, family, vocabulary), family, vocabulary)
        for part in sheet.parts
    ]
    labelled = label_sheet(sheet, vocabulary)
    _name_rows(labelled.rows, sheet, vocabulary)
    sheet.kind = _kind_by_codes(sheet.kind, labelled.rows)
    return labelled


def _kind_by_codes(kind: str, rows: Sequence[Row]) -> str:
    """An economic table whose title does not say its class is told by its codes."""
    government = any(row.codes.government_economic_code for row in rows)
    department = any(row.codes.department_economic_code for row in rows)
    if kind == "basic_economic" and government and not department:
        return "basic_economic_government"
    if kind == "basic_economic_government" and department:
        return "basic_economic"
    return kind


def _name_rows(rows: list[Row], sheet: Sheet, vocabulary: Vocabulary) -> None:
    """Give each row its kind and meaning by the words of its label."""
    family = vocabulary.kinds[sheet.kind].family
    both = family in ("summary", "fiscal_summary")
    if both:
        _sides_of_one_block(rows, vocabulary)
    for row in rows:
        side = _side_of(row, family)
        row.side = side
        flat = tuple(squeeze(text) for text in row.path)
        last = vocabulary.ordinals.sub("", flat[-1]) if flat else ""
        of_which = bool(_OF_WHICH.match(last))
        bare = vocabulary.ordinals.sub("", _OF_WHICH.sub("", last))
        if (
            row.codes.function_code
            or row.codes.department_economic_code
            or (row.codes.government_economic_code)
        ):
            row.row_kind = "of_which" if of_which else "line"
            if not both:
                continue
        word = _find_word(vocabulary, side, flat, bare)
        if both and side == "expenditure" and (word is None or word.side == "any"):
            code = "" if _is_economic(row) else class_code(bare, vocabulary)
            if code:
                row.codes = replace(row.codes, function_code=code)
                row.row_kind = "of_which" if of_which else "line"
                continue
        _apply(row, word, of_which, flat, family)
    if both:
        _carry_overs(rows)
        _two_totals(rows)
    if family == "three_public":
        _whole_vehicles(rows)
    if family in ("procurement", "project"):
        _grade_lines(rows, family, vocabulary)
    _grade_units(rows)


def _find_word(
    vocabulary: Vocabulary, side: str, flat: tuple[str, ...], bare: str
) -> RowWord | None:
    groups = tuple(vocabulary.ordinals.sub("", text) for text in flat[:-1])
    word = vocabulary.row(side, (*groups, bare)) if bare else None
    if groups and bare in _SUBTOTALS and (word is None or word.meaning == Meaning()):
        group = vocabulary.row(side, groups)
        return group if group is not None and group.meaning != Meaning() else word
    return word


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


def _is_economic(row: Row) -> bool:
    """True for a block of 经济分类 in a summary: 其他支出 is not the function class there."""
    return any("经济" in text for column in row.columns for text in column.path)


def _sides_of_one_block(rows: Sequence[Row], vocabulary: Vocabulary) -> None:
    """Where one block prints expenditure below income, a row that only one side has begins it."""
    if any(row.side or row.columns[0].block for row in rows):
        return
    side = "income"
    for row in rows:
        bare = vocabulary.ordinals.sub("", squeeze(row.path[-1])) if row.path else ""
        income = _has_word("income", bare, vocabulary)
        expenditure = _has_word("expenditure", bare, vocabulary) or bool(
            class_code(bare, vocabulary)
        )
        if income != expenditure:
            side = "income" if income else "expenditure"
        row.side = side


def _has_word(side: str, bare: str, vocabulary: Vocabulary) -> bool:
    word = vocabulary.row(side, (bare,)) if bare else None
    return word is not None and word.side == side


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
        if len(known) == len(name) >= 6
        and sum(a != b for a, b in zip(known, name, strict=True)) == 1
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
                current = any(
                    "current_total" in (r.meaning.source, r.meaning.component) for r in totals
                )
                if not current:
                    row.meaning = (
                        Meaning(source="current_total")
                        if side == "income"
                        else Meaning(component="current_total")
                    )


def _whole_vehicles(rows: Sequence[Row]) -> None:
    """公务用车费 as a row: the whole of vehicles where both of its parts have rows."""
    word = whole_of_vehicles(row.meaning.item for row in rows)
    for row in rows:
        if row.meaning.item == "vehicles_by_parts":
            row.meaning = replace(row.meaning, item=word)


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
        elif (
            (deepest and deepest not in row.texts)
            or (
                deepest == "project_name"
                and row.codes.unit_code
                and not row.texts.get("project_code")
            )
            or _is_group_code(row, rows)
        ):
            row.row_kind = "subtotal"
        elif not deepest and row.codes.function_code:
            row.row_kind = "line" if len(row.codes.function_code) == 7 else "subtotal"
        else:
            row.row_kind = "line"
        if row.row_kind != "total" and category and "category" not in row.texts:
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
