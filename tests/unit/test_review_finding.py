"""The page of a finding: what is compared, and what another document prints alike."""

from __future__ import annotations

from dataclasses import fields
from decimal import Decimal
from typing import Any

from review.finding_page import build_finding_page, sheet_pages
from review.rows import Check, Finding, Place


def _row(kind: type[Any], **given: object) -> Any:
    """A row of which only some columns matter."""
    return kind(**{field.name: given.get(field.name) for field in fields(kind)})


def _place(document_id: str, side: str, row: int, amount: str, **given: object) -> Place:
    place: Place = _row(
        Place,
        finding_id="f",
        side=side,
        place_no=row,
        document_id=document_id,
        file_name=f"{document_id}.pdf",
        page_number=8,
        cell_id=f"{document_id}:t1:r{row}:c2",
        printed=amount,
        unit="yuan",
        amount_yuan=Decimal(amount),
        is_suspect=given.get("suspect", False),
        is_copy=given.get("copy", False),
    )
    return place


PLACES = [
    _place("a_scan", "left", 1, "4", copy=True),
    _place("a_scan", "right", 2, "5", copy=True),
    _place("a_scan", "right", 3, "7", copy=True),
    _place("print", "left", 1, "4"),
    _place("print", "right", 2, "5"),
    _place("print", "right", 3, "7", suspect=True),
]
FINDING = _row(
    Finding,
    finding_id="f",
    document_id="print",
    page_number=8,
    left_printed="4",
    right_printed="5 + 7",
    identity_ids=["sum"],
)
CHECK = _row(
    Check,
    identity_id="sum",
    document_id="print",
    left_yuan=Decimal(4),
    right_yuan=Decimal(12),
    difference_yuan=Decimal(-8),
    cell_ids=["print:t1:r1:c2", "print:t1:r2:c2", "print:t1:r3:c2"],
)


def test_a_copy_adds_nothing_to_what_is_compared() -> None:
    page = build_finding_page(FINDING, PLACES, [CHECK], frozenset(), {}, frozenset())
    assert [side.amount for side in page.sides] == [Decimal(4), Decimal(12)]
    assert (page.difference, page.checks) == (Decimal(8), [CHECK])
    # without a check the one amount of a side counts, and not that of the copy beside it
    bare = build_finding_page(FINDING, PLACES, [], frozenset(), {}, frozenset())
    assert [side.amount for side in bare.sides] == [Decimal(4), None]


def test_what_another_document_prints_alike_is_shown_last() -> None:
    page = build_finding_page(FINDING, PLACES, [CHECK], frozenset(), {}, frozenset())
    shown = [[one.place.cell_id for one in side.shown] for side in page.sides]
    assert shown == [
        ["print:t1:r1:c2", "a_scan:t1:r1:c2"],
        ["print:t1:r3:c2", "print:t1:r2:c2", "a_scan:t1:r2:c2"],
    ]
    assert [sheet.document_id for sheet in page.sheets] == ["print", "a_scan"]
    assert sheet_pages(FINDING, PLACES) == [("print", 8), ("a_scan", 8)]
