"""Classes whose word stands on the next page: merged cells that a page break cut.

A word in the middle of a merged cell may be printed behind the break. The part before it is a
blank cell with borders of its own: it is not of the class above, but of the word that begins the
next page in its column. Where no word does, or the blank cell ends before its page does, blank
stands for what is above.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from extract.forms.model import Form
from extract.forms.words import indicator_level
from extract.page import GridCell

Key = tuple[int, str]
"""Group of columns, and `level_1` or `level_2`."""


@dataclass
class _Wait:
    """A blank cell, the indicators beside it, and the class above it."""

    cell: GridCell
    before: str
    places: list[int] = field(default_factory=list)


@dataclass
class WaitingClasses:
    """The blank class cells that reach down to where the reading is."""

    page_number: int | None = None
    is_first: bool = True
    carried: dict[Key, GridCell] = field(default_factory=dict)
    waits: dict[Key, _Wait] = field(default_factory=dict)
    in_row: set[Key] = field(default_factory=set)

    def turn_to(self, page_number: int | None) -> None:
        """Say on which page the next row stands."""
        if page_number != self.page_number:
            self.page_number, self.is_first, self.carried = page_number, True, {}

    def see(self, form: Form, key: Key, cell: GridCell | None, text: str, before: str) -> None:
        """Take in the class cell of a row: ``text`` is its word, ``before`` the class above."""
        wait = self.waits.get(key)
        if text:
            if wait is not None:
                level = indicator_level(text)
                comes_late = self.is_first and level is not None
                self._settle(form, key, text if comes_late else wait.before)
            return
        if cell is None or cell.box is None or not before:
            return
        if self.is_first:
            self.carried[key] = cell
            if wait is not None:
                self.in_row.add(key)
            return
        if cell is self.carried.get(key):
            if wait is not None:
                self.in_row.add(key)
            return
        if wait is not None and wait.cell is not cell:
            self._settle(form, key, wait.before)
            wait = None
        if wait is None:
            self.waits[key] = _Wait(cell, before)
        self.in_row.add(key)

    def note(self, group: int, places: Iterable[int]) -> None:
        """Remember the indicators of this row that wait for a class."""
        held = list(places)
        for key in self.in_row:
            if key[0] == group:
                self.waits[key].places.extend(held)

    def end_row(self) -> None:
        """Close a row."""
        self.is_first = False
        self.in_row = set()

    def settle_all(self, form: Form) -> None:
        """Nothing follows: what waits is of the class above."""
        for key in list(self.waits):
            self._settle(form, key, self.waits[key].before)
        self.page_number, self.is_first, self.carried = None, True, {}

    def _settle(self, form: Form, key: Key, text: str) -> None:
        wait = self.waits.pop(key)
        self.in_row.discard(key)
        for place in wait.places:
            indicator = form.indicators[place]
            form.indicators[place] = (
                replace(indicator, level_1=text)
                if key[1] == "level_1"
                else replace(indicator, level_2=text)
            )
