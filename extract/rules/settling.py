"""Figures that a document prints twice, and the groups that a table makes by the order of its rows.

The same meaning as ``int_figures_settled`` and ``int_figures_grouped``; a test holds them together.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extract.rules.placing import Placed

_LISTED = ("total", "line", "subtotal")
_ORDINALS = (
    re.compile("^[一二三四五六七八九十]+、"),
    re.compile("^[（(][一二三四五六七八九十]+[)）]"),
    re.compile("^[0-9]+[.、．]"),
)
_SUBTOTAL = " / 小计"

Groups = dict[str, tuple[str | None, str | None]]
"""By cell: the group that a figure is the sum of, and the group that it is a part of."""


def first_printings(figures: Sequence[Placed]) -> list[Placed]:
    """The figures without those that repeat another one: each is one fact.

    In one table a class may stand in the blocks of several units: all of them are facts.
    """
    printings: dict[tuple[object, ...], list[Placed]] = defaultdict(list)
    for placed in figures:
        printings[_printing_key(placed)].append(placed)
    found = []
    for alike in printings.values():
        ordered = sorted(alike, key=_order)
        for number, placed in enumerate(ordered):
            if number == 0 or (
                placed.level not in _LISTED
                and placed.subject != "three_public"
                and placed.figure.table_no == ordered[0].figure.table_no
            ):
                found.append(placed)
    return found


def _order(placed: Placed) -> tuple[bool, int, bool, int, int]:
    figure = placed.figure
    kind = figure["row_kind"]
    return kind == "unit", figure.table_no, kind != "total", figure.row_no, figure.column_no


def _printing_key(placed: Placed) -> tuple[object, ...]:
    figure = placed.figure
    has_words = placed.level != "total" and placed.subject != "three_public"
    # columns that share a word of last resort are still columns
    is_vague = placed.fund in ("carryover", "other_printed") or (
        placed.word == "other_printed" and placed.subject not in ("procurement", "project")
    )
    # lines of lists may look alike and still be two
    is_listed = placed.level in ("line", "subtotal")
    return (
        placed.subject,
        figure.table_kind,
        placed.level,
        placed.fund,
        placed.word,
        placed.basis,
        placed.function_code,
        placed.department_economic_code,
        placed.government_economic_code,
        figure["unit_code"],
        (figure["row_label"] or "") if has_words else "",
        figure["column_label"] if is_vague else None,
        (figure.table_no, figure.row_no) if is_listed else None,
    )


def groups_of(figures: Sequence[Placed]) -> Groups:
    """Which figures make a subtotal, where the order of rows or words of labels say so."""
    rows: dict[str, dict[int, list[Placed]]] = defaultdict(lambda: defaultdict(list))
    forms: dict[str, list[Placed]] = defaultdict(list)
    for placed in figures:
        rows[placed.figure.table_id][placed.figure.row_no].append(placed)
        if form_id := placed.figure["form_id"]:
            forms[form_id].append(placed)
    found: Groups = {}
    for by_row in rows.values():
        named = {**_list_groups(by_row), **_income_groups(by_row)}
        for row_no, (group, within) in named.items():
            for placed in by_row[row_no]:
                no = placed.figure.table_no
                found[_id(placed)] = (
                    None if group is None else f"{no}|{group}",
                    None if within is None else f"{no}|{within}",
                )
    for form in forms.values():
        key = "|".join(
            [
                str(min(placed.figure.table_no for placed in form)),
                str(min(placed.figure.row_no for placed in form)),
                "form",
            ]
        )
        for placed in form:
            is_whole = placed.fund == placed.main_fund
            found[_id(placed)] = (key, None) if is_whole else (None, key)
    return found


def _id(placed: Placed) -> str:
    return placed.figure["cell_id"] or ""


@dataclass(frozen=True)
class _ListRow:
    """A line or a subtotal of a list, and how it looks."""

    row_no: int
    level: str
    is_of_which: bool
    shape: tuple[int, int, int]


def _list_groups(by_row: dict[int, list[Placed]]) -> dict[int, tuple[str | None, str | None]]:
    """Lists of procurement and projects: a subtotal stands above its lines.

    Subtotals of one look stand on one step, and those of one step look alike; else the order says
    nothing.
    """
    rows = list(_list_rows(by_row))
    if not rows or rows[0].level != "subtotal" or any(row.is_of_which for row in rows):
        return {}
    steps: list[int | None] = []
    line: int | None = None
    for place in range(len(rows) - 1, -1, -1):
        line = place if rows[place].level == "line" else line
        steps.insert(0, None if line is None else line - place)
    looks = {
        (row.shape, step) for row, step in zip(rows, steps, strict=True) if row.level == "subtotal"
    }
    shapes, levels = {shape for shape, _ in looks}, {step for _, step in looks}
    if None in levels or not len(looks) == len(shapes) == len(levels):
        return {}
    found: dict[int, tuple[str | None, str | None]] = {}
    last: dict[int, int] = {}
    for row, step in zip(rows, steps, strict=True):
        above = last.get(step + 1) if step is not None else None
        group = str(row.row_no) if row.level == "subtotal" else None
        found[row.row_no] = (group, None if above is None else str(above))
        if step is not None:
            last[step] = row.row_no
    return found


def _list_rows(by_row: dict[int, list[Placed]]) -> Iterator[_ListRow]:
    for row_no in sorted(by_row):
        row = [
            placed
            for placed in by_row[row_no]
            if placed.subject in ("procurement", "project")
            and placed.level in ("line", "subtotal")
            and not placed.figure["form_id"]
        ]
        if not row:
            continue
        label = min((text for placed in row if (text := placed.figure["row_label"])), default="")
        ordinal = next((at for at, one in enumerate(_ORDINALS, start=1) if one.match(label)), 0)
        codes = [placed.function_code for placed in row if placed.function_code]
        units = [unit for placed in row if (unit := placed.figure["unit_code"])]
        yield _ListRow(
            row_no,
            min(placed.level for placed in row),
            any(placed.figure["row_kind"] == "of_which" for placed in row),
            (len(min(codes, default="")), len(min(units, default="")), ordinal),
        )


def _income_groups(by_row: dict[int, list[Placed]]) -> dict[int, tuple[str | None, str | None]]:
    """Income by source, a row each: `其他资金 / 小计` above `其他资金 / 其他收入`."""
    rows: dict[int, tuple[str, str]] = {}
    for row_no, row in by_row.items():
        own = [p for p in row if p.subject == "income" and p.figure.table_kind == "income"]
        if any(placed.function_code or placed.figure["unit_code"] for placed in own):
            return {}
        if own:
            labels = [label for placed in own if (label := placed.figure["row_label"])]
            rows[row_no] = (min(placed.level for placed in own), min(labels, default=""))
    if not any(label.endswith(_SUBTOTAL) for _, label in rows.values()):
        return {}
    found: dict[int, tuple[str | None, str | None]] = {}
    for row_no, (level, label) in rows.items():
        head = label.split(" / ")[0]
        is_subtotal = label.endswith(_SUBTOTAL)
        if level == "total":
            found[row_no] = ("all", None)
        else:
            within = head if " / " in label and not is_subtotal else "all"
            found[row_no] = (head if is_subtotal else None, within)
    return found
