"""From an agreement and its deeds of variation to the agreement as it stands on a day, with all that does not fit."""

import datetime
import os
from collections.abc import Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from poolrules.base.dates import format_day, read_day
from poolrules.base.near import did_you_mean
from poolrules.base.unreadable import Unreadable
from poolrules.model.agreement import Agreement
from poolrules.model.deed import Deed, build_deed
from poolrules.model.from_tree import build
from poolrules.pipeline.files import Notation, Unusable, notation_of, read_bytes, shown_name
from poolrules.pipeline.load import Loaded, Varied, load, read_tree
from poolrules.source.finding import Finding, Label, Severity, in_file_order
from poolrules.source.span import Span
from poolrules.syntax.codes import OUT_OF_TURN, UNKNOWN_NAME, VARIES_ANOTHER, WITHOUT_AGREEMENT
from poolrules.syntax.overlay import lay_over
from poolrules.syntax.tree import Mapping, Scalar


class GivenDeed(Struct, frozen=True):
    """A deed of variation that was read without faults, and the file that it was read from."""

    loaded: Loaded
    deed: Deed

    @property
    def tree(self) -> Mapping:
        """What was written."""
        assert self.loaded.tree is not None
        return self.loaded.tree


def load_varied(
    path: str, *, yaml: bool = False, variations: Sequence[str] = (), as_at: datetime.date | None = None
) -> Loaded:
    """Read the agreement in a file, and lay the deeds of variation in others over it.

    With a day, only deeds that are in force on it are laid. Raises `Unusable` where there is no such file, or one
    that holds something else.
    """
    loaded = load(path, yaml=yaml)
    return varied(loaded, [load_deed(deed) for deed in variations], as_at) if variations else loaded


def load_deed(path: str) -> Loaded:
    """Read a deed of variation as far as its written tree. Raises `Unusable` for a file that holds something else."""
    notation = notation_of(path)
    if notation is Notation.RULESET:
        raise Unusable(f"`{path}` is a ruleset, not a deed of variation", "the name of a deed ends as an agreement's")
    written = read_tree(shown_name(path), read_bytes(path), notation)
    if written.tree is not None and not written.is_deed and written.tree.get("agreement") is not None:
        raise Unusable(
            f"`{path}` is an agreement, not a deed of variation",
            'a deed begins with a line such as: variation 1 to "Westshire Better Care Fund" from 1 October 2026',
        )
    return written


def read_as_at(text: str) -> datetime.date:
    """Read the day as at which an agreement is asked for. Raises `Unusable`."""
    try:
        return read_day(" ".join(text.split()))
    except Unreadable as fault:
        raise Unusable(f"--as-at does not name a day: {fault.message}", fault.help) from None


def given_deed(loaded: Loaded) -> GivenDeed | tuple[Finding, ...]:
    """What a deed says of itself, or what is wrong with its writing."""
    assert loaded.tree is not None or loaded.findings
    if loaded.tree is None:
        return loaded.findings
    deed, misfits = build_deed(loaded.tree)
    found = tuple(in_file_order([*(one for one in loaded.findings if one.code != WITHOUT_AGREEMENT), *misfits]))
    return found if found or deed is None else GivenDeed(loaded, deed)


def varied(signed: Loaded, deeds: Sequence[Loaded], as_at: datetime.date | None = None) -> Loaded:
    """An agreement as its deeds vary it: all of them, or those in force on a day, that day included.

    The others are set aside, and must fit all the same. Where anything is wrong with the agreement as signed or with
    a deed, nothing is laid, and all of it is told.
    """
    texts = {one.file: one.lines for one in (signed, *deeds)}
    read = [given_deed(one) for one in deeds]
    given = [one for one in read if isinstance(one, GivenDeed)]
    faults = [found for one in read if not isinstance(one, GivenDeed) for found in one]
    if signed.findings or faults or signed.tree is None or signed.agreement is None:
        return replace(signed, findings=(*signed.findings, *faults), texts=texts)
    given.sort(key=lambda one: (one.deed.number, one.deed.from_day.date))
    faults = list(_out_of_turn(given))
    if faults:
        return replace(signed, findings=tuple(in_file_order(faults)), texts=texts)
    in_force = [one for one in given if as_at is None or one.deed.from_day.date <= as_at]
    laid = _laid(signed, in_force)
    last = laid.versions[-1] if laid.versions else None
    return replace(
        signed,
        tree=last.tree if last else signed.tree,
        agreement=last.agreement if last else signed.agreement,
        signed=signed.agreement,
        versions=laid.versions,
        set_aside=tuple(one.deed for one in given if one not in in_force),
        findings=laid.findings,
        texts=texts,
    )


