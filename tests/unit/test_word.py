"""Word documents: merged cells, tracked changes, fields, numbers, text boxes; broken archives."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from docx import Document
from docx.document import Document as WordDocument
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from extract.errors import DocumentError
from extract.formats import find_prose_format
from extract.office import word_old, word_package
from extract.office.word import read_word
from extract.page import Box, Grid, Line
from extract.prose_files import read_prose_file
from tests.unit.test_web import grid_rows

W = nsdecls("w")
RESTART, WIDE = '<w:vMerge w:val="restart"/>', '<w:gridSpan w:val="2"/>'
SHOWN = '<w:vanish w:val="0"/>'


def saved(word: WordDocument) -> bytes:
    stream = io.BytesIO()
    word.save(stream)
    return stream.getvalue()


def body(*elements: str) -> bytes:
    """A document of these elements."""
    word = Document()
    for element in reversed(elements):
        word.element.body.insert(0, parse_xml(element.replace(">", f" {W}>", 1)))
    return saved(word)


def lines(content: bytes) -> list[str]:
    return [item.text for item in read_word(content).items if isinstance(item, Line)]


def tables(content: bytes) -> list[Grid]:
    return list(read_word(content).grids())


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def cell(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr><w:p>{run(text)}</w:p></w:tc>"


def test_merged_cells_are_one_cell_and_deleted_rows_are_none() -> None:
    table = (
        f"<w:tbl><w:tr>{cell('甲', RESTART)}{cell('乙', WIDE)}"
        f"</w:tr><w:tr>{cell('', '<w:vMerge/>')}{cell('1.00')}{cell('2.00')}</w:tr>"
        f"<w:tr><w:trPr><w:del/></w:trPr>{cell('x')}{cell('9.00')}{cell('9.00')}</w:tr>"
        f"<w:sdt><w:sdtContent><w:tr><w:trPr><w:gridBefore w:val='1'/></w:trPr>{cell('3.00')}"
        f"{cell('4.00')}</w:tr></w:sdtContent></w:sdt></w:tbl>"
    )
    [grid] = tables(body(table))
    assert grid_rows(grid) == [
        (("甲", 2, 1), ("乙", 1, 2)),
        (("1.00", 1, 1), ("2.00", 1, 1)),
        (("", 1, 1), ("3.00", 1, 1), ("4.00", 1, 1)),
    ]


def test_a_table_stands_between_the_paragraphs_around_it() -> None:
    word = Document()
    word.add_paragraph("收支总表")
    made = word.add_table(2, 2)
    for number, place in enumerate(made._cells):
        place.text = f"{number}.00"
    word.add_paragraph("注：无")
    one, grid, two = read_word(saved(word)).items
    assert isinstance(one, Line) and isinstance(grid, Grid) and isinstance(two, Line)
    assert [item.text for item in grid.cells] == ["0.00", "1.00", "2.00", "3.00"]
    assert (one.box, grid.box) == (Box(0, 0, 1, 1), Box(0, 1, 2, 3)) and two.box == Box(0, 3, 1, 4)
    assert grid.cells[3].box == Box(1, 2, 2, 3) and read_word(saved(word)).number is None


def test_deleted_and_hidden_text_is_no_print_and_inserted_text_is() -> None:
    paragraph = (
        f"<w:p>{run('收入')}<w:del><w:r><w:delText>1.00</w:delText></w:r></w:del>"
        f"<w:moveFrom>{run('7.00')}</w:moveFrom><w:ins>{run('2.00')}</w:ins>"
        f"{run('3.00', '<w:vanish/>')}{run('万元', SHOWN)}</w:p>"
    )
    joined = f"<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>{run('前')}</w:p>"
    assert lines(body(paragraph, joined, f"<w:p>{run('后')}</w:p>")) == ["收入2.00万元", "前后"]


def test_of_a_field_the_stored_result_is_read() -> None:
    field = (
        '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>=SUM(1)</w:instrText>'
        f"</w:r>{run('不印')}<w:r><w:fldChar w:fldCharType='separate'/></w:r>{run('12.50')}"
        f"<w:r><w:fldChar w:fldCharType='end'/></w:r>{run('万元')}</w:p>"
    )
    never_ended = '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r></w:p>'
    assert lines(body(field, never_ended, f"<w:p>{run('下一段')}</w:p>")) == ["12.50万元", "下一段"]


def test_raised_marks_are_no_digits() -> None:
    raised = '<w:vertAlign w:val="superscript"/>'
    assert lines(body(f"<w:p>{run('5.00')}{run('1', raised)}</w:p>")) == ["5.00[1]"]


def test_numbers_that_word_counts_stand_before_their_paragraphs() -> None:
    word = Document()
    levels = "".join(
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
        for level, form, text in ((0, "chineseCountingThousand", "%1、"), (1, "decimal", "%2."))
    )
    root = word.part.numbering_part.element
    root.insert(0, parse_xml(f'<w:abstractNum {W} w:abstractNumId="77">{levels}</w:abstractNum>'))
    root.append(parse_xml(f'<w:num {W} w:numId="77"><w:abstractNumId w:val="77"/></w:num>'))
    for text, level in (("收入", 0), ("甲", 1), ("乙", 1), ("支出", 0), ("丙", 1)):
        paragraph = word.add_paragraph(text)
        paragraph._p.get_or_add_pPr().append(
            parse_xml(f'<w:numPr {W}><w:ilvl w:val="{level}"/><w:numId w:val="77"/></w:numPr>')
        )
    assert lines(saved(word)) == ["一、收入", "1.甲", "2.乙", "二、支出", "1.丙"]


def test_a_text_box_is_read_once_though_it_stands_there_twice() -> None:
    box = f"<w:txbxContent><w:p>{run('单位：万元')}</w:p></w:txbxContent>"
    paragraph = (
        '<w:p xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><w:r>'
        f"<mc:AlternateContent><mc:Choice Requires='wps'><w:drawing>{box}</w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )
    assert lines(body(paragraph)) == ["单位：万元"]


def test_a_header_is_read_once_and_page_numbers_are_not() -> None:
    word = Document()
    word.sections[0].header.paragraphs[0].text = "甲局2024年部门预算"
    word.sections[0].footer.paragraphs[0].text = "- 1 -"
    word.add_paragraph("正文")
    word.add_section()
    word.add_paragraph("再")
    assert lines(saved(word)) == ["甲局2024年部门预算", "正文", "再"]


def changed(content: bytes, change: Callable[[bytes], bytes]) -> bytes:
    """The document with its text changed."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(stream, "w", 8) as new:
        for name in old.namelist():
            part = old.read(name)
            new.writestr(name, change(part) if name == "word/document.xml" else part)
    return stream.getvalue()


