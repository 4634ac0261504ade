"""Filling clause files: Jinja in a sandbox, where every value stays a value.

A clause file says *what is printed when*; it cannot compute. Sums, joins of text and calls of
methods are refused, so that every figure comes from the model through a function of ours.

A printed value is not put into the text: a placeholder is, made of private-use characters, and
`drafting.markup` puts the value in after the text has been parsed. So a name such as
`# 1. Host pays nothing` or `{{ 6*7 }}` can never become a heading, a list, a link, HTML or a
template, whatever it holds. For the same reason each line of a clause file carries a hidden
mark of its file and line, from which faults found after rendering know their place.
"""

import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from types import FunctionType
from typing import Any, Final

from jinja2 import FunctionLoader, TemplateNotFound, TemplateSyntaxError, Undefined, nodes, pass_context
from jinja2.exceptions import SecurityError, TemplateError
from jinja2.runtime import Context, Macro
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import missing as nobody
from markupsafe import Markup
from msgspec import Struct

from poolrules.base.limits import MAX_DEPTH
from poolrules.base.near import did_you_mean
from poolrules.source.finding import Finding, Label, Severity
from poolrules.source.span import Span, line_span
from poolrules.source.text import visible

__all__ = ["BAD_TEMPLATE", "Markup", "Rendered", "fault", "render"]

BAD_TEMPLATE: Final = "TXT001"
"""The code of every fault in a clause file and in the draft made from it."""

_TAG: Final = re.compile(r"(<%.*?%>|<#.*?#>|<<.*?>>)", re.DOTALL)
_LEAD: Final = re.compile(r"(?P<lead>[ ]*(?:(?:#{1,6}|[-*+]|[0-9]{1,9}[.)]|>|\|)(?:[ ]+|$))*)(?P<rest>.*)")
_NO_WORDS: Final = re.compile(r"[ |:>-]*")
_UNFIT: Final = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ue000-\ue003\ufffe\uffff]")
_NAME: Final = re.compile(r"[a-z0-9_-]+(?:/[a-z0-9_-]+)*\.md")

_ALLOWED: Final = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Getattr, nodes.Getitem, nodes.Const,
    nodes.For, nodes.If, nodes.CondExpr, nodes.Compare, nodes.Operand, nodes.And, nodes.Or, nodes.Not, nodes.Test,
    nodes.Filter, nodes.Call, nodes.Keyword, nodes.Macro, nodes.CallBlock, nodes.Include, nodes.FromImport,
    nodes.Assign, nodes.AssignBlock, nodes.Tuple, nodes.List,
)  # fmt: skip
_FILTERS: Final = ("listed", "length")
_TESTS: Final = ("none", "true", "false", "eq", "in")


class Rendered(Struct, frozen=True):
    """The text of clause files with placeholders and line marks in it, and what they stand for."""

    text: str
    values: tuple[str, ...]
    templates: tuple[str, ...]


def render(read: Callable[[str], str | None], name: str, values: Mapping[str, object]) -> Rendered | list[Finding]:
    """Fill the clause file `name` and all it includes; every undefined name is reported, not only the first.

    `read` gives the text of a clause file, or nothing when there is none of that name. Values
    are text, whole numbers, records with attributes, tuples, plain functions that clause files
    may call, and `Markup` for text that is clause markup already. A record, a list, `None` or a
    truth value that is *printed* is a fault.
    """
    environment = _ClauseEnvironment(read, values)
    try:
        text = environment.get_template(name).render(values)
    except _Refused as refused:
        return refused.findings
    except TemplateNotFound as absent:
        message = f"there is no clause file `{visible(str(absent.name))}`"
        return [*environment.faults, fault(message, _place_of(absent, environment.names))]
    except TemplateError as error:
        return [*environment.faults, _from_jinja(error, environment.names)]
    return environment.faults or Rendered(text, tuple(environment.kept), tuple(environment.names))


def fault(message: str, span: Span | None, help: str = "") -> Finding:
    """Make the finding for a fault in a clause file."""
    return Finding(BAD_TEMPLATE, Severity.ERROR, message, (Label(span),) if span else (), help)


class _Refused(Exception):
    """Carries what is wrong with a clause file out of Jinja's loader."""

    def __init__(self, findings: list[Finding]) -> None:
        super().__init__("refused")
        self.findings = findings


