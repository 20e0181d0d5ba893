"""Mistakes made on purpose: each changes what it says, and nothing else."""

from __future__ import annotations

from decimal import Decimal
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accuracy.injection_report import InjectionReport, Result
from accuracy.judging import Check, Sign, Verdict, new_signs, standing_of
from accuracy.mistakes import KINDS, MISPRINTS, Mistake, Neighbours, Record, make_mistake, misprint
from extract.schema import TABLES

FIGURES = st.decimals(min_value=-(10**9), max_value=10**9, places=2).map(lambda one: f"{one:.2f}")


def cell(row: int, column: int, value: str) -> Record:
    record: Record = dict.fromkeys(TABLES["cell"].names)
    return record | {
        "cell_id": f"d:t1:r{row}:c{column}",
        "document_id": "d",
        "table_id": "d:t1",
        "table_kind": "income",
        "row_no": row,
        "column_no": column,
        "block_no": 1,
        "printed": value,
        "text": value,
        "value": Decimal(value),
        "unit": "wan_yuan",
        "decimals": len(value.partition(".")[2]),
        "row_label": f"row {row}",
        "column_label": f"column {column}",
        "column_source": f"source {column}",
    }


CELLS = [cell(1, 1, "3.10"), cell(1, 2, "2.10"), cell(2, 1, "1.50"), cell(3, 2, "7.00")]


@given(FIGURES, st.sampled_from(MISPRINTS), st.integers(0, 99))
def test_a_misprint_is_another_figure(text: str, kind: str, seed: int) -> None:
    wrong = misprint(kind, text, Random(seed))
    if wrong is not None:
        assert Decimal(wrong) != Decimal(text)
        digits, wrong_digits = (sum(one.isdigit() for one in each) for each in (text, wrong))
        more = {"digit_dropped": -1, "digit_doubled": 1}.get(kind, 0)
        assert wrong_digits - digits == more


@pytest.mark.parametrize("kind", MISPRINTS)
def test_every_kind_of_misprint_can_be_made(kind: str) -> None:
    assert any(misprint(kind, "1234.50", Random(seed)) for seed in range(5))


def test_a_figure_without_two_different_digits_cannot_swap_them() -> None:
    assert misprint("digits_swapped", "0.00", Random(1)) is None


@pytest.mark.parametrize("kind", KINDS)
def test_a_mistake_says_how_many_yuan_it_is_off(kind: str) -> None:
    made = make_mistake(kind, CELLS[0], Neighbours(CELLS), Random(4))
    assert made is not None
    before = {str(one["cell_id"]): one["value"] for one in CELLS}
    after = {str(one["cell_id"]): one["value"] for one in made.cells}
    for cell_id, shift in made.shifts.items():
        value, wrong = before[cell_id], after.get(cell_id, Decimal(0))
        assert isinstance(value, Decimal) and isinstance(wrong, Decimal)
        assert shift == (wrong - value) * 10000
    assert set(made.replaced) == set(made.shifts)


def test_a_figure_changes_places_with_its_neighbour() -> None:
    made = make_mistake("column_shifted", CELLS[0], Neighbours(CELLS), Random(1))
    assert made is not None
    assert [(one["column_no"], one["printed"]) for one in made.cells] == [(1, "2.10"), (2, "3.10")]


def test_a_figure_moves_into_a_blank_and_takes_its_meaning() -> None:
    made = make_mistake("column_shifted", CELLS[2], Neighbours(CELLS), Random(1))
    assert made is not None
    (moved,) = made.cells
    assert (moved["row_no"], moved["column_no"], moved["printed"]) == (2, 2, "1.50")
    assert (moved["row_label"], moved["column_label"]) == ("row 2", "column 2")
    assert moved["cell_id"] not in [one["cell_id"] for one in CELLS]


def test_a_figure_in_another_column_of_the_same_meaning_is_no_mistake() -> None:
    cells = [one | {"column_source": "total"} for one in CELLS]
    assert make_mistake("column_shifted", cells[2], Neighbours(cells), Random(1)) is None


def test_a_figure_moves_down_a_row_and_keeps_its_column() -> None:
    made = make_mistake("row_shifted", CELLS[1], Neighbours(CELLS), Random(1))
    assert made is not None
    (moved,) = made.cells
    assert (moved["row_no"], moved["column_no"], moved["printed"]) == (2, 2, "2.10")
    assert (moved["row_label"], moved["column_label"]) == ("row 2", "column 2")


CHECKS = {
    "total": [Check("sum", 1, Decimal(150))],
    "part": [Check("sum", -1, Decimal(150))],
    "other": [Check("sum", -1, Decimal(150))],
}


@pytest.mark.parametrize(
    ("shifts", "standing"),
    [
        ({"part": 200}, "counted"),
        ({"part": 150}, "within_rounding"),
        ({"part": 900, "other": -900}, "balanced"),
        ({"total": 900, "other": 900}, "balanced"),
        ({"total": 900, "other": -900}, "counted"),
        ({"lone": 900}, "uncovered"),
    ],
)
def test_a_mistake_counts_if_it_moves_two_sides_apart(
    shifts: dict[str, int], standing: str
) -> None:
    yuan = {one: Decimal(shift) for one, shift in shifts.items()}
    assert standing_of(yuan, CHECKS) == standing


def test_only_what_the_original_has_not_is_a_sign() -> None:
    old = Sign("income_row", "2|3 0.41", frozenset({"t1:r3:c1"}))
    other_rows = Sign("income_row", "2|4 1.00", frozenset({"t1:r4:c1"}))
    assert new_signs(Verdict({old}), Verdict({old, other_rows})) == {other_rows}
    assert new_signs(Verdict({old}), Verdict({old})) == frozenset()


def test_a_mistake_without_a_sign_is_missed() -> None:
    made = make_mistake("digit_changed", CELLS[0], Neighbours(CELLS), Random(1))
    assert isinstance(made, Mistake)
    sign = Sign("income_row", "", frozenset({"t1:r1:c1"}))
    noticed = Result("a", made, "counted", frozenset({sign}))
    missed = Result("a", made, "counted", frozenset())
    alone = Result("a", made, "uncovered", frozenset())
    report = InjectionReport((noticed, missed, alone))
    assert (report.share, report.missed) == (Decimal("0.5"), (missed,))
    assert (noticed.named, missed.named) == (True, False)
    assert InjectionReport((alone,)).share == 0
