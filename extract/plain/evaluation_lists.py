"""Lists of evaluated projects (绩效自评情况汇总表) in spaced text, rebuilt as grids of a page.

A row begins with its number and has its figures on one line. The words between are cells of one
line each, beside each other, or of several lines: where several ways of cutting them fit, the
names of the projects of the same document's forms decide, or the name is left out.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from extract.figures import is_amount, is_blank
from extract.plain.form_money import MONEY
from extract.plain.form_parts import (
    FormLine,
    GridDraft,
    form_lines,
    is_value,
    pieces_of,
    split_heads,
)
from extract.plain.target_forms import FormRegion
from extract.text import squeeze
from extract.titles import is_title_like, title_kind
from extract.vocabulary import Vocabulary

KIND = "self_evaluation_summary"
HEADER_LINES = 40
ROW_LINES = 20
MOST_WAYS = 500

_CHOICE = re.compile(r"\(([^()/、]+(?:[/、][^()/、]+)+)\)")
_TOTALS = ("合计", "总计", "小计")


@dataclass(frozen=True)
class _Columns:
    """The columns of a list: its headers, and which are texts, money, score and grade."""

    texts: tuple[str, ...]
    fields: tuple[str, ...]

    @property
    def names(self) -> list[int]:
        """The columns of text between the number and the first figure."""
        return list(range(1, self.money[0]))

    @property
    def money(self) -> list[int]:
        """The columns of money."""
        return [at for at, name in enumerate(self.fields) if name in MONEY]


def find_lists(
    lines: Sequence[str], projects: Collection[str], vocabulary: Vocabulary
) -> list[FormRegion]:
    """The lists of a text, in order of print; ``projects`` are the names that its forms print."""
    texts = form_lines(lines)
    found: list[FormRegion] = []
    for at, line in enumerate(texts):
        title = " ".join(line.words)
        if is_title_like(title) and title_kind(title, vocabulary) == KIND:
            read = _read_list(texts[at + 1 :], {squeeze(name) for name in projects})
            found += [read] if read is not None else []
    return found


def _read_list(lines: Sequence[FormLine], projects: Collection[str]) -> FormRegion | None:
    start = next((at for at, one in enumerate(lines[:5]) if one.words[0] == "序号"), None)
    first = next((at for at, one in enumerate(lines[:HEADER_LINES]) if one.words[0] == "1"), None)
    if start is None or first is None or first < start:
        return None
    columns = _columns(lines[start:first])
    if columns is None:
        return None
    draft = GridDraft(len(columns.texts))
    draft.add_row(lines[start].number)
    for column, text in enumerate(columns.texts):
        draft.put(column, text)
    at, number = first, 1
    while at < len(lines) and lines[at].words[0] == str(number):
        stop = _row_end(lines, at, columns)
        if stop is None:
            break
        _put_row(lines[at : stop + 1], columns, projects, draft)
        at, number = stop + 1, number + 1
    if number == 1:
        return None
    if at < len(lines) and squeeze(lines[at].words[0]) in _TOTALS:
        at += _put_total(lines[at], columns, draft)
    grid, words = draft.build()
    return FormRegion(lines[start].number, lines[at - 1].number + 1, grid, tuple(words))


def _columns(lines: Sequence[FormLine]) -> _Columns | None:
    """The columns that a header spells out; what its last words say need not be known."""
    words = [piece.text for piece in pieces_of(lines)]
    wanted = {"project_name", "score", "grade"}
    found = split_heads(
        words,
        lambda fields: (
            wanted <= set(fields)
            and bool(set(MONEY) & set(fields))
            and "money_budget" not in fields
        ),  # 预算 above 执行数 is one header
    )
    if found is None:
        return None
    texts, fields, taken = found
    rest = ["".join(words[taken:])] if words[taken:] else []
    columns = _Columns((*texts, *rest), (*fields, *("rest" for _ in rest)))
    money = columns.money
    in_order = money == list(range(money[0], money[0] + len(money)))
    score = columns.fields.index("score")
    after = score == money[-1] + 1 and columns.fields[score + 1 : score + 2] == ("grade",)
    return columns if in_order and after and columns.fields[0] == "rest" else None


def _row_end(lines: Sequence[FormLine], start: int, columns: _Columns) -> int | None:
    """The line with the figures of a row: money and score together, at least two figures."""
    for at in range(start, min(start + ROW_LINES, len(lines))):
        words = lines[at].words[1:] if at == start else lines[at].words
        figures = [word for word in words if is_amount(word)]
        if len(figures) >= 2 and len(figures) >= min(len(columns.money), 2):
            return at
        if at > start and squeeze(lines[at].words[0]) in _TOTALS:
            return None
    return None


def _put_row(
    lines: Sequence[FormLine], columns: _Columns, projects: Collection[str], draft: GridDraft
) -> None:
    number = lines[0].words[0]
    lines = [FormLine(lines[0].number, lines[0].words[1:]), *lines[1:]]
    last = lines[-1].words
    cut = next(at for at, word in enumerate(last) if is_amount(word))
    values = list(last[cut:])
    body = [line for line in [*lines[:-1], FormLine(lines[-1].number, last[:cut])] if line.words]
    draft.add_row(lines[-1].number)
    draft.put(0, number)
    names = _names(body, columns, projects, bool(last[:cut]))
    for column, text in names.items():
        draft.put(column, text)
    figures = [value for value in values if is_amount(value)]
    wanted = len(columns.money) + 1
    places = [*columns.money, *range(columns.money[-1] + 1, len(columns.fields))]
    clear = figures == values[:wanted] and len(figures) == wanted
    if not clear or len(values) == wanted or is_value(values[wanted]):
        _put_doubtful(values, columns, draft)
        return
    for place, text in zip(places[:-1], values, strict=False):
        draft.put(place, text)
    if len(values) >= len(places):
        draft.put(places[-1], "".join(values[len(places) - 1 :]))


def _put_doubtful(values: Sequence[str], columns: _Columns, draft: GridDraft) -> None:
    """Figures whose columns are not certain: in doubt below money, none below score and grade."""
    doubt = "ambiguous_column"
    figures = [value for value in values if is_amount(value)]
    for place, text in zip(columns.money, figures, strict=False):
        draft.put(place, text, doubt=doubt)
    rest = [*figures[len(columns.money) :], *(value for value in values if not is_amount(value))]
    last = len(columns.fields) - 1
    if rest and columns.fields[last] not in ("score", "grade"):
        draft.put(last, " ".join(rest), doubt=doubt)


def _names(
    lines: Sequence[FormLine], columns: _Columns, projects: Collection[str], beside: bool
) -> dict[int, str]:
    """The texts of a row by column, as far as they are certain.

    ``beside`` says that the last line stands beside the figures, so that its words are cells of one
    line each.
    """
    ways = list(_ways(lines, columns, beside))
    name = columns.fields.index("project_name")
    known = [way for way in ways if squeeze(way.get(name, "")) in projects]
    ways = known if len(ways) > 1 and known else ways
    return {
        column: text
        for column in columns.names
        if (text := ways[0].get(column, "") if ways else "")
        and all(way.get(column) == text for way in ways)
    }


def _ways(lines: Sequence[FormLine], columns: _Columns, beside: bool) -> Iterator[dict[int, str]]:
    """All ways to cut the words of a row into its cells: one for each column."""
    words: list[tuple[str, bool]] = []
    for at, line in enumerate(lines):
        alone = len(line.words) == 1 and not (beside and at == len(lines) - 1)
        words += [(word, alone) for word in line.words]
    choices = {
        column: _choices(columns.texts[column])
        for column in columns.names
        if _choices(columns.texts[column])
    }
    count = 0

    def go(at: int, column: int, held: dict[int, str]) -> Iterator[dict[int, str]]:
        nonlocal count
        if column == len(columns.names):
            if at == len(words):
                yield dict(held)
            return
        place = columns.names[column]
        text = ""
        for stop in range(at, len(words)):
            text += words[stop][0]
            if stop > at and not (words[stop][1] and words[stop - 1][1]):
                return
            if place in choices and squeeze(text) not in choices[place]:
                continue
            count += 1
            if count > MOST_WAYS:
                return
            yield from go(stop + 1, column + 1, {**held, place: text})

    yield from go(0, 0, {})


def _choices(header: str) -> frozenset[str]:
    """The words that a header offers for its column: 类别（甲类/乙类）."""
    match = _CHOICE.search(squeeze(header))
    return frozenset(re.split("[/、]", match[1])) if match else frozenset()


def _put_total(line: FormLine, columns: _Columns, draft: GridDraft) -> int:
    """The row of the sum: one figure for each column of money; gives the lines that it takes."""
    values = line.words[1:]
    figures = [value for value in values if is_amount(value)]
    if not figures:
        return 0
    rest = values[len(figures) :]
    clear = (
        len(figures) == len(columns.money)
        and list(values[: len(figures)]) == figures
        and all(map(is_blank, rest))
    )
    draft.add_row(line.number)
    draft.put(columns.names[0], line.words[0])
    for column, text in enumerate(figures, start=columns.money[0]):
        if column < len(columns.fields):
            draft.put(column, text, 1, "" if clear else "ambiguous_column")
    return 1
