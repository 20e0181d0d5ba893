"""No figure of a table page is lost between the page and its cells."""

import duckdb
import pytest

from tests.documents.conftest import DOCUMENTS, ask, document_id, read_golden

pytestmark = pytest.mark.shared

LEAST_SHARE = 0.98


@pytest.fixture
def table_pages(published: duckdb.DuckDBPyConnection) -> list[dict[str, object]]:
    """Return the table pages of the PDFs with their account of figures."""
    return ask(
        published,
        "select page.*, conservation.left_over as left_over_published from raw.page as page"
        " inner join audit.page_conservation as conservation"
        " using (document_id, page_number)"
        " inner join raw.document as document using (document_id)"
        " where page.is_table_page and document.media_type = 'application/pdf'",
    )


def test_nothing_is_left_over_on_nearly_all_table_pages(
    table_pages: list[dict[str, object]],
) -> None:
    whole = [page for page in table_pages if not page["left_over"]]
    assert len(whole) >= LEAST_SHARE * len(table_pages)
    assert all(
        (page["left_over_published"] or "") == (page["left_over"] or "") for page in table_pages
    )


def test_the_account_of_every_table_page_adds_up(table_pages: list[dict[str, object]]) -> None:
    for page in table_pages:
        left_over = str(page["left_over"] or "").split()
        on_page, in_cells, elsewhere = (
            int(str(page[name]))
            for name in ("figures_on_page", "figures_in_cells", "figures_elsewhere")
        )
        assert on_page == in_cells + elsewhere + len(left_over), page


def test_every_page_with_a_table_counts_as_one(table_pages: list[dict[str, object]]) -> None:
    counted = {(page["document_id"], page["page_number"]) for page in table_pages}
    assert len(counted) > 100
    for row in read_golden("tables"):
        assert row["document"] in DOCUMENTS
        for page in range(int(row["first_page"]), int(row["last_page"]) + 1):
            assert (document_id(row["document"]), page) in counted, (row["document"], page)
