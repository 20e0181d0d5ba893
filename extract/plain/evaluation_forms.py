"""Evaluation forms of projects (项目绩效自评表) in spaced text, rebuilt as grids of a page.

A form is known by its title and its labels: the project's name, the phases of its budget, the
classes of its indicators. What is not certain of a form keeps its place in a column of its own,
without a header, so that no figure is lost and none stands under a wrong one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise

from extract.figures import is_amount, is_blank
from extract.forms.words import find_label
from extract.plain.evaluation_lists import find_lists
from extract.plain.form_indicators import is_total, read_indicators
from extract.plain.form_money import MONEY, money_rows, place_money
from extract.plain.form_parts import (
    FormLine,
    GridDraft,
    Piece,
    form_lines,
    is_value,
    pieces_of,
    split_heads,
)
from extract.plain.target_forms import FormRegion
from extract.text import squeeze
from extract.titles import is_title_like, title_kind
from extract.vocabulary import Vocabulary, load_vocabulary

KIND = "self_evaluation"
HEAD_LINES = 8
"""So many lines below a title the form's first label stands."""
WIDTH = 10
MONEY_COLUMN = 3
"""The first column of money: the labels of its rows stand before it."""
INDICATORS = ("level_1", "level_2", "level_3", "target", "actual", "weight", "score")
UNPLACED = 9
"""The column of words that may belong to more than one cell of their row."""

_POINTS = re.compile(r"\(([0-9]+)分\)")
_NAMED = frozenset({"project_name", "implementing_unit", "department"})
_GOALS = frozenset({"goal_year", "goal_long", "goal_expected", "goal_actual"})
_TORN_UNIT = re.compile(r"(?:金额)?单位[:：]\s*万")


def find_evaluations(lines: Sequence[str]) -> list[FormRegion]:
    """The evaluation forms and the lists of evaluated projects of a text, in order of print."""
    vocabulary = load_vocabulary()
    forms = find_forms(lines, vocabulary)
    lists = find_lists(lines, {name for name, _ in forms}, vocabulary)
    return sorted([*lists, *(region for _, region in forms)], key=lambda region: region.start)


def find_forms(lines: Sequence[str], vocabulary: Vocabulary) -> list[tuple[str, FormRegion]]:
    """The evaluation forms of a text, in order of print, each with the name of its project."""
    texts = form_lines(lines)
    titles = [
        at for at, line in enumerate(texts)
        if is_title_like(title := " ".join(line.words)) and title_kind(title, vocabulary)
    ]  # fmt: skip
    found: list[tuple[str, FormRegion]] = []
    for above, after in pairwise([*titles, len(texts)]):
        if title_kind(" ".join(texts[above].words), vocabulary) != KIND:
            continue
        form = _read_form(texts[above + 1 : after])
        if form is not None:
            found.append(form)
    return found


def _read_form(lines: Sequence[FormLine]) -> tuple[str, FormRegion] | None:
    start = next(
        (
            at
            for at, line in enumerate(lines[:HEAD_LINES])
            if _field(line.words[0]) == "project_name"
        ),
        None,
    )
    if start is None:
        return None
    draft = GridDraft(WIDTH)
    first = _take_unit(lines[:start], draft) or lines[start]
    head = _take_head(lines, start, draft)
    if head is None:
        return None
    name, at = head
    money = _take_money(lines, at, draft)
    if money is None:
        return None
    at = _take_indicators(lines, money, draft)
    grid, words = draft.build()
    stop = lines[at].number if at < len(lines) else lines[-1].number + 1
    return name, FormRegion(first.number, stop, grid, tuple(words))


def _take_unit(lines: Sequence[FormLine], draft: GridDraft) -> FormLine | None:
    """A unit that is torn over the two lines above a form (单位：万 / 元), as its first row."""
    if len(lines) < 2 or lines[-1].words != ("元",) or not _TORN_UNIT.fullmatch(lines[-2].flat):
        return None
    draft.add_row(lines[-2].number)
    draft.put(0, f"{lines[-2].flat}元", WIDTH, reading="resolved")
    return lines[-2]


def _field(text: str) -> str:
    label = find_label(text)
    return label.field if label is not None and not label.said else ""


def _take_head(lines: Sequence[FormLine], start: int, draft: GridDraft) -> tuple[str, int] | None:
    """The labels and values above the money: the project's name, and the line of the money."""
    pairs: list[tuple[Piece, list[str]]] = []
    open_label = ""
    name = ""
    for at in range(start, len(lines)):
        if _field(lines[at].words[0]) == "money_head" and pairs:
            for label, values in pairs:
                value, known = "".join(values), _field(label.text)
                if known == "project_name":
                    name = value
                draft.add_row(label.line)
                draft.put(0, label.text)
                draft.put(1, value if known in _NAMED else " ".join(values), 9)
            return (name, at) if name else None
        for word in lines[at].words:
            if word.endswith("/") and _field(word[:-1]):
                open_label = word
            elif _field(open_label + word) or (open_label and _field(word)):
                pairs.append((Piece(lines[at].number, open_label + word), []))
                open_label = ""
            elif pairs:
                pairs[-1][1].append(word)
    return None


