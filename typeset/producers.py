"""Programs that lay out and break pages themselves, by name, and whether they are here."""

from __future__ import annotations

import importlib
import importlib.util
import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

from typeset.markup import write_html
from typeset.model import Disclosure
from typeset.spreadsheet import write_spreadsheet
from typeset.text import FONTS
from typeset.typst_source import write_typst

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
OFFICES = ("soffice", "libreoffice")
LIBRARIES = {"weasyprint": "weasyprint", "typst": "typst"}
PATIENCE = 120


class ProducerMissingError(RuntimeError):
    """The program or library that a page style needs is not installed here."""


def missing_producer(producer: str) -> str | None:
    """Why a producer cannot be used here; None when it can.

    WeasyPrint needs the system library Pango beside its wheel, so it is loaded to find out.
    """
    if producer == "weasyprint" and importlib.util.find_spec("weasyprint"):
        try:
            importlib.import_module("weasyprint")
        except OSError as error:
            return f"weasyprint cannot load a system library: {str(error).splitlines()[0]}"
    if producer in LIBRARIES:
        here: object = importlib.util.find_spec(LIBRARIES[producer])
    else:
        names = {"chromium": BROWSERS, "libreoffice": OFFICES, "reportlab": ()}[producer]
        here = producer == "reportlab" or _find(names)
    return None if here else f"{producer} is not installed"


def _find(names: tuple[str, ...]) -> str | None:
    return next((path for name in names if (path := shutil.which(name))), None)


def _need(producer: str) -> None:
    if reason := missing_producer(producer):
        raise ProducerMissingError(reason)


def print_with_weasyprint(disclosure: Disclosure, out: Path) -> None:
    """Print the disclosure's HTML page with WeasyPrint."""
    _need("weasyprint")
    from weasyprint import HTML

    HTML(string=write_html(disclosure, disclosure), base_url=str(FONTS)).write_pdf(out)


def print_with_chromium(disclosure: Disclosure, out: Path) -> None:
    """Print the disclosure's HTML page with a browser."""
    _need("chromium")
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "page.html"
        page.write_text(write_html(disclosure, disclosure), encoding="utf-8")
        _run(
            _find(BROWSERS) or "",
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--allow-file-access-from-files",
            f"--user-data-dir={folder}/profile",
            "--no-pdf-header-footer",
            f"--print-to-pdf={out.absolute()}",
            page.as_uri(),
        )


def print_with_typst(disclosure: Disclosure, out: Path) -> None:
    """Compile the disclosure's Typst source; only the shipped fonts are used."""
    _need("typst")
    import typst

    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "page.typ"
        source.write_text(write_typst(disclosure), encoding="utf-8")
        typst.compile(source, output=out, font_paths=[FONTS], ignore_system_fonts=True)


def print_with_libreoffice(disclosure: Disclosure, out: Path) -> None:
    """Convert the disclosure's spreadsheet, one sheet per table, with LibreOffice."""
    _need("libreoffice")
    with tempfile.TemporaryDirectory() as folder:
        sheet = Path(folder) / "page.fods"
        sheet.write_text(write_spreadsheet(disclosure), encoding="utf-8")
        fonts = Path(folder) / "fonts.conf"
        fonts.write_text(
            f"<fontconfig><dir>{FONTS}</dir><cachedir>{folder}/cache</cachedir></fontconfig>",
            encoding="utf-8",
        )
        _run(
            _find(OFFICES) or "",
            f"-env:UserInstallation=file://{folder}/profile",
            "--headless",
            "--convert-to",
            "pdf",
            "--outdir",
            folder,
            str(sheet),
            FONTCONFIG_FILE=str(fonts),
        )
        shutil.copyfile(sheet.with_suffix(".pdf"), out)


def _run(*command: str, **environment: str) -> None:
    """Run a program quietly; raises CalledProcessError with what it said when it fails."""
    subprocess.run(
        command,
        env={**os.environ, **environment},
        capture_output=True,
        check=True,
        timeout=PATIENCE,
    )


FLOWING: Mapping[str, Callable[[Disclosure, Path], None]] = {
    "weasyprint": print_with_weasyprint,
    "chromium": print_with_chromium,
    "typst": print_with_typst,
    "libreoffice": print_with_libreoffice,
}
"""How each producer prints a disclosure to a path."""
