"""The diary of an agreement for people: what has a day, in order, then what waits for something to happen."""

from collections.abc import Iterator
from datetime import date

from poolrules.base.calendar import PUBLISHED_TO
from poolrules.base.dates import format_short_day
from poolrules.engine.diary import Diary, Entry
from poolrules.reporting.lines import NARROWEST, hanging, rule_off, table, wrapped
from poolrules.reporting.payments_text import WIDEST, clause_of
from poolrules.reporting.wide import cells
from poolrules.ruleset.ruleset import Ruleset
from poolrules.source.text import visible


def write_diary(rules: Ruleset, diary: Diary, width: int = 100) -> str:
    """Write the diary in lines of at most `width` cells."""
    width = min(max(width, NARROWEST), WIDEST)
    title = f"Calendar{f' of {diary.year}' if diary.year else ''}: {diary.title}"
    lines = [*wrapped(title, width), "=" * min(width, cells(visible(title)))]
    lines += [line for note in _notes(rules, diary) for line in hanging("", note, width)]
    lines += _dated(rules, diary, width)
    lines += _undated(rules, diary, width)
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _notes(rules: Ruleset, diary: Diary) -> Iterator[str]:
    """Whose bank holidays count, and how far they are known."""
    if rules.calendar.nation and any("working day" in one.within for one in diary.dated):
        yield f"Working days are counted by the bank holidays of {rules.calendar.nation}."
        if diary.dated[-1].day > f"{PUBLISHED_TO}-12-31":
            yield f"Those after {PUBLISHED_TO} follow from the standing rules, as none are published yet."


def _dated(rules: Ruleset, diary: Diary, width: int) -> Iterator[str]:
    """Everything with a day."""
    if not diary.dated:
        yield from ("", "No day is set.")
        return
    yield from rule_off("Days and deadlines", width)
    rows = [
        (format_short_day(date.fromisoformat(one.day)), _what(one), one.who, clause_of(rules, one.rule))
        for one in diary.dated
    ]
    yield from table(("day", "", "who", "clause"), rows, width, texts=4)


def _what(one: Entry) -> str:
    """What is to be done, and how its day was counted."""
    return f"{one.what}: within {one.within} of {one.after}" if one.within else one.what


def _undated(rules: Ruleset, diary: Diary, width: int) -> Iterator[str]:
    """Everything that has no day, with what starts its clock or why its day is not known."""
    if not diary.undated:
        return
    yield from rule_off("Without a day", width)
    rows = [(one.what, when(one), one.who, clause_of(rules, one.rule)) for one in diary.undated]
    yield from table(("", "when", "who", "clause"), rows, width, texts=4)
    for help in dict.fromkeys(one.help for one in diary.undated if one.help):
        yield ""
        yield from hanging("  = help: ", help, width)


def when(one: Entry) -> str:
    """When something without a day is to be done, or why that is not known."""
    counted = f"within {one.within} of {one.after}" if one.after else one.within
    return f"{counted}: {one.unknown}" if counted and one.unknown else counted or one.unknown
