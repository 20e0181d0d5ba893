"""The suites, one per table that is looked at; each has a floor of rows.

An expectation by query selects the rows that break it, with what a reader needs to find them.
"""

from dataclasses import dataclass

from expectations.grades import Expectation


@dataclass(frozen=True)
class TableSuite:
    """The expectations on one table of the candidate."""

    schema: str
    table: str
    expectations: tuple[Expectation, ...]

    @property
    def name(self) -> str:
        """Schema and table, which is also the name of the suite's page in Data Docs."""
        return f"{self.schema}.{self.table}"


def file_of(alias: str) -> str:
    """Write the column with the file of a row that has a document, for a query; one if several."""
    return (
        "(select min(source.file_path) from raw.source as source"
        f" where source.document_id = {alias}.document_id) as file_name"
    )
