"""Two stages for what no waterfall deals with: bearers' overspends before the waterfalls, all the rest after them."""

from poolrules.base.mode import Mode
from poolrules.engine.charging import unallocated
from poolrules.engine.settlement import Allocation, To
from poolrules.engine.working import SchemeLine, Working


def charge_bearers(working: Working) -> None:
    """Give the overspend of every scheme that is not shared to whoever bears it."""
    for line in working.schemes.values():
        if line.open and line.variance > 0 and line.rule.mode is not Mode.SHARED:
            line.close(_to_bearer(line, "bears its overspend"))


def close_what_is_left(working: Working) -> None:
    """Give what is left of every underspend to its bearer or its fence, and name the shared schemes in no waterfall."""
    for line in working.schemes.values():
        if not line.open:
            continue
        if line.rule.mode is Mode.SHARED or line.rule.over_only:
            line.close(unallocated(line.open, _no_waterfall(line)))
        elif line.rule.mode is Mode.RING_FENCED:
            line.close(Allocation(To.RING_FENCE, line.rule.name, line.open))
        else:
            line.close(_to_bearer(line, "keeps its underspend"))


def _to_bearer(line: SchemeLine, role: str) -> Allocation:
    """Give all that is open of a scheme to its bearer, or say that it has none."""
    if line.rule.bearer is not None:
        return Allocation(To.PARTNER, line.rule.bearer, line.open)
    gap = f"`{line.rule.name}` is {line.rule.mode.value} and the agreement does not say who {role}"
    return unallocated(line.open, gap)


def _no_waterfall(line: SchemeLine) -> str:
    """Name the gap that a shared scheme in no waterfall leaves."""
    if line.variance > 0:
        return f"the agreement does not say who bears an overspend of `{line.rule.name}`"
    return f"the agreement does not say what happens to an underspend of `{line.rule.name}`"
