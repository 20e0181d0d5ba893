"""Landing: one set per content, reader and vocabulary; whole or not at all; never an exception."""

import pickle
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from extract import landing
from extract.identity import Identity
from extract.landing import Landed, _count_money, content_hash, land_document, reader_key
from extract.regions import load_regions
from extract.schema import TABLES
from extract.tables import Table
from tests.unit.printed_tables import draw_table

CITY = next(
    regions[0].name
    for regions in load_regions().values()
    if len(regions) == 1 and regions[0].name.endswith("市") and len(regions[0].ancestors) == 2
)
TABLE = (
    "部门支出总表\n单位：万元\n"
    "科目编码\t科目名称\t合计\t基本支出\t项目支出\n"
    "\t合计\t9.50\t5.25\t4.25\n"
    "205\t教育支出\t9.50\t5.25\t4.25\n"
    "20501\t教育管理事务\t9.50\t5.25\t4.25\n"
    "2050101\t行政运行\t9.50\t5.25\t4.25\n"
)
LOST_PAGE = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj null endobj\ntrailer<</Root 1 0 R>>\n%%EOF"
)
TEXT = f"{CITY}财政局2031年部门预算\n\n{TABLE}"


def land(tmp_path: Path, text: str | bytes = TEXT, name: str = "some.txt") -> Landed:
    path = tmp_path / name
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return land_document(path, tmp_path / "cache")


def rows(landed: Landed, table: str) -> list[dict[str, object]]:
    found: list[dict[str, object]] = pq.read_table(
        landed.directory / f"{table}.parquet"
    ).to_pylist()
    return found


def sets(tmp_path: Path) -> list[str]:
    return sorted(path.name for path in (tmp_path / "cache").iterdir())


def test_a_document_becomes_a_set_of_the_promised_tables(tmp_path: Path) -> None:
    landed = land(tmp_path)
    files = {path.stem: pq.read_schema(path) for path in landed.directory.iterdir()}
    assert files == TABLES
    assert (landed.reused, landed.quarantined, landed.figures, landed.pages) == (
        False,
        False,
        12,
        1,
    )
    (document,) = rows(landed, "document")
    assert document["document_id"] == landed.document_id == str(document["sha256"])[:32]
    assert document["status"] == "read"
    assert document["agency_name"] == f"{CITY}财政局"
    assert f"{document['reader_version']}-{document['vocabulary_hash']}" == reader_key()
    assert rows(landed, "quarantine") == []
    amounts = [cell for cell in rows(landed, "cell") if cell["role"] == "amount"]
    assert {(cell["row_label"], str(cell["value"])) for cell in amounts} >= {
        ("行政运行", "9.500000"),
        ("行政运行", "5.250000"),
    }


def test_the_same_content_is_read_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = land(tmp_path)

    def never(*_: object) -> None:
        raise AssertionError("read again")

    monkeypatch.setattr(landing, "read_document", never)
    again = land(tmp_path, name="other.txt")
    assert again.reused
    assert again == Landed(**{**vars(first), "reused": True})


def test_other_content_is_another_document(tmp_path: Path) -> None:
    one, two = land(tmp_path), land(tmp_path, TEXT + " ")
    assert not two.reused
    assert one.document_id != two.document_id


def test_the_ending_is_part_of_the_key(tmp_path: Path) -> None:
    one, two = land(tmp_path), land(tmp_path, name="some.md")
    assert not two.reused
    assert one.document_id == two.document_id
    assert one.directory != two.directory
    assert rows(two, "document")[0]["media_type"] == "text/markdown"


@pytest.mark.parametrize("changed", ["reader_version", "vocabulary_fingerprint"])
def test_another_reader_or_vocabulary_reads_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, changed: str
) -> None:
    land(tmp_path)
    monkeypatch.setattr(landing, changed, lambda: "changed")
    assert not land(tmp_path).reused
    assert len(sets(tmp_path)) == 2


