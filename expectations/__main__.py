"""`python -m expectations CANDIDATE DIRECTORY`: validate a candidate, write the report there.

Ends with 0 when the validation ran, whatever it found: that is in ``validation.json``.
"""

import sys
from pathlib import Path

from expectations.validate import all_suites, validate

if __name__ == "__main__":
    validate(Path(sys.argv[1]), Path(sys.argv[2]), all_suites())
