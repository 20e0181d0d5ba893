"""The figures of a sample disclosure, and how each of its tables is laid out.

`figures/<slug>/` holds one CSV per printed table (one row per printed row), `tables.csv` (titles,
units, page settings), `columns.csv` (printed headers, and what each amount column means in the
words of the warehouse contract) and `disclosure.csv` (whose disclosure it is, and its style).
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from typeset.extra import Form, GoldenStatement
from typeset.styles import Variant

FIGURES = Path(__file__).parent / "figures"

AMOUNT_ROLES = frozenset({"amount", "reserved_sme", "reserved_micro", "figure"})
CODE_ROLES = frozenset(
    {
        "function_code",
        "function_class",
        "function_section",
        "function_item",
        "department_code",
        "department_class",
        "department_section",
        "government_code",
        "government_class",
        "government_section",
        "unit_code",
    }
)


@dataclass(frozen=True)
class Column:
    """A printed column.

    `header` is its path from the top header row down; `lane` its text in the 栏次 row ("" when
    the table has none); `width` the wanted share of the page, in points. The last six fields are
    words of the warehouse contract, "" where the column says nothing about them.
    """

    field: str
    header: tuple[str, ...]
    role: str
    lane: str
    width: float
    fund: str
    component: str
    income_source: str
    item: str
    basis: str
    measure: str

    @property
    def is_amount(self) -> bool:
        """Whether the cells of the column are figures (a figure need not be a fact)."""
        return self.role in AMOUNT_ROLES


@dataclass(frozen=True)
class Row:
    """A printed row: `cells` by column field ("" is a blank cell), `words` by reading field.

    `page_number` is the page of the typeset document, None before it is typeset.
    """

    cells: Mapping[str, str]
    words: Mapping[str, str]
    page_number: int | None = None


@dataclass(frozen=True)
class Table:
    """A printed table; amounts in `rows` are in `unit` (`yuan`, `wan_yuan`), no separators.

    `blank` is what a cell without a figure prints; `full_width`: figures in full-width digits.
    """

    key: str
    number: str
    kind: str
    title: str
    unit: str
    unit_text: str
    agency_line: str
    orientation: str
    repeat_header: str
    total_merged: bool
    grouping: bool
    note: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    blank: str = ""
    full_width: bool = False


@dataclass(frozen=True)
class Style:
    """How a disclosure draws its pages.

    `rulings`: `lines`, `filled` (thin filled rectangles), `open` (lines without the outer sides),
    `horizontal` (no vertical lines), `dashed`, or `zebra` (cells filled, white gaps between them).
    `number_at`: where the table number stands (`left`, `right`, or `caption`, above the title).
    `variants`: what is hard about these pages (`typeset.styles.Variant`).
    """

    rulings: str
    number_at: str
    footer: str
    cover: str
    share_pages: bool
    indent: bool
    shade: bool
    variants: frozenset[Variant] = frozenset()


@dataclass(frozen=True)
class Disclosure:
    """A disclosure: whose it is, its style and its tables in printed order.

    `agency_name` is the name the disclosure is filed under, `printed_name` the form on its pages
    (with （本级） for a unit), `full_name` the form with every division in front.
    """

    slug: str
    agency_name: str
    printed_name: str
    full_name: str
    region_code: str
    fiscal_year: int
    document_kind: str
    scope: str
    style: Style
    tables: tuple[Table, ...]
    forms: tuple[Form, ...] = ()
    statements: tuple[GoldenStatement, ...] = ()

    def fill(self, text: str) -> str:
        """Put agency and years into a text of the figures; other text is returned as it is."""
        return (
            text.replace("{agency}", self.printed_name)
            .replace("{prior_year}", str(self.fiscal_year - 1))
            .replace("{year}", str(self.fiscal_year))
        )


def list_slugs() -> tuple[str, ...]:
    """The names of the shipped disclosures, sorted."""
    return tuple(sorted(path.parent.name for path in FIGURES.glob("*/disclosure.csv")))


def read_rows(path: Path) -> list[dict[str, str]]:
    """Read a CSV of the figures; every cell is text, blank is ""."""
    with path.open(encoding="utf-8", newline="") as source:
        return list(csv.DictReader(source))


def load_disclosure(slug: str) -> Disclosure:
    """Load the figures of one disclosure.

    Raises ValueError with the folder when there is no such disclosure.
    """
    folder = FIGURES / slug
    if not (folder / "disclosure.csv").exists():
        raise ValueError(f"no figures in {folder.name}; known: {', '.join(list_slugs())}")
    (facts,) = read_rows(folder / "disclosure.csv")
    columns: dict[str, list[Column]] = {}
    for entry in read_rows(folder / "columns.csv"):
        columns.setdefault(entry["table"], []).append(_column(entry))
    tables = tuple(
        _table(entry, tuple(columns[entry["table"]]), folder)
        for entry in read_rows(folder / "tables.csv")
    )
    return Disclosure(
        slug=slug,
        agency_name=facts["agency_name"],
        printed_name=facts["printed_name"],
        full_name=facts["full_name"],
        region_code=facts["region_code"],
        fiscal_year=int(facts["fiscal_year"]),
        document_kind=facts["document_kind"],
        scope=facts["scope"],
        style=Style(
            rulings=facts["rulings"],
            number_at=facts["number_at"],
            footer=facts["footer"],
            cover=facts["cover"],
            share_pages=facts["share_pages"] == "yes",
            indent=facts["indent"] == "yes",
            shade=facts["shade"] == "yes",
        ),
        tables=tables,
    )


def place_row(row: Row, page_number: int) -> Row:
    """The same row, printed on that page."""
    return replace(row, page_number=page_number)


def _column(entry: Mapping[str, str]) -> Column:
    return Column(
        field=entry["field"],
        header=tuple(part.strip() for part in entry["header"].split("/")),
        role=entry["role"],
        lane=entry["lane"],
        width=float(entry["width"]),
        fund=entry["fund"],
        component=entry["component"],
        income_source=entry["income_source"],
        item=entry["item"],
        basis=entry["basis"],
        measure=entry["measure"],
    )


def _table(entry: Mapping[str, str], columns: tuple[Column, ...], folder: Path) -> Table:
    fields = {column.field for column in columns}
    rows = tuple(
        Row(
            cells={field: row[field] for field in fields},
            words={field: word for field, word in row.items() if field not in fields},
        )
        for row in read_rows(folder / f"{entry['table']}.csv")
    )
    return Table(
        key=entry["table"],
        number=entry["number"],
        kind=entry["kind"],
        title=entry["title"],
        unit=entry["unit"],
        unit_text=entry["unit_text"],
        agency_line=entry["agency_line"],
        orientation=entry["orientation"],
        repeat_header=entry["repeat_header"],
        total_merged=entry["total_merged"] == "yes",
        grouping=entry["grouping"] == "yes",
        note=entry["note"],
        columns=columns,
        rows=rows,
    )
