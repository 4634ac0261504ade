"""Faults in the facts of a year: every one is found, so that they can be mended in one go.

A missing input is asked for and never taken as zero; a misspelt name is answered with the nearest.
What partners paid in is asked for last, and only where a run came to a step that shares by it.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from enum import Enum

from msgspec import Struct

from poolrules.base.mode import Mode
from poolrules.base.money import format_money
from poolrules.base.near import did_you_mean
from poolrules.engine.settlement import DecisionMade, Facts
from poolrules.engine.sharing import counts
from poolrules.engine.takers import follows
from poolrules.engine.working import ONE_OFF, first_year
from poolrules.ruleset.ruleset import (
    ByContributions,
    ByKey,
    CarryForward,
    ContributionRule,
    Decided,
    FundRules,
    OfSpending,
    ReserveRule,
    Ruleset,
    SchemeRule,
    Step,
    Weights,
    YearFigures,
)


class Missing(Enum):
    """What the facts lack, where somebody has only left it out."""

    SPENDING = "spending"
    OPENING = "opening balance"
    POSITION = "closing position of the year before"
    FACT = "fact"
    AMOUNT = "amount of a fact"
    COUNT = "count"
    VALUES = "values of a key"


class InputFault(Struct, frozen=True):
    """One fault in the facts: a sentence, how to mend it, and where the row stands, if it came from one.

    `missing` and `name` say what was left out, of which scheme, reserve, fact or key: whoever does not give
    facts as rows (a worked example, for one) knows better how to mend that.
    """

    message: str
    help: str = ""
    place: str = ""
    missing: Missing | None = None
    name: str = ""


def input_faults(ruleset: Ruleset, facts: Facts) -> tuple[InputFault, ...]:
    """List everything wrong with the facts of a year, in the order of the facts."""
    funds = {
        fund.name: (fund, figures) for fund in ruleset.funds for figures in fund.years if figures.year == facts.year
    }
    if not funds:
        return (_unknown_year(ruleset, facts.year), *_unknown_schemes(ruleset, facts))
    return (
        *_unknown_schemes(ruleset, facts),
        *_unfit_rows(ruleset, facts, funds),
        *_untimely_rows(ruleset, facts),
        *_missing_rows(facts, funds),
        *_unset(facts, funds),
        *_unknown_causes(ruleset, facts),
        *_decisions(ruleset, facts, funds),
        *_openings(ruleset, facts, funds),
        *_paid(ruleset, facts),
    )


_Funds = dict[str, tuple[FundRules, YearFigures]]
"""By name, the funds that have figures for the year, with these figures."""


def _unknown_year(ruleset: Ruleset, year: str) -> InputFault:
    """Report a year that no fund has figures for."""
    known = sorted({figures.year for fund in ruleset.funds for figures in fund.years})
    return InputFault(
        f"the agreement has no figures for {year}", f"it has figures for {', '.join(known)}" if known else ""
    )


def _schemes(ruleset: Ruleset) -> dict[str, SchemeRule]:
    """Every scheme of the agreement by name."""
    return {scheme.name: scheme for fund in ruleset.funds for scheme in fund.schemes}


def _unknown_schemes(ruleset: Ruleset, facts: Facts) -> Iterator[InputFault]:
    """Report rows for schemes that the agreement does not know."""
    known = _schemes(ruleset)
    for row in facts.spending:
        if row.scheme not in known:
            yield InputFault(f"there is no scheme `{row.scheme}`", did_you_mean(row.scheme, known), row.place)


def _unfit_rows(ruleset: Ruleset, facts: Facts, funds: _Funds) -> Iterator[InputFault]:
    """Report, once for each scheme, rows that nothing can be compared with."""
    home = {scheme.name: (fund, scheme) for fund in ruleset.funds for scheme in fund.schemes}
    first_rows = {row.scheme: row for row in reversed(facts.spending)}
    for name in dict.fromkeys(row.scheme for row in facts.spending if row.scheme in home):
        fund, scheme = home[name]
        place = first_rows[name].place
        if fund.name not in funds:
            yield InputFault(
                f"the fund `{fund.name}` has no figures for {facts.year}, so spending on `{name}` cannot be settled",
                "give its contributions and budgets for that year in the agreement",
                place,
            )
        elif scheme.mode is not Mode.IN_VIEW and name not in _budgeted(facts, *funds[fund.name]):
            yield InputFault(
                f"the agreement has no budget for `{name}` in {facts.year}",
                "give its budget in the agreement, even if it is £0",
                place,
            )


def _untimely_rows(ruleset: Ruleset, facts: Facts) -> Iterator[InputFault]:
    """Report dated rows outside the days of their scheme, or after the day up to which is settled."""
    schemes = _schemes(ruleset)
    for row in facts.spending:
        if not row.day or row.scheme not in schemes:
            continue
        scheme, told = schemes[row.scheme], f"spending on `{row.scheme}` is dated {row.day}"
        if scheme.first_day and row.day < scheme.first_day:
            yield InputFault(f"{told}, and it begins on {scheme.first_day}", _UNTIMELY, row.place)
        elif scheme.last_day and row.day > scheme.last_day:
            yield InputFault(f"{told}, and it ends on {scheme.last_day}", _UNTIMELY, row.place)
        elif facts.to and row.day > facts.to:
            yield InputFault(f"{told}, and it is settled up to {facts.to}", "leave later rows out", row.place)


_UNTIMELY = "correct the date or the scheme of the row, or the days of the scheme in the agreement"


def _unset(facts: Facts, funds: _Funds) -> Iterator[InputFault]:
    """Report contributions that are still to be set: nothing can be settled before they are."""
    for fund, figures in funds.values():
        if figures.unset:
            names = " and ".join(f"`{name}`" for name in figures.unset)
            yield InputFault(
                f"the contributions of {names} to `{fund.name}` for {facts.year} are still to be set",
                "set them in the agreement, by a deed of variation",
            )


def _budgeted(facts: Facts, fund: FundRules, figures: YearFigures) -> tuple[str, ...]:
    """The schemes that have a budget in a year, or money carried forward, in written order."""
    pooled = {scheme.name for scheme in fund.schemes if scheme.pooled}
    carried = facts.position.carried if facts.position else ()
    brought = [one.scheme for one in carried if one.fund == fund.name and one.scheme in pooled]
    return tuple(dict.fromkeys([*(budget.scheme for budget in figures.budgets), *(one for one in brought if one)]))


def _missing_rows(facts: Facts, funds: _Funds) -> Iterator[InputFault]:
    """Ask for the spending of every scheme that has a budget and no row."""
    given = {row.scheme for row in facts.spending}
    for fund, figures in funds.values():
        in_view = {scheme.name for scheme in fund.schemes if scheme.mode is Mode.IN_VIEW}
        for name in _budgeted(facts, fund, figures):
            if name not in given and name not in in_view:
                yield InputFault(
                    f"no spending is given for `{name}` in {facts.year}",
                    "add a row for it, even if it spent £0",
                    missing=Missing.SPENDING,
                    name=name,
                )


def _steps(ruleset: Ruleset) -> Iterator[tuple[FundRules, Step]]:
    """Every step of every waterfall, with its fund."""
    for fund in ruleset.funds:
        for waterfall in fund.waterfalls:
            for step in waterfall.steps:
                yield fund, step


def _unknown_causes(ruleset: Ruleset, facts: Facts) -> Iterator[InputFault]:
    """Report marks that no step asks about, where some step asks about a cause: a misspelt one would move money."""
    known = known_marks(ruleset, facts)
    for row in facts.spending:
        for mark in row.marks if known else ():
            if mark not in known:
                yield InputFault(f"no step asks about the cause `{mark}`", did_you_mean(mark, known), row.place)


def known_marks(ruleset: Ruleset, facts: Facts) -> set[str]:
    """The marks that move money: the causes of steps, and `one-off` where money is carried for such spending only."""
    steps = [step for _, step in _steps(ruleset)]
    carried = [follows(step.taker) if isinstance(step.taker, Decided) else step.taker for step in steps]
    one_off = any(isinstance(taker, CarryForward) and taker.one_off_only for taker in carried)
    brought = facts.position is not None and any(one.one_off_only for one in facts.position.carried)
    return {step.cause for step in steps if step.cause is not None} | ({ONE_OFF} if one_off or brought else set())


def _decisions(ruleset: Ruleset, facts: Facts, funds: _Funds) -> Iterator[InputFault]:
    """Report decisions that nobody asked for, made twice, or naming somebody who cannot be charged."""
    asked: dict[str, list[FundRules]] = {}
    for fund, step in _steps(ruleset):
        if isinstance(step.taker, Decided):
            asked.setdefault(step.taker.body, []).append(fund)
    for body, count in Counter(decision.body for decision in facts.decisions).items():
        if body not in asked:
            yield InputFault(f"no step leaves anything to `{body}` to decide", did_you_mean(body, asked))
        elif count > 1:
            yield InputFault(f"`{body}` has {count} decisions in {facts.year}", "give the one that stands")
    for decision in facts.decisions:
        bodies_funds = {fund.name: fund for fund in asked.get(decision.body, ()) if fund.name in funds}
        yield from _unfit_decision(ruleset, decision, tuple(bodies_funds.values()))


def _unfit_decision(ruleset: Ruleset, decision: DecisionMade, funds: tuple[FundRules, ...]) -> Iterator[InputFault]:
    """Report names in a decision that the agreement does not know, and weights that share nothing."""
    sharing, body = decision.sharing, decision.body
    if isinstance(sharing, Weights | OfSpending):
        if sum(part.weight for part in sharing.parts) <= 0 or min(part.weight for part in sharing.parts) < 0:
            yield InputFault(f"the decision of `{body}` gives nobody a share", "give at least one partner a share")
        names, known = [part.partner for part in sharing.parts], {name for fund in funds for name in fund.partners}
        for fund in funds:
            for name in dict.fromkeys(names):
                if name not in fund.partners:
                    yield InputFault(
                        f"the decision of `{body}` names `{name}`, which is no partner of the fund `{fund.name}`",
                        did_you_mean(name, known),
                    )
    elif sharing is not None:
        yield from _unknown_in_sharing(ruleset, sharing, body)


def _unknown_in_sharing(ruleset: Ruleset, sharing: ByContributions | ByKey, body: str) -> Iterator[InputFault]:
    """Report names in a decision to share by contributions or a key that the agreement does not know."""
    partners = ("partner", sharing.partners, [partner.name for partner in ruleset.partners])
    known: tuple[tuple[str, tuple[str, ...], list[str]], ...]
    if isinstance(sharing, ByKey):
        known = (("key", (sharing.key,), [key.name for key in ruleset.keys]), partners)
    else:
        funds = ("fund", sharing.funds, [fund.name for fund in ruleset.funds])
        known = (funds, ("scheme", sharing.schemes, list(_schemes(ruleset))), partners)
    for kind, named, names in known:
        for name in named:
            if name not in names:
                yield InputFault(
                    f"the decision of `{body}` names `{name}`, but there is no such {kind}", did_you_mean(name, names)
                )


def _openings(ruleset: Ruleset, facts: Facts, funds: _Funds) -> Iterator[InputFault]:
    """Report opening balances that are unknown, given twice or out of bounds, and ask for those that are missing."""
    reserves = {reserve.name: reserve for fund in ruleset.funds for reserve in fund.reserves}
    for name, count in Counter(name for name, _ in facts.openings).items():
        if name not in reserves:
            yield InputFault(f"there is no reserve `{name}`", did_you_mean(name, reserves))
        elif count > 1:
            yield InputFault(f"the reserve `{name}` has {count} opening balances", "give it one")
    for name, pence in facts.openings:
        yield from _out_of_bounds(name, pence, reserves.get(name))
    given = {name for name, _ in (*facts.openings, *(facts.position.reserves if facts.position else ()))}
    for fund, _ in funds.values():
        for reserve in fund.reserves:
            if reserve.name not in given and facts.year != first_year(fund) and facts.position is None:
                yield InputFault(
                    f"the opening balance of the reserve `{reserve.name}` for {facts.year} is missing",
                    f"the agreement only says what it held when {first_year(fund)} began: give its closing balance"
                    " of the year before",
                    missing=Missing.OPENING,
                    name=reserve.name,
                )


def _out_of_bounds(name: str, pence: int, reserve: ReserveRule | None) -> Iterator[InputFault]:
    """Report an opening balance below nothing, or outside what the agreement lets the reserve hold."""
    opens = f"the reserve `{name}` opens with {format_money(pence)}"
    if pence < 0:
        yield InputFault(opens, "a reserve never holds less than nothing")
    elif reserve and pence < reserve.floor:
        yield InputFault(f"{opens}, less than the {format_money(reserve.floor)} that it must hold", _UNFIT_OPENING)
    elif reserve and reserve.ceiling is not None and pence > reserve.ceiling:
        yield InputFault(f"{opens}, more than the {format_money(reserve.ceiling)} that it may hold", _UNFIT_OPENING)


_UNFIT_OPENING = "correct the opening balance, or the bound in the agreement"


def _paid(ruleset: Ruleset, facts: Facts) -> Iterator[InputFault]:
    """Report what was paid in where it names nobody, is given twice or is less than nothing."""
    fund_names = [fund.name for fund in ruleset.funds]
    partner_names = [partner.name for partner in ruleset.partners]
    for fund, partner, pence in facts.paid:
        if fund not in fund_names:
            yield InputFault(
                f"money is said to be paid into `{fund}`, which is no fund", did_you_mean(fund, fund_names)
            )
        if partner not in partner_names:
            yield InputFault(f"`{partner}`, which paid in, is no partner", did_you_mean(partner, partner_names))
        if pence < 0:
            yield InputFault(f"`{partner}` is said to have paid {format_money(pence)}", "give what it paid in all")
    for (fund, partner), count in Counter((fund, partner) for fund, partner, _ in facts.paid).items():
        if count > 1:
            yield InputFault(f"what `{partner}` paid into `{fund}` is given {count} times", "give it once, in all")


def faults_of_paid(
    facts: Facts, made: Mapping[str, Iterable[ContributionRule]], sharings: Iterable[ByContributions]
) -> tuple[InputFault, ...]:
    """Ask for what was paid in that some sharings by contributions as paid need, each of which a run came to.

    `made` are the contributions of the year by fund, without those whose conditions do not hold.

    Only one figure is known for each partner and fund, so a sharing that counts part of it cannot be used.
    """
    used = tuple(dict.fromkeys(sharings))
    given = {(fund, partner) for fund, partner, _ in facts.paid}
    needed = dict.fromkeys(pair for sharing in used for pair in _payers(sharing, made))
    asked = [
        InputFault(
            f"a rule shares by contributions as paid, and what `{partner}` paid into `{fund}` in"
            f" {facts.year} is missing",
            "give what it paid in, even if it is £0",
        )
        for fund, partner in needed
        if (fund, partner) not in given
    ]
    return (*asked, _SPLIT) if any(counts_part_of_paid(sharing, made) for sharing in used) else tuple(asked)


_SPLIT = InputFault(
    "a rule shares by contributions as paid, but only revenue or recurrent ones or those for certain schemes,"
    " and what is paid in is not split like that",
    "let the rule count contributions as last varied in writing, or all that is paid",
)


def counts_part_of_paid(sharing: ByContributions, made: Mapping[str, Iterable[ContributionRule]]) -> bool:
    """Whether a sharing leaves out some of the cash that its partners put in, which what they paid in does not show."""
    return any(not counts(sharing, rule) for _, rule in _cash(sharing, made))


def _payers(sharing: ByContributions, made: Mapping[str, Iterable[ContributionRule]]) -> Iterator[tuple[str, str]]:
    """The funds and partners whose cash a sharing counts."""
    yield from ((fund, rule.partner) for fund, rule in _cash(sharing, made))


def _cash(
    sharing: ByContributions, made: Mapping[str, Iterable[ContributionRule]]
) -> Iterator[tuple[str, ContributionRule]]:
    """The cash contributions of the partners of a sharing, with the fund each is made to."""
    for name in sharing.funds:
        for rule in made.get(name, ()):
            if not rule.in_kind and (not sharing.partners or rule.partner in sharing.partners):
                yield name, rule