def test_the_reader_version_is_a_hash_of_all_its_code() -> None:
    before = landing.reader_version()
    assert before == landing.reader_version()
    assert len(before) == 12


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("some.pdf", b"", "empty_file"),
        ("some.pdf", b"\x89PNG\r\n\x1a\n" + b"\0" * 64, "not_a_pdf"),
        ("some.pdf", b"%PDF-1.7\nnothing more", "broken_file"),
        ("some.pdf", LOST_PAGE, "broken_file"),
        ("some.txt", b"", "empty_file"),
        ("some.txt", b"\x00\xff\xfe\x81\xff" * 30, "not_text"),
        ("some.xyz", b"content", "unknown_format"),
    ],
)
def test_a_document_that_cannot_be_read_says_why(
    tmp_path: Path, name: str, content: bytes, reason: str
) -> None:
    landed = land(tmp_path, content, name)
    assert (landed.quarantined, landed.figures, landed.pages) == (True, 0, 0)
    (found,) = rows(landed, "quarantine")
    assert found["reason"] == reason
    assert found["detail"]
    assert rows(landed, "document")[0]["status"] == "quarantined"
    assert rows(landed, "cell") == []


@pytest.mark.parametrize(
    "error",
    [
        ValueError("臭虫"),
        IndexError("x"),
        RecursionError("x"),
        OverflowError("x"),
        ZeroDivisionError(),
    ],
)
def test_a_reader_that_fails_is_a_reason_and_no_exception(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    def fail(*_: object) -> None:
        raise error

    monkeypatch.setattr(landing, "read_document", fail)
    (found,) = rows(land(tmp_path), "quarantine")
    assert found["reason"] == "reader_failed"
    assert found["detail"] == f"{type(error).__name__}: {error}"


def test_an_uncertain_identity_keeps_the_cells_and_names_the_fields(tmp_path: Path) -> None:
    landed = land(tmp_path, TABLE)
    assert landed.quarantined
    reasons = {str(row["reason"]): str(row["detail"]) for row in rows(landed, "quarantine")}
    assert set(reasons) == {"identity_uncertain"}
    for field in ("agency_name", "region_code", "fiscal_year"):
        assert field in reasons["identity_uncertain"]
    (document,) = rows(landed, "document")
    assert (document["status"], document["agency_name"]) == ("quarantined", None)
    assert landed.figures == 12


def test_an_unknown_unit_puts_each_figure_in_quarantine(tmp_path: Path) -> None:
    landed = land(tmp_path, TEXT.replace("单位：万元\n", ""))
    assert not landed.quarantined
    amounts = [cell for cell in rows(landed, "cell") if cell["role"] == "amount"]
    assert len(amounts) == 12
    assert {cell["quarantine_reason"] for cell in amounts} == {"unit_unknown"}
    named = {row["cell_id"] for row in rows(landed, "quarantine")}
    assert named == {cell["cell_id"] for cell in amounts}


def test_a_disk_that_fills_leaves_no_half_set(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write, written = pq.write_table, list[Path]()

    def fill(table: object, path: Path, **_: object) -> None:
        if len(written) == 3:
            raise OSError(28, "No space left on device")
        written.append(path)
        write(table, path)

    monkeypatch.setattr(pq, "write_table", fill)
    with pytest.raises(OSError, match="No space"):
        land(tmp_path)
    assert len(written) == 3
    assert sets(tmp_path) == []
    monkeypatch.setattr(pq, "write_table", write)
    assert not land(tmp_path).reused


def test_a_set_that_another_process_finished_first_is_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = land(tmp_path)
    marked = first.directory / "first"
    marked.touch()
    monkeypatch.setattr(Path, "is_dir", _absent_once(first.directory))
    again = land(tmp_path)
    assert again.directory == first.directory
    assert not again.reused
    assert marked.exists()
    assert sets(tmp_path) == [first.directory.name]


def _absent_once(directory: Path) -> object:
    """A `Path.is_dir` that does not see the directory the first time."""
    see, asked = Path.is_dir, list[Path]()

    def is_dir(path: Path) -> bool:
        if path == directory and not asked:
            asked.append(path)
            return False
        return see(path)

    return is_dir


def test_what_is_landed_can_be_handed_between_processes(tmp_path: Path) -> None:
    landed = land(tmp_path)
    assert pickle.loads(pickle.dumps(landed)) == landed


def test_the_hash_is_that_of_the_bytes(tmp_path: Path) -> None:
    path = tmp_path / "some"
    path.write_bytes(b"abc")
    assert content_hash(path).startswith("ba7816bf8f01cfea")


@pytest.mark.parametrize(
    ("title", "reasons"), [("甲类事项表", {"kind_unknown"}), ("收入总表", set())]
)
def test_a_table_of_money_that_nothing_names_is_in_quarantine(
    tmp_path: Path, title: str, reasons: set[str]
) -> None:
    table = "| 科目编码 | 科目名称 | 合计 |\n| 201 | 某某 | 1.01 |\n| 202 | 外交支出 | 2.02 |\n"
    more = "| 203 | 国防支出 | 3.03 |\n"
    text = f"# 甲市某局2031年部门预算\n\n{title}\n\n单位：万元\n\n{table}{more}"
    found = {row["reason"] for row in rows(land(tmp_path, text, "some.md"), "quarantine")}
    assert found & {"kind_unknown"} == reasons


def test_figures_of_one_cell_on_several_lines_are_counted() -> None:
    head, body = ["名称", "金额"], ["甲\n乙\n丙", "1,001\n2.02\n3.03"]
    assert _count_money(Table(draw_table("甲类事项表", head, body), "", "")) == 3


THREE_PUBLIC = (
    "财政局部门预算\n\n“三公”经费支出表\n单位：万元\n"
    "项目\t2030年预算数\t2031年预算数\n合计\t3.00\t2.00\n公务接待费\t2.00\t2.00\n"
)


def bases(landed: Landed) -> list[object]:
    return [row["column_basis"] for row in rows(landed, "cell") if row["role"] == "amount"]


def test_the_words_of_figures_follow_a_decided_year(tmp_path: Path) -> None:
    path = tmp_path / "some.txt"
    path.write_text(THREE_PUBLIC, encoding="utf-8")
    own = land_document(path, tmp_path / "cache")
    decided = {own.document_id: Identity(fiscal_year=2031)}
    settled = land_document(path, tmp_path / "cache", decided)
    assert bases(own) == ["budget"] * 4
    assert bases(settled) == ["prior_year_budget", "budget"] * 2
    # what the document itself says stays in its set; the build puts the decision in its place
    assert rows(settled, "document")[0]["fiscal_year"] is None
    assert not settled.reused
    assert land_document(path, tmp_path / "cache", decided) == Landed(
        **{**vars(settled), "reused": True}
    )


@pytest.mark.parametrize(
    "decided", [Identity(fiscal_year=2031), Identity(scope="unit", region_code="000000")]
)
def test_a_decision_that_changes_no_words_reads_nothing_again(
    tmp_path: Path, decided: Identity
) -> None:
    own = land(tmp_path)
    again = land_document(tmp_path / "some.txt", tmp_path / "cache", {own.document_id: decided})
    assert (again.reused, again.directory) == (True, own.directory)


def test_what_cannot_be_read_has_the_words_of_its_row_and_column(tmp_path: Path) -> None:
    landed = land(tmp_path, TEXT.replace("2050101\t行政运行\t9.50", "2050101\t行政运行\t△9.50"))
    (cell,) = [row for row in rows(landed, "cell") if row["quarantine_reason"]]
    assert (cell["text"], cell["value"], cell["unit"]) == ("△9.50", None, "wan_yuan")
    assert (cell["row_label"], cell["function_code"]) == ("行政运行", "2050101")
    assert (cell["row_kind"], cell["column_component"]) == ("line", "total")
