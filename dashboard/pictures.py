"""A picture with its title, what it is about, and the data behind it to take along."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from typing import Any

import streamlit as st

from dashboard.context import Context
from dashboard.downloads import CSV_TYPE, EXCEL_TYPE, Sheet, csv_bytes, excel_bytes
from dashboard.markup import render


@dataclass(frozen=True)
class About:
    """What a picture shows: its title, the words under it, and a remark where one is needed.

    ``nothing`` is the word of the text that stands in its place when there are no rows.
    """

    name: str
    title: str
    facts: Sequence[str]
    note: str = ""
    has_amounts: bool = True
    nothing: str = "nothing_printed"


def show_picture(
    context: Context, about: About, rows: Sequence[Any], draw: Callable[[], None]
) -> None:
    """Show a picture of ``rows`` (dataclasses of ``dashboard.rows``); without any, say so."""
    with st.container(border=True, key=f"picture_{about.name}"):
        facts = [*about.facts, context.unit if about.has_amounts else ""]
        st.html(
            render(
                "about.html",
                title=about.title,
                facts=[fact for fact in facts if fact],
                note=about.note,
            )
        )
        if not rows:
            st.html(render("line.html", kind="none", text=context.say(about.nothing)))
            return
        draw()
        _offer(context, about, rows)


def _offer(context: Context, about: About, rows: Sequence[Any]) -> None:
    sheet = as_sheet(context, about, rows)
    publication = context.publication.publication_id
    with st.container(horizontal=True, key=f"take_{about.name}"):
        st.download_button(
            "CSV",
            lambda: csv_bytes(sheet),
            file_name=f"{about.name}-{publication}.csv",
            mime=CSV_TYPE,
            key=f"csv_{about.name}",
            on_click="ignore",
            type="tertiary",
            icon=None,
            help=context.say("csv_hint", rows=len(rows)),
        )
        st.download_button(
            "Excel",
            lambda: excel_bytes(sheet),
            file_name=f"{about.name}-{publication}.xlsx",
            mime=EXCEL_TYPE,
            key=f"excel_{about.name}",
            on_click="ignore",
            type="tertiary",
            help=context.say("excel_hint", rows=len(rows)),
        )


def as_sheet(context: Context, about: About, rows: Sequence[Any]) -> Sheet:
    """The rows with the names of the marts' columns, and what they are."""
    columns = [field.name for field in fields(rows[0])]
    return Sheet(
        name=about.name,
        columns=columns,
        rows=[[_value(getattr(row, column)) for column in columns] for row in rows],
        about=[
            (context.say("picture"), about.title),
            (context.say("about"), " · ".join(fact for fact in about.facts if fact)),
            (context.say("unit_of_data"), context.say("yuan")),
            (context.say("publication"), context.publication.publication_id),
            (context.say("rules_word"), context.say("rules")),
        ],
    )


def _value(value: Any) -> Any:
    return "、".join(value) if isinstance(value, list) else value
