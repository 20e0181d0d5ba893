"""What people decided: every line that cannot be followed ends the build with its number."""

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from gongkai.decisions import decided_identities, read_decisions
from gongkai.documents import SourceFile, fingerprint, scan_documents
from gongkai.errors import BuildError

HASH = "b1946ac92492d2347c6235b4d2611184"
LONG = HASH + "0" * 32
HEAD = "content_hash,what,place,value,who,why"
GOOD = f"{HASH},fiscal_year,,2023,王敏,封面"


@pytest.fixture
def write(tmp_path: Path) -> Iterator[object]:
    def write_file(*lines: str, name: str = "decisions.csv") -> SourceFile:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return SourceFile(path, name, "0" * 64)

    yield write_file


def test_a_decision_is_read_with_its_line(write) -> None:  # type: ignore[no-untyped-def]
    decisions = read_decisions([write(HEAD, "", GOOD, f"{LONG},unit,{HASH}:t2,万元,王敏,表头")])
    assert [(d.what, d.value, d.line, d.document_id) for d in decisions] == [
        ("fiscal_year", "2023", 3, HASH),
        ("unit", "wan_yuan", 4, HASH),
    ]
    assert decisions[0].who == "王敏"


def test_a_file_that_a_spreadsheet_saved_is_read(tmp_path: Path) -> None:
    path = tmp_path / "decisions.csv"
    lines = f"\n{HEAD}\n{HASH},agency_name,,某市 大数据局,王敏,“封面”\n".lstrip()
    for raw in (lines.encode("utf-8-sig"), lines.replace("\n", "\r\n").encode("gb18030")):
        path.write_bytes(raw)
        decision = read_decisions([SourceFile(path, "decisions.csv", "0" * 64)])[0]
        assert (decision.value, decision.why) == ("某市大数据局", "“封面”")


@pytest.mark.parametrize(
    ("text", "value", "decimals", "unit"),
    [
        ("13,214,710.41", "13214710.41", 2, None),
        ("-2.5", "-2.5", 1, None),
        ("１２３", "123", 0, None),
        ("1,320.50万元", "1320.50", 2, "wan_yuan"),
        ("88 元", "88", 0, "yuan"),
        ("0", "0", 0, None),
    ],
)
def test_a_figure_may_have_its_unit_behind_it(  # type: ignore[no-untyped-def]
    write, text: str, value: str, decimals: int, unit: str | None
) -> None:
    line = f'{HASH},cell,{HASH}:t1:r1:c1,"{text}",王敏,原件'
    figure = read_decisions([write(HEAD, line)])[0].figure
    assert (figure.value, figure.decimals, figure.unit) == (Decimal(value), decimals, unit)


CELL = f"{HASH},cell,{HASH}:t1:r1:c1"
BAD = {
    "an unknown column": ([f"{HEAD},note", GOOD + ",x"], 1, "unknown column 'note'"),
    "a column twice": ([f"{HEAD},why", GOOD + ",x"], 1, "'why' stands twice"),
    "a missing column": (["content_hash,what,value,who", GOOD], 1, "'why' is missing"),
    "an empty file": ([""], 1, "'content_hash' is missing"),
    "too few values": ([HEAD, "", f"{HASH},scope,,unit,王敏"], 3, "5 values for 6 columns"),
    "too many values": ([HEAD, GOOD + ",x"], 2, "7 values for 6 columns"),
    "no hash": ([HEAD, "a.pdf,scope,,unit,王敏,x"], 2, "'a.pdf' is no content hash"),
    "a cut hash": ([HEAD, f"{HASH[:-1]},scope,,unit,王敏,x"], 2, "no content hash"),
    "an unknown field": ([HEAD, f"{HASH},title,,x,王敏,x"], 2, "unknown field 'title'"),
    "nobody": ([HEAD, f"{HASH},scope,,unit,,x"], 2, "'who' is empty"),
    "no reason": ([HEAD, f"{HASH},scope,,unit,王敏,"], 2, "'why' is empty"),
    "no year": ([HEAD, f"{HASH},fiscal_year,,二〇二三,王敏,x"], 2, "is no year"),
    "an early year": ([HEAD, f"{HASH},fiscal_year,,1923,王敏,x"], 2, "is no year"),
    "no region": ([HEAD, f"{HASH},region_code,,999999,王敏,x"], 2, "'999999' is no region"),
    "no kind": ([HEAD, f"{HASH},document_kind,,预算,王敏,x"], 2, "budget or final_account"),
    "no scope": ([HEAD, f"{HASH},scope,,本级,王敏,x"], 2, "department or unit"),
    "no name": ([HEAD, f"{HASH},agency_name,,12,王敏,x"], 2, "no name of an agency"),
    "no unit": ([HEAD, f"{HASH},unit,,亿元,王敏,x"], 2, "'亿元' is no unit"),
    "no figure": ([HEAD, f"{CELL},约5万,王敏,x"], 2, "'约5万' is no figure"),
    "a blank": ([HEAD, f"{CELL},-,王敏,x"], 2, "'-' is no figure"),
    "no value": ([HEAD, f"{CELL},,王敏,x"], 2, "'' is no figure"),
    "a figure too large": ([HEAD, f"{CELL},{'9' * 16},王敏,x"], 2, "no figure"),
    "a figure too fine": ([HEAD, f"{CELL},0.1234567,王敏,x"], 2, "six decimals"),
    "no place": ([HEAD, f"{HASH},cell,,5,王敏,x"], 2, "'place' is empty"),
    "a place elsewhere": ([HEAD, f"{HASH},cell,{'a' * 32}:t1:r1:c1,5,王敏,x"], 2, "no place in"),
    "a place of an identity": ([HEAD, f"{HASH},scope,{HASH}:t1,unit,王敏,x"], 2, "whole document"),
    "a control character": ([HEAD, f"{HASH},scope,,unit,王敏,\x1b[31m"], 2, "control character"),
    "text that turns": ([HEAD, f"{HASH},scope,,unit,王敏,\u202ex"], 2, "control character"),
    "an open quotation": ([HEAD, GOOD, f'{HASH},scope,,unit,王敏,"x'], 3, "no CSV"),
    "a contradiction": ([HEAD, GOOD, GOOD.replace("2023", "2024")], 3, "line 2 says '2023'"),
}


