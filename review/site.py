"""Writing the review site of a warehouse: pages, data of the overview, pictures, assets."""

import shutil
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby
from pathlib import Path
from typing import Any

import duckdb
from markupsafe import Markup

from review.as_read import table_html
from review.changes import read_changes
from review.drawing import PageWanted
from review.excerpt import Printed, as_printed
from review.finding_page import build_finding_page, sheet_pages
from review.marks import rectangle
from review.overview import overview_data
from review.picture_facts import read_personal_areas, read_turned_pages
from review.pictures import draw_pictures
from review.quarantined import group_cases, read_quarantine
from review.rendering import HERE, make_environment
from review.rows import Document, Finding, PrintedTable, Rule
from review.warehouse import (
    read_broken_checks,
    read_cells,
    read_disclosures,
    read_documents,
    read_findings,
    read_places,
    read_rule_words,
    read_rules,
    read_tables,
    read_text,
    read_totals,
)

PAGE_SIZE = 50
"""Rows of a list that the overview shows at once."""

_MOST_CHANGES = 5_000
"""Changes listed one by one; a page with more would be of no use to anybody."""


@dataclass(frozen=True)
class Source:
    """What a site is made from, beside the warehouse.

    ``paths`` says where the file of a document lies; a document that is not in it has no pictures.
    ``made_at`` is UTC.
    """

    publication_id: str
    made_at: datetime
    paths: Mapping[str, Path]


@dataclass(frozen=True)
class Written:
    """What was written."""

    findings: int
    disclosures: int
    pictures: int


def write_site(
    warehouse: Path,
    directory: Path,
    source: Source,
    cache: Path,
    workers: int = 1,
    report: Callable[[int, int], None] = lambda done, total: None,
) -> Written:
    """Write the pages of ``warehouse`` (a candidate or a published file) into ``directory``.

    ``cache`` keeps pictures between builds; ``report`` hears how many of how many pictures are
    drawn. Raises OSError when the disk is full.
    """
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        return _Site(connection, directory, source).write(cache, workers, report)


