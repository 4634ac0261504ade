"""What the clause files are given to print: the agreement, its rules, and the words for them.

Every sum, percentage and date of a draft comes through the functions handed over here, from the same
rules that settle money.
"""

import datetime
from collections.abc import Iterator, Sequence
from fractions import Fraction

from poolrules.base.counts import format_count
from poolrules.base.dates import Length, format_day
from poolrules.base.mode import Mode
from poolrules.base.money import format_money
from poolrules.base.shares import format_percent
from poolrules.drafting.shown import (
    AwaitedShown,
    BudgetShown,
    BuildUpShown,
    CapShown,
    CompartmentShown,
    ContributionShown,
    ExampleShown,
    ExpectShown,
    FactShown,
    FlowShown,
    FundShown,
    IndexShown,
    KeyShown,
    LawShown,
    PartShown,
    PaymentShown,
    RollShown,
    SchemeShown,
    ShiftShown,
    StepShown,
    VariationShown,
    YearShown,
)
from poolrules.model import agreement as model
from poolrules.ruleset.build_up import BuildUp, build_up, cash_of
from poolrules.ruleset.duties import part_id, rate_id
from poolrules.ruleset.keys import weights_in
from poolrules.ruleset.leaving import not_before_id, notice_id
from poolrules.ruleset.places import compartment_id, waterfall_id
from poolrules.ruleset.ruleset import (
    BudgetRule,
    ByPartners,
    Cap,
    CarryForward,
    Change,
    ContributionRule,
    Decided,
    ExampleRule,
    Expectation,
    FactRule,
    FromUnderspends,
    FundRules,
    KeyRule,
    KeyYear,
    OfSpending,
    Outcome,
    PaidByPeriod,
    PaidOnDays,
    PaymentRule,
    Retained,
    Ruleset,
    SchemeRule,
    Step,
    Trigger,
    Waterfall,
    Weights,
    YearFigures,
)
from poolrules.ruleset.words import (
    cap_words,
    interest_words,
    length_words,
    listed,
    mode_words,
    paid_words,
    reserve_words,
    sharing_words,
    step_words,
    the,
)

_POOLS = ("s75", "s65z6", "s33", "part9")
"""The bases whose law speaks of a pooled fund."""

_PERIODS = {"monthly": "month", "quarterly": "quarter", "half-yearly": "half-year", "yearly": "Financial Year"}
_CHANGES = {
    Change.RECURRENT: "recurrent change",
    Change.PLANNED: "planned change",
    Change.EFFICIENCY: "efficiency",
    Change.SHIFT: "shifted",
}
Block = model.ContributionYear | model.BudgetYear | model.PaymentYear
_VERBS = {
    Outcome.CONTRIBUTES: "contributes",
    Outcome.PAYS: "pays",
    Outcome.RECEIVES: "receives",
    Outcome.BEARS: "bears in all",
    Outcome.GIVES: "gives",
    Outcome.HOLDS: "holds at the end of the year",
    Outcome.UNDECIDED: "undecided",
    Outcome.UNALLOCATED: "unallocated",
}


def values_of(agreement: model.Agreement, rules: Ruleset) -> dict[str, object]:
    """Everything a clause file may print about an agreement and its compiled rules."""
    said = {fund.name.text: fund for fund in agreement.funds}
    lent = frozenset(_lent(rules))
    return {
        "agreement": agreement,
        "law": _law(agreement, rules),
        "funds": tuple(_fund(said[fund.name], fund, rules, place, lent) for place, fund in enumerate(rules.funds)),
        "keys": tuple(_key(said, rule) for said, rule in zip(agreement.keys, rules.keys, strict=True)),
        "facts": tuple(_fact(said, rule) for said, rule in zip(agreement.facts, rules.facts, strict=False)),
        "indices": tuple(_index(index) for index in agreement.indices),
        "examples": tuple(_examples(agreement, rules)),
        "names": tuple(_names(agreement)),
        "variations": tuple(_variations(rules)),
        "money": format_money,
        "day": format_day,
        "length": _length,
        "period": _period,
        "calendar": rules.calendar,
        "interest_words": interest_words,
        "ending": _ending,
        "listed": listed,
        "texts": _texts,
        "bare": _bare,
        "sentence": _sentence,
        "opening": _opening,
        "the": the,
        "reserve_words": reserve_words,
        "notice_id": notice_id,
        "not_before_id": not_before_id,
        "partners_words": _partners_words,
        "others": _given_by_others(agreement),
        "lifted": any(cap.unless for cap in _caps(rules)),
        "carries": any(_carries(rules)),
        "one_off_only": any(one.one_off_only for one in _carried_by(rules)),
        "balance_words": sharing_words(rules.exit.sharing) if rules.exit and rules.exit.sharing else "",
        "with_article": with_article,
    }


