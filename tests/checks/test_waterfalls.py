"""Where the steps of an overspend or underspend end, what stops them, and what caps turn away."""

import pytest

from poolrules.source.finding import Finding
from tests.checks.laying import codes, found_with

NOTIFY = "        notify partners within 5 working days of a forecast overspend over 2% of their budget\n"


def overspend(*steps: str, fund: str = "", of: str = "shared schemes together") -> list[Finding]:
    lines = "".join(f"        {step}\n" for step in steps)
    return found_with(f'fund Pool "Westshire pooled fund"\n{fund}    overspend of {of}\n{NOTIFY}{lines}')


def underspend(*steps: str, fund: str = "") -> list[Finding]:
    lines = "".join(f"        {step}\n" for step in steps)
    return found_with(f'fund Pool "Westshire pooled fund"\n{fund}    underspend of shared schemes together\n{lines}')


@pytest.mark.parametrize(
    ("steps", "amount"),
    [
        (("first at most £100,000: ICB 60%, Council 40%",), "£100,000.01"),
        (("first at most £100,000: ICB alone", "then at most £50,000: Council alone"), "£150,000.01"),
        (("first until all steps so far have met £70,000.50: ICB alone",), "£70,000.51"),
        (('first caused by "winter": ICB alone',), "£0.01"),
    ],
)
def test_steps_that_end_name_the_smallest_amount_without_an_owner(steps: tuple[str, ...], amount: str) -> None:
    [finding] = overspend(*steps)
    assert finding.code == "RSK002"
    assert (
        finding.message.removeprefix("at worst, ") == f"from {amount} on, part of the overspend of `Pool` has no owner"
    )


def test_a_last_step_without_a_limit_takes_the_rest_though_it_is_not_called_remainder() -> None:
    assert overspend("first at most £100,000: Council alone", "then ICB 60%, Council 40%") == []


def test_a_reserve_alone_takes_nothing_for_sure() -> None:
    reserve = '    reserve Contingency "Contingency reserve" opening £50,000\n'
    [finding] = overspend("first from Contingency", fund=reserve)
    assert finding.code == "RSK002"
    assert finding.message.startswith("at worst, with nothing from reserves, from £0.01 on, ")


def test_an_amount_says_what_it_supposes() -> None:
    reserve = '    reserve Contingency "Contingency reserve" opening £50,000, at most £60,000\n'
    steps = ("first underspends of shared schemes", "then from Contingency", "then at most £5: ICB 60%, Council 40%")
    [finding] = overspend(*steps, fund=reserve)
    assert finding.message.startswith("at worst, with nothing from reserves or underspends, from £5.01 on, ")
    [finding] = underspend("first into Contingency", "then at most £5: ICB 60%, Council 40%", fund=reserve)
    assert finding.message.startswith("at worst, with no room in reserves, from £5.01 on, ")
    [finding] = overspend('first caused by "winter": ICB 60%, Council 40%')
    assert finding.message.startswith("at worst, from £0.01 on, ")


def test_an_underspend_may_end_too_early_as_well() -> None:
    reserve = '    reserve Contingency "Contingency reserve" opening £50,000, at most £60,000\n'
    [finding] = underspend("first into Contingency", fund=reserve)
    assert finding.code == "RSK002"
    assert "the underspend of `Pool`" in finding.message


def test_a_block_for_named_schemes_is_named_by_them() -> None:
    [finding] = overspend("first at most £100: ICB alone", of="Equipment")
    assert "part of the overspend of Equipment has no owner" in finding.message


@pytest.mark.parametrize(
    ("steps", "amount"),
    [
        # Council's 40% reaches £100,000 at £250,000; half a penny of the next penny is rounded away.
        (("remainder ICB 60%, Council 40%; Council at most £100,000 in this step, excess to the next",), "£250,000.02"),
        (("remainder Council alone; Council at most £100,000 in this step, excess to the next",), "£100,000.01"),
        # Half of £200,000 less £10,000 is the £90,000 that ICB takes of what Council's cap turns away.
        (
            (
                "first ICB 50%, Council 50%; Council at most £10,000 in this step, excess to the next",
                "remainder ICB alone; ICB at most £90,000 in this step, excess to the next",
            ),
            "£200,000.01",
        ),
    ],
)
def test_caps_name_the_smallest_amount_that_they_leave_with_nobody(steps: tuple[str, ...], amount: str) -> None:
    [finding] = overspend(*steps)
    assert finding.code == "RSK009"
    assert finding.message.startswith(f"from {amount} on, caps leave part of the overspend of `Pool`")


