"""Two pages on one sheet, or two tables side by side: each half is read by itself."""

from collections.abc import Sequence
from pathlib import Path

from extract.page import Grid, Page
from extract.sheet import collect_sheets
from extract.vocabulary import load_vocabulary
from tests.unit.pdf_drawing import Sheet, read_drawn, texts

HEAD = ("科目编码", "科目名称", "合计")


def _half(sheet: Sheet, left: float, title: str, codes: Sequence[str], *, ruled: bool) -> None:
    """A table with a heading, 250 points wide."""
    if title:
        sheet.text(left + 70, 40, title)
        sheet.text(left + 190, 54, "单位：万元")
    xs = (left, left + 70, left + 160, left + 250)
    if ruled:
        sheet.ruled(xs, (60, *(80 + 20 * number for number in range(len(codes) + 1))))
    for x, word in zip(xs, HEAD, strict=False):
        sheet.text(x + 8, 74, word)
    for number, code in enumerate(codes):
        y = 94 + 20 * number
        sheet.text(xs[0] + 8, y, code)
        sheet.text(xs[1] + 8, y, "某项支出")
        sheet.right(xs[3] - 6, y, f"{number + 1}.50")


def _sheets(page: Page) -> list[tuple[str, str, int]]:
    found = collect_sheets([page], load_vocabulary())
    return [(sheet.kind, sheet.heading.title, len(sheet.parts)) for sheet in found]


def _grids(page: Page) -> list[Grid]:
    return list(page.grids())


def test_each_of_two_tables_side_by_side_has_its_own_title(tmp_path: Path) -> None:
    for ruled in (True, False):

        def draw(sheet: Sheet, ruled: bool = ruled) -> None:
            _half(sheet, 20, "支出预算表", ("20103", "20104", "20105"), ruled=ruled)
            _half(sheet, 320, "政府性基金支出表", ("20801", "21208", "21210"), ruled=ruled)

        page = read_drawn(tmp_path / f"{ruled}.pdf", draw)

        assert _sheets(page) == [
            ("expenditure", "支出预算表", 1),
            ("government_fund_expenditure", "政府性基金支出表", 1),
        ]
        assert [texts(grid)[1] for grid in _grids(page)] == [
            ["20103", "某项支出", "1.50"],
            ["20801", "某项支出", "1.50"],
        ]


def test_the_right_half_goes_on_with_the_table_of_the_left(tmp_path: Path) -> None:
    def draw(sheet: Sheet) -> None:
        _half(sheet, 20, "支出预算表", ("20103", "20104", "20105"), ruled=True)
        _half(sheet, 320, "", ("20801", "21208"), ruled=True)

    assert _sheets(read_drawn(tmp_path / "a.pdf", draw)) == [("expenditure", "支出预算表", 2)]


def test_a_title_over_both_halves_keeps_them_one_page(tmp_path: Path) -> None:
    def draw(sheet: Sheet) -> None:
        sheet.text(230, 30, "某单位收入和支出情况的说明和表")
        _half(sheet, 20, "", ("20103", "20104"), ruled=True)
        _half(sheet, 320, "", ("20801", "21208"), ruled=True)
        for number in range(2):
            sheet.text(40 if number else 340, 200, "注")

    page = read_drawn(tmp_path / "a.pdf", draw)

    assert [line.text for line in page.lines()] == ["某单位收入和支出情况的说明和表", "注 注"]
