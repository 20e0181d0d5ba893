"""Which fact a figure belongs to: the words of its row and column as subject, level and fund.

The same meaning as ``int_figures_placed`` gives it in the warehouse; a test holds both together.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from extract.schema import Record
from extract.vocabulary import TableKind

YUAN = {"yuan": Decimal(1), "wan_yuan": Decimal(10000)}
"""How many yuan one unit is."""

_FEN = Decimal("0.01")
_SMALLEST = Decimal("0.000001")
_LIMIT = Decimal(10) ** 16
_SUBJECTS = {
    "fiscal_summary": "summary",
    "expenditure": "expenditure_function",
    "economic": "expenditure_economic",
    "form": "project",
}
_USUAL_BASIS = {"budget": "budget", "final_account": "final"}
_LEVEL_OF_LENGTH = {3: "class", 5: "section", 7: "item"}
_FUND_SOURCES = frozenset(
    {
        "fiscal_appropriation",
        "general_public_budget",
        "government_fund",
        "state_capital",
        "special_account",
    }
)
_TOTALS = ("total", "current_total")
_CODES = frozenset({"function_code", "department_economic_code", "government_economic_code"})
_AS_PRINTED = frozenset({"row_label", "column_label"})
_NO_DIGIT = re.compile("[^0-9]")


@dataclass(frozen=True)
class Figure:
    """A figure whose reading is certain; ``said`` has the words of its cell, None for an empty one.

    Amounts are in yuan; ``half_digit_yuan`` is half of the last digit that is printed.
    """

    said: Mapping[str, str | None]
    table_no: int
    row_no: int
    column_no: int
    block_no: int | None
    amount_yuan: Decimal
    half_digit_yuan: Decimal

    def __getitem__(self, name: str) -> str | None:
        """The word of a column of the table `cell`."""
        return self.said[name]

    @property
    def table_id(self) -> str:
        """The table of the figure."""
        return self.said["table_id"] or ""

    @property
    def table_kind(self) -> str:
        """The kind of its table."""
        return self.said["table_kind"] or ""


@dataclass(frozen=True)
class Placed:
    """A figure and the fact that it belongs to; codes are None where the fact has none."""

    figure: Figure
    subject: str
    level: str
    fund: str
    main_fund: str
    function_code: str | None
    department_economic_code: str | None
    government_economic_code: str | None
    word: str
    basis: str | None


@dataclass(frozen=True)
class _Table:
    """What is true of all figures of a table."""

    subject: str
    default_fund: str
    fund: str | None
    has_one_column: bool


def place_figures(
    cells: Iterable[Record],
    table_funds: Mapping[str, str | None],
    kinds: Mapping[str, TableKind],
    document_kind: str,
) -> list[Placed]:
    """The figures of a document whose reading and whose fact are certain.

    ``cells`` are rows of the table `cell`; ``table_funds`` has the fund of each table by its id,
    ``kinds`` what is true of each kind of table.
    """
    facts = {name for name, kind in kinds.items() if kind.facts}
    figures = [
        figure
        for cell in cells
        if cell["table_kind"] in facts and (figure := _certain(cell)) is not None
    ]
    columns: dict[str, set[int]] = defaultdict(set)
    income: dict[tuple[str, int | None], bool] = defaultdict(bool)
    expenditure: dict[tuple[str, int | None], bool] = defaultdict(bool)
    for figure in figures:
        columns[figure.table_id].add(figure.column_no)
        block = (figure.table_id, figure.block_no)
        income[block] |= figure["row_source"] is not None
        expenditure[block] |= bool(figure["row_component"] or figure["function_code"])
    found = []
    for figure in figures:
        kind = kinds[figure.table_kind]
        table = _Table(
            subject=_SUBJECTS.get(kind.family, kind.family),
            default_fund=kind.default_fund,
            fund=table_funds.get(figure.table_id),
            has_one_column=len(columns[figure.table_id]) == 1,
        )
        block = (figure.table_id, figure.block_no)
        sides = (income[block], expenditure[block])
        subject = _subject(figure, table, sides, document_kind)
        if subject is not None:
            found.append(_placed(figure, table, subject, document_kind))
    return found


def _certain(cell: Record) -> Figure | None:
    """The figure of a cell with its codes cleaned; None where there is none for certain."""
    value, places = cell["value"], cell["decimals"]
    if cell["role"] != "amount" and cell["reading"] != "confirmed":
        return None
    if cell["quarantine_reason"] is not None or not isinstance(value, Decimal):
        return None
    size = YUAN.get(str(cell["unit"]))
    if size is None:
        return None
    amount = (value * size).quantize(_FEN, ROUND_HALF_UP)
    if abs(amount) >= _LIMIT:
        return None
    half = Decimal("0.5").scaleb(-_whole(places)) * size
    return Figure(
        said={
            name: _clean(name, text)
            for name, text in cell.items()
            if text is None or isinstance(text, str)
        },
        table_no=_whole(cell["table_no"]),
        row_no=_whole(cell["row_no"]),
        column_no=_whole(cell["column_no"]),
        block_no=None if cell["block_no"] is None else _whole(cell["block_no"]),
        amount_yuan=amount,
        half_digit_yuan=half.quantize(_SMALLEST, ROUND_HALF_UP),
    )


def _whole(number: object) -> int:
    return number if isinstance(number, int) else 0


def _clean(name: str, text: str | None) -> str | None:
    if text is None:
        return None
    if name in _CODES:
        return _NO_DIGIT.sub("", text) or None
    return text.strip(" ") if name in _AS_PRINTED else text.strip(" ") or None


def _subject(
    figure: Figure, table: _Table, sides: tuple[bool, bool], document_kind: str
) -> str | None:
    """The fact of a figure; None where it is of another year, or its side is not known."""
    basis = figure["column_basis"]
    if table.subject != "three_public" and basis not in (None, _USUAL_BASIS.get(document_kind)):
        return None
    if any(code and len(code) not in _LEVEL_OF_LENGTH for code in map(figure.said.get, _CODES)):
        return None
    if table.subject != "summary":
        is_income = figure["column_source"] is not None and figure["column_component"] is None
        return "income" if table.subject == "expenditure_function" and is_income else table.subject
    if _economic_code(figure) is not None:
        return "expenditure_economic"
    if figure["function_code"] is not None:
        return "expenditure_function"
    if figure["row_source"] is not None:
        return "income"
    if figure["row_component"] is not None:
        return "expenditure_function"
    return {(True, False): "income", (False, True): "expenditure_function"}.get(sides)


def _economic_code(figure: Figure) -> str | None:
    return figure["department_economic_code"] or figure["government_economic_code"]


def _placed(figure: Figure, table: _Table, subject: str, document_kind: str) -> Placed:
    is_summary = table.subject == "summary"
    word = _word(figure, table, subject)
    if subject == "income" and word in _FUND_SOURCES:
        # a source that is itself named after a fund says nothing about another one
        stated = figure["column_fund"] if is_summary else figure["row_fund"]
    else:
        stated = figure["row_fund"] or figure["column_fund"]
    own = table.fund or table.default_fund
    if (stated or "all") == "all":
        fund = "all" if figure.table_kind == "three_public" and stated == "all" else own
    else:
        fund = str(stated)
    is_total = figure["row_kind"] == "total"
    has_codes = not is_total or subject == "procurement"
    return Placed(
        figure=figure,
        subject=subject,
        level=_level(figure, subject, word, is_summary),
        fund=fund,
        main_fund=table.default_fund if is_summary else own,
        function_code=figure["function_code"] if has_codes else None,
        department_economic_code=figure["department_economic_code"] if has_codes else None,
        government_economic_code=None if is_total else figure["government_economic_code"],
        word=word,
        basis=(figure["column_basis"] or _USUAL_BASIS.get(document_kind))
        if subject == "three_public"
        else None,
    )


def _word(figure: Figure, table: _Table, subject: str) -> str:
    """Income source, component, item or measure, from row or column, whichever says more."""
    if subject == "income":
        if table.subject == "summary":
            return figure["row_source"] or "other_printed"
        return figure["column_source"] or figure["row_source"] or "other_printed"
    if subject.startswith("expenditure"):
        return _component(figure, table, subject)
    if subject == "three_public":
        column = figure["column_item"]
        if column not in (None, "total"):
            return str(column)
        return figure["row_item"] or column or "other_printed"
    measure = figure["column_measure"] or "amount"
    return "budget" if subject == "project" and measure == "amount" else measure


def _component(figure: Figure, table: _Table, subject: str) -> str:
    row, column = figure["row_component"], figure["column_component"]
    is_summary = table.subject == "summary"
    if subject == "expenditure_economic":
        word = (row if row not in ("total", "basic") else None) or column or "total"
        same = {
            "basic": "total",
            "current_total": "total",
            "basic_personnel": "personnel",
            "basic_operating": "operating",
        }
        return same.get(word, word)
    if is_summary and figure["function_code"] is not None:
        word = column or "total"
    elif is_summary and row in _TOTALS and column not in (None, *_TOTALS):
        word = str(column)
    elif is_summary:
        word = row or "other_printed"
    elif figure["column_fund"] is not None or table.has_one_column:
        word = column or row or "total"
    else:
        word = column or row or "other_printed"
    if word == "current_total" and not is_summary:
        return "total"
    return {"personnel": "basic_personnel", "operating": "basic_operating"}.get(word, word)


def _level(figure: Figure, subject: str, word: str, is_summary: bool) -> str:
    kind = figure["row_kind"]
    code = figure["function_code"]
    if subject in ("procurement", "project"):
        if kind == "total":
            return "total"
        is_class = (
            subject == "procurement"
            and code is not None
            and len(code) < 7
            and figure["catalogue_code"] is None
            and figure["project_name"] is None
        )
        return "subtotal" if kind in ("subtotal", "unit", "of_which") or is_class else "line"
    if subject == "three_public":
        return "unit" if kind == "unit" else "total"
    if subject == "expenditure_economic":
        return _row_level(kind, _economic_code(figure))
    if kind == "subtotal" and code is None and (subject == "income" or is_summary):
        # 小计 of one source or component is its line, not the total of the table
        return "total" if word in _TOTALS else "item"
    return _row_level(kind, code)


def _row_level(kind: str | None, code: str | None) -> str:
    if kind in ("total", "of_which", "unit"):
        return str(kind)
    if code is not None and len(code) in _LEVEL_OF_LENGTH:
        return _LEVEL_OF_LENGTH[len(code)]
    return "total" if kind == "subtotal" else "item"
