"""Entry of `python -m review`."""

import sys

from review.cli import run

if __name__ == "__main__":
    sys.exit(run())
