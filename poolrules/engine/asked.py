"""Asking for what a run came to need and nobody has said: facts, counts, values of keys, and what partners paid in.

Each is asked for once, and never taken as no or nothing.
"""

from collections.abc import Iterator

from poolrules.engine.inputs import InputFault, Missing, faults_of_paid
from poolrules.engine.working import Need, Wanted, Working
from poolrules.ruleset.ruleset import ByContributions


def faults_of_needs(working: Working) -> tuple[InputFault, ...]:
    """List what is missing, each once, in the order in which runs came to it; what was paid in last."""
    needs = dict.fromkeys(working.needs)
    paid = [need for need in needs if isinstance(need, ByContributions)]
    said = [_asked(working, need) for need in needs if isinstance(need, Need)]
    return (*said, *faults_of_paid(working.facts, working.made.standing, paid))


def _asked(working: Working, need: Need) -> InputFault:
    """Ask for one thing."""
    year, name = working.facts.year, need.name
    finder = "".join(_found_by(working, need))
    match need.wanted:
        case Wanted.FACT:
            what = f"a rule asks of {year} whether `{name}` holds, and nobody has said: {_title(working, name)}"
            return InputFault(what, f"say yes or no{finder}", missing=Missing.FACT, name=name)
        case Wanted.AMOUNT:
            what = f"a rule needs the amount `{name}` for {year}, and it is missing: {_title(working, name)}"
            return InputFault(what, f"give it, even if it is £0{finder}", missing=Missing.AMOUNT, name=name)
        case Wanted.COUNT:
            what = f"a rule goes by `{name}`, and what was counted for `{need.partner}` in {year} is missing"
            return InputFault(what, f"give the number, even if it is 0{finder}", missing=Missing.COUNT, name=name)
        case Wanted.VALUES:
            what = f"a rule goes by `{name}`, which has no values for {year}"
            return InputFault(what, "give its values for that year in the agreement", missing=Missing.VALUES, name=name)


def _title(working: Working, fact: str) -> str:
    """What a fact says, in the words of the agreement."""
    return next((f'"{rule.title}"' for rule in working.ruleset.facts if rule.name == fact), f"`{fact}`")


def _found_by(working: Working, need: Need) -> Iterator[str]:
    """Who finds a fact or counts a key, where the agreement says."""
    rules = working.ruleset.keys if need.wanted is Wanted.COUNT else working.ruleset.facts
    for rule in rules:
        if rule.name == need.name and rule.found_by:
            yield f"; found by {rule.found_by}"