def _law(agreement: model.Agreement, rules: Ruleset) -> LawShown:
    """What depends on the legal basis."""
    basis = agreement.basis
    key = basis.key if basis else ""
    manager = "Pooled Fund Manager" if key in _POOLS else "Fund Manager"
    scotland = basis is not None and basis.nation == "Scotland"
    return LawShown(key, rules.basis or "a legal basis not yet stated", manager, scotland)


def _names(agreement: model.Agreement) -> Iterator[str]:
    """The names that an agreement gives, which the draft defines and may not define twice."""
    yield from (partner.name.text for partner in agreement.partners)
    for fund in agreement.funds:
        yield fund.name.text
        yield from (one.name.text for one in fund.compartments)
        yield from (flow.called.text for flow in fund.waterfalls if flow.called)
        yield from (scheme.name.text for scheme in fund.schemes)
        yield from (reserve.name.text for reserve in fund.reserves)
    yield from (board.name.text for board in agreement.boards)
    yield from (key.name.text for key in agreement.keys)
    yield from (fact.name.text for fact in agreement.facts)
    yield from (index.name.text for index in agreement.indices)


def _variations(rules: Ruleset) -> Iterator[VariationShown]:
    """The deeds of variation that the text includes."""
    for version in rules.versions[1:]:
        agreed = format_day(datetime.date.fromisoformat(version.agreed)) if version.agreed else ""
        from_day = format_day(datetime.date.fromisoformat(version.from_day))
        yield VariationShown(version.number, from_day, agreed, version.minute or "")


def _given_by_others(agreement: model.Agreement) -> str:
    """The partners that have a notice of their own, so that the rest can be told from them."""
    notices = agreement.exit.notices if agreement.exit else ()
    return _partners_words([partner for notice in notices for partner in notice.given_by])


def _steps(rules: Ruleset) -> Iterator[Step]:
    """Every step of an agreement."""
    for fund in rules.funds:
        for waterfall in fund.waterfalls:
            yield from waterfall.steps


def _caps(rules: Ruleset) -> Iterator[Cap]:
    """Every limit on a partner."""
    for fund in rules.funds:
        yield from (cap for waterfall in fund.waterfalls for cap in waterfall.caps)
    for step in _steps(rules):
        yield from step.taker.caps if isinstance(step.taker, ByPartners) else ()


def _carried_by(rules: Ruleset) -> Iterator[CarryForward]:
    """Every way in which a step carries money forward, at once or failing a decision."""
    for step in _steps(rules):
        taker = step.taker.failing if isinstance(step.taker, Decided) else step.taker
        if isinstance(taker, CarryForward):
            yield taker


def _carries(rules: Ruleset) -> Iterator[bool]:
    """Whether anything is carried into a next year: by a step, or inside a fence."""
    yield from (True for _ in _carried_by(rules))
    yield from (True for fund in rules.funds for scheme in fund.schemes if scheme.mode is Mode.RING_FENCED)


def _lent(rules: Ruleset) -> Iterator[str]:
    """The schemes whose underspend some step may use."""
    for fund in rules.funds:
        for waterfall in fund.waterfalls:
            for step in waterfall.steps:
                if isinstance(step.taker, FromUnderspends):
                    yield from step.taker.schemes


# ---- words ----------------------------------------------------------------------------------


def _length(length: Length) -> str:
    """A length of time in words."""
    return length_words(str(length))


def _period(how_often: model.Text) -> str:
    """What comes round so often.

    >>> from poolrules.source.span import line_span
    >>> _period(model.Text("quarterly", line_span("", 1, 1, 1)))
    'quarter'
    """
    return _PERIODS.get(how_often.text, "period")


def _ending(after: int) -> str:
    """What a paragraph of a list ends in, by its place counted from the last, which is 1.

    >>> _ending(3), _ending(2), _ending(1)
    (';', '; and', '.')
    """
    return "." if after == 1 else "; and" if after == 2 else ";"


def _texts(texts: Sequence[model.Text]) -> str:
    """Several texts in one sentence."""
    return listed([_bare(text) for text in texts])


