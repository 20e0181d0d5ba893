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
        ("relation_term", "growth_rate,left,2,", "growth_rate,left,1,", "stands twice"),
        (
            "relation_term",
            "completion_rate,left,2,base,",
            "completion_rate,left,2,amount,",
            "a rate needs a base",
        ),
        ("relation_term", "growth_rate,left,2,", "growth_rate,right,2,", "stand on the left"),
        (
            "relation_term",
            "left,1,amount,sum,1,this,narrative,stated,agency_operating_cost,amount,",
            "left,1,amount,any,1,this,narrative,stated,agency_operating_cost,amount,",
            "no more",
        ),
        ("relation_term", ",30108,", ",３０１０８,", "is no code"),
        (
            "identity_term",
            "current_total,total,main,,,kind,",
            "current_total,total,main,,,row,",
            "do not meet",
        ),
        (
            "identity_rule",
            "_all,both,condition,,",
            "_all,both,condition,expenditure_fiscal_expenditure_all,",
            "rests on no other",
        ),
        ("identity_rule", "\nsummary_income_total,", "\nSummary income,", "is no name of a rule"),
        ("relation_rule", "\ngrowth_rate,", "\nform_funds,", "stands twice"),
        ("relation_rule", "the year before would be negative", "", "has no reason_en"),
        ("relation_rule", ",2026-", ",26-", "is no day"),
        (
            "expected_table",
            "budget,,summary,",
            "budgets,,summary,",
            "'budgets' is no document_kind",
        ),
        ("expected_table", ",,income,", ",,incomes,", "'incomes' is no table_kind"),
        ("expected_table", ",university,", ",universe,", "'universe' is no agency_domain"),
        ("expected_table", ",required,", ",needed,", "'needed' is no requirement"),
        (
            "expected_table",
            ",fiscal_expenditure,公共",
            ",fiscal,公共",
            "'fiscal' is no alternatives",
        ),
        ("expected_table", ",基本支出.*表,", ",基本支出(.*表,", "is no title_pattern"),
        ("expected_table", ",2017,", ",17,", "'17' is no year"),
        ("expected_table", ",收入总表,", ",,", "has no name_zh"),
        ("expected_table", "budget,,income,", "budget,,summary,", "'summary' stands twice"),
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


@pytest.mark.parametrize(
    ("content", "said"),
    [(None, "cannot be read"), ("关系".encode("gb18030"), "is not UTF-8"), (b"", "is missing")],
)
def test_a_file_that_cannot_be_read_is_named(rules: Path, content: bytes | None, said: str) -> None:
    path = rules / "relation_rule.csv"
    path.unlink()
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(BuildError, match=r"^seeds/rules/relation_rule.csv line 1: ") as refused:
        check_rules(rules)
    assert said in str(refused.value)
