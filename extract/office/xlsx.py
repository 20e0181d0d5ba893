"""Sheets of an .xlsx or .xlsm file; macros, links and pictures are left alone, nothing is computed.

openpyxl reads the list of sheets, the texts and the styles; the sheets themselves are read in a
stream (ECMA-376 part 1, 18.3), because a sheet may hold millions of empty cells with a format.
"""

from __future__ import annotations

import re
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO
from xml.etree import ElementTree

from openpyxl.reader.excel import ExcelReader
from openpyxl.styles.numbers import BUILTIN_FORMATS
from openpyxl.styles.stylesheet import apply_stylesheet

from extract.errors import DocumentError
from extract.office.number_format import CHINESE_FORMATS, GENERAL
from extract.office.workbook import MOST_CELLS, Place, SheetCell, Span, WorkSheet, show_number

_FIRST_OWN_FORMAT = 164
_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})", re.ASCII)
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_MOST_COLUMNS = 16_384
_TIMES_PASSED = 10
"""So many times `MOST_CELLS` are passed over for what a sheet says behind its cells."""
_TRUE = frozenset({"1", "true", "on"})
_FAILURES = (
    zipfile.BadZipFile,
    zlib.error,
    ElementTree.ParseError,
    KeyError,
    ValueError,
    TypeError,
    AttributeError,
    IndexError,
    OSError,
    EOFError,
)
"""What openpyxl and zipfile raise on a workbook whose parts do not fit together."""


def read_xlsx(path: Path) -> Iterator[WorkSheet]:
    """The sheets of a workbook in its order; the archive was checked before.

    Raises DocumentError (`broken_file`) naming the file's sheet where the archive or its XML is
    broken.
    """
    with path.open("rb") as file:
        book = _open(file)
        styles = _Styles(book.wb)
        for sheet, place in book.parser.find_sheets():
            if "chartsheet" in place.Type or place.target not in book.valid_files:
                continue
            try:
                yield _Reader(book, sheet, place.target, styles).read()
            except _FAILURES as error:
                raise DocumentError(
                    "broken_file",
                    f"sheet {sheet.name!r} cannot be read: {_first_line(error)}; expected the "
                    "XML of a worksheet; open the workbook and save it again",
                ) from error


def _open(file: BinaryIO) -> Any:
    """The list of sheets, texts and styles; the archive is that of the open file.

    openpyxl's own sheets look for their size first, through millions of cells where none is said.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # parts that it does not keep: none are read
            book: Any = ExcelReader(file, read_only=True, keep_links=False)
            book.read_manifest()
            book.read_strings()
            book.read_workbook()
            apply_stylesheet(book.archive, book.wb)
            return book
    except _FAILURES as error:
        raise DocumentError(
            "broken_file",
            f"the workbook cannot be opened: {_first_line(error)}; open it and save it as .xlsx",
        ) from error


def _first_line(error: Exception) -> str:
    return next(iter(str(error).splitlines()), type(error).__name__)


class _Styles:
    """Number format and border by the number of a cell's style."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._known: dict[int, tuple[str, bool]] = {}

    def of(self, number: int) -> tuple[str, bool]:
        """The number format, and whether the cell has a border on any side."""
        known = self._known.get(number)
        if known is None:
            known = self._known[number] = self._look_up(number)
        return known

    def _look_up(self, number: int) -> tuple[str, bool]:
        styles = self._book._cell_styles
        if number >= len(styles):
            return GENERAL, False
        style = styles[number]
        form = style.numFmtId
        if form >= _FIRST_OWN_FORMAT:
            code = self._book._number_formats[form - _FIRST_OWN_FORMAT]
        else:
            code = CHINESE_FORMATS.get(form) or BUILTIN_FORMATS.get(form, "unknown")
        border = self._book._borders[style.borderId]
        sides = (border.left, border.right, border.top, border.bottom)
        return str(code), any(side is not None and side.style for side in sides)


