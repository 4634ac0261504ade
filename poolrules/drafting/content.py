"""What the clause files are given to print: the agreement, its rules, and the words for them.

Every sum, percentage and date of a draft comes through the functions handed over here, from the same
rules that settle money.
"""

from collections.abc import Iterator, Sequence

from poolrules.base.dates import Length, format_day
from poolrules.base.mode import Mode
from poolrules.base.money import format_money
from poolrules.base.shares import format_percent
from poolrules.drafting.shown import (
    BudgetShown,
    CapShown,
    ContributionShown,
    ExampleShown,
    ExpectShown,
    FlowShown,
    FundShown,
    LawShown,
    RollShown,
    SchemeShown,
    StepShown,
    YearShown,
)
from poolrules.model import agreement as model
from poolrules.ruleset.places import waterfall_id
from poolrules.ruleset.ruleset import (
    BudgetRule,
    ByPartners,
    ContributionRule,
    Decided,
    ExampleRule,
    Expectation,
    FromUnderspends,
    FundRules,
    Outcome,
    Ruleset,
    SchemeRule,
    Step,
    Trigger,
    Waterfall,
    YearFigures,
)
from poolrules.ruleset.words import (
    cap_words,
    length_words,
    listed,
    mode_words,
    reserve_words,
    sharing_words,
    step_words,
    the,
)

_POOLS = ("s75", "s65z6", "s33", "part9")
"""The bases whose law speaks of a pooled fund."""

_PERIODS = {"monthly": "month", "quarterly": "quarter", "half-yearly": "half-year", "yearly": "Financial Year"}
_VERBS = {
    Outcome.PAYS: "pays",
    Outcome.RECEIVES: "receives",
    Outcome.GIVES: "gives",
    Outcome.HOLDS: "holds at the end of the year",
    Outcome.UNDECIDED: "undecided",
    Outcome.UNALLOCATED: "unallocated",
}


def values_of(agreement: model.Agreement, rules: Ruleset) -> dict[str, object]:
    """Everything a clause file may print about an agreement and its compiled rules."""
    several = len(rules.funds) > 1
    said = {fund.name.text: fund for fund in agreement.funds}
    lent = frozenset(_lent(rules))
    return {
        "agreement": agreement,
        "law": _law(agreement, rules),
        "funds": tuple(
            _fund(said[fund.name], fund, place, lent, several=several) for place, fund in enumerate(rules.funds)
        ),
        "examples": tuple(_examples(agreement, rules)),
        "names": tuple(_names(agreement)),
        "money": format_money,
        "day": format_day,
        "length": _length,
        "period": _period,
        "pay_day": _pay_day,
        "ending": _ending,
        "listed": listed,
        "texts": _texts,
        "bare": _bare,
        "sentence": _sentence,
        "opening": _opening,
        "the": the,
        "reserve_words": reserve_words,
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
        yield from (scheme.name.text for scheme in fund.schemes)
        yield from (reserve.name.text for reserve in fund.reserves)
    yield from (board.name.text for board in agreement.boards)


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


def _pay_day(day: model.Text) -> str:
    """The day of a period on which contributions are paid."""
    return length_words(day.text)


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


# ---- funds ----------------------------------------------------------------------------------


def _fund(said: model.Fund, rules: FundRules, place: int, lent: frozenset[str], *, several: bool) -> FundShown:
    """Make ready one fund; the anchors of the first fund's clauses carry no mark, so that single references hold."""
    flows = {rule.id: rule for rule in rules.waterfalls}
    return FundShown(
        name=rules.name,
        called=the(rules.name),
        title=rules.title,
        said=said,
        rules=rules,
        suffix=f": {rules.title}" if several else "",
        mark=f".{rules.name}" if place else "",
        partners=tuple(the(partner) for partner in rules.partners),
        schemes=tuple(_scheme(said.scheme(rule.name), rule, lends=rule.name in lent) for rule in rules.schemes),
        overspends=tuple(_flow(flow, flows[waterfall_id(said, flow)]) for flow in said.overspends),
        underspends=tuple(_flow(flow, flows[waterfall_id(said, flow)]) for flow in said.underspends),
        beside=tuple(scheme.name for scheme in rules.schemes if not scheme.pooled),
        shares=any(scheme.mode is Mode.SHARED for scheme in rules.schemes),
        no_overspends=tuple(_without(rules, Trigger.OVERSPEND)),
        no_underspends=tuple(_without(rules, Trigger.UNDERSPEND)),
        years=tuple(_year(said, rules, year) for year in rules.years),
        rolls=tuple(_rolls(said)),
        budget_rolls=tuple(_budget_rolls(said)),
    )


def _without(rules: FundRules, trigger: Trigger) -> Iterator[str]:
    """The shared schemes that no waterfall of one trigger deals with."""
    dealt_with = {name for waterfall in rules.waterfalls if waterfall.trigger is trigger for name in waterfall.schemes}
    for scheme in rules.schemes:
        if scheme.mode is Mode.SHARED and scheme.name not in dealt_with:
            yield scheme.name


def _scheme(said: model.Scheme, rule: SchemeRule, *, lends: bool) -> SchemeShown:
    """Make ready one scheme; what is ring-fenced or merely in view lends nothing, whatever a step names."""
    open_to_steps = rule.mode in (Mode.OWN_RISK, Mode.FIXED_SHARE, Mode.ALIGNED)
    return SchemeShown(
        rule.id, rule.name, rule.title, mode_words(rule), rule.capital, lends and open_to_steps, said.remarks
    )


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
        caps=tuple(CapShown(cap.id, cap_words(cap)) for cap in rule.caps),
        has_caps=bool(rule.caps) or capped,
        has_limits=any(step.at_most is not None or step.until is not None for step in rule.steps),
        has_causes=any(step.cause is not None for step in rule.steps),
        has_decisions=any(isinstance(step.taker, Decided) for step in rule.steps),
        complete=bool(rule.steps) and rule.steps[-1].remainder,
    )


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


