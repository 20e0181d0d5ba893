"""Covers and labels as published disclosures word them.

A figure under a wrong word is worse than one under none: what is no word of the contract must
stay ``other_printed`` or ``unknown``.
"""

from __future__ import annotations

import pytest

from tests.unit.test_identity import CITY, CITY_CODE, TABLE, identity_of

# cover lines with {city} for a place, what follows it in the agency's name, kind, scope
COVERS: list[tuple[str, str, str, str]] = [
    ("{city}|机关事务管理局|2024年部门决算", "机关事务管理局", "final_account", "department"),
    ("2019年度|{city}水利局|部门决算公开文本", "水利局", "final_account", "department"),
    ("2024年度{city}科学技术协会部门决算公开报告", "科学技术协会", "final_account", "department"),
    ("2024年{city}交通运输局部门预算信息公开", "交通运输局", "budget", "department"),
    ("2024年{city}交通运输局部门预算公开目录", "交通运输局", "budget", "department"),
    ("2024年{city}交通运输局部门预算表", "交通运输局", "budget", "department"),
    ("{city}交通运输局|2024年部门预算公开|目 录", "交通运输局", "budget", "department"),
    ("{city}交通运输局部门2024年预算公开", "交通运输局", "budget", "department"),
    ("{city}中级人民法院2023年部门预算公开说明", "中级人民法院", "budget", "department"),
    ("关于{city}审计局2022年度部门决算的说明", "审计局", "final_account", "department"),
    ("附件1|{city}审计局2022年度部门决算公开", "审计局", "final_account", "department"),
    ("附件1{city}审计局2022年度部门决算公开", "审计局", "final_account", "department"),
    ("{city}人大常委会办公室2025年部门预算", "人大常委会办公室", "budget", "department"),
    ("{city}人大2025年部门预算", "人大", "budget", "department"),
    ("{city}政协2018年部门预算", "政协", "budget", "department"),
    ("{city}科协2020年部门预算公开", "科协", "budget", "department"),
    (
        "{city}纪委监委第一派驻纪检监察组2023年部门预算",
        "纪委监委第一派驻纪检监察组",
        "budget",
        "department",
    ),
    ("{city}卫生监督所2021年度部门决算情况说明", "卫生监督所", "final_account", "department"),
    ("2023年{city}林场部门决算公开", "林场", "final_account", "department"),
    ("{city}监狱2023年单位预算", "监狱", "budget", "unit"),
    ("{city}第一人民医院2023年度单位决算", "第一人民医院", "final_account", "unit"),
    ("{city}职业技术学院2023年度单位决算", "职业技术学院", "final_account", "unit"),
    ("{city}幼儿园2022年单位预算", "幼儿园", "budget", "unit"),
    ("{city}财政局（本级）2024年度单位决算", "财政局", "final_account", "unit"),
]


@pytest.mark.parametrize(("cover", "agency", "kind", "scope"), COVERS)
def test_cover_tells_identity(cover: str, agency: str, kind: str, scope: str) -> None:
    found = identity_of(*cover.format(city=CITY).split("|"))
    assert (found.agency_name, found.document_kind, found.scope, found.region_code) == (
        f"{CITY}{agency}",
        kind,
        scope,
        CITY_CODE,
    )


@pytest.mark.parametrize(
    ("title", "label", "scope"),
    [
        ("2023年度部门决算", "编制单位", "department"),
        ("2023年度部门决算", "预算单位", "department"),
        ("2023年度单位决算", "部门", "unit"),
        ("2023年决算", "编制单位", "unit"),
        ("2023年决算", "编制部门", "department"),
    ],
)
def test_labels_of_tables_do_not_outvote_the_cover(title: str, label: str, scope: str) -> None:
    heading = ("收入决算表", f"{label}：{CITY}财政局 金额单位：万元", TABLE)
    assert identity_of(f"{CITY}财政局", title, later=heading * 9).scope == scope
