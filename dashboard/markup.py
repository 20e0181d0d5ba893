"""HTML of the dashboard: templates in which everything filled in is escaped and nothing acts.

Figures stand in the page as text, so that they can be read, copied and searched; each leads to
the cell that prints it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from review.as_read import anchor
from review.visible import visible

_HERE = Path(__file__).resolve().parent


@dataclass(frozen=True)
class Link:
    """Where a figure is printed, or what else can be looked at; ``address`` '' when nowhere."""

    text: str
    address: str


@dataclass(frozen=True)
class Figure:
    """A figure as text; ``exact`` is shown when a pointer rests on it. ``missing``: not printed."""

    text: str
    exact: str = ""
    missing: bool = False
    link: Link | None = None


@dataclass(frozen=True)
class Tile:
    """A figure with its name."""

    label: str
    figure: Figure
    note: str = ""


@dataclass(frozen=True)
class Bar:
    """A row of a bar chart; ``width`` from 0 to 100."""

    label: str
    figure: Figure
    width: float
    note: str = ""
    share: str = ""
    code: str = ""
    negative: bool = False


@dataclass(frozen=True)
class Cell:
    """A place of a table; ``tint`` from 0 to 1 colours it, ``kind`` is a class of the style.

    Cells of the kind `text` are left out on narrow screens, where ``narrow`` is shown.
    """

    text: str
    exact: str = ""
    kind: str = ""
    tint: float = 0.0
    link: Link | None = None
    note: str = ""
    narrow: str = ""


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(_HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_finalize,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _finalize(value: Any) -> Any:
    if isinstance(value, str) and not isinstance(value, Markup):
        return visible(value)
    return value


def render(template: str, **values: Any) -> str:
    """Fill a template of the dashboard."""
    return _environment().get_template(template).render(**values)


def style() -> str:
    """The style sheet, as an element of the page."""
    return f"<style>{(_HERE / 'assets' / 'dashboard.css').read_text('utf-8')}</style>"


def bars(rows: Sequence[Bar]) -> str:
    """A bar chart as rows: name, bar, figure, share."""
    return render("bars.html", rows=rows)


def tiles(rows: Sequence[Tile]) -> str:
    """Figures with their names, side by side."""
    return render("tiles.html", tiles=rows)


def table(columns: Sequence[Cell], rows: Sequence[Sequence[Cell]], caption: str) -> str:
    """A table whose first column stays in sight while the others are moved."""
    return render("table.html", columns=columns, rows=rows, caption=caption)


def printed_at(review: str, document_id: str, cell_id: str | None) -> str:
    """The address of a printed cell on the review pages; '' when there are none.

    ``review`` is the address of the review pages.
    """
    if not review:
        return ""
    place = f"#{anchor(cell_id)}" if cell_id else ""
    return f"{review}/documents/{document_id}.html{place}"
