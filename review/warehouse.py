"""What the pages show, read from a candidate or a published file."""

from collections.abc import Iterator, Sequence
from dataclasses import fields
from itertools import groupby
from typing import TypeVar

import duckdb

from review.rows import (
    Cell,
    Check,
    Disclosure,
    Document,
    Finding,
    Place,
    PrintedTable,
    Rule,
    TextPart,
    Totals,
)

Row = TypeVar("Row")

_AT_ONCE = 20_000
"""Cells fetched at once."""


def read_totals(connection: duckdb.DuckDBPyConnection) -> Totals:
    """Count what the warehouse holds."""
    return read_rows(
        connection,
        Totals,
        """
        select
            (select count(*) from core.dim_disclosure) as disclosures,
            (select count(*) from core.dim_document where is_read) as documents,
            (select count(*) from core.dim_document where not is_read) as documents_unread,
            (select coalesce(sum(page_count), 0) from core.dim_document)::bigint as pages,
            (select count(*) from raw.cell where role = 'amount') as figures,
            (select count(*) from audit.fact_place where place_no = 1) as facts,
            (select count(*) from audit.rule) as rules,
            (select count(distinct identity_id) from audit.identity_check
                where status <> 'not_applicable') as rules_decided,
            (select count(*) from audit.identity_check
                where status <> 'not_applicable') as checks_decided,
            (select count(*) from audit.quarantine) as quarantined
        """,
    )[0]


def read_disclosures(connection: duckdb.DuckDBPyConnection) -> list[Disclosure]:
    """All disclosures, by agency and year."""
    return read_rows(
        connection,
        Disclosure,
        """
        with documents as (
            select disclosure_id, count(*) as documents from core.dim_document
            where disclosure_id is not null group by 1
        ), facts as (
            select disclosure_id, count(*) as facts from audit.fact_place
            where place_no = 1 group by 1
        ), checks as (
            select
                disclosure_id,
                count(*) filter (where status = 'holds') as holds,
                count(*) filter (where status = 'rounding') as rounding,
                count(*) filter (
                    where status = 'broken' and strength not in ('habit', 'condition')
                ) as broken,
                count(*) filter (where status = 'broken' and strength = 'habit') as unusual
            from audit.identity_check
            inner join audit.rule using (identity_id) group by 1
        ), findings as (
            -- also what another disclosure's document prints alike
            select disclosure_id, count(*) as findings from (
                select disclosure_id, finding_id from audit.finding
                union
                select document.disclosure_id, place.finding_id
                from audit.finding_place as place
                inner join core.dim_document as document
                    on place.document_id = document.document_id
                where place.is_copy
            ) group by 1
        ), quarantined as (
            select document.disclosure_id, count(*) as quarantined
            from audit.quarantine as quarantine
            inner join core.dim_document as document
                on quarantine.document_id = document.document_id
            group by 1
        )
        select
            disclosure.disclosure_id, disclosure.agency_name, region.region_name,
            disclosure.fiscal_year, disclosure.document_kind, disclosure.scope,
            coalesce(documents, 0) as documents, coalesce(facts, 0) as facts,
            coalesce(holds, 0) as holds, coalesce(rounding, 0) as rounding,
            coalesce(broken, 0) as broken, coalesce(unusual, 0) as unusual,
            coalesce(findings, 0) as findings,
            coalesce(quarantined, 0) as quarantined
        from core.dim_disclosure as disclosure
        left join core.dim_region as region on disclosure.region_code = region.region_code
        left join documents on disclosure.disclosure_id = documents.disclosure_id
        left join facts on disclosure.disclosure_id = facts.disclosure_id
        left join checks on disclosure.disclosure_id = checks.disclosure_id
        left join findings on disclosure.disclosure_id = findings.disclosure_id
        left join quarantined on disclosure.disclosure_id = quarantined.disclosure_id
        order by disclosure.region_code, disclosure.agency_name, disclosure.fiscal_year,
            disclosure.document_kind, disclosure.scope
        """,
    )


def read_documents(connection: duckdb.DuckDBPyConnection) -> list[Document]:
    """All documents, by file name."""
    return read_rows(
        connection,
        Document,
        """
        select
            document.document_id, document.disclosure_id, document.file_name,
            document.page_count, document.is_read,
            coalesce(figures, 0) as figures, coalesce(facts, 0) as facts,
            coalesce(folder.said_by, cast([] as varchar[])) as said_by
        from core.dim_document as document
        left join (
            select document_id, any_value(said_by) as said_by from audit.folder_identity
            group by 1
        ) as folder on document.document_id = folder.document_id
        left join (
            select document_id, count(*) as figures from raw.cell
            where role = 'amount' group by 1
        ) as figures on document.document_id = figures.document_id
        left join (
            select document_id, count(*) as facts from audit.fact_place
            where place_no = 1 group by 1
        ) as facts on document.document_id = facts.document_id
        order by document.file_name, document.document_id
        """,
    )


