"""How long the dashboard's questions take on many disclosures, simulated with a seed.

    python bench/ask_dashboard.py WAREHOUSE [DISCLOSURES]

What the marts are made of is taken from a published warehouse and repeated until there are
DISCLOSURES (10,000) of them: every agency many times under names of its own, each over ten years,
every amount changed by a seeded factor. dbt compiles the models of the marts, which then run on the
copies. Each question of the dashboard is put with values drawn by the same seed, every time as the
dashboard puts it: a connection of its own, the check of the publication, the rows as objects.
Answers that the dashboard would have remembered are asked again. The printed times are those of the
clock and, after the slash, of both processors together: what an idle machine needs at most.
"""

import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
from rich.console import Console

PROJECT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(PROJECT))

from dashboard import queries  # noqa: E402
from dashboard.address import MOST_AGENCIES  # noqa: E402
from dashboard.warehouse import ask, read_publication  # noqa: E402

SEED = 20261121
ROUNDS = 25
_YEARS = 5
"""Times that an agency is put back by two years, so that years of a copy do not meet another's."""

_CONSOLE = Console(highlight=False, markup=False, width=120)


@dataclass(frozen=True)
class Taken:
    """What an answer took: seconds of the clock, seconds of the processors; its rows."""

    clock: float
    work: float
    rows: int

    def __str__(self) -> str:
        """Both in milliseconds."""
        return f"{1000 * self.clock:5.0f} / {1000 * self.work:4.0f} ms".rjust(17)


def main(arguments: list[str]) -> int:
    """Simulate, ask, print; 2 for wrong arguments."""
    if not arguments or not Path(arguments[0]).is_file():
        _CONSOLE.print(__doc__)
        return 2
    wanted = int(arguments[1]) if len(arguments) > 1 else 10_000
    with tempfile.TemporaryDirectory() as directory:
        warehouse = Path(directory) / "bench.duckdb"
        begin = time.monotonic()
        try:
            _simulate(warehouse, Path(arguments[0]).resolve(), wanted, Path(directory))
        except duckdb.CatalogException as error:
            lacking = str(error).splitlines()[0]
            _CONSOLE.print(f"{arguments[0]} is of another version ({lacking}): build it again")
            return 1
        _say_size(warehouse, time.monotonic() - begin)
        _measure(warehouse)
    return 0


