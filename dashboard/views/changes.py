"""What changed in a disclosure against the year before, where that is held or printed."""

from collections.abc import Sequence
from decimal import Decimal

import streamlit as st

from dashboard import queries
from dashboard.address import DIMENSIONS
from dashboard.amounts import share_text
from dashboard.context import Context
from dashboard.markup import Cell, Link, render, table
from dashboard.pictures import About, show_picture
from dashboard.rows import AgencyYear, Change

_MOST = 12


def show_changes(context: Context, year: AgencyYear, about: str) -> None:
    """Show a table per dimension that can be compared; nothing where none can."""
    for dimension in DIMENSIONS:
        rows: Sequence[Change] = context.ask(queries.changes, year.disclosure_id, dimension)
        if rows:
            _show(context, dimension, rows, about)


def _show(context: Context, dimension: str, rows: Sequence[Change], about: str) -> None:
    first = rows[0]
    facts = [
        about,
        context.say("same_document" if first.prior_source == "same_document" else "year_before"),
        context.name("table_kind", first.table_kind),
        context.name("fund", first.fund),
    ]

    def draw() -> None:
        words = ("prior_amount_yuan", "amount_of_year", "change_yuan")
        head = [Cell(context.name("dimension", dimension), kind="name")]
        head += [Cell(context.say(word), kind="figure") for word in words]
        head.append(context.metric("change_share"))
        st.html(table(head, [_row(context, row) for row in rows[:_MOST]], about))
        if len(rows) > _MOST:
            text = context.say("first_of", most=_MOST, all=len(rows))
            st.html(render("line.html", kind="soft", text=text))

    title = context.say("changes_title", name=context.name("dimension", dimension))
    show_picture(context, About(f"changes_{dimension}", title, facts), rows, draw)


def _row(context: Context, row: Change) -> list[Cell]:
    by_item = row.dimension == "three_public"
    return [
        Cell(
            context.name("item", row.code) if by_item else row.name or row.code,
            kind="name",
            note="" if by_item else row.code,
        ),
        _amount(context, row.prior_amount_yuan, context.place(row.prior_cell_id, None)),
        _amount(context, row.amount_yuan, context.place(row.cell_id, row.page_number)),
        _amount(context, row.change_yuan, None),
        Cell(share_text(row.change_share), kind="figure"),
    ]


def _amount(context: Context, amount_yuan: Decimal | None, link: Link | None) -> Cell:
    figure = context.figure(amount_yuan, link)
    kind = "figure none" if figure.missing else "figure"
    return Cell(figure.text, figure.exact, kind, link=figure.link)
