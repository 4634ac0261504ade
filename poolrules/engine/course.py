"""Where a run of a waterfall takes place, and the sum it deals with."""

from msgspec import Struct

from poolrules.engine.working import Working
from poolrules.ruleset.ruleset import FundRules, Trigger, Waterfall


class Pot(Struct):
    """What one run deals with, in whole pence; `left` goes down as steps take.

    `caused` is what is left of the spending marked with each cause; `room` what capital
    (`True`) and revenue (`False`) underspends may still be used for, so that neither helps the other.
    """

    schemes: tuple[str, ...]
    amount: int
    left: int
    caused: dict[str, int]
    room: dict[bool, int]


class Course(Struct, frozen=True):
    """The books, the fund and the waterfall of a run."""

    working: Working
    fund: FundRules
    waterfall: Waterfall

    @property
    def overspent(self) -> bool:
        """Whether the run deals with an overspend."""
        return self.waterfall.trigger is Trigger.OVERSPEND
