"""Errors in the files themselves: the reader reads the changed file, and the audit judges it."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from random import Random

import duckdb

from accuracy.inject import MODELS
from accuracy.injection_report import InjectionReport, Result
from accuracy.judging import new_signs, place_of, read_checks, read_verdicts, standing_of
from accuracy.mistakes import MISPRINTS, YUAN, Mistake, misprint
from extract.landing import content_hash, land_document
from gongkai.candidate import load_candidate, start_run
from gongkai.documents import SourceFile
from gongkai.landing import Reading
from gongkai.transform import run_dbt
from gongkai.workspace import open_workspace

_FIGURE = re.compile(r"(?<![0-9.,:-])[0-9]{1,3}(?:,?[0-9]{3})*\.[0-9]{1,6}(?![0-9.,%％:-])")


@dataclass(frozen=True)
class ChangedFile:
    """A document, the same with one mistake in it, and what was changed."""

    original: Path
    changed: Path
    kind: str
    before: str
    after: str


def misprint_text(original: Path, changed: Path, random: Random) -> ChangedFile:
    """Write a text with one digit of one of its figures wrong; which one, chance decides.

    Figures in sentences (a line with a full stop or a comma of a sentence) are left alone.
    """
    text = original.read_bytes().decode("utf-8")
    figures = [
        figure
        for line in re.finditer(r"[^\n]+", text)
        if not set("。，；") & set(line[0])
        for figure in _FIGURE.finditer(text, line.start(), line.end())
    ]
    while True:
        figure = random.choice(figures)
        kind = random.choice(MISPRINTS[:4])
        wrong = misprint(kind, figure[0].replace(",", ""), random)
        if wrong is not None:
            break
    start, end = figure.span()
    changed.write_bytes((text[:start] + wrong + text[end:]).encode())
    return ChangedFile(original, changed, kind, figure[0], wrong)


def judge_files(pairs: Sequence[ChangedFile]) -> InjectionReport:
    """Read the files and their changed copies, and judge them as a build does.

    A change that no cell of a table shows (it was in a sentence, or the reader settled it by other
    evidence) is left out. Raises BuildError when the models cannot be built.
    """
    with tempfile.TemporaryDirectory() as scratch:
        workspace = open_workspace(Path(scratch) / "files.duckdb")
        paths = dict.fromkeys([pair.original for pair in pairs] + [pair.changed for pair in pairs])
        sources = {path: SourceFile(path, path.name, content_hash(path)) for path in paths}
        readings = {
            source.document_id: Reading(source, land_document(source.path, workspace.cache))
            for source in sources.values()
        }
        run = start_run("injection", datetime(2000, 1, 1), list(readings.values()))
        load_candidate(workspace.candidate, list(sources.values()), list(readings.values()), [run])
        with duckdb.connect(str(workspace.candidate)) as connection:
            for number, pair in enumerate(pairs):
                connection.execute(
                    "update raw.document set agency_name = concat(agency_name, ?)"
                    " where document_id = ?",
                    [str(number), sources[pair.changed].document_id],
                )
        run_dbt(workspace, MODELS)
        with duckdb.connect(str(workspace.candidate), read_only=True) as connection:
            ids = {path: source.document_id for path, source in sources.items()}
            return InjectionReport(tuple(_compare(connection, pairs, ids)))


def _compare(
    connection: duckdb.DuckDBPyConnection, pairs: Sequence[ChangedFile], ids: Mapping[Path, str]
) -> Iterator[Result]:
    checks = read_checks(connection)
    verdicts = read_verdicts(connection)
    amounts = {document_id: _amounts(connection, document_id) for document_id in set(ids.values())}
    for pair in pairs:
        original, changed = ids[pair.original], ids[pair.changed]
        after = {place_of(cell): amount for cell, (amount, _) in amounts[changed].items()}
        shifts = {
            cell: after.get(place_of(cell), Decimal(0)) - amount
            for cell, (amount, _) in amounts[original].items()
            if after.get(place_of(cell)) != amount
        }
        signs = new_signs(verdicts[original], verdicts[changed])
        if not shifts and not signs:
            continue
        first = next(iter(shifts), "")
        mistake = Mistake(
            kind=pair.kind,
            document_id=original,
            cell_id=first,
            table_kind=amounts[original][first][1] if first else "none",
            page_number=None,
            before=pair.before,
            after=pair.after,
            replaced=tuple(shifts),
            cells=(),
            shifts=shifts,
        )
        yield Result(pair.changed.name, mistake, standing_of(shifts, checks), signs)


def _amounts(
    connection: duckdb.DuckDBPyConnection, document_id: str
) -> dict[str, tuple[Decimal, str]]:
    """Yuan and table kind of every certain figure of a document, by cell."""
    rows = connection.execute(
        "select cell_id, value, unit, table_kind from raw.cell"
        " where document_id = ? and role = 'amount' and value is not null"
        " and quarantine_reason is null order by table_no, row_no, column_no",
        [document_id],
    ).fetchall()
    return {cell: (value * YUAN.get(unit, Decimal(0)), kind) for cell, value, unit, kind in rows}
