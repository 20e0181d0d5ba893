"""Ruled rows that hold several printed ones: a ruling is missing, and what is doubtful says so."""

from pathlib import Path

import pytest

from tests.unit.pdf_drawing import Sheet, read_drawn

XS = (40, 120, 300, 400, 500)
HEAD = ("科目编码", "科目名称", "合计", "基本支出")
Text = tuple[float, float, str]


def doubts(path: Path, *body: Text, ys: tuple[float, ...] = (50, 70, 110, 130)) -> dict[str, str]:
    """Doubts by figure of a table whose second ruled row is higher than one line; figures begin
    with a digit and end at their x."""

    def draw(sheet: Sheet) -> None:
        sheet.ruled(XS, ys)
        for left, word in zip(XS, HEAD, strict=False):
            sheet.text(left + 4, 62, word)
        sheet.text(44, ys[-1] - 6, "2080505")
        sheet.text(124, ys[-1] - 6, "养老保险缴费")
        sheet.right(396, ys[-1] - 6, "88.10")
        for x, y, text in body:
            (sheet.right if "." in text else sheet.text)(x, y, text)

    (grid,) = read_drawn(path, draw).grids()
    return {text: cell.doubt for cell in grid.cells for text in cell.lines if "." in text}


def test_figures_on_two_lines_of_one_row_are_in_doubt(tmp_path: Path) -> None:
    found = doubts(
        tmp_path / "a.pdf", (124, 92, "行政运行"), (396, 82, "1,200.50"), (496, 104, "300.25")
    )
    assert found == {"1,200.50": "several_figures", "300.25": "several_figures", "88.10": ""}


def test_figures_on_one_line_are_not(tmp_path: Path) -> None:
    found = doubts(
        tmp_path / "b.pdf", (124, 92, "行政运行"), (396, 91, "1,200.50"), (496, 93, "300.25")
    )
    assert set(found.values()) == {""}


@pytest.mark.parametrize(
    ("first", "second", "doubt"),
    [
        ("行政运行", "一般行政管理事务", "several_figures"),
        ("归口管理的行政单位离退休人员的经费支出", "与补助", ""),
        ("归口管理的行政单位离退休人员的经费支出", "本年支出合计", "several_figures"),
        ("归口管理的行政单位离退休人员的经费支出", "二、外交", "several_figures"),
    ],
)
def test_two_labels_of_one_row(tmp_path: Path, first: str, second: str, doubt: str) -> None:
    found = doubts(tmp_path / "c.pdf", (124, 86, first), (124, 98, second), (396, 92, "1,200.50"))
    assert found == {"1,200.50": doubt, "88.10": ""}


def test_header_words_over_figures_in_one_row_leave_the_table_in_doubt(tmp_path: Path) -> None:
    """The ruling between header and first row is missing."""

    found = doubts(
        tmp_path / "d.pdf",
        (44, 100, "2010301"),
        (396, 100, "1,200.50"),
        (496, 100, "300.25"),
        ys=(50, 110, 130),
    )
    assert set(found) == {"1,200.50", "300.25", "88.10"}
    assert "" not in found.values()


def test_a_label_that_begins_above_its_figure_is_not_torn_in_two(tmp_path: Path) -> None:
    """Rows without rulings: 一、… in two lines beside a figure may be one label or two."""

    found = doubts(
        tmp_path / "e.pdf",
        (124, 80, "一、公共服务"),
        (124, 92, "支出"),
        (396, 92, "1,200.50"),
        (496, 92, "1,200.50"),
        (124, 116, "二、教育支出"),
        (396, 116, "300.25"),
        (496, 116, "300.25"),
        ys=(50, 70, 130, 150),
    )
    assert found["1,200.50"] != ""
    assert found["88.10"] == ""
