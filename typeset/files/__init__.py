"""Writes the sample disclosures as workbooks, Word documents and web pages.

render_file(slug, out, seed, manners, variants)   writes what the ending of `out` says
write_file(disclosure, out, manners)              the same for figures that are at hand
Manner                                            what can be hard about such files
"""

from typeset.files.document import ENDINGS, render_file, write_file
from typeset.files.manners import Manner

__all__ = ["ENDINGS", "Manner", "render_file", "write_file"]
