"""Divisions at the beginning of names, and which of several is meant."""

import csv

import pytest

from extract.regions import load_regions, regions_at_start, settle_region
from extract.vocabulary import SEEDS


def names_of() -> dict[str, tuple[str, str]]:
    with (SEEDS / "reference" / "region.csv").open(encoding="utf-8", newline="") as file:
        return {
            row["region_code"]: (row["region_name"], row["parent_code"])
            for row in csv.DictReader(file)
            if row["flag"] != "pseudo"
        }


NAMES = names_of()
PROVINCE, (PROVINCE_NAME, _) = next(item for item in NAMES.items() if item[1][1] == "000000")
AMBIGUOUS = next(
    regions
    for regions in load_regions().values()
    if len(regions) == 2 and len({region.ancestors[-2] for region in regions}) == 2
)


def codes(name: str) -> list[str]:
    return [region.code for region in regions_at_start(name)]


@pytest.mark.parametrize("before", ["", "中共", "中国共产党", "政协", "共青团"])
def test_a_division_at_the_beginning_of_a_name(before: str) -> None:
    assert codes(f"{before}{PROVINCE_NAME}财政厅") == [PROVINCE]


@pytest.mark.parametrize("name", ["", "财政厅", f"驻{PROVINCE_NAME}办事处"])
def test_names_that_begin_with_no_division(name: str) -> None:
    assert codes(name) == []


def test_a_name_in_several_parents_is_ambiguous_until_a_parent_is_named() -> None:
    one, two = AMBIGUOUS
    assert sorted(codes(f"{one.name}财政局")) == sorted([one.code, two.code])
    named = next(code for code in one.ancestors if code in NAMES and code != "000000")
    assert codes(f"{NAMES[named][0]}{one.name}财政局") == [one.code]


def test_the_text_settles_by_a_parent_named_right_before() -> None:
    one, two = AMBIGUOUS
    parents = [
        next(NAMES[code][0] for code in region.ancestors if code in NAMES and code != "000000")
        for region in AMBIGUOUS
    ]
    assert parents[0] != parents[1]
    assert settle_region(AMBIGUOUS, f"地处{parents[1]}{two.name}中部") == two
    assert settle_region(AMBIGUOUS, f"{parents[1]}的{two.name}") is None
    assert settle_region(AMBIGUOUS, f"{parents[0]}{one.name}和{parents[1]}{two.name}") is None
    assert settle_region(AMBIGUOUS, "") is None
    assert settle_region((one,), "") == one


def test_every_division_leads_up_to_the_nation() -> None:
    regions = [region for named in load_regions().values() for region in named]
    assert len(regions) > 3000
    assert all(region.ancestors[-1] == "000000" for region in regions)
    assert not {"市辖区", "县"} & set(load_regions())
