"""The one family of errors that a user may see: where, what was read, what was expected."""


class GongkaiError(Exception):
    """Base of every error of the project; its text is one line for people."""


class DocumentError(GongkaiError):
    """A document, or a part of one, that cannot be published.

    ``reason`` is a word of the closed list in ``docs/quarantine.md``; ``detail`` is one line that
    says what was read and what was expected.
    """

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(f"{reason}: {detail}")
        self.reason = reason
        self.detail = detail


class VocabularyError(GongkaiError):
    """A row of a vocabulary file that cannot be used; the text names the file and the row."""
