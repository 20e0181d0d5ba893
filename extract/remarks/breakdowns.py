"""A whole and its parts in one sentence: `共有车辆7辆(其中轿车3辆、客车4辆)`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import cache

from extract.remarks.model import Remark
from extract.sentences.prose import Paragraph
from extract.vocabulary import read_records

_SENTENCE = re.compile(r"[^。]+")
_OPENS = re.compile(r",?(?P<bracket>\()?(?:其中|包括):?")
_ENDS = re.compile(r"[;；]|[比较增减占同均另余]|上年|此外|其中|合计|以上|以下|以内|不少于|不超过")
"""What tells that a figure behind it is no part, or no plain one."""


@cache
def _figure() -> re.Pattern[str]:
    units = "|".join(f"(?:{record['pattern']})" for record in read_records("breakdown_unit.csv"))
    return re.compile(
        r"(?<![0-9¦.,])(?P<printed>[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]{1,6})?|[0-9]+(?:\.[0-9]{1,6})?)"
        rf"(?P<unit>{units})"
    )


def read_breakdowns(paragraphs: Sequence[Paragraph]) -> Iterator[Remark]:
    """The wholes with their parts, in the order of print; a part may be a whole of its own.

    Parts have the unit of their whole, and stand in the same sentence, one after the other. They
    need not be all of it: a sentence may name some parts only.
    """
    group = 0
    for paragraph in paragraphs:
        if "其中" not in paragraph.text and "包括" not in paragraph.text:
            continue
        for sentence in _SENTENCE.finditer(paragraph.text):
            figures = list(_figure().finditer(paragraph.text, sentence.start(), sentence.end()))
            for at, whole in enumerate(figures):
                parts = _parts(paragraph.text, whole, figures[at + 1 :], sentence.end())
                if parts:
                    group += 1
                    yield _remark("whole", group, whole, paragraph)
                    yield from (_remark("part", group, part, paragraph) for part in parts)


def _parts(
    text: str, whole: re.Match[str], behind: Sequence[re.Match[str]], end: int
) -> list[re.Match[str]]:
    """The figures that a whole is said to consist of; none where it is not broken down."""
    opening = _OPENS.match(text, whole.end(), end)
    if opening is None:
        return []
    parts: list[re.Match[str]] = []
    at, depth = opening.end(), 0
    for figure in behind:
        if figure.start() < at:
            continue
        words = ""
        for sign in text[at : figure.start()]:
            depth += (sign == "(") - (sign == ")")
            if depth < 0:
                break
            words += sign if depth == 0 else ""
        if depth < 0 or (depth == 0 and _ENDS.search(words)):
            break
        at = figure.end()
        if depth:
            continue  # within brackets: of a part, not of the whole
        if figure["unit"] != whole["unit"]:
            break
        parts.append(figure)
    return parts


def _remark(kind: str, group: int, figure: re.Match[str], paragraph: Paragraph) -> Remark:
    line, page = paragraph.place(figure.start())
    text = paragraph.text
    start = max(text.rfind(sign, 0, figure.start()) for sign in "。,;(:、") + 1
    return Remark(
        kind=kind,
        group=group,
        name=text[start : figure.start()],
        printed=figure["printed"],
        text=text[start : figure.end()][:240],
        value=Decimal(figure["printed"].replace(",", "")),
        unit=figure["unit"],
        line=line,
        page_number=page,
    )
