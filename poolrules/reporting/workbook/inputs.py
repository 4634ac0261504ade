"""The sheets that the settlement's formulas read: schemes, contributions and the rows of the ledger.

What somebody may change stands in cells shown as inputs: change one, and every formula follows it.
"""

from typing import Final

from msgspec import Struct

from poolrules.engine.settlement import SchemeResult
from poolrules.reporting.account import Account
from poolrules.reporting.statement import contribution_words
from poolrules.reporting.workbook.sheet import Cell, Formula, Look, Pounds, Sheet, Words, added, here
from poolrules.ruleset.ruleset import ContributionRule, FundRules

MOST_ROWS: Final = 200_000
"""More rows of a ledger are added up by scheme: a workbook holds about a million rows, and nobody reads them."""


class SchemeCells(Struct, frozen=True):
    """Where the figures of one scheme stand, in whole pence; `marks` by mark."""

    result: SchemeResult
    budget: str
    whole: str
    spent: str
    variance: str
    marks: dict[str, str]


class InputSheets:
    """The sheets `Schemes`, `Contributions` and `Ledger rows`, and where their figures stand."""

    def __init__(self, account: Account) -> None:
        self.account = account
        self.rows = _LedgerRows(account)
        self.schemes_sheet = Sheet("Schemes", (18, 34, 22, 16, 16, 16, 16, 16, 9, 16, 16, 16, 16, 16))
        self.contributions_sheet = Sheet("Contributions", (14, 14, 44, 22, 16, 16, 16, 16))
        self.schemes: dict[str, SchemeCells] = {}
        self.contributions: dict[tuple[str, ContributionRule], tuple[str, str, str]] = {}
        """By fund: where a contribution stands as it is paid, gross and net of charges, in whole pence."""
        self.first_agreed: dict[tuple[str, ContributionRule], tuple[str, str, str]] = {}
        self._schemes()
        self._contributions()

    # ---- schemes -------------------------------------------------------------------------------------

    def _schemes(self) -> None:
        """Every scheme: its budget, what was brought forward, what it spent, and the difference."""
        sheet = self.schemes_sheet
        marks = self.rows.marks
        sheet.add((Words(f"Schemes in {self.account.settlement.year}", Look.TITLE),))
        months = self.account.facts.months
        part = "" if months == 12 else f" Budgets count for {months} of 12 months."
        sheet.add((Words(f"Positive differences are overspends, negative ones underspends.{part}", Look.NOTE),))
        sheet.gap()
        head = (
            *("scheme", "title", "mode", "budget £", "brought forward £", "spent £", "difference £", "", "clause"),
            *("budget, pence", "whole year's budget, pence", "brought, pence", "spent, pence", "difference, pence"),
            *(f"marked {mark}, pence" for mark in marks),
        )
        sheet.header = sheet.add(tuple(Words(word, Look.HEADING) for word in head))
        for result in self.account.settlement.schemes:
            self._scheme(result)

    def _scheme(self, result: SchemeResult) -> None:
        """The row of one scheme."""
        account, sheet = self.account, self.schemes_sheet
        row, rule = sheet.next_row, account.schemes[result.scheme]
        over = f'IF({here(row, 13)}>0,"over",IF({here(row, 13)}<0,"under",""))'
        mode = rule.mode.value + (", capital" if rule.capital else "") + (", over only" if rule.over_only else "")
        spent, marked = self.rows.spent_by(result.scheme)
        cells: list[Cell] = [
            Words(result.scheme),
            Words(rule.title),
            Words(mode),
            Pounds(result.budget, Look.INPUT),
            Pounds(result.brought, Look.INPUT),
            Formula(f"{here(row, 12)}/100", pounds=True),
            Formula(f"{here(row, 13)}/100", Look.TOTAL, pounds=True),
            Formula(over),
            Words(account.clause(result.rule)),
            Formula(f"ROUND({here(row, 3)}*100,0)"),
            self._whole_year(result, row),
            Formula(f"ROUND({here(row, 4)}*100,0)"),
            Formula(spent),
            Formula(f"{here(row, 12)}-{here(row, 9)}-{here(row, 11)}"),
            *(Formula(one) for one in marked.values()),
        ]
        sheet.add(cells)
        self.schemes[result.scheme] = SchemeCells(
            result,
            sheet.ref(row, 9),
            sheet.ref(row, 10),
            sheet.ref(row, 12),
            sheet.ref(row, 13),
            {mark: sheet.ref(row, 14 + place) for place, mark in enumerate(self.rows.marks)},
        )

    def _whole_year(self, result: SchemeResult, row: int) -> Cell:
        """The budget of the whole year: that of the part settled, where that is all of it."""
        if self.account.facts.months == 12:
            return Formula(here(row, 9))
        budgets = [
            budget.pence
            for fund in self.account.funds
            for figures in (self.account.figures(fund),)
            for budget in (figures.budgets if figures else ())
            if budget.scheme == result.scheme
        ]
        return Formula(str(sum(budgets)), Look.INPUT)

    # ---- contributions ---------------------------------------------------------------------------------

    def _contributions(self) -> None:
        """Every contribution that is due, and those first agreed where that is something else."""
        sheet = self.contributions_sheet
        sheet.add((Words(f"Contributions for {self.account.settlement.year}", Look.TITLE),))
        sheet.gap()
        head = ("fund", "partner", "from", "clause", "£", "as paid, pence", "gross, pence", "net, pence")
        sheet.header = sheet.add(tuple(Words(word, Look.HEADING) for word in head))
        for fund in self.account.funds:
            for line in self.account.standing(fund):
                self.contributions[fund.name, line] = self._contribution(fund, line)
        for fund in self.account.funds:
            figures = self.account.figures(fund)
            first = figures.first_agreed if figures else None
            if first is None:
                continue
            sheet.gap()
            sheet.add((Words(f"{fund.name}, as first agreed, before any variation", Look.SECTION),))
            for line in first:
                self.first_agreed[fund.name, line] = self._contribution(fund, line)

    def _contribution(self, fund: FundRules, line: ContributionRule) -> tuple[str, str, str]:
        """The row of one contribution."""
        sheet = self.contributions_sheet
        row = sheet.next_row
        paid = here(row, 5)
        sheet.add(
            (
                Words(fund.name),
                Words(line.partner),
                Words(contribution_words(line)),
                Words(self.account.clause(line.id)),
                Pounds(line.pence, Look.INPUT),
                Formula(f"ROUND({here(row, 4)}*100,0)"),
                Formula(paid if line.gross else f"{paid}+{line.charges}"),
                Formula(f"{paid}-{line.charges}" if line.gross else paid),
            )
        )
        return sheet.ref(row, 5), sheet.ref(row, 6), sheet.ref(row, 7)

    def cash(self, fund: FundRules, partner: str) -> str:
        """What a partner pays into a fund for the whole year, as a formula in whole pence."""
        beside = {scheme.name for scheme in fund.schemes if not scheme.pooled}
        return added(
            self.contributions[fund.name, line][0]
            for line in self.account.standing(fund)
            if line.partner == partner and not line.in_kind and line.scheme not in beside
        )

    @property
    def sheets(self) -> tuple[Sheet, ...]:
        """The three sheets."""
        return self.schemes_sheet, self.contributions_sheet, self.rows.sheet


