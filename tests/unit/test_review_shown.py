"""What review pages show of one place: text, marks, cut-outs, lines, tables, words."""

import csv
import doctest
import importlib
from decimal import Decimal
from pathlib import Path

import pytest
from jinja2 import Environment
from markupsafe import Markup

from extract.personal import MARK
from gongkai.settling import Outcome
from review.as_read import anchor, table_html
from review.excerpt import Marked, Printed, excerpt
from review.marks import Rectangle, cut_out, mark, rectangle, words_within
from review.masks import hidden_words
from review.rows import Cell
from review.visible import amount, one_line, visible
from review.words import all_words, both, find_words, name, say

PROJECT = Path(__file__).resolve().parent.parent.parent
REVIEW = PROJECT / "review"


@pytest.mark.parametrize("module", ["as_read", "masks", "visible"])
def test_examples_hold(module: str) -> None:
    failed, tried = doctest.testmod(importlib.import_module(f"review.{module}"))
    assert (failed, tried > 0) == (0, True)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[2J", "␛[2J"),
        ("\x07\x08\x7f", "␇␈␡"),
        ("\x9b31m", "[U+009B]31m"),
        ("1\u202e2", "1[U+202E]2"),
        ("\u2066a\u2069", "[U+2066]a[U+2069]"),
        ("零\u200b宽", "零[U+200B]宽"),
        ("一行\n二行\t三", "一行\n二行\t三"),
        ("=1+2 <script>", "=1+2 <script>"),
    ],
)
def test_what_would_act_is_seen(text: str, shown: str) -> None:
    assert visible(text) == shown


def test_one_line_has_no_breaks() -> None:
    assert one_line("a\r\nb\u2028c") == "a b c"


def test_amounts_have_separators_and_two_decimals() -> None:
    assert [amount(value) for value in (Decimal("0"), Decimal("1234567.891"), None)] == [
        "0.00",
        "1,234,567.89",
        "",
    ]


def test_a_mark_lies_around_its_cell_and_stays_on_the_page() -> None:
    assert mark(rectangle(100, 50, 160, 62), 600, 400) == Rectangle(99, 49, 62, 14)
    assert mark(rectangle(0, 0, 600, 400), 600, 400) == Rectangle(0, 0, 600, 400)
    assert rectangle(160, 62, 100, 50) == rectangle(100, 50, 160, 62)


@pytest.mark.parametrize(
    "cell", [rectangle(5, 5, 30, 15), rectangle(570, 390, 600, 400), rectangle(300, 200, 360, 212)]
)
def test_a_cut_out_holds_its_cell_and_stays_on_the_page(cell: Rectangle) -> None:
    cut = cut_out(cell, 600, 400)
    assert cut.x <= cell.x
    assert cut.y <= cell.y
    assert cut.x + cut.width >= cell.x + cell.width
    assert cut.y + cut.height >= cell.y + cell.height
    assert cut.x >= 0
    assert cut.y >= 0
    assert cut.x + cut.width <= 600
    assert cut.y + cut.height <= 400
    assert cut.width <= 400


def test_a_cut_out_of_a_huge_cell_shows_its_end() -> None:
    cut = cut_out(rectangle(0, 0, 600, 400), 600, 400)
    assert (cut.x + cut.width, cut.y + cut.height) == (600, 400)
    assert cut.width < 600
    assert cut.height < 400


def test_words_of_a_line_are_found_by_their_share_of_it() -> None:
    line = rectangle(0, 10, 100, 20)
    assert words_within(line, "支出88万元。", "88万元") == Rectangle(
        pytest.approx(100 * 4 / 12), 10, pytest.approx(100 * 6 / 12), 10
    )
    assert words_within(line, "支出", "88") == line
    assert words_within(line, "支出", "") == line


def test_hidden_words_are_what_the_mark_stands_for() -> None:
    assert hidden_words("联系人 : 某某 电话 12345678", f"联系人 : {MARK} 电话 {MARK}") == [
        "某某",
        "12345678",
    ]
    assert hidden_words("别的", f"联系人{MARK}") == []


def printed_lines() -> list[Printed]:
    return [
        Printed(f"d:t1:r{number}:c{column}", number, column, f"{number}/{column}")
        for number in range(30)
        for column in (1, 2)
    ]


def test_cells_stand_in_their_columns_under_the_head_of_their_table() -> None:
    cells = [
        Printed(f"d:t1:r{row}:c{column}", row, column, f"{row}/{column}", "d:t1", 1)
        for row in range(30)
        for column in (0, 2)
    ]
    line = Printed("d:l1", 30, 0.0, "注：无")
    shown = excerpt([*cells, line], [Marked("d:t1:r20:c2", "left")])
    assert [row.number for row in shown] == [1, 2, 3, 0, *range(17, 26)]
    assert shown[0].columns == ((0, 1), (1, 1))
    assert excerpt([line], [Marked("d:l1", "left")])[0].columns == ()


