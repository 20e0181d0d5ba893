"""The documents of a build: what lies below DOCUMENTS, and the fingerprint of it all."""

import hashlib
import os
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from gongkai.errors import BuildError

PROJECT = Path(__file__).resolve().parent.parent
"""The directory of the project: code, seeds and models."""

_CODE = (
    "extract",
    "seeds",
    "models",
    "macros",
    "tests/generic",
    "expectations",
    "publish",
    "review",
    "gongkai",
)
DECISIONS = "decisions.csv"
SOURCES = "sources.csv"
BESIDE = frozenset({DECISIONS, SOURCES})
"""Names of files that people put beside the documents; they are none themselves."""

_CODE_SUFFIXES = frozenset({".py", ".csv", ".sql", ".yml", ".html", ".css", ".js"})
_CODE_FILES = ("dbt_project.yml", "profiles.yml", "requirements.lock")


@dataclass(frozen=True)
class SourceFile:
    """A file that was found.

    ``name`` and ``relative_path`` are readable text for people and tables: a name that is not
    UTF-8 (archives packed on older systems) is read as GB 18030. ``path`` is the one to open.
    """

    path: Path
    relative_path: str
    sha256: str

    @property
    def name(self) -> str:
        """The file name without directories."""
        return self.relative_path.rsplit("/", 1)[-1]

    @property
    def document_id(self) -> str:
        """The content's id: the first 32 hex digits of its SHA-256."""
        return self.sha256[:32]


@dataclass(frozen=True)
class Found:
    """What lies below DOCUMENTS: the documents, and the files that people put beside them."""

    sources: tuple[SourceFile, ...]
    unsupported: tuple[str, ...]
    unreadable: tuple[str, ...]
    beside: tuple[SourceFile, ...] = ()

    def named(self, name: str) -> tuple[SourceFile, ...]:
        """The files beside the documents that have a name, in any letters."""
        return tuple(file for file in self.beside if file.name.lower() == name)


def scan_documents(directory: Path, suffixes: Iterable[str], outside: Iterable[Path] = ()) -> Found:
    """Find the documents below ``directory``, at any depth, sorted by relative path.

    Hidden files and directories, and what lies below a path in ``outside`` (the warehouse and
    its publications), are passed over. A link is followed; one that leads in a circle, once.
    Raises BuildError when the directory is missing or cannot be listed, or a file beside the
    documents (`decisions.csv`, `sources.csv`) cannot be opened.
    """
    if not directory.exists():
        raise BuildError(f"DOCUMENTS {directory} does not exist")
    if not directory.is_dir():
        raise BuildError(f"DOCUMENTS {directory} is not a directory")
    wanted = frozenset(suffixes)
    excluded = frozenset(path.resolve() for path in outside)
    supported: list[Path] = []
    unsupported: list[str] = []
    beside: list[SourceFile] = []
    for path in sorted(_walk(directory, excluded)):
        if path.name.lower() in BESIDE:
            beside.append(_beside(path, directory))
        elif path.suffix.lower() in wanted:
            supported.append(path)
        else:
            unsupported.append(_readable(path.relative_to(directory)))
    with ThreadPoolExecutor() as pool:
        digests = list(pool.map(_digest, supported))
    return Found(
        sources=tuple(
            SourceFile(path, _readable(path.relative_to(directory)), digest)
            for path, digest in zip(supported, digests, strict=True)
            if digest is not None
        ),
        unsupported=tuple(unsupported),
        unreadable=tuple(
            _readable(path.relative_to(directory))
            for path, digest in zip(supported, digests, strict=True)
            if digest is None
        ),
        beside=tuple(beside),
    )


def _beside(path: Path, directory: Path) -> SourceFile:
    name = _readable(path.relative_to(directory))
    digest = _digest(path)
    if digest is None:
        raise BuildError(f"{name} below {directory} cannot be opened")
    return SourceFile(path, name, digest)


def fingerprint(found: Found) -> str:
    """Make one digest of all that decides what a build publishes.

    That is the documents, what people decided of them, where they come from, code and vocabulary.

    A document under another name is another fingerprint (the name is published), although the
    document is not read again.
    """
    digest = hashlib.sha256()
    for source in (*found.sources, *found.beside):
        digest.update(f"{source.relative_path}\0{source.sha256}\0".encode())
    for name in found.unreadable:
        digest.update(f"{name}\0unreadable\0".encode())
    digest.update(program_digest().encode())
    return digest.hexdigest()


def _walk(directory: Path, excluded: frozenset[Path]) -> Iterator[Path]:
    def refuse(error: OSError) -> None:
        raise BuildError(f"DOCUMENTS: {error.filename} cannot be listed: {error.strerror}")

    seen: set[tuple[int, int]] = set()
    for root, directories, files in os.walk(directory, followlinks=True, onerror=refuse):
        here = Path(root)
        status = here.stat()
        if (status.st_dev, status.st_ino) in seen or here.resolve() in excluded:
            directories.clear()
            continue
        seen.add((status.st_dev, status.st_ino))
        directories[:] = sorted(name for name in directories if not name.startswith("."))
        for name in files:
            path = here / name
            if name.startswith(".") or not path.is_file() or path.resolve() in excluded:
                continue
            yield path


def _digest(path: Path) -> str | None:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return None


def _readable(path: Path) -> str:
    raw = os.fsencode(path.as_posix())
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return raw.decode("utf-8", errors="replace")


def program_digest() -> str:
    """Make one digest of the program: code, models, seeds, locked versions."""
    files = [PROJECT / name for name in _CODE_FILES]
    for name in _CODE:
        files += [path for path in (PROJECT / name).rglob("*") if path.suffix in _CODE_SUFFIXES]
    digest = hashlib.sha256()
    for path in sorted(files):
        if path.is_file():
            digest.update(path.relative_to(PROJECT).as_posix().encode() + b"\0")
            digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()
