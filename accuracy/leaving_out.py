"""What a document's own rows of the vocabulary are worth: it is read again without them.

A row is a document's own if the reader used it there and in no other document at hand. Without
those rows the document reads as one of its kind that nobody has seen before.
"""

from __future__ import annotations

import csv
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, fields
from pathlib import Path

import duckdb

from accuracy.answers import PROJECT, AnswerKey, load_keys
from accuracy.comparison import Score, compare
from extract.errors import DocumentError
from extract.landing import SUPPORTED_SUFFIXES, content_hash
from extract.reading import read_document
from extract.vocabulary import HeaderWord, RowWord, Vocabulary, load_vocabulary

Row = tuple[str, int]
"""A row of the vocabulary: file name, and number among its records, from 0."""

_NEEDED = (
    "extract",
    "seeds",
    "models",
    "macros",
    "expectations",
    "publish",
    "gongkai",
    "dbt_project.yml",
    "profiles.yml",
)


@dataclass(frozen=True)
class Worth:
    """The scores of a document with all rows, and without its own."""

    document: str
    rows: tuple[Row, ...]
    with_all: tuple[Score, ...]
    without: tuple[Score, ...]


@dataclass(frozen=True, eq=False)
class ListeningVocabulary(Vocabulary):
    """A vocabulary that notes which of its titles, header and row words were used."""

    used: set[Row] = field(default_factory=set)

    def table_kind(self, title: str) -> str | None:
        """As a vocabulary; the title's row is noted."""
        for number, (pattern, _, _) in enumerate(self.titles):
            if pattern.search(title):
                self.used.add(("table_title.csv", number))
                break
        return super().table_kind(title)

    def header(self, family: str, path: tuple[str, ...]) -> HeaderWord | None:
        """As a vocabulary; the header's row is noted."""
        word = super().header(family, path)
        if word is not None:
            self.used.add(("header_word.csv", self.headers.index(word)))
        return word

    def row(self, side: str, path: tuple[str, ...]) -> RowWord | None:
        """As a vocabulary; the label's row is noted."""
        word = super().row(side, path)
        if word is not None:
            self.used.add(("row_word.csv", self.rows.index(word)))
        return word


def leave_out(documents: Path, names: Sequence[str]) -> Iterator[Worth]:
    """Score each named document (each with golden figures, if none is named) without its own rows.

    Raises ValueError with the name where no document of it is below ``documents``.
    """
    keys = load_keys()
    paths = sorted(p for p in documents.rglob("*") if p.suffix.lower() in SUPPORTED_SUFFIXES)
    held = {content_hash(path): path for path in paths}
    asked = [keys[content] for content in held if content in keys]
    missing = set(names) - {key.document for key in asked}
    if missing:
        raise ValueError(f"no golden figures below {documents} for: {', '.join(sorted(missing))}")
    used = {content: _rows_used(path) for content, path in held.items()}
    for key in asked:
        if names and key.document not in names:
            continue
        others = set().union(*(rows for content, rows in used.items() if content != key.sha256))
        own = tuple(sorted(used[key.sha256] - others))
        path = held[key.sha256]
        with_all = _score_without((), path, key)
        yield Worth(
            key.document, own, with_all, _score_without(own, path, key) if own else with_all
        )


def _rows_used(path: Path) -> set[Row]:
    vocabulary = load_vocabulary()
    listening = ListeningVocabulary(
        **{one.name: getattr(vocabulary, one.name) for one in fields(vocabulary)}
    )
    try:
        read_document(path, listening)
    except DocumentError:
        return set()
    return listening.used


def _score_without(rows: Sequence[Row], path: Path, key: AnswerKey) -> tuple[Score, ...]:
    """Build the document with a copy of the project that lacks some rows, and score it."""
    with tempfile.TemporaryDirectory() as scratch:
        root = Path(scratch)
        for name in _NEEDED:
            source = PROJECT / name
            if source.is_dir():
                shutil.copytree(source, root / "project" / name)
            else:
                shutil.copy(source, root / "project" / name)
        for name in sorted({name for name, _ in rows}):
            drop = {number for file, number in rows if file == name}
            drop_rows(root / "project" / "seeds" / "vocabulary" / name, drop)
        (root / "in").mkdir()
        shutil.copy(path, root / "in")
        command = (sys.executable, "-m", "gongkai", "build")
        paths = ("--documents", str(root / "in"), "--warehouse", str(root / "out.duckdb"))
        subprocess.run([*command, *paths], cwd=root / "project", check=False, capture_output=True)
        if not (root / "out.duckdb").is_file():
            return (_nothing(key),)
        with duckdb.connect(str(root / "out.duckdb"), read_only=True) as warehouse:
            return tuple(compare(warehouse, {key.sha256: key})) or (_nothing(key),)


def _nothing(key: AnswerKey) -> Score:
    """The score of a document of which nothing was published."""
    return Score(key.document, "all", len(key.answers), 0, key.answers, (), 0)


def drop_rows(path: Path, numbers: set[int]) -> None:
    """Write a CSV again without some of its records (counted from 0)."""
    with path.open(encoding="utf-8", newline="") as source:
        head, *records = csv.reader(source)
    with path.open("w", encoding="utf-8", newline="") as target:
        writer = csv.writer(target, lineterminator="\n")
        writer.writerow(head)
        writer.writerows(one for number, one in enumerate(records) if number not in numbers)
