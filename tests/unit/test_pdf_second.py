"""The second reader confirms what both read, and puts in doubt what only one of them reads."""

from dataclasses import replace
from pathlib import Path

from extract.page import Grid, Page
from extract.pdf.second import confirm_pages
from tests.unit.pdf_drawing import Sheet, read_drawn

ROWS = (
    ("行政运行", "1,200.50", "88.10"),
    ("机关服务", "44.05", "44.05"),
    ("事业运行", "44.05", "44.05"),
)


def _draw(sheet: Sheet) -> None:
    sheet.ruled((40, 200, 400, 560), (50, 70, 90, 110))
    for number, (name, first, second) in enumerate(ROWS):
        sheet.text(44, 64 + 20 * number, name)
        sheet.right(396, 64 + 20 * number, first)
        sheet.right(556, 64 + 20 * number, second)


def _misread(page: Page, row: int, text: str) -> Page:
    (grid,) = page.grids()
    cells = tuple(
        replace(cell, lines=(text,)) if (cell.row, cell.column) == (row, 1) else cell
        for cell in grid.cells
    )
    return replace(page, items=(replace(grid, cells=cells),))


def _doubts(page: Page) -> list[tuple[int, str]]:
    return [
        (cell.row, cell.text)
        for item in page.items
        if isinstance(item, Grid)
        for cell in item.cells
        if cell.doubt == "readers_differ"
    ]


def test_where_both_read_the_same_the_print_stands(tmp_path: Path) -> None:
    page = read_drawn(tmp_path / "a.pdf", _draw)

    (again,) = confirm_pages(tmp_path / "a.pdf", [page], {1})

    assert (again.second_reader, _doubts(again)) == ("agrees", [])


def test_a_row_that_only_the_first_reads_so_is_in_doubt(tmp_path: Path) -> None:
    page = _misread(read_drawn(tmp_path / "a.pdf", _draw), 0, "200.50")

    (again,) = confirm_pages(tmp_path / "a.pdf", [page], {1})

    assert again.second_reader == "differs"
    assert _doubts(again) == [(0, "200.50"), (0, "88.10")]


def test_a_row_read_once_too_often_is_in_doubt(tmp_path: Path) -> None:
    page = _misread(read_drawn(tmp_path / "a.pdf", _draw), 0, "44.05")
    (grid,) = page.grids()
    cells = tuple(
        replace(cell, lines=("44.05",)) if (cell.row, cell.column) == (0, 2) else cell
        for cell in grid.cells
    )
    page = replace(page, items=(replace(grid, cells=cells),))

    (again,) = confirm_pages(tmp_path / "a.pdf", [page], {1})

    assert {row for row, _ in _doubts(again)} == {2}


def test_other_pages_are_not_read_again(tmp_path: Path) -> None:
    page = _misread(read_drawn(tmp_path / "a.pdf", _draw), 0, "200.50")

    assert confirm_pages(tmp_path / "a.pdf", [page], set()) == (page,)


def test_a_file_that_the_second_reader_cannot_open_gives_no_opinion(tmp_path: Path) -> None:
    page = read_drawn(tmp_path / "a.pdf", _draw)
    (tmp_path / "b.pdf").write_bytes(b"%PDF-1.4 broken")

    assert confirm_pages(tmp_path / "b.pdf", [page], {1}) == (page,)
