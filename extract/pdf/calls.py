"""PDFium's functions, bound so that `map` runs them over whole columns of handles and indexes.

pypdfium2's own bindings turn every argument into an object of its type. Here handles, addresses and
indexes are plain integers, and what a function writes goes straight into a row of a NumPy array.
Indexes are declared as wide as an address: ctypes passes these twice as fast as an `int`, and the
functions take the lower half of the register.
"""

from __future__ import annotations

import ctypes
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, repeat
from typing import Any

import numpy as np
import numpy.typing as npt
import pypdfium2.raw as raw

Numbers = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
Codes = npt.NDArray[np.uint32]
Indexes = npt.NDArray[np.intp]
Kinds = npt.NDArray[np.uint8]

_HANDLE, _PLACE, _INDEX = ctypes.c_void_p, ctypes.c_void_p, ctypes.c_void_p
_NUMBER = ctypes.c_int


def _bind(function: Any, result: Any, *arguments: Any) -> Callable[..., Any]:
    address = ctypes.cast(function, ctypes.c_void_p).value
    if address is None:
        raise OSError(f"pypdfium2 has no {function}")
    bound: Callable[..., Any] = ctypes.PYFUNCTYPE(result, *arguments)(address)
    return bound


def address_of(handle: Any) -> int:
    """The address that a handle of pypdfium2 stands for."""
    return ctypes.cast(handle, ctypes.c_void_p).value or 0


open_text = _bind(raw.FPDFText_LoadPage, _HANDLE, _HANDLE)
close_text = _bind(raw.FPDFText_ClosePage, None, _HANDLE)
count_chars = _bind(raw.FPDFText_CountChars, _NUMBER, _HANDLE)
char_angle = _bind(raw.FPDFText_GetCharAngle, ctypes.c_float, _HANDLE, _INDEX)
char_box = _bind(raw.FPDFText_GetLooseCharBox, _NUMBER, _HANDLE, _INDEX, _PLACE)
_char_is_unmapped = _bind(raw.FPDFText_HasUnicodeMapError, _NUMBER, _HANDLE, _INDEX)
char_object = _bind(raw.FPDFText_GetTextObject, _HANDLE, _HANDLE, _INDEX)

count_objects = _bind(raw.FPDFPage_CountObjects, _NUMBER, _HANDLE)
page_object = _bind(raw.FPDFPage_GetObject, _HANDLE, _HANDLE, _INDEX)
count_form_objects = _bind(raw.FPDFFormObj_CountObjects, _NUMBER, _HANDLE)
form_object = _bind(raw.FPDFFormObj_GetObject, _HANDLE, _HANDLE, _INDEX)
object_kind = _bind(raw.FPDFPageObj_GetType, _NUMBER, _HANDLE)
has_transparency = _bind(raw.FPDFPageObj_HasTransparency, _NUMBER, _HANDLE)
text_mode = _bind(raw.FPDFTextObj_GetTextRenderMode, _NUMBER, _HANDLE)
clip_path = _bind(raw.FPDFPageObj_GetClipPath, _HANDLE, _HANDLE)
count_clips = _bind(raw.FPDFClipPath_CountPaths, _NUMBER, _HANDLE)

_text = _bind(raw.FPDFText_GetText, _NUMBER, _HANDLE, _INDEX, _INDEX, _PLACE)
_char_code = _bind(raw.FPDFText_GetUnicode, ctypes.c_uint, _HANDLE, _INDEX)
_matrix = _bind(raw.FPDFPageObj_GetMatrix, _NUMBER, _HANDLE, _PLACE)
_bounds = _bind(raw.FPDFPageObj_GetBounds, _NUMBER, _HANDLE, *[_PLACE] * 4)
_fill_color = _bind(raw.FPDFPageObj_GetFillColor, _NUMBER, _HANDLE, *[_PLACE] * 4)
_stroke_color = _bind(raw.FPDFPageObj_GetStrokeColor, _NUMBER, _HANDLE, *[_PLACE] * 4)
_draw_mode = _bind(raw.FPDFPath_GetDrawMode, _NUMBER, _HANDLE, _PLACE, _PLACE)
_count_segments = _bind(raw.FPDFPath_CountSegments, _NUMBER, _HANDLE)
_segment = _bind(raw.FPDFPath_GetPathSegment, _HANDLE, _HANDLE, _INDEX)
_count_clip_segments = _bind(raw.FPDFClipPath_CountPathSegments, _NUMBER, _HANDLE, _INDEX)
_clip_segment = _bind(raw.FPDFClipPath_GetPathSegment, _HANDLE, _HANDLE, _INDEX, _INDEX)
_point = _bind(raw.FPDFPathSegment_GetPoint, _NUMBER, _HANDLE, _PLACE, _PLACE)
_segment_kind = _bind(raw.FPDFPathSegment_GetType, _NUMBER, _HANDLE)
_closes = _bind(raw.FPDFPathSegment_GetClose, _NUMBER, _HANDLE)


def _rows(table: npt.NDArray[Any]) -> Iterator[range]:
    """For each column of a table the addresses of its places, from row to row."""
    first, wide = table.__array_interface__["data"][0], table.itemsize
    step = table.shape[1] * wide
    for column in range(table.shape[1]):
        start = first + column * wide
        yield range(start, start + step * len(table), step)


