"""Files that would take all time and memory of a reader without limits, by name."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path

from docx import Document
from openpyxl import Workbook

SHEET = "xl/worksheets/sheet1.xml"
TEXT = "word/document.xml"
_SHEETS = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
_WORDS = (
    b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
)
_WORDS_END = b"</w:body></w:document>"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MEGABYTE = 1_000_000


def _with_part(path: Path, archive: bytes, part: str, content: Iterable[bytes]) -> None:
    """Write an archive with another content of one part."""
    with (
        zipfile.ZipFile(io.BytesIO(archive)) as old,
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as new,
    ):
        for name in old.namelist():
            if name != part:
                new.writestr(name, old.read(name))
        with new.open(part, "w", force_zip64=True) as target:
            for piece in content:
                target.write(piece)


def _workbook(path: Path, content: Iterable[bytes]) -> None:
    held = io.BytesIO()
    book = Workbook()
    book.worksheets[0].append(["2023年部门预算收支总表"])
    book.save(held)
    _with_part(path, held.getvalue(), SHEET, content)


def _word(path: Path, content: Iterable[bytes]) -> None:
    held = io.BytesIO()
    Document().save(held)
    _with_part(path, held.getvalue(), TEXT, content)


def _empty_cells(rows: int) -> Iterator[bytes]:
    """A title, and rows of 1,000 cells that hold nothing but a format."""
    yield _SHEETS + b'<sheetData><row r="1"><c t="inlineStr"><is><t>a</t></is></c></row>'
    row = b'<c s="0"/>' * 1000
    for number in range(2, rows + 2):
        yield b'<row r="%d">%s</row>' % (number, row)
    yield b"</sheetData></worksheet>"


def _long_text(megabytes: int) -> Iterator[bytes]:
    """One cell with a text that packs to nothing."""
    yield _SHEETS + b'<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>'
    for _ in range(megabytes):
        yield b"A" * _MEGABYTE
    yield b"</t></is></c></row></sheetData></worksheet>"


def _laughs() -> Iterator[bytes]:
    """Entities of entities, declared far from the beginning."""
    yield b"\n" * 5000 + b'<!DOCTYPE l [<!ENTITY a "aaaaaaaaaa">'
    for letter in range(98, 108):
        inner = b"&%c;" % (letter - 1) * 10
        yield b'<!ENTITY %c "%s">' % (letter, inner)
    yield b"]>" + _SHEETS + b"<sheetData><row><c t='inlineStr'><is><t>&k;</t></is></c></row>"
    yield b"</sheetData></worksheet>"


def _words(*pieces: bytes) -> Iterator[bytes]:
    yield _WORDS
    yield from pieces
    yield _WORDS_END


def _wide_rows(rows: int) -> bytes:
    span = b'<w:tc><w:tcPr><w:gridSpan w:val="60000"/></w:tcPr><w:p/></w:tc>'
    return b"<w:tbl>" + (b"<w:tr>" + span * 3 + b"</w:tr>") * rows + b"</w:tbl>"


def _entity() -> Iterator[bytes]:
    yield b'<!DOCTYPE w:document [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
    yield from _words(b"<w:p><w:r><w:t>&x;</w:t></w:r></w:p>")


def _page(path: Path, *pieces: str) -> None:
    with path.open("w", encoding="utf-8") as file:
        file.write("<html><meta charset='utf-8'><body>")
        file.writelines(pieces)


def _pdf(path: Path, objects: Iterable[bytes]) -> None:
    """Write a PDF of numbered objects: 1 is its catalogue."""
    content = b"%PDF-1.7\n"
    starts = []
    for number, body in enumerate(objects, start=1):
        starts.append(len(content))
        content += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % start for start in starts)
    content += b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(starts) + 1, table)
    content += b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n0\n%%%%EOF" % (len(starts) + 1)
    path.write_bytes(content)


def _stream(dictionary: bytes, content: bytes) -> bytes:
    packed = zlib.compress(content, 9)
    return b"<<%s/Filter/FlateDecode/Length %d>>stream\n%s\nendstream" % (
        dictionary,
        len(packed),
        packed,
    )


def _pdf_of_forms(path: Path, depth: int) -> None:
    """Forms that each draw the next ten times: ten to the power of ``depth`` lines and figures."""
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R"
        b"/Resources<</XObject<</F 5 0 R>>>>>>",
        _stream(b"", b"/F Do " * 10),
    ]
    form = b"/Type/XObject/Subtype/Form/BBox[0 0 595 842]/Resources<<%s>>"
    for number in range(depth):
        inner = b"/XObject<</F %d 0 R>>" % (6 + number)
        objects.append(_stream(form % inner, b"/F Do " * 10))
    font = b"/Font<</A<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>"
    drawn = b"BT /A 9 Tf 72 700 Td (1234.50) Tj ET 72 690 m 300 690 l S "
    objects.append(_stream(form % font, drawn))
    _pdf(path, objects)


def _pdf_of_picture(
    path: Path,
    side: int,
    *,
    page: tuple[int, int] = (595, 842),
    shown: tuple[int, int] | None = None,
    times: int = 1,
    cut: bool = False,
) -> None:
    """A page of this size that shows a grey picture of ``side`` × ``side`` dots.

    It is as large as the page, or as ``shown``; there are ``times`` such pictures; of one that is
    ``cut`` nearly all dots are missing.
    """
    image = b"/Type/XObject/Subtype/Image/Width %d/Height %d/BitsPerComponent 8" % (side, side)
    names = b"".join(b"/I%d %d 0 R" % (number, 5 + number) for number in range(times))
    sides = b"%d 0 0 %d" % (shown or page)
    drawn = b"".join(b"q %s 0 0 cm /I%d Do Q " % (sides, number) for number in range(times))
    dots = b"\x80" * (side if cut else side * side)
    _pdf(
        path,
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 %d %d]/Contents 4 0 R"
            b"/Resources<</XObject<<%s>>>>>>" % (*page, names),
            _stream(b"", drawn),
            *[_stream(image + b"/ColorSpace/DeviceGray", dots)] * times,
        ],
    )


def bad_files(scale: int = 1) -> Mapping[str, tuple[Callable[[Path], None], frozenset[str]]]:
    """How to write each file, and the reasons of which it is given one.

    ``scale`` makes those larger that are large: 1 is beyond every limit, 40 is what people fear.
    """
    nested = "<table><tr><td>" * 10_000
    row = "<tr><td>财政拨款收入</td><td>1,234.50</td></tr>\n" * 10_000
    memory = frozenset({"reader_memory"})
    broken, large = frozenset({"broken_file"}), frozenset({"too_large"})
    unread = frozenset({"scan_not_read"})
    return {
        "empty cells.xlsx": (lambda path: _workbook(path, _empty_cells(2_500 * scale)), large),
        "one text.xlsx": (lambda path: _workbook(path, _long_text(700 + 80 * scale)), memory),
        "entities.xlsx": (lambda path: _workbook(path, _laughs()), broken),
        "open tags.xlsx": (lambda path: _workbook(path, [_SHEETS, b"<a>" * 100_000]), broken),
        "locked.xlsx": (
            lambda path: _write(path, _OLE + "EncryptedPackage".encode("utf-16-le")),
            frozenset({"password_protected"}),
        ),
        "cut.xlsx": (lambda path: _write(path, b"PK\x03\x04" + bytes(400)), broken),
        "one text.docx": (
            lambda path: _word(path, _words(*[b"A" * _MEGABYTE] * (130 + 70 * scale))),
            large,
        ),
        "nested.docx": (
            lambda path: _word(path, _words(b"<w:tbl><w:tr><w:tc>" * 10_000)),
            broken,
        ),
        "wide.docx": (lambda path: _word(path, _words(_wide_rows(2_000))), large),
        "entity.docx": (lambda path: _word(path, _entity()), broken),
        "nested.html": (lambda path: _page(path, nested, "1.00"), broken),
        "wide.html": (
            lambda path: _page(path, "<table>", ("<tr>" + "<td colspan=1000>1" * 9) * 3_000),
            large,
        ),
        "large.html": (lambda path: _page(path, "<table>", *[row] * (35 + 20 * scale)), large),
        "forms.pdf": (partial(_pdf_of_forms, depth=6), memory),
        "picture.pdf": (partial(_pdf_of_picture, side=14_143), unread),
        "pictures.pdf": (partial(_pdf_of_picture, side=7_000, times=40), unread),
        "poster.pdf": (
            partial(_pdf_of_picture, side=2_000, page=(14_400, 14_400), shown=(595, 842)),
            unread,
        ),
        "strip.pdf": (partial(_pdf_of_picture, side=1_000, page=(14_400, 10)), unread),
        "cut picture.pdf": (partial(_pdf_of_picture, side=3_000, cut=True), unread),
    }


def _write(path: Path, content: bytes) -> None:
    path.write_bytes(content)
