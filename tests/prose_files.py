"""The sample disclosures as Word documents and web pages."""

from __future__ import annotations

from pathlib import Path

from docx import Document
from docx.document import Document as WordDocument

from typeset.front import cover_date, cover_lines, summary_heading, summary_sentences
from typeset.markup import write_html
from typeset.model import Disclosure, Table, load_disclosure
from typeset.pages import lay_out_table
from typeset.perturb import perturb
from typeset.rewrite import rewrite
from typeset.text import register_fonts


def load_sample(slug: str, seed: int | None = None) -> Disclosure:
    """A sample disclosure, as shipped or with other figures and names."""
    register_fonts()
    disclosure = load_disclosure(slug)
    return rewrite(disclosure if seed is None else perturb(disclosure, seed))


def save_web(disclosure: Disclosure, path: Path, encoding: str = "utf-8") -> None:
    """Write a disclosure as a web page that says to be UTF-8, whatever it is."""
    path.write_bytes(write_html(disclosure).encode(encoding))


def save_word(disclosure: Disclosure, path: Path) -> None:
    """Write a disclosure as a Word document."""
    word = Document()
    for text in (*cover_lines(disclosure), cover_date(disclosure)):
        word.add_paragraph(text)
    word.add_page_break()
    word.add_paragraph("目　录")
    for number, table in enumerate(disclosure.tables, start=4):
        word.add_paragraph(f"{disclosure.fill(table.title)}\t{number}")
    word.add_heading(summary_heading(disclosure))
    for sentence in summary_sentences(disclosure):
        word.add_paragraph(f"　　{sentence}")
    for table in disclosure.tables:
        _add_table(word, disclosure, table)
    word.save(str(path))


def _add_table(word: WordDocument, disclosure: Disclosure, table: Table) -> None:
    if table.number:
        word.add_paragraph(disclosure.fill(table.number))
    word.add_paragraph(disclosure.fill(table.title))
    word.add_paragraph(f"{disclosure.fill(table.agency_line)}\t{table.unit_text}")
    grid = lay_out_table(disclosure, table)
    bands = (grid.header, *grid.rows)
    rows = sum(len(band.heights) for band in bands)
    made = word.add_table(rows, len(grid.widths))
    places = [row.cells for row in made.rows]
    top = 0
    for band in bands:
        for cell in band.cells:
            first = places[top + cell.row][cell.column]
            last_row = top + cell.row + cell.row_span - 1
            last = places[last_row][cell.column + cell.column_span - 1]
            merged = first if first is last else first.merge(last)
            merged.text = "".join(cell.lines)
        top += len(band.heights)
    if table.note:
        word.add_paragraph(disclosure.fill(table.note))
