"""Who published a document, for which year, as what: from what the document itself says.

Every field is voted for by the places that print it (cover, labels, headings, titles of tables);
a field that is not said, or said in two ways of like weight, stays None. Lines of a picture that
are not certain have no vote: one misread character would make another agency.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from extract.page import CERTAIN, GridCell, Line, Page
from extract.regions import Region, regions_at_start, regions_in, settle_region
from extract.sheet import Sheet
from extract.text import arabic_years, squeeze, squeeze_once
from extract.vocabulary import Vocabulary

FRONT_LINES = 14
"""Lines of the first page that may be a cover."""

_YEAR = re.compile(r"(20[0-3][0-9])年(?:度)?")
_LIST_ENTRY = re.compile(r"\.{4,}|…|·{3,}")
_CLAUSE = re.compile(r"[。;,]")
_TELLING = re.compile(
    r"^第[一二三四]部分|(?:部门|单位)(?:\(单位\))?(?:名称)?:"
    r"|20[0-9]{2}年.{0,20}(?:预算|决算)(?:情况|编制)?说明$"
    r"|20[0-9]{2}年(?:度)?.{0,12}(?:部门|单位)(?:预算|决算)(?:表)?$"
)
"""Headings of parts, labels of an agency, titles of a whole document."""
_NUMBERED = re.compile(r"^[(]?[一二三四五六七八九十]{1,3}(?:[)]|[、.])+")
"""The number of a heading, before the name of the agency."""
_OWN_LEVEL = re.compile(
    r"[(]?(?:本级|机关本级|厅机关本级)(?:[(]系统[)])?[)]?$|[(](?:部门|汇总|系统)[)]$"
)


@dataclass(frozen=True)
class Said:
    """A line that may tell the identity, its page and how much it counts."""

    text: str
    page_number: int | None
    weight: int


@dataclass(frozen=True)
class Identity:
    """Fields of a document's identity, None where not certain, and the lines that say so.

    The evidence of a field has `disputed`, the votes, where lines say it in several ways.
    """

    agency_name: str | None = None
    region_code: str | None = None
    fiscal_year: int | None = None
    document_kind: str | None = None
    scope: str | None = None
    evidence: dict[str, dict[str, object]] = field(default_factory=dict)

    def missing(self) -> list[str]:
        """Names of the fields that are not certain."""
        fields = {
            "agency_name": self.agency_name,
            "region_code": self.region_code,
            "fiscal_year": self.fiscal_year,
            "document_kind": self.document_kind,
            "scope": self.scope,
        }
        return [name for name, value in fields.items() if value is None]

    def settled_by(self, decided: Identity | None) -> Identity:
        """This identity with the fields that a person decided in place of its own."""
        if decided is None:
            return self
        return replace(
            self,
            agency_name=decided.agency_name or self.agency_name,
            region_code=decided.region_code or self.region_code,
            fiscal_year=decided.fiscal_year or self.fiscal_year,
            document_kind=decided.document_kind or self.document_kind,
            scope=decided.scope or self.scope,
        )

    def telling(self) -> tuple[str | int | None, ...]:
        """The fields on which the words of figures depend: agency, year and kind.

        A column 2023 is the year itself or the one before; a sentence names the agency.
        """
        return (self.agency_name, self.fiscal_year, self.document_kind)


def identify(pages: Sequence[Page], sheets: Sequence[Sheet], vocabulary: Vocabulary) -> Identity:
    """The identity of a document from its pages and the headings of its tables."""
    doubtful = _doubtful(pages)
    said = list(_telling_lines(pages, sheets, doubtful))
    text = squeeze_once("".join([line.text for page in pages for line in page.lines()]))
    evidence: dict[str, dict[str, object]] = {}
    named = [sheet for sheet in sheets if not _is_part(sheet.heading.agency, doubtful)]
    agency, own_level = _agency(said, named, vocabulary, evidence)
    year = _year(said, evidence)
    return Identity(
        agency_name=agency,
        region_code=_region(agency, said, text, pages, vocabulary, evidence),
        fiscal_year=year,
        document_kind=_kind(said, evidence),
        scope="unit" if own_level else _scope(said, text, vocabulary, evidence),
        evidence=evidence,
    )


def _telling_lines(
    pages: Sequence[Page], sheets: Sequence[Sheet], doubtful: Sequence[str]
) -> Iterator[Said]:
    """Cover lines, alone and joined with the next ones, headings of parts, titles of tables."""
    front = [page for page in pages if any(page.lines())][:1]
    for page in front:
        short = [line for line in list(page.lines())[:FRONT_LINES] if len(_flat(line.text)) <= 45]
        lines = [re.sub(r"^[-*#]+|目录$", "", _flat(line.text)) for line in short]
        for index, text in enumerate(lines):
            weight = 6 if index < 6 else 2
            if _is_sure(short[index]):
                yield Said(text, page.number, weight)
            for length in (2, 3):
                if index >= 3 or len(lines) < index + length:
                    continue
                joined = "".join(lines[index : index + length])
                sure = all(_is_sure(line) for line in short[index : index + length])
                if sure and not re.search(r"[。、:]", joined):
                    yield Said(joined, page.number, 3)
    for page in pages:
        for line in page.lines():
            flat = _flat(line.text)
            if len(flat) > 48 or not _TELLING.search(flat) or not _is_sure(line):
                continue
            if not (_CLAUSE.search(flat) or _LIST_ENTRY.search(flat)):
                yield Said(flat, page.number, 2)
    for sheet in sheets:
        if sheet.heading.title and not _is_part(sheet.heading.title, doubtful):
            yield Said(_flat(sheet.heading.title), sheet.first_page, 2)


def _is_sure(item: Line | GridCell) -> bool:
    """False for words of a picture that are not certain."""
    return item.confidence is None or item.confidence >= CERTAIN


def _doubtful(pages: Sequence[Page]) -> list[str]:
    """The texts of pictures that are not certain, squeezed."""
    items: list[Line | GridCell] = [line for page in pages for line in page.lines()]
    items += [cell for page in pages for grid in page.grids() for cell in grid.cells]
    return [flat for item in items if not _is_sure(item) and (flat := squeeze(item.text))]


def _is_part(text: str, doubtful: Sequence[str]) -> bool:
    """True for a text of a heading that is printed in one of the lines, or around one."""
    flat = squeeze(text)
    return any(flat in line or (len(line) > 3 and line in flat) for line in doubtful)


def _flat(text: str) -> str:
    return arabic_years(squeeze(text))


def _decide(votes: Counter[str], share: float = 0.6) -> str | None:
    """The value with more than ``share`` of all votes, or None."""
    total = sum(votes.values())
    if not total:
        return None
    value, count = votes.most_common(1)[0]
    return value if count > share * total else None


def _year(said: Sequence[Said], evidence: dict[str, dict[str, object]]) -> int | None:
    votes: Counter[str] = Counter()
    for line in said:
        for match in _YEAR.finditer(line.text):
            rest = line.text[match.end() :]
            before = line.text[: match.start()]
            if re.match(r"[0-9]{1,2}月", rest) and not re.search(r"预算|决算", rest):
                continue
            alone = not rest and not re.search(r"[0-9]", before)
            if alone or re.search(r"预算|决算|部门|单位|\"三公|收支|收入|支出", rest):
                votes[match[1]] += line.weight
                evidence.setdefault("fiscal_year", _place(line))
    found = _decide(votes)
    if votes and not found:
        evidence["fiscal_year"]["disputed"] = dict(votes)
    return int(found) if found else None


def _kind(said: Sequence[Said], evidence: dict[str, dict[str, object]]) -> str | None:
    votes: Counter[str] = Counter()
    for line in said:
        words = re.findall(r"预算|决算", re.sub(r"(?:公共|基金|经营)预算", "", line.text))
        if words:
            votes["final_account" if words[-1] == "决算" else "budget"] += line.weight
            evidence.setdefault("document_kind", _place(line))
    found = _decide(votes)
    if votes and not found:
        evidence["document_kind"]["disputed"] = dict(votes)
    return found


def _scope(
    said: Sequence[Said],
    text: str,
    vocabulary: Vocabulary,
    evidence: dict[str, dict[str, object]],
) -> str | None:
    words = [(p, value) for name, p, value in vocabulary.identity if name == "scope"]
    votes: Counter[str] = Counter()
    for line in said:
        for pattern, value in words:
            if pattern.search(line.text):
                votes[value] += line.weight
                evidence.setdefault("scope", _place(line))
                break
    if votes:
        found = _decide(votes)
        if not found:
            evidence["scope"]["disputed"] = dict(votes)
        return found
    for name, pattern, value in vocabulary.identity:
        if name == "scope_text":
            votes[value] += len(pattern.findall(text))
    evidence["scope"] = {"text": f"{dict(votes)}", "page": None}
    return _decide(votes, share=0.8)


def _agency(
    said: Sequence[Said],
    sheets: Sequence[Sheet],
    vocabulary: Vocabulary,
    evidence: dict[str, dict[str, object]],
) -> tuple[str | None, bool]:
    """The agency's name, and whether it is printed as 本级 (its own level)."""
    patterns = [(p, int(value)) for name, p, value in vocabulary.identity if name == "agency"]
    ending = next(p for name, p, _ in vocabulary.identity if name == "agency_ending")
    generic = next(p for name, p, _ in vocabulary.identity if name == "agency_generic")
    votes: Counter[str] = Counter()
    own: Counter[str] = Counter()
    places: dict[str, Said] = {}

    def vote(name: str, weight: int, line: Said) -> None:
        clean = _OWN_LEVEL.sub("", _NUMBERED.sub("", name))
        clean = re.sub(r"(?:部门|单位)$", "", clean)
        if not ending.fullmatch(clean) or generic.fullmatch(clean) or len(clean) < 3:
            return
        votes[clean] += weight
        own[clean] += weight if "本级" in name[len(clean) :] else 0
        places.setdefault(clean, line)

    for line in said:
        for pattern, weight in patterns:
            match = pattern.search(line.text)
            if match:
                vote(match["agency"], weight * line.weight, line)
                break
    for sheet in sheets:
        if sheet.heading.agency:
            vote(sheet.heading.agency, 8, Said(sheet.heading.agency, sheet.first_page, 8))
    if not votes:
        return None, False
    best = _longest_of_alike(votes)
    if best is None:
        first = places[next(iter(votes))]
        evidence["agency_name"] = _place(first) | {"disputed": dict(votes)}
        return None, False
    evidence["agency_name"] = _place(places[best])
    return best, own[best] * 2 > votes[best]


