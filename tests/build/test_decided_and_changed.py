"""A story of three publications: what people decide, and what changes from one to the next."""

import hashlib
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pytest

from tests.build.conftest import query, run_build
from tests.unit.test_landing import CITY

AGENCY = f"{CITY}财政局"
REGION = "130100"
HEAD = "content_hash,what,place,value,who,why"


def text(title: str, basic: str = "5.25", total: str = "9.50", item: str | None = None) -> str:
    rows = "".join(
        f"{code}\t{name}\t{item if item and code == '2050101' else total}\t{basic}\t4.25\n"
        for code, name in (
            ("", "合计"),
            ("205", "教育支出"),
            ("20501", "教育管理事务"),
            ("2050101", "行政运行"),
        )
    )
    return (
        f"{title}\n\n部门支出总表\n单位：万元\n科目编码\t科目名称\t合计\t基本支出\t项目支出\n{rows}"
    )


def document_id(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:32]


@dataclass(frozen=True)
class Published:
    """One publication of the story, kept aside under a name of its own."""

    warehouse: Path
    output: str
    status: int

    def ask(self, sql: str) -> list[tuple[object, ...]]:
        return query(self.warehouse, sql)

    def line(self, beginning: str) -> str:
        (line,) = [line for line in self.output.splitlines() if line.startswith(beginning)]
        return line


@dataclass(frozen=True)
class Story:
    """Three publications of one warehouse, and what its documents were called."""

    documents: Path
    warehouse: Path
    first: Published
    second: Published
    third: Published
    ids: dict[str, str]


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Story:
    """Publish three documents; decide on two of them; then change, add and remove some."""
    root = tmp_path_factory.mktemp("story")
    documents, warehouse = root / "文件", root / "w.duckdb"
    (documents / "deep").mkdir(parents=True)
    kept = {"a": documents / "a.txt", "b": documents / "deep" / "b.txt", "c": documents / "c.txt"}
    kept["a"].write_text(text(f"{AGENCY}2031年部门预算"), encoding="utf-8")
    # neither agency nor year are certain
    kept["b"].write_text(text("财政局部门预算"), encoding="utf-8")
    kept["c"].write_text(text(f"{AGENCY}2032年部门预算", item="△9.50"), encoding="utf-8")
    ids = {name: document_id(path) for name, path in kept.items()}

    def publish(name: str) -> Published:
        result = run_build(documents, warehouse)
        assert result.returncode in (0, 3), result.stdout + result.stderr
        copy = root / f"{name}.duckdb"
        shutil.copy(warehouse, copy)
        return Published(copy, result.stdout, result.returncode)

    first = publish("first")
    write_decisions(
        documents / "deep" / "decisions.csv",
        f"{ids['b']},agency_name,,{AGENCY},王敏,<script>alert(1)</script>",
        f"{ids['b']},region_code,,{REGION},王敏,封面",
        f"{ids['b']},fiscal_year,,2033,王敏,封面",
        f'{ids["c"]},cell,{ids["c"]}:t1:r5:c3,"9.50",李强,"=1+1"',
        f"{ids['a']},cell,{ids['a']}:t1:r5:c4,5.26,李强,原件模糊",
        f"{ids['a']},cell,{ids['a']}:t7:r1:c1,1,李强,表号有误",
    )
    (documents / "sources.csv").write_text(
        "path,source_url,published_on\ndeep/b.txt,https://example.gov.cn/b,2033-02-11\n"
        "gone.pdf,https://example.gov.cn/gone,\n",
        encoding="utf-8",
    )
    second = publish("second")
    kept["a"].unlink()
    kept["c"].write_text(text(f"{AGENCY}2032年部门预算", "5.35", "9.60"), encoding="utf-8")
    (documents / "d.txt").write_text(text(f"{AGENCY}2034年部门预算"), encoding="utf-8")
    ids |= {"c corrected": document_id(kept["c"]), "d": document_id(documents / "d.txt")}
    third = publish("third")
    return Story(documents, warehouse, first, second, third, ids)


def write_decisions(path: Path, *lines: str) -> None:
    path.write_text("\n".join((HEAD, *lines)) + "\n", encoding="utf-8")


def facts(published: Published, document: str) -> list[tuple[object, ...]]:
    return published.ask(
        "select amount_printed, amount_yuan, reading from core.fct_expenditure_function"
        f" where document_id = '{document}' order by cell_id"
    )


