"""Pages are read column by column: what the short cuts leave out is not there, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pypdfium2 as pdfium
import pytest

from extract.pdf.frame import page_frame
from extract.pdf.glyphs import Letters, read_text
from extract.pdf.paint import Paint, Ruling, read_paint
from extract.pdf.stream import may_hold_table
from extract.pdf.writing import pieces_of, rows_of, runs_of, words_of
from tests.unit.pdf_drawing import Sheet


@contextmanager
def page_of(sheet: Sheet) -> Iterator[pdfium.PdfPage]:
    document = pdfium.PdfDocument(sheet.save())
    yield document[0]
    document.close()


def paint_of(sheet: Sheet) -> Paint:
    with page_of(sheet) as page:
        return read_paint(page, page_frame(page))


def letters_of(sheet: Sheet) -> Letters:
    with page_of(sheet) as page:
        return read_text(page)[0]


def near(one: Ruling, horizontal: bool, at: float, start: float, end: float) -> bool:
    places = zip(one[1:], (at, start, end), strict=True)
    return one.horizontal is horizontal and all(abs(a - b) < 0.1 for a, b in places)


def test_a_bar_is_a_ruling_and_a_slim_curve_is_none(tmp_path: Path) -> None:
    sheet = Sheet(tmp_path / "a.pdf")
    sheet.area(100, 50, 300, 51, 0)
    sheet.canvas.ellipse(100, 300, 300, 301, stroke=0, fill=1)
    (ruling,) = paint_of(sheet).rulings
    assert near(ruling, True, 50.5, 100, 300)


def test_a_white_bar_is_nothing_and_a_thick_one_an_area(tmp_path: Path) -> None:
    sheet = Sheet(tmp_path / "a.pdf")
    sheet.area(100, 50, 300, 51, 1)
    sheet.area(100, 80, 300, 120, 0.5)
    paint = paint_of(sheet)
    assert paint.rulings == []
    assert [area.pale for area in paint.areas] == [False]


def test_lines_inside_of_a_form_stand_where_the_form_is_placed(tmp_path: Path) -> None:
    sheet = Sheet(tmp_path / "a.pdf")
    canvas = sheet.canvas
    canvas.beginForm("lines", 0, 0, 200, 200)
    canvas.rect(10, 20, 100, 1, stroke=0, fill=1)
    canvas.line(10, 0, 10, 100)
    canvas.endForm()
    canvas.translate(50, 100)
    canvas.doForm("lines")
    bar, line = sorted(paint_of(sheet).rulings, reverse=True)
    assert near(bar, True, 400 - 120.5, 60, 160)
    assert near(line, False, 60, 400 - 200, 400 - 100)


def test_outlines_with_a_curve_keep_their_straight_neighbours(tmp_path: Path) -> None:
    sheet = Sheet(tmp_path / "a.pdf")
    path = sheet.canvas.beginPath()
    path.moveTo(100, 100)
    path.lineTo(200, 100)
    path.curveTo(250, 100, 250, 150, 200, 150)
    path.moveTo(300, 100)
    path.lineTo(400, 100)
    sheet.canvas.drawPath(path, stroke=1, fill=0)
    (ruling,) = paint_of(sheet).rulings
    assert near(ruling, True, 300, 300, 400)


def test_pieces_are_the_characters_of_the_page_in_their_order(tmp_path: Path) -> None:
    sheet = Sheet(tmp_path / "a.pdf")
    sheet.text(50, 50, "行政运行")
    sheet.text(200, 50, "1,250.00")
    sheet.text(50, 80, "合计")
    letters = letters_of(sheet)
    runs = runs_of(letters)
    assert [word.text for word in words_of(letters, runs)] == ["行政运行", "1,250.00", "合计"]
    x, _ = letters.middles()
    pieces, places = pieces_of(letters, runs, (x > 220).astype(int))
    assert "".join(piece.text for piece in pieces) == letters.text
    for piece, place in zip(pieces, places, strict=True):
        assert {int(single.box.middle[0] > 220) for single in piece.split()} == {place}
    assert len(pieces) < len(letters)
    singles = [single for piece in pieces for single in piece.split()]
    assert [single.text for single in singles] == list(letters.text)
    for piece in pieces:
        assert piece.box.x0 == min(single.box.x0 for single in piece.split())
        assert piece.box.x1 == max(single.box.x1 for single in piece.split())


@pytest.mark.parametrize(
    ("lines", "may"),
    [
        ([("甲", "1,250.00"), ("乙", "800.50"), ("丙", "20.00")], True),
        ([("单位：万元", ""), ("科目", "金额"), ("甲", "1250")], True),
        ([("甲", "1,250.00"), ("乙", "800.50")], False),
        (
            [("收入1,250.00万元，比上年", "增加"), ("支出800.50万元", ""), ("结余20.00元", "")],
            False,
        ),
    ],
)
def test_prose_is_told_from_rows_of_figures(
    tmp_path: Path, lines: list[tuple[str, str]], may: bool
) -> None:
    sheet = Sheet(tmp_path / "a.pdf")
    for number, (left, right) in enumerate(lines):
        sheet.text(50, 50 + 20 * number, left)
        if right:
            sheet.text(300, 50 + 20 * number, right)
    letters = letters_of(sheet)
    x, _ = letters.middles()
    pieces, _ = pieces_of(letters, runs_of(letters), (x * 0).astype(int))
    assert may_hold_table(rows_of(pieces)) is may
