"""The flow of a build: scan, land, load, model, validate, publish."""

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from expectations.visible import counted
from extract.media_types import MEDIA_TYPES
from gongkai.documents import (
    DECISIONS,
    SOURCES,
    Found,
    SourceFile,
    fingerprint,
    program_digest,
    scan_documents,
)
from gongkai.errors import BuildError
from gongkai.progress import count_documents, open_console, step
from gongkai.workspace import Workspace, hold_lock, open_workspace
from publish.publication import clear_leftovers, publications_directory
from publish.published import read_published, read_remembered, read_runs

if TYPE_CHECKING:
    from rich.console import Console

    from extract.identity import Identity
    from gongkai.decisions import Decision
    from gongkai.landing import Reading
    from gongkai.sources import Origins

PUBLISHED = 0
PUBLISHED_WITH_QUARANTINE = 3

SUPPORTED_SUFFIXES = frozenset(MEDIA_TYPES)


@dataclass(frozen=True)
class Beside:
    """What the files beside the documents say: what people decided, where documents come from."""

    decisions: "tuple[Decision, ...]"
    origins: "Origins"


@dataclass(frozen=True)
class BuildSettings:
    """What a build is asked to do; paths are absolute."""

    documents: Path
    warehouse: Path
    workers: int = 2
    reader_seconds: float = 600.0
    reader_megabytes: int = 1500


def build_warehouse(settings: BuildSettings) -> int:
    """Publish the documents below ``settings.documents``, unless nothing changed.

    Returns the exit status: 0 published or nothing changed, 3 published with quarantine.
    Raises GongkaiError when nothing is published; the published file is then untouched.
    """
    console = open_console()
    # Everything that can be refused is refused before the first file is made.
    if settings.warehouse.is_dir():
        raise BuildError(f"WAREHOUSE {settings.warehouse} is a directory; name a file in it")
    if {"?", "#"} & set(str(settings.warehouse)):
        # DuckDB and its dbt adapter take what follows for the options of an address
        raise BuildError(f"WAREHOUSE {settings.warehouse}: a path with `?` or `#` cannot be used")
    found = _scan(settings)
    beside = _read_beside(found)
    read_published(settings.warehouse)
    workspace = open_workspace(settings.warehouse)
    with hold_lock(workspace):
        published = read_published(settings.warehouse)
        clear_leftovers(settings.warehouse, published.publication_id if published else None)
        digest = fingerprint(found)
        if published is not None and published.fingerprint == digest:
            console.print(
                f"nothing changed: {settings.warehouse} is publication"
                f" {published.publication_id} of {_these(len(found.sources))}"
            )
            return PUBLISHED
        workspace.clear()
        try:
            return _build(console, settings, workspace, found, beside, digest)
        finally:
            workspace.clear()
            clear_leftovers(settings.warehouse, None)


def _scan(settings: BuildSettings) -> Found:
    found = scan_documents(
        settings.documents,
        SUPPORTED_SUFFIXES,
        outside=(settings.warehouse, publications_directory(settings.warehouse)),
    )
    if not found.sources and not found.unreadable:
        others = (
            f" ({counted(len(found.unsupported), 'file')} of other kinds)"
            if found.unsupported
            else ""
        )
        raise BuildError(
            f"no documents below {settings.documents}{others};"
            f" supported: {' '.join(sorted(SUPPORTED_SUFFIXES))}"
        )
    if not found.sources:
        count = len(found.unreadable)
        raise BuildError(
            f"none of the {counted(count, 'document')} below {settings.documents} can be opened"
        )
    return found


def _read_beside(found: Found) -> Beside:
    # These words are checked with the reader's own, which take a moment to import; a build that
    # has nothing to do waits for it only where such files are.
    from gongkai.sources import read_origins

    if not found.named(DECISIONS):
        return Beside((), read_origins(found.named(SOURCES), found.sources))
    from gongkai.decisions import read_decisions

    return Beside(
        read_decisions(found.named(DECISIONS)), read_origins(found.named(SOURCES), found.sources)
    )


