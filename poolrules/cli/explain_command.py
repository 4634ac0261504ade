"""`poolrules explain`: the page of a check, or the list of all."""

from collections.abc import Iterator

import click

from poolrules.base.near import did_you_mean
from poolrules.checks.catalogue import CATALOGUE, look_up, nearest_check
from poolrules.cli.say import say
from poolrules.pipeline.figures_csv import PAGES as FIGURES_PAGES
from poolrules.pipeline.files import Unusable
from poolrules.pipeline.ledger_codes import PAGES
from poolrules.pipeline.payments_made import PAGES as PAYMENT_PAGES
from poolrules.pipeline.positions import PAGES as POSITION_PAGES
from poolrules.source.finding import Severity


@click.command("explain")
@click.argument("code", required=False)
def command(code: str | None) -> int:
    """Explain a finding: what is wrong, why it matters, on what authority, and how to mend it.

    CODE is a code (MON005) or a name (shares-do-not-sum); without it, every check is listed.
    """
    say("".join(f"{line}\n" for line in _listed()) if code is None else _page(code))
    return 0


def _all_pages() -> Iterator[tuple[str, str, Severity, str]]:
    """The code, name, weight and page of everything that can be found."""
    for check in CATALOGUE:
        yield check.code, check.name, check.severity, check.page
    for code, (name, severity, page) in (PAGES | POSITION_PAGES | FIGURES_PAGES | PAYMENT_PAGES).items():
        yield code, name, severity, page


def _listed() -> Iterator[str]:
    """A line for each check."""
    pages = sorted(_all_pages())
    width = max(len(name) for _, name, _, _ in pages)
    for code, name, severity, page in pages:
        yield f"{code}  {severity.value:<7}  {name:<{width}}  {page.strip().splitlines()[0]}"


def _page(code: str) -> str:
    """The page of one check. Raises `Unusable` where there is none."""
    check = look_up(code)
    wanted = (check.code,) if check else (code.upper(), code)
    for known, name, severity, page in _all_pages():
        if known in wanted or name in wanted:
            heading = f"{severity.value}[{known}] {name}"
            return f"{heading}\n{'-' * len(heading)}\n{page.strip()}\n"
    names = [word for known, name, _, _ in _all_pages() for word in (known, name)]
    raise Unusable(f"there is no check `{code}`", nearest_check(code) or did_you_mean(code, names))
