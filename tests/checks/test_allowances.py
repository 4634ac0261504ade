"""What an `allow` line takes out, and what is wrong with one that does not."""

import pytest

from tests.checks.laying import codes, found_with

HALF_YEARLY = 'fund Pool "Westshire pooled fund"\n    report half-yearly, to Board\n'
UNCERTIFIED = 'fund Pool "Westshire pooled fund"\n    host Council\n'
NO_CERTIFICATE = 'fund Pool "Westshire pooled fund"\n    certified "x"\n'


@pytest.mark.parametrize("what", ["return-not-certified", "HST008"])
def test_a_warning_is_allowed_by_its_name_or_its_code(what: str) -> None:
    assert codes(found_with(UNCERTIFIED, without=NO_CERTIFICATE)) == ["HST008"]
    assert found_with(f'{UNCERTIFIED}\nallow {what} because "Certified by the group."\n', without=NO_CERTIFICATE) == []


def test_an_error_needs_somebody_who_approved_it() -> None:
    allow = 'allow HST005 because "One contract at a fixed price."'
    [finding] = found_with(f"{HALF_YEARLY}\n{allow}\n")
    assert finding.code == "ALW002"
    assert "reports half-yearly" in finding.message
    assert [label.text for label in finding.labels] == ["approved by whom?", "the error"]
    assert found_with(f'{HALF_YEARLY}\n{allow}, approved by "Monitoring Officer, 18 March 2026"\n') == []


def test_the_same_fault_that_weighs_less_needs_no_approval() -> None:
    # Under the Welsh regulations the missing monitoring is a warning, and one `allow` line is enough.
    welsh = 'agreement "Westshire pooled fund"\n    basis section 33 of the NHS (Wales) Act 2006\n'
    partners = (
        '\npartner ICB "Westshire University Health Board"\n    kind local health board\n'
        '\npartner Council "Westshire County Council"\n    kind county council in Wales\n'
    )
    change = f'{welsh}{partners}\nfund Pool "Westshire pooled fund"\n    host Council\n'
    without = f'{welsh}{partners}\nfund Pool "Westshire pooled fund"\n    monitored "x"\n'
    [finding] = found_with(change, without=without)
    assert (finding.code, finding.severity.value) == ("DOC011", "warning")
    assert "SI 2000/2993 reg 7" in finding.message
    assert found_with(f'{change}\nallow DOC011 because "The board monitors it."\n', without=without) == []


def test_a_misspelt_name_is_answered_with_the_nearest() -> None:
    [finding] = found_with('allow return-not-certifed because "It is."\n')
    assert (finding.code, finding.help) == ("ALW001", "did you mean `return-not-certified`?")


@pytest.mark.parametrize("what", ["LNG003", "name-not-known", "ALW002"])
def test_reading_problems_and_faults_of_allowances_cannot_be_allowed(what: str) -> None:
    [finding] = found_with(f'allow {what} because "We like it."\n')
    assert (finding.code, finding.message) == ("ALW001", f"`{what}` cannot be allowed")


def test_an_allowance_that_allows_nothing_is_reported() -> None:
    [finding] = found_with('allow no-audit because "The group arranges it."\n')
    assert finding.code == "ALW003"


def test_one_allowance_covers_every_fault_of_its_check_and_no_other() -> None:
    change = f'{HALF_YEARLY}    paid monthly in advance\n\nallow outcome-without-measure because "Known."\n'
    agreement = 'agreement "Westshire pooled fund"\n    outcome "A"\n    outcome "B"\n\n'
    assert codes(found_with(agreement + change)) == ["HST005"]
