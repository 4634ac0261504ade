"""The words beside steps: why nothing was taken, what a cap does, and where what is left goes."""

from pathlib import Path

import pytest

from poolrules.pipeline.settle import Asked, NotSettled, settle_file
from poolrules.reporting.statement import write_statement

AGREEMENT = """
agreement "Pool"
    basis section 75 of the NHS Act 2006
    term 1 April 2026 to 31 March 2027
partner Trust "Trust"
    kind NHS foundation trust
partner Borough "Borough"
    kind metropolitan borough council
fund Pool "Pool"
    host Borough
    scheme Beds "Beds" shared
    contributions 2026/27
        Trust £100
        Borough £100
    budget 2026/27
        Beds £200
    reserve Cushion "Cushion" opening £{opening}, at least £{least}
    overspend of shared schemes together
        {steps}
"""


@pytest.fixture
def said(tmp_path: Path) -> "Said":
    return Said(tmp_path)


class Said:
    """Settles an overspend of £100 and gives the statement on one line."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def by(self, *steps: str, opening: int = 50, least: int = 50, paid: tuple[str, ...] = ()) -> str:
        text = AGREEMENT.format(steps="\n        ".join(steps), opening=opening, least=least)
        (self.folder / "a.pool").write_text(text, encoding="utf-8")
        (self.folder / "o.csv").write_text("scheme,spent,cause\nBeds,300,\n")
        asked = Asked(str(self.folder / "a.pool"), str(self.folder / "o.csv"), "2026/27", paid=paid)
        done = settle_file(asked)
        assert not isinstance(done, NotSettled), done.findings
        return " ".join(write_statement(done, 100).split())


def test_a_reserve_that_holds_its_least_is_not_empty(said: Said) -> None:
    steps = ("first from Cushion", "remainder Trust alone")
    assert "Cushion holds no more than the £50 that it must hold" in said.by(*steps)
    assert "Cushion is empty" in said.by(*steps, opening=0, least=0)
    assert "Cushion has £20.00 to give beyond the £50 that it must hold" in said.by(*steps, opening=70)


def test_a_total_that_is_reached_and_a_cause_that_is_not_there(said: Said) -> None:
    first, total = "first at most £50: Trust alone", "then until all steps so far have met £50: Borough alone"
    assert "nothing taken: earlier steps have met as much" in said.by(first, total, "remainder Trust alone")
    caused = 'first caused by "strike": Trust alone'
    assert "nothing taken: no spending is marked with that cause" in said.by(caused, "remainder Trust alone")


def test_what_a_cap_turns_away_goes_on_only_where_there_is_a_step(said: Said) -> None:
    cap = "Trust 50%, Borough 50%; Trust at most £10 in this step, excess to the next"
    assert "turns away £40.00, which goes on to the next step" in said.by(f"first {cap}", "remainder Borough alone")
    last = said.by(f"remainder {cap}")
    assert "turns away £40.00, and no later step takes it" in last
    assert "left after the last step 40.00" in last
    assert "next step" not in last.partition("turns away")[2]


def test_all_partners_have_still_to_decide(said: Said) -> None:
    assert "all partners have still to decide" in said.by("remainder decided by all partners, failing which equally")


def test_a_payment_that_no_rule_asks_for_is_said_to_change_nothing(said: Said) -> None:
    given = "Trust paid £5.00 into Pool; no rule asks for it"
    assert given in said.by("remainder Trust alone", paid=("Pool.Trust=£5",))
    as_paid = "remainder in proportion to contributions to the fund, revenue cash, as paid"
    asked = said.by(as_paid, paid=("Pool.Trust=5", "Pool.Borough=5"))
    assert "Trust paid £5.00 into Pool" in asked
    assert given not in asked
