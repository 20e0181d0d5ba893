"""Lets `python -m gongkai` be the command."""

import sys

from gongkai.cli import run

if __name__ == "__main__":
    sys.exit(run())
