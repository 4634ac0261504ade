"""The variation register of an agreement with its deeds."""

from collections.abc import Iterator

from poolrules.model.agreement import Agreement
from poolrules.pipeline.load import Loaded
from poolrules.reporting.variation_register import Row, Stage, rows_of
from poolrules.ruleset.from_model import compile_rules


def register_of(loaded: Loaded) -> tuple[Row, ...]:
    """Every row of the register of an agreement without faults of writing."""
    return rows_of(_stages(loaded))


def _stages(loaded: Loaded) -> Iterator[Stage]:
    """Each deed with the rules before and after it."""
    signed = loaded.signed or loaded.agreement
    assert signed is not None
    before = compile_rules(signed)
    earlier: tuple[Agreement, ...] = (signed,)
    for version in loaded.versions:
        after = compile_rules(version.agreement, earlier=earlier)
        yield Stage(version.deed, version.changes, before, after)
        before, earlier = after, (*earlier, version.agreement)