def test_a_cap_over_the_whole_block_is_seen() -> None:
    found = found_with(
        f"""fund Pool "Westshire pooled fund"
    overspend of shared schemes together
{NOTIFY}        cap Council at most £20,000 a year
        remainder ICB 60%, Council 40%
"""
    )
    assert codes(found) == ["RSK009"]
    assert found[0].labels[0].text == "the cap on `Council`"


def test_a_cap_for_the_year_binds_what_a_body_decides_and_what_follows_if_it_does_not() -> None:
    [finding] = overspend(
        "cap Council at most £100,000 a year",
        "remainder decided by Board within 30 days of the statement, failing which ICB 50%, Council 50%",
    )
    assert finding.code == "RSK009"
    # Council's half of £200,000 is its cap; half of the next penny is the host's, which the cap turns away.
    assert finding.message == (
        "from £200,000.01 on, failing a decision, caps leave part of the overspend of `Pool` with nobody"
    )
    assert [label.text for label in finding.labels] == ["the cap on `Council`", "caps also bind what `Board` decides"]


def test_a_fallback_to_somebody_without_a_cap_leaves_nothing() -> None:
    found = overspend(
        "cap Council at most £100,000 a year",
        "first ICB 60%, Council 40%",
        "remainder decided by Board within 30 days of the statement, failing which ICB alone",
    )
    assert found == []


def test_a_fallback_by_contributions_is_tried_in_each_year() -> None:
    [finding] = overspend(
        "cap ICB at most £30,000 a year",
        "remainder decided by Board within 30 days of the statement,"
        " failing which in proportion to contributions to the fund, as last varied in writing",
        fund="    contributions 2026/27\n        ICB £600,000\n        Council £400,000\n"
        "    contributions 2027/28\n        ICB £750,000\n        Council £250,000\n",
    )
    # ICB bears three quarters in the second year: £30,000 is three quarters of £40,000.
    assert finding.code == "RSK009"
    assert finding.message.startswith("from £40,000.01 on, ")


def test_a_cap_used_up_by_marked_spending_leaves_money_sooner() -> None:
    [finding] = overspend(
        "cap Council at most £100 a year", 'first caused by "winter": Council alone', "remainder ICB 50%, Council 50%"
    )
    # All marked: Council alone pays £100, and half of the next penny is turned away.
    assert finding.message.startswith("at worst, from £100.01 on, caps leave")


def test_a_cap_at_a_partners_own_contribution_is_seen() -> None:
    [finding] = overspend(
        "remainder Council alone; Council at most a sum equal to its contribution in this step, excess to the next"
    )
    assert finding.message.startswith("from £400,000.01 on, caps leave")


def test_a_cap_that_a_later_step_makes_good_is_no_fault() -> None:
    assert (
        overspend(
            "first ICB 60%, Council 40%; Council at most £100,000 in this step, excess to the next",
            "remainder ICB 50%, Council 50%",
        )
        == []
    )


def test_steps_that_end_are_not_reported_again_for_their_caps() -> None:
    [finding] = overspend(
        "first at most £90: ICB 60%, Council 40%; Council at most £10 in this step, excess to the next"
    )
    # The steps end at £90, but 40% of £25 is already all that Council pays.
    assert finding.code == "RSK002"
    assert finding.message.startswith("from £25.02 on, part of the overspend of `Pool` has no owner")
    assert [label.text for label in finding.labels][-1] == "the cap on `Council`"


def test_the_step_that_takes_everything_is_shown_beside_the_one_it_stops() -> None:
    [finding] = overspend("first at most £10: ICB alone", "then Council alone", "then ICB 60%, Council 40%")
    assert finding.code == "RSK010"
    assert [label.text for label in finding.labels] == ["never reached", "takes everything"]
    assert finding.labels[0].span.line == finding.labels[1].span.line + 1


