"""Agreements made up for measuring: varied, lawful, and the same for the same number.

`python -m benchmarks.generate FOLDER COUNT [SCHEMES]` writes them as `.pool` files.
"""

import sys
from pathlib import Path
from random import Random
from typing import Final

from poolrules.base.money import format_money

_PARTNERS: Final = (
    ("Council", "{place} Council", "county council", "Meeting needs for care and support", "Care Act 2014 s 18"),
    ("ICB", "NHS {place} Integrated Care Board", "integrated care board", "Arranging care", "NHS Act 2006 s 3"),
    ("Trust", "{place} NHS Foundation Trust", "NHS foundation trust", "Providing health services", "NHS Act 2006 s 43"),
)  # fmt: skip
_PLACES: Final = ("Westshire", "Northmoor", "Easthaven", "Southdown", "Midvale", "Highfield", "Longreach", "Ashby")
_SERVICES: Final = ("Equipment", "Homecare", "Reablement", "Carers", "Advocacy", "Respite", "Telecare", "Dementia")


def agreement(number: int, schemes: int = 4) -> str:
    """Write the agreement of one number, with as many schemes as asked for."""
    dice = Random(number)  # noqa: S311 - variety, not secrecy
    place = dice.choice(_PLACES)
    partners = _PARTNERS[: dice.choice((2, 2, 3))]
    names = [name for name, *_ in partners]
    ids = [f"{_SERVICES[n % len(_SERVICES)]}{n // len(_SERVICES) + 1}" for n in range(schemes)]
    budgets = {scheme: dice.randrange(100_000, 9_000_000) * 100 for scheme in ids}
    shares = _percentages(dice, len(partners))
    services = ", ".join(f'"{name}"' for name in _SERVICES[:schemes])
    lines = [
        f"# Made up for measuring: number {number}.",
        "",
        f'agreement "{place} pooled fund {number}"',
        "    basis       section 75 of the NHS Act 2006",
        "    term        1 April 2026 to 31 March 2028, extendable once by 12 months by agreement",
        '    aims        "Help people stay well, safe and independent at home for longer."',
        '    outcome     "Fewer emergency admissions of people over 65"',
        '        measured by "non-elective admissions per 1,000 people"',
        f'    people      "Adults registered with a general practice in {place}"',
        f"    services    {services}",
        '    consulted   3 March 2026, minute "HWB/26/17"',
        '    improves    "One team and one budget remove delays between hospital and home."',
        "    review      every 12 months",
        "    variation   in writing, signed by all partners",
        '    information sharing "Each partner is a controller of what it holds."',
        "",
    ]
    for name, title, kind, function, act in partners:
        lines += [
            f'partner {name} "{title.format(place=place)}"',
            f"    kind        {kind}",
            f'    function    "{function}", under "{act}"',
            "    provides    no staff, goods, services or accommodation",
            '    signs       "Chief Executive", authority "Board, 12 March 2026"',
            "",
        ]
    lines += _fund(dice, names, budgets, shares)
    lines += _governance(dice)
    return "\n".join(lines) + "\n"


def _percentages(dice: Random, count: int) -> list[int]:
    """Whole percentages that make 100."""
    cuts = sorted(dice.sample(range(10, 90), count - 1))
    return [high - low for low, high in zip([0, *cuts], [*cuts, 100], strict=True)]


def _fund(dice: Random, names: list[str], budgets: dict[str, int], shares: list[int]) -> list[str]:
    """The fund: its schemes, the money of its years, and what becomes of a variance."""
    host = names[0]
    modes = dict.fromkeys(budgets, "shared")
    for scheme in list(budgets)[1:]:
        modes[scheme] = dice.choice(("shared", "shared", f"own risk of {dice.choice(names)}, over and under"))
    total = sum(budgets.values())
    paid = [total * share // 100 for share in shares[1:]]
    paid = [total - sum(paid), *paid]
    split = ", ".join(f"{name} {share}%" for name, share in zip(names, shares, strict=True))
    pro_rata = "in proportion to contributions to the fund, revenue cash, as last varied in writing"
    bound = dice.randrange(1, 20) * 5_000_000
    return [
        'fund Pool "Pooled fund"',
        f"    host        {host}",
        f'    manager     "Head of Integrated Commissioning", officer of {host}',
        '    monitored   "Activity, waiting times and the outcome measures, beside income and spending"',
        "    report      quarterly, within 20 working days, to Board",
        "    annual return within 3 months",
        '    audit       "The external auditor of the host"',
        '    certified   "The chief finance officer of the host certifies the return"',
        "    vat         council regime, delivered by Council",
        "",
        *(f'    scheme {scheme} "Service {scheme}" {mode}' for scheme, mode in modes.items()),
        "",
        "    contributions 2026/27",
        *(f"        {name} {format_money(pence)}" for name, pence in zip(names, paid, strict=True)),
        "    contributions from 2027/28",
        f"        {', '.join(names)} last year's lines, one-off ones left out, uplifted by 2.5%",
        "",
        "    varied      by written agreement of all partners, or under the overspend terms",
        "    paid        quarterly in advance, on the first working day",
        "",
        "    budget 2026/27",
        *(f"        {scheme} {format_money(pence)}" for scheme, pence in budgets.items()),
        "    budget from 2027/28",
        "        all schemes last year's, uplifted by 2.5%",
        "",
        '    reserve Contingency "Contingency reserve" opening £400,000, at most £600,000',
        "",
        "    overspend of shared schemes together",
        "        notify      partners within 5 working days of a forecast overspend over 2% of their budget",
        "        plan        within 20 working days, to Board",
        "        first       underspends of shared schemes",
        "        then        from Contingency, at most £250,000",
        f"        then        until all steps so far have met {format_money(bound + 25_000_000)}: {split}",
        f"        remainder   {dice.choice((pro_rata, 'equally', split))}",
        "",
        "    underspend of shared schemes together",
        "        first       into Contingency, until it holds £600,000",
        f"        remainder   returned {pro_rata}",
        "",
    ]


def _governance(dice: Random) -> list[str]:
    """The board, disputes and exit."""
    return [
        'board Board "Joint Commissioning Board"',
        "    form        joint committee",
        "    meets       every 2 months",
        "",
        "disputes",
        '    level "Pooled fund manager and finance leads" within 10 working days',
        '    level "Chief executives" within 20 working days',
        f"    finally     {dice.choice(('mediation', 'adjudication'))}",
        "",
        "exit",
        f"    notice      {dice.choice((3, 6, 9))} months, in writing, not given before 1 April 2027",
        "    breach      remedied within 20 working days, else the agreement ends",
        "    commitments leaver bears its share until the first break of each contract, at most 12 months",
        "    balance     shared under the year-end terms",
        "    assets      return to the partner that paid",
        "    staff       no staff transfer",
        "    account     final within 60 working days",
        "",
    ]


def write(folder: Path, count: int, schemes: int = 4) -> None:
    """Write agreements 1 to `count` into a folder, which is made."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(1, count + 1):
        (folder / f"made-{number:04d}.pool").write_text(agreement(number, schemes), encoding="utf-8")


if __name__ == "__main__":
    write(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]) if len(sys.argv) > 3 else 4)
