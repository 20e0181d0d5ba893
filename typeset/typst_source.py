"""A disclosure as Typst source: another producer, with tables and page breaks of its own."""

from __future__ import annotations

from collections.abc import Iterator

from typeset.front import cover_date, cover_lines, summary_heading, summary_sentences
from typeset.grid import Band
from typeset.model import Disclosure, Table
from typeset.pages import lay_out_table
from typeset.styles import Variant

ALIGN = {"left": "left", "centre": "center", "right": "right"}
STROKES = {
    "lines": "0.6pt",
    "filled": "0.6pt",
    "dashed": '(thickness: 0.6pt, dash: "dashed")',
    "open": "(x, y) => (top: 0.6pt, bottom: 0.6pt, left: if x > 0 { 0.6pt })",
    "horizontal": "(x, y) => (top: 0.6pt, bottom: 0.6pt)",
    "zebra": "1pt + white",
}


def write_typst(disclosure: Disclosure) -> str:
    """Typst source with cover, contents, summary and tables."""
    style = disclosure.style
    footer = _string(style.footer).replace("{page}", '" + str(here().page()) + "')
    footer = footer.replace("{pages}", '" + str(counter(page).final().first()) + "')
    parts = [
        '#set text(font: ("Roboto", "Droid Sans Fallback"), size: 12pt, lang: "zh")',
        f'#set page(paper: "a4", margin: 50pt, footer: context align(center, text(size: 9pt, '
        f"{footer})))",
        "#set table(inset: (x: 2.4pt, y: 3.2pt))",
        "#align(center, text(size: 24pt)[",
        "#v(180pt)",
        *(f"#{_string(line)} \\" for line in cover_lines(disclosure)),
        f"#v(60pt) #text(size: 15pt, {_string(cover_date(disclosure))})])",
        "#pagebreak()",
        '#align(center, text(size: 18pt, "目　录"))',
        *(f"#par({_string(disclosure.fill(table.title))})" for table in disclosure.tables),
        "#pagebreak()",
        f"#align(center, text(size: 18pt, {_string(summary_heading(disclosure))}))",
        *(f"#par({_string('　　' + text)})" for text in summary_sentences(disclosure)),
    ]
    for table in disclosure.tables:
        parts += _table(disclosure, table)
    return "\n".join(parts)


def _string(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _table(disclosure: Disclosure, table: Table) -> Iterator[str]:
    grid = lay_out_table(disclosure, table)
    style, flipped = disclosure.style, table.orientation == "landscape"
    yield f"#page(flipped: {'true' if flipped else 'false'})["
    if Variant.TITLE_INSIDE not in style.variants:
        if table.number:
            yield f"#text(size: 9pt, {_string(disclosure.fill(table.number))})"
        title = _string(disclosure.fill(table.title))
        yield f"#align(center, text(size: 15pt, {title}))"
        if Variant.UNIT_INSIDE not in style.variants:
            agency = _string(disclosure.fill(table.agency_line))
            unit = _string(table.unit_text)
            yield f"#text(size: 9pt)[#{agency} #h(1fr) #{unit}]"
            yield "#v(-6pt)"
    yield f"#text(size: {grid.size}pt, table("
    yield f"columns: ({', '.join(f'{width:.3f}pt' for width in grid.widths)},),"
    yield f"stroke: {STROKES[style.rulings]}, align: horizon,"
    if style.rulings == "zebra":
        yield "fill: (x, y) => if calc.even(y) { luma(215) } else { luma(242) },"
    elif style.shade:
        yield f"fill: (x, y) => if y < {len(grid.header.heights)} {{ luma(235) }},"
    repeated = "true" if table.repeat_header != "no" else "false"
    yield f"table.header(repeat: {repeated}, {' '.join(_cells(grid.header))}),"
    for band in grid.rows:
        yield " ".join(_cells(band))
    yield "))"
    if table.note:
        yield f"#text(size: 9pt, {_string(disclosure.fill(table.note))})"
    yield "]"


def _cells(band: Band) -> Iterator[str]:
    for cell in band.cells:
        text = "".join(cell.lines)
        yield (
            f"table.cell(x: {cell.column}, colspan: {cell.column_span}, rowspan: {cell.row_span}, "
            f"align: {ALIGN[cell.align]} + horizon, breakable: false)[#{_string(text)}],"
        )
