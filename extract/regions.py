"""Administrative divisions by the names with which agencies begin."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import cache

from extract.vocabulary import SEEDS

_PARTY = re.compile(r"^(?:中国共产党|中共|中国人民政治协商会议|政协|共青团|国家税务总局)")


@dataclass(frozen=True)
class Region:
    """A division; ``ancestors`` are codes from its parent up, pseudo levels included."""

    code: str
    name: str
    ancestors: tuple[str, ...]


@cache
def load_regions() -> dict[str, tuple[Region, ...]]:
    """Divisions by name; several may bear one name."""
    parents: dict[str, str] = {}
    names: list[tuple[str, str]] = []
    path = SEEDS / "reference" / "region.csv"
    with path.open(encoding="utf-8", newline="") as file:
        for record in csv.DictReader(file):
            parents[record["region_code"]] = record["parent_code"]
            if record["flag"] != "pseudo" and record["region_code"] != "000000":
                names.append((record["region_code"], record["region_name"]))
    found: dict[str, list[Region]] = {}
    for code, name in names:
        chain, at = [], parents.get(code, "")
        while at and at not in chain:
            chain.append(at)
            at = parents.get(at, "")
        found.setdefault(name, []).append(Region(code, name, tuple(chain)))
    return {name: tuple(regions) for name, regions in found.items()}


@cache
def region_codes() -> frozenset[str]:
    """Codes of all divisions that a document may belong to, `000000` among them.

    >>> "000000" in region_codes(), "999999" in region_codes()
    (True, False)
    """
    path = SEEDS / "reference" / "region.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return frozenset(
            record["region_code"] for record in csv.DictReader(file) if record["flag"] != "pseudo"
        )


def regions_at_start(name: str) -> tuple[Region, ...]:
    """The divisions that the beginning of a name may mean: several where it is ambiguous.

    >>> [region.code for region in regions_at_start("上海市普陀区财政局")]
    ['310107']
    >>> regions_at_start("西南大学")
    ()
    """
    rest = _PARTY.sub("", name)
    held: tuple[Region, ...] = ()
    while True:
        step = _longest(rest, held)
        if not step:
            return held
        rest = rest[len(step[0].name) :]
        held = step


def regions_in(name: str) -> tuple[Region, ...]:
    """The divisions that a name holds: at its beginning, or after the name of an organisation.

    >>> [region.code for region in regions_in("中国民主同盟上海市普陀区委员会")]
    ['310107']
    """
    found = regions_at_start(name)
    for start in range(1, len(name) - 2):
        if found:
            break
        # in the middle of a name only a province or a prefecture is certain (华东区域 is no 东区)
        if any(region.code.endswith("00") for region in _longest(name[start:], ())):
            found = regions_at_start(name[start:])
    return found


def _longest(text: str, within: tuple[Region, ...]) -> tuple[Region, ...]:
    regions = load_regions()
    for length in range(min(len(text), 14), 1, -1):
        named = regions.get(text[:length], ())
        if within:
            codes = {region.code for region in within}
            named = tuple(region for region in named if codes & set(region.ancestors))
        if named:
            return named
    return ()


def settle_region(candidates: tuple[Region, ...], text: str) -> Region | None:
    """The one division that is meant: by a parent's name that the text prints before it.

    ``text`` is squeezed text of the document. None where several stay possible.
    """
    if len(candidates) == 1:
        return candidates[0]
    regions = load_regions()
    names = {region.code: region.name for group in regions.values() for region in group}
    said = [
        region
        for region in candidates
        if any(code in names and f"{names[code]}{region.name}" in text for code in region.ancestors)
    ]
    return said[0] if len(said) == 1 else None
