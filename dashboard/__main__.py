"""Entry of `python -m dashboard`."""

import os
import sys

from dashboard.cli import run

if __name__ == "__main__":
    status = run()
    sys.stdout.flush()
    sys.stderr.flush()
    # nothing is left to be done, and an orderly end would print what bindings did not let go of
    os._exit(status)
