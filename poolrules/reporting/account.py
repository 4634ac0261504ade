"""A settlement with everything that a report of it needs: the rules, the facts, and what they were made from."""

from collections.abc import Iterable, Iterator
from functools import cached_property

from msgspec import Struct

from poolrules.engine.settlement import Allocation, Facts, Run, Settlement, StepResult, To, Transfer
from poolrules.reporting.ledger_account import LedgerAccount
from poolrules.ruleset.ruleset import (
    ByContributions,
    ByPartners,
    Cap,
    ContributionRule,
    Decided,
    FundRules,
    Moment,
    Place,
    Retained,
    Ruleset,
    SchemeRule,
    Sharing,
    Step,
    Version,
    Waterfall,
    YearFigures,
)
from poolrules.source.finding import Finding


class MadeFrom(Struct, frozen=True):
    """The fingerprints (SHA-256) of all that a settlement was made from, and the version that made it."""

    agreement: str
    rules: str
    outturn: str
    """Empty where the spending comes from ledgers: each has its own."""
    version: str
    facts: str = ""
    """That of a file of facts, where one was given."""
    position: str = ""
    """That of the closing position of the year before, where there was one."""
    variations: tuple[str, ...] = ()
    """Those of the deeds of variation, in their order; `agreement` is that of the agreement as signed."""


