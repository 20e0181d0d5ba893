"""Mistakes of publishers put in on purpose: is each of them one finding?

One printed figure of a document is changed as its publisher might have misprinted it: clear print,
read as it stands, in a table, a form or a sentence. Every copy with one such mistake is judged as
a build judges it. What the audit says against the copy and not against the document itself should
be one finding, and name the figure; a finding that does not name it says something false.
"""

from __future__ import annotations

import tempfile
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from random import Random

import click
import duckdb
from rich.console import Console
from rich.table import Table

from accuracy.copies import Copy, name_of_copy, write_copies
from accuracy.inject import land_originals, read_amounts, read_names
from accuracy.judging import place_of
from accuracy.mistakes import MISPRINTS, Neighbours, Record, make_mistake, misprint
from accuracy.report import share
from gongkai.transform import run_dbt
from gongkai.workspace import Workspace, open_workspace

MODELS = ("finding", "finding_place")
"""The models that say what was found."""

_COPIES_AT_ONCE = 400
"""Copies of disclosures in one candidate."""


@dataclass(frozen=True)
class Planted:
    """A mistake in print: where it stands (a table kind, or what a sentence measures), and how.

    ``figure_id`` is the cell, or the line of the sentence, that a finding about it names.
    """

    place: str
    document_id: str
    page_number: int | None
    figure_id: str
    before: str
    after: str
    copy: Copy


@dataclass(frozen=True)
class Found:
    """A finding as it can be compared between a document and its copies."""

    kind: str
    left_printed: str
    right_printed: str
    places: frozenset[str] = field(compare=False)
    identity_ids: frozenset[str] = field(compare=False)


@dataclass(frozen=True)
class Outcome:
    """What became of a planted mistake: the new findings that name it, and the others."""

    document: str
    planted: Planted
    about: tuple[Found, ...]
    beside: tuple[Found, ...]


def plant(documents: Path, per_place: int, seed: int) -> tuple[Outcome, ...]:
    """Plant up to ``per_place`` mistakes in every kind of place, and say what was found.

    The same documents, number and seed give the same mistakes. Raises BuildError when there are no
    documents or the models cannot be built.
    """
    with tempfile.TemporaryDirectory() as scratch:
        originals = open_workspace(Path(scratch) / "originals.duckdb")
        land_originals(documents, originals)
        run_dbt(originals, MODELS)
        with duckdb.connect(str(originals.candidate), read_only=True) as connection:
            names = read_names(connection)
            known = _read_findings(connection)
            planted = draw_planted(connection, per_place, Random(seed))
        outcomes: list[Outcome] = []
        for start in range(0, len(planted), _COPIES_AT_ONCE):
            batch = planted[start : start + _COPIES_AT_ONCE]
            copies = open_workspace(Path(scratch) / f"copies-{start}.duckdb")
            outcomes += _judge(originals, copies, batch, known, names)
            copies.candidate.unlink()
    return tuple(outcomes)


