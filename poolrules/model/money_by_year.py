"""Building the money of a fund by year: contributions, budgets, and what partners pay one another."""

import datetime

from poolrules.base.dates import format_day
from poolrules.model.agreement import (
    Amount,
    AwaitedContributions,
    BudgetLine,
    BudgetYear,
    ChangeKind,
    Charged,
    Contribution,
    ContributionChange,
    ContributionYear,
    Day,
    Marks,
    PartnerPayment,
    PartOfAYear,
    PaymentYear,
    RolledBudget,
    RolledContributions,
    RolledPayments,
    Shift,
    Text,
    TotalContribution,
    Uplift,
    partners_in,
)
from poolrules.model.limits import build_given
from poolrules.model.reader import Reader, flag, part, parts, remarks, said, text, texts
from poolrules.model.sharings import build_sharing
from poolrules.model.waterfalls import Perimeters
from poolrules.model.which_years import Years, dated_blocks
from poolrules.source.finding import Label
from poolrules.syntax.tree import Mapping

# ---- what is raised or carried on -------------------------------------------------------------------


def _uplift(reader: Reader, node: Mapping) -> Uplift | None:
    """By how much something is raised: a percentage, or an index by its name."""
    found = text(node, "uplifted by")
    if found is None:
        return None
    if found.text[:1].isdigit():
        percent = reader.percent(node, "uplifted by")
        return Uplift(percent, None, found.span) if percent else None
    return Uplift(None, found, found.span) if reader.resolve("index", found) else None


def _rolled_once(reader: Reader, node: Mapping) -> Mapping | None:
    """The line that carries on everything of last year, of which a block holds one."""
    rolled = parts(node, "rolled")
    for again in rolled[1:]:
        also = (Label(rolled[0].span, "and here"),)
        reader.misfit("last year's are carried on twice", again.span, "keep one of the lines", also=also)
    return rolled[0] if rolled else None


# ---- contributions ----------------------------------------------------------------------------------


def contribution_years(reader: Reader, node: Mapping) -> tuple[ContributionYear, ...]:
    """Build the contributions, year by year as written."""
    blocks = tuple(
        ContributionYear(
            year=years.first,
            last=years.last,
            onwards=years.onwards,
            amounts=tuple(made for item in parts(found, "amounts") if (made := _contribution(reader, item, years))),
            changes=tuple(change for item in parts(found, "changes") if (change := _change(reader, item))),
            totals=tuple(total for item in parts(found, "totals") if (total := _total(reader, item))),
            rolled=_all_rolled(reader, found),
            awaited=tuple(_awaited(reader, item) for item in parts(found, "awaited")),
            shifts=tuple(shift for item in parts(found, "shifts") if (shift := _shift(reader, item, years))),
            remarks=remarks(found),
            span=found.span,
        )
        for years, found in dated_blocks(reader, node, "contributions")
    )
    for block in blocks:
        if block.onwards or block.last > block.year:
            _once_or_again(reader, block)
    return blocks


def _once_or_again(reader: Reader, block: ContributionYear) -> None:
    """Report sums that stand beside last year's lines in a block for several years: they would come again each year.

    What is one-off comes each year and is left out of the next, where the rolled line leaves out what is one-off.
    """
    rolled = {partner.text: line for line in block.rolled for partner in line.partners}
    said: list[tuple[str, Contribution | ContributionChange | TotalContribution]] = [
        *((line.partner.text, line) for line in block.amounts if line.amount.pence),
        *((change.partner.text, change) for change in block.changes if change.amount.pence),
        *((name.text, total) for total in block.totals for name in partners_in(total.sharing)),
        *((name, total) for total in block.totals for name in rolled if not partners_in(total.sharing)),
    ]
    for name, line in said:
        if name in rolled and (line.marks.recurrent or not rolled[name].recurrent_only):
            reader.misfit(
                f"it is not clear whether `{name}` pays this once, or once more in every year of this block",
                line.span,
                f"put it into a block of its own year, with last year's lines: `contributions {block.year}`",
                also=(Label(rolled[name].span, "beside last year's lines"),),
            )


