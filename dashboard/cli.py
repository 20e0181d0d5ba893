"""The command line: `python -m dashboard --warehouse FILE`."""

import importlib.util
import threading
from pathlib import Path

import click

from dashboard.warehouse import read_publication
from review.command import HELP, WAREHOUSE, port_option, run_command, say_where
from review.errors import ReviewError
from review.server import HOST, find_port, open_server, review_directory
from review.server import PORT as REVIEW_PORT

PORT = 8501
_APP = Path(__file__).resolve().parent / "app.py"
_MISSING = "the dashboard's packages are not installed: make dashboard installs them"

# The look is that of the review pages; everything else keeps the page on this computer.
_SETTINGS = {
    "server.address": HOST,
    "server.headless": True,
    "server.fileWatcherType": "none",
    "server.runOnSave": False,
    "browser.gatherUsageStats": False,
    "browser.serverAddress": HOST,
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


@click.command(context_settings=HELP)
@WAREHOUSE
@port_option(PORT)
def main(warehouse: Path, port: int | None) -> None:
    """Serve the dashboard of a published warehouse to this computer until Ctrl-C."""
    if importlib.util.find_spec("streamlit") is None:
        raise click.ClickException(_MISSING)
    warehouse = warehouse.resolve()
    read_publication(warehouse)
    free = find_port(port, PORT)
    review = _serve_review_pages(warehouse)
    say_where("dashboard", free, port, PORT)
    serve(warehouse, review, free)


def _serve_review_pages(warehouse: Path) -> str:
    """Serve the review pages beside the dashboard; return their address, or '' without any."""
    try:
        directory = review_directory(warehouse)
    except ReviewError:
        return ""
    server = open_server(directory, find_port(None, REVIEW_PORT))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return f"http://{HOST}:{server.server_address[1]}"


def serve(warehouse: Path, review: str, port: int) -> None:
    """Run Streamlit until it is interrupted; ``review`` is the address of the review pages."""
    from streamlit.web.cli import main as streamlit

    settings = {**_SETTINGS, "server.port": port, "browser.serverPort": port}
    flags = [
        f"--{name}={str(value).lower() if isinstance(value, bool) else value}"
        for name, value in settings.items()
    ]
    streamlit(["run", str(_APP), *flags, "--", str(warehouse), review], standalone_mode=False)


def run() -> int:
    """Run the command; what goes wrong is one line."""
    return run_command(main)
