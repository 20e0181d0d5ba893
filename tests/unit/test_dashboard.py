"""What the dashboard says in an address, in an amount and in a download; no browser here."""

import ast
import csv
import doctest
import importlib
import io
import re
import socket
from decimal import Decimal
from pathlib import Path

import duckdb
import openpyxl
import pytest

from dashboard import queries
from dashboard.address import NAMES, VIEWS, Address, read_address, write_address
from dashboard.amounts import amount_text, in_unit, rounding, share_text
from dashboard.charts import Area, Series, columns, gather, treemap
from dashboard.downloads import Sheet, csv_bytes, excel_bytes
from dashboard.errors import DashboardError
from dashboard.markup import Bar, Cell, Figure, Link, bars, printed_at, table
from dashboard.words import name, say
from review.errors import ReviewError
from review.server import find_port
from review.words import read_words

PROJECT = Path(__file__).resolve().parents[2]
HOSTILE = "<script>alert(1)</script>\u202e=1+1\x1b[31m<b>粗</b>"
SEEN = "&lt;script&gt;alert(1)&lt;/script&gt;[U+202E]=1+1␛[31m&lt;b&gt;粗&lt;/b&gt;"


@pytest.mark.parametrize("module", ["address", "amounts", "charts"])
def test_the_examples_hold(module: str) -> None:
    failed, tried = doctest.testmod(importlib.import_module(f"dashboard.{module}"))
    assert (failed, tried > 0) == (0, True)


def test_an_address_is_written_as_it_was_read() -> None:
    address = Address(
        view="cities", lang="en", unit="yuan", year=2023, kind="budget", domain="data", code="30101"
    )
    assert read_address(write_address(address)) == address
    assert write_address(Address()) == {}
    assert read_address({"utm_source": "x", "agency": ""}) == Address()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("view", "everything"),
        ("lang", "fr"),
        ("year", "23"),
        ("year", "２０２３"),
        ("kind", "Budget"),
        ("agency", "x' or 1=1 --"),
        ("agency", "a" * 65),
        ("agencies", "a,,b"),
        ("agencies", ",".join("abcdefghijk")),
        ("code", "<b>"),
    ],
)
def test_a_word_of_an_address_that_means_nothing_is_named(name: str, value: str) -> None:
    with pytest.raises(DashboardError) as refused:
        read_address({name: value})
    assert f"{name}={value[:40]} in the address means nothing" in str(refused.value)


def test_amounts_in_both_units_are_rounded_once_and_half_up() -> None:
    assert in_unit(Decimal("50.00"), "wan_yuan") == Decimal("0.01")
    assert in_unit(Decimal("49.99"), "wan_yuan") == Decimal("0.00")
    assert amount_text(Decimal("13214710.41"), "yuan", "zh") == "13,214,710.41"
    assert amount_text(Decimal(0), "wan_yuan", "zh") == "0.00"
    assert amount_text(None, "wan_yuan", "zh") == "未印"
    assert share_text(Decimal("-0.00049")) == "0.0%"
    assert share_text(Decimal("-1.2345")) == "−123.5%"
    assert share_text(None) == "—"


def test_every_word_of_the_pages_is_in_both_languages_and_filled_in_alike() -> None:
    words = read_words(PROJECT / "dashboard" / "words.csv", "domain")
    for key, both in words.items():
        assert both.zh and both.en, key
        assert set(re.findall(r"{(\w+)}", both.zh)) == set(re.findall(r"{(\w+)}", both.en)), key
    assert all(name("view", view, "en") != view for view in VIEWS)
    with pytest.raises(KeyError):
        say("no such word", "zh")


