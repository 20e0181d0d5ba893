"""A document whose own text lacks agency or year may take them from the documents of its folder.

Offices publish one disclosure as several files: a narrative, and a table a file that names nobody.
What the folder says is taken only where nothing speaks against it; else the document stays in
quarantine. Nothing here comes from a file's name but doubt.
"""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from pyarrow import parquet

from extract.identity import Identity
from extract.text import squeeze
from gongkai.decisions import IDENTITY_FIELDS
from gongkai.documents import SourceFile
from gongkai.landing import Reading
from gongkai.links import Contents, belongs, read_contents
from gongkai.settling import Settled

Row = dict[str, Any]

_YEAR = re.compile(r"(?<![0-9])20[0-3][0-9](?![0-9])", re.ASCII)
_KIND = {"预算": "budget", "决算": "final_account"}
_PARTY = re.compile(r"^(?:中国共产党|中共)")
_MOST_NAMED = 5


@dataclass(frozen=True)
class Inherited:
    """The identity that a document takes, whole, with the folder and the files that say it.

    ``fields`` are those that its own text does not say.
    """

    document_id: str
    identity: Identity
    fields: tuple[str, ...]
    folder: str
    said_by: tuple[str, ...]

    def record(self, evidence: str) -> Row:
        """The columns of `raw.document` that change; ``evidence`` is the document's own."""
        said: dict[str, object] = json.loads(evidence)
        for field in self.fields:
            said[field] = {
                "text": f"{_value(self.identity, field)}",
                "page": None,
                "folder": self.folder,
                "files": list(self.said_by[:_MOST_NAMED]),
            }
        row: Row = {field: _value(self.identity, field) for field in IDENTITY_FIELDS}
        return row | {
            "document_id": self.document_id,
            "status": "read",
            "identity_evidence": json.dumps(said, ensure_ascii=False, sort_keys=True),
            "folder_identity": [
                {
                    "document_id": self.document_id,
                    "field": field,
                    "value": f"{_value(self.identity, field)}",
                    "folder": self.folder,
                    "said_by": list(self.said_by),
                }
                for field in self.fields
            ],
        }


@dataclass(frozen=True)
class _Held:
    """A file that was read, what it says of itself (and a person of it), and its Parquet set."""

    source: SourceFile
    identity: Identity
    directory: Path

    @property
    def is_whole(self) -> bool:
        return not self.identity.missing()

    @cached_property
    def contents(self) -> Contents:
        return read_contents(self.directory)


def inherit_identities(
    readings: Sequence[Reading],
    sources: Sequence[SourceFile],
    settled: Settled,
    unread: Sequence[str] = (),
) -> tuple[Inherited, ...]:
    """What documents without a whole identity take from the documents of their very own folder.

    No file there may be unread (``unread`` are the paths of those that are no source), all that
    say anything must say the same, and the document nothing else, in words, in two minds or in
    its name. Lying there is not enough: it must say the agency, or be tied to a document that has
    an identity (`gongkai.links`); directly below DOCUMENTS, where anything may lie, it must say
    agency or year as well. A content that lies in several folders must take the same from each.
    """
    doubtful = {
        reading.landed.document_id
        for reading in readings
        if reading.landed is not None and reading.landed.quarantined
    } - settled.released
    if not doubtful:
        return ()
    decided = {row["document_id"]: row for row in settled.documents}
    landed = {
        reading.landed.document_id: reading.landed.directory
        for reading in readings
        if reading.landed is not None
    }
    known = {
        document_id: _identity_of(directory, decided.get(document_id))
        for document_id, directory in landed.items()
    }
    held = [
        _Held(source, identity, landed[source.document_id])
        for source in sources
        if (identity := known.get(source.document_id)) is not None
    ]
    unread_folders = {_folder(path) for path in unread} | {
        _folder(source.relative_path) for source in sources if not known.get(source.document_id)
    }
    found: dict[str, list[Inherited | None]] = {}
    for one in held:
        if one.source.document_id in doubtful and not one.is_whole:
            found.setdefault(one.source.document_id, []).append(
                None if _folder(one.source.relative_path) in unread_folders else _inherit(one, held)
            )
    return tuple(
        first
        for each in found.values()
        if (first := each[0]) is not None
        and all(other is not None and other.identity == first.identity for other in each)
    )


