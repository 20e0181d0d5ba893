"""The marts against figures that were read from the printed pages: one query per question."""

from decimal import Decimal

import duckdb
import pytest

from tests.documents.conftest import ask, read_golden

pytestmark = pytest.mark.shared

COURT = "江苏省高级人民法院"
SUBDISTRICT = "上海市普陀区人民政府万里街道办事处"
UNIVERSITY = "西南大学"
OFFICE = "上海市普陀区人民政府办公室"


def yuan(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def test_the_amounts_of_a_year_are_the_printed_ones(
    published: duckdb.DuckDBPyConnection,
) -> None:
    """Figures that were read from the pages by eye, of all disclosures but one unit's copy."""
    found = {
        (row["agency_name"], str(row["fiscal_year"]), row["document_kind"], row["scope"]): row
        for row in ask(published, "select * from marts.mart_agency_year")
    }
    golden = read_golden("years")
    wrong = [
        (row, amount)
        for row in golden
        for amount in [
            found[row["agency_name"], row["fiscal_year"], row["document_kind"], row["scope"]][
                f"{row['measure']}_yuan"
            ]
        ]
        if amount != Decimal(row["printed"]) * (10000 if row["unit"] == "万元" else 1)
    ]
    assert wrong == []
    assert len(golden) == 128


def test_two_departments_of_two_years_by_function(published: duckdb.DuckDBPyConnection) -> None:
    rows = ask(
        published,
        "select agency_name, code, prior_amount_yuan, amount_yuan, change_yuan"
        " from marts.mart_year_over_year where dimension = 'function_item'"
        " and document_kind = 'budget' and scope = 'department'",
    )
    found = {(row["agency_name"], row["code"]): row for row in rows}
    for agency, code, before, now in (
        (SUBDISTRICT, "2120101", "18373632.00", "16603248.00"),
        (SUBDISTRICT, "2120102", "18229543.00", "17591003.00"),
        (SUBDISTRICT, "2120104", "6905798.00", "6043390.00"),
        (SUBDISTRICT, "2120199", "49927105.00", "54212362.00"),
        (COURT, "2040501", "117869200.00", "148576100.00"),
        (COURT, "2040502", "64328900.00", "60499700.00"),
        (COURT, "2040504", "17333000.00", "18333000.00"),
        (COURT, "2080504", "23471300.00", "3972300.00"),
        (COURT, "2080505", None, "13268100.00"),
        (COURT, "2080506", None, "5307200.00"),
    ):
        row = found[agency, code]
        assert (row["prior_amount_yuan"], row["amount_yuan"]) == (yuan(before), yuan(now))
        assert row["change_yuan"] == Decimal(now) - Decimal(before or 0)


def test_a_class_with_another_code_since_meets_itself(
    published: duckdb.DuckDBPyConnection,
) -> None:
    rows = ask(
        published,
        "select code, former_code, name, prior_amount_yuan, amount_yuan"
        " from marts.mart_year_over_year where dimension = 'economic_section'"
        " and agency_name = ? and former_code is not null order by code",
        COURT,
    )
    assert [tuple(row.values()) for row in rows] == [
        ("30112", "30104", "其他社会保障缴费", yuan("648000.00"), yuan("745600.00")),
        ("30113", "30311", "住房公积金", yuan("10291500.00"), yuan("13982600.00")),
        ("30114", "30307", "医疗费", yuan("3344300.00"), yuan("3313200.00")),
    ]


def test_three_cities_side_by_side(published: duckdb.DuckDBPyConnection) -> None:
    rows = ask(
        published,
        "select region_name, document_kind, fiscal_year, dimension, amount_yuan, per_post_yuan"
        " from marts.mart_city_comparison where agency_domain = 'data'"
        " and code in ('2210201', '30113')",
    )
    found = {
        (
            row["region_name"],
            row["document_kind"],
            row["fiscal_year"],
            row["dimension"],
        ): (row["amount_yuan"], row["per_post_yuan"])
        for row in rows
    }
    for place, amount, per_post in (
        (("青岛市", "budget", 2023, "function_item"), "1342100.00", None),
        (("青岛市", "budget", 2023, "economic_section"), "1342100.00", None),
        (("青岛市", "final_account", 2024, "function_item"), "1127300.00", None),
        (("潍坊市", "budget", 2023, "function_item"), "705200.00", None),
        # printed twice, beside two government classes: 27.18 and 43.34
        (("潍坊市", "budget", 2023, "economic_section"), "705200.00", None),
        # 19 people, says a sentence
        (("青山区", "budget", 2023, "function_item"), "350976.41", "18472.44"),
        (("烟台市", "final_account", 2023, "economic_section"), "1105300.00", None),
    ):
        assert found[place] == (yuan(amount), yuan(per_post))


def test_three_public_of_two_years(published: duckdb.DuckDBPyConnection) -> None:
    rows = ask(
        published,
        "select fiscal_year, item, amount_yuan, printed_total_yuan"
        " from marts.mart_three_public_trend where agency_name = ? order by 1, 2",
        SUBDISTRICT,
    )
    assert [tuple(row.values()) for row in rows] == [
        (year, item, yuan(amount), yuan(total))
        for year, total, amounts in (
            (2023, "229100.00", ("0", "13500.00", "215600.00", "0")),
            (2024, "479100.00", ("0", "13500.00", "215600.00", "250000.00")),
        )
        for item, amount in zip(
            ("overseas_travel", "reception", "vehicle_operation", "vehicle_purchase"),
            amounts,
            strict=True,
        )
    ]


def test_a_budget_beside_its_final_account(published: duckdb.DuckDBPyConnection) -> None:
    rows = ask(
        published,
        "select subject, code, budget_source, budget_yuan, final_yuan, execution_rate"
        " from marts.mart_budget_execution where agency_name = ?",
        UNIVERSITY,
    )
    found = {(row["subject"], row["code"]): row for row in rows}
    for place, budget, final in (
        (("function_item", "2050202"), "96316800.00", "92560900.00"),
        (("function_item", "2050204"), "260985800.00", "242392800.00"),
        (("function_item", "2050205"), "3963935900.00", "3896068700.00"),
        (("function_item", "2050602"), "5701400.00", "5701400.00"),
        (("function_item", "2059999"), "9021400.00", "8760300.00"),
    ):
        row = found[place]
        assert row["budget_source"] == "budget_document"
        assert (row["budget_yuan"], row["final_yuan"]) == (yuan(budget), yuan(final))
        rate = Decimal(final) / Decimal(budget)
        assert row["execution_rate"] == rate.quantize(Decimal("0.000001"))
    assert found["total", "expenditure"]["budget_yuan"] == yuan("4687790700.00")


def test_department_and_unit_are_each_counted_once(
    published: duckdb.DuckDBPyConnection,
) -> None:
    """Both publications print the same money; neither row holds the sum of the two."""
    rows = ask(
        published,
        "select year.scope, year.is_counted, year.basic_yuan, year.project_yuan,"
        " year.three_public_yuan, sum(class.amount_yuan) as by_function"
        " from marts.mart_agency_year as year inner join marts.mart_spending_class as class"
        " on year.disclosure_id = class.disclosure_id and class.dimension = 'function_item'"
        " where year.agency_name = ? group by all order by 1",
        OFFICE,
    )
    assert [(row["scope"], row["is_counted"]) for row in rows] == [
        ("department", True),
        ("unit", False),
    ]
    for row in rows:
        assert row["three_public_yuan"] == yuan("8675000.00")
        assert row["by_function"] == yuan("91016775.35")
        assert row["basic_yuan"] == yuan("24606775.35")
        assert row["project_yuan"] == yuan("66410000.00")


def test_a_sum_by_region_and_year_has_an_agency_once(
    published: duckdb.DuckDBPyConnection,
) -> None:
    """Who adds up without a thought for scope gets the printed totals of the department."""
    rows = ask(
        published,
        "select dimension, sum(amount_yuan) as amount_yuan from marts.mart_city_comparison"
        " where region_name = '普陀区' and fiscal_year = 2025 group by 1 order by 1",
    )
    assert [tuple(row.values()) for row in rows] == [
        ("economic_section", yuan("24606775.35")),
        ("function_item", yuan("91016775.35")),
        ("three_public", yuan("8675000.00")),
    ]
    counted = ask(
        published,
        "select count(*) as agencies, sum(expenditure_total_yuan) as amount_yuan"
        " from marts.mart_agency_year"
        " where region_name = '普陀区' and fiscal_year = 2025 and is_counted",
    )
    assert [tuple(row.values()) for row in counted] == [(1, yuan("91016775.35"))]


def test_three_public_of_a_table_without_a_total_is_what_the_sentence_states(
    published: duckdb.DuckDBPyConnection,
) -> None:
    """The table prints a budget of 0.95 and blanks; the sentence says 支出决算为0.00万元."""
    rows = ask(
        published,
        "select three_public_yuan from marts.mart_agency_year"
        " where agency_name = '上海市普陀区财政局' and document_kind = 'final_account'",
    )
    assert [row["three_public_yuan"] for row in rows] == [yuan("0.00")]


def test_the_leaves_make_the_printed_totals(published: duckdb.DuckDBPyConnection) -> None:
    """All but these, in which the document itself is off by its own rounding."""
    rows = ask(
        published,
        "select distinct region_name, fiscal_year, dimension,"
        " total_yuan - printed_total_yuan as off"
        " from marts.mart_city_comparison where total_yuan <> printed_total_yuan",
    )
    assert {tuple(row.values()) for row in rows} == {
        ("普陀区", 2024, "function_item", Decimal("100.00")),
        ("青岛市", 2023, "economic_section", Decimal("-300.00")),
        ("青岛市", 2023, "function_item", Decimal("-100.00")),
        ("青岛市", 2024, "function_item", Decimal("100.00")),
    }


def test_procurement_is_counted_once(published: duckdb.DuckDBPyConnection) -> None:
    """Lines alone, without subtotals, make what the document calls the total."""
    rows = ask(
        published,
        "select disclosure_id, sum(amount_yuan) as lines, max(printed_total_yuan) as total"
        " from marts.mart_procurement_profile where amount_source = 'lines' group by 1",
    )
    assert len(rows) == 9
    assert [row for row in rows if row["lines"] != row["total"]] == []


def test_every_project_has_a_theme_and_its_words(published: duckdb.DuckDBPyConnection) -> None:
    rows = ask(
        published,
        "select theme, count(*) as projects, count(*) filter (where len(theme_words) = 0)"
        " as without_words from marts.mart_project_portfolio group by 1",
    )
    projects = {row["theme"]: int(str(row["projects"])) for row in rows}
    assert projects["other"] == 1
    assert sum(projects.values()) == 105
    assert [row["theme"] for row in rows if row["without_words"]] == ["other"]


def test_the_rate_is_the_one_that_the_document_states(
    published: duckdb.DuckDBPyConnection,
) -> None:
    """完成年初预算的 … %, said beside the amounts that the rate divides."""
    rows = ask(
        published,
        "select mart.agency_name, mart.code, mart.execution_rate * 100 as rate,"
        " stated.value from marts.mart_budget_execution as mart"
        " inner join core.fct_stated_figure as stated"
        " on mart.disclosure_id = stated.disclosure_id and stated.is_current"
        " and stated.measure = 'completion_percent' and mart.code = stated.function_code"
        " where mart.subject = 'function_item' and mart.budget_source = 'stated'",
    )
    assert len(rows) == 13
    for row in rows:
        assert abs(Decimal(str(row["rate"])) - Decimal(str(row["value"]))) < Decimal("0.0051"), row
