"""The residual search: one reading left by every identity, or none is taken."""

from decimal import Decimal
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.broken_figures import joined_readings, looks_like_figure, readings
from extract.rules.equations import Equation
from extract.rules.residual import Candidate, Doubtful, settle_doubtful

CENT = Decimal("0.01")


def sum_of(total: str, *parts: str, **certain: str) -> Equation:
    """An identity of a total and its parts; ``certain`` are amounts by cell."""
    signs = {total: 1, **dict.fromkeys(parts, -1)}
    known = sum((signs[cell] * Decimal(text) for cell, text in certain.items()), Decimal(0))
    left = {cell: sign for cell, sign in signs.items() if cell not in certain}
    return Equation("sum", known, left, Decimal(0))


def figure(cell: str, *amounts: str) -> Doubtful:
    """A figure in one cell, with its readings."""
    return Doubtful((cell,), tuple(Candidate({cell: Decimal(text)}) for text in amounts))


def settled(doubtful: list[Doubtful], equations: list[Equation]) -> list[dict[str, Decimal] | None]:
    """The amounts that each figure was settled to."""
    return [
        None if outcome.settled is None else dict(outcome.settled.amounts)
        for outcome in settle_doubtful(doubtful, equations)
    ]


def test_the_one_reading_that_the_identity_leaves_is_taken() -> None:
    found = settled([figure("a", "8773.10", "8.77")], [sum_of("t", "a", "b", t="9000", b="226.90")])
    assert found == [{"a": Decimal("8773.10")}]


@pytest.mark.parametrize(
    ("doubtful", "equations"),
    [
        (figure("a", "7.00"), [sum_of("t", "a", t="8.00")]),
        (figure("a", "7.00"), []),
        (figure("a"), [sum_of("t", "a", t="8.00")]),
        (figure("a", "7.00", "8.00"), [sum_of("t", "a", t="7"), sum_of("u", "a", u="8")]),
        (figure("a", "7.00"), [sum_of("t", "a", "other", t="7.00")]),
    ],
    ids=["none fits", "no identity", "no reading", "identities differ", "another is in doubt"],
)
def test_nothing_is_taken_without_one_solution(
    doubtful: Doubtful, equations: list[Equation]
) -> None:
    assert settled([doubtful], equations) == [None]


def test_two_readings_within_rounding_are_two_solutions() -> None:
    rough = Equation("sum", Decimal("7.00"), {"a": -1}, CENT)
    [outcome] = settle_doubtful([figure("a", "7.00", "7.01", "7.02")], [rough])
    assert outcome.settled is None
    assert [dict(one.amounts) for one in outcome.fitting] == [
        {"a": Decimal("7.00")},
        {"a": Decimal("7.01")},
    ]


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_a_settled_figure_helps_the_others_in_any_order(order: tuple[int, ...]) -> None:
    figures = [figure("a", "1", "11"), figure("b", "2", "22"), figure("c", "3", "33")]
    equations = [
        sum_of("t", "a", t="1"),
        sum_of("t", "a", "b", t="23"),
        sum_of("t", "a", "b", "c", t="56"),
    ]
    found = settled([figures[at] for at in order], equations)
    wanted = [{"a": Decimal(1)}, {"b": Decimal(22)}, {"c": Decimal(33)}]
    assert found == [wanted[at] for at in order]


def test_the_column_of_a_figure_is_one_of_its_readings() -> None:
    split = Doubtful(("a", "b"), (Candidate({"a": Decimal(5)}), Candidate({"b": Decimal(5)})))
    assert settled([split], [sum_of("t", "a", t="0")]) == [{"b": Decimal(5)}]
    assert settled([split], [sum_of("t", "a", "b", t="5")]) == [None]


@given(
    parts=st.lists(st.decimals("0.01", "99999.99", places=2), min_size=2, max_size=6),
    others=st.lists(st.decimals("0.01", "99999.99", places=2), max_size=4),
    at=st.integers(0, 5),
)
def test_what_is_taken_is_what_the_sum_asks(
    parts: list[Decimal], others: list[Decimal], at: int
) -> None:
    at %= len(parts)
    rest = sum(parts, Decimal(0)) - parts[at]
    equation = Equation("sum", sum(parts, Decimal(0)) - rest, {"a": -1}, Decimal(0))
    candidates = tuple(Candidate({"a": one}) for one in dict.fromkeys([*others, parts[at]]))
    [outcome] = settle_doubtful([Doubtful(("a",), candidates)], [equation])
    assert outcome.settled == Candidate({"a": parts[at]})


@pytest.mark.parametrize(
    ("text", "places", "found"),
    [
        ("8.773.10", {2}, ("8,773.10",)),
        ("256427:52", {2}, ("256427.52",)),
        ("13,214.710.41", {2}, ("13,214,710.41",)),
        ("12..50", {2}, ("12.50",)),
        ("l2.5O", {2}, ("12.50",)),
        ("B0.00", {2}, ("80.00",)),
        ("(0.00", {2}, ("0.00",)),
        ("|7.50", {2}, ("17.50", "7.50")),
        ("1 50", {2}, ("1.50",)),
        ("1 50", (), ("1.50", "150")),
        ("5.00", {4}, ("5.00",)),
        ("(5.00)", {2}, ()),
        ("约5.00", {2}, ()),
        ("5.00%", {2}, ()),
        ("OIO", (), ()),
        ("1.2.3.4.5.6", {2}, ()),
    ],
)
def test_readings_come_from_how_recognition_breaks_figures(
    text: str, places: set[int], found: tuple[str, ...]
) -> None:
    assert readings(text, places) == found


@pytest.mark.parametrize(
    ("left", "right", "found"),
    [
        ("1. 3", "30", ("1.30",)),
        ("369.", "20", ("369.20",)),
        ("492", ". 48", ("492.48",)),
        ("11", "156.33", ("11156.33", "1156.33")),
        ("", "5.00", ()),
    ],
)
def test_pieces_follow_on_or_repeat_the_character_at_the_cut(
    left: str, right: str, found: tuple[str, ...]
) -> None:
    assert joined_readings(left, right, {2}) == found


@given(st.decimals("0.01", "9999999.99", places=2), st.integers(0, 9))
def test_a_damaged_figure_has_the_printed_one_among_its_readings(amount: Decimal, at: int) -> None:
    printed = f"{amount:,.2f}"
    damaged = {
        printed.replace(".", ":"),
        printed.replace(",", "."),
        printed.replace(".", ".."),
        printed.replace("0", "O", 1),
        printed[: at % len(printed)] + printed[at % len(printed) :].replace("1", "l", 1),
        f"({printed}",
    }
    for text in damaged:
        values = [Decimal(reading.replace(",", "")) for reading in readings(text, {2})]
        assert amount in values, text


def test_letters_alone_are_a_figure_only_around_a_separator() -> None:
    assert looks_like_figure("lO.OO")
    assert not looks_like_figure("OO")
    assert not looks_like_figure("I. S.")
