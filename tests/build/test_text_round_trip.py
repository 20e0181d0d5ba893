"""Sample disclosures written as text and read again: never a wrong figure, blanks in their place.

The figures of every table are known. A figure that is read must be the one of its row and column;
what the text does not say for certain is in quarantine. Read and compared without a warehouse: what
stands below the header and beside the label is what the models go by.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest

from extract.cells import as_record, cell_rows
from extract.figures import is_amount, parse_amount
from extract.reading import read_document
from extract.text import squeeze
from extract.vocabulary import load_vocabulary
from typeset import list_slugs
from typeset.plain import MANNERS, PrintedFigure, write_text

Figure = tuple[str, str, str, Decimal]
"""Table kind, code or name of the row, word of the column, value."""

WHOLE = {"tabbed": Decimal("0.99"), "pipes": Decimal("0.99"), "aligned": Decimal("0.6")}
"""The share of the figures that is read at least; the rest is in quarantine."""
FEWEST_CHANGES = 25
_ORDINAL = re.compile(
    r"^(?:[一二三四五六七八九十廿]+、|\([一二三四五六七八九十]+\)|[0-9]+[.、])|其中:"
)
_NO_FACT = re.compile("预留|[小微]企业")
_CODES = re.compile(r"(?:[235][0-9]{2}(?:[0-9]{2})*)+", re.ASCII)
_NAMED = frozenset({"summary", "fiscal_summary"})
_UNCODED = frozenset({"procurement", "project_list", "three_public"})


def read(path: Path) -> tuple[Counter[Figure], int]:
    """The figures of a text that are certain, and how many are in quarantine."""
    vocabulary = load_vocabulary()
    reading = read_document(path, vocabulary)
    found: Counter[Figure] = Counter()
    doubtful = 0
    for number, table in enumerate(reading.tables, start=1):
        if not vocabulary.kinds[table.kind].facts:
            continue
        rows = cell_rows("d", number, table, reading.identity, vocabulary)
        for cell in map(as_record, rows):
            column = squeeze(str(cell.get("column_label") or ""))
            if (
                cell["role"] != "amount"
                or not is_amount(str(cell["text"]))
                or _NO_FACT.search(column)
            ):
                continue
            if cell.get("quarantine_reason"):
                doubtful += 1
                continue
            codes = [cell.get("function_code"), cell.get("department_economic_code")]
            codes.append(cell.get("government_economic_code"))
            code = "".join(str(code) for code in codes if code)
            name = str(cell.get("row_label") or "")
            found[_figure(table.kind, code, name, column, str(cell["text"]))] += 1
    return found, doubtful


def expected(figures: tuple[PrintedFigure, ...]) -> Counter[Figure]:
    """The figures that a text prints."""
    return Counter(
        _figure(
            figure.kind,
            figure.row if _CODES.fullmatch(figure.row) else "",
            figure.row,
            figure.column,
            figure.text,
        )
        for figure in figures
    )


def _figure(kind: str, code: str, name: str, column: str, text: str) -> Figure:
    row = "" if kind in _UNCODED else code
    if kind in _NAMED:
        row = _ORDINAL.sub("", squeeze(name))
    return kind, row, squeeze(column).replace("/", ""), _value(text)


@pytest.mark.parametrize("manner", MANNERS)
@pytest.mark.parametrize("slug", list_slugs())
@pytest.mark.parametrize("seed", [0, 5])
def test_no_figure_is_read_wrong(slug: str, manner: str, seed: int, tmp_path: Path) -> None:
    sample = write_text(slug, manner, seed, noisy=seed > 0)
    path = tmp_path / ("sample.md" if manner == "pipes" else "sample.txt")
    path.write_text(sample.text, encoding="utf-8")
    found, doubtful = read(path)
    printed = expected(sample.figures)
    assert found - printed == Counter()
    read_right = found.total()
    assert read_right >= WHOLE.get(manner, Decimal(0)) * printed.total()
    assert read_right + doubtful > 0


@pytest.mark.parametrize("manner", MANNERS)
def test_a_changed_digit_lands_as_printed_or_in_quarantine(manner: str, tmp_path: Path) -> None:
    """Clear print is never repaired: no sum may give a changed figure its old value back."""
    rng = random.Random(f"digits {manner}")
    path = tmp_path / ("changed.md" if manner == "pipes" else "changed.txt")
    tried = 0
    for slug in list_slugs():
        sample = write_text(slug, manner, rng.randint(1, 50))
        texts = sorted({figure.text for figure in sample.figures if len(figure.text) > 5})
        text = sample.text
        printed = expected(sample.figures)
        before = Counter(value for *_, value in printed.elements())
        changed: dict[Decimal, Decimal] = {}
        for old in rng.sample(texts, min(12, len(texts))):
            new = _other_digit(rng, old)
            places = [m.start() for m in re.finditer(rf"(?<![0-9.,]){old}(?![0-9.,])", text)]
            if len(places) == before[_value(old)] and new not in sample.text:
                at = rng.choice(places)
                text = text[:at] + new + text[at + len(old) :]
                changed[_value(old)] = _value(new)
        tried += len(changed)
        path.write_text(text, encoding="utf-8")
        found, _ = read(path)
        held = Counter(value for *_, value in found.elements())
        where = {figure[:3] for figure in printed}
        for old_value, new_value in changed.items():
            assert held[old_value] < before[old_value], f"{slug}: {new_value} was repaired"
            assert held[new_value] <= 1
            moved = [f for f in found if f[3] == new_value and f[:3] not in where]
            assert moved == [], f"{slug}: {moved}"
    assert tried >= FEWEST_CHANGES


def _other_digit(rng: random.Random, text: str) -> str:
    """A figure with one digit changed."""
    at = rng.choice([number for number, char in enumerate(text) if char.isdigit()])
    digit = rng.choice([digit for digit in "123456789" if digit != text[at]])
    return text[:at] + digit + text[at + 1 :]


def _value(text: str) -> Decimal:
    value = parse_amount(text)
    assert value is not None
    return value
