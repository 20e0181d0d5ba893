"""Worker processes: one that dies takes only its own document with it."""

import os
import sys
import time
from dataclasses import replace
from pathlib import Path

import pyarrow as pa
import pytest
from pyarrow import parquet

from gongkai.documents import scan_documents
from gongkai.errors import BuildError
from gongkai.landing import Limits, Reading, check_any_read, prune_cache, read_documents
from tests.unit.faulty_readers import read


def land(
    tmp_path: Path, texts: dict[str, str], seconds: float = 30.0, megabytes: int = 1500
) -> dict[str, Reading]:
    documents = tmp_path / "documents"
    cache = tmp_path / "cache"
    documents.mkdir()
    cache.mkdir()
    for name, text in texts.items():
        (documents / name).write_text(text, encoding="utf-8")
    sources = scan_documents(documents, {".txt"}).sources
    readings = read_documents(
        sources, cache, workers=2, limits=Limits(seconds, megabytes), reader=read
    )
    return {reading.source.name: reading for reading in readings}


def test_every_document_is_landed_once(tmp_path: Path) -> None:
    readings = land(tmp_path, {f"{n}.txt": f"fine {n}" for n in range(7)})
    assert sorted(readings) == [f"{n}.txt" for n in range(7)]
    assert all(reading.landed is not None for reading in readings.values())


def test_a_killed_reader_loses_its_own_document_only(tmp_path: Path) -> None:
    readings = land(tmp_path, {"a.txt": "die", "b.txt": "fine", "c.txt": "fine too"})
    assert readings["a.txt"].reason == "reader_crashed"
    assert "-9" in (readings["a.txt"].detail or "")
    assert readings["b.txt"].landed is not None
    assert readings["c.txt"].landed is not None


def test_a_reader_that_died_is_tried_again_alone(tmp_path: Path) -> None:
    readings = land(tmp_path, {"a.txt": "crash alone unless marked"})
    assert readings["a.txt"].reason is None
    assert readings["a.txt"].landed is not None


def test_a_slow_reader_is_stopped(tmp_path: Path) -> None:
    readings = land(tmp_path, {"a.txt": "sleep", "b.txt": "fine"}, seconds=10.0)
    assert readings["a.txt"].reason == "reader_timeout"
    assert readings["b.txt"].landed is not None


@pytest.mark.skipif(sys.platform != "linux", reason="memory is limited on Linux only")
@pytest.mark.parametrize("manner", ["eat", "gulp"])
def test_a_reader_that_takes_too_much_memory_is_stopped(tmp_path: Path, manner: str) -> None:
    texts = {"a.txt": "fine", "b.txt": "fine too", "c.txt": manner, "d.txt": "fine, three"}
    readings = land(tmp_path, texts, megabytes=300)
    assert readings["c.txt"].reason == "reader_memory"
    assert "300 MB" in (readings["c.txt"].detail or "")
    assert all(readings[name].landed for name in ("a.txt", "b.txt", "d.txt"))


def test_an_exception_is_kept_with_its_traceback(tmp_path: Path) -> None:
    readings = land(tmp_path, {"a.txt": "raise"})
    assert readings["a.txt"].reason == "reader_crashed"
    assert readings["a.txt"].detail == "ValueError: 臭虫"
    assert "faulty_readers.py" in (readings["a.txt"].trace or "")


def test_a_full_disk_ends_the_build(tmp_path: Path) -> None:
    with pytest.raises(BuildError, match="disk is full"):
        land(tmp_path, {"a.txt": "fill", "b.txt": "fine"})


def test_no_document_read_is_an_error(tmp_path: Path) -> None:
    readings = land(tmp_path, {"a.txt": "raise", "b.txt": "raise too"})
    with pytest.raises(BuildError, match=r"none of the 2 documents .* ValueError: 臭虫"):
        check_any_read(list(readings.values()))


def test_the_reason_of_a_quarantined_document_is_told(tmp_path: Path) -> None:
    readings = land(tmp_path, {"a.txt": "broken"})
    table = pa.table({"reason": ["not_a_pdf"], "detail": ["a picture"]})
    parquet.write_table(table, tmp_path / "cache" / "quarantine.parquet")
    with pytest.raises(BuildError, match=r"the first, a.txt: not_a_pdf: a picture"):
        check_any_read(list(readings.values()))


def test_one_document_read_is_enough(tmp_path: Path) -> None:
    readings = land(tmp_path, {"a.txt": "broken", "b.txt": "fine"})
    check_any_read(list(readings.values()))


def test_only_sets_that_no_build_will_use_are_pruned(tmp_path: Path) -> None:
    readings = land(tmp_path, {"a.txt": "fine"})
    cache = tmp_path / "cache"
    landed = readings["a.txt"].landed
    assert landed is not None
    used, fresh, old, other = (
        cache / name for name in ("u-k1-txt", "f-k1-txt", "o-k1-txt", "x-k0-txt")
    )
    for directory in (used, fresh, old, other, cache / ".landing-1"):
        directory.mkdir()
    for directory in (used, old):
        os.utime(directory, (time.time() - 1e7,) * 2)
    reading = replace(readings["a.txt"], landed=replace(landed, directory=used))
    prune_cache(cache, [reading], "k1")
    assert sorted(path.name for path in cache.iterdir()) == ["f-k1-txt", "u-k1-txt"]


def test_pages_of_a_scan_are_told_and_each_has_the_time_of_a_document(tmp_path: Path) -> None:
    (tmp_path / "扫描.txt").write_text("pages 4", encoding="utf-8")
    sources = scan_documents(tmp_path, {".txt"}).sources
    heard: list[tuple[str, int, int]] = []
    [reading] = read_documents(
        sources,
        tmp_path,
        workers=1,
        limits=Limits(seconds=10.0),
        reader=read,
        told=lambda source, number, total: heard.append((source.name, number, total)),
    )
    assert reading.landed is not None
    assert heard == [("扫描.txt", number, 3) for number in (1, 2, 3)]
