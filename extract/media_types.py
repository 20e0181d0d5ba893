"""Formats that the reader knows, by the ending of the file's name."""

MEDIA_TYPES = {
    ".pdf": "application/pdf",
    ".txt": "text/plain",
    ".md": "text/markdown",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".docm": "application/vnd.ms-word.document.macroEnabled.12",
    ".doc": "application/msword",
    ".rtf": "application/rtf",
    ".html": "text/html",
    ".htm": "text/html",
    ".mht": "multipart/related",
    ".mhtml": "multipart/related",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".xlsm": "application/vnd.ms-excel.sheet.macroEnabled.12",
    ".xls": "application/vnd.ms-excel",
}
"""Media type by ending."""

PROSE_FORMATS = frozenset({".docx", ".docm", ".doc", ".rtf", ".html", ".htm", ".mht", ".mhtml"})
"""Endings of Word documents and web pages: offices and their sites take one for the other."""

WORKBOOKS = frozenset({".xlsx", ".xlsm", ".xls"})
"""Endings of spreadsheets; which of them a file is, its bytes say."""
