"""The Parquet set of a document: one file per table, with these columns (schema `raw`)."""

from __future__ import annotations

import pyarrow as pa

TEXT, WHOLE, REAL, FLAG = pa.string(), pa.int32(), pa.float64(), pa.bool_()
AMOUNT = pa.decimal128(24, 6)

Record = dict[str, object]
"""A row of one of these tables: its values by the names of the columns."""

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
            ("turns", WHOLE),
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
            ("confidence", REAL),
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
            ("confidence", REAL),
            ("text", TEXT),
            ("role", TEXT),
            ("printed", TEXT),
            ("value", AMOUNT),
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
            ("form_id", TEXT),
            ("quarantine_reason", TEXT),
        ]
    ),
    "form": pa.schema(
        [
            ("form_id", TEXT),
            ("document_id", TEXT),
            ("table_id", TEXT),
            ("table_kind", TEXT),
            ("page_number", WHOLE),
            ("cell_id", TEXT),
            ("project_code", TEXT),
            ("project_name", TEXT),
            ("project_type", TEXT),
            ("implementing_unit", TEXT),
            ("goal_text", TEXT),
            ("score", AMOUNT),
            ("grade", TEXT),
        ]
    ),
    "indicator": pa.schema(
        [
            ("indicator_id", TEXT),
            ("form_id", TEXT),
            ("document_id", TEXT),
            ("table_id", TEXT),
            ("table_kind", TEXT),
            ("page_number", WHOLE),
            ("cell_id", TEXT),
            ("horizon", TEXT),
            ("level_1", TEXT),
            ("level_2", TEXT),
            ("level_3", TEXT),
            ("target_text", TEXT),
            ("target_operator", TEXT),
            ("target_value", AMOUNT),
            ("target_unit", TEXT),
            ("actual_text", TEXT),
            ("weight", AMOUNT),
            ("score", AMOUNT),
            ("reason_text", TEXT),
        ]
    ),
    "statement": pa.schema(
        [
            ("statement_id", TEXT),
            ("document_id", TEXT),
            ("page_number", WHOLE),
            ("line_id", TEXT),
            ("topic", TEXT),
            ("measure", TEXT),
            ("basis_year", WHOLE),
            ("fund", TEXT),
            ("income_source", TEXT),
            ("item", TEXT),
            ("class_name", TEXT),
            ("section_name", TEXT),
            ("item_name", TEXT),
            ("project_name", TEXT),
            ("printed", TEXT),
            ("value", AMOUNT),
            ("unit", TEXT),
            ("stated_text", TEXT),
            ("section_no", WHOLE),
            ("is_whole_unread", FLAG),
        ]
    ),
    "mention": pa.schema(
        [
            ("mention_id", TEXT),
            ("document_id", TEXT),
            ("page_number", WHOLE),
            ("line_id", TEXT),
            ("place", TEXT),
            ("title", TEXT),
            ("table_kind", TEXT),
        ]
    ),
    "remark": pa.schema(
        [
            ("remark_id", TEXT),
            ("document_id", TEXT),
            ("page_number", WHOLE),
            ("line_id", TEXT),
            ("form_id", TEXT),
            ("cell_id", TEXT),
            ("remark_kind", TEXT),
            ("group_no", WHOLE),
            ("name", TEXT),
            ("code", TEXT),
            ("operator", TEXT),
            ("printed", TEXT),
            ("value", AMOUNT),
            ("unit", TEXT),
            ("remark_text", TEXT),
        ]
    ),
    "resolution": pa.schema(
        [
            ("cell_id", TEXT),
            ("document_id", TEXT),
            ("method", TEXT),
            ("evidence", TEXT),
            ("solutions", WHOLE),
            ("rules_held", TEXT),
            ("rules_broken", TEXT),
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
