"""The command line: `python -m dashboard --warehouse FILE`."""

import importlib.util
import socket
import threading
from pathlib import Path

import click

from dashboard.errors import DashboardError
from dashboard.warehouse import read_publication
from extract.errors import GongkaiError
from review.errors import ReviewError
from review.server import open_server, review_directory
from review.visible import one_line

PORT = 8501
_APP = Path(__file__).resolve().parent / "app.py"
_MISSING = "the dashboard's packages are not installed: make dashboard installs them"

# The look is that of the review pages; everything else keeps the page on this computer.
_SETTINGS = {
    "server.address": "127.0.0.1",
    "server.headless": True,
    "server.fileWatcherType": "none",
    "server.runOnSave": False,
    "browser.gatherUsageStats": False,
    "browser.serverAddress": "127.0.0.1",
    "client.toolbarMode": "minimal",
    "logger.hideWelcomeMessage": True,
    "logger.level": "error",
    "client.showErrorDetails": "none",
    "theme.base": "light",
    "theme.primaryColor": "#1f5f6b",
    "theme.backgroundColor": "#fbfaf7",
    "theme.secondaryBackgroundColor": "#f2efe8",
    "theme.textColor": "#1d2327",
    "theme.linkColor": "#1f5f6b",
    "theme.borderColor": "#e2dfd7",
    "theme.baseRadius": "10px",
    "theme.font": (
        'system-ui, -apple-system, "Segoe UI", "PingFang SC", "Hiragino Sans GB",'
        ' "Microsoft YaHei", "Noto Sans CJK SC", "Source Han Sans SC", sans-serif'
    ),
}


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--warehouse",
    type=click.Path(path_type=Path),
    default=Path("warehouse/gongkai.duckdb"),
    show_default=True,
    help="The published file.",
)
@click.option("--port", type=click.IntRange(1, 65535), default=PORT, show_default=True)
def main(warehouse: Path, port: int) -> None:
    """Serve the dashboard of a published warehouse to this computer until Ctrl-C."""
    if importlib.util.find_spec("streamlit") is None:
        raise click.ClickException(_MISSING)
    warehouse = warehouse.resolve()
    try:
        read_publication(warehouse)
    except GongkaiError as error:
        click.echo(f"gongkai: {one_line(str(error))}; the page says so, too", err=True)
    serve(warehouse, _serve_review_pages(warehouse), port)


def _serve_review_pages(warehouse: Path) -> str:
    """Serve the review pages beside the dashboard; return their address, or '' without any."""
    try:
        server = open_server(review_directory(warehouse))
    except ReviewError:
        return ""
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return f"http://127.0.0.1:{server.server_address[1]}"


def serve(warehouse: Path, review: str, port: int) -> None:
    """Run Streamlit until it is interrupted; ``review`` is the address of the review pages."""
    from streamlit.web.cli import main as streamlit

    port = _free_port(port)
    settings = {**_SETTINGS, "server.port": port, "browser.serverPort": port}
    flags = [
        f"--{name}={str(value).lower() if isinstance(value, bool) else value}"
        for name, value in settings.items()
    ]
    click.echo(f"dashboard: http://127.0.0.1:{port}/ (Ctrl-C ends)")
    streamlit(["run", str(_APP), *flags, "--", str(warehouse), review], standalone_mode=False)


def _free_port(wanted: int) -> int:
    """``wanted``, or any other when it is taken."""
    for port in (wanted, 0):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return int(probe.getsockname()[1])
    raise DashboardError("no_port")


def run() -> int:
    """Run the command; what goes wrong is one line."""
    try:
        main(standalone_mode=False)
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except DashboardError as error:
        click.echo(f"gongkai: {one_line(str(error))}", err=True)
        return 1
    except (KeyboardInterrupt, click.Abort):
        return 130
    return 0
