"""What is known of a year, and what has been dealt with so far: the running state of one answer."""

from collections.abc import Iterator
from typing import Any

from tests.engine.oracle.agreement import Agreement, Plain, Refused, year_after
from tests.engine.oracle.pennies import part, split


class Given:
    """The facts of one year, in dictionaries, with the tallies that the steps keep."""

    def __init__(self, agreement: Agreement, facts: Plain) -> None:
        self.agreement, self.facts, self.year = agreement, facts, facts["year"]
        self.months: int = facts["months"]
        self.said = {one["name"]: one for one in facts["said"]}
        self.decisions = {one["body"]: one["sharing"] for one in facts["decisions"]}
        self.paid = {(fund, partner): pence for fund, partner, pence in facts["paid"]}
        self.position: Plain = facts["position"] or {"reserves": [], "carried": [], "dues": [], "taken": []}
        self.owed_before = list(self.eased(facts["eased"]))
        self.taken_before: dict[str, int] = dict(self.position["taken"])
        self.in_year = {fund: agreement.figures(fund, self.year) for fund in agreement.funds}
        for figures in self.in_year.values():
            if figures and figures["unset"]:
                raise Refused(figures["unset"][0])
        self.budget: dict[str, int] = {}
        self.whole_budget: dict[str, int] = {}
        self.spent: dict[str, int] = {}
        self.brought: dict[str, int] = {}
        self.variance: dict[str, int] = {}
        self.carried: list[tuple[str, str | None, int, str, bool]] = []
        self.fund_brought: dict[str, int] = {}
        self.dues: list[tuple[str, str | None, str | None, str, int, str, bool]] = []
        self.lent: dict[str, int] = {}
        self.dealt: set[str] = set()
        self.used: dict[str, int] = {}
        self.took: dict[str, int] = {}
        self.money: dict[tuple[str, str], dict[str, int]] = {}
        self.unsure: set[str] = set()
        self.shared_already: set[str] = set()
        self.owed: dict[tuple[str, str], int] = {}
        self.runs: list[tuple[Any, ...]] = []
        self._lines: dict[tuple[str, bool], list[Plain]] = {}
        openings = {name: rule["opening"] for name, rule in agreement.reserves.items()}
        self.opening: dict[str, int] = {**openings, **dict(self.position["reserves"]), **dict(facts["openings"])}
        self.drawn: dict[str, int] = dict.fromkeys(self.opening, 0)
        self.added: dict[str, int] = dict.fromkeys(self.opening, 0)

    def holds(self, reserve: str) -> int:
        """What a reserve holds now."""
        return self.opening[reserve] - self.drawn[reserve] + self.added[reserve]

    def so_far(self, pence: int) -> int:
        """The part of a year's sum that counts in the months, or the days, settled."""
        if self.facts["days"] is not None:
            leap = (int(self.year[:4]) + 1) % 4 == 0
            return part(pence, self.facts["days"], 366 if leap else 365)
        return part(pence, self.months, 12)

    def eased(self, eased: list[Plain]) -> Iterator[Plain]:
        """What is due by rules of earlier years: put off, or written off from the last instalment back."""
        off = {one["rule"]: one["written_off"] for one in eased}
        years = {one["rule"]: one["years"] for one in eased}
        together: dict[tuple[str, str], dict[str, Plain]] = {}
        for due in self.position["dues"]:
            name = f"{due['payer'] or ''} {due['payee'] or ''}"
            together.setdefault((due["year"], due["rule"]), {})[name] = due
        for (year, rule), dues in sorted(together.items(), reverse=True):
            owed = {name: due["pence"] for name, due in dues.items()}
            less = min(off.get(rule, 0), sum(owed.values()))
            off[rule] = off.get(rule, 0) - less
            for name, part_of_it in split(less, owed).items():
                left = owed[name] - part_of_it
                yield {**dues[name], "pence": left, "year": year_after(year, years.get(rule, 0))}
        if any(off.values()):
            raise Refused("was lent")

    def asked(self, fact: str) -> bool:
        """Whether a fact holds; refused where nobody said."""
        if self.says(fact) is None:
            raise Refused(fact)
        return bool(self.says(fact))

    def says(self, fact: str) -> bool | None:
        """Whether a fact holds, if anybody said."""
        said = self.said.get(fact)
        return None if said is None else said["holds"]

    def amount(self, fact: str) -> int:
        """The sum of a fact; refused where nobody said."""
        said = self.said.get(fact)
        if said is None or said["pence"] is None:
            raise Refused(fact)
        return int(said["pence"])

    def key(self, name: str, fund: str) -> dict[str, int]:
        """The values of a key for the year of the partners of a fund."""
        key = self.agreement.keys[name]
        if key["counted"]:
            found = {one["partner"]: one["number"] for one in self.facts["counts"] if one["key"] == name}
        else:
            years = [one["parts"] for one in key["years"] if one["year"] == self.year]
            found = {one["partner"]: one["weight"] for one in years[0]} if years else {}
        if not found:
            raise Refused(name)
        return {partner: value for partner, value in found.items() if partner in self.agreement.funds[fund]["partners"]}

    def lines(self, fund: str, first_agreed: bool = False) -> list[Plain]:
        """The contributions to a fund for the year of which no condition fails."""
        if (fund, first_agreed) not in self._lines:
            figures = self.in_year[fund]
            lines: list[Plain] = figures["contributions"] if figures else []
            if figures and first_agreed and figures["first_agreed"] is not None:
                lines = figures["first_agreed"]
            self._lines[fund, first_agreed] = [line for line in lines if self.met(line["condition"])]
        return self._lines[fund, first_agreed]

    def met(self, condition: Plain | None) -> bool:
        """Whether a condition is met."""
        return condition is None or self.asked(condition["fact"]) == condition["holds"]

    def cash(self, fund: str, partners: list[str] | None = None, schemes: list[str] | None = None) -> int:
        """The cash that partners, or all, contribute in the year to a fund, or only what is tied to some schemes."""
        return sum(
            int(line["pence"])
            for name in (self.agreement.funds if schemes else [fund])
            for line in self.lines(name)
            if not line["in_kind"]
            and self.agreement.pooled(line["scheme"])
            and (not partners or line["partner"] in partners)
            and (not schemes or line["scheme"] in schemes)
        )

    def rows(self, mark: str, schemes: list[str]) -> int:
        """What the rows of some schemes that are marked so come to."""
        return sum(
            int(one["pence"]) for one in self.facts["spending"] if one["scheme"] in schemes and mark in one["marks"]
        )

    def marked(self, mark: str, schemes: list[str], over: bool) -> int:
        """How much of an overspend, or of an underspend (which income shows), is marked so: in rows and beside them."""
        beside = [int(one["pence"]) for one in self.facts["marked"] if one["mark"] == mark and one["scheme"] in schemes]
        rows = self.rows(mark, schemes)
        return sum(beside) + (rows if over else -rows)

    def book(self, fund: str, partner: str, kind: str, pence: int) -> None:
        """Add to one of a partner's figures."""
        figures = self.money.setdefault((fund, partner), {})
        figures[kind] = figures.get(kind, 0) + pence

    def owe(self, fund: str, to: str, pence: int) -> None:
        """One fund owes another."""
        if fund != to:
            self.owed[fund, to] = self.owed.get((fund, to), 0) + pence