class _Site:
    """One writing of the pages: the rows that several of them need, read once."""

    def __init__(
        self, connection: duckdb.DuckDBPyConnection, directory: Path, source: Source
    ) -> None:
        self.connection = connection
        self.directory = directory
        self.source = source
        self.environment = make_environment(source.publication_id, source.made_at)
        self.disclosures = read_disclosures(connection)
        self.documents = read_documents(connection)
        self.findings = read_findings(connection)
        self.places = _grouped(read_places(connection), lambda place: place.finding_id)
        self.checks = _grouped(read_broken_checks(connection), lambda check: check.document_id)
        self.tables = _grouped(read_tables(connection), lambda table: table.document_id)
        self.quarantined = read_quarantine(connection)
        self.rules = read_rules(connection)
        self.rule_words = read_rule_words(connection)

    def write(self, cache: Path, workers: int, report: Callable[[int, int], None]) -> Written:
        for folder in ("findings", "disclosures", "documents"):
            (self.directory / folder).mkdir(parents=True, exist_ok=True)
        shutil.copytree(HERE / "assets", self.directory / "assets", dirs_exist_ok=True)
        personal = read_personal_areas(self.connection)
        pictures = self._draw(personal, cache, workers, report)
        painted = frozenset((area.document_id, area.page_number) for area in personal)
        self._write_findings(pictures, painted)
        self._write_disclosures()
        self._write_documents()
        self._write_lists()
        return Written(len(self.findings), len(self.disclosures), len(pictures))

    def _draw(
        self,
        personal: Iterable[Any],
        cache: Path,
        workers: int,
        report: Callable[[int, int], None],
    ) -> frozenset[str]:
        areas: dict[tuple[str, int], list[Any]] = defaultdict(list)
        for area in personal:
            areas[area.document_id, area.page_number].append(
                rectangle(area.x0, area.y0, area.x1, area.y1)
            )
        turns = read_turned_pages(self.connection)
        pages = {
            page
            for finding in self.findings
            for page in sheet_pages(finding, self.places[finding.finding_id])
        }
        wanted = [
            PageWanted(
                document_id, self.source.paths[document_id], page, tuple(areas[key]), turns.get(key)
            )
            for key in sorted(pages)
            for document_id, page in [key]
            if document_id in self.source.paths
        ]
        return draw_pictures(wanted, self.directory / "pictures", cache, workers, report)

    def _write_findings(
        self, pictures: frozenset[str], painted: frozenset[tuple[str, int]]
    ) -> None:
        texts = self._texts()
        count = len(self.findings)
        for number, finding in enumerate(self.findings):
            places = self.places[finding.finding_id]
            page = build_finding_page(
                finding, places, self.checks[finding.document_id], pictures, texts, painted
            )
            self._page(
                f"findings/{finding.finding_id}.html",
                "finding.html",
                finding=finding,
                position=number + 1,
                count=count,
                rule_words=[
                    self.rule_words[rule]
                    for rule in finding.identity_ids
                    if rule in self.rule_words
                ],
                previous=self.findings[number - 1].finding_id if number else None,
                next=self.findings[number + 1].finding_id if number + 1 < count else None,
                **vars(page),
            )

    def _texts(self) -> dict[str, list[Printed]]:
        """The landed lines of texts that findings are about."""
        wanted = {
            place.document_id
            for places in self.places.values()
            for place in places
            if place.page_number is None and (place.cell_id or place.line_id)
        }
        return {
            document_id: [as_printed(part) for part in read_text(self.connection, document_id)]
            for document_id in wanted
        }

    def _write_disclosures(self) -> None:
        findings = self._findings_of_disclosures()
        documents = _grouped(self.documents, lambda document: document.disclosure_id or "")
        quarantined = _grouped(self.quarantined, lambda row: row.disclosure_id or "")
        rules = _grouped(self.rules, lambda rule: rule.disclosure_id or "")
        for item in self.disclosures:
            own = documents[item.disclosure_id]
            checks = [check for document in own for check in self.checks[document.document_id]]
            self._page(
                f"disclosures/{item.disclosure_id}.html",
                "disclosure.html",
                item=item,
                findings=findings[item.disclosure_id],
                documents=own,
                file_names={document.document_id: document.file_name for document in own},
                tables=[table for document in own for table in self.tables[document.document_id]],
                broken=[check for check in checks if check.strength != "habit"],
                unusual=[check for check in checks if check.strength == "habit"],
                rules=[
                    rule
                    for rule in rules[item.disclosure_id]
                    if rule.holds or rule.rounding or rule.broken
                ],
                quarantined=group_cases(quarantined[item.disclosure_id]),
            )

    def _findings_of_disclosures(self) -> defaultdict[str, list[Finding]]:
        """The findings of each disclosure, also those that a document of it prints alike."""
        disclosures = {item.document_id: item.disclosure_id for item in self.documents}
        findings: defaultdict[str, list[Finding]] = defaultdict(list)
        for finding in self.findings:
            copies = [place for place in self.places[finding.finding_id] if place.is_copy]
            concerned = {disclosures.get(place.document_id) for place in copies}
            for disclosure_id in concerned | {finding.disclosure_id}:
                findings[disclosure_id or ""].append(finding)
        return findings

    def _write_documents(self) -> None:
        disclosures = {item.disclosure_id: item for item in self.disclosures}
        quarantined = _grouped(self.quarantined, lambda row: row.document_id)

        def write(document: Document, tables: list[tuple[PrintedTable, Markup]]) -> None:
            self._page(
                f"documents/{document.document_id}.html",
                "document.html",
                document=document,
                disclosure=disclosures.get(document.disclosure_id or ""),
                tables=tables,
                quarantined=group_cases(quarantined[document.document_id], every_one=True),
            )

        about = {
            place.cell_id: finding_id
            for finding_id, places in self.places.items()
            for place in places
            if place.cell_id
        }
        documents = {document.document_id: document for document in self.documents}
        for document_id, cells in read_cells(self.connection):
            by_table = _grouped(cells, lambda cell: cell.table_id)
            tables = [
                (table, Markup(table_html(by_table[table.table_id], about)))
                for table in self.tables[document_id]
            ]
            write(documents.pop(document_id), tables)
        for document in documents.values():
            write(document, [])

    def _write_lists(self) -> None:
        severities = Counter(finding.severity for finding in self.findings)
        kinds = Counter(finding.kind for finding in self.findings)
        years = {finding.fiscal_year for finding in self.findings if finding.fiscal_year}
        changes = read_changes(self.connection)
        self._page(
            "index.html",
            "index.html",
            root="",
            here="overview",
            totals=read_totals(self.connection),
            findings=self.findings,
            disclosures=self.disclosures,
            severities=[(word, severities[word]) for word in ("high", "medium", "low")],
            kinds=kinds.most_common(),
            years=sorted(years, reverse=True),
            changes=changes,
            page_size=PAGE_SIZE,
        )
        if changes is not None and changes.rows:
            self._page("changes.html", "changes.html", root="", changes=changes, most=_MOST_CHANGES)
        self._page("rules.html", "rules.html", root="", here="rules", rules=_totals(self.rules))
        self._page(
            "quarantine.html",
            "quarantine.html",
            root="",
            here="quarantine",
            count=len(self.quarantined),
            groups=group_cases(self.quarantined),
            unidentified=[item for item in self.documents if item.disclosure_id is None],
        )
        self._page(
            "everything.html",
            "everything.html",
            root="",
            findings=self.findings,
            disclosures=self.disclosures,
        )
        text = overview_data(self.findings, self.disclosures, PAGE_SIZE)
        (self.directory / "index.js").write_text(text, encoding="utf-8")

    def _page(
        self, path: str, template: str, root: str = "../", here: str = "", **data: Any
    ) -> None:
        text = self.environment.get_template(template).render(root=root, here=here, **data)
        (self.directory / path).write_text(text, encoding="utf-8")


def _totals(rules: Sequence[Rule]) -> list[Rule]:
    """Add the counts of each rule over all disclosures."""
    return [
        replace(
            group[0],
            disclosure_id=None,
            holds=sum(rule.holds for rule in group),
            rounding=sum(rule.rounding for rule in group),
            broken=sum(rule.broken for rule in group),
            # a rule of no disclosure was never asked
            not_applicable=sum(rule.not_applicable for rule in group if rule.disclosure_id),
            reasons=dict(sum((Counter(rule.reasons) for rule in group), Counter()).most_common()),
        )
        for _, rows in groupby(rules, key=lambda rule: rule.identity_id)
        for group in [list(rows)]
    ]


def _grouped(rows: Iterable[Any], key: Callable[[Any], Any]) -> defaultdict[Any, list[Any]]:
    groups: defaultdict[Any, list[Any]] = defaultdict(list)
    for row in rows:
        groups[key(row)].append(row)
    return groups
