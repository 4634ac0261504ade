"""The diary of an agreement as a calendar file (RFC 5545), for the calendar programs that people use.

What has a day is an event of the whole day; what waits for something to happen is a task without a due day. An
entry keeps its UID when its day moves, so that a calendar that is read in again moves it too. Times of writing are
fixed, since the same agreement must give the same file.
"""

import datetime
import hashlib

from icalendar import Calendar, Component, Event, Todo

from poolrules.base.version import VERSION
from poolrules.engine.diary import Diary, Entry
from poolrules.reporting.diary_text import when
from poolrules.reporting.payments_text import clause_of
from poolrules.ruleset.ruleset import Ruleset

_STAMP = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)
"""Stands for the time of writing, which the format wants and nobody reads."""


def write_diary_ics(rules: Ruleset, diary: Diary) -> bytes:
    """Write the diary as a calendar file."""
    calendar = Calendar()
    calendar.add("prodid", f"-//poolrules//poolrules {VERSION}//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", rules.title)
    for one in diary.dated:
        calendar.add_component(_event(rules, one))
    for one in diary.undated:
        calendar.add_component(_task(rules, one))
    written: bytes = calendar.to_ical()
    return written


def _event(rules: Ruleset, one: Entry) -> Event:
    """An entry with a day."""
    event = Event()
    day = datetime.date.fromisoformat(one.day)
    _say(event, rules, one)
    event.add("dtstart", day)
    event.add("dtend", day + datetime.timedelta(1))
    event.add("transp", "TRANSPARENT")
    return event


def _task(rules: Ruleset, one: Entry) -> Todo:
    """An entry without a day."""
    task = Todo()
    _say(task, rules, one)
    return task


def _say(component: Component, rules: Ruleset, one: Entry) -> None:
    """Say what is to be done, by whom, counted how and by which clause."""
    said = "\0".join((rules.title, one.rule, one.occasion))
    component.add("uid", f"{hashlib.sha256(said.encode()).hexdigest()[:32]}@poolrules")
    component.add("dtstamp", _STAMP)
    component.add("summary", f"{one.what[:1].upper()}{one.what[1:]}")
    parts = (when(one), one.help, f"who: {one.who}" if one.who else "", f"clause {clause_of(rules, one.rule)}")
    component.add("description", "\n".join(part for part in parts if part))
