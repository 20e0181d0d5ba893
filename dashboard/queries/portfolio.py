"""Questions about projects and their themes, in one year, kind and scope."""

from duckdb import DuckDBPyConnection

from dashboard.rows import Project, ThemeSum
from review.warehouse import read_rows


def project_themes(
    connection: DuckDBPyConnection,
    fiscal_year: int,
    document_kind: str,
    scope: str,
    agency_id: str | None = None,
) -> list[ThemeSum]:
    """Projects by theme in one year, kind and scope, of one agency or of all."""
    return read_rows(
        connection,
        ThemeSum,
        """
        select
            theme,
            count(*) as projects,
            count(distinct agency_id) as agencies,
            sum(budget_yuan)::decimal(18, 2) as budget_yuan,
            sum(executed_yuan)::decimal(18, 2) as executed_yuan
        from marts.mart_project_portfolio
        where
            fiscal_year = $1 and document_kind = $2 and scope = $3
            and ($4::varchar is null or agency_id = $4)
        group by theme
        order by coalesce(sum(budget_yuan), sum(executed_yuan)) desc nulls last, theme
        """,
        [fiscal_year, document_kind, scope, agency_id],
    )


def projects(
    connection: DuckDBPyConnection,
    fiscal_year: int,
    document_kind: str,
    scope: str,
    agency_id: str | None = None,
    theme: str | None = None,
    most: int = 200,
) -> list[Project]:
    """Projects of one year, kind and scope, the largest first."""
    return read_rows(
        connection,
        Project,
        """
        select
            project_id, agency_name, region_name, fiscal_year, project_name, theme, theme_words,
            budget_yuan, initial_budget_yuan, adjusted_budget_yuan, executed_yuan,
            execution_rate, score, page_number, cell_id
        from marts.mart_project_portfolio
        where
            fiscal_year = $1 and document_kind = $2 and scope = $3
            and ($4::varchar is null or agency_id = $4)
            and ($5::varchar is null or theme = $5)
        order by
            coalesce(budget_yuan, executed_yuan, adjusted_budget_yuan) desc nulls last, project_id
        limit $6
        """,
        [fiscal_year, document_kind, scope, agency_id, theme, most],
    )
