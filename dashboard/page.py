"""The page: its head, the filters that hold everywhere, one view, and its foot."""

import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import streamlit as st

from dashboard.address import LANGUAGES, UNITS, VIEWS, Address, read_address
from dashboard.context import Context, publication_of
from dashboard.errors import DashboardError
from dashboard.filters import switch
from dashboard.markup import render, style
from dashboard.views import (
    agency,
    cities,
    coverage,
    execution,
    findings,
    procurement,
    projects,
    three_public,
)
from dashboard.warehouse import RepublishedError
from dashboard.words import name, say
from extract.errors import GongkaiError
from review.visible import one_line

_VIEWS: Mapping[str, Callable[[Context], None]] = {
    "agency": agency.show,
    "cities": cities.show,
    "three_public": three_public.show,
    "execution": execution.show,
    "projects": projects.show,
    "procurement": procurement.show,
    "coverage": coverage.show,
    "findings": findings.show,
}
_FILTERS = (
    "agency",
    "year",
    "kind",
    "scope",
    "region",
    "domain",
    "dimension",
    "code",
    "theme",
    "category",
    "severity",
    "finding",
)
_KEPT = {
    "agency": ("agency", "year", "kind", "scope"),
    "three_public": ("agency",),
    "execution": ("agency",),
}
"""Filters that mean the same in the next view."""


def show_page() -> None:
    """Show the page for the address that the browser has; arguments: the warehouse, the review."""
    warehouse, review = Path(sys.argv[1]), sys.argv[2] if len(sys.argv) > 2 else ""
    st.set_page_config(page_title="公开 · Gongkai", page_icon=_ICON, layout="wide")
    st.html(style())
    address, wrong = _read_address()
    _show_head(address)
    try:
        publication = publication_of(warehouse)
        if wrong is not None:
            raise wrong
        context = Context(warehouse, review, address, publication)
        _VIEWS[address.view](context)
        _show_foot(context)
    except RepublishedError:
        st.rerun()
    except DashboardError as error:
        _say(say(error.word, address.lang).format(**error.values))
    except GongkaiError as error:
        _say(str(error))


def _read_address() -> tuple[Address, DashboardError | None]:
    """The address, or what is wrong with it and an address without it."""
    parameters = st.query_params.to_dict()
    try:
        return read_address(parameters), None
    except DashboardError as error:
        plain = {key: parameters[key] for key in ("lang", "view") if key in parameters}
        plain.pop(str(error.values.get("name")), None)
        try:
            return read_address(plain), error
        except DashboardError:
            return Address(), error


def _show_head(address: Address) -> None:
    lang = address.lang
    with st.container(horizontal=True, key="head", vertical_alignment="center"):
        st.html(render("brand.html", title=say("title", lang), lead=say("lead", lang)))
        switch(say("unit", lang), UNITS, address.unit, lambda unit: say(unit, lang), "unit")
        switch(
            say("language", lang),
            LANGUAGES,
            lang,
            lambda word: name("language", word, lang),
            "lang",
        )
    with st.container(key="views"):
        kept = _KEPT.get(address.view, ())
        switch(
            say("view", lang),
            VIEWS,
            address.view,
            lambda view: name("view", view, lang),
            "view",
            resets=[one for one in _FILTERS if one not in kept],
        )


def _show_foot(context: Context) -> None:
    st.html(
        render(
            "foot.html",
            rules=context.say("rules"),
            publication_word=context.say("publication"),
            publication_id=context.publication.publication_id,
            published_at=f"{context.publication.published_at:%Y-%m-%d %H:%M}",
            review=context.review,
            review_word=context.say("review_pages"),
        )
    )


def _say(text: str) -> None:
    st.html(render("line.html", kind="wrong", text=one_line(text)))


_ICON = str(Path(__file__).resolve().parent / "assets" / "icon.svg")
