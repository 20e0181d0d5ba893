"""Typesets the project's sample disclosures from their figures, and knows what they say.

render(slug, out, seed)   writes a PDF and returns the disclosure as printed
render_disclosure(disclosure, out)  the same for figures that are given
golden(disclosure)        the facts that a reader of that PDF must find
"""

from typeset.document import render, render_disclosure
from typeset.facts import GoldenFact, golden
from typeset.model import Disclosure, list_slugs, load_disclosure

__all__ = [
    "Disclosure",
    "GoldenFact",
    "golden",
    "list_slugs",
    "load_disclosure",
    "render",
    "render_disclosure",
]
