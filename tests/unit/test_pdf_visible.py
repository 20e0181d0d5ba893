"""Only what a reader of the paper sees is read, upright and once."""

from pathlib import Path

import pypdf
import pytest
from reportlab.pdfgen.canvas import Canvas

from extract.page import Page
from extract.pdf.reader import read_pdf
from tests.unit.pdf_drawing import HIGH, WIDE, Sheet, read_drawn, read_one, texts

XS, YS = (40, 200, 400, 560), (50, 70, 90)
TABLE = [["科目名称", "合计", "基本支出"], ["行政运行", "1,200.50", "88.10"]]


def _table(sheet: Sheet) -> None:
    sheet.ruled(XS, YS)
    for row, line in enumerate(TABLE):
        for x, text in zip(XS, line, strict=False):
            sheet.text(x + 4, 63 + 20 * row, text)


def _words(page: Page) -> str:
    return " ".join(sorted(word.text for word in page.words))


def test_white_text_is_read_on_dark_ground_only(tmp_path: Path) -> None:
    def draw(sheet: Sheet) -> None:
        _table(sheet)
        sheet.area(40, 100, 300, 120, 0.2)
        sheet.canvas.setFillGray(1)
        sheet.text(44, 114, "77.77")
        sheet.text(44, 150, "66.66")

    words = _words(read_drawn(tmp_path / "a.pdf", draw))

    assert "77.77" in words and "66.66" not in words


def test_a_table_behind_a_white_page_draws_no_grid(tmp_path: Path) -> None:
    def draw(sheet: Sheet) -> None:
        sheet.ruled([x - 7 for x in XS], [y + 5 for y in YS])
        sheet.text(60, 80, "66.66")
        sheet.area(0, 0, WIDE, HIGH, 1)
        _table(sheet)

    page = read_drawn(tmp_path / "a.pdf", draw)

    assert [texts(grid) for grid in page.grids()] == [TABLE]


def test_invisible_text_is_not_read(tmp_path: Path) -> None:
    def draw(sheet: Sheet) -> None:
        _table(sheet)
        for mode, figure in ((3, "66.66"), (2, "77.77")):
            text = sheet.canvas.beginText(44, 200 + 20 * mode)
            text.setFont("Helvetica", 9)
            text.setTextRenderMode(mode)
            text.textOut(figure)
            sheet.canvas.drawText(text)

    words = _words(read_drawn(tmp_path / "a.pdf", draw))

    assert "77.77" in words and "66.66" not in words


def test_invisible_text_over_a_picture_is_not_what_the_page_says(tmp_path: Path) -> None:
    from PIL import Image

    Image.new("L", (60, 40), 200).save(tmp_path / "a.png")

    def draw(sheet: Sheet) -> None:
        sheet.canvas.drawImage(str(tmp_path / "a.png"), 0, 0, WIDE, HIGH)
        for number in range(5):
            text = sheet.canvas.beginText(44, 100 + 20 * number)
            text.setFont("Helvetica", 9)
            text.setTextRenderMode(3)
            text.textOut("1,200.50 88.10")
            sheet.canvas.drawText(text)

    page = read_drawn(tmp_path / "a.pdf", draw)

    assert (page.route, page.items, page.words) == ("empty", (), ())


@pytest.mark.parametrize(
    ("grey", "alpha", "read"), [(1, 1, False), (0.8, 1, False), (0.8, 0.3, True)]
)
def test_text_below_an_opaque_area_is_not_read(
    tmp_path: Path, grey: float, alpha: float, read: bool
) -> None:
    def draw(sheet: Sheet) -> None:
        _table(sheet)
        sheet.text(44, 150, "66.66")
        sheet.canvas.setFillAlpha(alpha)
        sheet.area(30, 135, 300, 160, grey)

    assert ("66.66" in _words(read_drawn(tmp_path / "a.pdf", draw))) is read


def test_text_above_an_area_is_read(tmp_path: Path) -> None:
    def draw(sheet: Sheet) -> None:
        sheet.area(0, 0, WIDE, HIGH, 1)
        sheet.area(40, 70, 560, 90, 0.8)
        _table(sheet)

    (grid,) = read_drawn(tmp_path / "a.pdf", draw).grids()

    assert texts(grid) == TABLE


