"""What the audit of a candidate says about each document, and what of it is new."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

import duckdb

_ABOUT_OTHERS = (
    "duplicate_document",
    "late_correction",
    "scope_overlap",
    "code_name_conflict",
)
"""Kinds of findings that come from other documents beside this one, not from its figures."""


@dataclass(frozen=True)
class Sign:
    """One thing that the audit says: the rule, what exactly, and the cells that it names."""

    rule: str
    about: str
    cell_ids: frozenset[str]


@dataclass
class Verdict:
    """All that the audit says against a document; ids of cells are those of the original."""

    signs: set[Sign] = field(default_factory=set)


def read_verdicts(connection: duckdb.DuckDBPyConnection) -> Mapping[str, Verdict]:
    """The verdicts of a candidate by document id; a document without any sign has an empty one."""
    verdicts: dict[str, Verdict] = defaultdict(Verdict)
    for (document_id,) in connection.execute("select document_id from raw.document").fetchall():
        verdicts[document_id] = Verdict()
    for query in (_BROKEN, _FINDINGS, _QUARANTINE, _LEFT_OVER):
        for document_id, rule, about, cell_ids in connection.execute(query).fetchall():
            named = frozenset(_original(cell) for cell in cell_ids if cell)
            verdicts[document_id].signs.add(Sign(rule, _original(about), named))
    return verdicts


def new_signs(original: Verdict, copy: Verdict) -> frozenset[Sign]:
    """What the audit says against a copy and not against its original."""
    known = {(sign.rule, sign.about) for sign in original.signs}
    return frozenset(sign for sign in copy.signs if (sign.rule, sign.about) not in known)


def _original(text: str) -> str:
    """An id without the number of its copy."""
    return text.partition("#")[0]


_BROKEN = """
    select document_id, identity_id, concat_ws(' ', subject_key, difference_yuan), cell_ids
    from audit.identity_check
    where status = 'broken'
"""
# a finding on a broken identity says no more than the check
_FINDINGS = f"""
    select document_id, kind, concat_ws(' ', left_printed, right_printed), cell_ids
    from audit.finding
    where len(identity_ids) = 0 and kind not in {_ABOUT_OTHERS}
"""
_QUARANTINE = """
    select document_id, reason, coalesce(cell_id, detail, ''), [cell_id]
    from audit.quarantine
"""
_LEFT_OVER = """
    select document_id, 'left_over', concat_ws(' ', page_number, left_over), []
    from raw.page
    where left_over <> ''
"""
