"""The first page of the Data Docs: what was held against which table, in plain words.

The index of Great Expectations names tables by schema and run; this one takes its place, and its
links lead to the pages that Great Expectations made.
"""

import csv
from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from expectations.report import Report
from expectations.visible import visible

_HERE = Path(__file__).resolve().parent


@dataclass(frozen=True)
class SuiteLine:
    """A suite as a line of the page; ``state`` is holds, known or must, ``rules`` may be ''."""

    name: str
    zh: str
    en: str
    holding: int
    count: int
    state: str
    link: str
    rules: str


@cache
def table_words() -> dict[str, tuple[str, str]]:
    """Read ``table_words.csv``: table with schema → what it holds, in Chinese and English."""
    with (_HERE / "table_words.csv").open(encoding="utf-8", newline="") as file:
        return {row["table"]: (row["zh"], row["en"]) for row in csv.DictReader(file)}


def write_index(site: Path, report: Report, run_time: datetime) -> Path:
    """Write ``index.html`` of the Data Docs below ``site`` and return it; ``run_time`` is UTC."""
    suites = [
        _line(site, report, name, count)
        for name, count in Counter(outcome.suite for outcome in report.outcomes).items()
    ]
    environment = Environment(
        loader=FileSystemLoader(_HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_finalize,
        trim_blocks=True,
    )
    page = site / "index.html"
    text = environment.get_template("index.html").render(
        report=report,
        run_time=f"{run_time:%Y-%m-%d %H:%M} UTC",
        holding=sum(outcome.holds for outcome in report.outcomes),
        must=report.broken("must"),
        known=report.broken("worth_knowing"),
        suites=suites,
        links={suite.name: suite.link for suite in suites},
    )
    page.write_text(text, encoding="utf-8")
    return page


def _line(site: Path, report: Report, name: str, count: int) -> SuiteLine:
    broken = {
        state: sum(outcome.suite == name for outcome in report.broken(grade))
        for state, grade in (("must", "must"), ("known", "worth_knowing"))
    }
    zh, en = table_words().get(name, ("", ""))
    folder = "/".join(name.split("."))
    pages = sorted((site / "validations" / folder).rglob("*.html"))
    rules = site / "expectations" / f"{folder}.html"
    return SuiteLine(
        name=name,
        zh=zh,
        en=en,
        holding=count - sum(broken.values()),
        count=count,
        state="must" if broken["must"] else "known" if broken["known"] else "holds",
        link=pages[-1].relative_to(site).as_posix() if pages else "",
        rules=rules.relative_to(site).as_posix() if rules.is_file() else "",
    )


def _finalize(value: Any) -> Any:
    """What documents print is seen and does not act."""
    return visible(value) if isinstance(value, str) else value