def test_text_outside_of_its_clip_path_is_not_read(tmp_path: Path) -> None:
    def draw(sheet: Sheet) -> None:
        _table(sheet)
        sheet.canvas.saveState()
        clip = sheet.canvas.beginPath()
        clip.rect(30, HIGH - 160, 200, 30)
        sheet.canvas.clipPath(clip, stroke=0)
        sheet.text(44, 150, "77.77")
        sheet.text(300, 150, "66.66")
        sheet.text(44, 250, "55.55")
        sheet.canvas.restoreState()

    words = _words(read_drawn(tmp_path / "a.pdf", draw))

    assert "77.77" in words and "66.66" not in words and "55.55" not in words


def test_a_second_copy_of_a_table_is_read_once(tmp_path: Path) -> None:
    def draw(sheet: Sheet) -> None:
        _table(sheet)
        sheet.canvas.translate(0.4, 0)
        _table(sheet)
        sheet.canvas.translate(0, -HIGH)
        _table(sheet)

    page = read_drawn(tmp_path / "a.pdf", draw)

    assert [texts(grid) for grid in page.grids()] == [TABLE]
    assert len(page.words) == 6


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
@pytest.mark.parametrize("told", [True, False])
def test_a_table_set_sideways_is_turned(tmp_path: Path, turn: int, told: bool) -> None:
    """Turned by /Rotate (told) or not: the text says which way is up."""
    plain = tmp_path / "plain.pdf"
    sheet = Sheet(plain)
    _table(sheet)
    sheet.save()
    writer = pypdf.PdfWriter(clone_from=plain)
    page = writer.pages[0]
    page.rotate(turn)
    page.transfer_rotation_to_content()
    if told:
        page.rotate(-turn)
    path = tmp_path / "turned.pdf"
    with path.open("wb") as file:
        writer.write(file)

    read = read_one(path)
    (grid,) = read.grids()

    assert texts(grid) == TABLE
    assert (read.width, read.height) == (WIDE, HIGH)


def test_what_a_crop_box_cuts_away_is_not_read(tmp_path: Path) -> None:
    def draw(sheet: Sheet) -> None:
        _table(sheet)
        sheet.text(44, 350, "66.66")
        sheet.canvas.setCropBox((20, HIGH - 200, WIDE - 20, HIGH - 20))

    page = read_drawn(tmp_path / "a.pdf", draw)
    (grid,) = page.grids()

    assert (page.width, page.height, texts(grid)) == (WIDE - 40, 180, TABLE)
    assert "66.66" not in _words(page)


def test_a_table_in_forms_inside_of_forms_is_read(tmp_path: Path) -> None:
    sheet = Sheet(tmp_path / "a.pdf")
    canvas: Canvas = sheet.canvas
    canvas.beginForm("inner", 0, 0, WIDE, HIGH)
    _table(sheet)
    canvas.endForm()
    canvas.beginForm("outer", 0, 0, WIDE, HIGH)
    canvas.translate(5, -5)
    canvas.doForm("inner")
    canvas.endForm()
    canvas.doForm("outer")

    page = read_one(sheet.save())
    (grid,) = page.grids()

    assert texts(grid) == TABLE
    assert grid.box is not None and round(grid.box.x0) == 45


def test_an_empty_page_and_a_page_of_no_size_are_pages(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    canvas = Canvas(str(path), pagesize=(WIDE, HIGH))
    canvas.showPage()
    canvas.setPageSize((0, 0))
    canvas.showPage()
    canvas.save()

    assert [(page.number, page.items) for page in read_pdf(path)] == [(1, ()), (2, ())]


@pytest.mark.parametrize("box", [(WIDE, HIGH, 0, 0), (0, 0, 0, 0)])
def test_a_page_box_from_its_other_corner_or_without_area_hides_nothing(
    tmp_path: Path, box: tuple[float, float, float, float]
) -> None:
    path = tmp_path / "a.pdf"
    read_drawn(path, _table)
    writer = pypdf.PdfWriter(clone_from=str(path))
    writer.pages[0][pypdf.generic.NameObject("/MediaBox")] = pypdf.generic.ArrayObject(
        map(pypdf.generic.FloatObject, box)
    )
    writer.write(path)

    (grid,) = read_one(path).grids()

    assert texts(grid) == TABLE
