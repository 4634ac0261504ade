"""The final account: the year up to the day, what the fund holds, and what goes on after a partner has left."""

from msgspec.structs import replace

from poolrules.engine.final_account import AccountLine, FinalAccount, Nature, final_account
from poolrules.engine.leaving import Commitment, Leaving
from poolrules.engine.settle import settle
from poolrules.engine.settlement import Facts, Settlement, Spending
from poolrules.ruleset.ruleset import (
    ByPartners,
    CarryForward,
    ExitBalance,
    ExitRules,
    FromReserve,
    NoticeRule,
    Part,
    PartYear,
    Ruleset,
    Weights,
)
from tests.engine.build import YEAR, cash, fund, over, reserve, ruleset, scheme, under, weights

TERMS = ExitRules("exit", ExitBalance.YEAR_END, refund=PartYear.MONTHS, commitments=True, commitments_most="12 months")
DAY = f"{YEAR[:4]}-09-30"
LAST = f"{int(YEAR[:4]) + 1}-03-31"


def rules(terms: ExitRules | None = TERMS, **of_fund: object) -> Ruleset:
    """Two partners at 60 and 40, a shared scheme of £12 and a reserve that gives first."""
    made = fund(
        {scheme("S"): 1200},
        over(["S"], FromReserve("R"), ByPartners(weights(A=60, B=40))),
        under(["S"], ByPartners(weights(A=60, B=40))),
        contributions=[cash("A", 720, place=1), cash("B", 480, place=2)],
        reserves=[reserve("R", 100)],
        partners=("A", "B"),
        host="A",
    )
    return replace(ruleset(replace(made, **of_fund)), exit=terms)


def facts(spent: int, *, months: int = 6, paid: int = 480) -> Facts:
    """The half year, or another part of one."""
    return Facts(YEAR, (Spending("S", spent),), months=months, paid=(("F", "B", paid),))


def made(ruleset: Ruleset, facts: Facts, leaving: Leaving) -> FinalAccount:
    """A final account that must come out."""
    found = final_account(ruleset, facts, leaving)
    assert isinstance(found, FinalAccount), found
    return found


def line(account: FinalAccount, nature: Nature) -> AccountLine:
    """The one line of a nature."""
    (found,) = [one for one in account.lines if one.nature is nature]
    return found


def test_the_leaver_pays_its_share_of_the_overspend_to_the_day() -> None:
    account = made(rules(), facts(800), Leaving("B", DAY))  # £6.00 was the budget for half a year; the reserve gives £1
    assert line(account, Nature.DEFICIT).parts == (("B", 40),)
    assert account.others_go_on


def test_a_contribution_paid_for_the_time_after_is_given_back_where_the_terms_say_so() -> None:
    account = made(rules(), facts(600), Leaving("B", DAY))
    assert line(account, Nature.CONTRIBUTION).parts == (("B", -240),)
    by_days = replace(TERMS, refund=PartYear.DAYS)
    days = replace(facts(600), days=183)
    assert line(made(rules(by_days), days, Leaving("B", DAY)), Nature.CONTRIBUTION).parts == (("B", -239),)


def test_where_the_terms_are_silent_the_time_after_is_in_nobodys_total() -> None:
    account = made(rules(replace(TERMS, refund=None)), facts(600), Leaving("B", DAY))
    left = next(one for one in account.lines if one.item == "contribution for the time after leaving")
    assert (left.pence, left.parts) == (240, ())
    assert account.total("B", fixed=True) == -40  # its part of the reserve


def test_what_was_paid_is_asked_for_and_never_taken_as_nothing() -> None:
    found = final_account(rules(), replace(facts(600), paid=()), Leaving("B", DAY))
    assert isinstance(found, tuple)
    assert [fault.message for fault in found] == [f"what `B` has paid into `F` in {YEAR} is missing"]


def test_a_reserve_goes_to_those_it_is_held_for_else_as_underspends_do() -> None:
    assert line(made(rules(), facts(600), Leaving("B", DAY)), Nature.RESERVE).parts == (("B", -40),)
    held = replace(reserve("R", 100), held_for=(Part("A", 1), Part("B", 1)))
    assert line(made(rules(reserves=(held,)), facts(600), Leaving("B", DAY)), Nature.RESERVE).parts == (("B", -50),)


def test_an_exit_on_the_last_day_is_the_year_as_if_nobody_left() -> None:
    year = replace(facts(1500), months=12)
    settled = settle(rules(), year)
    account = made(rules(), year, Leaving("B", LAST))
    assert isinstance(settled, Settlement)
    assert account.settlement == settled
    assert line(account, Nature.DEFICIT).parts == (
        ("B", next(one.net for one in settled.partners if one.partner == "B")),
    )
    assert not [one for one in account.lines if one.nature is Nature.CONTRIBUTION]


