"""Page styles (who makes the PDF, and how its tables look) and hard variants of pages, by name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Variant(StrEnum):
    """What can be hard about published pages; any of them can be combined.

    The first group changes what stands in the cells and works with every producer; the second how
    tables are laid out, the third how they are drawn, and the fourth adds pages after the tables:
    these need reportlab.
    """

    THREE_CODE_COLUMNS = "three-code-columns"
    ONE_CODE_COLUMN = "one-code-column"
    LANE_OF_AMOUNTS = "lane-of-amounts"
    LANE_OF_ALL = "lane-of-all"
    FOUR_HEADER_ROWS = "four-header-rows"
    TITLE_REPEATED = "title-repeated"
    HEADER_ONCE = "header-once"
    TOTAL_LAST = "total-last"
    BLANKS_ARE_DASHES = "blanks-are-dashes"
    BLANKS_ARE_SLASHES = "blanks-are-slashes"
    BARE_ZEROS = "bare-zeros"
    FULL_WIDTH_FIGURES = "full-width-figures"
    NO_SEPARATORS = "no-separators"
    NARROW_NAMES = "narrow-names"
    UNIT_INSIDE = "unit-inside"
    TITLE_INSIDE = "title-inside"

    ONE_GRID = "one-grid"
    TOTAL_BESIDE_CODES = "total-beside-codes"
    TOTAL_ALONE = "total-alone"
    TITLE_AT_FOOT = "title-at-foot"
    UNIT_ONCE = "unit-once"
    ROW_SPLIT = "row-split"
    WRAPPED_CODES = "wrapped-codes"
    FIGURES_ON_TOP = "figures-on-top"
    FIGURES_BELOW = "figures-below"
    PAGE_NUMBER_INSIDE = "page-number-inside"
    MIXED_A3 = "mixed-a3"
    SMALL_PAGES = "small-pages"

    ROTATED = "rotated"
    WHITE_CELLS = "white-cells"
    GHOST_GRID = "ghost-grid"
    WHITE_PAGE = "white-page"
    HIDDEN_OFF_PAGE = "hidden-off-page"
    HIDDEN_BEHIND_WHITE = "hidden-behind-white"
    GLYPH_BY_GLYPH = "glyph-by-glyph"
    SPACED_FIGURES = "spaced-figures"
    FAKE_BOLD = "fake-bold"
    SHUFFLED = "shuffled"

    TARGET_FORMS = "target-forms"
    EVALUATION_FORMS = "evaluation-forms"
    NARRATIVE = "narrative"


OF_CONTENT = frozenset(list(Variant)[: list(Variant).index(Variant.ONE_GRID)])
"""The variants that every producer can print."""

EXCLUSIVE: tuple[frozenset[Variant], ...] = (
    frozenset({Variant.THREE_CODE_COLUMNS, Variant.ONE_CODE_COLUMN}),
    frozenset({Variant.LANE_OF_AMOUNTS, Variant.LANE_OF_ALL}),
    frozenset({Variant.TITLE_REPEATED, Variant.HEADER_ONCE, Variant.UNIT_ONCE}),
    frozenset({Variant.BLANKS_ARE_DASHES, Variant.BLANKS_ARE_SLASHES}),
    frozenset({Variant.FIGURES_ON_TOP, Variant.FIGURES_BELOW}),
    frozenset({Variant.TITLE_AT_FOOT, Variant.TITLE_INSIDE, Variant.ONE_GRID}),
    frozenset({Variant.TITLE_AT_FOOT, Variant.TITLE_REPEATED, Variant.UNIT_ONCE}),
    frozenset({Variant.TOTAL_BESIDE_CODES, Variant.TOTAL_LAST, Variant.TOTAL_ALONE}),
    frozenset({Variant.TOTAL_BESIDE_CODES, Variant.ONE_CODE_COLUMN}),
    frozenset({Variant.SPACED_FIGURES, Variant.GLYPH_BY_GLYPH, Variant.FULL_WIDTH_FIGURES}),
)
"""Variants of which one page can have one only."""


@dataclass(frozen=True)
class PageStyle:
    """A page style: the program that makes the PDF, and the rulings it draws.

    `rulings` and `shade` replace those of the disclosure; None keeps them.
    """

    producer: str
    rulings: str | None = None
    shade: bool | None = None


STYLES: Mapping[str, PageStyle] = {
    "shipped": PageStyle("reportlab"),
    "grid": PageStyle("reportlab", "lines", True),
    "zebra": PageStyle("reportlab", "zebra", True),
    "open": PageStyle("reportlab", "open", False),
    "horizontal": PageStyle("reportlab", "horizontal", False),
    "dashed": PageStyle("reportlab", "dashed", False),
    "weasyprint": PageStyle("weasyprint", "lines", True),
    "weasyprint-horizontal": PageStyle("weasyprint", "horizontal", False),
    "chromium": PageStyle("chromium", "lines", False),
    "chromium-zebra": PageStyle("chromium", "zebra", True),
    "typst": PageStyle("typst", "lines", True),
    "typst-open": PageStyle("typst", "open", False),
    "libreoffice": PageStyle("libreoffice", "lines", False),
}
"""Page styles by name; `shipped` is the look that the committed samples have."""


def check_variants(style: str, variants: frozenset[Variant]) -> None:
    """Raise ValueError for an unknown style, or variants that it or one another exclude."""
    if style not in STYLES:
        raise ValueError(f"no page style {style}: one of {', '.join(STYLES)}")
    if STYLES[style].producer != "reportlab" and variants - OF_CONTENT:
        names = ", ".join(sorted(variants - OF_CONTENT))
        raise ValueError(f"{style} cannot print {names}: only reportlab can")
    if STYLES[style].rulings == "zebra" and variants & {Variant.WHITE_CELLS, Variant.GHOST_GRID}:
        raise ValueError(f"{style} has no rulings but its fills: white cells would hide them")
    for group in EXCLUSIVE:
        if len(variants & group) > 1:
            raise ValueError(f"these exclude one another: {', '.join(sorted(variants & group))}")
