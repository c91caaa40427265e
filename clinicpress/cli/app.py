"""The command line: the group of all commands, and how it ends."""

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, NoReturn

import click

from clinicpress import __version__
from clinicpress.cli import (
    brands,
    checking,
    comparing,
    differing,
    explain,
    figures,
    listing,
    packing,
    previews,
    printing,
    releasing,
    scoring,
    sheets,
    slips,
    starting,
    topics,
    verifying,
)
from clinicpress.cli.terminal import make_ready, tell
from clinicpress.errors import ClinicpressError, Problems, unknown
from clinicpress.files.faults import fault_in

FAMILIES = (
    printing,
    sheets,
    checking,
    comparing,
    differing,
    figures,
    listing,
    explain,
    packing,
    slips,
    scoring,
    verifying,
    releasing,
    brands,
    previews,
    topics,
    starting,
)
"""The modules that hold the commands; each imports what is heavy when a command needs it."""


class Commands(click.Group):
    """Turns every expected error into its sentence and exit code, never a traceback."""

    def main(self, *arguments: Any, **options: Any) -> Any:
        """Run the command; say what went wrong in its own words."""
        try:
            return super().main(*arguments, **options)
        except ClinicpressError as error:
            _refuse(error)
        except SystemExit as end:
            if isinstance(end.__context__, BrokenPipeError):  # rich ends so where “head” has enough
                sys.exit(0)
            raise
        except Exception as error:
            if isinstance(error, click.Abort) and (cut := fault_in(error.__cause__ or error)):
                _refuse(cut)  # click takes every EOFError for the end of what is typed
            if isinstance(error, click.ClickException | click.Abort | click.exceptions.Exit):
                raise
            if os.environ.get("CLINICPRESS_DEBUG"):
                raise
            if fault := fault_in(error):
                _refuse(fault)
            said = f"{type(error).__name__}: {error}"
            tell(
                f"This should not happen ({said}). Nothing that was whole is lost. Please report "
                "it with what CLINICPRESS_DEBUG=1 prints."
            )
            sys.exit(3)

    def invoke(self, context: click.Context) -> Any:
        """Run the command, unless the folder is gone that it would be run in."""
        Path.cwd()
        try:
            return super().invoke(context)
        except BrokenPipeError:  # before click ends with 1 for it: “head” had enough
            sys.exit(0)


def _refuse(error: ClinicpressError) -> NoReturn:
    """Say what is wrong, and end with its exit code."""
    tell(str(error))
    count = len(getattr(error, "problems", ()))
    if count > 1:
        tell(f"{count} problems. Nothing that has one was printed.", fg="red")
    if isinstance(error, Problems):
        from clinicpress.checks.codes import where_to_read

        tell(where_to_read(error.problems))
    sys.exit(error.exit_code)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="clinicpress")
def generate() -> None:
    """Print clinic handouts and booklets from reviewed content.

    \b
    Examples:
      generate booklet
      generate handout exercises when-to-get-help --format large
      generate leaflet --fold z
      generate all --region GB --jobs 2
      generate check
    """


@click.command("help", short_help="Show the help of a command.")
@click.argument("command", nargs=-1)
@click.pass_context
def show_help(context: click.Context, command: tuple[str, ...]) -> None:
    """Show what a command does and takes, as “--help” behind it does.

    \b
    Examples:
      generate help
      generate help booklet
      generate help brand new
    """
    found: click.Command = generate
    above = context.parent or context
    for name in command:
        inner = found.get_command(above, name) if isinstance(found, click.Group) else None
        if inner is None:
            known = found.list_commands(above) if isinstance(found, click.Group) else ()
            raise unknown("command", name, known, listed="“generate help” lists them all.")
        above, found = click.Context(inner, info_name=name, parent=above), inner
    click.echo(above.get_help())


generate.add_command(show_help)
for family in FAMILIES:
    for command in family.COMMANDS:
        generate.add_command(command)


class Ended(BaseException):
    """Another process asks this one to end, or its terminal is gone."""


STOPPED = "Stopped. Files that were finished are whole; nothing else was written."


@contextmanager
def _signals_heard() -> Iterator[None]:
    """Raise Ended where a signal would end this process with its workers and folders left.

    Where one is ignored, as “nohup” has it, it stays so. Where Python can raise none, since it is
    in a call that nothing may leave, it says nothing of it either: workers have noted it.
    """
    tell_unraised = sys.unraisablehook

    def end(number: int, frame: object) -> None:
        raise Ended(number)

    def unraised(told: Any) -> None:
        if not issubclass(told.exc_type, Ended | KeyboardInterrupt):
            tell_unraised(told)

    named = [getattr(signal, name, None) for name in ("SIGTERM", "SIGHUP")]
    heard = [one for one in named if one and signal.getsignal(one) == signal.SIG_DFL]
    for one in heard:
        signal.signal(one, end)
    sys.unraisablehook = unraised
    try:
        yield
    finally:
        sys.unraisablehook = tell_unraised
        for one in heard:
            signal.signal(one, signal.SIG_DFL)


def main() -> None:
    """Run the command line; leave no half file, whatever ends it.

    Ctrl-C ends it with exit code 130, another signal with 128 and its number.
    """
    make_ready()
    colour = False if os.environ.get("NO_COLOR") else None  # see no-color.org
    os.environ.setdefault("PYTHONSAFEPATH", "1")  # or workers would import what lies in the folder
    try:
        with _signals_heard():
            generate(standalone_mode=False, color=colour)
    except click.ClickException as error:
        with suppress(OSError):
            error.show()
        sys.exit(2)
    except (click.Abort, KeyboardInterrupt):
        tell(STOPPED)
        sys.exit(130)
    except Ended as end:
        tell(STOPPED)
        sys.exit(128 + end.args[0])
