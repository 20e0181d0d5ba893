"""The sample documents say what their figures say, on every seed."""

from __future__ import annotations

import zipfile
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pypdf
import pypdfium2
import pytest

from typeset import Disclosure, GoldenFact, golden, list_slugs, load_disclosure, render
from typeset.facts import main_amounts
from typeset.files.samples import Sample, list_samples, write_sample
from typeset.front import summary_sentences
from typeset.grid import PADDING, lay_out
from typeset.pages import LANDSCAPE, MARGIN, PORTRAIT, break_pages
from typeset.perturb import load_names, perturb
from typeset.scan import SAMPLE_SLUG
from typeset.text import break_lines, draw_text, register_fonts, text_width

ROOT = Path(__file__).parents[2]
SEEDS = (1, 2, 3, 4, 5)
YANTAI = "yantai-data-bureau-2023-final"
QINGDAO = "qingdao-data-bureau-2023-budget"
QINGSHAN = "qingshan-data-center-2023-budget"
WEIFANG = "weifang-data-bureau-2023-budget"


def find(slug: str, **words: str | None) -> list[GoldenFact]:
    facts = golden(load_disclosure(slug))
    return [f for f in facts if all(getattr(f, name) == word for name, word in words.items())]


def drawings(path: Path) -> list[bytes]:
    contents = [page.get_contents() for page in pypdf.PdfReader(path).pages]
    return [content.get_data() for content in contents if content is not None]


def unpacked(path: Path) -> dict[str, bytes]:
    """What a file holds; compression differs between builds of zlib."""
    if not zipfile.is_zipfile(path):
        return {"": path.read_bytes()}
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def tokens_of_pages(path: Path) -> dict[int, Counter[str]]:
    document = pypdfium2.PdfDocument(path)
    pages = {}
    for number in range(len(document)):
        text = document[number].get_textpage().get_text_range()
        pages[number + 1] = Counter(text.split())
    document.close()
    return pages


@pytest.mark.parametrize("slug", list_slugs())
def test_corpus_is_what_the_generator_writes(slug: str, tmp_path: Path) -> None:
    # page by page and unpacked: compression differs between builds of zlib
    render(slug, tmp_path / "again.pdf")
    assert drawings(tmp_path / "again.pdf") == drawings(ROOT / "corpus" / f"{slug}.pdf")


@pytest.mark.parametrize(("slug", "basis"), [(WEIFANG, "budget"), (YANTAI, "final")])
def test_sentences_state_the_year_itself(slug: str, basis: str) -> None:
    disclosure = perturb(load_disclosure(slug), 1)
    totals = {
        fact.basis: fact.amount_yuan
        for fact in golden(disclosure)
        if (fact.fact, fact.item) == ("three_public", "total")
    }
    assert len(set(totals.values())) == 2  # the other one is of the year before, or the budget
    assert main_amounts(disclosure)["three_public", "total"] == totals[basis]
    assert f"合计{totals[basis] / 10000:,.2f}万元" in summary_sentences(disclosure)[-1]


def test_corpus_holds_only_the_sample_documents() -> None:
    corpus = ROOT / "corpus"
    names = {path.relative_to(corpus).as_posix() for path in corpus.rglob("*") if path.is_file()}
    files = {sample.path for sample in list_samples()}
    scan = f"{SAMPLE_SLUG}-scan.pdf"
    assert names == files | {scan} | {f"{slug}.pdf" for slug in list_slugs()}
    assert (corpus / scan).stat().st_size < 300_000
    assert {Path(name).suffix for name in files} >= {".docx", ".xlsx", ".xls", ".html"}
    assert all((corpus / name).stat().st_size < 200_000 for name in files)


@pytest.mark.parametrize("sample", list_samples(), ids=lambda sample: Path(sample.path).name)
def test_the_files_of_the_corpus_are_what_the_generator_writes(
    sample: Sample, tmp_path: Path
) -> None:
    write_sample(sample, tmp_path)
    assert unpacked(tmp_path / sample.path) == unpacked(ROOT / "corpus" / sample.path)


def test_the_same_disclosure_gives_the_same_bytes(tmp_path: Path) -> None:
    for folder in ("one", "two"):
        for sample in list_samples():
            write_sample(sample, tmp_path / folder)
    for sample in list_samples():
        files = [tmp_path / folder / sample.path for folder in ("one", "two")]
        assert files[0].read_bytes() == files[1].read_bytes()


@pytest.mark.parametrize("seed", [None, *SEEDS])
@pytest.mark.parametrize("slug", list_slugs())
def test_every_fact_is_printed_on_its_page(slug: str, seed: int | None, tmp_path: Path) -> None:
    facts = golden(render(slug, tmp_path / "sample.pdf", seed))
    pages = tokens_of_pages(tmp_path / "sample.pdf")
    assert len(facts) > 150
    for number in {fact.page_number for fact in facts}:
        assert number is not None
        wanted = Counter(fact.amount_printed for fact in facts if fact.page_number == number)
        assert wanted - pages[number] == Counter()


@pytest.mark.parametrize("slug", list_slugs())
def test_a_seed_gives_another_disclosure_in_the_same_layout(slug: str, tmp_path: Path) -> None:
    shipped = load_disclosure(slug)
    first = render(slug, tmp_path / "first.pdf", seed=7)
    render(slug, tmp_path / "second.pdf", seed=7)
    assert (tmp_path / "first.pdf").read_bytes() == (tmp_path / "second.pdf").read_bytes()
    assert first.agency_name != shipped.agency_name
    assert blanks(first) == blanks(shipped)
    assert shipped.agency_name not in repr(first)
    same = [a == b for a, b in zip(figures(first), figures(shipped), strict=True) if b.strip("0.")]
    assert sum(same) < len(same) / 10


