"""Text under a large opaque picture is seen by nobody; under a transparent one it is."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from extract.pdf.reader import open_pdf, read_page

FIGURE = "1,234.50"
WORDS = f"a figure that a program believed to see: {FIGURE}"


def _route(path: Path, picture: Image.Image, share: float = 1.0, *, below: bool = False) -> str:
    """How the page is read whose text lies under (``below``: over) a picture."""
    canvas = Canvas(str(path), pagesize=A4)
    if not below:
        canvas.drawString(80, 700, WORDS)
    width, height = A4
    canvas.drawImage(ImageReader(picture), 0, height * (1 - share), width, height * share, "auto")
    if below:
        canvas.drawString(80, 700, WORDS)
    canvas.save()
    document = open_pdf(path)
    page, _ = read_page(document[0], 1)
    document.close()
    assert any(FIGURE in line.text for line in page.lines()) == (page.route == "prose")
    return page.route


SCAN = Image.new("L", (300, 400), 230)
GLASS = Image.new("RGBA", (300, 400), (200, 30, 30, 40))


@pytest.mark.parametrize(
    ("picture", "share", "below", "route"),
    [
        (SCAN, 1.0, False, "scan"),
        (SCAN, 1.0, True, "prose"),
        (SCAN, 0.3, False, "prose"),
        (GLASS, 1.0, False, "prose"),
    ],
    ids=["a scan over its text", "a ground", "a small picture", "a watermark"],
)
def test_text_under_a_scan_is_not_read(
    tmp_path: Path, picture: Image.Image, share: float, below: bool, route: str
) -> None:
    assert _route(tmp_path / "page.pdf", picture, share, below=below) == route
