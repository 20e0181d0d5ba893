"""What the connection guides say: SQLAlchemy, pandas and ADBC open the published file, read-only.

The expected figures are asked through DuckDB's own client; that these are the documents' is
what other tests show.
"""

import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import adbc_driver_duckdb
import adbc_driver_manager.dbapi
import duckdb
import pandas
import pyarrow as pa
import pytest
import sqlalchemy

from tests.build.conftest import PROJECT, Built, query

TOTALS = (
    "select agency_name, fiscal_year, expenditure_total_yuan from marts.mart_agency_year"
    " order by disclosure_id"
)
SCHEMAS = ("core", "marts", "audit", "meta")


@pytest.fixture
def engine(built: Built) -> Iterator[sqlalchemy.Engine]:
    """Open the warehouse as docs/connect/sqlalchemy.md says; its path is a difficult one."""
    url = sqlalchemy.URL.create(
        "duckdb", database=str(built.warehouse), query={"access_mode": "read_only"}
    )
    engine = sqlalchemy.create_engine(url, poolclass=sqlalchemy.pool.NullPool)
    yield engine
    engine.dispose()


def test_sqlalchemy_reflects_tables_columns_and_comments(
    built: Built, engine: sqlalchemy.Engine
) -> None:
    inspector = sqlalchemy.inspect(engine)
    [database] = query(built.warehouse, "select current_database()")[0]
    names = {name.rpartition(".")[2].strip('"') for name in inspector.get_schema_names()}
    assert set(SCHEMAS) <= names, database
    for schema in SCHEMAS:
        tables = query(
            built.warehouse,
            f"select table_name, comment from duckdb_tables() where schema_name = '{schema}'",
        )
        assert sorted(inspector.get_table_names(schema)) == sorted(name for name, _ in tables)
        for name, comment in tables:
            assert inspector.get_table_comment(str(name), schema) == {"text": comment}
    columns = {
        column["name"]: column for column in inspector.get_columns("mart_agency_year", "marts")
    }
    amount = columns["expenditure_total_yuan"]
    assert isinstance(amount["type"], sqlalchemy.Numeric)
    assert (amount["type"].precision, amount["type"].scale) == (18, 2)
    assert "支出总计" in str(amount["comment"])


def test_sqlalchemy_gives_exact_decimals(built: Built, engine: sqlalchemy.Engine) -> None:
    with engine.connect() as connection:
        rows = [tuple(row) for row in connection.execute(sqlalchemy.text(TOTALS))]
    assert rows == query(built.warehouse, TOTALS)
    assert {type(amount) for _, _, amount in rows} == {Decimal}
    assert len(rows) == 2


def test_sqlalchemy_binds_what_a_user_types(built: Built, engine: sqlalchemy.Engine) -> None:
    rows = query(built.warehouse, TOTALS)
    name = rows[0][0]
    columns = sqlalchemy.inspect(engine).get_columns("mart_agency_year", "marts")
    mart = sqlalchemy.table(
        "mart_agency_year",
        *(sqlalchemy.column(column["name"], column["type"]) for column in columns),
        schema="marts",
    )
    asked = sqlalchemy.select(mart.c.expenditure_total_yuan)
    with engine.connect() as connection:
        found = connection.scalars(asked.where(mart.c.agency_name == name)).all()
        hostile = connection.scalars(asked.where(mart.c.agency_name == f"{name}' or 1=1 --")).all()
    assert sorted(found) == sorted(amount for owner, _, amount in rows if owner == name)
    assert hostile == []


def test_sqlalchemy_cannot_write(engine: sqlalchemy.Engine) -> None:
    with (
        pytest.raises(sqlalchemy.exc.DBAPIError, match="read-only"),
        engine.begin() as connection,
    ):
        connection.execute(sqlalchemy.text("delete from marts.mart_agency_year"))


def test_pandas_reads_through_sqlalchemy(built: Built, engine: sqlalchemy.Engine) -> None:
    with engine.connect() as connection:
        frame = pandas.read_sql(sqlalchemy.text(TOTALS), connection, coerce_float=False)
    assert [tuple(row) for row in frame.itertuples(index=False)] == query(built.warehouse, TOTALS)
    assert {type(amount) for amount in frame["expenditure_total_yuan"]} == {Decimal}


