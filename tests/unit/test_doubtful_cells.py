"""Damaged figures of texts: settled by the identities of all tables, or in quarantine."""

from pathlib import Path

import pyarrow.parquet as pq
import pytest

from extract.landing import land_document
from tests.unit.test_resolutions import HEAD, Row

TITLE = "一般公共预算财政拨款支出决算表\n单位：万元\n\n"
COLUMNS = "科目编码\t科目名称\t合计\t基本支出\t项目支出\n"
PRINTED = (
    ("", "合计", "8773.10", "5000.00", "3773.10"),
    ("205", "教育支出", "8773.10", "5000.00", "3773.10"),
    ("20501", "教育管理事务", "8773.10", "5000.00", "3773.10"),
    ("2050101", "行政运行", "5000.00", "5000.00", ""),
    ("2050102", "一般行政管理事务", "3773.10", "", "3773.10"),
)


def landed(
    tmp_path: Path, changes: dict[tuple[int, int], str]
) -> tuple[dict[tuple[int, int], Row], list[Row], list[Row]]:
    """Cells by row and column, resolutions and quarantine of the table with other texts in it."""
    rows = [list(row) for row in PRINTED]
    for (row, column), text in changes.items():
        rows[row][column] = text
    path = tmp_path / "some.txt"
    body = "".join("\t".join(row) + "\n" for row in rows)
    path.write_text(HEAD + TITLE + COLUMNS + body, encoding="utf-8")
    directory = land_document(path, tmp_path / "cache").directory
    cells: list[Row] = pq.read_table(directory / "cell.parquet").to_pylist()
    found: list[Row] = pq.read_table(directory / "resolution.parquet").to_pylist()
    quarantine: list[Row] = pq.read_table(directory / "quarantine.parquet").to_pylist()
    at = {(int(str(c["row_no"])) - 2, int(str(c["column_no"])) - 1): c for c in cells}
    return at, found, quarantine


@pytest.mark.parametrize(
    ("place", "text"),
    [
        ((0, 2), "8.773.10"),
        ((0, 2), "8773:10"),
        ((1, 3), "5OOO.0O"),
        ((3, 2), "5000..00"),
        ((3, 3), "5.000.00"),
        ((4, 4), "3773,10"),
        ((3, 3), "5O00.00"),
        ((0, 2), "87 73.10"),
    ],
)
def test_a_damaged_figure_is_what_the_identities_leave(
    tmp_path: Path, place: tuple[int, int], text: str
) -> None:
    cells, [resolution], quarantine = landed(tmp_path, {place: text})
    cell = cells[place]
    wanted = PRINTED[place[0]][place[1]]
    assert (str(cell["value"]), cell["reading"]) == (f"{wanted}0000", "resolved")
    assert cell["text"] == text
    assert (cell["role"], cell["quarantine_reason"]) == ("amount", None)
    assert resolution["cell_id"] == cell["cell_id"]
    assert resolution["method"] == "damaged_sign"
    assert str(resolution["evidence"]).startswith(f"{text!r}: its one reading agrees with ")
    assert resolution["rules_broken"] is None
    assert quarantine == []


def test_two_damaged_figures_of_one_row_are_settled_by_their_columns(tmp_path: Path) -> None:
    cells, found, quarantine = landed(tmp_path, {(1, 2): "8773;10", (1, 3): "5000:00"})
    assert [str(cells[1, column]["value"]) for column in (2, 3)] == ["8773.100000", "5000.000000"]
    assert len(found) == 2
    assert quarantine == []


def test_a_reading_that_no_identity_confirms_stays_in_quarantine(tmp_path: Path) -> None:
    cells, found, [row] = landed(tmp_path, {(1, 3): "4.000.00"})
    assert found == []
    assert cells[1, 3]["value"] is None
    assert cells[1, 3]["quarantine_reason"] == "several_figures"
    assert str(row["detail"]).endswith(
        "may be 4,000.00; none of them agrees with fund_expenditure_row, "
        "expenditure_total_classes, expenditure_class_sections"
    )


def test_clear_print_is_not_touched_where_sums_contradict_it(tmp_path: Path) -> None:
    cells, found, quarantine = landed(tmp_path, {(1, 3): "4000.00"})
    assert str(cells[1, 3]["value"]) == "4000.000000"
    assert cells[1, 3]["reading"] == "printed"
    assert (found, quarantine) == ([], [])


def test_a_settled_figure_makes_no_other_one_right(tmp_path: Path) -> None:
    changes = {(row, column): "5O00.00" for row in (0, 1, 2) for column in (2, 3)}
    cells, _, quarantine = landed(tmp_path, changes)
    totals = [cells[place] for place in changes if place[1] == 2]
    basics = [cells[place] for place in changes if place[1] == 3]
    assert [cell["reading"] for cell in basics] == ["resolved"] * 3
    assert [cell["quarantine_reason"] for cell in totals] == ["several_figures"] * 3
    assert len(quarantine) == 3
