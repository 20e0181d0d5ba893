"""A page whose picture cannot be read is named in quarantine; the pages with text are read."""

from __future__ import annotations

from pathlib import Path

import pyarrow.parquet as pq
import pytest
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from extract.errors import DocumentError
from extract.landing import land_document


def _picture() -> ImageReader:
    from PIL import Image

    return ImageReader(Image.new("RGB", (60, 80), (200, 200, 200)))


def _write(path: Path) -> None:
    canvas = Canvas(str(path), pagesize=A4)
    canvas.drawString(80, 700, "a page with text that is long enough to be read as prose")
    canvas.showPage()
    canvas.drawImage(_picture(), 0, 0, *A4)
    canvas.showPage()
    canvas.save()


def test_a_picture_that_cannot_be_read_is_quarantined_by_its_number(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing() -> None:
        raise DocumentError("scan_not_read", "the recogniser is missing")

    monkeypatch.setattr("extract.scan.reader.require_recogniser", missing)
    _write(tmp_path / "mixed.pdf")
    landed = land_document(tmp_path / "mixed.pdf", tmp_path / "cache")
    reasons = {
        (row["reason"], row["page_number"])
        for row in pq.read_table(landed.directory / "quarantine.parquet").to_pylist()
    }
    assert ("scan_not_read", 2) in reasons
    assert ("scan_not_read", 1) not in reasons
