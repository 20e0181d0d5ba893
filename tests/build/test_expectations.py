"""Every rule that blocks a publication bites: a candidate with mistakes breaks all of them."""

import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import duckdb
import pytest

from expectations.report import Report, read_report
from expectations.wording import names
from tests.build.conftest import PROJECT, Built, build_environment, query

MISTAKES = {
    "raw.document.a_content_lands_once": "insert into raw.document from raw.document limit 1",
    "raw.document.no_figure_is_lost": """insert into raw.published_figures
        select document_id, table_kind, count(*) + 1, 0 from raw.cell where role = 'amount'
        group by document_id, table_kind""",
    "raw.document.some_document_read": "update raw.document set status = 'quarantined'",
    "raw.page.figures_are_conserved": """update raw.page set figures_on_page = figures_on_page + 5
        where is_table_page""",
    "raw.page.left_over_is_named": "update raw.page set left_over = '12.34' where is_table_page",
    "raw.table.recognised_tables_give_facts": "delete from core.fct_expenditure_function",
    "raw.cell.cell_ids_are_unique": "insert into raw.cell from raw.cell limit 1",
    "raw.cell.figures_are_complete": """update raw.cell set unit = null
        where table_kind = 'three_public' and role = 'amount'""",
    "core.dim_document.identity_is_whole": """update core.dim_document set agency_name = null
        where disclosure_id is not null""",
    "core.dim_document.no_identity_no_silence": """insert into core.dim_document by name
        select * replace ('new' as document_id, null as disclosure_id)
        from core.dim_document limit 1""",
    "core.dim_disclosure.one_current_document_per_kind": """update core.fct_income
        set document_id = 'new' where is_current
        and cell_id = (select min(cell_id) from core.fct_income where is_current)""",
    "core.dim_disclosure.a_figure_is_one_fact": """insert into core.fct_income by name
        select * replace ('again' as income_id) from core.fct_income
        where is_current and level = 'total' limit 1""",
    "core.fct_income.nothing_counts_twice": "select 1",
    "core.fct_income.fact_has_its_cell": "select 1",
    "core.fct_income.amount_is_the_print_in_yuan": """update core.fct_income
        set amount_yuan = amount_yuan + 1 where level = 'item'""",
    "core.fct_expenditure_economic.identity_is_known": """update core.fct_expenditure_economic
        set disclosure_id = 'nobody' where level = 'total'""",
    "core.fct_expenditure_function.floor_of_rows": "select 1",
    "audit.identity_check.facts_are_checked": """insert into core.fct_expenditure_function by name
        select 'x' as expenditure_id, disclosure_id, document_id, table_kind, row_label,
        column_label, 'total' as level, fund, 'total' as component, amount_yuan, amount_printed,
        reading, is_current, page_number, cell_id from core.fct_income where level = 'total';
        delete from audit.identity_check where disclosure_id = (
        select min(disclosure_id) from core.dim_disclosure)""",
    "audit.identity_check.broken_identity_is_a_finding": """update audit.identity_check
        set status = 'broken' where status = 'holds'; delete from audit.finding""",
    "audit.identity_check.status_follows_from_the_figures": "select 1",
    "audit.page_conservation.every_page_is_audited": """delete from audit.page_conservation
        where page_number = (select min(page_number) from raw.page where is_table_page)""",
    "audit.run.runs_are_unique": "insert into audit.run from audit.run",
    "audit.run.quarantine_is_complete": "delete from audit.quarantine",
    "audit.decision.decisions_are_followed": """insert into audit.decision by name
        select 'x' as decision_id, 'cell' as what, min(cell_id) as place, true as applied
        from raw.cell where role = 'amount'""",
    "audit.decision.confirmed_means_decided": """update core.fct_income set reading = 'confirmed'
        where level = 'total'""",
    "audit.change.every_change_has_a_reason": """insert into raw.published by name
        select 'before' as publication_id; insert into audit.change by name
        select 'x' as change_id, 'before' as since, 'figure' as subject, 'changed' as kind,
        'unexplained' as reason, 1 as figures""",
    "audit.change.figures_add_up": "select 1",
    "audit.change.documents_add_up": "select 1",
    "audit.change.a_first_publication_changes_nothing": """insert into audit.change by name
        select 'y' as change_id, 'never' as since, 'document' as subject, 'gone' as kind,
        'document_gone' as reason, 0 as figures""",
    "marts.mart_agency_year.one_row_per_disclosure": """insert into marts.mart_agency_year
        from marts.mart_agency_year limit 1""",
    "marts.mart_agency_year.no_disclosure_is_lost": """update marts.mart_agency_year
        set disclosure_id = 'nobody' where disclosure_id = (
        select max(disclosure_id) from core.dim_disclosure)""",
    "marts.mart_agency_year.income_total_is_a_fact": """update marts.mart_agency_year
        set income_total_yuan = 0.01""",
    "marts.mart_agency_year.expenditure_total_is_a_fact": """update marts.mart_agency_year
        set expenditure_total_yuan = 0.01""",
    "marts.mart_agency_year.three_public_is_a_fact": """update marts.mart_agency_year
        set three_public_yuan = 0.01""",
    "marts.mart_city_comparison.compared_once": """update marts.mart_city_comparison as one
        set scope = 'unit' where exists (select 1 from core.dim_disclosure as department
        where department.disclosure_id = one.disclosure_id and department.scope = 'department')""",
    "marts.mart_spending_class.shares_are_shares": """update marts.mart_spending_class
        set share_of_total = 2""",
    "marts.mart_spending_class.amounts_are_sums_of_facts": """update marts.mart_spending_class
        set amount_yuan = amount_yuan + 1 where dimension = 'function_item'""",
    "marts.mart_procurement_profile.purchases_are_the_lines": """insert into
        marts.mart_procurement_profile from marts.mart_procurement_profile
        where amount_source = 'lines' and amount_yuan > 0 limit 1""",
    "marts.mart_three_public_trend.items_are_facts": """update marts.mart_three_public_trend
        set amount_yuan = amount_yuan + 1""",
    "marts.mart_project_portfolio.projects_are_the_same": """insert into
        marts.mart_project_portfolio by name select 'x' as project_id""",
    "marts.mart_coverage.held_is_what_is_held": """update marts.mart_coverage set held = false
        where disclosure_id = (select max(disclosure_id) from core.dim_disclosure)""",
    "marts.mart_findings.findings_are_the_same": """insert into marts.mart_findings by name
        select 'x' as finding_id""",
}
"""What breaks a rule; a rule with `select 1` is broken by a mistake for another one."""

