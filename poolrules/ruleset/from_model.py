"""Compiling: from what the parties mean to the rules that the engine runs.

Nothing is invented here. Where the agreement leaves something open that a sum depends on, the rule says so
(`Silent`), and whatever reaches it stays unallocated.
"""

from collections.abc import Iterator
from fractions import Fraction
from math import lcm
from typing import TypeVar

from poolrules.base.bodies import ALL_PARTNERS
from poolrules.base.dates import FinancialYear
from poolrules.base.mode import Mode
from poolrules.base.shares import format_percent
from poolrules.model import agreement as model
from poolrules.ruleset import ruleset as rules
from poolrules.ruleset.duties import duties_of
from poolrules.ruleset.places import Places, partner_id, scheme_id, waterfall_id

Block = TypeVar("Block", model.ContributionYear, model.BudgetYear)


def compile_rules(agreement: model.Agreement, source_fingerprint: str = "") -> rules.Ruleset:
    """Compile an agreement; a fund without a host, who would hold its money, is left out (a check reports it)."""
    places = Places()
    for partner in agreement.partners:
        places.note(partner_id(partner.name.text), partner.span)
    funds = tuple(_fund(agreement, fund, places) for fund in agreement.funds if fund.host)
    return rules.Ruleset(
        title=agreement.title.text,
        basis=agreement.basis.name if agreement.basis else "",
        partners=tuple(
            rules.PartnerRule(partner_id(p.name.text), p.name.text, p.title.text, p.kind.kind if p.kind else "")
            for p in agreement.partners
        ),
        funds=funds,
        duties=tuple(duties_of(agreement, places)),
        examples=tuple(
            _example(example, place, places) for place, example in enumerate(agreement.examples, 1) if example.year
        ),
        places=dict(sorted(places.found.items())),
        source_fingerprint=source_fingerprint,
    )


def _fund(agreement: model.Agreement, fund: model.Fund, places: Places) -> rules.FundRules:
    """Compile one fund."""
    name = fund.name.text
    assert fund.host is not None
    places.note(name, fund.span)
    for reserve in fund.reserves:
        places.note(f"{name}.reserve.{reserve.name}", reserve.span)
    return rules.FundRules(
        id=name,
        name=name,
        title=fund.title.text,
        host=fund.host.text,
        partners=fund.partners,
        schemes=tuple(_scheme(fund, scheme, places) for scheme in fund.schemes),
        years=tuple(_years(agreement, fund, places)),
        reserves=tuple(
            rules.ReserveRule(
                id=f"{name}.reserve.{reserve.name}",
                name=reserve.name.text,
                title=reserve.title.text,
                opening=reserve.opening.pence,
                floor=reserve.at_least.pence if reserve.at_least else 0,
                ceiling=reserve.at_most.pence if reserve.at_most else None,
            )
            for reserve in fund.reserves
        ),
        waterfalls=tuple(_waterfall(agreement, fund, waterfall, places) for waterfall in fund.waterfalls),
        odd_pennies=fund.odd_pennies.text if fund.odd_pennies else None,
    )


def _scheme(fund: model.Fund, scheme: model.Scheme, places: Places) -> rules.SchemeRule:
    """Compile a scheme; the variance of a fixed share falls on the host."""
    bearer = fund.host if scheme.mode is Mode.FIXED_SHARE else scheme.bearer
    found = scheme_id(fund, scheme.name.text)
    places.note(found, scheme.span)
    return rules.SchemeRule(
        id=found,
        name=scheme.name.text,
        title=scheme.title.text,
        mode=scheme.mode,
        bearer=bearer.text if bearer else None,
        capital=scheme.capital,
    )


# ---- money by year ---------------------------------------------------------------------------


def _years(agreement: model.Agreement, fund: model.Fund, places: Places) -> Iterator[rules.YearFigures]:
    """Work out contributions and budgets for every year of the term that the agreement gives figures for."""
    contributions: tuple[rules.ContributionRule, ...] = ()
    budgets: tuple[rules.BudgetRule, ...] = ()
    for year in years_with_figures(agreement, fund):
        contributions = tuple(_contributions(fund, year, contributions, places))
        budgets = tuple(_budgets(fund, year, budgets, places))
        if contributions or budgets:
            yield rules.YearFigures(str(year), contributions, budgets)


