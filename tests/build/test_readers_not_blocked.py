"""A client that has the warehouse open keeps it; a new one sees the new publication."""

import shutil
import subprocess
import sys
from pathlib import Path

from tests.build.conftest import Built, query, run_build

CLIENT = """
import duckdb, sys
connection = duckdb.connect(sys.argv[1], read_only=True)
question = "select publication_id, (select count(*) from core.fct_income) from meta.publication"
ask = lambda: print(connection.execute(question).fetchone(), flush=True)
ask()
sys.stdin.readline()
ask()
"""


def test_a_reader_keeps_what_it_opened_over_a_publication(built: Built, tmp_path: Path) -> None:
    documents = shutil.copytree(built.documents, tmp_path / "documents")
    shutil.copytree(built.warehouse.parent, tmp_path / "w", symlinks=True)
    warehouse = tmp_path / "w" / built.warehouse.name
    [(first,)] = query(warehouse, "select publication_id from meta.publication")
    [(runs,)] = query(warehouse, "select count(*) from audit.run")

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

    # only a name changes: published anew, and nothing is read again
    (documents / "0001.pdf").rename(documents / "0002.pdf")
    result = run_build(documents, warehouse)
    assert result.returncode == 3
    assert ", 0 read, " in result.stdout

    remaining, _ = client.communicate("go\n", timeout=60)
    assert remaining == seen
    [(second,)] = query(warehouse, "select publication_id from meta.publication")
    assert second != first
    names = query(warehouse, "select file_name from raw.source")
    assert ("0002.pdf",) in names
    assert ("0001.pdf",) not in names
    assert query(warehouse, f"select count(*) - {runs} from audit.run") == [(1,)]
