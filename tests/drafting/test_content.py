"""The draft says what the rules do: every figure in it is a rule's, and every rule has its clause in it."""

import datetime
import functools
import re
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import msgspec
import pytest

from poolrules.base.dates import format_day
from poolrules.base.money import format_money
from poolrules.base.shares import format_percent
from poolrules.drafting.content import values_of
from poolrules.drafting.draft import draft
from poolrules.drafting.number import Numbered
from poolrules.drafting.to_markdown import to_markdown
from poolrules.model.agreement import Agreement, Text
from poolrules.model.from_tree import build
from poolrules.model.law import bases
from poolrules.ruleset.from_model import compile_rules
from poolrules.ruleset.places import ids_of
from poolrules.ruleset.ruleset import (
    BudgetRule,
    Cap,
    Change,
    ContributionRule,
    Decided,
    Duty,
    Expectation,
    GivenSpending,
    IntoReserve,
    NoticeRule,
    PaymentRule,
    ReserveRule,
    Ruleset,
    Step,
    Weights,
    YearFigures,
)
from poolrules.source.text import SourceText, read_text
from poolrules.syntax.from_pool import read_pool

SHOWCASE = Path(__file__).parents[2] / "agreements/showcase/westshire.pool"
OVER_THE_YEARS = Path(__file__).with_name("over-the-years.pool")
AGREEMENTS = sorted(Path(__file__).parents[2].glob("agreements/*/*.pool"))
FILES = [*(file for file in AGREEMENTS if "-variation-" not in file.name), OVER_THE_YEARS]
FIGURES = re.compile(
    r"£[0-9](?:,?[0-9])*(?:\.[0-9]+)?"
    r"|[0-9]+(?:\.[0-9]+)?%"
    r"|[0-9]{1,2} [A-Z][a-z]+ [0-9]{4}"
    r"|[0-9]+ (?:[Ww]orking [Dd]ays?|days?|weeks?|months?|years?)"
    r"|\b[0-9]{4}/[0-9]{2}\b"
)


@functools.cache
def understood(path: Path) -> tuple[Agreement, Ruleset]:
    """One agreement of the repository and its rules."""
    source = read_text(path.name, path.read_bytes())
    assert isinstance(source, SourceText)
    agreement, findings = build(read_pool(source)[0])
    assert findings == []
    return agreement, compile_rules(agreement)


def drafted(agreement: Agreement, rules: Ruleset) -> Numbered:
    """Its draft."""
    numbered = draft(values_of(agreement, rules))
    assert isinstance(numbered, Numbered), numbered
    return numbered


@functools.cache
def printed(path: Path) -> str:
    """The draft of one agreement of the repository as Markdown."""
    return to_markdown(drafted(*understood(path))).decode()


def inside(record: object) -> Iterator[object]:
    """Every record and value inside a record."""
    yield record
    if isinstance(record, msgspec.Struct):
        for name in record.__struct_fields__:
            yield from inside(getattr(record, name))
    elif isinstance(record, tuple):
        for each in record:
            yield from inside(each)


def quoted(agreement: Agreement) -> list[str]:
    """The words that an agreement quotes, the longest first: they go into the draft as they are."""
    return sorted({each.text for each in inside(agreement) if isinstance(each, Text)}, key=len, reverse=True)


def figures_of(rules: Ruleset) -> set[str]:
    """Every amount, percentage, day, length of time and year that some rule reads."""
    found: set[str] = set()
    for each in inside(rules):
        if isinstance(each, int) and not isinstance(each, bool):
            found |= {format_money(each), format_money(abs(each))}
        elif isinstance(each, Weights):
            whole = sum(part.weight for part in each.parts)
            found |= {format_percent(Fraction(part.weight, whole)) for part in each.parts}
        elif isinstance(each, YearFigures):
            found |= {each.year, format_money(sum(line.pence for line in each.contributions if not line.in_kind))}
            found |= set(figures_of_build_up(each))
        elif isinstance(each, Duty):
            found |= set(figures_of_duty(each))
    return found


