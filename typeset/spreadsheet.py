"""A disclosure as a spreadsheet (flat OpenDocument XML), one sheet per table, for LibreOffice."""

from __future__ import annotations

from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

from typeset.front import cover_date, cover_lines, summary_heading, summary_sentences
from typeset.grid import Band, Grid
from typeset.model import Disclosure, Table
from typeset.pages import lay_out_table
from typeset.styles import Variant

NAMESPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{urn}"'
    for name, urn in (
        ("office", "office:1.0"),
        ("style", "style:1.0"),
        ("text", "text:1.0"),
        ("table", "table:1.0"),
        ("fo", "xsl-fo-compatible:1.0"),
    )
)
BORDERS = {"lines": "0.6pt solid #000000", "dashed": "0.6pt dashed #000000"}
ALIGN = {"left": "start", "centre": "center", "right": "end"}
FONTS_USED = 'style:font-name="Roboto" style:font-name-asian="Droid Sans Fallback"'


def write_spreadsheet(disclosure: Disclosure) -> str:
    """A flat OpenDocument spreadsheet: a sheet for cover and summary, and one for every table."""
    grids = [lay_out_table(disclosure, table) for table in disclosure.tables]
    sheets = [*_front(disclosure)]
    for table, grid in zip(disclosure.tables, grids, strict=True):
        sheets += _sheet(disclosure, table, grid)
    return "\n".join(
        [
            '<?xml version="1.0" encoding="UTF-8"?>',
            f'<office:document {NAMESPACES} office:version="1.3" '
            'office:mimetype="application/vnd.oasis.opendocument.spreadsheet">',
            "<office:font-face-decls>"
            '<style:font-face style:name="Roboto" '
            'xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0" '
            'svg:font-family="Roboto"/>'
            '<style:font-face style:name="Droid Sans Fallback" '
            'xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0" '
            'svg:font-family="&apos;Droid Sans Fallback&apos;"/>'
            "</office:font-face-decls>",
            "<office:automatic-styles>",
            *_styles(disclosure, grids),
            "</office:automatic-styles><office:master-styles>",
            '<style:master-page style:name="upright" style:page-layout-name="pl-upright"/>',
            '<style:master-page style:name="wide" style:page-layout-name="pl-wide"/>',
            "</office:master-styles><office:body><office:spreadsheet>",
            *sheets,
            "</office:spreadsheet></office:body></office:document>",
        ]
    )


def _styles(disclosure: Disclosure, grids: list[Grid]) -> Iterator[str]:
    for name, width, height, turn in (
        ("upright", 595.3, 841.9, "portrait"),
        ("wide", 841.9, 595.3, "landscape"),
    ):
        yield (
            f'<style:page-layout style:name="pl-{name}"><style:page-layout-properties '
            f'fo:page-width="{width}pt" fo:page-height="{height}pt" fo:margin="46pt" '
            f'style:print-orientation="{turn}" style:scale-to-X="1" style:table-centering="none"/>'
            "</style:page-layout>"
        )
    for name in ("upright", "wide"):
        yield (
            f'<style:style style:name="ta-{name}" style:family="table" '
            f'style:master-page-name="{name}"/>'
        )
    for width in sorted({round(width, 1) for grid in grids for width in grid.widths} | {480.0}):
        yield (
            f'<style:style style:name="co-{width}" style:family="table-column">'
            f'<style:table-column-properties style:column-width="{width}pt"/></style:style>'
        )
    yield (
        '<style:style style:name="row" style:family="table-row">'
        '<style:table-row-properties style:use-optimal-row-height="true"/></style:style>'
    )
    border = BORDERS.get(disclosure.style.rulings, BORDERS["lines"])
    sizes = sorted({grid.size for grid in grids})
    for size in (*sizes, 9.0, 12.0, 15.0, 24.0):
        for align, printed in ALIGN.items():
            for ruled in (True, False):
                name = _style_name(size, align, ruled)
                yield (
                    f'<style:style style:name="{name}" style:family="table-cell">'
                    '<style:table-cell-properties fo:wrap-option="wrap" '
                    f'fo:border="{border if ruled else "none"}" fo:padding="1pt" '
                    'style:vertical-align="middle"/>'
                    f'<style:paragraph-properties fo:text-align="{printed}"/>'
                    f'<style:text-properties {FONTS_USED} fo:font-size="{size}pt" '
                    f'style:font-size-asian="{size}pt"/></style:style>'
                )


def _style_name(size: float, align: str, ruled: bool) -> str:
    return f"ce-{size}-{align}-{'ruled' if ruled else 'bare'}"


def _front(disclosure: Disclosure) -> Iterator[str]:
    yield '<table:table table:name="0" table:style-name="ta-upright">'
    yield '<table:table-column table:style-name="co-480.0"/>'
    for line in (*cover_lines(disclosure), cover_date(disclosure)):
        yield from _line(line, 24.0, "centre", 1)
    yield from _line(summary_heading(disclosure), 15.0, "centre", 1)
    for sentence in summary_sentences(disclosure):
        yield from _line(sentence, 12.0, "left", 1)
    yield "</table:table>"


def _line(text: str, size: float, align: str, span: int) -> Iterator[str]:
    yield '<table:table-row table:style-name="row">'
    yield (
        f'<table:table-cell office:value-type="string" table:number-columns-spanned="{span}" '
        f'table:style-name="{_style_name(size, align, False)}">{_paragraph(text)}'
        "</table:table-cell>"
    )
    yield "</table:table-row>"


def _paragraph(text: str) -> str:
    return f"<text:p>{escape(text)}</text:p>" if text else ""


def _sheet(disclosure: Disclosure, table: Table, grid: Grid) -> Iterator[str]:
    name = quoteattr(table.key)
    turn = "wide" if table.orientation == "landscape" else "upright"
    yield f'<table:table table:name={name} table:style-name="ta-{turn}">'
    for width in grid.widths:
        yield f'<table:table-column table:style-name="co-{round(width, 1)}"/>'
    columns, variants = len(grid.widths), disclosure.style.variants
    if Variant.TITLE_INSIDE not in variants:
        if table.number:
            yield from _line(disclosure.fill(table.number), 9.0, "left", columns)
        yield from _line(disclosure.fill(table.title), 15.0, "centre", columns)
        if table.agency_line:
            yield from _line(disclosure.fill(table.agency_line), 9.0, "left", columns)
        if Variant.UNIT_INSIDE not in variants:
            yield from _line(table.unit_text, 9.0, "right", columns)
    repeated = table.repeat_header != "no"
    yield "<table:table-header-rows>" if repeated else ""
    yield from _rows(grid, grid.header)
    yield "</table:table-header-rows>" if repeated else ""
    for band in grid.rows:
        yield from _rows(grid, band)
    if table.note:
        yield from _line(disclosure.fill(table.note), 9.0, "left", columns)
    yield "</table:table>"


def _rows(grid: Grid, band: Band) -> Iterator[str]:
    for row in range(len(band.heights)):
        yield '<table:table-row table:style-name="row">'
        starts = {cell.column: cell for cell in band.cells if cell.row == row}
        for column in range(len(grid.widths)):
            if column not in starts:
                yield "<table:covered-table-cell/>"
                continue
            cell = starts[column]
            yield (
                '<table:table-cell office:value-type="string" '
                f'table:number-columns-spanned="{cell.column_span}" '
                f'table:number-rows-spanned="{cell.row_span}" '
                f'table:style-name="{_style_name(grid.size, cell.align, True)}">'
                f"{_paragraph(''.join(cell.lines))}</table:table-cell>"
            )
        yield "</table:table-row>"
