"""The same job in several cities: shares beside each other, and one class in a row."""

from collections.abc import Sequence
from decimal import Decimal

import streamlit as st

from dashboard import queries
from dashboard.address import DIMENSIONS, MOST_AGENCIES
from dashboard.amounts import share_text
from dashboard.context import Context
from dashboard.errors import DashboardError
from dashboard.filters import choose, choose_several, switch
from dashboard.markup import Cell, render, table
from dashboard.pictures import About, show_picture
from dashboard.rows import Compared, Peer
from dashboard.views.choices import pick_choice
from dashboard.views.rankings import bar, largest, show_bars

_MOST_CLASSES = 20
_OF_A_DOMAIN = ("year", "kind", "scope", "code", "agencies")
"""Filters that mean nothing in another domain."""


def show(context: Context) -> None:
    """Show the view."""
    left, right = st.columns([3, 2])
    with left:
        domain = _pick_domain(context)
    with right:
        choice = pick_choice(context, context.ask(queries.comparison_choices, domain))
    assert choice is not None
    dimension = context.address.dimension or DIMENSIONS[0]
    switch(
        context.say("dimension"),
        DIMENSIONS,
        dimension,
        lambda word: context.name("dimension", word),
        "dimension",
        resets=("code", "agencies"),
    )
    asked = (domain, choice.fiscal_year, choice.document_kind, choice.scope, dimension)
    peers: Sequence[Peer] = context.ask(queries.peers, *asked)
    wanted = _pick_agencies(context, peers)
    compared = wanted or tuple(peer.agency_id for peer in peers[:MOST_AGENCIES])
    rows: Sequence[Compared] = context.ask(queries.city_comparison, *asked, compared)
    about = [
        context.name("agency_domain", domain),
        context.kind_scope(choice.fiscal_year, choice.document_kind, choice.scope),
        context.name("dimension", dimension),
    ]
    _show_matrix(context, rows, about, len(peers) if not wanted else len(wanted))
    if rows:
        code = _pick_code(context, rows)
        own = context.ask(queries.city_comparison, *asked, wanted or None, code)
        _show_class(context, own, about)


def _pick_domain(context: Context) -> str:
    domains = dict(context.ask(queries.domains))
    if not domains:
        raise DashboardError("empty_warehouse")
    domain = context.address.domain or next(iter(domains))
    choose(
        context.say("domain"),
        {
            key: context.say("domain_regions", name=context.name("agency_domain", key), n=count)
            for key, count in domains.items()
        },
        domain if domain in domains else None,
        lambda key: {"domain": key, **dict.fromkeys(_OF_A_DOMAIN, "")},
        "domain",
        context.say("choose"),
    )
    if domain not in domains:
        raise DashboardError("unknown_domain", value=domain)
    return str(domain)


def _pick_agencies(context: Context, peers: Sequence[Peer]) -> tuple[str, ...]:
    """The agencies of the address; none: the largest, as many as fit beside each other."""
    known = {peer.agency_id: context.agency(peer.region_name, peer.agency_name) for peer in peers}
    address = context.address.agencies
    wanted = tuple(dict.fromkeys(address.split(","))) if address else ()
    chosen = tuple(one for one in wanted if one in known)
    hint = "all_agencies" if len(known) <= MOST_AGENCIES else "largest_agencies"
    choose_several(
        context.say("agencies_to_compare", most=MOST_AGENCIES),
        known,
        chosen,
        MOST_AGENCIES,
        "agencies",
        context.say(hint, most=MOST_AGENCIES, all=len(known)),
    )
    lacking = [one for one in wanted if one not in known]
    if lacking:
        names = {one.agency_id: one.agency_name for one in context.ask(queries.agencies)}
        unknown = [one for one in lacking if one not in names]
        if unknown:
            raise DashboardError("unknown_agency", value=unknown[0])
        text = context.say("not_comparable", names="、".join(names[one] for one in lacking))
        st.html(render("line.html", kind="soft", text=text))
    return chosen


