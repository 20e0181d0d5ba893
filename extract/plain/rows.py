"""Rows of a table whose cells are set apart by single spaces: what is a label, what is a figure.

A row may run over several lines, since long names wrap; blank cells have left no trace. Each row
is split among the sides of the table (a side is some columns of labels and the columns of figures
after them); which figure belongs to which column is settled later (``placing``).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from extract.figures import is_amount
from extract.plain.layout import Layout
from extract.plain.pairing import Flank, Sides, entries_of, opens_entry
from extract.text import has_chinese, squeeze

_END = re.compile(
    r"[(（]?(注|备注|说明)[:：\d一二三四五六七八九十1-9]|公开\d|(金额)?单位[:：]|部门[:：]|编制单位[:：]|表\d"
    r"|附件\d|第[一二三四五六七八九十]+部分"
)
_TITLE = re.compile(r"[^0-9].{4,}表(\(.*\))?")
_FOOT = re.compile(r"-\d+-|第\d+页(,?共\d+页)?|\d+/\d+", re.ASCII)
_CODE = re.compile(r"[0-9]{3}(?:[0-9]{2}){0,2}", re.ASCII)
_PART = re.compile(r"[0-9]{2}", re.ASCII)
_WHOLE = re.compile(r"[0-9]{1,3}", re.ASCII)
_TOTAL = re.compile(r".*(合计|总计|小计)")
_DASH = frozenset({"-", "—", "--", "——"})
_BRACKET = re.compile(r"(?=\[[A-Z]?\d{3,}\])")
MAX_WRAP = 8
"""A row does not run over more lines than this."""


@dataclass(frozen=True)
class Side:
    """Columns of labels and the columns of figures after them."""

    labels: tuple[int, ...]
    amounts: tuple[int, ...]


@dataclass(frozen=True)
class Row:
    """A row: labels by column, and the figures of each side in order, blanks unknown."""

    line: int
    labels: dict[int, str]
    figures: tuple[tuple[str, ...], ...]
    spans: dict[int, int] = field(default_factory=dict)
    doubt: str = ""


@dataclass(frozen=True)
class TextLine:
    """A line of the text with its number, cut at white space."""

    number: int
    words: tuple[str, ...]

    @property
    def bare(self) -> str:
        """The line without white space."""
        return squeeze("".join(self.words))


def sides_of(layout: Layout) -> tuple[Side, ...]:
    """The sides of a header, from left to right."""
    sides: list[tuple[list[int], list[int]]] = []
    for at, column in enumerate(layout):
        if not column.token.is_amount:
            if not sides or sides[-1][1]:
                sides.append(([], []))
            sides[-1][0].append(at)
        else:
            if not sides:
                sides.append(([], []))
            sides[-1][1].append(at)
    return tuple(Side(tuple(labels), tuple(amounts)) for labels, amounts in sides)


def is_figure(word: str) -> bool:
    """True for a printed amount, and for a mark that stands for a blank cell."""
    return is_amount(word) or word in _DASH


def ends_table(line: TextLine) -> bool:
    """True for a line that cannot be inside a table: a note, a unit, a title."""
    return bool(_END.match(line.bare) or _TITLE.fullmatch(line.bare))


def is_foot(line: TextLine) -> bool:
    """True for a printed page number."""
    return bool(_FOOT.fullmatch(line.bare))


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
        return _coded_rows(lines, sides, families)
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
            rows.append(_single_row(first, group[1:], sides[0], families, labels))
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
        elif not group or (_is_closed(group) and not _may_follow(lines, at, wanted)):
            if not is_foot(lines[at]):
                break
        elif not is_foot(lines[at]):
            group += words
        at += 1
    if group:
        close()
    return rows, at


def _is_closed(group: Sequence[str]) -> bool:
    """True if the words of a row end with a figure after a name (a code alone is no figure)."""
    return is_figure(group[-1]) and any(has_chinese(word) for word in group)


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
        [Flank(layout[side.amounts[0]].path[0], len(side.amounts)) for side in sides if side.amounts]
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
            if opens or (_is_closed(group) and is_figure(words[-1])):
                if group:
                    rows.append(_sided_row(first, group, sides, order, {}))
                group, first = list(words), lines[at].number
            elif _is_closed(group) or not _wraps(lines[at], sides):
                break
            else:
                group = [*group, *words]
        at += 1
    if group:
        rows.append(_sided_row(first, group, sides, order, {}))
    return rows, at


def _runs(words: Sequence[str]) -> list[tuple[str, tuple[str, ...]]]:
    """Words as pairs of a label and the figures after it."""
    runs: list[tuple[list[str], list[str]]] = []
    for word in words:
        if is_figure(word):
            if runs:
                runs[-1][1].append(word)
            continue
        if not runs or runs[-1][1]:
            runs.append(([], []))
        runs[-1][0].append(word)
    return [("".join(label), tuple(texts)) for label, texts in runs]


def _single_row(
    line: int,
    words: Sequence[str],
    side: Side,
    families: Sequence[str],
    labels: dict[int, str],
) -> Row:
    """A row of one side: [code] name figures, the name in as many words as it likes."""
    stop = len(words)
    while stop > 0 and is_figure(words[stop - 1]):
        stop -= 1
    figures = tuple(words[stop:])
    texts = list(words[:stop])
    free = [column for column in side.labels if column not in labels]
    for column in (column for column in free if families[column] in ("code", "part")):
        wanted = _PART if families[column] == "part" and labels.get(column - 1) else _CODE
        if texts and wanted.fullmatch(texts[0]):
            labels[column] = texts.pop(0)
    names = [column for column in free if families[column] not in ("code", "index", "part")]
    if len(names) > 1:
        pieces = [piece for piece in _BRACKET.split("".join(texts[:-1])) if piece]
        pieces += texts[-1:]
        if len(pieces) == len(names):
            labels.update(zip(names, pieces, strict=True))
            texts = []
    if names and texts:
        labels[names[0]] = "".join(texts)
    many = len(figures) > len(side.amounts)
    return Row(line, labels, (figures,), doubt="ambiguous_column" if many else "")


def _coded_rows(
    lines: Sequence[TextLine], sides: Sequence[Side], families: Sequence[str]
) -> tuple[list[Row], int]:
    """Rows that begin with a class code, or with a label of a total."""
    rows: list[Row] = []
    group: list[str] = []
    last: list[str] = [""] * len(sides)
    parts = "part" in families
    first, at = 0, 0

    def close() -> None:
        if not group:
            return
        if len(sides) == 1:
            rows.append(_single_row(first, group, sides[0], families, {}))
        else:
            rows.append(_blocks_row(first, group, sides, last))

    while at < len(lines) and not ends_table(lines[at]):
        words = lines[at].words
        begins = _CODE.fullmatch(words[0]) is not None and (
            len(words) == 1 or not is_figure(words[1]) or (parts and bool(_PART.match(words[1])))
        )
        label = "".join(word for word in words if not is_figure(word))
        total = _TOTAL.match(squeeze(label)) is not None and not _CODE.match(words[0])
        if begins or (total and (not group or _is_closed(group) or _complete(group))):
            close()
            group, first = list(words), lines[at].number
        elif is_foot(lines[at]):
            pass
        elif not group or (_is_closed(group) and len(sides) == 1):
            break
        elif not _wraps(lines[at], sides):
            break
        else:
            group = [*group, *words]
        at += 1
    close()
    return rows, at


def _complete(group: Sequence[str]) -> bool:
    """True if a row already has a code and a name."""
    return len(group) > 1 and _CODE.fullmatch(group[0]) is not None


def _wraps(line: TextLine, sides: Sequence[Side]) -> bool:
    """True if a line may be the rest of a row: a piece of a name, figures, or the next block."""
    if any(is_figure(word) for word in line.words):
        return True
    return len(line.bare) <= 24 and not re.search(r"[。；，]", line.bare)


def _blocks_row(
    line: int, words: Sequence[str], sides: Sequence[Side], last: list[str]
) -> Row:
    """A row of several blocks of code, name and amount; a block without a code is not there."""
    labels: dict[int, str] = {}
    figures: list[tuple[str, ...]] = [()] * len(sides)
    parts: list[list[str]] = []
    for at, word in enumerate(words):
        code = _CODE.fullmatch(word) and at + 1 < len(words) and has_chinese(words[at + 1])
        if code or not parts:
            parts.append([])
        parts[-1].append(word)
    if not _CODE.fullmatch(words[0]):
        return _totals_row(line, words, sides)
    free = 0
    doubt = ""
    for index, part in enumerate(parts):
        code = part[0]
        room = range(free, len(sides) - (len(parts) - 1 - index))
        fits = [side for side in room if last[side] < code]
        if not fits:
            doubt, fits = "ambiguous_column", list(room)[:1]
        side = max(fits, key=lambda at: (last[at], -at)) if any(last) else fits[0]
        last[side], free = code, side + 1
        stop = len(part)
        while stop > 1 and is_figure(part[stop - 1]):
            stop -= 1
        labels[sides[side].labels[0]] = code
        labels[sides[side].labels[-1]] = "".join(part[1:stop])
        figures[side] = tuple(part[stop:])
    return Row(line, labels, tuple(figures), doubt=doubt)


def _totals_row(line: int, words: Sequence[str], sides: Sequence[Side]) -> Row:
    """A row of totals below blocks: the last one reaches over the blocks that are left."""
    labels: dict[int, str] = {}
    spans: dict[int, int] = {}
    figures: list[tuple[str, ...]] = [()] * len(sides)
    runs = _runs(words)
    for at, (label, texts) in enumerate(runs[: len(sides)]):
        final = len(sides) - 1 if at == len(runs) - 1 and at > 0 else at
        start = sides[at].labels[0]
        labels[start] = label
        spans[start] = sides[final].labels[-1] - start + 1
        figures[final] = texts
    return Row(line, labels, tuple(figures), spans)


def _closed_rows(lines: Sequence[TextLine], sides: Sequence[Side]) -> tuple[list[Row], int]:
    """Rows of texts that end with their figures."""
    rows: list[Row] = []
    side = sides[0]
    at = 0
    while at < len(lines):
        stop, words = at, []
        while stop < len(lines) and stop - at < MAX_WRAP and not ends_table(lines[stop]):
            if not is_foot(lines[stop]):
                words += lines[stop].words
                if is_figure(lines[stop].words[-1]):
                    break
            stop += 1
        else:
            return rows, at
        families = ["text"] * (max((*side.labels, *side.amounts)) + 1)
        rows.append(_single_row(lines[at].number, words, side, families, {}))
        at = stop + 1
    return rows, at
