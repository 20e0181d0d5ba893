"""The vocabulary files: closed words, no names of places, and words that find their header."""

import csv
import re
from collections import Counter
from pathlib import Path

import pytest

from extract import vocabulary as module
from extract.errors import VocabularyError
from extract.vocabulary import FOLDER, SEEDS, load_vocabulary, path_suffixes

FUNDS = {
    "all", "fiscal", "general_public_budget", "government_fund", "state_capital",
    "special_account", "unit_funds", "carryover", "surplus_used", "other_printed",
}  # fmt: skip
SOURCES = {
    "total", "current_total", "fiscal_appropriation", "general_public_budget", "government_fund",
    "state_capital", "special_account", "institutional", "business", "superior_subsidy",
    "affiliate_remittance", "other", "surplus_used", "carryover_in", "donation", "debt",
    "other_printed",
}  # fmt: skip
COMPONENTS = {
    "total", "current_total", "basic", "basic_personnel", "basic_operating", "project", "business",
    "remitted_to_superior", "subsidy_to_affiliates", "carryover_out", "surplus_distribution",
    "reserve", "other_printed", "personnel", "operating",
}  # fmt: skip
ITEMS = {
    "total", "overseas_travel", "vehicles", "vehicle_purchase", "vehicle_operation", "reception",
    "meetings", "training", "total_with_meetings_training", "agency_operating_cost",
    "other_printed",
}  # fmt: skip
BASES = {"budget", "final", "prior_year_budget", "prior_year_final"}
KINDS = {
    "summary", "income", "expenditure", "fiscal_summary", "fiscal_expenditure",
    "fiscal_basic_economic", "general_public_expenditure", "basic_economic",
    "basic_economic_government", "basic_expenditure", "government_fund_expenditure",
    "state_capital_expenditure", "three_public", "agency_operating_cost", "project_list",
    "procurement", "purchased_services", "asset_allocation", "performance_target",
    "overall_performance_target", "self_evaluation", "self_evaluation_summary", "transfers",
    "unknown",
}  # fmt: skip
ROLES = {
    "amount", "sme_reserved", "micro_reserved", "change", "quantity", "price", "line_no",
    "code", "code_class", "code_section", "code_item", "unit_code", "project_code",
    "name", "unit_name", "project_name", "project_type", "implementing_unit", "catalogue",
    "goods", "category", "function_text", "economic_text", "text",
}  # fmt: skip
CLOSED = {
    ("basis_word", "basis"): BASES,
    ("category_word", "category"): {"goods", "works", "services"},
    ("header_shape", "table_kind"): KINDS,
    ("header_word", "fund"): FUNDS,
    ("header_word", "source"): SOURCES,
    ("header_word", "component"): COMPONENTS,
    ("header_word", "item"): ITEMS | {"vehicles_by_parts"},
    ("header_word", "basis"): BASES,
    ("header_word", "role"): ROLES,
    ("row_word", "fund"): FUNDS,
    ("row_word", "source"): SOURCES,
    ("row_word", "component"): COMPONENTS,
    ("row_word", "item"): ITEMS | {"vehicles_by_parts"},
    ("row_word", "row_kind"): {"total", "subtotal", "line", "of_which", "unit", "count"},
    ("row_word", "side"): {"income", "expenditure", "economic", "three_public", "any"},
    ("table_kind", "table_kind"): KINDS,
    ("table_kind", "default_fund"): FUNDS,
    ("table_kind", "many_blocks"): {"true", "false"},
    ("table_kind", "facts"): {"true", "false"},
    ("table_title", "table_kind"): KINDS,
    ("table_title", "fund"): FUNDS,
    ("unit_word", "unit"): {"yuan", "wan_yuan"},
    ("personal_word", "field"): {"name", "phone"},
    ("identity_word", "field"): {
        "agency", "agency_ending", "agency_generic", "scope", "scope_text", "nation",
    },
}  # fmt: skip
FILES = sorted(FOLDER.glob("*.csv"))
PATTERNS = {"pattern", "path"}
AN_AGENCY = re.compile(r"[\u4e00-\u9fff]{2,}(?:局|厅|办公室|委员会|人民政府|法院|检察院)")


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


