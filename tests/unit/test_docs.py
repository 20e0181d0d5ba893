"""The pages hold: links lead somewhere, lists are complete, the worked example works."""

import ast
import csv
import re
import shutil
import tomllib
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest
import yaml

from extract import vocabulary
from extract.cells import as_record, cell_rows
from extract.reading import read_document

PROJECT = Path(__file__).resolve().parents[2]
PAGES = sorted(
    [*PROJECT.glob("*.md"), *(PROJECT / "docs").rglob("*.md"), *(PROJECT / "typeset").rglob("*.md")]
)
DOCS = PROJECT / "docs"
_LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
_TABLE_WORD = re.compile(r"^\| `([a-z_]+)` \|", re.M)


def _text(page: Path) -> str:
    return page.read_text("utf-8")


def _blocks(page: Path, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", _text(page), re.M | re.S)


def _anchors(page: Path) -> set[str]:
    titles = re.findall(r"^#+ (.*)$", _text(page), re.M)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(PROJECT).as_posix())
def test_links_lead_somewhere(page: Path) -> None:
    broken = []
    for link in _LINK.findall(_text(page)):
        if link.startswith(("https://", "http://")):
            continue
        path, _, anchor = link.partition("#")
        target = (page.parent / path).resolve() if path else page
        if not target.exists() or (anchor and anchor not in _anchors(target)):
            broken.append(link)
    assert broken == []


def test_every_page_can_be_reached_from_the_readme() -> None:
    reached: set[Path] = set()
    waiting = [PROJECT / "README.md"]
    while waiting:
        page = waiting.pop()
        if page in reached or page.suffix != ".md" or not page.exists():
            continue
        reached.add(page)
        waiting += [(page.parent / link).resolve() for link in _LINK.findall(_text(page))]
    assert {page for page in PAGES if DOCS in page.parents} <= reached


def test_the_picture_is_well_formed_and_has_a_title() -> None:
    root = ElementTree.parse(DOCS / "architecture.svg").getroot()
    assert root.find("{http://www.w3.org/2000/svg}title") is not None


def test_the_targets_of_the_makefile_that_pages_name_exist() -> None:
    targets = set(re.findall(r"^([a-z]+):.*## ", _text(PROJECT / "Makefile"), re.M))
    assert {"build", "test", "lint"} <= targets
    for page in PAGES:
        inline = " ".join(re.findall(r"`(make [^`]*)`", _text(page)))
        shown = " ".join(re.findall(r"^    (make .*)$", _text(page), re.M))
        named = set(re.findall(r"\bmake ([a-z]+)\b", f"{inline} {shown}"))
        assert named <= targets, page


def test_paths_that_the_architecture_names_exist() -> None:
    named = re.findall(r"`([\w/.-]+/)`", _text(DOCS / "architecture.md"))
    assert len(named) > 8
    assert [name for name in named if name != ".gongkai/" and not (PROJECT / name).is_dir()] == []


def test_every_quarantine_reason_is_explained_and_no_other() -> None:
    explained = _TABLE_WORD.findall(_text(DOCS / "quarantine.md"))
    assert len(explained) == len(set(explained))
    assert set(explained) == set(quarantine_reasons()), "docs/quarantine.md is the closed list"


def test_every_kind_of_finding_is_explained_and_no_other() -> None:
    models = yaml.safe_load(_text(PROJECT / "models" / "audit" / "finding.yml"))["models"]
    kind = next(column for column in models[0]["columns"] if column["name"] == "kind")
    words = next(
        test["accepted_values"]["arguments"]["values"]
        for test in kind["data_tests"]
        if isinstance(test, dict) and "accepted_values" in test
    )
    assert sorted(_TABLE_WORD.findall(_text(DOCS / "findings.md"))) == sorted(words)


def test_every_seed_has_its_line_in_the_lesson() -> None:
    page = _text(DOCS / "teach-a-layout.md")
    seeds = PROJECT / "seeds"
    named = {
        *(seeds / "vocabulary" / name for name in re.findall(r"^\| `(\w+\.csv)` \|", page, re.M)),
        *(seeds / name for name in re.findall(r"`((?:marts|reference|rules)/\w+\.csv)`", page)),
    }
    assert named == set(seeds.rglob("*.csv"))


