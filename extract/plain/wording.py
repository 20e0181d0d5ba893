"""Words of a header that lies under a shape: as printed where they are clean, else the shape's."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from extract.plain.header import Path, group_end
from extract.plain.layout import load_tokens
from extract.plain.shape import Fit, likeness, load_shapes
from extract.text import squeeze

_CLEAN = re.compile(r"[\u4e00-\u9fff0-9()\"]+")
_HOME = 0.6
"""Share of the characters of a damaged header text that are of the header's own words."""


@cache
def _known() -> frozenset[str]:
    words = {word for shape in load_shapes() for path in shape.paths for word in path}
    extra = ("行次", "栏次", "序号", "预算数", "决算数", "金额", "备注", "收入", "支出")
    shaped = {squeeze(word) for word in (*words, *extra) if "*" not in word}
    return frozenset(shaped | set(load_tokens()))


def is_header_word(text: str) -> bool:
    """True if the text is a word that stands in headers, or nearly one.

    Words that label rows as well (`合计`, `小计`) do not count.
    """
    bare = squeeze(text)
    if len(bare) < 2 or bare in ("合计", "总计", "小计"):
        return False
    return any(likeness(bare, word) >= 0.85 for word in _known())


def column_paths(
    fit: Fit, header: Sequence[Sequence[str]]
) -> tuple[tuple[Path, ...], tuple[bool, ...]]:
    """The paths of the columns of the shape in the document's words, and which were mended."""
    shape = fit.shape.paths
    leaves: list[str] = []
    resolved: list[bool] = []
    for at, (start, stop) in enumerate(fit.spans):
        for column in range(start, stop):
            texts = [row[at] for row in header if row[at]] if stop - start == 1 else []
            word, mended = _leaf(texts, column, fit)
            leaves.append(word)
            resolved.append(mended)
    where = [at for at, (start, stop) in enumerate(fit.spans) for _ in range(start, stop)]
    paths: list[Path] = [(leaf,) for leaf in leaves]
    for depth in range(max(len(path) for path in shape) - 2, -1, -1):
        column = 0
        while column < len(shape):
            if len(shape[column]) < depth + 2:
                column += 1
                continue
            end = group_end(shape, column, depth)
            word = _group(header, where[column:end], shape[column][depth])
            for inside in range(column, end):
                paths[inside] = (word, *paths[inside])
            column = end
    return tuple(paths), tuple(resolved)


def _tails(texts: Sequence[str]) -> list[str]:
    return [*("".join(texts[start:]) for start in range(len(texts))), *texts]


def _leaf(texts: Sequence[str], column: int, fit: Fit) -> tuple[str, bool]:
    """The word of a column: printed if clean, else the shape's; True if that was needed.

    A clean text of other characters than the shape's over a column of figures stays: it may be a
    column that the shape does not know, and must not get a meaning that is not its own.
    """
    word = fit.shape.paths[column][-1]
    target = squeeze(word)
    tails = _tails(texts)
    for text in tails:
        if squeeze(text) == target:
            return text, False
    others = {squeeze(part) for path in fit.shape.paths for part in path}
    for text in tails:
        like = likeness(squeeze(text), target)
        shifted = any(likeness(squeeze(text), other) > like for other in others)
        if squeeze(text) in _known() and like >= 0.5 and not shifted:
            return text, False
    for text in tails:
        bare = squeeze(text)
        if _subsequence(target, bare) and len(bare) <= len(target) + 4 and _CLEAN.fullmatch(bare):
            return text, False
    if texts and not any(likeness(squeeze(text), target) >= 0.35 for text in tails):
        last = squeeze(texts[-1])
        familiar = sum(1 for char in last if any(char in other for other in others))
        strange = _CLEAN.fullmatch(last) and len(last) > 2 and familiar < _HOME * len(last)
        if strange and fit.shape.is_amount(column):
            return texts[-1], False
    return word, True


def _group(header: Sequence[Sequence[str]], columns: Sequence[int], word: str) -> str:
    """The printed word of a group over some columns; the shape's where it is damaged.

    A longer printed word that ends in the shape's is whole (本年收入 over 收入).
    """
    spread = sorted(set(columns))
    for row in header:
        whole = "".join(row[column] for column in spread)
        pieces = [whole, *(row[column] for column in spread)]
        for text in pieces:
            bare = squeeze(text)
            if bare == squeeze(word) or (bare and _like_pattern(bare, word)):
                return text
            if _CLEAN.fullmatch(bare) and bare.endswith(squeeze(word)):
                return text
    return word.replace("*", "")


def _like_pattern(text: str, word: str) -> bool:
    """True if a word with `*` for a year stands in the text."""
    if "*" not in word:
        return False
    pattern = re.escape(squeeze(word)).replace(r"\*", "(20[0-9]{2}|上|本)")
    return re.fullmatch(pattern, text) is not None


def _subsequence(inner: str, outer: str) -> bool:
    rest = iter(outer)
    return all(char in rest for char in inner)
