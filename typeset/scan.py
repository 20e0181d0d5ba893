"""Print a PDF and scan it: its pages as pictures, askew, noisy, with a seal over the figures.

What it makes is only as hard as its settings say, and the same for the same seed.
"""

from __future__ import annotations

import io
import math
import tempfile
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pypdfium2 as pdfium
from PIL import Image, ImageDraw, ImageFilter
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from typeset.document import render

POINTS = 72.0
PAPER = 244
SEAL = (205, 35, 35)


@dataclass(frozen=True)
class Scan:
    """How a page is scanned.

    ``dpi`` are dots per inch; ``degrees`` how far it lies askew, to either side by turns; ``noise``
    the spread of the grain in grey levels; ``blur`` its radius in dots; ``ink`` how black print is,
    from 0 to 1; ``quality`` that of the JPEG; ``seal`` True for a red seal over the middle.
    """

    dpi: float = 200.0
    degrees: float = 1.0
    noise: float = 4.0
    blur: float = 0.3
    ink: float = 0.92
    quality: int = 80
    seal: bool = False
    colour: bool = False
    seed: int = 1

    def __post_init__(self) -> None:
        """ValueError for a setting that no scanner has."""
        if not 50 <= self.dpi <= 600:
            raise ValueError(f"dpi is {self.dpi}; expected 50 to 600")
        if not 0 < self.ink <= 1:
            raise ValueError(f"ink is {self.ink}; expected more than 0, at most 1")


SAMPLE_SLUG = "qingshan-data-center-2023-budget"
SAMPLE_PAGES = (1, 4, 5)
SAMPLE = Scan(dpi=120, degrees=0.6, noise=2.0, blur=0.2, quality=45)
"""The disclosure of which some pages are committed as a scan, and how they are scanned."""


def write_sample_scan(folder: Path) -> Path:
    """Write the committed scan into a folder: pages of a disclosure that is printed as well."""
    out = folder / f"{SAMPLE_SLUG}-scan.pdf"
    with tempfile.TemporaryDirectory() as held:
        printed = Path(held) / "print.pdf"
        render(SAMPLE_SLUG, printed)
        scan_pdf(printed, out, SAMPLE, SAMPLE_PAGES)
    return out


def scan_pdf(source: Path, out: Path, scan: Scan, pages: Collection[int] | None = None) -> None:
    """Write the pages of a PDF (those of ``pages``, counted from 1; None: all) as pictures."""
    document = pdfium.PdfDocument(source)
    random = np.random.default_rng(scan.seed)
    canvas = Canvas(str(out), invariant=1, pageCompression=1)
    try:
        for number in range(1, len(document) + 1):
            if pages is not None and number not in pages:
                continue
            page = document[number - 1]
            size = page.get_size()
            picture = scan_page(page, scan, random, number)
            page.close()
            held = io.BytesIO()
            picture.save(held, "JPEG", quality=scan.quality)
            held.seek(0)
            canvas.setPageSize(size)
            canvas.drawImage(ImageReader(held), 0, 0, *size)
            canvas.showPage()
        canvas.save()
    finally:
        document.close()


def scan_page(
    page: pdfium.PdfPage, scan: Scan, random: np.random.Generator, number: int
) -> Image.Image:
    """One page as a scanner sees it, in grey or in colour."""
    printed = page.render(scale=scan.dpi / POINTS).to_pil().convert("RGB")
    # each page lies a little differently
    degrees = scan.degrees * (1 if number % 2 else -1) * (1.0 - 0.2 * float(random.random()))
    if scan.seal:
        _stamp(printed, scan)
    turned = printed.rotate(degrees, Image.Resampling.BICUBIC, fillcolor=(255, 255, 255))
    if scan.blur:
        turned = turned.filter(ImageFilter.GaussianBlur(scan.blur))
    light = np.asarray(turned, np.float32) / 255.0
    levels = PAPER * (1.0 - scan.ink * (1.0 - light))
    high, wide = levels.shape[:2]
    grain = random.normal(0.0, scan.noise, (high, wide, 1))
    shade = 4.0 * np.sin(np.linspace(0, math.pi, wide))[None, :, None]
    pixels = np.clip(levels + grain - shade, 0, 255).astype(np.uint8)
    picture = Image.fromarray(pixels, "RGB")
    return picture if scan.colour or scan.seal else picture.convert("L")


def _stamp(picture: Image.Image, scan: Scan) -> None:
    """A round red seal whose ink lets the print show through."""
    wide, high = picture.size
    radius = 0.8 * scan.dpi
    seal = Image.new("RGB", picture.size, (255, 255, 255))
    brush = ImageDraw.Draw(seal)
    x, y = 0.62 * wide, 0.45 * high
    ring = max(2, round(0.05 * scan.dpi))
    brush.ellipse((x - radius, y - radius, x + radius, y + radius), outline=SEAL, width=ring)
    points = [
        (
            x + (0.5 if at % 2 == 0 else 0.2) * radius * math.sin(at * math.pi / 5),
            y - (0.5 if at % 2 == 0 else 0.2) * radius * math.cos(at * math.pi / 5),
        )
        for at in range(10)
    ]
    brush.polygon(points, fill=SEAL)
    # ink upon ink: each takes away its own light
    both = np.asarray(picture, np.uint16) * np.asarray(seal, np.uint16) // 255
    picture.paste(Image.fromarray(both.astype(np.uint8), "RGB"))
