"""A disclosure in several files of one folder is one disclosure, and nothing is counted twice."""

from __future__ import annotations

import shutil
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path

import duckdb
import pytest

import typeset
from tests.build.conftest import PROJECT, query, run_build
from tests.golden_facts import FACTS, Key, golden_facts, published_facts
from typeset.files import write_file
from typeset.model import Disclosure, load_disclosure
from typeset.perturb import perturb
from typeset.text import register_fonts

WEIFANG = "weifang-data-bureau-2023-budget"
PARTS = (".xlsx", ".xls", ".html", ".docx")
WHOLE = (".xlsx", ".docx", ".html", ".pdf")
ORPHAN = "07-three-public"


@dataclass(frozen=True)
class Proof:
    """A published warehouse, what the folders hold, and where the documents are."""

    warehouse: Path
    documents: Path
    parted: Disclosure
    copied: Disclosure
    twice: Disclosure


@pytest.fixture(scope="module")
def proof(tmp_path_factory: pytest.TempPathFactory) -> Proof:
    """Build a disclosure in parts, one in four formats, and tables that nobody can be sure of."""
    register_fonts()
    root = tmp_path_factory.mktemp("文件夹")
    documents = root / "documents"
    for name in ("parted", "copied", "twice", "two", "other year", "named"):
        (documents / name).mkdir(parents=True)
    (documents / "parted" / "附件").mkdir()
    parted = perturb(load_disclosure(WEIFANG), 11)
    keys = [table.key for table in parted.tables]
    write_file(parted, documents / "parted" / "说明.docx", tables=keys[:2])
    for number, key in enumerate(keys[2:]):
        out = documents / "parted" / f"{number}{PARTS[number % len(PARTS)]}"
        write_file(parted, out, front=False, tables=[key])
    shutil.copy(PROJECT / "corpus" / f"{WEIFANG}.pdf", documents / "copied" / "全文.pdf")
    copied = load_disclosure(WEIFANG)
    write_file(copied, documents / "copied" / "全文.docx")
    write_file(copied, documents / "copied" / "全文.html")
    write_file(_misprinted(copied), documents / "copied" / "全文.xlsx")
    # its figures are made up, and contradict each other everywhere
    twice = perturb(copied, 41)
    for name in ("一.docx", "二.xlsx"):
        write_file(twice, documents / "twice" / name)
    for number in (21, 22):
        write_file(perturb(copied, number), documents / "two" / f"{number}.docx")
    one, other = perturb(copied, 23), perturb(copied, 24)
    write_file(one, documents / "other year" / "一.docx")
    write_file(other, documents / "named" / "二.xlsx")
    for disclosure, place in (
        (perturb(copied, 31), "two/三公.xlsx"),
        (_with_year(perturb(copied, 32), one.fiscal_year + 1), "other year/三公.xlsx"),
        (perturb(copied, 33), f"named/{other.fiscal_year + 1}年三公.xlsx"),
        (perturb(copied, 34), "三公.xlsx"),
        (perturb(copied, 35), "copied/三公.xlsx"),
        (perturb(copied, 36), "parted/附件/三公.xlsx"),
    ):
        write_file(disclosure, documents / place, front=False, tables=[ORPHAN])
    warehouse = root / "warehouse.duckdb"
    done = run_build(documents, warehouse)
    assert done.returncode == 3, done.stderr + done.stdout
    return Proof(warehouse, documents, parted, copied, twice)


def _misprinted(disclosure: Disclosure) -> Disclosure:
    """The disclosure with another figure in one cell of the table of 三公."""
    [table] = [table for table in disclosure.tables if table.key == ORPHAN]
    [row] = table.rows
    field = next(c.field for c in table.columns if c.is_amount and row.cells[c.field] == "2.20")
    wrong = replace(table, rows=(replace(row, cells={**row.cells, field: "2.30"}),))
    tables = tuple(wrong if each is table else each for each in disclosure.tables)
    return replace(disclosure, tables=tables)


def _with_year(disclosure: Disclosure, year: int) -> Disclosure:
    """The disclosure with a year in the titles of its tables."""
    tables = tuple(replace(t, title=f"{year}年部门预算{t.title}") for t in disclosure.tables)
    return replace(disclosure, fiscal_year=year, tables=tables)


def _current(warehouse: Path, fact: str, disclosure: Disclosure) -> Counter[Key]:
    query_of = FACTS[fact].query.replace(
        "document_id = ?",
        "is_current and disclosure_id = (select disclosure_id from core.dim_disclosure"
        " where agency_name = ? and fiscal_year = ?)",
    )
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        names = [disclosure.agency_name, disclosure.fiscal_year]
        return published_facts(connection.execute(query_of, names).fetchall())


