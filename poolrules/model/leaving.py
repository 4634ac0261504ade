"""Building what happens when a partner leaves or the agreement ends."""

from poolrules.model.agreement import Base, Exit, Notice, Proportion, Sharing, Text
from poolrules.model.reader import Reader, flag, part, parts, remarks, text
from poolrules.model.sharings import build_sharing
from poolrules.source.finding import Label
from poolrules.syntax.tree import Mapping


def build_exit(reader: Reader, tree: Mapping) -> Exit | None:
    """Build the exit terms of an agreement, where it has any."""
    node = part(tree, "exit")
    if node is None:
        return None
    breach, commitments, account = (part(node, key) for key in ("breach", "commitments", "account"))
    ends = text(node, "leaving ends the agreement")
    balance = text(node, "balance")
    return Exit(
        notices=_notices(reader, node),
        all_end=ends.span if ends else None,
        breach=reader.time(breach, "remedied within") if breach else None,
        commitments=flag(node, "commitments"),
        commitments_longest=reader.time(commitments, "longest") if commitments else None,
        refund=text(node, "refund"),
        payment_into=reader.reference(node, "exit payment into", "reserve"),
        balance=balance,
        balance_shared=_balance_shared(reader, node, balance),
        assets=text(node, "assets"),
        staff=text(node, "staff"),
        account=reader.time(account, "within") if account else None,
        remarks=remarks(node),
        span=node.span,
    )


def _balance_shared(reader: Reader, node: Mapping, balance: Text | None) -> Sharing | None:
    """Build the sharing of the balance: said in one way only, and of no scheme, as none overspends at the end."""
    found = part(node, "balance shared")
    if found is None:
        return None
    if balance:
        also = (Label(balance.span, "and here"),)
        reader.misfit("the balance is dealt with twice", found.span, "keep the one that is right", also=also)
    sharing = build_sharing(reader, found)
    if isinstance(sharing, Proportion) and sharing.to is Base.SCHEMES:
        message = "`those schemes` is said of no schemes here"
        reader.misfit(message, sharing.span, "write `to the fund`: the fund whose balance it is")
    return sharing


def _notices(reader: Reader, node: Mapping) -> tuple[Notice, ...]:
    """Build the notices: that of every partner, and those of some; nobody gives two."""
    general = part(node, "notice")
    found = [_notice(reader, one) for one in (*([general] if general else []), *parts(node, "notices by class"))]
    notices = tuple(notice for notice in found if notice)
    first: dict[str, Text] = {}
    for partner in (partner for notice in notices for partner in notice.given_by):
        if partner.text in first:
            also = (Label(first[partner.text].span, "here already"),)
            reader.misfit(f"`{partner.text}` gives two notices", partner.span, "name it in one of them", also=also)
        first.setdefault(partner.text, partner)
    return notices


def _notice(reader: Reader, node: Mapping) -> Notice | None:
    """Build one notice."""
    length = reader.time(node, "length")
    if length is None:
        return None
    given_by = reader.references(node, "given by", "partner")
    return Notice(length, flag(node, "in writing"), reader.day(node, "not before"), given_by, node.span)
