"""Typeset a disclosure as a PDF: cover, contents, a short summary in words, and its tables."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from reportlab.pdfgen.canvas import Canvas

from typeset.draw import TITLE_WEIGHT, draw_centred, draw_page, draw_right
from typeset.facts import golden
from typeset.model import Disclosure, load_disclosure, place_row
from typeset.pages import MARGIN, PORTRAIT, Page, break_pages
from typeset.perturb import choose_rows_per_page, perturb
from typeset.text import break_lines, draw_text, register_fonts, text_width

FRONT_PAGES = 3
BODY_SIZE = 12.0
COVER_SIZE = 26.0
FOOTER_SIZE = 9.0
TEN_THOUSAND = Decimal(10000)


def render(slug: str, out: Path, seed: int | None = None) -> Disclosure:
    """Typeset a disclosure at `out` and return what was printed, every row with its page number.

    With a seed, figures, names and page breaks are other ones (`typeset.perturb`). The same slug
    and seed give the same bytes. Raises ValueError for an unknown slug.
    """
    register_fonts()
    disclosure = load_disclosure(slug)
    rows_per_page = None
    if seed is not None:
        disclosure = perturb(disclosure, seed)
        rows_per_page = choose_rows_per_page(seed)
    pages = break_pages(disclosure, rows_per_page)
    printed = _number_rows(disclosure, pages)
    canvas = Canvas(str(out), pagesize=PORTRAIT, invariant=1, pageCompression=1)
    canvas.setTitle(_title(disclosure))
    canvas.setAuthor("Gongkai sample documents")
    _draw_cover(canvas, disclosure)
    canvas.showPage()
    _draw_contents(canvas, disclosure, pages)
    _finish(canvas, disclosure, PORTRAIT, 2, len(pages))
    _draw_summary(canvas, printed)
    _finish(canvas, disclosure, PORTRAIT, 3, len(pages))
    for number, page in enumerate(pages, start=FRONT_PAGES + 1):
        canvas.setPageSize(page.size)
        draw_page(canvas, disclosure, page)
        _finish(canvas, disclosure, page.size, number, len(pages))
    canvas.save()
    return printed


def _number_rows(disclosure: Disclosure, pages: tuple[Page, ...]) -> Disclosure:
    numbers: dict[tuple[str, int], int] = {}
    for number, page in enumerate(pages, start=FRONT_PAGES + 1):
        for piece in page.pieces:
            numbers |= {(piece.table.key, row): number for row in range(piece.first, piece.last)}
    tables = tuple(
        replace(
            table,
            rows=tuple(
                place_row(row, numbers[table.key, index]) for index, row in enumerate(table.rows)
            ),
        )
        for table in disclosure.tables
    )
    return replace(disclosure, tables=tables)


def _title(disclosure: Disclosure) -> str:
    title = disclosure.fill(disclosure.style.cover)
    return title if disclosure.printed_name in title else disclosure.printed_name + title


def _finish(
    canvas: Canvas, disclosure: Disclosure, size: tuple[float, float], page: int, table_pages: int
) -> None:
    footer = disclosure.style.footer.format(page=page, pages=FRONT_PAGES + table_pages)
    draw_centred(canvas, size[0] / 2, 26, footer, FOOTER_SIZE)
    canvas.showPage()


def _draw_cover(canvas: Canvas, disclosure: Disclosure) -> None:
    width, height = PORTRAIT
    title = disclosure.fill(disclosure.style.cover)
    lines = [title] if disclosure.printed_name in title else [disclosure.printed_name, title]
    y = height * 0.68
    for text in lines:
        for line in break_lines(text, width - 3 * MARGIN, COVER_SIZE):
            draw_centred(canvas, width / 2, y, line, COVER_SIZE, TITLE_WEIGHT)
            y -= COVER_SIZE * 1.6
    year = disclosure.fiscal_year + (1 if disclosure.document_kind == "final_account" else 0)
    month = 8 if disclosure.document_kind == "final_account" else 2
    draw_centred(canvas, width / 2, height * 0.16, f"{year}年{month}月", 15)


def _draw_contents(canvas: Canvas, disclosure: Disclosure, pages: tuple[Page, ...]) -> None:
    width, height = PORTRAIT
    draw_centred(canvas, width / 2, height - 96, "目　录", 20, TITLE_WEIGHT)
    entries = [("情况说明", FRONT_PAGES)]
    for number, page in enumerate(pages, start=FRONT_PAGES + 1):
        entries += [(disclosure.fill(p.table.title), number) for p in page.pieces if p.first == 0]
    y = height - 150
    for title, number in entries:
        left = MARGIN + 20 + text_width(title, BODY_SIZE) + 6
        right = width - MARGIN - 20
        dots = "." * int((right - 26 - left) / text_width(".", BODY_SIZE))
        draw_text(canvas, MARGIN + 20, y, title, BODY_SIZE)
        draw_right(canvas, right - 22, y, dots, BODY_SIZE)
        draw_right(canvas, right, y, str(number), BODY_SIZE)
        y -= BODY_SIZE * 2.1


def _draw_summary(canvas: Canvas, disclosure: Disclosure) -> None:
    width, height = PORTRAIT
    kind = "预算" if disclosure.document_kind == "budget" else "决算"
    draw_centred(
        canvas,
        width / 2,
        height - 96,
        f"{disclosure.fiscal_year}年{kind}情况说明",
        18,
        TITLE_WEIGHT,
    )
    y = height - 146
    for sentence in _sentences(disclosure, kind):
        for line in break_lines("　　" + sentence, width - 2 * MARGIN, BODY_SIZE):
            draw_text(canvas, MARGIN, y, line, BODY_SIZE)
            y -= BODY_SIZE * 1.9


def _sentences(disclosure: Disclosure, kind: str) -> list[str]:
    """The main figures in words, in 万元 with two digits, as the tables have them."""
    amounts: dict[tuple[str, str], str] = {}
    for fact in golden(disclosure):
        word = fact.income_source or fact.component or fact.item
        if fact.level == "total" or fact.fact == "three_public":
            wan_yuan = f"{fact.amount_yuan / TEN_THOUSAND:,.2f}万元"
            amounts.setdefault((fact.table_kind, word or ""), wan_yuan)
    total = amounts["summary", "total"]
    basic, project = amounts["expenditure", "basic"], amounts["expenditure", "project"]
    three_public = amounts["three_public", "total"]
    year, agency = disclosure.fiscal_year, disclosure.printed_name
    return [
        f"{agency}{year}年收入{kind}总计{total}，来源见收入表。",
        f"支出按性质分，基本支出{basic}，项目支出{project}。",
        f"“三公”经费{kind}合计{three_public}，各项见“三公”经费表。",
    ]
