"""Every fact in the words in which the identities ask for it.

The same meaning as ``int_figures_tidy``; a test holds both together.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from extract.rules.placing import Placed
from extract.rules.settling import first_printings, groups_of

_SUMMARIES = ("summary", "fiscal_summary")
_FUNDS = ("general_public_budget", "government_fund", "state_capital")
_BEYOND = ("carryover_in", "surplus_used", "carryover_out", "surplus_distribution")


@dataclass(frozen=True)
class Tidy:
    """A figure as the rules see it: ``parts`` has what a check can be about, by its name."""

    cell_id: str
    table_kind: str
    subject: str
    level: str
    fund: str
    word: str
    block: str
    code: str | None
    parts: dict[str, str | None]
    is_source_part: bool
    is_fund_part: bool
    is_fund_addend: bool
    amount_yuan: Decimal
    half_digit_yuan: Decimal


def tidy_figures(figures: Sequence[Placed]) -> list[Tidy]:
    """The facts of a document among its figures, ready for the terms of rules."""
    groups = groups_of(figures)
    facts = first_printings(figures)
    # 3990.4 among figures with two digits is 3990.40 in the publisher's own format
    halves: dict[str, Decimal] = {}
    for placed in facts:
        own, table = placed.figure.half_digit_yuan, placed.figure.table_id
        halves[table] = min(halves.get(table, own), own)
    beyond = _rows_beyond(facts)
    wholes = {_word_of(placed) for placed in facts if placed.fund == placed.main_fund}
    fiscal_wholes = {_word_of(placed) for placed in facts if placed.fund == "fiscal"}
    tidied: list[Tidy] = []
    for placed in facts:
        figure = placed.figure
        code, parent = _codes(placed)
        group, within = groups.get(figure["cell_id"] or "", (None, None))
        is_fund_part = placed.fund != placed.main_fund and _word_of(placed) in wholes
        is_fiscal_part = placed.fund in _FUNDS and _word_of(placed) in fiscal_wholes
        is_of_which = "其中" in (figure["column_label"] or "")
        start = beyond.get((figure.table_id, placed.subject))
        is_beyond = placed.word in _BEYOND or (start is not None and figure.row_no > start)
        tidied.append(
            Tidy(
                cell_id=figure["cell_id"] or "",
                table_kind=figure.table_kind,
                subject=placed.subject,
                level=placed.level,
                fund=placed.fund,
                word=placed.word,
                block="beyond" if is_beyond else "current",
                code=code,
                parts={
                    "kind": figure.table_kind,
                    "fund": placed.fund,
                    "word": placed.word,
                    "basis": placed.basis,
                    "code": code,
                    "parent": parent,
                    "row": f"{figure.table_no}|{figure.row_no}",
                    "group": group,
                    "within": within,
                },
                is_source_part=placed.subject == "income"
                and placed.word in _FUNDS
                and (figure.table_kind, "income", "fiscal_appropriation") in wholes,
                is_fund_part=is_fund_part,
                is_fund_addend=is_fund_part and not is_fiscal_part and not is_of_which,
                amount_yuan=figure.amount_yuan,
                half_digit_yuan=halves[figure.table_id],
            )
        )
    return [*tidied, *_sole_totals(tidied)]


def _word_of(placed: Placed) -> tuple[str, str, str]:
    return placed.figure.table_kind, placed.subject, placed.word


def _codes(placed: Placed) -> tuple[str | None, str | None]:
    """The code of a figure and that of the class above it; of two classes both, with a cross."""
    department, government = placed.department_economic_code, placed.government_economic_code
    if department and government:
        above = _parent(department) or "", _parent(government) or ""
        return f"{department}×{government}", "×".join(above)
    code = placed.function_code or department or government
    return code, _parent(code)


def _parent(code: str | None) -> str | None:
    return code[:-2] if code and len(code) > 3 else None


def _rows_beyond(facts: Sequence[Placed]) -> dict[tuple[str, str], int]:
    """By table and side of a summary: the row of 本年合计, below which stands what is not in it.

    A heading 一、本年收入 that stands above all its lines says nothing about them.
    """
    totals: dict[tuple[str, str], int] = {}
    lines: dict[tuple[str, str], int] = {}
    for placed in facts:
        if placed.figure.table_kind not in _SUMMARIES:
            continue
        side, row = (placed.figure.table_id, placed.subject), placed.figure.row_no
        if placed.word == "current_total":
            totals[side] = min(totals.get(side, row), row)
        if placed.level in ("item", "class"):
            lines[side] = min(lines.get(side, row), row)
    return {side: row for side, row in totals.items() if side in lines and lines[side] < row}


def _sole_totals(figures: Sequence[Tidy]) -> Iterator[Tidy]:
    """A summary without 本年合计 and without anything beyond it: its total stands for both."""
    sides: dict[tuple[str, str], list[Tidy]] = defaultdict(list)
    for figure in figures:
        if figure.table_kind in _SUMMARIES:
            sides[(figure.table_kind, figure.subject)].append(figure)
    for side in sides.values():
        if any(
            figure.word == "current_total"
            or (figure.block == "beyond" and figure.level != "total" and figure.amount_yuan)
            for figure in side
        ):
            continue
        for figure in side:
            if figure.word == "total" and figure.level == "total":
                word = "sole_total"
                yield replace(figure, word=word, parts={**figure.parts, "word": word})
