"""The expectation that no row breaks a rule, and how Data Docs show the rows that do."""

from collections.abc import Mapping
from decimal import Decimal
from html import escape
from typing import Any

import great_expectations.expectations as gxe
from great_expectations.render import (
    CollapseContent,
    RenderedStringTemplateContent,
    RenderedTableContent,
)
from great_expectations.render.components import LegacyDiagnosticRendererType
from great_expectations.render.renderer.renderer import renderer

from expectations.visible import one_line

ROWS_SHOWN = 10
"""Rows of a broken rule that its page shows; all of them are a query away."""

_LONGEST = 120
_HEADINGS = {
    "file_name": "文件 file",
    "file_path": "文件 file",
    "page_number": "页 page",
    "first_page": "页 page",
    "table_kind": "表 table",
    "row_label": "行 row",
    "column_label": "栏 column",
    "agency_name": "部门 agency",
    "fiscal_year": "年度 year",
    "description": "规则 rule",
    "figures": "数字 figures",
    "facts": "入库 facts",
    "title": "标题 title",
    "amount_printed": "印刷 printed",
    "printed": "单元格印刷 cell prints",
    "parts_printed": "各部分印刷 parts as printed",
    "total_printed": "合计印刷 total as printed",
    "left_printed": "左方印刷 left as printed",
    "right_printed": "右方印刷 right as printed",
    "left_table": "左表 left table",
    "right_table": "右表 right table",
    "left_yuan": "左方（元） left (yuan)",
    "right_yuan": "右方（元） right (yuan)",
    "parts_yuan": "各部分之和（元） sum of parts (yuan)",
    "total_yuan": "合计（元） total (yuan)",
    "difference_yuan": "差额（元） difference (yuan)",
    "tolerance_yuan": "进位容差（元） rounding (yuan)",
    "amount_yuan": "金额（元） amount (yuan)",
    "left_over": "未归格 left over",
    "why": "原因 why",
    "had": "原有 had",
    "has": "现有 has",
    "tables": "各表 tables",
    "covered": "已有 covered",
    "expected": "应有 expected",
}
"""What columns of broken rows are called on the pages, in this order; others keep their names."""

_PLACES = {name: place for place, name in enumerate(_HEADINGS)}


class ExpectNoBrokenRows(gxe.UnexpectedRowsExpectation):
    """Expect that a query which selects the rows that break a rule selects none.

    Data Docs show the first rows with their headings in two languages; a rule that is only worth
    knowing is marked as such, and not as a failure.
    """

    @classmethod
    @renderer(renderer_type=LegacyDiagnosticRendererType.STATUS_ICON)
    def _diagnostic_status_icon_renderer(
        cls, configuration: Any = None, result: Any = None, runtime_configuration: Any = None
    ) -> RenderedStringTemplateContent:
        grade = (result.expectation_config.meta or {}).get("grade")
        if result.success or grade == "must" or _raised(result):
            return super()._diagnostic_status_icon_renderer(
                configuration, result, runtime_configuration
            )
        classes = ["fas", "fa-info-circle", "text-info", "ge-known-icon"]
        return RenderedStringTemplateContent(
            content_block_type="string_template",
            string_template={
                "template": "$icon",
                "params": {"icon": ""},
                "styling": {"params": {"icon": {"classes": classes, "tag": "i"}}},
            },
        )

    @classmethod
    @renderer(renderer_type=LegacyDiagnosticRendererType.OBSERVED_VALUE)
    def _diagnostic_observed_value_renderer(
        cls, configuration: Any = None, result: Any = None, runtime_configuration: Any = None
    ) -> str:
        rows = (result.result or {}).get("observed_value")
        if rows is None:
            return "--"
        return "无 none" if rows == 0 else f"{rows} 行 row{'s' * (rows != 1)}"

    @classmethod
    @renderer(renderer_type=LegacyDiagnosticRendererType.UNEXPECTED_TABLE)
    def _diagnostic_unexpected_table_renderer(
        cls, configuration: Any = None, result: Any = None, runtime_configuration: Any = None
    ) -> list[RenderedTableContent | CollapseContent] | None:
        rows = (result.result or {}).get("details", {}).get("unexpected_rows")
        if not rows:
            return None
        names = sorted(rows[0], key=_place_of)
        # Great Expectations puts the text of a cell into its page as it is.
        shown = [
            [escape(shown_value(row[name], name), quote=False) for name in names]
            for row in rows[:ROWS_SHOWN]
        ]
        more = len(rows) - len(shown)
        if more:
            rest = [f"另有 {more} 行 and {more} more"]
            shown.append(rest + [""] * (len(shown[0]) - 1))
        return [
            RenderedTableContent(
                content_block_type="table",
                table=shown,
                header_row=[_HEADINGS.get(name, name) for name in names],
                styling={"body": {"classes": ["table-bordered", "table-sm", "mt-3"]}},
            )
        ]


def shown_value(value: object, name: str = "") -> str:
    """Write a value of a row for people: one line, nothing hidden, not endless; NULL as a dash.

    ``name`` is that of its column; amounts in yuan get separators and two digits.
    """
    if value is None:
        return "—"
    if name.endswith("_yuan") and isinstance(value, (Decimal, float, int)):
        return f"{value:,.2f}"
    text = one_line(str(value))
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def in_words(row: Mapping[str, object]) -> str:
    """Tell a row that breaks a rule in one line of English: where, then what is there."""
    return ", ".join(
        f"{_english(name)}: {shown_value(row[name], name)}" for name in sorted(row, key=_place_of)
    )


def _english(name: str) -> str:
    return _HEADINGS[name].split(" ", 1)[1] if name in _HEADINGS else name


def _place_of(name: str) -> int:
    # the store of results sorts columns by name
    return _PLACES.get(name, len(_PLACES))


def _raised(result: Any) -> bool:
    information = result.exception_info or {}
    parts = [information, *information.values()]
    return any(isinstance(part, dict) and part.get("raised_exception") for part in parts)
