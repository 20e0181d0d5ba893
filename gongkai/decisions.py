"""What people decided: `decisions.csv` beside the documents, checked before anything is read."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from hashlib import sha256

from extract.cells import MONEY_LIMIT
from extract.errors import GongkaiError
from extract.figures import decimals, fold, is_amount, parse_amount
from extract.identity import Identity
from extract.regions import region_codes
from extract.text import squeeze
from gongkai.csv_rows import Line, read_lines
from gongkai.documents import SourceFile

IDENTITY_FIELDS = ("agency_name", "region_code", "fiscal_year", "document_kind", "scope")
UNITS = {"元": "yuan", "万元": "wan_yuan", "yuan": "yuan", "wan_yuan": "wan_yuan"}

_WORDS = {
    "document_kind": ("budget", "final_account"),
    "scope": ("department", "unit"),
}
_FIELDS = (*IDENTITY_FIELDS, "unit", "cell")
_REQUIRED = ("content_hash", "what", "value", "who", "why")
_OPTIONAL = ("place", "printed", "file_name")
_HASH = re.compile(r"[0-9a-f]{32}(?:[0-9a-f]{32})?", re.ASCII)
_YEAR = re.compile(r"20[0-9]{2}", re.ASCII)
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_MOST_DECIMALS = 6
_LONGEST_NAME = 80


@dataclass(frozen=True)
class Figure:
    """A decided amount: its exact value, its digits behind the point, its unit where written."""

    value: Decimal
    decimals: int
    unit: str | None


@dataclass(frozen=True)
class Decision:
    """A line of `decisions.csv`, with the words as they were written.

    ``document_id`` is the content that it is about, held or not. ``place`` is the cell of a
    figure, or the table of a unit ('' for all tables of the document).
    """

    document_id: str
    what: str
    place: str
    value: str
    who: str
    why: str
    printed: str
    file_name: str
    file: str
    line: int

    @property
    def decision_id(self) -> str:
        """What the line says, as a hash: the same wherever it stands."""
        said = (self.document_id, self.what, self.place, self.value, self.who, self.why)
        return sha256("\0".join((*said, self.printed)).encode()).hexdigest()[:32]

    @property
    def figure(self) -> Figure:
        """The decided amount of a cell."""
        return _figure(self.value)


def read_decisions(files: Iterable[SourceFile]) -> tuple[Decision, ...]:
    """Read what people decided, in all files together.

    Raises BuildError, naming file and line, for a line that cannot be followed: an unknown
    column or field, a hash that is none, a value that does not fit its field, a line without a
    name or a reason, and for two lines that contradict each other.
    """
    decisions: dict[tuple[str, str, str], Decision] = {}
    everything: dict[str, Decision] = {}
    for file in files:
        for line in read_lines(file, _REQUIRED, _OPTIONAL):
            decision = _decision(line)
            key = (decision.document_id, decision.what, decision.place)
            other = decisions.setdefault(key, decision)
            if _meaning(other) != _meaning(decision):
                raise line.refuse(
                    f"says {decision.value!r} where {other.file} line {other.line} says"
                    f" {other.value!r} of the same {decision.what}"
                )
            everything.setdefault(decision.decision_id, decision)
    return tuple(everything.values())


def decided_identities(decisions: Iterable[Decision]) -> dict[str, Identity]:
    """Gather the decided fields of identities by document id."""
    fields: dict[str, dict[str, str]] = {}
    for decision in decisions:
        if decision.what in IDENTITY_FIELDS:
            fields.setdefault(decision.document_id, {})[decision.what] = decision.value
    return {
        document_id: Identity(
            agency_name=said.get("agency_name"),
            region_code=said.get("region_code"),
            fiscal_year=int(said["fiscal_year"]) if "fiscal_year" in said else None,
            document_kind=said.get("document_kind"),
            scope=said.get("scope"),
        )
        for document_id, said in fields.items()
    }


def _decision(line: Line) -> Decision:
    digest = line["content_hash"].lower()
    if not _HASH.fullmatch(digest):
        raise line.refuse(
            f"{line['content_hash']!r} is no content hash; expected the SHA-256 of a document"
            " (64 hex digits) or its document_id (32)"
        )
    what = line["what"]
    if what not in _FIELDS:
        raise line.refuse(f"unknown field {what!r}; known: {', '.join(_FIELDS)}")
    for column in ("who", "why"):
        if not line[column]:
            raise line.refuse(f"{column!r} is empty; a decision says who decided, and why")
    _check_place(line, what, digest[:32])
    return Decision(
        document_id=digest[:32],
        what=what,
        place=line["place"],
        value=_checked(line, what),
        who=line["who"],
        why=line["why"],
        printed=line["printed"],
        file_name=line["file_name"],
        file=line.file,
        line=line.number,
    )


def _check_place(line: Line, what: str, document_id: str) -> None:
    place = line["place"]
    if what == "cell" and not place:
        raise line.refuse("'place' is empty; expected the cell_id of the figure")
    if place and what in IDENTITY_FIELDS:
        raise line.refuse(f"'place' is {place!r}; {what} is about the whole document")
    if place and not place.startswith(f"{document_id}:"):
        raise line.refuse(f"{place!r} is no place in the document {document_id}")
    if line["printed"] and what != "cell":
        raise line.refuse(f"'printed' is {line['printed']!r}; only a cell has a print")


def _checked(line: Line, what: str) -> str:
    """The value as it is to be used; BuildError if it does not fit its field."""
    value = line["value"]
    if what == "cell":
        try:
            _figure(value)
        except GongkaiError as error:
            raise line.refuse(f"{value!r} is no figure ({error})") from error
        return value
    if what == "unit":
        if value not in UNITS:
            raise line.refuse(f"{value!r} is no unit; expected one of {', '.join(UNITS)}")
        return UNITS[value]
    if what == "fiscal_year" and not _YEAR.fullmatch(value):
        raise line.refuse(f"{value!r} is no year; expected four digits from 2000 on")
    if what == "region_code" and value not in region_codes():
        raise line.refuse(f"{value!r} is no region; expected a code of seeds/reference/region.csv")
    if what in _WORDS and value not in _WORDS[what]:
        raise line.refuse(f"{value!r} is no {what}; expected {' or '.join(_WORDS[what])}")
    if what == "agency_name":
        value = squeeze(value)
        if not _CHINESE.search(value) or len(value) > _LONGEST_NAME:
            raise line.refuse(f"{value[:_LONGEST_NAME]!r} is no name of an agency")
    return value


def _figure(text: str) -> Figure:
    """Read a decided amount: a figure as it would be printed, with 元 or 万元 behind it or not.

    Raises GongkaiError when it is none, or larger or finer than any amount.
    """
    folded = fold(text)
    found = re.fullmatch(r"(?P<figure>.*?)\s*(?P<unit>万元|元)?", folded, re.S)
    figure = found["figure"] if found else folded
    unit = UNITS[found["unit"]] if found and found["unit"] else None
    if not is_amount(figure):
        raise GongkaiError("expected digits, with separators and a point or not")
    value = parse_amount(figure)
    assert value is not None  # a blank is no amount
    if abs(value) >= MONEY_LIMIT or decimals(figure) > _MOST_DECIMALS:
        raise GongkaiError(f"expected less than {MONEY_LIMIT} with at most six decimals")
    return Figure(value, decimals(figure), unit)


def _meaning(decision: Decision) -> object:
    if decision.what != "cell":
        return decision.value
    figure = decision.figure
    return (figure.value, figure.unit)
