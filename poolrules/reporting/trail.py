"""The trail of one figure: what made it, by which clause, where that is written, and from which rows of the outturn."""

from collections.abc import Iterable, Iterator

from poolrules.base.money import format_money_full
from poolrules.engine.settlement import Allocation, PartnerResult, ReserveResult, Run, SchemeResult, StepResult, To
from poolrules.reporting.account import Account
from poolrules.reporting.lines import hanging
from poolrules.reporting.over_years import carried_words, due_words
from poolrules.reporting.steps import allocation_words, notes_on_step, said_by_step
from poolrules.ruleset.ruleset import ContributionRule, Trigger
from poolrules.ruleset.words import listed, mode_words, version_words
from poolrules.source.text import visible

OPEN_SUMS = ("undecided", "unallocated")
"""The figures that are not anybody's."""

_SIDES = ("pays", "receives")


def figure_names(account: Account) -> tuple[str, ...]:
    """Name every figure that has a trail: partners, their two sides, schemes, reserves, waterfalls, steps and so on."""
    partners = list(dict.fromkeys(result.partner for result in account.settlement.partners))
    names = (
        *partners,
        *(f"{partner}.{side}" for partner in partners for side in _SIDES),
        *(line.scheme for line in account.settlement.schemes),
        *(line.reserve for line in account.settlement.reserves),
        *(run.rule for run in account.settlement.runs),
        *(step.rule for _, step in account.step_results()),
        *(line.id for _, line in _contributions(account)),
        *OPEN_SUMS,
    )
    return tuple(dict.fromkeys(names))


def _contributions(account: Account) -> Iterator[tuple[str, ContributionRule]]:
    """Every contribution of the year, with its fund."""
    for fund in account.funds:
        figures = account.figures(fund)
        yield from ((fund.name, line) for line in (figures.contributions if figures else ()))


def write_trail(account: Account, figure: str, width: int = 100) -> str:
    """Write the trail of a figure that `figure_names` lists, in lines of about `width` cells."""
    lines: list[str] = []
    for depth, first, text in _trail(account, figure):
        lines += hanging("  " * depth + first, text, width)
    return "\n".join(line.rstrip() for line in lines) + "\n"


_Lines = Iterator[tuple[int, str, str]]
"""How deep a line stands, what introduces it, and what it says."""


def _trail(account: Account, figure: str) -> _Lines:
    """The lines of a figure's trail."""
    name, _, side = figure.rpartition(".")
    settlement = account.settlement
    if figure in OPEN_SUMS:
        yield from _open_sums(account, To(figure))
    for result in settlement.partners:
        if figure == result.partner or (name == result.partner and side in _SIDES):
            yield from _partner(account, result, (side,) if side in _SIDES else _SIDES)
    for partner in dict.fromkeys(result.partner for result in settlement.partners):
        if figure == partner or (name == partner and side in _SIDES):
            yield from _between_hosts(account, partner, (side,) if side in _SIDES else _SIDES)
    for scheme in settlement.schemes:
        if figure == scheme.scheme:
            yield from _scheme(account, scheme, 0)
            yield from _dealt_with(account, scheme)
    for reserve in settlement.reserves:
        if figure == reserve.reserve:
            yield from _reserve(account, reserve)
    for fund, line in _contributions(account):
        if figure == line.id:
            source = f", {line.source}" if line.source else ""
            put_in = f"{line.partner} puts {format_money_full(line.pence)} into {fund} for {settlement.year}"
            yield 0, "", f"{put_in}{', in kind' if line.in_kind else ''}{source}"
            yield from _written(account, line.id, 1)
    for run in settlement.runs:
        steps = [step for step in run.steps if figure in (step.rule, run.rule)]
        if steps:
            yield from _steps(account, run, steps)


def _partner(account: Account, result: PartnerResult, sides: tuple[str, ...]) -> _Lines:
    """What one partner pays or receives in one fund, from every rule that made it."""
    total = {"pays": result.pays, "receives": result.receives}
    open_yet = ", provisionally, since sums of the fund are still open" if result.provisional else ""
    for side in sides:
        figure = f"{result.partner} {side} {format_money_full(total[side])}"
        yield 0, "", f"{figure} beyond its contribution to {result.fund} in {account.settlement.year}{open_yet}"
        yield from _side(account, result, pays=side == "pays")
    yield from _of_other_years(account, result)
    if len(sides) > 1:
        way = "pays" if result.net > 0 else "receives"
        yield 0, "", f"on balance {result.partner} {way} {format_money_full(abs(result.net))}"
        if result.billed:
            before = f"{'pay' if result.billed > 0 else 'be given'} {format_money_full(abs(result.billed))}"
            call = f"{'pays' if result.call > 0 else 'receives'} {format_money_full(abs(result.call))}"
            yield 0, "", f"it was asked to {before} before in the year, so that it {call} now"


