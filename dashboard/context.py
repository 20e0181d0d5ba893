"""What every view has at hand: the address, the publication, and a way to ask."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeVar, cast

import streamlit as st

from dashboard import queries
from dashboard.address import Address
from dashboard.amounts import amount_text, exact_text
from dashboard.markup import Cell, Figure, Link, printed_at
from dashboard.rows import Metric
from dashboard.warehouse import Publication, ask, read_publication
from dashboard.words import name, say

Answer = TypeVar("Answer")


@dataclass(frozen=True)
class Context:
    """One run of the page."""

    warehouse: Path
    review: str
    address: Address
    publication: Publication

    def ask(self, question: Callable[..., Answer], *values: object) -> Answer:
        """Put a question of ``dashboard.queries``; an answer is kept as long as its publication."""
        return cast(
            Answer,
            _remembered(
                str(self.warehouse), self.publication.publication_id, question.__name__, values
            ),
        )

    def say(self, word: str, **values: object) -> str:
        """A text of the dashboard in the language of the address."""
        return say(word, self.address.lang).format(**values)

    def name(self, domain: str, word: str | None) -> str:
        """A word of a closed list in the language of the address."""
        return name(domain, word, self.address.lang)

    def kind_scope(self, fiscal_year: int, document_kind: str, scope: str) -> str:
        """A disclosure's year, kind and scope in words."""
        kind = self.name("document_kind", document_kind)
        return f"{fiscal_year} · {kind} · {self.name('scope', scope)}"

    def agency(self, region_name: str, agency_name: str) -> str:
        """An agency with its region, unless its name says that already."""
        return agency_name if region_name in agency_name else f"{region_name} · {agency_name}"

    @property
    def unit(self) -> str:
        """The name of the unit of amounts."""
        return self.say(self.address.unit)

    def amount(self, amount_yuan: Decimal | None) -> str:
        """An amount in the unit of the address."""
        return amount_text(amount_yuan, self.address.unit, self.address.lang)

    def exact(self, amount_yuan: Decimal | None) -> str:
        """An amount in yuan, for the pointer that rests on a figure."""
        return exact_text(amount_yuan, self.address.lang)

    def figure(self, amount_yuan: Decimal | None, link: Link | None = None) -> Figure:
        """An amount with what leads to its print."""
        return Figure(
            text=self.amount(amount_yuan),
            exact=self.exact(amount_yuan) + (f" · {link.text}" if link else ""),
            missing=amount_yuan is None,
            link=link,
        )

    def metric(self, word: str) -> Cell:
        """The head of a column of a metric: its name, and what it means for a pointer on it."""
        metrics: Sequence[Metric] = self.ask(queries.metrics)
        one = next(metric for metric in metrics if metric.metric == word)
        label = one.metric_zh if self.address.lang == "zh" else one.metric_en
        meaning = f"{one.numerator} ÷ {one.denominator}; — {one.null_when}"
        return Cell(label, meaning, "figure")

    def place(self, cell_id: str | None, page_number: int | None) -> Link | None:
        """The way to a printed cell, named by its page."""
        if cell_id is None:
            return None
        word = "page" if page_number is not None else "in_print"
        return Link(
            self.say(word, page=page_number),
            printed_at(self.review, cell_id.partition(":")[0], cell_id),
        )


def publication_of(warehouse: Path) -> Publication:
    """Which publication stands at ``warehouse``, looked at again when the file is another.

    Raises what ``read_publication`` does.
    """
    if not warehouse.exists():
        return read_publication(warehouse)
    stat = warehouse.stat()
    return cast(
        Publication, _published(str(warehouse), (stat.st_ino, stat.st_mtime_ns, stat.st_size))
    )


def _read(warehouse: str, file: tuple[int, ...]) -> Publication:
    return read_publication(Path(warehouse))


_published: Callable[[str, tuple[int, ...]], Any] = st.cache_data(
    max_entries=4, show_spinner=False
)(_read)


def _look_up(warehouse: str, publication_id: str, question: str, values: tuple[object, ...]) -> Any:
    return ask(Path(warehouse), publication_id, getattr(queries, question), *values)


_remembered: Callable[[str, str, str, tuple[object, ...]], Any] = st.cache_data(
    max_entries=1_000, show_spinner=False
)(_look_up)
