"""What is bought, by category and item of the catalogue, in one year, kind and scope."""

from collections.abc import Sequence

import streamlit as st

from dashboard import queries
from dashboard.amounts import share_text
from dashboard.context import Context
from dashboard.filters import EVERYTHING, choose
from dashboard.markup import Cell, render, table
from dashboard.pictures import About, show_picture
from dashboard.rows import Bought, Category
from dashboard.views.choices import pick_agency, pick_choice
from dashboard.views.rankings import bar, largest, show_bars

_MOST = 100
_CATEGORIES = ("goods", "works", "services", "unknown")


def show(context: Context) -> None:
    """Show the view."""
    left, right, third = st.columns([3, 2, 2])
    with left:
        agency = pick_agency(context, [], optional=True)
    with right:
        choice = pick_choice(context, context.ask(queries.procurement_choices))
    category = context.address.category
    with third:
        choose(
            context.say("category"),
            {
                EVERYTHING: context.say("all"),
                **{word: context.name("category", word) for word in _CATEGORIES},
            },
            category if category in _CATEGORIES else EVERYTHING,
            lambda key: {"category": key},
            "category",
        )
    if choice is None:
        title = context.say("categories_title")
        show_picture(context, About("categories", title, []), [], lambda: None)
        return
    agency_id = agency.agency_id if agency else None
    asked = (choice.fiscal_year, choice.document_kind, choice.scope, agency_id)
    about = [
        agency.agency_name if agency else context.say("all_agencies"),
        context.kind_scope(choice.fiscal_year, choice.document_kind, choice.scope),
    ]
    _show_categories(context, context.ask(queries.procurement_categories, *asked), about)
    rows: Sequence[Bought] = context.ask(queries.procurement, *asked, category)
    if category:
        about.append(context.name("category", category))
    _show_items(context, rows, about)


def _show_categories(context: Context, rows: Sequence[Category], about: Sequence[str]) -> None:
    def draw() -> None:
        top = largest([row.amount_yuan for row in rows])
        show_bars(
            context,
            [
                bar(
                    context,
                    context.name("category", row.category or "unknown"),
                    row.amount_yuan,
                    top,
                    None,
                    None,
                    note=" · ".join(
                        [
                            context.name("fund", row.fund),
                            context.say("of_agencies", agencies=row.agencies),
                            *(
                                [context.say("sme", amount=context.amount(row.sme_reserved_yuan))]
                                if row.sme_reserved_yuan is not None
                                else []
                            ),
                        ]
                    ),
                )
                for row in rows
            ],
        )

    show_picture(context, About("categories", context.say("categories_title"), about), rows, draw)


def _show_items(context: Context, rows: Sequence[Bought], about: Sequence[str]) -> None:
    def draw() -> None:
        head = [Cell(context.say("catalogue"), kind="name")]
        head += [Cell(context.say("amount"), kind="figure"), context.metric("sme_share")]
        words = ("category", "agency", "fund", "source")
        head += [Cell(context.say(word), kind="text") for word in words]
        st.html(table(head, [_row(context, row) for row in rows[:_MOST]], about[0]))
        if len(rows) > _MOST:
            text = context.say("first_of", most=_MOST, all=len(rows))
            st.html(render("line.html", kind="soft", text=text))

    title = context.say("items_title")
    show_picture(context, About("procurement", title, about), rows, draw)


def _row(context: Context, row: Bought) -> list[Cell]:
    place = context.place(row.cell_id, row.page_number)
    texts = [
        context.name("category", row.category or "unknown"),
        row.agency_name,
        context.name("fund", row.fund),
        context.name("procurement_source", row.amount_source),
    ]
    return [
        Cell(
            row.catalogue_name or context.say("no_item"),
            exact=row.shown_code,
            kind="name",
            narrow=" · ".join(texts),
        ),
        Cell(context.amount(row.amount_yuan), context.exact(row.amount_yuan), "figure", link=place),
        Cell(share_text(row.sme_share), kind="figure"),
        *(Cell(text, kind="text") for text in texts),
    ]
