"""The dashboard in a real browser: opened, filtered, shared, taken along, followed to the print."""

import contextlib
import csv
import importlib.util
import io
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from time import sleep, time_ns
from typing import Any
from urllib.request import urlopen

import duckdb
import openpyxl
import pytest

from dashboard import queries
from dashboard.address import VIEWS
from dashboard.warehouse import RepublishedError, ask, read_publication
from review.server import find_port
from tests.build.conftest import HOSTILE, PROJECT, SEEN, Built, build_environment
from tests.build.windows import Window, browsing

pytestmark = [
    browsing,
    pytest.mark.skipif(
        importlib.util.find_spec("streamlit") is None,
        reason="the packages of the dashboard are not installed (requirements-dashboard.lock)",
    ),
]

READY = ".gk-foot, .gk-line.wrong"
QUIET = "[data-testid=stApp][data-test-script-state=notRunning]"
PATIENCE = 60_000


@dataclass(frozen=True)
class Served:
    """A dashboard at an address; what it shows is put at ``warehouse``."""

    address: str
    warehouse: Path
    built: Path

    def put(self, change: str = "") -> None:
        """Publish a copy of the built warehouse, changed by SQL, in the way a build does."""
        copy = self.warehouse.with_suffix(".new")
        shutil.copy(self.built, copy)
        with duckdb.connect(str(copy)) as connection:
            connection.execute("update meta.publication set publication_id = ?", [f"{time_ns()}"])
            if change:
                connection.execute(change)
        copy.replace(self.warehouse)

    def rows(self, question: Callable[..., Any], *values: object) -> Any:
        """Ask the warehouse as it is now."""
        with duckdb.connect(str(self.warehouse), read_only=True) as connection:
            return question(connection, *values)


