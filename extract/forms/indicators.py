"""Indicators of a form, row by row, with the classes that merged cells give to several rows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from extract.figures import is_amount, is_blank, parse_amount
from extract.forms.columns import Spec, cell_at, extent
from extract.forms.model import Form, Indicator
from extract.forms.noisy_classes import CutClasses
from extract.forms.noisy_indicators import read_noisy
from extract.forms.pending import WaitingClasses
from extract.forms.words import indicator_level
from extract.page import UNCERTAIN, UNREAD, GridCell
from extract.text import has_chinese, squeeze, trim

_NOISY = frozenset({"tabbed"})
"""Origins of grids whose merged cells are lost: a class is only what its own row prints."""


def score_of(text: str) -> Decimal | None:
    """A weight or a score, `10`, `10分` or `10%`; None for other text.

    >>> score_of("10分"), score_of("无")
    (Decimal('10'), None)
    """
    flat = re.sub(r"(?:分|%)$", "", squeeze(text))
    value = parse_amount(flat) if is_amount(flat) else None
    return value if value is not None and abs(value) < Decimal(10) ** 9 else None


def score_in(cell: GridCell) -> Decimal | None:
    """The points that a cell prints; None where a picture does not show them for certain."""
    return None if cell.doubt == UNCERTAIN else score_of(cell.text)


@dataclass
class IndicatorTable:
    """The columns of a form's indicators, and the classes under which the rows stand."""

    specs: list[Spec] = field(default_factory=list)
    classes: dict[tuple[int, str], str] = field(default_factory=dict)
    waiting: WaitingClasses = field(default_factory=WaitingClasses)
    cut: CutClasses = field(default_factory=CutClasses)

    def flush(self, form: Form) -> None:
        """Forget the classes: another form or another table begins."""
        self.waiting.settle_all(form)
        self.classes = {}
        self.cut = CutClasses()

    def is_outside(self, cell: GridCell) -> bool:
        """True for a cell that begins to the left of the classes, or spans most of the table."""
        own = [spec for spec in self.specs if spec.field.startswith("level_")]
        if not own:
            return True
        x0, x1 = extent(cell)
        left = min(spec.x0 for spec in own)
        right = max(spec.x1 for spec in self.specs)
        return x0 < left - 1 or (x1 - x0) > 0.8 * (right - left) or (x0 + x1) / 2 <= own[0].x1

    def take(
        self,
        form: Form,
        page_number: int | None,
        starting: Sequence[GridCell],
        covering: Sequence[GridCell],
        first_of_part: bool,
        origin: str,
    ) -> None:
        """Read one row: an indicator for each target column of each group."""
        noisy = origin in _NOISY
        self.waiting.turn_to(page_number)
        for group in sorted({spec.group for spec in self.specs}):
            own = [spec for spec in self.specs if spec.group == group]
            level_1, level_2 = self._classes_of(form, group, own, covering, first_of_part, noisy)
            known = len(form.indicators)
            texts = _texts_below(own, starting, noisy)
            name = texts.get("level_3")
            if name is None and not any(spec.field == "level_3" for spec in own):
                name = texts.get("level_2")
            targets = [spec for spec in own if spec.field == "target"]
            if noisy:
                name, texts = read_noisy(own, starting, texts)
            printed = [
                (spec, cell)
                for spec in targets
                if (cell := texts.get(f"target:{spec.x0}")) is not None
            ]
            if noisy and "target:" in texts:
                printed.append((Spec("target", 0, 0, ""), texts["target:"]))
            if name is None and (noisy or not printed):
                continue
            if first_of_part and self._is_rest(form, name, printed, texts):
                continue
            self._add(form, page_number, level_1, level_2, name, printed, texts)
            if noisy and name is not None and len(name.lines) > 1:
                last = form.indicators[-1]
                form.indicators[-1] = replace(last, pieces=tuple(map(squeeze, name.lines)))
            self.waiting.note(group, range(known, len(form.indicators)))
        self.waiting.end_row()

    def _classes_of(
        self,
        form: Form,
        group: int,
        own: Sequence[Spec],
        covering: Sequence[GridCell],
        first_of_part: bool,
        noisy: bool,
    ) -> tuple[str, str]:
        if noisy:
            return self.cut.take(form, own, covering)
        found: dict[str, str] = {}
        for name in ("level_1", "level_2"):
            spec = next((s for s in own if s.field == name), None)
            if spec is None:
                found[name] = self.classes.get((0, name), "") if name == "level_1" else ""
                continue
            cell = cell_at(spec, covering)
            text = squeeze(cell.text) if cell is not None and not is_blank(cell.text) else ""
            before = self.classes.get((group, name), "")
            torn = first_of_part and text and before and indicator_level(text) is None
            if torn and indicator_level(before + text) is not None:
                text = before + text
            self.waiting.see(form, (group, name), cell, text, before)
            if text and text != before:
                self.classes[(group, name)] = text
                if name == "level_1":
                    self.classes.pop((group, "level_2"), None)
            found[name] = text or before
        return found["level_1"], found["level_2"]

    def _is_rest(
        self,
        form: Form,
        name: GridCell | None,
        printed: Sequence[tuple[Spec, GridCell]],
        texts: dict[str, GridCell],
    ) -> bool:
        """Join the first row of a page to the last of the page before, if it is its rest."""
        if not form.indicators:
            return False
        last = form.indicators[-1]
        wanted = any(spec.field == "target" for spec in self.specs)
        lone = not printed and wanted and "weight" not in texts and bool(last.target)
        if name is not None and lone and indicator_level(name.text) is None:
            form.indicators[-1] = replace(last, level_3=last.level_3 + _flat(name))
            return True
        if name is None and len(printed) == 1 and not last.target:
            form.indicators[-1] = replace(last, target=_flat(printed[0][1]), cell=printed[0][1])
            return True
        return False

    def take_tail(self, form: Form, cell: GridCell) -> bool:
        """Give a lone text at the head of a page to the last indicator's cell above it."""
        if not form.indicators:
            return False
        x0, x1 = extent(cell)
        over = next((s for s in self.specs if s.x0 - 1 <= (x0 + x1) / 2 <= s.x1 + 1), None)
        last = form.indicators[-1]
        if over is None:
            return False
        rest = _flat(cell)
        if over.field == "level_3":
            form.indicators[-1] = replace(last, level_3=last.level_3 + rest)
        elif over.field == "target":
            torn = re.search(r"[0-9]", last.target + rest) is not None
            form.indicators[-1] = replace(last, target=last.target + rest, torn=torn)
        elif over.field == "reason":
            form.indicators[-1] = replace(last, reason=last.reason + rest)
        elif over.field == "actual":
            form.indicators[-1] = replace(last, actual=last.actual + rest)
        else:
            return False
        return True

    def _add(
        self,
        form: Form,
        page_number: int | None,
        level_1: str,
        level_2: str,
        name: GridCell | None,
        printed: Sequence[tuple[Spec, GridCell]],
        texts: dict[str, GridCell],
    ) -> None:
        def text_of(what: str) -> str:
            cell = texts.get(what)
            return _flat(cell) if cell is not None else ""

        result = _result_target(printed)
        pairs: list[tuple[Spec | None, GridCell | None]] = [*printed] or [(None, name)]
        for spec, cell in pairs:
            assert cell is not None
            own = spec is None or spec is result
            target = _flat(cell) if spec is not None else ""
            if target and not is_blank(target):
                target = f"{text_of('operator')}{target}"
                unit = text_of("unit")
                if unit and not target.endswith(unit) and re.search(r"[0-9]$", target):
                    target += unit
            form.indicators.append(
                Indicator(
                    page_number, cell, spec.horizon or "year" if spec else "year",
                    level_1, level_2, _flat(name) if name is not None else "",
                    target,
                    text_of("actual") if own else "",
                    score_of(text_of("weight")) if own else None,
                    score_of(text_of("score")) if own else None,
                    text_of("reason") if own else "",
                )
            )  # fmt: skip


