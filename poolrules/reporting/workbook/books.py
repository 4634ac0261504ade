"""The open books of a settlement computed in formulas: schemes, pots and partners, and how rows are written.

Everything is a formula in whole pence, or the cell that holds one.
"""

from collections.abc import Sequence
from typing import Final

from msgspec import Struct, field

from poolrules.base.mode import Mode
from poolrules.engine.settlement import Run, SchemeResult, To
from poolrules.reporting.account import Account
from poolrules.reporting.workbook.inputs import InputSheets
from poolrules.reporting.workbook.shares import SharesSheet
from poolrules.reporting.workbook.sheet import (
    LONGEST_FORMULA,
    Formula,
    Look,
    Pounds,
    Sheet,
    Words,
    added,
    here,
)
from poolrules.ruleset.ruleset import (
    FundRules,
    Trigger,
    Waterfall,
)

HEAD: Final = ("clause", "", "who", "by poolrules £", "by formula £", "", "formula, pence", "how")
ENGINE, CHECK, PENCE = 3, 5, 6
"""The columns of the figure by poolrules, of whether they agree, and of the formula in whole pence."""

GETS: Final = {
    To.PARTNER: ("pays", "receives"),
    To.RESERVE: ("reserve gives", "reserve is given"),
    To.UNDERSPEND: ("underspend used", "underspend used"),
    To.CARRIED: ("carried forward", "carried forward"),
    To.OUTSIDE: ("met from outside", "paid outside the partners"),
    To.RING_FENCE: ("stays in the fence", "stays in the fence"),
    To.UNDECIDED: ("undecided, left to", "undecided, left to"),
    To.UNALLOCATED: ("unallocated", "unallocated"),
}
"""What a sum is, in an overspend and otherwise."""

NOT_WRITTEN: Final = "not written as a formula"
AGREES: Final = "agrees"
DIFFERS: Final = "DIFFERS"
UNKNOWN: Final = "cannot be computed"


class Line(Struct):
    """One scheme on its way through the waterfalls: what is open of it, as formulas in whole pence."""

    result: SchemeResult
    variance: str
    lent: list[str] = field(default_factory=list)
    over_done: bool = False
    under_done: bool = False

    @property
    def over(self) -> str:
        """What is open of an overspend."""
        return f"MAX(0,{self.variance})"

    @property
    def under(self) -> str:
        """What is open of an underspend: what overspends have not used of it."""
        used = "".join(f"-{one}" for one in self.lent)
        return f"(MAX(0,-{self.variance}){used})"


class Entry(Struct, frozen=True):
    """What a formula makes a partner pay into a fund (`sign` 1) or gives it back (-1); `later` where it is put off."""

    fund: str
    partner: str
    cell: str
    sign: int
    later: bool = False
    interim: bool = False


class Pot(Struct):
    """One run as it is computed: the cells of what it deals with and of what its steps have taken."""

    waterfall: Waterfall
    fund: FundRules
    lines: list[Line]
    run: Run | None
    amount: str
    taken: list[str] = field(default_factory=list)
    caused: dict[str, list[str]] = field(default_factory=dict)
    used: dict[bool, list[str]] = field(default_factory=lambda: {True: [], False: []})

    @property
    def over(self) -> bool:
        """Whether it deals with an overspend."""
        return self.waterfall.trigger is Trigger.OVERSPEND

    def open_of(self, line: Line) -> str:
        """What the run deals with of one scheme."""
        return line.over if self.over else line.under

    def left(self) -> str:
        """What is left before the next step."""
        return self.amount + "".join(f"-{one}" for one in self.taken)

    def only(self, terms: Sequence[tuple[Line, str]]) -> str:
        """Add up figures of the schemes that the run has something to deal with."""
        return added(f"IF({self.open_of(line)}>0,{term},0)" for line, term in terms)


