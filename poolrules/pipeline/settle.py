"""Settling a year from files: rules and spending in, a settlement out, or everything that is wrong with either."""

import datetime
from calendar import monthrange

from msgspec import Struct
from msgspec.structs import replace

from poolrules.base.dates import FinancialYear, format_day, read_day, read_year
from poolrules.base.unreadable import Unreadable
from poolrules.base.version import VERSION
from poolrules.engine.inputs import InputFault, Missing
from poolrules.engine.settle import settle
from poolrules.engine.settlement import DecisionMade, Eased, Facts, FactSaid, Position, Settlement, Spending
from poolrules.pipeline.across_deeds import carried_across, first_day_after, refuse_unknown
from poolrules.pipeline.check import check
from poolrules.pipeline.compile import Rules, fingerprint, rules_in
from poolrules.pipeline.facts import (
    PartnersOf,
    read_counts,
    read_debt,
    read_decision,
    read_marked,
    read_opening,
    read_paid,
    read_said,
)
from poolrules.pipeline.facts_file import FactsRead, GivenFacts, read_facts, said_twice
from poolrules.pipeline.files import STDIN, Unusable, read_bytes, shown_name
from poolrules.pipeline.ledger import pair_up, read_ledgers
from poolrules.pipeline.ledger_codes import NOT_OUTTURN, UNFIT
from poolrules.pipeline.load import Loaded, showable
from poolrules.pipeline.outturn import outturn_text, read_outturn
from poolrules.pipeline.positions import NOT_USABLE, write_position
from poolrules.pipeline.spending import SpendingRead
from poolrules.pipeline.start import Start, starting_from
from poolrules.pipeline.vary import read_as_at
from poolrules.reporting.account import Account, MadeFrom
from poolrules.ruleset.codec import write_ruleset
from poolrules.ruleset.ruleset import Decided, FundRules, Ruleset
from poolrules.source.finding import Finding, Severity, in_file_order
from poolrules.source.text import SourceText


class Asked(Struct, frozen=True):
    """What somebody asks to have settled: paths, the year, and what is said beside them, all as it was typed."""

    agreement: str
    outturn: str | None = None
    year: str | None = None
    openings: tuple[str, ...] = ()
    decisions: tuple[str, ...] = ()
    no_decisions: tuple[str, ...] = ()
    paid: tuple[str, ...] = ()
    yaml: bool = False
    ledgers: tuple[str, ...] = ()
    mappings: tuple[str, ...] = ()
    to: str | None = None
    """The last day that is settled, inclusive; without it the year's last."""
    facts: str | None = None
    """The path of a file of facts."""
    said: tuple[str, ...] = ()
    counts: tuple[str, ...] = ()
    marked: tuple[str, ...] = ()
    debts: tuple[str, ...] = ()
    """What was agreed of debts of earlier years, by clause or rule."""
    positions: tuple[str, ...] = ()
    """Paths of closing positions: of the year before, and of an earlier part of the same year."""
    afresh: bool = False
    variations: tuple[str, ...] = ()
    as_at: str | None = None
    """The day that says which deeds of variation are in force; left out, the last day of the year settled."""
    any_day: bool = False
    """Whether `to` may be a day within a month, for what counts part of a year by days."""


class NotSettled(Struct, frozen=True):
    """Why a year could not be settled, with the texts of the files that the findings point into."""

    findings: tuple[Finding, ...]
    sources: dict[str, list[str]]


class Given(Struct, frozen=True):
    """Everything given of a year: its rules and facts, what they were made from, and what is wrong with the files."""

    rules: Ruleset
    facts: Facts
    spending: SpendingRead
    beside: tuple[Finding, ...]
    """What is wrong with files beside the spending."""
    made_from: MadeFrom
    found: tuple[Finding, ...]
    """What `check` finds in the agreement."""
    evidence: tuple[tuple[str, str], ...]
    sources: dict[str, list[str]]
    to: str
    """The last day of spending, as an agreement writes it."""
    set_aside: tuple[str, ...] = ()
    """Deeds of variation that were given and are not yet in force, in words."""

    @property
    def wrong(self) -> bool:
        """Whether a file keeps the year from being settled."""
        return self.spending.wrong or bool(self.beside)

    def faults(self) -> tuple[Finding, ...]:
        """What is wrong with the files."""
        return (*self.spending.findings, *self.beside)


def settle_file(asked: Asked, before: Position | None = None) -> Account | NotSettled:
    """Settle a year as somebody asks, from what the year before closed with where that is at hand.

    Raises `Unusable` for paths and options that cannot be worked with.
    """
    given = given_for(asked, before)
    return given if isinstance(given, NotSettled) else account_of(given, given.facts)