SELF_EVIDENT = {"header_shape", "header_token", "number_word"}
"""Files whose rows say themselves where they stand: whole headers, their words, numerals."""


def words_of(path: Path) -> list[str]:
    """All words of a file but the comments, the figures of class codes and units left out."""
    return [
        value
        for row in rows_of(path)
        for column, value in row.items()
        if column not in ("comment", "function_code", "value")
    ]


def by_name(path: Path) -> str:
    return path.stem


def test_all_files_are_here() -> None:
    assert {file for file, _ in CLOSED} <= {path.stem for path in FILES}


@pytest.mark.parametrize("path", FILES, ids=by_name)
def test_rows_are_whole_and_none_is_there_twice(path: Path) -> None:
    rows = rows_of(path)
    assert rows
    assert all(None not in row and None not in row.values() for row in rows)
    kept = ["\t".join(value for name, value in row.items() if name != "comment") for row in rows]
    assert [row for row, count in Counter(kept).items() if count > 1] == []


@pytest.mark.parametrize("path", FILES, ids=by_name)
def test_every_pattern_compiles_and_matches_no_empty_text(path: Path) -> None:
    for row in rows_of(path):
        for column in PATTERNS & set(row):
            assert re.compile(row[column]).fullmatch("") is None, row


@pytest.mark.parametrize("path", FILES, ids=by_name)
def test_every_row_says_what_kind_of_document_it_stands_for(path: Path) -> None:
    if path.stem in SELF_EVIDENT:
        return
    assert [row for row in rows_of(path) if not row["comment"].strip()] == []


@pytest.mark.parametrize(("file", "column"), sorted(CLOSED))
def test_every_word_is_a_word_of_the_contract(file: str, column: str) -> None:
    used = {row[column] for row in rows_of(FOLDER / f"{file}.csv")} - {""}
    assert used or (file, column) == ("header_word", "basis")
    assert used - CLOSED[file, column] == set()


def test_every_kind_of_the_contract_is_known_and_has_a_family_with_headers() -> None:
    kinds = rows_of(FOLDER / "table_kind.csv")
    assert {row["table_kind"] for row in kinds} == KINDS
    families = {row["family"] for row in rows_of(FOLDER / "header_word.csv")}
    assert {row["family"] for row in kinds} - families <= {"other", "form"}
    assert families <= {row["family"] for row in kinds} | {"*"}


def test_every_kind_but_unknown_has_a_title() -> None:
    titled = {row["table_kind"] for row in rows_of(FOLDER / "table_title.csv")}
    assert KINDS - titled <= {"unknown"}


@pytest.mark.parametrize("path", FILES, ids=by_name)
def test_no_row_names_a_place(path: Path) -> None:
    places = {
        row["region_name"]
        for row in rows_of(SEEDS / "reference" / "region.csv")
        if row["flag"] != "pseudo" and row["region_code"] != "000000"
    }
    assert len(places) > 2000
    named = {place for word in words_of(path) for place in places if place in word}
    assert named == set()


@pytest.mark.parametrize("path", FILES, ids=by_name)
def test_no_row_names_an_agency_or_a_year(path: Path) -> None:
    words = words_of(path)
    assert [word for word in words if re.search(r"(?:19|20)[0-9]{2}", word)] == []
    assert [word for word in words if AN_AGENCY.search(word)] == []


def test_names_of_agencies_would_be_found() -> None:
    assert AN_AGENCY.search("某某局|甲")
    assert AN_AGENCY.search("某某人民政府")
    assert not AN_AGENCY.search("(?:局|委|办公室)")


def test_classes_have_codes_of_three_digits() -> None:
    classes = load_vocabulary().classes
    assert classes["一般公共服务支出"] == "201"
    assert all(re.fullmatch(r"2[0-9]{2}", code) for code in classes.values())


