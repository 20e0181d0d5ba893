"""docs/connect/superset.md, through Superset's own API, in an environment of Superset's own."""

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from http.cookiejar import CookieJar
from pathlib import Path
from typing import Any

import pytest

from tests.build.conftest import PROJECT, make_candidate, publish_again, query

pytestmark = pytest.mark.slow

REQUIREMENTS = PROJECT / "docs" / "connect" / "superset-requirements.txt"
PASSWORD = "of a test"
TOTALS = (
    "select agency_name, fiscal_year, document_kind, scope, expenditure_total_yuan"
    " from marts.mart_agency_year order by disclosure_id"
)


@pytest.fixture(scope="module")
def superset() -> Path:
    """Install Superset where GONGKAI_SUPERSET says, unless it is there; return its `bin`."""
    place = os.environ.get("GONGKAI_SUPERSET")
    if not place:
        pytest.skip("GONGKAI_SUPERSET names no directory for the environment of Superset (880 MB)")
    directory = Path(place).resolve()
    stamp = directory / "installed.txt"
    wanted = REQUIREMENTS.read_text("utf-8")
    if not stamp.exists() or stamp.read_text("utf-8") != wanted:
        shutil.rmtree(directory / "venv", ignore_errors=True)
        directory.mkdir(parents=True, exist_ok=True)
        subprocess.run([sys.executable, "-m", "venv", directory / "venv"], check=True)
        installed = subprocess.run(
            [directory / "venv" / "bin" / "pip", "install", "--quiet", "-r", REQUIREMENTS],
            capture_output=True,
            text=True,
            check=False,
        )
        if installed.returncode != 0:
            said = installed.stderr.strip().splitlines() or ["pip said nothing"]
            pytest.skip(f"Superset cannot be installed here: {said[-1][:200]}")
        stamp.write_text(wanted, encoding="utf-8")
    return directory / "venv" / "bin"


@dataclass
class Client:
    """Somebody who is logged in at Superset."""

    address: str
    headers: dict[str, str] = field(default_factory=dict)
    opener: urllib.request.OpenerDirector = field(
        default_factory=lambda: urllib.request.build_opener(
            urllib.request.ProxyHandler({}), urllib.request.HTTPCookieProcessor(CookieJar())
        )
    )

    def ask(self, method: str, path: str, content: object = None) -> dict[str, Any]:
        """Return the answer; raises HTTPError when it is none."""
        request = urllib.request.Request(
            self.address + path,
            method=method,
            data=None if content is None else json.dumps(content).encode(),
            headers={"Content-Type": "application/json", "Referer": self.address, **self.headers},
        )
        with self.opener.open(request, timeout=120) as answer:
            # decimals as they are written, not as binary floating point
            return json.loads(answer.read(), parse_float=Decimal)  # type: ignore[no-any-return]

    def log_in(self) -> None:
        """Log in as the guide's first user."""
        token = self.ask(
            "POST",
            "/api/v1/security/login",
            {"username": "admin", "password": PASSWORD, "provider": "db", "refresh": True},
        )
        self.headers["Authorization"] = f"Bearer {token['access_token']}"
        self.headers["X-CSRFToken"] = self.ask("GET", "/api/v1/security/csrf_token/")["result"]

    def run_sql(self, database: int, sql: str) -> list[tuple[object, ...]]:
        """Ask as SQL Lab does."""
        answer = self.ask(
            "POST",
            "/api/v1/sqllab/execute/",
            {"database_id": database, "schema": "marts", "sql": sql, "queryLimit": 1000},
        )
        assert answer["status"] == "success"
        return [tuple(row.values()) for row in answer["data"]]