def given_for(asked: Asked, before: Position | None = None) -> Given | NotSettled:
    """Read everything that somebody gives of a year. Raises `Unusable`."""
    _check_paths(asked)
    typed = _typed(asked)
    as_at = as_at_day(asked)
    found = rules_in(asked.agreement, yaml=asked.yaml, variations=asked.variations, as_at=as_at)
    if isinstance(found, Loaded):
        return NotSettled(found.findings, found.all_lines())
    rules = found.ruleset
    if asked.year is None:
        raise Unusable(
            "no year is given",
            f"say which with --year: the agreement has {', '.join(years_of(rules)) or 'no figures yet'}",
        )
    to = _last_day(asked)
    in_file, facts_data = _facts_file(asked, _partners_of(rules))
    beside = in_file.facts + replace(typed, decisions=_decisions(asked, rules))
    twice = said_twice(beside)
    if twice is not None:
        raise twice
    spending = _spending(asked, rules, to)
    given = starting_from(asked.positions, asked.year, rules.title, to, before)
    start = _across_deeds(asked, found, given)
    facts = _facts(asked.year, spending, beside, to)
    facts = replace(
        facts, eased=_by_rule(rules, beside), position=start.position, billed=start.billed, afresh=asked.afresh
    )
    made_from = MadeFrom(
        rules.source_fingerprint,
        fingerprint(write_ruleset(rules)),
        spending.fingerprint,
        VERSION,
        fingerprint(facts_data) if asked.facts else "",
        "" if given.position is None else fingerprint(write_position(given.position)),
        tuple(version.fingerprint for version in rules.versions[1:]),
    )
    return Given(
        rules,
        facts,
        spending,
        (*in_file.findings, *start.findings),
        made_from,
        tuple(check(found.loaded)) if found.loaded else (),
        beside.evidence,
        dict(spending.sources) | ({shown_name(asked.facts): in_file.lines} if asked.facts else {}),
        _day_words(asked, to),
        _set_aside(found.loaded, as_at),
    )


def _across_deeds(asked: Asked, found: Rules, start: Start) -> Start:
    """What is started from, as rules read it that a deed has changed since. Raises `Unusable`."""
    position = start.position
    if position is None or first_day_after(found.ruleset, position) is None:
        return start
    if found.loaded is None:
        refuse_unknown(position)
        return start
    if STDIN in (asked.agreement, *asked.variations):
        raise Unusable(
            "a deed came into force after the position, and standard input cannot be read again to see what it changed",
            "give the agreement and its deeds as files",
        )
    day = datetime.date.fromisoformat(position.to)
    earlier = rules_in(asked.agreement, yaml=asked.yaml, variations=asked.variations, as_at=day)
    if isinstance(earlier, Loaded):
        raise Unusable(
            f"the agreement as at {format_day(day)}, which the position comes from, has faults of writing",
            "mend them, or settle that year again and give its position",
        )
    return replace(start, position=carried_across(position, earlier.ruleset, found.ruleset))


def account_of(given: Given, facts: Facts) -> Account | NotSettled:
    """Settle facts made from what is given, or say everything that stands in the way."""
    settlement = _settle(given.rules, facts, given.spending, given.beside)
    if not isinstance(settlement, Settlement):
        return NotSettled(tuple(settlement), given.sources)
    warnings = tuple(given.spending.findings)
    closing = replace(settlement.closing, rules=given.made_from.rules)
    return Account(
        given.rules,
        facts,
        replace(settlement, closing=closing),
        given.made_from,
        given.found,
        given.spending.ledgers,
        warnings,
        given.spending.sources if warnings else {},
        given.spending.nothing_spent,
        given.evidence,
        given.set_aside,
    )


def as_at_day(asked: Asked) -> datetime.date | None:
    """The day as at which an agreement is settled by: the one said, else the last of the year, where that is one."""
    if asked.as_at is not None:
        return read_as_at(asked.as_at)
    if asked.to is not None:
        return _last_day(asked)
    try:
        return read_year(asked.year).last_day if asked.year else None
    except Unreadable:
        return None  # the engine says which years there are


def _set_aside(loaded: Loaded | None, as_at: datetime.date | None) -> tuple[str, ...]:
    """The deeds that were given and are not yet in force, each in words."""
    deeds = loaded.set_aside if loaded and as_at else ()
    return tuple(
        f"{deed.name}, in force from {format_day(deed.from_day.date)}: after {format_day(as_at)}"
        for deed in deeds
        if as_at is not None
    )


