"""A made-up agreement in a dozen clause files that uses every part of the clause markup."""

from typing import Any

from msgspec import Struct

from poolrules.drafting.draft import draft
from poolrules.drafting.number import Numbered
from poolrules.source.finding import Finding


class Partner(Struct, frozen=True):
    """A partner, as a clause file sees one."""

    name: str
    title: str


class Step(Struct, frozen=True):
    """A step of a waterfall, as a clause file sees one."""

    id: str
    words: str


TEMPLATES = {
    "agreement.md": """
# << title >> {title}

made under section 75 of the *National Health Service Act 2006*

<% include "parties.md" %>
<% include "terms.md" %>
<% include "overspend.md" %>
<% include "execution.md" %>
<% include "schedules.md" %>
""",
    "parties.md": """
# Parties {parties}

<% for partner in partners %>
1. **<< partner.title >>** (<< partner.name >>)<% if loop.last %>.<% else %>; and<% endif %> {#<< partner.name >>}
<% endfor %>

# Background {recitals}

1. The Council commissions social care.
1. The ICB commissions health services. {#recital-icb}
    1. This it does under [](#recital-icb). {#recital-icb.how}

# Agreed terms {unnumbered}
""",
    "terms.md": """
# Definitions {#definitions}

1. In this Agreement:

    - **Pooled Fund**: the fund held by [](#Council) under [](#overspend). {#def-fund}
    - **Overspend**: what was spent, less:
        1. income, other than: {#def-income}
            1. the Contributions.
        1. refunds.
    - **host**: the [Council](#Council).

## Interpretation

1. Words in the singular include the plural.

# Term {#term}

The term is set out in [](#contributions.next).
""",
    "overspend.md": """
# Overspends {#overspend}

1. The manager tells the Board, under [](#term). {#BCF.overspend.notify}

2. An Overspend is met in this order: {#BCF.overspend}
<% for step in steps %>
    1. << step.words >>; {#<< step.id >>}
<% endfor %>
    1. and then:
        1. by the Board, whose decision is:
            1. final; and {#deepest}
            1. written.

    and the Contributions vary accordingly.

    > Source: a report.
    >
    > Assumed: the order of [](#BCF.overspend.1).

3. The steps are these, [](#deepest) and [](#def-income) apart:

    | Step | Clause |
    |---|---:|
<% for step in steps %>
    | << step.words >> | [#](#<< step.id >>) |
<% endfor %>
""",
    "execution.md": """
# Signed {execution}

<% for partner in partners %>
| | |
|---|---|
| Signed for **<< partner.title >>** | |

<% endfor %>
""",
    "schedules.md": """
# Contributions {schedule} {#contributions}

| Partner | Amount |
|---|---:|
| ICB | £1.00 {#BCF.contributions.2026/27.1} |
| Council | £2.00 {#BCF.contributions.2026/27.2} {#second} |

> Assumed: whole pounds.

1. The first paragraph, see [](#contributions.next) and [](#second).
1. The next paragraph. {#contributions.next}
    1. The term of clause [#](#term). {#contributions.term}
        1. Deep, as in [](#contributions.term).

# Worked examples {schedule}

## An overspend {part} {#part}

1. As in [](#part), [](#BCF.contributions.2026/27.2) and [](#recital-icb.how).

## Another {part}

1. Counts afresh. {#afresh}

| A |
|---|
| x {#one-table} |

| B |
|---|
| y |
| z {#two-tables} |
""",
}

VALUES: dict[str, object] = {
    "title": "Westshire Better Care Fund",
    "partners": (Partner("ICB", "NHS Westshire ICB"), Partner("Council", "Westshire County Council")),
    "steps": (
        Step("BCF.overspend.1", "underspends of other schemes"),
        Step("BCF.overspend.2", "the Contingency, at most £250,000"),
    ),
}


def sample() -> Numbered:
    """Draft the made-up agreement, which has no faults."""
    drafted = draft(VALUES, TEMPLATES.get)
    assert isinstance(drafted, Numbered), drafted
    return drafted


def drafted(source: str, **values: object) -> Numbered:
    """Draft one clause file that has no faults."""
    numbered = draft(values, {"agreement.md": source}.get)
    assert isinstance(numbered, Numbered), numbered
    return numbered


def faults(source: str, **values: object) -> list[Finding]:
    """Draft one clause file that has faults."""
    found = draft(values, {"agreement.md": source}.get)
    assert isinstance(found, list)
    return found


def told(source: str, **values: object) -> list[tuple[int | None, str]]:
    """The line and sentence of every fault of one clause file."""
    return [(line_of(found), found.message) for found in faults(source, **values)]


def at(numbered: Numbered, section: int, *places: int) -> Any:
    """Reach for a block by its place in its section, and by the places in that."""
    found: Any = numbered.document.sections[section]
    for place in places:
        found = found.blocks[place]
    return found


def line_of(found: Finding) -> int | None:
    """The line that a fault points at."""
    return found.span.line if found.span else None