@pytest.fixture(scope="module")
def client(superset: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    """Start Superset as the guide says, and log in."""
    home = tmp_path_factory.mktemp("superset")
    (home / "superset_config.py").write_text(
        "SECRET_KEY = 'only for a test, and forgotten afterwards'\n"
        f"SQLALCHEMY_DATABASE_URI = 'sqlite:///{home}/superset.db'\n"
        "PREVENT_UNSAFE_DB_CONNECTIONS = False\n",
        encoding="utf-8",
    )
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("PYTHON")},
        "SUPERSET_HOME": str(home),
        "SUPERSET_CONFIG_PATH": str(home / "superset_config.py"),
        "FLASK_APP": "superset",
    }
    admin = ["--username", "admin", "--firstname", "A", "--lastname", "B"]
    admin += ["--email", "a@example.org", "--password", PASSWORD]
    for arguments in (["db", "upgrade"], ["fab", "create-admin", *admin], ["init"]):
        done = subprocess.run(
            [superset / "superset", *arguments],
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr[-2000:]
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with (home / "server.log").open("w") as log:
        server = subprocess.Popen(
            [superset / "superset", "run", "-h", "127.0.0.1", "-p", str(port), "--no-reload"],
            env=environment,
            stdout=log,
            stderr=log,
        )
        try:
            client = Client(f"http://127.0.0.1:{port}")
            _wait(client, server, home / "server.log")
            client.log_in()
            yield client
        finally:
            server.terminate()
            server.wait(timeout=30)


def _wait(client: Client, server: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(300):
        assert server.poll() is None, log.read_text()[-2000:]
        try:
            with client.opener.open(f"{client.address}/health", timeout=5):
                return
        except OSError:
            time.sleep(0.5)
    pytest.fail(f"Superset does not answer: {log.read_text()[-2000:]}")


@pytest.fixture(scope="module")
def warehouse(samples: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Copy the published samples to where they can be replaced."""
    return Path(shutil.copy(samples, tmp_path_factory.mktemp("published") / "gongkai.duckdb"))


@pytest.fixture(scope="module")
def database(client: Client, warehouse: Path) -> int:
    """Add the warehouse as the guide says, and return its number."""
    added = client.ask(
        "POST",
        "/api/v1/database/",
        {
            "database_name": "gongkai",
            "sqlalchemy_uri": f"duckdb:///{warehouse}?access_mode=read_only",
            "expose_in_sqllab": True,
        },
    )
    return int(added["id"])


@pytest.fixture(scope="module")
def dataset(client: Client, database: int) -> int:
    """Make a dataset of a mart, and return its number."""
    added = client.ask(
        "POST",
        "/api/v1/dataset/",
        {"database": database, "schema": "marts", "table_name": "mart_agency_year"},
    )
    return int(added["id"])


def test_sql_lab_gives_the_figures_of_the_file(
    client: Client, database: int, warehouse: Path
) -> None:
    rows = client.run_sql(database, TOTALS)
    assert len(rows) == 5
    assert rows == query(warehouse, TOTALS)


def test_sql_lab_knows_the_functions_of_the_warehouse(
    client: Client, database: int, warehouse: Path
) -> None:
    sql = (
        "select share(1, 4) as quarter, yuan_to_wan(12345.67) as wan, text from"
        " trace((select min(cell_id) from core.fct_income))"
    )
    assert client.run_sql(database, sql) == query(warehouse, sql)


def test_a_dataset_has_the_descriptions_of_both_languages(client: Client, dataset: int) -> None:
    columns = client.ask("GET", f"/api/v1/dataset/{dataset}")["result"]["columns"]
    described = {column["column_name"]: column["description"] for column in columns}
    assert "。 / Fiscal year" in described["fiscal_year"]
    assert all(described.values())


def test_a_chart_adds_up_what_the_file_has(client: Client, dataset: int, warehouse: Path) -> None:
    answer = client.ask(
        "POST",
        "/api/v1/chart/data",
        {
            "datasource": {"id": dataset, "type": "table"},
            "queries": [
                {
                    "columns": ["agency_name", "fiscal_year"],
                    "metrics": [
                        {
                            "expressionType": "SQL",
                            "sqlExpression": "sum(expenditure_total_yuan)",
                            "label": "支出总计",
                        }
                    ],
                    "filters": [
                        {"col": "document_kind", "op": "==", "val": "budget"},
                        {"col": "scope", "op": "==", "val": "department"},
                    ],
                    "row_limit": 1000,
                }
            ],
            "force": True,
        },
    )
    rows = [tuple(row.values()) for row in answer["result"][0]["data"]]
    expected = query(
        warehouse,
        "select agency_name, fiscal_year, sum(expenditure_total_yuan) from marts.mart_agency_year"
        " where document_kind = 'budget' and scope = 'department' group by all",
    )
    assert len(rows) == 3
    assert sorted(rows) == sorted(expected)


def test_writing_is_refused(client: Client, database: int, warehouse: Path) -> None:
    with pytest.raises(urllib.error.HTTPError) as refused:
        client.run_sql(database, "delete from marts.mart_agency_year")
    refused.value.close()
    assert len(query(warehouse, TOTALS)) == 5


def test_a_new_publication_is_seen_by_the_next_query(
    client: Client, database: int, warehouse: Path, tmp_path: Path
) -> None:
    asked = "select publication_id from meta.publication"
    [(before,)] = client.run_sql(database, asked)
    candidate = make_candidate(warehouse, tmp_path / "candidate.duckdb", ("core", "marts", "audit"))
    publish_again(candidate, warehouse, "a-new-one")
    assert before != "a-new-one"
    assert client.run_sql(database, asked) == [("a-new-one",)]