def draw_planted(
    connection: duckdb.DuckDBPyConnection, per_place: int, random: Random
) -> list[Planted]:
    """Draw mistakes in the figures of a candidate: so many of every kind of place, at most.

    Figures in which the audit already finds something are left out.
    """
    blamed = {
        figure
        for (figures,) in connection.execute(_BLAMED).fetchall()
        for figure in figures
        if figure
    }
    together = _documents_together(connection)
    drawn: dict[str, list[Planted]] = defaultdict(list)
    cells = [cell for cell in read_amounts(connection) if cell["cell_id"] not in blamed]
    random.shuffle(cells)
    neighbours = Neighbours(())
    for cell in cells:
        place = str(cell["table_kind"])
        if len(drawn[place]) >= per_place:
            continue
        mistake = make_mistake(random.choice(MISPRINTS), cell, neighbours, random)
        if mistake is not None:
            copy = Copy(together[mistake.document_id], "cell", mistake.replaced, mistake.cells)
            drawn[place].append(
                Planted(
                    place,
                    mistake.document_id,
                    mistake.page_number,
                    mistake.cell_id,
                    mistake.before,
                    mistake.after,
                    copy,
                )
            )
    statements = connection.sql(_STATEMENTS).to_arrow_table().to_pylist()
    random.shuffle(statements)
    for statement in statements:
        place = f"sentence: {statement['measure']}"
        wrong = _misprint_statement(statement, random)
        if wrong is None or len(drawn[place]) >= per_place or statement["line_id"] in blamed:
            continue
        document_id, page = str(statement["document_id"]), statement["page_number"]
        drawn[place].append(
            Planted(
                place,
                document_id,
                page if isinstance(page, int) else None,
                str(statement["line_id"]),
                f"{statement['stated_text']}",
                str(wrong["printed"]),
                Copy(
                    together[document_id], "statement", (str(statement["statement_id"]),), (wrong,)
                ),
            )
        )
    return [one for place in sorted(drawn) for one in drawn[place]]


def _misprint_statement(statement: Record, random: Random) -> Record | None:
    """A statement with a wrong digit; a decrease stays one."""
    printed, value = str(statement["printed"]).replace(",", ""), statement["value"]
    assert isinstance(value, Decimal)
    wrong = misprint(random.choice(MISPRINTS), printed, random)
    if wrong is None or abs(Decimal(printed)) != abs(value) or len(wrong.partition(".")[2]) > 6:
        return None
    sign = -1 if value < 0 < Decimal(printed) else 1
    return statement | {"printed": wrong, "value": sign * Decimal(wrong)}


def _documents_together(connection: duckdb.DuckDBPyConnection) -> Mapping[str, tuple[str, ...]]:
    """The documents of the disclosure of each document: tables and narrative may be two files."""
    rows = connection.execute(
        "select list(document_id order by document_id)"
        " from staging.int_documents_identified group by disclosure_id"
    ).fetchall()
    return {one: tuple(documents) for (documents,) in rows for one in documents}


def _judge(
    originals: Workspace,
    copies: Workspace,
    batch: Sequence[Planted],
    known: Mapping[str, Sequence[Found]],
    names: Mapping[str, str],
) -> Iterator[Outcome]:
    """Let the models judge a copy for each mistake, in the order given."""
    write_copies(originals, copies, [planted.copy for planted in batch])
    run_dbt(copies, MODELS)
    with duckdb.connect(str(copies.candidate), read_only=True) as connection:
        found = _read_findings(connection)
    for number, planted in enumerate(batch):
        before = [one for document in planted.copy.document_ids for one in known.get(document, ())]
        place = place_of(planted.figure_id)
        new = [
            one
            for document in planted.copy.document_ids
            for one in found.get(name_of_copy(document, number), ())
            if one not in before
        ]
        about = tuple(one for one in new if place in one.places)
        beside = tuple(one for one in new if place not in one.places and not _is_known(one, before))
        yield Outcome(names[planted.document_id], planted, about, beside)


def _is_known(found: Found, before: Sequence[Found]) -> bool:
    """True for a finding of the document itself, told by another of the checks that it breaks."""
    return any(one.kind == found.kind and one.places & found.places for one in before)


def _read_findings(connection: duckdb.DuckDBPyConnection) -> Mapping[str, list[Found]]:
    broken: dict[tuple[str, str], list[frozenset[str]]] = defaultdict(list)
    for document_id, identity_id, places in connection.execute(_BROKEN).fetchall():
        broken[document_id, identity_id].append(frozenset(map(place_of, places)))
    found: dict[str, list[Found]] = defaultdict(list)
    for document_id, kind, left, right, places, identities in connection.execute(
        _FINDINGS
    ).fetchall():
        named = frozenset(place_of(place) for place in places if place)
        named = named.union(
            *(
                check
                for identity_id in identities
                for check in broken[document_id, identity_id]
                if check & named
            )
        )
        found[document_id].append(Found(kind, left, right, named, frozenset(identities)))
    return found


