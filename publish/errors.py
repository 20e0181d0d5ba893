"""What can keep a candidate from being published."""

from extract.errors import GongkaiError


class PublicationError(GongkaiError):
    """The published file cannot be read or replaced; the text says why."""