def read_findings(connection: duckdb.DuckDBPyConnection) -> list[Finding]:
    """All findings, the gravest first, then by agency, year and page."""
    return read_rows(
        connection,
        Finding,
        """
        select
            finding.finding_id, finding.kind, finding.severity, finding.disclosure_id,
            finding.document_id, coalesce(document.file_name, '') as file_name,
            finding.page_number, finding.description, finding.description_en,
            page.width as page_width, page.height as page_height,
            finding.left_printed, finding.right_printed, finding.identity_ids,
            disclosure.agency_name, disclosure.fiscal_year, disclosure.document_kind,
            disclosure.scope
        from audit.finding as finding
        left join core.dim_document as document
            on finding.document_id = document.document_id
        left join core.dim_disclosure as disclosure
            on finding.disclosure_id = disclosure.disclosure_id
        left join raw.page as page
            on
                finding.document_id = page.document_id
                and finding.page_number = page.page_number
        order by
            case finding.severity when 'high' then 1 when 'medium' then 2 else 3 end,
            finding.kind = 'code_name_conflict', disclosure.region_code,
            disclosure.agency_name, disclosure.fiscal_year, finding.document_id,
            finding.page_number, finding.finding_id
        """,
    )


def read_places(connection: duckdb.DuckDBPyConnection) -> list[Place]:
    """The places of all findings, in the order of print within a side, the left one first."""
    return read_rows(
        connection,
        Place,
        """
        select
            place.finding_id, place.side, place.place_no, place.document_id,
            coalesce(document.file_name, '') as file_name, place.page_number,
            place.cell_id, place.line_id, place.printed, place.is_suspect,
            coalesce(place.is_copy, false) as is_copy,
            printed_table.table_no, cell.table_kind, printed_table.title as table_title,
            cell.row_no, cell.column_no,
            coalesce(cell.row_label, blank.row_label) as row_label,
            coalesce(cell.column_label, blank.column_label) as column_label, cell.unit,
            cell.reading,
            coalesce(amounts.amount_yuan, said.amount_yuan) as amount_yuan,
            line.text as line_text,
            coalesce(cell.x0, line.x0) as x0, coalesce(cell.y0, line.y0) as y0,
            coalesce(cell.x1, line.x1) as x1, coalesce(cell.y1, line.y1) as y1,
            page.width as page_width, page.height as page_height
        from audit.finding_place as place
        left join core.dim_document as document on place.document_id = document.document_id
        left join raw.cell as cell on place.cell_id = cell.cell_id
        left join staging.stg_cell as amounts on place.cell_id = amounts.cell_id
        left join raw."table" as printed_table on cell.table_id = printed_table.table_id
        left join raw.line as line on place.line_id = line.line_id
        left join (
            -- a blank has the labels of its neighbours
            select
                blank.cell_id,
                min(beside.row_label) filter (where beside.row_no = blank.row_no) as row_label,
                min(beside.column_label) filter (where beside.column_no = blank.column_no)
                    as column_label
            from audit.finding_place as place
            inner join raw.cell as blank
                on place.cell_id = blank.cell_id and blank.role = 'blank'
            inner join raw.cell as beside
                on blank.table_id = beside.table_id and beside.role = 'amount'
            group by blank.cell_id
        ) as blank on place.cell_id = blank.cell_id
        left join (
            select line_id, concat(printed, unit) as printed, min(amount_yuan) as amount_yuan
            from staging.stg_statement group by all
        ) as said on place.line_id = said.line_id and place.printed = said.printed
        left join raw.page as page
            on place.document_id = page.document_id and place.page_number = page.page_number
        order by place.finding_id, place.side, place.place_no
        """,
    )


def read_broken_checks(connection: duckdb.DuckDBPyConnection) -> list[Check]:
    """All broken checks, with the words of their rules."""
    return read_rows(
        connection,
        Check,
        """
        select
            identity.identity_id, identity.description, rule.description_en, rule.strength,
            identity.document_id, identity.left_yuan, identity.right_yuan,
            identity.difference_yuan, identity.tolerance_yuan, identity.cell_ids,
            identity.blank_side
        from audit.identity_check as identity
        inner join audit.rule as rule on identity.identity_id = rule.identity_id
        where identity.status = 'broken' and rule.strength <> 'condition'
        order by identity.document_id, identity.identity_id, identity.check_id
        """,
    )


def read_rules(connection: duckdb.DuckDBPyConnection) -> list[Rule]:
    """How each rule was decided, per disclosure; a rule without a disclosure never applied."""
    return read_rows(
        connection,
        Rule,
        """
        select
            rule.identity_id, rule.description, rule.description_en, rule.strength,
            rule.reason, rule.reason_en, rule.since, identity.disclosure_id,
            count(*) filter (where identity.status = 'holds') as holds,
            count(*) filter (where identity.status = 'rounding') as rounding,
            count(*) filter (where identity.status = 'broken') as broken,
            count(*) filter (where identity.status = 'not_applicable') as not_applicable,
            -- a map comes as a dict
            coalesce(
                histogram(identity.reason) filter (where identity.reason is not null), map {}
            ) as reasons
        from audit.rule as rule
        left join audit.identity_check as identity
            on rule.identity_id = identity.identity_id
        group by all
        order by rule.identity_id, identity.disclosure_id
        """,
    )


