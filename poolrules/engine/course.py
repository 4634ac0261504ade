"""Where a run of a waterfall takes place, and the sum it deals with."""

from msgspec import Struct, field
from msgspec.structs import replace

from poolrules.engine.working import Working
from poolrules.ruleset.ruleset import ByContributions, ByPartners, Decided, FundRules, Step, Trigger, Waterfall


class Pot(Struct):
    """What one run deals with, in whole pence; `left` goes down as steps take.

    `caused` is what is left of the spending marked with each cause: all that is marked in the
    schemes of the run, also within their budgets. Only steps for a cause use it up. What other steps
    take is taken to be unmarked for as long as it can be: of £100,000 overspent with £30,000 marked,
    a first step of at most £50,000 leaves the step for the cause £30,000, one of at most £80,000
    leaves it £20,000. `room` is what capital (`True`) and revenue (`False`) underspends may still be
    used for, so that neither helps the other. `amounts` is what each scheme was off by, `budget` is that of all
    schemes of the waterfall for the whole year, `spending` what they spent; `step_before` is what the step before took.
    """

    schemes: tuple[str, ...]
    amount: int
    left: int
    caused: dict[str, int]
    room: dict[bool, int]
    amounts: dict[str, int] = field(default_factory=dict)
    budget: int = 0
    spending: int = 0
    step_before: int = 0


class Course(Struct, frozen=True):
    """The books, the fund and the waterfall of a run."""

    working: Working
    fund: FundRules
    waterfall: Waterfall

    @property
    def overspent(self) -> bool:
        """Whether the run deals with an overspend."""
        return self.waterfall.trigger is Trigger.OVERSPEND


def as_run(waterfall: Waterfall) -> tuple[Waterfall, ...]:
    """A waterfall as it runs: once for all its schemes together, or once for each on its own."""
    alone = waterfall.separately and waterfall.schemes
    return tuple(narrowed(waterfall, name) for name in waterfall.schemes) if alone else (waterfall,)


def narrowed(waterfall: Waterfall, scheme: str) -> Waterfall:
    """A waterfall as it runs for one scheme on its own: contributions to "those schemes" are those to this one."""
    return replace(waterfall, schemes=(scheme,), steps=tuple(_narrowed_step(step, scheme) for step in waterfall.steps))


def _narrowed_step(step: Step, scheme: str) -> Step:
    """One step of a waterfall that runs for one scheme on its own."""
    match step.taker:
        case ByPartners(sharing=ByContributions(schemes=named) as sharing) if named:
            return replace(step, taker=replace(step.taker, sharing=replace(sharing, schemes=(scheme,))))
        case Decided(failing=ByContributions(schemes=named) as failing) if named:
            return replace(step, taker=replace(step.taker, failing=replace(failing, schemes=(scheme,))))
    return step
