"""Rules over the cells of one document: what holds, what breaks, and what says nothing."""

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from extract.errors import VocabularyError
from extract.rules.checking import Check, check_document
from extract.rules.terms import EVALUATED, FOLDER, NOT_EVALUATED, load_rules
from extract.schema import TABLES, Record
from extract.vocabulary import load_vocabulary

KINDS = load_vocabulary().kinds


def cells(kind: str, *figures: dict[str, object], table: int = 1) -> Iterator[Record]:
    """Cells of one table in 万元 with two digits; a figure is its words, ``row`` and ``value``."""
    for number, words in enumerate(figures, start=1):
        row = words.get("row_no", number)
        yield {
            **dict.fromkeys(TABLES["cell"].names),
            "document_id": "d",
            "table_id": f"d:t{table}",
            "table_no": table,
            "table_kind": kind,
            "row_no": number,
            "column_no": 2,
            "block_no": 1,
            "role": "amount",
            "unit": "wan_yuan",
            "decimals": 2,
            "reading": "printed",
            "cell_id": f"d:t{table}:r{row}:c{words.get('column_no', 2)}",
            **words,
            "value": Decimal(str(words["value"])),
        }


def checks(rule: str, *found: Record, kind: str = "budget") -> list[Check]:
    own = [check for check in check_document(found, {}, KINDS, kind) if check.rule.name == rule]
    assert own, rule
    return own


def expenditure(**values: str) -> list[Record]:
    """A row of 合计, basic and project expenditure for each class, and the total's row."""
    figures: list[dict[str, object]] = []
    for at, (name, value) in enumerate(values.items(), start=1):
        amounts = value.split()
        code = name.removeprefix("c")
        row = {"row_kind": "total"} if name == "total" else {"function_code": code}
        for column, (word, amount) in enumerate(
            zip(("total", "basic", "project"), amounts, strict=True), start=2
        ):
            figures.append(
                {
                    **row,
                    "row_no": at,
                    "column_no": column,
                    "column_component": word,
                    "value": amount,
                }
            )
    return list(cells("expenditure", *figures))


def test_a_sum_that_holds_and_one_that_does_not() -> None:
    right = expenditure(total="30.00 10.00 20.00", c201="20.00 8.00 12.00", c208="10.00 2.00 8.00")
    wrong = expenditure(total="30.00 10.00 20.00", c201="20.00 8.00 12.00", c208="10.00 2.00 9.00")
    assert [c.status for c in checks("expenditure_row", *right)] == ["holds"] * 3
    assert [c.status for c in checks("expenditure_row", *wrong)].count("broken") == 1
    assert [c.status for c in checks("expenditure_total_classes", *right)] == ["holds"] * 3
    [broken] = [c for c in checks("expenditure_total_classes", *wrong) if c.status == "broken"]
    assert (broken.left_yuan, broken.right_yuan) == (Decimal("200000.00"), Decimal("210000.00"))
    assert broken.tolerance_yuan == Decimal(150)
    assert broken.cell_ids == ("d:t1:r1:c4", "d:t1:r2:c4", "d:t1:r3:c4")


def test_half_of_the_last_digit_of_each_figure_is_rounding() -> None:
    near = expenditure(total="30.01 10.00 20.00", c201="30.00 10.00 20.00")
    far = expenditure(total="30.02 10.00 20.00", c201="30.00 10.00 20.00")
    assert "rounding" in {c.status for c in checks("expenditure_row", *near)}
    assert "broken" in {c.status for c in checks("expenditure_row", *far)}


def test_two_printings_of_one_figure_leave_nothing_to_rounding() -> None:
    summary = cells(
        "summary",
        {"row_source": "total", "row_kind": "total", "value": "30.01"},
        {"row_component": "total", "row_kind": "total", "block_no": 2, "value": "30.00"},
    )
    [check] = checks("summary_income_equals_expenditure", *summary)
    assert (check.status, check.tolerance_yuan) == ("broken", Decimal(0))


def test_a_side_that_is_not_printed_never_holds() -> None:
    only = expenditure(total="30.00 10.00 20.00")
    assert {c.status for c in checks("expenditure_table_summary", *only)} == {"not_applicable"}
    [check] = checks("expenditure_table_summary", *only)
    assert check.reason == "the right side is not printed"


