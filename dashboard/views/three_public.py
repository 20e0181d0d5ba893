"""三公 of one agency over the years."""

from collections.abc import Sequence
from decimal import Decimal

import streamlit as st

from dashboard import queries
from dashboard.amounts import YUAN
from dashboard.charts import CONFIG, Series, columns
from dashboard.context import Context
from dashboard.markup import Cell, render, table
from dashboard.pictures import About, show_picture
from dashboard.rows import ThreePublic
from dashboard.views.choices import pick_agency, pick_scope


def show(context: Context) -> None:
    """Show the view."""
    left, right = st.columns([3, 2])
    with left:
        agency = pick_agency(context, context.ask(queries.three_public_agencies))
    assert agency is not None
    every = context.ask(queries.three_public_trend, agency.agency_id)
    with right:
        scope = pick_scope(context, [row.scope for row in every])
    rows = [row for row in every if row.scope == scope]
    st.html(
        render(
            "head.html", title=agency.agency_name, lead=context.name("dimension", "three_public")
        )
    )
    for basis in dict.fromkeys(row.basis for row in rows):
        own = [row for row in rows if row.basis == basis]
        facts = [
            context.name("scope", scope),
            context.name("basis", basis),
            "、".join(dict.fromkeys(context.name("fund", row.fund) for row in own)),
        ]
        title = context.say("three_public_title", basis=context.name("basis", basis))
        _show(context, own, About(f"three_public_{basis}", title, facts))
    if not rows:
        about = About("three_public", context.name("dimension", "three_public"), [])
        show_picture(context, about, rows, lambda: None)


def _show(context: Context, rows: Sequence[ThreePublic], about: About) -> None:
    years = sorted({row.fiscal_year for row in rows})
    items = list(dict.fromkeys(row.item for row in rows))
    by_place = {(row.item, row.fiscal_year): row for row in rows}

    def draw() -> None:
        series = [
            Series(
                context.name("item", item),
                years,
                [_amount(by_place.get((item, year))) for year in years],
                [context.amount(_amount(by_place.get((item, year)))) for year in years],
            )
            for item in items
        ]
        st.plotly_chart(
            columns(series, context.unit, YUAN[context.address.unit], stacked=True),
            config=dict(CONFIG),
            theme=None,
            key=f"chart_{about.name}",
            alt=about.title,
        )
        head = [Cell(context.say("item"), kind="name")]
        head += [Cell(str(year), kind="figure") for year in years]
        body = [
            [Cell(context.name("item", item), kind="name")]
            + [_cell(context, by_place.get((item, year))) for year in years]
            for item in items
        ]
        totals = {row.fiscal_year: row.total_yuan for row in rows}
        body.append(
            [Cell(context.say("total"), kind="name strong")]
            + [
                Cell(context.amount(totals[year]), context.exact(totals[year]), "figure strong")
                for year in years
            ]
        )
        st.html(table(head, body, about.title))

    show_picture(context, about, rows, draw)


def _amount(row: ThreePublic | None) -> Decimal | None:
    return None if row is None else row.amount_yuan


def _cell(context: Context, row: ThreePublic | None) -> Cell:
    if row is None:
        return Cell(context.say("not_printed"), kind="figure none")
    return Cell(
        context.amount(row.amount_yuan),
        context.exact(row.amount_yuan),
        "figure",
        link=context.place(row.cell_id, row.page_number),
    )
