"""What must hold of dimensions and facts."""

import great_expectations.expectations as gxe

from expectations.grades import Expectation, must, worth_knowing
from expectations.kinds import (
    ExpectCoverage,
    ExpectEveryFigureToHaveACell,
    ExpectPartsToSumToTotal,
    ExpectTablesToAgree,
)
from expectations.rows import ExpectNoBrokenRows
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

_WHOLE_ONLY = {
    # money carried over may stand in the row of totals alone, so the whole row is no sum either
    "fct_income": ("total", "carryover_in", "surplus_used"),
}
"""What a table may leave undivided by class."""

_TWICE_PRINTED = {
    "fct_income": (("summary", "income"),),
    "fct_expenditure_function": (
        ("summary", "expenditure"),
        ("fiscal_summary", "fiscal_expenditure"),
    ),
}
"""Tables of a disclosure that print the same total."""


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
                    ExpectNoBrokenRows,
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
                    ExpectNoBrokenRows,
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
                    ExpectNoBrokenRows,
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
                    ExpectNoBrokenRows,
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
            ExpectCoverage,
            family=_FAMILIES[fact],
            share=0.2,
        ),
        must(
            "fact_has_its_cell",
            "A fact has its cell in raw, of the same document, with the same print",
            ExpectEveryFigureToHaveACell,
        ),
        must(
            "amount_is_the_print_in_yuan",
            "The amount is the printed value in yuan",
            ExpectNoBrokenRows,
            unexpected_rows_query=(
                "select document.file_name, fact.page_number, fact.row_label,"
                " fact.amount_printed, cell.unit, fact.amount_yuan, fact.cell_id"
                " from {batch} as fact inner join raw.cell as cell"
                " on fact.cell_id = cell.cell_id"
                " left join core.dim_document as document"
                " on fact.document_id = document.document_id"
                " where fact.amount_yuan is null or cell.unit is null"
                " or abs(fact.amount_yuan - cell.value"
                " * case cell.unit when 'wan_yuan' then 10000 else 1 end) > 0.005"
            ),
        ),
        must(
            "identity_is_known",
            "A fact belongs to a disclosure whose identity is whole",
            ExpectNoBrokenRows,
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
                ExpectNoBrokenRows,
                unexpected_rows_query=_counted_twice(fact),
            )
        )
    if fact in _WORDS:
        expectations.append(
            worth_knowing(
                "classes_make_the_total",
                "The classes of a table make its total within rounding, or a finding says so",
                ExpectPartsToSumToTotal,
                word=_WORDS[fact],
                words_left_out=_WHOLE_ONLY.get(fact, ()),
                # in a summary carried-over money stands beside the classes
                kinds_left_out=("summary", "fiscal_summary"),
            )
        )
    expectations += [
        worth_knowing(
            f"{left}_agrees_with_{right}",
            f"The tables {left} and {right} print the same total, or a finding says so",
            ExpectTablesToAgree,
            left=left,
            right=right,
            word=_WORDS[fact],
        )
        for left, right in _TWICE_PRINTED.get(fact, ())
    ]
    return expectations


def _all_current() -> str:
    return " union all ".join(
        f"select disclosure_id, document_id, table_kind, cell_id from core.{fact} where is_current"
        for fact in AMOUNT_FACTS
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