def _longest_of_alike(votes: Counter[str]) -> str | None:
    """The winner; names that contain it, or are contained in it, count for it."""
    best, _ = votes.most_common(1)[0]
    alike = sum(count for name, count in votes.items() if name in best or best in name)
    return best if alike * 2 > sum(votes.values()) else None


def _region(
    agency: str | None,
    said: Sequence[Said],
    text: str,
    pages: Sequence[Page],
    vocabulary: Vocabulary,
    evidence: dict[str, dict[str, object]],
) -> str | None:
    found: Region | None = None
    if agency:
        candidates = regions_in(agency)
        printed = text + _text_of_tables(pages) if len(candidates) > 1 else ""
        found = settle_region(candidates, printed) if candidates else None
        if found is not None:
            evidence["region_code"] = {"text": agency, "page": None}
    for line in said:
        match = re.match(r"^(?P<place>[^0-9]{2,20}?)(?:20[0-9]{2}年|人民政府)", line.text)
        named = regions_at_start(match["place"]) if match else ()
        if len(named) != 1 or line.weight < 3:
            continue
        # a cover may name the district of a bureau whose own name begins with the city
        if found is None or found.code in named[0].ancestors:
            evidence["region_code"] = _place(line)
            return named[0].code
    if found is not None:
        return found.code
    for name, pattern, value in vocabulary.identity:
        match = pattern.search(text) if name == "nation" else None
        if match:
            evidence["region_code"] = {"text": match[0], "page": None}
            return value
    return None


def _text_of_tables(pages: Sequence[Page]) -> str:
    cells = (cell for page in pages for grid in page.grids() for cell in grid.cells)
    return squeeze_once("".join([cell.text for cell in cells]))


def _place(line: Said) -> dict[str, object]:
    return {"text": line.text, "page": line.page_number}
