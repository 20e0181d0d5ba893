"""The checks of the reader's evaluator beside those of the warehouse, for every document of one."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal

import duckdb

from extract.rules.checking import Check, check_document
from extract.vocabulary import load_vocabulary

Row = tuple[object, ...]

_FEN, _SMALLEST = Decimal("0.01"), Decimal("0.000001")


def differing_checks(warehouse: duckdb.DuckDBPyConnection) -> tuple[list[str], Counter[str]]:
    """What one evaluator says and the other does not, and how many checks have each status.

    Compared are rule, what the check is about, both sides, tolerance, status, reason and cells. Of
    checks with one side alone SQL keeps one per rule and reason: these are compared as such.
    """
    documents = warehouse.execute(
        "select distinct document_id, document_kind from core.dim_document"
        " inner join audit.identity_check using (document_id) order by all"
    ).fetchall()
    differences: list[str] = []
    statuses: Counter[str] = Counter()
    for document_id, kind in documents:
        ours = {_ours(check) for check in _checks(warehouse, document_id, kind)}
        theirs = {_theirs(row) for row in _published(warehouse, document_id)}
        differences += [f"{document_id} python {row}" for row in sorted(ours - theirs, key=repr)]
        differences += [f"{document_id} sql {row}" for row in sorted(theirs - ours, key=repr)]
        statuses.update(check.status for check in _checks(warehouse, document_id, kind))
    return differences, statuses


def _checks(warehouse: duckdb.DuckDBPyConnection, document_id: str, kind: str) -> list[Check]:
    cells = warehouse.execute("select * from raw.cell where document_id = ?", [document_id])
    names = [column[0] for column in cells.description or []]
    records = [dict(zip(names, row, strict=True)) for row in cells.fetchall()]
    funds = warehouse.execute(
        'select table_id, fund from raw."table" where document_id = ?', [document_id]
    ).fetchall()
    doubts = warehouse.execute(
        "select table_kind, cell_id from raw.quarantine"
        " where document_id = ? and cell_id is not null",
        [document_id],
    ).fetchall()
    return check_document(records, dict(funds), load_vocabulary().kinds, kind, doubts)


def _published(warehouse: duckdb.DuckDBPyConnection, document_id: str) -> list[Row]:
    return warehouse.execute(
        "select identity_id, subject_key, left_yuan, right_yuan, tolerance_yuan, status, reason,"
        " cell_ids from audit.identity_check where document_id = ?"
        " and identity_id in (select identity_id from seeds.identity_rule)",
        [document_id],
    ).fetchall()


def _ours(check: Check) -> Row:
    if check.left_yuan is None or check.right_yuan is None or check.tolerance_yuan is None:
        return check.rule.name, check.status, check.reason
    return (
        check.rule.name,
        check.subject_key,
        check.left_yuan.quantize(_FEN),
        check.right_yuan.quantize(_FEN),
        check.tolerance_yuan.quantize(_SMALLEST),
        check.status,
        check.reason,
        tuple(sorted(check.cell_ids)),
    )


def _theirs(row: Row) -> Row:
    name, key, left, right, tolerance, status, reason, cell_ids = row
    if left is None or right is None:
        return name, status, reason
    assert isinstance(cell_ids, list)
    return name, key, left, right, tolerance, status, reason, tuple(sorted(cell_ids))
