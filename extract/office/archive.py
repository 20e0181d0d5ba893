"""What a file of an office format really is, and the guard before it is unpacked."""

from __future__ import annotations

import zipfile
import zlib
from pathlib import Path

from extract.errors import DocumentError

MOST_BYTES = 64 * 1024 * 1024
"""The parts of an archive that are read whole take no more, unpacked."""

MOST_FILE_BYTES = 256 * 1024 * 1024
"""A workbook is no larger, packed or not."""

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_MARKUP = (b"<html", b"<!doctype html", b"<table", b"<head", b"<meta", b"<style")
_HEAD = 4096


def find_format(path: Path) -> str:
    """`xlsx`, `xls` or `html`: what the bytes of a workbook are, whatever its name says.

    Raises DocumentError: `empty_file`, `password_protected`, `not_a_workbook`, `too_large`.
    """
    size = path.stat().st_size
    if size > MOST_FILE_BYTES:
        raise DocumentError(
            "too_large", f"the file has {size:,} bytes; at most {MOST_FILE_BYTES:,} are read"
        )
    with path.open("rb") as file:
        head = file.read(_HEAD)
    if not head.strip():
        raise DocumentError("empty_file", "the file has no bytes; expected a workbook")
    if head.startswith(b"PK\x03\x04"):
        return "xlsx"
    if head.startswith(_OLE):
        if _ENCRYPTED in path.read_bytes():
            raise DocumentError(
                "password_protected", "the workbook asks for a password; save it without one"
            )
        return "xls"
    if head[:2] == b"\x09\x08" or head[:4] in (b"\x09\x00\x04\x00", b"\x09\x02\x06\x00"):
        return "xls"
    low = head.lower().replace(b"\0", b"")
    if any(mark in low for mark in _MARKUP):
        return "html"
    raise DocumentError(
        "not_a_workbook",
        f"its first bytes are {head[:8].hex(' ')}; expected a workbook (.xlsx or .xls); "
        "open it and save it as .xlsx",
    )


def check_archive(path: Path) -> None:
    """Refuse an archive that is broken, no workbook, locked, or unpacks beyond all measure.

    Sheets are read in a stream and have a limit of their own.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
            typed = [part.filename for part in parts if _declares_type(archive, part)]
    except (
        zipfile.BadZipFile,
        zlib.error,
        OSError,
        EOFError,
        ValueError,
        NotImplementedError,
    ) as error:
        raise DocumentError(
            "broken_file", f"the workbook's archive cannot be opened: {error}"
        ) from error
    names = {part.filename for part in parts}
    if not any(name.endswith("workbook.xml") for name in names):
        raise DocumentError(
            "not_a_workbook",
            f"an archive of {len(names)} parts without a workbook; expected xl/workbook.xml",
        )
    if any(part.flag_bits & 0x1 for part in parts):
        raise DocumentError("password_protected", "the archive asks for a password")
    if typed:
        raise DocumentError(
            "broken_file",
            f"the part {typed[0]} declares a document type, which no workbook does",
        )
    whole = sum(
        part.file_size
        for part in parts
        if part.filename.endswith((".xml", ".rels")) and "/worksheets/sheet" not in part.filename
    )
    if whole > MOST_BYTES:
        raise DocumentError(
            "too_large",
            f"texts and styles of the workbook unpack to {whole:,} bytes; at most {MOST_BYTES:,} "
            "are read",
        )


def _declares_type(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> bool:
    """True for XML with a document type: entities, which nothing here needs."""
    if not part.filename.endswith((".xml", ".rels")) or part.flag_bits & 0x1:
        return False
    with archive.open(part) as source:
        return b"<!doctype" in source.read(_HEAD).replace(b"\0", b"").lower()
