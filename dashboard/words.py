"""The words of the dashboard in Chinese and English.

Its own stand in ``words.csv`` beside this module; the words of the contract in the seed from
which the marts take their labels, those of findings in the words of the review pages, so that all
say the same.
"""

from functools import cache
from pathlib import Path

from review.words import Words, all_words, label_words, read_words

_OWN = Path(__file__).resolve().parent / "words.csv"


@cache
def _words() -> dict[tuple[str, str], Words]:
    return {
        **all_words(),
        **label_words(),
        **read_words(_OWN, "domain"),
    }


def say(word: str, lang: str) -> str:
    """A text of the dashboard itself; KeyError when ``words.csv`` lacks it."""
    words = _words()["page", word]
    return words.zh if lang == "zh" else words.en


def name(domain: str, word: str | None, lang: str) -> str:
    """A word of a closed list; one that no file knows stands for itself, and None for nothing."""
    if word is None:
        return "—"
    words = _words().get((domain, word))
    if words is None:
        return word
    return words.zh if lang == "zh" else words.en
