"""Which format a document is in: by its bytes where its name may be wrong."""

from __future__ import annotations

from pathlib import Path

from extract.errors import DocumentError
from extract.web.encoding import is_mail, is_web_page

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_WORD_STREAM = "WordDocument".encode("utf-16-le")


def find_prose_format(content: bytes) -> str:
    """`docx`, `doc`, `rtf` or `html`: what a Word document or web page is.

    Raises DocumentError: `empty_file`, `password_protected`, `not_a_document`.
    """
    if not content.strip():
        raise DocumentError("empty_file", "the file holds no text")
    if content.startswith(b"PK\x03\x04"):
        return "docx"
    if content.startswith(_OLE):
        if _ENCRYPTED in content:
            raise DocumentError("password_protected", "the document asks for a password")
        if _WORD_STREAM in content:
            return "doc"
        raise DocumentError("not_a_document", "an office file without a Word document in it")
    if content.lstrip().startswith(b"{\\rtf"):
        return "rtf"
    if is_mail(content) or is_web_page(content):
        return "html"
    raise DocumentError(
        "not_a_document",
        f"its first bytes are {content[:8].hex(' ')}; expected a Word document or a web page",
    )


def read_content(path: Path, most: int) -> bytes:
    """The bytes of a file; DocumentError `too_large` beyond ``most``."""
    size = path.stat().st_size
    if size > most:
        raise DocumentError("too_large", f"the file has {size:,} bytes; at most {most:,} are read")
    return path.read_bytes()