EMPTIED = {
    "raw.page": "pages_exist",
    "raw.table": "tables_exist",
    "raw.cell": "cells_exist",
    "core.dim_document": "documents_exist",
    "core.dim_disclosure": "disclosures_exist",
    "audit.page_conservation": "pages_are_audited",
    "audit.run": "this_run_is_recorded",
    "marts.mart_agency_year": "marts_have_rows",
    "marts.mart_city_comparison": "comparison_has_rows",
}


def without_constraints(source: Path, target: Path) -> Path:
    """Copy the tables and leave their constraints behind, which would refuse some mistakes."""
    with duckdb.connect(str(target)) as connection:
        connection.execute(f"attach '{source}' as source (read_only)")
        tables = connection.execute(
            "select schema_name, table_name from duckdb_tables() where database_name = 'source'"
        ).fetchall()
        for schema, table in tables:
            connection.execute(f'create schema if not exists "{schema}"')
            connection.execute(
                f'create table "{schema}"."{table}" as from source."{schema}"."{table}"'
            )
    return target


def validate_after(built: Built, tmp_path: Path, mistakes: Sequence[str]) -> Report:
    original = tmp_path / "published.duckdb"
    shutil.copy(built.warehouse, original)
    candidate = without_constraints(original, tmp_path / "candidate.duckdb")
    with duckdb.connect(str(candidate)) as connection:
        for mistake in mistakes:
            connection.execute(mistake)
    directory = tmp_path / "report"
    directory.mkdir()
    result = subprocess.run(
        [sys.executable, "-m", "expectations", str(candidate), str(directory)],
        cwd=PROJECT,
        env=build_environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 0, result.stderr
    return read_report(directory)


def broken_names(report: Report) -> set[str]:
    assert [o.describe() for o in report.outcomes if o.error] == []
    return {f"{outcome.suite}.{outcome.name}" for outcome in report.broken("must")}


def published_report(built: Built) -> Report:
    return read_report(built.warehouse.with_name("公开.publications") / "current")


def test_a_sound_candidate_breaks_no_promise(built: Built) -> None:
    assert broken_names(published_report(built)) == set()


def test_every_mistake_is_caught(built: Built, tmp_path: Path) -> None:
    broken = broken_names(validate_after(built, tmp_path, list(MISTAKES.values())))
    assert set(MISTAKES) - broken == set()


def test_empty_tables_are_caught(built: Built, tmp_path: Path) -> None:
    names = (table.split(".") for table in EMPTIED)
    mistakes = [f'delete from {schema}."{name}"' for schema, name in names]
    broken = broken_names(validate_after(built, tmp_path, mistakes))
    assert {f"{table}.{rule}" for table, rule in EMPTIED.items()} - broken == set()


def test_every_blocking_rule_has_a_mistake_here(built: Built) -> None:
    outcomes = published_report(built).outcomes
    rules = {f"{o.suite}.{o.name}" for o in outcomes if o.grade == "must"}
    tested = {*MISTAKES, *(f"{table}.{rule}" for table, rule in EMPTIED.items())}
    # the rules on facts are the same text for each of them: one of each is enough
    shared = {name.split(".")[2] for name in tested if name.startswith("core.fct_")}
    rest = {name for name in rules - tested if name.split(".")[2] not in shared}
    assert rest == set()


def test_every_rule_is_told_in_two_languages(built: Built) -> None:
    outcomes = published_report(built).outcomes
    assert {outcome.name for outcome in outcomes} == names()
    assert all(outcome.chinese and outcome.says for outcome in outcomes)


def test_the_results_are_rows_of_the_published_file(built: Built) -> None:
    rows = query(
        built.warehouse,
        "select suite, expectation, grade, description, description_en, success"
        " from audit.validation",
    )
    assert sorted(rows, key=str) == sorted(
        [
            (o.suite, o.name, o.grade, o.chinese, o.says, o.holds)
            for o in published_report(built).outcomes
        ],
        key=str,
    )


def run_validate(warehouse: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "gongkai", "validate", "--warehouse", str(warehouse)],
        cwd=PROJECT,
        env=build_environment(),
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def test_a_published_file_is_validated_by_grade(built: Built, tmp_path: Path) -> None:
    content = built.warehouse.read_bytes()
    known = len(published_report(built).broken("worth_knowing"))
    sound = run_validate(built.warehouse)
    assert (sound.returncode, sound.stderr) == (3 if known else 0, "")
    assert sound.stdout.count("worth knowing: ") == known
    assert "must, broken: " not in sound.stdout
    assert built.warehouse.read_bytes() == content

    broken = tmp_path / "破 100% [x].duckdb"
    shutil.copy(built.warehouse, broken)
    with duckdb.connect(str(broken)) as connection:
        connection.execute("delete from audit.page_conservation")
    result = run_validate(broken)
    assert (result.returncode, result.stderr) == (1, "")
    assert "must, broken: audit.page_conservation: " in result.stdout


@pytest.mark.parametrize(
    ("content", "says"), [(None, "does not exist"), (b"no database", "is not a DuckDB file")]
)
def test_a_file_that_cannot_be_read_is_one_line(
    tmp_path: Path, content: bytes | None, says: str
) -> None:
    warehouse = tmp_path / "w.duckdb"
    if content is not None:
        warehouse.write_bytes(content)
    result = run_validate(warehouse)
    assert (result.returncode, result.stdout) == (1, "")
    assert result.stderr.startswith(f"gongkai: {warehouse} {says}")
    assert result.stderr.count("\n") == 1
    assert [path.name for path in tmp_path.iterdir()] == ([] if content is None else ["w.duckdb"])


def test_a_file_of_another_version_is_one_line(built: Built, tmp_path: Path) -> None:
    warehouse = tmp_path / "w.duckdb"
    shutil.copy(built.warehouse, warehouse)
    with duckdb.connect(str(warehouse)) as connection:
        connection.execute("drop table marts.mart_coverage")
    result = run_validate(warehouse)
    assert (result.returncode, result.stdout) == (1, "")
    assert result.stderr.splitlines() == [
        f"gongkai: {warehouse} has no marts.mart_coverage: another version of the program wrote it;"
        " make build writes it anew"
    ]