def test_every_step_behind_one_that_takes_everything_is_reported() -> None:
    found = overspend("first Council alone", "then at most £5: ICB alone", "remainder ICB 60%, Council 40%")
    assert codes(found) == ["RSK010", "RSK010"]


def test_a_running_total_that_earlier_steps_have_passed_is_reported() -> None:
    [finding] = overspend(
        "first at most £100,000: Council alone",
        "then until all steps so far have met £80,000: ICB alone",
        "remainder ICB 60%, Council 40%",
    )
    assert finding.code == "RSK010"
    assert finding.message.endswith("never reached: by then the steps before it have always met £80,000")
    assert [(label.text, label.span.line) for label in finding.labels] == [
        ("its limit is on the running total", finding.labels[0].span.line),
        ("goes on to or past it", finding.labels[0].span.line - 1),
    ]


def test_a_running_total_that_only_large_amounts_have_passed_is_reached_by_smaller_ones() -> None:
    found = overspend(
        "cap Council at most £50,000 a year",
        "first ICB 50%, Council 50%",
        "then until all steps so far have met £200,000: ICB alone",
        "remainder decided by Board within 30 days of the statement, failing which ICB alone",
    )
    assert found == []


def test_a_running_total_that_a_capped_step_always_passes_first_is_reported_without_a_figure_of_ours() -> None:
    [finding] = overspend(
        "cap Council at most £50,000 a year",
        "first ICB 50%, Council 50%",
        "then until all steps so far have met £100,000: ICB alone",
        "remainder decided by Board within 30 days of the statement, failing which ICB alone",
    )
    assert finding.code == "RSK010"
    assert finding.message.endswith("by then the steps before it have always met £100,000")
    assert finding.labels[1].span.line == finding.labels[0].span.line - 1


@pytest.mark.parametrize(
    "steps",
    [
        # All caused: Council is capped at £100 from £100 on, so little over it is turned away before £150 is met.
        (
            "cap Council at most £100 a year",
            'first caused by "winter": Council alone',
            "then ICB 50%, Council 50%",
            "then until all steps so far have met £150: ICB alone",
            "remainder decided by Board within 30 days of the statement, failing which ICB alone",
        ),
        # Once the Board's time has run out, the cap binds its step too.
        (
            "cap Council at most £100 a year",
            "first decided by Board within 30 days of the statement, failing which Council alone",
            "then at most £50: ICB alone",
            "remainder ICB alone",
        ),
    ],
)
def test_a_step_that_some_year_reaches_is_no_fault(steps: tuple[str, ...]) -> None:
    assert "RSK010" not in codes(overspend(*steps))


def test_nothing_is_said_of_more_capped_steps_than_can_be_tried() -> None:
    totals = [
        f"until all steps so far have met £{100 + 50 * (number % 7)}: ICB 50%, Council 50%" for number in range(80)
    ]
    steps = [f"then {total}" for total in totals]
    found = overspend(
        "cap Council at most £50 a year", "first at most £9: ICB alone", *steps, "remainder ICB 50%, Council 50%"
    )
    assert "RSK010" not in codes(found)


TWO_SCHEMES = """    scheme Equipment "Community equipment" shared
    scheme Beds "Step-down beds" shared
    budget from 2026/27
        Equipment £500,000
        Beds £500,000
    contributions from 2026/27
        ICB £100,000, only for Equipment
        ICB £400,000, only for Beds
        Council £400,000, only for Equipment
        Council £100,000, only for Beds
"""


def test_caps_used_up_by_another_scheme_let_a_step_be_reached() -> None:
    steps = (
        "cap Council at most £50,000 a year",
        "first ICB 50%, Council 50%",
        "then until all steps so far have met £100,000: ICB alone",
        "remainder decided by Board within 30 days of the statement, failing which ICB alone",
    )
    assert overspend(*steps, fund=TWO_SCHEMES, of="each shared scheme") == []
    assert codes(overspend(*steps, fund=TWO_SCHEMES)) == ["RSK010"]


