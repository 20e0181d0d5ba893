"""What can keep the review pages, or the way from a figure to its print, from being made."""

from extract.errors import GongkaiError


class ReviewError(GongkaiError):
    """Something to be shown is not there; the text names it and says what to do."""
