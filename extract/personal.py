"""Personal data of contact persons stops here: names and telephone numbers become a fixed mark.

The printed form asks for them (联系人, 联系电话, 填报人, 项目负责人); nobody needs them to check a
budget. They are masked on the page, before anything is named, written or logged.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import zip_longest

from extract.forms.words import find_head, find_label
from extract.page import Grid, GridCell, Line, Page, Word
from extract.text import squeeze, squeeze_once
from extract.vocabulary import Vocabulary

MARK = "［个人信息］"
"""What stands where personal data was printed."""

_PHONE = re.compile(r"(?<![0-9.,])(?:0[0-9]{2,3}[-—－ ]?)?[1-9][0-9]{6,10}(?![0-9.,])", re.ASCII)
_DIGIT = re.compile("[0-9]")
_FEWEST, _LONGEST_NAME = 5, 4
_DIGITS = re.compile(r"[0-9][0-9-]{2,}", re.ASCII)
_NOT_CHINESE = re.compile(r"[^\u4e00-\u9fff]")
_CHINESE = re.compile(r"[\u4e00-\u9fff]+")
_BEFORE_CORE = re.compile(r"^\(\?:[^()]*\)\?")
"""Words that may stand before a label: what is found with them is found without."""
_NAME = re.compile(r"[\u4e00-\u9fff·]{2,4}")


@dataclass(frozen=True)
class _Labels:
    whole: re.Pattern[str]
    inside: re.Pattern[str]
    phone: re.Pattern[str]
    core: re.Pattern[str]


def hide_personal_data(page: Page, vocabulary: Vocabulary) -> Page:
    """The page with names and numbers of contact persons replaced by the mark, words included."""
    labels = _labels(vocabulary)
    if not _holds_label(page, labels):
        return page
    hidden: list[str] = []
    items: list[Line | Grid] = []
    after_label = False
    for item in page.items:
        if isinstance(item, Grid):
            items.append(_hide_in_grid(item, labels, hidden))
            after_label = False
        else:
            line = _hide_in_line(item, labels, hidden, after_label)
            flat = squeeze(item.text)
            after_label = bool(labels.whole.fullmatch(flat)) or (
                after_label and line is not item and len(flat) <= 4
            )
            items.append(line)
    if not hidden:
        return page
    return replace(page, items=tuple(items), words=_without(page.words, hidden))


@cache
def _labels(vocabulary: Vocabulary) -> _Labels:
    alternatives = "|".join(f"(?:{pattern})" for _, pattern in vocabulary.personal)
    phones = "|".join(f"(?:{p})" for kind, p in vocabulary.personal if kind == "phone")
    return _Labels(
        re.compile(rf"(?:{alternatives})[/及和、:]*(?:(?:{alternatives})[:]?)?"),
        re.compile(
            rf"(?P<label>{alternatives})[)）]?[:：]?\s*(?P<said>[^\s。；;，,、（）()：:]{{2,24}})"
        ),
        re.compile(phones),
        re.compile("|".join(_BEFORE_CORE.sub("", p) for _, p in vocabulary.personal)),
    )


def _holds_label(page: Page, labels: _Labels) -> bool:
    """A quick look at all of a page's text: False where no label stands, whole or torn over cells.

    Most pages hold none, and are not looked at cell by cell.
    """
    text = squeeze_once("".join(_texts_of(page)))
    return (
        labels.core.search(text) is not None
        or labels.core.search("".join(_CHINESE.findall(text))) is not None
    )


def _texts_of(page: Page) -> list[str]:
    texts: list[str] = []
    for item in page.items:
        if isinstance(item, Grid):
            texts += [cell.text for row in item.by_row() for cell in row]
        else:
            texts.append(item.text)
    return texts


def _hide_in_grid(grid: Grid, labels: _Labels, hidden: list[str]) -> Grid:
    """Mask the cell to the right of a label cell, and what follows a label inside of a cell."""
    masked: dict[int, GridCell] = {}
    for row in grid.by_row():
        expects = only_phone = False
        before, asks_phone = "", False
        for cell in row:
            flat = squeeze(cell.text)
            if not flat:
                continue
            torn = f"{before}{flat}"
            before = "" if flat.isascii() else _NOT_CHINESE.sub("", flat)
            asks_phone = (asks_phone and _DIGITS.fullmatch(flat) is not None) or bool(
                labels.phone.fullmatch(flat) or labels.phone.fullmatch(torn)
            )
            if asks_phone and _DIGITS.fullmatch(flat):  # a number that text tore over cells
                masked[id(cell)] = replace(cell, lines=(MARK,))
                hidden.append(flat)
                expects = False
                continue
            if labels.whole.fullmatch(flat):
                expects = True
                only_phone = labels.phone.fullmatch(flat) is not None
            elif expects and _is_personal(flat, only_phone, cell.confidence is not None):
                masked[id(cell)] = replace(cell, lines=(MARK,))
                hidden.append(flat)
                expects = False
            else:
                expects = False
                lines = _hide_in_lines(cell.lines, labels, hidden)
                if lines != cell.lines:
                    masked[id(cell)] = replace(cell, lines=lines)
    _hide_below(grid, labels, masked, hidden)
    if not masked:
        return grid
    return replace(grid, cells=tuple(masked.get(id(cell), cell) for cell in grid.cells))


def _hide_below(
    grid: Grid, labels: _Labels, masked: dict[int, GridCell], hidden: list[str]
) -> None:
    """Mask what stands below a label that heads a column (联系人 | 联系电话 above their values)."""
    rows = grid.by_row()
    for row in rows:
        printed = [cell for cell in row if cell.text.strip()]
        for cell, right in zip_longest(printed, printed[1:]):
            flat = squeeze(cell.text)
            if not labels.whole.fullmatch(flat) or (right is not None and id(right) in masked):
                continue
            asks_phone = labels.phone.search(flat) is not None
            for other in (other for below in rows[cell.row + cell.row_span :] for other in below):
                text = squeeze(other.text)
                if other.column != cell.column or not text:
                    continue
                personal = _PHONE.search(text) if asks_phone else _NAME.fullmatch(text)
                known = find_label(text) is not None or find_head(text) is not None
                if not personal or known:
                    break
                masked[id(other)] = replace(other, lines=(MARK,))
                hidden.append(text)


def _hide_in_line(line: Line, labels: _Labels, hidden: list[str], after_label: bool) -> Line:
    flat = squeeze(line.text)
    if labels.whole.fullmatch(flat):
        return line
    if after_label and (_NAME.fullmatch(flat) or _PHONE.search(flat)) and len(flat) <= 24:
        hidden.append(flat)
        return replace(line, text=MARK)
    text = _hide_in_text(line.text, labels, hidden)
    return line if text == line.text else replace(line, text=text)


def _hide_in_lines(lines: tuple[str, ...], labels: _Labels, hidden: list[str]) -> tuple[str, ...]:
    """Mask line by line, then over the line breaks: a label may stand at the end of a line."""
    masked = tuple(_hide_in_text(line, labels, hidden) for line in lines)
    whole = "".join(masked)
    text = _hide_in_text(whole, labels, hidden)
    return masked if text == whole else (text,)


def _hide_in_text(text: str, labels: _Labels, hidden: list[str]) -> str:
    """Mask what follows a label (`联系人：某某 联系电话 12345678`) in running text."""

    def mask(match: re.Match[str]) -> str:
        said = match["said"]
        asks_phone = labels.phone.search(match["label"]) is not None
        personal = _PHONE.search(said) if asks_phone else _NAME.fullmatch(said)
        separated = text[match.end("label") : match.start("said")].strip(" ") != ""
        if not personal or not (asks_phone or separated):
            return match[0]
        hidden.append(squeeze(said))
        return match[0][: match.start("said") - match.start()] + MARK

    return labels.inside.sub(mask, text)


def _is_personal(flat: str, only_phone: bool, recognised: bool = False) -> bool:
    """True for what may be a person's name or number; ``only_phone`` beside 电话 alone.

    A recogniser may have taken a sign of it for another one: what it read is hidden if it has
    several digits, or is as short as a name.
    """
    if _PHONE.search(flat) is not None or (recognised and len(_DIGIT.findall(flat)) >= _FEWEST):
        return True
    if recognised and not only_phone and len(flat) <= _LONGEST_NAME:
        return find_label(flat) is None and find_head(flat) is None
    if only_phone or find_label(flat) is not None or find_head(flat) is not None:
        return False
    return _NAME.fullmatch(flat) is not None or ("/" in flat and len(flat) <= 24)


def _without(words: Sequence[Word], hidden: Sequence[str]) -> tuple[Word, ...]:
    return tuple(
        word
        for word in words
        if not any(squeeze(word.text) in text or text in squeeze(word.text) for text in hidden)
        or len(squeeze(word.text)) < 2
    )
