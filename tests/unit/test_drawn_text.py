"""A page whose text is drawn as outlines is read from its picture, and never lost in silence."""

from __future__ import annotations

from pathlib import Path

import pytest
from fontTools.pens.reportLabPen import ReportLabPen
from fontTools.ttLib import TTFont
from reportlab.graphics import renderPDF
from reportlab.graphics.shapes import Drawing, Group
from reportlab.graphics.shapes import Path as Outline
from reportlab.lib.colors import black
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from extract.pdf.reader import read_pdf
from extract.scan.recogniser import DISTRIBUTIONS, recogniser_versions

FONTS = Path(__file__).resolve().parents[2] / "typeset" / "fonts"
SIZE = 12.0
ROWS = [["一般公共服务支出", "1,234.50"], ["社会保障和就业支出", "88.08"], ["合计", "1,322.58"]]


def _draw(drawing: Drawing, font: TTFont, text: str, x: float, y: float) -> None:
    glyphs, names = font.getGlyphSet(), font.getBestCmap()
    scale = SIZE / font["head"].unitsPerEm
    for sign in text:
        glyph = glyphs[names[ord(sign)]]
        pen = ReportLabPen(glyphs, Outline(fillColor=black, strokeWidth=0, strokeColor=None))
        glyph.draw(pen)
        drawing.add(Group(pen.path, transform=(scale, 0, 0, scale, x, y)))
        x += glyph.width * scale


def _write(path: Path) -> None:
    """A page with a table of outlines, and its number as text."""
    canvas = Canvas(str(path), pagesize=A4)
    drawing = Drawing(*A4)
    fonts = [TTFont(FONTS / f"sample-{name}.ttf") for name in ("hei", "sans")]
    for number, row in enumerate(ROWS):
        top = 700 - 30 * number
        for column, text in enumerate(row):
            _draw(drawing, fonts[column], text, 80 + 200 * column, top - 20)
    renderPDF.draw(drawing, canvas, 0, 0)
    canvas.grid([70, 270, 470], [700 - 30 * number for number in range(len(ROWS) + 1)])
    canvas.drawString(290, 30, "- 7 -")
    canvas.save()


@pytest.mark.skipif(
    len(recogniser_versions()) < len(DISTRIBUTIONS),
    reason="the recogniser is not installed: pip install -r requirements.lock",
)
def test_a_table_of_outlines_is_read(tmp_path: Path) -> None:
    _write(tmp_path / "outlines.pdf")
    [page] = read_pdf(tmp_path / "outlines.pdf")
    assert page.route == "scan"
    [grid] = page.grids()
    assert [[cell.text for cell in row] for row in grid.by_row()] == ROWS


def test_without_the_recogniser_a_page_of_outlines_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("extract.scan.recogniser.DISTRIBUTIONS", ("no-such-package",))
    _write(tmp_path / "outlines.pdf")
    [page] = read_pdf(tmp_path / "outlines.pdf")
    assert [notice.reason for notice in page.notices] == ["scan_not_read"]
