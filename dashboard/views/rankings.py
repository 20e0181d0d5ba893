"""Leaves as a bar chart: name, bar, amount, share, and the way to the print."""

from collections.abc import Sequence
from decimal import Decimal

import streamlit as st

from dashboard.amounts import share_text
from dashboard.context import Context
from dashboard.markup import Bar, Link, bars, render

MOST = 15
"""Bars that are shown at once; the rest is in the data."""

_FEW = 3
"""Zeros that are shown as bars."""


def bar(
    context: Context,
    label: str,
    amount_yuan: Decimal | None,
    largest_yuan: Decimal,
    share: Decimal | None,
    link: Link | None,
    code: str = "",
    note: str = "",
) -> Bar:
    """A bar as wide as its amount is beside the largest."""
    width = 100 * float(abs(amount_yuan or Decimal(0)) / largest_yuan) if largest_yuan else 0.0
    return Bar(
        label=label,
        figure=context.figure(amount_yuan, link),
        width=width,
        share="" if share is None else share_text(share),
        code=code,
        note=note,
        negative=(amount_yuan or 0) < 0,
    )


def largest(amounts: Sequence[Decimal | None]) -> Decimal:
    """The largest amount, with no regard to its sign; 0 without any."""
    return max((abs(amount) for amount in amounts if amount is not None), default=Decimal(0))


def show_bars(context: Context, rows: Sequence[Bar], most: int = MOST) -> None:
    """Show the first bars, and say how many there are; many zeros are named in one line."""
    zeros = [row for row in rows if not row.width and not row.figure.missing]
    if _FEW < len(zeros) < len(rows):
        rows = [row for row in rows if row not in zeros]
    else:
        zeros = []
    st.html(bars(rows[:most]))
    lines = []
    if len(rows) > most:
        lines.append(context.say("first_of", most=most, all=len(rows)))
    if zeros:
        names = [row.label for row in zeros] if len(zeros) <= most else []
        text = "、".join(names) or context.say("so_many", n=len(zeros))
        lines.append(context.say("printed_zero", names=text))
    if lines:
        st.html(render("line.html", kind="soft", text=" ".join(lines)))
