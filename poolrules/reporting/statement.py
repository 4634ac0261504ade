"""The statement of a settled year, for people: who pays whom first, then every figure behind it with its clause.

Amounts are pounds and pence. An overspend is spending above budget and called `over`, an underspend
is called `under`: no sign ever stands for either.
"""

from collections.abc import Iterator
from typing import Final

from poolrules.base.mode import Mode
from poolrules.base.money import format_money_full
from poolrules.engine.settlement import PartnerResult, Run, SchemeResult, StepResult, To, Transfer
from poolrules.reporting.account import Account
from poolrules.reporting.lines import NARROWEST, amount, hanging, rule_off, table, wrapped
from poolrules.reporting.steps import (
    allocation_words,
    did_not_decide,
    left_words,
    notes_on_step,
    said_by_step,
    still_to_decide,
)
from poolrules.reporting.wide import cells, pad
from poolrules.ruleset.ruleset import FundRules
from poolrules.ruleset.words import listed, sharing_words
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
            ("rules", made_from.rules),
            ("outturn", made_from.outturn),
        )
        if digits
    ]
    yield from hanging("Made from  ", f"{', '.join(prints)}; by poolrules {made_from.version}", width)
    rows = settlement.rows_read
    partners = (f"{partner.name} is {partner.title}" for partner in account.rules.partners)
    yield from hanging("Partners   ", "; ".join(partners), width)
    still_open = sum(one.pence for _, one in account.open_sums())
    status = (
        f"PROVISIONAL, with {format_money_full(still_open)} still open"
        if still_open
        else "final: every penny has an owner"
    )
    yield from hanging("Status     ", status, width)
    yield f"Outturn    {rows:,} row{'' if rows == 1 else 's'} read, all used, none set aside"
    for name, pence in account.facts.openings:
        yield from hanging("Given      ", f"{name} opens at {format_money_full(pence)}", width)
    for decision in account.facts.decisions:
        said = f"{decision.body} decided: {sharing_words(decision.sharing)}" if decision.sharing else ""
        yield from hanging("Given      ", said or f"{did_not_decide(decision.body)} in time", width)
    for fund, partner, pence in account.facts.paid:
        unasked = "" if account.asks_what_was_paid(fund, partner) else "; no rule asks for it, so it changes nothing"
        paid = f"{partner} paid {format_money_full(pence)} into {fund}{unasked}"
        yield from hanging("Given      ", paid, width)


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
            result.net > 0
            for result in account.settlement.partners
            if (result.fund, result.partner) == (transfer.fund, transfer.payer)
        )
        who = f"{transfer.payer} {'bears' if charged else 'keeps'} its own part{fund}, as host: no money moves"
    return who


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
    yield from _contributions(account, fund, width)
    schemes = [line for line in account.settlement.schemes if line.fund == fund.name]
    yield from _spending(account, schemes, width)
    yield from _bearers(account, schemes, width)
    for run in account.settlement.runs:
        if run.fund == fund.name:
            yield from _run(account, run, width)
    yield from _partners(account, fund, width)
    yield from _reserves(account, fund, width)


def _contributions(account: Account, fund: FundRules, width: int) -> Iterator[str]:
    """What each partner puts in, by source."""
    figures = account.figures(fund)
    lines = figures.contributions if figures else ()
    yield from rule_off("Contributions", width)
    rows = []
    for line in lines:
        kinds = [
            "in kind" if line.in_kind else "",
            "capital" if line.capital else "",
            "" if line.recurrent else "one-off",
        ]
        kinds.append(f"only for {line.scheme}" if line.scheme else "")
        about = ", ".join(word for word in (line.source or "", *kinds) if word)
        rows.append((line.partner, about, account.clause(line.id), amount(line.pence)))
    cash = sum(line.pence for line in lines if not line.in_kind)
    in_kind = sum(line.pence for line in lines if line.in_kind)
    rows.append(("all", "cash", "", amount(cash)))
    if in_kind:
        rows.append(("all", "in kind", "", amount(in_kind)))
    yield from table(("partner", "from", "clause", "£"), rows, width, texts=3)


def _spending(account: Account, schemes: list[SchemeResult], width: int) -> Iterator[str]:
    """Spending against budget, by scheme."""
    yield from rule_off("Spending", width)
    rows = [
        (
            line.scheme,
            _mode(account, line),
            amount(line.budget),
            amount(line.spent),
            amount(abs(line.variance)),
            _way(line.variance),
        )
        for line in schemes
    ]
    budget, spent = sum(line.budget for line in schemes), sum(line.spent for line in schemes)
    rows.append(("all", "", amount(budget), amount(spent), amount(abs(spent - budget)), _way(spent - budget)))
    head = ("scheme", "mode", "budget £", "spent £", "difference £", "")
    yield from table(head, rows, width, texts=2)


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
    what = run.trigger.value.capitalize()
    title = f"{what} of {listed(run.schemes)}: {format_money_full(run.amount)} (clause {account.clause(run.rule)})"
    yield ""
    yield from wrapped(title, width)
    yield "-" * min(width, cells(visible(title)))
    indent = max(cells(account.clause(step.rule)) for step in run.steps) + 4
    for step in run.steps:
        yield from _step(account, run, step, indent, width)


def _step(account: Account, run: Run, step: StepResult, indent: int, width: int) -> Iterator[str]:
    """One step: what it says, what it gives to whom, what is left."""
    words = said_by_step(account, step)
    yield from hanging(pad(f"  {account.clause(step.rule)}", indent), words, width)
    inner = indent + 2
    for note in notes_on_step(account, run, step):
        yield from hanging(" " * inner, f"[{note}]", width)
    for one in step.allocations:
        yield _with_amount(inner, allocation_words(one, run.trigger), amount(one.pence), width)
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
    if any(result.provisional for result in results):
        yield from hanging("  ", "Provisional: sums that are still open may change these figures.", width)


def _net(result: PartnerResult) -> str:
    """Which way a partner's balance goes."""
    return "pays" if result.net > 0 else "receives" if result.net < 0 else ""


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
