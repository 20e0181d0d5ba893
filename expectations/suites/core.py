"""What must hold of dimensions and facts."""

import great_expectations.expectations as gxe

from expectations.grades import Expectation, must, worth_knowing
from expectations.suites import TableSuite

AMOUNT_FACTS = (
    "fct_income",
    "fct_expenditure_function",
    "fct_expenditure_economic",
    "fct_three_public",
    "fct_procurement",
    "fct_project_amount",
)
"""The facts with a printed amount."""

_WORDS = {
    "fct_income": "income_source",
    "fct_expenditure_function": "component",
    "fct_expenditure_economic": "component",
}
"""The word that tells the figures of one row apart, in the facts whose lines add up."""

_CODES = {
    "fct_income": ("function_code", "unit_code"),
    "fct_expenditure_function": ("function_code", "unit_code"),
    "fct_expenditure_economic": ("department_economic_code", "government_economic_code"),
}
_FAMILIES = {
    "fct_income": "income",
    "fct_expenditure_function": "expenditure",
    "fct_expenditure_economic": "economic",
    "fct_three_public": "three_public",
    "fct_procurement": "procurement",
    "fct_project_amount": "project",
}
"""The family of tables (seed `table_kind`) whose figures a fact holds."""

_NOT_BY_CLASS = {
    # money carried over may stand in the row of totals alone, so the whole row is no sum either
    "fct_income": " and fact.income_source not in ('total', 'carryover_in', 'surplus_used')",
}
"""What a table may leave undivided by class, as a condition of SQL."""


def core_suites() -> list[TableSuite]:
    """Return the suites on schema `core`."""
    return [
        TableSuite(
            "core",
            "dim_document",
            (
                must(
                    "documents_exist",
                    "There is a document",
                    gxe.ExpectTableRowCountToBeBetween,
                    min_value=1,
                ),
                must(
                    "identity_is_whole",
                    "A document of a disclosure has agency, region, year, kind and scope",
                    gxe.UnexpectedRowsExpectation,
                    unexpected_rows_query=(
                        "select document_id, file_name, agency_name, region_code, fiscal_year,"
                        " document_kind, scope from {batch} as document"
                        " where disclosure_id is not null and (agency_name is null"
                        " or region_code is null or fiscal_year is null"
                        " or document_kind is null or scope is null)"
                    ),
                ),
                must(
                    "no_identity_no_silence",
                    "A document that belongs to no disclosure is in quarantine",
                    gxe.UnexpectedRowsExpectation,
                    unexpected_rows_query=(
                        "select document.document_id, document.file_name from {batch} as document"
                        " where document.disclosure_id is null and not exists ("
                        "select 1 from audit.quarantine as quarantine"
                        " where quarantine.document_id = document.document_id)"
                    ),
                ),
            ),
        ),
        TableSuite(
            "core",
            "dim_disclosure",
            (
                must(
                    "disclosures_exist",
                    "There is a disclosure",
                    gxe.ExpectTableRowCountToBeBetween,
                    min_value=1,
                ),
                must(
                    "one_current_document_per_kind",
                    "One document is current for a disclosure and a table kind",
                    gxe.UnexpectedRowsExpectation,
                    unexpected_rows_query=(
                        "select fact.disclosure_id, fact.table_kind,"
                        " count(distinct fact.document_id) as documents"
                        f" from ({_all_current()}) as fact"
                        " inner join {batch} as disclosure"
                        " on fact.disclosure_id = disclosure.disclosure_id"
                        " group by fact.disclosure_id, fact.table_kind"
                        " having count(distinct fact.document_id) > 1"
                    ),
                ),
                must(
                    "a_figure_is_one_fact",
                    "A printed figure is one fact of one table",
                    gxe.UnexpectedRowsExpectation,
                    unexpected_rows_query=(
                        "select fact.cell_id, count(*) as facts"
                        f" from ({_all_current()}) as fact"
                        " left join {batch} as disclosure"
                        " on fact.disclosure_id = disclosure.disclosure_id"
                        " group by fact.cell_id having count(*) > 1"
                    ),
                ),
            ),
        ),
        *(TableSuite("core", fact, tuple(_fact_expectations(fact))) for fact in AMOUNT_FACTS),
    ]


