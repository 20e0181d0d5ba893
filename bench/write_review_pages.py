"""How long the review pages of many documents take, how large they are, how fast they open.

    python bench/write_review_pages.py WAREHOUSE [--documents 1000]

The documents of WAREHOUSE are copied, with ids of their own and without their files, until there
are enough; pictures of pages are left out (about 50 KB each, drawn once and kept). With Chromium
in PATH the first page is opened ten times, from the file system and without a cache.
"""

import shutil
import statistics
import sys
import tempfile
import time
from datetime import datetime
from pathlib import Path

import click
import duckdb

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from review.site import Source, write_site

_TABLES = {
    "raw": ("document", "source", "page", "line", "table", "cell"),
    "core": ("dim_document", "dim_disclosure"),
    "audit": ("finding", "finding_place", "identity_check", "fact_place", "quarantine"),
    "staging": ("stg_cell", "stg_statement"),
}
_OPENED = 10


def multiply(connection: duckdb.DuckDBPyConnection, copies: int) -> None:
    """Add ``copies`` of every document; every id gets the number of its copy in front."""
    for schema, tables in _TABLES.items():
        for table in tables:
            columns = connection.execute(
                "select column_name, data_type from duckdb_columns()"
                " where schema_name = ? and table_name = ? order by column_index",
                [schema, table],
            ).fetchall()
            taken = ", ".join(_copied(name, kind) for name, kind in columns)
            connection.execute(
                f'insert into {schema}."{table}" select {taken}'
                f' from (select * from {schema}."{table}") as own'
                f" cross join range(1, {copies} + 1) as copy(number)"
            )


def _copied(name: str, kind: str) -> str:
    if name.endswith("_ids") and name != "identity_ids":
        return f"list_transform(own.\"{name}\", lambda id: concat(copy.number, 'x', id))"
    if name.endswith("_id") and kind == "VARCHAR" and name not in ("identity_id", "agency_id"):
        return (
            f'case when own."{name}" is not null then concat(copy.number, \'x\', own."{name}") end'
        )
    return f'own."{name}"'


def time_opening(page: Path) -> tuple[float, float] | None:
    """Seconds until the page has its lists, median and worst; None without Chromium."""
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if chromium is None:
        return None
    from playwright.sync_api import sync_playwright

    taken = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium)
        for _ in range(_OPENED):
            window = browser.new_page()
            started = time.perf_counter()
            window.goto(page.as_uri())
            window.wait_for_selector("html[data-ready]")
            taken.append(time.perf_counter() - started)
            window.close()
        browser.close()
    return statistics.median(taken), max(taken)


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("warehouse", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--documents", default=1000, show_default=True, help="How many there shall be.")
def main(warehouse: Path, documents: int) -> None:
    """Measure the review pages of many copies of the documents of WAREHOUSE."""
    with tempfile.TemporaryDirectory() as scratch:
        many, site = Path(scratch) / "many.duckdb", Path(scratch) / "site"
        shutil.copy(warehouse, many)
        with duckdb.connect(str(many)) as connection:
            row = connection.execute("select count(*) from core.dim_document").fetchone()
            held = row[0] if row else 0
            if not held:
                raise click.ClickException(f"{warehouse} holds no document")
            multiply(connection, -(-documents // held) - 1)
            counts = connection.execute(
                "select (select count(*) from core.dim_document), count(*) from audit.finding"
            ).fetchone()
        wall, cpu = time.perf_counter(), time.process_time()
        write_site(many, site, Source("bench", datetime(2026, 1, 1), {}), Path(scratch) / "cache")
        wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
        files = [path.stat().st_size for path in site.rglob("*") if path.is_file()]
        click.echo(
            f"{counts[0] if counts else 0:,} documents, {counts[1] if counts else 0:,} findings"
        )
        click.echo(f"written in {cpu:.1f} s of processor time, {wall:.1f} s on the clock")
        click.echo(f"{len(files):,} files, {sum(files) / 1e6:.0f} MB")
        for name in ("index.html", "index.js", "quarantine.html", "everything.html"):
            click.echo(f"  {name}: {(site / name).stat().st_size / 1e6:.2f} MB")
        for name in ("index.html",):
            opened = time_opening(site / name)
            if opened:
                click.echo(f"{name} opens in {opened[0]:.2f} s, at worst {opened[1]:.2f} s")


if __name__ == "__main__":
    main()