def test_a_first_publication_has_no_changes(story: Story) -> None:
    assert story.first.ask("select count(*) from audit.change") == [(0,)]
    assert "first publication: nothing to compare with" in story.first.output
    assert story.first.ask("select count(*) from audit.decision") == [(0,)]
    assert "decisions:" not in story.first.output
    assert facts(story.first, story.ids["b"]) == []
    assert story.first.status == 3


def test_a_decision_on_the_identity_releases_the_document(story: Story) -> None:
    released = facts(story.second, story.ids["b"])
    assert len(released) == 12
    assert {reading for _, _, reading in released} == {"printed"}
    assert story.second.ask(
        "select agency_name, region_code, fiscal_year, identity_reading from core.dim_document"
        f" where document_id = '{story.ids['b']}' and disclosure_id is not null"
    ) == [(AGENCY, REGION, 2033, "confirmed")]
    assert story.second.ask("select count(*) from audit.quarantine") == [(0,)]
    assert story.second.status == 0


def test_a_decision_on_a_cell_is_a_fact_with_its_print(story: Story) -> None:
    was, now = (facts(published, story.ids["c"]) for published in (story.first, story.second))
    assert len(was) == 11
    (decided,) = [fact for fact in now if fact not in was]
    assert [str(value) for value in decided] == ["△9.50", "95000.00", "confirmed"]
    assert ("5.25", "52600.00", "confirmed") in [
        tuple(str(value) for value in fact) for fact in facts(story.second, story.ids["a"])
    ]
    assert story.second.ask(
        "select printed, method, evidence from audit.cell_resolution order by printed"
    ) == [
        ("5.25", "decision of a person", "李强：原件模糊"),
        ("△9.50", "decision of a person", "李强：=1+1"),
    ]


def test_only_the_document_whose_identity_needs_it_is_read_again(story: Story) -> None:
    assert story.second.line("published ").endswith(
        "3 documents, 1 read, 2 reused; nothing in quarantine"
    )


def test_every_decision_is_in_the_audit(story: Story) -> None:
    rows = story.second.ask(
        "select line_number, what, read_value, decided_value, applied, reason, gives_fact"
        " from audit.decision order by line_number"
    )
    assert rows == [
        (2, "agency_name", None, AGENCY, True, "settled", None),
        (3, "region_code", None, REGION, True, "settled", None),
        (4, "fiscal_year", None, "2033", True, "settled", None),
        (5, "cell", None, "9.50", True, "settled", True),
        (6, "cell", "5.25", "5.26", True, "overruled", True),
        (7, "cell", None, "1", False, "cell_gone", False),
    ]
    assert story.second.ask("select why from audit.decision where line_number = 2") == [
        ("<script>alert(1)</script>",)
    ]
    line = story.second.line("decisions: ")
    assert line.startswith("decisions: 5 applied, 1 do not fit: deep/decisions.csv line 7 (cell")


def test_a_decision_that_does_not_fit_a_held_document_is_a_finding(story: Story) -> None:
    finding = "select document_id from audit.finding where kind = 'decision_unfit'"
    assert story.second.ask(finding) == [(story.ids["a"],)]
    # its document is gone by now; the content of c is another
    assert story.third.ask(finding) == [(story.ids["c corrected"],)]
    assert story.third.ask(
        "select line_number, reason, document_id, file_path, printed from audit.decision"
        " where not applied order by line_number"
    ) == [
        (5, "content_changed", story.ids["c corrected"], "c.txt", "△9.50"),
        (6, "document_gone", None, "a.txt", "5.25"),
        (7, "document_gone", None, "a.txt", None),
    ]


def test_origins_are_published(story: Story) -> None:
    assert [
        tuple(str(value) for value in row)
        for row in story.second.ask(
            "select file_name, source_url, published_on from core.dim_document"
            " where source_url is not null or published_on is not null"
        )
    ] == [("b.txt", "https://example.gov.cn/b", "2033-02-11")]
    assert story.second.line("fits no document: ").endswith("sources.csv line 3")


def changes(published: Published) -> list[tuple[object, ...]]:
    return published.ask(
        "select subject, kind, reason, file_path, table_kind, sum(figures), count(*)"
        " from audit.change group by all order by all"
    )