_FINDINGS = """
    select
        document_id,
        kind,
        coalesce(left_printed, ''),
        coalesce(right_printed, ''),
        list_concat(left_cell_ids, right_cell_ids, left_line_ids, right_line_ids),
        identity_ids
    from staging.int_findings_united
    where kind not in (
        'scope_overlap', 'duplicate_document', 'late_correction', 'code_name_conflict',
        'missing_table', 'decision_unfit'
    )
"""
_BROKEN = """
    select document_id, identity_id, list_concat(cell_ids, line_ids)
    from audit.identity_check
    where status = 'broken'
"""
_BLAMED = """
    select list_concat(left_cell_ids, right_cell_ids, left_line_ids, right_line_ids)
    from staging.int_findings_united
"""
_STATEMENTS = """
    select statement.*
    from raw.statement as statement
    order by statement.document_id, statement.statement_id
"""


def outcome_table(outcomes: Sequence[Outcome]) -> Table:
    """One row per kind of place, and the sum below."""
    table = Table("place", title="misprints of a publisher, by the place of the figure")
    for name in ("planted", "found", "share", "findings each", "more than one", "false"):
        table.add_column(name, justify="right")
    groups: dict[str, list[Outcome]] = defaultdict(list)
    for outcome in outcomes:
        groups[outcome.planted.place].append(outcome)
    for place, group in groups.items():
        table.add_row(place, *_row(group))
    table.add_section()
    table.add_row("all", *_row(outcomes))
    return table


def _row(outcomes: Sequence[Outcome]) -> list[str]:
    found = [one for one in outcomes if one.about]
    findings = sum(len(one.about) for one in found)
    return [
        str(len(outcomes)),
        str(len(found)),
        share(len(found), len(outcomes)),
        f"{Decimal(findings) / len(found):.2f}" if found else "",
        str(sum(len(one.about) > 1 for one in found)),
        str(sum(len(one.beside) for one in outcomes)),
    ]


def describe_outcome(outcome: Outcome) -> Iterator[str]:
    """Lines about a mistake that is not exactly one finding; none about one that is."""
    planted = outcome.planted
    page = f" page {planted.page_number}" if planted.page_number else ""
    where = (
        f"{outcome.document}{page}, {planted.place} {place_of(planted.figure_id)}:"
        f" {planted.before} -> {planted.after}"
    )
    if not outcome.about:
        yield f"not found: {where}"
    elif len(outcome.about) > 1:
        yield f"{len(outcome.about)} findings: {where}"
        for one in outcome.about:
            yield f"    {_tell(one)}"
    for one in outcome.beside:
        yield f"false: {where}"
        yield f"    {_tell(one)}"


def _tell(found: Found) -> str:
    rules = " ".join(sorted(found.identity_ids))
    return f"{found.kind} {found.left_printed} | {found.right_printed} | {rules}"


@click.command("plant")
@click.option(
    "--documents",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    default=Path("corpus"),
    show_default=True,
    help="Directory with the documents, at any depth.",
)
@click.option("--per-place", type=int, default=40, show_default=True, help="How many of each kind.")
@click.option("--seed", type=int, default=1, show_default=True, help="Which ones.")
@click.option("--list/--no-list", "listed", default=True, help="List what is not one finding.")
def plant_command(documents: Path, per_place: int, seed: int, listed: bool) -> None:
    """Misprint figures on purpose, one per copy of a document, and say what became a finding."""
    outcomes = plant(documents, per_place, seed)
    console = Console()
    console.print(outcome_table(outcomes))
    for outcome in outcomes if listed else ():
        for line in describe_outcome(outcome):
            console.print(line, markup=False, highlight=False, soft_wrap=True)
