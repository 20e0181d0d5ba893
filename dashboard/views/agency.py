"""An agency's year: what it gets, where it goes, what it buys, and what was found."""

from collections.abc import Sequence
from decimal import Decimal

import streamlit as st

from dashboard import queries
from dashboard.context import Context
from dashboard.markup import Tile, render, tiles
from dashboard.pictures import About, show_picture
from dashboard.rows import AgencyYear, Bought, Choice, IncomeSource, Project
from dashboard.views.changes import show_changes
from dashboard.views.choices import pick_agency, pick_choice
from dashboard.views.findings import show_list
from dashboard.views.leaves import show_leaves
from dashboard.views.rankings import bar, largest, show_bars

_TOTALS = (
    "income_total",
    "expenditure_total",
    "basic",
    "project",
    "personnel",
    "operating",
    "three_public",
    "procurement",
)
_MOST_PROJECTS = 10


def show(context: Context) -> None:
    """Show the view."""
    left, right = st.columns([3, 2])
    with left:
        agency = pick_agency(context, context.ask(queries.agencies))
    assert agency is not None
    years = context.ask(queries.agency_years, agency.agency_id)
    with right:
        choice = pick_choice(
            context,
            [Choice(one.fiscal_year, one.document_kind, one.scope, 1) for one in years],
        )
    assert choice is not None
    year = next(
        one
        for one in years
        if (one.fiscal_year, one.document_kind, one.scope)
        == (choice.fiscal_year, choice.document_kind, choice.scope)
    )
    about = context.kind_scope(year.fiscal_year, year.document_kind, year.scope)
    st.html(render("head.html", title=year.agency_name, lead=f"{year.region_name} · {about}"))
    _show_totals(context, year)
    left, right = st.columns(2)
    disclosure = year.disclosure_id
    with left:
        lacking = [
            _show_income(context, year, about),
            show_leaves(context, disclosure, "economic_section", about),
            _show_projects(context, year, about),
        ]
    with right:
        lacking += [
            show_leaves(context, disclosure, "function_item", about),
            show_leaves(context, disclosure, "three_public", about),
            _show_procurement(context, year, about),
        ]
    _say_lacking(context, [title for title in lacking if title])
    show_changes(context, year, about)
    _show_findings(context, year, about)


def _show_totals(context: Context, year: AgencyYear) -> None:
    places = {
        one.measure: context.place(one.cell_id, one.page_number)
        for one in context.ask(queries.total_places, year.disclosure_id)
    }
    amounts = {word: getattr(year, f"{word}_yuan") for word in _TOTALS}
    rows = [
        Tile(
            label=context.name("measure", word),
            figure=context.figure(amounts[word], places.get(word)),
            note=_count(context, year) if word == "project" else "",
        )
        for word in _TOTALS
    ]
    st.html(render("line.html", kind="unit", text=context.say("in_unit", unit=context.unit)))
    st.html(tiles(rows))
    if context.review:
        link = f"{context.review}/disclosures/{year.disclosure_id}.html"
        st.html(render("link.html", text=context.say("to_review"), address=link))


def _count(context: Context, year: AgencyYear) -> str:
    if year.project_count is None:
        return ""
    return context.say("projects_count", projects=year.project_count)


def _say_lacking(context: Context, titles: Sequence[str]) -> None:
    if titles:
        text = context.say("nothing_of", titles="、".join(titles))
        st.html(render("line.html", kind="none", text=text))


def _show_income(context: Context, year: AgencyYear, about: str) -> str:
    rows: Sequence[IncomeSource] = context.ask(queries.income_sources, year.disclosure_id)
    title = context.say("income_by_source")
    if not rows:
        return title

    def draw() -> None:
        top = largest([row.amount_yuan for row in rows])
        show_bars(
            context,
            [
                bar(
                    context,
                    context.name("income_source", row.income_source),
                    row.amount_yuan,
                    top,
                    row.share_of_total,
                    context.place(row.cell_id, row.page_number),
                )
                for row in rows
            ],
        )

    table = context.name("table_kind", rows[0].table_kind)
    show_picture(context, About("income", title, [about, table]), rows, draw)
    return ""


def _show_projects(context: Context, year: AgencyYear, about: str) -> str:
    rows: Sequence[Project] = context.ask(
        queries.projects, year.fiscal_year, year.document_kind, year.scope, year.agency_id
    )
    title = context.name("measure", "projects")
    if not rows:
        return title

    def draw() -> None:
        amounts = [shown_amount(row) for row in rows]
        top = largest(amounts)
        show_bars(
            context,
            [
                bar(
                    context,
                    row.project_name or "—",
                    amount,
                    top,
                    None,
                    context.place(row.cell_id, row.page_number),
                    note=context.name("theme", row.theme),
                )
                for row, amount in zip(rows, amounts, strict=True)
            ],
            _MOST_PROJECTS,
        )

    measure = context.say("project_budget" if year.document_kind == "budget" else "project_spent")
    show_picture(context, About("projects", title, [about, measure]), rows, draw)
    return ""


def shown_amount(project: Project) -> Decimal | None:
    """The amount that stands for a project: its budget for the year, else what was spent."""
    return project.budget_yuan if project.budget_yuan is not None else project.executed_yuan


def _show_procurement(context: Context, year: AgencyYear, about: str) -> str:
    rows: Sequence[Bought] = context.ask(
        queries.procurement, year.fiscal_year, year.document_kind, year.scope, year.agency_id
    )
    title = context.name("measure", "procurement")
    if not rows:
        return title

    def draw() -> None:
        top = largest([row.amount_yuan for row in rows])
        show_bars(
            context,
            [
                bar(
                    context,
                    row.catalogue_name or context.name("category", row.category or "unknown"),
                    row.amount_yuan,
                    top,
                    None,
                    context.place(row.cell_id, row.page_number),
                    row.shown_code,
                    context.name("category", row.category) if row.catalogue_name else "",
                )
                for row in rows
            ],
            _MOST_PROJECTS,
        )

    funds = "、".join(dict.fromkeys(context.name("fund", row.fund) for row in rows))
    show_picture(context, About("procurement", title, [about, funds]), rows, draw)
    return ""


def _show_findings(context: Context, year: AgencyYear, about: str) -> None:
    rows = context.ask(queries.findings, None, None, None, None, year.disclosure_id)
    show_list(context, rows, [about])