class _ClauseEnvironment(ImmutableSandboxedEnvironment):
    """The sandbox of one rendering: it keeps the printed values, the clause files used and the faults met."""

    def __init__(self, read: Callable[[str], str | None], values: Mapping[str, object]) -> None:
        self.kept: list[str] = []
        self.names: list[str] = []
        self.faults: list[Finding] = []
        self._read = read
        self._known = tuple(values)
        super().__init__(
            block_start_string="<%",
            block_end_string="%>",
            variable_start_string="<<",
            variable_end_string=">>",
            comment_start_string="<#",
            comment_end_string="#>",
            trim_blocks=True,
            lstrip_blocks=True,
            autoescape=True,
            finalize=_print,
            undefined=_missing(self),
            loader=FunctionLoader(self._load),
        )
        self.globals.clear()
        self.filters = {"listed": self._listed, "length": len}
        self.tests = {name: self.tests[name] for name in _TESTS}

    def preprocess(self, source: str, name: str | None = None, filename: str | None = None) -> str:
        """Mark the lines of a clause file, and keep the line end after a tag that shares its line with words."""
        return _mark_lines(_keep_line_ends(source), self._index(name or ""))

    def is_safe_callable(self, obj: Any) -> bool:
        """Let clause files call macros and the functions they were handed, never a method of a value."""
        return isinstance(obj, Macro | FunctionType | Undefined)

    def keep(self, value: object) -> Markup:
        """Put a value aside and give the placeholder that stands for it in the text."""
        if isinstance(value, Markup):
            return value
        if isinstance(value, Undefined) and not value:  # asking its truth reports it
            return Markup()
        if isinstance(value, bool) or not isinstance(value, str | int):
            help = "print one of its figures or names"
            self.faults.append(fault(f"{_kind(value)} cannot be printed", self.place(), help))
            return Markup()
        self.kept.append(_one_line(str(value)))
        return Markup(f"\ue000{len(self.kept) - 1}\ue001")  # noqa: S704 - no value in it

    def place(self) -> Span | None:
        """Find the clause file and line that is being rendered now."""
        frame = sys._getframe(1)
        while frame is not None:
            template = frame.f_globals.get("__jinja_template__")
            if template is not None:
                return line_span(str(template.name), template.get_corresponding_lineno(frame.f_lineno), 1, 1)
            if frame.f_back is None:
                return None
            frame = frame.f_back
        return None

    def missing(self, name: str | None, owner: object) -> None:
        """Report a name that nothing defines, once for each place."""
        known: Iterable[str] = self._known
        if owner is not None:
            known = _fields(owner)
        found = fault(f"`{name}` is not defined", self.place(), did_you_mean(name or "", known))
        if found not in self.faults:
            self.faults.append(found)

    def _load(self, name: str) -> tuple[str, str, None] | None:
        """Give Jinja the text of a clause file after looking for what no clause file may do."""
        source = self._read(name) if _NAME.fullmatch(name) else None
        if source is None:
            return None
        found = _UNFIT.search(source)
        if found:
            line = source.count("\n", 0, found.start()) + 1
            message = f"the clause file holds the character U+{ord(found[0]):04X}, which is no letter"
            raise _Refused([fault(message, line_span(name, line, 1, 1))])
        try:
            refused = list(_not_allowed(self.parse(source, name, name), name))
        except RecursionError:
            refused = [fault("the clause file is nested too deeply", line_span(name, 1, 1, 1))]
        if refused:
            raise _Refused(self.faults + refused)
        return source, name, None

    def _index(self, name: str) -> int:
        """Give a clause file its number in line marks."""
        if name not in self.names:
            self.names.append(name)
        return self.names.index(name)

    def _listed(self, values: Iterable[object], word: str = "and") -> Markup:
        """Write several values as words: `A, B and C`."""
        shown = [self.keep(value) for value in values]
        if len(shown) < 2:
            return Markup().join(shown)
        return Markup(" ").join((Markup(", ").join(shown[:-1]), self.keep(word), shown[-1]))


@pass_context
def _print(context: Context, value: object) -> Markup:
    """Print a value through the environment; taking the context stops Jinja from doing so while it compiles."""
    environment = context.environment
    assert isinstance(environment, _ClauseEnvironment)
    return environment.keep(value)


def _missing(environment: _ClauseEnvironment) -> type[Undefined]:
    """Make the value that stands for an undefined name: its uses are reported, and rendering goes on to find more."""

    class Missing(Undefined):
        """An undefined name."""

        __slots__ = ()

        def _report(self) -> None:
            environment.missing(self._undefined_name, None if self._undefined_obj is nobody else self._undefined_obj)

        def __str__(self) -> str:
            self._report()
            return ""

        def __iter__(self) -> Iterator[Any]:
            self._report()
            return iter(())

        def __bool__(self) -> bool:
            self._report()
            return False

        def __len__(self) -> int:
            self._report()
            return 0

        def __eq__(self, other: object) -> bool:
            self._report()
            return False

        def __hash__(self) -> int:
            return id(type(self))

        def _again(self, *args: Any, **kwargs: Any) -> Any:
            self._report()
            return self

        __getitem__ = __call__ = _again

        def __getattr__(self, name: str) -> Any:
            if name.startswith("__"):
                raise AttributeError(name)
            return self._again()

    return Missing


