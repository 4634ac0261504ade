"""A final account for people: what the leaver, or everybody, pays and is paid, line by line with its clause.

Amounts are pounds and pence. What is owed now stands apart from what is estimated, and what the agreement leaves
open is named and in nobody's total.
"""

from collections.abc import Iterable, Iterator

from msgspec import Struct

from poolrules.base.dates import format_iso
from poolrules.base.money import format_money_full
from poolrules.engine.final_account import AccountLine, FinalAccount
from poolrules.reporting.account import MadeFrom
from poolrules.reporting.lines import NARROWEST, amount, hanging, rule_off, table, wrapped
from poolrules.ruleset.ruleset import Ruleset
from poolrules.source.finding import Finding


class ExitAccount(Struct, frozen=True):
    """A final account with the rules it was made by and what it was made from."""

    rules: Ruleset
    account: FinalAccount
    made_from: MadeFrom
    faults: tuple[Finding, ...] = ()
    """What `check` finds in the agreement: no part of the account."""

    def clause(self, rule: str) -> str:
        """The number of a rule's clause in the draft, else the rule's id."""
        return self.rules.clauses.get(rule, rule)


def write_final_account(made: ExitAccount, width: int = 100) -> str:
    """Write a final account in lines of at most `width` cells."""
    width = max(width, NARROWEST)
    lines = [*_heading(made, width), *_totals(made.account, width)]
    for title, chosen in _sections(made.account):
        rows = [row for line in chosen for row in _rows(made, line)]
        if rows:
            lines += [*rule_off(title, width), *table(("", "clause", "£"), rows, width, texts=2)]
    lines += _left_open(made, width)
    return "\n".join(line.rstrip() for line in lines) + "\n"


def who_leaves(account: FinalAccount) -> str:
    """Say whose account it is, and as at which day.

    An agreement may end for all because one partner leaves.
    """
    day = format_iso(account.leaving.day)
    if account.leaving.partner is None:
        return f"the agreement ends on {day}"
    return f"{account.leaving.partner} leaves on {day}, " + (
        "and the others go on" if account.others_go_on else "and the agreement ends for all"
    )


def _heading(made: ExitAccount, width: int) -> Iterator[str]:
    """Which agreement, who leaves and when, and what the account was made from."""
    title = f"Final account: {made.rules.title}"
    yield from wrapped(title, width)
    yield "=" * min(width, len(title))
    prints = f"agreement {made.made_from.agreement[:12]}, rules {made.made_from.rules[:12]}"
    yield from hanging("Made from  ", f"{prints}; by poolrules {made.made_from.version}", width)
    yield from hanging("On         ", who_leaves(made.account), width)
    if made.rules.exit and made.rules.exit.account_within:
        yield from hanging("Due        ", f"within {made.rules.exit.account_within} of that day", width)
    open_sums = [line for line in made.account.lines if line.gap]
    count = len(open_sums)
    status = f"PROVISIONAL: {count} sum{'s are' if count > 1 else ' is'} open" if count else "every sum has an owner"
    yield from hanging("Status     ", status, width)


def _totals(account: FinalAccount, width: int) -> Iterator[str]:
    """What each partner owes or is owed in all."""
    yield from rule_off("In all", width)
    rows = []
    for partner in account.partners:
        for fixed, said in ((True, "now"), (False, "later, estimated")):
            total = account.total(partner, fixed=fixed)
            if total:
                rows.append((f"{partner} {'pays' if total > 0 else 'is paid'} {said}", "", amount(abs(total))))
    if rows:
        yield from table(("", "", "£"), rows, width, texts=2)
    else:
        yield from hanging("  ", "Nobody owes anything.", width)


def _sections(account: FinalAccount) -> Iterator[tuple[str, tuple[AccountLine, ...]]]:
    """The lines of what is owed now, and of what is estimated or falls due later."""
    yield "Owed now", tuple(line for line in account.lines if line.fixed and line.parts)
    yield "Later, or estimated", tuple(line for line in account.lines if not line.fixed and line.parts)


def _rows(made: ExitAccount, line: AccountLine) -> Iterator[tuple[str, str, str]]:
    """One row for each partner's part of a line."""
    basis = f" ({line.basis})" if line.basis else ""
    until = f", made good by {format_iso(line.true_up)}" if line.true_up else ""
    for partner, pence in line.parts:
        whole = f" its part of {format_money_full(abs(line.pence))}" if abs(pence) != abs(line.pence) else ""
        verb = "pays" if pence >= 0 else "is paid"
        yield f"{partner} {verb}{whole}: {line.item}{basis}{until}", made.clause(line.rule), amount(abs(pence))


def _left_open(made: ExitAccount, width: int) -> Iterator[str]:
    """What the agreement leaves open: in nobody's total."""
    found: Iterable[AccountLine] = [line for line in made.account.lines if line.gap]
    if not found:
        return
    yield from rule_off("Open: in nobody's total", width)
    rows = [(f"{line.item}: {line.gap}", made.clause(line.rule), amount(abs(line.pence))) for line in found]
    yield from table(("", "clause", "£"), rows, width, texts=2)
