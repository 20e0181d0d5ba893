"""Names beside codes of classes in explanations: `8.实验室及相关设施(2060204):反映…`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extract.remarks.model import Remark
from extract.sentences.prose import ORDINAL, Paragraph

_NAMED = re.compile(
    r"\"?(?P<name>[\u4e00-\u9fff()、]{2,40}?)\"?"
    r"\((?P<code>2[0-9]{2}(?:[0-9]{2}){0,2}|3[0-9]{2}(?:[0-9]{2}){0,1})\)\"?"
    r"(?=[:,]|反映|是指|指|科目|$)",
    re.ASCII,
)


def read_class_names(paragraphs: Sequence[Paragraph]) -> Iterator[Remark]:
    """Codes with the names that begin a paragraph, its number apart; in the order of print."""
    group = 0
    for paragraph in paragraphs:
        number = ORDINAL.match(paragraph.text)
        start = number.end() if number else 0
        match = _NAMED.match(paragraph.text, start)
        if match is None:
            continue
        group += 1
        line, page = paragraph.place(start)
        yield Remark(
            kind="class_name",
            group=group,
            name=match["name"],
            printed=match[0],
            text=paragraph.text[start : start + 240],
            code=match["code"],
            line=line,
            page_number=page,
        )