def _not_allowed(template: nodes.Template, name: str) -> Iterator[Finding]:
    """Find what a clause file may not do: compute, join text, call methods, or use filters and tests we lack."""
    for node, depth in _every(template):
        span = line_span(name, node.lineno or 1, 1, 1)
        if depth > MAX_DEPTH:
            yield fault("tags are nested too deeply", span, f"the limit is {MAX_DEPTH}")
            return
        match node:
            case nodes.Filter(name=used) if used not in _FILTERS:
                yield fault(f"there is no filter `{used}`", span, did_you_mean(used, _FILTERS))
            case nodes.Test(name=used) if used not in _TESTS:
                yield fault(f"there is no test `{used}`", span, did_you_mean(used, _TESTS))
            case nodes.Call(node=called) if not isinstance(called, nodes.Name):
                yield fault("a clause file calls only macros and functions by their names", span)
            case nodes.Call(dyn_args=many, dyn_kwargs=named) if many is not None or named is not None:
                yield fault("a clause file names each value it hands over", span)
            case nodes.Include(template=used) | nodes.FromImport(template=used) if not isinstance(used, nodes.Const):
                yield fault("a clause file names the file it includes in quotes", span)
            case nodes.For(recursive=True):
                yield fault("a clause file has no recursive loops", span)
            case nodes.Getattr(attr=used) if used.startswith("_"):
                yield fault(f"`{used}` is not for clause files", span)
            case _ if not isinstance(node, _ALLOWED):
                what = type(node).__name__.lower()
                help = "clause files compute nothing: let the model give the figure or the words"
                yield fault(f"a clause file has no `{what}`", span, help)


def _every(node: nodes.Node) -> Iterator[tuple[nodes.Node, int]]:
    """Walk a parsed clause file, with the depth of each node, without recursion."""
    waiting = [(node, 0)]
    while waiting:
        found, depth = waiting.pop()
        yield found, depth
        waiting.extend((child, depth + 1) for child in reversed(list(found.iter_child_nodes())))


def _from_jinja(error: TemplateError, names: list[str]) -> Finding:
    """Say in our words what Jinja found wrong with a clause file."""
    if isinstance(error, TemplateSyntaxError):
        span = line_span(error.name or "", error.lineno, 1, 1)
        return fault(f"the clause file cannot be read: {visible(error.message or '')}", span)
    if isinstance(error, SecurityError):
        return fault("a clause file calls only macros and functions by their names", _place_of(error, names))
    return fault(f"the clause file cannot be filled: {visible(error.message or '')}", _place_of(error, names))


def _place_of(error: TemplateError, names: list[str]) -> Span | None:
    """Find the innermost line of a clause file on the way to an error."""
    trail, span = error.__traceback__, None
    while trail is not None:
        if trail.tb_frame.f_code.co_filename in names:
            span = line_span(trail.tb_frame.f_code.co_filename, trail.tb_lineno, 1, 1)
        trail = trail.tb_next
    return span


def _fields(owner: object) -> list[str]:
    """List what a record can be asked for: its fields and properties, or the keys of a mapping; never its methods."""
    if isinstance(owner, Mapping):
        return [str(key) for key in owner]
    names = [name for name in dir(owner) if not name.startswith("_")]
    return [name for name in names if not callable(getattr(type(owner), name, None))]


def _keep_line_ends(source: str) -> str:
    """Let a tag vanish with its line only where it stands alone on the line.

    Jinja would also eat the line end after `<% endif %>` at the end of a sentence, and so run two paragraphs together.
    """
    lines = source.split("\n")
    for place, line in enumerate(lines):
        if line.rstrip().endswith(("%>", "#>")) and _TAG.sub("", line).strip():
            ended = line.rstrip()
            lines[place] = f"{ended[:-2].rstrip('+-')}+{ended[-2:]}"
    return "\n".join(lines)


def _mark_lines(source: str, index: int) -> str:
    """Put a hidden mark of file and line where the words of each line begin."""
    pieces, line = [], 1
    split = _TAG.split(source)
    for place, piece in enumerate(split):
        if place % 2:
            pieces.append(piece)
        else:
            follows = split[place + 1] if place + 1 < len(split) else ""
            pieces.append(_mark_piece(piece, index, line, follows.startswith("<<"), at_start=not place))
        line += piece.count("\n")
    return "".join(pieces)


def _mark_piece(piece: str, index: int, line: int, value_follows: bool, *, at_start: bool) -> str:
    """Mark the lines that begin within a stretch between two tags; the last may go on with a printed value."""
    lines = piece.split("\n")
    for offset, words in enumerate(lines):
        begins = offset > 0 or at_start
        goes_on = value_follows and offset == len(lines) - 1
        if begins and (goes_on or not _NO_WORDS.fullmatch(words)):
            lines[offset] = _marked(words, index, line + offset)
    return "\n".join(lines)


def _marked(words: str, index: int, line: int) -> str:
    """Put the mark between what makes a line a heading, an item or a row, and its words."""
    found = _LEAD.fullmatch(words)
    lead, rest = (found["lead"], found["rest"]) if found else ("", words)
    gap = " " if lead.strip() and not lead.endswith(" ") else ""
    return f"{lead}{gap}\ue002{index}.{line}\ue003 {rest}"


def _kind(value: object) -> str:
    """Name a value that cannot be printed, without showing what it holds."""
    return "nothing (`none`)" if value is None else f"a value of the kind `{type(value).__name__}`"


def _one_line(text: str) -> str:
    """Put a value on one line and show what could not be seen on a page; no file can hold half a character."""
    whole = re.sub("[\ud800-\udfff]", "\ufffd", text)
    return visible(re.sub("[ \t\r\n]+", " ", whole).strip(" "))
