"""Files beyond all measure cost their own document, and nothing of the others."""

import sys

import pytest
from pyarrow import parquet

from extract.landing import land_document
from extract.media_types import MEDIA_TYPES
from gongkai.documents import scan_documents
from gongkai.landing import Limits, Reading, read_documents
from tests.bad_files import bad_files
from typeset.files import render_file

GOOD = "weifang-data-bureau-2023-budget"
LIMITS = Limits(seconds=240.0, megabytes=450)


@pytest.fixture(scope="module")
def readings(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Reading]:
    """Read all bad files and a good one, as a build does."""
    root = tmp_path_factory.mktemp("bad")
    documents, cache = root / "documents", root / "cache"
    documents.mkdir()
    cache.mkdir()
    for name, (write, _) in bad_files().items():
        write(documents / name)
    render_file(GOOD, documents / "good.xlsx")
    sources = scan_documents(documents, MEDIA_TYPES).sources
    found = read_documents(sources, cache, workers=2, limits=LIMITS, reader=land_document)
    return {reading.source.name: reading for reading in found}


def cases(reading: Reading) -> list[tuple[str, str]]:
    """Reason and detail of all that is not published of a document."""
    if reading.landed is None:
        return [(reading.reason or "", reading.detail or "")]
    rows = parquet.read_table(reading.landed.directory / "quarantine.parquet").to_pylist()
    return [(row["reason"], row["detail"]) for row in rows]


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="memory is limited on Linux only")
@pytest.mark.parametrize("name", bad_files())
def test_a_bad_file_says_why_in_one_line(readings: dict[str, Reading], name: str) -> None:
    _, wanted = bad_files()[name]
    said = cases(readings[name])
    assert wanted & {reason for reason, _ in said}, said
    assert all("\n" not in detail and len(detail) < 500 for _, detail in said)
    landed = readings[name].landed
    assert landed is None or landed.quarantined


@pytest.mark.slow
def test_the_others_are_read(readings: dict[str, Reading]) -> None:
    assert cases(readings["good.xlsx"]) == []
