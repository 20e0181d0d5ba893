"""Crops of single lines into text, with rapidocr's recogniser on onnxruntime.

The model lies in rapidocr's wheel and is named by its path, so that nothing is ever fetched. One
engine per process, on one thread: documents are read in processes beside each other. What a crop
says does not depend on the crops beside it: each is padded to a width of its own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from extract.errors import DocumentError

Pixels = npt.NDArray[np.uint8]
"""A picture in grey: rows of pixels, 0 black to 255 white."""

HEIGHT = 48
"""The recogniser reads lines of so many pixels."""
STEP = 64
"""Crops are padded to a multiple of so many pixels: those of one width are read together."""
LEAST_WIDTH = 128
MOST_AT_ONCE = 6144
"""So many pixels of width are read together: it bounds the memory."""
DISTRIBUTIONS = ("rapidocr", "onnxruntime", "opencv-python-headless")
MODEL = "PP-OCRv6_rec_small.onnx"
MANY = 0.02
"""A sign that is this likely where another one is read is an alternative to it."""

TWINS = {"0": "OoQD〇○", "1": "lI", "2": "Zz", "5": "Ss", "6": "b", "8": "B", "9": "gq"}
"""Letters that a recogniser of single lines cannot tell from a digit, nor can a reader."""
MARKS = ".,:;'·，。：；、"
"""Nor can it tell separators from one another; which one it is, their places in a figure say."""

_BLANK = 0


@dataclass(frozen=True)
class Sign:
    """A character as it was recognised: how sure, from 0 to 1; where, as a share of the crop.

    ``others`` are what else it may be, with their shares of certainty. In a figure signs that look
    alike are the same, and ``confidence`` is that it is any of them; ``alone`` is that it is this.
    """

    text: str
    confidence: float
    at: float
    others: tuple[tuple[str, float], ...] = ()
    alone: float = 1.0


@dataclass(frozen=True)
class Recognised:
    """The text of a crop; ``gaps`` are how likely a sign is that was not taken for one.

    There is one before each sign, and one behind the last; none at all for nothing overlooked.
    """

    signs: tuple[Sign, ...]
    gaps: tuple[float, ...] = ()

    @property
    def text(self) -> str:
        """All signs."""
        return "".join(sign.text for sign in self.signs)

    @property
    def overlooked(self) -> float:
        """How likely any sign is that was not taken for one."""
        return self.overlooked_in(0, len(self.signs))

    def overlooked_in(self, start: int, end: int) -> float:
        """The same of a sign among those from start to end, before the first or behind the last."""
        return max(self.gaps[start : end + 1], default=0.0)

    @property
    def confidence(self) -> float:
        """That of the least certain sign, and that no other one stands between; 1 for no text."""
        return min(1.0 - self.overlooked, least_sure(self.signs))


def least_sure(signs: Sequence[Sign]) -> float:
    """The confidence of the least certain sign; white space is none."""
    return min([1.0, *(sign.confidence for sign in signs if sign.text.strip())])


def recogniser_versions() -> list[str]:
    """The recogniser's packages that are installed, with their versions."""
    found: list[str] = []
    for name in DISTRIBUTIONS:
        with suppress(PackageNotFoundError):
            found.append(f"{name}=={version(name)}")
    return found


def require_recogniser() -> None:
    """DocumentError `scan_not_read` where a package of the recogniser is missing."""
    found = {about.split("==")[0] for about in recogniser_versions()}
    missing = [name for name in DISTRIBUTIONS if name not in found]
    if missing:
        raise DocumentError(
            "scan_not_read",
            f"the pages are pictures, and {', '.join(missing)} is not installed;"
            " run: pip install -r requirements.lock",
        )


