"""Workbooks as pages: what is a line, what a table, what is hidden, and what is refused."""

from __future__ import annotations

import zipfile
from collections import Counter
from pathlib import Path

import pytest
import xlwt
from openpyxl import Workbook

import typeset
from extract.errors import DocumentError
from extract.figures import is_amount
from extract.office import xlsx
from extract.office.reader import read_workbook
from extract.reading import read_document, read_pages
from extract.text import squeeze
from extract.vocabulary import load_vocabulary
from tests.unit.workbooks import HEADER, ROWS, RULED, fill, grids, read, texts
from typeset.files import Manner, render_file

TITLE, UNIT = "一般公共预算支出表", "单位：万元"
SHOWN = [
    list(HEADER),
    ["2010301", "行政运行", "1200.5", "1200.5", ""],
    ["2010302", "一般行政管理事务", "300", "", "300"],
    ["合计", "", "1500.5", "1200.5", "300"],
]


def budget(*, ruled: bool = False) -> Workbook:
    book = Workbook()
    sheet = book.active
    fill(sheet, [[TITLE], [None, None, None, None, UNIT]])
    sheet.merge_cells("A1:E1")
    fill(sheet, [HEADER, *ROWS], ruled=ruled)
    return book


@pytest.mark.parametrize("ruled", [True, False])
def test_a_title_a_unit_and_a_table(tmp_path: Path, ruled: bool) -> None:
    page = read(budget(ruled=ruled), tmp_path)
    assert (page.number, page.route, page.notices) == (None, "sheet", ())
    assert texts(page) == [TITLE, UNIT, SHOWN]


@pytest.mark.parametrize("ruled", [True, False])
def test_two_tables_on_a_sheet_and_an_empty_row_inside_of_one(tmp_path: Path, ruled: bool) -> None:
    book = budget(ruled=ruled)
    sheet = book.active
    sheet.insert_rows(5)
    fill(sheet, [[], ["政府性基金预算支出表"], []])
    fill(sheet, [HEADER, *ROWS], ruled=ruled)
    assert texts(read(book, tmp_path)) == [TITLE, UNIT, SHOWN, "政府性基金预算支出表", SHOWN]


def test_tables_beside_each_other_have_a_title_each(tmp_path: Path) -> None:
    book = Workbook()
    gap = [None]
    fill(book.active, [["收入总表", None, None, "支出总表"]])
    fill(book.active, [["项目", "金额", *gap, "项目", "金额"], ["财政拨款", 5, *gap, "教育", 7]])
    assert texts(read(book, tmp_path)) == [
        "收入总表",
        [["项目", "金额"], ["财政拨款", "5"]],
        "支出总表",
        [["项目", "金额"], ["教育", "7"]],
    ]


