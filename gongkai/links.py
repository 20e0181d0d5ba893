"""What ties a document that names nobody to one beside it that does: more than lying there.

A table of contents that announces just the tables that are missing, or a total that both print.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from pyarrow import compute, parquet

from extract.units import YUAN_PER_UNIT

FEWEST_DIGITS = 4
"""Digits of a total that two documents do not share by chance."""

_UNKNOWN = "unknown"


@dataclass(frozen=True)
class Contents:
    """Kinds of the tables that a document holds and that it announces, and its totals in yuan."""

    held: Counter[str]
    announced: Counter[str]
    totals: frozenset[Decimal]


def read_contents(directory: Path) -> Contents:
    """Look into a document's Parquet set."""
    mentions = parquet.read_table(directory / "mention.parquet", columns=["place", "table_kind"])
    announced = mentions.filter(compute.field("place") == "contents")["table_kind"].to_pylist()
    held = parquet.read_table(directory / "table.parquet", columns=["table_kind"])
    cells = parquet.read_table(
        directory / "cell.parquet",
        columns=["value", "unit"],
        filters=[("role", "=", "amount"), ("row_kind", "=", "total")],
    )
    return Contents(
        held=_known(held["table_kind"].to_pylist()),
        announced=_known(announced),
        totals=frozenset(
            row["value"] * YUAN_PER_UNIT[row["unit"]]
            for row in cells.to_pylist()
            if row["value"] is not None and row["unit"] in YUAN_PER_UNIT and _is_long(row["value"])
        ),
    )


def belongs(one: Contents, wholes: Sequence[Contents], others: Sequence[Contents]) -> bool:
    """True if a document is a part of the disclosure that ``wholes`` are of.

    ``others`` are the documents beside it that name nobody either: where they hold the same kinds
    of tables, and fewer are announced, it is not certain which of them is meant.
    """
    if any(one.totals & whole.totals for whole in wholes):
        return True
    there = sum((each.held for each in (one, *wholes, *others)), Counter[str]())
    return bool(one.held) and any(
        all(there[kind] <= whole.announced[kind] for kind in one.held) for whole in wholes
    )


def _known(kinds: Sequence[str | None]) -> Counter[str]:
    return Counter(kind for kind in kinds if kind is not None and kind != _UNKNOWN)


def _is_long(value: Decimal) -> bool:
    return len(value.normalize().as_tuple().digits) >= FEWEST_DIGITS
