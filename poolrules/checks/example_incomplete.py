"""A worked example does not say enough to be worked out.

An example that cannot be run proves nothing: its year, what each scheme spends and at least one
expected figure are needed.

Authority: none; good practice.

    example "A £100,000 overspend on equipment"
        year        2026/27
        expect      ICB pays £60,000

Say what is supposed and what must come of it:

    example "A £100,000 overspend on equipment"
        year        2026/27
        given       Equipment spends £1,100,000
        expect      ICB pays £60,000
"""

from collections.abc import Iterator

from poolrules.checks.registry import ERROR, Fault, Subject, check
from poolrules.checks.worked_examples import Worked, worked_examples
from poolrules.engine.inputs import InputFault, Missing
from poolrules.source.finding import Label


@check("EXA002", ERROR)
def find(subject: Subject) -> Iterator[Fault]:
    """Look for what each example leaves out; a mend of the engine's own is passed on."""
    for example in subject.agreement.examples:
        label = (Label(example.span, "this example"),)
        if example.year is None:
            yield Fault(f"the example `{example.title}` has no year", label, "add a line such as: year 2026/27")
        if not example.expects:
            help = "add a line such as: expect ICB pays £60,000"
            yield Fault(f"the example `{example.title}` expects nothing", label, help)
    for worked in worked_examples(subject):
        if isinstance(worked.outcome, tuple):
            yield _fault(worked, worked.outcome)


def _fault(worked: Worked, lacks: tuple[InputFault, ...]) -> Fault:
    """Say what keeps an example from being worked out, and how to mend the first of it."""
    first, more = lacks[0], len(lacks) - 1
    counted = f", and {more} more thing{'s' if more > 1 else ''}" if more else ""
    return Fault(
        f"the example `{worked.example.title}` cannot be worked out: {first.message}{counted}",
        (Label(worked.example.span, "this example"),),
        _mend(first),
    )


def _mend(lack: InputFault) -> str:
    """How an example mends what it lacks: it has lines of its own where a year has rows and options."""
    if lack.missing is Missing.SPENDING:
        return "add the missing `given` lines, or: given all else on budget"
    if lack.missing is Missing.OPENING:
        return f"say what it holds when the year begins, such as: given {lack.name} opens at £50,000"
    if lack.missing in _GIVEN:
        return f"suppose it, such as: given {lack.name} {_GIVEN[lack.missing]}"
    return lack.help


_GIVEN = {Missing.FACT: "holds", Missing.AMOUNT: "is £50,000", Missing.COUNT: "counts ICB 98, Council 92"}
"""How an example supposes what a year is asked for."""
