"""What must hold of the landed documents."""

import great_expectations.expectations as gxe

from expectations.grades import must, worth_knowing
from expectations.rows import ExpectNoBrokenRows
from expectations.suites import TableSuite, file_of
from expectations.suites.core import AMOUNT_FACTS

# The figures that could not be placed stand in one text, separated by spaces.
_LEFT_OVER = (
    "case when trim(left_over) = '' then 0 else len(string_split(trim(left_over), ' ')) end"
)


def raw_suites() -> list[TableSuite]:
    """Return the suites on schema `raw`."""
    return [
        TableSuite(
            "raw",
            "document",
            (
                must(
                    "some_document_read",
                    "At least one document was read",
                    ExpectNoBrokenRows,
                    unexpected_rows_query=(
                        "select count(*) as documents from {batch} as document"
                        " having count(*) filter (where status = 'read') = 0"
                    ),
                ),
                must(
                    "a_content_lands_once",
                    "A content is landed once, however many files have it",
                    gxe.ExpectColumnValuesToBeUnique,
                    column="document_id",
                ),
                must(
                    "no_figure_is_lost",
                    "A document has all the figures in cells that it had in the last publication"
                    " (if fewer are right, publish to another WAREHOUSE)",
                    ExpectNoBrokenRows,
                    unexpected_rows_query=_lost_figures(),
                ),
            ),
        ),
        TableSuite(
            "raw",
            "page",
            (
                must(
                    "pages_exist",
                    "The documents have pages",
                    gxe.ExpectTableRowCountToBeBetween,
                    min_value=1,
                ),
                must(
                    "figures_are_conserved",
                    "The figures on a table page are in cells, elsewhere on it, or left over",
                    ExpectNoBrokenRows,
                    unexpected_rows_query=(
                        f"select {file_of('page')}, page_number, figures_on_page, figures_in_cells,"
                        " figures_elsewhere, left_over from {batch} as page"
                        " where is_table_page and figures_on_page is distinct from"
                        f" figures_in_cells + figures_elsewhere + {_LEFT_OVER}"
                    ),
                ),
                must(
                    "left_over_is_named",
                    "A figure that is left over is named in the audit of its page",
                    ExpectNoBrokenRows,
                    unexpected_rows_query=(
                        f"select {file_of('page')}, page.page_number, page.left_over"
                        " from {batch} as page left join audit.page_conservation as audited"
                        " on page.document_id = audited.document_id"
                        " and page.page_number is not distinct from audited.page_number"
                        " where page.left_over <> ''"
                        " and page.left_over is distinct from audited.left_over"
                    ),
                ),
                worth_knowing(
                    "nothing_left_over",
                    "No figure of a table page is left over",
                    ExpectNoBrokenRows,
                    unexpected_rows_query=(
                        "select document.file_name, page.page_number, page.left_over"
                        " from {batch} as page inner join core.dim_document as document"
                        " on page.document_id = document.document_id"
                        " where page.is_table_page and page.left_over <> ''"
                    ),
                ),
                worth_knowing(
                    "second_reader_agrees",
                    "Where a page was read twice, both readers saw the same",
                    ExpectNoBrokenRows,
                    unexpected_rows_query=(
                        "select document.file_name, page.page_number, page.route"
                        " from {batch} as page inner join core.dim_document as document"
                        " on page.document_id = document.document_id"
                        " where page.second_reader = 'differs'"
                    ),
                ),
            ),
        ),
        TableSuite(
            "raw",
            "table",
            (
                must(
                    "tables_exist",
                    "The documents have tables",
                    gxe.ExpectTableRowCountToBeBetween,
                    min_value=1,
                ),
                # Relative: one odd table must not keep all documents from being published.
                must(
                    "recognised_tables_give_facts",
                    "Of the recognised tables with figures, at least nine in ten give facts",
                    ExpectNoBrokenRows,
                    unexpected_rows_query=(
                        "select count(*) as tables,"
                        " count(*) filter (where not gives_facts) as without_facts"
                        f" from ({_recognised_tables()}) as recognised"
                        " having count(*) filter (where not gives_facts) > 0.1 * count(*)"
                    ),
                ),
                worth_knowing(
                    "every_recognised_table_gives_facts",
                    "A recognised table with figures gives facts",
                    ExpectNoBrokenRows,
                    unexpected_rows_query=(
                        "select document_id, file_name, table_kind, first_page, title, figures"
                        f" from ({_recognised_tables()}) as recognised where not gives_facts"
                    ),
                ),
            ),
        ),
        TableSuite(
            "raw",
            "cell",
            (
                must(
                    "cells_exist",
                    "The documents have cells",
                    gxe.ExpectTableRowCountToBeBetween,
                    min_value=1,
                ),
                must(
                    "cell_ids_are_unique",
                    "A cell has one id",
                    gxe.ExpectColumnValuesToBeUnique,
                    column="cell_id",
                ),
                must(
                    "figures_are_complete",
                    "A figure that is not in doubt has its print, its value and its unit",
                    ExpectNoBrokenRows,
                    unexpected_rows_query=(
                        f"select {file_of('cell')}, page_number, table_kind, text, printed, unit,"
                        " cell_id from {batch} as cell"
                        " inner join seeds.table_kind as kind using (table_kind)"
                        " where kind.facts and role = 'amount' and quarantine_reason is null"
                        " and (printed is null or value is null"
                        " or unit is null or unit not in ('yuan', 'wan_yuan'))"
                    ),
                ),
                worth_knowing(
                    "no_cell_in_doubt",
                    "No figure of a recognised table is in doubt",
                    ExpectNoBrokenRows,
                    unexpected_rows_query=(
                        "select document.file_name, cell.page_number, cell.table_kind, cell.text,"
                        " cell.quarantine_reason from {batch} as cell"
                        " inner join seeds.table_kind as kind"
                        " on cell.table_kind = kind.table_kind and kind.facts"
                        " inner join core.dim_document as document"
                        " on cell.document_id = document.document_id"
                        " where cell.quarantine_reason is not null"
                    ),
                ),
            ),
        ),
    ]


