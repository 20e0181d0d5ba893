"""Rows of a table whose cells are set apart by single spaces: what is a label, what is a figure.

A row may run over several lines, since long names wrap; blank cells have left no trace. Each row
is split among the sides of the table (a side is some columns of labels and the columns of figures
after them); which figure belongs to which column is settled later (``placing``).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.plain.blocks import coded_rows
from extract.plain.layout import Layout
from extract.plain.lines import (
    MAX_WRAP,
    Row,
    Side,
    TextLine,
    ends_table,
    is_closed,
    is_figure,
    is_foot,
    may_wrap,
    sides_of,
    single_row,
)
from extract.plain.pairing import Flank, Sides, entries_of, opens_entry

_WHOLE = re.compile(r"[0-9]{1,3}", re.ASCII)


def read_rows(lines: Sequence[TextLine], layout: Layout) -> tuple[list[Row], int]:
    """The rows that follow a header, and how many lines they take."""
    families = [column.token.family for column in layout]
    sides = sides_of(layout)
    if not any(side.labels for side in sides):
        return _bare_rows(lines, len(sides[0].amounts))
    if any(families[column] == "index" for side in sides for column in side.labels[1:]):
        return _numbered_rows(lines, sides, families)
    if families[0] == "index":
        return _led_rows(lines, sides, layout)
    if any(family in ("code", "part") for family in families):
        return coded_rows(lines, sides, families)
    if len(sides) > 1 and all(side.amounts for side in sides):
        return _sided_rows(lines, sides, layout)
    return _closed_rows(lines, sides)


def _bare_rows(lines: Sequence[TextLine], width: int) -> tuple[list[Row], int]:
    """Rows of nothing but figures, one per line."""
    rows: list[Row] = []
    for at, line in enumerate(lines):
        if not all(is_figure(word) for word in line.words) or len(line.words) > width:
            return rows, at
        rows.append(Row(line.number, {}, (line.words,)))
    return rows, len(lines)


def _numbered_rows(
    lines: Sequence[TextLine], sides: Sequence[Side], families: Sequence[str]
) -> tuple[list[Row], int]:
    """Rows in which each side has its line number (行次) between name and figures."""
    rows: list[Row] = []
    last: list[int] = []
    at = 0
    while at < len(lines):
        row: Row | None = None
        stop = at
        words: list[str] = []
        while stop < len(lines) and stop - at < MAX_WRAP and not ends_table(lines[stop]):
            if not is_foot(lines[stop]):
                words += lines[stop].words
                found = _numbers(words, last, len(sides), lines[stop].words)
                if found is not None:
                    row = _numbered_row(lines[at].number, words, found, sides, families)
                    last = [int(words[place]) for place in found]
                    break
            stop += 1
        if row is None:
            break
        rows.append(row)
        at = stop + 1
    return rows, at


def _numbers(
    words: Sequence[str], last: Sequence[int], sides: int, newest: Sequence[str]
) -> list[int] | None:
    """Where the line numbers of a row stand among its words; None if they are not all there."""
    places: list[int] = []
    at = 0
    for side in range(sides):
        wanted = str(last[side] + 1) if last else None
        while at < len(words):
            word = words[at]
            if word == wanted or (wanted is None and _WHOLE.fullmatch(word)):
                break
            at += 1
        if at == len(words):
            return None
        places.append(at)
        at += 1
    if not last and any(not is_figure(word) for word in words[places[-1] + 1 :]):
        return None
    return places


def _numbered_row(
    line: int,
    words: Sequence[str],
    places: Sequence[int],
    sides: Sequence[Side],
    families: Sequence[str],
) -> Row:
    labels: dict[int, str] = {}
    figures: list[tuple[str, ...]] = []
    start = 0
    doubt = ""
    for number, (side, place) in enumerate(zip(sides, places, strict=True)):
        name, index = _name_and_index(side, families)
        labels[name] = "".join(words[start:place])
        labels[index] = words[place]
        stop = place + 1
        while stop < len(words) and is_figure(words[stop]):
            if number + 1 < len(places) and stop >= places[number + 1]:
                break
            stop += 1
        figures.append(tuple(words[place + 1 : stop]))
        start = stop
    if start < len(words) or any(
        len(texts) > len(side.amounts) for texts, side in zip(figures, sides, strict=True)
    ):
        doubt = "ambiguous_column"
    return Row(line, labels, tuple(figures), doubt=doubt)


def _name_and_index(side: Side, families: Sequence[str]) -> tuple[int, int]:
    index = next(column for column in side.labels if families[column] == "index")
    name = next(column for column in side.labels if families[column] != "index")
    return name, index


def _led_rows(
    lines: Sequence[TextLine], sides: Sequence[Side], layout: Layout
) -> tuple[list[Row], int]:
    """Rows that begin with a serial number (序号), counted up by one."""
    families = [column.token.family for column in layout]
    rows: list[Row] = []
    group: list[str] = []
    first, at, wanted = 0, 0, ""
    order = _flanks(sides, layout)

    def close() -> None:
        labels = {0: group[0]}
        if len(sides) == 1:
            rows.append(single_row(first, group[1:], sides[0], families, labels))
        else:
            rows.append(_sided_row(first, group[1:], sides, order, labels))

    while at < len(lines) and not ends_table(lines[at]):
        words = lines[at].words
        begins = words[0] == wanted or (not wanted and _WHOLE.fullmatch(words[0]) is not None)
        if begins:
            if group:
                close()
            group, first = list(words), lines[at].number
            wanted = str(int(words[0]) + 1)
        elif not group or (is_closed(group) and not _may_follow(lines, at, wanted)):
            if not is_foot(lines[at]):
                break
        elif not is_foot(lines[at]):
            group += words
        at += 1
    if group:
        close()
    return rows, at


def _may_follow(lines: Sequence[TextLine], at: int, wanted: str) -> bool:
    """True if a line after the figures of a row may be the rest of its name."""
    return (
        at + 1 < len(lines)
        and lines[at + 1].words[0] == wanted
        and not any(is_figure(word) for word in lines[at].words)
    )


def _sided_row(
    line: int,
    words: Sequence[str],
    sides: Sequence[Side],
    order: Sides,
    labels: dict[int, str],
) -> Row:
    """A row of several sides without line numbers; in doubt where a side is not certain."""
    entries = entries_of(words, is_figure)
    figures: list[tuple[str, ...]] = [()] * len(sides)
    placed = order.place(entries)
    if placed is None:
        for entry, side in zip(entries, sides, strict=False):
            labels[side.labels[-1]] = entry.label
        texts = tuple(text for entry in entries for text in entry.figures)
        figures[0] = texts
        return Row(line, labels, tuple(figures), doubt="ambiguous_column" if texts else "")
    for entry, at in zip(entries, placed, strict=True):
        labels[sides[at].labels[-1]] = entry.label
        figures[at] = entry.figures
    return Row(line, labels, tuple(figures))


def _flanks(sides: Sequence[Side], layout: Layout) -> Sides:
    return Sides(
        [
            Flank(layout[side.amounts[0]].path[0], len(side.amounts))
            for side in sides
            if side.amounts
        ]
    )


def _sided_rows(
    lines: Sequence[TextLine], sides: Sequence[Side], layout: Layout
) -> tuple[list[Row], int]:
    """Rows of several sides, each of a name and figures."""
    order = _flanks(sides, layout)
    rows: list[Row] = []
    group: list[str] = []
    first, at = 0, 0
    while at < len(lines) and not ends_table(lines[at]):
        words = lines[at].words
        if not is_foot(lines[at]):
            opens = opens_entry(words[0])
            if not opens and not group:
                break
            if opens or (is_closed(group) and is_figure(words[-1])):
                if group:
                    rows.append(_sided_row(first, group, sides, order, {}))
                group, first = list(words), lines[at].number
            elif is_closed(group) or not may_wrap(lines[at]):
                break
            else:
                group = [*group, *words]
        at += 1
    if group:
        rows.append(_sided_row(first, group, sides, order, {}))
    return rows, at


def _closed_rows(lines: Sequence[TextLine], sides: Sequence[Side]) -> tuple[list[Row], int]:
    """Rows of texts that end with their figures."""
    rows: list[Row] = []
    side = sides[0]
    at = 0
    while at < len(lines):
        stop = at
        words: list[str] = []
        while stop < len(lines) and stop - at < MAX_WRAP and not ends_table(lines[stop]):
            if not is_foot(lines[stop]):
                words += lines[stop].words
                if is_figure(lines[stop].words[-1]):
                    break
            stop += 1
        else:
            return rows, at
        families = ["text"] * (max((*side.labels, *side.amounts)) + 1)
        rows.append(single_row(lines[at].number, words, side, families, {}))
        at = stop + 1
    return rows, at
