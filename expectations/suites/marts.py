"""What must hold of the marts, by sums of our own over the facts."""

import great_expectations.expectations as gxe

from expectations.grades import must, worth_knowing
from expectations.rows import ExpectNoBrokenRows
from expectations.suites import TableSuite

_FIGURES = {
    "income_total_yuan": ("core.fct_income",),
    "expenditure_total_yuan": ("core.fct_expenditure_function",),
    "three_public_yuan": ("core.fct_three_public", "core.fct_stated_figure"),
}
"""Amounts of a year, and the facts that may print them."""


def marts_suites() -> list[TableSuite]:
    """Return the suites on schema `marts`."""
    return [
        TableSuite(
            "marts",
            "mart_agency_year",
            (
                must(
                    "marts_have_rows",
                    "There is a row for a disclosure",
                    gxe.ExpectTableRowCountToBeBetween,
                    min_value=1,
                ),
                must(
                    "one_row_per_disclosure",
                    "A disclosure has one row",
                    gxe.ExpectColumnValuesToBeUnique,
                    column="disclosure_id",
                ),
                must(
                    "no_disclosure_is_lost",
                    "Every disclosure has a row",
                    ExpectNoBrokenRows,
                    unexpected_rows_query=(
                        "select disclosure.disclosure_id, disclosure.agency_name,"
                        " disclosure.fiscal_year from core.dim_disclosure as disclosure"
                        " left join {batch} as mart"
                        " on disclosure.disclosure_id = mart.disclosure_id"
                        " where mart.disclosure_id is null"
                    ),
                ),
                *(
                    must(
                        f"{column.removesuffix('_yuan')}_is_a_fact",
                        f"{column} is a current figure that the disclosure prints",
                        ExpectNoBrokenRows,
                        unexpected_rows_query=(
                            f"select mart.disclosure_id, mart.agency_name, mart.{column}"
                            " from {batch} as mart"
                            f" where mart.{column} is not null"
                            + "".join(
                                f" and not exists (select 1 from {fact} as fact"
                                " where fact.disclosure_id = mart.disclosure_id"
                                f" and fact.is_current and fact.amount_yuan = mart.{column})"
                                for fact in facts
                            )
                        ),
                    )
                    for column, facts in _FIGURES.items()
                ),
                worth_knowing(
                    "agencies_have_totals",
                    "A disclosure has its total of income and of expenditure",
                    ExpectNoBrokenRows,
                    unexpected_rows_query=(
                        "select disclosure_id, agency_name, fiscal_year, income_total_yuan,"
                        " expenditure_total_yuan from {batch} as mart"
                        " where income_total_yuan is null or expenditure_total_yuan is null"
                    ),
                ),
            ),
        ),
        TableSuite(
            "marts",
            "mart_city_comparison",
            (
                # Relative: empty only if no current line of expenditure carries a code.
                must(
                    "comparison_has_rows",
                    "Where there are lines of expenditure by function, there is a comparison",
                    ExpectNoBrokenRows,
                    unexpected_rows_query=(
                        "select count(*) as facts from core.fct_expenditure_function as fact"
                        " where fact.is_current and fact.level = 'item'"
                        " and fact.table_kind = 'expenditure' and fact.component = 'total'"
                        " and fact.function_code is not null"
                        " having count(*) > 0 and (select count(*) from {batch} as mart) = 0"
                    ),
                ),
                must(
                    "compared_once",
                    "An agency's year and kind come from one publication, the department's first",
                    ExpectNoBrokenRows,
                    unexpected_rows_query=(
                        "select mart.agency_name, mart.fiscal_year, mart.document_kind,"
                        " count(distinct mart.disclosure_id) as publications"
                        " from {batch} as mart left join core.dim_disclosure as department"
                        " on mart.agency_id = department.agency_id"
                        " and mart.fiscal_year = department.fiscal_year"
                        " and mart.document_kind = department.document_kind"
                        " and department.scope = 'department' group by all"
                        " having count(distinct mart.disclosure_id) > 1"
                        " or bool_or(mart.scope = 'unit' and department.scope is not null)"
                    ),
                ),
            ),
        ),
        TableSuite(
            "marts",
            "mart_spending_class",
            (
                must(
                    "shares_are_shares",
                    "A share of a total without negative amounts is between 0 and 1",
                    ExpectNoBrokenRows,
                    unexpected_rows_query=(
                        "select mart.agency_name, mart.fiscal_year, mart.dimension, mart.code,"
                        " mart.amount_yuan, mart.share_of_total from {batch} as mart"
                        " where mart.share_of_total not between 0 and 1 and not exists ("
                        "select 1 from marts.mart_spending_class as negative"
                        " where negative.disclosure_id = mart.disclosure_id"
                        " and negative.dimension = mart.dimension"
                        " and negative.amount_yuan < 0)"
                    ),
                ),
                # half of the last digit of 万元 per figure: what rounding alone may leave
                worth_knowing(
                    "leaves_make_the_total",
                    "The leaves of a table make the total that it prints, but for rounding",
                    ExpectNoBrokenRows,
                    unexpected_rows_query=(
                        "select mart.agency_name, mart.fiscal_year, mart.scope, mart.dimension,"
                        " mart.total_yuan, mart.printed_total_yuan from {batch} as mart"
                        " group by all having abs(mart.total_yuan - mart.printed_total_yuan)"
                        " > 50 * (count(*) + 1)"
                    ),
                ),
                must(
                    "amounts_are_sums_of_facts",
                    "An amount is the sum of the current facts of its class in one kind of table",
                    ExpectNoBrokenRows,
                    unexpected_rows_query=(
                        "select mart.agency_name, mart.fiscal_year, mart.dimension, mart.code,"
                        " mart.fund, mart.amount_yuan from {batch} as mart"
                        " where mart.dimension in ('function_item', 'economic_section')"
                        f" and not exists (select 1 from ({_summed_facts()}) as facts"
                        " where facts.disclosure_id = mart.disclosure_id"
                        " and facts.code = mart.code and facts.fund = mart.fund"
                        " and facts.amount_yuan = mart.amount_yuan)"
                    ),
                ),
            ),
        ),
        TableSuite(
            "marts",
            "mart_findings",
            (
                must(
                    "findings_are_the_same",
                    "The findings for analysts are those of the audit, each once",
                    ExpectNoBrokenRows,
                    unexpected_rows_query=(
                        "select coalesce(mart.file_name, '') as file_name,"
                        " coalesce(mart.description, finding.description) as description,"
                        " count(*) as rows, coalesce(mart.finding_id, finding.finding_id)"
                        " as finding_id from {batch} as mart"
                        " full outer join audit.finding as finding"
                        " on mart.finding_id = finding.finding_id group by all"
                        " having count(mart.finding_id) <> 1 or count(finding.finding_id) <> 1"
                    ),
                ),
            ),
        ),
    ]


def _summed_facts() -> str:
    return " union all ".join(
        f"select disclosure_id, {code} as code, fund, table_kind, sum(amount_yuan) as amount_yuan"
        f" from core.{fact} where is_current and component = 'total'"
        " and level in ('class', 'section', 'item')"
        f" and {code} is not null group by disclosure_id, {code}, fund, table_kind"
        for fact, code in (
            ("fct_expenditure_function", "function_code"),
            ("fct_expenditure_economic", "department_economic_code"),
        )
    )