def test_what_a_decision_changes_has_that_reason(story: Story) -> None:
    assert changes(story.second) == [
        ("document", "changed", "decision", "deep/b.txt", None, 0, 1),
        ("figure", "changed", "decision", "a.txt", "expenditure", 1, 1),
        ("table", "added", "decision", "c.txt", "expenditure", 1, 1),
        ("table", "added", "decision", "deep/b.txt", "expenditure", 12, 1),
    ]
    since = story.first.ask("select publication_id from meta.publication")[0][0]
    assert story.second.line("changed since ") == (
        f"changed since {since}: 0 documents new, 1 changed, 0 gone;"
        " 13 figures added, 1 changed, 0 gone"
    )


def test_documents_and_figures_that_change_have_their_reasons(story: Story) -> None:
    assert changes(story.third) == [
        ("document", "added", "new_document", "d.txt", None, 0, 1),
        ("document", "changed", "content_changed", "c.txt", None, 0, 1),
        ("document", "gone", "document_gone", "a.txt", None, 0, 1),
        ("figure", "changed", "content_changed", "c.txt", "expenditure", 8, 8),
        ("table", "added", "new_document", "d.txt", "expenditure", 12, 1),
        ("table", "gone", "document_gone", "a.txt", "expenditure", 12, 1),
    ]
    assert ": 1 document new, 1 changed, 1 gone; 12 figures added, 8 changed, 12 gone" in (
        story.third.line("changed since ")
    )


def test_a_changed_figure_has_both_amounts_and_both_cells(story: Story) -> None:
    rows = story.third.ask(
        "select row_label, column_label, previous_amount_yuan, amount_yuan, previous_cell_id,"
        " cell_id from audit.change where subject = 'figure' and row_label = '行政运行'"
        " order by column_label"
    )
    then, now = story.ids["c"], story.ids["c corrected"]
    assert [tuple(str(value) for value in row) for row in rows] == [
        ("行政运行", "合计", "95000.00", "96000.00", f"{then}:t1:r5:c3", f"{now}:t1:r5:c3"),
        ("行政运行", "基本支出", "52500.00", "53500.00", f"{then}:t1:r5:c4", f"{now}:t1:r5:c4"),
    ]


def test_the_figures_of_the_publication_before_are_not_kept(story: Story) -> None:
    tables = {name for (name,) in story.third.ask("select table_name from duckdb_tables()")}
    assert "change" in tables
    assert not tables & {"published_fact", "stg_published_fact", "int_facts_current"}


def refuse(story: Story, *words: str) -> None:
    before = story.warehouse.read_bytes()
    result = run_build(story.documents, story.warehouse)
    assert result.returncode == 1, result.stdout + result.stderr
    assert story.warehouse.read_bytes() == before
    (line,) = result.stderr.splitlines()
    for word in words:
        assert word in line


@pytest.mark.parametrize(
    ("name", "lines", "words"),
    [
        ("decisions.csv", (HEAD, "x,scope,,unit,a,b"), "deep/decisions.csv line 2: 'x' is no"),
        ("sources.csv", ("path,source_url", "b.txt,ftp://a.cn"), "deep/sources.csv line 2: 'ftp:"),
    ],
)
def test_a_line_that_cannot_be_followed_ends_the_build(
    story: Story, name: str, lines: Sequence[str], words: str
) -> None:
    path = story.documents / "deep" / name
    before = path.read_bytes() if path.exists() else None
    path.write_text("\n".join(lines), encoding="utf-8")
    try:
        refuse(story, words, "nothing was read or published")
    finally:
        path.unlink()
        if before is not None:
            path.write_bytes(before)


def test_a_document_with_fewer_figures_than_before_blocks_the_publication(story: Story) -> None:
    """The publication is given two figures more than its document has."""
    aside = story.warehouse.read_bytes()
    with duckdb.connect(str(story.warehouse)) as connection:
        connection.execute(
            "insert into raw.cell by name select * exclude (number)"
            " replace (cell_id || number as cell_id)"
            " from raw.cell, (values ('x'), ('y')) as more (number)"
            f" where cell_id = '{story.ids['d']}:t1:r5:c5'"
        )
    (story.documents / "e.txt").write_text(text(f"{AGENCY}2035年部门预算"), encoding="utf-8")
    try:
        refuse(story, "no_figure_is_lost", "d.txt", "had: 14, has: 12", "expenditure 14 -> 12")
    finally:
        (story.documents / "e.txt").unlink()
        story.warehouse.write_bytes(aside)
