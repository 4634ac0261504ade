"""What must change no figure, over drawn agreements and ledgers that are read, compiled and settled as files.

Clause numbers are left out: finding them takes most of the time of a settlement, and no figure comes of them.
"""

import random
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec import Struct
from msgspec.structs import replace

from poolrules.drafting.number import Numbered
from poolrules.drafting.tree import Document
from poolrules.pipeline import compile as compiling
from poolrules.pipeline.files import Notation
from poolrules.pipeline.format import formatted
from poolrules.pipeline.load import Loaded
from poolrules.pipeline.settle import Asked, settle_file
from poolrules.reporting.account import Account
from poolrules.reporting.statement_json import write_statement_json

PARTNERS = ("Ash", "Birch", "Cedar", "Dale")
SCHEMES = ("Beds", "Care", "Drugs", "Ears")
MAPPING = """columns:
  scheme: Scheme
  date: Posted
  amount: Net
  mark: Marker
date format: yyyy-mm-dd
sign: spending is positive
unit: pence
"""


class Pool(Struct, frozen=True):
    """An agreement in parts that may stand in another order, and the rows of a ledger (scheme, day, pence, mark)."""

    heads: tuple[str, ...]
    """The blocks of partners, boards and keys."""
    lines: tuple[str, ...]
    """The parts of the fund before its waterfalls; schemes stand first."""
    contributions: tuple[str, ...]
    budgets: tuple[str, ...]
    waterfalls: str
    rows: tuple[tuple[str, str, int, str], ...]

    def text(self) -> str:
        """The agreement as it stands in a file."""
        parts = {
            "contributions": "    contributions from 2026/27\n"
            + "".join(f"        {one}\n" for one in self.contributions),
            "budgets": "    budget from 2026/27\n" + "".join(f"        {one}\n" for one in self.budgets),
        }
        fund = 'fund Pool "Pool"\n    host Ash\n' + "".join(parts.get(one, one) for one in self.lines) + self.waterfalls
        title = 'agreement "Drawn"\n    term 1 April 2026 to 31 March 2028\n'
        return "\n".join((title, *self.heads, fund))


def weights(chance: random.Random, partners: list[str]) -> str:
    """Shares of some partners as parts."""
    return ", ".join(f"{name} {parts} part{'' if parts == 1 else 's'}" for name, parts in drawn(chance, partners))


def drawn(chance: random.Random, names: list[str], most: int = 7) -> list[tuple[str, int]]:
    """A number for each name."""
    return [(name, chance.randint(1, most)) for name in names]


def sharing(chance: random.Random, partners: list[str]) -> str:
    """Who bears or gets a step."""
    return chance.choice(
        (
            weights(chance, partners),
            "equally",
            f"{chance.choice(partners)} alone",
            "in proportion to People",
            "in proportion to contributions to the fund, revenue cash, as last varied in writing",
        )
    )


def money(pence: int) -> str:
    """A sum as an agreement writes it."""
    return f"£{pence // 100:,}.{pence % 100:02d}"


def steps(chance: random.Random, partners: list[str], *, over: bool) -> Iterator[str]:
    """The steps of a waterfall, the last the remainder."""
    reserve = "from Contingency" if over else "into Contingency, until it holds £90.01"
    caused = f'{"caused by" if over else "marked"} "luck": {sharing(chance, partners)}'
    some = [
        reserve,
        caused,
        f"at most {money(chance.randint(1, 9999))}: {sharing(chance, partners)}",
        f"at most {money(chance.randint(1, 9999))} over the term: {sharing(chance, partners)}",
        f"at most {money(chance.randint(1, 999))}: equally; due in 3 yearly instalments from next year",
    ]
    if not over:
        some.append(f"at most {money(chance.randint(1, 999))}: carried forward where it arose")
    for place, step in enumerate(chance.sample(some, chance.randint(0, 4))):
        yield f"        {'then' if place else 'first'} {step}\n"
    body = "decided by Board within 30 days of the statement, failing which "
    yield f"        remainder {chance.choice(('', body))}{sharing(chance, partners)}\n"


