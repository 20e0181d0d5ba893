"""`python -m expectations CANDIDATE DIRECTORY`: validate a candidate, write the report there.

Ends with 0 when the validation ran, whatever it found: that is in ``validation.json``; with 1
and a traceback when it could not run.
"""

import os
import sys
import traceback
from pathlib import Path

from expectations.validate import all_suites, validate


def main() -> int:
    """Validate the candidate that the arguments name."""
    try:
        validate(Path(sys.argv[1]), Path(sys.argv[2]), all_suites())
    except Exception:
        traceback.print_exc()
        return 1
    return 0


if __name__ == "__main__":
    status = main()
    sys.stdout.flush()
    sys.stderr.flush()
    # Without the interpreter's own end: there DuckDB prints pages about leaked references.
    os._exit(status)
