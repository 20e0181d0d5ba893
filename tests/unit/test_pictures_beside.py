"""Pictures of tables on pages with text: read where they hold a table, between that text."""

from __future__ import annotations

from pathlib import Path

import pypdfium2 as pdfium
import pytest
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from extract.page import Box, GridCell, Line, Page
from extract.pdf.beside import pictures_beside
from extract.pdf.glyphs import Letters
from extract.pdf.reader import read_pdf
from extract.scan.reader import _between
from extract.scan.recogniser import DISTRIBUTIONS, recogniser_versions
from typeset.document import render

SLUG = "qingshan-data-center-2023-budget"
TABLE = 4
HEADING = "a-heading-that-is-printed-as-text"
FOOT = "page-12-of-40"

needs_recogniser = pytest.mark.skipif(
    len(recogniser_versions()) < len(DISTRIBUTIONS),
    reason="the recogniser is not installed: pip install -r requirements.lock",
)


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("print") / "print.pdf"
    render(SLUG, path)
    return path


@pytest.fixture(scope="module")
def table(printed: Path) -> Page:
    return next(page for page in read_pdf(printed) if page.number == TABLE)


@pytest.fixture(scope="module")
def picture(printed: Path) -> Image.Image:
    document = pdfium.PdfDocument(printed)
    drawn = document[TABLE - 1].render(scale=200 / 72).to_pil()
    document.close()
    return drawn


def _cells(page: Page) -> list[GridCell]:
    return [cell for grid in page.grids() for cell in grid.cells if cell.text]


def _write(path: Path, picture: Image.Image, place: Box, size: tuple[float, float]) -> Page:
    """A page of that size with the picture in its place, and text above and below."""
    canvas = Canvas(str(path), pagesize=size)
    wide, high = place.x1 - place.x0, place.y1 - place.y0
    canvas.drawImage(ImageReader(picture), place.x0, size[1] - place.y1, wide, high)
    canvas.drawString(60, size[1] - 24, HEADING)
    canvas.drawString(60, 16, FOOT)
    canvas.showPage()
    canvas.save()
    [page] = read_pdf(path)
    return page


@needs_recogniser
def test_a_scan_with_a_printed_heading_is_read_whole(
    tmp_path: Path, picture: Image.Image, table: Page
) -> None:
    size = (table.width, table.height)
    read = _write(tmp_path / "headed.pdf", picture, Box(0, 0, *size), size)
    assert [cell.text for cell in _cells(read)] == [cell.text for cell in _cells(table)]
    texts = [line.text for line in read.lines()]
    assert texts[0] == HEADING
    assert texts[-1] == FOOT
    assert [line.text for line in table.lines()][:2] == texts[1:3]
    assert read.route == "scan"


@needs_recogniser
def test_a_table_pasted_as_a_picture_is_read_between_its_text(
    tmp_path: Path, picture: Image.Image, table: Page
) -> None:
    high = table.height * 500 / table.width
    read = _write(tmp_path / "pasted.pdf", picture, Box(40, 60, 540, 60 + high), (600, 900))
    assert [cell.text for cell in _cells(read)] == [cell.text for cell in _cells(table)]
    assert isinstance(read.items[0], Line)
    assert read.items[0].text == HEADING
    assert isinstance(read.items[-1], Line)
    assert read.items[-1].text == FOOT
    assert all(cell.confidence is not None for cell in _cells(read))


@needs_recogniser
def test_a_pasted_table_on_its_side_is_named_as_not_read(
    tmp_path: Path, picture: Image.Image
) -> None:
    side = picture.transpose(Image.Transpose.ROTATE_90)
    read = _write(tmp_path / "side.pdf", side, Box(40, 60, 340, 60 + 424), (600, 900))
    assert [notice.reason for notice in read.notices] == ["scan_not_read"]
    assert [line.text for line in read.lines()] == [HEADING, FOOT]


def test_a_picture_without_a_table_changes_nothing(tmp_path: Path) -> None:
    chart = Image.new("RGB", (600, 400), (180, 200, 220))
    read = _write(tmp_path / "chart.pdf", chart, Box(40, 60, 340, 260), (600, 900))
    assert [line.text for line in read.lines()] == [HEADING, FOOT]
    assert (read.route, read.notices) == ("prose", ())


PAGE = Box(0, 0, 600, 800)


def _letters(*places: tuple[float, float]) -> Letters:
    import numpy as np

    x, y = np.array(places, float).reshape(-1, 2).T
    return Letters("字" * len(places), x, y, x, y)


def test_pictures_are_cut_at_the_page_joined_from_strips_and_no_ground_under_text() -> None:
    strips = [Box(50, y, 700, y + 40) for y in (100, 140, 181)]
    logo = Box(10, 10, 60, 60)
    assert pictures_beside([*strips, logo], PAGE, _letters((300, 50)), []) == (
        Box(50, 100, 600, 221),
    )
    under = _letters(*((100 + at, 120) for at in range(61)))
    assert pictures_beside(strips, PAGE, under, []) == ()


def test_items_of_pictures_go_between_text_that_keeps_its_order() -> None:
    text = [_line("left", 10), _line("left below", 300), _line("right", 20)]
    own = [_line("in the picture", 100), _line("below it", 150)]
    assert [line.text for line in _between(text, own) if isinstance(line, Line)] == [
        "left",
        "in the picture",
        "below it",
        "left below",
        "right",
    ]


def _line(text: str, top: float) -> Line:
    return Line(text, Box(0, top, 50, top + 10))


def test_a_broken_picture_beside_text_is_named(tmp_path: Path) -> None:
    path = tmp_path / "broken.pdf"
    noise = Image.effect_noise((600, 400), 60).convert("L")
    noise.save(tmp_path / "noise.jpg", quality=80)
    canvas = Canvas(str(path), pagesize=(600, 900))
    canvas.drawImage(str(tmp_path / "noise.jpg"), 40, 300, 500, 400)
    canvas.drawString(60, 876, HEADING)
    canvas.showPage()
    canvas.save()
    whole = path.read_bytes()
    start = whole.index(b"/DCTDecode")
    start = whole.index(b"stream", start) + 10
    end = whole.index(b"endstream", start)
    path.write_bytes(whole[:start] + b"0" * (end - start) + whole[end:])
    [read] = read_pdf(path)
    assert [notice.reason for notice in read.notices] == ["scan_not_read"]
    assert "broken" in read.notices[0].detail
