"""Settling a year from files: rules and outturn in, a settlement out, or everything that is wrong with either."""

from msgspec import Struct
from msgspec.structs import replace

from poolrules.base.version import VERSION
from poolrules.engine.inputs import InputFault
from poolrules.engine.settle import settle
from poolrules.engine.settlement import DecisionMade, Facts, Settlement, Spending
from poolrules.pipeline.check import check
from poolrules.pipeline.compile import fingerprint, rules_in
from poolrules.pipeline.facts import read_decision, read_opening, read_paid
from poolrules.pipeline.files import STDIN, Unusable, read_bytes, shown_name
from poolrules.pipeline.load import Loaded, showable
from poolrules.pipeline.outturn import NOT_OUTTURN, UNFIT, Outturn, located, outturn_text, read_outturn
from poolrules.reporting.account import Account, MadeFrom
from poolrules.ruleset.codec import write_ruleset
from poolrules.ruleset.ruleset import Decided, FundRules, Ruleset
from poolrules.source.finding import Finding, Severity, in_file_order
from poolrules.source.text import SourceText


class Asked(Struct, frozen=True):
    """What somebody asks to have settled: paths, the year, and what is said beside the outturn, all as it was typed."""

    agreement: str
    outturn: str
    year: str | None
    openings: tuple[str, ...] = ()
    decisions: tuple[str, ...] = ()
    no_decisions: tuple[str, ...] = ()
    paid: tuple[str, ...] = ()
    yaml: bool = False


class NotSettled(Struct, frozen=True):
    """Why a year could not be settled, with the texts of the files that the findings point into."""

    findings: tuple[Finding, ...]
    sources: dict[str, list[str]]


def settle_file(asked: Asked) -> Account | NotSettled:
    """Settle a year as somebody asks. Raises `Unusable` for paths and options that cannot be worked with."""
    openings = tuple(read_opening(text) for text in asked.openings)
    paid = tuple(read_paid(text) for text in asked.paid)
    if asked.agreement == asked.outturn == STDIN:
        raise Unusable("standard input cannot be both the agreement and the outturn", "give one of them as a file")
    found = rules_in(asked.agreement, yaml=asked.yaml)
    if isinstance(found, Loaded):
        return NotSettled(found.findings, {found.file: found.lines})
    rules = found.ruleset
    if asked.year is None:
        raise Unusable("no year is given", f"say which with --year: the agreement has {_years(rules)}")
    decisions = _decisions(asked, rules)
    data = read_bytes(asked.outturn)
    source = outturn_text(shown_name(asked.outturn), data)
    if not isinstance(source, SourceText):
        text = not any(found.code == NOT_OUTTURN for found in source)
        return NotSettled(tuple(source), {shown_name(asked.outturn): showable(data)} if text else {})
    outturn = read_outturn(source, {scheme.name for fund in rules.funds for scheme in fund.schemes})
    facts = Facts(asked.year, outturn.rows, decisions, openings, paid)
    settlement = _settle(rules, facts, outturn)
    if not isinstance(settlement, Settlement):
        return NotSettled(tuple(settlement), {source.file: source.lines})
    made_from = MadeFrom(rules.source_fingerprint, fingerprint(write_ruleset(rules)), fingerprint(data), VERSION)
    faults = tuple(check(found.loaded)) if found.loaded else ()
    return Account(rules, facts, settlement, made_from, faults)


def _decisions(asked: Asked, rules: Ruleset) -> tuple[DecisionMade, ...]:
    """Read what bodies decided, and which let their time run out."""

    def partners_of(body: str) -> tuple[str, ...]:
        """The partners of the funds that leave something to a body; a body that none names is told by the engine."""
        groups = {frozenset(fund.partners): fund.partners for fund in rules.funds if _leaves_to(fund, body)}
        if not groups:
            return tuple(partner.name for partner in rules.partners)
        return next(iter(groups.values())) if len(groups) == 1 else ()

    made = [read_decision(text, partners_of) for text in asked.decisions]
    return (*made, *(DecisionMade(body, None) for body in asked.no_decisions))


def _leaves_to(fund: FundRules, body: str) -> bool:
    """Whether a step of a fund leaves a sum to a body to decide."""
    steps = (step for waterfall in fund.waterfalls for step in waterfall.steps)
    return any(isinstance(step.taker, Decided) and step.taker.body == body for step in steps)


def _years(rules: Ruleset) -> str:
    """The years that an agreement has figures for."""
    return ", ".join(sorted({figures.year for fund in rules.funds for figures in fund.years})) or "no figures yet"


def _settle(rules: Ruleset, facts: Facts, outturn: Outturn) -> Settlement | list[Finding]:
    """Settle, or list the faults of the outturn together with those of the facts."""
    settled = settle(rules, _without_gaps(rules, facts) if outturn.findings else facts)
    faults = [] if isinstance(settled, Settlement) else [_finding(fault, outturn) for fault in settled]
    if isinstance(settled, Settlement) and not outturn.findings:
        return settled
    return in_file_order([*outturn.findings, *faults])


def _without_gaps(rules: Ruleset, facts: Facts) -> Facts:
    """Facts with a row for every scheme: where rows could not be read, none is asked for that may be one of them."""
    given = {row.scheme for row in facts.spending}
    figures = [year for fund in rules.funds for year in fund.years if year.year == facts.year]
    missing = dict.fromkeys(budget.scheme for year in figures for budget in year.budgets if budget.scheme not in given)
    return replace(facts, spending=(*facts.spending, *(Spending(scheme, 0) for scheme in missing)))


def _finding(fault: InputFault, outturn: Outturn) -> Finding:
    """Say what is wrong with the facts as a finding, at its row where it has one."""
    return Finding(UNFIT, Severity.ERROR, fault.message, tuple(located(outturn, fault.place)), fault.help)