def read_tables(connection: duckdb.DuckDBPyConnection) -> list[PrintedTable]:
    """All tables, in the order of print within a document."""
    return read_rows(
        connection,
        PrintedTable,
        """
        select
            printed_table.table_id, printed_table.document_id, printed_table.table_no,
            printed_table.table_kind, printed_table.title, printed_table.unit_text,
            printed_table.first_page, printed_table.last_page,
            coalesce(figures, 0) as figures, coalesce(facts, 0) as facts,
            coalesce(quarantined, 0) as quarantined
        from raw."table" as printed_table
        left join (
            select
                cell.table_id,
                count(distinct cell.cell_id) filter (where cell.role = 'amount') as figures,
                count(distinct fact.cell_id) as facts,
                count(distinct quarantine.cell_id) as quarantined
            from raw.cell as cell
            left join audit.fact_place as fact on cell.cell_id = fact.cell_id
            left join audit.quarantine as quarantine on cell.cell_id = quarantine.cell_id
            group by 1
        ) as counts on printed_table.table_id = counts.table_id
        order by printed_table.document_id, printed_table.table_no
        """,
    )


def read_cells(connection: duckdb.DuckDBPyConnection) -> Iterator[tuple[str, list[Cell]]]:
    """The cells of all tables, document by document and row by row: (document_id, its cells).

    A blank cell of a single row and column is left out: nothing stands in it.
    """
    result = connection.cursor().execute(
        """
        select
            cell.document_id, cell.cell_id, cell.table_id, cell.row_no, cell.column_no,
            coalesce(cell.row_span, 1) as row_span,
            coalesce(cell.column_span, 1) as column_span,
            coalesce(cell.text, '') as text, cell.role, cell.reading,
            quarantine.reason as quarantine_reason
        from raw.cell as cell
        left join (
            select cell_id, min(reason) as reason from audit.quarantine group by 1
        ) as quarantine on cell.cell_id = quarantine.cell_id
        where cell.role <> 'blank' or cell.row_span > 1 or cell.column_span > 1
        order by cell.document_id, cell.table_no, cell.row_no, cell.column_no
        """
    )
    cells = (Cell(*row) for rows in iter(lambda: result.fetchmany(_AT_ONCE), []) for row in rows)
    for document_id, group in groupby(cells, key=lambda cell: cell.document_id):
        yield document_id, list(group)


def read_text(connection: duckdb.DuckDBPyConnection, document_id: str) -> list[TextPart]:
    """What was landed of a text, cells and lines, with the line of the file that they stand in.

    Workbooks, Word documents and web pages say which columns a cell goes over.
    """
    return read_rows(
        connection,
        TextPart,
        """
        select line_id as place, cast(floor(y0) as integer) as number, x0 as order_no, text,
            '' as table_id, 0 as columns
        from raw.line where document_id = $1 and page_number is null and y0 is not null
        union all
        select cell_id, cast(floor(y0) as integer), x0, text,
            case when is_columnar then table_id else '' end,
            case when is_columnar then cast(x1 - x0 as integer) else 0 end
        from raw.cell
        cross join (
            select coalesce(bool_or(route in ('sheet', 'word', 'web')), false) as is_columnar
            from raw.page where document_id = $1
        )
        where document_id = $1 and page_number is null and y0 is not null
            and (
                text <> ''
                or cell_id in (select place.cell_id from audit.finding_place as place
                    where place.cell_id is not null)
            )
        order by number, order_no, place
        """,
        [document_id],
    )


def read_rule_words(connection: duckdb.DuckDBPyConnection) -> dict[str, tuple[str, str]]:
    """What each rule says, in Chinese and English: identities of tables, relations of sentences."""
    words: dict[str, tuple[str, str]] = {}
    for table, key in (("identity_rule", "identity_id"), ("relation_rule", "relation_id")):
        if has_table(connection, "seeds", table):
            rows = connection.execute(
                f"select {key}, description, description_en from seeds.{table}"
            ).fetchall()
            words.update({rule: (said, said_en) for rule, said, said_en in rows})
    return words


def has_table(connection: duckdb.DuckDBPyConnection, schema: str, table: str) -> bool:
    """True if the file has the table."""
    found = connection.execute(
        "select count(*) from duckdb_tables() where schema_name = ? and table_name = ?",
        [schema, table],
    ).fetchone()
    return found is not None and found[0] > 0


def read_rows(
    connection: duckdb.DuckDBPyConnection, row: type[Row], sql: str, values: Sequence[object] = ()
) -> list[Row]:
    """Run a query whose columns carry the names of a dataclass's fields."""
    result = connection.execute(sql, list(values))
    names = [column[0] for column in result.description or ()]
    wanted = [field.name for field in fields(row)]  # type: ignore[arg-type]
    if wanted != names:
        raise TypeError(f"{row.__name__} has the fields {wanted}, the query {names}")
    return [row(*found) for found in result.fetchall()]
