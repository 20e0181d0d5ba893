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
    # not resolved: a link gives a file a name that an address can hold
    candidate, directory = (Path(argument).absolute() for argument in sys.argv[1:3])
    # The path becomes part of an address, where `?`, `#` and `%` mean something else; so the
    # file is opened by its bare name.
    os.chdir(candidate.parent)
    try:
        validate(Path(candidate.name), directory, all_suites())
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
