"""A disclosure as a web page in any encoding that sites have, or as a saved one (.mht)."""

from __future__ import annotations

import base64
import re
import textwrap
from dataclasses import replace
from pathlib import Path

from typeset.files.manners import Manner
from typeset.markup import write_html
from typeset.model import Disclosure

_ENCODINGS = {
    Manner.GB_DECLARED: ("gb18030", "gb2312"),
    Manner.GB_UNDECLARED: ("gb18030", ""),
    Manner.GB_CALLED_UTF8: ("gb18030", "utf-8"),
    Manner.UTF8_CALLED_GB: ("utf-8", "gb2312"),
    Manner.UTF16: ("utf-16", "utf-16"),
    Manner.BOM: ("utf-8-sig", ""),
}
"""What the bytes are, and what the page says that they are."""
_TABLE = re.compile(r"(<section class='(?:wide|upright)'>.*?</section>)", re.DOTALL)
_MENU = "<table class='page'><tr><td><ul><li>首页</li><li>信息公开</li></ul></td><td>"


def write_web(
    disclosure: Disclosure, out: Path, manners: frozenset[Manner], front: Disclosure | None
) -> None:
    """Write a disclosure as one page of HTML, or as a mail with that page for an .mht.

    Cover and sentences are those of ``front``.

    Nested: the page stands in tables that only arrange it. Hidden: elements that are not shown
    hold other figures.
    """
    own = next((each for each in _ENCODINGS if each in manners), None)
    encoding, declared = _ENCODINGS[own] if own else ("utf-8", "utf-8")
    page = write_html(disclosure, front, declared, printed=False)
    if Manner.HIDDEN in manners:
        decoy = write_html(_first_table_again(disclosure), None, printed=False)
        body = decoy.partition("<body>")[2].partition("</body>")[0]
        page = page.replace("<body>", f"<body><div style='display: none'>{body}</div>", 1)
        row = "<tr style='display:none'><td>草稿</td><td>987.65</td></tr>"
        page = page.replace("<tbody>", f"<tbody>{row}")
    if Manner.NESTED in manners:
        page = _TABLE.sub(rf"{_MENU}\1</td></tr></table>", page)
    content = page.encode(encoding)
    out.write_bytes(_as_mail(content, declared) if out.suffix == ".mht" else content)


def _first_table_again(disclosure: Disclosure) -> Disclosure:
    """The first table alone, with other figures."""
    table = disclosure.tables[0]
    amounts = {column.field for column in table.columns if column.is_amount}
    rows = tuple(
        replace(
            row,
            cells={
                field: f"9{text}" if field in amounts and text else text
                for field, text in row.cells.items()
            },
        )
        for row in table.rows
    )
    return replace(disclosure, tables=(replace(table, rows=rows),))


def _as_mail(content: bytes, charset: str) -> bytes:
    """A page as browsers save it in one file: a part of a mail, in base64."""
    packed = "\r\n".join(textwrap.wrap(base64.b64encode(content).decode("ascii"), 76))
    said = f'; charset="{charset}"' if charset else ""
    lines = (
        "From: <Saved by a browser>",
        "MIME-Version: 1.0",
        'Content-Type: multipart/related; type="text/html"; boundary="----page"',
        "",
        "------page",
        f"Content-Type: text/html{said}",
        "Content-Transfer-Encoding: base64",
        "Content-Location: https://example.invalid/index.html",
        "",
        packed,
        "------page--",
        "",
    )
    return "\r\n".join(lines).encode("ascii")
