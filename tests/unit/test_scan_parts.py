"""The parts of reading a picture that need no recogniser: separators, doubt, places, skew."""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from extract.page import CERTAIN, UNREAD, Box
from extract.scan import readings, recogniser
from extract.scan.crops import Crop, Cutter
from extract.scan.ink import Span, find_lines, runs, usual_height
from extract.scan.letters import letters_of
from extract.scan.reader import _short
from extract.scan.readings import Read, _figure, _sentence, _words, put_right
from extract.scan.recogniser import Recognised, Sign
from extract.scan.rulings import find_rulings
from extract.scan.skew import Skew, find_skew

LINE = Span(100, 40, 200, 56)
CROP = Crop(np.zeros((48, 300), np.uint8), 90.0, 210.0)


def _said(text: str, sure: float = 1.0, **others: str) -> Recognised:
    """A reading whose signs are all this sure; ``others`` name the alternative of the nth sign."""
    signs = tuple(
        Sign(sign, sure, (at + 0.5) / len(text), tuple((o, 0.3) for o in others.get(f"n{at}", "")))
        for at, sign in enumerate(text)
    )
    return Recognised(signs)


@pytest.mark.parametrize(
    ("text", "figure"),
    [
        ("8.773.10", "8,773.10"),
        ("256427:52", "256427.52"),
        ("256427,52", "256427.52"),
        ("1;234.567.00", "1,234,567.00"),
        ("13,214,710.41", "13,214,710.41"),
        ("-8.773.10", "-8,773.10"),
        ("1.234:567", None),  # decimals of three digits, or thousands
        ("12.34.5", None),
        ("2023-01-01", None),
        ("1O.50", None),
    ],
)
def test_separators_are_put_right_where_they_can_be_one_thing(
    text: str, figure: str | None
) -> None:
    assert put_right(text) == figure


def test_two_readings_that_agree_are_print() -> None:
    read = _figure(LINE, CROP, _said("1,234.50"), _said("1,234.50"))
    assert (read.text, read.doubt, read.settled) == ("1,234.50", False, None)


def test_separators_put_right_say_so() -> None:
    read = _figure(LINE, CROP, _said("8.773.10"), _said("8.773.10"))
    assert (read.text, read.doubt) == ("8,773.10", False)
    assert read.settled is not None
    assert read.settled.method == "damaged_sign"
    assert "8.773.10" in read.settled.evidence


def test_readings_that_differ_are_in_doubt_with_both_as_candidates() -> None:
    read = _figure(LINE, CROP, _said("1,234.50"), _said("1,284.50"))
    assert read.doubt
    assert set(read.candidates) >= {"1,234.50", "1,284.50"}


def test_an_unsure_sign_is_in_doubt_with_what_else_it_may_be() -> None:
    one = _said("638.00", 0.45, n1="8")
    read = _figure(LINE, CROP, one, _said("638.00", 0.45))
    assert read.doubt
    assert read.candidates[0] == "638.00"
    assert "688.00" in read.candidates


def _with_mark(text: str, alone: float) -> Recognised:
    """A reading that is sure of its digits, and of its last mark only that it is a mark."""
    signs = list(_said(text).signs)
    at = max(place for place, sign in enumerate(signs) if sign.text in ".,")
    signs[at] = replace(signs[at], confidence=0.99, alone=alone)
    return Recognised(tuple(signs))


@pytest.mark.parametrize(
    ("text", "may_be"),
    [
        ("256.427", ("256.427", "256,427")),
        ("256,427", ("256,427", "256.427")),
        ("1,256,427", ("1,256,427", "1,256.427")),
        ("0,427", ("0,427", "0.427")),
    ],
)
def test_three_digits_behind_a_mark_that_may_be_another_are_in_doubt(
    text: str, may_be: tuple[str, ...]
) -> None:
    unsure, sure = _with_mark(text, 0.52), _with_mark(text, 0.97)
    for pair in ((unsure, unsure), (unsure, sure), (sure, unsure)):
        read = _figure(LINE, CROP, *pair)
        assert read.doubt
        assert read.candidates == may_be
    read = _figure(LINE, CROP, sure, sure)
    assert (read.text, read.doubt) == (text, False)
    sentence = _sentence(LINE, CROP, *(_within(one, "支出", "万元") for one in (sure, unsure)))
    assert sentence.doubt
    assert not any(sign.text.isdigit() for sign, _ in sentence.signs)


def _within(found: Recognised, before: str, behind: str) -> Recognised:
    """A reading with words around its figure."""
    return Recognised((*_said(before).signs, *found.signs, *_said(behind).signs))


