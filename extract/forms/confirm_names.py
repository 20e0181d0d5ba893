"""Names of indicators in text made from pages, confirmed by the same name printed elsewhere.

Where a text cuts a name between two cells, a rest of the cut character may stand at the head of
the second one, or the character itself once more (`满意 | 意度`). That it is one is certain only
where the document prints the name without it elsewhere; else the name stays as the text has it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from extract.forms.model import Form
from extract.text import has_chinese, squeeze

_SHORTEST = 4
"""A name of fewer characters is no evidence."""


def confirm_names(forms: Iterable[Form]) -> None:
    """Settle names with a character too many at the edge of a cell (in place)."""
    held = list(forms)
    printed = {squeeze(one.level_3) for form in held for one in form.indicators}
    for form in held:
        form.indicators = [
            replace(indicator, level_3=_confirmed(indicator.pieces, printed) or indicator.level_3)
            for indicator in form.indicators
        ]


def _confirmed(pieces: Sequence[str], printed: set[str]) -> str:
    """The name that the pieces print with one character too many, '' where there is none.

    >>> _confirmed(("服务对象满", "i意度"), {"服务对象满意度"})
    '服务对象满意度'
    >>> _confirmed(("总成本控制", "数"), {"总成本控制"})
    ''
    """
    found = {
        name
        for at in range(1, len(pieces))
        if pieces[at][1:] or not has_chinese(pieces[at])
        if (name := "".join([*pieces[:at], pieces[at][1:], *pieces[at + 1 :]])) in printed
    }
    return found.pop() if len(found) == 1 and all(len(name) >= _SHORTEST for name in found) else ""
