"""`datapackage.json`: the CSV files of an export as a Frictionless Data Package, version 1.

Columns that the Fiscal Data Package knows carry its types: `fiscal_types.csv` names them. That
specification extends the tabular package and leaves every part of itself optional. In the list a
column has a `column_type`; or, where a table has amounts of several phases side by side, the
`phase` that its amounts are of; or it is a `constant` of a table, which no column holds.
"""

import csv
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from publish.catalogue import Column, Table
from publish.errors import PublicationError

FISCAL_TYPES = Path(__file__).with_name("fiscal_types.csv")
CURRENCY = "CNY"

TITLE = "中国政府部门预算、决算公开数据 / Budgets and final accounts of Chinese government agencies"
RIGHTS = (
    "The figures are from disclosures that government agencies are bound to publish. Gongkai claims"
    " no rights in them and can grant none, so the package names no licence. Whoever publishes them"
    " again should name the agency and the document, to which every figure leads."
)

_TYPES = {
    "VARCHAR": "string",
    "BOOLEAN": "boolean",
    "DATE": "date",
    "TIMESTAMP": "datetime",
    "FLOAT": "number",
    "DOUBLE": "number",
}
_INTEGER = re.compile(r"U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?")


@dataclass(frozen=True)
class DataFile:
    """A CSV file of the export: its table, its path there, and what it is as bytes.

    ``changed``: how many cells of which column are not the value itself (``written.cell_text``).
    """

    table: Table
    path: str
    size: int
    sha256: str
    changed: Mapping[str, int]


@dataclass(frozen=True)
class Source:
    """A document that the publication was read from; ``url`` where it is known."""

    title: str
    document_id: str
    url: str | None


@dataclass(frozen=True)
class Package:
    """What a package says of itself; ``created`` is the time of publication, UTC without zone."""

    publication_id: str
    contract_version: str
    program_version: str
    created: datetime
    sources: Sequence[Source]


def package_text(package: Package, files: Sequence[DataFile]) -> str:
    """Write the descriptor as JSON; the same publication gives the same text.

    Raises PublicationError for a column whose type the specification does not have.
    """
    described = {
        "profile": "tabular-data-package",
        "name": "gongkai",
        "id": package.publication_id,
        "title": TITLE,
        "description": (
            "Figures that Chinese government agencies publish (部门预算、部门决算), in yuan,"
            f" each with its document, page and cell. {RIGHTS}"
        ),
        "version": package.publication_id,
        "created": f"{package.created.isoformat()}Z",
        "keywords": ["budget", "final account", "China", "部门预算", "部门决算", "预决算公开"],
        "countryCode": "CN",
        "gongkai:contractVersion": package.contract_version,
        "gongkai:programVersion": package.program_version,
        "sources": [
            {
                "title": source.title,
                **({"path": source.url} if source.url else {}),
                "gongkai:documentId": source.document_id,
            }
            for source in package.sources
        ],
        "resources": [_resource(file) for file in files],
    }
    return json.dumps(described, ensure_ascii=False, indent=2) + "\n"


def _resource(file: DataFile) -> dict[str, Any]:
    table = file.table
    described = {
        "profile": "tabular-data-resource",
        "name": table.full_name,
        "path": file.path,
        "description": table.comment,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": file.size,
        "hash": f"sha256:{file.sha256}",
        "dialect": {
            "delimiter": ",",
            "lineTerminator": "\r\n",
            "quoteChar": '"',
            "doubleQuote": True,
            "header": True,
        },
        "schema": _schema(table),
    }
    if not table.comment:
        del described["description"]
    if file.changed:
        described["gongkai:cellsNotExact"] = dict(sorted(file.changed.items()))
    return described


def _schema(table: Table) -> dict[str, Any]:
    phases = _phases(table)
    fields = [_field(table, column, phases) for column in table.columns]
    schema: dict[str, Any] = {"fields": fields, "missingValues": [""]}
    # an empty text is a missing value in a CSV file, and a key has none
    blank = {column.name for column in table.columns if column.has_blanks}
    if table.primary_key and not blank & set(table.primary_key):
        schema["primaryKey"] = list(table.primary_key)
    if table.foreign_keys:
        schema["foreignKeys"] = [
            {
                "fields": [key.column],
                # a table that refers to itself is named by nothing
                "reference": {
                    "resource": "" if key.table == table.full_name else key.table,
                    "fields": [key.field],
                },
            }
            for key in table.foreign_keys
        ]
    if extra := _extra_fields(table, fields, phases):
        schema["extraFields"] = extra
    return schema


def _field(table: Table, column: Column, phases: Mapping[str, str]) -> dict[str, Any]:
    field: dict[str, Any] = {"name": column.name, "type": package_type(table, column)}
    if column.comment:
        field["description"] = column.comment
    constraints: dict[str, Any] = {}
    if column.required and not column.has_blanks:
        constraints["required"] = True
    if column.unique:
        constraints["unique"] = True
    if column.words:
        constraints["enum"] = list(column.words)
    if constraints:
        field["constraints"] = constraints
    column_type = _column_type(table, column.name)
    if column.name in phases:
        field["normalize"] = {"phase": phases[column.name]}
    # where phases stand side by side, they are the phase of a row and no column is
    elif column_type and not (phases and column_type.startswith("phase:")):
        field["columnType"] = column_type
    return field


def _extra_fields(
    table: Table, fields: Sequence[Mapping[str, Any]], phases: Mapping[str, str]
) -> list[dict[str, Any]]:
    """Describe what a row says without a column: currency, direction, phases side by side."""
    extra: list[dict[str, Any]] = []
    if phases:
        extra.append({"name": "phase", "type": "string", "columnType": "phase:id"})
        extra.append(
            {
                "name": "phase_amount_yuan",
                "type": "number",
                "columnType": "value",
                "normalizationTarget": True,
            }
        )
    if phases or any(field.get("columnType") == "value" for field in fields):
        extra.append(
            {
                "name": "currency",
                "type": "string",
                "columnType": "value-currency:code",
                "constant": CURRENCY,
            }
        )
    for row in _fiscal_types():
        if row["table"] == table.full_name and row["constant"]:
            extra.append(
                {
                    "name": row["column"],
                    "type": "string",
                    "columnType": row["column_type"],
                    "constant": row["constant"],
                }
            )
    return extra


def _phases(table: Table) -> dict[str, str]:
    """Find the amounts of several phases side by side; one alone says nothing by its column."""
    listed = {row["column"]: row["phase"] for row in _fiscal_types() if row["phase"]}
    found = {c.name: listed[c.name] for c in table.columns if c.name in listed}
    return found if len(found) > 1 else {}


def _column_type(table: Table, column: str) -> str | None:
    for row in _fiscal_types():
        fits = row["table"] in ("", table.full_name)
        if fits and row["column"] == column and not row["constant"]:
            return row["column_type"] or None
    return None


@cache
def _fiscal_types() -> tuple[dict[str, str], ...]:
    with FISCAL_TYPES.open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


def package_type(table: Table, column: Column) -> str:
    """Name the type of a column in the specification's words.

    Raises PublicationError for a type that it does not have.
    """
    if column.is_list:
        return "array"
    if column.data_type.startswith("DECIMAL("):
        return "number"
    if _INTEGER.fullmatch(column.data_type):
        return "integer"
    if column.data_type in _TYPES:
        return _TYPES[column.data_type]
    raise PublicationError(
        f"{table.full_name}.{column.name} has type {column.data_type}, which an export cannot hold"
    )