@pytest.mark.parametrize("text", ["0.427", "256.42", "1,256.42", "25642.427"])
def test_a_mark_that_can_be_but_one_thing_need_not_be_seen_well(text: str) -> None:
    unsure = _with_mark(text, 0.52)
    read = _figure(LINE, CROP, unsure, unsure)
    assert (read.text, read.doubt) == (text, False)


def test_a_mark_is_as_sure_as_it_is_itself_and_as_all_that_look_like_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(recogniser, "_signs", lambda: ("", ".", ",", "4"))
    monkeypatch.setattr(recogniser, "_twins", lambda: {1: (2,), 2: (1,)})
    steps = np.array([[0, 0.52, 0.47, 0.01], [0.01, 0, 0, 0.99]], np.float32)
    mark, digit = recogniser._decode(steps, 1.0).signs
    assert (mark.text, digit.text) == (".", "4")
    assert (mark.confidence, mark.alone) == pytest.approx((0.99, 0.52))
    assert (digit.confidence, digit.alone) == pytest.approx((0.99, 0.99))


def test_what_a_blank_hides_is_known_of_its_place(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recogniser, "_signs", lambda: ("", "4", "万", "元"))
    monkeypatch.setattr(recogniser, "_twins", dict)
    monkeypatch.setattr(recogniser, "_white", list)
    sure, hiding = [[1.0, 0, 0, 0], [0, 1.0, 0, 0], [0, 0, 0, 1.0]], [0.6, 0, 0.4, 0]
    steps = np.array([sure[0], sure[1], hiding, sure[2], sure[0]], np.float32)
    found = recogniser._decode(steps, 1.0)
    assert found.text == "4元"
    assert found.gaps == pytest.approx((0.0, 0.4, 0.0))
    assert found.overlooked_in(0, 1) == found.overlooked == pytest.approx(0.4)
    assert found.confidence == pytest.approx(0.6)


def test_a_blank_is_overlooked_between_digits_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recogniser, "_signs", lambda: ("[blank]", "4", "5", "元", " "))
    monkeypatch.setattr(recogniser, "_twins", dict)
    monkeypatch.setattr(recogniser, "_white", lambda: [4])
    four, five, yuan, hiding = np.eye(5)[1], np.eye(5)[2], np.eye(5)[3], [0.6, 0, 0, 0, 0.4]
    found = recogniser._decode(np.array([four, hiding, five, hiding, yuan], np.float32), 1.0)
    assert found.text == "45元"
    assert found.gaps == pytest.approx((0.0, 0.4, 0.0, 0.0))


def _read(monkeypatch: pytest.MonkeyPatch, line: Span, *said: str) -> Read:
    """A line of a page of which the recogniser says these things, one after another."""
    answers = [_said(text) for text in said]
    monkeypatch.setattr(readings, "recognise", lambda crops: [answers.pop(0) for _ in crops])
    cutter = Cutter(np.full((100, 300), 255, np.uint8), 0.0, 16.0, 255.0)
    [read] = readings.read_lines([(line, Span(0, 0, 300, 100))], cutter)
    assert not answers
    return read


UPRIGHT = Span(100, 40, 106, 56)


@pytest.mark.parametrize(
    ("said", "text", "may_be"),
    [
        (("O", "O"), "O", ("0",)),
        (("O", "0"), "0", ("0",)),
        (("〇", "〇"), "〇", ("0",)),
        (("l", "I"), "l", ("1",)),
        (("O.OO", "O.OO"), "O.OO", ("0.00",)),
        (("一", "一"), UNREAD, ("1",)),
        (("|", "1"), "1", ("1",)),
    ],
)
def test_a_figure_read_as_letters_or_a_dash_is_in_doubt(
    monkeypatch: pytest.MonkeyPatch, said: tuple[str, ...], text: str, may_be: tuple[str, ...]
) -> None:
    read = _read(monkeypatch, UPRIGHT, *said)
    assert (read.text, read.doubt, read.candidates) == (text, True, may_be)


@pytest.mark.parametrize("said", ["一", "-", "—", "合计", "AO"])
def test_a_dash_that_lies_and_a_word_are_read_once_and_not_in_doubt(
    monkeypatch: pytest.MonkeyPatch, said: str
) -> None:
    read = _read(monkeypatch, LINE._replace(y1=44), said)
    assert (read.text, read.doubt) == (said, False)


