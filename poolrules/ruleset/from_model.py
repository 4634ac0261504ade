"""Compiling: from what the parties mean to the rules that the engine runs.

Nothing is invented here. Where the agreement leaves something open that a sum depends on, the rule says so
(`Silent`), and whatever reaches it stays unallocated.
"""

from collections.abc import Iterator

from msgspec import structs

from poolrules.base.mode import Mode
from poolrules.model import agreement as model
from poolrules.ruleset import ruleset as rules
from poolrules.ruleset.duties import duties_of
from poolrules.ruleset.examples import compile_examples
from poolrules.ruleset.keys import compile_facts, compile_keys
from poolrules.ruleset.leaving import exit_rules
from poolrules.ruleset.money_by_year import Awaited, awaited_of, figures_of
from poolrules.ruleset.order import in_order
from poolrules.ruleset.payments import calendar_of, interest_rule, paid_rule, vat_words
from poolrules.ruleset.places import Places, partner_id, scheme_id
from poolrules.ruleset.sharings import by_contributions, by_key, equal_weights, unsaid_of, weigher_of, weights_of
from poolrules.ruleset.waterfalls import compile_waterfall


def compile_rules(
    agreement: model.Agreement, source_fingerprint: str = "", earlier: tuple[model.Agreement, ...] = ()
) -> rules.Ruleset:
    """Compile an agreement; a fund without a host, who would hold its money, is left out (a check reports it).

    `earlier` is the agreement as first signed and as each deed before the last left it: what was agreed first.
    """
    places = Places()
    for partner in agreement.partners:
        places.note(partner_id(partner.name.text), partner.span)
    funds = tuple(_fund(agreement, fund, places, earlier) for fund in agreement.funds if fund.host)
    return rules.Ruleset(
        title=agreement.title.text,
        basis=agreement.basis.name if agreement.basis else "",
        partners=tuple(
            rules.PartnerRule(partner_id(p.name.text), p.name.text, p.title.text, p.kind.kind if p.kind else "")
            for p in agreement.partners
        ),
        funds=funds,
        keys=tuple(compile_keys(agreement, places)),
        facts=tuple(compile_facts(agreement, places)),
        exit=_exit(agreement, places, earlier),
        first_day=agreement.term.first.date.isoformat() if agreement.term else None,
        last_day=agreement.term.last.date.isoformat() if agreement.term else None,
        calendar=calendar_of(agreement, places),
        duties=tuple(duties_of(agreement, places)),
        examples=tuple(compile_examples(agreement, places)),
        places=dict(sorted(places.found.items())),
        source_fingerprint=source_fingerprint,
    )


def _fund(
    agreement: model.Agreement, fund: model.Fund, places: Places, earlier: tuple[model.Agreement, ...]
) -> rules.FundRules:
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
        years=tuple(_with_first_agreed(agreement, fund, earlier, places)),
        reserves=tuple(
            rules.ReserveRule(
                id=f"{name}.reserve.{reserve.name}",
                name=reserve.name.text,
                title=reserve.title.text,
                opening=reserve.opening.pence,
                floor=reserve.at_least.pence if reserve.at_least else 0,
                ceiling=reserve.at_most.pence if reserve.at_most else None,
                held_for=_held_for(fund, reserve),
            )
            for reserve in fund.reserves
        ),
        waterfalls=tuple(
            compile_waterfall(agreement, fund, waterfall, places, earlier) for waterfall in in_order(fund)
        ),
        odd_pennies=fund.odd_pennies.text if fund.odd_pennies else None,
        paid=paid_rule(fund, places),
        interest=interest_rule(fund, places),
        settled_within=str(fund.settled.length) if fund.settled else None,
        vat=vat_words(fund),
    )


