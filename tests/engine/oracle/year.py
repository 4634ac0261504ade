"""The answer for one year: its stages in order, and everything that comes of them as plain dictionaries."""

from typing import Any, NamedTuple

from tests.engine.oracle.agreement import Agreement, Plain, Refused
from tests.engine.oracle.given import Given
from tests.engine.oracle.pennies import most, split, up_to
from tests.engine.oracle.steps import Run

BEARER_ANSWERS = ("own risk", "fixed share")
CARRIED = ("fund", "scheme", "pence", "rule", "one_off_only")
DUE = ("fund", "payer", "payee", "year", "rule", "loan")
BILLED = ("fund", "partner", "to_fund")


class Answer(NamedTuple):
    """What comes of a year: every figure, and the position that the next one starts from."""

    figures: dict[str, Any]
    position: Plain


def answer(agreement: Agreement, facts: Plain) -> Answer:
    """Say what comes of a year. Raises `Refused` where something is missing."""
    given = Given(agreement, facts)
    read_rows(given)
    bring_forward(given)
    for name in given.budget:
        given.variance[name] = given.spent[name] - given.budget[name] - given.brought[name]
    for fall in agreement.waterfalls("overspend", given.year):
        run_all(given, fall, 1)
    for fall in agreement.waterfalls("underspend", given.year):
        run_all(given, fall, -1)
    for fall in agreement.waterfalls("gain", given.year):
        pot = given.amount(fall["gain"])
        if pot:
            Run(given, fall, {}, pot).go()
    schemes = {name: scheme_result(given, name) for name in given.variance}
    settle_dues(given)
    unbudgeted = {fund: pence for fund in agreement.funds if (pence := not_budgeted(given, fund))}
    given.unsure.update(unbudgeted)
    for fund in agreement.funds:
        if any(line["indicative"] for line in given.lines(fund)):
            given.unsure.add(fund)
    figures = results(given, schemes, unbudgeted)
    return Answer(figures, position(given, figures["closing"]))


def read_rows(given: Given) -> None:
    """Add up budgets and spending by scheme."""
    for figures in given.in_year.values():
        for one in figures["budgets"] if figures else []:
            given.budget[one["scheme"]] = given.so_far(one["pence"])
            given.whole_budget[one["scheme"]] = one["pence"]
            given.spent[one["scheme"]] = 0
    seen = set()
    for row in given.facts["spending"]:
        scheme = given.agreement.schemes[row["scheme"]]
        day = row["day"]
        if day and not (scheme["first_day"] or "") <= day <= min(scheme["last_day"] or "9", given.facts["to"] or "9"):
            raise Refused(row["scheme"])
        given.spent[row["scheme"]] += row["pence"]
        seen.add(row["scheme"])
    for name in [name for name in given.budget if name not in seen]:
        if given.agreement.schemes[name]["mode"] != "in view only":
            raise Refused(name)
        del given.budget[name], given.spent[name]


def bring_forward(given: Given) -> None:
    """Add what earlier years carried forward; what only one-off spending may use waits where there is too little.

    What is kept for a scheme comes before what is kept for the whole fund, which goes to schemes by their one-off rows.
    """
    agreement = given.agreement
    given.brought = dict.fromkeys(given.budget, 0)
    one_off = {name: max(0, given.rows("one-off", [name])) for name in given.budget}
    for one in sorted(given.position["carried"], key=lambda one: one["scheme"] is None):
        fund, name, pence = one["fund"], one["scheme"], one["pence"]
        if given.in_year[fund] is None:
            given.carried.append((fund, name, pence, one["rule"], one["one_off_only"]))
            continue
        if one["one_off_only"] and pence > 0:
            reach = {one: pence for one, pence in one_off.items() if agreement.fund_of[one] == fund}
            reach = {one: reach[one] for one in reach if name in (one, None) and agreement.pooled(one)}
            used = most(pence, up_to(sum(reach.values())))
            for where, here in split(used, reach).items() if used else ():
                one_off[where] -= here
                given.brought[where] += here
            given.carried.append((fund, name, pence - used, one["rule"], True))
        elif name is None:
            given.fund_brought[fund] = given.fund_brought.get(fund, 0) + pence
        else:
            given.brought[name] = given.brought.get(name, 0) + pence