def _of_other_years(account: Account, result: PartnerResult) -> _Lines:
    """What of a partner's balance belongs to other years, or waits for a decision."""
    for words, pence in (("put off to later years", result.deferred), ("until a decision is made", result.interim)):
        if pence:
            way = "pays" if pence > 0 else "receives"
            yield 0, "", f"{words} {result.partner} {way} {format_money_full(abs(pence))}, as the steps above say"
    for due in account.settlement.dues:
        if due.fund == result.fund and result.partner in (due.payer, due.payee):
            yield 0, "", f"{due_words(due, due.fund)} {format_money_full(due.pence)} in {due.year}"
            yield from _written(account, due.rule, 1)


def _between_hosts(account: Account, partner: str, sides: tuple[str, ...]) -> _Lines:
    """What a partner pays or receives as the host of a fund that owes, or is owed by, another."""
    for one in account.settlement.transfers:
        if account.between_hosts(one) and partner in [
            {"pays": one.payer, "receives": one.payee}[side] for side in sides
        ]:
            owed = f"{one.payer} pays {one.payee} {format_money_full(one.pence)}"
            yield 0, "", f"{owed}, as host of a fund that owes it to {one.fund}"
            for run, step in account.step_results():
                if step.rule in one.rules:
                    yield from _steps(account, run, [step], depth=1)


def _side(account: Account, result: PartnerResult, *, pays: bool) -> _Lines:
    """What makes a partner pay (overspends, mostly), or gives it something back."""
    for scheme in account.settlement.schemes:
        own = any(_is_his(account, one, result.partner) for one in scheme.allocations)
        pooled = scheme.fund == result.fund and account.schemes[scheme.scheme].pooled
        if own and pooled and (scheme.variance > 0) is pays:
            yield from _scheme(account, scheme, 1)
    for run in account.settlement.runs:
        if run.fund != result.fund:
            continue
        over = run.trigger is Trigger.OVERSPEND
        steps = [
            step
            for step in run.steps
            if any(
                _is_his(account, one, result.partner) and ((over is (one.pence >= 0)) is pays)
                for one in step.allocations
            )
        ]
        if steps:
            yield from _steps(account, run, steps, only=result.partner, depth=1)


def _is_his(account: Account, one: Allocation, partner: str) -> bool:
    """Whether a sum is a partner's: given to it, or taken from the underspend of an aligned scheme that it leads."""
    if one.to is To.UNDERSPEND:
        rule = account.schemes[one.name]
        return rule.bearer == partner and not rule.pooled
    return one.to is To.PARTNER and one.name == partner


def _steps(account: Account, run: Run, steps: Iterable[StepResult], only: str | None = None, depth: int = 0) -> _Lines:
    """Steps of one run, and below them where the sum of that run comes from."""
    for step in steps:
        for one in step.allocations:
            if only is None or _is_his(account, one, only):
                yield depth, "", f"{format_money_full(abs(one.pence))}: {allocation_words(one, run.trigger)}"
        if not step.allocations:
            yield depth, "", f"{format_money_full(0)}: nothing is given to anybody"
        yield (
            depth + 1,
            "step     ",
            f"{step.rule} had {format_money_full(step.before)} before it and took {format_money_full(step.taken)}",
        )
        yield depth + 1, "says     ", said_by_step(account, step)
        for note in notes_on_step(account, run, step):
            yield depth + 1, "because  ", note
        yield from _written(account, step.rule, depth + 1)
    if run.trigger is Trigger.GAIN:
        yield depth, "", f"of the gain, {format_money_full(run.amount)}"
        yield from _gain(account, run, depth + 1)
        return
    yield depth, "", f"of the {run.trigger.value} of {listed(run.schemes)}, {format_money_full(run.amount)}"
    for scheme in account.settlement.schemes:
        if scheme.scheme in run.schemes:
            yield from _scheme(account, scheme, depth + 1, told=True)


def _gain(account: Account, run: Run, depth: int) -> _Lines:
    """Where the sum of a gain comes from: the fact that says how much it is."""
    name = account.waterfalls[run.rule].gain
    for one in account.facts.said:
        if one.name == name:
            yield depth, "given    ", f"{one.name} is {format_money_full(one.pence or 0)}"
            if one.evidence:
                yield depth, "shown by ", one.evidence


