"""Headers whose cells were written one after the other: words first, columns by their grammar.

A converter that writes a table cell by cell gives the header row by row: the cells of the top row,
then those under its groups, each of them possibly broken over several lines. Joined together the
lines are a chain of known words (``seeds/vocabulary/header_token.csv``); which word stands over
which follows from what each may hold.
"""

from __future__ import annotations

import csv
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from extract.errors import VocabularyError
from extract.plain.header import Path
from extract.text import squeeze
from extract.vocabulary import FOLDER

_LABELS = frozenset({"index", "part", "code", "name", "side", "text"})
_TWINS = (("预算数", "决算数"), ("人员经费", "公用经费"))
MAX_TOKENS = 40
MAX_LEVELS = 3


@dataclass(frozen=True)
class Token:
    """A word of headers: its ``family``, and the families of words that may stand under it."""

    text: str
    family: str
    holds: frozenset[str]

    @property
    def is_amount(self) -> bool:
        """True if figures stand under the word, where nothing else does."""
        return self.family not in _LABELS


@dataclass(frozen=True)
class Column:
    """A column of a header: its path of words, and its own token."""

    path: Path
    token: Token


Layout = tuple[Column, ...]


@cache
def load_tokens() -> dict[str, Token]:
    """The words of headers by their squeezed text; VocabularyError names an incomplete row."""
    source = FOLDER / "header_token.csv"
    tokens: dict[str, Token] = {}
    with source.open(encoding="utf-8", newline="") as file:
        for number, row in enumerate(csv.DictReader(file), start=2):
            text, family = row["token"], row["family"]
            if not text or not family:
                raise VocabularyError(f"{source.name}, row {number}: a word without a family")
            tokens[squeeze(text)] = Token(text, family, frozenset((row["holds"] or "").split()))
    return tokens


def split_words(text: str, breaks: Container[int] | None = None) -> list[Token] | None:
    """A squeezed text as a chain of words of headers, as few as possible; None if it is not one.

    ``breaks`` are the places of the text where white space stood: a word that ends elsewhere
    counts double.

    >>> [token.text for token in split_words("项目本年支出合计基本支出科目编码科目名称") or ()]
    ['项目', '本年支出合计', '基本支出', '科目编码', '科目名称']
    """
    tokens = load_tokens()
    longest = max(len(word) for word in tokens)
    best: list[tuple[int, list[Token]] | None] = [None] * (len(text) + 1)
    best[0] = (0, [])
    for end in range(1, len(text) + 1):
        price = 1 if breaks is None or end in breaks else 2
        for start in range(max(0, end - longest), end):
            before, token = best[start], tokens.get(text[start:end])
            if before is None or token is None:
                continue
            chain = best[end]
            if chain is None or before[0] + price < chain[0]:
                best[end] = (before[0] + price, [*before[1], token])
    chain = best[-1]
    return chain[1] if text and chain is not None else None


@cache
def _beginnings() -> frozenset[str]:
    return frozenset(word[:end] for word in load_tokens() for end in range(len(word) + 1))


def starts_words(text: str) -> bool:
    """True if a squeezed text can begin a chain of words of headers, its last word unfinished."""
    longest = max(len(word) for word in load_tokens())
    return any(
        text[end:] in _beginnings() and (end == 0 or split_words(text[:end]) is not None)
        for end in range(max(0, len(text) - longest), len(text) + 1)
    )


def likely_layouts(tokens: Sequence[Token], numbers: int | None) -> list[Layout]:
    """The readings of a chain of words as a header in which nothing is odd, the likeliest first.

    ``numbers`` is how many columns the row of column numbers (栏次) counts, None without one: it
    counts the columns of figures, or all columns, or all but the first. Readings with fewer rows
    of words come first, then those with more words in groups.
    """
    found: list[tuple[tuple[int, int], Layout]] = []
    for layout in layouts(tokens):
        amounts = sum(1 for column in layout if column.token.is_amount)
        if numbers is not None and numbers not in (amounts, len(layout), len(layout) - 1):
            continue
        if oddities(layout) == 0:
            depths = [len(column.path) for column in layout]
            found.append(((max(depths), -sum(depths)), layout))
    return [layout for _, layout in sorted(found, key=lambda item: item[0])]


def oddities(layout: Layout) -> int:
    """How many columns stand where they never do."""
    count = 0
    for at, column in enumerate(layout):
        before = layout[at - 1] if at else None
        family, parent = column.token.family, column.path[:-1]
        first = before is None or before.path[: len(parent)] != parent
        again = any(other.token.text == column.token.text for other in layout[:at])
        count += "收入" in parent and "支出" in parent
        if not column.token.is_amount and before is not None and before.token.is_amount:
            count += not again and family != "text"
        if family == "subtotal":
            count += not parent or not first
        elif family == "total":
            count += before is not None and before.token.is_amount and not first
        elif family == "vehicle_part":
            count += not parent or not parent[-1].startswith("公务用车")
        elif family == "part":
            count += not parent
        elif family == "code" and at + 1 < len(layout):
            count += layout[at + 1].token.family not in ("name", "code", "part")
        if parent and parent[0] in ("收入", "支出") and first and len(parent) == 1:
            count += family not in ("name", "index")
        if first and len(parent) == 1 and family == "money" and not again:
            count += parent[0] in ("人员经费", "公用经费")
    return count + _unlike_twins(layout) + _repeats(layout)


