"""The models of a published file as one page of dbt's documentation, for those who read models."""

import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from expectations.visible import one_line
from gongkai.errors import BuildError, disk_full, is_disk_full
from gongkai.transform import write_model_pages
from publish.published import read_published

if TYPE_CHECKING:
    from rich.console import Console


def document_models(console: "Console", warehouse: Path, target: Path | None) -> int:
    """Write the page of all models of ``warehouse`` to ``target``, and return 0.

    The page holds everything it needs, so it opens from the file system; by default it stands
    beside the warehouse. The warehouse is only read: dbt works on a copy.
    Raises BuildError or PublicationError in one line when nothing was written.
    """
    if read_published(warehouse) is None:
        raise BuildError(f"{warehouse} does not exist; build it: make build")
    page = target or warehouse.with_suffix(".models.html")
    if page.is_dir():
        raise BuildError(f"{page} is a directory; name a file in it")
    try:
        with tempfile.TemporaryDirectory() as name:
            scratch = Path(name)
            # a name that dbt makes a word of SQL from, whatever the file is called
            copy = shutil.copyfile(warehouse, scratch / "candidate.duckdb")
            written = write_model_pages(copy, scratch)
            page.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(written, page)
    except OSError as error:
        if is_disk_full(error):
            raise disk_full(page.parent, "documentation") from error
        raise BuildError(f"{page} cannot be written: {error.strerror or error}") from error
    console.print(f"models: {one_line(str(page))}")
    return 0
