"""Figures that are set in odd ways are read whole, or not at all."""

from pathlib import Path

import numpy as np
import pytest

from extract.figures import is_amount
from extract.page import GridCell
from extract.pdf.glyphs import UNMAPPED, _character
from tests.unit.pdf_drawing import Sheet, read_drawn, read_one

SPACED = [(220.0 + 12 * number, char) for number, char in enumerate("1,234.50")]
XS = (40, 200, 400, 560)


def _cell(path: Path, draw: object, column: int = 1) -> GridCell:
    (grid,) = read_drawn(path, draw).grids()  # type: ignore[arg-type]
    return next(cell for cell in grid.cells if cell.row == 1 and cell.column == column)


def _frame(sheet: Sheet) -> None:
    sheet.ruled(XS, (50, 70, 100))
    for x, word in zip(XS, ("科目名称", "合计", "基本支出"), strict=False):
        sheet.text(x + 4, 62, word)
    sheet.text(44, 88, "行政运行")


def _drawn(pieces: list[tuple[float, str]]) -> object:
    def draw(sheet: Sheet) -> None:
        _frame(sheet)
        for x, text in pieces:
            sheet.text(x, 88, text)

    return draw


@pytest.mark.parametrize(
    ("pieces", "printed"),
    [
        pytest.param(SPACED, "1,234.50", id="spaced"),
        pytest.param([(220, "-"), (228, "88.10")], "-88.10", id="sign apart"),
        pytest.param([(220, "１２３.５０")], "１２３.５０", id="full width"),
    ],
)
def test_a_figure_with_gaps_inside_is_whole(
    tmp_path: Path, pieces: list[tuple[float, str]], printed: str
) -> None:
    cell = _cell(tmp_path / "a.pdf", _drawn(pieces))

    assert (cell.lines, cell.doubt) == ((printed,), "")


def test_the_words_of_a_page_hold_a_spaced_figure_once(tmp_path: Path) -> None:
    page = read_drawn(tmp_path / "a.pdf", _drawn(SPACED))  # type: ignore[arg-type]

    assert [word.text for word in page.words if "5" in word.text] == ["1,234.50"]


@pytest.mark.parametrize("text", [("300", "45"), ("1,200.50", "88.10")])
def test_two_figures_in_a_cell_are_not_one(tmp_path: Path, text: tuple[str, str]) -> None:
    cell = _cell(tmp_path / "a.pdf", _drawn([(220, text[0]), (300, text[1])]))

    assert cell.lines == (" ".join(text),)
    assert not is_amount(cell.text)


def test_a_dash_far_from_a_figure_is_no_sign(tmp_path: Path) -> None:
    assert _cell(tmp_path / "a.pdf", _drawn([(210, "-"), (330, "88.10")])).lines == ("- 88.10",)


def test_a_figure_wider_than_its_cell_is_whole(tmp_path: Path) -> None:
    def draw(sheet: Sheet) -> None:
        _frame(sheet)
        sheet.right(404, 88, "13,214,710.41")

    path = tmp_path / "a.pdf"
    assert _cell(path, draw).lines == ("13,214,710.41",)
    assert _cell(path, draw, 2).lines == ()


def test_two_figures_that_run_into_each_other_are_in_doubt(tmp_path: Path) -> None:
    def draw(sheet: Sheet) -> None:
        _frame(sheet)
        sheet.right(404, 88, "13,214,710.41")
        sheet.text(404, 88, "13,214,710.41")

    path = tmp_path / "a.pdf"
    assert _cell(path, draw).doubt == _cell(path, draw, 2).doubt == "unreadable_figure"
    assert "a figure lies across a ruling" in read_one(path).doubts


def test_look_alike_radicals_are_the_characters_they_look_like() -> None:
    assert "".join(_character(ord(char)) for char in "⽀出⻓⻔\uf9dd") == "支出长门利"


def test_a_character_without_meaning_is_never_left_out() -> None:
    assert [_character(code) for code in (0x03, 0xE012, 0xD801, 0xF0001)] == [UNMAPPED] * 4
    assert _character(0xFFFE) == "-"


def test_a_page_of_unmapped_characters_is_read_from_its_picture(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.pdf"
    draw = _drawn([(220, "88.10"), (420, "44.05")])
    assert read_drawn(path, draw).route == "lattice"  # type: ignore[arg-type]

    monkeypatch.setattr(
        "extract.pdf.glyphs._characters",
        lambda codes: np.where(codes > 0x4E00, ord(UNMAPPED), codes),
    )
    page = read_one(path)
    cells = [cell for grid in page.grids() for cell in grid.cells]

    assert page.route == "scan"
    assert {"88.10", "44.05"} <= {cell.text for cell in cells if not cell.doubt}
