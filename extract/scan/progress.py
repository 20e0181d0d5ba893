"""Which page of a scan is being read: a page takes seconds, so whoever waits is told."""

from __future__ import annotations

from collections.abc import Callable
from contextvars import ContextVar

Listener = Callable[[int, int], None]
"""Hears the number of the page that is begun, and how many pages the file has."""

_listener: ContextVar[Listener | None] = ContextVar("listener", default=None)


def listen(listener: Listener | None) -> None:
    """Tell this listener of the pages that are read from now on; None: nobody."""
    _listener.set(listener)


def tell_page(number: int, total: int) -> None:
    """Say that a page is begun."""
    listener = _listener.get()
    if listener is not None:
        listener(number, total)