def _result_target(printed: Sequence[tuple[Spec, GridCell]]) -> Spec | None:
    """The target that result, weight and score belong to: the one of the year."""
    years = [spec for spec, _ in printed if spec.horizon in ("", "year")]
    return years[-1] if years else (printed[-1][0] if printed else None)


def _texts_below(
    specs: Sequence[Spec], cells: Sequence[GridCell], noisy: bool
) -> dict[str, GridCell]:
    """The cells of a row by field; targets by field and place."""
    found: dict[str, GridCell] = {}
    taken: set[int] = set()
    for spec in specs:
        cell = cell_at(spec, cells)
        if cell is None or id(cell) in taken or is_blank(cell.text):
            continue
        if spec.field in ("level_1",) or (spec.field == "level_2" and noisy):
            continue
        taken.add(id(cell))
        key = f"target:{spec.x0}" if spec.field == "target" else spec.field
        found.setdefault(key, cell)
    return found


def _flat(cell: GridCell) -> str:
    text = trim(cell.text)
    if cell.doubt == UNCERTAIN:  # words of a picture stand, its figures do not
        text = re.sub(r"[0-9]", UNREAD, text)
    return (
        text.replace(" ", "")
        if has_chinese(text) and not re.search(r"[0-9] [0-9]", text)
        else (text)
    )