def test_when_all_ends_everything_that_is_held_has_an_owner() -> None:
    account = made(rules(), facts(500), Leaving(None, DAY))
    assert {name: account.total(name, fixed=True) for name in "AB"} == {"A": -60 - 60, "B": -40 - 40}
    assert not account.others_go_on
    assert made(rules(replace(TERMS, all_end=True)), facts(500), Leaving("B", DAY)).others_go_on is False


def test_what_is_carried_forward_stays_where_others_go_on_and_has_to_go_where_all_ends() -> None:
    kept = rules(waterfalls=(under(["S"], CarryForward()),))
    stays = made(kept, facts(500), Leaving("B", DAY))
    assert [one.parts for one in stays.lines if one.item == "carried forward"] == [()]
    ends = made(kept, facts(500), Leaving(None, DAY))
    assert line(ends, Nature.CARRIED).gap is not None  # nothing says in one way who gets an underspend in the end


def test_a_balance_to_be_agreed_is_undecided_and_one_that_is_not_said_unallocated() -> None:
    for terms, word in ((replace(TERMS, balance=ExitBalance.AGREED), "undecided"), (None, "unallocated")):
        account = made(rules(terms), facts(800), Leaving("B", DAY))
        (open_sum,) = [one for one in account.lines if one.item.startswith(word)]
        assert (open_sum.pence, open_sum.parts) == (200, ())


def test_a_sharing_of_its_own_takes_the_place_of_the_year_end_terms() -> None:
    own = ExitRules("exit", ExitBalance.SHARED, Weights((Part("A", 1), Part("B", 1))))
    account = made(rules(own), facts(800), Leaving("B", DAY))
    assert line(account, Nature.DEFICIT).parts == (("B", 100),)
    assert line(account, Nature.RESERVE).parts == (("B", -50),)


def test_commitments_run_to_the_first_break_or_the_longest_time() -> None:
    contracts = (Commitment("Beds", "F", 36500, f"{YEAR[:4]}-12-31"), Commitment("Vans", "F", 36500, "2099-01-01"))
    account = made(rules(), facts(600), Leaving("B", DAY, commitments=contracts))
    beds, vans = [one for one in account.lines if one.item.startswith("contract")]
    assert (beds.pence, beds.parts, beds.fixed) == (9200, (("B", 3680),), False)
    assert vans.pence == 36500


def test_an_agreed_payment_is_paid_and_one_without_a_sum_is_open() -> None:
    terms = replace(TERMS, payment_into="R")
    paid = made(rules(terms), facts(600), Leaving("B", DAY, payment=17300))
    assert line(paid, Nature.CONTRACTUAL).parts == (("B", 17300),)
    unsaid = made(rules(terms), facts(600), Leaving("B", DAY))
    assert any(one.gap and "to be agreed" in one.gap for one in unsaid.lines)


def test_names_and_days_that_do_not_fit_are_reported() -> None:
    strange = final_account(rules(), facts(600), Leaving("C", DAY))
    assert isinstance(strange, tuple)
    assert strange[0].message == "there is no partner `C`"
    late = final_account(replace(rules(), last_day=DAY), facts(600), Leaving("B", LAST))
    assert isinstance(late, tuple)
    assert "has ended" in late[0].message


def test_a_notice_has_to_run_out_and_may_not_be_given_too_early() -> None:
    notices = (
        NoticeRule("exit.notice", "12 months", not_before=f"{YEAR[:4]}-06-01"),
        NoticeRule("exit.notice-2", "3 months", partners=("B",)),
    )
    terms = replace(TERMS, notices=notices)
    early = final_account(rules(terms), facts(600), Leaving("A", DAY, notice=f"{YEAR[:4]}-05-01"))
    assert isinstance(early, tuple)
    assert [fault.message for fault in early if "notice" in fault.message] == [
        "notice may not be given before 1 June 2026, and was on 1 May 2026",
        "notice of 12 months given on 1 May 2026 runs until 1 May 2027",
    ]
    assert isinstance(
        final_account(rules(terms), facts(600), Leaving("B", DAY, notice=f"{YEAR[:4]}-05-01")), FinalAccount
    )


def test_a_balance_is_shared_also_where_year_ends_have_no_terms_for_a_scheme() -> None:
    own = ExitRules("exit", ExitBalance.SHARED, Weights((Part("A", 1), Part("B", 1))))
    bare = rules(own, waterfalls=())
    assert made(bare, facts(500), Leaving("B", DAY)).total("B", fixed=True) == -50 - 50  # with half of the reserve
    assert line(made(bare, facts(800), Leaving("B", DAY)), Nature.DEFICIT).parts == (("B", 100),)
