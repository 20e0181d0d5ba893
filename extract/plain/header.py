"""Headers as paths of words, and as the merged cells in which they are printed."""

from __future__ import annotations

from collections.abc import Sequence

from extract.page import Box, GridCell, Settled
from extract.text import squeeze

Path = tuple[str, ...]
"""The words over a column, from the outermost group to the column's own word."""


def group_end(paths: Sequence[Path], start: int, depth: int) -> int:
    """Where the group ends that begins at column ``start`` with the word at ``depth``.

    Neighbouring groups of one name are told apart by a column word that comes again.

    >>> group_end([("年", "合计"), ("年", "接待"), ("年", "合计"), ("年", "接待")], 0, 0)
    2
    """
    own: set[tuple[str, ...]] = set()
    end = start
    while (
        end < len(paths)
        and len(paths[end]) > depth + 1
        and paths[end][: depth + 1] == paths[start][: depth + 1]
    ):
        rest = tuple(squeeze(word) for word in paths[end][depth + 1 :])
        if rest in own:
            break
        own.add(rest)
        end += 1
    return end


def header_cells(paths: Sequence[Path], resolved: Sequence[bool], line: int) -> list[GridCell]:
    """The header as merged cells: a group over its columns, a column's own word down to the end.

    ``resolved`` tells which columns' words were settled by evidence; ``line`` is the line of the
    text where the header begins.
    """
    depth = max(len(path) for path in paths)
    cells: list[GridCell] = []
    _place(paths, resolved, (0, len(paths)), 0, depth, line, cells)
    return cells


def _place(
    paths: Sequence[Path],
    resolved: Sequence[bool],
    columns: tuple[int, int],
    level: int,
    depth: int,
    line: int,
    cells: list[GridCell],
) -> None:
    at, stop = columns
    while at < stop:
        if len(paths[at]) == level + 1:
            reading = "resolved" if resolved[at] else "printed"
            cells.append(
                text_cell(level, at, paths[at][level], line + level, reading, depth - level)
            )
            at += 1
            continue
        end = min(group_end(paths, at, level), stop)
        cells.append(text_cell(level, at, paths[at][level], line + level, "printed", 1, end - at))
        _place(paths, resolved, (at, end), level + 1, depth, line, cells)
        at = end


def text_cell(
    row: int,
    column: int,
    text: str,
    line: int,
    reading: str = "printed",
    row_span: int = 1,
    column_span: int = 1,
    doubt: str = "",
    settled: Settled | None = None,
) -> GridCell:
    """A cell of a text; its box is its column and its line in the text."""
    return GridCell(
        row=row,
        column=column,
        row_span=row_span,
        column_span=column_span,
        lines=(text,) if text else (),
        box=Box(float(column), float(line), float(column + column_span), float(line + row_span)),
        line_tops=(float(line),) if text else (),
        reading=reading,
        doubt=doubt,
        settled=settled,
    )


def loose_header(
    rows: Sequence[Sequence[str]], line: int, *, figures: bool = False
) -> list[GridCell]:
    """The header rows of a table of no known shape, merged as their blanks suggest.

    A text with blanks at its right covers them where the row below has words for them; a text
    with blanks below it reaches down. ``figures`` says that the words are those of columns of
    figures: there a text covers the blanks at its right if there are words anywhere below both.
    """
    height, width = len(rows), len(rows[0]) if rows else 0
    owner: dict[tuple[int, int], tuple[int, int]] = {}
    spans: dict[tuple[int, int], tuple[int, int]] = {}
    for row in range(height):
        below = rows[row + 1 :] if figures else rows[row + 1 : row + 2]
        for column in range(width):
            if not rows[row][column] or (row, column) in owner:
                continue
            right = column + 1
            while (
                right < width
                and any(other[column] for other in below)
                and any(other[right] for other in below)
                and not any(rows[above][right] for above in range(row + 1))
                and (row, right) not in owner
            ):
                right += 1
            down = row + 1
            while (
                (figures or right == column + 1)
                and down < height
                and not any(rows[down][over] for over in range(column, right))
            ):
                down += 1
            spans[row, column] = (down - row, right - column)
            for covered in range(row, down):
                for over in range(column, right):
                    owner[covered, over] = (row, column)
    cells = [
        text_cell(row, column, rows[row][column], line + row, "printed", *spans[row, column])
        for row, column in spans
    ]
    cells += [
        text_cell(row, column, "", line + row)
        for row in range(height)
        for column in range(width)
        if (row, column) not in owner
    ]
    return cells
