"""What the clause files are given to print: the agreement, its rules, and the words for them.

Every sum, percentage and date of a draft comes through the functions handed over here, from the same
rules that settle money.
"""

from collections.abc import Iterator, Sequence

from poolrules.base.dates import Length, format_day
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
    RollShown,
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
    FundRules,
    Outcome,
    Ruleset,
    SchemeRule,
    Step,
    Waterfall,
    YearFigures,
)
from poolrules.ruleset.words import cap_words, listed, mode_words, perimeter_words, sharing_words, step_words

_LAW = {"Scotland": "Scotland", "Wales": "England and Wales"}
_VERBS = {
    Outcome.PAYS: "pays",
    Outcome.RECEIVES: "receives",
    Outcome.GIVES: "gives",
    Outcome.HOLDS: "holds at the end of the year",
    Outcome.UNDECIDED: "is undecided",
    Outcome.UNALLOCATED: "is unallocated",
}


def values_of(agreement: model.Agreement, rules: Ruleset) -> dict[str, object]:
    """Everything a clause file may print about an agreement and its compiled rules."""
    several = len(rules.funds) > 1
    said = {fund.name.text: fund for fund in agreement.funds}
    schemes = {scheme.name.text: scheme for fund in agreement.funds for scheme in fund.schemes}
    return {
        "agreement": agreement,
        "rules": rules,
        "funds": tuple(_fund(said[fund.name], fund, place, several=several) for place, fund in enumerate(rules.funds)),
        "examples": tuple(_examples(agreement, rules)),
        "law_of": _LAW.get(agreement.basis.nation, "England and Wales") if agreement.basis else "England and Wales",
        "money": format_money,
        "day": format_day,
        "length": _length,
        "listed": listed,
        "texts": _texts,
        "with_article": with_article,
        "mode_words": mode_words,
        "scheme_remarks": lambda name: schemes[name].remarks,
    }


def _length(length: Length) -> str:
    """A length of time in words."""
    return str(length)


def _texts(texts: Sequence[model.Text]) -> str:
    """Several texts in one sentence."""
    return listed([text.text for text in texts])


def with_article(words: str) -> str:
    """Put `a` or `an` before words.

    >>> with_article("integrated care board"), with_article("unitary council")
    ('an integrated care board', 'a unitary council')
    """
    vowel = words[:1].lower() in "aeio" or words.startswith("NHS")
    return f"{'an' if vowel else 'a'} {words}"


# ---- funds ----------------------------------------------------------------------------------


def _fund(said: model.Fund, rules: FundRules, place: int, *, several: bool) -> FundShown:
    """Make ready one fund; the anchors of the first fund's clauses carry no mark, so that single references hold."""
    flows = {rule.id: rule for rule in rules.waterfalls}
    return FundShown(
        name=rules.name,
        title=rules.title,
        said=said,
        rules=rules,
        suffix=f": {rules.title}" if several else "",
        mark=f".{rules.name}" if place else "",
        overspends=tuple(_flow(flow, flows[waterfall_id(said, flow)]) for flow in said.overspends),
        underspends=tuple(_flow(flow, flows[waterfall_id(said, flow)]) for flow in said.underspends),
        years=tuple(_year(said, rules, year) for year in rules.years),
        rolls=tuple(_rolls(said)),
        budget_rolls=tuple(_budget_rolls(said)),
    )


def _flow(said: model.Waterfall, rule: Waterfall) -> FlowShown:
    """Make ready an overspend or underspend block."""
    capped = any(isinstance(step.taker, ByPartners) and step.taker.caps for step in rule.steps)
    return FlowShown(
        id=rule.id,
        said=said,
        perimeter=perimeter_words(rule),
        threshold=_threshold(said),
        steps=tuple(_step(rule, step, place) for place, step in enumerate(rule.steps)),
        caps=tuple(CapShown(cap.id, cap_words(cap)) for cap in rule.caps),
        has_caps=bool(rule.caps) or capped,
        complete=bool(rule.steps) and rule.steps[-1].remainder,
    )


def _threshold(said: model.Waterfall) -> str:
    """The forecast that sets off a notice, in words."""
    if said.notify is None:
        return ""
    if said.notify.over_amount:
        return format_money(said.notify.over_amount.pence)
    return f"{format_percent(said.notify.over_share.share)} of the budget" if said.notify.over_share else ""


