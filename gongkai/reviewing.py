"""The review pages of a build, written beside the other side products before it is public."""

import os
import time
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from gongkai.documents import SourceFile
from gongkai.workspace import Workspace
from review.site import Source, write_site

if TYPE_CHECKING:
    from rich.console import Console

_SECONDS_BETWEEN_LINES = 10.0


def write_review_pages(
    console: "Console",
    workspace: Workspace,
    directory: Path,
    publication_id: str,
    made_at: datetime,
    sources: Sequence[SourceFile],
    workers: int,
) -> None:
    """Write the review pages of the candidate below ``directory``; ``made_at`` is UTC.

    Raises OSError when the disk is full.
    """
    write_site(
        workspace.candidate,
        directory / "review",
        Source(
            publication_id=publication_id,
            made_at=made_at,
            paths={source.document_id: source.path for source in sources},
        ),
        workspace.pictures,
        workers=min(workers, os.cpu_count() or 1),
        report=_reporter(console),
    )


def _reporter(console: "Console") -> Callable[[int, int], None]:
    said = time.monotonic()

    def report(done: int, total: int) -> None:
        nonlocal said
        if time.monotonic() - said >= _SECONDS_BETWEEN_LINES:
            said = time.monotonic()
            console.print(f"  {done} of {total} pictures of pages")

    return report
