"""Rows of aligned columns: figures by column, names that wrap before, around and after them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from statistics import median

from extract.plain.layout import Layout
from extract.plain.lines import CODE, Side
from extract.plain.pairing import opens_entry
from extract.plain.pieces import Piece
from extract.text import squeeze
from extract.vocabulary import load_vocabulary

_BRACKET = re.compile(r"\[[A-Z]?[0-9]{3,}\]", re.ASCII)
DOUBT = "row_unknown"
PROJECT = 10
"""Codes of projects are so long; shorter ones beside them are those of groups."""
_GROUP_END = re.compile(r"(?![本当收支]).{4,}[小合]计")
_LONG_CODE = re.compile(r"[0-9A-Z]{10,}", re.ASCII)
_TOTAL = re.compile(r"合\s*计|总\s*计|小\s*计")


@dataclass
class Band:
    """A row of one side: its line, its labels and its figures by column."""

    line: int
    labels: dict[int, list[str]] = field(default_factory=dict)
    figures: dict[int, Piece] = field(default_factory=dict)
    anchored: bool = False
    before: int = 0
    after: int = 0
    doubt: str = ""

    def named(self, names: frozenset[int]) -> bool:
        """True if a label stands in one of the columns."""
        return any(self.labels.get(column) for column in names)

    def text(self, names: frozenset[int]) -> str:
        """The labels of the columns, joined."""
        return "".join("".join(self.labels.get(column, [])) for column in sorted(names))


def bands_of(lines: Sequence[Band], side: Side, layout: Layout) -> list[Band]:
    """The rows of a side from what stands on each of its lines.

    A line with a figure, a code or a line number is a row; a line with words alone is a row
    without figures where it begins with an ordinal, else a part of the name of a row beside it. A
    name is centred on its row: as many lines of it stand before as after. Where that does not come
    out, the rows are in doubt. A row with a code is not: the code says what it is.
    """
    families = {column: layout[column].token.family for column in side.labels}
    names = frozenset(at for at, family in families.items() if family in ("name", "text", "side"))
    coded = frozenset(at for at, family in families.items() if family in ("code", "part"))
    rows: list[Band] = []
    pending: list[Band] = []
    manner = _manner(lines, names)
    far = _usual_distance(lines)
    for line in lines:
        if not line.anchored:
            pending.append(line)
            continue
        before = _close(rows, _apart(rows, pending, line, far), line, names, manner)
        pending = []
        line.before = len(before)
        own = {column: list(texts) for column, texts in line.labels.items()}
        line.labels = {}
        for part in [*before, Band(line.line, own)]:
            _append(line, part)
        rows.append(line)
    _close(rows, _apart(rows, pending, None, far), None, names, manner)
    rows.sort(key=lambda row: row.line)
    uneven = any(row.before != row.after for row in rows if row.anchored)
    codes = {id(row): "".join(row.text(frozenset({at})) for at in sorted(coded)) for row in rows}
    words = frozenset(side.labels)
    projects = any("项目" in layout[at].path[-1] for at in coded) and any(
        _LONG_CODE.search(row.text(words)) for row in rows
    )
    for row in rows:
        odd = row.anchored and (row.before != row.after or not row.named(names)) and names
        if (odd and manner == "centred") or (uneven and len(names) > 2):
            row.doubt = row.doubt or DOUBT
        if manner == "unclear" and row.anchored and row.before + row.after:
            row.doubt = DOUBT
        if row.text(names) == "小计" and len(side.labels) == 1:
            row.doubt = DOUBT  # of what it is the sum stands in a group beside it
        code = codes[id(row)]
        if projects and row.figures and len(code) < PROJECT:
            row.doubt = DOUBT  # the sum of a group of projects; of which, its indent said
            continue
        if coded and row.figures and not code and not _TOTAL.search(row.text(names)):
            row.doubt = DOUBT
        if row.doubt == DOUBT and CODE.match(code):
            row.doubt = ""
    return rows


def _usual_distance(lines: Sequence[Band]) -> float:
    """How many lines apart the rows with figures are, most of them."""
    anchors = [line.line for line in lines if line.anchored]
    steps = [two - one for one, two in pairwise(anchors)]
    return median(steps) if steps else 1.0


def _apart(
    rows: list[Band], pending: Sequence[Band], following: Band | None, far: float
) -> list[Band]:
    """The lines that are near enough to a row to belong to it; the others are rows themselves.

    Lines of one name follow each other more closely than rows do.
    """
    limit = max(1.0, far - 1)
    ends = [rows[-1].line] if rows else []
    starts = [following.line] if following is not None else []
    chain = [*ends, *(line.line for line in pending), *starts]
    near: list[Band] = []
    for at, line in enumerate(pending, start=len(ends)):
        before = at > 0 and line.line - chain[at - 1] <= limit
        after = at + 1 < len(chain) and chain[at + 1] - line.line <= limit
        if before or after:
            near.append(line)
        else:
            rows.append(line)
    return near


def _manner(lines: Sequence[Band], names: frozenset[int]) -> str:
    """How names that wrap stand to their figures: centred, from the top, or it is not clear."""
    anchors = [at for at, line in enumerate(lines) if line.anchored]
    if not anchors:
        return "centred"
    if any(not lines[at].named(names) for at in anchors):
        return "centred"
    loose = [
        at for at, line in enumerate(lines) if not line.anchored and not _opens(line.text(names))
    ]
    if not loose:
        return "centred"
    first, last = loose[0] < anchors[0], loose[-1] > anchors[-1]
    if last and not first:
        return "top"
    return "centred" if first else "unclear"


def _close(
    rows: list[Band],
    pending: Sequence[Band],
    following: Band | None,
    names: frozenset[int],
    manner: str,
) -> list[Band]:
    """Give the lines between two rows to them; returns those that belong to the one that follows.

    Lines that begin with an ordinal are rows of their own, without figures; so are words of rows,
    but not the end of a group's name (某某局小计) where that has begun above its figures.
    """
    last = rows[-1] if rows else None
    owed = last.before - last.after if last is not None and last.anchored else 0
    opens = [
        at
        for at, line in enumerate(pending)
        if _opens(label := line.text(names)) and not (at < owed and _GROUP_END.fullmatch(label))
    ]
    loose = list(pending[: opens[0]] if opens else pending)
    wanted = following is not None and _wants(following, pending, names)
    if manner == "top" or (following is None and not opens):
        need = len(loose)
    elif last is None:
        need = 0
    elif opens or not wanted:
        need = len(loose)
    else:
        need = min(last.before if last.anchored else len(loose), len(loose))
    if last is not None:
        for part in loose[:need]:
            _append(last, part)
        last.after += need
        loose = loose[need:]
    if not opens:
        return loose
    starts = [*opens, len(pending)]
    groups = [list(pending[one:two]) for one, two in pairwise(starts)]
    before = groups.pop() if wanted else []
    for group in groups:
        row = Band(group[0].line)
        for part in group:
            _append(row, part)
        rows.append(row)
    return before


@cache
def _opens(label: str) -> bool:
    """True if a label begins a row: it is numbered, or a word of rows by itself."""
    if opens_entry(label) or _BRACKET.match(label):
        return True
    words = load_vocabulary()
    return any(words.row(side, (squeeze(label),)) is not None for side in ("income", "expenditure"))


def _wants(row: Band, pending: Sequence[Band], names: frozenset[int]) -> bool:
    """True if a row's name may have begun above it: it has none, or not in a column that has."""
    return not row.named(names) or any(
        part.labels.get(column) and not row.labels.get(column)
        for part in pending
        for column in names
    )


def _append(row: Band, part: Band) -> None:
    for column, texts in part.labels.items():
        row.labels.setdefault(column, []).extend(texts)
