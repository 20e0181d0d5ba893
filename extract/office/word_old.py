"""Word documents of before 2007 (.doc) and rich text: LibreOffice makes a .docx of them.

It runs with a profile of its own that forbids macros and links, in a directory that is thrown
away, and for a limited time.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

from extract.errors import DocumentError

OFFICES = ("soffice", "libreoffice")
PATIENCE_SECONDS = 120
_NO_PROXY = "http://127.0.0.1:9"
_SETTINGS = (
    ("org.openoffice.Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("org.openoffice.Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("org.openoffice.Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("org.openoffice.Office.Common/Security/Scripting", "DisableActiveContent", "true"),
    ("org.openoffice.Office.Writer/Content/Update", "Link", "0"),
)


def convert_word(content: bytes, ending: str) -> bytes:
    """A .docx of a document whose true ending is `doc` or `rtf`.

    Raises DocumentError: `converter_missing` without LibreOffice, `broken_file` where it cannot
    read the document, `reader_timeout` where it takes too long.
    """
    office = next((found for name in OFFICES if (found := shutil.which(name))), None)
    if office is None:
        raise DocumentError(
            "converter_missing",
            f"a .{ending} needs LibreOffice, which is not installed; install it, or save the "
            "document as .docx",
        )
    with tempfile.TemporaryDirectory(prefix="gongkai-word-") as name:
        folder = Path(name)
        source = folder / f"document.{ending}"
        source.write_bytes(content)
        _write_profile(folder / "profile")
        said = _run(office, folder, source)
        made = folder / "out" / "document.docx"
        if not made.is_file():
            lines = [line.strip() for line in said.splitlines() if line.strip()]
            line = next((line for line in lines if line.startswith("Error")), "nothing was made")
            raise DocumentError(
                "broken_file",
                f"LibreOffice cannot read the .{ending} ({line}); it needs its part Writer; else "
                "save the document as .docx",
            )
        return made.read_bytes()


def _run(office: str, folder: Path, source: Path) -> str:
    """Convert; gives what the program said."""
    profile = (folder / "profile").as_uri()
    command = [
        office, f"-env:UserInstallation={profile}", "--headless", "--norestore", "--nolockcheck",
        "--convert-to", "docx", "--outdir", str(folder / "out"), str(source),
    ]  # fmt: skip
    proxies = {name: _NO_PROXY for name in ("http_proxy", "https_proxy", "all_proxy")}
    with subprocess.Popen(
        command,
        env={**os.environ, **proxies, "HOME": str(folder)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,  # so that it is ended with all that it started
    ) as process:
        try:
            said, _ = process.communicate(timeout=PATIENCE_SECONDS)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            raise DocumentError(
                "reader_timeout",
                f"LibreOffice took longer than {PATIENCE_SECONDS} s; save the document as .docx",
            ) from None
    return said.decode("utf-8", "replace")


def _write_profile(profile: Path) -> None:
    items = "".join(
        f'<item oor:path="/{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value>'
        "</prop></item>"
        for path, name, value in _SETTINGS
    )
    user = profile / "user"
    user.mkdir(parents=True)
    (user / "registrymodifications.xcu").write_text(
        '<?xml version="1.0" encoding="UTF-8"?><oor:items '
        'xmlns:oor="http://openoffice.org/2001/registry" '
        'xmlns:xs="http://www.w3.org/2001/XMLSchema" '
        f'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">{items}</oor:items>',
        encoding="utf-8",
    )
