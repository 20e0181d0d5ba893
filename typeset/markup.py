"""A disclosure as one HTML page, for producers that print HTML."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from typeset.front import cover_date, cover_lines, summary_heading, summary_sentences
from typeset.grid import Band, Grid
from typeset.model import Disclosure, Table
from typeset.pages import lay_out_table
from typeset.styles import Variant
from typeset.text import FONTS, add_up

ALIGN = {"left": "left", "centre": "center", "right": "right"}
RULINGS = {
    "lines": "td { border: 0.6pt solid black; }",
    "filled": "td { border: 0.6pt solid black; }",
    "dashed": "td { border: 0.6pt dashed black; }",
    "open": "td { border: 0.6pt solid black; } "
    "td.first { border-left: none; } td.last { border-right: none; }",
    "horizontal": "td { border-top: 0.6pt solid black; border-bottom: 0.6pt solid black; }",
    "zebra": "table { border-collapse: separate; border-spacing: 0.8pt; } "
    "td { background: #f2f2f2; } thead td, tr:nth-child(even) td { background: #d6d6d6; }",
}


def write_html(
    disclosure: Disclosure,
    front: Disclosure | None,
    charset: str = "utf-8",
    *,
    printed: bool = True,
) -> str:
    """One page of HTML with cover, contents and summary of ``front``, and the tables.

    ``charset`` is what it declares (nothing for ""). A page to be ``printed`` has paper and the
    shipped fonts.
    """
    declared = f"<meta charset='{charset}'>" if charset else ""
    title = escape("".join(cover_lines(front))) if front is not None else ""
    parts = [
        f"<!doctype html><html lang='zh'><head>{declared}",
        f"<title>{title}</title>",
        f"<style>{_style_sheet(disclosure, printed)}</style></head><body>",
        *(_front(front) if front is not None else ()),
    ]
    for table in disclosure.tables:
        parts += _table(disclosure, table)
    return "\n".join([*parts, "</body></html>"])


def _style_sheet(disclosure: Disclosure, printed: bool) -> str:
    return (_paper(disclosure) if printed else "") + _looks(disclosure)


def _paper(disclosure: Disclosure) -> str:
    style = disclosure.style
    footer = style.footer.replace("{page}", '" counter(page) "')
    footer = footer.replace("{pages}", '" counter(pages) "')
    return f"""
    @font-face {{ font-family: samplehei; src: url('{(FONTS / "sample-hei.ttf").as_uri()}'); }}
    @font-face {{ font-family: samplesans; src: url('{(FONTS / "sample-sans.ttf").as_uri()}'); }}
    @page {{ size: A4; margin: 50pt; @bottom-center {{ content: "{footer}";
        font: 9pt samplesans, samplehei; }} }}
    @page wide {{ size: A4 landscape; }}
    @page cover {{ @bottom-center {{ content: none; }} }}
    """


def _looks(disclosure: Disclosure) -> str:
    style = disclosure.style
    shade = "thead td { background: #ebebeb; }" if style.shade and style.rulings != "zebra" else ""
    return f"""
    body {{ font-family: samplesans, samplehei; margin: 0; font-size: 12pt; }}
    section {{ break-before: page; }}
    section.cover {{ page: cover; text-align: center; padding-top: 180pt; font-size: 24pt; }}
    section.wide {{ page: wide; }}
    section.near {{ break-before: auto; padding-top: 20pt; }}
    h2 {{ text-align: center; font-size: 15pt; margin: 6pt; font-weight: normal; }}
    div.line {{ font-size: 9pt; display: flex; justify-content: space-between; }}
    table {{ border-collapse: collapse; table-layout: fixed; width: 100%; }}
    tr {{ break-inside: avoid; }}
    td {{ padding: 2.2pt 1pt; line-height: 1.28; overflow-wrap: anywhere; vertical-align: middle; }}
    {RULINGS[style.rulings]}
    {shade}
    """


def _front(disclosure: Disclosure) -> Iterator[str]:
    lines = "".join(f"<div>{escape(line)}</div>" for line in cover_lines(disclosure))
    yield f"<section class='cover'>{lines}<p>{cover_date(disclosure)}</p></section>"
    entries = "".join(f"<p>{escape(disclosure.fill(t.title))}</p>" for t in disclosure.tables)
    yield f"<section><h2>目　录</h2><p>情况说明</p>{entries}</section>"
    sentences = "".join(f"<p>　　{escape(text)}</p>" for text in summary_sentences(disclosure))
    yield f"<section><h2>{summary_heading(disclosure)}</h2>{sentences}</section>"


def _table(disclosure: Disclosure, table: Table) -> Iterator[str]:
    grid = lay_out_table(disclosure, table)
    landscape = table.orientation == "landscape"
    yield f"<section class='{'wide' if landscape else 'upright'}'>"
    variants = disclosure.style.variants
    if Variant.TITLE_INSIDE not in variants:
        if table.number:
            yield f"<div class='line'>{escape(disclosure.fill(table.number))}</div>"
        yield f"<h2>{escape(disclosure.fill(table.title))}</h2>"
        if Variant.UNIT_INSIDE not in variants:
            agency, unit = disclosure.fill(table.agency_line), table.unit_text
            yield f"<div class='line'><span>{escape(agency)}</span><span>{unit}</span></div>"
    yield f"<table style='font-size: {grid.size}pt'><colgroup>"
    width = add_up(grid.widths)
    yield "".join(f"<col style='width: {100 * each / width:.3f}%'>" for each in grid.widths)
    # a header that is not repeated is part of the body
    head, body = ("thead", "tbody") if table.repeat_header != "no" else ("tbody", "tbody")
    yield f"</colgroup><{head}>"
    yield from _rows(grid, grid.header)
    yield f"</{head}><{body}>" if head != body else ""
    for band in grid.rows:
        yield from _rows(grid, band)
    yield f"</{body}></table>"
    if table.note:
        yield f"<div class='line'>{escape(disclosure.fill(table.note))}</div>"
    yield "</section>"


def _rows(grid: Grid, band: Band) -> Iterator[str]:
    for row in range(len(band.heights)):
        yield "<tr>"
        for cell in sorted((c for c in band.cells if c.row == row), key=lambda c: c.column):
            classes = "first " * (cell.column == 0)
            classes += "last" * (cell.column + cell.column_span == len(grid.widths))
            spans = f" colspan='{cell.column_span}'" if cell.column_span > 1 else ""
            spans += f" rowspan='{cell.row_span}'" if cell.row_span > 1 else ""
            nowrap = "; white-space: nowrap" if cell.figure else ""
            text = escape("".join(cell.lines))
            align = f"text-align: {ALIGN[cell.align]}{nowrap}"
            yield f"<td class='{classes}'{spans} style='{align}'>{text}</td>"
        yield "</tr>"