def _bare(text: model.Text) -> str:
    """Quoted words without a full stop of their own, to go on after them."""
    return text.text.rstrip(".; ")


def _sentence(text: model.Text) -> str:
    """Quoted words as a sentence, with one full stop."""
    return text.text if text.text.endswith((".", "!", "?")) else f"{_bare(text)}."


def _opening(words: str) -> str:
    """Words at the beginning of a sentence.

    >>> _opening("the Council")
    'The Council'
    """
    return f"{words[:1].upper()}{words[1:]}"


def with_article(words: str) -> str:
    """Put `a` or `an` before words.

    >>> with_article("integrated care board"), with_article("unitary council")
    ('an integrated care board', 'a unitary council')
    """
    vowel = words[:1].lower() in "aeio" or words.startswith("NHS")
    return f"{'an' if vowel else 'a'} {words}"


# ---- keys, facts and indices -----------------------------------------------------------------


def _key(said: model.Key, rule: KeyRule) -> KeyShown:
    """Make ready a key; where partners have values in different years, one without has none shown."""
    named = dict.fromkeys(part.partner for year in rule.years for part in year.parts)
    return KeyShown(
        id=rule.id,
        name=rule.name,
        title=rule.title,
        counted=rule.counted,
        found_by=rule.found_by or "",
        columns=tuple(named),
        rows=tuple((year.id, year.year, *_values(said, year, tuple(named))) for year in rule.years),
        remarks=said.remarks,
    )


def _values(said: model.Key, year: KeyYear, columns: Sequence[str]) -> tuple[tuple[str, ...], str]:
    """What each partner counts for in a year, and all together: whole numbers, percentages or sums of money."""
    block = next(block for block in said.years if weights_in(block) == year.parts)
    values = {value.partner.text: value.value for value in block.values}
    cells = tuple(_value(block.unit, values[partner]) if partner in values else "" for partner in columns)
    return cells, _value(block.unit, sum(values.values(), Fraction(0)))


def _value(unit: model.KeyUnit, value: Fraction) -> str:
    """One value of a key in words."""
    if unit is model.KeyUnit.PERCENT:
        return format_percent(value)
    return format_money(int(value)) if unit is model.KeyUnit.MONEY else format_count(int(value))


def _fact(said: model.Fact, rule: FactRule) -> FactShown:
    """Make ready a fact."""
    return FactShown(rule.id, rule.name, rule.title, rule.amount, rule.found_by or "", said.remarks)


def _index(said: model.Index) -> IndexShown:
    """Make ready an index."""
    rows = tuple((rate_id(said, rate), str(rate.year), format_percent(rate.percent.share)) for rate in said.rates)
    return IndexShown(f"index.{said.name}", said.name.text, said.title.text, rows, said.remarks)


# ---- funds ----------------------------------------------------------------------------------


def _fund(said: model.Fund, rules: FundRules, everywhere: Ruleset, place: int, lent: frozenset[str]) -> FundShown:
    """Make ready one fund; the anchors of the first fund's clauses carry no mark, so that single references hold."""
    flows = {rule.id: rule for rule in rules.waterfalls}
    overspends, underspends = (
        tuple(_flow(flow, flows[waterfall_id(said, flow)]) for flow in kind)
        for kind in (said.overspends, said.underspends)
    )
    return FundShown(
        name=rules.name,
        called=the(rules.name),
        title=rules.title,
        said=said,
        rules=rules,
        suffix=f": {rules.title}" if len(everywhere.funds) > 1 else "",
        mark=f".{rules.name}" if place else "",
        partners=tuple(the(partner) for partner in rules.partners),
        schemes=tuple(_scheme(said.scheme(rule.name), rule, lends=rule.name in lent) for rule in rules.schemes),
        overspends=overspends,
        underspends=underspends,
        called_terms=tuple(flow for flow in (*overspends, *underspends) if flow.said.called),
        gains=tuple(_flow(flow, flows[waterfall_id(said, flow)]) for flow in said.gains),
        compartments=tuple(_compartment(said, one) for one in said.compartments),
        held_for={one.name: sharing_words(Weights(one.held_for)) for one in rules.reserves if one.held_for},
        beside=tuple(scheme.name for scheme in rules.schemes if not scheme.pooled),
        shares=any(scheme.mode is Mode.SHARED for scheme in rules.schemes),
        no_overspends=tuple(_without(rules, everywhere, Trigger.OVERSPEND)),
        no_underspends=tuple(_without(rules, everywhere, Trigger.UNDERSPEND)),
        years=tuple(_year(said, rules, year) for year in rules.years),
        rolls=tuple(_rolls(said)),
        budget_rolls=tuple(_carried(said, said.budgets, "budget-uplift")),
        payment_rolls=tuple(_carried(said, said.payments, "payment-uplift")),
        awaited=tuple(_awaited(said)),
        parts=tuple(_parts(said)),
        shifts=tuple(_shifts(said)),
        changed=any(block.changes for block in said.contributions),
        conditional=any(line.condition for year in rules.years for line in year.contributions),
        indicative=any(line.indicative for year in rules.years for line in year.contributions),
        charged=any(line.charges for year in rules.years for line in year.contributions),
        paid=paid_words(rules.paid) if isinstance(rules.paid, PaidByPeriod | PaidOnDays) else "",
        interest=rules.interest is not None and rules.interest.numerator > 0,
        retained=isinstance(rules.paid, Retained),
        profiled=isinstance(rules.paid, PaidOnDays) and not rules.paid.equal,
        by_period=isinstance(rules.paid, PaidByPeriod),
    )


