"""Filters that several views have: the agency; the year, kind and scope."""

from collections.abc import Sequence

from dashboard import queries
from dashboard.address import SCOPES
from dashboard.context import Context
from dashboard.errors import DashboardError
from dashboard.filters import EVERYTHING, choose
from dashboard.rows import Agency, Choice


def pick_agency(context: Context, first: Sequence[Agency], optional: bool = False) -> Agency | None:
    """The agency of the address, with a list of all to choose another.

    Without one in the address it is the first of ``first``, of which this view has most to show;
    where the agency is ``optional``, None: all. Raises DashboardError for an agency that is not
    held; the list is there to choose another.
    """
    known = {agency.agency_id: agency for agency in context.ask(queries.agencies)}
    if not known:
        raise DashboardError("empty_warehouse")
    wanted = context.address.agency
    if wanted is None and not optional:
        wanted = max(
            first, key=lambda one: one.disclosures, default=next(iter(known.values()))
        ).agency_id
    options = {
        key: context.agency(agency.region_name, agency.agency_name) for key, agency in known.items()
    }
    if optional:
        options = {EVERYTHING: context.say("all_agencies"), **options}
    choose(
        context.say("agency"),
        options,
        (wanted or EVERYTHING) if wanted is None or wanted in known else None,
        lambda key: (
            {"agency": key, "year": "", "kind": "", "scope": ""}
            if not optional
            else {"agency": key}
        ),
        "agency",
        context.say("choose_agency"),
    )
    if wanted is not None and wanted not in known:
        raise DashboardError("unknown_agency", value=wanted)
    return known[wanted] if wanted else None


def pick_choice(context: Context, choices: Sequence[Choice]) -> Choice | None:
    """The year, kind and scope of the address among those that are held; None when none is.

    What the address leaves open is filled with the choice of most agencies, then the first.
    Raises DashboardError when nothing fits.
    """
    if not choices:
        return None
    options = {f"{one.fiscal_year}-{one.document_kind}-{one.scope}": one for one in choices}
    address = context.address
    fitting = [
        key
        for key, one in options.items()
        if address.year in (None, one.fiscal_year)
        and address.kind in (None, one.document_kind)
        and address.scope in (None, one.scope)
    ]
    chosen = max(fitting, key=lambda key: options[key].agencies, default=None)
    choose(
        context.say("year_kind_scope"),
        {
            key: f"{context.kind_scope(one.fiscal_year, one.document_kind, one.scope)}"
            for key, one in options.items()
        },
        chosen,
        lambda key: {
            "year": str(options[key].fiscal_year),
            "kind": options[key].document_kind,
            "scope": options[key].scope,
        },
        "choice",
        context.say("choose_year"),
    )
    if chosen is None:
        wanted = [
            str(address.year or ""),
            context.name("document_kind", address.kind) if address.kind else "",
            context.name("scope", address.scope) if address.scope else "",
        ]
        raise DashboardError("not_held", value=" · ".join(word for word in wanted if word))
    return options[chosen]


def pick_scope(context: Context, held: Sequence[str]) -> str:
    """The scope of the address, else the first that is held; department and unit never together.

    Raises DashboardError when the address names one of which nothing is held.
    """
    scopes = [scope for scope in SCOPES if scope in held]
    chosen = context.address.scope or next(iter(scopes), SCOPES[0])
    choose(
        context.say("scope"),
        {scope: context.name("scope", scope) for scope in scopes or [chosen]},
        chosen if chosen in scopes or not scopes else None,
        lambda key: {"scope": key},
        "scope",
        context.say("choose"),
    )
    if scopes and chosen not in scopes:
        raise DashboardError("not_held", value=context.name("scope", chosen))
    return chosen
