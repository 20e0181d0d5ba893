"""A client that has the warehouse open keeps it; a new one sees the new publication."""

import shutil
import subprocess
import sys
from pathlib import Path

from tests.build.conftest import SAMPLES, query, run_build

CLIENT = """
import duckdb, sys
connection = duckdb.connect(sys.argv[1], read_only=True)
question = "select publication_id, (select count(*) from core.fct_income) from meta.publication"
ask = lambda: print(connection.execute(question).fetchone(), flush=True)
ask()
sys.stdin.readline()
ask()
"""


def test_a_reader_keeps_what_it_opened_over_a_publication(tmp_path: Path) -> None:
    documents = tmp_path / "documents"
    documents.mkdir()
    warehouse = tmp_path / "w" / "gongkai.duckdb"
    shutil.copy(SAMPLES[0], documents / "a.pdf")
    assert run_build(documents, warehouse).returncode in (0, 3)
    [(first,)] = query(warehouse, "select publication_id from meta.publication")

    client = subprocess.Popen(
        [sys.executable, "-c", CLIENT, str(warehouse)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert client.stdin is not None
    assert client.stdout is not None
    seen = client.stdout.readline()
    assert str(first) in seen

    # only the name changes: published anew, and not read again
    (documents / "a.pdf").rename(documents / "b.pdf")
    result = run_build(documents, warehouse)
    assert result.returncode in (0, 3)
    assert "1 documents, 0 read, 1 reused" in result.stdout

    remaining, _ = client.communicate("go\n", timeout=60)
    assert remaining == seen
    [(second,)] = query(warehouse, "select publication_id from meta.publication")
    assert second != first
    assert query(warehouse, "select file_name from raw.source") == [("b.pdf",)]
    assert query(warehouse, "select count(*) from audit.run") == [(2,)]