def _pick_code(context: Context, rows: Sequence[Compared]) -> str:
    """The class of the address, else the one that takes most."""
    names = {row.code: label(context, row) for row in reversed(rows)}
    code = context.address.code or _by_weight(rows)[0]
    by_item = rows[0].dimension == "three_public"
    choose(
        context.say("class_to_compare"),
        {
            key: names[key] if by_item or names[key] == key else f"{names[key]} {key}"
            for key in _by_weight(rows)
        },
        code if code in names else None,
        lambda key: {"code": key},
        "code",
        context.say("choose"),
    )
    if code not in names:
        raise DashboardError("unknown_code", value=code)
    return code


def label(context: Context, row: Compared) -> str:
    """The name of a class, an item or a part of 三公."""
    if row.dimension == "three_public":
        return context.name("item", row.code)
    return row.name or row.code


def _show_matrix(
    context: Context, rows: Sequence[Compared], about: Sequence[str], held: int
) -> None:
    first = {row.disclosure_id: row for row in reversed(rows)}
    keys = list(dict.fromkeys(row.disclosure_id for row in rows))
    by_place = {(row.code, row.disclosure_id): row for row in rows}
    names = {row.code: label(context, row) for row in rows}
    codes = _by_weight(rows)[:_MOST_CLASSES]

    def draw() -> None:
        head = [Cell(context.say("class"), kind="name")]
        total = [Cell(context.say("total"), kind="name strong")]
        for key in keys:
            row = first[key]
            head.append(Cell(context.agency(row.region_name, row.agency_name), kind="agency"))
            fund = context.name("fund", row.fund)
            total.append(
                Cell(
                    context.amount(row.total_yuan),
                    context.exact(row.total_yuan) + f" · {fund}",
                    "figure strong",
                )
            )
        funds = [Cell(context.say("fund"), kind="name soft")] + [
            Cell(context.name("fund", first[key].fund), kind="figure soft") for key in keys
        ]
        body = [
            [Cell(names[code], kind="name", note=code if code[0].isdigit() else "")]
            + [_share(context, by_place.get((code, key))) for key in keys]
            for code in codes
        ]
        st.html(table(head, [total, funds, *body], context.say("cities_title")))
        notes = []
        if held > len(keys):
            notes.append(context.say("first_agencies", most=len(keys), all=held))
        if len(names) > len(codes):
            notes.append(context.say("first_of", most=len(codes), all=len(names)))
        if notes:
            st.html(render("line.html", kind="soft", text=" ".join(notes)))

    note = context.say("cities_note")
    about_picture = About("cities", context.say("cities_title"), about, note)
    show_picture(context, about_picture, rows, draw)


def _by_weight(rows: Sequence[Compared]) -> list[str]:
    """The codes in the order of what they take in all agencies together, as shares."""
    weight: dict[str, Decimal] = {}
    for row in rows:
        weight[row.code] = weight.get(row.code, Decimal(0)) + (row.share_of_total or 0)
    return sorted(weight, key=lambda code: (-weight[code], code))


def _share(context: Context, row: Compared | None) -> Cell:
    if row is None:
        return Cell("·", context.say("not_printed"), "figure none")
    return Cell(
        share_text(row.share_of_total),
        context.exact(row.amount_yuan),
        "figure tinted",
        float(max(row.share_of_total or 0, 0)),
        context.place(row.cell_id, row.page_number),
    )


def _show_class(context: Context, rows: Sequence[Compared], about: Sequence[str]) -> None:
    own = sorted(rows, key=lambda row: (row.rank, row.agency_name))

    def draw() -> None:
        top = largest([row.amount_yuan for row in own])
        show_bars(
            context,
            [
                bar(
                    context,
                    context.agency(row.region_name, row.agency_name),
                    row.amount_yuan,
                    top,
                    row.share_of_total,
                    context.place(row.cell_id, row.page_number),
                    note=_per_post(context, row),
                )
                for row in own
            ],
        )

    title = context.say("class_title", name=label(context, own[0]))
    show_picture(context, About("class", title, about), own, draw)


def _per_post(context: Context, row: Compared) -> str:
    fund = context.name("fund", row.fund)
    if row.per_post_yuan is None:
        return f"{fund} · {context.say('no_posts')}"
    amount = context.amount(row.per_post_yuan)
    return f"{fund} · {context.say('per_post', amount=amount, posts=row.posts)}"