def figures_of_build_up(year: YearFigures) -> Iterator[str]:
    """What the cash of each partner is made up of: its lines before and after they are raised, and its share."""
    cash = [line for line in year.contributions if not line.in_kind]
    unshifted = [line for line in cash if line.change is not Change.SHIFT]
    whole = sum(line.pence for line in unshifted)
    for partner in {line.partner for line in cash}:
        own = [line for line in cash if line.partner == partner]
        pence = sum(line.pence for line in own)
        for change in {line.change for line in own}:
            alike = [line for line in own if line.change is change]
            yield format_money(sum(line.last_year or 0 for line in alike))
            yield format_money(sum(line.pence for line in alike if line.last_year is None))
        yield format_money(sum(line.pence - (line.last_year or line.pence) for line in own))
        yield format_money(pence)
        share = Fraction(sum(line.pence for line in unshifted if line.partner == partner), whole) if whole else 0
        yield format_percent(Fraction(share)).removeprefix("about ")
    for paid in year.payments:
        back = sum(line.pence for line in year.payments if (line.payer, line.payee) == (paid.payee, paid.payer))
        there = sum(line.pence for line in year.payments if (line.payer, line.payee) == (paid.payer, paid.payee))
        yield format_money(there - back)


def figures_of_duty(duty: Duty) -> Iterator[str]:
    """The figures of one duty."""
    if duty.day:
        yield format_day(datetime.date.fromisoformat(duty.day))
    if duty.percent:
        yield duty.percent
    if duty.count is not None and duty.unit:
        yield f"{duty.count} {duty.unit}{'' if duty.count == 1 else 's'}"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_figure_in_the_draft_is_one_that_a_rule_reads(path: Path) -> None:
    agreement, rules = understood(path)
    words = re.sub(r"<[^>]*>|\\|Health Act 1999|\]\([^)]*\)", "", printed(path))
    for text in quoted(agreement):
        words = words.replace(text, "…") if len(text) > 3 else words
    found = {figure.replace("Working Day", "working day") for figure in FIGURES.findall(words)}
    assert found
    assert found - figures_of(rules) == set()


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_rule_has_its_clause(path: Path) -> None:
    agreement, rules = understood(path)
    numbers = drafted(agreement, rules).numbers
    assert [rule for rule in ids_of(rules) if rule not in numbers] == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_quantity_of_a_rule_is_in_the_draft(path: Path) -> None:
    _, rules = understood(path)
    words = printed(path).replace("Working Day", "working day").replace("\\", "")
    quantities = set(quantities_of(rules))
    assert len(quantities) > 10
    assert [each for each in quantities if each not in words] == []


def quantities_of(rules: Ruleset) -> Iterator[str]:
    """Every amount, share and duty of the rules as the draft must print it; nil is a word."""
    for each in inside(rules):
        if isinstance(each, ContributionRule | BudgetRule | Cap | Expectation | GivenSpending):
            yield format_money(each.pence) if each.pence else ""
            if isinstance(each, ContributionRule):
                yield from (format_money(pence) for pence in (each.charges, each.a_year) if pence)
        elif isinstance(each, PaymentRule):
            yield format_money(each.pence)
        elif isinstance(each, NoticeRule):
            yield each.length
        elif isinstance(each, ReserveRule):
            yield from (format_money(pence) for pence in (each.opening, each.floor, each.ceiling) if pence)
        elif isinstance(each, Step):
            yield from (format_money(pence) for pence in (each.at_most, each.until) if isinstance(pence, int))
        elif isinstance(each, IntoReserve) and each.until_it_holds is not None:
            yield format_money(each.until_it_holds)
        elif isinstance(each, Decided) and each.within:
            yield each.within
        elif isinstance(each, Duty):
            yield from figures_of_duty(each)
            yield format_money(each.pence) if each.pence else ""


