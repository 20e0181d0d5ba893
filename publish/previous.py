"""What the publication to be replaced held, for telling what a new one changes.

It is loaded into schema `raw` of the candidate; of the first publication these tables are empty.
"""

from dataclasses import dataclass
from pathlib import Path

import duckdb
import pyarrow as pa

from expectations.visible import counted
from publish.published import explain_failures

PREVIOUS = {
    "published": pa.schema(
        [
            ("publication_id", pa.string()),
            ("published_at", pa.timestamp("us")),
            ("is_program_changed", pa.bool_()),
        ]
    ),
    "published_document": pa.schema(
        [
            ("document_id", pa.string()),
            ("file_path", pa.string()),
            ("file_name", pa.string()),
            ("disclosure_id", pa.string()),
            ("reader_version", pa.string()),
            ("vocabulary_hash", pa.string()),
            ("folder_identity", pa.string()),
        ]
    ),
    "published_figures": pa.schema(
        [
            ("document_id", pa.string()),
            ("table_kind", pa.string()),
            ("figures", pa.int32()),
            ("facts", pa.int32()),
        ]
    ),
    "published_decision": pa.schema(
        [
            ("decision_id", pa.string()),
            ("document_id", pa.string()),
            ("content_id", pa.string()),
            ("file_path", pa.string()),
            ("printed", pa.string()),
            ("applied", pa.bool_()),
        ]
    ),
    "published_fact": pa.schema(
        [
            ("fact", pa.string()),
            ("disclosure_id", pa.string()),
            ("document_id", pa.string()),
            ("table_kind", pa.string()),
            ("level", pa.string()),
            ("fund", pa.string()),
            ("function_code", pa.string()),
            ("unit_code", pa.string()),
            ("department_economic_code", pa.string()),
            ("government_economic_code", pa.string()),
            ("income_source", pa.string()),
            ("component", pa.string()),
            ("item", pa.string()),
            ("basis", pa.string()),
            ("measure", pa.string()),
            ("row_label", pa.string()),
            ("column_label", pa.string()),
            ("amount_yuan", pa.decimal128(18, 2)),
            ("amount_printed", pa.string()),
            ("reading", pa.string()),
            ("page_number", pa.int32()),
            ("cell_id", pa.string()),
        ]
    ),
}
"""Tables of schema `raw` with the previous publication, and their columns.

`published_figures` counts, by document and table kind, the figures in cells and the current facts.
"""

FACTS = (
    "fct_income",
    "fct_expenditure_function",
    "fct_expenditure_economic",
    "fct_three_public",
    "fct_procurement",
    "fct_project_amount",
)
"""The facts whose figures are compared."""

FORGOTTEN = ("raw.published_fact", "staging.stg_published_fact", "staging.int_facts_current")
"""Tables that a new publication does not keep: the figures side by side with the ones before."""


def load_previous(
    connection: duckdb.DuckDBPyConnection, warehouse: Path, program_digest: str
) -> None:
    """Fill the tables of ``PREVIOUS`` in schema `raw` from the published file, if there is one.

    ``connection`` is that of the candidate, whose tables exist and are empty. The published file
    is opened for reading only. ``program_digest`` is that of the program at work.
    Raises PublicationError when it cannot be read.
    """
    if not warehouse.exists():
        return
    path = str(warehouse).replace("'", "''")
    with explain_failures(warehouse):
        connection.execute(f"attach '{path}' as previous (read_only)")
    try:
        with explain_failures(warehouse):
            queries = _queries(connection, program_digest)
            for query in queries.values():
                connection.execute(f"explain {query}")
        # what fails from here on is the candidate's own: a disk that is full
        for table, query in queries.items():
            connection.execute(f"insert into raw.{table} by name {query}")
    finally:
        connection.execute("detach previous")


def forget_previous(candidate: Path) -> None:
    """Drop the figures of the publication before from the candidate: the changes say enough."""
    with duckdb.connect(str(candidate)) as connection:
        for table in FORGOTTEN:
            connection.execute(f"drop table if exists {table}")