def years_with_figures(agreement: model.Agreement, fund: model.Fund) -> tuple[FinancialYear, ...]:
    """The years of the term, or where no term is said the years written in the fund."""
    written = {block.year for block in fund.contributions} | {block.year for block in fund.budgets}
    return agreement.years or tuple(sorted(written))


def _contributions(
    fund: model.Fund, year: FinancialYear, last_year: tuple[rules.ContributionRule, ...], places: Places
) -> Iterator[rules.ContributionRule]:
    """The contributions of one year: those written for it, then those rolled forward from the year before."""
    block = in_force(fund.contributions, year)
    if block is None:
        return
    number = 0
    for line in block.amounts:
        number += 1
        yield _contribution(fund, year, number, line, places)
    for rolled in block.rolled:
        partners = {partner.text for partner in rolled.partners}
        for old in last_year:
            if old.partner in partners and (old.recurrent or not rolled.recurrent_only):
                number += 1
                found = f"{fund.name}.contributions.{year}.{number}"
                places.note(found, rolled.span)
                yield rules.ContributionRule(
                    id=found,
                    partner=old.partner,
                    pence=raised(old.pence, rolled.uplift),
                    source=old.source,
                    in_kind=old.in_kind,
                    capital=old.capital,
                    recurrent=old.recurrent,
                    scheme=old.scheme,
                )


def _contribution(
    fund: model.Fund, year: FinancialYear, number: int, line: model.Contribution, places: Places
) -> rules.ContributionRule:
    """Compile one written contribution."""
    found = f"{fund.name}.contributions.{year}.{number}"
    places.note(found, line.span)
    return rules.ContributionRule(
        id=found,
        partner=line.partner.text,
        pence=line.amount.pence,
        source=said.text if (said := line.source or line.in_kind) else None,
        in_kind=line.in_kind is not None,
        capital=line.capital,
        recurrent=line.recurrent,
        scheme=line.only_for.text if line.only_for else None,
    )


def _budgets(
    fund: model.Fund, year: FinancialYear, last_year: tuple[rules.BudgetRule, ...], places: Places
) -> Iterator[rules.BudgetRule]:
    """The budget of one year: what is written for a scheme, else last year's, raised, where the block says so."""
    block = in_force(fund.budgets, year)
    if block is None:
        return
    written = {line.scheme.text: line for line in block.lines}
    for line in block.lines:
        found = f"{fund.name}.budget.{year}.{line.scheme}"
        places.note(found, line.amount.span)
        yield rules.BudgetRule(found, line.scheme.text, line.amount.pence)
    if block.rolled is None:
        return
    for old in last_year:
        if old.scheme not in written:
            found = f"{fund.name}.budget.{year}.{old.scheme}"
            places.note(found, block.rolled.span)
            yield rules.BudgetRule(found, old.scheme, raised(old.pence, block.rolled.uplift))


def in_force(blocks: tuple[Block, ...], year: FinancialYear) -> Block | None:
    """The block for a year: its own, else the latest earlier one that goes on."""
    found: Block | None = None
    for block in blocks:
        if block.year == year:
            return block
        if block.onwards and block.year < year and (found is None or block.year > found.year):
            found = block
    return found


def raised(pence: int, uplift: model.Percent | None) -> int:
    """An amount raised by a percentage, to the nearest penny, half a penny upwards.

    >>> from poolrules.source.span import line_span
    >>> raised(150, model.Percent(Fraction(1, 100), line_span("", 1, 1, 1)))
    152
    """
    if uplift is None:
        return pence
    return (pence * (1 + uplift.share) + Fraction(1, 2)).__floor__()


# ---- waterfalls --------------------------------------------------------------------------------