def _scheme(fund: model.Fund, scheme: model.Scheme, places: Places) -> rules.SchemeRule:
    """Compile a scheme; the variance of a fixed share falls on the host."""
    bearer = fund.host if scheme.mode is Mode.FIXED_SHARE else scheme.bearer
    compartment = next((one for one in fund.compartments if scheme.name.text in map(str, one.schemes)), None)
    runs = scheme.runs or (compartment.runs if compartment else None)
    found = scheme_id(fund, scheme.name.text)
    places.note(found, scheme.span)
    return rules.SchemeRule(
        id=found,
        name=scheme.name.text,
        title=scheme.title.text,
        mode=scheme.mode,
        bearer=bearer.text if bearer else None,
        capital=scheme.capital,
        over_only=scheme.over_only,
        lead=scheme.lead.text if scheme.lead else None,
        first_day=runs.first.date.isoformat() if runs else None,
        last_day=runs.last.date.isoformat() if runs else None,
        compartment=compartment.name.text if compartment else None,
    )


def _held_for(fund: model.Fund, reserve: model.Reserve) -> tuple[rules.Part, ...]:
    """Whose money a reserve is, by weight; nobody's where that is not said, or not said of the whole."""
    weights = weights_of(reserve.held_for, fund.partners) if reserve.held_for else None
    return weights.parts if isinstance(weights, rules.Weights) else ()


def figures_awaited(agreement: model.Agreement, fund: model.Fund) -> tuple[Awaited, ...]:
    """List the figures of a fund that the agreement does not fix: still to be set, or waiting for something else."""
    return awaited_of(agreement, fund, weigher_of(agreement))


def _with_first_agreed(
    agreement: model.Agreement, fund: model.Fund, earlier: tuple[model.Agreement, ...], places: Places
) -> Iterator[rules.YearFigures]:
    """Compile the figures of each year, with what was first agreed for it where that was varied since.

    A year was first agreed when the first version gave it contributions. Who has left the fund since takes no part,
    and money that was tied to a scheme no longer there is tied to none.
    """
    partners = set(fund.partners)
    schemes = {scheme.name.text for each in agreement.funds for scheme in each.schemes}
    first: dict[str, tuple[rules.ContributionRule, ...]] = {}
    for before in earlier:
        for old in (old for old in before.funds if old.name.text == fund.name.text):
            for figures in figures_of(before, old, Places(), weigher_of(before)):
                if figures.contributions:
                    first.setdefault(figures.year, figures.contributions)
    for figures in figures_of(agreement, fund, places, weigher_of(agreement)):
        agreed = tuple(
            line if line.scheme is None or line.scheme in schemes else structs.replace(line, scheme=None)
            for line in first.get(figures.year, figures.contributions)
            if line.partner in partners
        )
        yield figures if agreed == figures.contributions else structs.replace(figures, first_agreed=agreed)


def _exit(agreement: model.Agreement, places: Places, earlier: tuple[model.Agreement, ...]) -> rules.ExitRules | None:
    """Compile the exit terms."""
    shared = agreement.exit.balance_shared if agreement.exit else None
    return exit_rules(agreement, _balance_sharing(agreement, shared, earlier) if shared else None, places)


def _balance_sharing(
    agreement: model.Agreement, sharing: model.Sharing, earlier: tuple[model.Agreement, ...]
) -> rules.Sharing | rules.Silent:
    """Compile how a balance is shared; contributions to `the fund` are those to the fund whose balance it is."""
    everybody = tuple(partner.name.text for partner in agreement.partners)
    match sharing:
        case model.Shares() | model.Alone():
            return weights_of(sharing, everybody)
        case model.Equally():
            return equal_weights(sharing, everybody)
        case model.ByKey():
            return by_key(sharing)
        case model.OfSpending():
            return rules.Silent("a balance is not what any scheme spent")
        case model.Proportion():
            unsaid = [gap for fund in agreement.funds for gap in unsaid_of(agreement, fund, sharing, earlier)]
            if unsaid:
                return rules.Silent(f"the agreement does not say {unsaid[0]}")
            several = len(agreement.funds) > 1 and sharing.to is not model.Base.ALL_FUNDS
            return by_contributions(sharing, () if several else tuple(fund.name.text for fund in agreement.funds), ())