def with_inherited(
    settled: Settled, inherited: Sequence[Inherited], readings: Sequence[Reading]
) -> Settled:
    """What people decided, with the identities that documents take from their folders.

    A document that was lost when it was read again by its identity (``readings``) takes none.
    """
    ids = frozenset(one.document_id for one in inherited)
    evidence = {
        reading.landed.document_id: _first_row(reading.landed.directory)["identity_evidence"]
        for reading in readings
        if reading.landed is not None and reading.landed.document_id in ids
    }
    if not evidence:
        return settled
    return replace(
        settled,
        documents=tuple(row for row in settled.documents if row["document_id"] not in evidence),
        inherited=tuple(
            one.record(evidence[one.document_id])
            for one in inherited
            if one.document_id in evidence
        ),
        released=settled.released | evidence.keys(),
    )


def _identity_of(directory: Path, decided: Row | None) -> Identity | None:
    """What a document says of itself, as a person settled it; None if it could not be read."""
    row = _first_row(directory)
    quarantine = parquet.ParquetFile(directory / "quarantine.parquet").read(["reason"])
    in_doubt = "identity_uncertain" in quarantine["reason"].to_pylist()
    if row["status"] != "read" and not in_doubt:
        return None
    said = {field: (decided or row)[field] for field in IDENTITY_FIELDS}
    return Identity(**said, evidence=json.loads(row["identity_evidence"]))


def _first_row(directory: Path) -> Row:
    columns = [*IDENTITY_FIELDS, "status", "identity_evidence"]
    [row] = parquet.ParquetFile(directory / "document.parquet").read(columns).to_pylist()
    found: Row = row
    return found


def _inherit(one: _Held, held: Sequence[_Held]) -> Inherited | None:
    folder = _folder(one.source.relative_path)
    beside = [
        other
        for other in held
        if other.source.document_id != one.source.document_id
        and _folder(other.source.relative_path) == folder
    ]
    wholes = [other for other in beside if other.is_whole]
    if not wholes:
        return None
    wanted = wholes[0].identity
    if any(
        not _agrees(other.identity, wanted) or _is_of_two_minds(other.identity)
        for other in (one, *beside)
    ):
        return None
    if not _may_be_called(one.source.name, wanted) or not _is_tied(one, beside, folder):
        return None
    return Inherited(
        document_id=one.source.document_id,
        identity=replace(wanted.settled_by(one.identity), evidence={}),
        fields=tuple(one.identity.missing()),
        folder=folder,
        said_by=tuple(sorted({other.source.relative_path for other in wholes})),
    )


def _is_tied(one: _Held, beside: Sequence[_Held], folder: str) -> bool:
    """True if more than its place ties a document to those of its folder that say who they are."""
    if one.identity.agency_name is not None:
        return True
    if not folder and one.identity.fiscal_year is None:
        return False
    wholes = [other.contents for other in beside if other.is_whole]
    others = [other.contents for other in beside if not other.is_whole]
    return belongs(one.contents, wholes, others)


def _folder(path: str) -> str:
    """The folder of a file, '' for DOCUMENTS itself."""
    return path.rpartition("/")[0]


def _agrees(one: Identity, other: Identity) -> bool:
    """True if no field of two identities contradicts; a name may leave out its place."""
    for field in IDENTITY_FIELDS:
        mine, theirs = _value(one, field), _value(other, field)
        if mine is None or theirs is None or mine == theirs:
            continue
        if field != "agency_name" or not _same_agency(str(mine), str(theirs)):
            return False
    return True


def _same_agency(one: str, other: str) -> bool:
    short, long = sorted((_PARTY.sub("", squeeze(one)), _PARTY.sub("", squeeze(other))), key=len)
    return long.endswith(short)


def _is_of_two_minds(identity: Identity) -> bool:
    """True if lines of the document say a field in several ways, so that none is certain."""
    return any("disputed" in identity.evidence.get(field, {}) for field in identity.missing())


def _may_be_called(name: str, identity: Identity) -> bool:
    """False if a file's name says another year or kind: a hint that forbids, and never allows."""
    flat = squeeze(name)
    years = {int(year) for year in _YEAR.findall(flat)}
    kinds = {kind for word, kind in _KIND.items() if word in flat}
    return (not years or identity.fiscal_year in years) and (
        len(kinds) != 1 or identity.document_kind in kinds
    )


def _value(identity: Identity, field: str) -> object:
    value: object = getattr(identity, field)
    return value
