"""Refusing an agreement larger than any real one, before anything is worked out from it."""

from collections.abc import Iterator

from poolrules.base.limits import MAX_EXAMPLES, MAX_FIGURES, MAX_PARTNERS, MAX_SCHEMES, MAX_TERM_YEARS
from poolrules.model.agreement import Agreement, Fund
from poolrules.model.reader import Reader
from poolrules.source.span import Span


def judge_size(reader: Reader, agreement: Agreement) -> None:
    """Report, at its first place, each kind of thing of which there are more than may be."""
    for what, count, limit, span in _sizes(agreement):
        if count > limit:
            reader.misfit(f"the agreement has {count:,} {what}", span, f"the limit is {limit:,}")


def _sizes(agreement: Agreement) -> Iterator[tuple[str, int, int, Span]]:
    """What is counted: its name, how many there are, how many there may be, and where the agreement says it."""
    years = len(agreement.years)
    schemes = sum(len(fund.schemes) for fund in agreement.funds)
    figures = years * sum(_figures(fund) for fund in agreement.funds)
    term = agreement.term.span if agreement.term else agreement.span
    yield "partners", len(agreement.partners), MAX_PARTNERS, agreement.span
    yield "schemes", schemes, MAX_SCHEMES, agreement.span
    yield "worked examples", len(agreement.examples), MAX_EXAMPLES, agreement.span
    yield "financial years", years, MAX_TERM_YEARS, term
    yield "contributions and budgets over its term", figures, MAX_FIGURES, term


def _figures(fund: Fund) -> int:
    """The most contributions and budgets that one year of a fund can have."""
    contributions = sum(
        len(block.amounts) + len(block.changes) + len(block.totals) * len(fund.partners) + 4 * len(block.shifts)
        for block in fund.contributions
    )
    budgets = sum(len(block.lines) for block in fund.budgets)
    return contributions + budgets + sum(len(block.lines) for block in fund.payments)
