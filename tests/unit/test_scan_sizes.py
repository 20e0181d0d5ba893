"""Pictures whose page is not of their size, negatives, dark edges, broken ones: read or named."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont, ImageOps

from extract.page import Page
from extract.pdf.reader import read_pdf
from extract.scan.recogniser import DISTRIBUTIONS, recogniser_versions
from tests.bad_files import bad_files
from tests.unit.scanned_sheets import FIGURES, SIZE, draw_sheet

pytestmark = pytest.mark.skipif(
    len(recogniser_versions()) < len(DISTRIBUTIONS),
    reason="the recogniser is not installed: pip install -r requirements.lock",
)


def _read(path: Path, sheet: Image.Image, resolution: float = 150) -> Page:
    sheet.save(path, resolution=resolution)
    [page] = read_pdf(path)
    return page


def _figures(page: Page) -> dict[tuple[int, int], str]:
    [grid] = page.grids()
    return {(cell.row, cell.column): cell.text for cell in grid.cells if cell.text}


@pytest.mark.parametrize(
    "resolution", [6.2, 72, 96, 300], ids=["poster", "dots as points", "screen", "half as large"]
)
def test_a_picture_is_read_whatever_the_size_of_its_page(tmp_path: Path, resolution: float) -> None:
    page = _read(tmp_path / "scan.pdf", draw_sheet(), resolution)
    assert _figures(page) == FIGURES
    # all places are those of the page, not of the sheet that it was read as
    points = 72 / resolution
    assert page.width == pytest.approx(SIZE[0] * points, rel=0.01)
    [grid] = page.grids()
    assert grid.box is not None
    assert tuple(grid.box) == pytest.approx([side * points for side in (101, 201, 1101, 521)], 0.02)
    for cell in grid.cells:
        assert cell.box is not None
        assert grid.box.holds(*cell.box.middle)
    assert all(grid.box.holds(*word.box.middle) for word in page.words)


def test_white_on_black_is_read(tmp_path: Path) -> None:
    assert _figures(_read(tmp_path / "scan.pdf", ImageOps.invert(draw_sheet()))) == FIGURES


def _band(sheet: Image.Image) -> Image.Image:
    pen = ImageDraw.Draw(sheet)
    pen.rectangle((0, 0, 40, SIZE[1]), 10)
    pen.rectangle((0, SIZE[1] - 50, *SIZE), 10)
    return sheet


def _bed(sheet: Image.Image) -> Image.Image:
    """The sheet on a dark ground that is larger than it."""
    bed = Image.new("L", (1800, 2600), 10)
    bed.paste(sheet, (250, 400))
    return bed


@pytest.mark.parametrize("put", [_band, _bed], ids=["a corner of two bands", "a sheet on a bed"])
def test_lines_are_found_beside_the_dark_around_a_sheet(
    tmp_path: Path, put: Callable[[Image.Image], Image.Image]
) -> None:
    sheet = draw_sheet()
    ImageDraw.Draw(sheet).text((400, 100), "BUDGET", 0, ImageFont.load_default(32))
    page = _read(tmp_path / "scan.pdf", put(sheet))
    assert _figures(page) == FIGURES
    assert [line.text for line in page.lines()] == ["BUDGET"]


def test_a_black_sheet_says_nothing(tmp_path: Path) -> None:
    page = _read(tmp_path / "scan.pdf", Image.new("L", SIZE, 0))
    assert (page.route, page.items, page.notices) == ("empty", (), ())


def test_a_broken_picture_is_named(tmp_path: Path) -> None:
    path = tmp_path / "scan.pdf"
    draw_sheet().save(path, resolution=150)
    path.write_bytes(path.read_bytes().replace(b"\xff\xd8\xff", b"\0\0\0"))
    [page] = read_pdf(path)
    [notice] = page.notices
    assert notice.reason == "scan_not_read"
    assert notice.detail == "1 picture(s) of the page are broken: what they show is not read"


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("picture.pdf", "a picture of 200 megapixels; at most 60 are read"),
        ("pictures.pdf", "pictures of 147 megapixels; at most 120 are read"),
        ("poster.pdf", "a page of 508.0 × 508.0 cm cannot be drawn so that it can be read"),
        ("strip.pdf", "a page of 508.0 × 0.4 cm cannot be drawn so that it can be read"),
        ("cut picture.pdf", "1 picture(s) of the page are broken: what they show is not read"),
    ],
)
def test_what_cannot_be_drawn_is_named(tmp_path: Path, name: str, said: str) -> None:
    write, _ = bad_files()[name]
    write(tmp_path / name)
    [page] = read_pdf(tmp_path / name)
    assert page.items == ()
    assert [(notice.reason, notice.detail) for notice in page.notices] == [("scan_not_read", said)]
