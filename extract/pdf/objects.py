"""The objects of a PDF page: texts, paths and pictures in order of painting, forms unfolded."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import compress, repeat

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as raw

from extract.pdf import calls
from extract.pdf.calls import Flags, Indexes, Numbers
from extract.pdf.frame import Frame

DEEPEST = 12
"""Forms inside of forms are followed this far."""

Sides = tuple[Numbers, Numbers, Numbers, Numbers]
"""Left, top, right, bottom, as columns."""

_IDENTITY: Numbers = np.array([1.0, 0.0, 0.0, 1.0, 0.0, 0.0])


@dataclass(frozen=True)
class Objects:
    """Objects of one kind: their handles, their order of painting, the matrices around them."""

    handles: list[int]
    orders: Indexes
    outer: Numbers | None
    """None where there are no forms."""

    def only(self, chosen: Flags) -> Objects:
        """Those that are chosen."""
        if chosen.all():
            return self
        return Objects(
            list(compress(self.handles, chosen.tolist())),
            self.orders[chosen],
            self.outer[chosen] if self.outer is not None else None,
        )

    def matrices(self) -> Numbers:
        """The matrices that take each object to page space."""
        own = calls.matrices(self.handles)
        return own if self.outer is None else _compose(own, self.outer)


NONE = Objects([], np.zeros(0, np.intp), None)


@dataclass(frozen=True)
class PageObjects:
    """What a page is painted with; ``modes`` are the render modes (0 to 7) of the texts."""

    texts: Objects
    modes: Indexes
    paths: Objects
    pictures: Objects


def page_objects(page: pdfium.PdfPage) -> PageObjects:
    """Texts, paths and pictures of a page, those inside of forms included."""
    handle = calls.address_of(page.raw)
    count = calls.count_objects(handle)
    handles = list(map(calls.page_object, repeat(handle), range(count)))
    modes, kinds = _modes_and_kinds(handles)
    outer: Numbers | None = None
    if raw.FPDF_PAGEOBJ_FORM in kinds:
        found = list(_unfolded(handles, _IDENTITY, DEEPEST))
        handles = [item for item, _ in found]
        outer = np.array([around for _, around in found]).reshape(-1, 6)
        modes, kinds = _modes_and_kinds(handles)
    every = Objects(handles, np.arange(len(handles)), outer)
    if not kinds:
        return PageObjects(every, modes, NONE, NONE)
    is_text = modes != raw.FPDF_TEXTRENDERMODE_UNKNOWN
    others, of_kind = every.only(~is_text), np.array(kinds)
    return PageObjects(
        every.only(is_text),
        modes[is_text],
        others.only(of_kind == raw.FPDF_PAGEOBJ_PATH),
        others.only(of_kind == raw.FPDF_PAGEOBJ_IMAGE),
    )


def _modes_and_kinds(handles: Sequence[int]) -> tuple[Indexes, list[int]]:
    """How each text is rendered, unknown for all that is no text; and the kinds of the latter.

    Most objects are texts: their kind need not be asked for.
    """
    modes = np.fromiter(map(calls.text_mode, handles), np.intp, len(handles))
    others = compress(handles, (modes == raw.FPDF_TEXTRENDERMODE_UNKNOWN).tolist())
    return modes, list(map(calls.object_kind, others))


def _unfolded(handles: Sequence[int], outer: Numbers, depth: int) -> Iterator[tuple[int, Numbers]]:
    """Objects with the matrix around them; forms are replaced by what they hold."""
    for handle in handles:
        if calls.object_kind(handle) != raw.FPDF_PAGEOBJ_FORM or not depth:
            yield handle, outer
            continue
        inner = map(calls.form_object, repeat(handle), range(calls.count_form_objects(handle)))
        around = _compose(calls.matrices([handle]), outer[None])[0]
        yield from _unfolded(list(inner), around, depth - 1)


def _compose(inner: Numbers, outer: Numbers) -> Numbers:
    """Matrices, row by row: first the inner one, then the outer one."""
    a, b, c, d, e, f = inner.T
    g, h, i, j, k, m = outer.T
    rows = (a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j)
    return np.stack((*rows, e * g + f * i + k, e * h + f * j + m), axis=1)


def shown(bounds: Numbers, outer: Numbers | None, frame: Frame) -> Sides:
    """Sides as shown of bounds (columns left, bottom, right, top) inside of forms."""
    left, bottom, right, top = bounds
    if outer is None:
        ax, ay = frame.show_all(left, bottom)
        bx, by = frame.show_all(right, top)
        return np.minimum(ax, bx), np.minimum(ay, by), np.maximum(ax, bx), np.maximum(ay, by)
    x, y = moved(outer, np.stack((left, left, right, right)), np.stack((bottom, top) * 2))
    x, y = frame.show_all(x, y)
    return x.min(axis=0), y.min(axis=0), x.max(axis=0), y.max(axis=0)


def moved(matrix: Numbers, x: Numbers, y: Numbers) -> tuple[Numbers, Numbers]:
    """Points moved by matrices, one each."""
    a, b, c, d, e, f = matrix.T
    return a * x + c * y + e, b * x + d * y + f