@dataclass(frozen=True)
class Changes:
    """How much of a publication is new against the one before, ``since`` its id."""

    since: str
    documents_new: int = 0
    documents_changed: int = 0
    documents_gone: int = 0
    figures_added: int = 0
    figures_changed: int = 0
    figures_gone: int = 0

    def describe(self) -> str:
        """Tell it in one line."""
        return (
            f"changed since {self.since}: {counted(self.documents_new, 'document')} new,"
            f" {self.documents_changed} changed, {self.documents_gone} gone;"
            f" {counted(self.figures_added, 'figure')} added, {self.figures_changed} changed,"
            f" {self.figures_gone} gone"
        )


def read_changes(warehouse: Path) -> Changes | None:
    """Count what `audit.change` of a published file says; None for a first publication."""
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        since = connection.execute("select publication_id from raw.published").fetchone()
        if since is None:
            return None
        rows = connection.execute(
            "select subject <> 'document', kind, sum(figures) from audit.change group by all"
        ).fetchall()
        documents = connection.execute(
            "select kind, count(*) from audit.change where subject = 'document' group by all"
        ).fetchall()
    figures = {kind: int(count) for is_figure, kind, count in rows if is_figure}
    held = dict(documents)
    return Changes(
        since=since[0],
        documents_new=held.get("added", 0),
        documents_changed=held.get("changed", 0),
        documents_gone=held.get("gone", 0),
        figures_added=figures.get("added", 0),
        figures_changed=figures.get("changed", 0),
        figures_gone=figures.get("gone", 0),
    )


def _queries(connection: duckdb.DuckDBPyConnection, program_digest: str) -> dict[str, str]:
    facts = " union all by name ".join(
        f"select '{fact}' as fact, * from previous.core.{fact} where is_current" for fact in FACTS
    )
    columns = ", ".join(PREVIOUS["published_fact"].names)
    digest = _if_there(connection, "meta.publication", "program_digest")
    of_folder, of_folders = "cast(null as varchar)", ""
    if _if_there(connection, "audit.folder_identity", "inherited_value") != "null":
        of_folder = "inherited.folder_identity"
        of_folders = (
            " left join (select document_id, string_agg(concat_ws('=', field, inherited_value),"
            " '|' order by field) as folder_identity"
            " from previous.audit.folder_identity group by document_id) as inherited"
            " on source.document_id = inherited.document_id"
        )
    queries = {
        "published": (
            "select publication_id, published_at,"
            f" {digest} is distinct from '{program_digest}' as is_program_changed"
            " from previous.meta.publication"
        ),
        "published_document": (
            "select source.document_id, source.file_path, source.file_name,"
            " document.disclosure_id, document.reader_version, read.vocabulary_hash,"
            f" {of_folder} as folder_identity"
            " from previous.raw.source as source"
            " left join previous.core.dim_document as document"
            " on source.document_id = document.document_id"
            " left join previous.raw.document as read"
            f" on source.document_id = read.document_id{of_folders}"
        ),
        "published_fact": f"select {columns} from ({facts})",
        # the facts are loaded by now
        "published_figures": (
            "select coalesce(cells.document_id, facts.document_id) as document_id,"
            " coalesce(cells.table_kind, facts.table_kind) as table_kind,"
            " coalesce(cells.figures, 0) as figures, coalesce(facts.facts, 0) as facts"
            " from (select document_id, table_kind, count(*) as figures from previous.raw.cell"
            " where role = 'amount' group by document_id, table_kind) as cells"
            " full outer join (select document_id, table_kind, count(*) as facts"
            " from raw.published_fact group by document_id, table_kind) as facts"
            " on cells.document_id = facts.document_id and cells.table_kind = facts.table_kind"
        ),
    }
    if _if_there(connection, "audit.decision", "decision_id") != "null":
        queries["published_decision"] = (
            "select decision_id, document_id, content_id, file_path, printed, applied"
            " from previous.audit.decision"
        )
    return queries


def _if_there(connection: duckdb.DuckDBPyConnection, table: str, column: str) -> str:
    """Name the column, or `null` where an earlier version did not publish it."""
    schema, name = table.split(".")
    found = connection.execute(
        "select 1 from duckdb_columns() where database_name = 'previous' and schema_name = ?"
        " and table_name = ? and column_name = ?",
        [schema, name, column],
    ).fetchone()
    return column if found else "null"
