"""The unit of each table: as its heading prints it, or by figures that stand in other tables too.

A table without a readable unit takes the one under which its largest figures are also figures of
tables and sentences whose unit is printed; where both units, or none, would fit, it stays unknown.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import lru_cache

from extract.columns import AMOUNT_ROLES
from extract.figures import is_amount, parse_amount
from extract.rows import Labelled
from extract.text import REMEMBERED, squeeze
from extract.vocabulary import Vocabulary

YUAN_PER_UNIT = {"yuan": Decimal(1), "wan_yuan": Decimal(10000)}


@lru_cache(maxsize=REMEMBERED)
def printed_unit(text: str, vocabulary: Vocabulary) -> str:
    """The unit that a printed word stands for; '' if it stands for none.

    >>> from extract.vocabulary import load_vocabulary
    >>> printed_unit("万元", load_vocabulary()), printed_unit("千克", load_vocabulary())
    ('wan_yuan', '')
    """
    flat = squeeze(text)
    return vocabulary.first(vocabulary.units, flat) or ""


def settle_units(
    tables: Sequence[Labelled], prose: Sequence[str], vocabulary: Vocabulary
) -> list[tuple[str, str]]:
    """Unit and its evidence for each table: (unit, printed text), ('', '') where unknown.

    ``prose`` are the lines outside of tables: their sentences print figures with units.
    """
    settled = [_said(table, vocabulary) for table in tables]
    printed = {unit for unit, _ in settled if unit}
    amounts = set(_stated(prose))
    waiting = list(range(len(tables)))
    fresh = bool(amounts)
    while waiting:
        known = [at for at in waiting if settled[at][0]]
        if not (known or fresh):
            break
        fresh = False
        for at in known:
            size = YUAN_PER_UNIT[settled[at][0]]
            amounts |= {value * size for value in _values(tables[at], settled[at][0], vocabulary)}
        waiting = [at for at in waiting if at not in known]
        for at in waiting:
            kind = vocabulary.kinds[tables[at].sheet.kind]
            if not kind.facts or kind.family == "form":
                continue
            settled[at] = _by_figures(_values(tables[at], "", vocabulary), amounts, printed)
    return settled


_STATED = re.compile(r"(?P<figure>[0-9][0-9,]*(?:\.[0-9]+)?)(?P<unit>万元|元)", re.ASCII)


def _stated(prose: Sequence[str]) -> Iterator[Decimal]:
    """Amounts in yuan that sentences print with their unit (two digits and more)."""
    for match in _STATED.finditer("".join(squeeze(line) for line in prose)):
        if is_amount(match["figure"]):
            value = parse_amount(match["figure"])
            if value:
                yield value * YUAN_PER_UNIT["wan_yuan" if match["unit"] == "万元" else "yuan"]


def _said(table: Labelled, vocabulary: Vocabulary) -> tuple[str, str]:
    """The unit above a table, or at the head of its labels, or the one that its columns share."""
    texts = [table.sheet.heading.unit_text]
    texts += [c.unit for row in table.rows[:1] for c in row.columns[:1] if c.role != "price"]
    columns = {c.unit for row in table.rows for c in row.columns if c.role in AMOUNT_ROLES}
    texts += columns - {""} if len(columns - {""}) == 1 else []
    for text in texts:
        unit = printed_unit(text, vocabulary) if text else ""
        if unit:
            return unit, text
    return "", ""


def _values(table: Labelled, unit: str, vocabulary: Vocabulary) -> list[Decimal]:
    """The figures of the columns that print no other unit than that of their table."""
    found = []
    for row in table.rows:
        for column, cell in row.amounts:
            if column.unit and printed_unit(column.unit, vocabulary) != unit:
                continue
            if column.role == "amount" and not cell.doubt and is_amount(cell.text):
                value = parse_amount(cell.text)
                if value:
                    found.append(value)
    return sorted(found, key=abs, reverse=True)


def _by_figures(
    values: Sequence[Decimal], amounts: set[Decimal], units: set[str]
) -> tuple[str, str]:
    """The unit under which the table's largest figures are figures of other tables."""
    if not values:
        only = next(iter(units)) if len(units) == 1 else ""
        return only, "as all other tables" if only else ""
    fits = {
        unit: sum(1 for value in values[:5] if value * size in amounts)
        for unit, size in YUAN_PER_UNIT.items()
    }
    best = max(fits, key=lambda unit: fits[unit])
    if fits[best] and sum(1 for count in fits.values() if count) == 1:
        return best, "by figures of other tables"
    return "", ""
