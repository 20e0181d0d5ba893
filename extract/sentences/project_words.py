"""The words in which narratives speak of single projects, from ``sentence_project.csv``."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from extract.errors import VocabularyError
from extract.text import squeeze
from extract.vocabulary import SEEDS, read_records

MEASURES = ("score", "initial_budget", "adjusted_budget", "executed", "completion_percent")
"""What a self-evaluation says of a project in figures."""

_FILE = "sentence_project.csv"


@dataclass(frozen=True)
class ProjectWords:
    """The rows, compiled; ``classes`` are names of economic and functional classes, squeezed."""

    evaluation: re.Pattern[str]
    end: re.Pattern[str]
    measures: Mapping[str, re.Pattern[str]]
    grade: re.Pattern[str]
    opening: re.Pattern[str]
    planned: re.Pattern[str]
    no_name: re.Pattern[str]
    classes: frozenset[str]


@cache
def load_project_words() -> ProjectWords:
    """Read the words; VocabularyError with file and line for a bad pattern."""
    said: dict[str, list[str]] = {}
    for number, record in enumerate(read_records(_FILE)):
        try:
            re.compile(record["pattern"])
        except re.error as error:
            raise VocabularyError(
                f"{_FILE}, line {number + 2}: {record['pattern']!r} is no pattern: {error}"
            ) from None
        said.setdefault(record["says"], []).append(record["pattern"])
    words = {says: "|".join(patterns) for says, patterns in said.items()}
    return ProjectWords(
        evaluation=re.compile(rf"(?P<name>[^。;:]{{2,80}}?)(?:{words['evaluation']}):"),
        end=re.compile(words["end"]),
        measures={measure: re.compile(words[measure]) for measure in MEASURES},
        grade=re.compile(rf'(?:{words["grade"]})"?(?P<grade>{words["grade_word"]})"?(?=[,。;]|$)'),
        opening=re.compile(words["list"]),
        planned=re.compile(words["planned"]),
        no_name=re.compile(words["no_name"]),
        classes=_class_names(),
    )


def _class_names() -> frozenset[str]:
    names: set[str] = set()
    for file, column in (
        ("economic_code.csv", "economic_name"),
        ("function_code.csv", "function_name"),
    ):
        with (SEEDS / "reference" / file).open(encoding="utf-8", newline="") as lines:
            names |= {squeeze(row[column]) for row in csv.DictReader(lines)}
    return frozenset(names)
