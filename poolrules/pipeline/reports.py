"""Reports of a year from files: the contribution schedule, memorandum accounts, and balances to agree."""

from poolrules.base.near import did_you_mean
from poolrules.pipeline.compile import rules_in
from poolrules.pipeline.figures_csv import NOT_USABLE, FiguresRead, read_figures
from poolrules.pipeline.files import Unusable
from poolrules.pipeline.load import Loaded
from poolrules.pipeline.settle import NotSettled, as_at_day, known_facts, years_of
from poolrules.pipeline.years import AskedYears, each_year
from poolrules.reporting.account import Account
from poolrules.reporting.balances import MIRROR, Balances, balances_of, bodies_with_books
from poolrules.reporting.contribution_schedule import Schedule, schedule_of
from poolrules.source.finding import Finding, Label, Severity
from poolrules.source.span import Span


def schedule_file(asked: AskedYears) -> Schedule | NotSettled:
    """The contribution schedule of a year; facts say which conditional contributions are due. Raises `Unusable`."""
    *_, one = each_year(asked)
    found = rules_in(one.agreement, yaml=one.yaml, variations=one.variations, as_at=as_at_day(one))
    if isinstance(found, Loaded):
        return NotSettled(found.findings, found.all_lines())
    known = years_of(found.ruleset)
    if one.year is None or one.year not in known:
        told = "no year is given" if one.year is None else f"the agreement has no figures for {one.year}"
        raise Unusable(told, f"say which with --year: the agreement has {', '.join(known) or 'no figures yet'}")
    facts = known_facts(one, found.ruleset)
    if isinstance(facts, NotSettled):
        return facts
    return schedule_of(found.ruleset, one.year, {said.name: said.holds for said in facts if said.holds is not None})


def balances_file(account: Account, body: str | None, theirs: tuple[str, ...]) -> Balances | NotSettled:
    """What one body has to agree with the others, matched with their books (`ICB=FILE.csv`). Raises `Unusable`."""
    names = bodies_with_books(account)
    hosts = tuple(dict.fromkeys(fund.host for fund in account.funds))
    if body is None:
        if len(hosts) > 1:
            raise Unusable("the funds have several hosts", f"say whose books are meant: --body {hosts[0]}")
        body = hosts[0]
    if body not in names:
        raise Unusable(f"there is no partner `{body}`", did_you_mean(body, names))
    sums: dict[str, dict[str, int]] = {}
    findings: list[Finding] = []
    sources: dict[str, list[str]] = {}
    for text in theirs:
        name, equals, path = text.partition("=")
        if not equals or name not in names or name == body:
            others = [one for one in names if one != body]
            raise Unusable(
                f"`{text}` does not say whose books it is", f"write --theirs {others[0] if others else 'ICB'}=FILE.csv"
            )
        if name in sums:
            raise Unusable(f"the books of `{name}` are given twice", "give them once")
        read = read_figures(
            path, ("counterparty", "nature", "amount"), ("amount",), ("period", "matched", "explanation", "difference")
        )
        sources[read.file] = read.lines
        sums[name], wrong = _their_sums(read, body, names)
        findings += wrong
    return NotSettled(tuple(findings), sources) if findings else balances_of(account, body, sums)


def _their_sums(read: FiguresRead, body: str, names: tuple[str, ...]) -> tuple[dict[str, int], list[Finding]]:
    """The sums by nature that their books hold against a body, and what is wrong with the file."""
    sums: dict[str, int] = {}
    findings = list(read.findings)
    for row in read.rows:
        counterparty, nature = row.texts["counterparty"], row.texts["nature"].casefold()
        if counterparty not in names:
            findings.append(
                _fault(f"there is no partner `{counterparty}`", did_you_mean(counterparty, names), row.span)
            )
        if nature not in MIRROR:
            findings.append(_fault(f"`{nature}` is no nature of a balance", did_you_mean(nature, MIRROR), row.span))
        elif counterparty == body:
            sums[nature] = sums.get(nature, 0) + row.amounts["amount"]
    return sums, findings


def _fault(message: str, help: str, span: Span) -> Finding:
    """One thing that is wrong with what their books say."""
    return Finding(NOT_USABLE, Severity.ERROR, message, (Label(span),), help)
