"""The samples that are no PDFs: a made-up agency's disclosure, in several files of one folder."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

from typeset.files.document import write_file
from typeset.model import AMOUNT_ROLES, Disclosure, Row, Table, load_disclosure, read_rows

FILE = Path(__file__).with_name("samples.csv")


@dataclass(frozen=True)
class Sample:
    """A sample: its path below the corpus, whose figures it multiplies, and what it holds.

    ``place`` is a name in the texts and the one in its stead; ``tables`` are keys.
    """

    path: str
    slug: str
    agency_name: str
    place: tuple[str, str]
    region_code: str
    fiscal_year: int
    factor: Decimal
    front: bool
    tables: tuple[str, ...]

    @property
    def disclosure(self) -> Disclosure:
        """The whole disclosure of which the sample is a file."""
        return _restate(load_disclosure(self.slug), self)


def list_samples() -> tuple[Sample, ...]:
    """The samples of `samples.csv`, in its order."""
    return tuple(_samples())


def _samples() -> Iterator[Sample]:
    for row in read_rows(FILE):
        old, _, new = row["place"].partition(">")
        yield Sample(
            path=row["file"],
            slug=row["slug"],
            agency_name=row["agency_name"],
            place=(old, new),
            region_code=row["region_code"],
            fiscal_year=int(row["fiscal_year"]),
            factor=Decimal(row["factor"]),
            front=row["front"] == "yes",
            tables=tuple(row["tables"].split()),
        )


def write_sample(sample: Sample, corpus: Path) -> Disclosure:
    """Write a sample below the corpus; returns what the file shows."""
    out = corpus / sample.path
    out.parent.mkdir(parents=True, exist_ok=True)
    return write_file(sample.disclosure, out, front=sample.front, tables=sample.tables)


def _restate(disclosure: Disclosure, sample: Sample) -> Disclosure:
    """Another agency's disclosure with every amount multiplied: what added up still does."""

    def rename(text: str) -> str:
        for old in (disclosure.full_name, disclosure.agency_name):
            text = text.replace(old, sample.agency_name)
        return text.replace(*sample.place)

    def restate(table: Table) -> Table:
        amounts = {column.field for column in table.columns if column.role in AMOUNT_ROLES}
        return replace(table, rows=tuple(_row(row, amounts) for row in table.rows))

    def _row(row: Row, amounts: set[str]) -> Row:
        cells = {
            field: str(Decimal(text) * sample.factor) if field in amounts and text else rename(text)
            for field, text in row.cells.items()
        }
        return replace(row, cells=cells)

    return replace(
        disclosure,
        agency_name=sample.agency_name,
        printed_name=sample.agency_name,
        full_name=sample.agency_name,
        region_code=sample.region_code,
        fiscal_year=sample.fiscal_year,
        tables=tuple(restate(table) for table in disclosure.tables),
    )