def test_a_header_path_is_looked_up_from_its_longest_suffix() -> None:
    vocabulary = load_vocabulary()
    found = vocabulary.header("income", ("上年结转结余", "一般公共预算"))
    assert found is not None
    assert (found.meaning.source, found.meaning.fund) == ("carryover_in", "general_public_budget")
    alone = vocabulary.header("income", ("一般公共预算",))
    assert alone is not None
    assert alone.meaning.source == "general_public_budget"
    assert vocabulary.header("income", ("甲乙丙",)) is None


def test_a_row_word_must_match_the_whole_label_on_its_side() -> None:
    vocabulary = load_vocabulary()
    found = vocabulary.row("income", ("事业收入",))
    assert found is not None
    assert found.meaning.source == "institutional"
    assert vocabulary.row("expenditure", ("事业收入",)) is None
    assert vocabulary.row("income", ("事业收入及甲",)) is None


def test_suffixes_of_a_path() -> None:
    assert list(path_suffixes(())) == []
    assert list(path_suffixes(("a",))) == ["a"]
    assert list(path_suffixes(("a", "b"))) == ["a>b", "b"]


@pytest.mark.parametrize(
    ("label", "bare"),
    [
        ("一、甲", "甲"),
        ("三十、甲", "甲"),
        ("廿一、甲", "甲"),
        ("(一)甲", "甲"),
        ("(12)甲", "甲"),
        ("1.甲", "甲"),
        ("1、甲", "甲"),
        ("Ⅱ、甲", "甲"),
        ("一般公共预算", "一般公共预算"),
        ("三公经费", "三公经费"),
        ("1.25", "1.25"),
        ("12", "12"),
    ],
)
def test_ordinals_of_labels(label: str, bare: str) -> None:
    assert load_vocabulary().ordinals.sub("", label) == bare


def test_a_bad_pattern_is_named_with_file_and_row(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for path in FILES:
        (tmp_path / path.name).write_bytes(path.read_bytes())
    (tmp_path / "unit_word.csv").write_text("pattern,unit,comment\n元,yuan,\n(元,yuan,\n")
    monkeypatch.setattr(module, "FOLDER", tmp_path)
    with pytest.raises(VocabularyError, match=r"unit_word\.csv, line 3: '\(元'"):
        load_vocabulary.__wrapped__()


def test_the_fingerprint_changes_with_any_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for path in FILES:
        (tmp_path / path.name).write_bytes(path.read_bytes())
    monkeypatch.setattr(module, "FOLDER", tmp_path)
    before = module.vocabulary_fingerprint.__wrapped__()
    assert before == module.vocabulary_fingerprint.__wrapped__()
    for path in sorted(tmp_path.glob("*.csv")):
        kept = path.read_bytes()
        path.write_bytes(kept + b"\n")
        assert module.vocabulary_fingerprint.__wrapped__() != before, path.name
        path.write_bytes(kept)


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("expenditure,另列,amount,,not_a_word,,,,", "'not_a_word' is no word of component"),
        ("expenditure,(坏,amount,,total,,,,", "is no pattern"),
        ("expenditure,另列,amount,,total,,,,,,", "not as many values as columns"),
    ],
)
def test_a_row_that_cannot_be_used_is_named_with_file_and_line(
    row: str, message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for path in FILES:
        (tmp_path / path.name).write_bytes(path.read_bytes())
    header = tmp_path / "header_word.csv"
    lines = header.read_text(encoding="utf-8").rstrip().splitlines()
    header.write_text("\n".join([*lines, row, ""]), encoding="utf-8")
    monkeypatch.setattr("extract.vocabulary.FOLDER", tmp_path)
    with pytest.raises(
        VocabularyError, match=rf"header_word.csv, line {len(lines) + 1}: .*{message}"
    ):
        load_vocabulary.__wrapped__()
