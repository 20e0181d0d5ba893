"""Other figures for a sample disclosure whose sums still hold, and what its tables print."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from typeset.facts import blocks, printed_amount
from typeset.model import CODE_ROLES, Column, Disclosure, Row, Table
from typeset.perturb import perturb

FACTORS = (1, 2, 3, 4, 6, 7)


@dataclass(frozen=True)
class PrintedFigure:
    """A figure as a table prints it: table kind, codes or name of its row, header path, text."""

    kind: str
    row: str
    column: str
    text: str


def vary(disclosure: Disclosure, seed: int) -> Disclosure:
    """Another agency, year and other figures; each table's figures are multiplied by one factor.

    So every sum of the sample goes on to hold. Seed 0 changes nothing.
    """
    if seed == 0:
        return disclosure
    factor = random.Random(f"factor {disclosure.slug} {seed}").choice(FACTORS)
    other = perturb(disclosure, seed)
    tables = tuple(
        replace(
            table,
            rows=tuple(
                _scaled(row, new, table.columns, factor)
                for row, new in zip(table.rows, changed.rows, strict=True)
            ),
        )
        for table, changed in zip(disclosure.tables, other.tables, strict=True)
    )
    return replace(other, tables=tables)


def _scaled(row: Row, new: Row, columns: tuple[Column, ...], factor: int) -> Row:
    cells = dict(new.cells)
    for column in columns:
        text = row.cells[column.field]
        if column.is_amount:
            cells[column.field] = str(Decimal(text) * factor) if text else ""
    return replace(new, cells=cells)


def figures_of(disclosure: Disclosure) -> list[PrintedFigure]:
    """All figures of all tables, from left to right and from top to bottom."""
    return [figure for table in disclosure.tables for figure in _table_figures(disclosure, table)]


def _table_figures(disclosure: Disclosure, table: Table) -> Iterator[PrintedFigure]:
    for row in table.rows:
        for labels, amounts in blocks(table):
            for column in amounts:
                text = row.cells[column.field]
                if text and column.role == "amount":
                    path = "/".join(disclosure.fill(part) for part in column.header)
                    yield PrintedFigure(
                        table.kind,
                        row_name(row, labels),
                        "".join(path.split()),
                        printed_amount(text, table.grouping),
                    )


def row_name(row: Row, labels: list[Column]) -> str:
    """What a row is called: its codes, or its words where it has none; white space taken out."""
    codes = [row.cells[column.field] for column in labels if column.role in CODE_ROLES]
    words = [
        row.cells[column.field]
        for column in labels
        if column.role not in CODE_ROLES and column.role != "index"
    ]
    return "".join("".join(codes or ()).split()) or "".join("".join(words).split())
