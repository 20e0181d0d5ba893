"""Reading the CSV files that people put beside the documents, strictly and by line number."""

import csv
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from gongkai.documents import SourceFile
from gongkai.errors import BuildError

_LONGEST_VALUE = 4000
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
"""What would change how a terminal or a page shows the text around it."""


@dataclass(frozen=True)
class Line:
    """A row of a CSV file: its trimmed values by column, and where it stands."""

    file: str
    number: int
    values: dict[str, str]

    def __getitem__(self, column: str) -> str:
        """The value of a column; '' where the file leaves an optional column out."""
        return self.values.get(column, "")

    def refuse(self, why: str) -> BuildError:
        """Make the error that ends a build for this line."""
        return BuildError(f"{self.file} line {self.number}: {why}; nothing was read or published")


def read_lines(
    file: SourceFile, required: Iterable[str], optional: Iterable[str]
) -> Iterator[Line]:
    """Read the rows of a CSV file; the first line names the columns, in any order.

    UTF-8, with or without a mark at its beginning, or GB 18030, as spreadsheets save it. Empty
    lines are passed over.
    Raises BuildError, naming the line, for a file that cannot be read, an unknown, doubled or
    missing column, a line with more or fewer values than columns, and control characters.
    """
    rows = _rows(file)
    number, header = next(rows, (1, []))
    columns = [name.strip().lower() for name in header]
    head = Line(file.relative_path, number, {})
    known = (*required, *optional)
    for name in columns:
        if name not in known:
            raise head.refuse(f"unknown column {name!r}; known: {', '.join(known)}")
        if columns.count(name) > 1:
            raise head.refuse(f"the column {name!r} stands twice")
    missing = [name for name in required if name not in columns]
    if missing:
        raise head.refuse(f"the column {missing[0]!r} is missing")
    for number, row in rows:
        if not any(value.strip() for value in row):
            continue
        line = Line(
            file.relative_path,
            number,
            {name: value.strip() for name, value in zip(columns, row, strict=False)},
        )
        if len(row) != len(columns):
            raise line.refuse(f"{len(row)} values for {len(columns)} columns")
        too_long = [name for name, value in line.values.items() if len(value) > _LONGEST_VALUE]
        if too_long:
            raise line.refuse(f"the value of {too_long[0]!r} is longer than {_LONGEST_VALUE}")
        hostile = [name for name, value in line.values.items() if _CONTROL.search(value)]
        if hostile:
            raise line.refuse(f"the value of {hostile[0]!r} holds a control character")
        yield line


def _rows(file: SourceFile) -> Iterator[tuple[int, list[str]]]:
    """Rows of fields, each with the number of the line on which it begins."""
    reader = csv.reader(io.StringIO(_text(file), newline=""), strict=True)
    number = 1
    try:
        for row in reader:
            yield number, row
            number = reader.line_num + 1
    except csv.Error as error:
        raise Line(file.relative_path, number, {}).refuse(f"no CSV: {error}") from error


def _text(file: SourceFile) -> str:
    try:
        raw = file.path.read_bytes()
    except OSError as error:
        raise BuildError(f"{file.relative_path} cannot be read: {error.strerror}") from error
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise BuildError(f"{file.relative_path} is neither UTF-8 nor GB 18030; save it as UTF-8")
