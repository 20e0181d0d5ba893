"""Grids that nothing is odd about are built at once: they are what the way by drafts gives."""

from pathlib import Path

import pytest

from extract.pdf import filling
from extract.pdf.reader import read_pdf
from tests.unit.pdf_drawing import Sheet, read_drawn

SAMPLES = sorted(
    path
    for path in (Path(__file__).parents[2] / "corpus").glob("*.pdf")
    if not path.stem.endswith("-scan")
)
XS = (40, 120, 300, 400, 500)


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_a_plain_grid_is_the_same_by_way_of_drafts(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain, is_plain = list[bool](), filling._is_plain

    def note(*arguments: object) -> bool:
        plain.append(is_plain(*arguments))  # type: ignore[arg-type]
        return plain[-1]

    monkeypatch.setattr(filling, "_is_plain", note)
    pages = list(read_pdf(path))
    assert plain.count(True) > len(plain) / 2
    monkeypatch.setattr(filling, "_is_plain", lambda *_: False)
    assert list(read_pdf(path)) == pages


@pytest.mark.parametrize("rise", [0, 9])
def test_a_figure_on_another_height_of_a_row_of_one_line_is_not_plain(
    tmp_path: Path, rise: int
) -> None:
    def draw(sheet: Sheet) -> None:
        sheet.ruled(XS, (50, 70, 100, 130))
        for left, word in zip(XS, ("科目编码", "科目名称", "合计", "基本支出"), strict=False):
            sheet.text(left + 4, 62, word)
        for y in (88, 118):
            sheet.text(44, y, "2080505")
            sheet.right(396, y, "88.10")
            sheet.right(496, y + (rise if y == 88 else 0), "18.10")

    (grid,) = read_drawn(tmp_path / "a.pdf", draw).grids()
    doubts = {cell.row: cell.doubt for cell in grid.cells if cell.text == "18.10"}
    assert doubts == {1: "several_figures" if rise else "", 2: ""}
