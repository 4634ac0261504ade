"""The final account when a partner leaves, or when the agreement ends for all.

The year is settled up to the day of leaving as if that day were its last, under the terms that the agreement has for
the balance; then reserves, money carried forward, contributions for the time after, sums of earlier years, commitments
and an agreed payment are added. What the agreement does not say is a line with its gap and no parts. All amounts are
whole pence; a partner's part is positive where it pays and negative where it is paid.
"""

import datetime
from collections.abc import Iterator
from enum import Enum

from msgspec import Struct
from msgspec.structs import replace

from poolrules.base.calendar import NoDay, later
from poolrules.base.dates import format_iso, read_length
from poolrules.base.money import format_money
from poolrules.base.pennies import part_of
from poolrules.engine.inputs import InputFault
from poolrules.engine.instalments import calendar_from
from poolrules.engine.leaving import NOT_SAID, Commitment, Leaving, faults_of_leaving, in_fund, is_part, with_exit_terms
from poolrules.engine.settle import settle
from poolrules.engine.settlement import Allocation, Facts, Settlement, To
from poolrules.engine.sharing import divide, weights_of
from poolrules.engine.working import Working, bare_books
from poolrules.ruleset.ruleset import (
    ByContributions,
    ByPartners,
    ExitBalance,
    ExitRules,
    FundRules,
    Moment,
    Ruleset,
    Sharing,
    Trigger,
)
from poolrules.ruleset.words import sharing_words

_NO_END = "9999-12-31"


class Nature(Enum):
    """What kind of sum a line of a final account is."""

    DEFICIT = "deficit"
    SURPLUS = "surplus"
    CONTRIBUTION = "contribution"
    RESERVE = "reserve"
    CARRIED = "carried forward"
    CONTRACTUAL = "contractual"
    CONTINGENT = "contingent"


class AccountLine(Struct, frozen=True):
    """One line of a final account: the whole sum, and each partner's part of it where somebody has one.

    `fixed` ones are owed now; the others are estimated, and made good on `true_up` (ISO) where that is known.
    `gap` says what the agreement leaves open. `basis` says in words what the parts are by.
    """

    fund: str
    item: str
    nature: Nature
    valued: str
    pence: int
    basis: str
    parts: tuple[tuple[str, int], ...]
    rule: str
    fixed: bool = True
    true_up: str | None = None
    gap: str | None = None


class FinalAccount(Struct, frozen=True):
    """The final account of one leaver, or of all; `settlement` is that of the year up to the day."""

    leaving: Leaving
    settlement: Settlement
    lines: tuple[AccountLine, ...]
    others_go_on: bool

    def total(self, partner: str, *, fixed: bool) -> int:
        """What a partner pays (positive) or is paid, of sums that are owed now or of those that are estimated."""
        return sum(pence for line in self.lines if line.fixed is fixed for name, pence in line.parts if name == partner)

    @property
    def partners(self) -> tuple[str, ...]:
        """The partners that have a part of any line, in the order of the lines."""
        return tuple(dict.fromkeys(name for line in self.lines for name, _ in line.parts))


def final_account(ruleset: Ruleset, facts: Facts, leaving: Leaving) -> FinalAccount | tuple[InputFault, ...]:
    """Make the final account; `facts` are those of the year up to the day of leaving.

    What the leaver has paid in is asked for where it leaves before the end of the year. Raises what `settle` raises.
    """
    faults = tuple(faults_of_leaving(ruleset, facts, leaving))
    settled = settle(with_exit_terms(ruleset), facts)
    if faults or not isinstance(settled, Settlement):
        return (*faults, *(() if isinstance(settled, Settlement) else settled))
    rules = ruleset.exit or ExitRules("exit")
    ended = leaving.partner is None or rules.all_end
    account = _Account(ruleset, rules, facts, leaving, settled, ended)
    return FinalAccount(leaving, settled, tuple(account.lines()), others_go_on=not ended)


# ---- the lines -------------------------------------------------------------------------------