class Books:
    """The sheet `Settlement` while it is written, with where every figure stands that a later formula needs."""

    def __init__(self, account: Account, inputs: InputSheets, shares: SharesSheet) -> None:
        self.account = account
        self.inputs = inputs
        self.shares = shares
        self.sheet = Sheet("Settlement", (22, 58, 16, 18, 18, 19, 20, 60))
        self.lines = {
            name: Line(cells.result, cells.variance)
            for name, cells in inputs.schemes.items()
            if account.schemes[name].mode is not Mode.IN_VIEW
        }
        self.entries: list[Entry] = []
        self.flows: list[tuple[str, str, str]] = []
        """What one fund owes another: the one that owes, the one that is owed, and the formula."""
        self.homes = {rule.name: fund for fund in account.rules.funds for rule in fund.schemes}
        self.moved: dict[str, list[str]] = {}
        """By reserve, what was drawn (with a minus) and added."""
        self.cap_used: dict[str, list[str]] = {}
        self.openings: dict[str, str] = {}
        self.said: dict[str, str] = {}
        self.taken_over_term: dict[str, list[str]] = {}
        self.lenders: list[tuple[Line, str]] = []
        """The underspends that the step at hand may use, with what each can give."""
        self.cap_rooms: dict[str, str] = {}

    def _flow(self, pot: "Pot", owing: str, owed: str, formula: str) -> None:
        """Note that a run makes one fund owe another; where it is not an overspend, it is the other way round."""
        if owing != owed:
            self.flows.append((owing, owed, formula) if pot.over else (owed, owing, formula))

    def _heading(self, text: str) -> None:
        """Begin a part of the sheet."""
        self.sheet.gap()
        self.sheet.add((Words(text, Look.SECTION),))

    def _note(self, text: str) -> None:
        """A line of explanation."""
        self.sheet.add((None, Words(text, Look.NOTE)))

    def _input(self, rule: str, what: str, who: str, pence: int, note: str = "") -> str:
        """A sum that somebody may change; gives the cell of its whole pence."""
        row = self.sheet.next_row
        self.sheet.add(
            (
                Words(self.account.clause(rule) if rule else ""),
                Words(what),
                Words(who),
                Pounds(pence, Look.INPUT),
                None,
                Words("input", Look.NOTE),
                Formula(f"ROUND({here(row, ENGINE)}*100,0)", Look.INPUT),
                Words(note, Look.NOTE),
            )
        )
        return self.sheet.ref(row, PENCE)

    def _figure(
        self, rule: str, what: str, who: str, pence: int, formula: str, note: str = "", look: Look = Look.PLAIN
    ) -> str:
        """A figure of poolrules beside the formula that computes it anew; gives the cell of its whole pence."""
        if len(formula) > LONGEST_FORMULA:
            return self._unwritten(rule, what, who, pence, "it would be longer than a cell may hold")
        row = self.sheet.next_row
        own, theirs = here(row, PENCE), here(row, ENGINE)
        check = f'IF(ISERROR({own}),"{UNKNOWN}",IF(ROUND({theirs}*100,0)={own},"{AGREES}","{DIFFERS}"))'
        self.sheet.add(
            (
                Words(self.account.clause(rule) if rule else "", look),
                Words(what, look),
                Words(who, look),
                Pounds(pence, look),
                Formula(f"{own}/100", look, pounds=True),
                Formula(check, Look.CHECK),
                Formula(formula, look),
                Words(note, Look.NOTE),
            )
        )
        return self.sheet.ref(row, PENCE)

    def _unwritten(self, rule: str, what: str, who: str, pence: int, why: str) -> str:
        """A figure of poolrules that no formula computes; gives the cell of its whole pence, taken as an input."""
        row = self.sheet.next_row
        self.sheet.add(
            (
                Words(self.account.clause(rule) if rule else ""),
                Words(what),
                Words(who),
                Pounds(pence),
                Words(NOT_WRITTEN, Look.NOTE),
                None,
                Formula(f"ROUND({here(row, ENGINE)}*100,0)", Look.NOTE),
                Words(why, Look.NOTE),
            )
        )
        return self.sheet.ref(row, PENCE)

    def _title(self) -> None:
        """The top of the sheet; what the checks come to is put in at the end."""
        settlement = self.account.settlement
        self.sheet.add((Words(f"Settlement of {settlement.year}: {settlement.title}", Look.TITLE),))
        self.sheet.add((None,))  # the summary
        status = (
            "PROVISIONAL: sums are still open or only indicative"
            if self.account.provisional
            else "Final: every penny has an owner"
        )
        self.sheet.add((Words(status, Look.NOTE),))
        told = (
            "Figures by poolrules stand beside formulas that compute them anew in whole pence, from the shaded inputs."
            " Divisions stand on the sheet Shares. Change an input and the formulas follow; the figures by poolrules"
            " stay."
        )
        self.sheet.add((Words(told, Look.NOTE),))
        self.sheet.gap()
        self.sheet.header = self.sheet.add(tuple(Words(word, Look.HEADING) for word in HEAD))

    def _summary(self) -> None:
        """Say at the top whether all formulas agree."""
        checks = f"{here(6, CHECK)}:{here(self.sheet.next_row, CHECK)}"
        wrong = f'COUNTIF({checks},"{DIFFERS}")+COUNTIF({checks},"{UNKNOWN}")'
        agreed = f'"All "&COUNTIF({checks},"{AGREES}")&" formulas agree with poolrules"'
        differ = f'({wrong})&" formulas do not agree with poolrules: see the column of checks"'
        self.sheet.cells[1, 0] = Formula(f"IF({wrong}=0,{agreed},{differ})", Look.CHECK)
