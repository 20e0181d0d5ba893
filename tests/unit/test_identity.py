"""Identity: what covers, labels and titles say; what is not said, or said twice, is None."""

import csv
from dataclasses import replace

import pytest

from extract.identity import Identity, identify
from extract.page import Grid, Line, Page
from extract.regions import load_regions
from extract.sheet import collect_sheets
from extract.vocabulary import SEEDS, load_vocabulary
from tests.unit.printed_tables import draw_grid, draw_page

with (SEEDS / "reference" / "region.csv").open(encoding="utf-8", newline="") as _file:
    _ROWS = list(csv.DictReader(_file))
NAMES = {row["region_code"]: row["region_name"] for row in _ROWS if row["flag"] != "pseudo"}
CITY, CITY_CODE = next(
    (regions[0].name, regions[0].code)
    for regions in load_regions().values()
    if len(regions) == 1 and regions[0].name.endswith("市") and len(regions[0].ancestors) == 2
)
SHARED, OTHER = next(
    regions
    for regions in load_regions().values()
    if len(regions) == 2 and not set(regions[0].ancestors) & set(regions[1].ancestors) - {"000000"}
)
PARENT = next(NAMES[code] for code in SHARED.ancestors if code in NAMES and code != "000000")
AGENCY = f"{CITY}财政局"
TABLE = draw_grid(["科目编码", "科目名称", "合计"], ["205", "教育", "9.01"])


def identity_of(*items: str | Grid, later: tuple[str | Grid, ...] = ()) -> Identity:
    pages: list[Page] = [draw_page(*items)]
    if later:
        pages.append(draw_page(*later, number=2))
    vocabulary = load_vocabulary()
    return identify(pages, collect_sheets(pages, vocabulary), vocabulary)


@pytest.mark.parametrize(
    "cover",
    [
        [f"{AGENCY}2031年部门预算"],
        [f"2031年{AGENCY}部门预算"],
        [f"2031年度{AGENCY}部门预算公开"],
        [AGENCY, "2031年部门预算"],
        [f"{AGENCY}2031年", "部门预算"],
        [f"{CITY}", "财政局", "2031年度部门预算"],
        ["2031年部门预算", f"部门：{AGENCY}"],
        [f"部门名称：{AGENCY}　单位：万元", "2031年部门预算"],
        [f"{AGENCY}关于2031年度部门预算的说明", f"{AGENCY} 2031年部门预算"],
        [f"{CITY[0]} {CITY[1:]} 财 政 局", "２０３１ 年 部 门 预 算"],
    ],
)
def test_covers_in_several_wordings(cover: list[str]) -> None:
    found = identity_of(*cover)
    assert found.missing() == []
    assert (
        found.agency_name, found.region_code, found.fiscal_year, found.document_kind, found.scope,
    ) == (AGENCY, CITY_CODE, 2031, "budget", "department")  # fmt: skip


def test_a_final_account_of_a_unit() -> None:
    found = identity_of(f"{AGENCY}2031年度单位决算")
    assert (found.document_kind, found.scope, found.fiscal_year) == ("final_account", "unit", 2031)


def test_tables_of_budgets_do_not_make_a_final_account_a_budget() -> None:
    found = identity_of(
        f"{AGENCY}2031年度部门决算",
        "一般公共预算财政拨款支出决算表",
        TABLE,
        later=("政府性基金预算财政拨款支出决算表", TABLE, "国有资本经营预算支出决算表", TABLE),
    )
    assert found.document_kind == "final_account"


def test_the_own_level_is_a_unit_and_no_part_of_the_name() -> None:
    for mark in ("（本级）", "本级"):
        found = identity_of(f"{AGENCY}{mark}2031年预算", f"编制单位：{AGENCY}{mark}")
        assert (found.agency_name, found.scope) == (AGENCY, "unit")


def test_labels_in_tables_name_the_agency() -> None:
    found = identity_of("2031年部门支出预算总表", f"编制部门：{AGENCY} 单位：万元", TABLE)
    assert (found.agency_name, found.fiscal_year, found.scope) == (AGENCY, 2031, "department")


def test_the_evidence_says_where() -> None:
    found = identity_of("前言", later=(f"部门：{AGENCY}", "2031年部门支出预算总表", TABLE))
    assert found.evidence["agency_name"]["page"] == 2
    assert AGENCY in str(found.evidence["agency_name"]["text"])
    assert found.evidence["fiscal_year"] == {"text": "2031年部门支出预算总表", "page": 2}


def test_two_years_of_like_weight_are_none() -> None:
    found = identity_of(f"{AGENCY}2031年部门预算", f"{AGENCY}2030年部门预算")
    assert found.fiscal_year is None
    assert found.agency_name == AGENCY


def test_the_day_of_publication_is_not_the_year() -> None:
    found = identity_of(f"{AGENCY}2031年部门预算", "2030年12月31日")
    assert found.fiscal_year == 2031


