"""Headings of tables: title, unit and agency, from lines above a table or inside of its grid."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from extract.text import squeeze, trim
from extract.vocabulary import Vocabulary

LOOK_BACK = 7
"""Lines above a table in which its heading is looked for."""

_UNIT = re.compile(r"(?:金额)?单[位住]:?_?[0-9]*(?P<unit>[^\s:;。,()]{0,6}?元)(?:$|[^年])")
_EACH_UNIT = re.compile(r"单位:[万百亿千]{0,2}元")
_UNIT_TAIL = re.compile(r"^[^:]{0,4}:{1,3}[0-9]*(?P<unit>[万刀力方カ7]?[元兀亓九])$")
_BRACKET_UNIT = re.compile(r"[(](?:单位:)?(?P<unit>万元|元)[)]")
_AGENCY = re.compile(
    r"(?:编制|填报|预算|公开)?(?:部门|单位)(?:\(单位\))?(?:名称)?:(?P<agency>[^:;。]{3,40}?)"
    r"(?=金额单位|单位:|$|填报|日期)"
)
_NUMBERING = re.compile(
    r"^(?:(?:附?表(?:[0-9]{1,3}|[一二三四五六七八九十]{1,3}(?![般公]))|公开[0-9]{1,2}表|公开表[0-9]{1,2}|附件[0-9]*)[-、.:]*)"
)
_NOTE = re.compile(
    r"^(?:注|说明|备注)[0-9]?[:.、]|^[(]?(?:此表|本表)(?:为空|无)|^[(]?无.{0,20}(?:支出|收支|数据)[)]?$"
)
_BRACKETS_AT_END = re.compile(r"\([^()]*\)$")
_QUOTED = re.compile(r"^([^《》]{0,6})《([^《》]+)》$")
_TITLE_END = re.compile(r"表(?:[0-9一二三四五六七八九十])?$")
_ENDS_TITLE = re.compile(r"表(\([^()]*\))?$")
_NO_TITLE = re.compile(r"[。;]|本表|此表|见附表|如下|^注|详见|\.{4,}|…{2,}")
_BEHIND_TITLE = re.compile(r"\s+(?=(?:金额)?单位|部门|编制|表[0-9])")


@dataclass(frozen=True)
class Heading:
    """What stands above a table, as printed; '' for what is not there."""

    title: str = ""
    unit_text: str = ""
    agency: str = ""


def is_note(text: str) -> bool:
    """True for a note below a table (注：, 说明：, 此表为空)."""
    return _NOTE.search(squeeze(text)) is not None


def clean_title(text: str) -> str:
    """A squeezed title without its number (`表3`, `公开01表`) and its marks (`《收入总表》`)."""
    return _NUMBERING.sub("", _QUOTED.sub(r"\1\2", squeeze(text)))


def is_table_number(text: str) -> bool:
    """True if a text is the number of a table and nothing else (`公开03表`, `附表2`)."""
    return text.strip() != "" and clean_title(text) == ""


def is_title_like(text: str) -> bool:
    """True if the text could be a title: short, ends in 表, is no sentence and no list entry."""
    flat = _QUOTED.sub(r"\1\2", squeeze(text))
    if "表" not in flat:
        return False
    flat = _BRACKETS_AT_END.sub("", flat)
    if not 4 <= len(flat) <= 70 or not _TITLE_END.search(flat):
        return False
    return not _NO_TITLE.search(flat)


def title_kind(title: str, vocabulary: Vocabulary) -> str | None:
    """The kind of table that a printed title names; None if it names none."""
    return vocabulary.table_kind(clean_title(title)) if title else None


def find_unit(text: str) -> str:
    """The unit as printed in a heading line (`万元`, `元`), '' if it says none."""
    flat = squeeze(text)
    if "元" not in flat and ":" not in flat:
        return ""
    for pattern in (_UNIT, _UNIT_TAIL, _BRACKET_UNIT):
        match = pattern.search(flat)
        if match:
            return match["unit"]
    return ""


def is_two_headings(text: str, vocabulary: Vocabulary) -> bool:
    """True for a line that prints two units or two titles beside each other.

    Two pages, or two tables, are printed side by side there.
    """
    flat = squeeze(text)
    if len(_EACH_UNIT.findall(flat)) > 1:
        return True
    if "表" not in flat:
        return False
    parts = trim(text).split(" ")
    return len(parts) > 1 and all(
        is_title_like(part) and title_kind(re.sub(r"^.*[:：]", "", part), vocabulary)
        for part in parts
    )


def find_agency(text: str) -> str:
    """The agency that a heading line names (`部门：某局`), '' if it names none."""
    flat = squeeze(text)
    match = _AGENCY.search(flat) if ":" in flat else None
    if match is None or match["agency"].endswith("元"):
        return ""
    return match["agency"]


def find_heading(lines: Sequence[str], vocabulary: Vocabulary) -> Heading:
    """Title, unit and agency from the lines above a table: the nearest of each counts."""
    near = [trim(line) for line in lines[-LOOK_BACK:]]
    title, at = _find_title(near, vocabulary)
    below = near[at:] if title else near  # the title's own line may go on with the unit
    unit = next((unit for line in reversed(below) if (unit := find_unit(line))), "")
    if not unit and title:
        unit = find_unit(title) or next(
            (unit for line in reversed(near[max(0, at - 3) : at]) if (unit := find_unit(line))), ""
        )
    agency = next((name for line in reversed(near) if (name := find_agency(line))), "")
    return Heading(title=title, unit_text=unit, agency=agency)


def _find_title(lines: list[str], vocabulary: Vocabulary) -> tuple[str, int]:
    """The nearest title and its place; a title may be wrapped over two lines."""
    for index in range(len(lines) - 1, -1, -1):
        line = lines[index]
        for candidate in (line, _head_of(line)):
            if candidate and is_title_like(candidate) and title_kind(candidate, vocabulary):
                joined = lines[index - 1] + line if index else ""
                if joined and _wrapped(lines[index - 1], line, vocabulary):
                    return joined, index
                return candidate, index
        if index and _ends_title(line) and is_title_like(lines[index - 1] + line):
            joined = lines[index - 1] + line
            if title_kind(joined, vocabulary):
                return joined, index
    return "", -1


def _head_of(line: str) -> str:
    """The first of two texts in one line (`收支总表 单位：万元`)."""
    head = _BEHIND_TITLE.split(line, maxsplit=1)[0]
    return head if head != line else ""


def _ends_title(line: str) -> bool:
    return len(squeeze(line)) <= 16 and bool(_ENDS_TITLE.search(squeeze(line)))


_OPEN = re.compile(r"(?:财政拨款|(?:公共|基金|经营)预算)$")
"""Ends of lines after which a title goes on: 一般公共预算财政拨款 / 基本支出表 is one title."""
_NO_BEGINNING = re.compile(r"[。;:]|单位|部门$|第[一二三四五六]部分|^[(].*[)]$")
_TAIL = re.compile(r"^(?:[收支出预决算情况总体]|表$)")


def _wrapped(before: str, line: str, vocabulary: Vocabulary) -> bool:
    """True if ``line`` is only the end of a title that begins in the line ``before``."""
    flat, tail = clean_title(before), squeeze(line)
    goes_on = _TAIL.match(tail) or _OPEN.search(flat)
    if len(tail) > 10 or not goes_on or len(flat) < 8 or is_title_like(before):
        return False
    if _NO_BEGINNING.search(flat):
        return False
    return is_title_like(before + line) and title_kind(before + line, vocabulary) is not None