class _LedgerRows:
    """The sheet `Ledger rows`: what was spent, row by row, or by scheme where there are too many."""

    def __init__(self, account: Account) -> None:
        self.account = account
        rows = account.facts.spending
        self.marks = tuple(dict.fromkeys(mark for row in rows for mark in row.marks))
        self.sheet = Sheet("Ledger rows", (18, 18, 16, 26, 14, 34, 30, *(14 for _ in self.marks)))
        self.together = len(rows) > MOST_ROWS
        self.first = 4
        self._write()

    def _write(self) -> None:
        """Write the rows."""
        sheet, account = self.sheet, self.account
        rows = account.facts.spending
        sheet.add((Words("What was spent", Look.TITLE),))
        told = f"{len(rows):,} rows, all used."
        if self.together:
            told += " There are too many to show each: they are added up by scheme and mark."
        sheet.add((Words(told, Look.NOTE),))
        sheet.gap()
        names = ("scheme", "spent £", "partner", "marks", "day", "stands at", "shown by")
        head = (*names, *(f"marked {mark} £" for mark in self.marks))
        sheet.header = sheet.add(tuple(Words(word, Look.HEADING) for word in head))
        if self.together:
            self._added_up()
            return
        for row in rows:
            marked = tuple(Pounds(row.pence, Look.INPUT) if mark in row.marks else None for mark in self.marks)
            sheet.add(
                (
                    Words(row.scheme),
                    Pounds(row.pence, Look.INPUT),
                    Words(row.partner or ""),
                    Words("; ".join(row.marks)),
                    Words(row.day),
                    Words(row.place),
                    Words(row.evidence or ""),
                    *marked,
                )
            )

    def _added_up(self) -> None:
        """Write one row for each scheme and set of marks."""
        totals: dict[tuple[str, tuple[str, ...]], int] = {}
        for row in self.account.facts.spending:
            key = row.scheme, row.marks
            totals[key] = totals.get(key, 0) + row.pence
        for (scheme, marks), pence in totals.items():
            marked = tuple(Pounds(pence, Look.INPUT) if mark in marks else None for mark in self.marks)
            own = (Words(scheme), Pounds(pence, Look.INPUT), None, Words("; ".join(marks)), None, None, None)
            self.sheet.add((*own, *marked))

    def spent_by(self, scheme: str) -> tuple[str, dict[str, str]]:
        """What a scheme spent, and what of it has each mark, as formulas in whole pence."""
        first, last = self.first, max(self.sheet.next_row - 1, self.first)
        names = self.sheet.column(0, first, last)

        every = [row.scheme.casefold() for row in self.account.facts.spending]
        alike = len(set(every)) < len({row.scheme for row in self.account.facts.spending})

        def total(column: int) -> str:
            sums = self.sheet.column(column, first, last)
            if alike:  # a spreadsheet takes Beds and BEDS for the same, which the agreement does not
                return f'ROUND(SUMPRODUCT(EXACT({names},"{scheme}")*{sums})*100,0)'
            return f'ROUND(SUMIF({names},"{scheme}",{sums})*100,0)'

        return total(1), {mark: total(7 + place) for place, mark in enumerate(self.marks)}