def flags(answers: Iterable[int]) -> Flags:
    """The answers of a function that says 0 or 1; bytes are the fastest way to an array."""
    given: Flags = np.frombuffer(bytes(answers), np.uint8) != 0
    return given


def char_codes(text: int) -> Codes:
    """The codes of all characters of a text page."""
    count = count_chars(text)
    units = np.zeros(count + 1, np.uint16)
    written = _text(text, 0, count, units.ctypes.data)
    codes = units[:count].astype(np.uint32)
    if written != count + 1 or (
        codes.max(initial=0) >= 0xD800 and ((codes >= 0xD800) & (codes < 0xE000)).any()
    ):
        codes = np.array(list(map(_char_code, repeat(text), range(count))), np.uint32)
    return codes


def char_boxes(text: int, indexes: Sequence[int]) -> tuple[Flags, Numbers]:
    """Which characters have a box, and columns left, top, right, bottom, in page space."""
    table = np.zeros((len(indexes), 4), np.float32)
    found = flags(map(char_box, repeat(text), indexes, next(_rows(table))))
    return found, table.T.astype(float, "C")


def are_unmapped(text: int, indexes: Sequence[int]) -> Flags | None:
    """Which characters have no meaning in the file; None where all have one, as on most pages."""
    if 1 not in map(_char_is_unmapped, repeat(text), indexes):
        return None
    unmapped: Flags = np.array(list(map(_char_is_unmapped, repeat(text), indexes))) == 1
    return unmapped


def matrices(handles: Sequence[int]) -> Numbers:
    """The matrices of objects, one row a–f each; an object without one has the identity."""
    table = np.zeros((len(handles), 6), np.float32)
    found = flags(map(_matrix, handles, next(_rows(table))))
    table[~found] = (1, 0, 0, 1, 0, 0)
    return table.astype(float)


def object_bounds(handles: Sequence[int]) -> tuple[Flags, Numbers]:
    """Which objects have bounds, and columns left, bottom, right, top in the space around them."""
    table = np.zeros((len(handles), 4), np.float32)
    return flags(map(_bounds, handles, *_rows(table))), table.T.astype(float, "C")


def colors(handles: Sequence[int], *, stroke: bool) -> tuple[Flags, Codes]:
    """Which objects have a colour of this use, and red, green, blue, alpha (0 to 255) of each."""
    table = np.zeros((len(handles), 4), np.uint32)
    function = _stroke_color if stroke else _fill_color
    return flags(map(function, handles, *_rows(table))), table


def draw_modes(handles: Sequence[int]) -> tuple[Flags, Flags]:
    """Which paths are filled, and which are stroked."""
    table = np.zeros((len(handles), 2), np.int32)
    found = flags(map(_draw_mode, handles, *_rows(table)))
    return found & (table[:, 0] != 0), found & (table[:, 1] != 0)


def are_quadrangles(handles: Sequence[int]) -> Flags:
    """True for paths that are four corners and nothing else, joined by straight lines."""
    count = len(handles)
    lengths = np.fromiter(map(_count_segments, handles), np.intp, count)
    third = map(_segment_kind, map(_segment, handles, repeat(2)))
    straight = np.fromiter(third, np.intp, count) == raw.FPDF_SEGMENT_LINETO
    quadrangles: Flags = (lengths >= 4) & (lengths <= 5) & straight
    return quadrangles


@dataclass(frozen=True)
class Segments:
    """Segments of several paths in a row: where each ends, its kind, whether it closes its path.

    ``lengths`` are the numbers of segments, path by path.
    """

    lengths: Indexes
    x: Numbers
    y: Numbers
    kinds: Kinds
    closing: Flags


def path_segments(handles: Sequence[int]) -> Segments:
    """The segments of path objects, each in the space of its own object."""
    lengths = list(map(_count_segments, handles))
    found = list(map(_segment, _each(handles, lengths), chain.from_iterable(map(range, lengths))))
    x, y = _ends(found)
    return Segments(
        lengths=np.array(lengths, np.intp),
        x=x,
        y=y,
        kinds=np.frombuffer(bytes(map(_segment_kind, found)), np.uint8),
        closing=flags(map(_closes, found)),
    )


_CORNERS = range(0, 4, 2)


def clip_points(
    clips: Sequence[int], paths: Sequence[int], *, corners: bool = False
) -> tuple[Indexes, Numbers, Numbers]:
    """The points of paths of clips (``paths`` numbers them in their clip): how many each has.

    With ``corners`` only two opposite ones of paths that have four.
    """
    counts = list(map(_count_clip_segments, clips, paths))
    wanted = [_CORNERS if corners and 4 <= count <= 5 else range(count) for count in counts]
    lengths = list(map(len, wanted))
    numbers = chain.from_iterable(wanted)
    found = list(map(_clip_segment, _each(clips, lengths), _each(paths, lengths), numbers))
    return np.array(lengths, np.intp), *_ends(found)


def _each(values: Iterable[int], times: Iterable[int]) -> Iterator[int]:
    return chain.from_iterable(map(repeat, values, times))


def _ends(segments: Sequence[int]) -> tuple[Numbers, Numbers]:
    table = np.zeros((len(segments), 2), np.float32)
    deque(map(_point, segments, *_rows(table)), maxlen=0)
    return table[:, 0].astype(float), table[:, 1].astype(float)