class _Laid(Struct, frozen=True):
    """The versions that came of laying deeds, or what is wrong with them."""

    versions: tuple[Varied, ...]
    findings: tuple[Finding, ...] = ()


def _laid(signed: Loaded, deeds: list[GivenDeed]) -> _Laid:
    """Lay each deed over what the one before it made; what an unfit deed makes is not judged further."""
    assert signed.tree is not None
    assert signed.agreement is not None
    tree, titles = signed.tree, [signed.agreement.title.text]
    findings: list[Finding] = []
    versions: list[Varied] = []
    for one in deeds:
        overlaid = lay_over(tree, one.tree)
        findings += [*_title_fault(one.deed, titles), *overlaid.findings]
        tree = overlaid.tree
        if findings:
            continue
        agreement, misfits = build(tree)
        findings += [*(as_varied(found, one.deed) for found in misfits), *_unknown_names(one.deed, agreement)]
        titles.append(agreement.title.text)
        source = one.loaded.source
        assert source is not None
        versions.append(Varied(one.deed, one.loaded.file, source.text, overlaid.changes, tree, agreement))
    return _Laid((), tuple(in_file_order(findings))) if findings else _Laid(tuple(versions))


def as_varied(found: Finding, deed: Deed) -> Finding:
    """A finding about an agreement as a deed varies it; the deed is pointed at too where nothing in it is."""
    if any(label.span.file == deed.span.file for label in found.labels):
        return found
    return replace(found, labels=(*found.labels, Label(deed.span, f"as varied by {deed.name}")))


def _title_fault(deed: Deed, titles: list[str]) -> Iterator[Finding]:
    """Report a deed to an agreement of another title; each title that the agreement has had will do."""
    if " ".join(deed.to.text.split()) not in {" ".join(title.split()) for title in titles}:
        message = f"this varies `{deed.to.text}`, and the agreement is called `{titles[-1]}`"
        yield _fault(VARIES_ANOTHER, message, deed.to.span, did_you_mean(deed.to.text, titles))


def _out_of_turn(given: list[GivenDeed]) -> Iterator[Finding]:
    """Report numbers that are used twice or left out, and dates that run against the numbers; sorted by number."""
    before: Deed | None = None
    for deed in (one.deed for one in given):
        expected = 1 if before is None else before.number + 1
        if before is not None and deed.number == before.number:
            message = f"there are two deeds numbered {deed.number}"
            help = "number the deeds in the order in which they take effect, from 1"
            yield _fault(OUT_OF_TURN, message, deed.span, help, Label(before.span, "the other"))
        elif deed.number != expected:
            missing = f"variation {expected}" + (f" to {deed.number - 1}" if deed.number - 1 > expected else "")
            message = f"{deed.name} is given without {missing}"
            yield _fault(OUT_OF_TURN, message, deed.span, f"give {missing} too, or number the deeds from 1")
        if before is not None and deed.from_day.date < before.from_day.date:
            message = f"{deed.name} takes effect on {format_day(deed.from_day.date)}, before {before.name}"
            help = "number the deeds in the order in which they take effect"
            yield _fault(OUT_OF_TURN, message, deed.from_day.span, help, Label(before.from_day.span, before.name))
        before = deed


