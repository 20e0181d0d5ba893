"""Who published what, for which year: as the cover and the titles say it, not the file name."""

import duckdb
import pytest

from tests.documents.conftest import DOCUMENTS, ask, document_id

pytestmark = pytest.mark.shared


@pytest.mark.parametrize("document", sorted(DOCUMENTS))
def test_identity_is_what_the_document_says(
    published: duckdb.DuckDBPyConnection, document: str
) -> None:
    golden = DOCUMENTS[document]
    rows = ask(
        published,
        "select * from core.dim_document where document_id = ?",
        document_id(document),
    )
    assert len(rows) == 1
    fields = ("sha256", "document_kind", "fiscal_year", "scope", "region_code", "agency_name")
    assert {field: str(rows[0][field]) for field in fields} == {
        field: golden[field] for field in fields
    }
    assert document not in str(rows[0]["file_name"])


def test_files_of_one_disclosure_are_one(published: duckdb.DuckDBPyConnection) -> None:
    """Tables and narrative as two files are one; a department and its own unit are two."""
    shared_by = ask(
        published,
        "select list(document_id order by document_id) as documents from core.dim_document"
        " group by disclosure_id having count(*) > 1",
    )
    pairs = [
        ("jiangsu-cppcc-2017-budget-narrative", "jiangsu-cppcc-2017-budget-tables"),
        ("jiangsu-party-office-2018-budget-narrative", "jiangsu-party-office-2018-budget-tables"),
    ]
    expected = [sorted(document_id(name) for name in pair) for pair in pairs]
    assert sorted(map(str, (row["documents"] for row in shared_by))) == sorted(map(str, expected))