def with_entity(part: bytes) -> bytes:
    entity = b'<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    return part.replace(b"<w:document", entity + b"<w:document", 1)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (saved(Document())[:2000], "broken_file"),
        (changed(saved(Document()), lambda part: part[:-20]), "broken_file"),
        (changed(saved(Document()), with_entity), "broken_file"),
        (changed(saved(Document()), lambda part: part + b" " * (129 << 20)), "too_large"),
    ],
    ids=["cut off", "no XML", "entity", "zip bomb"],
)
def test_a_bad_document_is_one_clear_line(content: bytes, reason: str) -> None:
    with pytest.raises(DocumentError) as caught:
        read_word(content)
    assert caught.value.reason == reason
    assert "\n" not in caught.value.detail


def test_too_many_tags_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(word_package, "MOST_TAGS", 1)
    with pytest.raises(DocumentError, match="too_large"):
        read_word(saved(Document()))


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (b"PK\x03\x04", "docx"),
        (OLE + "WordDocument".encode("utf-16-le"), "doc"),
        (b"{\\rtf1}", "rtf"),
        (b"\xef\xbb\xbf\r\n<!DOCTYPE html>", "html"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "password_protected"),
        (OLE, "not_a_document"),
        (b"%PDF-1.7", "not_a_document"),
        (b" \r\n", "empty_file"),
    ],
)
def test_a_file_is_what_its_bytes_are(content: bytes, found: str) -> None:
    try:
        assert find_prose_format(content) == found
    except DocumentError as error:
        assert error.reason == found


def test_a_web_page_called_doc_is_read(tmp_path: Path) -> None:
    path = tmp_path / "甲.doc"
    path.write_bytes("<html><body><p>部门预算".encode("gb18030"))
    assert [line.text for line in read_prose_file(path).lines()] == ["部门预算"]


def test_an_old_document_without_libreoffice_is_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(word_old, "OFFICES", ())
    path = tmp_path / "甲.doc"
    path.write_bytes(OLE + "WordDocument".encode("utf-16-le"))
    with pytest.raises(DocumentError, match=r"converter_missing: a \.doc needs LibreOffice"):
        read_prose_file(path)