def _unlike_twins(layout: Layout) -> int:
    """Words that come in pairs (预算数 and 决算数), with unlike columns under them."""
    count = 0
    for pair in _TWINS:
        under: dict[str, set[Path]] = {}
        for column in layout:
            for depth, word in enumerate(column.path):
                if word.endswith(pair):
                    under.setdefault(word, set()).add(column.path[depth + 1 :])
        count += len(under) > 1 and len({frozenset(paths) for paths in under.values()}) > 1
    return count


def _repeats(layout: Layout) -> int:
    """Columns that come again before the next column of labels."""
    count = 0
    seen: set[Path] = set()
    for column in layout:
        if not column.token.is_amount:
            seen = set()
        elif column.path in seen:
            count += 1
        seen.add(column.path)
    return count


def layouts(tokens: Sequence[Token]) -> Iterator[Layout]:
    """Ways to read a chain of words as a header, row by row; the likelier ones first.

    The first words are the top row; each row below is dealt out, from left to right, to the
    groups above it. Words that must hold something do, others do where the words allow it.
    """
    if not 2 <= len(tokens) <= MAX_TOKENS:
        return
    seen: set[Layout] = set()
    for top in range(len(tokens), 0, -1):
        nodes = [_Node(token, ()) for token in tokens[:top]]
        for tree in _grow(tuple(nodes), tokens[top:], MAX_LEVELS - 1):
            layout = tuple(column for node in tree for column in node.columns(()))
            if layout not in seen and any(column.token.is_amount for column in layout):
                seen.add(layout)
                yield layout


@dataclass(frozen=True)
class _Node:
    token: Token
    below: tuple[_Node, ...]

    def columns(self, above: Path) -> Iterator[Column]:
        """The columns under the node."""
        path = (*above, self.token.text)
        if not self.below:
            yield Column(path, self.token)
        for node in self.below:
            yield from node.columns(path)


def _grow(
    row: tuple[_Node, ...], rest: Sequence[Token], levels: int
) -> Iterator[tuple[_Node, ...]]:
    """Rows with what is under them, for all the ways to deal out the rest of the words."""
    if not rest:
        if all(not _must_hold(node.token, row) for node in row):
            yield row
        return
    if levels == 0:
        return
    for size in range(len(rest), 1, -1):
        for dealt in _deal(row, tuple(rest[:size])):
            under = tuple(
                _Node(token, ()) for group in dealt if group is not None for token in group
            )
            for grown in _grow(under, rest[size:], levels - 1):
                yield _attach(row, dealt, grown)


def _attach(
    row: tuple[_Node, ...],
    dealt: tuple[tuple[Token, ...] | None, ...],
    under: tuple[_Node, ...],
) -> tuple[_Node, ...]:
    nodes = []
    at = 0
    for node, group in zip(row, dealt, strict=True):
        size = len(group) if group is not None else 0
        nodes.append(_Node(node.token, under[at : at + size]))
        at += size
    return tuple(nodes)


def _must_hold(token: Token, row: Sequence[_Node]) -> bool:
    """True for a word that is no column of its own (收入 and 支出 over two halves)."""
    return token.family == "side"


def _deal(
    row: Sequence[_Node], words: tuple[Token, ...]
) -> Iterator[tuple[tuple[Token, ...] | None, ...]]:
    """Ways to give all ``words`` in order to the nodes of a row, two or more to a group."""
    if not row:
        if not words:
            yield ()
        return
    token = row[0].token
    if token.holds:
        run = 0
        while run < len(words) and words[run].family in token.holds:
            run += 1
        for size in _group_sizes(words[:run]):
            for others in _deal(row[1:], words[size:]):
                yield (words[:size], *others)
    if not _must_hold(token, row):
        for others in _deal(row[1:], words):
            yield (None, *others)


def _group_sizes(words: Sequence[Token]) -> list[int]:
    """How many of the words a group may take: none twice, or whole blocks of code, name, amount."""
    texts = [token.text for token in words]
    distinct = 0
    while distinct < len(texts) and texts[distinct] not in texts[:distinct]:
        distinct += 1
    sizes = list(range(distinct, 1, -1))
    if len(texts) > distinct > 1 and words[0].family == "code":
        block = texts[:distinct]
        repeats = 1
        while texts[repeats * distinct : (repeats + 1) * distinct] == block:
            repeats += 1
        sizes += [distinct * count for count in range(2, repeats + 1)]
    return sizes