def _build(
    console: "Console",
    settings: BuildSettings,
    workspace: Workspace,
    found: Found,
    beside: Beside,
    digest: str,
) -> int:
    # Imported here, because a build that has nothing to do must not wait for it.
    from gongkai.candidate import Run, finish_run, load_candidate, start_run
    from gongkai.folders import inherit_identities, with_inherited
    from gongkai.landing import check_any_read
    from gongkai.reviewing import write_review_pages
    from gongkai.rules import check_rules
    from gongkai.settling import Remembered, settle
    from gongkai.summary import (
        describe_quarantine,
        print_changes,
        print_decisions,
        print_summary,
        print_unmatched_rules,
        read_quarantine,
    )
    from gongkai.transform import run_dbt
    from gongkai.validation import validate_candidate
    from publish.previous import forget_previous
    from publish.publication import Publication, open_side_products, publish

    check_rules()
    started = _now()
    if found.unsupported:
        console.print(_listed("not read, of another kind", found.unsupported))
    readings = _read(console, settings, workspace, found, beside)
    remembered = Remembered(*read_remembered(settings.warehouse))
    settled = settle(beside.decisions, readings, found.sources, remembered)
    unread = (*found.unreadable, *found.unsupported)
    inherited = inherit_identities(readings, found.sources, settled, unread)
    if inherited:
        decided = {one.document_id: one.identity for one in inherited}
        readings = _read_again(settings, workspace, readings, decided)
        settled = with_inherited(settled, inherited, readings)
    readings = settled.readings(readings)
    check_any_read(readings)
    run = start_run(f"{started:%Y%m%dT%H%M%SZ}-{digest[:8]}", started, readings)
    history = [Run(*row) for row in read_runs(settings.warehouse)]
    with step(console, "loading"):
        load_candidate(
            workspace.candidate,
            found.sources,
            readings,
            [*history, run],
            settled=settled,
            origins=beside.origins.of_files,
            warehouse=settings.warehouse,
        )
    with step(console, "building the models"):
        run_dbt(workspace)
    side_products = open_side_products(settings.warehouse, run.run_id)
    with step(console, "validating"):
        report = validate_candidate(workspace, side_products)
    with step(console, "writing the review pages"):
        write_review_pages(
            console,
            workspace,
            side_products,
            run.run_id,
            _now(),
            found.sources,
            settings.workers,
        )
    finished = _now()
    finish_run(workspace.candidate, run.run_id, finished)
    forget_previous(workspace.candidate)
    with step(console, "publishing"):
        publish(
            workspace.candidate,
            settings.warehouse,
            Publication(
                publication_id=run.run_id,
                published_at=finished,
                program_version=run.version,
                fingerprint=digest,
                sources=[(source.relative_path, source.document_id) for source in found.sources],
                program_digest=program_digest(),
            ),
        )
    quarantine = read_quarantine(settings.warehouse)
    print_summary(console, settings.warehouse, quarantine)
    print_unmatched_rules(console, settings.warehouse)
    for outcome in report.broken("worth_knowing"):
        console.print(f"worth knowing: {outcome.describe()}")
    if report.broken("worth_knowing"):
        console.print("the contradictions of the documents, one by one, are in audit.finding")
    if found.unreadable:
        console.print(_listed("quarantined, cannot be opened", found.unreadable))
    print_decisions(console, settled)
    if beside.origins.unused:
        console.print(_listed("fits no document", beside.origins.unused))
    print_changes(console, settings.warehouse)
    pages = publications_directory(settings.warehouse) / "current" / "review" / "index.html"
    console.print(f"review pages: {pages}")
    console.print(
        f"published {settings.warehouse}: {counted(run.documents_seen, 'document')},"
        f" {run.documents_read} read, {run.documents_reused} reused;"
        f" {describe_quarantine(quarantine, run.documents_quarantined)}"
    )
    return PUBLISHED_WITH_QUARANTINE if quarantine or found.unreadable else PUBLISHED


def _read(
    console: "Console",
    settings: BuildSettings,
    workspace: Workspace,
    found: Found,
    beside: Beside,
) -> list["Reading"]:
    from extract.landing import reader_key
    from extract.vocabulary import load_vocabulary
    from gongkai.decisions import decided_identities
    from gongkai.landing import prune_cache

    load_vocabulary()  # a row that cannot be used stops the build, not every document
    contents = list({source.sha256: source for source in found.sources}.values())
    readings = []
    decided = decided_identities(beside.decisions)
    with count_documents(console, len(contents)) as count:
        for reading in _land(settings, workspace, contents, decided, count.page):
            readings.append(reading)
            count.done(reading.source.name)
    prune_cache(workspace.cache, readings, reader_key())
    return readings


def _read_again(
    settings: BuildSettings,
    workspace: Workspace,
    readings: "Sequence[Reading]",
    decided: "Mapping[str, Identity]",
) -> list["Reading"]:
    """The readings, with those of some documents read by an identity that they do not print.

    Their own sets stay: what a document says by itself is asked at every build.
    """
    sources = [reading.source for reading in readings if reading.source.document_id in decided]
    again = {
        reading.source.document_id: reading
        for reading in _land(settings, workspace, sources, decided)
    }
    return [again.get(reading.source.document_id, reading) for reading in readings]


def _land(
    settings: BuildSettings,
    workspace: Workspace,
    sources: "Sequence[SourceFile]",
    decided: "Mapping[str, Identity]",
    told: "Callable[[str, int, int], None]" = lambda name, page, pages: None,
) -> "Iterator[Reading]":
    from extract.landing import land_document
    from gongkai.landing import Limits, read_documents

    for reading in read_documents(
        sources,
        workspace.cache,
        workers=min(settings.workers, os.cpu_count() or 1),
        limits=Limits(settings.reader_seconds, settings.reader_megabytes),
        reader=partial(land_document, decided=decided),
        told=lambda source, page, pages: told(source.name, page, pages),
    ):
        if reading.trace:
            workspace.write_log("reader", f"{reading.source.path}\n{reading.trace}")
        yield reading


def _these(count: int) -> str:
    return "this document" if count == 1 else f"these {count} documents"


def _listed(title: str, names: tuple[str, ...]) -> str:
    more = f" and {len(names) - 5} more" if len(names) > 5 else ""
    return f"{title}: {', '.join(names[:5])}{more}"


def _now() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None, microsecond=0)
