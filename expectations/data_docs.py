"""Making Data Docs complete without the internet.

The pages of Great Expectations load style sheets, scripts and fonts from content networks; the
same files, of the same versions, lie in ``expectations/assets`` with their licences.
"""

import os
import re
import shutil
from pathlib import Path

ASSETS = Path(__file__).resolve().parent / "assets"

_LOCAL = {
    "bootstrap.min.css": "bootstrap.min.css",
    "bootstrap.min.js": "bootstrap.min.js",
    "bootstrap-table.min.css": "bootstrap-table.min.css",
    "bootstrap-table.min.js": "bootstrap-table.min.js",
    "bootstrap-table-filter-control.css": "bootstrap-table-filter-control.min.css",
    "bootstrap-table-filter-control.min.css": "bootstrap-table-filter-control.min.css",
    "bootstrap-table-filter-control.min.js": "bootstrap-table-filter-control.min.js",
    "bootstrap-datepicker.min.css": "bootstrap-datepicker.min.css",
    "bootstrap-datepicker.min.js": "bootstrap-datepicker.min.js",
    "all.min.css": "font-awesome.min.css",
    "popper.min.js": "popper.min.js",
    "jquery-3.7.1.min.js": "jquery.min.js",
}
"""Last part of a remote address → file in the assets."""

_TAG = re.compile(
    r"<link\b[^>]*\bhref=\"(?P<link>https?://[^\"]+)\"[^>]*>"
    r"|<script\b[^>]*\bsrc=\"(?P<script>https?://[^\"]+)\"[^>]*>\s*</script>"
    r"|<img\b[^>]*\bsrc=\"(?P<image>https?://[^\"]+)\"[^>]*>"
)
_STYLE_URL = re.compile(r"url\(\s*['\"]?https?://[^)]*\)")


def make_offline(site: Path) -> None:
    """Rewrite the pages below ``site`` so that they need no other computer.

    What has no copy in the assets (charts, the dark theme, remote pictures) is taken out: no
    page of ours needs it.
    """
    assets = site / "static" / "assets"
    shutil.copytree(ASSETS, assets, dirs_exist_ok=True)
    shutil.rmtree(site / "static" / "images", ignore_errors=True)
    for page in site.rglob("*.html"):
        relative = os.path.relpath(assets, page.parent).replace(os.sep, "/")
        text = page.read_text(encoding="utf-8")
        page.write_text(_rewrite(text, relative), encoding="utf-8")


def _rewrite(text: str, assets: str) -> str:
    def localise(match: re.Match[str]) -> str:
        address = match["link"] or match["script"] or match["image"]
        local = _LOCAL.get(address.split("?")[0].rsplit("/", 1)[-1])
        if local is None:
            return ""
        if match["link"]:
            return f'<link rel="stylesheet" href="{assets}/{local}">'
        return f'<script src="{assets}/{local}"></script>'

    return _STYLE_URL.sub("none", _TAG.sub(localise, text))