def test_each_scheme_on_its_own_goes_by_its_own_contributions() -> None:
    by_scheme = "remainder in proportion to contributions to those schemes, as last varied in writing"
    capped = f"{by_scheme}; Council at most £40,000 in this step, excess to the next"
    [finding] = overspend(capped, fund=TWO_SCHEMES, of="each shared scheme")
    # Of an overspend on equipment Council bears 80%: £40,000 is 80% of £50,000.
    assert finding.code == "RSK009"
    assert finding.message.startswith("from £50,000.01 on, caps leave")
    [finding] = overspend(capped, fund=TWO_SCHEMES)
    assert finding.message.startswith("from £80,000.01 on, caps leave")


def test_a_scheme_of_its_own_to_which_nobody_contributes_is_reported_once() -> None:
    tied = TWO_SCHEMES.replace(", only for Beds", "")
    by_scheme = "remainder in proportion to contributions to those schemes, as last varied in writing"
    assert codes(overspend(by_scheme, fund=tied, of="each shared scheme")) == ["MON014"]
    assert overspend(by_scheme, fund=tied) == []


def test_a_running_total_behind_a_reserve_may_still_be_reached() -> None:
    reserve = '    reserve Contingency "Contingency reserve" opening £50,000\n'
    found = overspend(
        "first from Contingency, at most £100,000",
        "then until all steps so far have met £80,000: ICB alone",
        "remainder ICB 60%, Council 40%",
        fund=reserve,
    )
    assert found == []


def test_a_source_that_happens_to_be_empty_is_no_step_that_is_never_reached() -> None:
    # The fund has one shared scheme: its own underspend never helps it, but the words are right for any number.
    assert overspend("first underspends of shared schemes", "remainder ICB 60%, Council 40%") == []


def test_a_step_of_nothing_is_reported() -> None:
    [finding] = overspend("first at most £0: ICB alone", "remainder ICB 60%, Council 40%")
    assert finding.message == "a step of the overspend of `Pool` may take nothing"


def test_a_sharing_that_says_too_little_is_not_reported_again_as_an_end_without_owner() -> None:
    assert codes(overspend("remainder in proportion to contributions")) == ["MON010"]
    assert codes(overspend("remainder ICB 60%, Council 30%")) == ["MON005"]
    by_schemes = "remainder in proportion to contributions to those schemes, as last varied in writing"
    assert codes(overspend(by_schemes)) == ["MON014"]


def test_an_end_without_owner_is_found_behind_a_sharing_that_says_too_little() -> None:
    assert codes(overspend("first at most £10: in proportion to contributions")) == ["RSK002", "MON010"]


def test_a_board_that_bears_the_end_alone_may_be_capped_or_share() -> None:
    assert codes(overspend("remainder ICB alone")) == ["RSK005"]
    assert overspend("remainder Council alone") == []
    shared = overspend(
        "first ICB 60%, Council 40%; Council at most £10 in this step, excess to the next",
        "remainder ICB 50%, Council 50%",
    )
    assert shared == []
    left_over = overspend(
        "first ICB 60%, Council 40%; Council at most £10 in this step, excess to the next", "remainder ICB alone"
    )
    assert codes(left_over) == ["RSK005"]


def test_each_scheme_on_its_own_is_tried_like_all_together() -> None:
    [finding] = overspend("first at most £100: ICB alone", of="each shared scheme")
    assert "part of the overspend of each shared scheme of `Pool` has no owner" in finding.message


def test_a_fund_without_any_figures_is_tried_all_the_same() -> None:
    found = found_with(
        f"""fund Pool "Westshire pooled fund"
    overspend of shared schemes together
{NOTIFY}        first at most £100: ICB 60%, Council 40%;
            Council at most a sum equal to its contribution in this step, excess to the next
""",
        without="""fund Pool "Westshire pooled fund"
    contributions from 2026/27
    budget from 2026/27
""",
    )
    assert set(codes(found)) == {"RSK002", "DOC003", "MON003"}


AS_PAID = "remainder in proportion to contributions to the fund, {}as paid"
WITH_CAPITAL = """    contributions from 2026/27
        ICB £600,000
        Council £300,000
        Council £100,000, capital
"""


