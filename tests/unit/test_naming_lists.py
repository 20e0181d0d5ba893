"""Rows of lists: totals, groups and lines of projects and procurement."""

from tests.unit.printed_tables import Printed, draw_table, figures_of_table, pick

PROJECTS: list[Printed] = ["项目编码", "项目名称", "合计"]
GOODS: list[Printed] = ["采购品目", "采购物品名称", "采购金额"]


def test_projects_have_totals_groups_and_lines() -> None:
    found = figures_of_table(
        draw_table(
            "项目支出预算表",
            PROJECTS,
            ["", "合计", "9.01"],
            ["121001", "甲校", "6.02"],
            ["12100100000000001", "修缮", "6.03"],
            ["121002", "乙校", "3.04"],
            ["12100200000000001", "设备", "3.05"],
        )
    )
    words = ("row_kind", "project_name", "project_code")
    assert pick(found["9.01"], "row_kind") == ("total",)
    assert pick(found["6.02"], "row_kind") == ("subtotal",)
    assert pick(found["6.03"], *words) == ("line", "修缮", "12100100000000001")
    assert pick(found["3.04"], "row_kind") == ("subtotal",)
    assert pick(found["3.05"], *words) == ("line", "设备", "12100200000000001")


def test_a_project_list_by_type() -> None:
    found = figures_of_table(
        draw_table(
            "项目支出预算表",
            ["类型", "项目名称", "项目单位", "合计"],
            [("合计", 3), "9.01"],
            ["特定", "", "", "9.02"],
            ["特定", "修缮", "甲校", "6.03"],
            ["特定", "设备", "甲校", "3.04"],
        )
    )
    assert [found[text]["row_kind"] for text in ("9.01", "9.02", "6.03", "3.04")] == [
        "total", "subtotal", "line", "line",
    ]  # fmt: skip
    assert pick(found["6.03"], "project_name", "implementing_unit") == ("修缮", "甲校")


def test_procurement_by_goods_has_groups_with_a_category() -> None:
    found = figures_of_table(
        draw_table(
            "政府采购预算表",
            GOODS,
            [("合计", 2), "9.01"],
            [("货物类", 2), "6.02"],
            ["办公家具", "办公桌", "4.03"],
            ["办公家具", "办公椅", "2.04"],
            [("二、服务", 2), "3.05"],
            ["物业服务", "保洁", "3.06"],
        )
    )
    words = ("row_kind", "category", "catalogue_name")
    assert pick(found["9.01"], "row_kind", "category") == ("total", None)
    assert pick(found["6.02"], "row_kind", "category") == ("subtotal", "goods")
    assert pick(found["4.03"], *words) == ("line", "goods", "办公桌")
    assert pick(found["2.04"], *words) == ("line", "goods", "办公椅")
    assert pick(found["3.05"], "row_kind", "category") == ("subtotal", "services")
    assert pick(found["3.06"], *words) == ("line", "services", "保洁")


def test_procurement_by_catalogue_codes_with_reserved_shares() -> None:
    found = figures_of_table(
        draw_table(
            "政府采购预算表",
            [
                ("采购品目", 1, 2),
                ("支出功能分类科目", 1, 2),
                ("部门支出经济分类", 1, 2),
                ("采购金额", 3),
            ],
            ["采购金额（合计）", "其中面向中小企业", "其中面向微小企业"],
            ["合计", "", "", "9.01", "5.01", "3.01"],
            ["[A05010201]办公桌", "[2050101]行政", "[31002]设备", "9.02", "5.02", "3.02"],
        )
    )
    words = ("catalogue_code", "catalogue_name", "function_code", "department_economic_code")
    assert pick(found["9.02"], *words) == ("A05010201", "办公桌", "2050101", "31002")
    assert found["9.02"]["category"] == "goods"
    assert [found[text]["column_measure"] for text in ("9.02", "5.02", "3.02")] == [
        None, "sme_reserved", "micro_reserved",
    ]  # fmt: skip
    assert [found[text]["row_kind"] for text in ("9.01", "9.02")] == ["total", "line"]


def test_procurement_by_class_has_lines_at_the_longest_codes() -> None:
    found = figures_of_table(
        draw_table(
            "政府采购预算表",
            ["序号", "科目编码", "科目名称", "合计"],
            ["", "", "合计", "9.01"],
            ["1", "205", "教育", "9.02"],
            ["2", "20501", "管理", "9.03"],
            ["3", "2050101", "行政", "9.04"],
        )
    )
    words = ("row_kind", "function_code", "line_no")
    assert pick(found["9.01"], *words) == ("total", None, None)
    assert pick(found["9.02"], *words) == ("subtotal", "205", "1")
    assert pick(found["9.03"], *words) == ("subtotal", "20501", "2")
    assert pick(found["9.04"], *words) == ("line", "2050101", "3")


def test_a_total_printed_again_under_the_agency_is_a_total_and_another_sum_is_none() -> None:
    found = draw_table(
        "政府采购预算表",
        GOODS,
        [("合计", 2), "9.01"],
        [("甲局合计", 2), "9.01"],
        [("乙处合计", 2), "4.02"],
        ["家具", "办公桌", "4.02"],
    )
    assert [row.row_kind for row in found.rows] == ["total", "total", "subtotal", "line"]


def test_goods_below_a_project_carry_its_name() -> None:
    found = figures_of_table(
        draw_table(
            "政府采购预算表",
            ["专项名称", "采购物品名称", "采购金额"],
            ["修缮", "", "6.01"],
            ["", "水泥", "4.02"],
            ["", "砖", "2.03"],
            ["", "", "6.04"],
        )
    )
    words = ("row_kind", "project_name")
    assert pick(found["6.01"], *words) == ("subtotal", "修缮")
    assert pick(found["4.02"], *words) == ("line", "修缮")
    assert pick(found["2.03"], *words) == ("line", "修缮")
    assert pick(found["6.04"], *words) == ("total", None)