def _without(rules: FundRules, everywhere: Ruleset, trigger: Trigger) -> Iterator[str]:
    """The schemes of a fund that a waterfall of one trigger should deal with, and none of any fund does."""
    waterfalls = (waterfall for fund in everywhere.funds for waterfall in fund.waterfalls)
    dealt_with = {name for waterfall in waterfalls if waterfall.trigger is trigger for name in waterfall.schemes}
    for scheme in rules.schemes:
        left_open = scheme.mode is Mode.SHARED or (scheme.over_only and trigger is Trigger.UNDERSPEND)
        if left_open and scheme.name not in dealt_with:
            yield scheme.name


def _scheme(said: model.Scheme, rule: SchemeRule, *, lends: bool) -> SchemeShown:
    """Make ready one scheme; what is ring-fenced or merely in view lends nothing, whatever a step names."""
    open_to_steps = rule.mode in (Mode.OWN_RISK, Mode.FIXED_SHARE, Mode.ALIGNED)
    return SchemeShown(
        id=rule.id,
        name=rule.name,
        title=rule.title,
        words=mode_words(rule),
        capital=rule.capital,
        lends=lends and open_to_steps,
        aligned=rule.mode is Mode.ALIGNED,
        lead=the(rule.lead) if rule.lead and rule.mode is not Mode.ALIGNED else "",
        days=_days(said.runs),
        anchors=(f"{rule.id}.from", f"{rule.id}.to") if said.runs else (),
        remarks=said.remarks,
    )


def _days(runs: model.Runs | None) -> str:
    """The days on which something runs, in words."""
    return f"from {format_day(runs.first.date)} to {format_day(runs.last.date)}" if runs else ""


def _compartment(fund: model.Fund, said: model.Compartment) -> CompartmentShown:
    """Make ready a compartment."""
    found = compartment_id(fund, said.name.text)
    schemes = listed([name.text for name in said.schemes])
    anchors = (f"{found}.from", f"{found}.to") if said.runs else ()
    return CompartmentShown(found, said.name.text, said.title.text, schemes, _days(said.runs), anchors)


def _flow(said: model.Waterfall, rule: Waterfall) -> FlowShown:
    """Make ready an overspend or underspend block."""
    capped = any(isinstance(step.taker, ByPartners) and step.taker.caps for step in rule.steps)
    return FlowShown(
        id=rule.id,
        said=said,
        schemes=listed(rule.schemes) or "the shared Schemes, of which there are none,",
        several=len(rule.schemes) > 1,
        separately=rule.separately and len(rule.schemes) > 1,
        threshold=_threshold(said),
        steps=tuple(_step(rule, step, place) for place, step in enumerate(rule.steps)),
        caps=tuple(CapShown(cap.id, cap_words(cap, rule)) for cap in rule.caps),
        has_caps=bool(rule.caps) or capped,
        has_limits=any(step.at_most is not None or step.until is not None for step in rule.steps),
        steps_over_term=any(step.over_term is not None for step in rule.steps),
        has_spending=any(_shares_spending(step) for step in rule.steps),
        has_causes=any(step.cause is not None for step in rule.steps),
        has_decisions=any(isinstance(step.taker, Decided) for step in rule.steps),
        has_interim=any(isinstance(step.taker, Decided) and step.taker.interim for step in rule.steps),
        order=_order(said),
        over_term=any(cap.over_term for cap in rule.caps),
        complete=bool(rule.steps) and rule.steps[-1].remainder,
    )