class Account(Struct, frozen=True, dict=True):
    """A settled year, with look-ups from the ids that its figures carry."""

    rules: Ruleset
    facts: Facts
    settlement: Settlement
    made_from: MadeFrom
    faults: tuple[Finding, ...] = ()
    """What `check` finds in the agreement: no part of a statement, which is the same from a compiled ruleset."""
    ledgers: tuple[LedgerAccount, ...] = ()
    warnings: tuple[Finding, ...] = ()
    """Doubts about the ledgers; the lines that they point at are in `sources`."""
    sources: dict[str, list[str]] = {}
    nothing_spent: tuple[str, ...] = ()
    """The schemes on which, as the mapping of a ledger says, nothing was spent."""
    evidence: tuple[tuple[str, str], ...] = ()
    """What shows a decision (by the body), an opening balance (by the reserve) or a sum paid in (`BCF.ICB`)."""
    set_aside: tuple[str, ...] = ()
    """Deeds of variation that were given and are not yet in force, in words; a compiled ruleset has none."""

    def clause(self, rule: str) -> str:
        """The number of a rule's clause in the draft, else the rule's id."""
        return self.rules.clauses.get(rule, rule)

    def clauses(self, rules: Iterable[str]) -> str:
        """The clause numbers of some rules, each once."""
        return ", ".join(dict.fromkeys(self.clause(rule) for rule in rules))

    def version(self, rule: str) -> Version | None:
        """The version of the agreement that a rule came with: the one whose file it stands in."""
        place = self.place(rule)
        return next((one for one in self.rules.versions if place and one.file == place.file), None)

    def version_numbers(self, rules: Iterable[str]) -> str:
        """The numbers of the versions that some rules came with, each once; 0 is the agreement as signed."""
        found = (self.version(rule) for rule in rules)
        return ", ".join(dict.fromkeys(str(version.number) for version in found if version))

    @property
    def varied(self) -> bool:
        """Whether a deed of variation is in the rules."""
        return len(self.rules.versions) > 1

    def place(self, rule: str) -> Place | None:
        """Where a rule was written, when that is known."""
        return self.rules.places.get(rule)

    @property
    def funds(self) -> tuple[FundRules, ...]:
        """The funds that have figures for the year."""
        return tuple(fund for fund in self.rules.funds if self.figures(fund))

    def figures(self, fund: FundRules) -> YearFigures | None:
        """A fund's figures of the year."""
        return next((figures for figures in fund.years if figures.year == self.settlement.year), None)

    def standing(self, fund: FundRules) -> tuple[ContributionRule, ...]:
        """The contributions of the year that are due: those without a condition, or whose condition holds."""
        said = {one.name: one.holds for one in self.facts.said}
        figures = self.figures(fund)
        return tuple(
            line
            for line in (figures.contributions if figures else ())
            if line.condition is None or said.get(line.condition.fact) is line.condition.holds
        )

    @cached_property
    def schemes(self) -> dict[str, SchemeRule]:
        """Every scheme by name."""
        return {scheme.name: scheme for fund in self.rules.funds for scheme in fund.schemes}

    @cached_property
    def waterfalls(self) -> dict[str, Waterfall]:
        """Every waterfall by its rule."""
        return {waterfall.id: waterfall for fund in self.rules.funds for waterfall in fund.waterfalls}

    @cached_property
    def steps(self) -> dict[str, tuple[Waterfall, Step]]:
        """Every step by its rule, with its waterfall."""
        return {step.id: (waterfall, step) for waterfall in self.waterfalls.values() for step in waterfall.steps}

    @cached_property
    def caps(self) -> dict[str, Cap]:
        """Every cap by its rule."""
        found = [cap for waterfall in self.waterfalls.values() for cap in waterfall.caps]
        for _, step in self.steps.values():
            found += step.taker.caps if isinstance(step.taker, ByPartners) else ()
        return {cap.id: cap for cap in found}

    def shows(self, what: str) -> str:
        """The evidence of a decision, an opening balance or a sum paid in, between brackets, where it was given."""
        return "".join(f" ({evidence})" for about, evidence in self.evidence if about == what)

    @property
    def provisional(self) -> bool:
        """Whether a sum is still undecided or has no owner, or a contribution behind the figures is only indicative."""
        return any(one.pence for _, one in self.open_sums()) or bool(self.indicative)

    @property
    def indicative(self) -> tuple[ContributionRule, ...]:
        """The contributions of the year that are due and that their partner has not confirmed."""
        return tuple(line for fund in self.funds for line in self.standing(fund) if line.indicative)

    @property
    def notional(self) -> tuple[str, ...]:
        """The funds of the year into which nobody pays: each partner keeps its contribution and spends it itself."""
        return tuple(fund.name for fund in self.funds if isinstance(fund.paid, Retained))

    def between_hosts(self, transfer: Transfer) -> bool:
        """Whether a transfer is what one fund owes another, and not the result of a partner in its fund."""
        return not transfer.bears and not any(
            result.fund == transfer.fund
            and result.partner in (transfer.payer, transfer.payee)
            and abs(result.call) == transfer.pence
            and set(transfer.rules) <= set(result.rules)
            for result in self.settlement.partners
        )

    def lifted(self, cap: Cap) -> bool:
        """Whether the fact that lifts a cap is said to hold."""
        return cap.unless is not None and any(one.name == cap.unless and one.holds for one in self.facts.said)

    def asks_what_was_paid(self, fund: str, partner: str) -> bool:
        """Whether a rule of the year shares by what a partner has paid into a fund."""
        funds = {own.name for own in self.funds}
        sharings: list[Sharing | None] = [decision.sharing for decision in self.facts.decisions]
        for waterfall, step in self.steps.values():
            if waterfall.fund in funds:
                taker = step.taker
                sharings.append(taker.sharing if isinstance(taker, ByPartners) else None)
                failing = taker.failing if isinstance(taker, Decided) else None
                sharings.append(failing if isinstance(failing, ByContributions) else None)
        return any(
            isinstance(one, ByContributions)
            and one.moment is Moment.PAID
            and fund in one.funds
            and (not one.partners or partner in one.partners)
            for one in sharings
        )

    def step_results(self) -> Iterator[tuple[Run, StepResult]]:
        """Every step of every run, in the order in which they were taken."""
        for run in self.settlement.runs:
            for step in run.steps:
                yield run, step

    def open_sums(self) -> Iterator[tuple[str, Allocation]]:
        """Every sum that is undecided or that nobody has been given, with the rule that leaves it so."""
        loose = (To.UNDECIDED, To.UNALLOCATED)
        for scheme in self.settlement.schemes:
            yield from ((scheme.rule, one) for one in scheme.allocations if one.to in loose)
        for _, step in self.step_results():
            yield from ((step.rule, one) for one in step.allocations if one.to in loose)
        yield from self.settlement.unbudgeted