def _contribution(reader: Reader, node: Mapping, years: Years) -> Contribution | None:
    """Build one partner's contribution; `nothing` is an amount of nil."""
    partner = reader.reference(node, "partner", "partner")
    key = "a year" if flag(node, "a year") else "amount"
    nil = said(node, key).text == "nothing"
    amount = Amount(0, said(node, key).span) if nil else reader.amount(node, key)
    part_of_it, charged = _part_of_a_year(reader, node, years), _charged(reader, node)
    if part_of_it and charged:
        reader.misfit(
            "it is not clear whether the charges are those of a whole year, or of the part",
            charged.amount.span,
            "write the sum and the charges of the part, without `a year`",
            also=(Label(part_of_it.span, "part of a year"),),
        )
    if charged and charged.gross and amount and charged.amount.pence > amount.pence:
        also = (Label(amount.span, "the sum"),)
        help = "write the sum with its charges, or the charges beside it: `net of charges of`"
        reader.misfit("the charges are more than the sum that includes them", charged.amount.span, help, also=also)
    if partner is None or amount is None:
        return None
    return Contribution(
        partner=partner,
        amount=amount,
        source=text(node, "from"),
        in_kind=text(node, "in kind"),
        marks=_marks(reader, node),
        part=part_of_it,
        charged=charged,
        span=node.span,
    )


def _marks(reader: Reader, node: Mapping) -> Marks:
    """What is said of a sum beside how much it is."""
    return Marks(
        capital=flag(node, "capital"),
        recurrent=not flag(node, "one off"),
        only_for=reader.reference(node, "only for", "scheme"),
        given=build_given(reader, node),
        indicative=flag(node, "indicative"),
    )


def _charged(reader: Reader, node: Mapping) -> Charged | None:
    """What users pay, within the sum or beside it."""
    gross, net = reader.amount(node, "gross of charges of"), reader.amount(node, "net of charges of")
    if gross and net:
        also = (Label(gross.span, "and gross here"),)
        reader.misfit("the sum is gross and net of charges", net.span, "say one of them", also=also)
    charges = gross or net
    return Charged(charges, gross is not None) if charges else None


def _part_of_a_year(reader: Reader, node: Mapping, years: Years) -> PartOfAYear | None:
    """The part of a year that a contribution is for; its days must lie in the years of the block."""
    counted = text(node, "counted")
    if counted is None:
        return None
    first, last = reader.day(node, "from day"), reader.day(node, "to day")
    by_months = counted.text == "by months"
    for day in (day for day in (first, last) if day):
        if day.date < years.first.first_day or (not years.onwards and day.date > years.last.last_day):
            reader.misfit(
                f"{format_day(day.date)} lies outside the years of this block",
                day.span,
                f"they begin on {format_day(years.first.first_day)}"
                + ("" if years.onwards else f" and end on {format_day(years.last.last_day)}"),
            )
    if first and last and last.date < first.date:
        also = (Label(first.span, "it starts here"),)
        reader.misfit("the part of the year ends before it starts", last.span, "put the first day first", also=also)
    if by_months:
        _whole_months(reader, first, last)
    return PartOfAYear(first, last, by_months, counted.span)


def _whole_months(reader: Reader, first: Day | None, last: Day | None) -> None:
    """Report a part of a year, counted by months, that cuts a month in two."""
    help = "begin and end with a whole month, or count `by days`"
    if first and first.date.day != 1:
        reader.misfit(f"{format_day(first.date)} is not the first of a month", first.span, help)
    if last and (last.date + datetime.timedelta(days=1)).day != 1:
        reader.misfit(f"{format_day(last.date)} is not the last of a month", last.span, help)


def _change(reader: Reader, node: Mapping) -> ContributionChange | None:
    """Build what is added to a partner's contribution, or taken from it."""
    partner = reader.reference(node, "partner", "partner")
    less = flag(node, "less")
    amount = reader.amount(node, "less" if less else "plus")
    reasons = [(kind, why) for kind in ChangeKind if (why := text(node, kind.value))]
    if len(reasons) > 1:
        also = (Label(reasons[0][1].span, "and this"),)
        reader.misfit("this change has two reasons", reasons[1][1].span, "write a line for each", also=also)
    uplift = _uplift(reader, node)
    if partner is None or amount is None or not reasons:
        return None
    return ContributionChange(partner, amount, less, *reasons[0], _marks(reader, node), uplift, node.span)


def _total(reader: Reader, node: Mapping) -> TotalContribution | None:
    """Build a sum that partners contribute between them."""
    amount, sharing = reader.amount(node, "total"), build_sharing(reader, node)
    marks = _marks(reader, node)
    if amount is None or sharing is None:
        return None
    return TotalContribution(amount, sharing, text(node, "from"), marks, node.span)


def _all_rolled(reader: Reader, node: Mapping) -> tuple[RolledContributions, ...]:
    """Build the lines that roll last year's contributions forward; nobody's are carried on twice."""
    rolled = tuple(_rolled(reader, item) for item in parts(node, "rolled"))
    first: dict[str, Text] = {}
    for partner in (partner for line in rolled for partner in line.partners):
        if partner.text in first:
            also = (Label(first[partner.text].span, "here already"),)
            message = f"last year's lines of `{partner.text}` are carried on twice"
            reader.misfit(message, partner.span, "name it in one of the lines", also=also)
        first.setdefault(partner.text, partner)
    return rolled


