"""Pictures of pages: what is personal is painted over, and what is kept is used again."""

from pathlib import Path

import pypdfium2 as pdfium
import pytest
from PIL import Image
from pypdf import PdfReader, PdfWriter
from pypdf.generic import RectangleObject

from extract.landing import content_hash
from extract.page import Grid
from review.drawing import LONG_SIDE, PageWanted, draw_page
from review.marks import rectangle
from review.pictures import draw_pictures
from tests.unit.pdf_drawing import HIGH, WIDE, Sheet, read_one

SCALE = LONG_SIDE / max(WIDE, HIGH)


@pytest.fixture
def form(tmp_path: Path) -> Path:
    """A page with a contact person in a ruled form and a telephone number in a line."""
    sheet = Sheet(tmp_path / "form.pdf")
    sheet.ruled((50, 150, 300, 400, 550), (100, 130, 160))
    for x, text in ((60, "项目名称"), (160, "道路维修"), (310, "联系人"), (410, "甄晓明")):
        sheet.text(x, 120, text)
    for x, text in ((60, "预算金额"), (310, "联系电话")):
        sheet.text(x, 150, text)
    sheet.text(160, 150, "1,234.56")
    sheet.text(410, 150, "13800138000")
    sheet.text(60, 300, "经办：甄晓明")
    return sheet.save()


def ink(
    picture: Image.Image, x0: float, y0: float, x1: float, y1: float, scale: float = SCALE
) -> set[tuple[int, ...]]:
    """The colours of a part of a picture, given in points."""
    part = picture.convert("RGB").crop(
        tuple(round(side * scale) for side in (x0, y0, x1, y1))  # type: ignore[arg-type]
    )
    return {colour for _, colour in part.getcolors(1 << 20)}  # type: ignore[misc]


def draw(path: Path, **more: object) -> Image.Image:
    document = pdfium.PdfDocument(path)
    try:
        picture = draw_page(document, 1, **more)  # type: ignore[arg-type]
    finally:
        document.close()
    assert picture is not None
    return picture


def test_names_and_numbers_are_painted_over_wherever_they_stand(form: Path) -> None:
    picture = draw(form)
    assert max(picture.size) == LONG_SIDE
    assert len(ink(picture, 405, 105, 545, 125)) == 1  # the cell of the name
    assert len(ink(picture, 405, 135, 545, 155)) == 1  # the cell of the number
    # the name again, in a line that no rule is about: nothing dark is left of it
    assert all(max(colour) > 90 for colour in ink(picture, 88, 291, 115, 303))
    assert len(ink(picture, 160, 140, 200, 152)) > 1  # the amount is still there


def test_areas_that_the_warehouse_knows_are_painted_as_well(form: Path) -> None:
    picture = draw(form, personal=[rectangle(155, 105, 290, 125)])
    assert len(ink(picture, 160, 107, 285, 123)) == 1


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_boxes_of_cells_lie_over_their_print_on_a_turned_page(tmp_path: Path, turn: int) -> None:
    sheet = Sheet(tmp_path / "plain.pdf")
    sheet.ruled((80, 200, 320, 500), (100, 130, 160, 190))
    for row, y in enumerate((120, 150, 180)):
        sheet.text(90, y, f"A{row}")
        sheet.right(490, y, f"{row}7,654.32")
    writer = PdfWriter(clone_from=PdfReader(sheet.save()))
    writer.pages[0].rotate(turn)
    writer.pages[0].cropbox = RectangleObject((30, 60, 580, 360))
    turned = tmp_path / "turned.pdf"
    writer.write(turned)
    (grid,) = (item for item in read_one(turned).items if isinstance(item, Grid))
    picture = draw(turned)
    document = pdfium.PdfDocument(turned)
    scale = LONG_SIDE / max(document[0].get_size())
    document.close()
    assert {cell.text for cell in grid.cells} >= {"A0", "27,654.32"}
    for cell in grid.cells:
        assert cell.box is not None
        x0, y0, x1, y1 = cell.box
        inside = ink(picture, x0 + 2, y0 + 2, x1 - 2, y1 - 2, scale)
        assert (min(min(colour) for colour in inside) < 128) is bool(cell.text), cell.text


def test_pictures_are_kept_and_cleared(form: Path, tmp_path: Path) -> None:
    document_id = content_hash(form)[:32]
    wanted = PageWanted(document_id, form, 1)
    cache = tmp_path / "cache"
    heard: list[tuple[int, int]] = []

    def report(done: int, total: int) -> None:
        heard.append((done, total))

    first = draw_pictures([wanted, wanted], tmp_path / "one", cache, 1, report)
    assert first == {wanted.name}
    assert (tmp_path / "one" / wanted.name).is_file()
    form.unlink()  # so what is there now can only come from the cache
    assert draw_pictures([wanted], tmp_path / "two", cache, 1, report) == {wanted.name}
    assert heard == [(1, 1)]
    assert draw_pictures([], tmp_path / "three", cache, 1) == frozenset()
    assert list(cache.iterdir()) == []


def test_a_file_that_changed_or_broke_has_no_picture(form: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(form.read_bytes()[:200])
    pages = [
        PageWanted("0" * 32, form, 1),
        PageWanted(content_hash(broken)[:32], broken, 1),
        PageWanted("1" * 32, tmp_path / "gone.pdf", 1),
    ]
    assert draw_pictures(pages, tmp_path / "out", tmp_path / "cache", 1) == frozenset()
