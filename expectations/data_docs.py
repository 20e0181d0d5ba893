"""Making Data Docs complete without the internet, in two languages, with two grades.

The pages of Great Expectations load style sheets, scripts and fonts from content networks; the
same files, of the same versions, lie in ``expectations/assets`` with their licences.
"""

import os
import re
import shutil
from collections.abc import Collection
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


_FOOTER = re.compile(r"<footer\b.*?</footer>", re.S)
_ICON = re.compile(r"<link\b[^>]*\brel=\"(?:shortcut )?icon\"[^>]*>")
_FAILED = re.compile(r"<i class=\"fas fa-times text-danger[^>]*></i>(?: Failed)?")
_KNOWN = '<i class="fas fa-info-circle text-info"></i>'
_WORTH_KNOWING = "值得知道 worth knowing"

_IN_TWO_LANGUAGES = {
    "Data Docs": "校验报告 Data Docs",
    "Validation Results": "校验结果 Validation Results",
    "Expectation Suites": "规则 Expectation Suites",
    "Expectation Validation Result": "校验结果 Validation Result",
    "Evaluates whether a batch of data matches expectations.": (
        "数据是否合乎规则。 Do the data keep the rules?"
    ),
    "Overview": "概览 Overview",
    "Statistics": "统计 Statistics",
    "Evaluated Expectations": "核对的规则 Rules evaluated",
    "Successful Expectations": "成立 Rules that hold",
    "Unsuccessful Expectations": "不成立 Rules that do not hold",
    "Success Percent": "成立比例 Share that holds",
    "Table-Level Expectations": "整表的规则 Rules of the table",
    "Status": "状态 Status",
    "Expectation": "规则 Rule",
    "Observed Value": "不符的行 Rows that break it",
    "Actions": "操作 Actions",
    "Validation Filter:": "筛选 Filter:",
    "Show All": "全部 All",
    "Failed Only": "不成立 Broken only",
    "Table of Contents": "目录 Contents",
    "Home": "首页 Home",
    "Run Time": "时间 Run Time",
    "Run Name": "名称 Run Name",
    "Asset Name": "表 Table",
    "Expectation Suite": "规则 Rules",
}
"""What the pages say of themselves, and what they say here."""

_WORDS = "|".join(re.escape(text) for text in _IN_TWO_LANGUAGES)
_TEXT = re.compile(rf"(?<=>)(\s*)({_WORDS})(\s*)(?=<)")
_STYLE = """<style>
td .show-scrollbars { max-height: none; }
td table { font-size: 0.875rem; }
td table td { overflow-wrap: break-word; min-width: 3rem; max-width: 16rem; }
td table .th-inner { padding: 0.25rem !important; white-space: normal !important; }
</style>
</head>"""


def finish_pages(site: Path, known: Collection[str]) -> None:
    """Rewrite the pages below ``site``: offline, bilingual, and red only where it is deserved.

    ``known`` names the suites in which only something worth knowing is broken.
    """
    make_offline(site)
    for page in site.rglob("*.html"):
        text = page.read_text(encoding="utf-8")
        if _suite_of(page, site) in known:
            text = _FAILED.sub(
                lambda match: f"{_KNOWN} {_WORTH_KNOWING}" if "Failed" in match[0] else match[0],
                text,
            )
        text = _TEXT.sub(lambda match: f"{match[1]}{_IN_TWO_LANGUAGES[match[2]]}{match[3]}", text)
        page.write_text(text.replace("</head>", _STYLE, 1), encoding="utf-8")


def _suite_of(page: Path, site: Path) -> str:
    # validations/<schema>/<table>/<run>/<time>/<batch>.html
    parts = page.relative_to(site).parts
    return ".".join(parts[1:3]) if parts[0] == "validations" else ""


def make_offline(site: Path) -> None:
    """Rewrite the pages below ``site`` so that they need no other computer.

    What has no copy in the assets (charts, the dark theme, remote pictures) is taken out, and the
    advertisement at the foot: no page of ours needs it.
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

    text = _ICON.sub("", _FOOTER.sub("", text))
    return _STYLE_URL.sub("none", _TAG.sub(localise, text))
