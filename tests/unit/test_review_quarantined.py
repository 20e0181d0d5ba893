"""What is in quarantine, in groups and in the words of the pages."""

import csv
import re
from dataclasses import replace
from pathlib import Path

import pytest

from extract.errors import DocumentError
from extract.pdf.reader import open_pdf
from review import quarantined
from review.quarantined import MOST_CASES, case_words, group_cases
from review.rows import Quarantined
from review.words import all_words

PROJECT = Path(__file__).resolve().parent.parent.parent
CASE = Quarantined(
    document_id="d",
    disclosure_id=None,
    file_name="a.pdf",
    table_kind=None,
    page_number=3,
    cell_id=None,
    reason="left_over",
    detail="figures in no cell: 12.00",
    table_id=None,
    table_title=None,
    row_no=None,
    column_no=None,
    row_label=None,
    column_label=None,
    printed=None,
)


def test_cases_of_one_document_kind_and_reason_are_one_group() -> None:
    cell = replace(CASE, cell_id="d:t1:r1:c1", reason="split_figure", table_kind="income")
    rows = [CASE, cell, replace(cell, document_id="e"), replace(CASE, page_number=4)]
    groups = group_cases(rows)
    assert [(group.first.document_id, group.first.reason, group.count) for group in groups] == [
        ("d", "left_over", 2),
        ("d", "split_figure", 1),
        ("e", "split_figure", 1),
    ]
    assert [case.page_number for case in groups[0].cases] == [3, 4]


def test_a_long_group_is_cut_on_the_page_of_all_and_whole_on_that_of_its_document() -> None:
    rows = [CASE] * (MOST_CASES + 5)
    [short], [whole] = group_cases(rows), group_cases(rows, every_one=True)
    assert (len(short.cases), short.more) == (MOST_CASES, 5)
    assert (len(whole.cases), whole.more) == (MOST_CASES + 5, 0)


@pytest.mark.parametrize(
    ("detail", "said"),
    [
        ("figures in no cell: 1 12.0", "不在任何单元格里的数字：1 12.0"),
        (
            "not certain: fiscal_year, scope; expected on the cover, in titles or labels",
            "不能确定：年度、口径；应印在封面、表题或标签上",
        ),
        ("page 2 of 9 cannot be loaded: Failed", "共 9 页中的第 2 页打不开：Failed"),
    ],
)
def test_a_case_is_said_in_both_languages(detail: str, said: str) -> None:
    shown = case_words(replace(CASE, detail=detail))
    assert f'<span class="zh" lang="zh-CN">{said}</span>' in shown
    assert detail in shown


def test_a_case_of_no_known_form_is_shown_as_it_is() -> None:
    assert case_words(replace(CASE, detail="KeyError: <b>")) == "KeyError: &lt;b&gt;"


@pytest.mark.parametrize("content", [b"", b"\x89PNG\r\n"])
def test_what_the_reader_refuses_has_its_chinese(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(content)
    with pytest.raises(DocumentError) as refused:
        open_pdf(path)
    assert "应为" in case_words(replace(CASE, detail=refused.value.detail))


def test_every_reason_of_the_list_has_a_name_and_a_meaning() -> None:
    page = (PROJECT / "docs" / "quarantine.md").read_text("utf-8")
    # files of a format without a reader are passed over by a build
    listed = set(re.findall(r"^\| `([a-z_]+)` \|", page, re.M)) - {"unknown_format"}
    assert len(listed) > 25
    for domain in ("reason", "reason_means"):
        assert listed <= {word for of, word in all_words() if of == domain}


def test_the_chinese_of_a_detail_uses_every_part_that_its_pattern_takes() -> None:
    path = Path(quarantined.__file__).with_name("details.csv")
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            groups = re.compile(row["pattern"]).groups
            used = {int(number) for number in re.findall(r"\{(\d)\}", row["zh"])}
            assert used == set(range(groups)), row