def _fact_expectations(fact: str) -> list[Expectation]:
    expectations = [
        # The floor is relative: a fact may be empty only if nothing of its subject was printed.
        must(
            "floor_of_rows",
            "Of the figures in tables of this fact, at least one in five is a fact",
            gxe.UnexpectedRowsExpectation,
            unexpected_rows_query=_floor(fact),
        ),
        must(
            "fact_has_its_cell",
            "A fact has its cell in raw, of the same document, with the same print",
            gxe.UnexpectedRowsExpectation,
            unexpected_rows_query=(
                "select fact.cell_id, fact.document_id, fact.table_kind, fact.row_label,"
                " fact.amount_printed, cell.printed from {batch} as fact"
                " left join raw.cell as cell on fact.cell_id = cell.cell_id"
                " and fact.document_id = cell.document_id"
                " where cell.cell_id is null"
                " or fact.amount_printed is distinct from trim(cell.printed)"
                " or cell.quarantine_reason is not null"
            ),
        ),
        must(
            "amount_is_the_print_in_yuan",
            "The amount is the printed value in yuan",
            gxe.UnexpectedRowsExpectation,
            unexpected_rows_query=(
                "select fact.cell_id, fact.amount_printed, cell.unit, fact.amount_yuan"
                " from {batch} as fact inner join raw.cell as cell"
                " on fact.cell_id = cell.cell_id"
                " where fact.amount_yuan is null or cell.unit is null"
                " or abs(fact.amount_yuan - cell.value"
                " * case cell.unit when 'wan_yuan' then 10000 else 1 end) > 0.005"
            ),
        ),
        must(
            "identity_is_known",
            "A fact belongs to a disclosure whose identity is whole",
            gxe.UnexpectedRowsExpectation,
            unexpected_rows_query=(
                "select fact.cell_id, fact.document_id, fact.disclosure_id from {batch} as fact"
                " left join core.dim_disclosure as disclosure"
                " on fact.disclosure_id = disclosure.disclosure_id"
                " where disclosure.agency_id is null or disclosure.agency_name is null"
                " or disclosure.region_code is null or disclosure.fiscal_year is null"
                " or disclosure.document_kind is null or disclosure.scope is null"
            ),
        ),
    ]
    if fact in _CODES:
        expectations.append(
            must(
                "nothing_counts_twice",
                "A current total stands once, and a coded line in one table only",
                gxe.UnexpectedRowsExpectation,
                unexpected_rows_query=_counted_twice(fact),
            )
        )
    if fact in _WORDS:
        expectations.append(
            worth_knowing(
                "classes_make_the_total",
                "The classes of a table make its total within rounding, or a finding says so",
                gxe.UnexpectedRowsExpectation,
                unexpected_rows_query=_classes_and_total(fact),
            )
        )
    return expectations


def _all_current() -> str:
    return " union all ".join(
        f"select disclosure_id, document_id, table_kind, cell_id from core.{fact} where is_current"
        for fact in AMOUNT_FACTS
    )


def _floor(fact: str) -> str:
    # Summaries and tables of basic expenditure feed several facts; they are looked at as tables.
    # A figure may repeat another one, or stand beside it (shares, prices): no fact of its own.
    return (
        "select count(distinct cell.cell_id) as figures, count(distinct fact.cell_id) as facts"
        " from raw.cell as cell"
        " inner join seeds.table_kind as kind on cell.table_kind = kind.table_kind"
        f" and kind.family = '{_FAMILIES[fact]}' and kind.table_kind <> 'basic_expenditure'"
        " inner join core.dim_document as document on cell.document_id = document.document_id"
        " and document.disclosure_id is not null"
        " left join {batch} as fact on cell.cell_id = fact.cell_id"
        " where cell.role = 'amount' and cell.quarantine_reason is null"
        " having count(distinct fact.cell_id) < 0.2 * count(distinct cell.cell_id)"
    )


def _counted_twice(fact: str) -> str:
    columns = ("disclosure_id", "table_kind", "level", "fund", _WORDS[fact], *_CODES[fact])
    key = ", ".join(f"fact.{column}" for column in columns)
    # A class may stand in the blocks of several units of one table, so lines are told apart by
    # table; a line without a code is told apart by its words.
    return (
        f"select {key}, min(fact.row_label) as row_label, count(*) as facts,"
        " sum(fact.amount_yuan) as amount_yuan"
        " from {batch} as fact inner join raw.cell as cell on fact.cell_id = cell.cell_id"
        " where fact.is_current and fact.level in ('total', 'class', 'section', 'item')"
        f" group by {key}, case when fact.level <> 'total' then fact.row_label end"
        " having count(distinct cell.table_id) > 1"
        " or (fact.level = 'total' and count(*) > 1)"
    )


def _classes_and_total(fact: str) -> str:
    word = _WORDS[fact]
    # Half of the last printed digit per addend, plus half of it for the total.
    half_digit = (
        "0.5 * power(10, -coalesce(cell.decimals, 2))"
        " * case cell.unit when 'wan_yuan' then 10000 else 1 end"
    )
    return (
        "select summed.* from ("
        f"select fact.disclosure_id, fact.table_kind, fact.fund, fact.{word},"
        " sum(fact.amount_yuan) filter (where fact.level = 'class') as classes_yuan,"
        " sum(fact.amount_yuan) filter (where fact.level = 'total') as total_yuan,"
        f" sum({half_digit}) as tolerance_yuan"
        " from {batch} as fact inner join raw.cell as cell on fact.cell_id = cell.cell_id"
        " where fact.is_current and fact.level in ('class', 'total')"
        # in a summary carried-over money stands beside the classes
        " and fact.table_kind not in ('summary', 'fiscal_summary')"
        f"{_NOT_BY_CLASS.get(fact, '')}"
        # where a figure of the table is in quarantine, its sums say nothing
        " and not exists (select 1 from raw.cell as doubtful"
        " where doubtful.document_id = fact.document_id"
        " and doubtful.table_kind = fact.table_kind"
        " and doubtful.quarantine_reason is not null)"
        f" group by fact.disclosure_id, fact.table_kind, fact.fund, fact.{word}"
        " having count(*) filter (where fact.level = 'class') > 0"
        " and count(*) filter (where fact.level = 'total') > 0"
        ") as summed where abs(classes_yuan - total_yuan) > tolerance_yuan"
        " and not exists (select 1 from audit.finding as finding"
        " where finding.disclosure_id = summed.disclosure_id"
        " and finding.kind in ('source_contradiction', 'suspect_reading'))"
    )
