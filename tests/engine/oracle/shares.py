"""Who has what share of a sum, and how much of it a cap lets through."""

from tests.engine.oracle.agreement import Plain, Refused
from tests.engine.oracle.given import Given
from tests.engine.oracle.pennies import part, split


def parts_of(given: Given, fall: Plain, amounts: dict[str, int], sharing: Plain, pence: int) -> dict[str, int] | None:
    """Split what a step takes between partners; nothing where the sharing gives no answer."""
    fund = given.agreement.funds[fall["fund"]]
    if sharing["type"] == "of spending":
        return of_spending(given, fall, list(amounts), sharing, pence)
    weights = weights_of(given, fall, list(amounts), sharing)
    if sum(weights.values()) <= 0:
        return None
    return split(pence, weights, fund["host"], fund["odd_pennies"])


def weights_of(given: Given, fall: Plain, schemes: list[str], sharing: Plain) -> dict[str, int]:
    """The weights of a sharing other than one of spending."""
    if sharing["type"] == "weights":
        weights = {one["partner"]: one["weight"] for one in sharing["parts"]}
    elif sharing["type"] == "key":
        weights = given.key(sharing["key"], fall["fund"])
    else:
        weights = by_contributions(given, fall, schemes, sharing)
    if sharing.get("partners"):
        return {name: weight for name, weight in weights.items() if name in sharing["partners"]}
    return weights


def by_contributions(given: Given, fall: Plain, schemes: list[str], sharing: Plain) -> dict[str, int]:
    """What each partner's contributions count for."""
    tied = sharing["schemes"]
    if tied and fall["separately"]:
        tied = [name for name in schemes if name in tied]
    weights: dict[str, int] = {}
    for fund in sharing["funds"]:
        for line in given.lines(fund, sharing["moment"] == "as first agreed"):
            unsplit = sharing["moment"] == "as paid" and not line["in_kind"] and wanted(line["partner"], sharing)
            if unsplit and not counts(line, sharing):
                raise Refused("what is paid in is not split like that")
            if not counts(line, sharing) or (sharing["schemes"] and line["scheme"] not in tied):
                continue
            if sharing["moment"] == "as paid" and not line["in_kind"]:
                if (fund, line["partner"]) not in given.paid and wanted(line["partner"], sharing):
                    raise Refused(f"{line['partner']} paid into {fund}")
                continue
            weights[line["partner"]] = weights.get(line["partner"], 0) + counted(line, sharing["charges"])
        if sharing["moment"] == "as paid":
            for (where, name), pence in given.paid.items():
                if where == fund and given.in_year[fund] is not None:
                    weights[name] = weights.get(name, 0) + pence
    return weights


def wanted(partner: str, sharing: Plain) -> bool:
    """Whether a sharing is also between this partner."""
    return not sharing["partners"] or partner in sharing["partners"]


def counts(line: Plain, sharing: Plain) -> bool:
    """Whether a contribution counts in a proportion at all."""
    if line["change"] == "shifted":
        return False
    if line["in_kind"] and not sharing["in_kind"]:
        return False
    if line["capital"] and not sharing["capital"]:
        return False
    return line["recurrent"] or not sharing["recurrent_only"]


def counted(line: Plain, charges: str | None) -> int:
    """A contribution before or after users' charges."""
    if charges == "gross of charges" and not line["gross"]:
        return int(line["pence"] + line["charges"])
    if charges == "net of charges" and line["gross"]:
        return int(line["pence"] - line["charges"])
    return int(line["pence"])


def of_spending(given: Given, fall: Plain, schemes: list[str], sharing: Plain, pence: int) -> dict[str, int] | None:
    """Each partner's share of the spending of the schemes of a waterfall, less what it put in for them.

    What other steps deal with, or earlier years brought, is no part of the spending that is shared here. What was put
    in counts once a year: a second step shares only what it takes. Nothing where it cannot be known what was put in.
    """
    if fall["trigger"] == "gain":
        return None
    fund, over = given.agreement.funds[fall["fund"]], fall["trigger"] == "overspend"
    schemes = schemes if fall["separately"] else fall["schemes"]
    weights = {one["partner"]: one["weight"] for one in sharing["parts"]}
    if given.shared_already.issuperset(schemes):
        return split(pence, weights, fund["host"], fund["odd_pennies"])
    put_in = paid_for(given, fall["fund"], schemes)
    if put_in is None or given.shared_already.intersection(schemes):
        return None
    given.shared_already.update(schemes)
    spent = sum(given.budget.get(name, 0) for name in schemes) + (pence if over else -pence)
    more = split(spent, weights, fund["host"], fund["odd_pennies"])
    for name, paid in put_in.items():
        more[name] = more.get(name, 0) - paid
    return more if over else {name: -extra for name, extra in more.items()}


def paid_for(given: Given, name: str, schemes: list[str]) -> dict[str, int] | None:
    """What each partner put in for some schemes, up to now; nothing where that is not the whole of their budget."""
    fund, agreement = given.agreement.funds[name], given.agreement
    lines = {one: [line for line in given.lines(one) if not line["in_kind"]] for one in agreement.funds}
    tied = [line for own in lines.values() for line in own if line["scheme"] in schemes]
    if not tied:
        here = {one for one in given.budget if agreement.fund_of[one] == name and agreement.pooled(one)}
        if not here <= {*schemes} or not all(agreement.fund_of[one] == name for one in schemes):
            return None
        tied = [line for line in lines[name] if agreement.pooled(line["scheme"])]
    whole = dict.fromkeys(fund["partners"], 0)
    for line in tied:
        if line["partner"] in whole:
            whole[line["partner"]] += line["pence"]
    if sum(whole.values()) != sum(given.whole_budget.get(one, 0) for one in schemes) or min(whole.values()) < 0:
        return None
    return split(sum(given.budget.get(one, 0) for one in schemes), whole, fund["host"], fund["odd_pennies"])


def room(given: Given, fall: Plain, cap: Plain) -> int | None:
    """How much more a cap lets its partner pay this year; nothing where it is lifted."""
    if cap["unless"] is not None and given.says(cap["unless"]):
        return None
    sum_of: int | None = cap["pence"]
    if sum_of is None:
        own = given.cash(fall["fund"], [cap["partner"]], cap["schemes"])
        sum_of = part(own, cap["numerator"], cap["denominator"])
    earlier: int = given.taken_before.get(cap["id"], 0) if cap["over_term"] else 0
    return max(0, sum_of - earlier - given.used.get(cap["id"], 0))
