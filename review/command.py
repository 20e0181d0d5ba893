"""What the command lines of the review pages and of the dashboard share."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from extract.errors import GongkaiError
from review.visible import one_line

HELP = {"help_option_names": ["-h", "--help"]}
"""Settings of a command: `-h` is `--help`."""

WAREHOUSE = click.option(
    "--warehouse",
    type=click.Path(path_type=Path),
    default=Path("warehouse/gongkai.duckdb"),
    show_default=True,
    help="The published file.",
)


def port_option(usual: int) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """The option `--port`; None when nobody asked for one, see ``review.server.find_port``."""
    return click.option(
        "--port",
        type=click.IntRange(1, 65535),
        help=f"Without it {usual}, or any free one when that is taken.",
    )


def say_where(what: str, port: int, wanted: int | None, usual: int) -> None:
    """Say on the terminal where something is served, and why not where it usually is."""
    if wanted is None and port != usual:
        click.echo(f"port {usual} is taken, so another one is used", err=True)
    click.echo(f"{what}: http://127.0.0.1:{port}/ (Ctrl-C ends)")


def run_command(command: click.Command) -> int:
    """Run a command and return its exit status; what goes wrong is one line on stderr."""
    try:
        command(standalone_mode=False)
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except GongkaiError as error:
        click.echo(f"gongkai: {one_line(str(error))}", err=True)
        return 1
    except (KeyboardInterrupt, click.Abort):
        return 130
    return 0
