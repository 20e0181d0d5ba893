"""The lines and tables of a web page: nothing is fetched, nothing is run."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lxml import etree

from extract.errors import DocumentError
from extract.flow import Flow, count_hidden, hidden_notices
from extract.page import Grid, Line, Page
from extract.web.styles import Style, StyleSheet, is_hidden

_UNPRINTED = frozenset({
    "script", "style", "title", "noscript", "template", "iframe", "object", "applet", "embed",
    "audio", "video", "canvas", "svg", "select", "textarea", "datalist", "del"
})  # fmt: skip
_BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details",
    "dir", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2",
    "h3", "h4", "h5", "h6", "header", "hr", "legend", "li", "main", "menu", "nav", "ol", "p",
    "pre", "section", "summary", "tbody", "tfoot", "thead", "ul"
})  # fmt: skip
_BLOCK_STYLES = frozenset({"block", "list-item", "table", "table-row", "table-caption", "flex"})
_APART_STYLES = frozenset({"inline-block", "table-cell", "inline-flex", "inline-table"})
MOST_DEEP = 2000
"""Elements stand in no more others: markup that nobody closes."""


def read_markup(text: str) -> Page:
    """What a page of HTML prints, as lines and grids."""
    # its own encoding would be asked for what is decoded already; the parser replaces NUL
    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=True
    )
    root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    if root is None:
        raise DocumentError("no_text", "a web page without an element")
    walk = _Walk(root)
    items = walk.items()
    return Page(None, 0.0, 0.0, "web", items, notices=hidden_notices(walk.hidden))


class _Walk:
    """Goes through the elements in order; not by recursion: pages leave hundreds of tags open."""

    def __init__(self, root: Any) -> None:
        self._flow = Flow()
        self._sheet = StyleSheet()
        for style in root.iter("style"):
            self._sheet.add(style.text or "")
        self._root = root
        self._spread: list[bool] = []  # of the open elements: children stand apart (flex)
        self._raw = 0  # depth of <pre>
        self._marks: list[int] = []  # where <sup> and <sub> begin
        self.hidden = 0
        """Figures in elements that are not shown."""

    def items(self) -> tuple[Line | Grid, ...]:
        """All lines and grids."""
        walk = etree.iterwalk(self._root, events=("start", "end"))
        skipped: Any = None
        for event, element in walk:
            if event == "start":
                if self._begin(element):
                    self._text(element.text)
                else:
                    skipped = element
                    walk.skip_subtree()
            else:
                if element is skipped:
                    skipped = None
                else:
                    self._end(element)
                if element is not self._root:
                    self._text(element.tail)
        return self._flow.items()

    def _begin(self, element: Any) -> bool:
        """Begin an element; False if it prints nothing."""
        tag = _tag(element)
        if tag in _UNPRINTED:
            return False
        attributes: Mapping[str, str] = element.attrib
        style = self._sheet.style_of(tag, attributes)
        if (hidden := is_hidden(style) or "hidden" in attributes) and (
            tag != "td" or style.get("display") == "none"
        ):
            self.hidden += count_hidden(element.itertext())
            return False
        if len(self._spread) >= MOST_DEEP:
            raise DocumentError(
                "broken_file", f"more than {MOST_DEEP:,} tags of the page are left open"
            )
        apart = bool(self._spread) and self._spread[-1]
        self._spread.append("flex" in style.get("display", ""))
        self._open(tag, attributes, style, apart)
        if hidden:  # an empty cell keeps its place
            self.hidden += count_hidden(element.itertext())
            self._end(element)
            return False
        return True

    def _open(self, tag: str, attributes: Mapping[str, str], style: Style, apart: bool) -> None:
        flow = self._flow
        if tag == "table":
            flow.open_table()
        elif tag == "tr" and flow.is_in_table:
            flow.open_row()
        elif tag in ("td", "th") and flow.is_in_table:
            flow.open_cell(_span(attributes.get("rowspan")), _span(attributes.get("colspan")))
        elif tag == "br" or self._is_block(tag, style):
            flow.end_line()
        elif apart or style.get("display") in _APART_STYLES or "float" in style:
            flow.add_text(" ")
        self._raw += tag == "pre"
        if tag in ("sup", "sub"):
            self._marks.append(flow.begin_mark())

    def _end(self, element: Any) -> None:
        tag, flow = _tag(element), self._flow
        spread = self._spread.pop()
        self._raw -= tag == "pre"
        if tag in ("sup", "sub"):
            flow.end_mark(self._marks.pop())
        if tag == "table" and flow.is_in_table:
            flow.close_table()
        elif tag in ("td", "th", "tr") and flow.is_in_table:
            flow.close_cell()
        elif tag in _BLOCKS or spread:
            flow.end_line()
        else:
            style = self._sheet.style_of(tag, element.attrib)
            if self._is_block(tag, style):
                flow.end_line()
            elif style.get("display") in _APART_STYLES or "float" in style:
                flow.add_text(" ")

    @staticmethod
    def _is_block(tag: str, style: Style) -> bool:
        display = style.get("display", "")
        return display in _BLOCK_STYLES or (tag in _BLOCKS and not display.startswith("inline"))

    def _text(self, text: str | None) -> None:
        if not text:
            return
        if self._raw:
            first, *more = text.split("\n")
            self._flow.add_text(first)
            for line in more:
                self._flow.end_line()
                self._flow.add_text(line)
            return
        self._flow.add_text(text)


def _tag(element: Any) -> str:
    return element.tag.lower() if isinstance(element.tag, str) else ""


def _span(text: str | None) -> int:
    """How many rows or columns a cell goes over; 1 for what is no number.

    >>> _span("3"), _span(None), _span("2; x")
    (3, 1, 1)
    """
    return int(text) if text and text.strip().isdecimal() and len(text) < 7 else 1