def test_every_word_that_the_sources_say_exists_and_no_other() -> None:
    words = {
        word
        for domain, word in read_words(PROJECT / "dashboard" / "words.csv", "domain")
        if domain == "page"
    }
    sources = [path.read_text("utf-8") for path in (PROJECT / "dashboard").rglob("*.py")]
    literals = {
        node.value
        for source in sources
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    assert words - literals == set()


def test_a_text_table_survives_the_way_to_csv_and_to_a_workbook() -> None:
    rows = [
        [HOSTILE, Decimal("-13214710.41"), None, True],
        ["=SUM(A1)", Decimal("0.00"), 3, False],
        ['一,二\n三"四', Decimal("1e17"), -1, None],
    ]
    sheet = Sheet("数据", ["name", "amount_yuan", "count", "held"], rows, [("about", "=1")])
    read = list(csv.reader(io.StringIO(csv_bytes(sheet).decode("utf-8-sig"), newline="")))
    assert read[0] == ["name", "amount_yuan", "count", "held"]
    assert [row[1] for row in read[1:]] == ["-13214710.41", "0.00", "1E+17"]
    assert [row[0] for row in read[2:]] == ["'=SUM(A1)", '一,二\n三"四']
    assert read[1][2:] == ["", "true"]
    assert not set(read[1][0]) & set("\x1b\u202e")

    book = openpyxl.load_workbook(io.BytesIO(excel_bytes(sheet)))
    cells = list(book["数据"].iter_rows())
    assert [cell.value for cell in cells[0]] == sheet.columns
    assert cells[2][0].data_type == "s"
    assert cells[2][0].value == "=SUM(A1)"
    assert Decimal(str(cells[1][1].value)) == Decimal("-13214710.41")
    assert cells[1][2].value is None
    assert book["about"]["B1"].value == "=1"


def test_nothing_that_is_filled_in_acts() -> None:
    link = Link(HOSTILE, 'http://127.0.0.1:1/"onclick=alert(1)')
    shown = bars(
        [Bar(HOSTILE, Figure("1.00", HOSTILE, link=link), 50.0, HOSTILE, HOSTILE, "30101")]
    )
    shown += table([Cell(HOSTILE)], [[Cell(HOSTILE, HOSTILE, "name", 0.5, link)]], HOSTILE)
    assert "<script" not in shown
    assert "<b>" not in shown
    assert '"onclick' not in shown
    assert shown.count(SEEN) >= 5


def test_drawings_show_tags_as_text_and_gaps_where_nothing_is_printed() -> None:
    drawing, groups = treemap("<all>", [Area("1", HOSTILE, "g", "<i>g</i>", Decimal(5), "5.00")])
    drawn = drawing.data[0]
    assert "&lt;script&gt;" in drawn.labels[2].replace("<br>", "")
    assert "<" not in "".join([*drawn.labels, *drawn.customdata]).replace("<br>", "")
    assert list(drawn.values) == [0.0, 0.0, 5.0]
    assert [(group.label, group.amount_yuan) for group in groups] == [("<i>g</i>", Decimal(5))]
    series = Series("<b>", [2022, 2023], [None, Decimal(20_000)], ["未印", "2.00"])
    bar = columns([series], "万元", 10_000, stacked=True).data[0]
    assert list(bar.y) == [None, 2.0]
    assert bar.name == "&lt;b&gt;"


def test_areas_without_room_for_words_are_put_together_and_nothing_is_lost() -> None:
    amounts = {"a1": 900, "a2": 10, "a3": 8, "b1": 60, "b2": 5, "c1": 9, "d1": 7, "e1": 0, "e2": -3}
    areas = [
        Area(key, key, key[0], f"class {key[0]}", Decimal(amount), str(amount))
        for key, amount in amounts.items()
    ]
    gathered = gather(areas, lambda count: f"{count} others", lambda amount: f"= {amount}")
    assert [(area.label, area.group_label, area.text) for area in gathered] == [
        ("a1", "class a", "900"),
        ("2 others", "class a", "= 18"),
        ("b1", "class b", "60"),
        ("b2", "class b", "5"),  # one alone keeps its name
        ("2 others", "2 others", "= 16"),
    ]
    assert sum(area.amount_yuan for area in gathered) == 999
    alone = gather(areas[:6], lambda count: f"{count} others", str)
    assert [area.group_label for area in alone[-1:]] == ["class c"]
    _, groups = treemap("all", gathered)
    assert [(group.label, group.amount_yuan) for group in groups] == [
        ("class a", 918),
        ("class b", 65),
        ("2 others", 16),
    ]


@pytest.mark.parametrize(
    ("amounts", "apart"),
    [
        (["5000100", "2000000", "7000200"], "150"),  # 万元 with two decimals: 50 yuan each
        (["5000100", "2000000.5", "7000200"], "0.15"),
        (["1.01", "2.02"], "0.01"),
        (["0", "0"], "100"),
    ],
)
def test_what_rounding_can_explain_is_half_of_the_last_digit_each(
    amounts: list[str], apart: str
) -> None:
    assert rounding([Decimal(amount) for amount in amounts]) == Decimal(apart)


def test_a_figure_leads_to_its_cell_on_the_review_pages() -> None:
    assert printed_at("http://r", "d1", "d1:t5:r11:c3") == "http://r/documents/d1.html#t5-r11-c3"
    assert printed_at("", "d1", "d1:t5:r11:c3") == ""


def test_an_amount_is_shown_where_its_own_table_prints_it() -> None:
    with duckdb.connect() as connection:
        connection.execute(
            "create schema marts; create schema core;"
            " create table marts.mart_agency_year as select 's' as disclosure_id,"
            " 'final_account' as document_kind, 9::decimal as income_total_yuan,"
            " 9::decimal as expenditure_total_yuan, 4::decimal as basic_yuan,"
            " 5::decimal as project_yuan, 3::decimal as personnel_yuan,"
            " 1::decimal as operating_yuan, 2::decimal as three_public_yuan,"
            " 6::decimal as procurement_yuan;"
            " create table core.fact as select * from (values"
            " ('income', 'income', 'total', 'total', 'fiscal', null, 9, 'a'),"
            " ('income', 'income', 'total', 'total', 'all', null, 9, 'b'),"
            " ('function', 'fiscal_summary', 'total', 'total', 'fiscal', null, 9, 'a'),"
            " ('function', 'expenditure', 'total', 'total', 'all', null, 9, 'b'),"
            " ('function', 'government_fund_expenditure', 'total', 'basic', 'government_fund',"
            " null, 4, 'a'),"
            " ('function', 'summary', 'item', 'basic', 'all', null, 4, 'b'),"
            " ('economic', 'agency_operating_cost', 'total', 'operating',"
            " 'general_public_budget', null, 1, 'a'),"
            " ('economic', 'basic_economic', 'total', 'operating', 'general_public_budget',"
            " null, 1, 'b'),"
            " ('three', 'three_public', 'total', 'total', 'fiscal', 'budget', 2, 'a'),"
            " ('three', 'three_public', 'total', 'total', 'government_fund', 'final', 2, 'a2'),"
            " ('three', 'three_public', 'total', 'total', 'fiscal', 'final', 2, 'b'),"
            " ('procurement', 'purchased_services', 'total', 'total', 'all', null, 6, 'a'),"
            " ('procurement', 'procurement', 'total', 'total', 'fiscal', null, 6, 'b')"
            ") as facts (fact, table_kind, level, component, fund, basis, amount_yuan, cell_id)"
        )
        for name, fact in (
            ("fct_income", "income"),
            ("fct_expenditure_function", "function"),
            ("fct_expenditure_economic", "economic"),
            ("fct_three_public", "three"),
            ("fct_procurement", "procurement"),
        ):
            connection.execute(
                f"create table core.{name} as select *, 's' as disclosure_id, true as is_current,"
                " component as item, component as income_source, null as function_code,"
                f" 7 as page_number from core.fact where fact = '{fact}'"
            )
        places = queries.total_places(connection, "s")
    assert [(one.measure, one.cell_id, one.page_number) for one in places] == [
        (measure, "b", 7)
        for measure in (
            "basic",
            "expenditure_total",
            "income_total",
            "operating",
            "procurement",
            "three_public",
        )
    ]


def test_questions_take_values_as_parameters_only() -> None:
    sources = (PROJECT / "dashboard" / "queries").glob("*.py")
    trees = [ast.parse(source.read_text("utf-8")) for source in sources]
    nodes = [node for tree in trees for node in ast.walk(tree)]
    assert not [node for node in nodes if isinstance(node, ast.JoinedStr)]
    formatted = [
        node
        for node in nodes
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "format"
    ]
    given = [keyword.value for node in formatted for keyword in node.keywords]
    assert given
    words = [value.value for value in given if isinstance(value, ast.Constant)]
    assert len(words) == len(given)
    assert all(re.fullmatch("[a-z_]+", str(word)) for word in words)
    assert set(words) & set(queries.MARTS)


def test_the_address_has_a_filter_for_each_of_its_names() -> None:
    sources = "".join(
        path.read_text("utf-8") for path in (PROJECT / "dashboard" / "views").glob("*.py")
    )
    page = (PROJECT / "dashboard" / "page.py").read_text("utf-8")
    assert [word for word in NAMES if f'"{word}"' not in sources + page] == []


def test_a_port_is_the_wanted_one_or_another_only_if_nobody_asked_for_it() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert find_port(None, port) not in (0, port)
        with pytest.raises(ReviewError, match=f"port {port} is taken"):
            find_port(port, port)
    assert find_port(port, 1) == port
