"""The same job in several cities: shares beside each other, and one class in a row."""

from collections.abc import Sequence
from decimal import Decimal

import streamlit as st

from dashboard import queries
from dashboard.address import DIMENSIONS
from dashboard.amounts import share_text
from dashboard.context import Context
from dashboard.errors import DashboardError
from dashboard.filters import choose, switch
from dashboard.markup import Cell, render, table
from dashboard.pictures import About, show_picture
from dashboard.rows import Compared
from dashboard.views.choices import pick_choice
from dashboard.views.rankings import bar, largest, show_bars

_MOST_AGENCIES = 10
_MOST_CLASSES = 20


def show(context: Context) -> None:
    """Show the view."""
    domains = dict(context.ask(queries.domains))
    if not domains:
        raise DashboardError("empty_warehouse")
    domain = context.address.domain or next(iter(domains))
    left, right = st.columns([3, 2])
    with left:
        choose(
            context.say("domain"),
            {
                key: context.say("domain_regions", name=context.name("agency_domain", key), n=count)
                for key, count in domains.items()
            },
            domain if domain in domains else None,
            lambda key: {"domain": key, "year": "", "kind": "", "scope": "", "code": ""},
            "domain",
            context.say("choose"),
        )
    if domain not in domains:
        raise DashboardError("unknown_domain", value=domain)
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
        resets=("code",),
    )
    rows = context.ask(
        queries.city_comparison,
        domain,
        choice.fiscal_year,
        choice.document_kind,
        choice.scope,
        dimension,
    )
    about = [
        context.name("agency_domain", domain),
        context.kind_scope(choice.fiscal_year, choice.document_kind, choice.scope),
        context.name("dimension", dimension),
    ]
    _show_matrix(context, rows, about)
    if rows:
        _show_class(context, rows, about, _by_weight(rows)[0])


def label(context: Context, row: Compared) -> str:
    """The name of a class, an item or a part of 三公."""
    if row.dimension == "three_public":
        return context.name("item", row.code)
    return row.name or row.code


def _show_matrix(context: Context, rows: Sequence[Compared], about: Sequence[str]) -> None:
    agencies = list(dict.fromkeys(row.disclosure_id for row in rows))[:_MOST_AGENCIES]
    first = {row.disclosure_id: row for row in reversed(rows)}
    codes = _by_weight([row for row in rows if row.disclosure_id in agencies])[:_MOST_CLASSES]
    by_place = {(row.code, row.disclosure_id): row for row in rows}
    names = {row.code: label(context, row) for row in rows}

    def draw() -> None:
        head = [Cell(context.say("class"), kind="name")]
        total = [Cell(context.say("total"), kind="name strong")]
        for key in agencies:
            row = first[key]
            head.append(Cell(f"{row.region_name} {row.agency_name}", kind="agency"))
            fund = context.name("fund", row.fund)
            total.append(
                Cell(
                    context.amount(row.total_yuan),
                    context.exact(row.total_yuan) + f" · {fund}",
                    "figure strong",
                )
            )
        funds = [Cell(context.say("fund"), kind="name soft")] + [
            Cell(context.name("fund", first[key].fund), kind="figure soft") for key in agencies
        ]
        body = [
            [Cell(names[code], kind="name", note=code if code[0].isdigit() else "")]
            + [_share(context, by_place.get((code, key))) for key in agencies]
            for code in codes
        ]
        st.html(table(head, [total, funds, *body], context.say("cities_title")))
        notes = []
        held = len(first)
        if held > len(agencies):
            notes.append(context.say("first_agencies", most=len(agencies), all=held))
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


def _show_class(
    context: Context, rows: Sequence[Compared], about: Sequence[str], usual: str
) -> None:
    names: dict[str, str] = {}
    for row in rows:
        names.setdefault(row.code, label(context, row))
    code = context.address.code or usual
    choose(
        context.say("class_to_compare"),
        {key: text if text == key else f"{text} {key}" for key, text in names.items()}
        if rows[0].dimension != "three_public"
        else names,
        code if code in names else None,
        lambda key: {"code": key},
        "code",
        context.say("choose"),
    )
    if code not in names:
        raise DashboardError("unknown_code", value=code)
    own = sorted(
        (row for row in rows if row.code == code), key=lambda row: (row.rank, row.agency_name)
    )

    def draw() -> None:
        top = largest([row.amount_yuan for row in own])
        show_bars(
            context,
            [
                bar(
                    context,
                    f"{row.region_name} · {row.agency_name}",
                    row.amount_yuan,
                    top,
                    row.share_of_total,
                    context.place(row.cell_id, row.page_number),
                    note=_per_post(context, row),
                )
                for row in own
            ],
        )

    title = context.say("class_title", name=names[code])
    show_picture(context, About("class", title, about), own, draw)


def _per_post(context: Context, row: Compared) -> str:
    fund = context.name("fund", row.fund)
    if row.per_post_yuan is None:
        return f"{fund} · {context.say('no_posts')}"
    amount = context.amount(row.per_post_yuan)
    return f"{fund} · {context.say('per_post', amount=amount, posts=row.posts)}"
