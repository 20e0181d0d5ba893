"""A client that has the warehouse open keeps it; a new one sees the new publication.

And eight that ask all the time see publications come and go without an error.
"""

import json
import shutil
import subprocess
import sys
from pathlib import Path

from tests.build.conftest import Built, make_candidate, publish_again, query, run_build

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


PUBLICATIONS = 50
READERS = 8
ASKING = """
import duckdb, json, pathlib, sys, time
warehouse, stop = sys.argv[1], pathlib.Path(sys.argv[2])
publications, errors, mixed, connections = set(), [], 0, 0
print("asking", flush=True)
while not (done := stop.exists()) or not connections:
    connections += 1
    try:
        with duckdb.connect(warehouse, read_only=True) as connection:
            seen = set()
            for question in (
                "select publication_id from meta.publication",
                "select distinct version from audit.run",
                "select fingerprint from meta.publication, (select count(*) from core.fct_income)",
                "select program_version from meta.publication",
            ):
                seen |= {row[0] for row in connection.execute(question).fetchall()}
                time.sleep(0.05)
            publications |= seen
            mixed += len(seen) != 1
    except Exception as error:
        errors.append(f"{type(error).__name__}: {error}")
with duckdb.connect(warehouse, read_only=True) as connection:
    [(last,)] = connection.execute("select publication_id from meta.publication").fetchall()
print(json.dumps([sorted(publications), errors, mixed, connections, last]))
"""


def test_eight_readers_ask_on_over_fifty_publications(built: Built, tmp_path: Path) -> None:
    candidate = make_candidate(built.warehouse, tmp_path / "candidate.duckdb", ("core", "audit"))
    warehouse = tmp_path / "w" / "gongkai.duckdb"
    warehouse.parent.mkdir()
    ids = [f"publication-{number:02}" for number in range(PUBLICATIONS + 1)]
    publish_again(candidate, warehouse, ids[0])
    stop = tmp_path / "stop"
    readers = [
        subprocess.Popen(
            [sys.executable, "-c", ASKING, str(warehouse), str(stop)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(READERS)
    ]
    try:
        for reader in readers:
            assert reader.stdout is not None
            assert reader.stdout.readline() == "asking\n"
        for publication_id in ids[1:]:
            publish_again(candidate, warehouse, publication_id)
            assert [reader.poll() for reader in readers] == [None] * READERS
    finally:
        stop.touch()
        answers = [reader.communicate(timeout=60) for reader in readers]

    assert [said for _, said in answers if "Traceback" in said] == []
    seen = set()
    for answer, _ in answers:
        publications, errors, mixed, connections, last = json.loads(answer)
        assert errors == []
        assert mixed == 0
        assert connections > 1
        assert last == ids[-1]
        seen |= set(publications)
    assert seen <= set(ids)
    assert len(seen) > 2
    left = sorted(path.name for path in warehouse.parent.iterdir())
    assert left == ["gongkai.duckdb", "gongkai.publications"]
