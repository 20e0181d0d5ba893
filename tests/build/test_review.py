"""The review pages in a real browser: found, filtered, followed to the print, nothing sent away."""

import re
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pypdfium2 as pdfium
import pytest

from review.server import open_server
from tests.build.conftest import SEEN, Built, Site, first_row, query
from tests.build.windows import Window, browsing


@pytest.fixture(params=["desktop", "telephone"])
def window(request: pytest.FixtureRequest, browser: Any) -> Iterator[Window]:
    """Open a window of one size; afterwards nobody has complained."""
    wide, high = {"desktop": (1280, 900), "telephone": (390, 844)}[request.param]
    context = browser.new_context(viewport={"width": wide, "height": high})
    opened = Window(context)
    yield opened
    context.close()
    assert opened.complaints == []


def _address(path: Path) -> str:
    return path.as_uri()


def test_a_publication_has_its_review_pages(built: Built) -> None:
    pages = built.warehouse.with_name(f"{built.warehouse.stem}.publications") / "current" / "review"
    ((publication_id,),) = query(built.warehouse, "select publication_id from meta.publication")
    text = (pages / "index.html").read_text(encoding="utf-8")
    assert str(publication_id) in text
    assert f"review pages: {pages / 'index.html'}" in built.output
    for folder, ids in (
        ("disclosures", "select disclosure_id from core.dim_disclosure"),
        ("documents", "select document_id from core.dim_document"),
        ("findings", "select finding_id from audit.finding"),
    ):
        written = {path.stem for path in (pages / folder).iterdir()}
        assert written == {key for (key,) in query(built.warehouse, ids)}, folder
    elsewhere = re.compile(r"""(?:src=|href=|url\()["']?(?:https?:)?//""")
    pages_and_styles = [*pages.rglob("*.html"), *pages.rglob("*.css")]
    outside = [path for path in pages_and_styles if elsewhere.search(path.read_text("utf-8"))]
    assert outside == []


def test_every_link_of_the_pages_leads_somewhere(built: Built, site: Site) -> None:
    publications = built.warehouse.with_name(f"{built.warehouse.stem}.publications")
    for pages in (publications / "current" / "review", site.directory):
        texts = {path.resolve(): path.read_text("utf-8") for path in pages.rglob("*.html")}
        assert len(texts) > 8
        broken = []
        for path, text in texts.items():
            for link in re.findall(r"""(?:href|src)="([^"]+)\"""", text):
                target, _, anchor = link.partition("#")
                file = (path.parent / target).resolve() if target else path
                if not file.is_file() or (anchor and f'id="{anchor}"' not in texts[file]):
                    broken.append(f"{path.name}: {link}")
        assert broken == []


@browsing
def test_the_overview_filters_searches_and_turns_pages(site: Site, window: Window) -> None:
    page = window.page
    page.goto(_address(site.directory / "index.html"))
    items = page.locator("#findings > li")
    assert items.count() == 50
    assert page.locator("#findings-count").inner_text() == "72"
    page.locator("#findings-paging button").last.click()
    assert items.count() == 22
    page.locator("#severity label:has(input[value=high])").click()
    assert items.count() == 1
    assert "和不相等" in items.inner_text()
    page.locator("#severity label:has(input[value=''])").click()
    page.fill("#search", "script alert")
    assert items.count() == 1
    page.fill("#search", "没有这样的话")
    assert items.count() == 0
    assert page.locator("#findings-none").is_visible()
    page.fill("#search", "和不相等")
    items.locator("a").click()
    page.wait_for_selector("article.finding")
    page.go_back()
    page.wait_for_selector("html[data-ready]")
    assert page.input_value("#search") == "和不相等"
    assert items.count() == 1


