"""Budget against final account of one agency."""

from collections.abc import Sequence

import streamlit as st

from dashboard import queries
from dashboard.amounts import YUAN, share_text
from dashboard.charts import CONFIG, Series, columns
from dashboard.context import Context
from dashboard.markup import Cell, render, table
from dashboard.pictures import About, show_picture
from dashboard.rows import Execution
from dashboard.views.choices import pick_agency, pick_scope

_SUBJECTS = ("function_item", "three_public", "project")
_AMOUNTS = {
    "budget_yuan": "initial_budget_yuan",
    "adjusted_budget_yuan": "adjusted_budget_yuan",
    "final_yuan": "final_yuan",
}
"""Amounts of a row with the words for them: the budget of a final account is the initial one."""

_MOST = 40


def show(context: Context) -> None:
    """Show the view."""
    left, right = st.columns([3, 2])
    with left:
        agency = pick_agency(context, context.ask(queries.execution_agencies))
    assert agency is not None
    every = context.ask(queries.execution, agency.agency_id)
    with right:
        scope = pick_scope(context, [row.scope for row in every])
    rows = [row for row in every if row.scope == scope]
    title = context.say("execution_title")
    st.html(render("head.html", title=agency.agency_name, lead=title))
    totals = [row for row in rows if row.subject == "total"]
    _show_totals(context, totals, About("execution", title, _facts(context, totals)))
    for year in dict.fromkeys(row.fiscal_year for row in rows):
        for subject in _SUBJECTS:
            own = [row for row in rows if (row.fiscal_year, row.subject) == (year, subject)]
            if own:
                _show_subject(context, own, str(year), subject)


def _show_totals(context: Context, rows: Sequence[Execution], about: About) -> None:
    by_year = {row.fiscal_year: row for row in rows}
    years = sorted(by_year)

    def draw() -> None:
        series = [
            Series(
                context.say(word),
                years,
                [getattr(by_year[year], field) for year in years],
                [context.amount(getattr(by_year[year], field)) for year in years],
            )
            for field, word in _AMOUNTS.items()
            if any(getattr(row, field) is not None for row in rows)
        ]
        st.plotly_chart(
            columns(series, context.unit, YUAN[context.address.unit], stacked=False),
            config=dict(CONFIG),
            theme=None,
            key="execution_totals",
            alt=about.title,
        )
        _draw_table(context, rows, context.say("year"), [str(row.fiscal_year) for row in rows])

    show_picture(context, about, rows, draw)


def _show_subject(context: Context, rows: Sequence[Execution], year: str, subject: str) -> None:
    def draw() -> None:
        names = [_label(context, row) for row in rows]
        _draw_table(context, rows, context.name("subject", subject), names)

    facts = [year, *_facts(context, rows)]
    title = f"{year} · {context.name('subject', subject)}"
    show_picture(context, About(f"execution_{subject}_{year}", title, facts), rows, draw)


def _facts(context: Context, rows: Sequence[Execution]) -> list[str]:
    """What the rows have in common, or each of what they have: scope, fund, rate, budget."""
    words: list[tuple[str, str, list[str | None]]] = [
        ("scope", "{}", [row.scope for row in rows]),
        ("fund", "{}", [row.fund for row in rows]),
        ("rate_basis", context.say("rate_of", basis="{}"), [row.rate_basis for row in rows]),
        ("budget_source", "{}", [row.budget_source for row in rows]),
    ]
    return [
        "、".join(shape.format(context.name(kind, word)) for word in dict.fromkeys(found) if word)
        for kind, shape, found in words
    ]


def _label(context: Context, row: Execution) -> str:
    if row.subject == "three_public":
        return context.name("item", row.code)
    return row.name or row.code or "—"


def _draw_table(
    context: Context, rows: Sequence[Execution], title: str, names: Sequence[str]
) -> None:
    shown = [
        field
        for field in ("execution_rate", *_AMOUNTS)
        if any(getattr(row, field) is not None for row in rows)
    ]
    head = [Cell(title, kind="name")] + [
        Cell(context.say(_AMOUNTS[field]), kind="figure")
        if field in _AMOUNTS
        else context.metric(field)
        for field in shown
    ]
    body = [
        [Cell(label, kind="name", exact=row.code or "")]
        + [_figure(context, row, field) for field in shown]
        for row, label in zip(rows, names, strict=True)
    ]
    st.html(table(head, body[:_MOST], title))
    if len(rows) > _MOST:
        text = context.say("first_of", most=_MOST, all=len(rows))
        st.html(render("line.html", kind="soft", text=text))


def _figure(context: Context, row: Execution, field: str) -> Cell:
    value = getattr(row, field)
    if field == "execution_rate":
        return Cell(share_text(value), kind="figure strong")
    place = None
    if field == "final_yuan":
        place = context.place(row.cell_id, row.page_number)
    elif field == "budget_yuan":
        place = context.place(row.budget_cell_id, None)
    figure = context.figure(value, place)
    kind = "figure none" if figure.missing else "figure"
    return Cell(figure.text, figure.exact, kind, link=figure.link)