def _unknown_names(deed: Deed, agreement: Agreement) -> Iterator[Finding]:
    """Report names that a deed uses of itself and that nothing in the agreement bears."""
    partners = [partner.name.text for partner in agreement.partners]
    for consent in deed.consents:
        if consent.of.text not in partners:
            message = f"there is no partner called `{consent.of.text}`"
            yield _fault(UNKNOWN_NAME, message, consent.of.span, did_you_mean(consent.of.text, partners))
    boards = [board.name.text for board in agreement.boards]
    body = deed.made.text.removeprefix("by decision of ") if deed.made else ""
    if deed.made and deed.made.text != body and body not in boards:
        message = f"there is no board called `{body}`"
        yield _fault(UNKNOWN_NAME, message, deed.made.span, did_you_mean(body, boards))


def _fault(code: str, message: str, span: Span, help: str, *also: Label) -> Finding:
    """Make a finding about a deed."""
    return Finding(code, Severity.ERROR, message, (Label(span), *also), help)


def gathered(files: Sequence[tuple[str, Loaded]], as_at: datetime.date | None = None) -> list[Loaded]:
    """Lay the deeds among some files over the agreements among them, by the titles that they name.

    A deed looks for its agreement in its own folder, in its own notation first, and else among all the files. One that
    finds none, or several, says so. Each file comes with the path that it was read from.
    """
    agreements = [(path, one) for path, one in files if not one.is_deed]
    own: dict[int, list[Loaded]] = {place: [] for place in range(len(agreements))}
    waiting = [(path, one) for path, one in files if one.is_deed]
    found = True
    while found:
        titles = [
            {_title(one.tree), *(_title(deed.tree) for deed in own[at])} for at, (_, one) in enumerate(agreements)
        ]
        homes = [_homes(path, _names_title(deed), agreements, titles) for path, deed in waiting]
        found = any(len(places) == 1 for places in homes)
        for (_, deed), places in zip(waiting, homes, strict=True):
            if len(places) == 1:
                own[places[0]].append(deed)
        waiting = [one for one, places in zip(waiting, homes, strict=True) if len(places) != 1]
    laid = [varied(one, own[at], as_at) if own[at] else one for at, (_, one) in enumerate(agreements)]
    return [*laid, *(_homeless(deed, agreements) for _, deed in waiting)]


def _homes(path: str, title: str, agreements: list[tuple[str, Loaded]], titles: list[set[str]]) -> list[int]:
    """The agreements that a deed may be to, the nearest ones only."""
    folder, notation = os.path.dirname(path), path.rpartition(".")[2]
    named = [at for at, known in enumerate(titles) if title in known]
    here = [at for at in named if os.path.dirname(agreements[at][0]) == folder]
    for near in (here, named):
        alike = [at for at in near if agreements[at][0].rpartition(".")[2] == notation]
        if alike or near:
            return alike or near
    return []


def _homeless(deed: Loaded, agreements: list[tuple[str, Loaded]]) -> Loaded:
    """A deed whose agreement is not there, or of which it cannot be told which agreement it is to."""
    read = given_deed(deed)
    if not isinstance(read, GivenDeed):
        return replace(deed, findings=read)
    titles = [_title(one.tree) for _, one in agreements]
    title = _names_title(deed)
    if title in titles:
        count = titles.count(title)
        message = f"{count} agreements here are called `{title}`, and this may vary either"
        help = "give the one that is meant, and this with --variation"
    else:
        message = f"no agreement here is called `{title}`, which this varies"
        help = did_you_mean(title, [one for one in titles if one]) or "give the agreement too"
    return replace(deed, findings=(_fault(WITHOUT_AGREEMENT, message, read.deed.to.span, help),))


def _title(tree: Mapping | None) -> str:
    """The title that a tree gives the agreement, spaces made one."""
    found = tree.get("agreement") if tree else None
    return " ".join(found.text.split()) if isinstance(found, Scalar) else ""


def _names_title(deed: Loaded) -> str:
    """The title of the agreement that a deed says it is to."""
    head = deed.tree.get("deed") if deed.tree else None
    found = head.get("to") if isinstance(head, Mapping) else None
    return " ".join(found.text.split()) if isinstance(found, Scalar) else ""
