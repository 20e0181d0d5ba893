"""The words of the pages in Chinese and English.

Their own stand in ``words.csv`` beside this module; the words of the contract in the seed from
which the marts take their labels, so that pages and tables say the same.
"""

import csv
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from markupsafe import Markup, escape

from review.visible import visible

_OWN = Path(__file__).resolve().parent / "words.csv"
_LABELS = Path(__file__).resolve().parents[1] / "seeds" / "marts" / "word_label.csv"


@dataclass(frozen=True)
class Words:
    """A text in both languages."""

    zh: str
    en: str


@cache
def all_words() -> dict[tuple[str, str], Words]:
    """Read all words: (domain, word) → the text in both languages; our own shorter ones first."""
    return {**label_words(), **read_words(_OWN, "domain")}


@cache
def label_words() -> dict[tuple[str, str], Words]:
    """Read the labels of the marts: (kind of word, word) → the text in both languages."""
    return read_words(_LABELS, "word_kind")


def read_words(file: Path, domain: str) -> dict[tuple[str, str], Words]:
    """Read a CSV of words (columns: ``domain``, word, zh, en): (domain, word) → the text."""
    with file.open(encoding="utf-8", newline="") as rows:
        return {
            (row[domain], row["word"]): Words(row["zh"], row["en"]) for row in csv.DictReader(rows)
        }


def find_words(domain: str, word: str | None) -> Words:
    """The text for a word of a closed list; a word that is not in the file stands for itself."""
    if word is None:
        return Words("—", "—")
    return all_words().get((domain, word)) or Words(word, word)


@lru_cache(maxsize=10_000)
def both(zh: str | None, en: str | None) -> Markup:
    """Both languages as HTML, of which a page shows one; each is escaped."""
    chinese, english = escape(visible(zh or "")), escape(visible(en or ""))
    if chinese == english:
        return chinese
    return Markup(
        f'<span class="zh" lang="zh-CN">{chinese}</span><span class="en" lang="en">{english}</span>'
    )


@cache
def say(word: str) -> Markup:
    """A text of the pages themselves; KeyError when ``words.csv`` lacks it."""
    words = all_words()["page", word]
    return both(words.zh, words.en)


def name(domain: str, word: str | None) -> Markup:
    """A word of a closed list as HTML in both languages."""
    words = find_words(domain, word)
    return both(words.zh, words.en)
