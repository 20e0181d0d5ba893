"""Exporting a published file, as the command line shows it."""

import time
import traceback
from pathlib import Path
from typing import TYPE_CHECKING

from expectations.visible import one_line
from extract.errors import GongkaiError
from gongkai.errors import disk_full, is_disk_full
from gongkai.progress import follow
from gongkai.workspace import Workspace
from publish.export import Exported, ExportSettings, export_publication

if TYPE_CHECKING:
    from rich.console import Console

_UNITS = ("bytes", "kB", "MB", "GB", "TB")


def export_published(
    console: "Console",
    warehouse: Path,
    target: Path | None = None,
    earlier: Path | None = None,
    *,
    with_raw: bool = False,
) -> int:
    """Export ``warehouse``, tell what was written, and return 0.

    Raises GongkaiError in one line when nothing was written.
    """
    settings = ExportSettings(warehouse, target, earlier, with_raw)
    started = time.monotonic()
    try:
        with follow(console, "exporting", "tables") as report:
            exported = export_publication(settings, report)
    except GongkaiError:
        raise
    except Exception as error:
        place = target or warehouse.parent
        if is_disk_full(error):
            raise disk_full(place, "export") from error
        log = Workspace(warehouse).write_log("error", traceback.format_exc())
        raise GongkaiError(
            f"unexpected {type(error).__name__}; nothing exported, details in {log}"
        ) from error
    _tell(console, exported, time.monotonic() - started)
    return 0


def _tell(console: "Console", exported: Exported, seconds: float) -> None:
    place = one_line(str(exported.directory))
    if not exported.is_new:
        console.print(f"nothing changed: {place} is the export of {exported.publication_id}")
        return
    for line in exported.broken:
        console.print(f"not in the package, for the rows do not keep it: {one_line(line)}")
    changes = exported.changes
    if changes is None:
        console.print("first export: nothing to compare with")
    else:
        added, changed, gone = (
            sum(getattr(table, kind) for table in changes.tables)
            for kind in ("added", "changed", "gone")
        )
        console.print(
            f"changed since {changes.since}: {added} rows added, {changed} changed, {gone} gone"
        )
    if exported.changed_cells:
        console.print(
            f"{exported.changed_cells} cells of CSV files are written so that no spreadsheet runs"
            " them; README.md there says which"
        )
    console.print(
        f"exported {place}: publication {exported.publication_id}, {exported.tables} tables,"
        f" {exported.rows} rows, {_size(exported.size)}, {seconds:.1f} s"
    )


def _size(size: float) -> str:
    for unit in _UNITS:
        if size < 1000 or unit == _UNITS[-1]:
            break
        size /= 1000
    return f"{size:.0f} {unit}"
