"""The diary: what has a day gets it, and everything else is there with what starts its clock."""

from poolrules.engine.diary import Diary, diary
from poolrules.ruleset.ruleset import CalendarRules, Duty, Event, Ruleset


def entries(*duties: Duty, calendar: CalendarRules | None = None, year: str = "") -> Diary:
    rules = Ruleset(
        "T",
        "",
        (),
        (),
        first_day="2026-05-01",
        last_day="2027-09-30",
        duties=duties,
        calendar=calendar or CalendarRules("England", "kept to the last day"),
    )
    return diary(rules, year)


def days(found: Diary) -> list[str]:
    return [one.day for one in found.dated]


def test_a_report_has_a_deadline_for_each_period_of_the_term() -> None:
    report = Duty("report", "the report is made", count=1, unit="month", after=Event.PERIOD_END, every="quarterly")
    assert days(entries(report)) == [
        *("2026-07-30", "2026-10-30", "2027-01-31", "2027-04-30", "2027-07-30", "2027-10-30"),
    ]
    assert days(entries(report, year="2027/28")) == ["2027-04-30", "2027-07-30", "2027-10-30"]


def test_a_return_has_a_deadline_for_each_year_of_the_term() -> None:
    made = Duty("return", "the return is made", count=3, unit="month", after=Event.YEAR_END)
    assert days(entries(made)) == ["2027-06-30", "2028-06-30"]
    unknown = entries(made, calendar=CalendarRules("England"))
    assert unknown.dated == ()
    assert ["no 31 June 2027" in unknown.undated[0].unknown, bool(unknown.undated[0].help)] == [True, True]
    assert [one.occasion for one in entries(made, calendar=CalendarRules(), year="2026/27").undated] == ["2027-03-31"]


def test_what_may_happen_on_any_day_has_none() -> None:
    duties = (
        Duty("notice", "notice is given", count=6, unit="month", after=Event.NOTICE),
        Duty("report", "the report is made", count=10, unit="day", after=Event.PERIOD_END, every="every 6 weeks"),
        Duty("uplift", "contributions are raised", percent="5%"),
        Duty("ends", "the agreement ends", day="2027-09-30"),
    )
    found = entries(*duties)
    assert [(one.rule, one.within, one.after) for one in found.undated] == [
        ("notice", "6 months", "the day notice is given"),
        ("report", "10 days", "the end of each period"),
    ]
    assert "from which day every 6 weeks is counted" in found.undated[1].unknown
    assert days(found) == ["2027-09-30"]


def test_the_final_account_is_counted_from_the_end_of_the_term() -> None:
    account = Duty("exit.account", "the final account is made", count=5, unit="working day", after=Event.END)
    assert days(entries(account)) == ["2027-10-07"]