def test_a_figure_of_a_sentence_in_doubt_becomes_a_mark_and_no_other() -> None:
    one, two = _said("收入12.50万元，支出13.00万元"), _said("收入12.50万元，支出18.00万元")
    read = _sentence(LINE, CROP, one, two)
    assert read.text == f"收入12.50万元，支出{UNREAD}{UNREAD}.{UNREAD}{UNREAD}万元"
    assert read.doubt


@pytest.mark.parametrize(
    ("gap", "doubt"),
    [("1", True), ("3", True), ("元", True), ("支", False), ("收", False), ("。", False)],
)
@pytest.mark.parametrize("second", [False, True])
def test_a_figure_beside_or_in_which_a_sign_was_overlooked_is_in_doubt(
    gap: str, doubt: bool, second: bool
) -> None:
    """The gap stands before the sign: a 万 that was not seen stands before 元."""
    text = "支出收1234元出。"
    clear = _said(text)
    gaps = tuple(0.6 if sign == gap else 0.2 for sign in f"{text} ")
    lost = Recognised(clear.signs, gaps)
    read = _sentence(LINE, CROP, *((clear, lost) if second else (lost, clear)))
    assert read.doubt is doubt
    assert (UNREAD in read.text) is doubt


def test_a_figure_that_one_reading_lost_doubts_all_of_its_line() -> None:
    read = _sentence(LINE, CROP, _said("共3项12.50万元"), _said("共项12.50万元"))
    assert not any(sign.text.isdigit() for sign, _ in read.signs)


@pytest.mark.parametrize(
    ("one", "two", "text"),
    [
        (_said("单位:万元"), _said("单位:万元", 0.8), "单位:万元"),
        (_said("单位:元"), _said("单位:万元"), f"单位:{UNREAD}"),
        (_said("单位:元", 0.45), _said("单位:元", 0.45), f"单位:{UNREAD}"),
        (
            replace(_said("单位:元"), gaps=(0.0, 0.0, 0.0, 0.4, 0.0)),
            _said("单位:元"),
            f"单位:{UNREAD}",
        ),
        (_said("预算数(万元)"), _said("预算数(元)"), f"预算数({UNREAD}{UNREAD})"),
        (_said("支出3.50万元"), _said("支出3.50元"), f"支出3.50{UNREAD}{UNREAD}"),
    ],
)
def test_a_unit_that_is_not_certain_is_none(one: Recognised, two: Recognised, text: str) -> None:
    read = _words(LINE, CROP, one, two)
    assert read.text == text
    assert (read.confidence >= CERTAIN) is (UNREAD not in text)


def test_words_whose_readings_differ_are_not_sure() -> None:
    assert _words(LINE, CROP, _said("清河市统计局"), _said("清河市统计局", 0.6)).confidence == 1.0
    assert _words(LINE, CROP, _said("清河市统汁局"), _said("清河市统计局")).confidence == 0.0
    assert (
        _words(LINE, CROP, _said("清河市统汁局", 0.6), _said("清河市统汁局", 0.6)).confidence == 0.6
    )


def test_a_page_askew_is_found_and_places_lead_back_to_it() -> None:
    high, wide = 600, 900
    ink = np.zeros((high, wide), bool)
    slope = math.tan(math.radians(1.5))
    for top in range(100, 500, 25):
        for x in range(80, 820):
            y = round(top + (x - wide / 2) * slope)
            ink[y : y + 2, x] = True
    radians = find_skew(ink)
    assert math.degrees(radians) == pytest.approx(1.5, abs=0.05)
    skew = Skew(radians, (wide / 2, high / 2))
    _, y = skew.to_page(820, 100)
    assert y == pytest.approx(100 + (820 - wide / 2) * slope, abs=2)
    assert skew.shift(Box(400, 280, 500, 320)) == (0.0, 0.0)


def _ink(*boxes: Span) -> np.ndarray:
    ink = np.zeros((200, 600), bool)
    for box in boxes:
        ink[box.y0 : box.y1, box.x0 : box.x1] = True
    return ink


def test_lines_are_cut_at_white_rows_and_wide_gaps_and_parts_of_a_character_are_one() -> None:
    word, far = Span(10, 10, 120, 26), Span(400, 12, 460, 26)
    two = (Span(10, 50, 24, 53), Span(8, 61, 26, 64))  # the strokes of 二
    ink = _ink(word, far, *two)
    region = Span(0, 0, 600, 200)
    usual = usual_height(ink, [region], 2.0)
    assert usual == 16
    lines = find_lines(ink, region, usual, 1.5)
    assert lines == [word, far, Span(8, 50, 26, 64)]


