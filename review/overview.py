"""The data of the overview's lists, which a script of the page filters and turns over."""

import json
from collections.abc import Sequence
from typing import Any

from review.rows import Disclosure, Finding
from review.visible import visible
from review.words import all_words


def overview_data(
    findings: Sequence[Finding], disclosures: Sequence[Disclosure], page_size: int
) -> str:
    """The rows of the overview's lists, as a script: a page opened as a file can load no data."""
    words = {
        f"{domain}.{word}": [text.zh, text.en]
        for (domain, word), text in all_words().items()
        if domain in ("severity", "kind", "document_kind", "scope")
        or (domain == "page" and word in ("previous", "next"))
    }
    data = {
        "words": words,
        "pageSize": page_size,
        "findings": [
            [
                item.finding_id,
                item.severity,
                item.kind,
                item.agency_name,
                item.fiscal_year,
                item.document_kind,
                item.scope,
                item.page_number,
                item.description,
                item.description_en,
                item.left_printed,
                item.right_printed,
                item.file_name,
            ]
            for item in findings
        ],
        "disclosures": [
            [
                item.disclosure_id,
                item.agency_name,
                item.region_name,
                item.fiscal_year,
                item.document_kind,
                item.scope,
                item.facts,
                item.holds,
                item.broken,
                item.findings,
                item.quarantined,
            ]
            for item in disclosures
        ],
    }
    return (
        f"window.gongkai = {json.dumps(_seen(data), ensure_ascii=False, separators=(',', ':'))};\n"
    )


def _seen(value: Any) -> Any:
    if isinstance(value, str):
        return visible(value)
    if isinstance(value, list):
        return [_seen(item) for item in value]
    if isinstance(value, dict):
        return {key: _seen(item) for key, item in value.items()}
    return value