@pytest.mark.parametrize("fact", FACTS)
def test_the_parts_are_one_disclosure(proof: Proof, fact: str) -> None:
    wanted = golden_facts(typeset.golden(proof.parted), fact)
    assert _current(proof.warehouse, fact, proof.parted) == wanted


def test_who_says_whose_the_parts_are_is_kept(proof: Proof) -> None:
    rows = query(
        proof.warehouse,
        "select identity_reading, count(*) from core.dim_document"
        f" where agency_name = '{proof.parted.agency_name}'"
        f" and fiscal_year = {proof.parted.fiscal_year} group by all order by all",
    )
    assert rows == [("folder", len(proof.parted.tables) - 2), ("printed", 1)]
    said = query(
        proof.warehouse,
        "select distinct folder, said_by, inherited_value from audit.folder_identity"
        " where field = 'agency_name'",
    )
    assert said == [("parted", ["parted/说明.docx"], proof.parted.agency_name)]


def test_four_copies_are_counted_once(proof: Proof) -> None:
    [(totals, documents)] = query(
        proof.warehouse,
        "select count(*) filter (where is_current), count(distinct document_id)"
        " from core.fct_expenditure_function where table_kind = 'summary' and level = 'total'"
        " and component = 'total' and disclosure_id = (select disclosure_id from"
        f" core.dim_disclosure where agency_name = '{proof.copied.agency_name}')",
    )
    assert (totals, documents) == (1, len(WHOLE))


def test_a_figure_that_differs_is_a_finding_with_both_prints(proof: Proof) -> None:
    rows = query(
        proof.warehouse,
        "select finding.left_printed, finding.right_printed, list(place.printed order by"
        " place.side) filter (where place.cell_id is not null)"
        " from audit.finding as finding"
        " inner join audit.finding_place as place on finding.finding_id = place.finding_id"
        " where finding.kind = 'late_correction' group by all",
    )
    assert rows == [("全文.xlsx", "全文.pdf", ["2.30", "2.20"])]
    same = query(
        proof.warehouse,
        "select left_printed from audit.finding where kind = 'duplicate_document' order by all",
    )
    assert same == [("二.xlsx",), ("全文.docx",), ("全文.html",)]


def test_what_two_formats_print_alike_is_one_finding(proof: Proof) -> None:
    found = query(
        proof.warehouse,
        "select list_sort(list(distinct document.file_name) filter (not place.is_copy)),"
        " list_sort(list(distinct document.file_name) filter (place.is_copy)), finding.description"
        " from audit.finding as finding"
        " inner join audit.finding_place as place on finding.finding_id = place.finding_id"
        " inner join core.dim_document as document on place.document_id = document.document_id"
        f" where document.agency_name = '{proof.twice.agency_name}'"
        " and finding.kind <> 'duplicate_document'"
        " group by finding.finding_id, finding.description",
    )
    assert len(found) > 5
    assert {(*first, *copies) for first, copies, _ in found} in (
        {("一.docx", "二.xlsx")},
        {("二.xlsx", "一.docx")},
    )
    [[_, [copy], _], *_] = found
    assert all(f"其他文件也这样印：{copy}。" in said for _, _, said in found)


def test_what_one_copy_alone_misprints_is_its_own_finding(proof: Proof) -> None:
    found = query(
        proof.warehouse,
        "select document.file_name, finding.description like '%其他文件%' from audit.finding"
        " as finding inner join core.dim_document as document"
        " on finding.document_id = document.document_id"
        " where finding.kind = 'source_contradiction'"
        f" and document.agency_name = '{proof.copied.agency_name}'"
        f" and document.fiscal_year = {proof.copied.fiscal_year}",
    )
    assert found == [("全文.xlsx", False)]


@pytest.mark.parametrize(
    "place",
    [
        "two/三公.xlsx",
        "other year/三公.xlsx",
        "named/{}年三公.xlsx",
        "三公.xlsx",
        "copied/三公.xlsx",
        "parted/附件/三公.xlsx",
    ],
)
def test_what_is_not_certain_stays_in_quarantine(proof: Proof, place: str) -> None:
    [path] = proof.documents.glob(place.format("*"))
    [(reason, disclosure_id)] = query(
        proof.warehouse,
        "select quarantine.reason, document.disclosure_id from audit.quarantine as quarantine"
        " inner join core.dim_document as document using (document_id)"
        " inner join raw.source as source using (document_id)"
        f" where source.file_path = '{path.relative_to(proof.documents).as_posix()}'",
    )
    assert (reason, disclosure_id) == ("identity_uncertain", None)
