"""The sheet `Settlement`: every step of every waterfall computed anew by formulas, beside the figures of poolrules.

The formulas follow the order of the engine: overspends, underspends, gains; each step takes the least of its limits
and what is left. They compute in whole pence. A column says whether formula and engine agree; where something is not
written as a formula, the row says so.
"""

from poolrules.base.mode import Mode
from poolrules.engine.course import as_run
from poolrules.engine.settlement import Run
from poolrules.reporting.account import Account
from poolrules.reporting.steps import said_by_rule
from poolrules.reporting.workbook.books import ENGINE, Entry, Line, Pot
from poolrules.reporting.workbook.giving import Giving
from poolrules.reporting.workbook.inputs import InputSheets
from poolrules.reporting.workbook.shares import SharesSheet
from poolrules.reporting.workbook.sheet import (
    Look,
    Sheet,
    Words,
    added,
)
from poolrules.ruleset.ruleset import (
    FundRules,
    Step,
    Trigger,
    Waterfall,
)


def settlement_sheet(account: Account, inputs: InputSheets, shares: SharesSheet) -> Sheet:
    """Write the sheet `Settlement`, adding to `shares` every division that it needs."""
    return _Calculation(account, inputs, shares).write()


class _Calculation(Giving):
    """Writes the formulas of one settlement in the order of the engine."""

    def write(self) -> Sheet:
        """Write the whole sheet."""
        self._title()
        self._given()
        self._bearers()
        for trigger in (Trigger.OVERSPEND, Trigger.UNDERSPEND, Trigger.GAIN):
            for fund in self.account.funds:
                for waterfall in fund.waterfalls:
                    if waterfall.trigger is trigger:
                        self._waterfall(fund, waterfall)
        self._what_is_left()
        self._reserves()
        self._contributions_and_budgets()
        self._partners()
        self._between_funds()
        self._summary()
        return self.sheet

    # ---- what is given ---------------------------------------------------------------------------------

    def _given(self) -> None:
        """What reserves open with, and the facts that rules ask for."""
        reserves = self.account.settlement.reserves
        if reserves or self.account.rules.facts:
            self._heading("What the year starts from")
        for one in reserves:
            words = f"reserve {one.reserve}: opening balance"
            self.openings[one.reserve] = self._input(one.rule, words, one.reserve, one.opening)
        said = {one.name: one for one in self.account.facts.said}
        for fact in self.account.rules.facts:
            found = said.get(fact.name)
            shown = f"shown by {found.evidence}" if found and found.evidence else ""
            if fact.amount:
                if found is not None:
                    words = f"fact {fact.name}: {fact.title}"
                    self.said[fact.name] = self._input(fact.id, words, "", found.pence or 0, shown)
                continue
            row = self.sheet.next_row
            value = "not said" if found is None else "yes" if found.holds else "no"
            self.sheet.add(
                (
                    Words(self.account.clause(fact.id)),
                    Words(f"fact {fact.name}: {fact.title}"),
                    Words(""),
                    Words(value, Look.INPUT),
                    None,
                    Words("input", Look.NOTE),
                    None,
                    Words(shown, Look.NOTE),
                )
            )
            self.said[fact.name] = self.sheet.ref(row, ENGINE)

    # ---- what schemes settle by their own terms ------------------------------------------------------------

    def _bearers(self) -> None:
        """The overspends of schemes that are not shared, which their bearers pay before any waterfall runs."""
        lines = [line for line in self.lines.values() if not self._is_shared(line)]
        if lines:
            self._heading("Overspends that schemes settle by their own terms")
        for line in lines:
            self._close(line, over=True)

    def _what_is_left(self) -> None:
        """The differences that no waterfall has dealt with: kept by bearers or in fences, or nobody's."""
        over = [line for line in self.lines.values() if self._is_shared(line) and not line.over_done]
        under = [line for line in self.lines.values() if not line.under_done]
        if over or under:
            self._heading("Differences that schemes settle by their own terms, after all waterfalls")
        for line in over:
            self._close(line, over=True)
        for line in under:
            self._close(line, over=False)

    def _is_shared(self, line: Line) -> bool:
        """Whether a scheme's difference is for waterfalls to share."""
        return self.account.schemes[line.result.scheme].mode is Mode.SHARED

    def _close(self, line: Line, *, over: bool) -> None:
        """One scheme's overspend or underspend: its bearer, its fence, or nobody."""
        result, rule = line.result, self.account.schemes[line.result.scheme]
        bearer = None if rule.mode is Mode.SHARED or (rule.over_only and not over) else rule.bearer
        fenced = rule.mode is Mode.RING_FENCED and not over and not rule.over_only
        word = "overspend" if over else "underspend"
        own = [one for one in result.allocations if (result.variance > 0) is over]
        pence = sum(one.pence for one in own)
        who = "" if fenced else bearer or "UNALLOCATED"
        what = f"{result.scheme}, {rule.mode.value}: {word}" + (" stays in its fence" if fenced else "")
        cell = self._figure(result.rule, what, who, pence, line.over if over else line.under)
        if bearer is not None and not fenced and rule.pooled:
            self.entries.append(Entry(result.fund, bearer, cell, 1 if over else -1))

    # ---- waterfalls ------------------------------------------------------------------------------------

    def _waterfall(self, fund: FundRules, waterfall: Waterfall) -> None:
        """Every run of a waterfall: once for its schemes together, or once for each."""
        if waterfall.trigger is Trigger.GAIN:
            amount = self.said.get(waterfall.gain or "", "0")
            self._run(fund, waterfall, [], amount)
            return
        over = waterfall.trigger is Trigger.OVERSPEND
        lines = [
            self.lines[name]
            for name in dict.fromkeys(waterfall.schemes)
            if name in self.lines and self._deals_with(self.lines[name], over=over)
        ]
        for line in lines:
            line.over_done, line.under_done = line.over_done or over, line.under_done or not over
        by_scheme = {line.result.scheme: line for line in lines}
        for run in as_run(waterfall) if waterfall.separately else (waterfall,):
            own = [by_scheme[name] for name in dict.fromkeys(run.schemes) if name in by_scheme]
            if own and (not waterfall.separately or len(own) == 1):
                self._run(fund, run, own, added(line.over if over else line.under for line in own))
                for name in [line.result.scheme for line in own] if waterfall.separately else ():
                    by_scheme.pop(name)

    def _deals_with(self, line: Line, *, over: bool) -> bool:
        """Whether a waterfall shares the difference of a scheme, and none before it has."""
        rule = self.account.schemes[line.result.scheme]
        if line.over_done if over else line.under_done:
            return False
        return rule.mode is Mode.SHARED or (rule.over_only and not over)

    def _found(self, waterfall: Waterfall, lines: list[Line]) -> Run | None:
        """The run of the engine that these formulas compute anew, where there was anything to deal with."""
        names = {line.result.scheme for line in lines}
        for run in self.account.settlement.runs:
            if run.rule == waterfall.id and set(run.schemes) <= names:
                return run
        return None

    def _run(self, fund: FundRules, waterfall: Waterfall, lines: list[Line], amount: str) -> None:
        """One run: what it deals with, its steps, and what they leave."""
        run = self._found(waterfall, lines)
        names = ", ".join(line.result.scheme for line in lines) or (waterfall.gain or "")
        self._heading(f"{waterfall.trigger.value.capitalize()} of {names}, {fund.name}")
        what = f"the {waterfall.trigger.value} that is dealt with"
        total = self._figure(waterfall.id, what, "", run.amount if run else 0, amount, look=Look.TOTAL)
        pot = Pot(waterfall, fund, lines, run, total)
        for line in lines:
            self._flow(pot, fund.name, self.homes[line.result.scheme].name, pot.open_of(line))
        for step in waterfall.steps:
            self._step(pot, step)
        left = [one for one in run.steps if one.rule == waterfall.id] if run else []
        pence = sum(one.taken for one in left)
        self._figure(waterfall.id, "left when all steps are done", "UNALLOCATED", pence, pot.left())

    def _step(self, pot: Pot, step: Step) -> None:
        """One step: what is left before it, the most it can take, what it gives to whom, and what it took."""
        result = next((one for one in pot.run.steps if one.rule == step.id), None) if pot.run else None
        self._note(said_by_rule(pot.waterfall, step))
        taker = self._in_effect(step.taker)
        before = self._figure(step.id, "left before this step", "", result.before if result else 0, pot.left())
        most = self._offered(pot, step, taker, before, result)
        cells = self._give(pot, step, taker, most, result)
        taken = self._figure(
            step.id, "taken by this step", "", result.taken if result else 0, added(cells), look=Look.TOTAL
        )
        pot.taken.append(taken)
        if step.cause is not None:
            pot.caused.setdefault(step.cause, []).append(taken)
        if step.over_term is not None:
            self.taken_over_term.setdefault(step.id, []).append(taken)

    # ---- results ---------------------------------------------------------------------------------------

    def _reserves(self) -> None:
        """What each reserve holds at the end."""
        reserves = self.account.settlement.reserves
        if reserves:
            self._heading("Reserves")
        for one in reserves:
            drawn = [cell[1:] for cell in self.moved.get(one.reserve, []) if cell.startswith("-")]
            filled = [cell[1:] for cell in self.moved.get(one.reserve, []) if cell.startswith("+")]
            self._figure(one.rule, f"{one.reserve}: drawn", one.reserve, one.drawn, added(drawn))
            self._figure(one.rule, f"{one.reserve}: added", one.reserve, one.added, added(filled))
            closing = f"{self.openings[one.reserve]}{''.join(self.moved.get(one.reserve, []))}"
            self._figure(
                one.rule, f"{one.reserve}: closing balance", one.reserve, one.closing, closing, look=Look.TOTAL
            )

    def _contributions_and_budgets(self) -> None:
        """Cash contributions that no budget uses, or budgets that none pays for."""
        self._heading("Contributions and budgets of the whole year")
        open_sums = dict(self.account.settlement.unbudgeted)
        for fund in self.account.funds:
            cash = added(self.inputs.cash(fund, name) for name in self._paying(fund))
            pooled = {scheme.name for scheme in fund.schemes if scheme.pooled}
            own = [cells for name, cells in self.inputs.schemes.items() if name in pooled]
            without_rows = self._budgets_without_rows(fund, pooled)
            beside = self._brought_and_repaid(fund)
            budgets = added(cells.whole for cells in own)
            formula = f"ABS({cash}+{beside}-({budgets}+{without_rows}))"
            pence = open_sums[fund.name].pence if fund.name in open_sums else 0
            note = "cash and what was brought forward, less budgets and loans repaid"
            self._figure("", f"{fund.name}: contributions and budgets differ by", "UNALLOCATED", pence, formula, note)

    def _paying(self, fund: FundRules) -> tuple[str, ...]:
        """Everybody who contributes to a fund."""
        return tuple(dict.fromkeys(line.partner for line in self.account.standing(fund)))

    def _budgets_without_rows(self, fund: FundRules, pooled: set[str]) -> int:
        """The budgets of schemes that are in no row of the ledger."""
        figures = self.account.figures(fund)
        budgets = figures.budgets if figures else ()
        return sum(one.pence for one in budgets if one.scheme in pooled and one.scheme not in self.inputs.schemes)

    def _brought_and_repaid(self, fund: FundRules) -> int:
        """Money brought forward for no scheme, and loans repaid to the fund less those it repays."""
        position = self.account.facts.position
        pooled = {scheme.name for scheme in fund.schemes if scheme.pooled}
        brought = sum(
            one.pence
            for one in (position.carried if position else ())
            if one.fund == fund.name and one.scheme not in pooled and not one.one_off_only
        )
        dues = [one for one in self.account.settlement.dues if one.fund == fund.name and one.loan]
        return brought + sum(one.pence * ((one.payee is None) - (one.payer is None)) for one in dues)

    def _partners(self) -> None:
        """What comes of it for each partner in each fund."""
        self._heading("What comes of it for each partner")
        for one in self.account.settlement.partners:
            mine = [entry for entry in self.entries if (entry.fund, entry.partner) == (one.fund, one.partner)]
            borne = [entry for entry in mine if not entry.interim]
            where = f"{one.partner} in {one.fund}"
            pays = added(_side(entry, pays=True) for entry in borne)
            gets = added(_side(entry, pays=False) for entry in borne)
            paid = self._figure("", f"{where}: pays more", one.partner, one.pays, pays)
            got = self._figure("", f"{where}: gets back", one.partner, one.receives, gets)
            others = [f"-({_signed(entry)})" for entry in borne if entry.later]
            others += [f"+({_signed(entry)})" for entry in mine if entry.interim]
            if one.due:
                words = f"{where}: due by rules of earlier years"
                others.append(f"+{self._input('', words, one.partner, one.due, 'a minus is what it gets')}")
            words = f"{where}: on balance, a minus is what it gets"
            net = self._figure("", words, one.partner, one.net, f"{paid}-{got}{''.join(others)}", look=Look.TOTAL)
            if one.billed:
                words = f"{where}: billed before in the year"
                billed = self._input("", words, one.partner, one.billed, "a minus is what it was given back")
                words = f"{where}: called for now"
                self._figure("", words, one.partner, one.call, f"{net}-{billed}", look=Look.TOTAL)

    def _between_funds(self) -> None:
        """What funds of different hosts owe each other."""
        hosts = {fund.name: fund.host for fund in self.account.rules.funds}
        billed = [one for one in self.account.facts.billed if one.to_fund is not None]
        pairs: dict[tuple[str, str], list[str]] = {}
        for owing, owed, formula in self.flows:
            if hosts[owing] != hosts[owed]:
                pairs.setdefault((hosts[owing], owed), []).append(formula)
        for asked in billed:
            pairs.setdefault((hosts[asked.fund], asked.to_fund or ""), []).append(f"-({asked.pence})")
        moved = {(one.payer, one.fund): 0 for one in self.account.settlement.transfers}
        for one in self.account.settlement.transfers:
            if self.account.between_hosts(one):
                key, sign = (one.payer, one.fund), 1
                if one.payer == hosts[one.fund]:
                    key, sign = (one.payee, one.fund), -1
                moved[key] = moved.get(key, 0) + sign * one.pence
        if pairs:
            self._heading("What funds of different hosts owe each other")
        for (host, owed), formulas in pairs.items():
            words = f"{host}, as host of a fund, pays {hosts[owed]} for {owed}; a minus is what it gets"
            self._figure("", words, host, moved.get((host, owed), 0), added(formulas))


def _signed(entry: Entry) -> str:
    """An entry with its sign: positive for what a partner pays."""
    return entry.cell if entry.sign > 0 else f"-{entry.cell}"


def _side(entry: Entry, *, pays: bool) -> str:
    """What an entry counts towards what a partner pays, or gets back."""
    return f"MAX(0,{'' if (entry.sign > 0) is pays else '-'}{entry.cell})"
