"""Command line: typeset the sample disclosures, plain or in every page style and variant.

`python -m typeset` writes the committed samples; `--seed` perturbs them; `--style` and `--variant`
choose a page style and what is hard about its pages; `--matrix DIR` writes every disclosure in
every style whose producer is installed here, and in every hard variant.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from typeset.document import render
from typeset.files.samples import list_samples, write_sample
from typeset.model import list_slugs
from typeset.producers import missing_producer
from typeset.scan import write_sample_scan
from typeset.styles import STYLES, Variant


def main() -> None:
    """Write one PDF per disclosure and the samples of other formats, or all of the matrix."""
    parser = argparse.ArgumentParser(
        prog="python -m typeset",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        epilog=f"styles: {', '.join(STYLES)}\n\nvariants: {', '.join(Variant)}",
    )
    parser.add_argument("--out", type=Path, default=Path("corpus"), help="folder for the PDFs")
    parser.add_argument("--seed", type=int, help="perturb figures, names and page breaks")
    parser.add_argument("--style", choices=STYLES, default="shipped", metavar="STYLE")
    parser.add_argument(
        "--variant", type=Variant, action="append", default=[], help="may be given several times"
    )
    parser.add_argument("--matrix", type=Path, metavar="DIR", help="write all styles and variants")
    arguments = parser.parse_args()
    if arguments.matrix:
        write_matrix(arguments.matrix, arguments.seed)
        return
    arguments.out.mkdir(parents=True, exist_ok=True)
    for slug in list_slugs():
        parts = [slug]
        parts += [arguments.style] if arguments.style != "shipped" else []
        parts += [*arguments.variant, *([] if arguments.seed is None else [str(arguments.seed)])]
        out = arguments.out / f"{'-'.join(parts)}.pdf"
        disclosure = render(slug, out, arguments.seed, arguments.style, arguments.variant)
        print(f"{out}: {disclosure.printed_name}, {len(disclosure.tables)} tables")
    if arguments.seed is None and arguments.style == "shipped" and not arguments.variant:
        for sample in list_samples():
            shown = write_sample(sample, arguments.out)
            out = arguments.out / sample.path
            print(f"{out}: {shown.printed_name}, {len(shown.tables)} tables")
        print(f"{write_sample_scan(arguments.out)}: pages as pictures")


def write_matrix(folder: Path, seed: int | None) -> None:
    """Write every disclosure in every style and variant; says which producers are not here."""
    folder.mkdir(parents=True, exist_ok=True)
    editions: list[tuple[str, tuple[Variant, ...]]] = [(style, ()) for style in STYLES]
    editions += [("shipped", (variant,)) for variant in Variant]
    for style, variants in editions:
        if reason := missing_producer(STYLES[style].producer):
            print(f"left out: {style}, {reason}")
            continue
        for slug in list_slugs():
            out = folder / f"{'+'.join((slug, style, *variants))}.pdf"
            render(slug, out, seed, style, variants)
        print("+".join((style, *variants)))


if __name__ == "__main__":
    main()
