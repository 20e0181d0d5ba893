"""Serving the review pages of a publication to this computer alone."""

from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from publish.publication import publications_directory
from review.errors import ReviewError

PORT = 8765
"""Tried first, so that the address is the same every time."""


def review_directory(warehouse: Path) -> Path:
    """Find the pages of the publication that ``warehouse`` is.

    Raises ReviewError when there are none.
    """
    directory = publications_directory(warehouse) / "current" / "review"
    if not (directory / "index.html").is_file():
        raise ReviewError(f"{warehouse} has no review pages; build it: make build")
    return directory


def open_server(directory: Path, port: int = PORT) -> ThreadingHTTPServer:
    """Open a server for the files below ``directory``, on the loopback address.

    When ``port`` is taken, any free one is used; ``server_address`` of the result tells which.
    """
    handler = partial(_Handler, directory=str(directory))
    try:
        return ThreadingHTTPServer(("127.0.0.1", port), handler)
    except OSError:
        return ThreadingHTTPServer(("127.0.0.1", 0), handler)


class _Handler(SimpleHTTPRequestHandler):
    """Files only, no lists of directories, and nothing said about each request."""

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""

    def list_directory(self, path: Any) -> None:
        """Refuse."""
        self.send_error(404)

    def end_headers(self) -> None:
        """Keep a browser from guessing types and from keeping pages of an older publication."""
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Cache-Control", "no-cache")
        super().end_headers()
