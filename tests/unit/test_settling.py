"""Decisions held against the set of a document: applied, or reported with their reason."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
from pyarrow import parquet

from extract.landing import Landed
from extract.schema import TABLES
from gongkai.decisions import Decision
from gongkai.documents import SourceFile
from gongkai.landing import READER_CRASHED, Reading
from gongkai.settling import Remembered, Settled, describe_unfit, settle

SHA = "d" * 64
DOCUMENT = SHA[:32]
SOURCE = SourceFile(Path("x"), "deep/a.pdf", SHA)
NOTHING = Remembered({}, {})
IDENTITY = {
    "agency_name": "某市大数据局",
    "region_code": "370200",
    "fiscal_year": 2023,
    "document_kind": "budget",
    "scope": "unit",
}


def cell(number: int, **columns: Any) -> dict[str, Any]:
    return {
        "cell_id": f"{DOCUMENT}:t1:r{number}:c2",
        "table_id": f"{DOCUMENT}:t1",
        "role": "amount",
        "row_kind": "line",
        "text": f"{number}.50",
        "printed": f"{number}.50",
        "value": Decimal(f"{number}.5"),
        "decimals": 2,
        "unit": "yuan",
        "reading": "printed",
        **columns,
    }


def land(
    directory: Path,
    *,
    identity: Mapping[str, Any] = IDENTITY,
    cells: Sequence[Mapping[str, Any]] = (),
    unit: str | None = "yuan",
    reasons: Sequence[str] = (),
) -> Reading:
    rows: dict[str, list[Mapping[str, Any]]] = {name: [] for name in TABLES}
    rows["document"] = [{**identity, "status": "quarantined" if reasons else "read"}]
    rows["quarantine"] = [{"document_id": DOCUMENT, "reason": reason} for reason in reasons]
    rows["table"] = [{"table_id": f"{DOCUMENT}:t1", "unit": unit}]
    rows["cell"] = list(cells)
    for name, schema in TABLES.items():
        columns = {f.name: pa.array([r.get(f.name) for r in rows[name]], f.type) for f in schema}
        parquet.write_table(pa.table(columns), directory / f"{name}.parquet")
    return Reading(SOURCE, Landed(DOCUMENT, directory, False, bool(reasons), 0, 1))


def decide(what: str, value: str, place: str = "", **more: str) -> Decision:
    words = {"who": "王敏", "why": "原件", "printed": "", "file_name": "", **more}
    return Decision(DOCUMENT, what, place, value, **words, file="decisions.csv", line=2)


def settled_by(reading: Reading, *decisions: Decision, known: Remembered = NOTHING) -> Settled:
    return settle(decisions, [reading], [SOURCE], known)


def reasons(settled: Settled) -> list[str]:
    return [row["reason"] for row in settled.decisions]


def test_a_document_is_released_when_its_identity_is_whole(tmp_path: Path) -> None:
    unsaid = {**IDENTITY, "fiscal_year": None, "scope": None}
    reading = land(tmp_path, identity=unsaid, reasons=["identity_uncertain", "left_over"])
    year, scope = decide("fiscal_year", "2024"), decide("scope", "department")
    half = settled_by(reading, year)
    assert (half.released, half.documents[0]["missing"]) == (frozenset(), ["scope"])
    assert half.documents[0]["status"] == "quarantined"
    whole = settled_by(reading, year, scope)
    assert whole.released == {DOCUMENT}
    assert whole.documents[0]["fiscal_year"] == 2024
    assert whole.documents[0]["status"] == "read"
    assert reasons(whole) == ["settled", "settled"]
    assert [r.landed.quarantined for r in whole.readings([reading]) if r.landed] == [False]
    assert [r.landed.quarantined for r in half.readings([reading]) if r.landed] == [True]


def test_what_the_reader_had_read_is_kept_beside_the_decision(tmp_path: Path) -> None:
    settled = settled_by(
        land(tmp_path), decide("fiscal_year", "2023"), decide("document_kind", "final_account")
    )
    rows = [(row["reason"], row["read_value"], row["applied"]) for row in settled.decisions]
    assert rows == [("agrees", "2023", True), ("overruled", "budget", True)]


def test_a_cell_is_released_with_its_print(tmp_path: Path) -> None:
    doubtful = cell(1, quarantine_reason="readers_differ")
    unread = cell(2, role="text", text=" (3O) ", printed=None, value=None, reading=None)
    unread["quarantine_reason"] = "unreadable_figure"
    reading = land(tmp_path, cells=[doubtful, unread, cell(3)])
    settled = settled_by(
        reading,
        decide("cell", "1,001.50", doubtful["cell_id"]),
        decide("cell", "-30万元", unread["cell_id"]),
    )
    assert reasons(settled) == ["settled", "settled"]
    kept = ("printed", "value", "decimals", "unit", "reading", "quarantine_reason")
    assert [tuple(row[name] for name in kept) for row in settled.cells] == [
        ("1.50", Decimal("1001.50"), 2, "yuan", "confirmed", None),
        ("(3O)", Decimal(-30), 0, "wan_yuan", "confirmed", None),
    ]
    assert [row["printed"] for row in settled.decisions] == ["1.50", "(3O)"]


def test_a_figure_of_certain_reading_is_confirmed_or_overruled(tmp_path: Path) -> None:
    reading = land(tmp_path, cells=[cell(1), cell(2)])
    settled = settled_by(
        reading,
        decide("cell", "1.50", f"{DOCUMENT}:t1:r1:c2"),
        decide("cell", "2.50万元", f"{DOCUMENT}:t1:r2:c2"),
    )
    assert reasons(settled) == ["agrees", "overruled"]
    assert [row["reading"] for row in settled.cells] == ["confirmed", "confirmed"]


def test_a_cell_that_no_longer_fits_is_left_as_it_is(tmp_path: Path) -> None:
    cells = [
        cell(1),
        cell(2, row_kind=None, role="header"),
        cell(3, row_kind="count", quarantine_reason="not_money"),
        cell(4, unit=None, quarantine_reason="unit_unknown"),
        cell(5),
    ]
    remembered = decide("cell", "7", f"{DOCUMENT}:t1:r5:c2")
    settled = settled_by(
        land(tmp_path, cells=cells),
        decide("cell", "7", f"{DOCUMENT}:t9:r1:c1"),
        decide("cell", "7", f"{DOCUMENT}:t1:r1:c2", printed="1.5O"),
        decide("cell", "7", f"{DOCUMENT}:t1:r2:c2"),
        decide("cell", "7", f"{DOCUMENT}:t1:r3:c2"),
        decide("cell", "7", f"{DOCUMENT}:t1:r4:c2"),
        remembered,
        known=Remembered({}, {remembered.decision_id: "8.50"}),
    )
    assert reasons(settled) == [
        "cell_gone",
        "cell_changed",
        "cell_has_no_row",
        "not_money",
        "unit_unknown",
        "cell_changed",
    ]
    assert settled.cells == ()
    assert settled.unfit == 6
    # what the cell showed then is remembered for the next build too
    assert settled.decisions[-1]["printed"] == "8.50"
    assert "'5.50'" in settled.decisions[-1]["detail"]
    assert all("decisions.csv line 2" in text for text in describe_unfit(settled.decisions))


def test_a_unit_releases_the_figures_that_wait_for_it(tmp_path: Path) -> None:
    waiting = cell(1, unit=None, quarantine_reason="unit_unknown")
    doubtful = cell(2, unit=None, quarantine_reason="ambiguous_column")
    own_unit = cell(3, unit="wan_yuan")
    title = cell(4, unit=None, row_kind=None, role="text", value=None)
    reading = land(tmp_path, cells=[waiting, doubtful, own_unit, title], unit=None)
    settled = settled_by(
        reading, decide("cell", "9", doubtful["cell_id"]), decide("unit", "wan_yuan")
    )
    assert reasons(settled) == ["settled", "settled"]
    assert settled.tables == ({"table_id": f"{DOCUMENT}:t1", "unit": "wan_yuan"},)
    shown = {row["cell_id"]: (row["unit"], row["reading"]) for row in settled.cells}
    assert shown == {
        waiting["cell_id"]: ("wan_yuan", "confirmed"),
        # its own decision, which needed the unit
        doubtful["cell_id"]: ("wan_yuan", "confirmed"),
    }
    alone = settled_by(reading, decide("unit", "wan_yuan"))
    row = next(row for row in alone.cells if row["cell_id"] == doubtful["cell_id"])
    assert (row["quarantine_reason"], row["reading"]) == ("ambiguous_column", "printed")


def test_a_unit_of_a_table_that_has_one(tmp_path: Path) -> None:
    reading = land(tmp_path, cells=[cell(1)])
    assert reasons(settled_by(reading, decide("unit", "wan_yuan"))) == ["nothing_in_doubt"]
    one = settled_by(reading, decide("unit", "wan_yuan", f"{DOCUMENT}:t1"))
    assert (reasons(one), one.decisions[0]["read_value"]) == (["overruled"], "yuan")
    assert reasons(settled_by(reading, decide("unit", "yuan", f"{DOCUMENT}:t7"))) == ["table_gone"]


def test_a_document_that_cannot_be_read_takes_no_decision(tmp_path: Path) -> None:
    broken = land(tmp_path, identity={}, reasons=["broken_file"])
    lost = Reading(SOURCE, None, READER_CRASHED, "died")
    for reading in (broken, lost):
        settled = settled_by(reading, decide("scope", "unit"), decide("cell", "5", "x"))
        assert reasons(settled) == ["document_not_read"] * 2
        assert (settled.documents, settled.cells, settled.released) == ((), (), frozenset())


def test_a_content_that_is_not_held(tmp_path: Path) -> None:
    other = SourceFile(Path("x"), "deep/a.pdf", "e" * 64)
    elsewhere = SourceFile(Path("x"), "deep/b.pdf", "f" * 64)
    was_there = Remembered({DOCUMENT: "deep/a.pdf"}, {})
    decision, named = decide("scope", "unit"), decide("scope", "unit", file_name="a.pdf")
    cases = [
        (decision, [elsewhere], NOTHING, "document_unknown", None),
        (decision, [elsewhere], was_there, "document_gone", None),
        (decision, [other, elsewhere], was_there, "content_changed", "e" * 32),
        (named, [other, elsewhere], NOTHING, "content_changed", "e" * 32),
    ]
    for one, sources, known, reason, document_id in cases:
        row = settle([one], [], sources, known).decisions[0]
        assert (row["reason"], row.get("document_id")) == (reason, document_id)
        assert row["content_id"] == DOCUMENT
