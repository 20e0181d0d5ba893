"""A document whose own text lacks agency or year may take them from the documents of its folder.

Offices publish one disclosure as several files: a narrative, and a table a file that names nobody.
What the folder says is taken only where nothing speaks against it; else the document stays in
quarantine. Nothing here comes from a file's name but doubt.
"""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from pyarrow import parquet

from extract.identity import Identity
from extract.text import squeeze
from gongkai.decisions import IDENTITY_FIELDS
from gongkai.documents import SourceFile
from gongkai.landing import Reading
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
    """A document that was read: its file, what it says of itself (and a person of it), and how."""

    source: SourceFile
    identity: Identity
    is_whole: bool


def inherit_identities(
    readings: Sequence[Reading], sources: Sequence[SourceFile], settled: Settled
) -> tuple[Inherited, ...]:
    """What documents without a whole identity take from the documents of their folders.

    The folder is the nearest one upwards below which any document has an identity; all that have
    one must have the same, and the document must say nothing else, in words, in two minds or
    in its name. Directly below DOCUMENTS, where anything may lie, it must say agency or year.
    A content that lies in several folders must take the same from each.
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
        _Held(source, identity, not identity.missing())
        for source in sources
        if (identity := known.get(source.document_id)) is not None
    ]
    found: dict[str, list[Inherited | None]] = {}
    for one in held:
        if one.source.document_id in doubtful and not one.is_whole:
            found.setdefault(one.source.document_id, []).append(_inherit(one, held))
    return tuple(
        first
        for each in found.values()
        if (first := each[0]) is not None
        and all(other is not None and other.identity == first.identity for other in each)
    )


def with_inherited(
    settled: Settled, inherited: Sequence[Inherited], readings: Sequence[Reading]
) -> Settled:
    """What people decided, with the identities that documents take from their folders."""
    if not inherited:
        return settled
    ids = frozenset(one.document_id for one in inherited)
    evidence = {
        reading.landed.document_id: _first_row(reading.landed.directory)["identity_evidence"]
        for reading in readings
        if reading.landed is not None and reading.landed.document_id in ids
    }
    return replace(
        settled,
        documents=tuple(row for row in settled.documents if row["document_id"] not in ids),
        inherited=tuple(one.record(evidence[one.document_id]) for one in inherited),
        released=settled.released | ids,
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
    for folder in _folders(one.source):
        near = [
            other
            for other in held
            if other.is_whole and _lies_below(other.source, folder) and other is not one
        ]
        if near:
            break
    else:
        return None
    wanted = near[0].identity
    if any(not _agrees(other.identity, wanted) for other in near):
        return None
    if not folder and one.identity.agency_name is None and one.identity.fiscal_year is None:
        return None
    if not _agrees(one.identity, wanted) or _is_of_two_minds(one.identity):
        return None
    if not _may_be_called(one.source.name, wanted):
        return None
    return Inherited(
        document_id=one.source.document_id,
        identity=replace(wanted.settled_by(one.identity), evidence={}),
        fields=tuple(one.identity.missing()),
        folder=folder,
        said_by=tuple(sorted({other.source.relative_path for other in near})),
    )


def _folders(source: SourceFile) -> Iterator[str]:
    """The folders above a file, the nearest first; DOCUMENTS itself ('') only for what it holds."""
    parts = source.relative_path.split("/")[:-1]
    if not parts:
        yield ""
    for end in range(len(parts), 0, -1):
        yield "/".join(parts[:end])


def _lies_below(source: SourceFile, folder: str) -> bool:
    return not folder or source.relative_path.startswith(f"{folder}/")


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
