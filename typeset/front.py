"""The words on the pages before the tables: cover, headings, and a short summary."""

from __future__ import annotations

from decimal import Decimal

from typeset.facts import main_amounts
from typeset.model import Disclosure

TEN_THOUSAND = Decimal(10000)


def cover_lines(disclosure: Disclosure) -> list[str]:
    """The title on the cover, with the agency's name before it where it does not hold it."""
    title = disclosure.fill(disclosure.style.cover)
    return [title] if disclosure.printed_name in title else [disclosure.printed_name, title]


def cover_date(disclosure: Disclosure) -> str:
    """The month that the cover gives: a budget is published in its year, an account after it."""
    final = disclosure.document_kind == "final_account"
    return f"{disclosure.fiscal_year + final}年{8 if final else 2}月"


def summary_heading(disclosure: Disclosure) -> str:
    """The heading of the summary in words."""
    return f"{disclosure.fiscal_year}年{_kind(disclosure)}情况说明"


def summary_sentences(disclosure: Disclosure) -> list[str]:
    """The main figures in words, in 万元 with two digits, as the tables have them.

    What a table does not print is not said.
    """
    amounts = {
        one: f"{yuan / TEN_THOUSAND:,.2f}万元" for one, yuan in main_amounts(disclosure).items()
    }
    year, agency, kind = disclosure.fiscal_year, disclosure.printed_name, _kind(disclosure)
    parts = [("expenditure", "basic"), ("expenditure", "project")]
    wanted = [
        ([("summary", "total")], f"{agency}{year}年收入{kind}总计{{}}，来源见收入表。"),
        (parts, "支出按性质分，基本支出{}，项目支出{}。"),
        ([("three_public", "total")], f"“三公”经费{kind}合计{{}}，各项见“三公”经费表。"),
    ]
    return [
        sentence.format(*(amounts[one] for one in figures))
        for figures, sentence in wanted
        if all(one in amounts for one in figures)
    ]


def _kind(disclosure: Disclosure) -> str:
    return "预算" if disclosure.document_kind == "budget" else "决算"