def _rolled(reader: Reader, node: Mapping) -> RolledContributions:
    """Build a line that rolls last year's contributions forward."""
    return RolledContributions(
        partners=reader.references(node, "last year of", "partner"),
        recurrent_only=flag(node, "one off left out"),
        recurrent_variances=flag(node, "with recurrent variances"),
        uplift=_uplift(reader, node),
        span=node.span,
    )


def _awaited(reader: Reader, node: Mapping) -> AwaitedContributions:
    """Build a line that says whose contributions are still to be set."""
    partners = reader.references(node, "to be set", "partner")
    return AwaitedContributions(partners, reader.day(node, "by"), texts(node, "having regard to"), node.span)


def _shift(reader: Reader, node: Mapping, years: Years) -> Shift | None:
    """Build a sum that one partner pays in place of another; it belongs to one year and goes back in a later one."""
    amount = reader.amount(node, "shift")
    less, more = reader.reference(node, "from", "partner"), reader.reference(node, "to", "partner")
    reversed_in = reader.year(node, "reversed in")
    if years.several:
        reader.misfit(
            "a shift stands in a block for several years",
            node.span,
            "put it into a block of its own year: `contributions 2026/27`",
        )
    elif reversed_in and reversed_in <= years.first:
        reader.misfit(
            f"the shift is reversed in {reversed_in}, which is not after {years.first}",
            said(node, "reversed in").span,
            "name a later year",
        )
    if amount is None or less is None or more is None or _itself(reader, less, more, "shifts a sum to itself"):
        return None
    return Shift(amount, less, more, reversed_in, node.span)


def _itself(reader: Reader, one: Text, other: Text, what: str) -> bool:
    """Whether money would go from a partner to the same partner, which is reported."""
    if one.text == other.text:
        reader.misfit(f"`{one.text}` {what}", other.span, "name two partners")
    return one.text == other.text


# ---- budgets ----------------------------------------------------------------------------------------


def budget_years(reader: Reader, node: Mapping, perimeters: Perimeters) -> tuple[BudgetYear, ...]:
    """Build the budgets, year by year as written."""
    return tuple(
        BudgetYear(
            year=years.first,
            last=years.last,
            onwards=years.onwards,
            lines=_budget_lines(reader, found, perimeters),
            rolled=RolledBudget(_uplift(reader, item), item.span) if (item := _rolled_once(reader, found)) else None,
            remarks=remarks(found),
            span=found.span,
        )
        for years, found in dated_blocks(reader, node, "budgets")
    )


def _budget_lines(reader: Reader, node: Mapping, perimeters: Perimeters) -> tuple[BudgetLine, ...]:
    """Build the budget of each scheme, which must be one of this fund."""
    own = {scheme.name.text for scheme in perimeters.own}
    lines = []
    for entry in part(node, "amounts") or ():
        name = Text(entry.key.text, entry.key.span)
        amount = reader.amount_of(entry.value)
        if not reader.resolve("scheme", name) or amount is None:
            continue
        if name.text not in own:
            reader.misfit(f"`{name.text}` is a scheme of another fund", name.span, "budget for it in its own fund")
            continue
        lines.append(BudgetLine(name, amount))
    return tuple(lines)


# ---- payments between partners -------------------------------------------------------------------------


def payment_years(reader: Reader, node: Mapping) -> tuple[PaymentYear, ...]:
    """Build what partners pay one another, year by year as written."""
    return tuple(
        PaymentYear(
            year=years.first,
            last=years.last,
            onwards=years.onwards,
            lines=tuple(made for item in parts(found, "amounts") if (made := _payment(reader, item))),
            rolled=RolledPayments(_uplift(reader, item), item.span) if (item := _rolled_once(reader, found)) else None,
            remarks=remarks(found),
            span=found.span,
        )
        for years, found in dated_blocks(reader, node, "payments")
    )


def _payment(reader: Reader, node: Mapping) -> PartnerPayment | None:
    """Build one payment from one partner to another."""
    payer, payee = reader.reference(node, "from", "partner"), reader.reference(node, "to", "partner")
    amount = reader.amount(node, "amount")
    if payer is None or payee is None or amount is None or _itself(reader, payer, payee, "pays itself"):
        return None
    return PartnerPayment(payer, payee, amount, said(node, "for"), node.span)