ENGLISH = ("section 75", "regulation 7", "Regulations 2000", "health-related", "Pooled Fund", "pooled fund")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_draft_says_what_its_own_legal_basis_says(path: Path) -> None:
    agreement, words = understood(path)[0], printed(path)
    assert agreement.basis is not None
    if agreement.basis.key == "s75":
        assert [letter for letter in "abcdefg" if f"regulation 7(3)({letter})" not in words] == []
        assert "(section 75(5) of the NHS Act 2006)" in words
    else:
        assert [phrase for phrase in ENGLISH if phrase in words] == []
    assert ("governed by the law of Scotland" in words) is (agreement.basis.nation == "Scotland")


OTHER_BASES = {
    "section 65Z6 of the NHS Act 2006": "section 65Z5(6)",
    "section 33 of the NHS (Wales) Act 2006": "section 33(5)",
    "Part 9 of the Social Services and Well-being (Wales) Act 2014": "section 166(6)",
    "section 10 of the Children Act 2004": "subsection (5A)",
    "section 25 of the Children Act 2004": "section 25 of the Children Act 2004",
    "sections 38 and 39 of the Crime and Disorder Act 1998": "Crime and Disorder Act 1998",
    "section 1 of the Public Bodies (Joint Working) (Scotland) Act 2014": "approve it (section 7 of that Act)",
}


@pytest.mark.parametrize("basis", OTHER_BASES)
def test_another_basis_brings_its_own_law_and_no_section_75(basis: str) -> None:
    agreement, _ = understood(SHOWCASE)
    other = msgspec.structs.replace(agreement, basis=bases()[basis.casefold()])
    words = to_markdown(drafted(other, compile_rules(other))).decode()
    assert OTHER_BASES[basis] in words
    assert "section 75" not in words
    assert "regulation 7" not in words


def test_how_contributions_are_made_up_is_shown_where_they_are_more_than_stated_sums() -> None:
    words = printed(OVER_THE_YEARS).replace("\\", "")
    heads = "Last year | Recurrent changes | Uplift | Planned changes | Efficiencies | Shifted | Contribution | Share"
    assert f"| Partner | {heads} |" in words
    assert "| Council | £80,000 | £1,000 | £2,032 |  | -£20,000 | -£5,000 | £58,032 | about 18.072% |" in words
    assert "On balance the ICB pays the Council £70,000." in words
    assert "| District | cash | still to be set |" in words
    assert "for the Financial Year 2027/28 the ICB pays it in place of the Council" in words
    assert "how the cash of each partner" not in printed(FILES[1]).casefold()


def test_what_recurs_of_last_year_is_a_method_and_no_figure() -> None:
    words = printed(OVER_THE_YEARS)
    assert "as a recurrent change that a variation of this Agreement states once that year has closed" in words
    assert "having regard to Inflation and Growth" in words
    assert "nothing is settled for that Financial Year" in words


def test_silence_is_said() -> None:
    agreement, _ = understood(SHOWCASE)
    fund = agreement.funds[0]
    bare = msgspec.structs.replace(
        fund,
        report=None,
        annual_return=None,
        audit=None,
        vat=None,
        varied=None,
        paid=None,
        overspends=(),
        underspends=(),
    )
    silent = msgspec.structs.replace(
        agreement, funds=(bare,), aims=(), term=None, disputes=None, exit=None, review=None, basis=None, boards=()
    )
    words = to_markdown(drafted(silent, compile_rules(silent))).decode()
    assert words.count("This Agreement does not") >= 12
    assert "does not say who bears an Overspend of Equipment" in words


def test_a_figure_that_no_rule_reads_would_be_seen() -> None:
    _, rules = understood(FILES[0])
    assert "£123,456,789.01" not in figures_of(rules)


def test_there_are_agreements_to_draft() -> None:
    assert len(FILES) >= 8
