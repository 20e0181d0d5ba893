"""Pictures of pages that are typeset here, read as a whole: figures, places, turns, seals."""

from __future__ import annotations

from pathlib import Path

import pytest

from extract.page import UNCERTAIN, UNREAD, Grid, GridCell, Page
from extract.pdf.reader import read_pdf
from extract.scan.recogniser import DISTRIBUTIONS, recogniser_versions
from tests.unit.scanned_sheets import FIGURES, PAPER, draw_sheet
from typeset.document import render
from typeset.scan import Scan, scan_pdf

pytestmark = pytest.mark.skipif(
    len(recogniser_versions()) < len(DISTRIBUTIONS),
    reason="the recogniser is not installed: pip install -r requirements.lock",
)
SLUG = "qingshan-data-center-2023-budget"
TABLE = 4


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("print") / "print.pdf"
    render(SLUG, path)
    return path


@pytest.fixture(scope="module")
def table(printed: Path) -> Page:
    return next(page for page in read_pdf(printed) if page.number == TABLE)


def _read(printed: Path, path: Path, scan: Scan) -> Page:
    scan_pdf(printed, path, scan, [TABLE])
    [page] = read_pdf(path)
    return page


def _cells(page: Page) -> list[GridCell]:
    [grid] = page.grids()
    assert isinstance(grid, Grid)
    return [cell for cell in grid.cells if cell.text]


def _figures(page: Page) -> list[tuple[int, int, str]]:
    return [(cell.row, cell.column, cell.text) for cell in _cells(page) if not cell.doubt]


@pytest.fixture(scope="module")
def askew(printed: Path, tmp_path_factory: pytest.TempPathFactory) -> Page:
    folder = tmp_path_factory.mktemp("scan")
    return _read(printed, folder / "scan.pdf", Scan(dpi=150, degrees=1.9, noise=5, quality=60))


def test_every_cell_of_a_page_askew_is_what_is_printed(askew: Page, table: Page) -> None:
    assert (askew.route, askew.turns, askew.notices) == ("scan", 0, ())
    assert [c.text for c in _cells(askew)] == [c.text for c in _cells(table)]
    assert [line.text for line in askew.lines()][:3] == [line.text for line in table.lines()][:3]


def test_cells_lie_where_they_are_shown(askew: Page, table: Page) -> None:
    """The page is turned by up to 1.9 degrees around its middle: so are the middles of cells."""
    import math

    width, height = table.width, table.height
    for shown, straight in zip(_cells(askew), _cells(table), strict=True):
        assert shown.box is not None
        assert straight.box is not None
        x, y = straight.box.middle
        dx, dy = x - width / 2, y - height / 2
        far = math.hypot(dx, dy) * math.radians(1.9)
        assert math.dist(shown.box.middle, (x, y)) <= far + 3.0
    moved = [
        (shown.box.middle[1] - straight.box.middle[1], straight.box.middle[0] - width / 2)
        for shown, straight in zip(_cells(askew), _cells(table), strict=True)
        if shown.box and straight.box
    ]
    left, right = min(moved, key=lambda one: one[1])[0], max(moved, key=lambda one: one[1])[0]
    assert abs(left - right) > 5.0  # the marks follow the print


def test_each_figure_has_its_confidence(askew: Page) -> None:
    assert all(cell.confidence is not None and cell.confidence > 0.7 for cell in _cells(askew))


@pytest.mark.parametrize("quarter", [90, 180, 270])
def test_a_page_on_its_side_is_turned(
    printed: Path, table: Page, tmp_path: Path, quarter: int
) -> None:
    import pypdf

    scan_pdf(printed, tmp_path / "scan.pdf", Scan(dpi=120, degrees=0.5, noise=3), [TABLE])
    turned = pypdf.PdfWriter()
    page = pypdf.PdfReader(tmp_path / "scan.pdf").pages[0]
    turned.add_page(page.rotate(quarter))
    turned.write(tmp_path / "turned.pdf")
    [read] = read_pdf(tmp_path / "turned.pdf")
    assert read.turns == 0
    assert (read.width > read.height) == (table.width > table.height)
    assert _figures(read) == [(c.row, c.column, c.text) for c in _cells(table)]