def test_the_lesson_teaches_the_word(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = DOCS / "teach-a-layout.md"
    [table] = _blocks(page, "markdown")
    [row] = _blocks(page, "csv")
    document = tmp_path / "layout.md"
    document.write_text(table, encoding="utf-8")
    folder = tmp_path / "vocabulary"
    shutil.copytree(vocabulary.FOLDER, folder)
    monkeypatch.setattr(vocabulary, "FOLDER", folder)

    assert _sources(document) == {"other_printed": 3}

    with (folder / "header_word.csv").open("a", encoding="utf-8") as file:
        file.write(row)
    with (folder / "header_word.csv").open(encoding="utf-8", newline="") as file:
        assert all(
            None not in record and None not in record.values() for record in csv.DictReader(file)
        )
    assert _sources(document) == {"affiliate_remittance": 3}


def _sources(document: Path) -> dict[str, int]:
    """Count the income sources of the figures below the header word of the lesson."""
    words = vocabulary.load_vocabulary.__wrapped__()
    reading = read_document(document, words)
    assert reading.identity.missing() == []
    [table] = reading.tables
    assert table.kind == "income"
    found: dict[str, int] = {}
    for cell in map(as_record, cell_rows("0", 1, table, reading.identity, words)):
        if cell.get("column_label") == "下级单位解缴款":
            assert cell["quarantine_reason"] is None
            source = str(cell["column_source"])
            found[source] = found.get(source, 0) + 1
    return found


# Where a quarantine reason comes from: the errors and doubts of the reader, the constants of the
# flow, and the reasons that the models give.


def quarantine_reasons() -> Iterator[str]:
    """Find every word that the sources may write as a reason of quarantine."""
    for path in sorted((PROJECT / "extract").rglob("*.py")):
        yield from _reasons_of_reader(ast.parse(_text(path)))
    for path in sorted((PROJECT / "gongkai").rglob("*.py")):
        for name, value in _assignments(ast.parse(_text(path))):
            if name.startswith("READER_"):
                yield from _words(value)
    for path in sorted((PROJECT / "models").rglob("*.sql")):
        yield from _reasons_of_model(_text(path))


@pytest.mark.parametrize(
    ("page", "model"), [("a-person-decides.md", "decision"), ("changes.md", "change")]
)
def test_every_reason_of_the_audit_is_explained_and_no_other(page: str, model: str) -> None:
    columns = yaml.safe_load(_text(PROJECT / "models" / "audit" / f"{model}.yml"))["models"][0]
    reason = next(column for column in columns["columns"] if column["name"] == "reason")
    tests = [test for test in reason["data_tests"] if isinstance(test, dict)]
    words = tests[0]["accepted_values"]["arguments"]["values"]
    explained = _text(DOCS / page).split("| reason |")[1].split("\n\n")[0]
    assert _TABLE_WORD.findall(explained) == words


def _reasons_of_model(sql: str) -> Iterator[str]:
    yield from re.findall(r"'([a-z_]+)' as reason\b", sql)
    for before in re.split(r"\bend as (?:unplaced_)?reason\b", sql)[:-1]:
        case = before[before.rindex("case") :]
        yield from re.findall(r"\b(?:then|else)\s+(?:coalesce\([\w.]+, )?'([a-z_]+)'", case)


def _reasons_of_reader(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            at = {"DocumentError": 0, "Notice": 0, "_quarantine": 1, "_refused": 4}.get(
                node.func.id
            )
            if at is not None and len(node.args) > at:
                yield from _words(node.args[at])
        if isinstance(node, ast.keyword) and node.arg == "doubt":
            yield from _words(node.value)
        if isinstance(node, ast.FunctionDef) and node.name in ("_doubt", "_why_unread"):
            for inner in ast.walk(node):
                if isinstance(inner, ast.Return) and inner.value is not None:
                    yield from _words(inner.value)
    for name, value in _assignments(tree):
        if name in ("doubt", "AMBIGUOUS", "UNCERTAIN"):
            yield from _words(value)


def _assignments(tree: ast.Module) -> Iterator[tuple[str, ast.expr]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign):
            for target in node.targets:
                if isinstance(target, ast.Name):
                    yield target.id, node.value
                if isinstance(target, ast.Tuple) and isinstance(node.value, ast.Tuple):
                    for name, value in zip(target.elts, node.value.elts, strict=False):
                        if isinstance(name, ast.Name):
                            yield name.id, value


def _words(value: ast.expr) -> Iterator[str]:
    """Find the word, or both words of a condition; a name stands for what is assigned elsewhere."""
    if isinstance(value, ast.Constant) and isinstance(value.value, str) and value.value:
        yield value.value
    if isinstance(value, ast.IfExp):
        yield from _words(value.body)
        yield from _words(value.orelse)
    if isinstance(value, ast.BoolOp):
        for part in value.values:
            yield from _words(part)


def test_every_package_has_its_licence_and_no_other() -> None:
    project = tomllib.loads(_text(PROJECT / "pyproject.toml"))["project"]
    groups = [project["dependencies"], *project["optional-dependencies"].values()]
    names = {re.split("[<>=]", one)[0] for group in groups for one in group}
    page, _, _ = _text(DOCS / "licences.md").partition("## Not permissive")
    assert set(re.findall(r"^\| ([a-z][a-z0-9-]+) \|", page, re.M)) - {"package"} == names