def recognise(crops: Sequence[Pixels]) -> list[Recognised]:
    """The text of each crop (one line each, ``HEIGHT`` pixels high), in their order."""
    by_width: dict[int, list[int]] = defaultdict(list)
    for at, crop in enumerate(crops):
        by_width[max(LEAST_WIDTH, -(-crop.shape[1] // STEP) * STEP)].append(at)
    found: dict[int, Recognised] = {}
    for width, members in sorted(by_width.items()):
        several = max(1, MOST_AT_ONCE // width)
        for first in range(0, len(members), several):
            some = members[first : first + several]
            batch = np.zeros((len(some), 3, HEIGHT, width), np.float32)
            for place, at in enumerate(some):
                filled = crops[at].shape[1]
                batch[place, :, :, :filled] = crops[at].astype(np.float32) / 127.5 - 1.0
            shares = _engine()(batch)
            for place, at in enumerate(some):
                found[at] = _decode(shares[place], crops[at].shape[1] / width)
    return [found[at] for at in range(len(crops))]


def _decode(shares: npt.NDArray[np.float32], filled: float) -> Recognised:
    """Signs out of the shares of each step (steps × signs), repeats and blanks taken out.

    ``filled`` is the share of the width that holds the crop.
    """
    signs = _signs()
    best = shares.argmax(axis=1)
    steps = len(best)
    found: list[Sign] = []
    runs: list[tuple[int, int, int]] = []
    start = 0
    for at in range(1, steps + 1):
        if at == steps or best[at] != best[start]:
            runs.append((int(best[start]), start, at))
            start = at
    gaps = [0.0]
    for number, (code, start, end) in enumerate(runs):
        if code == _BLANK:
            near = [runs[place][0] for place in (number - 1, number + 1) if 0 <= place < len(runs)]
            hidden = shares[start:end].max(axis=0)
            hidden[[_BLANK, *near]] = 0.0
            if len(near) < 2 or not all(signs[beside].isdigit() for beside in near):
                hidden[_white()] = 0.0  # a blank changes a figure alone
            gaps[-1] = float(hidden.max())
            continue
        own = shares[start:end]
        top = int(own[:, code].argmax())
        rest = own.max(axis=0)
        others = [
            (signs[other] if other != _BLANK else "", float(rest[other]))
            for other in np.flatnonzero(rest >= MANY).tolist()
            if other not in (code, _BLANK)
        ]
        others.sort(key=lambda other: -other[1])
        at_share = ((start + end) / 2) / (steps * filled)
        sure = float(own[top, [code, *_twins().get(code, ())]].sum())
        alone = float(own[top, code])
        found.append(Sign(signs[code], sure, at_share, tuple(others[:3]), alone))
        gaps.append(0.0)
    return Recognised(tuple(found), tuple(gaps))


@cache
def load_recogniser() -> Any:
    """The recogniser of lines: once per process, on one thread, with the model of its wheel."""
    import logging

    logging.getLogger("RapidOCR").setLevel(logging.ERROR)
    import rapidocr
    from omegaconf import OmegaConf
    from rapidocr.ch_ppocr_rec import TextRecognizer

    logging.getLogger("RapidOCR").setLevel(logging.ERROR)
    home = Path(rapidocr.__file__).parent
    settings: Any = OmegaConf.load(home / "config.yaml")
    engines = settings.EngineConfig
    engines.onnxruntime.intra_op_num_threads = 1
    engines.onnxruntime.inter_op_num_threads = 1
    settings.Rec.engine_cfg = engines.onnxruntime
    settings.Rec.model_path = str(home / "models" / MODEL)
    settings.Rec.font_path = None
    from rapidocr.utils.typings import EngineType

    settings.Rec.engine_type = EngineType(settings.Rec.engine_type)
    return TextRecognizer(settings.Rec)


def _engine() -> Any:
    return load_recogniser().session


@cache
def _twins() -> dict[int, tuple[int, ...]]:
    """For each digit and separator the signs that look like it: in a figure they are the same."""
    codes = {sign: code for code, sign in enumerate(_signs())}
    alike = TWINS | {mark: MARKS.replace(mark, "") for mark in MARKS}
    return {
        codes[sign]: tuple(codes[other] for other in others if other in codes)
        for sign, others in alike.items()
        if sign in codes
    }


@cache
def _white() -> list[int]:
    return [code for code, sign in enumerate(_signs()) if not sign.strip() and code != _BLANK]


@cache
def _signs() -> tuple[str, ...]:
    return tuple(load_recogniser().postprocess_op.character)
