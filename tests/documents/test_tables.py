"""Which tables stand where, and that every printed figure of them is a fact."""

from collections import Counter

import duckdb
import pytest

from tests.documents.conftest import DOCUMENTS, ask, document_id, read_golden

pytestmark = pytest.mark.shared

TABLES = read_golden("tables")
NOT_COUNTED = ("performance_target", "unknown")
PDFS = sorted({row["document"] for row in TABLES})
NARRATIVES = sorted(name for name in DOCUMENTS if name.endswith("-narrative"))
FACTS = " union all ".join(
    f"select cell_id from core.{fact}"
    for fact in (
        "fct_income",
        "fct_expenditure_function",
        "fct_expenditure_economic",
        "fct_three_public",
        "fct_procurement",
        "fct_project_amount",
    )
)


@pytest.mark.parametrize("document", [*PDFS, *NARRATIVES])
def test_kinds_and_pages_of_the_tables(published: duckdb.DuckDBPyConnection, document: str) -> None:
    rows = ask(
        published,
        'select table_kind, first_page, last_page from raw."table"'
        " where document_id = ? and not list_contains(?, table_kind)",
        document_id(document),
        list(NOT_COUNTED),
    )
    expected = Counter(
        (row["table_kind"], int(row["first_page"]), int(row["last_page"]))
        for row in TABLES
        if row["document"] == document
    )
    assert Counter(tuple(row.values()) for row in rows) == expected


@pytest.mark.parametrize("document", PDFS)
def test_every_printed_figure_is_a_fact(
    published: duckdb.DuckDBPyConnection, document: str
) -> None:
    """A blank is none; a total printed twice is two cells and one fact."""
    rows = ask(
        published,
        f"""
        with facts as ({FACTS})
        select
            cell.table_kind,
            count(*) as figures,
            count(facts.cell_id) as facts
        from raw.cell as cell
        left join facts using (cell_id)
        where cell.document_id = ? and cell.role = 'amount'
            and not list_contains(?, cell.table_kind)
        group by cell.table_kind
        """,
        document_id(document),
        list(NOT_COUNTED),
    )
    found = {row["table_kind"]: (row["figures"], row["facts"]) for row in rows}
    expected = {
        row["table_kind"]: (int(row["figures"]), int(row["figures"]) - int(row["repeats"]))
        for row in TABLES
        if row["document"] == document and row["figures"] != "0"
    }
    assert found == expected


def test_nothing_of_the_pdfs_is_in_quarantine(published: duckdb.DuckDBPyConnection) -> None:
    rows = ask(
        published,
        "select document_id, table_kind, page_number, reason from audit.quarantine"
        " where list_contains(?, document_id) and table_kind is not null",
        [document_id(document) for document in PDFS],
    )
    assert rows == []
