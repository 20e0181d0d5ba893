"""What people decided, in the place of what was read: in the rows of the candidate."""

from decimal import Decimal
from pathlib import Path

import duckdb

from gongkai.candidate import load_candidate
from gongkai.settling import settle
from gongkai.sources import Origin
from tests.unit.test_settling import DOCUMENT, IDENTITY, NOTHING, SOURCE, cell, decide, land


def test_decisions_stand_in_the_rows_and_out_of_the_quarantine(tmp_path: Path) -> None:
    (tmp_path / "set").mkdir()
    reading = land(
        tmp_path / "set",
        identity={**IDENTITY, "document_id": DOCUMENT, "scope": None, "fiscal_year": None},
        cells=[cell(1, quarantine_reason="readers_differ"), cell(2)],
        reasons=["identity_uncertain"],
    )
    decisions = [
        decide("scope", "department"),
        decide("fiscal_year", "2024"),
        decide("cell", "-3.25万元", f"{DOCUMENT}:t1:r1:c2"),
    ]
    for number, (chosen, quarantined) in enumerate([(decisions[:1], 1), (decisions, 0)]):
        path = tmp_path / f"{number}.duckdb"
        settled = settle(chosen, [reading], [SOURCE], NOTHING)
        origins = {"deep/a.pdf": Origin("https://a.cn/", None)}
        load_candidate(path, [SOURCE], [reading], [], settled=settled, origins=origins)
        with duckdb.connect(str(path)) as connection:
            assert connection.execute("select source_url from raw.source").fetchall() == [
                ("https://a.cn/",)
            ]
            held = connection.execute(
                "select count(*), any_value(detail) from raw.quarantine"
                " where reason = 'identity_uncertain'"
            ).fetchall()
            cells = connection.execute(
                "select printed, value, decimals, unit, reading, quarantine_reason from raw.cell"
                " order by cell_id"
            ).fetchall()
            document = connection.execute(
                "select scope, fiscal_year, status, agency_name from raw.document"
            ).fetchall()
        assert held[0][0] == quarantined
        if quarantined:
            assert "fiscal_year" in held[0][1]
            assert "scope" not in held[0][1]
            assert document == [("department", None, "quarantined", IDENTITY["agency_name"])]
            assert cells[0][-2:] == ("printed", "readers_differ")
        else:
            assert document == [("department", 2024, "read", IDENTITY["agency_name"])]
            assert cells[0] == ("1.50", Decimal("-3.25"), 2, "wan_yuan", "confirmed", None)
        assert cells[1] == ("2.50", Decimal("2.5"), 2, "yuan", "printed", None)
