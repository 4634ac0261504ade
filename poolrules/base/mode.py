"""The modes of a scheme: what happens to the difference between its budget and its spending."""

from enum import Enum


class Mode(Enum):
    """Who answers for the variance of a scheme. Most pools mix several."""

    SHARED = "shared"
    """It goes to the fund's overspend and underspend waterfalls."""
    OWN_RISK = "own risk"
    """One partner, the bearer, pays the overspend and keeps the underspend."""
    FIXED_SHARE = "fixed share"
    """The others pay a price: the host, the bearer, pays the overspend and keeps the underspend."""
    RING_FENCED = "ring-fenced"
    """An underspend stays inside the fence; an overspend falls on the bearer, where one is named."""
    ALIGNED = "aligned"
    """No money is pooled: the lead, the bearer, answers for its own budget."""
    IN_VIEW = "in view only"
    """Reported beside the fund; nothing of it is settled."""

    @property
    def pooled(self) -> bool:
        """Whether a scheme's budget is paid from the fund's money."""
        return self not in (Mode.ALIGNED, Mode.IN_VIEW)