def _shares_spending(step: Step) -> bool:
    """Whether a step shares all that was spent, at once or failing a decision."""
    taker = step.taker
    sharing = taker.sharing if isinstance(taker, ByPartners) else taker.failing if isinstance(taker, Decided) else None
    return isinstance(sharing, OfSpending)


def _order(said: model.Waterfall) -> str:
    """What terms are called, and which others come before or after them, as a sentence, if either is said."""
    after = f"after {listed([name.text for name in said.subject_to])}" if said.subject_to else ""
    before = f"before {listed([name.text for name in said.despite])}" if said.despite else ""
    placed = " and ".join(words for words in (after, before) if words)
    if said.gain or said.called is None:
        return f"These terms are dealt with {placed}." if placed else ""
    return f"These terms are called {said.called}{f', and are dealt with {placed}' if placed else ''}."


def _threshold(said: model.Waterfall) -> str:
    """The forecast that sets off a notice, in words."""
    if said.notify is None:
        return ""
    if said.notify.over_amount:
        return format_money(said.notify.over_amount.pence)
    share, several = said.notify.over_share, len(said.schemes) > 1 and not said.separately
    return f"{format_percent(share.share)} of {'their budgets' if several else 'its budget'}" if share else ""


def _step(rule: Waterfall, step: Step, place: int) -> StepShown:
    """Make ready one step."""
    ordinal = "first" if place == 0 else "then"
    if step.remainder:
        ordinal = "as to whatever then remains" if place else "as to the whole"
    anchors = [cap.id for cap in step.taker.caps] if isinstance(step.taker, ByPartners) else []
    if isinstance(step.taker, Decided) and step.taker.within:
        anchors.append(f"{step.id}.decision")
    return StepShown(step.id, ordinal, step_words(rule, step), tuple(anchors))


def _when(block: Block) -> str:
    """For which years a block of money holds, to begin a sentence with."""
    if block.onwards:
        return f"For the Financial Year {block.year} and each that follows"
    if block.last > block.year:
        return f"For each of the Financial Years {block.year} to {block.last}"
    return f"For the Financial Year {block.year}"


def _raised_by(uplift: model.Uplift | None) -> str | None:
    """By how much something is raised, in words."""
    if uplift is None:
        return None
    if uplift.percent:
        return format_percent(uplift.percent.share)
    return f"the percentage that {uplift.index} has for the Financial Year"


def _partners_words(partners: Sequence[model.Text]) -> str:
    """Several partners in one sentence."""
    return listed([the(partner.text) for partner in partners])


def _rolls(fund: model.Fund) -> Iterator[RollShown]:
    """Make ready how contributions roll forward."""
    for block in fund.contributions:
        for number, rolled in enumerate(block.rolled, 1):
            yield RollShown(
                id=f"{fund.name}.uplift.{block.year}.{number}",
                when=_when(block),
                onwards=block.onwards,
                partners=_partners_words(rolled.partners),
                single=len(rolled.partners) == 1,
                recurrent_only=rolled.recurrent_only,
                recurrent_variances=rolled.recurrent_variances,
                uplift=_raised_by(rolled.uplift),
            )


def _carried(
    fund: model.Fund, blocks: Sequence[model.BudgetYear | model.PaymentYear], word: str
) -> Iterator[RollShown]:
    """Make ready how budgets, or payments between partners, roll forward."""
    for block in blocks:
        if block.rolled:
            found = f"{fund.name}.{word}.{block.year}"
            yield RollShown(
                found, _when(block), block.onwards, "", False, False, False, _raised_by(block.rolled.uplift)
            )


def _awaited(fund: model.Fund) -> Iterator[AwaitedShown]:
    """Make ready whose contributions are still to be set."""
    for block in fund.contributions:
        for number, line in enumerate(block.awaited, 1):
            yield AwaitedShown(
                id=f"{fund.name}.set.{block.year}.{number}",
                when=_when(block),
                onwards=block.onwards,
                partners=_partners_words(line.partners),
                single=len(line.partners) == 1,
                by=format_day(line.by.date) if line.by else "",
                regard=_texts(line.having_regard_to),
            )


