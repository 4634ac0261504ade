"""Waterfalls: what each step takes, and who gets it."""

from typing import TypeAlias

from tests.engine.oracle.agreement import Plain, year_after
from tests.engine.oracle.given import Given
from tests.engine.oracle.pennies import most, part, split, up_to
from tests.engine.oracle.shares import parts_of, room

Gives: TypeAlias = list[tuple[str, str, int]]
"""Who gets a sum: of what kind, by what name, how many pence."""


class Run:
    """One run of a waterfall: what is left, and what its steps have done so far."""

    def __init__(self, given: Given, fall: Plain, amounts: dict[str, int], amount: int) -> None:
        self.given, self.fall, self.amounts, self.amount = given, fall, amounts, amount
        self.schemes = list(amounts)
        self.left, self.step_before = amount, 0
        self.by_cause: dict[str, int] = {}
        self.helped = {True: 0, False: 0}
        self.would_bear: dict[tuple[str, str], int] = {}
        self.stopped = False

    def go(self) -> None:
        """Run every step, and leave without an owner what none of them takes."""
        done = []
        for step in self.fall["steps"]:
            gives: Gives = []
            self.would_bear, self.stopped = {}, False
            if self.left > 0:
                gives = self.take(step)
            taken = sum(pence for _, _, pence in gives)
            self.left -= taken
            self.step_before = taken
            if step["cause"] is not None:
                self.by_cause[step["cause"]] = self.by_cause.get(step["cause"], 0) + taken
            self.given.took[step["id"]] = self.given.took.get(step["id"], 0) + taken
            done.append((step["id"], taken, gathered(gives), self.would_bear, self.stopped))
        if self.left:
            self.given.unsure.add(self.fall["fund"])
            done.append((self.fall["id"], self.left, {("unallocated", ""): self.left}, {}, False))
        self.given.runs.append((self.fall["id"], tuple(self.schemes), self.amount, tuple(done)))

    def take(self, step: Plain) -> Gives:
        """Take penny by penny what the limits allow, and give it to the taker.

        Where there is nothing to take, no fact is asked for.
        """
        given, there = self.given, self.left
        if step["cause"] is not None:
            marked = given.marked(step["cause"], self.schemes, self.fall["trigger"] == "overspend")
            there = most(there, up_to(marked - self.by_cause.get(step["cause"], 0)))
        if step["over_term"] is not None:
            earlier = given.taken_before.get(step["id"], 0) + given.took.get(step["id"], 0)
            there = most(there, up_to(step["over_term"] - earlier))
        if not self.spare(step["taker"], there):
            return []
        self.stopped = not given.met(step["condition"])
        if self.stopped:
            return []
        bounds = self.bounds(step)
        return self.give(step, step["taker"], most(there, up_to(*bounds)))

    def bounds(self, step: Plain) -> list[int]:
        """The sums that bound a step."""
        bounds = []
        if step["at_most"] is not None:
            bounds.append(self.sum_of(step["at_most"], step["taker"]))
        if step["until"] is not None:
            bounds.append(self.sum_of(step["until"], step["taker"]) - (self.amount - self.left))
        return bounds

    def sum_of(self, limit: int | Plain, taker: Plain) -> int:
        """A limit in pence."""
        if isinstance(limit, int):
            return limit
        if limit["type"] == "fact":
            return self.given.amount(limit["fact"])
        if limit["type"] == "total of key":
            return sum(self.given.key(limit["key"], self.fall["fund"]).values())
        return part(self.base(limit, taker), limit["numerator"], limit["denominator"])

    def base(self, limit: Plain, taker: Plain) -> int:
        """What a part is of."""
        given = self.given
        match limit["of"]:
            case "the whole amount":
                return self.amount
            case "what is left":
                return self.left
            case "the step before":
                return max(0, self.step_before)
            case "their budget":
                return sum(given.whole_budget.get(name, 0) for name in self.meant())
            case "their spending":
                return max(0, sum(given.spent.get(name, 0) for name in self.meant()))
            case "what it holds":
                return given.holds(taker["reserve"])
            case _:
                return given.cash(self.fall["fund"], limit["partners"])

    def meant(self) -> list[str]:
        """The schemes that the rule is for, off budget or not; the one of this run where each is taken on its own."""
        return self.schemes if self.fall["separately"] else self.fall["schemes"]

    def give(self, step: Plain, taker: Plain, pence: int) -> Gives:
        """Give a sum to a taker, as far as it takes it."""
        given, fund = self.given, self.fall["fund"]
        match taker["type"]:
            case "from underspends":
                return self.underspends(taker["schemes"], pence)
            case "from reserve" | "into reserve":
                return self.reserve(taker, pence)
            case "outside":
                return [("outside funder", taker["funder"], pence)]
            case "carry forward":
                return self.carry(step["id"], taker, pence)
            case "by partners":
                return self.partners(step["id"], taker["sharing"], taker["caps"], taker["later"], pence)
            case "decided":
                return self.decided(step, taker, pence)
            case _:
                if pence:
                    given.unsure.add(fund)
                return [("unallocated", "", pence)]

    def spare(self, taker: Plain, pence: int) -> int:
        """How much of a sum the source of a taker has, or has room for."""
        given = self.given
        if taker["type"] == "from underspends":
            return sum(self.lendable(taker["schemes"], pence).values())
        if taker["type"] == "decided" and taker["body"] in given.decisions and given.decisions[taker["body"]] is None:
            return self.spare(taker["failing"], pence) if taker["failing"] else pence
        if taker["type"] not in ("from reserve", "into reserve"):
            return pence
        rule, holds = given.agreement.reserves[taker["reserve"]], given.holds(taker["reserve"])
        if given.in_year[rule["fund"]] is None:
            return 0
        if taker["type"] == "from reserve":
            return most(pence, lambda drawn: holds - drawn >= rule["floor"])
        full = [bound for bound in (rule["ceiling"], taker["until_it_holds"]) if bound is not None]
        return most(pence, lambda added: all(holds + added <= bound for bound in full))

    def lendable(self, schemes: list[str], pence: int) -> dict[str, int]:
        """What underspends can give, in the order named, capital for capital and revenue for revenue."""
        given, gives, needed = self.given, dict[str, int](), dict[bool, int]()
        for name, over in self.amounts.items():
            kind = given.agreement.schemes[name]["capital"]
            needed[kind] = needed.get(kind, 0) + over
        for name in schemes:
            scheme = given.agreement.schemes[name]
            if scheme["mode"] in ("ring-fenced", "in view only"):
                continue
            help_needed = needed.get(scheme["capital"], 0) - self.helped[scheme["capital"]]
            unspent = -given.variance.get(name, 0) - given.lent.get(name, 0)
            gives[name] = most(pence, up_to(help_needed, unspent))
            pence -= gives[name]
            needed[scheme["capital"]] = needed.get(scheme["capital"], 0) - gives[name]
        return gives

    def underspends(self, schemes: list[str], pence: int) -> Gives:
        """Use underspends; the lead of an aligned scheme, which is not in the pool, pays in what is used of it."""
        given, fund, gives = self.given, self.fall["fund"], self.lendable(schemes, pence)
        for name, here in gives.items():
            scheme = given.agreement.schemes[name]
            self.helped[scheme["capital"]] += here
            given.lent[name] = given.lent.get(name, 0) + here
            if scheme["mode"] == "aligned":
                given.book(fund, scheme["bearer"], "pays", here)
            else:
                given.owe(given.agreement.fund_of[name], fund, here)
        return [("underspend", name, here) for name, here in gives.items()]

    def reserve(self, taker: Plain, pence: int) -> Gives:
        """Draw on a reserve down to its floor, or fill it up to what it may hold."""
        given, name, pence = self.given, taker["reserve"], self.spare(taker, pence)
        rule = given.agreement.reserves[name]
        if taker["type"] == "from reserve":
            given.drawn[name] += pence
            given.owe(rule["fund"], self.fall["fund"], pence)
        else:
            given.added[name] += pence
            given.owe(self.fall["fund"], rule["fund"], pence)
        return [("reserve", name, pence)]

    def carry(self, rule: str, taker: Plain, pence: int) -> Gives:
        """Keep a sum, or (of an overspend) a debt, for next year."""
        given, fund = self.given, self.fall["fund"]
        schemes = self.kept(taker, pence)
        over = self.fall["trigger"] == "overspend"
        for name, part_of_it in schemes:
            home = fund if name is None else given.agreement.fund_of[name]
            given.owe(fund, home, -part_of_it if over else part_of_it)
            kept = (home, name, -part_of_it if over else part_of_it, rule, taker["one_off_only"])
            given.carried.append(kept)
        return [("carried forward", name or fund, here) for name, here in schemes]

    def kept(self, taker: Plain, pence: int) -> list[tuple[str | None, int]]:
        """For which schemes, or for none, a sum is carried forward."""
        if taker["where_it_arose"] and self.amounts:
            return [(name, here) for name, here in split(pence, self.amounts).items()]
        return [(taker["scheme"], pence)]

    def partners(self, rule: str, sharing: Plain, caps: list[Plain], later: Plain | None, pence: int) -> Gives:
        """Charge partners, or pay them, within their caps."""
        given, gives = self.given, []
        if not pence:
            return []
        parts = parts_of(given, self.fall, self.amounts, sharing, pence)
        if parts is None:
            given.unsure.add(self.fall["fund"])
            return [("unallocated", "", pence)]
        for name, wanted in parts.items():
            mine = [cap for cap in (*caps, *self.fall["caps"]) if cap["partner"] == name]
            share = self.within(mine, wanted)
            for cap in mine:
                given.used[cap["id"]] = given.used.get(cap["id"], 0) + max(0, share)
            self.move(rule, name, share, later)
            gives.append(("partner", name, share))
        return gives

    def within(self, caps: list[Plain], pence: int) -> int:
        """What caps let through of one partner's part."""
        rooms = [space for space in (room(self.given, self.fall, cap) for cap in caps) if space is not None]
        return most(pence, up_to(*rooms)) if pence > 0 else pence

    def move(self, rule: str, partner: str, pence: int, later: Plain | None) -> None:
        """Put down what a partner pays or receives, now and later."""
        given, fund, over = self.given, self.fall["fund"], self.fall["trigger"] == "overspend"
        given.book(fund, partner, "pays" if over == (pence >= 0) else "receives", abs(pence))
        if later is None or not pence:
            return
        if not later["pay_now"]:
            given.book(fund, partner, "deferred", pence if over else -pence)
        other = later["by"] if later["pay_now"] else None
        owes_it = (over == (pence > 0)) != later["pay_now"]
        payer, payee = (partner, other) if owes_it else (other, partner)
        pence = abs(pence)
        each = pence // later["instalments"]
        for number in range(later["instalments"]):
            last = number == later["instalments"] - 1
            sum_due = pence - each * number if last else each
            year = year_after(given.year, later["after"] + number)
            given.dues.append((fund, payer, payee, year, sum_due, rule, later["pay_now"]))

    def decided(self, step: Plain, taker: Plain, pence: int) -> Gives:
        """Leave the split to a body, or do as it decided, or as follows where it let its time run out."""
        given, fund, body = self.given, self.fall["fund"], taker["body"]
        if body not in given.decisions:
            if pence:
                given.unsure.add(fund)
                self.would_bear = gathered(self.foreseen(taker["failing"], pence))
            if taker["interim"] is not None:
                over = self.fall["trigger"] == "overspend"
                given.book(fund, taker["interim"], "interim", pence if over else -pence)
            return [("undecided", body, pence)]
        follows = given.decisions[body] or taker["failing"]
        if follows is None:
            if pence:
                given.unsure.add(fund)
            return [("unallocated", "", pence)]
        if follows["type"] in ("from reserve", "into reserve", "carry forward"):
            return self.give(step, follows, pence)
        return self.partners(step["id"], follows, [], None, pence)

    def foreseen(self, failing: Plain | None, pence: int) -> Gives:
        """Who would bear an undecided sum failing a decision; it uses up no cap and moves nothing."""
        if failing is None:
            return []
        if failing["type"] in ("from reserve", "into reserve"):
            gives = [("reserve", failing["reserve"], self.spare(failing, pence))]
        elif failing["type"] == "carry forward":
            gives = [("carried forward", name or self.fall["fund"], here) for name, here in self.kept(failing, pence)]
        else:
            shared_already = set(self.given.shared_already)
            parts = parts_of(self.given, self.fall, self.amounts, failing, pence) or {}
            self.given.shared_already = shared_already
            caps = self.fall["caps"]
            gives = [
                ("partner", name, self.within([cap for cap in caps if cap["partner"] == name], share))
                for name, share in parts.items()
            ]
        return [*gives, ("unallocated", "", pence - sum(here for _, _, here in gives))]


def gathered(gives: Gives) -> dict[tuple[str, str], int]:
    """What each gets in all, without noughts."""
    sums: dict[tuple[str, str], int] = {}
    for kind, name, pence in gives:
        if pence:
            sums[kind, name] = sums.get((kind, name), 0) + pence
    return sums
