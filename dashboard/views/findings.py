"""What a careful reader should know, with the way to its page among the review pages."""

from collections.abc import Sequence

import streamlit as st

from dashboard import queries
from dashboard.address import SEVERITIES
from dashboard.context import Context
from dashboard.filters import EVERYTHING, choose
from dashboard.markup import render
from dashboard.pictures import About, show_picture
from dashboard.rows import Finding
from dashboard.views.choices import pick_agency

_MOST = 50


def show(context: Context) -> None:
    """Show the view."""
    address = context.address
    first, second, third, fourth = st.columns([3, 1, 1, 2])
    with first:
        agency = pick_agency(context, [], optional=True)
    agency_id = agency.agency_id if agency else None
    counts = context.ask(queries.finding_counts, address.year, agency_id)
    years = context.ask(queries.finding_years)
    with second:
        choose(
            context.say("year"),
            {EVERYTHING: context.say("all_years"), **{str(year): str(year) for year in years}},
            str(address.year or EVERYTHING) if address.year in (None, *years) else None,
            lambda key: {"year": key},
            "year",
        )
    with third:
        choose(
            context.say("severity"),
            {
                EVERYTHING: context.say("all"),
                **{word: context.name("severity", word) for word in SEVERITIES},
            },
            address.severity or EVERYTHING,
            lambda key: {"severity": key},
            "severity",
        )
    kinds = dict.fromkeys(row.kind for row in counts)
    if address.finding:
        kinds.setdefault(address.finding)
    with fourth:
        choose(
            context.say("kind_of_finding"),
            {
                EVERYTHING: context.say("all"),
                **{word: context.name("kind", word) for word in kinds},
            },
            address.finding or EVERYTHING,
            lambda key: {"finding": key},
            "finding",
        )
    rows = context.ask(queries.findings, address.severity, address.finding, address.year, agency_id)
    facts = [
        agency.agency_name if agency else context.say("all_agencies"),
        str(address.year or context.say("all_years")),
        " · ".join(
            f"{context.name('severity', word)} {number:,}"
            for word in SEVERITIES
            if (number := sum(row.findings for row in counts if row.severity == word))
        ),
    ]
    show_list(context, rows, facts)


def show_list(context: Context, rows: Sequence[Finding], facts: Sequence[str]) -> None:
    """Show findings, the first of many; ``facts`` say of what."""

    def draw() -> None:
        st.html(render("findings.html", rows=[_shown(context, row) for row in rows[:_MOST]]))
        if len(rows) > _MOST:
            text = context.say("first_of", most=_MOST, all=len(rows))
            st.html(render("line.html", kind="soft", text=text))

    title = context.say("findings")
    about = About("findings", title, facts, has_amounts=False, nothing="nothing_found")
    show_picture(context, about, rows, draw)


def _shown(context: Context, row: Finding) -> dict[str, object]:
    about = [row.agency_name or ""]
    if row.fiscal_year and row.document_kind and row.scope:
        about.append(context.kind_scope(row.fiscal_year, row.document_kind, row.scope))
    english = context.address.lang == "en"
    return {
        "severity": row.severity,
        "severity_text": context.name("severity", row.severity),
        "kind_text": context.name("kind", row.kind),
        "about": " · ".join(part for part in about if part),
        "text": row.description_en if english else row.description,
        "address": f"{context.review}/findings/{row.finding_id}.html" if context.review else "",
        "left_word": context.say("left"),
        "left": row.left_printed or context.say("not_printed"),
        "right_word": context.say("right"),
        "right": row.right_printed or context.say("not_printed"),
        "page": context.say("page", page=row.page_number) if row.page_number else "",
    }
