"""The one exception of the lowest layer: a piece of text that is not what it should be."""


class Unreadable(ValueError):
    """Says that a text is not an amount, a date, a share or a duration, and how to mend it.

    Whoever knows where the text stood turns this into a finding; it never reaches a user raw.
    """

    def __init__(self, message: str, help: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.help = help
