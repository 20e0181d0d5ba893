"""How long the rules take over many disclosures: those of a published warehouse, repeated.

    python bench/judge_rules.py WAREHOUSE [DISCLOSURES]

The figures of the warehouse are repeated until there are DISCLOSURES (1,000) of them, each copy
under names of its own, and one figure in a hundred is changed by a seeded choice, so that rules
break. Then the five models that judge them run on two threads, as a build runs them. The printed
seconds are those of the clock and, after the slash, of the processors divided by two: what an idle
machine of two cores needs.
"""

import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import duckdb
from rich.console import Console

PROJECT = Path(__file__).resolve().parents[1]
SEED = 20261121
JUDGING = (
    "int_identity_sides",
    "int_relation_sides",
    "int_relation_checks",
    "int_relations_judged",
    "identity_check",
)
_REPEATED = (
    "int_figures_tidy",
    "int_relation_figures",
    "int_documents_identified",
    "int_table_kinds_current",
)
_NAMES = (
    "document_id",
    "disclosure_id",
    "cell_id",
    "place_id",
    "table_id",
    "line_id",
    "agency_id",
)
_AMOUNTS = ("amount_yuan", "amount")
_RULES = ("identity_rule", "identity_term", "relation_rule", "relation_term")


_CONSOLE = Console(highlight=False, markup=False)


def main(arguments: list[str]) -> int:
    """Repeat, judge, print; 2 for wrong arguments."""
    if not arguments or not Path(arguments[0]).is_file():
        _CONSOLE.print(__doc__)
        return 2
    wanted = int(arguments[1]) if len(arguments) > 1 else 1000
    with tempfile.TemporaryDirectory() as directory:
        scratch = Path(directory) / "bench.duckdb"
        with duckdb.connect(str(scratch)) as connection:
            connection.execute("set threads = 2")
            count = _repeat(connection, Path(arguments[0]).resolve(), wanted)
        statements = _compile(scratch, Path(directory))
        with duckdb.connect(str(scratch)) as connection:
            connection.execute("set threads = 2")
            try:
                _judge(connection, statements, count)
            except duckdb.BinderException as error:
                lacking = str(error).splitlines()[0]
                _CONSOLE.print(f"{arguments[0]} is of another version ({lacking}): build it again")
                return 2
    return 0


def _repeat(connection: duckdb.DuckDBPyConnection, warehouse: Path, wanted: int) -> int:
    """Fill the tables that the rules read; return how many disclosures there are."""
    connection.execute(f"attach '{warehouse}' as source (read_only)")
    for schema in ("staging", "seeds", "audit"):
        connection.execute(f"create schema {schema}")
    for name in (*_RULES, "int_documents_identified", "int_places_doubtful"):
        schema = "seeds" if name in _RULES else "staging"
        connection.execute(f"create table {schema}.{name} as from source.{schema}.{name}")
    held = connection.execute(
        "select count(distinct disclosure_id) from staging.int_documents_identified"
    ).fetchall()[0][0]
    copies = -(-wanted // held)
    for name in _REPEATED:
        columns = [
            row[0]
            for row in connection.execute(
                "select column_name from duckdb_columns() where database_name = 'source'"
                " and schema_name = 'staging' and table_name = ? order by column_index",
                [name],
            ).fetchall()
        ]
        connection.execute(
            f"create or replace table staging.{name} as select {', '.join(map(_copied, columns))}"
            f" from source.staging.{name}, range({copies}) as copies (copy)"
        )
    connection.execute("detach source")
    return int(held * copies)


def _copied(column: str) -> str:
    if column in _NAMES:
        return f"concat({column}, '#', copy) as {column}"
    if column in _AMOUNTS:
        return f"{column} + if(hash({column}, copy, {SEED}) % 100 = 0, 100, 0) as {column}"
    return column


def _compile(scratch: Path, directory: Path) -> dict[str, str]:
    """The statements of the models, as dbt writes them for this file."""
    dbt = "import sys; from dbt.cli.main import cli; sys.exit(cli())"
    subprocess.run(
        [
            *(sys.executable, "-c", dbt, "--quiet", "compile", "--no-introspect"),
            *("--select", *JUDGING, "--project-dir", str(PROJECT), "--profiles-dir", str(PROJECT)),
            *("--target-path", str(directory / "target"), "--log-path", str(directory / "logs")),
        ],
        env={**os.environ, "GONGKAI_CANDIDATE": str(scratch)},
        stdout=subprocess.DEVNULL,
        check=True,
    )
    models = directory / "target" / "compiled" / "gongkai" / "models"
    found = {path.stem: path.read_text("utf-8") for path in models.rglob("*.sql")}
    return {name: re.sub(r'"bench"\.', "", found[name]) for name in JUDGING}


def _judge(connection: duckdb.DuckDBPyConnection, statements: dict[str, str], count: int) -> None:
    elapsed = worked = 0.0
    for name, statement in statements.items():
        schema = "audit" if name == "identity_check" else "staging"
        begin, begin_work = time.monotonic(), time.process_time()
        connection.execute(f"create or replace table {schema}.{name} as {statement}")
        seconds, work = time.monotonic() - begin, (time.process_time() - begin_work) / 2
        elapsed, worked = elapsed + seconds, worked + work
        _CONSOLE.print(f"{name:22} {seconds:6.2f} s / {work:5.2f} s")
    checks, broken = connection.execute(
        "select count(*), count(*) filter (where status = 'broken') from audit.identity_check"
    ).fetchall()[0]
    _CONSOLE.print(f"{'all':22} {elapsed:6.2f} s / {worked:5.2f} s")
    _CONSOLE.print(f"{count:,} disclosures, {checks:,} checks, {broken:,} broken")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
