"""The questions of the dashboard, one function each: rows of the marts, nothing computed anew.

Every function takes an open connection and values; values reach the database as parameters. What
is added up stays within one year, kind, scope and (where the mart has one) fund. Lists that may be
long take the most rows they give.
"""

from dashboard.queries.agency import agency_years, changes, income_sources, leaves, total_places
from dashboard.queries.choices import (
    agencies,
    comparison_choices,
    domains,
    execution_agencies,
    finding_years,
    metrics,
    procurement_choices,
    project_choices,
    regions,
    three_public_agencies,
)
from dashboard.queries.cities import city_comparison, peers
from dashboard.queries.doubts import finding_counts, findings
from dashboard.queries.holdings import coverage
from dashboard.queries.over_years import execution, three_public_trend
from dashboard.queries.portfolio import project_themes, projects
from dashboard.queries.purchases import procurement, procurement_categories

__all__ = [
    "MARTS",
    "agencies",
    "agency_years",
    "changes",
    "city_comparison",
    "comparison_choices",
    "coverage",
    "domains",
    "execution",
    "execution_agencies",
    "finding_counts",
    "finding_years",
    "findings",
    "income_sources",
    "leaves",
    "metrics",
    "peers",
    "procurement",
    "procurement_categories",
    "procurement_choices",
    "project_choices",
    "project_themes",
    "projects",
    "regions",
    "three_public_agencies",
    "three_public_trend",
    "total_places",
]

MARTS = (
    "mart_agency_year",
    "mart_budget_execution",
    "mart_city_comparison",
    "mart_coverage",
    "mart_findings",
    "mart_income_source",
    "mart_metric",
    "mart_procurement_profile",
    "mart_project_portfolio",
    "mart_spending_class",
    "mart_three_public_trend",
    "mart_year_over_year",
)
"""What a warehouse must have for the dashboard to show it."""