def test_a_figure_in_doubt_is_on_no_side_and_excuses_its_table() -> None:
    rows = expenditure(total="30.00 10.00 20.00", c201="20.00 8.00 12.00", c208="10.00 2.00 8.00")
    doubtful = rows[-1]
    rest = [*rows[:-1], {**doubtful, "quarantine_reason": "ambiguous_column"}]
    found = check_document(rest, {}, KINDS, "budget", [("expenditure", str(doubtful["cell_id"]))])
    [check] = [
        c
        for c in found
        if c.rule.name == "expenditure_total_classes"
        and doubtful["cell_id"] not in c.cell_ids
        and c.left_yuan == Decimal(200000)
    ]
    assert (check.status, check.reason) == (
        "not_applicable",
        "a figure of its table is in quarantine",
    )


def three_public(**values: str) -> list[Record]:
    """Items of 三公 with their figures."""
    return list(
        cells(
            "three_public",
            *(
                {"row_item": item, "column_basis": "budget", "value": v}
                for item, v in values.items()
            ),
        )
    )


def test_an_item_without_a_word_may_be_the_part_that_a_sum_lacks() -> None:
    lacking = three_public(total="46", reception="8", other_printed="38")
    [check] = checks("three_public_total", *lacking)
    assert (check.status, check.reason) == (
        "not_applicable",
        "an item of its table has no word, and may be part of it",
    )
    [whole] = checks("three_public_total", *three_public(total="46", reception="8", vehicles="30"))
    assert whole.status == "broken"
    every = {"total": "46", "overseas_travel": "0", "reception": "8", "vehicles": "30"}
    [named] = checks("three_public_total", *three_public(**every, other_printed="8"))
    assert named.status == "broken"


def test_tables_about_other_money_are_not_compared() -> None:
    every = expenditure(total="30.00 10.00 20.00", c201="30.00 10.00 20.00")
    figures: list[dict[str, object]] = [
        {"row_kind": "total", "column_component": "total", "value": "25.00"},
        {"function_code": "201", "column_component": "total", "value": "25.00"},
    ]
    fiscal = list(cells("fiscal_expenditure", *figures, table=2))
    found = checks("expenditure_fiscal_expenditure", *every, *fiscal)
    assert "the tables are not about the same money" in {check.reason for check in found}
    assert "broken" not in {check.status for check in found}
    same = [{**cell, "value": Decimal(30)} for cell in fiscal]
    assert "holds" in {c.status for c in checks("expenditure_fiscal_expenditure", *every, *same)}


def test_the_year_before_is_on_no_side() -> None:
    rows = expenditure(total="30.00 10.00 20.00", c201="30.00 10.00 20.00")
    before = [{**cell, "column_basis": "final"} for cell in rows]
    assert {c.status for c in checks("expenditure_row", *before)} == {"not_applicable"}


def test_what_is_printed_twice_counts_once() -> None:
    rows = expenditure(total="30.00 10.00 20.00", c201="30.00 10.00 20.00")
    again = [
        {**cell, "table_no": 2, "table_id": "d:t2", "cell_id": f"{cell['cell_id']}x"}
        for cell in rows
    ]
    found = checks("expenditure_total_classes", *rows, *again)
    assert [check.status for check in found] == ["holds"] * 3


def test_subtotals_are_the_sums_of_the_lines_below_them() -> None:
    def listed(amounts: list[str]) -> Iterator[Record]:
        kinds = ["subtotal", "line", "line", "subtotal", "line"]
        return cells(
            "project_list",
            *(
                {"row_kind": kind, "row_label": f"{at}", "value": amount}
                for at, (kind, amount) in enumerate(zip(kinds, amounts, strict=True))
            ),
        )

    right = checks("project_groups", *listed(["3.00", "1.00", "2.00", "4.00", "4.00"]))
    wrong = checks("project_groups", *listed(["3.00", "1.00", "2.00", "5.00", "4.00"]))
    assert [check.status for check in right] == ["holds", "holds"]
    assert sorted(check.status for check in wrong) == ["broken", "holds"]


def test_every_file_of_rules_is_evaluated_or_named_as_one_that_is_not() -> None:
    files = {path.name.removesuffix("_term.csv") for path in FOLDER.glob("*_term.csv")}
    assert files == {*EVALUATED, *NOT_EVALUATED}
    assert all(rule.terms for rule in load_rules())


def test_a_term_of_no_rule_is_refused(tmp_path: Path) -> None:
    for name in ("identity_rule.csv", "identity_term.csv"):
        (tmp_path / name).write_bytes((FOLDER / name).read_bytes())
    with (tmp_path / "identity_term.csv").open("a", encoding="utf-8") as terms:
        terms.write("nothing,left,1,1,income,income,,,,,,,true\n")
    with pytest.raises(VocabularyError, match="nothing"):
        load_rules(tmp_path)
