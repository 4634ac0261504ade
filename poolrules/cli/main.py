"""The command `poolrules`: finds the command that was asked for, loads only that, and gives the exit code."""

import gc
from importlib import import_module
from typing import Final

import click

from poolrules.base.near import did_you_mean
from poolrules.base.version import VERSION
from poolrules.cli.say import complain, refuse
from poolrules.pipeline.files import Unusable

COMMANDS: Final = (
    "check",
    "explain",
    "format",
    "compile",
    "settle",
    "why",
    "forecast",
    "exit",
    "report",
    "variations",
    "consolidate",
    "payments",
    "calendar",
    "draft",
    "show",
    "schema",
)
"""Every command, in the order in which an agreement meets them; each is the module of that name here."""

OUR_FAULT: Final = 3
INTERRUPTED: Final = 130
_ALLOCATIONS_BEFORE_COLLECTING: Final = 100_000


class Commands(click.Group):
    """The commands by name, each imported when it is run: a check must not wait for what a draft needs."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Name the commands in their order."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        """Load a command, or nothing where there is none of that name."""
        if name not in COMMANDS:
            return None
        command = import_module(f"poolrules.cli.{name}_command").command
        assert isinstance(command, click.Command)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command, offering the nearest name for one that is misspelt."""
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            raise Unusable(f"there is no command `{args[0]}`", did_you_mean(args[0], COMMANDS))
        return super().resolve_command(ctx, args)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(VERSION, prog_name="poolrules", message="%(prog)s %(version)s")
def poolrules() -> None:
    """Check, settle and draft pooled-budget agreements that are kept as one text file."""


def run() -> int:
    """Run the command line of a process that ends with it, and give its exit code.

    Looking for garbage while modules load, and once more at the end, takes a fifth of a short check
    and finds nothing: so it is put off, and left out when all is done.
    """
    gc.set_threshold(_ALLOCATIONS_BEFORE_COLLECTING)
    done = main()
    gc.freeze()
    return done


def main(arguments: list[str] | None = None) -> int:
    """Run a command and give its exit code.

    0 nothing found, 1 findings, 2 wrong usage or an unreadable file, 3 a fault of ours, 130 interrupted.
    """
    try:
        done = poolrules.main(arguments, prog_name="poolrules", standalone_mode=False)
    except Unusable as fault:
        return refuse(fault)
    except click.exceptions.NoArgsIsHelpError as fault:
        complain(fault.format_message())
        return fault.exit_code
    except click.ClickException as fault:
        return refuse(Unusable(_plain_words(fault), _where_to_look(fault)))
    except SystemExit:
        return 0  # click leaves so where the reader of a help text has gone away, which is no fault
    except (KeyboardInterrupt, click.Abort):
        return INTERRUPTED
    except Exception as fault:
        # The last resort: nobody who runs this can read a traceback.
        complain(_our_fault(fault))
        return OUR_FAULT
    return done if isinstance(done, int) else 0


def _plain_words(fault: click.ClickException) -> str:
    """What is wrong with the command line, begun as our own messages are."""
    said = fault.format_message().rstrip(".")
    return said[:1].lower() + said[1:]


def _where_to_look(fault: click.ClickException) -> str:
    """Name the help of the command that was wrongly used."""
    context = fault.ctx if isinstance(fault, click.UsageError) else None
    return f"see {context.command_path if context else 'poolrules'} --help"


def _our_fault(fault: Exception) -> str:
    """Tell of a fault of ours in a sentence, with what a report needs."""
    trace = fault.__traceback__
    place = ""
    while trace is not None:
        name = trace.tb_frame.f_globals.get("__name__", "")
        if name.startswith("poolrules."):
            place = f" at {name}:{trace.tb_lineno}"
        trace = trace.tb_next
    return (
        f"poolrules: this is a fault of poolrules {VERSION}, not of your files: {type(fault).__name__}{place}\n"
        "  = help: please report it where poolrules is kept, with this line and the command you gave"
    )