def test_halves_of_a_character_are_one_line_and_figures_below_each_other_two() -> None:
    halves = (Span(10, 10, 30, 20), Span(12, 22, 28, 33))  # 台, at the end of a wrapped name
    figures = (Span(200, 10, 260, 26), Span(200, 30, 260, 46))
    region = Span(0, 0, 600, 200)
    assert find_lines(_ink(*halves), region, 19.0, 1.5) == [Span(10, 10, 30, 33)]
    assert find_lines(_ink(*figures), region, 19.0, 1.5) == list(figures)


def test_a_long_line_without_white_is_cut_through_and_no_ink_is_lost() -> None:
    line, room = Span(0, 10, 3000, 26), Span(0, 0, 3000, 40)
    ink = np.zeros((40, 3000), bool)
    ink[10:26] = True
    parts = _short(line, room, ink, 600.0)
    spans = [part for part, _ in parts]
    assert len(spans) > 4
    assert all(span.wide <= 720 for span in spans)
    assert (spans[0].x0, spans[-1].x1) == (0, 3000)
    assert all(one.x1 == two.x0 for one, two in pairwise(spans))
    assert all(own.x0 <= span.x0 < span.x1 <= own.x1 for span, own in parts)


def test_a_long_line_is_cut_in_its_white() -> None:
    line, room = Span(0, 10, 1000, 26), Span(0, 0, 1000, 40)
    ink = np.zeros((40, 1000), bool)
    ink[10:26, :500] = ink[10:26, 520:] = True
    assert _short(line, room, ink, 600.0) == [
        (line._replace(x1=500), room._replace(x1=510)),
        (line._replace(x0=520), room._replace(x0=510)),
    ]


@pytest.mark.parametrize(("gap", "text"), [(0, f"支出{UNREAD}{UNREAD}万元"), (3, "支出12万元")])
def test_the_figures_of_parts_that_touch_are_not_believed(
    monkeypatch: pytest.MonkeyPatch, gap: int, text: str
) -> None:
    one, room = Span(100, 40, 200, 56), Span(0, 0, 600, 100)
    two = one._replace(x0=200 + gap, x1=300)
    monkeypatch.setattr(readings, "recognise", lambda crops: [_said("支出12万元") for _ in crops])
    cutter = Cutter(np.full((100, 600), 255, np.uint8), 0.0, 16.0, 255.0)
    reads = readings.read_lines([(one, room), (two, room)], cutter)
    assert [(read.text, read.doubt) for read in reads] == [(text, not gap)] * 2


def test_a_wide_blank_stays_one_between_characters() -> None:
    span = Span(0, 0, 100, 10)
    ink = np.zeros((20, 120), bool)
    ink[0:10, 0:20] = True
    ink[0:10, 80:100] = True
    signs = [(Sign("合", 1.0, 0.1), 10.0), (Sign("计", 1.0, 0.9), 90.0)]
    letters = letters_of([(span, signs)], ink, 2.0)
    assert letters.text == "合计"
    assert letters.x1[0] == 10.0
    assert letters.x0[1] == 40.0


def test_runs_of_flags() -> None:
    assert runs(np.array([True, False, True, True])) == [(0, 1), (2, 4)]


def _page_with(*boxes: Span) -> np.ndarray:
    ink = np.zeros((400, 800), bool)
    for box in boxes:
        ink[box.y0 : box.y1, box.x0 : box.x1] = True
    return ink


def test_rulings_are_lines_longer_than_any_stroke() -> None:
    frame = (Span(50, 50, 700, 52), Span(50, 90, 700, 92), Span(50, 50, 52, 92))
    inner = Span(300, 50, 302, 92)  # from ruling to ruling
    stroke = Span(400, 60, 402, 82)  # of a character, not as high as its row
    underline_of_a_word = Span(100, 70, 130, 72)
    ink = _page_with(*frame, inner, stroke, underline_of_a_word)
    rulings, rest = find_rulings(ink, ink, 2.0)
    assert sorted((r.horizontal, r.at) for r in set(rulings)) == [
        (False, 25.5),
        (False, 150.5),
        (True, 25.5),
        (True, 45.5),
    ]
    assert rest[61, 401]
    assert rest[71, 110]
    assert not rest[70, 301]


def test_a_faint_line_is_a_ruling_and_a_leader_of_dots_is_none() -> None:
    faint = _page_with(Span(50, 50, 700, 52), *(Span(x, 90, x + 2, 92) for x in range(50, 700, 5)))
    nothing = np.zeros(faint.shape, bool)
    rulings, _ = find_rulings(nothing, faint, 2.0)
    assert [(r.horizontal, r.at) for r in rulings] == [(True, 25.5)]
