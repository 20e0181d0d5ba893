"""The pages of an export that people read: what lies in it, and what changed."""

from collections.abc import Sequence
from pathlib import Path

from expectations.visible import one_line
from publish.data_package import RIGHTS, DataFile, Package
from publish.row_changes import RowChanges, TableChange

_TEMPLATES = Path(__file__).with_name("templates")


REASONS = {
    "new_document": "The document was not in the earlier publication.",
    "document_gone": "It was, and is not any more.",
    "content_changed": "The file has another content than it had.",
    "other_document": "Another document of the disclosure is current for its kind of table now.",
    "decision": "A person's decision on the document was made, changed or taken back.",
    "in_quarantine": "The document or the figure is in quarantine now.",
    "reader_changed": "Another version of the reader read the same document.",
    "vocabulary_changed": "It was read with other vocabulary.",
    "folder": "The document takes a part of its identity from its folder, whose documents changed.",
    "models_changed": "The program makes something else of the same reading.",
    "follows": "The row is made from several documents, some of which changed.",
    "publication": "The table is about the publication itself.",
    "unexplained": "None of these.",
}
"""The closed list of reasons, in the order in which they are explained."""


def readme_text(package: Package, files: Sequence[DataFile]) -> str:
    """Write the page about the export."""
    counted = [
        f"`{f.table.full_name}.{c}` {n}" for f in files for c, n in sorted(f.changed.items())
    ]
    return _template("readme").format(
        publication_id=package.publication_id,
        created=package.created.isoformat(sep=" ", timespec="seconds"),
        program_version=package.program_version,
        contract_version=package.contract_version,
        documents=len(package.sources),
        changed=f"Cells concerned here: {', '.join(counted) or 'none'}.",
        rights=RIGHTS,
        tables="\n".join(
            ["| table | rows | what a row is |", "|---|--:|---|"]
            + [
                f"| `{file.table.full_name}` | {file.table.rows} | {_cell(file.table.comment)} |"
                for file in files
            ]
        ),
    )


def changes_text(publication_id: str, changes: RowChanges | None) -> str:
    """Write the page about the changes; None where there is nothing to compare with."""
    if changes is None:
        return _template("first").format(now=publication_id)
    used = {reason for table in changes.tables for reason in table.reasons}
    drift = [f"- {line}" for line in changes.columns]
    return _template("changes").format(
        now=publication_id,
        since=changes.since,
        rows="\n".join(_change_row(table) for table in changes.tables),
        drift="\n".join(
            ["", "Tables and columns (columns of one side are not compared):", "", *drift, ""]
        )
        if drift
        else "",
        reasons="\n".join(
            f"| `{reason}` | {text} |" for reason, text in REASONS.items() if reason in used
        )
        or "| – | nothing differs |",
    )


def _change_row(table: TableChange) -> str:
    numbers = (table.rows_before, table.rows_now, table.added, table.changed, table.gone)
    reasons = ", ".join(f"`{reason}`" for reason in table.reasons)
    return f"| `{table.table}` | {' | '.join(map(str, numbers))} | {reasons} |"


def _template(name: str) -> str:
    return (_TEMPLATES / f"{name}.txt").read_text(encoding="utf-8")


def _cell(text: str) -> str:
    return one_line(text).replace("|", "\\|")
