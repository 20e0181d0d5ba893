"""A disclosure as a Word document (python-docx); the same figures give the same bytes."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

from docx import Document
from docx.shared import Pt

from typeset.files.manners import Manner
from typeset.files.workbooks import MADE_AT, repack
from typeset.front import cover_date, cover_lines, summary_heading, summary_sentences
from typeset.grid import Grid
from typeset.model import Disclosure, Table
from typeset.pages import lay_out_table

FIRST_TABLE_PAGE = 4


def write_word(
    disclosure: Disclosure, out: Path, manners: frozenset[Manner], front: Disclosure | None
) -> None:
    """Write a disclosure as a .docx: cover and sentences of ``front``, and its tables.

    Nested: each table stands, with its title, in a cell of a table that only arranges it. Hidden:
    texts with figures that Word does not show.
    """
    word = Document()
    if front is not None:
        _add_front(word, front)
    for table in disclosure.tables:
        place: Any = word
        if Manner.NESTED in manners:
            place = word.add_table(1, 1).rows[0].cells[0]
        _add_table(place, disclosure, table, Manner.HIDDEN in manners)
    core = word.core_properties
    core.created = core.modified = MADE_AT
    core.author = "Gongkai sample documents"
    made = io.BytesIO()
    word.save(made)
    repack(made.getvalue(), out)


def _add_front(word: Any, disclosure: Disclosure) -> None:
    for text in (*cover_lines(disclosure), cover_date(disclosure)):
        word.add_paragraph(text)
    word.add_page_break()
    word.add_paragraph("目　录")
    for number, table in enumerate(disclosure.tables, start=FIRST_TABLE_PAGE):
        word.add_paragraph(f"{disclosure.fill(table.title)}\t{number}")
    word.add_heading(summary_heading(disclosure))
    for sentence in summary_sentences(disclosure):
        word.add_paragraph(f"　　{sentence}")


def _add_table(place: Any, disclosure: Disclosure, table: Table, hide: bool) -> None:
    if table.number:
        place.add_paragraph(disclosure.fill(table.number))
    place.add_paragraph(disclosure.fill(table.title))
    place.add_paragraph(f"{disclosure.fill(table.agency_line)}\t{table.unit_text}")
    if hide:
        run = place.add_paragraph().add_run("合计 987,654.32 草稿 123.45")
        run.font.hidden = True
    grid = lay_out_table(disclosure, table)
    rows = sum(len(band.heights) for band in (grid.header, *grid.rows))
    _fill(place.add_table(rows, len(grid.widths)), grid)
    if table.note:
        place.add_paragraph(disclosure.fill(table.note))


def _fill(made: Any, grid: Grid) -> None:
    made.style = made.part.document.styles["Table Grid"]
    places = [row.cells for row in made.rows]
    top = 0
    for band in (grid.header, *grid.rows):
        for cell in band.cells:
            first = places[top + cell.row][cell.column]
            last_row = top + cell.row + cell.row_span - 1
            last = places[last_row][cell.column + cell.column_span - 1]
            merged = first if first is last else first.merge(last)
            merged.text = "".join(cell.lines)
            for run in merged.paragraphs[0].runs:
                run.font.size = Pt(grid.size)
        top += len(band.heights)
