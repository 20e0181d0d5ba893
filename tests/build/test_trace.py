"""From any figure to its print: the macro of the published file, and the command."""

import re
import subprocess
import sys
from pathlib import Path

import duckdb

from review.chain import chain_lines, follow
from tests.build.conftest import HOSTILE, PROJECT, SEEN, Site, first_row


def test_a_figure_is_followed_from_the_mart_to_its_print(site: Site, tmp_path: Path) -> None:
    with duckdb.connect(str(site.warehouse), read_only=True) as connection:
        (fact_id,) = first_row(
            connection,
            "select fact.income_id from core.fct_income as fact inner join"
            " marts.mart_agency_year as year on fact.disclosure_id = year.disclosure_id"
            " and fact.amount_yuan = year.income_total_yuan where fact.is_current"
            " order by fact.income_id limit 1",
        )
        (cell_id, text) = first_row(
            connection,
            "select cell.cell_id, cell.text from core.fct_income as fact inner join raw.cell as"
            " cell on fact.cell_id = cell.cell_id where fact.income_id = ?",
            fact_id,
        )
        (facts,) = first_row(connection, "select facts from trace(?)", cell_id)
        (nothing,) = first_row(connection, "select count(*) from trace('no such cell')")
        said = "\n".join(chain_lines(follow(connection, fact_id)))
    assert fact_id in [fact["fact_id"] for fact in facts]
    assert nothing == 0
    assert said.index("marts.mart_agency_year") < said.index(fact_id) < said.index(cell_id)
    assert text in said
    picture = tmp_path / "cut.png"
    result = _trace(site.warehouse, site.documents, cell_id, "--picture", str(picture))
    assert result.returncode == 0, result.stderr
    assert picture.read_bytes().startswith(b"\x89PNG")


def test_a_trace_shows_hostile_text_as_text_and_refuses_unknown_ids(site: Site) -> None:
    with duckdb.connect(str(site.warehouse), read_only=True) as connection:
        (cell_id,) = first_row(connection, "select cell_id from raw.cell where text = ?", HOSTILE)
        said = "\n".join(chain_lines(follow(connection, cell_id)))
    assert SEEN in said
    assert not set(said) & set("\x1b\u202e")
    result = _trace(site.warehouse, site.documents, "\x1b[31mx")
    assert (result.returncode, result.stdout) == (1, "")
    assert result.stderr.startswith("gongkai: no cell, line or fact has the id '␛[31mx'")


_FIGURES = """
    select table_name, column_name from duckdb_columns()
    where schema_name = 'core' and table_name like 'fct\\_%' escape '\\'
        and (column_name like '%\\_yuan' escape '\\' or column_name = 'score')
    order by all
"""
"""Columns of facts that hold figures of documents."""


def test_every_amount_of_every_fact_leads_to_its_cells(samples: Path) -> None:
    led = {}
    with duckdb.connect(str(samples), read_only=True) as connection:
        figures = connection.execute(_FIGURES).fetchall()
        for table, column in figures:
            (key, *_) = first_row(
                connection,
                "select column_name from duckdb_columns() where schema_name = 'core'"
                " and table_name = ? order by column_index",
                table,
            )
            # a sentence's figure is its value, of which the amount is one form; the score of an
            # indicator stands in its row
            figure = {
                ("fct_stated_figure", "amount_yuan"): "value",
                ("fct_performance_indicator", "score"): "target_text",
            }.get((table, column), column)
            held, lost, other = first_row(
                connection,
                f"""
                with places as (
                    select
                        place.fact_id, any_value(place.amount_yuan) as amount_yuan,
                        bool_and(cell.cell_id is not null or line.line_id is not null) as printed,
                        sum(amounts.amount_yuan) as cells_yuan
                    from audit.fact_place as place
                    left join raw.cell as cell on place.cell_id = cell.cell_id
                    left join raw.line as line on place.line_id = line.line_id
                    left join staging.stg_cell as amounts on place.cell_id = amounts.cell_id
                    where place.fact_table = $1 and place.figure = $2
                    group by all
                )
                select
                    count(fact."{column}"),
                    count(fact."{column}") filter (where not coalesce(places.printed, false)),
                    count(fact."{column}") filter (
                        where '{column}' <> 'score'
                        and (
                            places.amount_yuan <> fact."{column}"
                            or places.cells_yuan <> fact."{column}"
                        )
                    )
                from core."{table}" as fact
                left join places on fact."{key}" = places.fact_id
                """,
                table,
                figure,
            )
            assert (lost, other) == (0, 0), (table, column)
            led[table, column] = held
    for shown in (
        ("fct_procurement", "sme_reserved_yuan"),
        ("fct_procurement", "micro_reserved_yuan"),
        ("fct_project", "budget_yuan"),
        ("fct_stated_figure", "amount_yuan"),
    ):
        assert led[shown], shown


def test_the_trace_of_the_docs_is_the_real_one(samples: Path, tmp_path: Path) -> None:
    page = (PROJECT / "docs" / "review.md").read_text("utf-8")
    [(wanted, shown)] = re.findall(r"^    make trace ID=(\S+)\n\n((?:    .*\n)+)", page, re.M)
    said = _trace(samples, PROJECT / "corpus", wanted, "--picture", str(tmp_path / "cut.png"))
    assert said.returncode == 0, said.stderr
    *lines, last = said.stdout.splitlines()
    printed = [line[4:] for line in shown.splitlines()]
    # a mart more does not make the page wrong
    assert set(printed) <= set(lines)
    assert _from_fact(printed) == _from_fact(lines)
    assert last == f"      cut out: {tmp_path / 'cut.png'}"


def _from_fact(lines: list[str]) -> list[str]:
    return lines[next(at for at, line in enumerate(lines) if line.startswith("fact")) :]


def _trace(
    warehouse: Path, documents: Path, wanted: str, *more: str
) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "review", "trace", "--warehouse", str(warehouse)]
    return subprocess.run(
        [*command, "--documents", str(documents), *more, "--", wanted],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
