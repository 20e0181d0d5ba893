"""Command line: `python -m typeset [--out DIR] [--seed N]` typesets all sample disclosures."""

from __future__ import annotations

import argparse
from pathlib import Path

from typeset.document import render
from typeset.model import list_slugs


def main() -> None:
    """Write one PDF per disclosure into the folder; with a seed, perturbed ones."""
    parser = argparse.ArgumentParser(prog="python -m typeset", description=__doc__)
    parser.add_argument("--out", type=Path, default=Path("corpus"), help="folder for the PDFs")
    parser.add_argument("--seed", type=int, help="perturb figures, names and page breaks")
    arguments = parser.parse_args()
    arguments.out.mkdir(parents=True, exist_ok=True)
    for slug in list_slugs():
        suffix = "" if arguments.seed is None else f"-{arguments.seed}"
        out = arguments.out / f"{slug}{suffix}.pdf"
        disclosure = render(slug, out, arguments.seed)
        print(f"{out}: {disclosure.printed_name}, {len(disclosure.tables)} tables")


if __name__ == "__main__":
    main()
