"""Sentences that state figures, in the topics of the warehouse contract, after the tables."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from typeset.extra import GoldenStatement
from typeset.facts import main_amounts
from typeset.model import Disclosure

TEN_THOUSAND = Decimal(10000)
CENT = Decimal("0.01")
Part = str | GoldenStatement


@dataclass(frozen=True)
class Paragraph:
    """A heading or a paragraph: texts and the figures that it states, in order."""

    parts: tuple[Part, ...]
    heading: bool = False

    @property
    def text(self) -> str:
        """The paragraph as printed."""
        return "".join(part if isinstance(part, str) else _printed(part) for part in self.parts)

    @property
    def statements(self) -> list[GoldenStatement]:
        """The figures that it states."""
        return [part for part in self.parts if isinstance(part, GoldenStatement)]


def _printed(one: GoldenStatement) -> str:
    sign = abs(one.value) if one.measure.startswith("change") else one.value
    return f"{sign}{one.unit}" if one.measure == "count" else f"{sign:,}{one.unit}"


def write_narrative(disclosure: Disclosure) -> list[Paragraph]:
    """The narrative of a disclosure; figures that its tables have are those of its tables."""
    rng = random.Random(f"narrative {disclosure.slug} {disclosure.fiscal_year}")
    amounts = {
        one: (yuan / TEN_THOUSAND).quantize(CENT) for one, yuan in main_amounts(disclosure).items()
    }

    def money(topic: str, table: str = "", word: str = "") -> GoldenStatement:
        value = amounts.get((table, word))
        return _money(topic, rng.randint(100, 900000) if value is None else value)

    def count(topic: str, unit: str) -> GoldenStatement:
        return GoldenStatement(topic, "count", Decimal(rng.randint(2, 60)), unit, None)

    def change(topic: str, *, less: bool) -> tuple[str, GoldenStatement]:
        value = Decimal(rng.randint(100, 9000)) / 100
        one = _money(topic, -value if less else value)
        return ("减少" if less else "增加", replace(one, measure="change"))

    year = f"{disclosure.fiscal_year}年"
    kind = "预算" if disclosure.document_kind == "budget" else "决算"

    def settled(one: GoldenStatement) -> GoldenStatement:
        """A figure that the sentence calls 决算 is that of the final account."""
        return replace(one, measure="final") if kind == "决算" else one

    total = money("income_total", "summary", "total")
    spent = replace(total, topic="expenditure_total")
    return [
        Paragraph(("第二部分 情况说明",), True),
        Paragraph((f"一、{year}收支总体情况说明",), True),
        Paragraph(
            (f"{year}收入总计", total, "，比上年", *change("income_total", less=False), "。")
        ),
        Paragraph(
            (
                f"{year}支出总计", spent,
                "。其中：基本支出", money("basic", "expenditure", "basic"),
                "；项目支出", money("project", "expenditure", "project"), "。",
            )
        ),
        Paragraph((f"二、“三公”经费{kind}情况说明",), True),
        Paragraph(
            (
                f"{year}“三公”经费{kind}",
                settled(money("three_public_total", "three_public", "total")),
                "。其中：因公出国（境）费",
                money("overseas_travel", "three_public", "overseas_travel"),
                "；公务接待费", money("reception", "three_public", "reception"), "。",
            )
        ),
        Paragraph(("三、政府采购情况说明",), True),
        Paragraph(
            (
                f"{year}政府采购{kind}总额", money("procurement_total"),
                "，其中：政府采购货物", money("procurement_goods"),
                "，政府采购工程", money("procurement_works"),
                "，政府采购服务", money("procurement_services"), "。",
            )
        ),
        Paragraph(("四、机关运行经费情况说明",), True),
        Paragraph(
            (f"{year}机关运行经费{kind}", settled(money("agency_operating_cost")), "。"),
        ),
        Paragraph(("五、国有资产占用情况说明",), True),
        Paragraph((f"截至{year}12月31日，共有车辆", count("vehicles_held", "辆"), "。")),
        Paragraph(("六、预算绩效情况说明",), True),
        Paragraph(
            (
                f"{year}设置绩效目标的项目", count("performance_projects", "个"),
                "，涉及资金", money("performance_funds"), "。",
            )
        ),
    ]  # fmt: skip


def _money(topic: str, value: Decimal | int) -> GoldenStatement:
    exact = Decimal(value) / 100 if isinstance(value, int) else value
    exact = exact.quantize(CENT)
    yuan = (exact * TEN_THOUSAND).quantize(CENT)
    return GoldenStatement(topic, "amount", exact, "万元", yuan)


def place_statements(
    pages: Sequence[tuple[int, Sequence[Paragraph]]],
) -> tuple[GoldenStatement, ...]:
    """All figures of the narrative, with the page of their paragraph."""
    return tuple(
        replace(one, page_number=number)
        for number, paragraphs in pages
        for paragraph in paragraphs
        for one in paragraph.statements
    )
