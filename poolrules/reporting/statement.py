"""The statement of a settled year, for people: who pays whom first, then every figure behind it with its clause.

Amounts are pounds and pence. An overspend is spending above budget and called `over`, an underspend
is called `under`: no sign ever stands for either.
"""

from collections.abc import Iterator
from typing import Final

from poolrules.base.mode import Mode
from poolrules.base.money import format_money, format_money_full
from poolrules.engine.settlement import PartnerResult, Run, SchemeResult, StepResult, To, Transfer
from poolrules.reporting.account import Account
from poolrules.reporting.ledger_lines import doubt_lines, ledger_lines
from poolrules.reporting.lines import NARROWEST, amount, hanging, rule_off, table, wrapped
from poolrules.reporting.over_years import brought_lines, carried_on_lines, carried_words, eased_words, period_lines
from poolrules.reporting.steps import (
    allocation_words,
    did_not_decide,
    left_words,
    notes_on_step,
    said_by_step,
    still_to_decide,
)
from poolrules.reporting.used_facts import used_facts
from poolrules.reporting.wide import cells, pad
from poolrules.ruleset.ruleset import ContributionRule, FundRules, Trigger
from poolrules.ruleset.words import listed, sharing_words, version_words
from poolrules.source.text import visible

WIDEST: Final = 140
"""Wider lines are no easier to read."""

_AMOUNTS_WITHIN: Final = 100
"""The amounts of steps stand no further to the right: the eye must find the words they belong to."""

_FINGERPRINT: Final = 12
"""How many digits of a fingerprint are printed: enough to tell two files apart; JSON has them all."""

_AMOUNTS: Final = 18
"""The cells that the amounts of steps stand in."""


def write_statement(account: Account, width: int = 100) -> str:
    """Write the statement in lines of at most `width` cells."""
    width = min(max(width, NARROWEST), WIDEST)
    lines = [*_heading(account, width), *_who_pays_whom(account, width), *_open_sums(account, width)]
    lines += [*_facts(account, width), *doubt_lines(account.warnings, width)]
    for fund in account.funds:
        lines += _fund(account, fund, width)
    lines += _controls(account, width)
    return "\n".join(line.rstrip() for line in lines) + "\n"


# ---- the head ------------------------------------------------------------------------------------


def _heading(account: Account, width: int) -> Iterator[str]:
    """Which agreement and year this is, and what it was made from."""
    settlement, made_from = account.settlement, account.made_from
    yield from wrapped(f"Settlement of {settlement.year}: {settlement.title}", width)
    yield "=" * min(width, cells(visible(f"Settlement of {settlement.year}: {settlement.title}")))
    prints = [
        f"{name} {digits[:_FINGERPRINT]}"
        for name, digits in (
            ("agreement", made_from.agreement),
            *((version.what, version.fingerprint) for version in account.rules.versions[1:]),
            ("rules", made_from.rules),
            ("outturn", made_from.outturn),
            ("facts", made_from.facts),
            ("position", made_from.position),
        )
        if digits
    ]
    yield from hanging("Made from  ", f"{', '.join(prints)}; by poolrules {made_from.version}", width)
    yield from _versions(account, width)
    partners = (f"{partner.name} is {partner.title}" for partner in account.rules.partners)
    yield from hanging("Partners   ", "; ".join(partners), width)
    yield from hanging("Status     ", _status(account), width)
    yield from _notional(account, width)
    yield from period_lines(account, width)
    yield from _spending_given(account, width)
    for name, pence in account.facts.openings:
        shown = account.shows(name)
        yield from hanging("Given      ", f"{name} opens at {format_money_full(pence)}{shown}", width)
    for decision in account.facts.decisions:
        said = f"{decision.body} decided: {sharing_words(decision.sharing)}" if decision.sharing else ""
        said = said or f"{did_not_decide(decision.body)} in time"
        yield from hanging("Given      ", said + account.shows(decision.body), width)
    for fund, partner, pence in account.facts.paid:
        unasked = "" if account.asks_what_was_paid(fund, partner) else "; no rule asks for it, so it changes nothing"
        paid = f"{partner} paid {format_money_full(pence)} into {fund}{account.shows(f'{fund}.{partner}')}{unasked}"
        yield from hanging("Given      ", paid, width)
    if account.facts.position is not None:
        words = f"what {account.facts.position.year} closed with: {_passed_on(account)}"
        yield from hanging("Given      ", words, width)
    for one in account.facts.eased:
        yield from hanging("Given      ", f"what is due by clause {account.clause(one.rule)} {eased_words(one)}", width)
    for billed in account.facts.billed:
        way = "asked to pay" if billed.pence > 0 else "given back"
        words = f"{billed.partner} was {way} {format_money_full(abs(billed.pence))} for {billed.fund} so far this year"
        yield from hanging("Given      ", words, width)


