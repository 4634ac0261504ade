"""Building the model from the written tree: judged once, for both notations."""

from poolrules.model.agreement import (
    Agreement,
    AimedOutcome,
    Allowance,
    Board,
    Consultation,
    DisputeLevel,
    Disputes,
    Function,
    Partner,
    Scheme,
    Signatory,
    Term,
)
from poolrules.model.bounds import judge_size
from poolrules.model.examples import build_example
from poolrules.model.funds import build_compartments, build_fund, build_schemes, declare_fund, with_host
from poolrules.model.keys import build_fact, build_index, build_key, declare_keys
from poolrules.model.law import bases, body_kinds
from poolrules.model.leaving import build_exit
from poolrules.model.reader import Reader, flag, part, parts, remarks, said, text, texts
from poolrules.model.waterfalls import Perimeters
from poolrules.source.finding import Finding, Label
from poolrules.source.span import Span
from poolrules.syntax.tree import Mapping


def build(tree: Mapping) -> tuple[Agreement, list[Finding]]:
    """Build the agreement that a tree says, with every name that is not known and every value that does not fit.

    What has a fault is left out of the agreement, so that one fault is reported once.
    """
    reader = Reader()
    _declare(reader, tree)
    partners = tuple(_partner(reader, node) for node in parts(tree, "partners"))
    schemes = [build_schemes(reader, node) for node in parts(tree, "funds")]
    everywhere: tuple[Scheme, ...] = sum(schemes, ())
    funds = parts(tree, "funds")
    compartments = [build_compartments(reader, node, own) for node, own in zip(funds, schemes, strict=True)]
    dealt_with: dict[tuple[str, str], Span] = {}
    keys = tuple(build_key(reader, node) for node in parts(tree, "keys"))
    names = tuple(partner.name.text for partner in partners)
    basis_said = text(tree, "basis")
    agreement = Agreement(
        title=said(tree, "agreement"),
        basis=reader.phrase(basis_said, bases(), "a legal basis") if basis_said else None,
        basis_said=basis_said,
        term=_term(reader, tree),
        signed=reader.day(tree, "signed"),
        aims=texts(tree, "aims"),
        outcomes=tuple(_outcome(node) for node in parts(tree, "outcomes")),
        people=texts(tree, "people"),
        services=texts(tree, "services"),
        consulted=_consulted(reader, tree),
        not_consulted=text(tree, "not consulted"),
        improves=text(tree, "improves"),
        review=text(tree, "review"),
        variation=text(tree, "variation"),
        information_sharing=text(tree, "information sharing"),
        working_days=text(tree, "working days"),
        month_ends=text(tree, "month ends"),
        partners=partners,
        funds=tuple(
            with_host(build_fund(reader, node, names, Perimeters(own, everywhere, kept, dealt_with)), keys)
            for node, own, kept in zip(parts(tree, "funds"), schemes, compartments, strict=True)
        ),
        boards=tuple(_board(node) for node in parts(tree, "boards")),
        keys=keys,
        facts=tuple(build_fact(node) for node in parts(tree, "facts")),
        indices=tuple(build_index(reader, node) for node in parts(tree, "indices")),
        disputes=_disputes(reader, tree),
        exit=build_exit(reader, tree),
        examples=tuple(build_example(reader, node) for node in parts(tree, "examples")),
        allowed=tuple(_allowance(node) for node in parts(tree, "allowed")),
        remarks=remarks(tree),
        span=_opening(tree),
    )
    judge_size(reader, agreement)
    return agreement, reader.findings


def _opening(tree: Mapping) -> Span:
    """Where the agreement begins: its title, else the top of the file."""
    title = tree.get("agreement")
    return title.span if title else tree.span


def _declare(reader: Reader, tree: Mapping) -> None:
    """Make every name of the agreement known before any is used."""
    for node in parts(tree, "partners"):
        reader.declare("partner", said(node, "partner"))
    for node in parts(tree, "boards"):
        reader.declare("board", said(node, "board"))
    declare_keys(reader, tree)
    for node in parts(tree, "funds"):
        declare_fund(reader, node)


def _term(reader: Reader, tree: Mapping) -> Term | None:
    """Build the term; one that ends before it starts is no term."""
    node = part(tree, "term")
    first, last = (reader.day(node, key) if node else None for key in ("from", "to"))
    if node is None or first is None or last is None:
        return None
    if last.date < first.date:
        reader.misfit(
            "the term ends before it starts",
            last.span,
            "the last day cannot be before the first",
            also=(Label(first.span, "it starts here"),),
        )
        return None
    return Term(first, last, reader.time(node, "extendable by"), node.span)


def _outcome(node: Mapping) -> AimedOutcome:
    """Build an agreed outcome."""
    return AimedOutcome(said(node, "outcome"), text(node, "measured by"), remarks(node))


def _consulted(reader: Reader, tree: Mapping) -> Consultation | None:
    """Build the record of the consultation."""
    node = part(tree, "consulted")
    on = reader.day(node, "on") if node else None
    return Consultation(on, said(node, "minute"), node.span) if node and on else None


def _partner(reader: Reader, node: Mapping) -> Partner:
    """Build a partner."""
    kind = text(node, "kind")
    signs = part(node, "signs")
    return Partner(
        name=said(node, "partner"),
        title=said(node, "title"),
        kind=reader.phrase(kind, body_kinds(), "a kind of body") if kind else None,
        kind_said=kind,
        functions=tuple(Function(said(item, "function"), text(item, "under")) for item in parts(node, "functions")),
        provides=texts(node, "provides"),
        provides_nothing=flag(node, "provides nothing"),
        signs=Signatory(said(signs, "post"), text(signs, "authority"), signs.span) if signs else None,
        consent=text(node, "consent"),
        remarks=remarks(node),
        span=node.span,
    )


def _board(node: Mapping) -> Board:
    """Build a board."""
    return Board(
        said(node, "board"), said(node, "title"), text(node, "form"), text(node, "meets"), remarks(node), node.span
    )


def _disputes(reader: Reader, tree: Mapping) -> Disputes | None:
    """Build how disputes are settled."""
    node = part(tree, "disputes")
    if node is None:
        return None
    levels = tuple(
        DisputeLevel(said(item, "level"), within, item.span)
        for item in parts(node, "levels")
        if (within := reader.time(item, "within"))
    )
    return Disputes(levels, text(node, "finally"), remarks(node), node.span)


def _allowance(node: Mapping) -> Allowance:
    """Build an accepted finding."""
    return Allowance(said(node, "allow"), said(node, "because"), text(node, "approved by"), node.span)