def test_as_paid_goes_by_all_that_is_paid_in() -> None:
    found = [one for one in overspend(AS_PAID.format("revenue cash, "), fund=WITH_CAPITAL) if one.code == "MON019"]
    assert [one.message for one in found] == [
        "this counts only part of what is paid in for 2026/27, and paid figures are not split like that"
    ]
    assert "MON019" not in codes(overspend(AS_PAID.format("all cash, "), fund=WITH_CAPITAL))
    assert overspend(AS_PAID.format("")) == []
    assert overspend(AS_PAID.format("").replace("as paid", "recurrent only, as paid")) == []


def test_as_paid_is_asked_of_what_follows_a_lapsed_decision_too() -> None:
    fallback = AS_PAID.format("revenue cash, ").removeprefix("remainder ")
    decided = f"remainder decided by Board within 30 days of the statement, failing which {fallback}"
    found = overspend(decided, fund=WITH_CAPITAL)
    assert "MON019" in codes(found)


def test_as_paid_to_those_schemes_is_no_figure_that_anybody_has() -> None:
    by_scheme = "remainder in proportion to contributions to those schemes, as paid"
    assert codes(overspend(by_scheme, fund=TWO_SCHEMES, of="each shared scheme")) == ["MON019"]
    assert overspend(by_scheme, fund=TWO_SCHEMES) == []


def test_what_helps_a_proportion_that_says_too_little_says_enough() -> None:
    lines = "        ICB £600,000, one-off\n        Council £300,000\n        Council £100,000, capital\n"
    years = f"    contributions 2026/27\n{lines}    contributions 2027/28\n{lines}"
    [finding] = [
        one for one in overspend("remainder in proportion to contributions", fund=years) if one.code == "MON010"
    ]
    mended = finding.help.removeprefix("say it in full: ")
    assert "MON010" not in codes(overspend(f"remainder {mended}", fund=years))


CONSENT = 'fact Consent "Both chief finance officers agreed"\n'
OFFER = 'fact Offer "What the ICB offers"\n    an amount\n'


def overspend_asking(*steps: str) -> list[Finding]:
    """What is found of the steps where they may ask for a consent and an offer."""
    lines = "".join(f"        {step}\n" for step in steps)
    fund = f'fund Pool "Westshire pooled fund"\n    overspend of shared schemes together\n{NOTIFY}{lines}'
    return [one for one in found_with(f"{CONSENT}{OFFER}{fund}") if one.code.startswith("RSK")]


def test_a_step_that_some_kind_of_year_reaches_is_well() -> None:
    """What takes everything where consent is given takes nothing where it is not."""
    assert overspend_asking("first if Consent: Council alone", "remainder ICB 50%, Council 50%") == []
    assert overspend_asking("first unless Consent: Council alone", "remainder ICB 50%, Council 50%") == []
    assert overspend_asking("first at most Offer: Council alone", "remainder ICB 50%, Council 50%") == []
    stopped = ("first Council alone", "then if Consent: ICB alone", "remainder ICB 50%, Council 50%")
    assert codes(overspend_asking(*stopped)) == ["RSK010", "RSK010"]


@pytest.mark.parametrize(
    ("steps", "amount"),
    [
        (("first if Consent: Council alone",), "£0.01"),
        (("first unless Consent: Council alone",), "£0.01"),
        (("first at most Offer: Council alone",), "£0.01"),
        (("first at most £100: ICB alone", "then if Consent: Council alone"), "£100.01"),
    ],
)
def test_a_year_without_what_a_step_asks_for_leaves_money(steps: tuple[str, ...], amount: str) -> None:
    [finding] = [one for one in overspend_asking(*steps) if one.code == "RSK002"]
    assert finding.message == f"at worst, from {amount} on, part of the overspend of `Pool` has no owner"


def test_parts_of_the_amount_leave_what_they_leave() -> None:
    [finding] = overspend_asking("first at most 60% of the whole amount: Council alone")
    # Of a penny, 60% is a penny.
    assert finding.message == "from £0.02 on, part of the overspend of `Pool` has no owner"
    assert (
        overspend_asking("first at most 60% of the whole amount: Council alone", "remainder ICB 50%, Council 50%") == []
    )
