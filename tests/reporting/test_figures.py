"""Asking why: every amount and clause that a statement prints has an answer, and every name is offered."""

import re
from pathlib import Path

import pytest

from poolrules.pipeline.settle import Asked, settle_file
from poolrules.reporting.account import Account
from poolrules.reporting.figures import figures_there_are, printed_figures, write_trails
from poolrules.reporting.statement import write_statement
from poolrules.reporting.trail import figure_names

AGREEMENTS = Path(__file__).parents[2] / "agreements"


def settled(agreement: Path, outturn: Path, year: str) -> Account:
    done = settle_file(Asked(str(agreement), str(outturn), year))
    assert isinstance(done, Account)
    return done


@pytest.fixture(scope="module", params=["westshire", "rotherham"])
def account(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Account:
    if request.param == "rotherham":
        folder = AGREEMENTS / "rotherham"
        return settled(folder / "rotherham.pool", folder / "rotherham.outturn.csv", "2015/16")
    outturn = tmp_path_factory.mktemp("year") / "outturn.csv"
    outturn.write_text("scheme,spent\nEquipment,19000000.01\nHomecare,21700000.05\nAdaptations,3000000\n")
    return settled(AGREEMENTS / "showcase" / "westshire.pool", outturn, "2026/27")


def test_every_amount_that_is_printed_has_a_trail(account: Account) -> None:
    printed = set(re.findall(r"£?[0-9][0-9,]*\.[0-9]{2}\b", write_statement(account)))
    assert len(printed) > 10
    for amount in printed - {"0.00", "£0.00"}:
        assert write_trails(account, amount) is not None, amount


def test_every_clause_that_is_printed_has_a_trail(account: Account) -> None:
    clause_number = r"(?<![0-9,.£])[0-9]{1,2}\.[1-9][0-9]?(?:\([a-z]\))?(?![0-9(%]|[.,][0-9])"
    clauses = set(re.findall(clause_number, write_statement(account)))
    assert len(clauses) > 3
    for clause in clauses:
        assert write_trails(account, clause) is not None, clause


def test_a_pound_sign_or_no_pence_change_nothing(account: Account) -> None:
    whole = next(one.pence for one in printed_figures(account) if one.pence and one.pence % 100 == 0)
    plain = write_trails(account, f"{whole // 100}")
    assert plain is not None
    for written in (f"{whole // 100:,}", f"£{whole // 100:,}", f"{whole // 100:,}.00", f"£{whole // 100}.00"):
        assert write_trails(account, written) == plain


def test_an_amount_of_several_figures_shows_them_all(account: Account) -> None:
    result = next(result for result in account.settlement.partners if result.pays)
    shown = write_trails(account, f"{result.pays // 100}.{result.pays % 100:02d}")
    assert shown is not None
    own = [one for one in printed_figures(account) if one.pence == result.pays]
    assert len(own) > 1
    for one in own:
        assert one.what in " ".join(shown.split())
    assert all(shown.count(name) for one in own for name in one.names)


def test_every_name_of_a_printed_figure_has_a_trail(account: Account) -> None:
    names = {name for one in printed_figures(account) for name in one.names}
    assert names <= set(figure_names(account))


def test_what_one_fund_owes_another_is_in_the_trail_of_its_host() -> None:
    folder = AGREEMENTS / "rotherham"
    account = settled(folder / "rotherham.pool", folder / "rotherham.outturn.csv", "2015/16")
    for asked in ("Council", "Council.pays", "505,000.00"):
        trail = write_trails(account, asked)
        assert trail is not None
        assert "CouncilRisk gives" in trail
    assert "505,000" not in (write_trails(account, "Council.receives") or "")


@pytest.mark.parametrize("asked", ["Cuncil", "99.99", "99.9", "0.00", "12", ""])
def test_what_is_not_there_is_answered_with_all_that_is(asked: str, account: Account) -> None:
    assert write_trails(account, asked) is None
    offered = figures_there_are(account, asked)
    assert all(name in offered for name in figure_names(account))
    assert all(account.clause(step.rule) in offered for _, step in account.step_results())
