"""Where documents come from: `sources.csv` beside them, checked before anything is read."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from gongkai.csv_rows import Line, read_lines
from gongkai.documents import SourceFile

_NAMING = ("sha256", "path", "file_name")
_SAYING = ("source_url", "published_on")
_HASH = re.compile(r"[0-9a-f]{32}(?:[0-9a-f]{32})?", re.ASCII)
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
_NOT_IN_URL = re.compile(r"[\s\x00-\x1f\x7f\"<>\\^`{|}\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True)
class Origin:
    """Address and day of publication of a file, None where not known."""

    source_url: str | None = None
    published_on: date | None = None


@dataclass(frozen=True)
class Origins:
    """Origins by relative path of the file; ``unused`` are lines that fit no file, in words."""

    of_files: dict[str, Origin]
    unused: tuple[str, ...]


def read_origins(files: Iterable[SourceFile], sources: Sequence[SourceFile]) -> Origins:
    """Read where documents come from, in all files together.

    A line names a document by its SHA-256, its path from the folder of the CSV, or its file name
    in or below that folder. A line without a document is no error: documents come and go.
    Raises BuildError, naming file and line, for a line that cannot be followed: an unknown column,
    no name or two names of a document, a name that several contents have, an address that is
    neither http nor https, a day that is none, and for two lines that contradict each other.
    """
    origins: dict[str, Origin] = {}
    said_by: dict[tuple[str, str], Line] = {}
    unused = []
    for file in files:
        for line in read_lines(file, (), (*_NAMING, *_SAYING)):
            origin = _origin(line)
            named = _named(line, sources)
            if not named:
                unused.append(f"{line.file} line {line.number}")
            for source in named:
                known = origins.get(source.relative_path, Origin())
                for field in _SAYING:
                    said = getattr(origin, field)
                    before = getattr(known, field)
                    key = (source.relative_path, field)
                    if said is not None and before is not None and said != before:
                        other = said_by[key]
                        raise line.refuse(
                            f"{field} of {source.relative_path!r} is {str(said)!r}, and"
                            f" {str(before)!r} in {other.file} line {other.number}"
                        )
                    if said is not None:
                        said_by.setdefault(key, line)
                origins[source.relative_path] = Origin(
                    origin.source_url or known.source_url,
                    origin.published_on or known.published_on,
                )
    return Origins(origins, tuple(unused))


def _named(line: Line, sources: Sequence[SourceFile]) -> list[SourceFile]:
    given = [column for column in _NAMING if line[column]]
    if len(given) != 1:
        raise line.refuse(f"expected one of {', '.join(_NAMING)}, found {len(given)}")
    column, value = given[0], line[given[0]]
    folder = line.file.rpartition("/")[0]
    if column == "sha256":
        digest = value.lower()
        if not _HASH.fullmatch(digest):
            raise line.refuse(f"{value!r} is no SHA-256 (64 hex digits) and no document_id (32)")
        return [source for source in sources if source.sha256.startswith(digest)]
    if column == "path":
        path = value.replace("\\", "/").removeprefix("./")
        if path.startswith("/") or ".." in path.split("/"):
            raise line.refuse(f"{value!r} is no path below the folder of {line.file}")
        wanted = f"{folder}/{path}" if folder else path
        return [source for source in sources if source.relative_path == wanted]
    if "/" in value:
        raise line.refuse(f"{value!r} is a path; the column for it is 'path'")
    below = f"{folder}/" if folder else ""
    found = [
        source
        for source in sources
        if source.name == value and source.relative_path.startswith(below)
    ]
    if len({source.sha256 for source in found}) > 1:
        raise line.refuse(
            f"{value!r} is the name of {len(found)} documents; name one by path or sha256"
        )
    return found


def _origin(line: Line) -> Origin:
    url, day = line["source_url"], line["published_on"]
    if not url and not day:
        raise line.refuse("neither source_url nor published_on is given")
    return Origin(_url(line, url) if url else None, _day(line, day) if day else None)


def _url(line: Line, text: str) -> str:
    try:
        parts = urlsplit(text)
        scheme, host = parts.scheme.lower(), parts.hostname
        _ = parts.port
    except ValueError as error:
        raise line.refuse(f"{text!r} is no address: {error}") from error
    if scheme not in ("http", "https") or not host or _NOT_IN_URL.search(text):
        raise line.refuse(f"{text!r} is no address; expected http://… or https://…")
    if parts.username is not None or parts.password is not None:
        raise line.refuse("the address holds a user name or password; leave it out")
    return text


def _day(line: Line, text: str) -> date:
    try:
        if _DAY.fullmatch(text):
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise line.refuse(f"{text!r} is no day; expected year-month-day, like 2024-02-29")