def run_all(given: Given, fall: Plain, sign: int) -> None:
    """Run a waterfall over the overspends, or underspends, of its schemes that are still open."""
    amounts = {}
    for name in fall["schemes"]:
        scheme = given.agreement.schemes[name]
        open_here = sign * given.variance.get(name, 0) - (given.lent.get(name, 0) if sign < 0 else 0)
        bearers = sign > 0 and scheme["mode"] in BEARER_ANSWERS
        if open_here > 0 and name not in given.dealt and not bearers:
            amounts[name] = open_here
    given.dealt.update(amounts)
    for group in [{name: amounts[name]} for name in amounts] if fall["separately"] else [amounts]:
        if not group:
            continue
        for name, pence in group.items():
            given.owe(fall["fund"], given.agreement.fund_of[name], sign * pence)
        Run(given, fall, group, sum(group.values())).go()


def scheme_result(given: Given, name: str) -> tuple[Any, ...]:
    """A scheme's figures, and who bears or keeps what no waterfall dealt with."""
    lent = given.lent.get(name, 0)
    gives = bear(given, name, lent)
    figures = (given.budget[name], given.spent[name], given.brought[name], given.variance[name], lent)
    return (*figures, gives)


def bear(given: Given, name: str, lent: int) -> dict[tuple[str, str], int]:
    """Give an open variance to whoever the mode of the scheme names."""
    scheme, fund, variance = given.agreement.schemes[name], given.agreement.fund_of[name], given.variance[name]
    mode, bearer, pence = scheme["mode"], scheme["bearer"], abs(variance) - lent
    if not pence or mode == "in view only" or name in given.dealt:
        return {}
    if mode == "aligned":
        return {("partner", bearer): pence}
    if variance < 0 and mode == "ring-fenced":
        given.carried.append((fund, name, pence, scheme["id"], False))
        return {("ring-fence", name): pence}
    if bearer is None or mode == "shared" or (variance < 0 and scheme["over_only"]):
        given.unsure.add(fund)
        return {("unallocated", ""): pence}
    given.book(fund, bearer, "pays" if variance > 0 else "receives", pence)
    if (given.agreement.funds[fund]["paid"] or {}).get("type") == "retained":
        given.book(fund, bearer, "retained", pence if variance > 0 else -pence)
    return {("partner", bearer): pence}


def settle_dues(given: Given) -> None:
    """Move what falls due this year by rules of earlier ones, and keep what falls due later."""
    for due in given.owed_before:
        if due["year"] == given.year and given.in_year[due["fund"]] is not None:
            for partner, pence in ((due["payer"], due["pence"]), (due["payee"], -due["pence"])):
                if partner is not None:
                    given.book(due["fund"], partner, "due", pence)
        else:
            names = ("fund", "payer", "payee", "year", "pence", "rule", "loan")
            given.dues.append(tuple(due[name] for name in names))


def not_budgeted(given: Given, fund: str) -> int:
    """Cash of the whole year that no budget or repayment uses; negative where it falls short."""
    figures = given.in_year[fund]
    if figures is None:
        return 0
    budgets = sum(int(one["pence"]) for one in figures["budgets"] if given.agreement.pooled(one["scheme"]))
    repaid: int = 0
    for due in given.owed_before:
        if due["fund"] == fund and due["year"] == given.year and due["loan"]:
            repaid += int(due["pence"]) * ((due["payer"] is None) - (due["payee"] is None))
    return given.cash(fund) + given.fund_brought.get(fund, 0) - budgets - repaid


