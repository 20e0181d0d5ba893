"""Tables in HTML inside of Markdown: merged cells, line breaks, text around them."""

from __future__ import annotations

from pathlib import Path

from extract.page import Grid, Line
from extract.plain.reader import read_text
from extract.reading import read_document
from extract.vocabulary import load_vocabulary

TEXT = """# 部门收入总表

单位：万元

<table border="1">
<thead><tr><th colspan="2">科目</th><th rowspan="2">合计</th><th colspan=2>财政拨款收入</th></tr>
<tr><th>科目编码</th><th>科目名称</th><th>小计</th><th>一般公共预算</th></tr></thead>
<tbody>
<tr><td>201</td><td>一般公共<br/>服务支出</td><td>1,250.00</td><td>1,250.00</td><td>1,250.00</td></tr>
<tr><td>20126</td><td>档案事务&nbsp;</td><td>1,250.00</td><td></td><td>1,250.00</td></tr>
</tbody></table>

注：另见说明。
"""


def test_merged_cells_keep_their_places(tmp_path: Path) -> None:
    path = tmp_path / "text.md"
    path.write_text(TEXT, encoding="utf-8")
    (page,) = read_text(path)
    assert [type(item) for item in page.items] == [Line, Line, Grid, Line]
    (grid,) = page.grids()
    assert (grid.rows, grid.columns) == (4, 5)
    places = {(cell.row, cell.column): cell for cell in grid.cells}
    assert places[0, 2].row_span == 2 and places[0, 3].column_span == 2
    assert places[1, 3].text == "小计" and places[1, 4].text == "一般公共预算"
    assert places[2, 1].lines == ("一般公共", "服务支出")
    assert places[3, 3].text == "" and places[3, 4].text == "1,250.00"


def test_every_place_is_held_once(tmp_path: Path) -> None:
    path = tmp_path / "text.md"
    path.write_text(
        "<table><tr><td rowspan=9>甲</td><td>1.00</td></tr><tr></tr>"
        "<tr><td colspan='x'>2.00</td></tr></table>",
        encoding="utf-8",
    )
    (page,) = read_text(path)
    (grid,) = page.grids()
    held = [
        (cell.row + down, cell.column + over)
        for cell in grid.cells
        for down in range(cell.row_span)
        for over in range(cell.column_span)
    ]
    assert sorted(held) == [(row, col) for row in range(grid.rows) for col in range(grid.columns)]


def test_figures_are_named_and_accounted_for(tmp_path: Path) -> None:
    path = tmp_path / "text.md"
    path.write_text(TEXT, encoding="utf-8")
    reading = read_document(path, load_vocabulary())
    (table,) = reading.tables
    assert (table.kind, table.unit) == ("income", "wan_yuan")
    assert not any(balance.left_over for balance in reading.balances)
