"""Forms in text whose cells moved: headers in one cell, names over two, units that go on."""

from decimal import Decimal

import pytest

from extract.forms.columns import read_columns
from extract.forms.confirm import _confirm, _Listed
from extract.forms.model import Form, Money
from extract.forms.target import parse_target, says_quality
from extract.page import GridCell
from extract.vocabulary import load_vocabulary


def row(*texts: str, place: int = 1) -> list[GridCell]:
    """A row of cells without boxes, blank ones left out."""
    return [
        GridCell(place, column, 1, 1, (text,), None) for column, text in enumerate(texts) if text
    ]


def places(*texts: str) -> list[tuple[str, float]]:
    """Field and first column of each column below a header."""
    return [(spec.field, spec.x0) for spec in read_columns(row(*texts))]


def test_two_headers_in_one_cell_stand_over_two_columns() -> None:
    assert places("", "一级指标 二级指标", "", "三级指标", "", "指标值") == [
        ("level_1", 1),
        ("level_2", 2),
        ("level_3", 3),
        ("target", 5),
    ]


def test_headers_in_one_cell_stay_together_where_the_next_column_is_taken() -> None:
    assert places("一级指标 二级指标", "三级指标", "指标值")[0] == ("rest", 0)
    assert places("一级指标 说明文字", "", "三级指标", "指标值")[0] == ("rest", 0)


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("≥18Gbps", 18, "Gbps"),
        ("≥28万路", 28, "万路"),
        ("≥28万", 28, "万"),
        ("≥5GB", 5, "GB"),
        ("≥3次以上", 3, "次"),
    ],
)
def test_a_unit_is_taken_whole(text: str, value: int, unit: str) -> None:
    target = parse_target(text)
    assert (target.value, target.unit) == (Decimal(value), unit)


def test_a_grade_is_a_target_by_itself() -> None:
    assert says_quality("优") and says_quality("定性指标")
    assert not says_quality("稳定") and not says_quality("优化")


def settled(text: str, listed: str) -> Money:
    """The amount that a form's cell gives, beside that of the list of projects."""
    money = Money(GridCell(0, 0, 1, 1, (text,)), "all", "budget", "万元", "", "")
    form = Form(fields={"project_name": "河道清淤工程"}, money=[money])
    project = _Listed("河道清淤工程", {"all": Decimal(listed)})
    _confirm(form, [project], "wan_yuan", load_vocabulary())
    return form.money[0]


@pytest.mark.parametrize("text", ["36, 50", "36.(50"])
def test_a_misread_point_is_one_where_the_list_has_the_same_amount(text: str) -> None:
    money = settled(text, "365000")
    assert (money.printed, money.reading, money.doubt) == ("36.50", "resolved", "")


@pytest.mark.parametrize(
    ("text", "listed"),
    [("36, 50", "3650000"), ("36, 50", "36500000"), ("36, 500", "365000"), ("3, 6, 50", "365000")],
)
def test_a_misread_point_that_nothing_confirms_stays_in_doubt(text: str, listed: str) -> None:
    assert settled(text, listed).doubt == "split_figure"


@pytest.mark.parametrize(("total", "printed"), [("36.5", "30.5"), ("40.0", "")])
def test_a_figure_cut_behind_its_point_is_whole_where_the_form_adds_up(
    total: str, printed: str
) -> None:
    def money(fund: str, *texts: str) -> Money:
        pieces = texts if len(texts) > 1 else ()
        cell = GridCell(0, 0, 1, 1, texts[:1])
        return Money(cell, fund, "budget", "万元", "", "", pieces=pieces)

    parts = [money("fiscal", "30.", "5"), money("other_printed", "6")]
    form = Form(fields={"project_name": "河道清淤工程"}, money=[money("all", total), *parts])
    _confirm(form, [], "wan_yuan", load_vocabulary())
    assert form.money[1].printed == printed
    assert bool(form.money[1].doubt) != bool(printed)
