"""A table as all later steps see it: named, labelled, with its unit."""

from __future__ import annotations

from dataclasses import dataclass

from extract.rows import Labelled


@dataclass(frozen=True)
class Table:
    """A named table with its unit (`yuan`, `wan_yuan`, '') and the text that says it."""

    labelled: Labelled
    unit: str
    unit_text: str

    @property
    def kind(self) -> str:
        """The table kind, a word of the contract."""
        return self.labelled.sheet.kind
