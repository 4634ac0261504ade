"""What bounds a step, as formulas: its limits, its cause, the term, and what its source or reserve has."""

from collections.abc import Iterator

from poolrules.base.mode import Mode
from poolrules.engine.settlement import StepResult
from poolrules.reporting.workbook.books import (
    PENCE,
    Line,
    Pot,
)
from poolrules.reporting.workbook.sheet import (
    Formula,
    Look,
    Words,
    added,
    here,
)
from poolrules.reporting.workbook.weighing import Weighing
from poolrules.ruleset.ruleset import (
    Decided,
    FromReserve,
    FromUnderspends,
    IntoReserve,
    Known,
    Limit,
    Of,
    PartOf,
    Step,
    Taker,
    TotalOf,
)


class Bounds(Weighing):
    """Finds the most that a step can take."""

    def _offered(self, pot: Pot, step: Step, taker: Taker, before: str, result: StepResult | None) -> str:
        """The most that a step gives out: the least of what is left and everything that bounds it."""
        able = f"MIN({','.join([before, *self._able(pot, step, taker)])})"
        written = list(self._written(pot, step, taker))
        least = f"MAX(0,MIN({','.join([able, *written])}))" if written else f"MAX(0,{able})"
        if step.condition is not None:
            fact = self.said.get(step.condition.fact, '"not said"')
            wanted, other = ("yes", "no") if step.condition.holds else ("no", "yes")
            least = f'IF({fact}="{wanted}",{least},IF({fact}="{other}",0,NA()))'
        if step.condition is not None or written:
            least = f"IF({able}<=0,0,{least})"  # where nothing can be taken, nobody needs to know of any fact
        row = self.sheet.next_row
        note = "the least of what is left and all that bounds the step"
        self.sheet.add(
            (
                Words(self.account.clause(step.id)),
                Words("the most it can take"),
                None,
                None,
                Formula(f"{here(row, PENCE)}/100", pounds=True),
                None,
                Formula(least),
                Words(note, Look.NOTE),
            )
        )
        return self.sheet.ref(row, PENCE)

    def _written(self, pot: Pot, step: Step, taker: Taker) -> Iterator[str]:
        """The limits that a step states, as formulas."""
        if step.at_most is not None:
            yield self._limit(pot, step, taker, step.at_most, "at most")
        if step.until is not None:
            met = "".join(f"-{one}" for one in pot.taken)
            yield f"({self._limit(pot, step, taker, step.until, 'until the steps so far have met')}{met})"

    def _able(self, pot: Pot, step: Step, taker: Taker) -> Iterator[str]:
        """What bounds a step beside the limits that it states: its cause, the term, and what its source has."""
        self.lenders = []
        if step.cause is not None:
            yield self._caused(pot, step)
        if step.over_term is not None:
            yield self._over_term(step)
        yield from self._source(pot, step, taker)

    def _limit(self, pot: Pot, step: Step, taker: Taker, limit: Limit, words: str) -> str:
        """What a limit comes to."""
        match limit:
            case int():
                return self._input(step.id, words, "", limit)
            case Known():
                return self.said.get(limit.fact, "NA()")
            case TotalOf():
                total = sum(self._values(limit.key, pot.fund.partners).values())
                return self._input(step.id, f"{words} the total of {limit.key}", "", total)
            case PartOf():
                base = f"MAX(0,{self._base(pot, taker, limit)})"
                clause = self.account.clause(step.id)
                part = self.shares.part(clause, base, limit.numerator, limit.denominator)
                row = self.sheet.next_row
                what = f"{words} {limit.numerator}/{limit.denominator} of {limit.of.value}"
                shown = Formula(f"{here(row, PENCE)}/100", pounds=True)
                self.sheet.add((Words(clause), Words(what), None, None, shown, None, Formula(part)))
                return self.sheet.ref(row, PENCE)

    def _base(self, pot: Pot, taker: Taker, part: PartOf) -> str:
        """What a part is of."""
        cells = self.inputs.schemes
        match part.of:
            case Of.AMOUNT:
                return pot.amount
            case Of.LEFT:
                return pot.left()
            case Of.STEP_BEFORE:
                return pot.taken[-1] if pot.taken else "0"
            case Of.BUDGET:
                return added(cells[name].whole for name in pot.waterfall.schemes if name in cells)
            case Of.SPENDING:
                return added(cells[name].spent for name in pot.waterfall.schemes if name in cells)
            case Of.HOLDING:
                return self._holding(taker)
            case Of.CONTRIBUTIONS:
                names = part.partners or pot.fund.partners
                return added(self.inputs.cash(pot.fund, name) for name in names)

    def _holding(self, taker: Taker) -> str:
        """What the reserve of a step holds as the step finds it."""
        named = taker.failing if isinstance(taker, Decided) else taker
        if not isinstance(named, FromReserve | IntoReserve) or named.reserve not in self.openings:
            return "0"
        return f"({self.openings[named.reserve]}{''.join(self.moved.get(named.reserve, []))})"

    def _caused(self, pot: Pot, step: Step) -> str:
        """What is marked with a step's cause in the schemes of the run, less what steps for it have taken."""
        mark = step.cause or ""
        sign = "" if pot.over else "-"
        terms = []
        for line in pot.lines:
            cells = self.inputs.schemes[line.result.scheme]
            rows = f"{sign}{cells.marks[mark]}" if mark in cells.marks else "0"
            beside = sum(
                one.pence for one in self.account.facts.marked if (one.scheme, one.mark) == (line.result.scheme, mark)
            )
            terms.append((line, f"({rows}+{beside})"))
        used = "".join(f"-{one}" for one in pot.caused.get(mark, []))
        return f"({pot.only(terms)}{used})"

    def _over_term(self, step: Step) -> str:
        """What is left of what a step may take over the term."""
        before = dict(self.account.facts.position.taken if self.account.facts.position else ()).get(step.id, 0)
        room = self._input(step.id, "over the term, less what earlier years took", "", (step.over_term or 0) - before)
        return f"({room}{''.join(f'-{one}' for one in self.taken_over_term.get(step.id, []))})"

    def _source(self, pot: Pot, step: Step, taker: Taker) -> Iterator[str]:
        """What the source of a step has, or its reserve has room for."""
        if isinstance(taker, FromUnderspends):
            self.lenders = self._able_to_lend(pot, step, taker)
            yield added(able for _, able in self.lenders)
        elif isinstance(taker, FromReserve | IntoReserve):
            rules = [one for fund in self.account.rules.funds for one in fund.reserves if one.name == taker.reserve]
            if taker.reserve not in self.openings or isinstance(taker, FromReserve) is not pot.over:
                yield "0"
            elif isinstance(taker, FromReserve):
                least = rules[0].floor
                floor = f"-{self._input(step.id, 'it must keep', taker.reserve, least)}" if least else ""
                yield f"MAX(0,{self._holding(taker)}{floor})"
            else:
                tops = [top for top in (taker.until_it_holds, rules[0].ceiling) if top is not None]
                if tops:
                    top = self._input(step.id, "it may hold", taker.reserve, min(tops))
                    yield f"MAX(0,{top}-{self._holding(taker)})"

    def _able_to_lend(self, pot: Pot, step: Step, taker: FromUnderspends) -> list[tuple[Line, str]]:
        """The underspends that a step may use in the order named, with what each can give."""
        if not pot.over:
            return []
        able: list[tuple[Line, str]] = []
        room = {
            capital: added(line.over for line in pot.lines if self._capital(line) is capital)
            + "".join(f"-{one}" for one in pot.used[capital])
            for capital in (True, False)
        }
        given: dict[bool, list[str]] = {True: [], False: []}
        for name in dict.fromkeys(taker.schemes):
            line = self.lines.get(name)
            if line is None or self.account.schemes[name].mode is Mode.RING_FENCED:
                continue
            capital = self._capital(line)
            left = f"MAX(0,{room[capital]}{''.join(f'-{one}' for one in given[capital])})"
            row = self.sheet.next_row
            self.sheet.add(
                (
                    Words(self.account.clause(step.id)),
                    Words("underspend that may be used" + (", for capital" if capital else "")),
                    Words(name),
                    None,
                    Formula(f"{here(row, PENCE)}/100", pounds=True),
                    None,
                    Formula(f"MIN({line.under},{left})"),
                    Words("no more than the overspends of the same kind, capital or revenue", Look.NOTE),
                )
            )
            cell = self.sheet.ref(row, PENCE)
            given[capital].append(cell)
            able.append((line, cell))
        return able

    def _capital(self, line: Line) -> bool:
        """Whether a scheme is capital."""
        return self.account.schemes[line.result.scheme].capital