def test_budget_and_final_of_like_weight_are_none() -> None:
    found = identity_of(f"{AGENCY}2031年部门预算", f"{AGENCY}2031年部门决算")
    assert found.document_kind is None


def test_department_and_unit_of_like_weight_are_none() -> None:
    found = identity_of(f"{AGENCY}2031年部门预算", f"{AGENCY}2031年单位预算")
    assert found.scope is None


def test_two_agencies_of_like_weight_are_none() -> None:
    found = identity_of("2031年部门预算", f"部门：{CITY}财政局", f"部门：{CITY}教育局")
    assert found.agency_name is None


def test_a_short_form_of_the_name_counts_for_the_long_one() -> None:
    found = identity_of(f"{AGENCY}2031年部门预算", "财政局2031年部门预算")
    assert found.agency_name == AGENCY


def test_an_ambiguous_region_is_settled_by_its_parent() -> None:
    agency = f"{SHARED.name}财政局"
    cover = f"{agency}2031年部门预算"
    assert identity_of(cover).region_code is None
    assert identity_of(cover, f"地处{PARENT}{SHARED.name}").region_code == SHARED.code
    assert identity_of(f"{PARENT}{cover}").region_code == SHARED.code
    assert SHARED.code != OTHER.code


def test_an_agency_of_no_place_has_no_region() -> None:
    found = identity_of("甲乙大学2031年部门预算")
    assert found.agency_name == "甲乙大学"
    assert found.region_code is None
    assert found.missing() == ["region_code"]


def test_an_agency_of_the_centre() -> None:
    found = identity_of("甲乙大学2031年部门预算", "财政拨款指中央财政当年拨付的资金。")
    assert found.region_code == "000000"


def test_a_document_that_says_nothing() -> None:
    found = identity_of("一段话。", TABLE)
    assert found == Identity(evidence=found.evidence)
    assert found.missing() == [
        "agency_name", "region_code", "fiscal_year", "document_kind", "scope",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "words", [f"{AGENCY}的甲乙", "甲局", "本部门", "各部门", "预算单位", "一般公共预算支出"]
)
def test_generic_words_are_no_agency(words: str) -> None:
    assert identity_of(f"{words}2031年部门预算").agency_name is None


def test_a_list_of_contents_and_prose_do_not_vote() -> None:
    found = identity_of(
        f"{AGENCY}2031年部门预算",
        *["甲"] * 14,
        "2029年部门预算..........3",
        "2028年部门预算执行情况，如下。",
        later=("2027年预算比上年增加；2027年决算减少。",),
    )
    assert (found.fiscal_year, found.document_kind) == (2031, "budget")


@pytest.mark.parametrize("year", ["二〇二三年", "二○二三年", "二零二三年", "2023年"])
def test_a_year_may_be_printed_in_chinese_digits(year: str) -> None:
    page = draw_page(f"{year}江苏省教育厅部门预算")
    assert identify([page], [], load_vocabulary()).fiscal_year == 2023


@pytest.mark.parametrize(
    ("said", "region"),
    [
        ("某某学校是教育部直属的学校", "000000"),
        ("某某研究所是农业农村部直属单位", "000000"),
        ("某某中心是中共某省委宣传部直属单位", None),
        ("某某中心是县委组织部直属单位", None),
    ],
)
def test_what_a_ministry_holds_is_central_and_what_a_party_committee_holds_is_not(
    said: str, region: str | None
) -> None:
    page = draw_page("某某中心2031年部门预算", said)
    assert identify([page], [], load_vocabulary()).region_code == region


@pytest.mark.parametrize("number", ["", "二、", "(二)", "十一、"])
def test_the_number_of_a_heading_is_no_part_of_the_name(number: str) -> None:
    found = identity_of(
        f"{number}{AGENCY}2031年度部门决算情况说明", later=(f"{number}{AGENCY}2031年度部门决算",)
    )
    assert found.agency_name == AGENCY


@pytest.mark.parametrize("heading", [f"部门：{AGENCY}", f"{AGENCY}2031年部门预算"])
@pytest.mark.parametrize(("sure", "name"), [(0.95, AGENCY), (0.6, None), (0.0, None)])
def test_a_line_of_a_picture_that_is_not_certain_has_no_vote(
    heading: str, sure: float, name: str | None
) -> None:
    """A name with one misread character would be another agency."""
    page = draw_page("二〇三一年部门预算", heading, TABLE)
    lines = tuple(
        replace(item, confidence=sure) if isinstance(item, Line) and AGENCY in item.text else item
        for item in page.items
    )
    pages = [replace(page, items=lines)]
    vocabulary = load_vocabulary()
    found = identify(pages, collect_sheets(pages, vocabulary), vocabulary)
    assert (found.agency_name, found.fiscal_year) == (name, 2031)