def _day_words(asked: Asked, to: datetime.date | None) -> str:
    """The last day of spending in words; of a year that is none, nothing."""
    try:
        return format_day(to or read_year(asked.year or "").last_day)
    except Unreadable:
        return ""  # the engine says which years there are


# ---- what is given -------------------------------------------------------------------------------


def _check_paths(asked: Asked) -> None:
    """Make sure that the spending is given once, and standard input read once. Raises `Unusable`."""
    if asked.outturn is None and not asked.ledgers:
        raise Unusable(
            "nothing says what was spent", "give --outturn FILE.csv, or --ledger FILE with --mapping FILE.yaml"
        )
    if asked.outturn is not None and asked.ledgers:
        raise Unusable("an outturn and a ledger are given", "give one of them: both would count twice")
    if asked.mappings and not asked.ledgers:
        raise Unusable("a mapping is given and no ledger", "give the ledger with --ledger FILE")
    if asked.agreement == asked.outturn == STDIN:
        raise Unusable("standard input cannot be both the agreement and the outturn", "give one of them as a file")
    mappings = dict.fromkeys(asked.mappings)
    beside = (*asked.ledgers, *mappings, asked.facts, *asked.positions, *asked.variations)
    paths = (asked.agreement, asked.outturn, *beside)
    if paths.count(STDIN) > 1:
        raise Unusable("standard input cannot be two files at once", "give one of them as a file")


def _typed(asked: Asked) -> GivenFacts:
    """The facts that were typed, but for decisions, which need the rules. Raises `Unusable`."""
    return GivenFacts(
        openings=tuple(read_opening(text) for text in asked.openings),
        paid=tuple(read_paid(text) for text in asked.paid),
        said=tuple(read_said(text) for text in asked.said),
        counts=tuple(one for text in asked.counts for one in read_counts(text)),
        marked=tuple(read_marked(text) for text in asked.marked),
        eased=tuple(read_debt(text) for text in asked.debts),
    )


def _facts_file(asked: Asked, partners_of: PartnersOf) -> tuple[FactsRead, bytes]:
    """Read the file of facts, where one is given. Raises `Unusable`."""
    if asked.facts is None:
        return FactsRead(GivenFacts(), (), []), b""
    data = read_bytes(asked.facts)
    read = read_facts(shown_name(asked.facts), data, partners_of)
    return (read if read.lines else replace(read, lines=showable(data))), data


def _spending(asked: Asked, rules: Ruleset, to: datetime.date | None) -> SpendingRead:
    """Read what was spent. Raises `Unusable`."""
    schemes = [scheme.name for fund in rules.funds for scheme in fund.schemes]
    if asked.outturn is not None:
        return _outturn(asked.outturn, schemes)
    year = _year(asked)
    partners = [partner.name for partner in rules.partners]
    return read_ledgers(pair_up(asked.ledgers, asked.mappings), year, to or year.last_day, schemes, partners)


def _outturn(path: str, schemes: list[str]) -> SpendingRead:
    """Read an outturn. Raises `Unusable`."""
    data, file = read_bytes(path), shown_name(path)
    source = outturn_text(file, data)
    if not isinstance(source, SourceText):
        text = not any(found.code == NOT_OUTTURN for found in source)
        return SpendingRead((), tuple(source), {file: showable(data)} if text else {}, unread=True)
    outturn = read_outturn(source, schemes)
    return SpendingRead(outturn.rows, outturn.findings, {file: source.lines}, (outturn.table,), fingerprint(data))


def _year(asked: Asked) -> FinancialYear:
    """The year asked for, whose days have to be known. Raises `Unusable`."""
    try:
        return read_year(asked.year or "")
    except Unreadable as fault:
        raise Unusable(fault.message, fault.help) from None


def _last_day(asked: Asked) -> datetime.date | None:
    """The last day that is settled, where it is not that of the year. Raises `Unusable`."""
    if asked.to is None:
        return None
    year = _year(asked)
    try:
        day = read_day(asked.to)
    except Unreadable as fault:
        raise Unusable(fault.message, fault.help) from None
    if not year.first_day <= day <= year.last_day:
        raise Unusable(f"{format_day(day)} is not in {year}", f"give a day from {format_day(year.first_day)}")
    if not asked.any_day and day.day != monthrange(day.year, day.month)[1]:
        mend = f"a part of a year is so many whole months: give {format_day(_month_end(day))}"
        raise Unusable(f"{format_day(day)} is not the last day of a month", mend)
    return day


def _month_end(day: datetime.date) -> datetime.date:
    """The last day of a day's month."""
    return day.replace(day=monthrange(day.year, day.month)[1])


