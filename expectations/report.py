"""What a validation found, as data and as a JSON file; needs no Great Expectations."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from expectations.visible import one_line

REPORT = "validation.json"


@dataclass(frozen=True)
class Outcome:
    """What became of one expectation.

    ``rows`` counts the rows that break it; ``example`` is the first of them in one line;
    ``error`` says why it could not be evaluated. ``says`` and ``chinese`` tell what should hold.
    """

    suite: str
    name: str
    grade: str
    says: str
    holds: bool
    rows: int | None = None
    example: str | None = None
    error: str | None = None
    chinese: str = ""

    @property
    def effective_grade(self) -> str:
        """The grade, or must for one that could not be evaluated."""
        return self.grade if self.error is None else "must"

    def describe(self) -> str:
        """Tell in one line which rule is broken, by how many rows, and the first of them."""
        rule = f"{self.suite}: {self.says} ({self.name})"
        if self.error is not None:
            return f"{rule}: could not be evaluated: {one_line(self.error)}"
        rows = "" if self.rows is None else f": broken by {self.rows} row{'s' * (self.rows != 1)}"
        example = "" if self.example is None else f", first: {one_line(self.example)}"
        return f"{rule}{rows}{example}"


@dataclass(frozen=True)
class Report:
    """All outcomes of a validation."""

    outcomes: tuple[Outcome, ...]

    def broken(self, grade: str) -> list[Outcome]:
        """List the expectations of a grade that do not hold.

        One that could not be evaluated is broken as a must, whatever its own grade: a rule that
        nobody can check guards nothing.
        """
        return [
            outcome
            for outcome in self.outcomes
            if not outcome.holds and outcome.effective_grade == grade
        ]


def write_report(report: Report, directory: Path) -> Path:
    """Write the outcomes as JSON into ``directory`` and return the file."""
    path = directory / REPORT
    content: dict[str, Any] = {
        "must_broken": len(report.broken("must")),
        "worth_knowing_broken": len(report.broken("worth_knowing")),
        "outcomes": [asdict(outcome) for outcome in report.outcomes],
    }
    path.write_text(json.dumps(content, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    return path


def read_report(directory: Path) -> Report:
    """Read what ``write_report`` wrote; raises OSError or ValueError when there is none."""
    content = json.loads((directory / REPORT).read_text(encoding="utf-8"))
    return Report(tuple(Outcome(**outcome) for outcome in content["outcomes"]))