def _take_money(lines: Sequence[FormLine], start: int, draft: GridDraft) -> int | None:
    """The table of the budget's phases; the line after it, None where it cannot be read."""
    body = next((at for at in range(start, len(lines)) if _is_total_money(lines[at].words)), None)
    if body is None:
        return None
    stop = next(
        (at for at in range(body, len(lines)) if _field(lines[at].words[0]) in _GOALS), None
    )
    header = [piece.text for piece in pieces_of(lines[start:body])]
    size = max((n for n in range(1, 5) if _field("".join(header[:n])) == "money_head"), default=0)
    heads = split_heads(header[size:], lambda fields: set(MONEY) <= set(fields), whole=True)
    if stop is None or not size or heads is None:
        return None
    texts, fields, _ = heads
    if len(fields) > WIDTH - MONEY_COLUMN:
        return None
    label = "".join(header[:size])
    said = _POINTS.search(squeeze(label))
    rows = money_rows(pieces_of(lines[body:stop]))
    if any(_field(row.label) != "money" for row in rows):
        return None
    draft.add_row(lines[start].number)
    draft.put(0, label, MONEY_COLUMN)
    for column, text in enumerate(texts):
        draft.put(MONEY_COLUMN + column, text)
    for row in place_money(rows, fields, Decimal(said[1]) if said else None):
        draft.add_row(row.line)
        draft.put(0, row.label, MONEY_COLUMN)
        for column, text in (row.placed or {}).items():
            doubt = row.doubt if is_amount(text) and not is_blank(text) else ""
            is_figure = is_amount(text)
            reading = row.reading if is_figure else "printed"
            settled = row.settled if is_figure else None
            draft.put(MONEY_COLUMN + column, text, 1, doubt, reading, settled)
    return stop


def _is_total_money(words: Sequence[str]) -> bool:
    """True for the row of all funds; 全年预算数 above a column has no figures beside it."""
    label = find_label(words[0]) if all(map(is_value, words[1:])) and words[1:] else None
    return label is not None and label.field == "money" and label.fund == "all"


def _take_indicators(lines: Sequence[FormLine], start: int, draft: GridDraft) -> int:
    """Goals, indicators and totals; gives the line after them, ``start`` where none are read."""
    head = next(
        (at for at in range(start, len(lines)) if squeeze(lines[at].words[0]).startswith("一级")),
        None,
    )
    if head is None:
        return start
    words = pieces_of(lines[head:])
    found = split_heads(
        [piece.text for piece in words[:60]], lambda fields: tuple(fields) == INDICATORS
    )
    end = next((at for at in range(head, len(lines)) if is_total(lines[at])), None)
    if found is None or end is None:
        return start
    texts, _, taken = found
    behind = words[taken].line
    body = [line for line in lines[head:end] if line.number > behind]
    rest = [piece.text for piece in words[taken:] if piece.line == behind]
    rows, spare = read_indicators(body)
    if not rows:
        return start
    side = head
    while side > start and len(lines[side - 1].flat) <= 2:
        side -= 1
    _take_goals(lines[start:side], draft)
    draft.add_row(lines[head].number)
    draft.put(0, "".join(line.flat for line in lines[side:head]))
    reason = "".join([*rest, *spare])
    for column, text in enumerate([*texts, reason], start=1):
        draft.put(column, text)
    for row in rows:
        draft.add_row(row.line)
        held = (row.level_1, row.level_2, row.name, row.target, row.actual, row.weight, row.score)
        for column, text in enumerate([*held, row.reason], start=1):
            if text:
                draft.put(column, text)
        if row.unplaced:
            draft.put(UNPLACED, row.unplaced, doubt="ambiguous_column")
    return _take_totals(lines, end, draft)


def _take_totals(lines: Sequence[FormLine], start: int, draft: GridDraft) -> int:
    at = start
    while at < len(lines) and is_total(lines[at]) and all(map(is_amount, lines[at].words[1:])):
        figures = lines[at].words[1:]
        if not 1 <= len(figures) <= 2:
            break
        draft.add_row(lines[at].number)
        draft.put(1, lines[at].words[0])
        for column, text in zip((7, 6), reversed(figures), strict=False):
            draft.put(column, text)
        at += 1
    return at


def _take_goals(lines: Sequence[FormLine], draft: GridDraft) -> None:
    """The goals: what was expected and what was reached, parted where a single sentence ends.

    Where more than one line could be the last of the left text, both stay together, below no label.
    """
    at = 1
    heads = lines[at].words if len(lines) > 1 else ()
    if [_field(word) for word in heads] != ["goal_expected", "goal_actual"]:
        heads, at = (), 0
    texts = lines[at + 1 :] if heads else lines
    if not texts:
        return
    ends = [
        n for n, line in enumerate(texts[:-1], start=1) if line.words[-1].endswith(("。", "。”"))
    ]
    if heads and len(ends) == 1:
        draft.add_row(lines[at].number)
        draft.put(0, heads[0], 5)
        draft.put(5, heads[1], 5)
        draft.add_row(texts[0].number)
        draft.put(0, _joined(texts[: ends[0]]), 5)
        draft.put(5, _joined(texts[ends[0] :]), 5)
        return
    draft.add_row(texts[0].number)
    draft.put(0, " ".join(heads), 5)
    draft.put(5, _joined(texts), 5)


def _joined(lines: Sequence[FormLine]) -> str:
    return "".join(" ".join(line.words) for line in lines)