class _Account:
    """Makes the lines of one final account."""

    def __init__(
        self, ruleset: Ruleset, rules: ExitRules, facts: Facts, leaving: Leaving, settled: Settlement, ended: bool
    ) -> None:
        self.ruleset, self.rules, self.facts = ruleset, rules, facts
        self.leaving, self.settled, self.ended = leaving, settled, ended
        self.books: Working = bare_books(ruleset, facts)

    def lines(self) -> Iterator[AccountLine]:
        """All lines, in the order in which they are read."""
        for fund in self.books.funds:
            yield from self._balance(fund)
            yield from self._open_sums(fund)
            yield from self._contribution(fund)
            yield from self._reserves(fund)
            yield from self._carried(fund)
            yield from self._dues(fund)
            yield from self._commitments(fund)
        yield from self._payment()

    def _line(self, fund: FundRules, item: str, nature: Nature, pence: int, rule: str, **more: object) -> AccountLine:
        """A line valued on the day of leaving."""
        made = AccountLine(fund.name, item, nature, self.leaving.day, pence, "", (), rule)
        return replace(made, **more)

    def _concerns(self, partner: str) -> bool:
        """Whether the account is a partner's: the leaver's, or everybody's where all ends."""
        return self.ended or partner == self.leaving.partner

    def _balance(self, fund: FundRules) -> Iterator[AccountLine]:
        """What comes of settling the year up to the day."""
        results = [one for one in self.settled.partners if one.fund == fund.name and self._concerns(one.partner)]
        for nature, sign in ((Nature.DEFICIT, 1), (Nature.SURPLUS, -1)):
            parts = tuple((one.partner, one.call) for one in results if one.call * sign > 0)
            if parts:
                word = "pays" if sign > 0 else "is paid"
                yield self._line(
                    fund,
                    f"the year settled to the day: what each {word}",
                    nature,
                    sum(pence for _, pence in parts),
                    self._rule("balance", self.rules.balance),
                    parts=parts,
                    basis="as the statement to that day shows",
                    fixed=not any(one.provisional for one in results),
                )

    def _open_sums(self, fund: FundRules) -> Iterator[AccountLine]:
        """What nobody has been given, or waits for a decision."""
        for rule, one in self._left_open(fund):
            gap = one.gap or f"`{one.name}` has still to decide"
            yield self._line(fund, one.to.value, Nature.CONTINGENT, one.pence, rule, gap=gap, fixed=False)

    def _left_open(self, fund: FundRules) -> Iterator[tuple[str, Allocation]]:
        """The sums of a fund without an owner."""
        loose = (To.UNDECIDED, To.UNALLOCATED)
        for run in self.settled.runs:
            if run.fund == fund.name:
                yield from ((step.rule, one) for step in run.steps for one in step.allocations if one.to in loose)
        for scheme in self.settled.schemes:
            if scheme.fund == fund.name:
                yield from ((scheme.rule, one) for one in scheme.allocations if one.to in loose)
        yield from ((fund.id, one) for name, one in self.settled.unbudgeted if name == fund.name)

    def _contribution(self, fund: FundRules) -> Iterator[AccountLine]:
        """The leaver's contribution: what is due for the time before it left, less what it has paid."""
        leaver = self.leaving.partner
        if leaver is None or self.ended or not is_part(self.facts):
            return
        whole = self.books.cash_of(fund.name, leaver)
        if not whole:
            return
        due = self.books.part_year(whole)
        paid = sum(pence for name, partner, pence in self.facts.paid if (name, partner) == (fund.name, leaver))
        item = f"contribution: {format_money(due)} of {format_money(whole)} is for the time to the day,"
        item += f" and {format_money(paid)} was paid"
        owed = due - paid if self.rules.refund else max(0, due - paid)
        if owed:
            rule = self._rule("refund", self.rules.refund)
            basis = f"counted {self.rules.refund.value}" if self.rules.refund else "what is due in any case"
            parts = ((leaver, owed),)
            yield self._line(fund, item, Nature.CONTRIBUTION, owed, rule, basis=basis, parts=parts)
        if not self.rules.refund:
            gap = "the agreement does not say whether it is due all the same, or given back where it was paid"
            item = "contribution for the time after leaving"
            nature = Nature.CONTINGENT
            yield self._line(fund, item, nature, whole - due, self.rules.id, gap=gap, fixed=False)

    def _reserves(self, fund: FundRules) -> Iterator[AccountLine]:
        """What each reserve holds, and whose it is."""
        for rule in fund.reserves:
            held = next((one.closing for one in self.settled.reserves if one.reserve == rule.name), 0)
            if held:
                said = {part.partner: part.weight for part in rule.held_for}
                yield self._owned(fund, f"the reserve {rule.name}", Nature.RESERVE, held, rule.id, said)

    def _carried(self, fund: FundRules) -> Iterator[AccountLine]:
        """What is carried forward: it stays with the fund where the others go on, and has to go where all ends."""
        for one in self.settled.closing.carried:
            if one.fund != fund.name or not one.pence:
                continue
            what = f"carried forward{f' for {one.scheme}' if one.scheme else ''}"
            if self.ended:
                yield self._owned(fund, what, Nature.CARRIED, one.pence, one.rule, {})
            else:
                gap = "it stays in the fund, and the agreement gives a leaver no part of it"
                yield self._line(fund, what, Nature.CONTINGENT, one.pence, one.rule, gap=gap, fixed=False)

    def _owned(
        self, fund: FundRules, item: str, nature: Nature, pence: int, rule: str, said: dict[str, int]
    ) -> AccountLine:
        """Money that a fund holds: given to its owners, or left open where the agreement does not say who they are."""
        basis, weights = ("held for them in these parts", said) if said else self._balance_weights(fund)
        if not any(weights.values()):
            return self._line(fund, item, nature, pence, rule, gap=basis, fixed=False)
        parts = divide(fund, weights, pence)
        own = tuple((name, -part) for name, part in parts.items() if part and self._concerns(name))
        return self._line(fund, item, nature, pence, rule, basis=basis, parts=own)

    def _balance_weights(self, fund: FundRules) -> tuple[str, dict[str, int]]:
        """How money that is left is shared under the exit terms; without weights, the gap in words."""
        if self.rules.balance is ExitBalance.AGREED:
            return "it is to be agreed between the partners", {}
        sharing = self.rules.sharing
        if self.rules.balance is ExitBalance.YEAR_END:
            sharing = _last_sharing(fund)
            if sharing is None:
                return "the year-end terms do not say in one way to whom an underspend goes in the end", {}
        if sharing is None:
            return NOT_SAID, {}
        sharing = in_fund(sharing, fund)
        return sharing_words(sharing), weights_of(self.books, fund, sharing)

    def _dues(self, fund: FundRules) -> Iterator[AccountLine]:
        """Sums of earlier rules that still fall due, to or from the leaver (or anybody, where all ends)."""
        for due in self.settled.closing.dues:
            named = [name for name in (due.payer, due.payee) if name is not None and self._concerns(name)]
            if due.fund == fund.name and named:
                parts = tuple((name, due.pence if name == due.payer else -due.pence) for name in named)
                yield self._line(
                    fund,
                    f"falls due in {due.year}",
                    Nature.CONTRACTUAL,
                    due.pence,
                    due.rule,
                    basis="as it falls due; leaving does not bring it forward",
                    parts=parts,
                    fixed=False,
                    true_up=f"{int(due.year[:4]) + 1}-03-31",
                )

    def _commitments(self, fund: FundRules) -> Iterator[AccountLine]:
        """The leaver's part of contracts that go on, by days of 365, to their first break or the longest said."""
        leaver = self.leaving.partner
        if leaver is None or self.ended:
            return
        for one in self.leaving.commitments:
            if one.fund == fund.name:
                yield self._commitment(fund, one, leaver, self._longest())

    def _commitment(self, fund: FundRules, one: Commitment, leaver: str, longest: str | NoDay) -> AccountLine:
        """The leaver's part of one contract that goes on."""
        rule = self._rule("commitments", self.rules.commitments)
        if isinstance(longest, NoDay):
            item, gap = f"contract `{one.contract}`, a year of it", f"{longest.why}: {longest.help}"
            return self._line(fund, item, Nature.CONTINGENT, one.yearly, rule, gap=gap, fixed=False)
        last = min(one.first_break, longest)
        days = (datetime.date.fromisoformat(last) - datetime.date.fromisoformat(self.leaving.day)).days
        cost, item = part_of(one.yearly, max(0, days), 365), f"contract `{one.contract}` to {format_iso(last)}"
        if not self.rules.commitments:
            gap = "the agreement does not say who bears contracts after a partner has left"
            return self._line(fund, item, Nature.CONTINGENT, cost, rule, gap=gap, fixed=False)
        weights = weights_of(self.books, fund, ByContributions((fund.name,), Moment.LAST_VARIED))
        part = divide(fund, weights, cost).get(leaver, 0) if any(weights.values()) else 0
        basis, parts = "its part of the revenue cash contributions of the year", ((leaver, part),)
        return self._line(
            fund, item, Nature.CONTINGENT, cost, rule, basis=basis, parts=parts, fixed=False, true_up=last
        )

    def _longest(self) -> str | NoDay:
        """The last day (ISO) on which a leaver bears commitments: so long after it left, or without end."""
        if self.rules.commitments_most is None:
            return _NO_END
        left = datetime.date.fromisoformat(self.leaving.day)
        last = later(left, read_length(self.rules.commitments_most), calendar_from(self.ruleset.calendar))
        return last if isinstance(last, NoDay) else last.isoformat()

    def _rule(self, part: str, said: object) -> str:
        """The id of a part of the exit terms, or of the whole where they do not say that part."""
        return f"{self.rules.id}.{part}" if said else self.rules.id

    def _payment(self) -> Iterator[AccountLine]:
        """The agreed payment for later costs, where the agreement provides for one."""
        leaver, into = self.leaving.partner, self.rules.payment_into
        if leaver is None or (into is None and self.leaving.payment is None):
            return
        fund = next(
            (one for one in self.books.funds for rule in one.reserves if rule.name == into), self.books.funds[0]
        )
        item = f"payment for later costs{f', into {into}' if into else ''}"
        rule = self._rule("payment", into)
        if self.leaving.payment is None:
            gap = "what is paid for later costs is to be agreed, and no sum was given"
            yield self._line(fund, item, Nature.CONTINGENT, 0, rule, gap=gap, fixed=False)
            return
        pence = self.leaving.payment
        yield self._line(fund, item, Nature.CONTRACTUAL, pence, rule, basis="as agreed", parts=((leaver, pence),))


def _last_sharing(fund: FundRules) -> Sharing | None:
    """How the underspend terms of a fund share what is left in the end, where they all do so in one way."""
    takers = [fall.steps[-1].taker for fall in fund.waterfalls if fall.trigger is Trigger.UNDERSPEND and fall.steps]
    sharings = {taker.sharing for taker in takers if isinstance(taker, ByPartners)}
    return sharings.pop() if len(sharings) == 1 and all(isinstance(one, ByPartners) for one in takers) else None
