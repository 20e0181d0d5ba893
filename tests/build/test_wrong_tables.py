"""A table that is wrong as a whole is one finding, whatever it breaks.

The typesetter prints a sound disclosure, and the same with one table that went wrong: its figures
stand a row too low, are ten thousand times too large, are those of another year, or one column
repeats another.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

import pytest

import typeset
from tests.build.conftest import query, run_build
from typeset.model import Disclosure, Row, Table
from typeset.perturb import load_names

SLUG = "yantai-data-bureau-2023-final"
EXPENDITURE, GENERAL_PUBLIC = "03-expenditure", "05-general-public"


def _amounts(table: Table) -> list[str]:
    return [column.field for column in table.columns if column.is_amount]


def _each(table: Table, change: Callable[[str], str]) -> Table:
    return replace(
        table,
        rows=tuple(
            replace(
                row, cells={**row.cells, **{one: change(row.cells[one]) for one in _amounts(table)}}
            )
            for row in table.rows
        ),
    )


def lower(table: Table) -> Table:
    """Every figure stands in the row below its own; the last row's is lost."""
    blank: dict[str, str] = dict.fromkeys(_amounts(table), "")
    above = [blank, *({one: row.cells[one] for one in blank} for row in table.rows)]
    moved = zip(table.rows, above, strict=False)
    return replace(
        table, rows=tuple(replace(row, cells={**row.cells, **cells}) for row, cells in moved)
    )


def as_yuan(table: Table) -> Table:
    """The figures are in yuan, the unit above them says 万元."""
    return _each(table, lambda text: f"{Decimal(text) * 10000:.2f}" if text else "")


def of_another_year(table: Table) -> Table:
    """Other figures, whose sums hold all the same."""
    return _each(table, lambda text: f"{Decimal(text) * 2:.2f}" if text else "")


def repeat_column(table: Table) -> Table:
    """The second column of figures repeats the last."""
    _, second, *_, last = _amounts(table)

    def repeat(row: Row) -> Row:
        return replace(row, cells={**row.cells, second: row.cells[last]})

    return replace(table, rows=tuple(map(repeat, table.rows)))


@dataclass(frozen=True)
class Wrong:
    """A table of the disclosure, what went wrong with it, and what a finding says of that."""

    table: str
    go_wrong: Callable[[Table], Table]
    said: str

    @property
    def name(self) -> str:
        """A file name."""
        return f"{self.go_wrong.__name__}-{self.table}.pdf"


WRONG = (
    Wrong(EXPENDITURE, lower, "像是整体低了一行"),
    Wrong(GENERAL_PUBLIC, lower, "像是整体低了一行"),
    Wrong(EXPENDITURE, as_yuan, "各数字除以 10,000"),
    Wrong(GENERAL_PUBLIC, as_yuan, "各数字除以 10,000"),
    Wrong(EXPENDITURE, of_another_year, "像是另一年度或另一口径的数字"),
    Wrong(GENERAL_PUBLIC, repeat_column, "一列整体上与"),
)


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the sound disclosure and one with each wrong table, each of an agency of its own."""
    root = tmp_path_factory.mktemp("wrong")
    documents = root / "documents"
    documents.mkdir()
    sound = typeset.load_disclosure(SLUG)
    editions = {"sound.pdf": sound} | {
        wrong.name: replace(
            sound,
            tables=tuple(
                wrong.go_wrong(table) if table.key == wrong.table else table
                for table in sound.tables
            ),
        )
        for wrong in WRONG
    }
    names = load_names()
    for (name, edition), (region, code) in zip(
        editions.items(), names.regions[: len(editions)], strict=True
    ):
        typeset.render_disclosure(
            _move_to(edition, region + names.bureaus[0], code), documents / name
        )
    warehouse = root / "w.duckdb"
    result = run_build(documents, warehouse)
    assert result.returncode in (0, 3), result.stdout + result.stderr
    return warehouse


def _move_to(disclosure: Disclosure, agency: str, region_code: str) -> Disclosure:
    return replace(
        disclosure,
        agency_name=agency,
        printed_name=agency,
        full_name=agency,
        region_code=region_code,
    )


def test_a_sound_disclosure_has_no_finding(published: Path) -> None:
    assert _findings(published, "sound.pdf") == []


@pytest.mark.parametrize("wrong", WRONG, ids=lambda wrong: wrong.name)
def test_a_wrong_table_is_one_finding(published: Path, wrong: Wrong) -> None:
    [(finding_id, kind, severity, said, rules)] = _findings(published, wrong.name)
    assert (kind, severity) == ("source_contradiction", "high")
    assert wrong.said in str(said)
    assert isinstance(rules, list)
    assert len(rules) > 1
    titles = dict(
        query(
            published,
            "select place.side, list(distinct printed.title) from audit.finding_place as place"
            " inner join raw.cell as cell on place.cell_id = cell.cell_id"
            ' inner join raw."table" as printed on cell.table_id = printed.table_id'
            f" where place.finding_id = '{finding_id}' group by place.side",
        )
    )
    [title] = [
        table.title for table in typeset.load_disclosure(SLUG).tables if table.key == wrong.table
    ]
    # the table that is wrong on one side, those that it is compared with on the other
    assert titles.keys() == {"left", "right"}
    assert [title] in titles.values()


def _findings(published: Path, name: str) -> list[tuple[object, ...]]:
    return query(
        published,
        "select finding.finding_id, kind, severity, description, identity_ids"
        " from audit.finding as finding inner join core.dim_document as document"
        f" on finding.document_id = document.document_id where document.file_name = '{name}'",
    )
