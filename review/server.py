"""Serving the review pages of a publication to this computer alone."""

import contextlib
import socket
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from publish.publication import publications_directory
from review.errors import ReviewError

HOST = "127.0.0.1"
PORT = 8765
"""Where the pages are served if nothing else is, so that the address stays the same."""


def review_directory(warehouse: Path) -> Path:
    """Find the pages of the publication that ``warehouse`` is.

    Raises ReviewError when there are none.
    """
    directory = publications_directory(warehouse) / "current" / "review"
    if not (directory / "index.html").is_file():
        raise ReviewError(f"{warehouse} has no review pages; build it: make build")
    return directory


def find_port(wanted: int | None, usual: int) -> int:
    """Find a free port of the loopback address: ``wanted``; without it ``usual``, else any.

    Raises ReviewError when ``wanted`` is taken, or none is free.
    """
    for port in (usual, 0) if wanted is None else (wanted,):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            with contextlib.suppress(OSError):
                probe.bind((HOST, port))
                return int(probe.getsockname()[1])
    if wanted is None:
        raise ReviewError("no port is free")
    raise ReviewError(f"port {wanted} is taken or not allowed; give another --port, or none")


def open_server(directory: Path, port: int) -> ThreadingHTTPServer:
    """Open a server for the files below ``directory``, on the loopback address.

    ``port`` 0 is any free one; ``server_address`` of the result tells which.
    """
    return ThreadingHTTPServer((HOST, port), partial(_Handler, directory=str(directory)))


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
