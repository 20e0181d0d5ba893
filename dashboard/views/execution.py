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
    _show_totals(context, totals, About("execution", title, [context.name("scope", scope)]))
    for year in dict.fromkeys(row.fiscal_year for row in rows):
        for subject in _SUBJECTS:
            own = [row for row in rows if (row.fiscal_year, row.subject) == (year, subject)]
            if own:
                _show_subject(context, own, str(year), subject, scope)


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


def _show_subject(
    context: Context, rows: Sequence[Execution], year: str, subject: str, scope: str
) -> None:
    def draw() -> None:
        names = [_label(context, row) for row in rows]
        _draw_table(context, rows, context.name("subject", subject), names)

    facts = [
        year,
        context.name("scope", scope),
        "、".join(dict.fromkeys(context.name("fund", row.fund) for row in rows if row.fund)),
        "、".join(
            dict.fromkeys(
                context.say("rate_of", basis=context.name("rate_basis", row.rate_basis))
                for row in rows
                if row.rate_basis
            )
        ),
        "、".join(
            dict.fromkeys(
                context.name("budget_source", row.budget_source)
                for row in rows
                if row.budget_source
            )
        ),
    ]
    title = f"{year} · {context.name('subject', subject)}"
    show_picture(context, About(f"execution_{subject}_{year}", title, facts), rows, draw)


def _label(context: Context, row: Execution) -> str:
    if row.subject == "three_public":
        return context.name("item", row.code)
    return row.name or row.code or "—"


def _draw_table(
    context: Context, rows: Sequence[Execution], title: str, names: Sequence[str]
) -> None:
    head = [Cell(title, kind="name")]
    head += [Cell(context.say(word), kind="figure") for word in _AMOUNTS.values()]
    head.append(Cell(context.say("execution_rate"), kind="figure"))
    body = [_row(context, row, label) for row, label in zip(rows, names, strict=True)]
    st.html(table(head, body[:_MOST], title))
    if len(rows) > _MOST:
        text = context.say("first_of", most=_MOST, all=len(rows))
        st.html(render("line.html", kind="soft", text=text))


def _row(context: Context, row: Execution, label: str) -> list[Cell]:
    final = context.figure(row.final_yuan, context.place(row.cell_id, row.page_number))
    return [
        Cell(label, kind="name", exact=row.code or ""),
        *(
            Cell(context.amount(amount), context.exact(amount), _kind(amount is None))
            for amount in (row.budget_yuan, row.adjusted_budget_yuan)
        ),
        Cell(final.text, final.exact, _kind(final.missing), link=final.link),
        Cell(share_text(row.execution_rate), kind="figure strong"),
    ]


def _kind(missing: bool) -> str:
    return "figure none" if missing else "figure"
