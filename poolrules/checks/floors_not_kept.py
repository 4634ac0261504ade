"""A step is as large as what partners are promised, and is shared in another way.

It goes on to the total of a key of sums, as a first call does that gives each partner what it would have had. Shared in
another proportion, one partner gets more than its own sum and another less, though there is enough for all.

Authority: none; arithmetic.

    key Baseline "What each partner would have had"
        values from 2026/27: ICB £100,000, Council £50,000

    fund Pool "Westshire pooled fund"
        gain Growth "Retained growth in business rates"
            found by    "The chief finance officers"
            loss        "Each partner bears the loss on its own rates."
            first       at most the total of Baseline: ICB 50%, Council 50%
            remainder   ICB 60%, Council 40%

Share it in proportion to the same key, so that where there is too little each gets the same part of its sum:

    key Baseline "What each partner would have had"
        values from 2026/27: ICB £100,000, Council £50,000

    fund Pool "Westshire pooled fund"
        gain Growth "Retained growth in business rates"
            found by    "The chief finance officers"
            loss        "Each partner bears the loss on its own rates."
            first       at most the total of Baseline: in proportion to Baseline
            remainder   ICB 60%, Council 40%
"""

from collections.abc import Iterator

from poolrules.checks.registry import WARNING, Fault, Subject, check
from poolrules.checks.sharings import steps_of
from poolrules.model.agreement import ByKey, ByPartners, TotalOf
from poolrules.source.finding import Label


@check("RSK018", WARNING)
def find(subject: Subject) -> Iterator[Fault]:
    """Compare how steps are limited with how they are shared: by the same key, between all that have a value in it."""
    for _, _, step in steps_of(subject.agreement):
        if not isinstance(step.at_most, TotalOf) or not isinstance(step.taker, ByPartners):
            continue
        key, sharing = step.at_most.key.text, step.taker.sharing
        if not (isinstance(sharing, ByKey) and sharing.key.text == key and not sharing.between):
            yield Fault(
                f"this step goes up to the total of `{key}` and does not give each partner its own value",
                (Label(step.at_most.span, "the total of all"), Label(step.taker.span, "shared otherwise")),
                f"write: at most the total of {key}: in proportion to {key}",
            )
