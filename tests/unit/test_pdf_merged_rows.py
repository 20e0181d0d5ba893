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


LONG = "归口管理的行政单位离退休人员的经费支出"


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("行政运行", "一般行政管理事务"),
        (LONG, "本年支出合计"),
        (LONG, "二、外交"),
        (LONG, "其中:其他"),
    ],
)
@pytest.mark.parametrize("figure", [86, 106])
def test_two_labels_as_far_apart_as_rows_are_in_doubt(
    tmp_path: Path, first: str, second: str, figure: float
) -> None:
    """The row of one of them has no figures."""
    found = doubts(
        tmp_path / "c.pdf", (124, 86, first), (124, 106, second), (396, figure, "1,200.50")
    )
    assert found == {"1,200.50": "several_figures", "88.10": ""}


def test_a_label_that_goes_on_for_want_of_room_is_one(tmp_path: Path) -> None:
    found = doubts(tmp_path / "f.pdf", (124, 86, LONG), (124, 106, "与补助"), (396, 86, "1,200.50"))
    assert set(found.values()) == {""}


@pytest.mark.parametrize(
    ("first", "second"), [("某某单位", "合计"), ("[C23030000]审计服", "务"), (LONG, "二、外交")]
)
@pytest.mark.parametrize(
    ("ys", "figure"),
    [
        pytest.param((50, 70, 100, 120), 88, id="beside the middle of lines as high as rows"),
        pytest.param((50, 70, 110, 130), 84, id="beside the first of lines nearer than rows"),
        pytest.param((50, 70, 110, 130), 96, id="beside the last of lines nearer than rows"),
    ],
)
def test_lines_that_cannot_be_two_rows_are_one_however_they_are_broken(
    tmp_path: Path, first: str, second: str, ys: tuple[float, ...], figure: float
) -> None:
    lines = (80, 96) if figure == 88 else (84, 96)
    found = doubts(
        tmp_path / "g.pdf",
        (124, lines[0], first),
        (124, lines[1], second),
        (396, figure, "1,200.50"),
        ys=ys,
    )
    assert set(found.values()) == {""}


def test_figures_beside_the_middle_one_of_three_labels_are_in_doubt(tmp_path: Path) -> None:
    """Two rulings are missing: the figures stand at the middle of all lines all the same."""
    found = doubts(
        tmp_path / "h.pdf",
        (124, 86, "行政运行"),
        (124, 106, "机关服务"),
        (124, 126, "事业运行"),
        (396, 106, "1,200.50"),
        ys=(50, 70, 130, 150),
    )
    assert found == {"1,200.50": "several_figures", "88.10": ""}


@pytest.mark.parametrize(
    "words",
    [
        pytest.param(((124, 84, "复印机"), (200, 92, "分散采购")), id="beside one another"),
        pytest.param(
            ((124, 86, "其他支出"), (180, 86, "维修"), (124, 96, "支出")), id="a gap in a line"
        ),
        pytest.param(((124, 76, "其他支出"), (124, 102, "小计")), id="too far apart"),
    ],
)
def test_words_that_are_no_one_text_are_in_doubt_at_the_middle_as_well(
    tmp_path: Path, words: tuple[Text, ...]
) -> None:
    middle = (words[0][1] + words[-1][1]) / 2
    found = doubts(tmp_path / "i.pdf", *words, (396, middle, "1,200.50"))
    assert found == {"1,200.50": "several_figures", "88.10": ""}


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
