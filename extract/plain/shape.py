"""Shapes of printed headers: which columns a table has, from left to right.

Text made from a PDF garbles headers more than it garbles rows: words are cut, shifted by a column,
or two columns become one. The tables themselves are prescribed, so a garbled header is compared
with the shapes of ``seeds/vocabulary/header_shape.csv`` and the nearest one lends its words.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from extract.errors import VocabularyError
from extract.plain.header import Path
from extract.plain.layout import load_tokens
from extract.text import squeeze
from extract.vocabulary import FOLDER

MAX_FUSED = 3
"""More than this many printed columns never become one."""
FUSED_FLOOR = 0.5
"""Columns have become one only where this share of the word of each of them stands over it."""
CONTRADICTION = 0.7
"""A clean word less like all words of a shape than this is another column."""


@dataclass(frozen=True)
class Shape:
    """A header: ``paths`` holds the words over each column, from the outermost to the own one."""

    name: str
    paths: tuple[Path, ...]

    def is_amount(self, column: int) -> bool:
        """True if figures stand in the column (codes, names and line numbers do not count)."""
        token = load_tokens().get(squeeze(self.paths[column][-1]))
        return token is None or token.is_amount


@dataclass(frozen=True)
class Fit:
    """A shape laid over the columns of a block: column ``i`` holds ``spans[i]`` of the shape."""

    shape: Shape
    spans: tuple[tuple[int, int], ...]
    score: float

    @property
    def fused(self) -> bool:
        """True if some column of the block holds more than one column of the shape."""
        return any(stop - start > 1 for start, stop in self.spans)


@cache
def load_shapes() -> tuple[Shape, ...]:
    """The shapes of the vocabulary; VocabularyError names a row without columns."""
    source = FOLDER / "header_shape.csv"
    shapes = []
    with source.open(encoding="utf-8", newline="") as file:
        for number, row in enumerate(csv.DictReader(file), start=2):
            paths = tuple(
                tuple(word.strip() for word in column.split("/"))
                for column in (row["columns"] or "").split("|")
            )
            if not all(word for path in paths for word in path):
                raise VocabularyError(f"{source.name}, row {number}: a column without a name")
            shapes.append(Shape(row["shape"], paths))
    return tuple(shapes)


@lru_cache(maxsize=50_000)
def likeness(one: str, two: str) -> float:
    """How alike two squeezed texts are: common characters in order, between 0 and 1.

    >>> likeness("国资经预", "国有资本经营预算")
    0.6666666666666666
    """
    if not one or not two:
        return 0.0
    return 2 * _common(one, two) / (len(one) + len(two))


def _common(one: str, two: str) -> int:
    """How many characters two texts have in common, in the same order."""
    previous = [0] * (len(two) + 1)
    for char in one:
        current = [0]
        for index, other in enumerate(two):
            best = max(previous[index + 1], current[index])
            current.append(max(best, previous[index] + 1) if char == other else best)
        previous = current
    return previous[-1]


def fit_shape(stacks: Sequence[tuple[str, ...]], floor: float = 0.52) -> Fit | None:
    """Lay the best shape over the columns of a header; None if none is near enough.

    ``stacks`` are the squeezed texts of each column, from top to bottom. A column may hold up to
    ``MAX_FUSED`` neighbouring columns of the shape; no column of the shape is left out. The best
    shape must be better than ``floor`` and clearly better than any other one.
    """
    fits = [
        fit
        for shape in load_shapes()
        if (fit := _lay(shape, stacks)) is not None and not _contradicts(shape, stacks)
    ]
    fits.sort(key=lambda fit: -fit.score)
    if not fits or fits[0].score < floor:
        return None
    rivals = [fit for fit in fits[1:] if fit.score > fits[0].score - 0.04]
    if any(not _same(fits[0], rival) for rival in rivals):
        return None
    return fits[0]


def _contradicts(shape: Shape, stacks: Sequence[tuple[str, ...]]) -> bool:
    """True if a clean word of headers stands over a column that the shape has nothing like.

    The column's own word counts, and above it a word like 决算数: it says whose figures these are.
    """
    words = {squeeze(word) for path in shape.paths for word in path}
    tokens = load_tokens()
    return any(
        text in tokens
        and (text == stack[-1] or tokens[text].family == "money")
        and max(likeness(text, word) for word in words) < CONTRADICTION
        for stack in stacks
        for text in stack
    )


def _same(one: Fit, two: Fit) -> bool:
    leaves = [[path[-1] for path in fit.shape.paths] for fit in (one, two)]
    return leaves[0] == leaves[1] and one.spans == two.spans


def _lay(shape: Shape, stacks: Sequence[tuple[str, ...]]) -> Fit | None:
    width, columns = len(stacks), len(shape.paths)
    if not width <= columns <= width + MAX_FUSED:
        return None
    best: dict[tuple[int, int], tuple[float, tuple[tuple[int, int], ...]]] = {(0, 0): (0.0, ())}
    for at in range(width):
        for (done, start), (score, spans) in list(best.items()):
            if done != at:
                continue
            for stop in range(start + 1, min(start + MAX_FUSED, columns) + 1):
                if columns - stop < width - at - 1:
                    break
                match = _match(stacks[at], shape.paths[start:stop])
                if stop - start > 1 and not _is_fused(stacks[at], shape.paths[start:stop]):
                    continue
                gain = match - 0.3 * (stop - start - 1)
                if (at + 1, stop) not in best or best[at + 1, stop][0] < score + gain:
                    best[at + 1, stop] = (score + gain, (*spans, (start, stop)))
    if (width, columns) not in best:
        return None
    score, spans = best[width, columns]
    return Fit(shape, spans, 0.6 * score / width + 0.4 * _coverage(shape, stacks))


def _coverage(shape: Shape, stacks: Sequence[tuple[str, ...]]) -> float:
    """Share of the characters of the header that the words of the shape explain, and back."""
    printed = [char for stack in stacks for text in stack for char in text]
    known: list[str] = []
    seen: set[tuple[str, ...]] = set()
    for path in shape.paths:
        for depth in range(1, len(path)):
            if path[:depth] not in seen:
                seen.add(path[:depth])
                known.extend(squeeze(path[depth - 1]).replace("*", ""))
        known.extend(squeeze(path[-1]))
    total = len(printed) + len(known)
    common = 0
    for char in printed:
        if char in known:
            known.remove(char)
            common += 1
    return 2 * common / max(total, 1)


def _match(stack: tuple[str, ...], paths: Sequence[Path]) -> float:
    leaf = "".join(squeeze(path[-1]) for path in paths)
    tails = {"".join(stack[start:]) for start in range(len(stack))} | set(stack)
    return max((likeness(tail, leaf) for tail in tails), default=0.0)


def _is_fused(stack: tuple[str, ...], paths: Sequence[Path]) -> bool:
    """True if the texts over a column hold the words of several columns of the shape."""
    whole = "".join(stack)
    leaves = [squeeze(path[-1]) for path in paths]
    return likeness(whole, "".join(leaves)) >= FUSED_FLOOR and all(
        _common(leaf, whole) >= FUSED_FLOOR * len(leaf) for leaf in leaves
    )
