"""What the page of a finding shows, put together from its places and checks."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from review.drawing import LONG_SIDE, picture_name
from review.excerpt import Marked, Printed, TextLine, excerpt
from review.marks import Rectangle, cut_out, mark, rectangle, words_within
from review.rows import Check, Finding, Place

CUT_OUTS = 3
"""Cut-outs per side; the other places are in the table of all places."""

MOST_SHEETS = 6
"""Pages shown with their pictures; a sum over more pages is listed."""


@dataclass(frozen=True)
class Shown:
    """A place with its cut-out; ``picture`` is '' where there is none."""

    place: Place
    picture: str
    cut: Rectangle | None
    mark: Rectangle | None
    sheet: int


@dataclass(frozen=True)
class Side:
    """One side of a finding; ``amount`` in yuan is None where nothing is counted.

    ``unit`` is that of the tables that print it, None where they differ or a sentence says it.
    """

    name: str
    printed: str
    unit: str | None
    amount: Decimal | None
    shown: list[Shown]
    more: int
    documents: list[Place]


@dataclass(frozen=True)
class SheetMark:
    """A mark on the picture of a page."""

    side: str
    area: Rectangle
    is_suspect: bool
    printed: str
    place: str


@dataclass(frozen=True)
class Sheet:
    """A printed page, or the lines of a text, with the marks of a finding."""

    document_id: str
    file_name: str
    page_number: int | None
    picture: str
    width: float
    height: float
    pixels: tuple[int, int]
    marks: list[SheetMark]
    lines: list[TextLine]
    personal: bool


@dataclass(frozen=True)
class FindingPage:
    """All of it."""

    sides: list[Side]
    sheets: list[Sheet]
    more_sheets: bool
    difference: Decimal | None
    checks: list[Check]
    places: list[Place]


def sheet_pages(finding: Finding, places: Sequence[Place]) -> list[tuple[str, int]]:
    """Name the pages of which a finding wants pictures: (document_id, page_number).

    Those of its places; where it has none, its own.
    """
    pages = dict.fromkeys((place.document_id, place.page_number) for place in _in_order(places))
    if not _printed(places):
        pages = {(finding.document_id, finding.page_number): None}
    return [(document_id, page) for document_id, page in pages if page is not None][:MOST_SHEETS]


def build_finding_page(
    finding: Finding,
    places: Sequence[Place],
    checks: Sequence[Check],
    pictures: frozenset[str],
    texts: Mapping[str, Sequence[Printed]],
    personal: frozenset[tuple[str, int]],
) -> FindingPage:
    """Put together the page of a finding.

    ``checks`` are the broken checks of its document; ``pictures`` are the names of pictures that
    exist; ``texts`` are the landed lines of texts; ``personal`` the pages with painted areas.
    """
    first = [place for place in places if not place.is_copy]
    own = _checks_of(finding, first, checks)
    # a finding about a whole table tells one example of many: no check has its amounts
    told = own if own and len(_cells(first) - set(own[0].cell_ids)) <= 1 else []
    printed = _printed(places)
    sheets = _sheets(printed, pictures, texts, personal)
    if not printed and finding.page_number is not None:
        sheets = [_bare_sheet(finding, finding.page_number, pictures, personal)]
    numbers = {
        (sheet.document_id, sheet.page_number): number for number, sheet in enumerate(sheets, 1)
    }
    sides = [_side(name, finding, places, told, pictures, numbers) for name in ("left", "right")]
    if own and not told:
        sides = [replace(side, amount=None) for side in sides]
    return FindingPage(
        sides=[side for side in sides if side.printed or side.shown or side.documents or own],
        sheets=sheets[:MOST_SHEETS],
        more_sheets=len(sheets) > MOST_SHEETS,
        difference=_difference(sides, told),
        checks=own,
        places=printed,
    )


def _checks_of(finding: Finding, places: Sequence[Place], checks: Sequence[Check]) -> list[Check]:
    """The broken checks of the finding, the one first whose cells are those of the finding."""
    cells = _cells(places)
    own = [
        check
        for check in checks
        if check.identity_id in finding.identity_ids and cells & set(check.cell_ids)
    ]
    return sorted(own, key=lambda check: (set(check.cell_ids) != cells, check.identity_id))


def _cells(places: Sequence[Place]) -> set[str]:
    return {place.cell_id for place in places if place.cell_id}


def _side(
    name: str,
    finding: Finding,
    places: Sequence[Place],
    checks: Sequence[Check],
    pictures: frozenset[str],
    numbers: Mapping[tuple[str, int | None], int],
) -> Side:
    own = [place for place in places if place.side == name]
    documents = [place for place in own if not place.cell_id and not place.line_id]
    printed = _printed(own)
    originals = [place for place in printed if not place.is_copy]
    # the most suspect cell is seen first, what another document prints alike last
    first = sorted(printed, key=lambda place: (place.is_copy, not place.is_suspect))[:CUT_OUTS]
    text = finding.left_printed if name == "left" else finding.right_printed
    return Side(
        name=name,
        printed="" if documents else text or "",
        unit=_unit(originals),
        amount=_amount(name, originals, checks),
        shown=[_shown(place, pictures, numbers) for place in first],
        more=len(printed) - len(first),
        documents=documents,
    )


def _unit(places: Sequence[Place]) -> str | None:
    units = {place.unit if place.cell_id else None for place in places if place.printed}
    return units.pop() if len(units) == 1 else None


def _amount(name: str, places: Sequence[Place], checks: Sequence[Check]) -> Decimal | None:
    if checks:
        return checks[0].left_yuan if name == "left" else checks[0].right_yuan
    amounts = [place.amount_yuan for place in places if place.amount_yuan is not None]
    return amounts[0] if len(amounts) == 1 else None


def _difference(sides: Sequence[Side], checks: Sequence[Check]) -> Decimal | None:
    if checks:
        difference = checks[0].difference_yuan
        return None if difference is None else abs(difference)
    left, right = (side.amount for side in sides)
    return None if left is None or right is None else abs(left - right)


def _shown(
    place: Place, pictures: frozenset[str], numbers: Mapping[tuple[str, int | None], int]
) -> Shown:
    area = _area(place)
    picture = picture_name(place.document_id, place.page_number) if place.page_number else ""
    if area is None or picture not in pictures:
        return Shown(place, "", None, None, 0)
    width, height = place.page_width or 0.0, place.page_height or 0.0
    return Shown(
        place,
        picture,
        cut_out(words_within(area, place.line_text or "", place.printed or ""), width, height),
        mark(area, width, height),
        numbers.get((place.document_id, place.page_number), 1),
    )


def _area(place: Place) -> Rectangle | None:
    sides = (place.x0, place.y0, place.x1, place.y1)
    if None in sides or not place.page_width or not place.page_height:
        return None
    return rectangle(*(float(side) for side in sides if side is not None))


def _sheets(
    places: Sequence[Place],
    pictures: frozenset[str],
    texts: Mapping[str, Sequence[Printed]],
    personal: frozenset[tuple[str, int]],
) -> list[Sheet]:
    by_page: dict[tuple[str, int | None], list[Place]] = defaultdict(list)
    for place in _in_order(places):
        by_page[place.document_id, place.page_number].append(place)
    sheets = []
    for (document_id, page_number), group in by_page.items():
        width = group[0].page_width or 0.0
        height = group[0].page_height or 0.0
        name = picture_name(document_id, page_number) if page_number else ""
        areas = [(place, _area(place)) for place in group]
        sheets.append(
            Sheet(
                document_id=document_id,
                file_name=group[0].file_name,
                page_number=page_number,
                picture=name if name in pictures and width and height else "",
                width=width,
                height=height,
                pixels=_pixels(width, height),
                marks=[
                    SheetMark(
                        place.side,
                        mark(area, width, height),
                        place.is_suspect,
                        place.printed or "",
                        place.cell_id or place.line_id or "",
                    )
                    for place, area in areas
                    if area is not None
                ],
                lines=[] if page_number else _lines(group, texts.get(document_id, ())),
                personal=page_number is not None and (document_id, page_number) in personal,
            )
        )
    return sheets


def _bare_sheet(
    finding: Finding,
    page_number: int,
    pictures: frozenset[str],
    personal: frozenset[tuple[str, int]],
) -> Sheet:
    """The page that a finding names without saying where on it."""
    width, height = finding.page_width or 0.0, finding.page_height or 0.0
    name = picture_name(finding.document_id, page_number)
    return Sheet(
        document_id=finding.document_id,
        file_name=finding.file_name,
        page_number=page_number,
        picture=name if name in pictures and width and height else "",
        width=width,
        height=height,
        pixels=_pixels(width, height),
        marks=[],
        lines=[],
        personal=(finding.document_id, page_number) in personal,
    )


def _printed(places: Sequence[Place]) -> list[Place]:
    """Places in print; the others are whole documents."""
    return [place for place in places if place.cell_id or place.line_id]


def _lines(places: Sequence[Place], printed: Sequence[Printed]) -> list[TextLine]:
    marked = [
        Marked(
            place.cell_id or place.line_id or "",
            place.side,
            (place.printed or "") if place.line_id else "",
        )
        for place in places
    ]
    return excerpt(printed, marked)


def _in_order(places: Sequence[Place]) -> list[Place]:
    """The left side first; within a side the page of the most suspect cell; copies last."""
    return sorted(
        places,
        key=lambda place: (place.is_copy, place.side, not place.is_suspect, place.place_no),
    )


def _pixels(width: float, height: float) -> tuple[int, int]:
    if not width or not height:
        return 0, 0
    scale = LONG_SIDE / max(width, height)
    return round(width * scale), round(height * scale)
