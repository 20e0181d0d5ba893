"""Page styles and hard variants: what they print is what their golden answers say."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pypdf
import pypdfium2
import pytest

from typeset import Disclosure, golden, list_slugs, load_disclosure, render
from typeset.forms import CONTACT
from typeset.pages import PORTRAIT, WIDE
from typeset.producers import missing_producer
from typeset.rewrite import join_codes, split_codes
from typeset.styles import EXCLUSIVE, OF_CONTENT, STYLES, Variant

QINGSHAN = "qingshan-data-center-2023-budget"
WEIFANG = "weifang-data-bureau-2023-budget"
YANTAI = "yantai-data-bureau-2023-final"


def text_of(path: Path) -> list[str]:
    document = pypdfium2.PdfDocument(path)
    texts = [document[number].get_textpage().get_text_bounded() for number in range(len(document))]
    document.close()
    return texts


def missing(wanted: Counter[str], page: str) -> dict[str, int]:
    """Figures that a page prints less often than wanted; white space may stand anywhere."""
    flat = "".join(page.split())
    return {text: count for text, count in wanted.items() if flat.count(text) < count}


@pytest.mark.parametrize("style", STYLES)
def test_every_style_prints_every_figure(style: str, tmp_path: Path) -> None:
    if reason := missing_producer(STYLES[style].producer):
        pytest.skip(reason)
    facts = golden(render(QINGSHAN, tmp_path / "a.pdf", 5, style))
    wanted = Counter(fact.amount_printed for fact in facts)
    assert len(wanted) > 100
    assert missing(wanted, " ".join(text_of(tmp_path / "a.pdf"))) == {}


@pytest.mark.parametrize("variant", Variant)
def test_every_variant_prints_every_figure_on_its_page(variant: Variant, tmp_path: Path) -> None:
    disclosure = render(QINGSHAN, tmp_path / "a.pdf", 6, variants=[variant])
    pages = text_of(tmp_path / "a.pdf")
    facts = golden(disclosure)
    numbers = {fact.page_number for fact in facts}
    assert numbers <= set(range(4, len(pages) + 1))
    for number in numbers:
        assert number is not None
        wanted = Counter(fact.amount_printed for fact in facts if fact.page_number == number)
        assert missing(wanted, pages[number - 1]) == {}


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Three disclosures without any variant."""
    folder = tmp_path_factory.mktemp("plain")
    for slug in (QINGSHAN, WEIFANG, YANTAI):
        render(slug, folder / slug, 4)
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.mark.parametrize("variant", Variant)
def test_every_variant_changes_some_page(
    variant: Variant, plain: dict[str, bytes], tmp_path: Path
) -> None:
    for slug, shipped in plain.items():
        render(slug, tmp_path / "hard.pdf", 4, variants=[variant])
        if (tmp_path / "hard.pdf").read_bytes() != shipped:
            return
    pytest.fail(f"{variant} changes nothing")


def test_pages_are_turned_and_of_mixed_sizes(tmp_path: Path) -> None:
    render(WEIFANG, tmp_path / "a.pdf", variants=[Variant.ROTATED, Variant.MIXED_A3])
    pages = pypdf.PdfReader(tmp_path / "a.pdf").pages
    assert {page.rotation for page in pages} == {0, 90}
    turned = {(float(p.mediabox.width), float(p.mediabox.height)) for p in pages if p.rotation}
    upright = {(float(p.mediabox.width), float(p.mediabox.height)) for p in pages if not p.rotation}
    assert turned == {(WIDE[1], WIDE[0])}
    assert upright == {PORTRAIT}


@pytest.mark.parametrize("slug", list_slugs())
def test_codes_are_the_same_in_one_column_and_in_three(slug: str) -> None:
    shipped = load_disclosure(slug)
    for change in (split_codes, join_codes):
        changed = replace(shipped, tables=tuple(change(table) for table in shipped.tables))
        assert codes(changed) == codes(shipped)


def codes(disclosure: Disclosure) -> list[tuple[object, ...]]:
    return [
        (
            fact.table_kind,
            fact.level,
            fact.function_code,
            fact.department_economic_code,
            fact.government_economic_code,
            fact.amount_yuan,
        )
        for fact in golden(disclosure)
    ]


@pytest.mark.parametrize("group", EXCLUSIVE)
def test_variants_that_exclude_one_another_are_refused(
    group: frozenset[Variant], tmp_path: Path
) -> None:
    with pytest.raises(ValueError, match="exclude one another"):
        render(QINGSHAN, tmp_path / "a.pdf", variants=group)


def test_what_a_style_cannot_print_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="typst cannot print rotated"):
        render(QINGSHAN, tmp_path / "a.pdf", style="typst", variants=[Variant.ROTATED])
    with pytest.raises(ValueError, match="no page style nowhere"):
        render(QINGSHAN, tmp_path / "a.pdf", style="nowhere")
    assert Variant.ROTATED not in OF_CONTENT
    assert Variant.TITLE_INSIDE in OF_CONTENT


def test_a_form_prints_its_indicators_on_their_pages(tmp_path: Path) -> None:
    variants = [Variant.TARGET_FORMS, Variant.EVALUATION_FORMS, Variant.SMALL_PAGES]
    disclosure = render(YANTAI, tmp_path / "a.pdf", variants=variants)
    pages = ["".join(text.split()) for text in text_of(tmp_path / "a.pdf")]
    assert [form.kind for form in disclosure.forms] == [
        "performance_target", "performance_target", "self_evaluation", "self_evaluation",
    ]  # fmt: skip
    assert sum(CONTACT in page for page in pages) == 4
    for indicator in (one for form in disclosure.forms for one in form.indicators):
        assert indicator.page_number is not None
        assert indicator.target_text in pages[indicator.page_number - 1]
    assert len({one.page_number for one in disclosure.forms[0].indicators}) > 1


def test_the_narrative_prints_its_statements_on_their_pages(tmp_path: Path) -> None:
    disclosure = render(YANTAI, tmp_path / "a.pdf", variants=[Variant.NARRATIVE])
    pages = ["".join(text.split()) for text in text_of(tmp_path / "a.pdf")]
    assert len({one.topic for one in disclosure.statements}) > 12
    for one in disclosure.statements:
        assert one.page_number is not None
        figure = f"{one.value:,}" if one.measure != "count" else str(one.value)
        assert f"{figure}{one.unit}" in pages[one.page_number - 1]
