"""Who gets what a step takes, as formulas: reserves, underspends, later years, and partners within their caps."""

from collections.abc import Sequence

from poolrules.base.mode import Mode
from poolrules.engine.settlement import Allocation, StepResult, To
from poolrules.reporting.workbook.books import (
    GETS,
    PENCE,
    Entry,
    Pot,
)
from poolrules.reporting.workbook.bounds import Bounds
from poolrules.reporting.workbook.shares import Share
from poolrules.reporting.workbook.sheet import (
    Formula,
    Words,
    added,
    here,
)
from poolrules.ruleset.ruleset import (
    ByContributions,
    ByKey,
    ByPartners,
    Cap,
    CarryForward,
    Decided,
    FromReserve,
    FromUnderspends,
    IntoReserve,
    OfSpending,
    Outside,
    Silent,
    Step,
    Taker,
    Trigger,
    Weights,
)


class Giving(Bounds):
    """Writes the rows of everybody who is given a part of a step."""

    def _in_effect(self, taker: Taker) -> Taker:
        """What a step gives to as things stand: what was decided, or what follows; else the decision itself."""
        if not isinstance(taker, Decided):
            return taker
        made = next((one for one in self.account.facts.decisions if one.body == taker.body), None)
        if made is None:
            return taker
        if made.sharing is not None:
            return ByPartners(made.sharing)
        return _follows(taker) or Silent("nothing was decided, and the agreement does not say what follows")

    def _give(self, pot: Pot, step: Step, taker: Taker, most: str, result: StepResult | None) -> list[str]:
        """Who gets what a step takes; gives the cells."""
        match taker:
            case FromUnderspends():
                return self._from_underspends(pot, step, most, result)
            case FromReserve() | IntoReserve():
                cell = self._gets(step, To.RESERVE, taker.reserve, most, result)
                sign = "-" if isinstance(taker, FromReserve) else "+"
                self.moved.setdefault(taker.reserve, []).append(f"{sign}{cell}")
                reserves = {rule.name: fund.name for fund in self.account.rules.funds for rule in fund.reserves}
                self._flow(pot, reserves.get(taker.reserve, pot.fund.name), pot.fund.name, cell)
                return [cell]
            case Outside():
                return [self._gets(step, To.OUTSIDE, taker.funder, most, result)]
            case CarryForward():
                return self._carried(pot, step, taker, most, result)
            case ByPartners():
                return self._by_partners(pot, step, taker, most, result)
            case Decided():
                cell = self._gets(step, To.UNDECIDED, taker.body, most, result)
                if taker.interim is not None:
                    way = 1 if pot.over else -1
                    self.entries.append(Entry(pot.fund.name, taker.interim, cell, way, interim=True))
                return [cell]
            case Silent():
                return [self._gets(step, To.UNALLOCATED, "", most, result)]

    def _gets(self, step: Step, to: To, name: str, formula: str, result: StepResult | None, note: str = "") -> str:
        """One sum of a step beside its formula."""
        found = _given_to(result, to, name)
        who = name or "UNALLOCATED"
        waterfall = self.account.steps[step.id][0]
        words = GETS[to][0 if waterfall.trigger is Trigger.OVERSPEND else 1]
        return self._figure(step.id, words, who, found, formula, note)

    def _from_underspends(self, pot: Pot, step: Step, most: str, result: StepResult | None) -> list[str]:
        """What a step uses of each underspend, in the order named, until the sum is met."""
        cells: list[str] = []
        for line, able in self.lenders:
            name = line.result.scheme
            used = "".join(f"-{one}" for one in cells)
            cell = self._gets(step, To.UNDERSPEND, name, f"MIN({able},{most}{used})", result)
            cells.append(cell)
            line.lent.append(cell)
            pot.used[self._capital(line)].append(cell)
            rule = self.account.schemes[name]
            if rule.pooled:
                self._flow(pot, self.homes[name].name, pot.fund.name, cell)
            if rule.mode is Mode.ALIGNED and rule.bearer is not None:
                self.entries.append(Entry(pot.fund.name, rule.bearer, cell, 1))
        return cells

    def _carried(self, pot: Pot, step: Step, taker: CarryForward, most: str, result: StepResult | None) -> list[str]:
        """What a step carries forward: for one scheme, for the fund, or where it arose."""
        if not taker.where_it_arose:
            cell = self._gets(step, To.CARRIED, taker.scheme or pot.fund.name, most, result)
            self._flow(pot, self.homes.get(taker.scheme or "", pot.fund).name, pot.fund.name, cell)
            return [cell]
        if not pot.lines:
            return [self._gets(step, To.UNALLOCATED, "", most, result)]
        lines = sorted(pot.lines, key=lambda line: line.result.scheme)
        whole = sum(abs(line.result.variance) for line in lines)
        shared = self.shares.share(
            self.account.clause(step.id),
            most,
            [Share(line.result.scheme, pot.open_of(line), order) for order, line in enumerate(lines)],
            whole,
            None,
        )
        cells = []
        for name, part in shared.parts.items():
            cells.append(self._gets(step, To.CARRIED, name, part, result))
            self._flow(pot, self.homes.get(name, pot.fund).name, pot.fund.name, cells[-1])
        return cells

    def _by_partners(self, pot: Pot, step: Step, taker: ByPartners, most: str, result: StepResult | None) -> list[str]:
        """What a step charges to partners (or returns to them), within their caps."""
        sharing = taker.sharing
        if isinstance(sharing, OfSpending):
            return self._of_spending(pot, step, taker, most, result)
        shared, weights, live = self._shared(pot, step, sharing, most)
        cells = [
            self._partner(pot, step, taker, name, part, result)
            for name, part in shared.parts.items()
            if weights[name] or name in live
        ]
        if not any(weights.values()) or not isinstance(sharing, Weights):
            none = f"IF({shared.whole}<=0,{most},0)"
            cells.append(self._gets(step, To.UNALLOCATED, "", none, result, "where nobody has any weight"))
        return cells

    def _partner(self, pot: Pot, step: Step, taker: ByPartners, name: str, part: str, result: StepResult | None) -> str:
        """One partner's part, cut to what the tightest of its caps leaves."""
        own = [
            cap for cap in (*taker.caps, *pot.waterfall.caps) if cap.partner == name and not self.account.lifted(cap)
        ]
        rooms = [f"MAX(0,{self._cap(pot, cap)})" for cap in own]
        formula = f"MIN({','.join([part, *rooms])})" if rooms else part
        cell = self._gets(step, To.PARTNER, name, formula, result, "within its caps" if rooms else "")
        for cap in own:
            self.cap_used.setdefault(cap.id, []).append(f"MAX(0,{cell})")
        later = taker.later is not None and not taker.later.pay_now
        self.entries.append(Entry(pot.fund.name, name, cell, 1 if pot.over else -1, later))
        return cell

    def _cap(self, pot: Pot, cap: Cap) -> str:
        """What is left under a cap."""
        taken = dict(self.account.facts.position.taken if self.account.facts.position else ()).get(cap.id, 0)
        before = taken if cap.over_term else 0
        words = f"cap of {cap.partner}" + (", less what earlier years used of it" if before else "")
        if cap.id not in self.cap_rooms:
            room = (
                self._contribution_of(pot, cap, words, before)
                if cap.pence is None
                else self._input(cap.id, words, cap.partner, cap.pence - before)
            )
            self.cap_rooms[cap.id] = room
        return self.cap_rooms[cap.id] + "".join(f"-{one}" for one in self.cap_used.get(cap.id, []))

    def _contribution_of(self, pot: Pot, cap: Cap, words: str, before: int) -> str:
        """A cap that is a partner's own cash contribution, or a part of it."""
        own = self.inputs.cash(pot.fund, cap.partner)
        if cap.schemes:
            own = added(
                self.inputs.contributions[fund.name, line][0]
                for fund in self.account.funds
                for line in self.account.standing(fund)
                if line.partner == cap.partner and not line.in_kind and line.scheme in cap.schemes
            )
        formula = f"MAX(0,{own})"
        if cap.numerator != cap.denominator:
            formula = self.shares.part(self.account.clause(cap.id), formula, cap.numerator, cap.denominator)
        row = self.sheet.next_row
        clause, less = self.account.clause(cap.id), f"-{before}" if before else ""
        shown = Formula(f"{here(row, PENCE)}/100", pounds=True)
        self.sheet.add((Words(clause), Words(words), Words(cap.partner), None, shown, None, Formula(formula + less)))
        return self.sheet.ref(row, PENCE)

    def _of_spending(self, pot: Pot, step: Step, taker: ByPartners, most: str, result: StepResult | None) -> list[str]:
        """Each partner's share of all that was spent, less what it has put in for that."""
        assert isinstance(taker.sharing, OfSpending)
        given = [one for one in result.allocations if one.to is To.PARTNER] if result else []
        if pot.run is None or not given:
            why = "total spending is not shared here as things stand: what partners put in for it is looked up then"
            pence = result.taken if result else 0
            return [self._unwritten(step.id, To.UNALLOCATED.value, "UNALLOCATED", pence, why)]
        cells, schemes = self.inputs.schemes, pot.run.schemes
        budget = added(cells[name].budget for name in schemes)
        whole = sum(cells[name].result.budget for name in schemes)
        sign = "+" if pot.over else "-"
        shared, _, _ = self._shared(pot, step, taker.sharing, f"({budget}{sign}{most})")
        towards = self._towards(pot, schemes)
        names = sorted(towards, key=lambda name: (name != pot.fund.host, name))
        put_in = self.shares.share(
            self.account.clause(step.id),
            budget,
            [Share(name, towards[name][1], order) for order, name in enumerate(names)],
            sum(number for number, _ in towards.values()) or whole,
            pot.fund.odd_pennies,
        )
        parts = {name: (part, put_in.parts.get(name, "0")) for name, part in shared.parts.items()}
        if not pot.over:
            parts = {name: (paid, part) for name, (part, paid) in parts.items()}
        return [self._partner(pot, step, taker, one.name, "({}-{})".format(*parts[one.name]), result) for one in given]


def _follows(taker: Decided) -> Taker | None:
    """What a step gives to when its body lets its time run out, where the agreement says."""
    failing = taker.failing
    return ByPartners(failing) if isinstance(failing, Weights | ByContributions | ByKey | OfSpending) else failing


def _given_to(result: StepResult | None, to: To, name: str) -> int:
    """What a step of the engine gave to somebody."""
    found: Sequence[Allocation] = result.allocations if result else ()
    return sum(one.pence for one in found if one.to is to and one.name == name)