@browsing
def test_marks_lie_over_the_printed_figures(site: Site, window: Window) -> None:
    page = window.page
    page.goto(_address(site.directory / "findings" / f"{site.sum_id}.html"))
    marks = page.locator(".paper rect.mark")
    assert marks.count() == 3
    document = pdfium.PdfDocument(site.paths[site.document_id])
    for mark in marks.all():
        mark.scroll_into_view_if_needed()
        picture = mark.locator("xpath=ancestor::figure//img")
        assert picture.evaluate("image => image.complete && image.naturalWidth") > 1000
        with duckdb.connect(str(site.warehouse), read_only=True) as connection:
            printed, page_number, *box = first_row(
                connection,
                "select place.printed, cell.page_number, x0, y0, x1, y1 from raw.cell as cell"
                " inner join audit.finding_place as place on cell.cell_id = place.cell_id"
                " where cell.cell_id = ?",
                mark.get_attribute("data-place"),
            )
        sheet = document[page_number - 1]
        scale = picture.bounding_box()["width"] / sheet.get_size()[0]
        shown = _points(mark, picture, scale)
        # a point of room around the cell; the stroke and rounding are two pixels at most
        assert shown == pytest.approx(
            [box[0] - 1, box[1] - 1, box[2] + 1, box[3] + 1], abs=2 / scale
        )
        assert printed in _text_under(sheet, [shown[0] + 1, shown[1] + 1, shown[2], shown[3]])
    document.close()


def _points(mark: Any, picture: Any, scale: float) -> list[float]:
    """Where a mark lies on the screen, in points of the page below it."""
    area, whole = mark.bounding_box(), picture.bounding_box()
    left, top = area["x"] - whole["x"], area["y"] - whole["y"]
    return [side / scale for side in (left, top, left + area["width"], top + area["height"])]


def _text_under(sheet: Any, box: list[float]) -> str:
    """What the PDF itself prints in a part of a page."""
    high = sheet.get_size()[1]
    text = sheet.get_textpage().get_text_bounded(box[0], high - box[3], box[2], high - box[1])
    return "".join(str(text).split())


@browsing
def test_a_finding_without_places_shows_its_page_without_marks(site: Site, window: Window) -> None:
    window.page.goto(_address(site.directory / "findings" / f"{site.bare_id}.html"))
    picture = window.page.locator(".paper img")
    picture.scroll_into_view_if_needed()
    assert picture.evaluate("image => image.complete && image.naturalWidth") > 1000
    assert window.page.locator("rect.mark").count() == 0


@browsing
def test_a_finding_leads_on(site: Site, window: Window) -> None:
    page = window.page
    page.goto(_address(site.directory / "findings" / f"{site.sum_id}.html"))
    with page.expect_navigation():
        page.keyboard.press("ArrowRight")
    assert site.sum_id not in page.url
    page.locator(".pager a[rel=prev]").first.click()
    page.wait_for_url(f"**/{site.sum_id}.html")
    page.locator(".crumbs a").first.click()
    page.wait_for_url(f"**/{site.disclosure_id}.html")
    assert page.locator("ol.findings > li").count() == 72
    page.locator("table.wordy a").first.click()
    page.wait_for_url(f"**/{site.document_id}.html*")
    found = page.locator("table.grid .found a")
    assert found.count() == 3
    found.first.click()
    page.wait_for_url("**/findings/*.html")


@browsing
def test_no_page_sends_anything_or_is_too_wide(site: Site, window: Window) -> None:
    for path in (
        "index.html",
        "rules.html",
        "quarantine.html",
        "everything.html",
        f"findings/{site.sum_id}.html",
        f"disclosures/{site.disclosure_id}.html",
        f"documents/{site.document_id}.html",
    ):
        window.page.goto(_address(site.directory / path))
        window.page.wait_for_load_state("networkidle")
        wide = window.page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert wide <= 0, path
    assert len(window.requests) > 20
    assert [url for url in window.requests if not url.startswith("file:///")] == []


@browsing
def test_english_is_remembered_on_the_next_page(site: Site, window: Window) -> None:
    page = window.page
    page.goto(_address(site.directory / "index.html"))
    home = page.locator(".top nav a").first
    assert home.inner_text() == "总览"
    page.click("#language")
    assert home.inner_text() == "Overview"
    assert "agency" in page.locator("#search").get_attribute("placeholder")
    page.goto(_address(site.directory / "findings" / f"{site.sum_id}.html"))
    assert page.locator(".lead").inner_text() == "in English 和不相等"
    assert page.locator("html").get_attribute("lang") == "en"
    page.click("#language")
    assert page.locator(".lead").inner_text() == "和不相等"


