"""The ways in which people write amounts, percentages, dates, years, lengths and names that are not read here.

Each is wrong for a reason: a date such as 01/04/2026 is two days, `£1.2m` hides pence, a fraction
without its whole is a guess. The list is data, tried in order where such a value could stand.
"""

import re
from typing import Final

from msgspec import Struct

_UNITS: Final = r"(?:working +days?|days?|weeks?|months?|years?)"
_NUMBERS: Final = (
    "a|an|one|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|thirty|forty|fifty|sixty|ninety"
)
_END: Final = r"(?= *(?:[,;:]|$))"
_AMOUNT_HELP: Final = "amounts are in pounds sterling, such as £1,200.50"
_LENGTH_HELP: Final = "write a number and a unit: working days, days, weeks, months or years"


class Form(Struct, frozen=True):
    """A way of writing a value wrongly: where such a value is wanted, how it looks, what is said and how to mend it."""

    wanted: tuple[str, ...]
    pattern: re.Pattern[str]
    message: str
    help: str


def _form(wanted: str, pattern: str, message: str, help: str) -> Form:
    """Make a form; what is wanted is given as words."""
    return Form(tuple(wanted.split()), re.compile(pattern), message, help)


MISWRITTEN: Final = (
    # amounts
    _form("MONEY", r"[€$] *[0-9][0-9.,]*[a-z]*|(?:USD|EUR)\b.*?" + _END, "`{0}` is not in pounds", _AMOUNT_HELP),
    _form("MONEY", r"GBP *(?P<sum>[0-9][0-9.,]*)", "`{0}` has no pound sign", "write `£{sum}`"),
    _form("MONEY", r"£ +(?P<sum>[0-9][0-9,.]*)", "a space stands after the pound sign", "write `£{sum}`"),
    _form("MONEY", r"£?-£?[0-9][0-9.,]*|\(£?[0-9.,]+\)", "`{0}` is a negative amount",
          "amounts are never negative here: the words say who pays and who receives"),
    _form("MONEY", r"£?[0-9][0-9.,]* ?(?:k|K|m|M|bn|mn|million|thousand)\b", "`{0}` is shortened",
          "write the amount out in full, such as £1,200,000"),
    _form("MONEY", r"£[0-9]{1,3}(?:\.[0-9]{3})+,[0-9]{2}\b", "`{0}` has its point and commas the wrong way round",
          "put commas between thousands and a point before the pence, such as £1,200.50"),
    _form("MONEY", r"£[0-9][0-9,. ]*[0-9]", "`{0}` is not an amount", "put commas between thousands, and no spaces"),
    _form("MONEY", r"(?P<sum>[0-9][0-9,]*(?:\.[0-9]+)?) +(?:pounds|GBP)\b", "`{0}` has no pound sign",
          "write `£{sum}`"),
    _form("NOTHING", r"(?:nil|none|zero|no contribution|£?0)\b", "`{0}` is not said here", "write `nothing`"),
    _form("MONEY", r"(?:nil|none|zero|nothing)\b", "`{0}` is not an amount", "write `£0`"),
    _form("MONEY", r"(?P<sum>[0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?)(?![0-9/%]| *%| *parts?\b)", "`{0}` has no pound sign",
          "write `£{sum}`"),
    _form("MONEY", r"£(?=[^0-9]|$)", "there is no sum after the pound sign", "write an amount such as £1,200"),
    # percentages and shares
    _form("PERCENT", r"(?P<number>[0-9]+(?:\.[0-9]+)?) +%", "a space stands before the percent sign",
          "write `{number}%`"),
    _form("PERCENT", r"(?P<number>[0-9]+(?:\.[0-9]+)?) *(?:per ?cent|pc)\b", "`{0}` is a percentage in words",
          "write `{number}%`"),
    _form("PERCENT", r"0?\.[0-9]+" + _END, "`{0}` is not a percentage", "write a percentage such as `60%`"),
    _form("PERCENT", r"(?P<number>[0-9]+),(?P<part>[0-9]+)%", "`{0}` has a comma for its point",
          "write `{number}.{part}%`"),
    _form("PERCENT", r"[0-9]+/[0-9]+", "`{0}` is a fraction",
          "write a percentage such as `60%`, or parts: `ICB 1 part, Council 2 parts`"),
    _form("PERCENT", r"(?P<number>[0-9]+(?:\.[0-9]+)?)" + _END, "`{0}` has no percent sign",
          "write `{number}%`, or `{number} parts` for a weight"),
    _form("PERCENT", r"(?:a |one |two )?(?:half|thirds?|quarters?|fifths?)\b", "`{0}` is a share in words",
          "write a percentage such as `50%`, or parts: `ICB 1 part, Council 2 parts`"),
    _form("PERCENT PARTS", r"£[0-9](?:[0-9.,]*[0-9])?", "`{0}` is an amount, and a share belongs here",
          "write a percentage such as `60%`; a sum that limits a step stands before it: `at most {0}:`"),
    _form("PERCENT_OF_BUDGET", r"(?P<number>[0-9]+(?:\.[0-9]+)?) *%(?! +of)", "`{0}` does not say of what",
          "write `{number}% of their budget`"),
    _form("PERCENT_OF_BUDGET", r"[0-9.]+ *% +of\b[^,;:]*", "`{0}` is not a share of the budget",
          "write `2% of their budget`, or an amount"),
    # dates
    _form("DAY", r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}", "`{0}` is not how a date is written here",
          "write the day, the month as a word and the year: 1 April 2026"),
    _form("DAY", r"[0-9]{1,2}[/.-][0-9]{1,2}[/.-][0-9]{2,4}", "`{0}` can be read as two different days",
          "write the month as a word: 1 April 2026"),
    _form("DAY", r"(?P<month>[A-Z][a-z]+) +(?P<day>[0-9]{1,2}),? +(?P<year>[0-9]{4})",
          "`{0}` has the month before the day",
          "write `{day} {month} {year}`"),
    _form("DAY", r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th)\b(?: +of)? *(?P<rest>[A-Z][a-z]+ +[0-9]{4})",
          "`{0}` is not how a date is written here",
          "write `{day} {rest}`"),
    _form("DAY", r"(?P<day>[0-9]{1,2}) +(?P<month>[a-z]+) +(?P<year>[0-9]{4})",
          "the month in `{0}` has no capital letter",
          "write a date such as 1 April 2026"),
    _form("DAY", r"[0-9]{1,2} +[A-Z][a-z]+\b(?! *'?[0-9])", "`{0}` has no year", "write a date such as 1 April 2026"),
    _form("DAY", r"[0-9]{1,2} +[A-Z][a-z]+ +'?[0-9]{2}\b(?![0-9])", "`{0}` has a short year",
          "write the year in full: 1 April 2026"),
    _form("DAY", r"[A-Z][a-z]+ +[0-9]{4}", "`{0}` has no day", "write a date such as 1 April 2026"),
    _form("DAY", r"[^,;:]*?(?= +to\b)|[^,;:]+", "`{0}` is not a date", "write a date such as 1 April 2026"),
    # days of the year
    _form("DAY_OF_YEAR", r"(?P<month>[A-Z][a-z]+) +(?P<day>[0-9]{1,2})\b", "`{0}` has the month before the day",
          "write `{day} {month}`"),
    _form("DAY_OF_YEAR", r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th)\b(?: +of)? *(?P<month>[A-Z][a-z]+)",
          "`{0}` is not how a day is written here", "write `{day} {month}`"),
    _form("DAY_OF_YEAR", r"[^,;:]+", "`{0}` is not a day of the year", "write a day and a month, such as 1 April"),
    # rates
    _form("PERCENT_A_YEAR", r"(?P<rate>[0-9]+(?:\.[0-9]+)?%)(?: +(?:per|each|every) +(?:year|annum)| *p\.?a\.?)?",
          "`{0}` is not how a rate for a year is written", "write `{rate} a year`: it is simple interest, by days"),
    # financial years
    _form("YEAR", r"(?P<start>[0-9]{4})[-/](?:[0-9]{2})?(?P<end>[0-9]{2})\b",
          "`{0}` is not how a financial year is written here",
          "write `{start}/{end}`"),
    _form("YEAR", r"[0-9]{4}\b|[0-9]{2}/[0-9]{2}\b|FY *[0-9/]+", "`{0}` is not a financial year",
          "write both years, the first in full: 2026/27"),
    # lengths of time
    _form("LENGTH", r"(?:an?|one) +(?P<unit>(?:working +day|day|week|month|year)\b)", "`{0}` is not in figures",
          "write `1 {unit}`"),
    _form("LENGTH", rf"(?P<number>{_NUMBERS}) +(?:calendar +|clear +)?(?P<unit>{_UNITS})\b", "`{0}` is not in figures",
          "write a number in figures, such as 20 working days"),
    _form("LENGTH", r"(?P<number>[0-9]+) *(?:work|business|banking)(?:ing)?[ -]*days?\b",
          "`{0}` is not a length of time",
          "write `{number} working days`"),
    _form("LENGTH", r"(?P<number>[0-9]+)-(?P<unit>[a-z]+)\b", "`{0}` is not a length of time",
          "write `{number} {unit}s`"),
    _form("LENGTH", r"(?P<number>[0-9]+) *(?:[a-z]+)(?: +days?)?", "`{0}` is not a length of time", _LENGTH_HELP),
    _form("LENGTH", r"[0-9]+" + _END, "`{0}` has no unit of time", _LENGTH_HELP),
    # names and checks
    _form("NAME", r"(?P<name>[A-Z][A-Za-z0-9-]*)[.!]$", "`{0}` ends with a full stop", "write `{name}`"),
    _form("NAME", r"(?P<name>[A-Z][A-Za-z0-9-]*[_&'./][^\s,;:]*)", "`{0}` is not a name",
          "names are made of letters, digits and hyphens"),
    _form("NAME", r"[0-9][A-Za-z0-9-]*" + _END, "`{0}` is not a name",
          "names begin with a capital letter, such as Council"),
    _form("CHECK", r"[^\s,;:\"]+", "`{0}` is neither the code nor the name of a check",
          "write a code such as MON005, or a name such as shares-do-not-sum"),
)  # fmt: skip
"""In this order: the more telling forms stand first."""
