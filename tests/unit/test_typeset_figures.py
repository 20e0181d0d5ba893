"""The figures behind the sample documents add up, but for what the published documents have wrong.

The sums find a wrongly taken figure: a digit, a column, a lost row.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import pytest

from typeset.facts import PART_TOTALS, GoldenFact, golden
from typeset.model import Disclosure, Row, Table, list_slugs, load_disclosure

HALF_A_DIGIT = Decimal("0.005")
TEN_THOUSAND = Decimal(10000)
FISCAL_FUNDS = ("general_public_budget", "government_fund", "state_capital")
OTHER_FUNDS = ("special_account", "unit_funds", "surplus_used", "carryover")

# A total of a row, and the parts it is the sum of, by words of the contract.
ROW_SUMS: dict[str, list[tuple[str, tuple[str, ...]]]] = {
    "component": [
        (
            "total",
            (
                "basic",
                "project",
                "business",
                "remitted_to_superior",
                "subsidy_to_affiliates",
                "carryover_out",
            ),
        ),
        ("basic", ("basic_personnel", "basic_operating")),
        ("total", ("personnel", "operating")),
    ],
    "fund": [("all", ("fiscal", *OTHER_FUNDS)), ("fiscal", FISCAL_FUNDS)],
    "item": [
        ("total", ("overseas_travel", "vehicles", "reception")),
        ("vehicles", ("vehicle_purchase", "vehicle_operation")),
    ],
}

QINGDAO, QINGSHAN, WEIFANG = (
    "qingdao-data-bureau-2023-budget",
    "qingshan-data-center-2023-budget",
    "weifang-data-bureau-2023-budget",
)
UNIT = "武汉市青山区大数据中心"

# (disclosure, table, total, as printed): the published document itself has it so.
PUBLISHED_SO = {
    # The income table has no row for the work that the carry-over of 1,000 pays for.
    (QINGDAO, "income", "合计: 合计", "10,216.72"),
    (QINGDAO, "income", "上年结转: 合计", "1,000.00"),
    # 小计 is printed without the 41 fen of 合计 and of its only part.
    *(
        (QINGSHAN, "income", f"{total}: {row}", printed)
        for total, printed in (("current_total", "13214710.00"), ("total", "13214710.41"))
        for row in ("合计", UNIT, f"{UNIT}本级")
    ),
    # One cell of 一般公共预算收入 is blank.
    (WEIFANG, "income", "fiscal_appropriation: 工业和信息产业监管", "4807.56"),
}


def is_sum(total: Decimal, parts: list[Decimal]) -> bool:
    """Whether a total equals its parts within the rounding of printed cents, in its own unit."""
    return abs(total - sum(parts)) <= HALF_A_DIGIT * (len(parts) + 1)


def amount(text: str) -> Decimal:
    return Decimal(text or 0)


def label(row: Row) -> str:
    return next((row.cells[f] for f in ("name", "name1", "department_name") if f in row.cells), "")


def code_of(fact: GoldenFact) -> tuple[str, ...]:
    codes = (fact.function_code, fact.department_economic_code, fact.government_economic_code)
    return tuple(code for code in codes if code)


def levels(disclosure: Disclosure) -> Iterator[tuple[str, str, str, Decimal, list[Decimal]]]:
    """Every row with the rows one code level below it, in each amount column."""
    facts = [fact for fact in golden(disclosure) if not fact.table_kind.endswith("summary")]
    columns: dict[tuple[str, str], list[GoldenFact]] = {}
    for fact in facts:
        if fact.fact.startswith("expenditure") or fact.fact == "income":
            columns.setdefault((fact.table_kind, fact.column_label), []).append(fact)
    unit = 1 if disclosure.tables[0].unit == "yuan" else TEN_THOUSAND
    for (kind, column_label), column in columns.items():
        for total in column:
            code = code_of(total)
            length = {0: 3, 3: 5, 5: 7, 7: 9}[len(code[0]) if code else 0]
            below = [
                fact.amount_yuan / unit
                for fact in column
                if (part := code_of(fact))
                and len(part[0]) == length
                and all(a.startswith(b) for a, b in zip(part, code, strict=False))
            ]
            if below and total.row_label not in PART_TOTALS:
                what = f"{column_label}: {total.row_label}"
                yield kind, what, total.amount_printed, total.amount_yuan / unit, below


def rows(table: Table) -> Iterator[tuple[str, str, Decimal, list[Decimal]]]:
    """Every total of a row with its parts in other columns."""
    for field, sums in ROW_SUMS.items():
        for row in table.rows:
            for basis in {column.basis for column in table.columns}:
                cells: dict[str, list[str]] = {}
                for column in table.columns:
                    if column.role == "amount" and column.basis == basis:
                        cells.setdefault(getattr(column, field), []).append(row.cells[column.field])
                for word, parts in sums:
                    if word == "all" and "fiscal" not in cells:
                        parts = (*FISCAL_FUNDS, *OTHER_FUNDS)
                    found = [text for part in parts for text in cells.get(part, [])]
                    if len(cells.get(word, [])) == 1 and cells[word][0] and len(found) > 1:
                        what = f"{word}: {label(row)}"
                        yield what, cells[word][0], amount(cells[word][0]), list(map(amount, found))


def income_rows(table: Table) -> Iterator[tuple[str, str, Decimal, list[Decimal]]]:
    """合计 of an income row against its sources, and 小计 against those of the year."""
    for row in table.rows:
        sources: dict[str, Decimal] = {}
        for column in table.columns:
            if column.income_source and column.fund == "all":
                sources[column.income_source] = amount(row.cells[column.field])
        total, current = sources.pop("total"), sources.pop("current_total", None)
        fiscal = sources.pop("fiscal_appropriation", None)
        funds = [sources.pop(fund) for fund in FISCAL_FUNDS if fund in sources]
        if fiscal is not None and funds:
            yield f"fiscal_appropriation: {label(row)}", f"{fiscal}", fiscal, funds
        year = [*(funds if fiscal is None else [fiscal]), *sources.values()]
        if current is not None:
            earlier = sources["carryover_in"]
            yield f"current_total: {label(row)}", f"{current}", current, [*year, -earlier]
            yield f"total: {label(row)}", f"{total}", total, [current, earlier]
        else:
            yield f"total: {label(row)}", f"{total}", total, year


def side_sums(table: Table) -> Iterator[tuple[str, Decimal, list[Decimal]]]:
    """Both sides of a summary: 本年合计 of its items; 总计 of 本年合计 and what comes besides."""
    incomes = [
        (row.words["income_source"], row.words["income_fund"], amount(row.cells["income_amount"]))
        for row in table.rows
    ]
    sources = [(word, value) for word, fund, value in incomes if word and not fund]
    named = dict(reversed(sources))
    besides = [value for word, value in sources if word in ("carryover_in", "surplus_used")]
    yield "income total", named["total"], [named["current_total"], *besides]
    aside = {"current_total", "total", "carryover_in", "surplus_used"}
    if "fiscal_appropriation" in named:
        aside |= set(FISCAL_FUNDS)
    items = [value for word, value in sources if word not in aside]
    yield "income items", named["current_total"], items
    for column in table.columns:
        if column.role != "amount" or column.field == "income_amount":
            continue
        parts = [(row.words, amount(row.cells[column.field])) for row in table.rows]
        classes = [value for words, value in parts if words["function_code"]]
        by_name = {
            words["component"]: value for words, value in parts if not words["function_code"]
        }
        by_name.pop("", None)
        current, total = by_name.pop("current_total"), by_name.pop("total")
        yield f"{column.field} items", current, classes
        yield f"{column.field} total", total, [current, *by_name.values()]


def line_sums(table: Table) -> Iterator[tuple[str, str, Decimal, list[Decimal]]]:
    """Totals over the lines of a table; 合计 of 人员 and 公用 over their classes."""
    for column in table.columns:
        if not column.is_amount or "level" not in table.rows[0].words:
            continue
        lines = [amount(r.cells[column.field]) for r in table.rows if r.words["level"] == "line"]
        for row in table.rows:
            whole = row.words["level"] == "total"
            if lines and whole and row.cells[column.field]:
                yield (
                    f"{column.field}: {label(row)}",
                    row.cells[column.field],
                    amount(row.cells[column.field]),
                    lines,
                )
    if "code1" in table.rows[0].cells:
        values = {
            row.cells[f"code{n}"] or row.cells[f"name{n}"]: amount(row.cells[f"amount{n}"])
            for row in table.rows
            for n in "123"
        }
        for name, classes in (
            ("人员经费合计", ("301", "303")),
            ("公用经费合计", ("302", "307", "310", "312", "399")),
        ):
            yield name, str(values[name]), values[name], [values[code] for code in classes]


def all_sums(disclosure: Disclosure) -> Iterator[tuple[str, str, str, Decimal, list[Decimal]]]:
    """Every sum of the disclosure but those of the summaries: table, what, as printed, parts."""
    yield from levels(disclosure)
    for table in disclosure.tables:
        if table.rows:
            sums = income_rows(table) if table.kind == "income" else rows(table)
            yield from ((table.kind, *each) for each in (*sums, *line_sums(table)))


@pytest.mark.parametrize(
    ("slug", "least"),
    [
        (QINGDAO, 470),
        ("qingdao-data-bureau-2024-final-unit", 180),
        (QINGSHAN, 180),
        (WEIFANG, 440),
        ("yantai-data-bureau-2023-final", 115),
    ],
)
def test_only_published_contradictions_are_broken(slug: str, least: int) -> None:
    sums = list(all_sums(load_disclosure(slug)))
    broken = {
        (slug, kind, what, printed)
        for kind, what, printed, total, parts in sums
        if not is_sum(total, parts)
    }
    assert broken == {entry for entry in PUBLISHED_SO if entry[0] == slug}
    assert len(sums) >= least


@pytest.mark.parametrize("slug", list_slugs())
def test_sides_of_summaries_add_up(slug: str) -> None:
    for table in load_disclosure(slug).tables:
        if table.kind in ("summary", "fiscal_summary"):
            sums = list(side_sums(table))
            assert len(sums) >= 4
            assert [what for what, total, parts in sums if not is_sum(total, parts)] == []


def test_sums_notice_a_wrong_digit() -> None:
    assert is_sum(Decimal("1251.00"), [Decimal("1000.50"), Decimal("250.51")])
    assert not is_sum(Decimal("1251.00"), [Decimal("1000.50"), Decimal("250.60")])
