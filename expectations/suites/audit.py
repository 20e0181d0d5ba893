"""What must hold of the audit: it is our promise that nothing is passed over in silence."""

import great_expectations.expectations as gxe

from expectations.grades import must, worth_knowing
from expectations.rows import ExpectNoBrokenRows
from expectations.suites import TableSuite, file_of
from expectations.suites.core import AMOUNT_FACTS


def audit_suites() -> list[TableSuite]:
    """Return the suites on schema `audit`."""
    return [
        TableSuite(
            "audit",
            "identity_check",
            (
                # Relative: an empty list of checks is right only if there is no fact to check.
                must(
                    "facts_are_checked",
                    "A disclosure with facts of income and expenditure has identities checked",
                    ExpectNoBrokenRows,
                    unexpected_rows_query=(
                        "select income.disclosure_id, count(*) as facts"
                        " from core.fct_income as income"
                        " inner join core.fct_expenditure_function as expenditure"
                        " on income.disclosure_id = expenditure.disclosure_id"
                        " and income.level = 'total' and expenditure.level = 'total'"
                        " left join {batch} as identity_check"
                        " on income.disclosure_id = identity_check.disclosure_id"
                        " where identity_check.disclosure_id is null"
                        " group by income.disclosure_id"
                    ),
                ),
                must(
                    "broken_identity_is_a_finding",
                    "An identity that does not hold is named by a finding",
                    ExpectNoBrokenRows,
                    unexpected_rows_query=(
                        "with named as (select distinct disclosure_id,"
                        " unnest(identity_ids) as identity_id from audit.finding),"
                        " placed as (select distinct places.document_id,"
                        " unnest(finding.identity_ids) as identity_id from audit.finding"
                        " inner join audit.finding_place as places"
                        " on finding.finding_id = places.finding_id),"
                        f" unnamed as materialized (select {file_of('identity_check')},"
                        " identity_check.identity_id, identity_check.description,"
                        " identity_check.left_yuan, identity_check.right_yuan,"
                        " identity_check.cell_ids from {batch} as identity_check"
                        " inner join audit.rule as rules"
                        " on identity_check.identity_id = rules.identity_id"
                        # what most agencies do may be done otherwise
                        " and rules.strength <> 'habit'"
                        " anti join named on identity_check.disclosure_id = named.disclosure_id"
                        " and identity_check.identity_id = named.identity_id"
                        # the department's finding names the places of its unit too
                        " anti join placed on identity_check.document_id = placed.document_id"
                        " and identity_check.identity_id = placed.identity_id"
                        " where identity_check.status = 'broken')"
                        # the cause of what two years say may be a table of the other one
                        " select * exclude (cell_ids) from unnamed where not exists ("
                        "select 1 from audit.finding as finding"
                        " where list_contains(finding.identity_ids, unnamed.identity_id)"
                        " and list_has_any(finding.cell_ids, unnamed.cell_ids))"
                    ),
                ),
                must(
                    "status_follows_from_the_figures",
                    "A check is broken where its sides miss its rule by more than the tolerance",
                    ExpectNoBrokenRows,
                    unexpected_rows_query=(
                        "select identity_id, disclosure_id, left_yuan, right_yuan,"
                        " tolerance_yuan, status from ("
                        "select identity_check.*, case rules.comparison"
                        " when 'at_most' then left_yuan - right_yuan"
                        " when 'at_least' then right_yuan - left_yuan"
                        " else abs(left_yuan - right_yuan) end as miss_yuan"
                        " from {batch} as identity_check"
                        " inner join audit.rule as rules"
                        " on identity_check.identity_id = rules.identity_id"
                        " and rules.is_money) as identity_check"
                        " where (status in ('holds', 'rounding')"
                        " and (miss_yuan is null or miss_yuan > tolerance_yuan))"
                        " or (status = 'broken' and miss_yuan <= tolerance_yuan)"
                    ),
                ),
                worth_knowing(
                    "identities_hold",
                    "The identities of the documents hold",
                    ExpectNoBrokenRows,
                    unexpected_rows_query=(
                        f"select {file_of('identity_check')},"
                        f" {_printed_at('page_number')} as page_number,"
                        " identity_check.description,"
                        f" {_printed_at('printed')} as printed,"
                        # what is blank in print is counted as nothing, and shown as blank
                        " case when identity_check.blank_side is distinct from 'left'"
                        " then identity_check.left_yuan end as left_yuan,"
                        " case when identity_check.blank_side is distinct from 'right'"
                        " then identity_check.right_yuan end as right_yuan,"
                        " identity_check.difference_yuan from {batch} as identity_check"
                        " where identity_check.status = 'broken'"
                    ),
                ),
            ),
        ),
        TableSuite(
            "audit",
            "decision",
            (
                must(
                    "decisions_are_followed",
                    "A cell that a person decided is confirmed and out of quarantine",
                    ExpectNoBrokenRows,
                    unexpected_rows_query=(
                        "select decision.file_path, decision.decided_in, decision.line_number,"
                        " decision.place,"
                        " decision.decided_value, cell.reading, cell.quarantine_reason"
                        " from {batch} as decision"
                        " left join raw.cell as cell on decision.place = cell.cell_id"
                        " where decision.what = 'cell' and decision.applied"
                        " and (cell.reading is distinct from 'confirmed'"
                        " or cell.quarantine_reason is not null)"
                    ),
                ),
                must(
                    "confirmed_means_decided",
                    "A fact is confirmed only where a person decided its cell or its unit",
                    ExpectNoBrokenRows,
                    unexpected_rows_query=(
                        f"select {file_of('fact')}, fact.amount_printed, fact.cell_id"
                        f" from ({_confirmed()}) as fact left join {{batch}} as decision"
                        " on fact.document_id = decision.document_id and decision.applied"
                        " and (decision.what = 'unit' or decision.place = fact.cell_id)"
                        " where decision.decision_id is null"
                    ),
                ),
            ),
        ),
        TableSuite(
            "audit",
            "page_conservation",
            (
                must(
                    "pages_are_audited",
                    "The audit has a row for a page",
                    gxe.ExpectTableRowCountToBeBetween,
                    min_value=1,
                ),
                must(
                    "every_page_is_audited",
                    "Every table page of a document is audited",
                    ExpectNoBrokenRows,
                    unexpected_rows_query=(
                        f"select {file_of('page')}, page.page_number from raw.page as page"
                        " left join {batch} as audited"
                        " on page.document_id = audited.document_id"
                        " and page.page_number is not distinct from audited.page_number"
                        " where page.is_table_page and audited.document_id is null"
                    ),
                ),
            ),
        ),
        TableSuite(
            "audit",
            "run",
            (
                must(
                    "this_run_is_recorded",
                    "The build is recorded",
                    gxe.ExpectTableRowCountToBeBetween,
                    min_value=1,
                ),
                must(
                    "runs_are_unique",
                    "A build is recorded once",
                    gxe.ExpectColumnValuesToBeUnique,
                    column="run_id",
                ),
                must(
                    "quarantine_is_complete",
                    "What a reader quarantined is in the audit",
                    ExpectNoBrokenRows,
                    unexpected_rows_query=(
                        f"select {file_of('document')}, count(*) over () as audited"
                        " from raw.document as document cross join {batch} as run"
                        " where document.status = 'quarantined' and not exists ("
                        "select 1 from audit.quarantine as quarantine"
                        " where quarantine.document_id = document.document_id)"
                    ),
                ),
            ),
        ),
    ]


def _printed_at(column: str) -> str:
    """Write the column with what the cells of a check print, or where."""
    return (
        f"(select string_agg(distinct cast(cell.{column} as varchar), ', ')"
        " from raw.cell as cell where list_contains(identity_check.cell_ids, cell.cell_id))"
    )


def _confirmed() -> str:
    return " union all ".join(
        f"select cell_id, document_id, amount_printed from core.{fact} where reading = 'confirmed'"
        for fact in AMOUNT_FACTS
    )
