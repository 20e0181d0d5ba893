"""Where the money of a disclosure goes, in one dimension: areas by class, or bars."""

from collections.abc import Sequence

import streamlit as st

from dashboard import queries
from dashboard.amounts import rounding, share_text
from dashboard.charts import CONFIG, Area, Group, gather, treemap
from dashboard.context import Context
from dashboard.markup import render
from dashboard.pictures import About, show_picture
from dashboard.rows import Leaf
from dashboard.views.rankings import bar, largest, show_bars

_PICTURES = {
    "function_item": ("functions", "expenditure_by_function"),
    "economic_section": ("economic", "expenditure_by_economic"),
}
"""Dimensions whose picture has a name and a title of its own."""


def show_leaves(context: Context, disclosure_id: str, dimension: str, about: str) -> str:
    """Show a dimension of a disclosure; return its title where nothing is published, else ''.

    By function the leaves are areas, with the list below them; else bars.
    """
    rows: Sequence[Leaf] = context.ask(queries.leaves, disclosure_id, dimension)
    name, word = _PICTURES.get(dimension, (dimension, ""))
    title = context.say(word) if word else context.name("dimension", dimension)
    if not rows:
        return title

    def draw() -> None:
        if dimension == "function_item":
            _draw_areas(context, rows, title)
        else:
            _draw_bars(context, rows)

    show_picture(context, _about(context, name, title, about, rows), rows, draw)
    return ""


def _about(context: Context, name: str, title: str, about: str, rows: Sequence[Leaf]) -> About:
    first = rows[0]
    facts = [
        about,
        context.name("table_kind", first.table_kind),
        context.name("fund", first.fund),
        context.say("all_of_these", amount=context.amount(first.total_yuan)),
    ]
    printed = first.printed_total_yuan
    note = ""
    if printed is not None:
        apart = abs(printed - first.total_yuan)
        if apart > rounding([printed, *(row.amount_yuan for row in rows)]):
            note = context.say("total_differs", amount=context.amount(printed))
    return About(name, title, facts, note)


def _draw_areas(context: Context, rows: Sequence[Leaf], title: str) -> None:
    areas = [
        Area(
            key=row.code,
            label=row.name or row.code,
            group=row.class_code or row.code,
            group_label=row.class_name or row.class_code or row.code,
            amount_yuan=row.amount_yuan,
            text=context.amount(row.amount_yuan),
        )
        for row in rows
    ]
    gathered = gather(areas, lambda count: context.say("rest", n=count), context.amount)
    drawing, groups = treemap(
        context.say("all_of_these", amount=context.amount(rows[0].total_yuan)), gathered
    )
    st.plotly_chart(drawing, config=dict(CONFIG), theme=None, key="functions", alt=title)
    st.html(render("legend.html", groups=[_legend(context, rows, group) for group in groups]))
    with st.expander(context.say("as_list")):
        _draw_bars(context, rows)


def _legend(context: Context, rows: Sequence[Leaf], group: Group) -> dict[str, str]:
    total = rows[0].total_yuan
    return {
        "colour": group.colour,
        "label": group.label,
        "amount": context.amount(group.amount_yuan),
        "exact": context.exact(group.amount_yuan),
        "share": share_text(group.amount_yuan / total) if total > 0 else "",
    }


def _draw_bars(context: Context, rows: Sequence[Leaf]) -> None:
    top = largest([row.amount_yuan for row in rows])
    three_public = rows[0].dimension == "three_public"
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
