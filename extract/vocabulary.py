"""The words of these documents, read from ``seeds/vocabulary``: teaching a layout is adding rows.

Patterns are regular expressions over squeezed text (``text.squeeze``) and must match all of it,
titles excepted, which are searched. Header and row paths are joined by ``>``; the longest suffix
of a path that a pattern matches wins, then the order in the file.
"""

from __future__ import annotations

import csv
import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from extract.errors import VocabularyError
from extract.text import REMEMBERED
from extract.words import CLOSED_WORDS

SEEDS = Path(__file__).resolve().parent.parent / "seeds"
FOLDER = SEEDS / "vocabulary"


@dataclass(frozen=True)
class Meaning:
    """Words of the contract that a column header or a row label stands for; '' for none."""

    fund: str = ""
    component: str = ""
    source: str = ""
    item: str = ""
    basis: str = ""


@dataclass(frozen=True)
class HeaderWord:
    """A header path of one family of tables, the role of its column, and what it means."""

    family: str
    pattern: re.Pattern[str]
    role: str
    meaning: Meaning


@dataclass(frozen=True)
class RowWord:
    """A row label on one side of a table: the kind of row and what it means."""

    side: str
    pattern: re.Pattern[str]
    row_kind: str
    meaning: Meaning


@dataclass(frozen=True)
class TableKind:
    """What is true of all tables of a kind."""

    name: str
    family: str
    default_fund: str
    many_blocks: bool
    facts: bool


@dataclass(frozen=True, eq=False)
class Vocabulary:
    """All words, loaded once; ``fingerprint`` changes with any of them.

    What a text means is remembered: documents print the same headers and labels page after page.
    """

    kinds: dict[str, TableKind]
    titles: tuple[tuple[re.Pattern[str], str, str], ...]
    units: tuple[tuple[re.Pattern[str], str], ...]
    headers: tuple[HeaderWord, ...]
    rows: tuple[RowWord, ...]
    bases: tuple[tuple[re.Pattern[str], str], ...]
    categories: tuple[tuple[re.Pattern[str], str], ...]
    classes: dict[str, str]
    ordinals: re.Pattern[str]
    identity: tuple[tuple[str, re.Pattern[str], str], ...]
    personal: tuple[tuple[str, str], ...]
    fingerprint: str

    def table_kind(self, title: str) -> str | None:
        """The kind that a squeezed title names; None if it names no table."""
        return _table_kind(self, title)

    def table_fund(self, title: str) -> str:
        """The one fund that a squeezed title names for the whole table, or ''."""
        return next((fund for pattern, _, fund in self.titles if pattern.search(title)), "")

    def header(self, family: str, path: tuple[str, ...]) -> HeaderWord | None:
        """What a squeezed header path stands for in a family of tables."""
        return _header(self, family, path)

    def is_half_known(self, family: str, text: str) -> bool:
        """True for a squeezed header that holds a known one (four characters and more) and others.

        Headers of several columns that run into one another read like that; a word of its own
        that no file knows does not.
        """
        return any(
            (found := word.pattern.search(text)) is not None and len(found[0]) >= 4
            for word in self.headers
            if word.family == family and word.role == "amount"
        )

    def row(self, side: str, path: tuple[str, ...]) -> RowWord | None:
        """What a squeezed row label, as a path of group labels, stands for."""
        return _row(self, side, path)

    def first(self, words: tuple[tuple[re.Pattern[str], str], ...], text: str) -> str | None:
        """The value of the first pattern that matches all of the text."""
        return next((value for pattern, value in words if pattern.fullmatch(text)), None)


@lru_cache(maxsize=REMEMBERED)
def _table_kind(vocabulary: Vocabulary, title: str) -> str | None:
    return next((kind for pattern, kind, _ in vocabulary.titles if pattern.search(title)), None)


@lru_cache(maxsize=REMEMBERED)
def _header(vocabulary: Vocabulary, family: str, path: tuple[str, ...]) -> HeaderWord | None:
    for candidate in path_suffixes(path):
        for named in (family, "*"):
            for word in vocabulary.headers:
                if word.family == named and word.pattern.fullmatch(candidate):
                    return word
    return None


@lru_cache(maxsize=REMEMBERED)
def _row(vocabulary: Vocabulary, side: str, path: tuple[str, ...]) -> RowWord | None:
    for candidate in path_suffixes(path):
        for word in vocabulary.rows:
            if word.side in (side, "any") and word.pattern.fullmatch(candidate):
                return word
    return None


