"""How far cells of a picture are to be trusted."""

from __future__ import annotations

from dataclasses import replace

from extract.page import UNCERTAIN, GridCell
from extract.scan.ink import Span
from extract.scan.readings import Read
from extract.scan.recogniser import Sign
from extract.scan.trust import _trusted

LINE = Span(100, 40, 200, 56)


def test_a_figure_whose_signs_are_out_of_place_is_in_doubt_as_it_was_read() -> None:
    signs = tuple((Sign(sign, 1.0, 0.0), float(at)) for at, sign in enumerate("13214710.41"))
    read = Read(LINE, signs, 0.99)
    whole = GridCell(0, 0, 1, 1, ("13214710.41",))
    assert _trusted(whole, [read]).doubt == ""
    mixed = _trusted(GridCell(0, 0, 1, 1, ("1 214710.413",)), [read])
    assert (mixed.doubt, mixed.candidates) == (UNCERTAIN, ("13214710.41",))
    torn = _trusted(GridCell(0, 0, 1, 1, ("13214710.4113214710.41",)), [read, read])
    assert (torn.doubt, torn.candidates) == (UNCERTAIN, ())
    below = replace(read, span=Span(100, 58, 200, 74))
    wrapped = _trusted(GridCell(0, 0, 1, 1, ("13214710.41", "13214710.41")), [read, below])
    assert wrapped.doubt == ""  # a code is wrapped so
    words = _trusted(GridCell(0, 0, 1, 1, ("2023年", "预算")), [read, read])
    assert words.doubt == ""
