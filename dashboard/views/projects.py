"""Projects by theme, in one year, kind and scope."""

from collections.abc import Sequence
from decimal import Decimal

import streamlit as st

from dashboard import queries
from dashboard.amounts import share_text
from dashboard.context import Context
from dashboard.filters import EVERYTHING, choose
from dashboard.markup import Cell, render, table
from dashboard.pictures import About, show_picture
from dashboard.rows import Choice, Project, ThemeSum
from dashboard.views.choices import pick_agency, pick_choice
from dashboard.views.rankings import bar, largest, show_bars

_MOST = 100
_COLUMNS = (
    "budget_yuan",
    "executed_yuan",
    "execution_rate",
    "score",
    "initial_budget_yuan",
    "adjusted_budget_yuan",
)
"""In the order in which they are in sight on a narrow screen."""


def show(context: Context) -> None:
    """Show the view."""
    left, right, third = st.columns([3, 2, 2])
    with left:
        agency = pick_agency(context, [], optional=True)
    with right:
        choice = pick_choice(context, context.ask(queries.project_choices))
    if choice is None:
        show_picture(context, About("themes", context.say("themes_title"), []), [], lambda: None)
        return
    agency_id = agency.agency_id if agency else None
    asked = (choice.fiscal_year, choice.document_kind, choice.scope, agency_id)
    themes: Sequence[ThemeSum] = context.ask(queries.project_themes, *asked)
    theme = context.address.theme
    with third:
        choose(
            context.say("theme"),
            {
                EVERYTHING: context.say("all"),
                **{row.theme: context.name("theme", row.theme) for row in themes},
                **({theme: context.name("theme", theme)} if theme else {}),
            },
            theme or EVERYTHING,
            lambda key: {"theme": key},
            "theme",
        )
    about = [
        agency.agency_name if agency else context.say("all_agencies"),
        context.kind_scope(choice.fiscal_year, choice.document_kind, choice.scope),
    ]
    _show_themes(context, choice, themes, about)
    rows: Sequence[Project] = context.ask(queries.projects, *asked, theme)
    if theme:
        about.append(context.name("theme", theme))
    _show_projects(context, rows, about)


def _show_themes(
    context: Context, choice: Choice, themes: Sequence[ThemeSum], about: Sequence[str]
) -> None:
    budget = choice.document_kind == "budget"

    def draw() -> None:
        amounts = [row.budget_yuan if budget else row.executed_yuan for row in themes]
        top = largest(amounts)
        bars = [
            bar(
                context,
                context.name("theme", row.theme),
                amount,
                top,
                None,
                None,
                note=context.say("projects_agencies", projects=row.projects, agencies=row.agencies),
            )
            for row, amount in zip(themes, amounts, strict=True)
        ]
        show_bars(context, sorted(bars, key=lambda one: -one.width), 30)

    measure = context.say("project_budget" if budget else "project_spent")
    title = context.say("themes_title")
    show_picture(context, About("themes", title, [*about, measure]), themes, draw)


def _show_projects(context: Context, rows: Sequence[Project], about: Sequence[str]) -> None:
    def draw() -> None:
        words = [word for word in _COLUMNS if any(getattr(row, word) is not None for row in rows)]
        head = [Cell(context.say("project"), kind="name")]
        head += [
            context.metric(word)
            if word == "execution_rate"
            else Cell(context.say(word), kind="figure")
            for word in words
        ]
        head += [Cell(context.say(word), kind="text") for word in ("theme", "agency")]
        st.html(table(head, [_row(context, row, words) for row in rows[:_MOST]], about[0]))
        if len(rows) > _MOST:
            text = context.say("first_of", most=_MOST, all=len(rows))
            st.html(render("line.html", kind="soft", text=text))

    title = context.say("projects_title")
    note = context.say("themes_note")
    show_picture(context, About("project_list", title, about, note), rows, draw)


def _row(context: Context, row: Project, words: Sequence[str]) -> list[Cell]:
    place = context.place(row.cell_id, row.page_number)
    theme = context.name("theme", row.theme)
    return [
        Cell(
            row.project_name or "—",
            exact=place.text if place else "",
            kind="name",
            link=place,
            narrow=f"{theme} · {row.agency_name}",
        ),
        *(_figure(context, word, getattr(row, word)) for word in words),
        Cell(theme, exact="、".join(row.theme_words), kind="text"),
        Cell(row.agency_name, kind="text"),
    ]


def _figure(context: Context, word: str, value: Decimal | None) -> Cell:
    kind = "figure none" if value is None else "figure"
    if value is None:
        return Cell(context.say("not_printed"), kind=kind)
    if word == "execution_rate":
        return Cell(share_text(value), kind=kind)
    if word == "score":
        return Cell(f"{value.normalize():f}", kind=kind)
    return Cell(context.amount(value), context.exact(value), kind)
