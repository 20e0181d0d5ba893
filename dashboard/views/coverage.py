"""What is held and what is missing, by agency and year."""

from collections.abc import Sequence

import streamlit as st

from dashboard import queries
from dashboard.context import Context
from dashboard.errors import DashboardError
from dashboard.filters import EVERYTHING, choose
from dashboard.markup import render
from dashboard.pictures import About, show_picture
from dashboard.rows import Held

_MOST = 60
"""Agencies shown at once."""


def show(context: Context) -> None:
    """Show the view."""
    regions = {row.region_code: row for row in context.ask(queries.regions)}
    if not regions:
        raise DashboardError("empty_warehouse")
    region = context.address.region
    choose(
        context.say("region"),
        {
            EVERYTHING: context.say("all_regions"),
            **{
                code: context.say("region_agencies", name=row.region_name, n=row.agencies)
                for code, row in regions.items()
            },
        },
        (region or EVERYTHING) if region is None or region in regions else None,
        lambda key: {"region": key},
        "region",
        context.say("choose"),
    )
    if region is not None and region not in regions:
        raise DashboardError("unknown_region", value=region)
    rows: Sequence[Held] = context.ask(queries.coverage, region, _MOST)
    agencies = sum(
        row.agencies for code, row in regions.items() if region is None or code == region
    )
    note = context.say("first_agencies", most=_MOST, all=agencies) if agencies > _MOST else ""
    held = sum(row.held for row in rows)
    facts = [
        regions[region].region_name if region else context.say("all_regions"),
        context.say("held_missing", held=held, missing=len(rows) - held),
    ]
    about = About("coverage", context.say("coverage_title"), facts, note, has_amounts=False)
    show_picture(context, about, rows, lambda: _draw(context, rows))


def _draw(context: Context, rows: Sequence[Held]) -> None:
    years = sorted({row.fiscal_year for row in rows}, reverse=True)
    agencies: dict[str, dict[int, list[Held]]] = {}
    for row in rows:
        agencies.setdefault(row.agency_id, {}).setdefault(row.fiscal_year, []).append(row)
    body = []
    for by_year in agencies.values():
        any_row = next(iter(by_year.values()))[0]
        body.append(
            {
                "region": any_row.region_name,
                "agency": any_row.agency_name,
                "years": [
                    [_badge(context, row) for row in by_year.get(year, [])] for year in years
                ],
            }
        )
    st.html(
        render(
            "coverage.html",
            years=years,
            rows=body,
            region_word=context.say("region"),
            agency_word=context.say("agency"),
            caption=context.say("coverage_title"),
            held_word=context.say("held"),
            missing_word=context.say("missing"),
        )
    )


def _badge(context: Context, row: Held) -> dict[str, str]:
    kind = context.name("document_kind", row.document_kind)
    short = context.name("scope_short", row.scope)
    notes = [context.kind_scope(row.fiscal_year, row.document_kind, row.scope)]
    if row.held:
        notes.append(context.say("tables_held", n=row.tables_held or 0))
        if row.tables_missing:
            names = row.tables_missing_zh or str(row.tables_missing)
            notes.append(context.say("tables_missing", names=names))
    else:
        notes.append(context.name("coverage_gap", row.gap))
    address = ""
    if row.held and context.review:
        address = f"{context.review}/disclosures/{row.disclosure_id}.html"
    return {
        "text": f"{kind} {short}",
        "kind": "held" if row.held else "missing",
        "more": str(row.tables_missing) if row.held and row.tables_missing else "",
        "title": " · ".join(notes),
        "address": address,
    }
