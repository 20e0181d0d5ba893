"""Drawings that need more than rows of text: areas, and columns over the years.

The numbers drawn are rounded to binary fractions; every text beside them is the exact amount.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

import plotly.graph_objects as go

INK = "#1d2327"
SOFT = "#5b656c"
LINE = "#e2dfd7"
PALETTE = (
    "#1f5f6b",
    "#b3632b",
    "#6a7f3a",
    "#7a4f7e",
    "#3f7cac",
    "#a8893a",
    "#8c3b3b",
    "#4f8f7b",
    "#5a5f8c",
    "#946b52",
)
_FONT = (
    "system-ui, -apple-system, 'Segoe UI', 'PingFang SC', 'Hiragino Sans GB',"
    " 'Microsoft YaHei', 'Noto Sans CJK SC', 'Source Han Sans SC', sans-serif"
)
_LEAST = Decimal("0.015")
"""Share of the whole below which an area has no room for words."""
_LINE = 8
CONFIG: Mapping[str, object] = {
    "displayModeBar": False,
    "displaylogo": False,
    "scrollZoom": False,
    "responsive": True,
}
"""Nothing that leads away from the page, and a page that can be moved with a finger."""


@dataclass(frozen=True)
class Area:
    """A part of a whole; ``group`` is the class that it belongs to, ``text`` its amount."""

    key: str
    label: str
    group: str
    group_label: str
    amount_yuan: Decimal
    text: str


@dataclass(frozen=True)
class Group:
    """A class of areas, with its colour and what they add up to."""

    key: str
    label: str
    colour: str
    amount_yuan: Decimal


@dataclass(frozen=True)
class Series:
    """Amounts by year under one name; None where nothing is printed."""

    label: str
    years: Sequence[int]
    amounts_yuan: Sequence[Decimal | None]
    texts: Sequence[str]


def gather(
    areas: Sequence[Area], rest: Callable[[int], str], amount: Callable[[Decimal], str]
) -> list[Area]:
    """Put areas too small to be seen together: those of one class, and the small classes.

    ``rest`` names so many of them, ``amount`` writes what they add up to. One alone keeps its name;
    what is not positive cannot be drawn and is left out.
    """
    drawn = [area for area in areas if area.amount_yuan > 0]
    least = sum((area.amount_yuan for area in drawn), Decimal(0)) * _LEAST
    large = [group for group in _groups(drawn) if group.amount_yuan >= least]
    gathered: list[Area] = []
    for group in large:
        own = [area for area in drawn if area.group == group.key]
        gathered += [area for area in own if area.amount_yuan >= least]
        gathered += _together([area for area in own if area.amount_yuan < least], rest, amount)
    kept = {group.key for group in large}
    others = [area for area in drawn if area.group not in kept]
    small = len({area.group for area in others})
    if small > 1:
        others = [replace(area, group="rest", group_label=rest(small)) for area in others]
    return gathered + _together(others, rest, amount)


def _together(
    areas: Sequence[Area], rest: Callable[[int], str], amount: Callable[[Decimal], str]
) -> list[Area]:
    if len(areas) < 2:
        return list(areas)
    whole = sum((area.amount_yuan for area in areas), Decimal(0))
    key, label = f"rest-{areas[0].group}", rest(len(areas))
    return [replace(areas[0], key=key, label=label, amount_yuan=whole, text=amount(whole))]


def _groups(areas: Sequence[Area]) -> list[Group]:
    """The classes of areas, the largest first."""
    amounts: dict[str, Decimal] = {}
    labels: dict[str, str] = {}
    for area in areas:
        amounts[area.group] = amounts.get(area.group, Decimal(0)) + area.amount_yuan
        labels.setdefault(area.group, area.group_label)
    ordered = sorted(amounts, key=lambda key: (key == "rest", -amounts[key], key))
    return [
        Group(key, labels[key], PALETTE[at % len(PALETTE)], amounts[key])
        for at, key in enumerate(ordered)
    ]


def treemap(whole: str, areas: Sequence[Area]) -> tuple[go.Figure, list[Group]]:
    """Parts of a whole as areas, those of one class in one colour; ``whole`` is its name.

    Also returns the classes, which have no words in the drawing: an area may be too narrow for
    them. Areas are what ``gather`` gives.
    """
    groups = _groups(areas)
    colours = {group.key: group.colour for group in groups}
    names = [whole, *(group.label for group in groups), *(area.label for area in areas)]
    figure = go.Figure(
        go.Treemap(
            ids=["all"] + [f"g{group.key}" for group in groups] + [area.key for area in areas],
            labels=[plain(whole)] + [""] * len(groups) + [_broken(area.label) for area in areas],
            parents=[""] + ["all"] * len(groups) + [f"g{area.group}" for area in areas],
            values=[0.0] * (len(groups) + 1) + [float(area.amount_yuan) for area in areas],
            text=[""] * (len(groups) + 1) + [area.text for area in areas],
            customdata=[plain(name) for name in names],
            textinfo="label+text",
            hovertemplate="%{customdata}<br>%{text}<extra></extra>",
            marker={
                "colors": ["#fff"]
                + [group.colour for group in groups]
                + [colours[area.group] for area in areas],
                "line": {"width": 1.5, "color": "#fff"},
                "pad": {"t": 2, "l": 2, "r": 2, "b": 2},
                "cornerradius": 4,
            },
            tiling={"pad": 2},
            pathbar={"visible": False},
        )
    )
    figure.update_layout(uniformtext={"minsize": 11, "mode": "hide"})
    return _laid_out(figure, 380), groups


def _broken(label: str) -> str:
    """A label in short lines: the drawing library breaks none."""
    return "<br>".join(plain(label[at : at + _LINE]) for at in range(0, len(label), _LINE))


def columns(series: Sequence[Series], unit: str, unit_yuan: int, stacked: bool) -> go.Figure:
    """Amounts over the years as columns, side by side or on top of each other."""
    figure = go.Figure()
    for at, one in enumerate(series):
        figure.add_bar(
            x=[str(year) for year in one.years],
            y=_values(one, unit_yuan),
            name=plain(one.label),
            marker={"color": PALETTE[at % len(PALETTE)], "cornerradius": 3},
            text=[plain(text) for text in one.texts],
            textposition="none",
            width=None if not stacked else min(0.5, 0.14 * len(one.years)),
            hovertemplate="%{x} · %{fullData.name}<br>%{text}<extra></extra>",
        )
    gap = max(0.3, 0.85 - 0.15 * max((len(one.years) for one in series), default=1))
    figure.update_layout(barmode="stack" if stacked else "group", bargap=gap, bargroupgap=0.08)
    return _with_axes(figure, unit)


def plain(text: str) -> str:
    """A text in which the drawing library finds no tags.

    >>> plain("<b>粗</b> & co")
    '&lt;b&gt;粗&lt;/b&gt; &amp; co'
    """
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _values(series: Series, unit_yuan: int) -> list[float | None]:
    return [None if amount is None else float(amount / unit_yuan) for amount in series.amounts_yuan]


def _with_axes(figure: go.Figure, unit: str) -> go.Figure:
    figure.update_xaxes(type="category", showgrid=False, linecolor=LINE, automargin=True)
    figure.update_yaxes(
        title={"text": unit, "font": {"size": 12, "color": SOFT}, "standoff": 8},
        automargin=True,
        exponentformat="none",
        gridcolor=LINE,
        zerolinecolor=SOFT,
        rangemode="tozero",
        tickformat=",",
    )
    figure.update_layout(
        legend={"orientation": "h", "y": -0.14, "yanchor": "top", "x": 0, "traceorder": "normal"},
        hovermode="closest",
        showlegend=True,
    )
    return _laid_out(figure, 400)


def _laid_out(figure: go.Figure, height: int) -> go.Figure:
    figure.update_layout(
        height=height,
        margin={"t": 8, "l": 4, "r": 4, "b": 4},
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
        font={"family": _FONT, "size": 13, "color": INK},
        hoverlabel={"font": {"family": _FONT, "size": 13}, "bgcolor": "#fff", "bordercolor": LINE},
    )
    return figure