def test_a_seal_over_figures_changes_none(printed: Path, table: Page, tmp_path: Path) -> None:
    read = _read(printed, tmp_path / "scan.pdf", Scan(dpi=150, degrees=0.8, noise=4, seal=True))
    told = {(c.row, c.column): c.text for c in _cells(table)}
    found = _figures(read)
    assert all(told.get((row, column)) == text for row, column, text in found)
    assert len(found) >= 0.9 * len(told)


def test_faint_print_is_read_or_in_doubt(printed: Path, table: Page, tmp_path: Path) -> None:
    scan = Scan(dpi=110, degrees=0.5, noise=14, blur=0.8, quality=35, ink=0.6)
    read = _read(printed, tmp_path / "scan.pdf", scan)
    told = {place for place in _figures(table) if place[2][0].isdigit()}
    sure = {place for place in _figures(read) if any(sign.isdigit() for sign in place[2])}
    doubtful = {(cell.row, cell.column) for cell in _cells(read) if cell.doubt}
    assert sure <= told
    assert len(sure) >= 0.9 * len(told)
    assert doubtful  # or the print is not faint enough to say anything
    assert {(row, column) for row, column, _ in told - sure} <= doubtful


def _draw_table(
    path: Path, *black: tuple[int, ...], white: tuple[tuple[int, ...], ...] = ()
) -> Page:
    """A scan of the small table, on which rectangles are painted ``black`` and ``white``."""
    from PIL import ImageDraw

    sheet = draw_sheet()
    pen = ImageDraw.Draw(sheet)
    for box in black:
        pen.rectangle(box, 0)
    for box in white:
        pen.rectangle(box, PAPER)
    sheet.save(path, resolution=150)
    [page] = read_pdf(path)
    return page


def test_ink_in_a_cell_that_is_no_line_is_no_blank(tmp_path: Path) -> None:
    page = _draw_table(tmp_path / "stamp.pdf", (500, 280, 700, 440))
    [grid] = page.grids()
    found = {(cell.row, cell.column): (cell.text, cell.doubt) for cell in grid.cells}
    assert found.pop((1, 1)) == (UNREAD, UNCERTAIN)
    assert found.pop((1, 2)) == ("", "")  # nothing is there
    assert found == {place: (text, "") for place, text in FIGURES.items()}


def test_figures_of_a_grid_with_a_broken_ruling_wait_for_sums(tmp_path: Path) -> None:
    gaps = ((760, 262, 772, 458), (440, 454, 760, 466))  # beside and below of the middle cell
    page = _draw_table(tmp_path / "broken.pdf", white=gaps)
    [grid] = page.grids()
    doubts = {cell.text: (cell.doubt, cell.candidates) for cell in grid.cells if cell.text}
    assert {text for text, (doubt, _) in doubts.items() if not doubt} == {"201", "202", "203"}
    assert doubts["20.00"] == (UNCERTAIN, ("20.00",))
    assert doubts["22.00"] == (UNCERTAIN, ("22.00",))


def test_a_blank_sheet_is_empty_and_nothing_is_missing(tmp_path: Path) -> None:
    from PIL import Image

    Image.new("L", (600, 850), 240).save(tmp_path / "blank.pdf", resolution=72)
    [page] = read_pdf(tmp_path / "blank.pdf")
    assert (page.route, page.items, page.notices) == ("empty", (), ())


def test_a_picture_that_no_scanner_makes_is_refused(tmp_path: Path) -> None:
    from PIL import Image

    Image.new("1", (9000, 9000), 1).save(tmp_path / "huge.pdf", resolution=72)
    [page] = read_pdf(tmp_path / "huge.pdf")
    assert page.items == ()
    [notice] = page.notices
    assert notice.reason == "scan_not_read"
    assert "81 megapixels; at most 60" in notice.detail


def test_a_text_layer_that_is_garbage_is_read_from_the_picture(
    printed: Path, table: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    import numpy as np

    from extract.pdf.glyphs import UNMAPPED

    monkeypatch.setattr(
        "extract.pdf.glyphs._characters",
        lambda codes: np.where(codes > 0x4E00, ord(UNMAPPED), codes),
    )
    read = next(page for page in read_pdf(printed) if page.number == TABLE)
    assert read.route == "scan"
    assert [cell.text for cell in _cells(read)] == [cell.text for cell in _cells(table)]
