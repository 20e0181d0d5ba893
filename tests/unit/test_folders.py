"""What a document may take from the documents of its folder, and what forbids it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pytest
from pyarrow import parquet

from extract.landing import Landed
from gongkai.documents import SourceFile
from gongkai.folders import Inherited, inherit_identities, with_inherited
from gongkai.landing import Reading
from gongkai.settling import NOTHING_SETTLED

WHOLE = {
    "agency_name": "临沂市统计局",
    "region_code": "371300",
    "fiscal_year": 2023,
    "document_kind": "budget",
    "scope": "department",
}
TOTAL = Decimal("33296.61")
NOBODY: Mapping[str, object] = dict.fromkeys(WHOLE)


@dataclass
class Held:
    """Documents by path; those of the same content have the same id."""

    root: Path
    readings: list[Reading] = field(default_factory=list)
    sources: list[SourceFile] = field(default_factory=list)

    def add(
        self,
        path: str,
        said: Mapping[str, object],
        *,
        evidence: Mapping[str, object] | None = None,
        content: str = "",
        reason: str = "identity_uncertain",
        kinds: Sequence[str] = ("three_public",),
        announced: Sequence[str] = (),
        total: Decimal | None = None,
        unit: str = "wan_yuan",
    ) -> None:
        """Land a document that says so much of itself, with tables of kinds and a total."""
        sha256 = (content or path).encode().hex().ljust(64, "0")[:64]
        source = SourceFile(self.root / path, path, sha256)
        missing = [name for name, value in said.items() if value is None]
        directory = self.root / sha256
        directory.mkdir(exist_ok=True)
        row = {
            **said,
            "status": "quarantined" if missing else "read",
            "identity_evidence": json.dumps(evidence or {}),
        }
        schema = pa.schema(
            [(name, pa.int32() if name == "fiscal_year" else pa.string()) for name in row]
        )
        parquet.write_table(pa.Table.from_pylist([row], schema), directory / "document.parquet")
        cases = pa.table({"reason": pa.array([reason] if missing else [], pa.string())})
        parquet.write_table(cases, directory / "quarantine.parquet")
        write(directory, "table", {"table_kind": kinds})
        mentions = [("contents", kind) for kind in announced] + [("heading", k) for k in kinds]
        write(
            directory,
            "mention",
            {"place": [place for place, _ in mentions], "table_kind": [k for _, k in mentions]},
        )
        write(
            directory,
            "cell",
            {"role": ["amount"], "row_kind": ["total"], "unit": [unit]},
            value=pa.array([total], pa.decimal128(38, 6)),
        )
        landed = Landed(source.document_id, directory, False, bool(missing), 1, 1)
        self.sources.append(source)
        if all(reading.source.sha256 != sha256 for reading in self.readings):
            self.readings.append(Reading(source, landed))

    def inherited(self) -> dict[str, Inherited]:
        """What documents take, by the path of the first file of their content."""
        paths = {
            reading.source.document_id: reading.source.relative_path for reading in self.readings
        }
        found = inherit_identities(self.readings, self.sources, NOTHING_SETTLED)
        return {paths[one.document_id]: one for one in found}


def write(directory: Path, name: str, texts: Mapping[str, Sequence[str]], **more: pa.Array) -> None:
    """Write a table of a Parquet set."""
    columns = {column: pa.array(values, pa.string()) for column, values in texts.items()}
    parquet.write_table(pa.table(columns | more), directory / f"{name}.parquet")


@pytest.fixture
def held(tmp_path: Path) -> Held:
    """A narrative that says whose it is, and announces a table that it does not hold."""
    documents = Held(tmp_path)
    documents.add(
        "a/说明.docx", WHOLE, kinds=["summary"], announced=["summary", "three_public"], total=TOTAL
    )
    return documents


@pytest.mark.parametrize("path", ["a/三公.xlsx", "a/2023年预算三公.xlsx"])
def test_a_table_takes_what_its_folder_says(held: Held, path: str) -> None:
    held.add(path, {**NOBODY, "fiscal_year": 2023})
    [one] = held.inherited().values()
    assert one.fields == ("agency_name", "region_code", "document_kind", "scope")
    assert (one.folder, one.said_by) == ("a", ("a/说明.docx",))
    assert {name: getattr(one.identity, name) for name in WHOLE} == WHOLE


def test_what_is_taken_is_kept_as_evidence(held: Held) -> None:
    held.add("a/三公.xlsx", {**NOBODY, "scope": "department"}, evidence={"scope": {"text": "部门"}})
    settled = with_inherited(NOTHING_SETTLED, tuple(held.inherited().values()), held.readings)
    [row] = settled.inherited
    said = json.loads(row["identity_evidence"])
    assert row["status"] == "read" and row["document_id"] in settled.released
    assert said["scope"] == {"text": "部门"}
    assert said["fiscal_year"] == {
        "text": "2023",
        "page": None,
        "folder": "a",
        "files": ["a/说明.docx"],
    }
    assert [field["field"] for field in row["folder_identity"]] == [
        "agency_name",
        "region_code",
        "fiscal_year",
        "document_kind",
    ]


def test_a_document_that_is_lost_at_its_second_reading_takes_nothing(held: Held) -> None:
    held.add("a/三公.xlsx", NOBODY)
    taken = tuple(held.inherited().values())
    narrative, table = held.readings
    lost = Reading(table.source, None, "reader_timeout", "it took too long")
    assert with_inherited(NOTHING_SETTLED, taken, [narrative, lost]) == NOTHING_SETTLED
    assert len(with_inherited(NOTHING_SETTLED, taken, held.readings).inherited) == 1


@pytest.mark.parametrize(
    ("path", "said", "evidence"),
    [
        ("三公.xlsx", {}, {}),
        ("b/三公.xlsx", {}, {}),
        ("a/三公.xlsx", {"fiscal_year": 2022}, {}),
        ("a/三公.xlsx", {"agency_name": "临沂市审计局"}, {}),
        ("a/三公.xlsx", {"region_code": "371302"}, {}),
        ("a/三公.xlsx", {}, {"fiscal_year": {"disputed": {"2022": 2, "2023": 2}}}),
        ("a/2022年三公.xlsx", {}, {}),
        ("a/三公决算.xlsx", {}, {}),
    ],
)
def test_what_contradicts_or_lies_elsewhere_takes_nothing(
    held: Held, path: str, said: Mapping[str, object], evidence: Mapping[str, object]
) -> None:
    held.add(path, {**NOBODY, **said}, evidence=evidence)
    assert held.inherited() == {}


def test_a_name_may_leave_out_its_place_or_the_party(held: Held) -> None:
    held.add("a/三公.xlsx", {**NOBODY, "agency_name": "统计局"})
    assert held.inherited()["a/三公.xlsx"].identity.agency_name == "统计局"


@pytest.mark.parametrize("path", ["a/附件/三公.xlsx", "三公.xlsx", "b/三公.xlsx"])
def test_no_other_folder_tells(held: Held, path: str) -> None:
    held.add(path, {**NOBODY, "fiscal_year": 2023})
    assert held.inherited() == {}


def test_agencies_beside_each_other_keep_apart(tmp_path: Path) -> None:
    held = Held(tmp_path)
    held.add("city/统计局/2023/说明.docx", WHOLE, kinds=[], announced=["three_public"])
    held.add("city/审计局/2023/三公.xlsx", NOBODY)
    assert held.inherited() == {}


def test_years_beside_each_other_keep_apart(tmp_path: Path) -> None:
    held = Held(tmp_path)
    held.add("统计局/2023/说明.docx", WHOLE, kinds=[], announced=["three_public"])
    held.add("统计局/2024年/三公.xlsx", NOBODY)
    assert held.inherited() == {}


@pytest.mark.parametrize("said", [{}, {"fiscal_year": 2023, "document_kind": "budget"}])
def test_in_a_folder_of_a_format_a_neighbour_is_nobody(
    tmp_path: Path, said: Mapping[str, object]
) -> None:
    held = Held(tmp_path)
    full = ["summary", "three_public"]
    held.add("pdf/b.pdf", WHOLE, kinds=full, announced=full, total=TOTAL)
    held.add("pdf/a.pdf", {**NOBODY, **said}, kinds=full, announced=full, total=Decimal("412.35"))
    assert held.inherited() == {}


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ({**WHOLE, "fiscal_year": 2022}, ""),
        ({**NOBODY, "agency_name": "临沂市审计局"}, "identity_uncertain"),
        (NOBODY, "broken_file"),
    ],
)
def test_every_document_of_the_folder_is_asked(
    held: Held, said: Mapping[str, object], reason: str
) -> None:
    held.add("a/三公.xlsx", NOBODY)
    held.add("a/其他.docx", said, reason=reason, kinds=["income"])
    assert held.inherited() == {}


def test_a_neighbour_of_two_minds_forbids(held: Held) -> None:
    held.add("a/三公.xlsx", NOBODY)
    disputed = {"agency_name": {"disputed": {"临沂市审计局": 2, "临沂市统计局": 2}}}
    held.add("a/其他.docx", NOBODY, evidence=disputed, kinds=["income"])
    assert held.inherited() == {}


@pytest.mark.parametrize(("path", "taken"), [("a/坏.pdf", 0), ("b/坏.pdf", 1)])
def test_a_file_that_cannot_be_opened_forbids_in_its_folder(
    held: Held, path: str, taken: int
) -> None:
    held.add("a/三公.xlsx", NOBODY)
    found = inherit_identities(held.readings, held.sources, NOTHING_SETTLED, [path])
    assert len(found) == taken


def test_two_tables_where_one_is_announced_are_nobodys(held: Held) -> None:
    held.add("a/三公.xlsx", NOBODY)
    held.add("a/三公 (2).xlsx", NOBODY)
    assert held.inherited() == {}


@pytest.mark.parametrize(
    ("total", "unit", "is_taken"),
    [
        (TOTAL, "wan_yuan", True),
        (TOTAL * 10000, "yuan", True),
        (TOTAL, "yuan", False),
        (TOTAL + 1, "wan_yuan", False),
    ],
)
def test_a_total_that_both_print_is_a_tie(
    held: Held, total: Decimal, unit: str, is_taken: bool
) -> None:
    held.add("a/支出.xlsx", NOBODY, kinds=["expenditure"], total=total, unit=unit)
    assert set(held.inherited()) == ({"a/支出.xlsx"} if is_taken else set())


def test_a_short_total_is_shared_by_chance(tmp_path: Path) -> None:
    held = Held(tmp_path)
    held.add("a/说明.docx", WHOLE, kinds=["income"], total=Decimal("12.5"))
    held.add("a/三公.xlsx", NOBODY, total=Decimal("12.5"))
    assert held.inherited() == {}


def test_beside_the_directory_of_documents_it_must_say_agency_or_year(tmp_path: Path) -> None:
    held = Held(tmp_path)
    announced = ["three_public", "income"]
    held.add("说明.docx", WHOLE, kinds=["summary"], announced=announced)
    held.add("一.xlsx", NOBODY)
    held.add("二.xlsx", {**NOBODY, "fiscal_year": 2023}, kinds=["income"])
    assert set(held.inherited()) == {"二.xlsx"}


def test_a_content_in_two_folders_takes_the_same_from_both(held: Held) -> None:
    other = {**WHOLE, "fiscal_year": 2022}
    held.add("b/说明.docx", other, kinds=["summary"], announced=["three_public"])
    held.add("a/三公.xlsx", NOBODY, content="same")
    held.add("b/三公.xlsx", NOBODY, content="same")
    assert held.inherited() == {}


def test_a_document_that_could_not_be_read_neither_says_nor_takes(held: Held) -> None:
    held.add("a/坏.xlsx", NOBODY, reason="broken_file")
    assert held.inherited() == {}