def _scheme(account: Account, line: SchemeResult, depth: int, *, told: bool = False) -> _Lines:
    """A scheme's difference: its budget, its rows, and (unless a waterfall has told) who bears it by its own terms."""
    way = "over" if line.variance > 0 else "under"
    difference = f"{format_money_full(abs(line.variance))} {way} budget" if line.variance else "on budget"
    yield depth, "", f"{line.scheme} spent {format_money_full(line.spent)}: {difference}"
    for row in account.facts.spending:
        if row.scheme == line.scheme:
            cause = f", marked {', '.join(row.marks)}" if row.marks else ""
            shown = f", shown by {row.evidence}" if row.evidence else ""
            yield depth + 1, "row      ", f"{format_money_full(row.pence)} at {row.place}{cause}{shown}"
    for marked in account.facts.marked:
        if marked.scheme == line.scheme:
            shown = f", shown by {marked.evidence}" if marked.evidence else ""
            yield depth + 1, "marked   ", f"{format_money_full(marked.pence)}, {marked.mark}{shown}"
    for carried in account.facts.position.carried if account.facts.position else ():
        if carried.scheme == line.scheme:
            words = f"{format_money_full(abs(carried.pence))} {carried_words(carried, carried.fund)}"
            yield depth + 1, "brought  ", words
            yield from _written(account, carried.rule, depth + 1)
    for fund in account.funds:
        figures = account.figures(fund)
        for budget in figures.budgets if figures else ():
            if budget.scheme == line.scheme:
                yield depth + 1, "budget   ", format_money_full(budget.pence)
                yield from _written(account, budget.id, depth + 1)
    if line.allocations and not told:
        yield depth + 1, "says     ", mode_words(account.schemes[line.scheme])
        trigger = Trigger.OVERSPEND if line.variance > 0 else Trigger.UNDERSPEND
        for one in line.allocations:
            gap = f": {one.gap}" if one.gap else ""
            yield depth + 1, "so       ", f"{allocation_words(one, trigger)} {format_money_full(one.pence)}{gap}"
        yield from _written(account, line.rule, depth + 1)


def _dealt_with(account: Account, line: SchemeResult) -> _Lines:
    """Which waterfalls dealt with a scheme's difference, or used its underspend."""
    for run in account.settlement.runs:
        if line.scheme in run.schemes:
            yield 1, "then     ", f"{run.rule} deals with it (poolrules why … {run.rule})"
    if line.lent:
        yield 1, "then     ", f"{format_money_full(line.lent)} of it met the overspends of others"


def _reserve(account: Account, result: ReserveResult) -> _Lines:
    """A reserve's year."""
    yield 0, "", f"{result.reserve} holds {format_money_full(result.closing)} at the end of {account.settlement.year}"
    position = account.facts.position
    whence = "as given" if result.reserve in dict(account.facts.openings) else "as the agreement says"
    if position is not None and result.reserve in dict(position.reserves):
        whence = f"as {position.year} closed"
    yield 1, "opening  ", f"{format_money_full(result.opening)}, {whence}"
    yield from _written(account, result.rule, 1)
    for run, step in account.step_results():
        if any(one.to is To.RESERVE and one.name == result.reserve for one in step.allocations):
            yield from _steps(account, run, [step], depth=1)


def _open_sums(account: Account, to: To) -> _Lines:
    """Every sum that is undecided, or that nobody is given."""
    found = [(rule, one) for rule, one in account.open_sums() if one.to is to]
    if not found:
        yield 0, "", f"nothing is {to.value}"
    for rule, one in found:
        yield 0, "", f"{format_money_full(one.pence)} is {to.value}{f': left to {one.name}' if one.name else ''}"
        made = [(run, step) for run, step in account.step_results() if step.rule == rule]
        for run, step in made:
            yield from _steps(account, run, [step], depth=1)
        if not made:
            yield 1, "because  ", one.gap or ""
            yield from _written(account, rule, 1)


def _written(account: Account, rule: str, depth: int) -> _Lines:
    """Where a rule stands in the draft and in the file."""
    clause, place = account.rules.clauses.get(rule), account.place(rule)
    if clause:
        yield depth, "clause   ", clause
    if place:
        yield depth, "written  ", visible(str(place))
    if account.varied and (version := account.version(rule)) is not None:
        yield depth, "version  ", visible(version_words(version))