def _parts(fund: model.Fund) -> Iterator[PartShown]:
    """Make ready the contributions for part of a year."""
    lines = [(block, *one) for block in fund.contributions for one in enumerate(block.amounts, 1)]
    for block, number, line in lines:
        if line.part:
            ends = [("from", line.part.first), ("to", line.part.last)]
            said = [(word, day) for word, day in ends if day]
            yield PartShown(
                anchors=tuple(f"{part_id(fund, block, number)}.{word}" for word, _ in said),
                partner=the(line.partner.text),
                a_year=line.amount.pence,
                part=" ".join(f"{word} {format_day(day.date)}" for word, day in said),
                months=line.part.by_months,
            )


def _shifts(fund: model.Fund) -> Iterator[ShiftShown]:
    """Make ready the sums that one partner pays in place of another."""
    for block in fund.contributions:
        for shift in block.shifts:
            year = str(shift.reversed_in) if shift.reversed_in else ""
            less, more = the(shift.less.text), the(shift.more.text)
            yield ShiftShown(str(block.year), shift.amount.pence, less, more, year)


# ---- schedules -----------------------------------------------------------------------------------


def _year(said: model.Fund, rules: FundRules, figures: YearFigures) -> YearShown:
    """Make ready the schedules of one year."""
    schemes = {scheme.name: scheme for scheme in rules.schemes}
    budgeted = {budget.scheme for budget in figures.budgets}
    provided = _provided(said)
    return YearShown(
        year=figures.year,
        contributions=tuple(_contribution(line, provided) for line in figures.contributions),
        sourced=any(line.source for line in figures.contributions),
        tied=any(line.scheme for line in figures.contributions),
        cash=cash_of(figures),
        conditional=any(line.condition for line in figures.contributions),
        unset=figures.unset,
        build_up=_build_up(figures),
        payments=tuple(_payment(line) for line in figures.payments),
        net_payments=tuple(_net_payments(figures.payments)),
        payment_remarks=_remarks_of(said.payments, figures.year),
        budgets=tuple(_budget(budget, schemes[budget.scheme]) for budget in figures.budgets),
        unbudgeted=tuple(
            _budget(BudgetRule("", scheme.name, 0), scheme) for scheme in rules.schemes if scheme.name not in budgeted
        ),
        contribution_remarks=_remarks_of(said.contributions, figures.year),
        budget_remarks=_remarks_of(said.budgets, figures.year),
    )


_COLUMNS = (
    ("last_year", "Last year"),
    ("stated", "Stated"),
    ("recurrent", "Recurrent changes"),
    ("uplift", "Uplift"),
    ("planned", "Planned changes"),
    ("efficiency", "Efficiencies"),
    ("shifted", "Shifted"),
)
"""The parts that a contribution may be made up of, and what their columns are called."""


def _build_up(figures: YearFigures) -> BuildUpShown | None:
    """Make ready how contributions are made up, where they are more than sums stated for the year."""
    rows = build_up(figures)
    shown = [(part, head) for part, head in _COLUMNS if any(getattr(row, part) for row in rows)]
    if all(part == "stated" for part, _ in shown):
        return None
    return BuildUpShown(
        columns=(*(head for _, head in shown), "Contribution", "Share"),
        rows=tuple((row.partner, *_cells(row, [part for part, _ in shown])) for row in rows),
    )


def _cells(row: BuildUp, parts: Sequence[str]) -> Iterator[str]:
    """The sums of one row, and the share that comes of them; a part that is nil is left empty."""
    for part in parts:
        pence: int = getattr(row, part)
        yield format_money(pence) if pence else ""
    yield format_money(row.contribution)
    yield format_percent(row.share) if row.share is not None else ""


def _payment(line: PaymentRule) -> PaymentShown:
    """Make ready one payment between partners."""
    return PaymentShown(line.id, line.payer, line.payee, line.purpose, line.pence)


def _net_payments(payments: Sequence[PaymentRule]) -> Iterator[str]:
    """What is left to pay where two partners pay one another, in words."""
    owed: dict[tuple[str, str], int] = {}
    for line in payments:
        pair = (line.payer, line.payee)
        owed[pair] = owed.get(pair, 0) + line.pence
    for (payer, payee), pence in owed.items():
        back = owed.get((payee, payer))
        if back is not None and pence > back:
            yield f"On balance {the(payer)} pays {the(payee)} {format_money(pence - back)}."
        elif back == pence and payer < payee:
            yield f"On balance {the(payer)} and {the(payee)} pay one another nothing."


