"""An agency's year: what it gets, where it goes, what it buys, and what was found."""

from collections.abc import Sequence
from decimal import Decimal

import streamlit as st

from dashboard import queries
from dashboard.charts import CONFIG, Area, treemap
from dashboard.context import Context
from dashboard.markup import Tile, render, tiles
from dashboard.pictures import About, show_picture
from dashboard.rows import AgencyYear, Bought, Choice, IncomeSource, Leaf, Project
from dashboard.views.changes import show_changes
from dashboard.views.choices import pick_agency, pick_choice
from dashboard.views.findings import show_list
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
    with left:
        _show_income(context, year, about)
        _show_economic(context, year, about)
        _show_projects(context, year, about)
    with right:
        _show_functions(context, year, about)
        _show_three_public(context, year, about)
        _show_procurement(context, year, about)
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


def _show_income(context: Context, year: AgencyYear, about: str) -> None:
    rows: Sequence[IncomeSource] = context.ask(queries.income_sources, year.disclosure_id)
    table = context.name("table_kind", rows[0].table_kind) if rows else ""

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

    title = context.say("income_by_source")
    show_picture(context, About("income", title, [about, table]), rows, draw)


def _show_functions(context: Context, year: AgencyYear, about: str) -> None:
    rows = context.ask(queries.leaves, year.disclosure_id, "function_item")

    def draw() -> None:
        st.plotly_chart(
            treemap(
                context.say("all_of_these", amount=context.amount(rows[0].total_yuan)),
                [
                    Area(
                        key=row.code,
                        label=row.name or row.code,
                        group=row.class_code or row.code,
                        group_label=row.class_name or row.class_code or row.code,
                        amount_yuan=row.amount_yuan,
                        text=context.amount(row.amount_yuan),
                    )
                    for row in rows
                ],
            ),
            config=dict(CONFIG),
            theme=None,
            key="functions",
            alt=context.say("expenditure_by_function"),
        )
        with st.expander(context.say("as_list")):
            _draw_leaves(context, rows)

    title = context.say("expenditure_by_function")
    show_picture(context, _leaves_about(context, "functions", title, about, rows), rows, draw)


def _show_economic(context: Context, year: AgencyYear, about: str) -> None:
    rows = context.ask(queries.leaves, year.disclosure_id, "economic_section")
    title = context.say("expenditure_by_economic")
    show_picture(
        context,
        _leaves_about(context, "economic", title, about, rows),
        rows,
        lambda: _draw_leaves(context, rows),
    )


def _show_three_public(context: Context, year: AgencyYear, about: str) -> None:
    rows = context.ask(queries.leaves, year.disclosure_id, "three_public")
    title = context.name("dimension", "three_public")
    show_picture(
        context,
        _leaves_about(context, "three_public", title, about, rows),
        rows,
        lambda: _draw_leaves(context, rows),
    )


def _leaves_about(
    context: Context, name: str, title: str, about: str, rows: Sequence[Leaf]
) -> About:
    if not rows:
        return About(name, title, [about])
    first = rows[0]
    facts = [
        about,
        context.name("table_kind", first.table_kind),
        context.name("fund", first.fund),
        context.say("all_of_these", amount=context.amount(first.total_yuan)),
    ]
    printed = first.printed_total_yuan
    note = ""
    if printed is not None and printed != first.total_yuan:
        note = context.say("total_differs", amount=context.amount(printed))
    return About(name, title, facts, note)


def _draw_leaves(context: Context, rows: Sequence[Leaf]) -> None:
    top = largest([row.amount_yuan for row in rows])
    three_public = bool(rows) and rows[0].dimension == "three_public"
    show_bars(
        context,
        [
            bar(
                context,
                context.name("item", row.code) if three_public else row.name or row.code,
                row.amount_yuan,
                top,
                row.share_of_total,
                context.place(row.cell_id, row.page_number),
                "" if three_public else row.code,
            )
            for row in rows
        ],
    )


def _show_projects(context: Context, year: AgencyYear, about: str) -> None:
    rows: Sequence[Project] = context.ask(
        queries.projects, year.fiscal_year, year.document_kind, year.scope, year.agency_id
    )

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

    title = context.name("measure", "projects")
    measure = context.say("project_budget" if year.document_kind == "budget" else "project_spent")
    show_picture(context, About("projects", title, [about, measure]), rows, draw)


def shown_amount(project: Project) -> Decimal | None:
    """The amount that stands for a project: its budget for the year, else what was spent."""
    return project.budget_yuan if project.budget_yuan is not None else project.executed_yuan


def _show_procurement(context: Context, year: AgencyYear, about: str) -> None:
    rows: Sequence[Bought] = context.ask(
        queries.procurement, year.fiscal_year, year.document_kind, year.scope, year.agency_id
    )

    def draw() -> None:
        top = largest([row.amount_yuan for row in rows])
        show_bars(
            context,
            [
                bar(
                    context,
                    row.catalogue_name or context.name("category", row.category),
                    row.amount_yuan,
                    top,
                    None,
                    context.place(row.cell_id, row.page_number),
                    row.catalogue_code or "",
                    context.name("category", row.category) if row.catalogue_name else "",
                )
                for row in rows
            ],
            _MOST_PROJECTS,
        )

    funds = "、".join(dict.fromkeys(context.name("fund", row.fund) for row in rows))
    title = context.name("measure", "procurement")
    show_picture(context, About("procurement", title, [about, funds]), rows, draw)


def _show_findings(context: Context, year: AgencyYear, about: str) -> None:
    rows = context.ask(queries.findings, None, None, None, None, year.disclosure_id)
    show_list(context, rows, About("findings", context.say("findings"), [about], has_amounts=False))
