"""Figures of rows that no grid holds are left over; those of sentences are not."""

from __future__ import annotations

from pathlib import Path

import pytest

from extract.conservation import balance_page
from extract.page import Box, Line
from extract.plain.loose import loose_figures, row_figures
from extract.plain.reader import read_text


def lines(*texts: str) -> list[Line]:
    """Lines of a page, one below the other."""
    return [Line(text, Box(0, at, 1, at + 1)) for at, text in enumerate(texts)]


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("二、事业收入 120.00 二、教育支出 98.50", ["120.00", "98.50"]),
        ("2050101 行政运行 7.10 7.10", ["7.10", "7.10"]),
        ("205 01 02 某项事务 1,200 0 1,200", ["1,200", "0", "1,200"]),
        ("302 12.40", ["12.40"]),
        ("12.40 302", ["12.40", "302"]),
        ("某项事务 5 41000 41000", ["5", "41000", "41000"]),
        ("3 41000 0 41000", ["3", "41000", "0", "41000"]),
        ("合计", []),
        ("第 3 页", []),
        ("栏次 1 2 3 4", []),
        ("某部门 2031 年度", []),
        ("收入预算为 120.00", []),
        ("支出 98.50 万元", []),
        ("预算 98.50，与上年持平", []),
    ],
)
def test_figures_of_rows_and_not_of_sentences(text: str, figures: list[str]) -> None:
    assert row_figures(text) == figures


def test_a_row_inside_a_sentence_is_a_part_of_it() -> None:
    assert loose_figures(lines("2031年本部门收入预算，与上年相比，共", "120.00", "万元。")) == []
    assert loose_figures(lines("收入总计 120.00", "万元，与上年持平。")) == []
    assert [word.text for word in loose_figures(lines("收入总计 120.00", "支出总计"))] == ["120.00"]


def test_they_are_left_over_on_their_page(tmp_path: Path) -> None:
    path = tmp_path / "text.txt"
    path.write_text("一、概况\n收入总计 120.00 支出总计 98.50\n", encoding="utf-8")
    (page,) = read_text(path)
    assert balance_page(page, ()).left_over == ("120.00", "98.50")
