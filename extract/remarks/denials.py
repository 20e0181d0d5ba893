"""What a sentence says there is none of, and what another one says there is some of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import cache
from itertools import zip_longest

from extract.remarks.model import Remark
from extract.sentences.prose import Paragraph
from extract.vocabulary import read_pattern, read_records


@cache
def _wordings() -> tuple[tuple[str, str, re.Pattern[str]], ...]:
    name = "denial_word.csv"
    return tuple(
        (record["said"], record["subject"], read_pattern(name, number, record["pattern"]))
        for number, record in enumerate(read_records(name))
    )


def read_denials(paragraphs: Sequence[Paragraph]) -> Iterator[Remark]:
    """Sentences that deny something (`none`, with the value 0) or count it (`some`)."""
    group = 0
    for paragraph, following in zip_longest(paragraphs, paragraphs[1:]):
        text = paragraph.text
        if following is not None and not text.endswith(("。", ";", ":")):
            text += following.text  # a line that seems to end a paragraph, in the middle of words
        for said, subject, pattern in _wordings():
            for match in pattern.finditer(text):
                if match.start() >= len(paragraph.text):
                    continue
                group += 1
                line, page = paragraph.place(match.start())
                count = match.groupdict().get("count")
                yield Remark(
                    kind=said,
                    group=group,
                    name=subject,
                    printed=count or match[0],
                    text=match[0][:240],
                    value=Decimal(count) if count else Decimal(0),
                    line=line,
                    page_number=page,
                )
