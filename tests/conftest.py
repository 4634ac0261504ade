"""What all tests share: how Hypothesis runs, and the option that rewrites expectations."""

import pytest
from hypothesis import HealthCheck, settings

# The same examples on every machine and no clock, busy or not: a failure can always be had again.
settings.register_profile(
    "steady", derandomize=True, deadline=None, database=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("steady")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Offer `--update-golden`, which writes what the program says now into the case files."""
    parser.addoption("--update-golden", action="store_true", help="rewrite the expectations of case files")


@pytest.fixture
def update_golden(request: pytest.FixtureRequest) -> bool:
    """Whether expectations are to be rewritten instead of compared."""
    return bool(request.config.getoption("--update-golden"))
