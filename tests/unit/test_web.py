"""Web pages: broken markup, spans, styles, encodings; nothing is fetched or run."""

import base64

import pytest

from extract.errors import DocumentError
from extract.page import Grid, Line
from extract.web import encoding
from extract.web.encoding import decode_page, is_web_page
from extract.web.reader import read_markup

ROW = tuple[tuple[str, int, int], ...]


def read(markup: str) -> list[str | list[ROW]]:
    """Lines as they are, grids as rows of text, row span and column span."""
    found: list[str | list[ROW]] = []
    for item in read_markup(markup).items:
        if isinstance(item, Line):
            found.append(item.text)
        else:
            found.append(grid_rows(item))
    return found


def grid_rows(grid: Grid) -> list[ROW]:
    return [tuple((c.text, c.row_span, c.column_span) for c in row) for row in grid.by_row()]


def test_figures_that_nobody_sees_are_counted() -> None:
    page = read_markup(
        "<p>收入 1.00</p><div style='display:none'><table><tr><td>9,216.72</td><td>2023</td></tr>"
        "</table></div><p hidden>支出 12.50</p><script>var a = 12.50</script>"
    )
    [notice] = page.notices
    assert notice.reason == "hidden_part"
    assert notice.detail.startswith("texts that are not shown hold 2 figures")
    assert read_markup("<p>收入 1.00</p><p hidden>首页</p>").notices == ()


def test_tables_stand_in_order_with_their_spans_though_nothing_is_closed() -> None:
    markup = "<p>表一<table><tr><td rowspan=2>甲<td colspan=2>乙<tr><td>1.00<td>2.00</table>注：无"
    assert read(markup) == [
        "表一",
        [(("甲", 2, 1), ("乙", 1, 2)), (("1.00", 1, 1), ("2.00", 1, 1))],
        "注：无",
    ]


def test_a_table_that_arranges_others_is_taken_away() -> None:
    inner = "<table><tr><td>项目<td>金额<tr><td>甲<td>1.00</table>"
    assert read(f"<table><tr><td>导航<td>{inner}<p>版权</table>") == [
        "导航",
        [(("项目", 1, 1), ("金额", 1, 1)), (("甲", 1, 1), ("1.00", 1, 1))],
        "版权",
    ]


def test_a_small_table_in_a_cell_is_text_of_the_cell() -> None:
    inner = "<table><tr><td>一<td>二</table>"
    rows = "".join(f"<tr><td>{n}<td>x" for n in range(3))
    [grid] = read(f"<table><tr><td>目标<td>{inner}{rows}</table>")
    assert grid[0] == (("目标", 1, 1), ("一 二", 1, 1))


def test_a_figure_in_pieces_is_whole_and_a_raised_mark_is_no_digit_of_it() -> None:
    markup = "<table><tr><td>1,2<b>34</b>.50<td>5.00<sup>1</sup><td>m<sup>2</sup></table>"
    assert read(markup) == [[(("1,234.50", 1, 1), ("5.00[1]", 1, 1), ("m2", 1, 1))]]


def test_what_a_style_hides_is_not_read() -> None:
    markup = """<style>.x, p.y {DISPLAY:none !important} @media print {.z {display:none}}</style>
        <p class=x>甲<p class=y>乙<p class=z>丙<p hidden>丁<p style="visibility:hidden">戊
        <table><tr style="display:none"><td>0.01<td>0.02
        <tr><td style="visibility:hidden">1<td>2<td>3
        </table><script>document.write('己')</script>"""
    assert read(markup) == ["丙", [(("", 1, 1), ("2", 1, 1), ("3", 1, 1))]]


def test_words_that_a_style_sets_apart_are_apart() -> None:
    markup = """<style>.l{display:flex}</style>
        <div class=l><span>部门：甲</span><span>单位：元</span>
        </div><p>部门：乙<span style="float:right">单位：万元</span>"""
    assert read(markup) == ["部门：甲 单位：元", "部门：乙 单位：万元"]


def test_lines_of_a_cell_are_those_of_breaks_and_paragraphs() -> None:
    [item] = read_markup("<table><tr><td>甲<br>乙<p>丙<td>&#22269;&nbsp;库</table>").items
    assert isinstance(item, Grid)
    assert [cell.lines for cell in item.cells] == [("甲", "乙", "丙"), ("国 库",)]


@pytest.mark.parametrize("declared", ["utf-8", "gb2312", "iso-8859-1", ""])
@pytest.mark.parametrize("encoded", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_the_encoding_is_what_the_bytes_are(encoded: str, declared: str) -> None:
    text = f"<meta charset={declared}><p>部门预算收支总表 1,234.50 镕㐀</p>"
    assert decode_page(text.encode(encoded)) == text


def test_a_few_broken_bytes_do_not_lose_a_page() -> None:
    content = ("<p>" + "预算" * 2000).encode("gb18030") + b"\xff\xff<p>1.00"
    assert decode_page(content).startswith("<p>预算预算")
    with pytest.raises(DocumentError, match="not_text"):
        decode_page("<p>预算".encode("gb18030") + b"\xff\xff<p>1.00")


def test_the_page_of_a_saved_mail_is_read() -> None:
    page = base64.encodebytes("<p>部门决算</p>".encode("gbk")).decode()
    mail = (
        "MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b\r\n\r\n--b\r\n"
        "Content-Type: text/html; charset=gb2312\r\nContent-Transfer-Encoding: base64\r\n\r\n"
        f"{page}\r\n--b--\r\n"
    )
    assert is_web_page(mail.encode())
    assert decode_page(mail.encode()) == "<p>部门决算</p>"


def test_pages_beyond_the_limits_are_refused_in_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(encoding, "MOST_TAGS", 10)
    with pytest.raises(
        DocumentError, match=r"too_large: the page has 11 tags; at most 10 are read"
    ):
        decode_page(b"<p>" * 11)
    with pytest.raises(DocumentError, match="too_large: a table has"):
        read_markup("<table>" + "<tr>" * 3000 + "<td colspan=200>x" + "<tr><td>x" * 3000)


def test_pictures_inside_of_a_page_do_not_count(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(encoding, "MOST_BYTES", 1000)
    picture = "data:image/png;base64," + "QUJD" * 1000
    assert decode_page(f'<p>甲<img src="{picture}">'.encode()) == '<p>甲<img src="">'


@pytest.mark.parametrize("depth", [900, 5000])
def test_tags_left_open_lose_nothing_in_silence(depth: int) -> None:
    markup = "<font>" * depth + "<table><tr><td>1.00<td>2.00</table>"
    if depth < 2000:
        assert read(markup) == [[(("1.00", 1, 1), ("2.00", 1, 1))]]
    else:
        with pytest.raises(DocumentError, match="broken_file"):
            read_markup(markup)


def test_entities_of_a_file_of_its_own_stay_shut() -> None:
    markup = '<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd">]><p>甲&x;</p>'
    assert "root:" not in str(read(markup))
