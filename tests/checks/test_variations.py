"""Deeds of variation that make somebody worse off, or are not made as agreed: what is told of each, and what is not."""

import pytest

from poolrules.pipeline.check import check
from poolrules.pipeline.files import Notation
from poolrules.pipeline.load import understand
from poolrules.pipeline.vary import varied
from poolrules.source.finding import Finding
from tests.checks.laying import BASE, laid_over

HEAD = """variation 1 to "Westshire pooled fund" from 1 October 2026
    agreed 3 September 2026
    made   in writing, signed by all partners
"""
OVERSPEND = """fund Pool
    overspend of shared schemes together
        notify      partners within 5 working days of a forecast overspend over 2% of their budget
        plan        within 20 working days, to Board
"""
CAPPED = (
    OVERSPEND
    + "        cap         Council at most £10,000 a year\n"
    + "        first       ICB 60%, Council 40%\n"
    + "        remainder   ICB alone\n"
)


def base_with(terms: str) -> str:
    """The base agreement with other terms on overspends."""
    titled = terms.replace("fund Pool\n", 'fund Pool "Westshire pooled fund"\n')
    base = laid_over(titled, titled)
    assert found("remove exit\n", base=base) == []
    return base


def found(deed: str, *, head: str = HEAD, base: str = BASE, family: str = "VAR") -> list[Finding]:
    agreement = understand("base.pool", base.encode(), Notation.POOL)
    findings = check(varied(agreement, [understand("deed.pool", (head + deed).encode(), Notation.POOL)]))
    return [one for one in findings if one.code.startswith(family)]


def messages(deed: str, *, head: str = HEAD, base: str = BASE) -> list[str]:
    return [one.message for one in found(deed, head=head, base=base)]


@pytest.mark.parametrize(
    ("deed", "worse"),
    [
        (
            "fund Pool\n    contributions from 2026/27\n        ICB £600,000\n        Council £450,000\n",
            ["`Council`: its contribution for 2026/27 rises from £400,000 to £450,000, and 1 more"],
        ),
        ("fund Pool\n    contributions from 2026/27\n        ICB £600,000\n        Council £300,000\n", []),
        (OVERSPEND + "        remainder ICB 60%, Council 40%\n", None),
        (OVERSPEND + "        remainder ICB 3 parts, Council 2 parts\n", []),
        (
            OVERSPEND + "        remainder Council alone\n",
            ["`Council`: it pays £100,000 of an overspend of £100,000, and not £40,000"],
        ),
        (
            "fund Pool\n    scheme Equipment \"Community equipment\" own risk of Council, over and under\n",
            ["`Council`: it bears the overspends of Equipment alone"],
        ),
    ],
)  # fmt: skip
def test_who_is_worse_off_is_found(deed: str, worse: list[str] | None) -> None:
    told = [one.removeprefix("variation 1 is to the detriment of ") for one in messages(deed)]
    if worse is None:
        assert [one.code for one in varied_only(deed)] == ["VAR004"]
    else:
        assert told == worse


def varied_only(deed: str) -> list[Finding]:
    """What is wrong with the deed itself."""
    agreement = understand("base.pool", BASE.encode(), Notation.POOL)
    return list(varied(agreement, [understand("deed.pool", (HEAD + deed).encode(), Notation.POOL)]).findings)


def test_a_cap_that_goes_or_rises_is_to_a_partners_detriment() -> None:
    base = base_with(CAPPED)
    raised = CAPPED.replace("£10,000", "£20,000")
    lowered = CAPPED.replace("£10,000", "£5,000")
    gone = CAPPED.replace("        cap         Council at most £10,000 a year\n", "")
    for deed in (raised, gone):
        [message] = messages(deed, base=base)
        assert message.startswith("variation 1 is to the detriment of `Council`: it pays")
    [message] = messages(lowered, base=base)
    assert message.startswith("variation 1 is to the detriment of `ICB`: it pays")


def test_who_pays_less_in_may_put_the_risk_on_others() -> None:
    terms = OVERSPEND + "        remainder in proportion to contributions to the fund, as last varied in writing\n"
    base = base_with(terms)
    deed = "fund Pool\n    contributions from 2026/27\n        ICB £400,000\n        Council £400,000\n"
    assert messages(deed, base=base) == [
        "variation 1 is to the detriment of `Council`: it pays £50,000 of an overspend of £100,000, and not £40,000"
    ]
    as_agreed = base_with(terms.replace("last varied in writing", "first agreed"))
    assert messages(deed, base=as_agreed) == []


def test_a_consent_is_enough() -> None:
    consent = '    consent of Council, recorded in "letter"\n'
    assert messages(OVERSPEND + "        remainder Council alone\n", head=HEAD + consent) == []


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("    agreed 3 September 2026\n", "", "variation 1 does not say when it was agreed"),
        ("    made   in writing, signed by all partners\n", "", "variation 1 does not say how it was made"),
        (
            "in writing, signed by all partners",
            "by decision of Board",
            "variation 1 was made by decision of Board, and the agreement is varied in writing, signed by all partners",
        ),
        ("1 October 2026", "1 August 2026", "variation 1 reaches back to 1 August 2026, before it was agreed"),
        ("1 October 2026", "1 April 2028", "variation 1 takes effect on 1 April 2028, after the agreement has ended"),
        ("3 September 2026", "1 October 2026", None),
        ("1 October 2026", "31 March 2028", None),
    ],
)
def test_how_and_when_a_deed_was_made(old: str, new: str, said: str | None) -> None:
    assert messages("remove exit\n", head=HEAD.replace(old, new)) == ([said] if said else [])


def test_a_board_may_vary_contributions_where_the_fund_lets_it_and_nothing_else() -> None:
    base = BASE.replace("by written agreement of all partners", "by decision of Board")
    head = HEAD.replace("in writing, signed by all partners", "by decision of Board")
    less = "fund Pool\n    contributions from 2026/27\n        ICB £500,000\n        Council £400,000\n"
    assert messages(less, head=head, base=base) == []
    assert messages(less + "    remove certified\n", head=head, base=base) != []
    assert messages(less, head=head) != []


def test_a_term_that_has_ended_cannot_be_extended_by_a_deed() -> None:
    head = HEAD.replace("1 October 2026", "1 April 2028")
    assert messages("agreement\n    term 1 April 2026 to 31 March 2029\n", head=head) == [
        "variation 1 takes effect on 1 April 2028, after the agreement has ended"
    ]


def test_an_example_that_a_deed_makes_untrue_points_at_the_deed() -> None:
    base = BASE + (
        '\nexample "One"\n    year 2026/27\n    given Equipment spends £1,100,000\n    given all else on budget\n'
        "    expect Council pays £40,000\n"
    )
    [one] = found(OVERSPEND + "        remainder Council alone\n", base=base, family="EXA")
    assert [label.text for label in one.labels if label.span.file == "deed.pool"] == ["as varied by variation 1"]
