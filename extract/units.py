"""The unit of each table: as its heading prints it, or by figures that stand in other tables too.

A table without a readable unit takes the one under which its largest figures are also figures of
tables whose unit is printed; where both units, or none, would fit, the unit stays unknown.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from extract.figures import is_amount, parse_amount
from extract.rows import Labelled
from extract.text import squeeze
from extract.vocabulary import Vocabulary

YUAN_PER_UNIT = {"yuan": Decimal(1), "wan_yuan": Decimal(10000)}


def printed_unit(text: str, vocabulary: Vocabulary) -> str:
    """The unit that a printed word stands for; '' if it stands for none.

    >>> from extract.vocabulary import load_vocabulary
    >>> printed_unit("万元", load_vocabulary()), printed_unit("千克", load_vocabulary())
    ('wan_yuan', '')
    """
    flat = squeeze(text)
    return vocabulary.first(vocabulary.units, flat) or ""


def settle_units(tables: Sequence[Labelled], vocabulary: Vocabulary) -> list[tuple[str, str]]:
    """Unit and its evidence for each table: (unit, printed text), ('', '') where unknown."""
    known = [_said(table, vocabulary) for table in tables]
    amounts: set[Decimal] = set()
    for table, (unit, _) in zip(tables, known, strict=True):
        if unit:
            amounts |= {value * YUAN_PER_UNIT[unit] for value in _values(table)}
    settled = []
    units = {unit for unit, _ in known if unit}
    for table, (unit, text) in zip(tables, known, strict=True):
        if not unit:
            unit, text = _by_figures(_values(table), amounts, units)
        settled.append((unit, text))
    return settled


def _said(table: Labelled, vocabulary: Vocabulary) -> tuple[str, str]:
    texts = [table.sheet.heading.unit_text]
    texts += [row.columns[0].unit for row in table.rows[:1]]
    texts += [column.unit for row in table.rows[:1] for column in row.columns if column.unit]
    for text in texts:
        unit = printed_unit(text, vocabulary) if text else ""
        if unit:
            return unit, text
    return "", ""


def _values(table: Labelled) -> list[Decimal]:
    found = []
    for row in table.rows:
        for column, cell in row.amounts:
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
        only = units.pop() if len(units) == 1 else ""
        return only, "as all other tables" if only else ""
    fits = {
        unit: sum(1 for value in values[:5] if value * size in amounts)
        for unit, size in YUAN_PER_UNIT.items()
    }
    best = max(fits, key=lambda unit: fits[unit])
    if fits[best] and sum(1 for count in fits.values() if count) == 1:
        return best, "by figures of other tables"
    return "", ""
