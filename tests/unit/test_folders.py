"""What a document may take from the documents of its folder, and what forbids it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
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
    ) -> None:
        """Land a document that says so much of itself."""
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


@pytest.fixture
def held(tmp_path: Path) -> Held:
    """A narrative that says whose it is."""
    documents = Held(tmp_path)
    documents.add("a/说明.docx", WHOLE)
    return documents


@pytest.mark.parametrize("path", ["a/三公.xlsx", "a/附件/深/三公.xlsx", "a/2023年预算三公.xlsx"])
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


def test_documents_of_a_folder_must_agree(held: Held) -> None:
    held.add("a/三公.xlsx", NOBODY)
    held.add("a/去年/说明.docx", {**WHOLE, "fiscal_year": 2022})
    assert held.inherited() == {}


def test_the_nearest_folder_decides(held: Held) -> None:
    held.add("a/去年/三公.xlsx", NOBODY)
    held.add("a/去年/说明.docx", {**WHOLE, "fiscal_year": 2022})
    assert held.inherited()["a/去年/三公.xlsx"].identity.fiscal_year == 2022


def test_beside_the_directory_of_documents_it_must_say_agency_or_year(tmp_path: Path) -> None:
    held = Held(tmp_path)
    held.add("说明.docx", WHOLE)
    held.add("一.xlsx", NOBODY)
    held.add("二.xlsx", {**NOBODY, "fiscal_year": 2023})
    assert set(held.inherited()) == {"二.xlsx"}


def test_a_content_in_two_folders_takes_the_same_from_both(held: Held) -> None:
    held.add("b/说明.docx", {**WHOLE, "fiscal_year": 2022})
    held.add("a/三公.xlsx", NOBODY, content="same")
    held.add("b/三公.xlsx", NOBODY, content="same")
    assert held.inherited() == {}


def test_a_document_that_could_not_be_read_neither_says_nor_takes(held: Held) -> None:
    held.add("a/坏.xlsx", NOBODY, reason="broken_file")
    assert held.inherited() == {}
