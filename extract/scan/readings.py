"""What a line of text says, and how far it is to be trusted: figures are read twice.

The recogniser sees each line with a digit a second time, smaller and with more paper around it. A
figure stands where both readings say the same and no sign of either is uncertain; anything else
is in doubt, and the readings are what it may be. Units, and the lines outside of tables, which say
whose a document is, are read twice as well: a lost 万 makes all figures wrong.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, product

from extract.figures import fold, is_amount
from extract.page import CERTAIN, UNREAD, Settled
from extract.scan.crops import Crop, Cutter
from extract.scan.ink import Span
from extract.scan.recogniser import TWINS, Recognised, Sign, least_sure, recognise

SMALLER = 1.35
"""The second reading sees the line this much smaller."""
POSSIBLE = 0.7
"""A sign less sure than this in either reading leaves a figure in doubt; one must be CERTAIN."""
MOST_CANDIDATES = 24
SPECK = 0.4
"""Ink smaller than this share of a usual line, both ways, is dirt; no digit is lower."""

Stained = Callable[[Span], bool]
"""True for a line that lies under coloured ink."""
Telling = Callable[[Span], bool]
"""True for the room of a line that may tell whose a document is: it is outside of tables."""

_DIGIT_OF = {ord(sign): digit for digit, signs in TWINS.items() for sign in signs}
_FIGURE = re.compile(r"[-+]?[0-9][0-9.,:;'，。．：；、·\s]*[0-9]|[-+]?[0-9]")
_DIGITS = re.compile(r"[0-9０-９]")
_LIKE_FIGURE = re.compile(r"[-+0-9.,:;'，。．：；、·\sOoIl|SBZ０-９]+")
_LOOKS_ALIKE = "".join(TWINS.values())
_LETTERS = re.compile(rf"(?:[-+.,:;'，。．：；、·\s]*[{_LOOKS_ALIKE}])+[.,，。\s]*")
_DASH = re.compile(r"[-－—–一_|丨]")
_UNIT = re.compile(r"[十百千万亿刀力方カ]*[元兀亓]")
_MARKS = re.compile(r"[.,:;'，。．：；、·]")
_EITHER = re.compile(r"([-+]?)([0-9]{1,3}(?:[.,:;'·][0-9]{3})*)[.,:;'·]([0-9]{3})")
"""Three digits behind the last mark are thousands or decimals: the mark alone says which."""
_GROUPED = re.compile(r"([-+]?)([0-9]{1,3}(?:[.,:;'·][0-9]{3})+)([.,:;'·][0-9]{2})?")
_DECIMAL = re.compile(r"([-+]?)([0-9]+)[.,:;'·]([0-9]{2})")


@dataclass(frozen=True)
class Read:
    """A line as it was read; ``signs`` come with their middles in pixels of the straight page.

    ``doubt`` is True where its figure is not certain: ``candidates`` are what it may be.
    ``settled`` says how its separators were put right.
    """

    span: Span
    signs: tuple[tuple[Sign, float], ...]
    confidence: float
    doubt: bool = False
    candidates: tuple[str, ...] = ()
    settled: Settled | None = None

    @property
    def text(self) -> str:
        """All signs."""
        return "".join(sign.text for sign, _ in self.signs)


def read_lines(
    lines: Sequence[tuple[Span, Span]],
    cutter: Cutter,
    stained: Stained = lambda _: False,
    telling: Telling = lambda _: False,
) -> list[Read]:
    """Read lines, each with the room that is its own; those without any sign are left out.

    ``stained`` says of a line if it lies under a seal: it must be certain in both readings.
    ``telling`` says of a line's room if its words are read twice too. The figures of parts of a
    line that touch are not believed.
    """
    severed = _severed([line for line, _ in lines])
    lines = [line for line in lines if not _is_dirt(line[0], cutter.usual)]
    crops = [cutter.cut(line, room) for line, room in lines]
    first = recognise([crop.pixels for crop in crops])
    again = [
        at
        for at, found in enumerate(first)
        if _may_be_figure(found.text, lines[at][0])
        or _UNIT.search(found.text)
        or telling(lines[at][1])
    ]
    smaller = [cutter.cut(*lines[at], SMALLER) for at in again]
    second = dict(zip(again, recognise([crop.pixels for crop in smaller]), strict=True))
    reads: list[Read] = []
    for at, (line, _) in enumerate(lines):
        one, two = first[at], second.get(at)
        if two is None:
            reads.append(_plain(line, crops[at], one))
        elif _is_figure_alone(one.text, line):
            reads.append(_figure(line, crops[at], one, two))
        else:
            reads.append(_words(line, crops[at], one, two))
        weak = has_digit(one.text) and _is_weak(reads[-1], cutter, stained)
        if weak and not reads[-1].doubt:
            reads[-1] = replace(reads[-1], doubt=True, candidates=(reads[-1].text,))
        if line in severed:
            reads[-1] = _unread(reads[-1])
    return reads


def _severed(lines: Sequence[Span]) -> set[Span]:
    """Parts of lines that were cut through their ink: they touch, where others have white between.

    A sign at the cut was in two, and its halves may be read as others.
    """
    touching = (pair for pair in pairwise(lines) if _touch(*pair))
    return {line for pair in touching for line in pair}


def _touch(left: Span, right: Span) -> bool:
    return left.x1 == right.x0 and (left.y0, left.y1) == (right.y0, right.y1)


def _unread(read: Read) -> Read:
    """A line none of whose figures is believed, nor any other one likelier."""
    signs = tuple(
        (replace(sign, text=UNREAD) if has_digit(sign.text) else sign, at)
        for sign, at in read.signs
    )
    return replace(read, signs=signs, confidence=0.0, doubt=True, candidates=(), settled=None)


def _is_dirt(line: Span, usual: float) -> bool:
    return line.high < SPECK * usual and line.wide < SPECK * usual


def _is_weak(read: Read, cutter: Cutter, stained: Stained) -> bool:
    """True for digits lower than any digit is, and for such under a seal that are not certain."""
    is_low = read.span.high < SPECK * cutter.usual
    return is_low or (read.confidence < CERTAIN and stained(read.span))


def _may_be_figure(text: str, line: Span) -> bool:
    """True for a digit, for letters alone that look like digits, and for a dash that stands up."""
    if has_digit(text) or _LETTERS.fullmatch(text):
        return True
    return line.high > line.wide and _DASH.fullmatch(text.strip()) is not None


def _is_figure_alone(text: str, line: Span) -> bool:
    """True for a figure, or what may be one, without words beside it."""
    if has_digit(text):
        return _LIKE_FIGURE.fullmatch(text) is not None
    return _may_be_figure(text, line)


def has_digit(text: str) -> bool:
    """True for a text with a digit, of any width."""
    return _DIGITS.search(text) is not None


def _plain(line: Span, crop: Crop, one: Recognised) -> Read:
    """A line without digits; ink that no sign is seen in gets a mark."""
    if one.text.strip():
        return Read(line, _placed(one.signs, crop), one.confidence)
    return unread(line)


def unread(line: Span) -> Read:
    """Ink that no sign is seen in: a mark, in doubt."""
    sign = Sign(UNREAD, 0.0, 0.5)
    return Read(line, ((sign, (line.x0 + line.x1) / 2),), 0.0, doubt=True)


def _placed(signs: Sequence[Sign], crop: Crop) -> tuple[tuple[Sign, float], ...]:
    wide = crop.right - crop.left
    return tuple((sign, crop.left + sign.at * wide) for sign in signs if sign.text.strip())


def _figure(line: Span, crop: Crop, one: Recognised, two: Recognised) -> Read:
    """A line that is a figure, or a code, or may be one: a lone 0 is read as a letter, too."""
    texts = [_tidy(one.text), _tidy(two.text)]
    figures = [put_right(text) for text in texts]
    sure = _sureness(one, two)
    is_one = _is_one(texts[0], one.signs) and _is_one(texts[1], two.signs)
    agree = figures[0] is not None and figures[0] == figures[1] and is_one
    if agree and sure >= POSSIBLE and max(one.confidence, two.confidence) >= CERTAIN:
        figure = str(figures[0])
        signs = _respelled(one, figure, crop, line)
        way = None if figure == texts[0] or figure == texts[1] else _way(one.text, figure)
        return Read(line, signs, sure, settled=way)
    same = figures == [None, None] and texts[0] == texts[1] and has_digit(texts[0])
    if same and sure >= CERTAIN:
        return Read(line, _placed(one.signs, crop), sure)  # a date, or a number of a table
    found = tuple(dict.fromkeys(_candidates(one, two)))[:MOST_CANDIDATES]
    best = figures[0] or figures[1] or (UNREAD if _DASH.fullmatch(texts[0]) else texts[0])
    return Read(line, _respelled(one, best, crop, line), sure, doubt=True, candidates=found)


def _sureness(one: Recognised, two: Recognised) -> float:
    """How sure the less sure of two readings is."""
    return min(one.confidence, two.confidence)


def _tidy(text: str) -> str:
    return re.sub(r"\s+", "", fold(text)).replace("。", ".").replace("、", ",")


def put_right(text: str) -> str | None:
    """A figure whose separators can only be one thing; None where they may be several.

    Groups of three digits with two behind them are thousands and decimals, whatever the marks
    between them look like; so are two digits behind the only mark decimals.

    >>> put_right("8.773.10"), put_right("256427:52"), put_right("1,234.00"), put_right("8.773")
    ('8,773.10', '256427.52', '1,234.00', '8.773')
    >>> put_right("12.34.5")
    """
    if is_amount(text):
        return text
    if match := _GROUPED.fullmatch(text):
        sign, groups, places = match.groups()
        whole = re.sub(r"[^0-9]", ",", groups)
        return f"{sign}{whole}.{places[1:]}" if places else None
    if match := _DECIMAL.fullmatch(text):
        return f"{match[1]}{match[2]}.{match[3]}"
    return None


def _is_one(text: str, signs: Sequence[Sign]) -> bool:
    """False for a figure that is thousands or decimals by a last mark that may be either."""
    marks = [sign.alone for sign in signs if _MARKS.fullmatch(sign.text)]
    return not marks or marks[-1] >= CERTAIN or _either(text) in ((), (text,))


def _either(text: str) -> tuple[str, ...]:
    """What a figure with three digits behind its last mark may be; nothing for any other text.

    >>> _either("256.427"), _either("0.427"), _either("256.42")
    (('256.427', '256,427'), ('0.427',), ())
    """
    match = _EITHER.fullmatch(text)
    if match is None:
        return ()
    sign, groups, last = match.groups()
    whole = _MARKS.sub(",", groups)
    decimals, thousands = f"{sign}{whole}.{last}", f"{sign}{whole},{last}"
    return (decimals,) if groups.startswith("0") else (decimals, thousands)


def _way(printed: str, figure: str) -> Settled:
    return Settled(
        "damaged_sign",
        f"{printed!r}: groups of three digits, and two behind the last mark, are only {figure}",
    )


def _respelled(
    one: Recognised, figure: str, crop: Crop, line: Span
) -> tuple[tuple[Sign, float], ...]:
    """The signs of a figure, spread evenly over its ink."""
    step = line.wide / max(1, len(figure))
    return tuple(
        (Sign(text, one.confidence, 0.0), line.x0 + (at + 0.5) * step)
        for at, text in enumerate(figure)
    )


def _candidates(one: Recognised, two: Recognised) -> Iterator[str]:
    """The figures that two readings may be, the likeliest first."""
    for found in (one, two):
        figure = put_right(_tidy(found.text))
        if figure is not None:
            yield figure
    for found in (one, two):
        text = _tidy(found.text)
        if put_right(text) is None or not _is_one(text, found.signs):
            yield from _either(text)
        if not has_digit(text):
            figure = put_right("1" if _DASH.fullmatch(text) else text.translate(_DIGIT_OF))
            if figure is not None:
                yield figure
    for found in (one, two):
        choices = [(sign.text, *(other for other, _ in sign.others)) for sign in found.signs]
        unsure = sorted(
            (at for at, choice in enumerate(choices) if len(choice) > 1),
            key=lambda at: found.signs[at].confidence,
        )[:3]
        spelled = [choice if at in unsure else choice[:1] for at, choice in enumerate(choices)]
        for signs in product(*spelled):
            figure = put_right(_tidy("".join(signs)))
            if figure is not None:
                yield figure


def _words(line: Span, crop: Crop, one: Recognised, two: Recognised) -> Read:
    """A line of words that was read twice: it is as sure as the surer of two readings that agree.

    Where they differ, or a figure of it is in doubt, it is not sure at all.
    """
    known = _with_sure_units(one, two)
    read = _sentence(line, crop, known, two) if has_digit(one.text) else _plain(line, crop, known)
    agree = not read.doubt and _bare(known.text) == _bare(two.text)
    return replace(read, confidence=max(one.confidence, two.confidence) if agree else 0.0)


def _bare(text: str) -> str:
    """A text without blanks and marks."""
    return re.sub(rf"[^\w{UNREAD}]|_", "", fold(text))


def _with_sure_units(one: Recognised, two: Recognised) -> Recognised:
    """The first reading with marks for units (万元) that are not certain.

    No sum sees a lost 万: both readings must have the same units, and nothing overlooked.
    """
    said = [_spans(one, _UNIT), _spans(two, _UNIT)]
    alike = [unit for _, _, unit in said[0]] == [unit for _, _, unit in said[1]]
    whole = max(one.overlooked, two.overlooked) <= 1.0 - POSSIBLE
    signs = list(one.signs)
    for at, (start, end, _) in enumerate(said[0]):
        if alike and whole:
            other_start, other_end, _ = said[1][at]
            sure = least_sure(signs[start:end]), least_sure(two.signs[other_start:other_end])
            if min(sure) >= POSSIBLE and max(sure) >= CERTAIN:
                continue
        signs[start:end] = [replace(sign, text=UNREAD) for sign in signs[start:end]]
    return replace(one, signs=tuple(signs))


def _sentence(line: Span, crop: Crop, one: Recognised, two: Recognised) -> Read:
    """A line of words with figures among them: a figure that is not certain becomes a mark."""
    said = [_spans(one), _spans(two)]
    whole = len(said[0]) == len(said[1])
    signs = list(one.signs)
    doubt = False
    sure = 1.0
    for at, (start, end, text) in enumerate(said[0]):
        own = least_sure(signs[start:end])
        other = said[1][at] if whole else None
        if other is not None and other[2] == text:
            again = least_sure(two.signs[other[0] : other[1]])
            sure = min(sure, max(own, again))
            is_one = _is_one(text, one.signs[start:end]) and _is_one(
                text, two.signs[other[0] : other[1]]
            )
            lost = max(_overlooked(one, start, end), _overlooked(two, *other[:2]))
            if (
                lost <= 1.0 - POSSIBLE
                and is_one
                and min(own, again) >= POSSIBLE
                and max(own, again) >= CERTAIN
            ):
                continue
        doubt = True
        sure = 0.0
        for place in range(start, end):
            if signs[place].text.isdigit():
                signs[place] = replace(signs[place], text=UNREAD)
    return Read(line, _placed(signs, crop), min(sure, one.confidence), doubt=doubt)


def _overlooked(found: Recognised, start: int, end: int) -> float:
    """How likely a sign of a figure, or its unit, was overlooked; blanks beside it are passed."""
    while start > 0 and not found.signs[start - 1].text.strip():
        start -= 1
    while end < len(found.signs) and not found.signs[end].text.strip():
        end += 1
    return found.overlooked_in(start, end)


def _spans(found: Recognised, pattern: re.Pattern[str] = _FIGURE) -> list[tuple[int, int, str]]:
    """The figures (what fits the pattern) among the signs of a line: from, to, and their text."""
    text = "".join(sign.text[:1] or " " for sign in found.signs)
    return [(match.start(), match.end(), _tidy(match[0])) for match in pattern.finditer(text)]