def adbc(warehouse: Path) -> adbc_driver_manager.dbapi.Connection:
    """Open the warehouse as docs/connect/adbc.md says."""
    return adbc_driver_manager.dbapi.connect(
        driver=adbc_driver_duckdb.driver_path(),
        entrypoint="duckdb_adbc_init",
        db_kwargs={"path": str(warehouse), "access_mode": "read_only"},
        autocommit=True,
    )


def test_adbc_gives_arrow_with_exact_decimals(built: Built) -> None:
    with adbc(built.warehouse) as connection, connection.cursor() as cursor:
        cursor.execute(TOTALS)
        table = cursor.fetch_arrow_table()
    assert table.schema.field("expenditure_total_yuan").type == pa.decimal128(18, 2)
    assert [tuple(row.values()) for row in table.to_pylist()] == query(built.warehouse, TOTALS)


def test_adbc_lists_schemas_tables_and_columns(built: Built) -> None:
    with adbc(built.warehouse) as connection:
        catalogs = connection.adbc_get_objects(depth="all").read_all().to_pylist()
        schema = connection.adbc_get_table_schema("mart_agency_year", db_schema_filter="marts")
    [(database,)] = query(built.warehouse, "select current_database()")
    [catalog] = [entry for entry in catalogs if entry["catalog_name"] == database]
    found = {
        (schema["db_schema_name"], table["table_name"])
        for schema in catalog["catalog_db_schemas"]
        for table in schema["db_schema_tables"]
    }
    held = query(built.warehouse, "select schema_name, table_name from duckdb_tables()")
    assert found == set(held)
    assert "expenditure_total_yuan" in schema.names


def test_adbc_cannot_write(built: Built) -> None:
    with (
        adbc(built.warehouse) as connection,
        connection.cursor() as cursor,
        pytest.raises(adbc_driver_manager.dbapi.Error, match="read-only"),
    ):
        cursor.execute("delete from marts.mart_agency_year")


PROGRAMS = [
    (page, program)
    for page in sorted((PROJECT / "docs" / "connect").glob("*.md"))
    for program in re.findall(r"^```python\n(.*?)^```", page.read_text("utf-8"), re.M | re.S)
]


@pytest.mark.parametrize(
    ("page", "program"),
    PROGRAMS,
    ids=[f"{page.stem}-{at}" for at, (page, _) in enumerate(PROGRAMS)],
)
def test_the_programs_of_the_guides_run(
    samples: Path,
    page: Path,
    program: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(samples.parent.parent)
    exec(compile(program, page.name, "exec"), {})
    said = capsys.readouterr().out
    for name, _, _ in query(samples, TOTALS):
        assert str(name) in said


@pytest.mark.parametrize(
    ("expression", "answer"),
    [
        ("yuan_to_wan(13214710.41)", Decimal("1321.471041")),
        ("yuan_to_wan(-0.01)", Decimal("-0.000001")),
        (
            "yuan_to_wan(cast(9999999999999999.99 as decimal(18, 2)))",
            Decimal("999999999999.999999"),
        ),
        ("yuan_to_wan(null)", None),
        ("share(1, 3)", Decimal("0.333333")),
        ("share(cast(2.50 as decimal(18, 2)), 10)", Decimal("0.250000")),
        ("share(1, 0)", None),
        ("share(null, 1)", None),
    ],
)
def test_the_functions_of_the_warehouse(
    built: Built, expression: str, answer: Decimal | None
) -> None:
    assert query(built.warehouse, f"select {expression}") == [(answer,)]


def test_the_functions_say_what_they_do(built: Built) -> None:
    with duckdb.connect(str(built.warehouse), read_only=True) as connection:
        found = dict(
            connection.execute(
                "select function_name, comment from duckdb_functions()"
                " where database_name = current_database() and schema_name = 'main'"
            ).fetchall()
        )
    assert {"yuan_to_wan", "share", "trace"} <= set(found)
    assert all("。 / " in comment for comment in found.values())
