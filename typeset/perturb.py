"""Change a disclosure with a seed: other figures, another agency and year, other project names.

Codes, names of classes, layout and which cells are blank stay: a reader that passes on many seeds
reads, and does not remember.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, replace

from typeset.model import FIGURES, Column, Disclosure, Row, Table, read_rows

FEWEST_ROWS, MOST_ROWS = 7, 24


@dataclass(frozen=True)
class Names:
    """Words to make names of: regions are (name with all divisions in front, code)."""

    regions: tuple[tuple[str, str], ...]
    bureaus: tuple[str, ...]
    subjects: tuple[str, ...]
    works: tuple[str, ...]


def load_names() -> Names:
    """The names that perturbed disclosures are made of, from `figures/names.csv`."""
    rows = read_rows(FIGURES / "names.csv")
    texts = {
        kind: tuple(r["text"] for r in rows if r["kind"] == kind)
        for kind in ("bureau", "subject", "work")
    }
    regions = tuple((row["text"], row["region_code"]) for row in rows if row["kind"] == "region")
    return Names(regions, texts["bureau"], texts["subject"], texts["work"])


def choose_rows_per_page(seed: int) -> int:
    """How many rows a page of a perturbed disclosure takes at most."""
    return random.Random(f"rows {seed}").randint(FEWEST_ROWS, MOST_ROWS)


def perturb(disclosure: Disclosure, seed: int) -> Disclosure:
    """Another disclosure in the same layout; the same seed gives the same one."""
    rng = random.Random(f"{disclosure.slug} {seed}")
    names = load_names()
    region, region_code = rng.choice(names.regions)
    agency = region + rng.choice(names.bureaus)

    def rename(text: str) -> str:
        for old in (disclosure.full_name, disclosure.agency_name):
            text = text.replace(old, agency)
        return text

    projects: dict[str, str] = {}

    def rename_project(text: str) -> str:
        if text not in projects:
            projects[text] = _project_name(rng, names, region, set(projects.values()))
        return projects[text]

    return replace(
        disclosure,
        agency_name=agency,
        printed_name=rename(disclosure.printed_name),
        full_name=agency,
        region_code=region_code,
        fiscal_year=rng.randint(2018, 2027),
        tables=tuple(_table(rng, table, rename, rename_project) for table in disclosure.tables),
    )


Repeated = tuple[str, dict[str, str], dict[str, str]]
"""Item, printed figures and new figures of a row that other rows may repeat."""


def _table(
    rng: random.Random,
    table: Table,
    rename: Callable[[str], str],
    rename_project: Callable[[str], str],
) -> Table:
    amounts: list[Repeated] = []
    return replace(
        table,
        rows=tuple(
            _row(rng, row, table.columns, amounts, rename, rename_project) for row in table.rows
        ),
    )


def _row(
    rng: random.Random,
    row: Row,
    columns: tuple[Column, ...],
    amounts: list[Repeated],
    rename: Callable[[str], str],
    rename_project: Callable[[str], str],
) -> Row:
    """Other texts and figures; rows that repeat a total go on repeating it."""
    level = row.words.get("level", "")
    repeats = level not in ("", "line") or bool(row.words.get("item"))
    known = _known(row, columns, amounts) if repeats else {}
    cells: dict[str, str] = {}
    for column in columns:
        text = row.cells[column.field]
        if column.is_amount:
            if text and column.field not in known:
                known[column.field] = _amount(rng, text)
            cells[column.field] = known[column.field] if text else ""
        elif column.role == "project_name" and text and level == "line":
            cells[column.field] = rename_project(text)
        else:
            cells[column.field] = rename(text)
    return replace(row, cells=cells)


def _known(row: Row, columns: tuple[Column, ...], amounts: list[Repeated]) -> dict[str, str]:
    """New figures of a row that this one repeats (it may leave some blank), or a place for them."""
    item = row.words.get("item", "")
    printed = {c.field: row.cells[c.field] for c in columns if c.is_amount and row.cells[c.field]}
    for other, before, new in amounts:
        if other == item and all(before.get(field) == text for field, text in printed.items()):
            return new
    amounts.append((item, printed, {}))
    return amounts[-1][2]


def _amount(rng: random.Random, text: str) -> str:
    """A figure of any magnitude with the same number of decimals; now and then a zero."""
    decimals = len(text.partition(".")[2])
    is_zero = not text.strip("0.")
    if rng.random() < (0.6 if is_zero else 0.06):
        return f"{0:.{decimals}f}"
    digits = rng.randint(1, 6 + decimals)
    units = rng.randint(10 ** (digits - 1), 10**digits - 1)
    whole = str(units).rjust(decimals + 1, "0")
    return f"{whole[:-decimals]}.{whole[-decimals:]}" if decimals else whole


def _project_name(rng: random.Random, names: Names, region: str, taken: set[str]) -> str:
    while True:
        subjects = rng.sample(names.subjects, rng.choice((1, 1, 1, 2, 2, 3)))
        name = rng.choice(("", "", region)) + "、".join(subjects) + rng.choice(names.works)
        if name not in taken:
            return name