def _step(rule: Waterfall, step: Step, place: int) -> StepShown:
    """Make ready one step."""
    ordinal = "as to whatever remains" if step.remainder else "first" if place == 0 else "then"
    anchors = [cap.id for cap in step.taker.caps] if isinstance(step.taker, ByPartners) else []
    if isinstance(step.taker, Decided) and step.taker.within:
        anchors.append(f"{step.id}.decision")
    return StepShown(step.id, ordinal, step_words(rule, step), tuple(anchors))


def _rolls(fund: model.Fund) -> Iterator[RollShown]:
    """Make ready how contributions roll forward."""
    for block in fund.contributions:
        for number, rolled in enumerate(block.rolled, 1):
            partners = [partner.text for partner in rolled.partners]
            yield RollShown(
                id=f"{fund.name}.uplift.{block.year}.{number}",
                year=str(block.year),
                partners=listed(partners),
                they="it" if len(partners) == 1 else "each",
                single=len(partners) == 1,
                recurrent_only=rolled.recurrent_only,
                uplift=format_percent(rolled.uplift.share) if rolled.uplift else None,
            )


def _budget_rolls(fund: model.Fund) -> Iterator[RollShown]:
    """Make ready how budgets roll forward."""
    for block in fund.budgets:
        if block.rolled:
            uplift = format_percent(block.rolled.uplift.share) if block.rolled.uplift else None
            yield RollShown(f"{fund.name}.budget-uplift.{block.year}", str(block.year), "", "", False, False, uplift)


# ---- schedules -----------------------------------------------------------------------------------


def _year(said: model.Fund, rules: FundRules, figures: YearFigures) -> YearShown:
    """Make ready the schedules of one year."""
    schemes = {scheme.name: scheme for scheme in rules.schemes}
    budgeted = {budget.scheme for budget in figures.budgets}
    written: tuple[model.ContributionYear | model.BudgetYear, ...] = (*said.contributions, *said.budgets)
    blocks = [block for block in written if str(block.year) == figures.year]
    return YearShown(
        year=figures.year,
        contributions=tuple(_contribution(line) for line in figures.contributions),
        cash=sum(line.pence for line in figures.contributions if not line.in_kind),
        budgets=tuple(_budget(budget, schemes[budget.scheme]) for budget in figures.budgets),
        unbudgeted=tuple(
            _budget(BudgetRule("", scheme.name, 0), scheme) for scheme in rules.schemes if scheme.name not in budgeted
        ),
        assumed=tuple(text for block in blocks for text in block.remarks.assumed),
        sources=tuple(text for block in blocks for text in block.remarks.sources),
    )


def _contribution(line: ContributionRule) -> ContributionShown:
    """Make ready one row of the schedule of contributions."""
    kinds = [
        "in kind" if line.in_kind else "cash",
        "capital" if line.capital else "",
        "" if line.recurrent else "one-off",
    ]
    return ContributionShown(
        id=line.id,
        partner=line.partner,
        source=line.source or "",
        kind=", ".join(kind for kind in kinds if kind),
        scheme=f"{line.scheme} only" if line.scheme else "",
        pence=line.pence,
    )


def _budget(budget: BudgetRule, scheme: SchemeRule) -> BudgetShown:
    """Make ready one row of the schedule of schemes."""
    risk = mode_words(scheme).split(":")[0]
    bearer = f" of {scheme.bearer}" if scheme.bearer and risk == "own risk" else ""
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
            assumed=said.remarks.assumed,
            sources=said.remarks.sources,
        )


def _given(rule: ExampleRule) -> Iterator[str]:
    """What an example supposes, in words."""
    for spending in rule.spending:
        cause = f", marked “{spending.cause}”" if spending.cause else ""
        yield f"{spending.scheme} spends {format_money(spending.pence)}{cause}"
    for reserve, pence in rule.openings:
        yield f"{reserve} opens at {format_money(pence)}"
    for decision in rule.decisions:
        decides = f"decides {sharing_words(decision.sharing)}" if decision.sharing else "does not decide in time"
        yield f"{decision.body} {decides}"
    if rule.rest_on_budget:
        yield "everything else is on budget"


def _expected(line: Expectation) -> ExpectShown:
    """Make ready one row of a worked example."""
    nearest = f" to the nearest {format_money(line.unit)}" if line.unit > 1 else ""
    return ExpectShown(line.id, line.who or "", _VERBS[line.outcome], line.pence, nearest)
