"""The reader of PDFs with a text layer."""
