"""How a settled figure was settled: its row in the table `resolution`, by way of breaking."""

from decimal import Decimal
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from extract import vocabulary as vocabulary_module
from extract.landing import land_document
from extract.page import Grid
from extract.plain import placing
from extract.plain.placing import Figures, Places, settle_tree
from extract.plain.tabbed import read_tabbed
from extract.regions import load_regions

CITY = next(
    regions[0].name
    for regions in load_regions().values()
    if len(regions) == 1 and regions[0].name.endswith("市") and len(regions[0].ancestors) == 2
)
HEAD = f"{CITY}财政局2031年部门决算\n\n"
GENERAL = (
    "一般公共预算财政拨款支出决算表\n单位：万元\n"
    "项 目 本年支出\n科目编码 科目名称 小 计 基本支出 项目支出\n栏 次 1 2 3\n"
)
EXPENDITURE = (
    "支出决算表\n单位：万元\n项 目\n本年支出合计 基本支出 项目支出 上缴上级支出 经营支出\n"
    "对附属单位\n补助支出科目编码 科目名称\n栏 次 1 2 3 4 5 6\n"
)
VEHICLES = (
    '"三公"经费合计\t因公出国\t\t公务用车购置及\t及运行费\t公务接待费',
    "\t(境)费\t小计\t公务用车购置费\t公务用车运行费\t",
)

HALF = Decimal("0.005")

Row = dict[str, object]


def landed(tmp_path: Path, text: str) -> tuple[list[Row], dict[object, Row]]:
    """The resolutions of a document, and its cells by id."""
    path = tmp_path / "some.txt"
    path.write_text(HEAD + text, encoding="utf-8")
    directory = land_document(path, tmp_path / "cache").directory
    cells: list[Row] = pq.read_table(directory / "cell.parquet").to_pylist()
    found: list[Row] = pq.read_table(directory / "resolution.parquet").to_pylist()
    return found, {cell["cell_id"]: cell for cell in cells}


def test_a_figure_beside_a_vanished_blank_names_its_sums_and_rules(tmp_path: Path) -> None:
    rows, cells = landed(
        tmp_path,
        GENERAL + "合 计 10.00 6.00 4.00\n205 教育支出 6.00 6.00\n206 科学技术支出 4.00 4.00\n",
    )
    assert [cells[row["cell_id"]]["printed"] for row in rows] == ["6.00", "6.00", "4.00", "4.00"]
    assert {row["method"] for row in rows} == {"blank_column"}
    assert {row["solutions"] for row in rows} == {1}
    for row in rows:
        assert row["evidence"] == (
            "of 3 layouts one left by the sums of the row; "
            "the sums of classes, sections and items in every column"
        )
        held = str(row["rules_held"]).split("|")
        assert "expenditure_total_classes" in held
        assert row["rules_broken"] is None


def test_a_figure_in_doubt_and_clear_print_were_not_settled(tmp_path: Path) -> None:
    rows, cells = landed(
        tmp_path,
        GENERAL + "合 计 8.00 4.00 4.00\n205 教育支出 4.00 4.00\n206 科学技术支出 4.00 4.00\n",
    )
    settled = {row["cell_id"] for row in rows}
    assert settled == {
        cell_id
        for cell_id, cell in cells.items()
        if cell["reading"] == "resolved" and cell["quarantine_reason"] is None
    }
    assert any(cell["quarantine_reason"] == "ambiguous_column" for cell in cells.values())
    clear, _ = landed(tmp_path, GENERAL + "合 计 8.00 4.00 4.00\n205 教育支出 8.00 4.00 4.00\n")
    assert clear == []


@pytest.mark.parametrize(
    ("printed", "method", "said"),
    [
        ("2. 90\t\t1. 3\t30\t1. 30\t1.60", "join", "'1. 3' and '30'"),
        ("2. 20\t\t1.00)\t1.00\t1.20", "stray_mark", "'1.00)' without the mark"),
        ("2. 20\t\t1.00)\t1.00\t1.20", "blank_column", "the one place of the row's lost blank"),
    ],
)
def test_a_mended_figure_says_what_was_printed(printed: str, method: str, said: str) -> None:
    lines = [*VEHICLES, "0.00\t0.00\t0.00\t0.00\t0.00\t0.00", printed]
    [grid] = [item for item in read_tabbed(lines)[0] if isinstance(item, Grid)]
    found = [cell.settled for cell in grid.by_row()[-1] if cell.settled is not None]
    assert [one.evidence.startswith(said) for one in found if one.method == method][:1] == [True]
    assert all(cell.settled is None for cell in grid.by_row()[-2])


def test_a_rule_that_a_settled_figure_breaks_is_named(tmp_path: Path) -> None:
    rows, _ = landed(
        tmp_path,
        EXPENDITURE
        + "合 计 10.00 6.00 4.00 0.00 0.00 0.00\n205 教育支出 5.00 5.00 0.00 0.00 0.00 0.00\n"
        + "206 科学技术支出 5.00 1.00 4.00 0.00 0.00 0.00\n\n"
        + GENERAL
        + "合 计 10.00 6.00 4.00\n205 教育支出 6.00 6.00\n206 科学技术支出 4.00 4.00\n",
    )
    # of the last class only the project expenditure is the same in both tables
    broken = "expenditure_general_public"
    assert [row["rules_broken"] for row in rows] == [broken, broken, broken, None]


@pytest.mark.parametrize("name", ["identity_rule.csv", "identity_term.csv"])
def test_other_rules_read_a_document_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    seeds = vocabulary_module.SEEDS
    for path in [*(seeds / "reference").glob("*.csv"), *(seeds / "rules").glob("*.csv")]:
        copy = tmp_path / path.relative_to(seeds)
        copy.parent.mkdir(exist_ok=True)
        copy.write_bytes(path.read_bytes())
    monkeypatch.setattr(vocabulary_module, "SEEDS", tmp_path)
    before = vocabulary_module.vocabulary_fingerprint.__wrapped__()
    with (tmp_path / "rules" / name).open("a", encoding="utf-8") as rules:
        rules.write("\n")
    assert vocabulary_module.vocabulary_fingerprint.__wrapped__() != before


def test_a_search_beyond_its_limit_leaves_all_layouts(monkeypatch: pytest.MonkeyPatch) -> None:
    amounts = [Decimal(2**n) for n in range(6)]
    rows = [Figures((sum(amounts, Decimal(0)), amounts[0], sum(amounts[1:], Decimal(0))), HALF)]
    rows += [Figures((amount, amount), HALF) for amount in amounts]
    options: list[list[Places]] = [[(0, 1, 2)], *[[(0, 1), (0, 2)] for _ in amounts]]
    families = [(0, tuple(range(1, 7)))]
    settled = settle_tree(rows, options, families)
    assert settled == [[(0, 1, 2)], [(0, 1)], *[[(0, 2)] for _ in amounts[1:]]]
    monkeypatch.setattr(placing, "MAX_WAYS", 1)
    assert settle_tree(rows, options, families) == options