def results(given: Given, schemes: dict[str, tuple[Any, ...]], unbudgeted: dict[str, int]) -> dict[str, Any]:
    """Everything that came of the year."""
    agreement = given.agreement
    billed = {(one["fund"], one["partner"], one["to_fund"]): one["pence"] for one in given.facts["billed"]}
    partners, moves, asked = {}, dict[str, int](), dict[tuple[str, str, str | None], int]()
    for name, fund in agreement.funds.items():
        others = [partner for where, partner in given.money if where == name]
        others += [partner for where, partner, to in billed if where == name and to is None]
        for partner in dict.fromkeys([*fund["partners"], *others]) if given.in_year[name] is not None else ():
            one = dict.fromkeys(("pays", "receives", "deferred", "interim", "due", "retained"), 0)
            one |= given.money.get((name, partner), {})
            one["net"] = one["pays"] - one["receives"] - one["deferred"] + one["interim"] + one["due"] - one["retained"]
            one["call"] = one["net"] - billed.get((name, partner, None), 0)
            one["cash"] = given.so_far(given.cash(name, [partner]))
            if any(one.values()):
                partners[name, partner] = one
            asked[name, partner, None] = one["net"]
            give(moves, partner, fund["host"], one["call"])
    for first, second in {tuple(sorted(pair)) for pair in given.owed} | {
        tuple(sorted((fund, to))) for fund, _, to in billed if to is not None
    }:
        net = given.owed.get((first, second), 0) - given.owed.get((second, first), 0)
        host, other = agreement.funds[first]["host"], agreement.funds[second]["host"]
        asked[first, "", second] = net if host != other else 0
        give(moves, host, other, net - billed.get((first, "", second), 0))
    return {
        "schemes": schemes,
        "runs": given.runs,
        "partners": partners,
        "reserves": {
            name: (opening, given.drawn[name], given.added[name], given.holds(name))
            for name, opening in given.opening.items()
            if given.in_year[agreement.reserves[name]["fund"]] is not None
        },
        "provisional": given.unsure,
        "unbudgeted": unbudgeted,
        "moves": {name: pence for name, pence in moves.items() if pence},
        "closing": closing(given, asked),
    }


def give(moves: dict[str, int], payer: str, payee: str, pence: int) -> None:
    """Move money: positive for who pays, negative for who is paid."""
    moves[payer] = moves.get(payer, 0) + pence
    moves[payee] = moves.get(payee, 0) - pence


def closing(given: Given, asked: dict[tuple[str, str, str | None], int]) -> dict[str, Any]:
    """Where the money stands at the end, without noughts."""
    over_term = {
        rule["id"]: counts
        for fund in given.agreement.funds.values()
        for fall in fund["waterfalls"]
        for rules, counts in (
            (fall["steps"], given.took),
            (fall["caps"], given.used),
            *((step["taker"]["caps"], given.used) for step in fall["steps"] if step["taker"]["type"] == "by partners"),
        )
        for rule in rules
        if rule["over_term"]
    }
    taken = {rule: given.taken_before.get(rule, 0) + now.get(rule, 0) for rule, now in over_term.items()}
    owed = [one for one in given.dues if one[1] != one[2]]
    return {
        "year": given.year,
        "reserves": {name: given.holds(name) for name in given.opening},
        "carried": together([(*one[:2], *one[3:]) for one in given.carried], [one[2] for one in given.carried]),
        "dues": together([(*one[:4], *one[5:]) for one in owed], [one[4] for one in owed]),
        "taken": {rule: pence for rule, pence in (given.taken_before | taken).items() if pence},
        "billed": {name: pence for name, pence in asked.items() if pence},
    }


def position(given: Given, closed: dict[str, Any]) -> Plain:
    """A closing position in the shape in which facts give it; what was carried stands oldest first."""
    carried = [dict(zip(CARRIED, one, strict=True)) for one in given.carried]
    dues = [dict(zip((*DUE, "pence"), (*one, pence), strict=True)) for one, pence in closed["dues"].items()]
    billed = [dict(zip((*BILLED, "pence"), (*one, pence), strict=True)) for one, pence in closed["billed"].items()]
    return {
        "year": closed["year"],
        "reserves": list(closed["reserves"].items()),
        "carried": [one for one in carried if one["pence"]],
        "dues": dues,
        "taken": list(closed["taken"].items()),
        "billed": billed,
    }


def together(names: list[tuple[Any, ...]], sums: list[int]) -> dict[tuple[Any, ...], int]:
    """Add up sums that go by the same names, without noughts."""
    found: dict[tuple[Any, ...], int] = {}
    for name, pence in zip(names, sums, strict=True):
        found[name] = found.get(name, 0) + pence
    return {name: pence for name, pence in found.items() if pence}