def path_suffixes(path: tuple[str, ...]) -> Iterator[str]:
    """Suffixes of a path, longest first; the root with the leaf stands before the leaf alone.

    >>> list(path_suffixes(("a", "b", "c")))
    ['a>b>c', 'b>c', 'a>c', 'c']
    """
    for start in range(len(path) - 1):
        yield ">".join(path[start:])
    if len(path) > 2:
        yield f"{path[0]}>{path[-1]}"
    if path:
        yield path[-1]


def read_records(name: str) -> list[dict[str, str]]:
    """The rows of a vocabulary file, by column; VocabularyError for a row that cannot be used."""
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        records = list(csv.DictReader(file, restkey="", restval=None))
    for number, record in enumerate(records):
        if "" in record or None in record.values():
            raise VocabularyError(
                f"{name}, line {number + 2}: not as many values as columns; quote a comma"
            )
        for column, value in record.items():
            allowed = CLOSED_WORDS.get(column)
            if allowed is not None and value and value not in allowed:
                raise VocabularyError(
                    f"{name}, line {number + 2}: {value!r} is no word of {column};"
                    f" expected one of {', '.join(sorted(allowed))}"
                )
    return records


def read_pattern(name: str, number: int, text: str) -> re.Pattern[str]:
    """The pattern of row ``number`` (from 0) of a vocabulary file; VocabularyError for none."""
    try:
        return re.compile(text)
    except re.error as error:
        raise VocabularyError(
            f"{name}, line {number + 2}: {text!r} is no pattern: {error}"
        ) from None


def _pairs(name: str, value: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple(
        (read_pattern(name, number, record["pattern"]), record[value])
        for number, record in enumerate(read_records(name))
    )


@cache
def load_vocabulary() -> Vocabulary:
    """Read all vocabulary files; VocabularyError with file and row for a bad pattern."""
    numbers = "".join(record["word"] for record in read_records("number_word.csv"))
    ordinals = re.compile(
        rf"^(?:[({{]?[{numbers}]{{1,4}}[)}}]?[、.,:]|\([{numbers}]{{1,4}}\)|\([0-9]{{1,2}}\)"
        rf"|[0-9]{{1,2}}(?:[、:]|\.(?![0-9]))|[ⅠⅡⅢⅣⅤ][、.])+"
    )
    return Vocabulary(
        kinds={
            record["table_kind"]: TableKind(
                record["table_kind"],
                record["family"],
                record["default_fund"],
                record["many_blocks"] == "true",
                record["facts"] == "true",
            )
            for record in read_records("table_kind.csv")
        },
        titles=tuple(
            (
                read_pattern("table_title.csv", number, record["pattern"]),
                record["table_kind"],
                record["fund"],
            )
            for number, record in enumerate(read_records("table_title.csv"))
        ),
        units=_pairs("unit_word.csv", "unit"),
        headers=tuple(
            HeaderWord(
                record["family"],
                read_pattern("header_word.csv", number, record["path"]),
                record["role"],
                Meaning(
                    record["fund"],
                    record["component"],
                    record["source"],
                    record["item"],
                    record["basis"],
                ),
            )
            for number, record in enumerate(read_records("header_word.csv"))
        ),
        rows=tuple(
            RowWord(
                record["side"],
                read_pattern("row_word.csv", number, record["path"]),
                record["row_kind"],
                Meaning(record["fund"], record["component"], record["source"], record["item"]),
            )
            for number, record in enumerate(read_records("row_word.csv"))
        ),
        bases=_pairs("basis_word.csv", "basis"),
        categories=_pairs("category_word.csv", "category"),
        classes={
            record["name"]: record["function_code"] for record in read_records("function_class.csv")
        },
        ordinals=ordinals,
        identity=tuple(
            (
                record["field"],
                read_pattern("identity_word.csv", number, record["pattern"]),
                record["value"],
            )
            for number, record in enumerate(read_records("identity_word.csv"))
        ),
        personal=tuple(
            (record["field"], read_pattern("personal_word.csv", number, record["pattern"]).pattern)
            for number, record in enumerate(read_records("personal_word.csv"))
        ),
        fingerprint=vocabulary_fingerprint(),
    )


@cache
def vocabulary_fingerprint() -> str:
    """A hash over all files of the vocabulary, the reference lists and rules that the reader uses.

    Of the rules those that it evaluates over the cells of a document.
    """
    digest = hashlib.sha256()
    lists = ("region.csv", "economic_code.csv", "function_code.csv")
    rules = ("identity_rule.csv", "identity_term.csv")
    for path in [
        *sorted(FOLDER.glob("*.csv")),
        *(SEEDS / "reference" / name for name in lists),
        *(SEEDS / "rules" / name for name in rules),
    ]:
        digest.update(path.name.encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]
