"""What the audit of a candidate says about each document, and what of it is new.

And what it could say: the identities over each cell, and whether a mistake moves their sides apart.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

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
    """One thing that the audit says: the rule, what exactly, and the cells that it names.

    Cells are named by their place in the document (`t1:r5:c3`), whichever copy it is.
    """

    rule: str
    about: str
    cell_ids: frozenset[str]


@dataclass
class Verdict:
    """All that the audit says against a document."""

    signs: set[Sign] = field(default_factory=set)


def read_verdicts(connection: duckdb.DuckDBPyConnection) -> Mapping[str, Verdict]:
    """The verdicts of a candidate by document id; a document without any sign has an empty one."""
    verdicts: dict[str, Verdict] = defaultdict(Verdict)
    for (document_id,) in connection.execute("select document_id from raw.document").fetchall():
        verdicts[document_id] = Verdict()
    for query in (_BROKEN, _FINDINGS, _QUARANTINE, _LEFT_OVER):
        for document_id, rule, about, cell_ids in connection.execute(query).fetchall():
            named = frozenset(place_of(cell) for cell in cell_ids if cell)
            said = about if about is not None else " ".join(sorted(named))
            verdicts[document_id].signs.add(Sign(rule, said, named))
    return verdicts


def new_signs(original: Verdict, copy: Verdict) -> frozenset[Sign]:
    """What the audit says against a copy and not against its original."""
    known = {(sign.rule, sign.about) for sign in original.signs}
    return frozenset(sign for sign in copy.signs if (sign.rule, sign.about) not in known)


def place_of(cell_id: str) -> str:
    """The place that an id of a cell names, without the document and the number of its copy.

    >>> place_of("0123456789abcdef:t1:r5:c3#17")
    't1:r5:c3'
    """
    return cell_id.partition(":")[2].partition("#")[0]


@dataclass(frozen=True)
class Check:
    """What a cell does in an identity: its sign, and how much rounding explains there, yuan."""

    check_id: str
    sign: int
    tolerance: Decimal


def read_checks(connection: duckdb.DuckDBPyConnection) -> Mapping[str, Sequence[Check]]:
    """The identities that hold in a candidate, by the id of the cells that stand in them."""
    checks: dict[str, list[Check]] = defaultdict(list)
    for cell_id, check_id, tolerance, sign in connection.execute(_CHECKS).fetchall():
        checks[cell_id].append(Check(check_id, sign, tolerance))
    return checks


def standing_of(shifts: Mapping[str, Decimal], checks: Mapping[str, Sequence[Check]]) -> str:
    """Tell whether a mistake counts that makes cells wrong by so many yuan, and why not.

    `uncovered`: its cells stand in no identity that holds; `balanced`: all of them stay as they
    were (two addends of one sum changed places); `within_rounding`: less than rounding explains.
    """
    apart: dict[str, Decimal] = defaultdict(Decimal)
    tolerances: dict[str, Decimal] = {}
    for cell_id, shift in shifts.items():
        for check in checks.get(cell_id, ()):
            apart[check.check_id] += check.sign * shift
            tolerances[check.check_id] = check.tolerance
    if not apart:
        return "uncovered"
    if not any(apart.values()):
        return "balanced"
    counts = any(abs(apart[one]) > tolerance for one, tolerance in tolerances.items())
    return "counted" if counts else "within_rounding"


_CHECKS = """
    select distinct
        sides.cell_id,
        checks.check_id,
        checks.tolerance_yuan,
        case sides.side when 'left' then terms.sign else -terms.sign end
    from staging.int_identity_sides as sides
    inner join seeds.identity_term as terms
        on sides.identity_id = terms.identity_id and sides.term_no = terms.term_no
    inner join audit.identity_check as checks
        on
            sides.identity_id = checks.identity_id
            and sides.document_id = checks.document_id
            and sides.subject_key = checks.subject_key
    where checks.status in ('holds', 'rounding')
"""


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
    select document_id, reason, case when cell_id is null then coalesce(detail, '') end, [cell_id]
    from audit.quarantine
"""
_LEFT_OVER = """
    select document_id, 'left_over', concat_ws(' ', page_number, left_over), []
    from raw.page
    where left_over <> ''
"""