def _status(account: Account) -> str:
    """Whether the figures are final, and if not why not."""
    still_open = sum(one.pence for _, one in account.open_sums())
    still = f", with {format_money_full(still_open)} still open" if still_open else ""
    indicative = "; ".join(
        f"{line.partner}'s {format_money_full(line.pence)} is only indicative, not confirmed"
        f" ({account.clause(line.id)})"
        for line in account.indicative
    )
    if still or indicative:
        return f"PROVISIONAL{still}{': ' if indicative else ''}{indicative}"
    return "final: every penny has an owner"


def _not_final(account: Account) -> str:
    """What may still change figures, in a few words."""
    still_open = any(one.pence for _, one in account.open_sums())
    words = (("still open",) if still_open else ()) + (("only indicative",) if account.indicative else ())
    return " or ".join(words) or "still open"


def _notional(account: Account, width: int) -> Iterator[str]:
    """That nobody pays into a fund, where that is so."""
    for fund in account.notional:
        words = (
            f"{fund} is notional: each partner keeps its contribution and spends it itself, so nobody pays the host "
            "and a scheme at a partner's own risk moves no money"
        )
        yield from hanging("Notional   ", words, width)


def _passed_on(account: Account) -> str:
    """What a position brings, in a few words."""
    position = account.facts.position
    assert position is not None
    held = [f"{name} {format_money_full(pence)}" for name, pence in position.reserves]
    held += [f"{carried_words(one, one.fund)} {format_money_full(abs(one.pence))}" for one in position.carried]
    held += [f"{len(position.dues)} sum{'' if len(position.dues) == 1 else 's'} due later"] if position.dues else []
    held += [
        f"{format_money_full(pence)} used over the term by {rule}, which counts for no step any more"
        for rule, pence in position.taken
        if rule not in account.steps and rule not in account.caps
    ]
    return "; ".join(held) or "nothing carried on"


def _facts(account: Account, width: int) -> Iterator[str]:
    """Every fact, count and mark that was given, with what shows it and the clauses that ask for it."""
    used = used_facts(account)
    if not used:
        return
    yield from rule_off("Facts", width)
    rows = []
    for one in used:
        asked = account.clauses(one.rules) if one.rules else "none: it changes nothing"
        about = ": ".join(word for word in (one.name, one.what) if word)
        rows.append((about, f"shown by {one.evidence}" if one.evidence else "no evidence given", asked, one.value))
    yield from table(("", "", "asked by clause", "value"), rows, width, texts=3)


def _spending_given(account: Account, width: int) -> Iterator[str]:
    """The rows that the spending comes from."""
    rows = account.settlement.rows_read
    if not account.ledgers:
        yield f"Outturn    {rows:,} row{'' if rows == 1 else 's'} read, all used, none set aside"
    yield from ledger_lines(account.ledgers, width)
    if account.nothing_spent:
        words = f"nothing was spent on {listed(account.nothing_spent)}, as the mapping says"
        yield from hanging("Given      ", words, width)


def _versions(account: Account, width: int) -> Iterator[str]:
    """Which versions of the agreement the figures are governed by, where it was varied or a deed was set aside."""
    if account.varied:
        said = "; ".join(version_words(version) for version in account.rules.versions)
        yield from hanging("Governed by ", said, width)
    for deed in account.set_aside:
        yield from hanging("Set aside  ", deed, width)


def _who_pays_whom(account: Account, width: int) -> Iterator[str]:
    """The transfers that settle the year, each with its clauses."""
    provisional = any(result.provisional for result in account.settlement.partners)
    yield from rule_off("Who pays whom" + (" (provisional: see below)" if provisional else ""), width)
    if not account.settlement.transfers:
        yield from hanging("  ", "Nobody: nothing moves beyond the contributions.", width)
        return
    # What has to be paid comes before what a host only books.
    rows = [_transfer(account, one) for one in sorted(account.settlement.transfers, key=lambda one: one.bears)]
    yield from table(("", "clause", "£"), rows, width, texts=2)