def _lost_figures() -> str:
    """Documents with fewer figures than before, with the kinds of table that have fewer."""
    return (
        "select files.file_path, counted.had, counted.has, counted.tables from ("
        "select kinds.document_id, sum(kinds.had) as had, sum(kinds.has) as has,"
        " string_agg(kinds.table_kind || ' ' || kinds.had || ' -> ' || kinds.has, ', '"
        " order by kinds.table_kind) filter (where kinds.has < kinds.had) as tables from ("
        "select figures.document_id, figures.table_kind, sum(figures.had) as had,"
        " sum(figures.has) as has from ("
        "select document_id, table_kind, figures as had, 0 as has from raw.published_figures"
        " union all select document_id, table_kind, 0, 1 from raw.cell where role = 'amount'"
        ") as figures group by figures.document_id, figures.table_kind"
        ") as kinds group by kinds.document_id) as counted"
        " inner join {batch} as document on counted.document_id = document.document_id"
        " left join (select document_id, min(file_path) as file_path from raw.source"
        " group by document_id) as files on counted.document_id = files.document_id"
        " where counted.has < counted.had"
        # a document that cannot be read any more is in quarantine by name
        " and not (document.status = 'quarantined' and counted.has = 0)"
    )


def _recognised_tables() -> str:
    facts = " union all ".join(f"select cell_id from core.{fact}" for fact in AMOUNT_FACTS)
    # A total or a whole table that a document prints again gives no second fact, so a table is
    # answered by the facts of its kind in its document.
    return (
        "select document.document_id, document.file_name, raw_table.table_kind,"
        " raw_table.first_page, raw_table.title, count(*) as figures,"
        " exists (select 1 from raw.cell as placed"
        f" inner join ({facts}) as fact on placed.cell_id = fact.cell_id"
        " where placed.document_id = document.document_id"
        " and placed.table_kind = raw_table.table_kind) as gives_facts"
        " from {batch} as raw_table"
        " inner join seeds.table_kind as kind on raw_table.table_kind = kind.table_kind"
        " and kind.facts"
        " inner join core.dim_document as document"
        " on raw_table.document_id = document.document_id"
        " and document.disclosure_id is not null"
        " inner join raw.cell as cell on raw_table.table_id = cell.table_id"
        " and cell.role = 'amount' and cell.quarantine_reason is null"
        " group by document.document_id, document.file_name, raw_table.table_id,"
        " raw_table.table_kind, raw_table.first_page, raw_table.title"
    )
