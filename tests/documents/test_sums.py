"""Every printed total of a PDF equals its parts, but for what the documents themselves have wrong.

The sums are built from the facts alone, so they find a figure in a wrong row, column or level.
Tolerance: half of the last printed digit per addend, plus half for the total.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal

import duckdb
import pytest

from tests.documents.conftest import DOCUMENTS, ask, document_id, read_golden

pytestmark = pytest.mark.shared

PDFS = sorted({row["document"] for row in read_golden("tables")})

# The documents' own mistakes, seen on the page: document, table kind, total, printed, its parts.
# 小学教育 is printed 9,645.51 where its sources make 9,646.01, and 普通教育 holds the latter.
CONTRADICTIONS = {
    ("southwest-university-2023-budget", "income", "20502 total", "520,603.91", "5206034100.00"),
    ("southwest-university-2023-budget", "income", "2050202 row", "9,645.51", "96460100.00"),
}

A_FORM = "putuo-wanli-2023-budget"
"""On page 35 a form prints 10,903,043 as the whole, and 11,419,043 as its fiscal part."""

INCOME_PARTS = (
    "fiscal_appropriation",
    "institutional",
    "business",
    "superior_subsidy",
    "affiliate_remittance",
    "special_account",
    "other",
    "carryover_in",
    "surplus_used",
)
FUND_PARTS = ("general_public_budget", "government_fund", "state_capital")
PARTS_OF_A_ROW = {
    "fct_income": ("total", INCOME_PARTS),
    "fct_expenditure_function": (
        "total",
        (
            "basic",
            "basic_personnel",
            "basic_operating",
            "project",
            "business",
            "reserve",
            "remitted_to_superior",
            "subsidy_to_affiliates",
        ),
    ),
    "fct_expenditure_economic": ("total", ("personnel", "operating")),
}
PARTS_OF_ITEMS = {
    "total": ("overseas_travel", "vehicles", "reception"),
    "vehicles": ("vehicle_purchase", "vehicle_operation"),
    "total_with_meetings_training": ("total", "meetings", "training"),
}
BELOW = {"total": (3, "class"), "class": (5, "section"), "section": (7, "item")}
COLUMNS = {
    "fct_income": ("fact.income_source", "fact.function_code", "fact.level"),
    "fct_expenditure_function": ("fact.component", "fact.function_code", "fact.level"),
    "fct_expenditure_economic": (
        "fact.component",
        "fact.department_economic_code",
        "fact.level",
    ),
    "fct_three_public": ("fact.item", "null", "null"),
    "fct_procurement": ("null", "null", "fact.level"),
}


@dataclass(frozen=True)
class Figure:
    """A fact, with half of its last printed digit in yuan."""

    fact: str
    table_kind: str
    fund: str
    word: str
    code: str
    level: str
    label: str
    printed: str
    yuan: Decimal
    half_digit: Decimal


@dataclass(frozen=True)
class Sum:
    """A printed total and the figures that make it."""

    what: str
    total: Figure
    parts: tuple[Figure, ...]

    def holds(self) -> bool:
        """Tell whether the parts make the total, but for rounding."""
        tolerance = self.total.half_digit + sum(part.half_digit for part in self.parts)
        return abs(self.total.yuan - self.made()) <= tolerance

    def made(self) -> Decimal:
        """Return what the parts add up to, in yuan."""
        return sum((part.yuan for part in self.parts), Decimal(0))


def read_figures(connection: duckdb.DuckDBPyConnection, document: str) -> list[Figure]:
    """Return all figures of a document."""
    selects = " union all ".join(
        f"select '{fact}' as fact, fact.table_kind, fact.fund, {word} as word, {code} as code,"
        f" {level} as level, fact.row_label as label, fact.amount_printed as printed,"
        " fact.amount_yuan as yuan, 0.5 / pow(10, cell.decimals)"
        " * case cell.unit when 'wan_yuan' then 10000 else 1 end as half_digit"
        f" from core.{fact} as fact inner join raw.cell as cell using (cell_id)"
        " where fact.document_id = $1"
        for fact, (word, code, level) in COLUMNS.items()
    )
    return [
        Figure(
            **{
                name: Decimal(str(value)) if name in ("yuan", "half_digit") else str(value or "")
                for name, value in row.items()
            }  # type: ignore[arg-type]
        )
        for row in ask(connection, selects, document_id(document))
    ]


def group(figures: list[Figure], key: Callable[[Figure], object]) -> list[list[Figure]]:
    """Return the figures that share a key, together."""
    groups: dict[object, list[Figure]] = defaultdict(list)
    for figure in figures:
        groups[key(figure)].append(figure)
    return list(groups.values())


def sums_of_columns(figures: list[Figure]) -> Iterator[Sum]:
    """Down a column of coded rows: total, classes, sections, items."""
    coded = [figure for figure in figures if figure.fact in PARTS_OF_A_ROW]
    for table in group(coded, lambda figure: (figure.fact, figure.table_kind)):
        codes = {figure.code for figure in table if figure.code}
        for column in group(table, lambda figure: (figure.fund, figure.word)):
            for total in column:
                length, below = BELOW.get(total.level, (0, ""))
                expected = {
                    code for code in codes if len(code) == length and code.startswith(total.code)
                }
                if not expected or (total.word in ("personnel", "operating") and not total.code):
                    continue
                if total.table_kind in ("summary", "fiscal_summary"):
                    continue
                parts = tuple(
                    part for part in column if part.level == below and part.code in expected
                )
                yield Sum(f"{total.code or 'total'} {total.word}", total, parts)


def sums_of_rows(figures: list[Figure]) -> Iterator[Sum]:
    """Along a row: the whole and its components, or its sources."""
    coded = [
        figure
        for figure in figures
        if figure.fact in PARTS_OF_A_ROW and (figure.code or figure.level in ("total", "unit"))
    ]
    rows = group(coded, lambda f: (f.fact, f.table_kind, f.fund, f.level, f.code, f.label))
    for row in rows:
        whole, words = PARTS_OF_A_ROW[row[0].fact]
        parts = tuple(figure for figure in row if figure.word in words)
        for total in (figure for figure in row if figure.word == whole):
            if parts:
                yield Sum(f"{total.code or 'total'} row", total, parts)


def sums_of_summaries(figures: list[Figure]) -> Iterator[Sum]:
    """The two sides of a summary: parts to the sum of the year, and that to the whole."""
    tables = [f for f in figures if f.table_kind in ("summary", "fiscal_summary")]
    for side in group(tables, lambda figure: (figure.fact, figure.table_kind, figure.fund)):
        words = {figure.word: figure for figure in side if figure.level == "total"}
        ends = ("carryover_in", "surplus_used", "carryover_out", "surplus_distribution")
        year, whole = words.get("current_total"), words.get("total")
        beside = tuple(f for f in side if f.word in ends and f.level == "item")
        if year and whole:
            yield Sum("summary whole", whole, (year, *beside))
        total = year or whole
        if total is None:
            continue
        classes = tuple(f for f in side if f.level == "class" and f.word == "total")
        if classes:
            yield Sum("summary classes", total, classes)
        rows = [f for f in side if f.level == "item" and not f.code and f not in beside]
        if any(f.word == "fiscal_appropriation" for f in rows):
            rows = [f for f in rows if f.word not in FUND_PARTS]
        if rows:
            yield Sum("summary rows", total, tuple(rows))


def sums_of_lists(figures: list[Figure]) -> Iterator[Sum]:
    """三公 by item, procurement by line, income by source, and the two halves of 基本支出."""
    items = {f.word: f for f in figures if f.fact == "fct_three_public" and f.word}
    for word, names in PARTS_OF_ITEMS.items():
        parts = tuple(items[name] for name in names if name in items)
        if word in items and parts:
            yield Sum(f"item {word}", items[word], parts)
    for total in (f for f in figures if f.fact == "fct_procurement" and f.level == "total"):
        lines = tuple(f for f in figures if f.fact == total.fact and f.level == "line")
        yield Sum("procurement lines", total, lines)
    income = [f for f in figures if f.table_kind == "income"]
    if not any(f.code for f in income):
        groups = tuple(f for f in income if f.label.endswith("小计"))
        for total in (f for f in income if f.level == "total"):
            yield Sum("income groups", total, groups)


def all_sums(figures: list[Figure]) -> list[Sum]:
    """Return every sum that the tables of a document print."""
    return [
        *sums_of_columns(figures),
        *sums_of_rows(figures),
        *sums_of_summaries(figures),
        *sums_of_lists(figures),
    ]


@pytest.mark.parametrize("document", PDFS)
def test_printed_totals_equal_their_parts(
    published: duckdb.DuckDBPyConnection, document: str
) -> None:
    sums = all_sums(read_figures(published, document))
    assert len(sums) >= 20
    broken = {
        (document, check.total.table_kind, check.what, check.total.printed, str(check.made()))
        for check in sums
        if not check.holds()
    }
    assert broken == {place for place in CONTRADICTIONS if place[0] == document}


def test_contradictions_are_findings(published: duckdb.DuckDBPyConnection) -> None:
    """What a document has wrong is said, once per cause, and of these documents nothing else."""
    rows = ask(
        published,
        "select distinct document_id from audit.finding where kind = 'source_contradiction'"
        " and severity = 'high' and list_contains(?, document_id)",
        [document_id(document) for document in PDFS],
    )
    named = {document_id(place[0]) for place in CONTRADICTIONS} | {document_id(A_FORM)}
    assert {row["document_id"] for row in rows} == named


def test_a_moved_figure_breaks_a_sum() -> None:
    """The sums bite: one figure taken for another row is found."""
    assert set(PDFS) <= set(DOCUMENTS)

    def figure(level: str, code: str, yuan: str) -> Figure:
        amount = Decimal(yuan)
        return Figure(
            "fct_income", "income", "all", "total", code, level, code, yuan, amount, Decimal(50)
        )

    rows = [figure("total", "", "300000"), figure("class", "201", "200000")]
    good = [*rows, figure("class", "208", "100000")]
    bad = [*rows, figure("section", "20805", "100000")]
    assert all(check.holds() for check in all_sums(good))
    assert not all(check.holds() for check in all_sums(bad))