@dataclass
class _Reader:
    """Reads one sheet in a stream; ``seen`` are stored cells, ``empty`` those without text since
    the last one with text; with ``passing``, cells are counted and no longer kept."""

    book: Any
    sheet: Any
    part: str
    styles: _Styles
    cells: dict[Place, SheetCell] = field(default_factory=dict)
    spans: list[Span] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    seen: int = 0
    empty: int = 0
    passing: bool = False
    row: int = -1
    zeros: bool = True
    unread: str = ""

    def read(self) -> WorkSheet:
        """The sheet, as far as its cells were read."""
        with self.book.archive.open(self.part) as source:
            self._read(source)
        return WorkSheet(
            self.sheet.name,
            self.sheet.state != "visible",
            self.cells,
            self.spans,
            frozenset(self.hidden_rows),
            frozenset(self.hidden_columns),
            self.unread,
        )

    def _read(self, source: Any) -> None:
        held: ElementTree.Element | None = None
        open_row: ElementTree.Element | None = None
        for event, element in ElementTree.iterparse(source, events=("start", "end")):
            tag = element.tag.rpartition("}")[2]
            if event == "start":
                if tag == "sheetData":
                    held = element
                elif tag == "row":
                    open_row = element
                continue
            if tag == "c":
                self.seen += 1
                self.empty += not self.passing
                if self.seen > MOST_CELLS and not self._pass_over():
                    return
                if self.passing and open_row is not None:
                    open_row.clear()
            elif tag == "row":
                if not self.passing:
                    self._read_row(element)
                if held is not None:
                    held.clear()
            elif tag == "col":
                self._read_column(element)
            elif tag == "sheetView":
                self.zeros = element.get("showZeros", "1") in _TRUE
            elif tag == "mergeCell":
                self._read_span(element.get("ref", ""))

    def _pass_over(self) -> bool:
        """Whether to go on, past cells: rows before a long stretch without any text stay, others
        are no whole table. Merged cells are said behind all cells, and a table without them is
        not the one that is seen.
        """
        if self.passing and self.seen <= MOST_CELLS * _TIMES_PASSED:
            return True
        if self.passing or self.empty * 2 < MOST_CELLS:
            most = MOST_CELLS * _TIMES_PASSED if self.passing else MOST_CELLS
            self.cells = {}
            self.unread = f"more than {most:,} stored cells; none of them was read"
            return False
        self.passing = True
        self.unread = (
            f"more than {MOST_CELLS:,} stored cells, the last {self.empty - 1:,} of them empty;"
            f" read up to row {self.row + 1}"
        )
        return True

    def _read_row(self, element: ElementTree.Element) -> None:
        self.row = int(element.get("r", self.row + 2)) - 1
        if element.get("hidden", "0") in _TRUE or float(element.get("ht", "1")) == 0:
            self.hidden_rows.add(self.row)
        column = -1
        for cell in element:
            name = _REFERENCE.fullmatch(cell.get("r", ""))
            column = _column(name[1]) if name else column + 1
            shown = self._read_cell(cell)
            if shown.text or shown.doubt or shown.ruled:
                self.cells[self.row, column] = shown
            if shown.text:
                self.empty = 0

    def _read_cell(self, cell: ElementTree.Element) -> SheetCell:
        code, ruled = self.styles.of(int(cell.get("s", "0")))
        kind, stored, formula = cell.get("t", "n"), None, False
        for part in cell:
            tag = part.tag.rpartition("}")[2]
            if tag == "v":
                stored = part.text
            elif tag == "is":
                return SheetCell(_unescape(_inline(part)), "", ruled)
            formula = formula or tag == "f"
        if not stored:
            missing = formula and kind != "str"
            return SheetCell("", doubt="formula_without_value" if missing else "", ruled=ruled)
        if kind == "s":
            return SheetCell(_unescape(self.book.shared_strings[int(stored)]), "", ruled)
        if kind == "n":
            from_1904 = self.book.wb.epoch.year == 1904
            shown, doubt = show_number(stored, code, from_1904=from_1904, zeros=self.zeros)
            return SheetCell(shown, doubt, ruled)
        if kind == "b":
            return SheetCell("TRUE" if stored in _TRUE else "FALSE", "", ruled)
        if kind == "e":
            return SheetCell(stored, doubt="formula_without_value", ruled=ruled)
        return SheetCell(_unescape(stored), "display_uncertain" if kind == "d" else "", ruled)

    def _read_column(self, element: ElementTree.Element) -> None:
        if element.get("hidden", "0") in _TRUE or float(element.get("width", "1")) == 0:
            first, last = int(element.get("min", "1")), int(element.get("max", "1"))
            self.hidden_columns.update(range(first - 1, min(last, _MOST_COLUMNS)))

    def _read_span(self, reference: str) -> None:
        corners = [_REFERENCE.fullmatch(part) for part in reference.split(":")]
        if len(corners) == 2 and corners[0] and corners[1]:
            (left, top), (right, bottom) = corners[0].groups(), corners[1].groups()
            self.spans.append(Span(int(top) - 1, _column(left), int(bottom), _column(right) + 1))


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def _inline(element: ElementTree.Element) -> str:
    """The text of a cell that stores its own; how it is spoken (`rPh`) is left out."""
    texts = []
    for part in element:
        tag = part.tag.rpartition("}")[2]
        if tag == "t":
            texts.append(part.text or "")
        elif tag == "r":
            texts += [run.text or "" for run in part if run.tag.rpartition("}")[2] == "t"]
    return "".join(texts)


def _unescape(text: str) -> str:
    """A text with its characters that XML cannot hold (`_x000D_`)."""
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text
