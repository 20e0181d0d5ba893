"""Every rule has figures that hold, and figures that break it: `rule_cases.csv`.

A row is one figure of a rule; `breaks` is its amount where the rule is broken, empty where it is
the same. A rule that rests on another gets the figures with which the other holds.
"""

import csv
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

import duckdb
import pytest

from gongkai.candidate import create_raw_tables
from tests.models.conftest import PROJECT, run_dbt

_JUDGING = (
    "int_relation_sides",
    "int_relation_checks",
    "int_relations_judged",
    "int_identity_sides",
    "identity_check",
)
_OF_ONE_FUND = (
    "general_public_expenditure",
    "government_fund_expenditure",
    "state_capital_expenditure",
)
"""Tables whose own total is that of a fund."""
_YEARS = {"this": 2024, "year_before": 2023, "budget": 2024, "department": 2024}


def _read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def _rules() -> dict[str, dict[str, str]]:
    seeds = PROJECT / "seeds" / "rules"
    return {
        **{row["identity_id"]: row for row in _read(seeds / "identity_rule.csv")},
        **{row["relation_id"]: row for row in _read(seeds / "relation_rule.csv")},
    }


RULES = _rules()
RELATIONS = {row["relation_id"] for row in _read(PROJECT / "seeds" / "rules" / "relation_rule.csv")}
CASES = defaultdict(list)
for _row in _read(Path(__file__).parent / "rule_cases.csv"):
    CASES[_row["rule"]].append(_row)

_SELECTED = ("table_kind", "subject", "word", "measure", "level", "fund", "code", "side")


def _figures(rule: str, outcome: str) -> Iterator[tuple[dict[str, str], str]]:
    """The figures of a case, after those of the rule that it rests on."""
    own = [(row, row["breaks"] if outcome == "breaks" else "") for row in CASES[rule]]
    taken = {tuple(row[name] for name in _SELECTED) for row, _ in own}
    for row in CASES.get(RULES[rule]["only_if"], ()):
        if tuple(row[name] for name in _SELECTED) not in taken:
            yield row, row["amount"]
    for row, broken in own:
        yield row, broken or row["amount"]


def _insert(connection: duckdb.DuckDBPyConnection, rule: str, outcome: str) -> None:
    kind = RULES[rule]["document_kind"]
    kind = "budget" if kind == "both" else kind
    owners = set()
    for number, (row, amount) in enumerate(_figures(rule, outcome)):
        document = f"{rule}:{outcome}:{row['whose']}"
        kind_here = "budget" if row["whose"] == "budget" else kind
        code = row["code"] or None
        parent = {5: code and code[:3], 7: code and code[:5]}.get(len(code or ""))
        is_left = row["side"] == "left"
        is_part = row["fund"] not in ("all", "") and row["table_kind"] not in _OF_ONE_FUND
        values: dict[str, object] = {
            "cell_id": f"{document}:{number}",
            "document_id": document,
            "disclosure_id": document,
            "document_kind": kind_here,
            "table_kind": row["table_kind"],
            "subject": row["subject"],
            "level": row["level"],
            "fund": row["fund"] or None,
            "word": row["word"],
            "basis": row["measure"] or None,
            "code": code,
            "parent_code": parent,
            "row_key": "row",
            "group_key": "group" if is_left else None,
            "within_key": None if is_left else "group",
            "block": row["block"] or "current",
            "is_source_part": False,
            "is_fund_part": is_part,
            "is_fund_addend": is_part,
            "amount_yuan": amount,
            "half_digit_yuan": "0.005",
        }
        if rule in RELATIONS:
            values = {
                **{
                    name: value
                    for name, value in values.items()
                    if name
                    not in ("document_kind", "block", "amount_yuan", "half_digit_yuan", "cell_id")
                },
                "place_id": values["cell_id"],
                "measure": row["measure"] or "amount",
                "amount": amount,
                "half_digit": "0.005",
                "printed": amount,
                "said_key": values["cell_id"],
                "is_doubtful": False,
            }
        table = "int_relation_figures" if rule in RELATIONS else "int_figures_tidy"
        _add(connection, table, values)
        owners.add((document, row["whose"], kind_here))
        kinds = {"disclosure_id": document, "document_id": document, "is_current": True}
        _add(connection, "int_table_kinds_current", {**kinds, "table_kind": row["table_kind"]})
    for document, whose, kind_here in owners:
        _add(
            connection,
            "int_documents_identified",
            {
                "document_id": document,
                "disclosure_id": document,
                "agency_id": f"{rule}:{outcome}",
                "fiscal_year": _YEARS[whose],
                "document_kind": kind_here,
                "scope": "department" if whose == "department" else "unit",
            },
        )


def _add(connection: duckdb.DuckDBPyConnection, table: str, values: Mapping[str, object]) -> None:
    names = ", ".join(f'"{name}"' for name in values)
    marks = ", ".join("?" for _ in values)
    if table == "int_table_kinds_current":
        connection.execute(
            f"delete from staging.{table} where document_id = ? and table_kind = ?",
            [values["document_id"], values["table_kind"]],
        )
    connection.execute(
        f"insert into staging.{table} ({names}) values ({marks})", list(values.values())
    )


@pytest.fixture(scope="module")
def statuses(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str], str]:
    """The worst status of each case's own rule."""
    directory = tmp_path_factory.mktemp("rules")
    path = directory / "scratch.duckdb"
    with duckdb.connect(str(path)) as connection:
        create_raw_tables(connection)
    only = ("--resource-type", "seed", "--resource-type", "model")
    built = run_dbt(directory, PROJECT, "build", "--empty", "--select", "+identity_check", *only)
    assert set(built.values()) == {"success"}
    with duckdb.connect(str(path)) as connection:
        for rule in CASES:
            for outcome in ("holds", "breaks"):
                _insert(connection, rule, outcome)
    ran = run_dbt(directory, PROJECT, "run", "--select", *_JUDGING)
    assert set(ran.values()) == {"success"}
    with duckdb.connect(str(path), read_only=True) as connection:
        rows = connection.execute(
            "select document_id, identity_id, max(status) from audit.identity_check"
            " where document_id like '%:this' group by document_id, identity_id"
        ).fetchall()
    found = {}
    for document, rule, status in rows:
        owner, outcome, _ = document.split(":")
        if owner == rule:
            found[(rule, outcome)] = status
    return found


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_holds_on_figures_that_keep_it(
    rule: str, statuses: dict[tuple[str, str], str]
) -> None:
    assert statuses[(rule, "holds")] == "holds", rule


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_breaks_on_figures_that_do_not(
    rule: str, statuses: dict[tuple[str, str], str]
) -> None:
    is_condition = RULES[rule]["strength"] == "condition"
    assert statuses[(rule, "breaks")] == ("not_applicable" if is_condition else "broken")


def test_every_rule_has_cases_and_no_case_is_of_another() -> None:
    assert set(CASES) == set(RULES)
    assert {rule for rule, rows in CASES.items() if any(row["breaks"] for row in rows)} == set(
        RULES
    )