def test_an_excerpt_has_the_lines_around_its_marks() -> None:
    marked = [Marked("d:t1:r10:c2", "left"), Marked("d:t1:r25:c1", "right")]
    lines = excerpt(list(reversed(printed_lines())), marked)
    assert [line.number for line in lines] == [*range(7, 16), 0, *range(22, 31)]
    (row,) = [line for line in lines if line.number == 11]
    assert [[(piece.text, piece.side) for piece in cell] for cell in row.cells] == [
        [("10/1", "")],
        [("10/2", "left")],
    ]


def test_words_within_a_line_are_marked_alone() -> None:
    line = Printed("d:l1", 0, 0.0, "项目支出88.08万元，主要用于")
    (shown,) = excerpt([line], [Marked("d:l1", "left", "88.08万元")])
    assert [(piece.text, piece.side) for piece in shown.cells[0]] == [
        ("项目支出", ""),
        ("88.08万元", "left"),
        ("，主要用于", ""),
    ]
    (whole,) = excerpt([line], [Marked("d:l1", "left", "99万元")])
    assert [piece.side for piece in whole.cells[0]] == ["left"]


def cell(row_no: int, column_no: int, text: str, **other: object) -> Cell:
    given: dict[str, object] = {
        "document_id": "d",
        "cell_id": f"d:t1:r{row_no}:c{column_no}",
        "table_id": "d:t1",
        "row_no": row_no,
        "column_no": column_no,
        "row_span": 1,
        "column_span": 1,
        "text": text,
        "role": "amount",
        "reading": "printed",
        "quarantine_reason": None,
    }
    return Cell(**{**given, **other})  # type: ignore[arg-type]


def test_a_table_keeps_its_columns_below_each_other() -> None:
    html = table_html(
        [
            cell(1, 1, "合计", row_span=2, role="name"),
            cell(1, 2, "1", column_span=2),
            cell(2, 3, "2"),
            cell(3, 1, "3"),
        ],
        {"d:t1:r2:c3": "f" * 32},
    )
    rows = html.split("<tr>")[1:]
    # the second row has an empty place below the wide cell, the third two
    assert [row.count("<td") for row in rows] == [2, 2, 3]
    assert "rowspan=2" in rows[0]
    assert "colspan=2" in rows[0]
    assert f'<a href="../findings/{"f" * 32}.html">2</a>' in rows[1]


def test_a_table_shows_hostile_text_as_text() -> None:
    html = table_html(
        [cell(1, 1, "<script>alert(1)</script>\u202e\x1b", quarantine_reason='"><b>')], {}
    )
    assert "<script" not in html
    assert "<b>" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;[U+202E]␛" in html


def test_an_anchor_names_a_cell_within_its_document() -> None:
    assert anchor("abc:t1:r2:c3") == "t1-r2-c3"


def test_both_languages_are_escaped() -> None:
    assert both("<b>", "&") == Markup(
        '<span class="zh" lang="zh-CN">&lt;b&gt;</span><span class="en" lang="en">&amp;</span>'
    )
    assert both("<b>", "<b>") == Markup("&lt;b&gt;")
    assert name("kind", "<unheard>") == Markup("&lt;unheard&gt;")


def test_every_word_of_a_template_is_there_in_both_languages() -> None:
    environment = Environment(autoescape=True)
    said = {
        call.args[0].value
        for template in sorted((REVIEW / "templates").glob("*.html"))
        for call in environment.parse(template.read_text(encoding="utf-8")).find_all(_call_type())
        if getattr(call.node, "name", "") in ("say", "label", "label_en")
        and hasattr(call.args[0], "value")
    }
    assert len(said) > 50
    assert {word for word in said if not str(say(word))} == set()
    assert {word for word in said if not all_words()["page", word].en} == set()


def _call_type() -> type:
    from jinja2 import nodes

    return nodes.Call


@pytest.mark.parametrize(
    ("domain", "file", "column"),
    [("table_kind", "vocabulary/table_kind.csv", 0)],
)
def test_words_of_closed_lists_are_in_both_languages(domain: str, file: str, column: int) -> None:
    with (PROJECT / "seeds" / file).open(encoding="utf-8", newline="") as rows:
        words = [row[column] for row in list(csv.reader(rows))[1:]]
    assert [word for word in words if find_words(domain, word).zh == word] == []


def test_reasons_of_quarantine_are_in_both_languages() -> None:
    page = (PROJECT / "docs" / "quarantine.md").read_text(encoding="utf-8")
    reasons = [line.split("`")[1] for line in page.splitlines() if line.startswith("| `")]
    assert len(reasons) > 20
    lacking = [word for word in reasons if find_words("reason", word).zh == word]
    assert lacking == [], "add them to review/words.csv"


def test_what_becomes_of_decisions_is_in_both_languages() -> None:
    lacking = [one.value for one in Outcome if find_words("decision_reason", one).zh == one]
    assert lacking == [], "add them to seeds/marts/word_label.csv"


def test_kinds_of_findings_are_in_both_languages() -> None:
    page = (PROJECT / "models" / "audit" / "finding.yml").read_text(encoding="utf-8")
    kinds = page.split("- name: kind")[1].split("- name: severity")[0]
    words = [line.strip("- \n") for line in kinds.splitlines() if line.startswith(" " * 18)]
    assert len(words) > 5
    lacking = [word for word in words if find_words("kind", word).zh == word]
    assert lacking == [], "add them to review/words.csv"