def _waterfall(
    agreement: model.Agreement, fund: model.Fund, waterfall: model.Waterfall, places: Places
) -> rules.Waterfall:
    """Compile the steps for overspends or underspends of some schemes."""
    found = waterfall_id(fund, waterfall)
    places.note(found, waterfall.span)
    compiler = _Steps(agreement, fund, waterfall, places)
    steps = [compiler.step(f"{found}.{place}", step) for place, step in enumerate(waterfall.steps, 1)]
    if waterfall.remainder:
        steps.append(compiler.step(f"{found}.remainder", waterfall.remainder, remainder=True))
    return rules.Waterfall(
        id=found,
        fund=fund.name.text,
        trigger=rules.Trigger(waterfall.word),
        schemes=waterfall.schemes,
        steps=tuple(steps),
        separately=waterfall.separately,
        caps=compiler.caps(found, waterfall.caps),
    )


class _Steps:
    """Compiles the steps of one waterfall of one fund."""

    def __init__(
        self, agreement: model.Agreement, fund: model.Fund, waterfall: model.Waterfall, places: Places
    ) -> None:
        self.agreement = agreement
        self.fund = fund
        self.waterfall = waterfall
        self.places = places

    def step(self, found: str, step: model.Step, *, remainder: bool = False) -> rules.Step:
        """Compile one step."""
        self.places.note(found, step.span)
        return rules.Step(
            id=found,
            taker=self._taker(found, step.taker),
            at_most=step.at_most.pence if step.at_most else None,
            until=step.until.pence if step.until else None,
            cause=step.caused_by.text if step.caused_by else None,
            remainder=remainder,
        )

    def _taker(self, found: str, taker: model.Taker) -> rules.Taker:
        """Compile what a step gives its money to, or takes it from."""
        match taker:
            case model.UnderspendsOf():
                return rules.FromUnderspends(taker.schemes)
            case model.FromReserve():
                return rules.FromReserve(taker.reserve.text)
            case model.IntoReserve():
                return rules.IntoReserve(
                    taker.reserve.text, taker.until_it_holds.pence if taker.until_it_holds else None
                )
            case model.CarriedForward():
                return rules.CarryForward(taker.scheme.text if taker.scheme else None)
            case model.DecidedBy():
                return self._decided(taker)
            case model.ToBeAgreed():
                return rules.Decided(ALL_PARTNERS)
            case model.ByPartners():
                sharing = self.sharing(taker.sharing)
                return (
                    sharing
                    if isinstance(sharing, rules.Silent)
                    else rules.ByPartners(sharing, self.caps(found, taker.caps))
                )

    def _decided(self, taker: model.DecidedBy) -> rules.Decided | rules.Silent:
        """Compile a step left to a body; a fallback that does not say who pays is itself a silence."""
        failing = self.sharing(taker.failing) if taker.failing else None
        if isinstance(failing, rules.Silent):
            return failing
        return rules.Decided(taker.body.text, str(taker.within.length) if taker.within else None, failing)

    def caps(self, found: str, caps: tuple[model.PartnerCap, ...]) -> tuple[rules.Cap, ...]:
        """Compile the most that partners pay."""
        compiled = []
        for cap in caps:
            cap_id = f"{found}.cap.{cap.partner}"
            self.places.note(cap_id, cap.span)
            compiled.append(rules.Cap(cap_id, cap.partner.text, cap.amount.pence if cap.amount else None))
        return tuple(compiled)

    def sharing(self, sharing: model.Sharing) -> rules.Sharing | rules.Silent:
        """Compile a sharing, or name the silence where it does not say enough to divide by."""
        match sharing:
            case model.Shares() | model.Alone():
                return weights_of(sharing)
            case model.Equally():
                partners = tuple(partner.text for partner in sharing.partners) or self.fund.partners
                return rules.Weights(tuple(rules.Part(partner, 1) for partner in partners))
            case model.Proportion():
                unsaid = unsaid_of(self.agreement, self.fund, sharing)
                return (
                    rules.Silent(f"the agreement does not say {unsaid[0]}")
                    if unsaid
                    else self._by_contributions(sharing)
                )

    def _by_contributions(self, proportion: model.Proportion) -> rules.ByContributions:
        """Compile a proportion of contributions whose base is fully said."""
        everywhere = proportion.to is model.Base.ALL_FUNDS
        return rules.ByContributions(
            funds=tuple(fund.name.text for fund in self.agreement.funds) if everywhere else (self.fund.name.text,),
            moment=rules.Moment(f"as {proportion.moment}"),
            in_kind=bool(proportion.in_kind),
            capital=bool(proportion.capital),
            recurrent_only=bool(proportion.recurrent_only),
            schemes=self.waterfall.schemes if proportion.to is model.Base.SCHEMES else (),
        )


