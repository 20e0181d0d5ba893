"""Write a disclosure as the file that an ending names."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from pathlib import Path

from typeset.files.manners import WEB, WORD, Manner, check_manners
from typeset.files.sheets import make_sheets, show_in_wan
from typeset.files.web import write_web
from typeset.files.word import write_word
from typeset.files.workbooks import write_xls, write_xlsx
from typeset.model import Disclosure, load_disclosure
from typeset.perturb import perturb
from typeset.rewrite import rewrite
from typeset.styles import OF_CONTENT, Variant
from typeset.text import register_fonts

ENDINGS = (".xlsx", ".xls", ".docx", ".html", ".mht")


def render_file(
    slug: str,
    out: Path,
    seed: int | None = None,
    manners: Iterable[Manner | str] = (),
    variants: Iterable[Variant | str] = (),
) -> Disclosure:
    """Write a sample disclosure at ``out`` and return what it says; no row has a page number.

    With a seed, figures and names are other ones. Raises ValueError for an unknown slug, ending or
    manner, for those that exclude one another, and for variants that are not of the content.
    """
    hard = frozenset(Variant(variant) for variant in variants)
    if hard - OF_CONTENT:
        raise ValueError(f"only on pages: {', '.join(sorted(hard - OF_CONTENT))}")
    disclosure = load_disclosure(slug)
    if seed is not None:
        disclosure = perturb(disclosure, seed)
    disclosure = replace(disclosure, style=replace(disclosure.style, variants=hard))
    return write_file(rewrite(disclosure), out, manners)


def write_file(
    disclosure: Disclosure,
    out: Path,
    manners: Iterable[Manner | str] = (),
    *,
    front: bool = True,
    tables: Collection[str] | None = None,
) -> Disclosure:
    """Write a disclosure or, by their keys, some of its ``tables``; returns what the file shows.

    The ``front`` (cover and sentences) is about the whole disclosure; without it a file may not say
    whose tables it holds.
    """
    chosen = frozenset(Manner(manner) for manner in manners)
    ending = out.suffix.lower()
    check_manners(ending, chosen)
    register_fonts()
    if Manner.WAN_FORMAT in chosen:
        disclosure = show_in_wan(disclosure)
    whole = disclosure if front else None
    if tables is not None:
        kept = tuple(table for table in disclosure.tables if table.key in tables)
        disclosure = replace(disclosure, tables=kept)
    if ending in WORD:
        write_word(disclosure, out, chosen, whole)
    elif ending in WEB:
        write_web(disclosure, out, chosen, whole)
    else:
        sheets = make_sheets(disclosure, chosen, whole)
        if ending == ".xls":
            write_xls(sheets, out)
        else:
            write_xlsx(sheets, out, formulas=Manner.FORMULAS in chosen)
    return disclosure
