"""The parts of a .docx: XML in a ZIP archive, opened with limits; macros and pictures stay shut.

Read with zipfile and lxml, not with python-docx: its objects pass over text boxes, content controls
and tracked changes, it loads every picture, and one broken link to a picture stops it.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from extract.errors import DocumentError

MOST_BYTES = 128 * 1024 * 1024
"""A part of the archive is not larger than this, unpacked."""
MOST_TAGS = 3_000_000
"""Nor has it more tags: each takes memory."""

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_STRICT_R = b"http://purl.oclc.org/ooxml/officeDocument/relationships"
_MAIN = "officeDocument"
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError)


@dataclass
class WordPackage:
    """An open .docx; ``main`` is the root of its text."""

    archive: zipfile.ZipFile
    main_name: str
    main: Any
    targets: Mapping[str, tuple[str, str]]
    _parts: dict[str, Any] = field(default_factory=dict)

    def part(self, kind: str) -> Any | None:
        """The root of the part of a kind (`styles`, `numbering`, `footnotes`); None without one."""
        name = next((target for held, target in self.targets.values() if held == kind), None)
        return self._part(name)

    def linked(self, element: Any) -> Any | None:
        """The root of the part that an element names by its relation (a header)."""
        _, name = self.targets.get(element.get(f"{_R}id", ""), ("", None))
        return self._part(name)

    def _part(self, name: str | None) -> Any | None:
        if name is None:
            return None
        if name not in self._parts:
            self._parts[name] = _read_xml(self.archive, name)
        return self._parts[name]


def open_word(content: bytes) -> WordPackage:
    """Open a .docx.

    Raises DocumentError: `broken_file` for a broken archive or one without a text,
    `password_protected`, `too_large`.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except _BROKEN as error:
        raise DocumentError("broken_file", f"its archive cannot be opened: {error}") from error
    roots = _targets(archive, "_rels/.rels", "")
    name = next((target for kind, target in roots.values() if kind == _MAIN), "word/document.xml")
    main = _read_xml(archive, name)
    if main is None or main.tag != f"{W}document":
        raise DocumentError("broken_file", "an archive without a text; expected a Word document")
    folder, _, own = name.rpartition("/")
    return WordPackage(archive, name, main, _targets(archive, f"{folder}/_rels/{own}.rels", folder))


def _targets(archive: zipfile.ZipFile, name: str, folder: str) -> dict[str, tuple[str, str]]:
    """Kind and name of the parts that a part goes on in, by id; what lies elsewhere is left out."""
    root = _read_xml(archive, name.lstrip("/"))
    found: dict[str, tuple[str, str]] = {}
    for relation in () if root is None else root:
        if not isinstance(relation.tag, str) or relation.get("TargetMode") == "External":
            continue
        target = posixpath.normpath(posixpath.join("/", folder, relation.get("Target", "")))
        kind = relation.get("Type", "").rpartition("/")[2]
        found[relation.get("Id", "")] = (kind, target.lstrip("/"))
    return found


def _read_xml(archive: zipfile.ZipFile, name: str) -> Any | None:
    """The root of a part; None if the archive does not have it."""
    try:
        info = archive.getinfo(name)
    except KeyError:
        return None
    if info.flag_bits & 1:
        raise DocumentError("password_protected", "its archive asks for a password")
    if info.file_size > MOST_BYTES:
        raise DocumentError(
            "too_large", f"{name} has {info.file_size:,} bytes; at most {MOST_BYTES:,} are read"
        )
    try:
        content = archive.read(info)
    except _BROKEN as error:
        raise DocumentError("broken_file", f"{name} cannot be unpacked: {error}") from error
    if (tags := content.count(b"<")) > MOST_TAGS:
        raise DocumentError(
            "too_large", f"{name} has {tags:,} tags; at most {MOST_TAGS:,} are read"
        )
    content = content.replace(_STRICT, W[1:-1].encode()).replace(_STRICT_R, _R[1:-1].encode())
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True,
        remove_pis=True, huge_tree=False,
    )  # fmt: skip
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise DocumentError("broken_file", f"{name} is no XML: {error.msg}") from error
    if root.getroottree().docinfo.doctype:
        raise DocumentError("broken_file", f"{name} declares entities, as no Word file does")
    return root