def _transfer(account: Account, transfer: Transfer) -> tuple[str, str, str]:
    """One transfer: who, by which clauses, how much."""
    return transfer_words(account, transfer), account.clauses(transfer.rules), amount(transfer.pence)


def transfer_words(account: Account, transfer: Transfer) -> str:
    """Who pays whom, or whose own part a host bears or keeps."""
    fund = f" for {transfer.fund}" if len(account.funds) > 1 else ""
    who = f"{transfer.payer} pays {transfer.payee}{fund}"
    if transfer.bears:
        charged = any(
            result.call > 0
            for result in account.settlement.partners
            if (result.fund, result.partner) == (transfer.fund, transfer.payer)
        )
        who = f"{transfer.payer} {'bears' if charged else 'keeps'} its own part{fund}, as host: no money moves"
    return f"{who}, until it is decided" if transfer.provisional else who


def _open_sums(account: Account, width: int) -> Iterator[str]:
    """What is undecided or has no owner, where anything is."""
    found = list(account.open_sums())
    if not found:
        return
    yield from rule_off("Still open", width)
    rows = []
    for rule, one in found:
        word = "UNDECIDED" if one.to is To.UNDECIDED else "UNALLOCATED"
        why = one.gap or ""
        if one.to is To.UNDECIDED:
            why = still_to_decide(one.name) + (f"; {one.gap}" if one.gap else "")
        rows.append((word, why, account.clause(rule), amount(one.pence)))
    yield from table(("", "", "clause", "£"), rows, width, texts=3)


# ---- a fund -------------------------------------------------------------------------------------------


def _fund(account: Account, fund: FundRules, width: int) -> Iterator[str]:
    """Everything of one fund."""
    title = f"{fund.name}: {fund.title}, hosted by {fund.host}"
    yield ""
    yield from wrapped(title, width)
    yield "=" * min(width, cells(visible(title)))
    yield from brought_lines(account, fund, width)
    yield from _contributions(account, fund, width)
    schemes = [line for line in account.settlement.schemes if line.fund == fund.name]
    yield from _spending(account, schemes, width)
    yield from _bearers(account, schemes, width)
    for run in account.settlement.runs:
        if run.fund == fund.name:
            yield from _run(account, run, width)
    yield from _partners(account, fund, width)
    yield from _reserves(account, fund, width)
    yield from carried_on_lines(account, fund, width)


def _contributions(account: Account, fund: FundRules, width: int) -> Iterator[str]:
    """What each partner puts in, by source."""
    lines = account.standing(fund)
    figures = account.figures(fund)
    yield from rule_off("Contributions", width)
    rows = []
    for line in figures.contributions if figures else ():
        due = line in lines
        about = contribution_words(line) if due else f"NOT DUE: {contribution_words(line)}"
        rows.append((line.partner, about, account.clause(line.id), amount(line.pence if due else 0)))
    cash = sum(line.pence for line in lines if not line.in_kind)
    in_kind = sum(line.pence for line in lines if line.in_kind)
    rows.append(("all", "cash", "", amount(cash)))
    if in_kind:
        rows.append(("all", "in kind", "", amount(in_kind)))
    yield from table(("partner", "from", "clause", "£"), rows, width, texts=3)


def contribution_words(line: ContributionRule) -> str:
    """Say of a contribution what it is of and on what terms; an empty text where there is nothing to say.

    >>> contribution_words(ContributionRule("BCF.1", "ICB", 100, "a grant", recurrent=False, indicative=True))
    'a grant, one-off, indicative'
    """
    condition = line.condition
    charges = f"{'gross' if line.gross else 'net'} of charges of {format_money(line.charges)}" if line.charges else ""
    kinds = (
        line.source,
        line.change and line.change.value,
        line.in_kind and "in kind",
        line.capital and "capital",
        not line.recurrent and "one-off",
        line.scheme and f"only for {line.scheme}",
        line.indicative and "indicative",
        condition and f"{'if' if condition.holds else 'unless'} {condition.fact}",
        charges,
        line.a_year is not None and f"part of {format_money(line.a_year)} a year",
    )
    return ", ".join(word for word in kinds if word)


