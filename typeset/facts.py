"""The facts that a typeset disclosure states: the golden answer of the round-trip test."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from typeset.extra import Form
from typeset.model import CODE_ROLES, Column, Disclosure, Row, Table

ECONOMIC_KINDS = frozenset(
    {"basic_economic", "basic_economic_government", "basic_expenditure", "agency_operating_cost"}
)
CATEGORIES = {"货物": "goods", "工程": "works", "服务": "services"}
PART_TOTALS = {"人员经费合计": "personnel", "公用经费合计": "operating"}
NAME_ROLES = frozenset({"name", "project_name", "function_text"})
TEN_THOUSAND = Decimal(10000)
CENT = Decimal("0.01")
FULL_WIDTH = {ord(char): ord(char) + 0xFEE0 for char in "0123456789.,-"}


@dataclass(frozen=True)
class GoldenFact:
    """One fact that a reader must find, in the words of the warehouse contract.

    None means that the document says nothing about it. `amount_printed` is the text on the page,
    `amount_yuan` its value in yuan. A total that a table prints twice is one fact, on the page of
    its first print.
    """

    fact: str
    table_kind: str
    level: str
    fund: str | None
    income_source: str | None
    component: str | None
    item: str | None
    basis: str | None
    measure: str | None
    function_code: str | None
    department_economic_code: str | None
    government_economic_code: str | None
    unit_code: str | None
    project_name: str | None
    catalogue_code: str | None
    category: str | None
    row_label: str
    column_label: str
    amount_printed: str
    amount_yuan: Decimal
    page_number: int | None
    sme_reserved_yuan: Decimal | None = None
    micro_reserved_yuan: Decimal | None = None


def golden(disclosure: Disclosure) -> list[GoldenFact]:
    """All facts of a disclosure in printed order; a blank is no fact, a printed zero is one."""
    facts: dict[tuple[object, ...], GoldenFact] = {}
    for table in disclosure.tables:
        for index, (column, fact) in enumerate(_table_facts(disclosure, table)):
            twice = fact.level == "total" or fact.fact == "three_public"
            key = _grain(fact, table, column) if twice else (table.key, index)
            facts.setdefault(key, fact)
    forms = [fact for form in disclosure.forms for fact in _form_amounts(form)]
    return [*facts.values(), *forms]


def main_amounts(disclosure: Disclosure) -> dict[tuple[str, str], Decimal]:
    """Totals and items of 三公 of the year itself, in yuan, by table kind and word of the contract.

    The first that a table prints; of a final account what was spent, not the budget beside it.
    """
    own = {None, "final" if disclosure.document_kind == "final_account" else "budget"}
    amounts: dict[tuple[str, str], Decimal] = {}
    for fact in golden(disclosure):
        if (fact.level == "total" or fact.fact == "three_public") and fact.basis in own:
            word = fact.income_source or fact.component or fact.item or ""
            amounts.setdefault((fact.table_kind, word), fact.amount_yuan)
    return amounts


def _form_amounts(form: Form) -> list[GoldenFact]:
    """The amounts of a form as facts: its total and 财政拨款; 其他资金 is a printed zero."""
    blank = GoldenFact(
        fact="project_amount",
        table_kind=form.kind,
        level="line",
        fund=None,
        income_source=None,
        component=None,
        item=None,
        basis=None,
        measure=None,
        function_code=None,
        department_economic_code=None,
        government_economic_code=None,
        unit_code=None,
        project_name=form.project_name,
        catalogue_code=None,
        category=None,
        row_label="",
        column_label="",
        amount_printed="",
        amount_yuan=Decimal(0),
        page_number=form.money_page,
    )
    measures = {"budget": form.total}
    if form.kind == "self_evaluation":
        measures = {
            "initial_budget": form.total,
            "adjusted_budget": form.total,
            "executed": form.executed,
        }
    return [
        replace(
            blank,
            fund=fund,
            measure=measure,
            amount_printed=f"{amount:,.2f}",
            amount_yuan=(amount * TEN_THOUSAND).quantize(CENT),
        )
        for measure, whole in measures.items()
        for fund, amount in (
            ("all", whole),
            ("fiscal", whole),
            ("other_printed", Decimal(0)),
        )
    ]


def printed_amount(text: str, grouping: bool) -> str:
    """The way a table prints an amount: with thousands separators or without; "" stays "".

    >>> printed_amount("9216.72", grouping=True)
    '9,216.72'
    """
    return f"{Decimal(text):,}" if text and grouping else text


def printed_cell(table: Table, text: str) -> str:
    """What an amount cell of a table prints, a blank one too."""
    printed = printed_amount(text, table.grouping) or table.blank
    return printed.translate(FULL_WIDTH) if table.full_width else printed


def blocks(table: Table) -> list[tuple[list[Column], list[Column]]]:
    """Split side-by-side blocks: each is its label columns and the amount columns right of them."""
    parts: list[tuple[list[Column], list[Column]]] = [([], [])]
    for column in table.columns:
        if not column.is_amount and parts[-1][1] and column.role not in ("text", "index"):
            parts.append(([], []))
        parts[-1][1 if column.is_amount else 0].append(column)
    return parts


def _grain(fact: GoldenFact, table: Table, column: Column) -> tuple[object, ...]:
    bare = replace(fact, row_label="", page_number=None, project_name=None, unit_code=None)
    return (table.key, column.field, bare)


def _table_facts(disclosure: Disclosure, table: Table) -> Iterator[tuple[Column, GoldenFact]]:
    for row in table.rows:
        for number, (labels, amounts) in enumerate(blocks(table)):
            for column in amounts:
                text = row.cells[column.field]
                if text and column.role == "amount":
                    yield column, _fact(disclosure, table, row, labels, column, text, number)


def _fact(
    disclosure: Disclosure,
    table: Table,
    row: Row,
    labels: list[Column],
    column: Column,
    text: str,
    block: int,
) -> GoldenFact:
    words = row.words if block == 0 else {**row.words, "income_source": "", "income_fund": ""}
    source = words.get("income_source", "") or column.income_source
    label = next((row.cells[c.field] for c in labels if c.role in NAME_ROLES), "").strip()
    component = column.component if source or block == 0 else words.get("component", "")
    component = component or column.component
    component = PART_TOTALS.get(label, component)
    function = _code(row, labels, "function") or (words.get("function_code", "") if block else "")
    fact = _fact_name(table, source)
    by_name = fact in ("income", "expenditure_function") and "function_code" in row.words
    code = function or _code(row, labels, "department") or _code(row, labels, "government")
    if fact == "three_public":
        level = "item"
    elif row.words.get("level"):
        level = row.words["level"]
    elif by_name:
        level = "class" if function else _named_level(source or component)
    else:
        level = _code_level(code)
    reserved = fact == "procurement" and column.fund == "all"
    return GoldenFact(
        fact=fact,
        table_kind=table.kind,
        level=level,
        fund=words.get("income_fund") or column.fund or None,
        income_source=source or None,
        component=None if source else component or None,
        item=row.words.get("item") or column.item or None,
        basis=column.basis or None,
        measure=column.measure or None,
        function_code=function or None,
        department_economic_code=_code(row, labels, "department")
        or _bracket(row, "economic_text", labels),
        government_economic_code=_code(row, labels, "government") or None,
        unit_code=_code(row, labels, "unit") or None,
        project_name=_project(row, labels, level),
        catalogue_code=_bracket(row, "catalogue", labels),
        category=next(
            (CATEGORIES.get(row.cells[c.field]) for c in labels if c.field == "category"), None
        ),
        row_label=label,
        column_label=" / ".join("".join(disclosure.fill(part).split()) for part in column.header),
        amount_printed=printed_cell(table, text),
        amount_yuan=_yuan(text, table),
        page_number=row.page_number,
        sme_reserved_yuan=_reserved(table, row, "reserved_sme") if reserved else None,
        micro_reserved_yuan=_reserved(table, row, "reserved_micro") if reserved else None,
    )


def _fact_name(table: Table, source: str) -> str:
    if source:
        return "income"
    if table.kind in ECONOMIC_KINDS:
        return "expenditure_economic"
    named = {
        "three_public": "three_public",
        "procurement": "procurement",
        "project_list": "project_amount",
    }
    return named.get(table.kind, "expenditure_function")


def _named_level(word: str) -> str:
    return "total" if word in ("total", "current_total") else "item"


def _code_level(code: str) -> str:
    return {0: "total", 3: "class", 5: "section", 7: "item"}[len(code)]


def _code(row: Row, labels: list[Column], family: str) -> str:
    """Join the code columns of a family (类 款 项) that stand left of an amount."""
    parts = [
        row.cells[column.field]
        for column in labels
        if column.role in CODE_ROLES and column.role.split("_")[0] == family
    ]
    return "".join(parts) or (_bracket(row, f"{family}_text", labels) or "")


def _bracket(row: Row, role: str, labels: list[Column]) -> str | None:
    """The code in a cell like `[30201]办公费`."""
    for column in labels:
        if column.role == role:
            found = re.match(r"\[(\w+)\]", row.cells[column.field], re.ASCII)
            return found[1] if found else None
    return None


def _project(row: Row, labels: list[Column], level: str) -> str | None:
    if level not in ("line", ""):
        return None
    return next((row.cells[c.field] for c in labels if c.role == "project_name"), None) or None


def _yuan(text: str, table: Table) -> Decimal:
    value = Decimal(text) * (TEN_THOUSAND if table.unit == "wan_yuan" else 1)
    return value.quantize(CENT)


def _reserved(table: Table, row: Row, role: str) -> Decimal | None:
    for column in table.columns:
        if column.role == role and row.cells[column.field]:
            return _yuan(row.cells[column.field], table)
    return None
