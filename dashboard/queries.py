"""The questions of the dashboard, one function each: rows of the marts, nothing computed anew.

Every function takes an open connection and values; values reach the database as parameters. What
is added up stays within one year, kind, scope and (where the mart has one) fund. Lists that may be
long take the most rows they give.
"""

import duckdb

from dashboard.rows import (
    Agency,
    AgencyYear,
    Bought,
    Category,
    Change,
    Choice,
    Compared,
    Counted,
    Execution,
    Finding,
    Held,
    IncomeSource,
    Leaf,
    Project,
    Region,
    ThemeSum,
    ThreePublic,
    TotalPlace,
)
from review.warehouse import read_rows

MARTS = (
    "mart_agency_year",
    "mart_budget_execution",
    "mart_city_comparison",
    "mart_coverage",
    "mart_findings",
    "mart_income_source",
    "mart_procurement_profile",
    "mart_project_portfolio",
    "mart_spending_class",
    "mart_three_public_trend",
    "mart_year_over_year",
)
"""What a warehouse must have for the dashboard to show it."""

Connection = duckdb.DuckDBPyConnection

_AGENCIES = """
    select
        agency_id,
        arg_max(agency_name, fiscal_year) as agency_name,
        arg_max(region_name, fiscal_year) as region_name,
        count(distinct disclosure_id) as disclosures
    from marts.{mart}
    where {figure} is not null
    group by agency_id
    order by region_name, agency_name, agency_id
"""

_CHOICES = """
    select fiscal_year, document_kind, scope, count(distinct agency_id) as agencies
    from marts.{mart}
    group by all
    order by fiscal_year desc, agencies desc, document_kind, scope
"""


def agencies(connection: Connection) -> list[Agency]:
    """All agencies, by region and name."""
    sql = _AGENCIES.format(mart="mart_agency_year", figure="agency_id")
    return read_rows(connection, Agency, sql)


def execution_agencies(connection: Connection) -> list[Agency]:
    """Agencies of which a final account stands beside a budget."""
    sql = _AGENCIES.format(mart="mart_budget_execution", figure="execution_rate")
    return read_rows(connection, Agency, sql)


def three_public_agencies(connection: Connection) -> list[Agency]:
    """Agencies of which 三公 is held."""
    sql = _AGENCIES.format(mart="mart_three_public_trend", figure="amount_yuan")
    return read_rows(connection, Agency, sql)


def agency_years(connection: Connection, agency_id: str) -> list[AgencyYear]:
    """The disclosures of an agency, the newest first."""
    return read_rows(
        connection,
        AgencyYear,
        """
        select
            disclosure_id, agency_id, agency_name, region_name, fiscal_year, document_kind, scope,
            income_total_yuan, expenditure_total_yuan, basic_yuan, project_yuan,
            personnel_yuan, operating_yuan, three_public_yuan, procurement_yuan, project_count
        from marts.mart_agency_year
        where agency_id = $1
        order by fiscal_year desc, document_kind, scope
        """,
        [agency_id],
    )


def total_places(connection: Connection, disclosure_id: str) -> list[TotalPlace]:
    """Where the amounts of a disclosure's year are printed: a total row with that very amount."""
    return read_rows(
        connection,
        TotalPlace,
        """
        with totals as (
            unpivot (
                select
                    income_total_yuan as income_total,
                    expenditure_total_yuan as expenditure_total,
                    basic_yuan as basic,
                    project_yuan as project,
                    personnel_yuan as personnel,
                    operating_yuan as operating,
                    three_public_yuan as three_public,
                    procurement_yuan as procurement
                from marts.mart_agency_year
                where disclosure_id = $1
            ) on columns(*) into name measure value amount_yuan
        ), printed as (
            select
                if(income_source = 'total', 'income_total', null) as measure,
                amount_yuan, page_number, cell_id
            from core.fct_income
            where disclosure_id = $1 and is_current and level = 'total'
            union all
            select
                case component
                    when 'total' then 'expenditure_total'
                    when 'basic_personnel' then 'personnel'
                    when 'basic_operating' then 'operating'
                    else component
                end as measure,
                amount_yuan, page_number, cell_id
            from core.fct_expenditure_function
            where disclosure_id = $1 and is_current and function_code is null
            union all
            select component as measure, amount_yuan, page_number, cell_id
            from core.fct_expenditure_economic
            where disclosure_id = $1 and is_current and level = 'total'
            union all
            select 'three_public' as measure, amount_yuan, page_number, cell_id
            from core.fct_three_public
            where disclosure_id = $1 and is_current and item = 'total'
            union all
            select 'procurement' as measure, amount_yuan, page_number, cell_id
            from core.fct_procurement
            where disclosure_id = $1 and is_current and level = 'total'
        )
        select measure, min_by(printed.page_number, printed.cell_id) as page_number,
            min(printed.cell_id) as cell_id
        from totals
        inner join printed using (measure, amount_yuan)
        group by measure
        order by measure
        """,
        [disclosure_id],
    )


