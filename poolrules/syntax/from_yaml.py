"""Reading the YAML form into the written tree."""

from poolrules.base.limits import MAX_FINDINGS
from poolrules.source.finding import Finding, Label, Severity, in_file_order
from poolrules.source.span import line_span
from poolrules.source.text import SourceText
from poolrules.syntax.codes import BAD_SHAPE, NO_AGREEMENT
from poolrules.syntax.schema import check_shape
from poolrules.syntax.tree import Mapping, Node, Scalar
from poolrules.syntax.yaml_comments import with_comments
from poolrules.syntax.yaml_events import read_events
from poolrules.syntax.yaml_faults import yaml_fault


def read_yaml(source: SourceText) -> tuple[Mapping, list[Finding]]:
    """Read a `.pool.yaml` file into a tree, with everything that is wrong with its writing.

    Where the YAML itself is at fault the tree is empty, and nothing is said of what the file might mean.
    Else what does not fit the grammar of the form is reported and left out of the tree: all that is in it is of
    the right kind, and where there are findings even a needed word may be absent.
    """
    whole = line_span(source.file, 1, 1, 1)
    nothing = Mapping((), whole)
    written = read_events(source)
    if written.findings:
        return nothing, _shortened(in_file_order(written.findings))
    if not isinstance(written.root, Mapping):
        return nothing, [_no_agreement(written.root, Label(whole))]
    root = Mapping(written.root.entries, whole)
    tree, findings = check_shape(with_comments(source, root, written))
    return tree, _shortened(in_file_order(findings))


def _no_agreement(root: Node | None, whole: Label) -> Finding:
    """Report a file in which nothing is said, or something other than words with their values."""
    help = "begin with a line such as: agreement: Westshire Better Care Fund"
    if root is None or (isinstance(root, Scalar) and not root.text):
        return Finding(NO_AGREEMENT, Severity.ERROR, "there is no agreement in this file", (whole,), help)
    return yaml_fault(
        "an agreement is lines of `word: value`, and this file is something else", (Label(root.span),), help
    )


def _shortened(findings: list[Finding]) -> list[Finding]:
    """Keep as many findings as anybody will read, and say how many there are beyond them."""
    if len(findings) <= MAX_FINDINGS:
        return findings
    first, *more = findings[MAX_FINDINGS:]
    message = f"{MAX_FINDINGS} faults are shown, and there are at least {len(more) + 1:,} more from here on"
    help = "mend the first faults and check again: one slip may be the cause of many"
    return [*findings[:MAX_FINDINGS], Finding(BAD_SHAPE, Severity.ERROR, message, first.labels[:1], help)]
