"""What must hold of the marts at leaf grain: nothing is counted twice, and nothing left out."""

from expectations.grades import must
from expectations.rows import ExpectNoBrokenRows
from expectations.suites import TableSuite


def leaf_suites() -> list[TableSuite]:
    """Return the suites on the marts whose amounts can be added up."""
    return [
        TableSuite(
            "marts",
            "mart_procurement_profile",
            (
                must(
                    "purchases_are_the_lines",
                    "What a disclosure buys is the sum of the lines of its table, each once",
                    ExpectNoBrokenRows,
                    unexpected_rows_query=(
                        "select mart.disclosure_id, mart.fund, mart.amount_yuan, lines.amount_yuan"
                        " as lines_yuan from (select disclosure_id, fund, sum(amount_yuan)"
                        " as amount_yuan from {batch} as rows where amount_source = 'lines'"
                        " group by disclosure_id, fund) as mart full outer join ("
                        "select disclosure_id, sum(amount_yuan) as amount_yuan,"
                        " fund from core.fct_procurement where is_current and level = 'line'"
                        " and table_kind = 'procurement' group by disclosure_id, fund) as lines"
                        " on mart.disclosure_id = lines.disclosure_id and mart.fund = lines.fund"
                        # the other funds of a table are parts of the one that is taken
                        " where mart.amount_yuan is distinct from lines.amount_yuan"
                        " and (mart.disclosure_id is not null or lines.disclosure_id not in"
                        " (select disclosure_id from marts.mart_procurement_profile))"
                    ),
                ),
            ),
        ),
        TableSuite(
            "marts",
            "mart_three_public_trend",
            (
                must(
                    "items_are_facts",
                    "An amount of 三公 is a current figure of its disclosure",
                    ExpectNoBrokenRows,
                    unexpected_rows_query=(
                        "select mart.disclosure_id, mart.item, mart.basis, mart.amount_yuan"
                        " from {batch} as mart where not exists ("
                        "select 1 from core.fct_three_public as fact"
                        " where fact.disclosure_id = mart.disclosure_id and fact.is_current"
                        " and fact.item = mart.item and fact.basis = mart.basis"
                        " and fact.fund = mart.fund and fact.amount_yuan = mart.amount_yuan)"
                    ),
                ),
            ),
        ),
        TableSuite(
            "marts",
            "mart_project_portfolio",
            (
                must(
                    "projects_are_the_same",
                    "The portfolio has every current project, each once",
                    ExpectNoBrokenRows,
                    unexpected_rows_query=(
                        "select coalesce(mart.project_id, project.project_id) as project_id,"
                        " count(*) as rows from {batch} as mart full outer join ("
                        "select project_id from core.fct_project where is_current) as project"
                        " on mart.project_id = project.project_id group by 1"
                        " having count(mart.project_id) <> 1 or count(project.project_id) <> 1"
                    ),
                ),
            ),
        ),
        TableSuite(
            "marts",
            "mart_coverage",
            (
                must(
                    "held_is_what_is_held",
                    "A disclosure is held in one row, and what is not held has none",
                    ExpectNoBrokenRows,
                    unexpected_rows_query=(
                        "select coalesce(mart.disclosure_id, disclosure.disclosure_id)"
                        " as disclosure_id, count(*) as rows from (select disclosure_id"
                        " from {batch} as rows where held) as mart"
                        " full outer join core.dim_disclosure as disclosure"
                        " on mart.disclosure_id = disclosure.disclosure_id group by 1"
                        " having count(mart.disclosure_id) <> 1"
                        " or count(disclosure.disclosure_id) <> 1"
                    ),
                ),
            ),
        ),
    ]
