"""Finding things in the plain JSON of a compiled agreement, for one year."""

from typing import Any, TypeAlias

Plain: TypeAlias = dict[str, Any]
"""A record as JSON has it."""


class Refused(Exception):
    """There is no answer without something more; the text is the name of what is missing."""


class Agreement:
    """A compiled agreement with its funds and schemes by name; made once, asked for many years."""

    def __init__(self, rules: Plain) -> None:
        self.rules = rules
        self.funds: dict[str, Plain] = {fund["name"]: fund for fund in rules["funds"]}
        self.keys: dict[str, Plain] = {key["name"]: key for key in rules["keys"]}
        self.schemes: dict[str, Plain] = {}
        self.fund_of: dict[str, str] = {}
        self.reserves: dict[str, Plain] = {}
        for name, fund in self.funds.items():
            for scheme in fund["schemes"]:
                self.schemes[scheme["name"]] = scheme
                self.fund_of[scheme["name"]] = name
            for reserve in fund["reserves"]:
                self.reserves[reserve["name"]] = {**reserve, "fund": name}

    def figures(self, fund: str, year: str) -> Plain | None:
        """The figures of a fund for a year."""
        for figures in self.funds[fund]["years"]:
            if figures["year"] == year:
                return dict(figures)
        return None

    def waterfalls(self, trigger: str, year: str) -> list[Plain]:
        """The waterfalls of one trigger in the order in which they run, of funds that have figures for the year."""
        funds = [fund for name, fund in self.funds.items() if self.figures(name, year) is not None]
        return [fall for fund in funds for fall in fund["waterfalls"] if fall["trigger"] == trigger]

    def pooled(self, scheme: str | None) -> bool:
        """Whether money for a scheme, or (with none) for the whole fund, is in the pool."""
        return scheme is None or self.schemes[scheme]["mode"] not in ("aligned", "in view only")


def year_after(year: str, by: int) -> str:
    """The financial year so many years on.

    >>> year_after("2098/99", 1)
    '2099/00'
    """
    start = int(year[:4]) + by
    return f"{start}/{(start + 1) % 100:02}"