def weights_of(shares: model.Shares | model.Alone) -> rules.Weights | rules.Silent:
    """Turn percentages or parts into integer weights; percentages that are not the whole leave a silence."""
    if isinstance(shares, model.Alone):
        return rules.Weights((rules.Part(shares.partner.text, 1),))
    if not shares.shares:
        return rules.Silent("the agreement names nobody in the sharing")
    if shares.shares[0].percent is None:
        return rules.Weights(tuple(rules.Part(share.partner.text, share.parts or 0) for share in shares.shares))
    percents = [share.percent or Fraction(0) for share in shares.shares]
    total = sum(percents, Fraction(0))
    if total != 1:
        return rules.Silent(f"the shares add up to {format_percent(total)}, not to 100%")
    whole = lcm(100, *(percent.denominator for percent in percents))
    return rules.Weights(
        tuple(
            rules.Part(share.partner.text, (percent * whole).numerator)
            for share, percent in zip(shares.shares, percents, strict=True)
        )
    )


def unsaid_of(agreement: model.Agreement, fund: model.Fund, proportion: model.Proportion) -> tuple[str, ...]:
    """What a proportion leaves unsaid that would change a sum: of what, when, in kind or not, one-off or not."""
    funds = agreement.funds if proportion.to is model.Base.ALL_FUNDS else (fund,)
    lines = [line for each in funds for block in each.contributions for line in block.amounts]
    unsaid = []
    if proportion.to is None:
        unsaid.append("whether contributions to the fund, to those schemes or to all funds count")
    if proportion.moment is None:
        unsaid.append("whether contributions count as first agreed, as last varied in writing or as paid")
    if proportion.in_kind is None and any(line.in_kind or line.capital for line in lines):
        unsaid.append("whether all cash counts or revenue cash only, and whether contributions in kind do")
    if proportion.recurrent_only is None and any(not line.recurrent for line in lines):
        unsaid.append("whether one-off contributions count")
    return tuple(unsaid)


# ---- examples -------------------------------------------------------------------------------------


def _example(example: model.Example, number: int, places: Places) -> rules.ExampleRule:
    """Compile a worked example."""
    found = f"example.{number}"
    places.note(found, example.span)
    return rules.ExampleRule(
        id=found,
        title=example.title.text,
        year=str(example.year),
        spending=tuple(
            rules.GivenSpending(given.name.text, given.spends.pence, given.caused_by.text if given.caused_by else None)
            for given in example.given
            if given.spends
        ),
        expects=tuple(
            _expectation(f"{found}.{place}", expected, places) for place, expected in enumerate(example.expects, 1)
        ),
        rest_on_budget=example.rest_on_budget,
        decisions=tuple(_decision(given) for given in example.given if not given.spends and not given.opens_at),
        openings=tuple((given.name.text, given.opens_at.pence) for given in example.given if given.opens_at),
    )


def _decision(given: model.Supposed) -> rules.GivenDecision:
    """Compile what a body is supposed to decide, or its silence; shares that are not the whole decide nothing."""
    sharing = weights_of(given.decides) if isinstance(given.decides, model.Shares | model.Alone) else None
    return rules.GivenDecision(given.name.text, sharing if isinstance(sharing, rules.Weights) else None)


def _expectation(found: str, expected: model.Expected, places: Places) -> rules.Expectation:
    """Compile one expected figure."""
    places.note(found, expected.span)
    return rules.Expectation(
        id=found,
        who=expected.who.text if expected.who else None,
        outcome=rules.Outcome(expected.outcome),
        pence=expected.amount.pence,
        unit=expected.to_the_nearest.pence if expected.to_the_nearest else 1,
    )
