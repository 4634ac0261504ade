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
    assert finding.message == f"from {amount} on, part of the overspend of `Pool` has no owner"


def test_a_last_step_without_a_limit_takes_the_rest_though_it_is_not_called_remainder() -> None:
    assert overspend("first at most £100,000: Council alone", "then ICB 60%, Council 40%") == []


def test_a_reserve_alone_takes_nothing_for_sure() -> None:
    reserve = '    reserve Contingency "Contingency reserve" opening £50,000\n'
    [finding] = overspend("first from Contingency", fund=reserve)
    assert (finding.code, finding.message[:13]) == ("RSK002", "from £0.01 on")


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
    assert codes(
        overspend("first at most £90: ICB 60%, Council 40%; Council at most £10 in this step, excess to the next")
    ) == ["RSK002"]


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
    assert "earlier steps have then already taken £100,000" in finding.message


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