def _rolls(fund: model.Fund) -> Iterator[RollShown]:
    """Make ready how contributions roll forward."""
    for block in fund.contributions:
        for number, rolled in enumerate(block.rolled, 1):
            yield RollShown(
                id=f"{fund.name}.uplift.{block.year}.{number}",
                year=str(block.year),
                partners=listed([the(partner.text) for partner in rolled.partners]),
                single=len(rolled.partners) == 1,
                recurrent_only=rolled.recurrent_only,
                uplift=format_percent(rolled.uplift.share) if rolled.uplift else None,
            )


def _budget_rolls(fund: model.Fund) -> Iterator[RollShown]:
    """Make ready how budgets roll forward."""
    for block in fund.budgets:
        if block.rolled:
            uplift = format_percent(block.rolled.uplift.share) if block.rolled.uplift else None
            yield RollShown(f"{fund.name}.budget-uplift.{block.year}", str(block.year), "", False, False, uplift)


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
        cash=sum(line.pence for line in figures.contributions if not line.in_kind),
        budgets=tuple(_budget(budget, schemes[budget.scheme]) for budget in figures.budgets),
        unbudgeted=tuple(
            _budget(BudgetRule("", scheme.name, 0), scheme) for scheme in rules.schemes if scheme.name not in budgeted
        ),
        contribution_remarks=_remarks_of(said.contributions, figures.year),
        budget_remarks=_remarks_of(said.budgets, figures.year),
    )


def _remarks_of(blocks: Sequence[model.ContributionYear | model.BudgetYear], year: str) -> model.Remarks:
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
            given="; ".join(_given(rule)),
            expects=tuple(_expected(line) for line in rule.expects),
            remarks=said.remarks,
        )


def _given(rule: ExampleRule) -> Iterator[str]:
    """What an example supposes, in words."""
    for spending in rule.spending:
        cause = f", marked “{spending.cause}”" if spending.cause else ""
        yield f"{spending.scheme} spends {format_money(spending.pence)}{cause}"
    for reserve, pence in rule.openings:
        yield f"{reserve_words(reserve)} opens at {format_money(pence)}"
    for decision in rule.decisions:
        decides = f"decides: {sharing_words(decision.sharing)}" if decision.sharing else "does not decide in time"
        yield f"{the(decision.body)} {decides}"
    if rule.rest_on_budget:
        yield "everything else is on budget"


def _expected(line: Expectation) -> ExpectShown:
    """Make ready one row of a worked example."""
    nearest = f" to the nearest {format_money(line.unit)}" if line.unit > 1 else ""
    return ExpectShown(line.id, line.who or "", _VERBS[line.outcome], line.pence, nearest)
