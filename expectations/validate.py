"""Running the suites on a candidate with Great Expectations."""

import os
from collections.abc import Iterable
from datetime import UTC
from enum import StrEnum
from pathlib import Path
from typing import Any

# Read by Great Expectations while it is imported.
os.environ["GX_ANALYTICS_ENABLED"] = "false"

import great_expectations as gx
from great_expectations.core.run_identifier import RunIdentifier
from great_expectations.execution_engine import sqlalchemy_execution_engine as gx_sql

from expectations.data_docs import finish_pages
from expectations.index_page import write_index
from expectations.report import Outcome, Report, write_report
from expectations.rows import in_words
from expectations.suites import TableSuite
from expectations.suites.audit import audit_suites
from expectations.suites.change import change_suites
from expectations.suites.core import core_suites
from expectations.suites.marts import marts_suites
from expectations.suites.marts_leaves import leaf_suites
from expectations.suites.raw import raw_suites

_EXAMPLE_LENGTH = 300
_RUN_NAME = "gongkai"


class _Dialect(StrEnum):
    DUCKDB = "duckdb"


def all_suites() -> list[TableSuite]:
    """Return every suite, in the order in which data flows."""
    return [
        *raw_suites(),
        *core_suites(),
        *audit_suites(),
        *change_suites(),
        *marts_suites(),
        *leaf_suites(),
    ]


def validate(candidate: Path, directory: Path, suites: Iterable[TableSuite]) -> Report:
    """Run ``suites`` on the DuckDB file ``candidate``, which is opened for reading only.

    Writes ``validation.json`` and Data Docs (``data_docs/index.html``) into ``directory``, and
    returns the outcomes.
    """
    _keep_connections_open()
    context = gx.get_context(mode="ephemeral")
    for site in list(context.get_docs_sites_urls()):
        context.delete_data_docs_site(str(site["site_name"]))
    site_directory = directory / "data_docs"
    context.add_data_docs_site(
        "gongkai",
        {
            "class_name": "SiteBuilder",
            # known to the builder of the site; the stub lacks it
            "show_how_to_buttons": False,  # type: ignore[typeddict-unknown-key]
            "site_index_builder": {"class_name": "DefaultSiteIndexBuilder"},
            "store_backend": {
                "class_name": "TupleFilesystemStoreBackend",
                # a dollar sign would be taken for a variable
                "base_directory": str(site_directory).replace("$", r"\$"),
            },
        },
    )
    source = context.data_sources.add_sql(
        "candidate",
        connection_string=f"duckdb:///{candidate}",
        create_temp_table=False,
        # handed to SQLAlchemy; the signature that the stub declares lacks it
        kwargs={"connect_args": {"read_only": True}},  # type: ignore[call-arg]
    )
    definitions = []
    for suite in suites:
        asset = source.add_table_asset(suite.name, table_name=suite.table, schema_name=suite.schema)
        batch = asset.add_batch_definition_whole_table("all")
        gx_suite = context.suites.add(gx.ExpectationSuite(suite.name))
        for expectation in suite.expectations:
            gx_suite.add_expectation(expectation)
        definitions.append(
            context.validation_definitions.add(
                gx.ValidationDefinition(name=suite.name, data=batch, suite=gx_suite)
            )
        )
    checkpoint = context.checkpoints.add(
        gx.Checkpoint(
            name="candidate",
            validation_definitions=definitions,
            actions=[gx.checkpoint.UpdateDataDocsAction(name="data_docs")],
            result_format={"result_format": "COMPLETE"},
        )
    )
    result = checkpoint.run(run_id=RunIdentifier(run_name=_RUN_NAME))
    outcomes = [
        _outcome(run.suite_name, expectation)
        for run in result.run_results.values()
        for expectation in run.results
    ]
    # A query that fails takes all after it along in one transaction: the cause comes first.
    outcomes.sort(key=lambda outcome: "transaction is aborted" in (outcome.error or ""))
    report = Report(tuple(outcomes))
    write_report(report, directory)
    known = {outcome.suite for outcome in report.broken("worth_knowing")}
    finish_pages(site_directory, known - {outcome.suite for outcome in report.broken("must")})
    write_index(site_directory, report, result.run_id.run_time.astimezone(UTC))
    return report


def _keep_connections_open() -> None:
    """Let Great Expectations keep its DuckDB connection until the rows are fetched.

    Without it the metrics that count rows fail (`list index out of range`): the connection is
    closed before the fetch unless the dialect is in this tuple.
    """
    known = gx_sql._PERSISTED_CONNECTION_DIALECTS
    if _Dialect.DUCKDB not in known:
        gx_sql._PERSISTED_CONNECTION_DIALECTS = (*known, _Dialect.DUCKDB)  # type: ignore[assignment]


def _outcome(suite: str, result: Any) -> Outcome:
    meta = result.expectation_config.meta
    rows, example = _count_and_example(result.result or {})
    return Outcome(
        suite=suite,
        name=meta["name"],
        grade=meta["grade"],
        says=meta["says"],
        holds=bool(result.success),
        rows=None if result.success else rows,
        example=None if result.success else example,
        error=_error(result.exception_info or {}),
        chinese=meta["chinese"],
    )


def _count_and_example(result: dict[str, Any]) -> tuple[int | None, str | None]:
    unexpected = result.get("details", {}).get("unexpected_rows")
    if unexpected:
        return int(result["observed_value"]), in_words(unexpected[0])[:_EXAMPLE_LENGTH]
    if "unexpected_count" in result:
        examples = result.get("partial_unexpected_list") or [None]
        return int(result["unexpected_count"]), str(examples[0])[:_EXAMPLE_LENGTH]
    if "observed_value" in result:
        return None, f"found {result['observed_value']}"
    return None, None


def _error(information: dict[str, Any]) -> str | None:
    # Either one description, or one per metric that failed.
    for part in [information, *information.values()]:
        if isinstance(part, dict) and part.get("raised_exception"):
            return " ".join(str(part.get("exception_message")).split())[:_EXAMPLE_LENGTH]
    return None
