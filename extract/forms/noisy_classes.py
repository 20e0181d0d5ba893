"""Classes of indicators in text made from pages: only what a row prints, whole or cut in two.

Merged cells are lost in such text. Their word stands at the top of some and in the middle of
others, so a blank says nothing: it may be of the class above or of the one below.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from extract.figures import is_blank
from extract.forms.columns import Spec, cell_at, extent
from extract.forms.model import Form
from extract.forms.words import indicator_level
from extract.page import GridCell
from extract.text import squeeze


@dataclass
class CutClasses:
    """The class of a row, and of the row above it where a word was cut between the two."""

    above: str = ""
    since: int = 0

    def take(self, form: Form, specs: Sequence[Spec], cells: Sequence[GridCell]) -> tuple[str, str]:
        """The classes (first and second level) that a row prints, '' for each that it does not."""
        words = set(_words(specs, cells))
        level_2 = {word for word in words if _level_of(word) == 2}
        level_1 = {word for word in words if _level_of(word) == 1}
        text = _text_of(specs, cells)
        joined = self.above + text
        is_cut = not level_2 and bool(self.above and text) and _level_of(joined) == 2
        if is_cut:
            level_2 = {joined}
        found = level_2.pop() if len(level_2) == 1 else ""
        parent = indicator_level(found)
        upper = parent[1] if parent else level_1.pop() if len(level_1) == 1 else ""
        if is_cut:
            form.indicators[self.since :] = [
                replace(indicator, level_1=upper, level_2=found)
                for indicator in form.indicators[self.since :]
            ]
        self.above, self.since = ("" if found else text), len(form.indicators)
        return upper, found


def _level_of(word: str) -> int:
    level = indicator_level(word)
    return level[0] if level is not None else 0


def _words(specs: Sequence[Spec], cells: Sequence[GridCell]) -> Iterator[str]:
    """The words of classes in the columns of classes; two of them may stand in one cell."""
    for cell in cells:
        middle = sum(extent(cell)) / 2
        if not any(s.x0 <= middle <= s.x1 for s in specs if s.field in ("level_1", "level_2")):
            continue
        whole = squeeze(cell.text)
        held = [whole] if _level_of(whole) else cell.text.split()
        yield from (word for word in held if _level_of(word))


def _text_of(specs: Sequence[Spec], cells: Sequence[GridCell]) -> str:
    spec = next((spec for spec in specs if spec.field == "level_2"), None)
    cell = cell_at(spec, cells) if spec is not None else None
    return squeeze(cell.text) if cell is not None and not is_blank(cell.text) else ""