@pytest.mark.parametrize("case", BAD)
def test_a_line_that_cannot_be_followed_is_named(write, case: str) -> None:  # type: ignore[no-untyped-def]
    lines, number, words = BAD[case]
    with pytest.raises(BuildError) as caught:
        read_decisions([write(*lines)])
    message = str(caught.value)
    assert message.startswith(f"decisions.csv line {number}: ")
    assert words in message
    assert "\n" not in message


def test_two_files_may_not_contradict_each_other(write) -> None:  # type: ignore[no-untyped-def]
    one = write(HEAD, f"{CELL},5.00,王敏,x", name="a/decisions.csv")
    same = write(HEAD, f"{CELL},5,李强,也看过", name="b/decisions.csv")
    other = write(HEAD, f"{CELL},5元,李强,y", name="c/decisions.csv")
    assert len(read_decisions([one, same])) == 2
    with pytest.raises(BuildError, match=r"c/decisions.csv line 2: .* a/decisions.csv line 2"):
        read_decisions([one, same, other])


def test_the_same_line_twice_is_one_decision(write) -> None:  # type: ignore[no-untyped-def]
    assert len(read_decisions([write(HEAD, GOOD, GOOD)])) == 1


def test_a_line_that_says_something_else_is_another_decision(write) -> None:  # type: ignore[no-untyped-def]
    (one,) = read_decisions([write(HEAD, GOOD)])
    (moved,) = read_decisions([write(HEAD, "", "", GOOD)])
    (other,) = read_decisions([write(HEAD, GOOD.replace("封面", "目录"))])
    assert one.decision_id == moved.decision_id != other.decision_id


def test_identities_are_gathered_by_document(write) -> None:  # type: ignore[no-untyped-def]
    lines = [HEAD, GOOD, f"{HASH},scope,,unit,王敏,x", f"{CELL},5,王敏,x"]
    (identity,) = decided_identities(read_decisions([write(*lines)])).values()
    assert (identity.fiscal_year, identity.scope, identity.agency_name) == (2023, "unit", None)


def test_the_files_beside_are_no_documents_and_change_the_fingerprint(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("x", encoding="utf-8")
    before = fingerprint(scan_documents(tmp_path, {".txt"}))
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "Decisions.CSV").write_text(HEAD, encoding="utf-8")
    found = scan_documents(tmp_path, {".txt", ".csv"})
    assert [source.relative_path for source in found.sources] == ["a.txt"]
    assert found.unsupported == ()
    assert [file.relative_path for file in found.named("decisions.csv")] == ["deep/Decisions.CSV"]
    decided = fingerprint(found)
    (tmp_path / "deep" / "Decisions.CSV").write_text(f"{HEAD}\n{GOOD}", encoding="utf-8")
    changed = fingerprint(scan_documents(tmp_path, {".txt"}))
    assert len({before, decided, changed}) == 3
