"""The command line: `python -m gongkai build --documents DIR --warehouse FILE`."""

import signal
import traceback
from pathlib import Path
from types import FrameType
from typing import NoReturn

import click

from extract.errors import GongkaiError
from gongkai import __version__
from gongkai.errors import disk_full, is_disk_full
from gongkai.workspace import Workspace

NOTHING_PUBLISHED = 1
INTERRUPTED = 130

_PUBLISHED = click.option(
    "--warehouse",
    type=click.Path(path_type=Path),
    default=Path("warehouse/gongkai.duckdb"),
    show_default=True,
    help="The published file; it is only read.",
)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="gongkai")
def main() -> None:
    """Read published government budgets and final accounts into a validated warehouse."""


@main.command()
@click.option(
    "--documents",
    type=click.Path(path_type=Path),
    default=Path("corpus"),
    show_default=True,
    help="Directory with the documents, at any depth.",
)
@click.option(
    "--warehouse",
    type=click.Path(path_type=Path),
    default=Path("warehouse/gongkai.duckdb"),
    show_default=True,
    help="File to publish.",
)
@click.option(
    "--workers",
    type=click.IntRange(1, 64),
    default=2,
    show_default=True,
    help="Documents read at the same time (at most one per processor).",
)
@click.option(
    "--reader-minutes",
    type=click.FloatRange(0.01),
    default=10.0,
    show_default=True,
    help="Longest time that one document, or one page of a scan, may take to read.",
)
@click.option(
    "--reader-megabytes",
    type=click.IntRange(300),
    default=1500,
    show_default=True,
    help="Most memory that the reading of one document may take (on Linux).",
)
def build(
    documents: Path, warehouse: Path, workers: int, reader_minutes: float, reader_megabytes: int
) -> int:
    """Read, model, validate and publish the documents below a directory.

    Ends with 0 (published, or nothing changed), 3 (published, something was quarantined) or
    1 (nothing published; the file at --warehouse is untouched).
    """
    from gongkai.build import BuildSettings, build_warehouse

    settings = BuildSettings(
        documents=documents.resolve(),
        warehouse=warehouse.resolve(),
        workers=workers,
        reader_seconds=reader_minutes * 60,
        reader_megabytes=reader_megabytes,
    )
    try:
        return build_warehouse(settings)
    except (GongkaiError, KeyboardInterrupt):
        raise
    except Exception as error:
        if is_disk_full(error):
            raise disk_full(settings.warehouse.parent) from error
        log = Workspace(settings.warehouse).write_log("error", traceback.format_exc())
        raise GongkaiError(
            f"unexpected {type(error).__name__}; nothing published, details in {log}"
        ) from error


@main.command()
@_PUBLISHED
def validate(warehouse: Path) -> int:
    """Hold a published file against all expectations; it is only read.

    Ends with 0 (all hold), 3 (only what is worth knowing is broken) or 1 (a promise is broken, or
    the file cannot be read).
    """
    from gongkai.progress import open_console
    from gongkai.validation import validate_published

    return validate_published(open_console(), warehouse.resolve())


@main.command()
@_PUBLISHED
@click.option(
    "--to",
    "target",
    type=click.Path(path_type=Path),
    default=None,
    help="Directory to write: new, empty or an earlier export, which is replaced."
    " [default: export, in the directory of the publication beside the file]",
)
@click.option(
    "--earlier",
    type=click.Path(path_type=Path),
    default=None,
    help="An export or a published file to compare with."
    " [default: the export at --to, else the last one beside the file]",
)
@click.option("--raw", is_flag=True, help="Export schema raw (every cell as it was read), too.")
def export(warehouse: Path, target: Path | None, earlier: Path | None, raw: bool) -> int:
    """Write a published file as Parquet, CSV with a data package, and SQL for other databases.

    Ends with 0 (written, or there already) or 1 (nothing written; what was there is untouched).
    """
    from gongkai.exporting import export_published
    from gongkai.progress import open_console

    return export_published(
        open_console(),
        warehouse.resolve(),
        target.resolve() if target else None,
        earlier.resolve() if earlier else None,
        with_raw=raw,
    )


@main.command()
@_PUBLISHED
@click.option(
    "--to",
    "target",
    type=click.Path(path_type=Path),
    default=None,
    help="Page to write. [default: beside the file, with the ending .models.html]",
)
def models(warehouse: Path, target: Path | None) -> int:
    """Write dbt's documentation of all models as one page that needs no network.

    Ends with 0 (written) or 1 (nothing written).
    """
    from gongkai.model_pages import document_models
    from gongkai.progress import open_console

    return document_models(
        open_console(), warehouse.resolve(), target.resolve() if target else None
    )


def run() -> int:
    """Run the command; whatever happens, the user sees at most one line of it."""
    signal.signal(signal.SIGTERM, _interrupt)
    try:
        status = main(standalone_mode=False)
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except GongkaiError as error:
        return _fail(" ".join(str(error).split()))
    except (KeyboardInterrupt, click.Abort):
        click.echo("\ngongkai: interrupted; nothing published", err=True)
        return INTERRUPTED
    except BrokenPipeError:
        return NOTHING_PUBLISHED
    return status if isinstance(status, int) else 0


def _fail(message: str) -> int:
    click.echo(f"gongkai: {message}", err=True)
    return NOTHING_PUBLISHED


def _interrupt(number: int, frame: FrameType | None) -> NoReturn:
    raise KeyboardInterrupt