@browsing
def test_hostile_text_is_text(site: Site, window: Window) -> None:
    page = window.page
    for path, where in (
        ("index.html", "#findings .said .zh"),
        (f"findings/{site.hostile_id}.html", ".lead .zh"),
        (f"documents/{site.document_id}.html", "table.grid td"),
        (f"disclosures/{site.disclosure_id}.html", "ol.findings .said .zh"),
        ("everything.html", "ol.plain .zh"),
        ("quarantine.html", "details.cases li"),
        ("quarantine.html", "table.cases bdi"),
    ):
        page.goto(_address(site.directory / path))
        if path == "index.html":
            page.fill("#search", "script alert")
        texts = page.locator(where).all_text_contents()
        assert SEEN in texts, path
        assert page.locator("main b:text-is('粗')").count() == 0
        assert page.locator("main script").count() == 0


@browsing
def test_all_that_is_in_quarantine_is_listed_with_what_a_decision_asks_for(
    site: Site, window: Window
) -> None:
    page = window.page
    page.goto(_address(site.directory / "quarantine.html"))
    groups = page.locator("details.cases")
    rows = query(
        site.warehouse, "select document_id, cell_id, reason from audit.quarantine order by all"
    )
    listed = page.locator("details.cases li").count() + page.locator("table.cases tbody tr").count()
    assert listed == len(rows) > 8
    ids = set(page.locator("details.cases code.id").all_text_contents())
    assert {str(cell or document) for document, cell, _ in rows} <= ids
    locked = groups.filter(has_text="locked.pdf")
    assert not locked.locator("li").is_visible()
    locked.locator("summary").click()
    assert locked.locator("li").is_visible()
    assert "有密码" in locked.inner_text()
    page.click("#language")
    said = locked.inner_text()
    assert "password protected" in said
    assert not re.search("[\u4e00-\u9fff]", said)


@browsing
def test_what_is_folded_is_printed(site: Site, window: Window) -> None:
    page = window.page
    page.goto(_address(site.directory / "quarantine.html"))
    closed = page.locator("details:not([open])")
    folded = closed.count()
    assert folded > 5
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    assert closed.count() == 0
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    assert closed.count() == folded


@browsing
def test_without_scripts_the_pages_are_complete_in_chinese(site: Site, browser: Any) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(_address(site.directory / "index.html"))
    assert page.locator("#findings > li").count() == 50
    assert not page.locator("#filters").is_visible()
    page.locator("a[href='everything.html']").first.click()
    page.wait_for_url("**/everything.html")
    assert page.locator("ol.plain > li").count() == 72
    page.goto(_address(site.directory / "findings" / f"{site.sum_id}.html"))
    assert page.locator(".lead").inner_text() == "和不相等"
    assert page.locator(".paper rect.mark").count() == 3
    context.close()


@browsing
def test_the_policy_of_a_page_lets_no_other_script_run(site: Site, browser: Any) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(_address(site.directory / "index.html"))
    page.evaluate(
        "() => { const made = document.createElement('script');"
        " made.textContent = 'document.title = 1'; document.head.append(made);"
        " const image = new Image(); image.src = 'https://example.org/x.png';"
        " document.body.append(image); }"
    )
    assert page.title() != "1"
    context.close()


@browsing
def test_a_server_of_this_computer_shows_the_same(site: Site, window: Window) -> None:
    with open_server(site.directory, 0) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        address = f"http://127.0.0.1:{server.server_address[1]}/"
        window.page.goto(f"{address}index.html")
        window.page.locator("#findings a").first.click()
        window.page.wait_for_url("**/findings/*.html")
        window.page.wait_for_load_state("networkidle")
        assert window.page.locator(".paper img").first.evaluate("image => image.naturalWidth") > 0
        assert [url for url in window.requests if not url.startswith(address)] == []
        server.shutdown()
        thread.join()
