"""What can keep the dashboard from showing something."""

from extract.errors import GongkaiError


class DashboardError(GongkaiError):
    """Something cannot be shown; ``word`` is its text in ``words.csv``, ``values`` fill it in.

    The text of the exception itself is the English one, for the terminal.
    """

    def __init__(self, word: str, **values: object) -> None:
        from dashboard.words import say

        self.word = word
        self.values = values
        super().__init__(say(word, "en").format(**values))
