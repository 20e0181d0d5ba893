"""The command line: `python -m accuracy compare|leave-out|inject|plant`."""

from __future__ import annotations

import sys
from pathlib import Path

import click
import duckdb
from rich.console import Console

from accuracy.answers import WORDS, load_keys
from accuracy.comparison import Score
from accuracy.comparison import compare as compare_with_keys
from accuracy.inject import inject_command
from accuracy.leaving_out import leave_out as leave_rows_out
from accuracy.plant import plant_command
from accuracy.report import list_faults, score_table, worth_table
from accuracy.said import compare_said, load_said_keys

_DOCUMENTS = click.option(
    "--documents",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    default=Path("corpus"),
    show_default=True,
    help="Directory with the documents, at any depth.",
)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Say how exact the reader is, against figures that it did not read itself."""


@main.command()
@click.option(
    "--warehouse",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    default=Path("warehouse/gongkai.duckdb"),
    show_default=True,
    help="Published warehouse to score.",
)
def compare(warehouse: Path) -> None:
    """Compare a published warehouse with the golden figures; list every miss and every wrong one.

    Ends with 1 if any figure is wrong or one of a table is missed, or if no document of the
    warehouse has golden figures. A sentence that is not understood is listed, and no error.
    """
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        keys = load_keys()
        names = {sha256: key.document for sha256, key in keys.items()}
        scores = [
            *compare_with_keys(connection, keys),
            *compare_said(connection, load_said_keys(keys.values()), names),
        ]
    scores.sort(key=lambda score: (score.document, score.table_kind))
    console = Console()
    if not scores:
        console.print(f"{warehouse}: none of its documents has golden figures")
        sys.exit(1)
    console.print(score_table(scores))
    for line in list_faults(scores):
        console.print(line, markup=False, highlight=False, soft_wrap=True)
    sys.exit(1 if any(score.wrong or _lost_of_tables(score) for score in scores) else 0)


def _lost_of_tables(score: Score) -> bool:
    return any(answer.fact in WORDS for answer in score.missed)


@main.command("leave-out")
@_DOCUMENTS
@click.option(
    "--document",
    "names",
    multiple=True,
    help="Name of a document with golden figures; each of them, if not given.",
)
def leave_out(documents: Path, names: tuple[str, ...]) -> None:
    """Read a document without the vocabulary rows that no other document uses.

    Says what those rows are worth: how the document would have been read had it never been seen.
    """
    console = Console()
    worths = []
    for worth in leave_rows_out(documents, names):
        worths.append(worth)
        console.print(f"{worth.document}: {len(worth.rows)} rows left out", highlight=False)
    if not worths:
        console.print(f"{documents}: none of its documents has golden figures")
        sys.exit(1)
    console.print(worth_table(worths))


main.add_command(inject_command)
main.add_command(plant_command)

if __name__ == "__main__":
    main()
