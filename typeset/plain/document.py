"""A sample disclosure as text: cover, a sentence, and its tables in one of several manners."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

from typeset.facts import printed_amount
from typeset.grid import LANE
from typeset.model import Disclosure, Row, Table, load_disclosure
from typeset.plain.figures import PrintedFigure, figures_of, vary
from typeset.plain.lines import Cells, aligned_lines, pipe_lines, spaced_lines, tabbed_lines
from typeset.plain.noise import Noise

MANNERS = ("spaced", "tabbed", "aligned", "wide", "pipes")
"""Ways to write a table: words with single spaces (blank cells vanish), tabs, columns aligned by
characters, columns aligned by width (a Chinese character is as wide as two), Markdown tables."""


@dataclass(frozen=True)
class TextSample:
    """A text, the disclosure that it prints, and the figures of its tables."""

    text: str
    disclosure: Disclosure
    figures: tuple[PrintedFigure, ...]


def write_text(slug: str, manner: str, seed: int = 0, *, noisy: bool = False) -> TextSample:
    """A sample disclosure as text in one of MANNERS; the same arguments give the same text.

    The seed chooses agency, year and figures (0: those of the sample); ``noisy`` puts in what
    recognition and converters do to text. Raises ValueError for an unknown slug or manner.
    """
    if manner not in MANNERS:
        raise ValueError(f"no manner {manner!r}; known: {', '.join(MANNERS)}")
    disclosure = vary(load_disclosure(slug), seed)
    rng = random.Random(f"text {slug} {manner} {seed}")
    noise = Noise(rng, manner) if noisy else None
    kind = "预算" if disclosure.document_kind == "budget" else "决算"
    front = [
        disclosure.fill(disclosure.style.cover),
        disclosure.printed_name,
        "",
        f"{disclosure.fiscal_year}年{kind}情况说明",
        f"{disclosure.printed_name}按要求公开{disclosure.fiscal_year}年部门{kind}。",
        "",
    ]
    pages: list[list[str]] = [front]
    for table in disclosure.tables:
        pages.append(_table_lines(disclosure, table, manner, noise))
    feed = manner in ("aligned", "wide") and rng.random() < 0.5
    parts: list[str] = []
    for number, lines in enumerate(pages, start=1):
        footer = ["", f"- {number} -", ""] if manner != "pipes" else [""]
        parts.append("\n".join([*lines, *footer]))
    text = ("\f" if feed else "\n").join(parts)
    return TextSample(text, disclosure, tuple(figures_of(disclosure)))


def _table_lines(
    disclosure: Disclosure, table: Table, manner: str, noise: Noise | None
) -> list[str]:
    title = disclosure.fill(table.title)
    unit = noise.unit(table.unit_text) if noise else table.unit_text
    agency = disclosure.fill(table.agency_line)
    head = [f"## {title}" if manner == "pipes" else title, agency, unit]
    header, body = _header(disclosure, table), [_body(table, row) for row in table.rows]
    amounts = [column.is_amount for column in table.columns]
    if noise is not None:
        body = noise.rows(body, amounts)
    if manner == "spaced":
        lines = spaced_lines(header, body, noise.rng if noise else None)
    elif manner == "tabbed":
        lines = tabbed_lines(header, body)
    elif manner == "pipes":
        lines = pipe_lines(header, body)
    else:
        lines = aligned_lines(header, body, amounts, wide=manner == "wide")
    note = [disclosure.fill(table.note)] if table.note else []
    return [*(line for line in head if line), *lines, *note]


def _header(disclosure: Disclosure, table: Table) -> Cells:
    """The header rows; a merged cell is its text in its first place, None in the others."""
    paths = [tuple(disclosure.fill(part) for part in column.header) for column in table.columns]
    depth = max(len(path) for path in paths)
    rows: Cells = []
    for level in range(depth):
        row: list[str | None] = []
        for at, path in enumerate(paths):
            if len(path) <= level or (
                at and paths[at - 1][: level + 1] == path[: level + 1] and len(path) > level + 1
            ):
                row.append(None)
            else:
                row.append("".join(path[level].split()))
        rows.append(row)
    if any(column.lane for column in table.columns):
        lanes: list[str | None] = [column.lane for column in table.columns]
        merged = [
            None if lane == LANE and at and lanes[at - 1] == LANE else lane
            for at, lane in enumerate(lanes)
        ]
        rows.append(merged)
    return rows


def _body(table: Table, row: Row) -> list[str]:
    cells: Sequence[str] = [
        printed_amount(row.cells[column.field], table.grouping)
        if column.is_amount
        else "".join(row.cells[column.field].split())
        for column in table.columns
    ]
    return list(cells)