def _spending(account: Account, schemes: list[SchemeResult], width: int) -> Iterator[str]:
    """Spending against budget, by scheme."""
    yield from rule_off("Spending", width)
    brought = any(line.brought for line in schemes)
    rows = [
        (
            line.scheme,
            _mode(account, line),
            amount(line.budget),
            *((amount(line.brought),) if brought else ()),
            amount(line.spent),
            amount(abs(line.variance)),
            _way(line.variance),
        )
        for line in schemes
    ]
    budget, spent = sum(line.budget for line in schemes), sum(line.spent for line in schemes)
    in_all = sum(line.brought for line in schemes)
    variance = spent - budget - in_all
    own = (amount(in_all),) if brought else ()
    rows.append(("all", "", amount(budget), *own, amount(spent), amount(abs(variance)), _way(variance)))
    head = ("scheme", "mode", "budget £", *(("brought £",) if brought else ()), "spent £", "difference £", "")
    yield from table(head, rows, width, texts=2)
    if any(line.brought < 0 for line in schemes):
        yield from hanging("  ", "A minus stands for an overspend that was carried forward.", width)


def _mode(account: Account, line: SchemeResult) -> str:
    """The mode of a scheme, and whether it is capital."""
    rule = account.schemes[line.scheme]
    return rule.mode.value + (", capital" if rule.capital else "")


def _way(variance: int) -> str:
    """Over or under, in words."""
    return "over" if variance > 0 else "under" if variance < 0 else ""


def _bearers(account: Account, schemes: list[SchemeResult], width: int) -> Iterator[str]:
    """The differences that schemes settle by their own terms, outside any waterfall."""
    rows = []
    for line in schemes:
        if line.lent:
            used = f"{line.scheme}, {_mode(account, line)}: this much of its underspend met overspends, as steps say"
            rows.append((account.clause(line.rule), used, amount(line.lent)))
        for one in line.allocations:
            rows.append(
                (
                    account.clause(line.rule),
                    f"{line.scheme}, {_borne(account, line, one.to, one.name)}",
                    amount(one.pence),
                )
            )
    if rows:
        yield from rule_off("Settled by the schemes' own terms, or used elsewhere", width)
        yield from table(("clause", "", "£"), rows, width, texts=2)


def _borne(account: Account, line: SchemeResult, to: To, name: str) -> str:
    """Who bears or keeps a scheme's difference, and why."""
    rule = account.schemes[line.scheme]
    what = "overspend" if line.variance > 0 else "underspend"
    if to is To.RING_FENCE:
        return f"ring-fenced: the {what} stays for the same purpose"
    if to is To.UNALLOCATED:
        return f"{rule.mode.value}: UNALLOCATED, nobody is given the {what}"
    verb = "pays" if line.variance > 0 else "keeps"
    moves = "" if rule.mode is not Mode.ALIGNED else ", outside the fund"
    return f"{rule.mode.value}: {name} {verb} the {what}{moves}"


# ---- waterfalls --------------------------------------------------------------------------------------


def _run(account: Account, run: Run, width: int) -> Iterator[str]:
    """One waterfall, step by step."""
    title = f"{run_words(account, run)}: {format_money_full(run.amount)} (clause {account.clause(run.rule)})"
    yield ""
    yield from wrapped(title, width)
    yield "-" * min(width, cells(visible(title)))
    indent = max(cells(account.clause(step.rule)) for step in run.steps) + 4
    for step in run.steps:
        yield from _step(account, run, step, indent, width)


def run_words(account: Account, run: Run) -> str:
    """Say what a run deals with: an overspend or underspend of some schemes, or a gain by what it is called."""
    what = run.trigger.value.capitalize()
    if run.trigger is not Trigger.GAIN:
        return f"{what} of {listed(run.schemes)}"
    gain = account.waterfalls[run.rule].gain
    return next((f"{what}, {fact.title}" for fact in account.rules.facts if fact.name == gain), what)