def _simulate(warehouse: Path, source: Path, wanted: int, directory: Path) -> None:
    """Fill the inputs of the marts and the marts themselves."""
    with duckdb.connect(str(warehouse)) as connection:
        connection.execute("create schema marts")
    models = _compiled(warehouse, directory)
    marts = {node["unique_id"]: node for node in models if node["schema"] == "marts"}
    inputs = {
        parent
        for node in marts.values()
        for parent in node["depends_on"]["nodes"]
        if parent not in marts
    }
    names = {
        (node["schema"], node["name"])
        for node in models
        if node["unique_id"] in inputs and node["resource_type"] in ("model", "seed")
    }
    with duckdb.connect(str(warehouse)) as connection:
        connection.execute("set threads = 2")
        connection.execute(f"attach '{source}' as source (read_only)")
        held = connection.execute("select count(*) from source.core.dim_disclosure").fetchall()
        copies = -(-wanted // (held[0][0] * _YEARS))
        for schema, name in sorted(names):
            _repeat(connection, schema, name, copies)
        connection.execute("create schema meta")
        connection.execute("create table meta.publication as from source.meta.publication")
        connection.execute("detach source")
        for node in _in_order(marts):
            name = node["name"]
            statement = node["compiled_code"].replace('"bench".', "")
            connection.execute(f"create table marts.{name} as {statement}")


def _repeat(connection: duckdb.DuckDBPyConnection, schema: str, name: str, copies: int) -> None:
    """Copy a table, as often as there are agencies and years if it is about disclosures."""
    connection.execute(f"create schema if not exists {schema}")
    columns = connection.execute(
        "select column_name, data_type from duckdb_columns() where database_name = 'source'"
        " and schema_name = ? and table_name = ? order by column_index",
        [schema, name],
    ).fetchall()
    ids = {column for column, _ in columns if column.endswith("_id")}
    if not ids:
        connection.execute(f"create table {schema}.{name} as from source.{schema}.{name}")
        return
    yearly = ids != {"agency_id"}
    chosen = ", ".join(_copied(column, kind) for column, kind in columns)
    connection.execute(
        f"create table {schema}.{name} as select {chosen} from source.{schema}.{name},"
        f" range({copies}) as copies (copy), range({_YEARS if yearly else 1}) as years (back)"
    )


def _copied(column: str, kind: str) -> str:
    if column == "agency_id":
        return "concat(agency_id, '_', copy) as agency_id"
    if column == "agency_name":
        return "concat(agency_name, copy) as agency_name"
    if column.endswith("_id") and kind == "VARCHAR":
        return f"regexp_replace({column}, '^([^:]+)', concat('\\1_', copy, '_', back)) as {column}"
    if column in ("fiscal_year", "basis_year"):
        return f"cast({column} - 2 * back as integer) as {column}"
    if column.endswith("_yuan") and kind.startswith("DECIMAL"):
        factor = f"(500 + hash(copy, back, {SEED}) % 1000) / 1000"
        return f"cast({column} * {factor} as {kind}) as {column}"
    return f'"{column}"'


def _compiled(warehouse: Path, directory: Path) -> list[dict[str, Any]]:
    """The models of the marts as dbt writes them for this file, and what they are made of."""
    dbt = "import sys; from dbt.cli.main import cli; sys.exit(cli())"
    subprocess.run(
        [
            *(sys.executable, "-c", dbt, "--quiet", "compile", "--no-introspect"),
            *("--select", "models/marts"),
            *("--project-dir", str(PROJECT), "--profiles-dir", str(PROJECT)),
            *("--target-path", str(directory / "target"), "--log-path", str(directory / "logs")),
        ],
        env={**os.environ, "GONGKAI_CANDIDATE": str(warehouse)},
        stdout=subprocess.DEVNULL,
        check=True,
    )
    manifest = json.loads((directory / "target" / "manifest.json").read_text("utf-8"))
    return list(manifest["nodes"].values())


def _in_order(marts: dict[str, dict[str, Any]]) -> Iterator[dict[str, Any]]:
    done: set[str] = set()
    while len(done) < len(marts):
        for key, node in marts.items():
            if key not in done and done.issuperset(marts.keys() & set(node["depends_on"]["nodes"])):
                done.add(key)
                if node["resource_type"] == "model":
                    yield node


def _say_size(warehouse: Path, seconds: float) -> None:
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        disclosures, agencies = connection.execute(
            "select count(*), count(distinct agency_id) from marts.mart_agency_year"
        ).fetchall()[0]
        rows = connection.execute(
            "select sum(estimated_size) from duckdb_tables() where schema_name = 'marts'"
        ).fetchall()[0][0]
    size = warehouse.stat().st_size / 1e6
    _CONSOLE.print(
        f"{disclosures:,} disclosures of {agencies:,} agencies, {rows:,} rows in the marts,"
        f" {size:,.0f} MB, simulated in {seconds:.0f} s"
    )


def _measure(warehouse: Path) -> None:
    publication = read_publication(warehouse).publication_id
    times: dict[str, list[Taken]] = {}
    chosen = random.Random(SEED)

    def put(question: Callable[..., Any], *values: object) -> Any:
        begin, begin_work = time.perf_counter(), time.process_time()
        rows = ask(warehouse, publication, question, *values)
        taken = Taken(time.perf_counter() - begin, time.process_time() - begin_work, len(rows))
        times.setdefault(question.__name__, []).append(taken)
        return rows

    for _ in range(ROUNDS):
        _look_around(put, chosen)
    _CONSOLE.print(f"{'question':22} {'asked':>5} {'rows':>5} {'median':>17} {'95 %':>17}")
    for name, taken in sorted(times.items(), key=lambda item: -_percentile(item[1], 0.5).work):
        _say_times(name, taken)
    _say_times("all", [one for taken in times.values() for one in taken])


def _say_times(name: str, taken: list[Taken]) -> None:
    rows = statistics.median(one.rows for one in taken)
    half, most = (_percentile(taken, share) for share in (0.5, 0.95))
    _CONSOLE.print(f"{name:22} {len(taken):5} {rows:5.0f} {half} {most}")


def _percentile(taken: list[Taken], share: float) -> Taken:
    """What that share of answers took at most: of the clock, and of the processors."""
    at = min(len(taken) - 1, int(share * len(taken)))
    return Taken(sorted(one.clock for one in taken)[at], sorted(one.work for one in taken)[at], 0)


def _look_around(put: Callable[..., Any], chosen: random.Random) -> None:
    """Put every question once, with values that a person could have chosen."""
    agency = chosen.choice(put(queries.agencies)).agency_id
    year = chosen.choice(put(queries.agency_years, agency))
    put(queries.total_places, year.disclosure_id)
    put(queries.income_sources, year.disclosure_id)
    for dimension in ("function_item", "economic_section", "three_public"):
        put(queries.leaves, year.disclosure_id, dimension)
        put(queries.changes, year.disclosure_id, dimension)
    own = (year.fiscal_year, year.document_kind, year.scope, agency)
    put(queries.projects, *own)
    put(queries.procurement, *own)
    put(queries.findings, None, None, None, None, year.disclosure_id)
    domain, _ = chosen.choice(put(queries.domains))
    held = chosen.choice(put(queries.comparison_choices, domain))
    dimension = chosen.choice(("function_item", "economic_section", "three_public"))
    compared = (domain, held.fiscal_year, held.document_kind, held.scope, dimension)
    peers = [peer.agency_id for peer in put(queries.peers, *compared)]
    beside = put(queries.city_comparison, *compared, peers[:MOST_AGENCIES])
    if beside:
        put(queries.city_comparison, *compared, None, chosen.choice(beside).code)
    agency = chosen.choice(put(queries.three_public_agencies)).agency_id
    put(queries.three_public_trend, agency)
    agency = chosen.choice(put(queries.execution_agencies)).agency_id
    put(queries.execution, agency)
    held = chosen.choice(put(queries.project_choices))
    every = (held.fiscal_year, held.document_kind, held.scope)
    put(queries.project_themes, *every)
    put(queries.projects, *every)
    held = chosen.choice(put(queries.procurement_choices))
    every = (held.fiscal_year, held.document_kind, held.scope)
    put(queries.procurement_categories, *every)
    put(queries.procurement, *every)
    put(queries.coverage, chosen.choice([None, chosen.choice(put(queries.regions)).region_code]))
    finding_year = chosen.choice([None, *put(queries.finding_years)])
    put(queries.finding_counts, finding_year)
    put(queries.findings, chosen.choice([None, "high"]), None, finding_year)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
