"""A slip in a rule ends the build, and says where it is."""

import shutil
from pathlib import Path

import pytest

from gongkai.errors import BuildError
from gongkai.rules import RULES, check_rules


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    directory = tmp_path / "seeds" / "rules"
    shutil.copytree(RULES, directory)
    return directory


def test_the_rules_of_the_project_are_sound() -> None:
    check_rules()


@pytest.mark.parametrize(
    ("name", "old", "new", "said"),
    [
        ("identity_term", ",1,summary,income,", ",2,summary,income,", "'2' is no sign"),
        ("identity_term", ",summary,income,", ",sumary,income,", "'sumary' is no table_kinds"),
        ("identity_term", ",income,total,", ",incomes,total,", "'incomes' is no subject"),
        ("identity_term", ",income,total,", ",income,totals,", "'totals' is no word of income"),
        ("identity_term", "side,", "sides,", "the column 'side' is missing"),
        ("identity_term", "summary_income_total,left", "nobody,left", "'nobody' is no rule"),
        ("identity_rule", ",both,hard,", ",both,firm,", "'firm' is no strength"),
        ("relation_rule", ",hard,at_most,", ",hard,below,", "'below' is no comparison"),
        ("relation_rule", ",equal,same_money,", ",equal,growth_rate,", "no rule of a condition"),
        ("relation_term", ",change_percent,", ",change_rate,", "'change_rate' is no measures"),
        ("relation_term", ",rate,sum,", ",rate,mean,", "'mean' is no take"),
        ("relation_term", "growth_rate,right,4", "growth_rate,left,4", "a term on either side"),
        ("relation_term", ",30108,", ",301o8,", "'301o8' is no code"),
        ("relation_term", ",row,true", ",line,true", "'line' is no key"),
    ],
)
def test_a_slip_is_named_with_its_line(
    rules: Path, name: str, old: str, new: str, said: str
) -> None:
    path = rules / f"{name}.csv"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(BuildError, match=r"^seeds/rules/\w+\.csv line \d+: ") as refused:
        check_rules(rules)
    assert said in str(refused.value)
