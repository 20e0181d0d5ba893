"""Text files: encodings, pages, and what is no text at all; the examples in the docstrings."""

import doctest
import importlib
import pkgutil
from pathlib import Path

import pytest

import extract.plain
from extract.errors import DocumentError
from extract.page import Grid
from extract.plain.reader import decode, read_text

TABLE = "收入\t\t支出\t\n项目\t预算数\t项目\t预算数\n一、财政拨款收入\t5.00\t一、教育支出\t5.00\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_each_encoding_gives_the_same_text(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "some.txt"
    path.write_bytes(TABLE.encode(encoding))
    (page,) = read_text(path)
    (grid,) = page.grids()
    assert [cell.text for cell in grid.by_row()[-1]] == [
        "一、财政拨款收入",
        "5.00",
        "一、教育支出",
        "5.00",
    ]


def test_a_form_feed_begins_a_page(tmp_path: Path) -> None:
    path = tmp_path / "some.md"
    path.write_text("甲局2030年预算\f" + TABLE + "\f", encoding="utf-8")
    pages = list(read_text(path))
    assert [page.number for page in pages] == [1, 2]
    assert [len(list(page.grids())) for page in pages] == [0, 1]


@pytest.mark.parametrize("content", [b"", b" \r\n\t", b"\xef\xbb\xbf\n"])
def test_a_file_without_text_is_named_empty(content: bytes) -> None:
    with pytest.raises(DocumentError) as caught:
        decode(content)
    assert caught.value.reason == "empty_file"


@pytest.mark.parametrize("content", [bytes(range(256)) * 4, b"PK\x03\x04\x00\x00", b"\xff\xff\xff"])
def test_a_file_that_is_no_text_is_named_so(content: bytes) -> None:
    with pytest.raises(DocumentError) as caught:
        decode(content)
    assert caught.value.reason == "not_text"


def test_markdown_bars_are_cells_too(tmp_path: Path) -> None:
    path = tmp_path / "some.md"
    path.write_text(
        "| 科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出 |\n|---|---|---:|---:|---:|\n"
        "| 205 | 教育支出 | 7.00 | 3.00 | 4.00 |\n",
        encoding="utf-8",
    )
    (page,) = read_text(path)
    (grid,) = page.grids()
    assert isinstance(grid, Grid)
    assert [cell.text for cell in grid.by_row()[-1]] == ["205", "教育支出", "7.00", "3.00", "4.00"]


def test_the_examples_in_the_docstrings_hold() -> None:
    tried = 0
    for module in pkgutil.iter_modules(extract.plain.__path__, "extract.plain."):
        result = doctest.testmod(importlib.import_module(module.name))
        assert result.failed == 0, module.name
        tried += result.attempted
    assert tried > 10
