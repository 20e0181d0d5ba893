"""Where a build keeps its own files: a hidden directory beside the warehouse, one per warehouse.

<directory of WAREHOUSE>/.gongkai/<file name of WAREHOUSE>/
    lock               held while a build runs
    cache/             one Parquet set per document content
    pictures/          pictures of pages that findings are about
    candidate.duckdb   the warehouse in the making, never seen by users
    target/ logs/      what dbt writes; logs of errors
"""

import contextlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from gongkai.errors import BuildError, disk_full, is_disk_full


@dataclass(frozen=True)
class Workspace:
    """The directory of one warehouse's builds."""

    warehouse: Path

    @property
    def directory(self) -> Path:
        """Everything below it belongs to the builds of this warehouse."""
        return self.warehouse.parent / ".gongkai" / self.warehouse.name

    @property
    def cache(self) -> Path:
        """Parquet sets of documents, reused between builds."""
        return self.directory / "cache"

    @property
    def pictures(self) -> Path:
        """Pictures of pages for the review pages, reused between builds."""
        return self.directory / "pictures"

    @property
    def candidate(self) -> Path:
        """The DuckDB file that dbt and the expectations work on."""
        return self.directory / "candidate.duckdb"

    @property
    def target(self) -> Path:
        """What dbt compiles and reports."""
        return self.directory / "target"

    @property
    def rejected(self) -> Path:
        """Report and Data Docs of the last candidate that failed validation."""
        return self.directory / "rejected"

    @property
    def logs(self) -> Path:
        """Logs of dbt and of unexpected errors."""
        return self.directory / "logs"

    def clear(self) -> None:
        """Remove what an earlier build left in the making; the cache and the logs stay."""
        for leftover in self.directory.glob("candidate.duckdb*"):
            if leftover.is_dir():
                shutil.rmtree(leftover, ignore_errors=True)
            else:
                leftover.unlink(missing_ok=True)
        shutil.rmtree(self.target, ignore_errors=True)

    def write_log(self, name: str, text: str) -> Path:
        """Write a log file of this moment and return its path; elsewhere if it cannot be here."""
        file_name = f"{name}-{datetime.now(UTC):%Y%m%dT%H%M%S}-{os.getpid()}.log"
        for directory in (self.logs, Path(tempfile.gettempdir())):
            try:
                directory.mkdir(parents=True, exist_ok=True)
                path = directory / file_name
                path.write_text(text, encoding="utf-8", errors="replace")
            except OSError:
                continue
            return path
        return Path(os.devnull)


def open_workspace(warehouse: Path) -> Workspace:
    """Make the workspace of ``warehouse``, and prove that the warehouse can be written there.

    Raises BuildError in one line when its directory cannot be made or written.
    """
    workspace = Workspace(warehouse)
    try:
        workspace.directory.mkdir(parents=True, exist_ok=True)
        workspace.cache.mkdir(exist_ok=True)
        workspace.logs.mkdir(exist_ok=True)
        with tempfile.TemporaryFile(dir=warehouse.parent) as probe:
            probe.write(b"0")
    except OSError as error:
        if is_disk_full(error):
            raise disk_full(warehouse.parent) from error
        raise BuildError(
            f"WAREHOUSE {warehouse} cannot be written: {error.strerror or error}"
        ) from error
    return workspace


@contextlib.contextmanager
def hold_lock(workspace: Workspace) -> Iterator[None]:
    """Keep a second build of the same warehouse out; the lock goes when the process ends."""
    from filelock import FileLock, Timeout

    lock = FileLock(workspace.directory / "lock", blocking=False)
    try:
        lock.acquire()
    except Timeout:
        raise BuildError(
            f"another build is at work on {workspace.warehouse}; wait for it to end"
        ) from None
    try:
        yield
    finally:
        lock.release()