def _step(account: Account, run: Run, step: StepResult, indent: int, width: int) -> Iterator[str]:
    """One step: what it says, what it gives to whom, what is left."""
    words = said_by_step(account, step)
    yield from hanging(pad(f"  {account.clause(step.rule)}", indent), words, width)
    inner = indent + 2
    for note in notes_on_step(account, run, step):
        yield from hanging(" " * inner, f"[{note}]", width)
    for one in step.allocations:
        yield _with_amount(inner, allocation_words(one, run.trigger), amount(abs(one.pence)), width)
    if step.taken:
        left = step.before - step.taken
        yield _with_amount(inner, left_words(run, step), amount(left), width)


def _with_amount(indent: int, words: str, figure: str, width: int) -> str:
    """Words on the left, an amount on the right."""
    width = min(width, _AMOUNTS_WITHIN)
    broken = wrapped(words, width - indent - _AMOUNTS)
    lines = [" " * indent + line for line in broken]
    lines[-1] = pad(lines[-1], width - _AMOUNTS) + pad(figure, _AMOUNTS, right=True)
    return "\n".join(lines)


# ---- results -------------------------------------------------------------------------------------------


def _partners(account: Account, fund: FundRules, width: int) -> Iterator[str]:
    """What comes of it for each partner."""
    yield from rule_off("What comes of it for each partner", width)
    results = [result for result in account.settlement.partners if result.fund == fund.name]
    rows = [
        (
            result.partner,
            amount(result.cash),
            amount(result.pays),
            amount(result.receives),
            amount(abs(result.net)),
            _net(result),
        )
        for result in results
    ]
    yield from table(
        ("partner", "cash put in £", "pays more £", "gets back £", "on balance £", ""), rows, width, texts=1
    )
    yield from _made_up(results, width)
    if any(result.retained for result in results):
        words = "What a partner pays or keeps on schemes at its own risk is its own money, and not in the balance."
        yield from hanging("  ", words, width)
    yield from _asked_now(account, results, width)
    if any(result.provisional for result in results):
        yield from hanging("  ", f"Provisional: sums that are {_not_final(account)} may change these figures.", width)


def _net(result: PartnerResult) -> str:
    """Which way a partner's balance goes."""
    return _direction(result.net)


def _direction(pence: int) -> str:
    """Which way a sum goes that is positive for what a partner pays."""
    return "pays" if pence > 0 else "receives" if pence < 0 else ""


def _made_up(results: list[PartnerResult], width: int) -> Iterator[str]:
    """What makes a balance differ from what is paid and given back: other years, and sums that are undecided."""
    rows = []
    for result in results:
        for words, pence in (
            ("of what it pays or gets, put off to later years", result.deferred),
            ("until a decision is made", result.interim),
            ("due this year by a rule of an earlier one", result.due),
        ):
            if pence:
                rows.append((result.partner, words, amount(abs(pence)), _direction(pence)))
    if rows:
        yield from hanging(
            "  ", "The balance also counts what belongs to other years or is still to be decided:", width
        )
        yield from table(("partner", "", "£", ""), rows, width, texts=2)


def _asked_now(account: Account, results: list[PartnerResult], width: int) -> Iterator[str]:
    """What is asked for now, where something was asked for before in the year."""
    if not account.facts.billed and account.facts.months == 12:
        return
    words = "What is asked for now is the difference between the balance and what was billed before in the year:"
    yield from hanging("  ", words, width)
    rows = [
        (result.partner, what, amount(abs(pence)), _direction(pence))
        for result in results
        for what, pence in (
            ("balance so far", result.net),
            ("billed before", result.billed),
            ("call now", result.call),
        )
    ]
    yield from table(("partner", "", "£", ""), rows, width, texts=2)


def _reserves(account: Account, fund: FundRules, width: int) -> Iterator[str]:
    """Each reserve from opening to closing."""
    results = [result for result in account.settlement.reserves if result.fund == fund.name]
    if not results:
        return
    yield from rule_off("Reserves", width)
    rows = [
        (
            result.reserve,
            account.clause(result.rule),
            amount(result.opening),
            amount(result.drawn),
            amount(result.added),
            amount(result.closing),
        )
        for result in results
    ]
    yield from table(("reserve", "clause", "opening £", "drawn £", "added £", "closing £"), rows, width, texts=2)


def _controls(account: Account, width: int) -> Iterator[str]:
    """The totals that must agree, and do."""
    yield from rule_off("Control totals (each pair agrees)", width)
    rows = [(control.what, amount(control.left), amount(control.right)) for control in account.settlement.controls]
    yield from table(("", "£", "£"), rows, width, texts=1)