def test_merged_cells_are_one_cell_with_its_span(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    fill(sheet, [["收入总表"], ["项目", "本年收入", None], [None, "小计", "其他"], ["甲", 1, 2]])
    sheet.merge_cells("A2:A3")
    sheet.merge_cells("B2:C2")
    [grid] = grids(read(book, tmp_path))
    spans = {cell.text: (cell.row_span, cell.column_span) for cell in grid.cells}
    assert spans == {
        "项目": (2, 1), "本年收入": (1, 2), "小计": (1, 1), "其他": (1, 1),
        "甲": (1, 1), "1": (1, 1), "2": (1, 1),
    }  # fmt: skip


def test_the_name_of_a_sheet_is_its_title_where_it_has_none(tmp_path: Path) -> None:
    book = Workbook()
    book.active.title = "收入总表"
    fill(book.active, [["项目", "金额"], ["财政拨款", 5]])
    assert texts(read(book, tmp_path))[0] == "收入总表"


def test_what_is_hidden_is_named_and_is_no_print(tmp_path: Path) -> None:
    book = budget()
    sheet = book.active
    sheet.row_dimensions[4].hidden = True
    sheet.column_dimensions["E"].hidden = True
    secret = book.create_sheet("草稿")
    fill(secret, [["金额", 99.5], ["合计", 3]])
    secret.sheet_state = "hidden"
    page = read(book, tmp_path)
    [grid] = grids(page)
    assert [[cell.text for cell in row] for row in grid.by_row()] == [
        ["科目编码", "科目名称", "合计", "基本支出"],
        ["2010302", "一般行政管理事务", "300", ""],
        ["合计", "", "1500.5", "1200.5"],
    ]
    assert [notice.reason for notice in page.notices] == ["hidden_part"] * 3
    rows, columns, hidden = (notice.detail for notice in page.notices)
    assert rows.startswith("rows 4 of sheet 'Sheet' are hidden; the 3 figures")
    assert columns.startswith("columns E of sheet 'Sheet' are hidden; the 2 figures")
    assert hidden.startswith("sheet '草稿' is hidden; the 2 figures")


def test_a_formula_is_never_computed(tmp_path: Path) -> None:
    book = budget()
    book.active["C6"] = "=C4+C5"
    page = read(book, tmp_path)
    [notice] = page.notices
    assert notice.reason == "formula_without_value"
    assert notice.detail.startswith("C6 of sheet 'Sheet'")
    [grid] = grids(page)
    [total] = [cell for cell in grid.cells if cell.row == 3 and cell.column == 2]
    assert (total.text, total.doubt) == ("", "formula_without_value")


def test_texts_dates_truths_and_errors_are_shown(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    fill(sheet, [["项目", "值", "值"], ["甲", "1,234.50", True], ["乙", 44927, 7]])
    sheet["B3"].number_format = 'yyyy"年"m"月"'
    sheet["C3"].data_type, sheet["C3"]._value = "e", "#REF!"
    page = read(book, tmp_path)
    [grid] = grids(page)
    shown = [[cell.text for cell in row] for row in grid.by_row()]
    assert shown[1:] == [["甲", "1,234.50", "TRUE"], ["乙", "2023年1月", "#REF!"]]
    assert [notice.reason for notice in page.notices] == ["formula_without_value"]


def with_formatted_cells(book: Workbook) -> Workbook:
    """The book with a thousand cells that have a border and no text, below and beside its table."""
    for row in range(10, 60):
        for column in range(1, 21):
            book.active.cell(row, column).border = RULED
    return book


def test_cells_that_are_empty_but_formatted_do_not_stop_the_reader(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(xlsx, "MOST_CELLS", 500)
    page = read(with_formatted_cells(budget()), tmp_path)
    assert SHOWN in texts(page)
    [notice] = page.notices
    assert notice.reason == "too_large"


def test_merged_cells_behind_many_formatted_ones_are_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = Workbook()
    sheet = book.active
    fill(sheet, [["科目编码", "科目名称", "合计", "财政拨款", None], [*[None] * 3, "基本", "项目"]])
    sheet.merge_cells("D1:E1")
    fill(sheet, ROWS, ruled=True)
    small = read(book, tmp_path)
    monkeypatch.setattr(xlsx, "MOST_CELLS", 500)
    page = read(with_formatted_cells(book), tmp_path)
    [merged] = [cell for grid in grids(page) for cell in grid.cells if cell.text == "财政拨款"]
    assert merged.column_span == 2
    assert texts(page)[0] == texts(small)[0]
    assert [notice.reason for notice in page.notices] == ["too_large"]


def test_a_sheet_whose_merged_cells_are_too_far_away_is_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(xlsx, "MOST_CELLS", 90)
    with pytest.raises(DocumentError, match="more than 900 stored cells; none of them was read"):
        read(with_formatted_cells(budget()), tmp_path)


def test_every_figure_of_a_sheet_is_in_a_line_or_a_grid(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    manners = (Manner.BORDERLESS, Manner.TEXT_FIGURES)
    render_file("weifang-data-bureau-2023-budget", path, manners=manners)
    [page] = read_workbook(path)
    held = Counter(squeeze(cell.text) for grid in page.grids() for cell in grid.cells)
    said = Counter(squeeze(word.text) for word in page.words)
    assert said == Counter({text: count for text, count in held.items() if text})


@pytest.mark.parametrize("slug", typeset.list_slugs())
@pytest.mark.parametrize("manners", [(), (Manner.BORDERLESS, Manner.TEXT_FIGURES)])
def test_a_disclosure_comes_back_figure_by_figure(
    tmp_path: Path, slug: str, manners: tuple[Manner, ...]
) -> None:
    path = tmp_path / "a.xlsx"
    disclosure = render_file(slug, path, manners=manners)
    reading = read_document(path, load_vocabulary())
    assert reading.identity.missing() == []
    assert (reading.identity.agency_name, reading.identity.fiscal_year) == (
        disclosure.agency_name,
        disclosure.fiscal_year,
    )
    assert [table.kind for table in reading.tables] == [t.kind for t in disclosure.tables]
    for table, printed in zip(reading.tables, disclosure.tables, strict=True):
        found = Counter(
            squeeze(cell.text)
            for row in table.labelled.rows
            for column, cell in row.amounts
            if column.role == "amount" and is_amount(cell.text)
        )
        fields = [column.field for column in printed.columns if column.role == "amount"]
        wanted = Counter(
            text for row in printed.rows for field in fields if (text := row.cells[field])
        )
        assert Counter(text.replace(",", "") for text in found.elements()) == wanted
        assert table.unit == printed.unit
    assert [balance.left_over for balance in reading.balances] == [()]


def test_an_old_workbook_is_read_like_a_new_one(tmp_path: Path) -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("表")
    sheet.write_merge(0, 0, 0, 4, TITLE)
    sheet.write(1, 4, UNIT)
    for at, values in enumerate((HEADER, *ROWS), start=2):
        for column, value in enumerate(values):
            code = "#,##0.00" if at > 2 and column > 1 else "General"
            style = xlwt.easyxf("borders: left thin, top thin", num_format_str=code)
            sheet.write(at, column, value, style)
    hidden = book.add_sheet("底稿")
    hidden.write(0, 0, 12.5)
    hidden.visibility = 1
    path = tmp_path / "named.xlsx"  # what it is, its bytes say
    book.save(str(path))
    [page] = read_workbook(path)
    assert texts(page) == [
        TITLE,
        UNIT,
        [
            list(HEADER),
            ["2010301", "行政运行", "1,200.50", "1,200.50", ""],
            ["2010302", "一般行政管理事务", "300.00", "", "300.00"],
            ["合计", "", "1,500.50", "1,200.50", "300.00"],
        ],
    ]
    assert [notice.reason for notice in page.notices] == ["hidden_part"]


def test_a_new_workbook_under_an_old_name_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.xls"
    budget().save(path)
    [page] = read_workbook(path)
    assert SHOWN in texts(page)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty_file"),
        (b"PK\x03\x04 and nothing more", "broken_file"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "broken_file"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "password_protected",
        ),
        (b"<html><table><tr><td>1</td></tr></table></html>", "not_a_workbook"),
        (b"\x89PNG\r\n\x1a\n", "not_a_workbook"),
    ],
)
def test_what_is_no_workbook_is_refused_in_one_line(
    tmp_path: Path, content: bytes, reason: str
) -> None:
    path = tmp_path / "a.xls"
    path.write_bytes(content)
    with pytest.raises(DocumentError) as raised:
        list(read_workbook(path))
    assert raised.value.reason == reason
    assert "\n" not in str(raised.value)


def test_a_web_page_under_the_name_of_a_workbook_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.xls"
    path.write_bytes("<table><tr><td>收入</td><td>1.00</td></tr></table>".encode("gb18030"))
    (page,) = read_pages(path)
    (grid,) = page.grids()
    assert [cell.text for cell in grid.cells] == ["收入", "1.00"]


def _repack(source: Path, target: Path, name: str, content: bytes) -> None:
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            new.writestr(part, content if part == name else old.read(part))


@pytest.mark.parametrize(
    ("part", "content", "reason"),
    [
        ("xl/styles.xml", b" " * (65 << 20), "too_large"),
        ("xl/worksheets/sheet1.xml", b"<worksheet><sheetData><row>", "broken_file"),
        ("xl/workbook.xml", b"<!DOCTYPE a [<!ENTITY b 'c'>]><workbook/>", "broken_file"),
        (
            "xl/worksheets/sheet1.xml",
            b"<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/hostname'>]><worksheet>&b;</worksheet>",
            "broken_file",
        ),
    ],
)
def test_a_broken_or_swollen_part_is_refused(
    tmp_path: Path, part: str, content: bytes, reason: str
) -> None:
    budget().save(tmp_path / "good.xlsx")
    _repack(tmp_path / "good.xlsx", tmp_path / "bad.xlsx", part, content)
    with pytest.raises(DocumentError) as raised:
        list(read_workbook(tmp_path / "bad.xlsx"))
    assert raised.value.reason == reason


def test_a_workbook_without_text_says_so(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match="no_text: 1 sheet"):
        read(Workbook(), tmp_path)
