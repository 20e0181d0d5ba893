"""From a file to what is printed in it, named: pages, tables, units, identity, conservation."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from extract.conservation import Balance, balance_page
from extract.contents import find_contents
from extract.errors import DocumentError
from extract.forms.confirm import confirm_forms
from extract.forms.naming import LabelledForms, find_form_kinds, is_form, name_forms
from extract.identity import Identity, identify
from extract.media_types import MEDIA_TYPES, PROSE_FORMATS, WORKBOOKS
from extract.mentions import Mention, find_mentions
from extract.naming import name_sheet
from extract.office.archive import find_format
from extract.office.reader import read_workbook
from extract.page import Page
from extract.pdf.reader import read_pdf
from extract.pdf.second import confirm_pages
from extract.personal import hide_personal_data
from extract.plain.reader import read_text
from extract.prose_files import read_prose_file
from extract.rows import Labelled, Placed
from extract.sentences.model import Statement
from extract.sentences.prose import Paragraph, paragraphs
from extract.sentences.records import state_figures
from extract.sheet import Sheet, collect_sheets
from extract.tables import Table
from extract.units import printed_unit, settle_units
from extract.untitled import name_untitled
from extract.vocabulary import Vocabulary


@dataclass(frozen=True)
class Reading:
    """All that was read of a document."""

    media_type: str
    pages: tuple[Page, ...]
    tables: tuple[Table, ...]
    identity: Identity
    balances: tuple[Balance, ...]
    statements: tuple[Statement, ...] = ()
    mentions: tuple[Mention, ...] = ()
    decided: Identity | None = None
    paragraphs: tuple[Paragraph, ...] = ()

    @property
    def settled(self) -> Identity:
        """The identity by which figures are read: the document's own, or as a person decided."""
        return self.identity.settled_by(self.decided)


def read_pages(path: Path) -> Iterator[Page]:
    """The pages of a document, by the reader of its format.

    Raises DocumentError for a format that has no reader.
    """
    suffix = path.suffix.lower()
    if suffix == ".pdf":
        return read_pdf(path)
    if suffix in (".txt", ".md"):
        return read_text(path)
    if suffix in WORKBOOKS and find_format(path) != "html":
        return read_workbook(path)
    if suffix in PROSE_FORMATS or suffix in WORKBOOKS:
        return iter([read_prose_file(path)])
    raise DocumentError("unknown_format", f"no reader for {suffix or 'a file without an ending'}")


def read_document(path: Path, vocabulary: Vocabulary, decided: Identity | None = None) -> Reading:
    """Read and name everything in a document; DocumentError if the file cannot be read at all.

    ``decided`` has the fields of the identity that a person decided; the others are None.
    """
    pages = tuple(hide_personal_data(page, vocabulary) for page in read_pages(path))
    if not any(page.items for page in pages):
        raise _nothing_read(pages)
    pages = confirm_pages(path, pages, {page.number for page in pages if page.doubts})
    sheets, labelled, balances = _name(pages, vocabulary)
    left_over = {
        balance.page_number
        for page, balance in zip(pages, balances, strict=True)
        if balance.left_over and page.second_reader is None and page.route == "lattice"
    }
    if left_over:
        pages = confirm_pages(path, pages, left_over)
        sheets, labelled, balances = _name(pages, vocabulary)
    prose = [line.text for page in pages for line in page.lines()]
    units = settle_units(labelled, prose, vocabulary)
    confirm_forms(labelled, units, vocabulary)
    identity = identify(pages, sheets, vocabulary)
    printed = tuple(paragraphs(pages))
    return Reading(
        media_type=MEDIA_TYPES[path.suffix.lower()],
        pages=pages,
        tables=tuple(
            _with_unit(table, unit, text, vocabulary)
            for table, (unit, text) in zip(labelled, units, strict=True)
        ),
        identity=identity,
        balances=balances,
        statements=state_figures(printed, labelled, identity.settled_by(decided)),
        mentions=tuple(find_mentions(pages, find_contents(pages, vocabulary), vocabulary)),
        decided=decided,
        paragraphs=printed,
    )


def _nothing_read(pages: tuple[Page, ...]) -> DocumentError:
    """What is wrong with a document of which no page says anything."""
    for page in pages:
        for notice in page.notices:
            return DocumentError(*notice)
    if any(page.route == "scan" for page in pages):
        return DocumentError(
            "scan_not_read", f"no text can be read in the pictures of {len(pages)} page(s)"
        )
    return DocumentError("no_text", f"{len(pages)} page(s) without a text layer; expected text")


def _with_unit(table: Labelled, unit: str, text: str, vocabulary: Vocabulary) -> Table:
    """A table with its unit; forms without one above them have that of their labels."""
    if not unit and isinstance(table, LabelledForms):
        texts = {money.unit_text for form in table.forms for money in form.money}
        if len(texts) == 1 and "" not in texts:
            text = texts.pop()
            unit = printed_unit(text, vocabulary)
    return Table(table, unit, text)


def _name(
    pages: tuple[Page, ...], vocabulary: Vocabulary
) -> tuple[list[Sheet], list[Labelled], tuple[Balance, ...]]:
    """The tables of the pages, named, and the account of each page."""
    contents = find_contents(pages, vocabulary)
    sheets = collect_sheets(pages, vocabulary, contents)
    find_form_kinds(sheets, vocabulary)
    name_untitled(sheets, contents, vocabulary)
    labelled: list[Labelled] = [
        name_forms(sheet) if is_form(sheet, vocabulary) else name_sheet(sheet, vocabulary)
        for sheet in sheets
    ]
    cells: dict[int | None, list[Placed]] = {}
    for table in labelled:
        for placed in table.cells:
            cells.setdefault(placed.page_number, []).append(placed)
    balances = (balance_page(page, cells.get(page.number, ())) for page in pages)
    return sheets, labelled, tuple(balances)
