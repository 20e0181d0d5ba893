"""Telling the user what a build does: a moving bar on a terminal, plain lines elsewhere."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from expectations.visible import counted

if TYPE_CHECKING:
    from rich.console import Console

_SECONDS_BETWEEN_LINES = 10.0


def open_console() -> "Console":
    """Make the console of a build, on standard output."""
    from rich.console import Console

    return Console(highlight=False, markup=False, emoji=False, soft_wrap=True)


@contextmanager
def step(console: "Console", title: str) -> Iterator[None]:
    """Show that a step of unknown length is under way, and afterwards how long it took."""
    started = time.monotonic()
    if console.is_terminal:
        with console.status(title):
            yield
    else:
        console.print(f"{title} ...")
        yield
    console.print(f"{title}: done in {time.monotonic() - started:.1f} s")


@contextmanager
def follow(console: "Console", title: str, parts: str) -> Iterator[Callable[[str, int, int], None]]:
    """Show a step whose parts are counted once it has begun.

    The caller reports every part that it begins: its name, its number and how many there are.
    """
    said = time.monotonic()
    if console.is_terminal:
        with console.status(title) as status:
            yield lambda name, number, total: status.update(
                f"{title}: {number} of {total} {parts}, {name}"
            )
        return

    def report(name: str, number: int, total: int) -> None:
        nonlocal said
        if time.monotonic() - said >= _SECONDS_BETWEEN_LINES:
            said = time.monotonic()
            console.print(f"  {number} of {total} {parts}: {name}")

    console.print(f"{title} ...")
    yield report


@dataclass(frozen=True)
class Count:
    """What the reader of documents reports: one that is done, a page of a scan that is begun."""

    done: Callable[[str], None]
    page: Callable[[str, int, int], None]


@contextmanager
def count_documents(console: "Console", total: int) -> Iterator[Count]:
    """Show how many documents are read; the caller reports each with its name."""
    title = f"reading {counted(total, 'document')}"
    started = time.monotonic()
    if console.is_terminal:
        from rich.progress import (
            BarColumn,
            MofNCompleteColumn,
            Progress,
            TextColumn,
            TimeElapsedColumn,
        )

        columns = (
            TextColumn("reading"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            TextColumn("{task.fields[name]}", markup=False),
        )
        with Progress(*columns, console=console, transient=True) as progress:
            task = progress.add_task("reading", total=total, name="")
            yield Count(
                lambda name: progress.update(task, advance=1, name=name),
                lambda name, page, pages: progress.update(
                    task, name=f"{name}, scanned page {page} of {pages}"
                ),
            )
        console.print(f"{title}: done in {time.monotonic() - started:.1f} s")
        return
    done = 0
    said = time.monotonic()

    def say(last: str) -> None:
        nonlocal said
        if time.monotonic() - said >= _SECONDS_BETWEEN_LINES:
            said = time.monotonic()
            console.print(f"  {done} of {counted(total, 'document')}, {last}")

    def report(name: str) -> None:
        nonlocal done
        done += 1
        say(f"last: {name}")

    console.print(f"{title} ...")
    yield Count(report, lambda name, page, pages: say(f"{name}: scanned page {page} of {pages}"))
    console.print(f"{title}: done in {time.monotonic() - started:.1f} s")