def income_sources(connection: Connection, disclosure_id: str) -> list[IncomeSource]:
    """Income of a disclosure by source, the largest first."""
    return read_rows(
        connection,
        IncomeSource,
        """
        select
            income_source, table_kind, amount_yuan, share_of_total, total_yuan,
            page_number, cell_id
        from marts.mart_income_source
        where disclosure_id = $1
        order by amount_yuan desc, income_source
        """,
        [disclosure_id],
    )


def leaves(connection: Connection, disclosure_id: str, dimension: str) -> list[Leaf]:
    """Where the money of a disclosure goes in one dimension, the largest first."""
    return read_rows(
        connection,
        Leaf,
        """
        select
            dimension, code, name, class_code, class_name, table_kind, fund, amount_yuan,
            total_yuan, printed_total_yuan, share_of_total, per_post_yuan, cell_count,
            page_number, cell_id
        from marts.mart_spending_class
        where disclosure_id = $1 and dimension = $2
        order by amount_yuan desc, code
        """,
        [disclosure_id, dimension],
    )


def changes(connection: Connection, disclosure_id: str, dimension: str) -> list[Change]:
    """What changed against the year before in one dimension, the most first."""
    return read_rows(
        connection,
        Change,
        """
        select
            dimension, code, name, table_kind, fund, prior_source, amount_yuan, prior_amount_yuan,
            change_yuan, change_share, page_number, cell_id, prior_cell_id
        from marts.mart_year_over_year
        where disclosure_id = $1 and dimension = $2
        order by abs(change_yuan) desc, code
        """,
        [disclosure_id, dimension],
    )


def domains(connection: Connection) -> list[tuple[str, int]]:
    """Agency domains with the number of regions that hold one, the most first."""
    return connection.execute(
        """
        select agency_domain, count(distinct region_code) as regions
        from marts.mart_city_comparison
        group by agency_domain
        order by regions desc, agency_domain
        """
    ).fetchall()


def comparison_choices(connection: Connection, agency_domain: str) -> list[Choice]:
    """Years, kinds and scopes in which agencies of a domain can be compared."""
    return read_rows(
        connection,
        Choice,
        """
        select fiscal_year, document_kind, scope, count(distinct agency_id) as agencies
        from marts.mart_city_comparison
        where agency_domain = $1
        group by all
        order by fiscal_year desc, agencies desc, document_kind, scope
        """,
        [agency_domain],
    )


def city_comparison(
    connection: Connection,
    agency_domain: str,
    fiscal_year: int,
    document_kind: str,
    scope: str,
    dimension: str,
) -> list[Compared]:
    """The leaves of every agency of a domain in one year, kind and scope."""
    return read_rows(
        connection,
        Compared,
        """
        select
            agency_id, agency_name, region_name, disclosure_id, dimension, code, name, fund,
            amount_yuan, total_yuan, share_of_total, posts, posts_basis, per_post_yuan, rank,
            page_number, cell_id
        from marts.mart_city_comparison
        where
            agency_domain = $1 and fiscal_year = $2 and document_kind = $3 and scope = $4
            and dimension = $5
        order by total_yuan desc, disclosure_id, amount_yuan desc, code
        """,
        [agency_domain, fiscal_year, document_kind, scope, dimension],
    )


def three_public_trend(connection: Connection, agency_id: str) -> list[ThreePublic]:
    """三公 of an agency over the years, by item, basis and scope."""
    return read_rows(
        connection,
        ThreePublic,
        """
        select
            fiscal_year, scope, document_kind, item, basis, fund, amount_yuan, total_yuan,
            printed_total_yuan, page_number, cell_id
        from marts.mart_three_public_trend
        where agency_id = $1
        order by fiscal_year, basis, item, scope
        """,
        [agency_id],
    )


def execution(connection: Connection, agency_id: str) -> list[Execution]:
    """Budget and final account of an agency, by year, scope, subject and code."""
    return read_rows(
        connection,
        Execution,
        """
        select
            fiscal_year, scope, subject, code, name, fund, budget_source, budget_yuan,
            adjusted_budget_yuan, final_yuan, execution_rate, rate_basis, page_number, cell_id,
            budget_cell_id
        from marts.mart_budget_execution
        where agency_id = $1
        order by
            fiscal_year desc, scope, subject, execution_rate is null, final_yuan desc nulls last,
            code
        """,
        [agency_id],
    )


def project_choices(connection: Connection) -> list[Choice]:
    """Years, kinds and scopes of which projects are held."""
    return read_rows(connection, Choice, _CHOICES.format(mart="mart_project_portfolio"))


