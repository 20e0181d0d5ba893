"""Text whose table cells are set apart by single spaces, so that blank cells vanish."""

from __future__ import annotations

from collections.abc import Sequence

from extract.page import Box, Grid, Line, Word
from extract.text import trim


def read_spaced(lines: Sequence[str]) -> tuple[list[Line | Grid], list[Word]]:
    """Lines and grids of a text with spaces between cells, and its words."""
    items: list[Line | Grid] = []
    words: list[Word] = []
    for number, line in enumerate(lines):
        if line.strip():
            items.append(Line(trim(line), Box(0.0, float(number), 1.0, float(number + 1))))
            words += [
                Word(word, Box(float(at), float(number), float(at + 1), float(number + 1)))
                for at, word in enumerate(line.split())
            ]
    return items, words
