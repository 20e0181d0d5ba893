"""The lines and tables of a Word document (.docx), as it would be printed.

Deleted text of tracked changes, hidden text, comments and the instructions of fields are not
read; inserted text, the stored results of fields, text boxes, notes and headers are.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from extract.flow import Flow, count_hidden, hidden_notices
from extract.office.word_numbers import Numbers
from extract.office.word_package import W, WordPackage, open_word
from extract.office.word_styles import read_styles, value_of
from extract.office.word_tables import THROUGH, word_rows
from extract.page import Grid, Line, Page
from extract.text import is_page_number, squeeze

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_INSIDE = THROUGH | {W + name for name in ("hyperlink", "fldSimple", "bdo", "dir")}
_SPACES = frozenset(W + name for name in ("tab", "ptab"))
_BREAKS = frozenset(W + name for name in ("br", "cr"))
_PICTURES = frozenset(W + name for name in ("drawing", "pict", "object"))
_NOTES = {f"{W}footnoteReference": "footnote", f"{W}endnoteReference": "endnote"}


def read_word(content: bytes) -> Page:
    """The one page of a .docx, without a number: where its pages end is not in the file.

    Raises DocumentError with the reasons of ``extract.office.word_package.open_word``.
    """
    walk = _Walk(open_word(content))
    items = walk.items()
    return Page(None, 0.0, 0.0, "word", items, notices=hidden_notices(walk.hidden))


class _Walk:
    def __init__(self, package: WordPackage) -> None:
        self._package = package
        self._styles = read_styles(package.part("styles"))
        self._numbers = Numbers(package.part("numbering"), self._styles)
        self._notes = {
            (kind, note.get(f"{W}id", "")): note
            for kind in ("footnote", "endnote")
            if (root := package.part(f"{kind}s")) is not None
            for note in root.iter(W + kind)
        }
        self._flow = Flow()
        self._fields: list[bool] = []  # of the open fields: True while the instruction lasts
        self._boxes: list[Any] = []  # text boxes of the paragraph
        self._noted: list[Any] = []  # notes of the block
        self._depth = 0
        self._margins: dict[str, list[str]] = {}
        self.hidden = 0
        """Figures in texts that are not shown."""

    def items(self) -> tuple[Line | Grid, ...]:
        """All lines and grids of the document, headers and footers where they change."""
        body = self._package.main.find(f"{W}body")
        if body is None:
            return ()
        sections = list(body.iter(f"{W}sectPr"))
        self._margin(sections[:1], "header")
        for child in body:
            self._block(child)
            ended = child.find(f"{W}pPr/{W}sectPr") if child.tag == f"{W}p" else None
            if ended is not None and ended in sections:
                at = sections.index(ended)
                self._margin([ended], "footer")
                self._margin(sections[at + 1 : at + 2], "header")
        self._margin(sections[-1:], "footer")
        return self._flow.items()

    def _margin(self, sections: list[Any], kind: str) -> None:
        """Headers or footers of a section, unless they say what those before them said."""
        for section in sections:
            for reference in section.iter(f"{W}{kind}Reference"):
                which = f"{kind} {reference.get(f'{W}type', '')}"
                root = self._package.linked(reference)
                if root is None or reference.get(f"{W}type") == "even":
                    continue
                outer, self._flow = self._flow, Flow()
                self._blocks(root)
                found, self._flow = self._flow.items(), outer
                kept = [item for item in found if isinstance(item, Grid) or _says(item.text)]
                texts = [repr(item) for item in kept]
                if texts != self._margins.get(which):
                    self._margins[which] = texts
                    self._flow.add_items(kept)

    def _blocks(self, parent: Any) -> None:
        for child in parent:
            self._block(child)

    def _block(self, element: Any) -> None:
        tag = element.tag
        if tag == f"{W}p":
            self._paragraph(element)
        elif tag == f"{W}tbl":
            self._table(element)
        elif tag in THROUGH:
            self._blocks(element)
        elif tag == f"{_MC}AlternateContent":
            self._blocks(_choice(element))
        if not self._depth:
            noted, self._noted = self._noted, []
            for note in noted:
                self._blocks(note)

    def _table(self, table: Any) -> None:
        flow = self._flow
        self._depth += 1
        flow.open_table()
        for row in word_rows(table):
            flow.open_row()
            for cell in row:
                flow.open_cell(cell.row_span, cell.column_span)
                if cell.element is not None:
                    self._blocks(cell.element)
        flow.close_table()
        self._depth -= 1

    def _paragraph(self, paragraph: Any) -> None:
        properties = paragraph.find(f"{W}pPr")
        style = value_of(properties, "pStyle")
        mark = None if properties is None else properties.find(f"{W}rPr")
        deleted = mark is not None and mark.find(f"{W}del") is not None
        if not deleted:
            self._flow.add_text(self._numbers.next_for(properties, style))
        self._runs(paragraph, style)
        self._fields = [lasts for lasts in self._fields if not lasts]
        if not deleted:  # else the next paragraph goes on with its line
            self._flow.end_line()
        boxes, self._boxes = self._boxes, []
        for box in boxes:
            self._flow.end_line()
            self._blocks(box)

    def _runs(self, parent: Any, style: str) -> None:
        for child in parent:
            tag = child.tag
            if tag == f"{W}r":
                self._run(child, style)
            elif tag in _INSIDE:
                self._runs(child, style)
            elif tag == f"{_MC}AlternateContent":
                self._runs(_choice(child), style)
            elif isinstance(tag, str) and tag.startswith(_M):
                for text in child.iter(f"{_M}t"):
                    self._flow.add_text(text.text or "")

    def _run(self, run: Any, style: str) -> None:
        properties = run.find(f"{W}rPr")
        if self._styles.is_hidden(properties, style):
            self.hidden += count_hidden(text.text or "" for text in run.iter(f"{W}t"))
            return
        raised = value_of(properties, "vertAlign") in ("superscript", "subscript")
        begin = self._flow.begin_mark()
        self._pieces(run, style)
        if raised:
            self._flow.end_mark(begin)

    def _pieces(self, run: Any, style: str) -> None:
        for piece in run:
            tag = piece.tag
            if tag == f"{W}fldChar":
                self._field(piece.get(f"{W}fldCharType"))
            elif any(self._fields):
                continue
            elif tag == f"{W}t":
                self._flow.add_text(piece.text or "")
            elif tag in _SPACES:
                self._flow.add_text(" ")
            elif tag in _BREAKS:
                self._flow.end_line()
            elif tag == f"{W}noBreakHyphen":
                self._flow.add_text("-")
            elif tag == f"{W}sym":
                self._flow.add_text("\ufffd")  # a picture of a symbol font: no character is known
            elif tag == f"{W}ruby":
                for base in piece.iter(f"{W}rubyBase"):
                    self._runs(base, style)
            elif tag in _PICTURES:
                self._boxes += _text_boxes(piece)
            elif tag == f"{_MC}AlternateContent":
                self._pieces(_choice(piece), style)
            elif tag in _NOTES:
                note = self._notes.get((_NOTES[tag], piece.get(f"{W}id", "")))
                if note is not None:
                    self._noted.append(note)

    def _field(self, kind: str | None) -> None:
        if kind == "begin":
            self._fields.append(True)
        elif kind == "separate" and self._fields:
            self._fields[-1] = False
        elif kind == "end" and self._fields:
            self._fields.pop()


def _choice(element: Any) -> Any:
    """What of several forms of the same content is read: the first, as Word does."""
    choice = element.find(f"{_MC}Choice")
    fallback = element.find(f"{_MC}Fallback")
    if choice is None:
        return fallback if fallback is not None else ()
    return choice


def _text_boxes(picture: Any) -> Iterator[Any]:
    """The outer text boxes of a drawing."""
    for child in picture:
        if child.tag == f"{W}txbxContent":
            yield child
        elif child.tag == f"{_MC}AlternateContent":
            yield from _text_boxes(_choice(child))
        else:
            yield from _text_boxes(child)


def _says(text: str) -> bool:
    """False for a line of a header that is a page number."""
    return not is_page_number(text) and not squeeze(text).isdigit()
