"""Places on the sheet that was scanned as places on the page that shows it larger or smaller."""

from __future__ import annotations

from dataclasses import replace

from extract.page import Box, Grid, GridCell, Line, Page, Word


def resized(page: Page, times: float) -> Page:
    """The page with all its places and its sides ``times`` as large."""
    if times == 1.0:
        return page
    return replace(
        page,
        width=page.width * times,
        height=page.height * times,
        items=tuple(_item(item, times) for item in page.items),
        words=tuple(Word(word.text, _box(word.box, times)) for word in page.words),
    )


def _item(item: Line | Grid, times: float) -> Line | Grid:
    box = None if item.box is None else _box(item.box, times)
    if isinstance(item, Line):
        return replace(item, box=box)
    return replace(item, cells=tuple(_cell(cell, times) for cell in item.cells), box=box)


def _cell(cell: GridCell, times: float) -> GridCell:
    box = None if cell.box is None else _box(cell.box, times)
    return replace(cell, box=box, line_tops=tuple(top * times for top in cell.line_tops))


def _box(box: Box, times: float) -> Box:
    return Box(*(side * times for side in box))