def pool(seed: int) -> Pool:
    """An agreement and its ledger from a number."""
    chance = random.Random(seed)  # noqa: S311 - the same number must give the same case
    partners = list(PARTNERS[: chance.randint(2, 4)])
    schemes = list(SCHEMES[: chance.randint(1, 4)])
    modes = [f"own risk of {chance.choice(partners)}, over and under", "ring-fenced with overspend borne by Ash"]
    kinds = ["shared", *(chance.choice(("shared", *modes)) for _ in schemes[1:])]
    budgets = [chance.randint(1, 10**6) for _ in schemes]
    people = ", ".join(f"{name} {number}" for name, number in drawn(chance, partners, 99))
    rows = [
        (scheme, f"2026-{month:02d}-{chance.randint(1, 28):02d}", chance.randint(-99, budget // 5 + 99), mark)
        for scheme, budget in zip(schemes, budgets, strict=True)
        for month in chance.sample(range(4, 13), chance.randint(1, 6))
        for mark in (chance.choice(("", "luck")),)
    ]
    over, under = ("".join(steps(chance, partners, over=way)) for way in (True, False))
    reserve = f'    reserve Contingency "Contingency" opening {money(chance.randint(0, 9001))}, at most £90.01\n'
    return Pool(
        (
            *(f'partner {name} "{name} Council"\n    kind county council\n' for name in partners),
            'board Board "Board"\n',
            f'key People "People"\n    values from 2026/27: {people}\n',
        ),
        (
            "".join(f'    scheme {name} "{name}" {kind}\n' for name, kind in zip(schemes, kinds, strict=True)),
            *chance.sample((reserve, "contributions", "budgets"), 3),
        ),
        tuple(f"{name} {money(pence)}" for name, pence in drawn(chance, partners, 10**6)),
        tuple(f"{name} {money(pence)}" for name, pence in zip(schemes, budgets, strict=True)),
        f"    overspend of shared schemes together\n{over}    underspend of shared schemes together\n{under}",
        tuple(rows),
    )


def settled(folder: Path, agreement: Path, *ledgers: tuple[tuple[str, str, int, str], ...]) -> Account:
    """Write ledgers beside an agreement, and settle the year from the files."""
    paths = []
    for place, rows in enumerate(ledgers):
        path = folder / f"{place}.csv"
        lines = (f"{scheme},{day},{pence},{mark}" for scheme, day, pence, mark in rows)
        path.write_text("\n".join(("Scheme,Posted,Net,Marker", *lines, "")), encoding="utf-8")
        paths.append(str(path))
    mapping = folder / "mapping.yaml"
    mapping.write_text(MAPPING, encoding="utf-8")
    done = settle_file(Asked(str(agreement), year="2026/27", ledgers=tuple(paths), mappings=(str(mapping),)))
    assert isinstance(done, Account), [(found.message, found.help) for found in done.findings]
    return done


def written(folder: Path, name: str, text: str) -> Path:
    """A file with a text."""
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def figures(account: Account) -> tuple[object, ...]:
    """Every figure of a settlement, in no order."""
    found = account.settlement
    return (
        sorted(
            (one.partner, one.cash, one.pays, one.receives, one.net, one.due, one.deferred, one.interim, one.call)
            for one in found.partners
        ),
        sorted((one.scheme, one.budget, one.spent, one.variance) for one in found.schemes),
        sorted((one.payer, one.payee, one.pence, one.bears) for one in found.transfers),
        sorted((one.reserve, one.opening, one.drawn, one.added, one.closing) for one in found.reserves),
        sorted((step.rule, step.taken, *sums(step.allocations)) for run in found.runs for step in run.steps),
        sorted((one.scheme or "", one.pence) for one in found.closing.carried),
        sorted((one.payer or "", one.payee or "", one.year, one.pence) for one in found.closing.dues),
        sorted(found.closing.taken),
        sorted((rule, one.pence) for rule, one in found.unbudgeted),
    )


def sums(allocations: tuple[object, ...]) -> list[str]:
    """The allocations of a step, in no order."""
    return sorted(repr(one) for one in allocations)


@pytest.fixture(autouse=True, scope="module")
def unnumbered() -> Iterator[None]:
    """Settle without clause numbers."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(compiling, "drafted", lambda *_: Numbered(Document(()), {}, {}))
        yield


drawn_pools = st.integers(0, 2**32).map(pool)
often = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@often
@given(drawn_pools, st.randoms(use_true_random=False))
def test_the_order_of_rows_and_files_and_how_rows_are_split_change_nothing(case: Pool, chance: random.Random) -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        agreement = written(folder, "a.pool", case.text())
        plain = figures(settled(folder, agreement, case.rows))
        mixed = tuple(chance.sample(case.rows, len(case.rows)))
        assert figures(settled(folder, agreement, mixed)) == plain
        at = chance.randint(1, len(mixed))
        first, second = mixed[:at], mixed[at:]
        if second:
            assert figures(settled(folder, agreement, first, second)) == plain
            assert figures(settled(folder, agreement, second, first)) == plain
        scheme, day, pence, mark = case.rows[0]
        part = chance.randint(-500, 500)
        split = ((scheme, day, part, mark), *case.rows[1:], (scheme, day, pence - part, mark))
        assert figures(settled(folder, agreement, split)) == plain


@often
@given(drawn_pools, st.randoms(use_true_random=False))
def test_the_order_of_partners_and_blocks_changes_nothing(case: Pool, chance: random.Random) -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        plain = figures(settled(folder, written(folder, "a.pool", case.text()), case.rows))
        heads = tuple(chance.sample(case.heads, len(case.heads)))
        lines = (case.lines[0], *chance.sample(case.lines[1:], len(case.lines) - 1))
        contributions = tuple(chance.sample(case.contributions, len(case.contributions)))
        budgets = tuple(chance.sample(case.budgets, len(case.budgets)))
        other = replace(case, heads=heads, lines=lines, contributions=contributions, budgets=budgets)
        assert figures(settled(folder, written(folder, "b.pool", other.text()), case.rows)) == plain
        blocks = case.text().split("\nfund ")
        title, _, rest = blocks[0].partition("\n\n")
        fund_first = f"{title}\n\nfund {blocks[1]}\n{rest}\n"
        assert figures(settled(folder, written(folder, "c.pool", fund_first), case.rows)) == plain


@often
@given(drawn_pools)
def test_laying_out_anew_and_the_yaml_twin_give_the_same_statement(case: Pool) -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        source = written(folder, "a.pool", case.text())
        plain = settled(folder, source, case.rows)
        for notation, file in ((None, "b.pool"), (Notation.YAML, "b.pool.yaml")):
            made = formatted(str(source), notation)
            assert not isinstance(made, Loaded)
            again = settled(folder, written(folder, file, made.after), case.rows)
            assert again.settlement.runs == plain.settlement.runs
            assert without_source(again) == without_source(plain)


def without_source(account: Account) -> bytes:
    """The statement, but for what names the file that it was made from: fingerprints and places."""
    rules = replace(account.rules, places={}, versions=())
    closing = replace(account.settlement.closing, rules="")
    settlement = replace(account.settlement, closing=closing)
    bare = replace(account, rules=rules, settlement=settlement)
    return write_statement_json(replace(bare, made_from=replace(bare.made_from, agreement="", rules="")))