def project_themes(
    connection: Connection,
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
    connection: Connection,
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


def procurement_choices(connection: Connection) -> list[Choice]:
    """Years, kinds and scopes of which procurement is held."""
    return read_rows(connection, Choice, _CHOICES.format(mart="mart_procurement_profile"))


def procurement(
    connection: Connection,
    fiscal_year: int,
    document_kind: str,
    scope: str,
    agency_id: str | None = None,
    category: str | None = None,
    most: int = 200,
) -> list[Bought]:
    """What is bought in one year, kind and scope, the largest first."""
    return read_rows(
        connection,
        Bought,
        """
        select
            agency_name, region_name, category, catalogue_code, catalogue_name, amount_source,
            fund, amount_yuan, sme_reserved_yuan, micro_reserved_yuan, sme_share, line_count,
            page_number, cell_id
        from marts.mart_procurement_profile
        where
            fiscal_year = $1 and document_kind = $2 and scope = $3
            and ($4::varchar is null or agency_id = $4)
            and ($5::varchar is null or coalesce(category, 'unknown') = $5)
        order by amount_yuan desc nulls last, agency_id, category, catalogue_code
        limit $6
        """,
        [fiscal_year, document_kind, scope, agency_id, category, most],
    )


def procurement_categories(
    connection: Connection,
    fiscal_year: int,
    document_kind: str,
    scope: str,
    agency_id: str | None = None,
) -> list[Category]:
    """Procurement by category and fund in one year, kind and scope."""
    return read_rows(
        connection,
        Category,
        """
        select
            category,
            fund,
            sum(amount_yuan)::decimal(18, 2) as amount_yuan,
            sum(sme_reserved_yuan)::decimal(18, 2) as sme_reserved_yuan,
            count(distinct agency_id) as agencies
        from marts.mart_procurement_profile
        where
            fiscal_year = $1 and document_kind = $2 and scope = $3
            and ($4::varchar is null or agency_id = $4)
        group by category, fund
        order by amount_yuan desc nulls last, category, fund
        """,
        [fiscal_year, document_kind, scope, agency_id],
    )


def regions(connection: Connection) -> list[Region]:
    """Regions of which something is held."""
    return read_rows(
        connection,
        Region,
        """
        select region_code, region_name, count(distinct agency_id) as agencies
        from marts.mart_coverage
        group by all
        order by region_code
        """,
    )


def coverage(connection: Connection, region_code: str | None = None, most: int = 60) -> list[Held]:
    """What is held and what is missing, of the first agencies by region and name."""
    return read_rows(
        connection,
        Held,
        """
        with chosen as (
            select agency_id
            from marts.mart_coverage
            where $1::varchar is null or region_code = $1
            group by agency_id
            order by min(region_code), min(agency_name), agency_id
            limit $2
        )
        select
            region_code, region_name, province_name, agency_id, agency_name, fiscal_year,
            document_kind, scope, disclosure_id, held, gap, tables_held, tables_missing,
            tables_missing_zh
        from marts.mart_coverage
        inner join chosen using (agency_id)
        order by region_code, agency_name, agency_id, fiscal_year, document_kind, scope
        """,
        [region_code, most],
    )


def finding_counts(
    connection: Connection, fiscal_year: int | None = None, agency_id: str | None = None
) -> list[Counted]:
    """Findings by severity and kind."""
    return read_rows(
        connection,
        Counted,
        """
        select severity, kind, count(*) as findings
        from marts.mart_findings
        where
            ($1::integer is null or fiscal_year = $1)
            and ($2::varchar is null or agency_id = $2)
        group by severity, kind
        order by findings desc, kind, severity
        """,
        [fiscal_year, agency_id],
    )


def findings(
    connection: Connection,
    severity: str | None = None,
    kind: str | None = None,
    fiscal_year: int | None = None,
    agency_id: str | None = None,
    disclosure_id: str | None = None,
    most: int = 200,
) -> list[Finding]:
    """Findings, the most severe first."""
    return read_rows(
        connection,
        Finding,
        """
        select
            finding_id, agency_id, agency_name, region_name, fiscal_year, document_kind, scope,
            kind, severity, disclosure_id, document_id, page_number, description,
            description_en, left_printed, right_printed
        from marts.mart_findings
        where
            ($1::varchar is null or severity = $1)
            and ($2::varchar is null or kind = $2)
            and ($3::integer is null or fiscal_year = $3)
            and ($4::varchar is null or agency_id = $4)
            and ($5::varchar is null or disclosure_id = $5)
        order by
            list_position(['high', 'medium', 'low'], severity), fiscal_year desc, agency_name,
            finding_id
        limit $6
        """,
        [severity, kind, fiscal_year, agency_id, disclosure_id, most],
    )


def finding_years(connection: Connection) -> list[int]:
    """Years of findings, the newest first."""
    rows = connection.execute(
        "select distinct fiscal_year from marts.mart_findings"
        " where fiscal_year is not null order by fiscal_year desc"
    ).fetchall()
    return [year for (year,) in rows]