def blanks(disclosure: Disclosure) -> list[bool]:
    return [not text for text in figures(disclosure)]


def figures(disclosure: Disclosure) -> list[str]:
    return [
        row.cells[column.field]
        for table in disclosure.tables
        for row in table.rows
        for column in table.columns
        if column.is_amount
    ]


def test_seeds_differ_in_agency_year_page_breaks_and_projects() -> None:
    register_fonts()
    shipped = load_disclosure(WEIFANG)
    others = [perturb(shipped, seed) for seed in range(12)]
    regions = dict(load_names().regions)
    assert all(other.region_code in regions.values() for other in others)
    assert all(regions[region_of(other)] == other.region_code for other in others)
    assert len({other.agency_name for other in others}) > 6
    assert len({other.fiscal_year for other in others}) > 3
    assert len(break_pages(others[0], 7)) > len(break_pages(others[0], 24))
    names = [f.project_name for f in golden(others[0]) if f.table_kind == "project_list"]
    assert len(set(names)) == 43 + 1  # 44 projects, of which two have one name, and the totals


def region_of(disclosure: Disclosure) -> str:
    return next(name for name, _ in load_names().regions if disclosure.agency_name.startswith(name))


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("slug", list_slugs())
def test_texts_stay_inside_their_cells(slug: str, seed: int) -> None:
    register_fonts()
    disclosure = perturb(load_disclosure(slug), seed)
    for table in disclosure.tables:
        page = LANDSCAPE if table.orientation == "landscape" else PORTRAIT
        grid = lay_out(table, page[0] - 2 * MARGIN, disclosure.fill, disclosure.style.indent)
        assert sum(grid.widths) == pytest.approx(page[0] - 2 * MARGIN)
        for cell in (cell for band in (grid.header, *grid.rows) for cell in band.cells):
            room = sum(grid.widths[cell.column : cell.column + cell.column_span]) - 2 * PADDING
            assert all(text_width(line, grid.size) <= room + 0.01 for line in cell.lines), cell
            if cell.align == "right":
                assert len(cell.lines) == 1, cell


def test_a_character_without_glyph_is_refused() -> None:
    register_fonts()
    with pytest.raises(ValueError, match="no glyph for ☃"):
        draw_text(None, 0, 0, "☃", 9)


def test_lines_keep_figures_whole_and_brackets_with_their_words() -> None:
    register_fonts()
    lines = break_lines("本年收入（万元）1,234.56，合计", 5 * 9.0, 9)
    assert "".join(lines) == "本年收入（万元）1,234.56，合计"
    assert any("1,234.56" in line for line in lines)
    assert not any(line.endswith("（") or line.startswith("）") for line in lines)


def test_unknown_disclosure_is_named() -> None:
    with pytest.raises(ValueError, match="no figures in nowhere"):
        load_disclosure("nowhere")


def test_a_blank_is_no_fact_and_a_printed_zero_is_one() -> None:
    assert find(YANTAI, table_kind="state_capital_expenditure") == []
    zero = find(QINGDAO, table_kind="government_fund_expenditure", component="basic")
    assert [fact.amount_yuan for fact in zero] == [Decimal("0.00")]
    assert zero[0].amount_printed == "0.00"


def test_amounts_are_in_yuan() -> None:
    (in_wan_yuan,) = find(QINGDAO, table_kind="summary", component="current_total")
    assert in_wan_yuan.amount_yuan == Decimal("102167200.00")
    assert in_wan_yuan.amount_printed == "10,216.72"
    (in_yuan,) = find(QINGSHAN, table_kind="summary", component="current_total")
    assert in_yuan.amount_yuan == Decimal("13214710.41")
    assert in_yuan.amount_printed == "13214710.41"


def test_a_total_printed_twice_is_one_fact() -> None:
    assert len(find(QINGDAO, fact="three_public", item="total", fund="all")) == 1
    assert len(find(QINGSHAN, fact="procurement", level="total")) == 1
    assert len(find(QINGSHAN, table_kind="income", level="total", income_source="total")) == 1


def test_words_of_summaries_and_economic_tables() -> None:
    (carried,) = find(
        YANTAI, table_kind="fiscal_summary", fund="general_public_budget", fact="income"
    )
    assert (carried.income_source, carried.level) == ("carryover_in", "item")
    (science,) = find(WEIFANG, table_kind="summary", function_code="206")
    assert (science.level, science.component, science.fund) == ("class", "total", "all")
    (pension,) = find(
        WEIFANG,
        table_kind="basic_economic",
        department_economic_code="30108",
        government_economic_code="50501",
        component="total",
    )
    assert (pension.level, pension.amount_yuan) == ("section", Decimal("490300.00"))
    (staff,) = find(YANTAI, component="personnel")
    assert (staff.level, staff.amount_printed) == ("total", "1,266.86")


def test_words_of_procurement_and_projects() -> None:
    (paper,) = find(QINGSHAN, catalogue_code="A05040101")
    assert (paper.function_code, paper.department_economic_code) == ("2010399", "30201")
    assert (paper.sme_reserved_yuan, paper.micro_reserved_yuan) == (0, 5000)
    assert paper.project_name == "网上群众工作部年度费用"
    (desk,) = find(QINGDAO, catalogue_code="A05010201", fund="all")
    assert (desk.category, desk.sme_reserved_yuan) == ("goods", Decimal("30000.00"))
    (managed,) = find(WEIFANG, project_name="预算单位财政代管资金", fund="unit_funds")
    assert (managed.level, managed.measure) == ("line", "budget")
