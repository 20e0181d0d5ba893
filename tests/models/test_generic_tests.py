"""Each generic test of ours passes on a sound table and fails on a broken one."""

from pathlib import Path

import pytest

from tests.models.conftest import run_dbt, write_project

CLASSES = "select '301' as economic_code, 'department' as classification"
SOUND = {
    "sound": (
        "select '206' as code, 'class' as level, 1 as n, '301' as economic"
        " union all select '2069999', 'item', 2, null"
        " union all select null, 'total', 2, '301'"
        " union all select null, 'item', 3, '301'"
    ),
    "broken_combination": "select 1 as n, null as m union all select 1, null",
    "broken_level": "select '20699' as code, 'class' as level",
    "broken_item": "select '206' as code, 'item' as level",
    "broken_codeless_class": "select cast(null as varchar) as code, 'class' as level",
    "broken_code": "select '399' as economic",
    "broken_word": "select 'unheard' as economic",
    "broken_sum": "select 's' as code, 1 as n, 3 as total union all select 's', 1, 3",
    "broken_sum_of_nothing": "select 's' as code, null as n, 3 as total union all select 's', 3, 3",
    "sound_sum": "select 's' as code, 1 as n, 3 as total union all select 's', 2, 3",
    "dim_economic": CLASSES,
    "word_label": "select 'level' as word_kind, '301' as word union all select 'other', 'unheard'",
}
UNIQUE = "unique_combination: {name: %s, arguments: {columns: [%s]}}"
LEVEL = "level_fits_code: {name: %s, arguments: {code_column: code, level_column: level}}"
KNOWN = (
    "economic_codes_known: {name: %s, arguments: "
    "{classification: department, code_column: economic}}"
)
WORD = "word_known: {name: %s, arguments: {column_name: economic, word_kind: level}}"
SUM = (
    "parts_add_up: {name: %s, arguments: {group_by: [code], amount_column: n, total_column: total}}"
)
CASES = [
    ("sound", UNIQUE % ("sound_combination", "n, code"), "pass"),
    ("broken_combination", UNIQUE % ("broken_combination_found", "n, m"), "fail"),
    ("sound", LEVEL % "sound_level", "pass"),
    ("broken_level", LEVEL % "broken_level_found", "fail"),
    ("broken_item", LEVEL % "broken_item_found", "fail"),
    ("broken_codeless_class", LEVEL % "broken_codeless_class_found", "fail"),
    ("sound", KNOWN % "sound_code", "pass"),
    ("broken_code", KNOWN % "broken_code_found", "fail"),
    ("sound", WORD % "sound_word", "pass"),
    ("broken_word", WORD % "broken_word_found", "fail"),
    ("sound_sum", SUM % "sound_sum_holds", "pass"),
    ("broken_sum", SUM % "broken_sum_found", "fail"),
    ("broken_sum_of_nothing", SUM % "broken_sum_of_nothing_found", "fail"),
]


def properties() -> str:
    lines = ["version: 2", "models:"]
    for model in SOUND:
        tests = [test for name, test, _ in CASES if name == model]
        if tests:
            lines += [f"  - name: {model}", "    data_tests:"]
            lines += [f"      - {test}" for test in tests]
    return "\n".join(lines) + "\n"


@pytest.fixture(scope="module")
def statuses(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    directory: Path = tmp_path_factory.mktemp("generic")
    return run_dbt(directory, write_project(directory, SOUND, properties()), "build")


@pytest.mark.parametrize(("test", "expected"), [(test, status) for _, test, status in CASES])
def test_sound_passes_and_broken_fails(statuses: dict[str, str], test: str, expected: str) -> None:
    name = test.split("name: ")[1].split(",")[0]
    assert statuses[name] == expected
