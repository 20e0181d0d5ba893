"""What the pictures of pages need: areas that are hidden, and how a page is turned."""

import duckdb

from extract.personal import MARK
from review.rows import PersonalArea
from review.warehouse import read_rows


def read_personal_areas(connection: duckdb.DuckDBPyConnection) -> list[PersonalArea]:
    """Boxes of the cells and lines that carry the mark of personal data, on all pages."""
    return read_rows(
        connection,
        PersonalArea,
        """
        select document_id, page_number, x0, y0, x1, y1 from raw.cell
        where contains(text, $1) and page_number is not null and x0 is not null
        union all
        select document_id, page_number, x0, y0, x1, y1 from raw.line
        where contains(text, $1) and page_number is not null and x0 is not null
        """,
        [MARK],
    )


def read_turned_pages(connection: duckdb.DuckDBPyConnection) -> dict[tuple[str, int], int]:
    """Quarter turns to the right by which pictures of pages are read, by document and page."""
    rows = connection.execute(
        "select document_id, page_number, turns from raw.page where turns is not null"
    ).fetchall()
    return {(document_id, page_number): turns for document_id, page_number, turns in rows}