@pytest.fixture(scope="module")
def served(built: Built, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Start the dashboard of a copy of the built warehouse, review pages and all."""
    root = tmp_path_factory.mktemp("看 板")
    warehouse = root / "w 1.duckdb"
    pages = built.warehouse.with_name(f"{built.warehouse.stem}.publications")
    (root / "w 1.publications").symlink_to(pages)
    shutil.copy(built.warehouse, warehouse)
    port = str(find_port(None, 8517))
    command = [sys.executable, "-m", "dashboard", "--warehouse", str(warehouse), "--port", port]
    process = subprocess.Popen(
        command,
        cwd=PROJECT,
        env=build_environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
    )
    assert process.stdout is not None
    said = process.stdout.readline()
    found = re.fullmatch(r"dashboard: (http://127\.0\.0\.1:[0-9]+/) \(Ctrl-C ends\)\n", said)
    assert found, said
    wait_for(found[1], process)
    yield Served(found[1], warehouse, built.warehouse)
    process.terminate()
    process.communicate(timeout=30)


@pytest.fixture
def window(browser: Any) -> Iterator[Window]:
    """Open a window; afterwards nothing was asked of another computer and nobody complained."""
    context = browser.new_context(viewport={"width": 1400, "height": 900}, accept_downloads=True)
    context.set_default_timeout(PATIENCE)
    opened = Window(context)
    yield opened
    context.close()
    assert [one for one in opened.complaints if "WebSocket" not in one] == []
    elsewhere = re.compile(r"(?!https?://127\.0\.0\.1:|wss?://127\.0\.0\.1:|data:|blob:|about:)")
    assert [url for url in opened.requests if elsewhere.match(url)] == []


def show(window: Window, served: Served, parameters: str = "") -> Any:
    """Open an address and wait until the page stands still."""
    window.page.goto(f"{served.address}?{parameters}")
    settle(window.page)
    return window.page


def wait_for(address: str, process: subprocess.Popen[str]) -> None:
    """Wait until a dashboard that was started answers."""
    for _ in range(600):
        assert process.poll() is None
        with contextlib.suppress(OSError), urlopen(f"{address}_stcore/health", timeout=5):
            return
        sleep(0.1)
    raise AssertionError(f"nobody answers at {address}")


def settle(page: Any) -> None:
    page.wait_for_selector(READY)
    page.wait_for_selector(QUIET, state="attached")


def choose(page: Any, name: str, text: str) -> None:
    """Choose from a list by its words."""
    box = page.locator(f".st-key-filter_{name} input")
    box.click()
    box.fill(text)
    page.get_by_role("option").filter(has_text=text).first.click()


def switch(page: Any, name: str, text: str) -> None:
    page.locator(f".st-key-switch_{name}").get_by_role("radio", name=text, exact=True).click()


def tile(page: Any, label: str) -> str:
    return str(page.locator(".gk-tiles li", has_text=label).first.locator("b").inner_text())


def heading(page: Any) -> str:
    return str(page.locator(".gk-head h1").inner_text())


def parameters(page: Any) -> dict[str, str]:
    return dict(re.findall(r"[?&](\w+)=([^&#]*)", page.url))


def take(page: Any, key: str) -> bytes:
    with page.expect_download() as download:
        page.locator(f".st-key-{key} button").first.click()
    return Path(download.value.path()).read_bytes()


def test_a_filter_is_in_the_address_and_a_shared_address_opens_the_same_view(
    served: Served, window: Window
) -> None:
    served.put(
        "update marts.mart_agency_year set agency_id = 'another', agency_name = '另一个机构'"
        " where disclosure_id = (select max(disclosure_id) from marts.mart_agency_year)"
    )
    agencies = served.rows(queries.agencies)
    assert len(agencies) == 2
    page = show(window, served)
    shown = heading(page)
    other = next(agency for agency in agencies if agency.agency_name != shown)
    choose(page, "agency", other.agency_name)
    page.wait_for_url(f"**agency={other.agency_id}**")
    page.wait_for_selector(f".gk-head h1:text-is('{other.agency_name}')")
    switch(page, "unit", "元")
    page.wait_for_url("**unit=yuan**")
    settle(page)
    (year, *_) = served.rows(queries.agency_years, other.agency_id)
    assert tile(page, "收入总计") == f"{year.income_total_yuan:,.2f}"

    again = show(Window(page.context), served, page.url.partition("?")[2])
    assert heading(again) == other.agency_name
    assert tile(again, "收入总计") == f"{year.income_total_yuan:,.2f}"
    assert parameters(again) == {"agency": other.agency_id, "unit": "yuan"}

    page.go_back()
    page.wait_for_selector(f".gk-tiles b:text-is('{year.income_total_yuan / 10_000:,.2f}')")


def test_every_view_shows_itself_on_a_wide_and_on_a_narrow_screen(
    served: Served, window: Window
) -> None:
    served.put()
    for wide in (1400, 390):
        window.page.set_viewport_size({"width": wide, "height": 844})
        for view in VIEWS:
            page = show(window, served, f"view={view}")
            assert page.locator(".gk-line.wrong, [data-testid=stException]").count() == 0, view
            assert page.locator(".gk-about h2").count() > 0, view
            for part in ("html", "[data-testid=stMain]"):
                width = page.locator(part).evaluate("part => part.scrollWidth")
                assert width <= wide, (view, part)
        switch(page, "view", "机构年度")
        page.wait_for_selector(".gk-head h1")
        assert "view" not in parameters(page)


def test_figures_are_those_of_the_marts_and_what_is_not_printed_is_no_zero(
    served: Served, window: Window
) -> None:
    served.put("update marts.mart_agency_year set operating_yuan = null, personnel_yuan = 0")
    for agency in served.rows(queries.agencies):
        for year in served.rows(queries.agency_years, agency.agency_id):
            page = show(
                window,
                served,
                f"agency={agency.agency_id}&unit=yuan&year={year.fiscal_year}"
                f"&kind={year.document_kind}&scope={year.scope}",
            )
            for label, amount in (
                ("支出总计", year.expenditure_total_yuan),
                ("基本支出", year.basic_yuan),
                ("项目支出", year.project_yuan),
                ("政府采购", year.procurement_yuan),
            ):
                assert tile(page, label) == ("未印" if amount is None else f"{amount:,.2f}")
            assert tile(page, "公用经费") == "未印"
            assert tile(page, "人员经费") == "0.00"
            rows = served.rows(queries.leaves, year.disclosure_id, "economic_section")
            picture = page.locator(".st-key-picture_economic")
            figures = picture.locator(".gk-bars .figure a").all_inner_texts()
            zeros = [row for row in rows if row.amount_yuan == 0]
            drawn = len(rows) - len(zeros) if len(zeros) > 3 else len(rows)
            assert figures == [f"{row.amount_yuan:,.2f}" for row in rows][: len(figures)]
            assert len(figures) == min(drawn, 15) > 0
            assert ("印为零" in picture.inner_text()) == (drawn < len(rows))


def test_a_figure_leads_to_the_cell_that_prints_it(served: Served, window: Window) -> None:
    served.put()
    page = show(window, served, "unit=yuan")
    link = page.locator(".st-key-picture_economic .gk-bars .figure a").first
    figure = link.inner_text()
    with page.context.expect_page() as opened:
        link.click()
    review = opened.value
    review.wait_for_selector("td:target")
    place = re.fullmatch(r"http://127\.0\.0\.1:[0-9]+/documents/(\w+)\.html#([\w-]+)", review.url)
    assert place is not None
    with duckdb.connect(str(served.warehouse), read_only=True) as connection:
        [(text, amount)] = connection.execute(
            "select trim(cell.text), fact.amount_yuan from raw.cell as cell"
            " inner join audit.fact_place as fact on cell.cell_id = fact.cell_id"
            " where cell.cell_id = ?",
            [f"{place[1]}:{place[2].replace('-', ':')}"],
        ).fetchall()
    assert str(review.locator("td:target").text_content()).strip() == text
    assert figure == f"{amount:,.2f}"


def test_downloads_are_the_rows_of_the_question(served: Served, window: Window) -> None:
    served.put()
    page = show(window, served)
    name = heading(page)
    agency = next(one for one in served.rows(queries.agencies) if one.agency_name == name)
    (year, *_) = served.rows(queries.agency_years, agency.agency_id)
    rows = served.rows(queries.leaves, year.disclosure_id, "function_item")
    assert rows
    text = take(page, "csv_functions").decode("utf-8-sig")
    read = list(csv.DictReader(io.StringIO(text, newline="")))
    assert [row["code"] for row in read] == [row.code for row in rows]
    assert [row["cell_id"] for row in read] == [row.cell_id for row in rows]
    assert [Decimal(row["amount_yuan"]) for row in read] == [row.amount_yuan for row in rows]
    book = openpyxl.load_workbook(io.BytesIO(take(page, "excel_functions")))
    head, *cells = book["functions"].iter_rows(values_only=True)
    at = head.index("amount_yuan")
    assert [Decimal(str(row[at])).quantize(Decimal("0.01")) for row in cells] == [
        row.amount_yuan for row in rows
    ]
    publication = read_publication(served.warehouse).publication_id
    assert publication in [row[1].value for row in book["about"].iter_rows()]


def test_hostile_text_is_text(served: Served, window: Window) -> None:
    quoted = "'" + HOSTILE.replace("'", "''") + "'"
    served.put(
        "".join(
            f"update marts.{mart} set {column} = {quoted};"
            for mart, column in (
                ("mart_agency_year", "agency_name"),
                ("mart_city_comparison", "agency_name"),
                ("mart_spending_class", "name"),
                ("mart_spending_class", "class_name"),
                ("mart_coverage", "agency_name"),
                ("mart_findings", "description"),
                ("mart_procurement_profile", "catalogue_name"),
            )
        )
    )
    for view, where in (
        ("agency", ".gk-head h1"),
        ("agency", ".st-key-picture_economic .gk-bars th span"),
        ("agency", ".gk-legend span"),
        ("cities", ".gk-table th.agency"),
        ("findings", ".gk-findings .said"),
        ("procurement", ".gk-table td.name"),
        ("coverage", ".gk-table td.name"),
    ):
        page = show(window, served, f"view={view}")
        texts = page.locator(where).all_inner_texts()
        assert any(SEEN in text for text in texts), (view, where, texts[:3])
        assert page.locator(":is(.gk-head, .gk-bars, .gk-table, .js-plotly-plot) b").count() == 0
        assert page.locator("[data-testid=stMain] script").count() == 0
    data = take(page, "csv_coverage").decode("utf-8-sig")
    assert "\x1b" not in data and "\u202e" not in data


def test_what_cannot_be_shown_is_one_clear_line(served: Served, window: Window) -> None:
    served.put()
    for address, words in (
        ("agency=nobody", "机构 nobody 不在此数据仓库中"),
        ("view=cities&domain=nothing", "职能领域 nothing"),
        ("view=coverage&region=999999", "地区 999999"),
        ("year=1999", "没有收录 1999"),
        ("view=cities&code=zzz", "科目 zzz"),
        ("view=nowhere", "view=nowhere 没有意义"),
        ("lang=en&kind=<b>", "kind=<b> in the address means nothing"),
    ):
        refused(show(window, served, address), words)
    marts = [f"delete from marts.{mart};" for mart in queries.MARTS]
    for change, words in (
        ("".join(marts), "没有任何公开文件"),
        ("update meta.publication set contract_version = '0'", "旧版本的数据仓库"),
        ("drop table marts.mart_coverage", "旧版本的数据仓库"),
        ("drop table meta.publication", "not a warehouse of gongkai"),
    ):
        served.put(change)
        refused(show(window, served), words)
    served.warehouse.unlink()
    refused(show(window, served), "不存在：先运行 make build")
    served.warehouse.write_bytes(b"not a database" * 1000)
    refused(show(window, served), "is not a DuckDB file")


def refused(page: Any, words: str) -> None:
    line = page.locator(".gk-line.wrong")
    assert words in line.inner_text()
    assert line.count() == 1
    assert "Traceback" not in page.content()
    assert page.locator("[data-testid=stException]").count() == 0
    assert page.locator(".st-key-switch_view button").count() == len(VIEWS)


def test_a_new_publication_is_seen_at_the_next_look(served: Served, window: Window) -> None:
    served.put()
    page = show(window, served, "unit=yuan")
    before = tile(page, "收入总计")
    served.put(
        "update meta.publication set publication_id = 'the-next-one';"
        " update marts.mart_agency_year set income_total_yuan = 12345.67"
    )
    switch(page, "unit", "万元")
    page.wait_for_selector(".gk-foot code:text-is('the-next-one')")
    assert tile(page, "收入总计") == "1.23" != before
    with pytest.raises(RepublishedError):
        ask(served.warehouse, "the-one-before", queries.agencies)


def test_english_goes_with_the_address(served: Served, window: Window) -> None:
    served.put()
    page = show(window, served)
    switch(page, "lang", "EN")
    page.wait_for_url("**lang=en**")
    page.wait_for_selector(".gk-tiles .label:text-is('Income')")
    assert page.locator(".gk-brand b").inner_text() == "Gongkai · dashboard"
    switch(page, "view", "Cities")
    page.wait_for_selector(".gk-about h2:text-is('Side by side')")
    assert parameters(page)["lang"] == "en"


def test_agencies_to_compare_are_chosen_and_are_in_the_address(
    served: Served, window: Window
) -> None:
    served.put(
        "create table marts.more as select * exclude (n)"
        " replace (concat(agency_id, '_', n) as agency_id,"
        " concat(agency_name, n) as agency_name, concat(disclosure_id, '_', n) as disclosure_id)"
        " from marts.mart_city_comparison, range(12) as many (n);"
        " delete from marts.mart_city_comparison;"
        " insert into marts.mart_city_comparison from marts.more;"
        " update marts.mart_agency_year set agency_id = concat(agency_id, '_5')"
    )
    page = show(window, served, "view=cities")
    assert page.locator(".gk-table th.agency").count() == 10
    head = str(page.locator(".st-key-picture_cities .gk-line").last.inner_text())
    assert "前 10 个机构" in head
    asked = cities_asked(served)
    last = served.rows(queries.peers, *asked)[-1]
    box = page.locator(".st-key-filter_agencies input")
    box.click()
    box.fill(last.agency_name)
    page.get_by_role("option").filter(has_text=last.agency_name).first.click()
    page.wait_for_url(f"**agencies={last.agency_id}**")
    settle(page)
    again = show(Window(page.context), served, page.url.partition("?")[2])
    assert again.locator(".gk-table th.agency").count() == 1
    assert last.agency_name in again.locator(".gk-table th.agency").inner_text()
    rows = served.rows(queries.city_comparison, *asked, [last.agency_id])
    read = list(csv.DictReader(io.StringIO(take(again, "csv_cities").decode("utf-8-sig"))))
    assert [Decimal(row["amount_yuan"]) for row in read] == [row.amount_yuan for row in rows]
    assert {row["agency_id"] for row in read} == {last.agency_id}
    refused(show(window, served, "view=cities&agencies=nobody"), "机构 nobody")


def cities_asked(served: Served) -> tuple[object, ...]:
    """What the view of cities asks when its address says nothing."""
    ((domain, _), *_) = served.rows(queries.domains)
    choices = served.rows(queries.comparison_choices, domain)
    chosen = max(choices, key=lambda one: one.agencies)
    return domain, chosen.fiscal_year, chosen.document_kind, chosen.scope, "function_item"


def test_the_rate_of_execution_is_in_sight_on_a_telephone(served: Served, window: Window) -> None:
    served.put(
        "update marts.mart_budget_execution set budget_yuan = 1e9, adjusted_budget_yuan = 1e9,"
        " execution_rate = 0.5, rate_basis = 'budget'"
    )
    window.page.set_viewport_size({"width": 390, "height": 844})
    page = show(window, served, "view=execution")
    table = page.locator(".gk-table").first
    rate = table.locator("thead th", has_text="执行率").bounding_box()
    assert rate is not None
    assert rate["x"] + rate["width"] <= 390


def run_dashboard(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "dashboard", *arguments],
        cwd=PROJECT,
        env=build_environment(),
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=120,
    )


def test_without_a_warehouse_or_a_port_it_ends_with_one_line(
    served: Served, tmp_path: Path
) -> None:
    taken = served.address.rstrip("/").rpartition(":")[2]
    (tmp_path / "no.duckdb").write_bytes(b"not a database" * 1000)
    for arguments, words in (
        (["--warehouse", str(tmp_path / "none.duckdb")], "does not exist; build it: make build"),
        (["--warehouse", str(tmp_path / "no.duckdb")], "is not a DuckDB file"),
        (["--warehouse", str(served.built), "--port", taken], f"port {taken} is taken"),
    ):
        done = run_dashboard(*arguments)
        assert done.returncode == 1, arguments
        assert done.stdout == ""
        assert words in done.stderr
        assert len(done.stderr.splitlines()) == 1


def test_it_ends_quietly_when_told(served: Served) -> None:
    command = [sys.executable, "-m", "dashboard", "--warehouse", str(served.built)]
    process = subprocess.Popen(
        command,
        cwd=PROJECT,
        env=build_environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )
    assert process.stdout is not None and process.stderr is not None
    said = process.stdout.readline()
    assert said.startswith("dashboard: http://127.0.0.1:")
    wait_for(said.split()[1], process)
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=30)
    assert re.fullmatch(r"(port 8501 is taken, so another one is used\n)?", errors)
