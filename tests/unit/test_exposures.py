"""What ships says truly which tables it asks."""

import re
from pathlib import Path

import pytest
import yaml

PROJECT = Path(__file__).resolve().parents[2]
EXPOSURES = {
    exposure["name"]: exposure
    for exposure in yaml.safe_load((PROJECT / "models" / "exposures.yml").read_text("utf-8"))[
        "exposures"
    ]
}
MODELS = {
    path.stem: path.parent.name
    for schema in ("core", "marts", "audit")
    for path in (PROJECT / "models" / schema).glob("*.sql")
}


def asked(text: str) -> set[str]:
    return set(re.findall(r"\b(?:core|marts|audit)\.(\w+)", text)) & MODELS.keys()


def depends_on(name: str) -> set[str]:
    return {reference.split("'")[1] for reference in EXPOSURES[name]["depends_on"]}


@pytest.mark.parametrize(
    ("name", "page"), [("readme_query", "README.md"), ("worked_queries", "docs/queries.md")]
)
def test_the_queries_of_a_page(name: str, page: str) -> None:
    text = (PROJECT / page).read_text("utf-8")
    sql = " ".join(re.findall(r"^```sql\n(.*?)^```", text, re.M | re.S))
    # `trace` asks the places of facts
    traced = {"fact_place"} if "trace(" in sql else set()
    assert depends_on(name) == asked(sql) | traced


@pytest.mark.parametrize(
    ("name", "package"), [("review_site", "review"), ("dashboard", "dashboard")]
)
def test_the_tables_that_a_program_names(name: str, package: str) -> None:
    sources = " ".join(path.read_text("utf-8") for path in (PROJECT / package).rglob("*.py"))
    assert depends_on(name) == asked(sources)


def test_an_export_has_every_table() -> None:
    assert depends_on("export") == MODELS.keys()


def test_every_exposure_is_described_in_both_languages_and_its_page_exists() -> None:
    assert len(EXPOSURES) >= 5
    for exposure in EXPOSURES.values():
        for text in (exposure["label"], exposure["description"]):
            assert re.match(r".*[\u4e00-\u9fff].* / .*[A-Za-z]{2}", text)
        page = exposure.get("config", {}).get("meta", {}).get("page")
        assert page is None or (PROJECT / page).is_file()
