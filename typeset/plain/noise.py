"""What recognition and conversion do to text: spaces in figures, misread units, split figures."""

from __future__ import annotations

import random
from collections.abc import Sequence

MISREAD_UNITS = {"万元": ("刀兀", "力元", "万兀")}
FULL_WIDTH = str.maketrans("0123456789.", "０１２３４５６７８９．")


class Noise:
    """Seeded damage to the words of a table."""

    def __init__(self, rng: random.Random, manner: str) -> None:
        """Damage as the text of a manner has it; only text with tabs splits figures."""
        self.rng = rng
        self.manner = manner

    def unit(self, text: str) -> str:
        """A unit line, misread now and then."""
        for word, others in MISREAD_UNITS.items():
            if word in text and self.rng.random() < 0.3:
                return text.replace(word, self.rng.choice(others)).replace("单位", "里型")
        return text

    def rows(self, body: Sequence[Sequence[str]], amounts: Sequence[bool]) -> list[list[str]]:
        """Rows with damaged figures."""
        damaged = [list(row) for row in body]
        for row in damaged:
            for at, text in enumerate(row):
                if not amounts[at] or not text:
                    continue
                roll = self.rng.random()
                if roll < 0.02 and "." in text and self.manner != "spaced":
                    row[at] = text.replace(".", ". ")
                elif roll < 0.04:
                    row[at] = text.translate(FULL_WIDTH)
                elif roll < 0.05 and self.manner == "tabbed":
                    self._split(row, at, amounts)
        return damaged

    def _split(self, row: list[str], at: int, amounts: Sequence[bool]) -> None:
        """Break a figure over its cell and the blank one right of it, the edge doubled or not."""
        text = row[at]
        if at + 1 >= len(row) or row[at + 1] or not amounts[at + 1] or len(text) < 5:
            return
        cut = text.index(".") + 2 if "." in text else len(text) - 2
        doubled = self.rng.random() < 0.5
        row[at], row[at + 1] = text[:cut], text[cut - doubled :]
