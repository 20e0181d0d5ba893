"""Typeset a disclosure as a PDF: cover, contents, a short summary in words, and its tables."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from reportlab.pdfgen.canvas import Canvas

from typeset.draw import TITLE_WEIGHT, draw_centred, draw_page, draw_right
from typeset.forms import lay_out_forms, make_forms
from typeset.front import cover_date, cover_lines, summary_heading, summary_sentences
from typeset.model import Disclosure, Table, load_disclosure, place_row
from typeset.narrative import Paragraph, place_statements, write_narrative
from typeset.pages import MARGIN, PORTRAIT, Page, break_pages
from typeset.perturb import choose_rows_per_page, perturb
from typeset.producers import FLOWING
from typeset.rewrite import rewrite
from typeset.styles import STYLES, Variant, check_variants
from typeset.text import break_lines, draw_text, register_fonts, text_width

FRONT_PAGES = 3
BODY_SIZE = 12.0
COVER_SIZE = 26.0
FOOTER_SIZE = 9.0
TEXT_LINES = 26


def render(
    slug: str,
    out: Path,
    seed: int | None = None,
    style: str = "shipped",
    variants: Iterable[Variant | str] = (),
) -> Disclosure:
    """Typeset a disclosure at `out` and return what was printed, every row with its page number.

    With a seed, figures, names and page breaks are other ones (`typeset.perturb`). `style` is one
    of `typeset.styles.STYLES`; where its producer breaks pages itself, rows have no page number.
    With reportlab the same arguments give the same bytes. Raises ValueError for an unknown slug,
    style or variant and for variants that exclude one another, and ProducerMissingError where the
    program of the style is not installed.
    """
    hard = frozenset(Variant(variant) for variant in variants)
    check_variants(style, hard)
    register_fonts()
    disclosure = load_disclosure(slug)
    rows_per_page = None
    if seed is not None:
        disclosure = perturb(disclosure, seed)
        rows_per_page = choose_rows_per_page(seed)
    disclosure = rewrite(_dress(disclosure, style, hard))
    producer = STYLES[style].producer
    if producer != "reportlab":
        FLOWING[producer](disclosure, out)
        return disclosure
    return _draw(disclosure, out, break_pages(disclosure, rows_per_page))


def render_disclosure(disclosure: Disclosure, out: Path) -> Disclosure:
    """Typeset a disclosure whose figures are given, in its own style; otherwise as `render`."""
    register_fonts()
    disclosure = rewrite(_dress(disclosure, "shipped", frozenset()))
    return _draw(disclosure, out, break_pages(disclosure, None))


def _dress(disclosure: Disclosure, name: str, variants: frozenset[Variant]) -> Disclosure:
    look, style = STYLES[name], disclosure.style
    rulings = style.rulings if look.rulings is None else look.rulings
    shade = style.shade if look.shade is None else look.shade
    dressed = replace(style, rulings=rulings, shade=shade, variants=variants)
    return replace(disclosure, style=dressed)


def _draw(disclosure: Disclosure, out: Path, pages: tuple[Page, ...]) -> Disclosure:
    """Draw a disclosure with reportlab; returns it with the page number of every row."""
    printed = _number_rows(disclosure, pages)
    forms, placed = lay_out_forms(disclosure, make_forms(disclosure), FRONT_PAGES + len(pages) + 1)
    pages = (*pages, *forms)
    printed = replace(printed, forms=placed)
    told = _tell(printed) if Variant.NARRATIVE in disclosure.style.variants else []
    numbered = list(enumerate(told, start=FRONT_PAGES + len(pages) + 1))
    printed = replace(printed, statements=place_statements(numbered))
    count = len(pages) + len(told)
    canvas = Canvas(str(out), pagesize=PORTRAIT, invariant=1, pageCompression=1)
    canvas.setTitle("".join(cover_lines(disclosure)))
    canvas.setAuthor("Gongkai sample documents")
    _draw_cover(canvas, disclosure)
    canvas.showPage()
    _draw_contents(canvas, disclosure, pages)
    _finish(canvas, disclosure, PORTRAIT, 2, count)
    _draw_summary(canvas, printed)
    _finish(canvas, disclosure, PORTRAIT, 3, count)
    for number, page in enumerate(pages, start=FRONT_PAGES + 1):
        _turn(canvas, disclosure, page.size)
        printed_number = f"第{number}页，共{FRONT_PAGES + count}页"
        draw_page(canvas, disclosure, page, printed_number)
        _finish(canvas, disclosure, page.size, number, count)
    for number, paragraphs in numbered:
        canvas.setPageRotation(0)
        canvas.setPageSize(PORTRAIT)
        _draw_narrative(canvas, paragraphs)
        _finish(canvas, disclosure, PORTRAIT, number, count)
    canvas.save()
    return printed


def _turn(canvas: Canvas, disclosure: Disclosure, size: tuple[float, float]) -> None:
    """Open a page of a size; a turned one is upright paper that is shown by a quarter to the right.

    A point (x, y) as shown lies at (height - y, x) on the paper.
    """
    turned = Variant.ROTATED in disclosure.style.variants and size[0] > size[1]
    canvas.setPageRotation(90 if turned else 0)
    canvas.setPageSize(size)  # reportlab turns the paper itself
    if turned:
        canvas.transform(0, 1, -1, 0, size[1], 0)


def _number_rows(disclosure: Disclosure, pages: tuple[Page, ...]) -> Disclosure:
    numbers: dict[tuple[str, int], int] = {}
    for number, page in enumerate(pages, start=FRONT_PAGES + 1):
        for piece in page.pieces:
            if piece.first == 0:
                numbers[piece.table.key, -1] = number
            for owner in piece.grid.owners[piece.first : piece.last]:
                numbers.setdefault((piece.table.key, owner), number)

    def page_of(table: Table, index: int) -> int:
        # a row that stands in the header is on the table's first page
        return numbers.get((table.key, index), numbers[table.key, -1])

    tables = tuple(
        replace(
            table,
            rows=tuple(
                place_row(row, page_of(table, index)) for index, row in enumerate(table.rows)
            ),
        )
        for table in disclosure.tables
    )
    return replace(disclosure, tables=tables)


def _finish(
    canvas: Canvas, disclosure: Disclosure, size: tuple[float, float], page: int, table_pages: int
) -> None:
    footer = disclosure.style.footer.format(page=page, pages=FRONT_PAGES + table_pages)
    draw_centred(canvas, size[0] / 2, 26, footer, FOOTER_SIZE)
    canvas.showPage()


def _draw_cover(canvas: Canvas, disclosure: Disclosure) -> None:
    width, height = PORTRAIT
    y = height * 0.68
    for text in cover_lines(disclosure):
        for line in break_lines(text, width - 3 * MARGIN, COVER_SIZE):
            draw_centred(canvas, width / 2, y, line, COVER_SIZE, TITLE_WEIGHT)
            y -= COVER_SIZE * 1.6
    draw_centred(canvas, width / 2, height * 0.16, cover_date(disclosure), 15)


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


def _tell(disclosure: Disclosure) -> list[list[Paragraph]]:
    """The paragraphs of the narrative, by page."""
    pages: list[list[Paragraph]] = [[]]
    room = TEXT_LINES
    for paragraph in write_narrative(disclosure):
        lines = len(_narrative_lines(paragraph))
        if lines > room:
            pages.append([])
            room = TEXT_LINES
        pages[-1].append(paragraph)
        room -= lines
    return pages


def _narrative_lines(paragraph: Paragraph) -> tuple[str, ...]:
    return break_lines("　　" + paragraph.text, PORTRAIT[0] - 2 * MARGIN, BODY_SIZE)


def _draw_narrative(canvas: Canvas, paragraphs: Iterable[Paragraph]) -> None:
    y = PORTRAIT[1] - 96
    for paragraph in paragraphs:
        for line in _narrative_lines(paragraph):
            weight = TITLE_WEIGHT if paragraph.heading else 0
            draw_text(canvas, MARGIN, y, line, BODY_SIZE, weight)
            y -= BODY_SIZE * 1.9


def _draw_summary(canvas: Canvas, disclosure: Disclosure) -> None:
    width, height = PORTRAIT
    heading = summary_heading(disclosure)
    draw_centred(canvas, width / 2, height - 96, heading, 18, TITLE_WEIGHT)
    y = height - 146
    for sentence in summary_sentences(disclosure):
        for line in break_lines("　　" + sentence, width - 2 * MARGIN, BODY_SIZE):
            draw_text(canvas, MARGIN, y, line, BODY_SIZE)
            y -= BODY_SIZE * 1.9
