"""The weights of a sharing as formulas: stated parts, the values of a key, or the contributions that count."""

from collections.abc import Iterator, Sequence

from poolrules.engine.sharing import counts
from poolrules.reporting.workbook.books import (
    Books,
    Pot,
)
from poolrules.reporting.workbook.shares import Share, Shared
from poolrules.reporting.workbook.sheet import (
    Look,
    added,
)
from poolrules.ruleset.ruleset import (
    ByContributions,
    ByKey,
    Charges,
    ContributionRule,
    FundRules,
    Moment,
    OfSpending,
    Sharing,
    Step,
    Weights,
)


class Weighing(Books):
    """Finds weights, and has the sheet `Shares` divide sums by them."""

    def _shared(self, pot: Pot, step: Step, sharing: Sharing, most: str) -> tuple[Shared, dict[str, int], set[str]]:
        """Share a sum by weights: where the parts stand, the weights now, and whose weight is worked out."""
        weights = dict(self._weights(pot.fund, sharing))
        now = {name: max(0, number) for name, (number, _, _) in weights.items()}
        names = sorted(weights, key=lambda name: (name != pot.fund.host, name))
        shares = [Share(name, weights[name][1], order, weights[name][2]) for order, name in enumerate(names)]
        clause = self.account.clause(step.id)
        shared = self.shares.share(clause, most, shares, sum(now.values()), pot.fund.odd_pennies)
        return shared, now, {name for name, (_, formula, _) in weights.items() if "!" in formula}

    def _weights(self, fund: FundRules, sharing: Sharing) -> Iterator[tuple[str, tuple[int, str, Look]]]:
        """Each partner's weight as a number and as a formula."""
        match sharing:
            case Weights(parts) | OfSpending(parts):
                numbers = dict.fromkeys(fund.partners, 0)
                for part in parts:
                    numbers[part.partner] = numbers.get(part.partner, 0) + part.weight
                yield from ((name, (number, str(number), Look.INPUT)) for name, number in numbers.items())
            case ByKey(key, partners):
                numbers = dict.fromkeys(fund.partners, 0) | self._values(key, partners or fund.partners)
                yield from ((name, (number, str(number), Look.INPUT)) for name, number in numbers.items())
            case ByContributions():
                found: dict[str, list[tuple[int, str]]] = {name: [] for name in fund.partners}
                for name, number, formula in self._contributed(sharing):
                    found.setdefault(name, []).append((number, formula))
                for name, terms in found.items():
                    formula = f"MAX(0,{added(one for _, one in terms)})"
                    yield name, (sum(number for number, _ in terms), formula, Look.PLAIN)

    def _values(self, key: str, partners: Sequence[str]) -> dict[str, int]:
        """The values of a key for some partners."""
        counted = {one.partner: one.number for one in self.account.facts.counts if one.key == key}
        rule = next((one for one in self.account.rules.keys if one.name == key), None)
        if rule is not None and not rule.counted:
            years = [one for one in rule.years if one.year == self.account.settlement.year]
            counted = {part.partner: part.weight for year in years for part in year.parts}
        return {name: counted.get(name, 0) for name in partners}

    def _contributed(self, sharing: ByContributions) -> Iterator[tuple[str, int, str]]:
        """What counts of contributions: partner, pence now, and the cell."""
        for name in dict.fromkeys(sharing.funds):
            fund = next((one for one in self.account.funds if one.name == name), None)
            if fund is None:
                continue
            paid = {
                partner: pence
                for (paid_to, partner, pence) in self.account.facts.paid
                if sharing.moment is Moment.PAID
                and paid_to == name
                and (not sharing.partners or partner in sharing.partners)
            }
            lines, cells = self._lines_of(fund, sharing)
            for line in lines:
                if line.in_kind or line.partner not in paid:
                    yield line.partner, _counted(sharing, line), self._cell_of(sharing, cells[name, line])
            yield from ((partner, pence, str(pence)) for partner, pence in paid.items())

    def _lines_of(
        self, fund: FundRules, sharing: ByContributions
    ) -> tuple[list[ContributionRule], dict[tuple[str, ContributionRule], tuple[str, str, str]]]:
        """The contributions to a fund that count, and the cells of all."""
        figures = self.account.figures(fund)
        first = figures.first_agreed if figures else None
        lines, cells = self.account.standing(fund), self.inputs.contributions
        if sharing.moment is Moment.FIRST_AGREED and first is not None:
            said = {one.name: one.holds for one in self.account.facts.said}
            lines = tuple(
                line
                for line in first
                if line.condition is None or said.get(line.condition.fact) is line.condition.holds
            )
            cells = self.inputs.first_agreed
        return [line for line in lines if counts(sharing, line)], cells

    def _cell_of(self, sharing: ByContributions, cells: tuple[str, str, str]) -> str:
        """The cell of a contribution as a sharing counts it."""
        if sharing.charges is None:
            return cells[0]
        return cells[1] if sharing.charges is Charges.GROSS else cells[2]

    def _towards(self, pot: Pot, schemes: Sequence[str]) -> dict[str, tuple[int, str]]:
        """What each partner puts in for some schemes: what is tied to them, else its cash."""
        tied = [
            (fund.name, line)
            for fund in self.account.funds
            for line in self.account.standing(fund)
            if not line.in_kind and line.scheme in schemes
        ]
        found: dict[str, tuple[int, str]] = {}
        cash = {one.partner: one.cash for one in self.account.settlement.partners if one.fund == pot.fund.name}
        for name in pot.fund.partners:
            own = [(fund, line) for fund, line in tied if line.partner == name]
            formula = added(self.inputs.contributions[fund, line][0] for fund, line in own)
            found[name] = sum(line.pence for _, line in own), formula
            if not tied:
                found[name] = cash.get(name, 0), self.inputs.cash(pot.fund, name)
        return found


def _counted(sharing: ByContributions, line: ContributionRule) -> int:
    """What one contribution counts as."""
    if sharing.charges is None:
        return line.pence
    return line.gross_pence if sharing.charges is Charges.GROSS else line.net_pence
