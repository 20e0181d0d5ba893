"""The templates of the pages: everything that is filled in is escaped, and nothing in it acts."""

from datetime import datetime
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from review.as_read import anchor
from review.quarantined import case_words
from review.visible import amount, visible
from review.words import Words, all_words, both, find_words, name, say

HERE = Path(__file__).resolve().parent

POLICY = (
    "default-src 'none'; img-src 'self' file:; style-src 'self' file:; script-src 'self' file:;"
    " base-uri 'none'; form-action 'none'"
)
"""Nothing is loaded but what lies beside the page. Some browsers do not count a page that was
opened as a file as `self`; over a server `file:` allows nothing."""


def make_environment(publication_id: str, made_at: datetime) -> Environment:
    """Set the templates up; every page says its publication and when it was made (UTC)."""
    environment = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_finalize,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(
        policy=POLICY,
        publication_id=publication_id,
        made_at=f"{made_at:%Y-%m-%d %H:%M} UTC",
        say=say,
        name=name,
        both=both,
        words=find_words,
        label=lambda word: _label(word).zh,
        label_en=lambda word: _label(word).en,
        amount=amount,
        anchor=anchor,
        case_words=case_words,
        number=lambda value: f"{value:,}",
    )
    return environment


def _label(word: str) -> Words:
    return all_words()["page", word]


def _finalize(value: Any) -> Any:
    """What every expression of a template goes through: nothing acts, everything is seen."""
    if isinstance(value, str) and not isinstance(value, Markup):
        return visible(value)
    return value
