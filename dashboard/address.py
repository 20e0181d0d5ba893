"""The address of a view: what the filters say, as the page's address carries it.

The address is the only memory of a view. Whoever opens a copied address sees the same; a word in
it that means nothing is refused by name.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields

from dashboard.errors import DashboardError

VIEWS = (
    "agency",
    "cities",
    "three_public",
    "execution",
    "projects",
    "procurement",
    "coverage",
    "findings",
)
LANGUAGES = ("zh", "en")
UNITS = ("wan_yuan", "yuan")
KINDS = ("budget", "final_account")
SCOPES = ("department", "unit")
DIMENSIONS = ("function_item", "economic_section", "three_public")
SEVERITIES = ("high", "medium", "low")

_CLOSED: Mapping[str, tuple[str, ...]] = {
    "view": VIEWS,
    "lang": LANGUAGES,
    "unit": UNITS,
    "kind": KINDS,
    "scope": SCOPES,
    "dimension": DIMENSIONS,
    "severity": SEVERITIES,
}
_YEAR = re.compile("(?:19|20)[0-9]{2}", re.ASCII)
_ID = re.compile("[0-9A-Za-z_]{1,64}", re.ASCII)
MOST_AGENCIES = 10
"""Agencies that are compared at once."""
_IDS = re.compile(f"{_ID.pattern}(?:,{_ID.pattern}){{0,{MOST_AGENCIES - 1}}}", re.ASCII)
_OPEN = {"year": _YEAR, "agencies": _IDS}
_SHOWN = 40
"""Characters of a refused value that the page repeats."""


@dataclass(frozen=True)
class Address:
    """What a view shows. None: nothing chosen, which a view fills with what it has.

    ``agency``, ``region``, ``domain``, ``theme``, ``category``, ``code`` and ``finding`` (a kind of
    finding) are keys of the marts; whether the warehouse knows them is for the view to say.
    ``agencies`` are those to be compared, with commas between.
    """

    view: str = "agency"
    lang: str = "zh"
    unit: str = "wan_yuan"
    agency: str | None = None
    year: int | None = None
    kind: str | None = None
    scope: str | None = None
    region: str | None = None
    domain: str | None = None
    agencies: str | None = None
    dimension: str | None = None
    code: str | None = None
    theme: str | None = None
    category: str | None = None
    severity: str | None = None
    finding: str | None = None


NAMES = tuple(field.name for field in fields(Address))


def read_address(parameters: Mapping[str, str]) -> Address:
    """Read the parameters of an address; names that are not ours are somebody else's and ignored.

    Raises DashboardError with the name and the value that means nothing.

    >>> read_address({"view": "cities", "year": "2023"}).year
    2023
    """
    given = {name: parameters[name] for name in NAMES if parameters.get(name)}
    for name, value in given.items():
        if name in _CLOSED:
            known = value in _CLOSED[name]
        else:
            known = _OPEN.get(name, _ID).fullmatch(value) is not None
        if not known:
            raise DashboardError("address_word", name=name, value=value[:_SHOWN])
    return Address(
        **{name: int(value) if name == "year" else value for name, value in given.items()}  # type: ignore[arg-type]
    )


def write_address(address: Address) -> dict[str, str]:
    """Write the parameters of an address; what is as usual is left out.

    >>> write_address(Address(view="cities", year=2023))
    {'view': 'cities', 'year': '2023'}
    """
    usual = Address()
    return {
        name: str(value)
        for name in NAMES
        if (value := getattr(address, name)) is not None and value != getattr(usual, name)
    }
