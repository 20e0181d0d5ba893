"""Errors put in on purpose: are they noticed?

Cells of real documents are copied with one mistake each (`accuracy/mistakes.py`), every copy as a
document and an agency of its own, and the models judge them as they judge a build. A mistake is
noticed if the copy has a broken identity, a finding or a quarantined figure that the document
itself has not.

What stands in no sum and in no second table cannot be noticed by anybody without the page. So a
mistake counts if it moves the two sides of an identity over its cell apart by more than rounding
explains; the others are reported apart, with what became of them.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from itertools import cycle
from pathlib import Path
from random import Random

import click
import duckdb
from rich.console import Console

from accuracy.copies import Copy, name_of_copy, write_copies
from accuracy.injection_report import InjectionReport, Result, describe_miss, injection_table
from accuracy.judging import new_signs, read_checks, read_verdicts, standing_of
from accuracy.mistakes import KINDS, Mistake, Neighbours, Record, make_mistake
from extract.landing import SUPPORTED_SUFFIXES, land_document
from gongkai.candidate import load_candidate, start_run
from gongkai.documents import scan_documents
from gongkai.landing import Reading
from gongkai.transform import run_dbt
from gongkai.workspace import Workspace, open_workspace

TARGET = Decimal("0.99")
"""The share of counted mistakes that must be noticed."""

MODELS = ("identity_check", "finding", "quarantine")
"""The models that say what was noticed."""

_COPIES_AT_ONCE = 700
"""Copies of documents in one candidate: half a million cells, a minute on two cores."""


def inject(documents: Path, errors: int, seed: int) -> InjectionReport:
    """Put ``errors`` countable mistakes into the documents below a directory, and judge them.

    The same documents, number and seed give the same mistakes. Raises BuildError when there are no
    documents or the models cannot be built. Takes about a minute per thousand mistakes.
    """
    with tempfile.TemporaryDirectory() as scratch:
        workspace = open_workspace(Path(scratch) / "originals.duckdb")
        land_originals(documents, workspace)
        run_dbt(workspace, MODELS)
        with duckdb.connect(str(workspace.candidate), read_only=True) as connection:
            names = read_names(connection)
            originals = read_verdicts(connection)
            drawn = _draw(connection, errors, seed)
        results: list[Result] = []
        for start in range(0, len(drawn), _COPIES_AT_ONCE):
            batch = drawn[start : start + _COPIES_AT_ONCE]
            copies = open_workspace(Path(scratch) / f"copies-{start}.duckdb")
            write_copies(workspace, copies, [_changed(mistake) for mistake, _ in batch])
            run_dbt(copies, MODELS)
            with duckdb.connect(str(copies.candidate), read_only=True) as connection:
                verdicts = read_verdicts(connection)
            for number, (mistake, standing) in enumerate(batch):
                verdict = verdicts[name_of_copy(mistake.document_id, number)]
                signs = new_signs(originals[mistake.document_id], verdict)
                results.append(Result(names[mistake.document_id], mistake, standing, signs))
            copies.candidate.unlink()
    return InjectionReport(tuple(results))


def _changed(mistake: Mistake) -> Copy:
    return Copy((mistake.document_id,), "cell", mistake.replaced, mistake.cells)


def land_originals(documents: Path, workspace: Workspace) -> None:
    """Read the documents below a directory, and load them into the workspace's candidate."""
    found = scan_documents(documents, SUPPORTED_SUFFIXES)
    sources = {source.sha256: source for source in found.sources}.values()
    readings = [Reading(source, land_document(source.path, workspace.cache)) for source in sources]
    run = start_run("injection", datetime(2000, 1, 1), readings)
    load_candidate(workspace.candidate, found.sources, readings, [run])


def read_names(connection: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """File names of the documents of a candidate, by their ids."""
    rows = connection.execute("select document_id, min(file_name) from raw.source group by 1")
    return dict(rows.fetchall())


def _draw(
    connection: duckdb.DuckDBPyConnection, errors: int, seed: int
) -> list[tuple[Mistake, str]]:
    """Draw mistakes in all figures alike until so many of them count, kinds in turn."""
    cells = read_amounts(connection)
    checks = read_checks(connection)
    neighbours = Neighbours(cells)
    random = Random(seed)
    lots = [(kind, cell) for kind in KINDS for cell in cells]
    random.shuffle(lots)
    by_kind: dict[str, list[Record]] = {kind: [] for kind in KINDS}
    for kind, cell in lots:
        by_kind[kind].append(cell)
    drawn: list[tuple[Mistake, str]] = []
    counted = 0
    for kind in cycle(KINDS):
        if counted >= errors or not any(by_kind.values()):
            break
        if not by_kind[kind]:
            continue
        mistake = make_mistake(kind, by_kind[kind].pop(), neighbours, random)
        if mistake is not None:
            standing = standing_of(mistake.shifts, checks)
            counted += standing == "counted"
            drawn.append((mistake, standing))
    return drawn


def read_amounts(connection: duckdb.DuckDBPyConnection) -> list[Record]:
    """Figures of tables of facts whose reading is certain, as rows of `raw.cell`.

    Documents that do not say whose they are have no facts by themselves.
    """
    rows = connection.sql(
        "select cell.* from raw.cell as cell"
        " inner join seeds.table_kind as kinds on cell.table_kind = kinds.table_kind"
        " inner join raw.document as document on cell.document_id = document.document_id"
        " where cell.role = 'amount' and cell.value is not null and document.status = 'read'"
        " and cell.quarantine_reason is null and cell.unit is not null and kinds.facts"
        " order by cell.document_id, cell.table_no, cell.row_no, cell.column_no"
    )
    amounts: list[Record] = rows.to_arrow_table().to_pylist()
    return amounts


@click.command("inject")
@click.option(
    "--documents",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    default=Path("corpus"),
    show_default=True,
    help="Directory with the documents, at any depth.",
)
@click.option("--errors", type=int, default=2000, show_default=True, help="How many that count.")
@click.option("--seed", type=int, default=1, show_default=True, help="Which ones.")
def inject_command(documents: Path, errors: int, seed: int) -> None:
    """Put errors into the figures of documents on purpose, and list those that nobody noticed.

    Ends with 1 if less than 99 % of the errors that count are noticed.
    """
    report = inject(documents, errors, seed)
    console = Console()
    for by in ("mistake", "table kind"):
        console.print(injection_table(report, by))
    for result in report.missed:
        console.print(describe_miss(result), markup=False, highlight=False, soft_wrap=True)
    sys.exit(0 if report.share >= TARGET else 1)


def main(argv: Sequence[str] | None = None) -> None:
    """Run from a command line of its own."""
    inject_command.main(argv, prog_name="python -m accuracy inject")
