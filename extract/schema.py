"""The Parquet set of a document: one file per table, with these columns (schema `raw`)."""

from __future__ import annotations

import pyarrow as pa

TEXT, WHOLE, REAL, FLAG = pa.string(), pa.int32(), pa.float64(), pa.bool_()

TABLES: dict[str, pa.Schema] = {
    "document": pa.schema(
        [
            ("document_id", TEXT),
            ("sha256", TEXT),
            ("media_type", TEXT),
            ("byte_size", pa.int64()),
            ("page_count", WHOLE),
            ("reader_version", TEXT),
            ("vocabulary_hash", TEXT),
            ("status", TEXT),
            ("document_kind", TEXT),
            ("fiscal_year", WHOLE),
            ("scope", TEXT),
            ("region_code", TEXT),
            ("agency_name", TEXT),
            ("identity_evidence", TEXT),
        ]
    ),
    "page": pa.schema(
        [
            ("document_id", TEXT),
            ("page_number", WHOLE),
            ("route", TEXT),
            ("width", REAL),
            ("height", REAL),
            ("is_table_page", FLAG),
            ("figures_on_page", WHOLE),
            ("figures_in_cells", WHOLE),
            ("figures_elsewhere", WHOLE),
            ("left_over", TEXT),
            ("second_reader", TEXT),
        ]
    ),
    "line": pa.schema(
        [
            ("line_id", TEXT),
            ("document_id", TEXT),
            ("page_number", WHOLE),
            ("line_no", WHOLE),
            ("text", TEXT),
            ("x0", REAL),
            ("y0", REAL),
            ("x1", REAL),
            ("y1", REAL),
        ]
    ),
    "table": pa.schema(
        [
            ("table_id", TEXT),
            ("document_id", TEXT),
            ("table_no", WHOLE),
            ("table_kind", TEXT),
            ("title", TEXT),
            ("unit", TEXT),
            ("unit_text", TEXT),
            ("fund", TEXT),
            ("first_page", WHOLE),
            ("last_page", WHOLE),
            ("note", TEXT),
        ]
    ),
    "cell": pa.schema(
        [
            ("cell_id", TEXT),
            ("document_id", TEXT),
            ("table_id", TEXT),
            ("table_no", WHOLE),
            ("table_kind", TEXT),
            ("page_number", WHOLE),
            ("row_no", WHOLE),
            ("column_no", WHOLE),
            ("row_span", WHOLE),
            ("column_span", WHOLE),
            ("x0", REAL),
            ("y0", REAL),
            ("x1", REAL),
            ("y1", REAL),
            ("text", TEXT),
            ("role", TEXT),
            ("printed", TEXT),
            ("value", pa.decimal128(24, 6)),
            ("unit", TEXT),
            ("decimals", WHOLE),
            ("reading", TEXT),
            ("row_label", TEXT),
            ("column_label", TEXT),
            ("block_no", WHOLE),
            ("row_kind", TEXT),
            ("function_code", TEXT),
            ("department_economic_code", TEXT),
            ("government_economic_code", TEXT),
            ("unit_code", TEXT),
            ("column_fund", TEXT),
            ("column_component", TEXT),
            ("column_source", TEXT),
            ("column_item", TEXT),
            ("column_basis", TEXT),
            ("column_measure", TEXT),
            ("row_fund", TEXT),
            ("row_component", TEXT),
            ("row_source", TEXT),
            ("row_item", TEXT),
            ("line_no", TEXT),
            ("catalogue_code", TEXT),
            ("catalogue_name", TEXT),
            ("category", TEXT),
            ("project_code", TEXT),
            ("project_name", TEXT),
            ("project_type", TEXT),
            ("implementing_unit", TEXT),
            ("quarantine_reason", TEXT),
        ]
    ),
    "quarantine": pa.schema(
        [
            ("document_id", TEXT),
            ("table_kind", TEXT),
            ("page_number", WHOLE),
            ("cell_id", TEXT),
            ("reason", TEXT),
            ("detail", TEXT),
        ]
    ),
}