def _facts(year: str, spending: SpendingRead, beside: GivenFacts, to: datetime.date | None) -> Facts:
    """Everything that happened, for the engine; the only place where it is put together."""
    return Facts(
        year,
        spending.rows,
        beside.decisions,
        beside.openings,
        beside.paid,
        beside.said,
        beside.counts,
        beside.marked,
        to=to.isoformat() if to else "",
        months=(to.month - 4) % 12 + 1 if to else 12,
    )


def _by_rule(rules: Ruleset, beside: GivenFacts) -> tuple[Eased, ...]:
    """What was agreed of debts, each by the rule that its clause is of where a clause is named."""
    of_clause = {clause: rule for rule, clause in rules.clauses.items()}
    return tuple(replace(one, rule=of_clause.get(one.rule, one.rule)) for one in beside.eased)


def _decisions(asked: Asked, rules: Ruleset) -> tuple[DecisionMade, ...]:
    """Read what bodies decided, and which let their time run out."""
    made = [read_decision(text, _partners_of(rules)) for text in asked.decisions]
    return (*made, *(DecisionMade(body, None) for body in asked.no_decisions))


def _partners_of(rules: Ruleset) -> PartnersOf:
    """A way to find the partners that a body decides for."""

    def partners_of(body: str) -> tuple[str, ...]:
        """The partners of the funds that leave something to a body; a body that none names is told by the engine."""
        groups = {frozenset(fund.partners): fund.partners for fund in rules.funds if _leaves_to(fund, body)}
        if not groups:
            return tuple(partner.name for partner in rules.partners)
        return next(iter(groups.values())) if len(groups) == 1 else ()

    return partners_of


def _leaves_to(fund: FundRules, body: str) -> bool:
    """Whether a step of a fund leaves a sum to a body to decide."""
    steps = (step for waterfall in fund.waterfalls for step in waterfall.steps)
    return any(isinstance(step.taker, Decided) and step.taker.body == body for step in steps)


def years_of(rules: Ruleset) -> tuple[str, ...]:
    """The years that an agreement has figures for."""
    return tuple(sorted({figures.year for fund in rules.funds for figures in fund.years}))


def known_facts(asked: Asked, rules: Ruleset) -> tuple[FactSaid, ...] | NotSettled:
    """What is said of the facts of a year, in a file and beside it. Raises `Unusable`."""
    in_file, _ = _facts_file(asked, _partners_of(rules))
    if in_file.findings:
        return NotSettled(tuple(in_file.findings), {shown_name(asked.facts or ""): in_file.lines})
    return (*in_file.facts.said, *_typed(asked).said)


# ---- settling ------------------------------------------------------------------------------------


def _settle(
    rules: Ruleset, facts: Facts, spending: SpendingRead, beside: tuple[Finding, ...]
) -> Settlement | list[Finding]:
    """Settle, or list the faults of the files together with those of the facts."""
    if spending.unread:
        return list(spending.findings)
    wrong = spending.wrong or bool(beside)
    settled = settle(rules, _without_gaps(rules, facts) if spending.wrong else facts)
    found = () if isinstance(settled, Settlement) else settled
    if any(one.code == NOT_USABLE for one in beside):  # a position was given, and what is wrong with it is said
        found = tuple(fault for fault in found if fault.missing not in (Missing.OPENING, Missing.POSITION))
    faults = [finding_of(fault, spending) for fault in found]
    if isinstance(settled, Settlement) and not wrong:
        return settled
    return in_file_order([*spending.findings, *beside, *faults])


def _without_gaps(rules: Ruleset, facts: Facts) -> Facts:
    """Facts with a row for every scheme: where rows could not be read, none is asked for that may be one of them."""
    given = {row.scheme for row in facts.spending}
    figures = [year for fund in rules.funds for year in fund.years if year.year == facts.year]
    missing = dict.fromkeys(budget.scheme for year in figures for budget in year.budgets if budget.scheme not in given)
    return replace(facts, spending=(*facts.spending, *(Spending(scheme, 0) for scheme in missing)))


def finding_of(fault: InputFault, spending: SpendingRead) -> Finding:
    """Say what is wrong with the facts as a finding, at its row where it has one."""
    help = spending.missing_help if fault.missing is Missing.SPENDING and spending.missing_help else fault.help
    if fault.missing is Missing.OPENING:
        help += " with --opening, or all that it closed with by --position FILE.json"
    if fault.missing is Missing.POSITION:
        help += " with --position FILE.json; --afresh says that nothing was carried into the year"
    return Finding(UNFIT, Severity.ERROR, fault.message, tuple(spending.located(fault.place)), help)
