"""What a validation reports, and pages that need no internet."""

from pathlib import Path

from expectations.data_docs import ASSETS, make_offline
from expectations.report import Outcome, Report, read_report, write_report

BROKEN = Outcome(
    "core.fct_income", "fact_has_its_cell", "must", "A fact has its cell", False, 2, "x=1"
)
KNOWN = Outcome("audit.run", "w", "worth_knowing", "Identities hold", False, 1, "y=2")
UNCHECKED = Outcome("audit.run", "q", "worth_knowing", "It runs", False, error="no such column")
FINE = Outcome("audit.run", "f", "must", "It holds", True)


def test_the_line_names_rule_rows_and_example() -> None:
    assert BROKEN.describe() == (
        "core.fct_income: A fact has its cell (fact_has_its_cell): broken by 2 rows, first: x=1"
    )


def test_grades_are_kept_apart_and_an_unchecked_rule_blocks() -> None:
    report = Report((FINE, BROKEN, KNOWN, UNCHECKED))
    assert report.broken("must") == [BROKEN, UNCHECKED]
    assert report.broken("worth_knowing") == [KNOWN]


def test_a_report_survives_its_file(tmp_path: Path) -> None:
    report = Report((FINE, BROKEN, KNOWN, UNCHECKED))
    write_report(report, tmp_path)
    assert read_report(tmp_path) == report


def test_pages_refer_to_local_copies_only(tmp_path: Path) -> None:
    page = tmp_path / "validations" / "core" / "page.html"
    page.parent.mkdir(parents=True)
    page.write_text(
        '<link rel="stylesheet" href="https://cdn.example/5/bootstrap.min.css" />'
        '<script src="https://cdn.example/vega@5"></script>'
        '<script src="https://cdn.example/jquery-3.7.1.min.js" integrity="x"></script>'
        '<img src="https://cdn.example/logo.png?d=1"><p>部门预算</p>'
        '<style>a { background: url("https://cdn.example/full_logo_dark.png") }</style>',
        encoding="utf-8",
    )
    make_offline(tmp_path)
    text = page.read_text(encoding="utf-8")
    assert "https://" not in text
    assert 'href="../../static/assets/bootstrap.min.css"' in text
    assert 'src="../../static/assets/jquery.min.js"' in text
    assert "<p>部门预算</p>" in text
    for local in ("bootstrap.min.css", "jquery.min.js"):
        assert (tmp_path / "static" / "assets" / local).read_bytes() == (
            ASSETS / local
        ).read_bytes()