def _remarks_of(blocks: Sequence[Block], year: str) -> model.Remarks:
    """The remarks in the block of one year."""
    return next((block.remarks for block in blocks if str(block.year) == year), model.Remarks())


def _provided(said: model.Fund) -> dict[tuple[str, str], str]:
    """What is provided in kind, by partner and source, where a contribution says both."""
    lines = [line for block in said.contributions for line in block.amounts]
    return {(line.partner.text, line.source.text): line.in_kind.text for line in lines if line.source and line.in_kind}


def _contribution(line: ContributionRule, provided: dict[tuple[str, str], str]) -> ContributionShown:
    """Make ready one row of the schedule of contributions."""
    kinds = [
        "in kind" if line.in_kind else "cash",
        "capital" if line.capital else "",
        "" if line.recurrent else "one-off",
        _CHANGES[line.change] if line.change else "",
        "indicative" if line.indicative else "",
        f"{'gross' if line.gross else 'net'} of charges of {format_money(line.charges)}" if line.charges else "",
        f"part of {format_money(line.a_year)} a year" if line.a_year is not None else "",
        f"{'if' if line.condition.holds else 'unless'} {line.condition.fact}" if line.condition else "",
    ]
    source = line.source or ""
    also = provided.get((line.partner, source)) if line.in_kind else None
    return ContributionShown(
        id=line.id,
        partner=line.partner,
        source=f"{source}: {also}" if also else source,
        kind=", ".join(kind for kind in kinds if kind),
        scheme=f"{line.scheme} only" if line.scheme else "",
        pence=line.pence,
    )


def _budget(budget: BudgetRule, scheme: SchemeRule) -> BudgetShown:
    """Make ready one row of the schedule of schemes."""
    risk = mode_words(scheme).split(":")[0]
    bearer = f" of {the(scheme.bearer)}" if scheme.bearer and risk == "own risk" else ""
    return BudgetShown(
        budget.id, scheme.name, scheme.title, budget.pence, f"{risk}{bearer}{', capital' if scheme.capital else ''}"
    )


# ---- worked examples ---------------------------------------------------------------------------------


def _examples(agreement: model.Agreement, rules: Ruleset) -> Iterator[ExampleShown]:
    """Make ready the worked examples."""
    for rule in rules.examples:
        said = agreement.examples[int(rule.id.removeprefix("example.")) - 1]
        yield ExampleShown(
            id=rule.id,
            title=rule.title,
            year=rule.year,
            given="; ".join(_given(rule, rules.keys)),
            expects=tuple(_expected(line) for line in rule.expects),
            remarks=said.remarks,
        )


def _given(rule: ExampleRule, keys: Sequence[KeyRule]) -> Iterator[str]:
    """What an example supposes, in words."""
    for spending in rule.spending:
        cause = f", marked “{spending.cause}”" if spending.cause else ""
        way = "spends"
        if spending.off_budget:
            way = "overspends by" if spending.pence >= 0 else "underspends by"
        yield f"{spending.scheme} {way} {format_money(abs(spending.pence))}{cause}"
    for reserve, pence in rule.openings:
        yield f"{reserve_words(reserve)} opens at {format_money(pence)}"
    for mark in rule.marked:
        yield f"of what {mark.scheme} is over or under its budget, {format_money(mark.pence)} is marked “{mark.mark}”"
    for fact in rule.facts:
        amount = f"comes to {format_money(fact.pence)}" if fact.pence is not None else ""
        yield f"{fact.fact} {amount or ('holds' if fact.holds else 'does not hold')}"
    for count in rule.counts:
        money = next((key.money for key in keys if key.name == count.key), False)
        shown = format_money if money else format_count
        yield f"{count.key} is {listed([f'{shown(one.weight)} for {the(one.partner)}' for one in count.parts])}"
    for decision in rule.decisions:
        decides = f"decides: {sharing_words(decision.sharing)}" if decision.sharing else "does not decide in time"
        yield f"{the(decision.body)} {decides}"
    if rule.rest_on_budget:
        yield "everything else is on budget"


def _expected(line: Expectation) -> ExpectShown:
    """Make ready one row of a worked example."""
    nearest = f" to the nearest {format_money(line.unit)}" if line.unit > 1 else ""
    return ExpectShown(line.id, line.who or "", _VERBS[line.outcome], line.pence, nearest)
