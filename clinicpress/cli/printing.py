"""The commands that print: booklet, handouts, what is folded, cut or hung up, and all of it."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

import click

from clinicpress.cli.completing import offering
from clinicpress.cli.options import (
    CHOOSING,
    Order,
    added,
    fields_option,
    list_of,
    many,
    order_options,
)
from clinicpress.cli.terminal import tell, tell_left_out
from clinicpress.errors import ClinicpressError, SomeLeftOut, shown
from clinicpress.orders.request import ALL

if TYPE_CHECKING:
    from clinicpress.runs.deliver import Notes

MOST_NOTES = 2
"""With more of them at a time, none would be read."""


def print_order(order: Order) -> None:
    """Print what is ordered, and say what was made and what goes with it.

    Raises as ``produce`` does; what was made is told before.
    """
    from clinicpress.cli.progress import Reporter
    from clinicpress.runs.deliver import write_notes
    from clinicpress.runs.run import produce

    left: SomeLeftOut | None = None
    try:
        with Reporter(order.places.output, order.as_json, order.verbose) as reporter:
            results = produce(
                order.request,
                order.places,
                jobs=order.jobs,
                force=order.force,
                today=order.today,
                report=reporter.finished,
                notice=tell_left_out,
                early=reporter.early,
            )
            reporter.summary(results)
    except SomeLeftOut as error:
        left = error
    notes = write_notes(reporter.made, order.places)
    if not order.as_json:
        _say_notes(notes)
    _make_page(order, left)
    if left:
        raise left


def _say_notes(notes: "Notes") -> None:
    """Say how files for paper are printed, where these are few, and what to mind."""
    if len(notes.words) > MOST_NOTES:
        tell("How to print each file is in the .txt beside it.")
    elif notes.words:
        tell("\n" + "\n".join(notes.words).rstrip())
    for caution in notes.cautions:
        tell(caution, fg="yellow")


def _make_page(order: Order, left: SomeLeftOut | None) -> None:
    """Make the counter page, and say where all is found.

    Raises what went wrong, which is only told where more is to be said: that something is ``left``.
    """
    from clinicpress.runs.deliver import write_counter

    try:
        page = write_counter(order.request, order.places)
    except ClinicpressError as error:
        if not left:
            raise
        tell(str(error))
        return
    if page and not order.as_json:
        tell(f"To find, open and print them, double-click {shown(page)}.")


@click.command(epilog=CHOOSING)
@fields_option
@order_options
def booklet(order: Order) -> None:
    """Print the booklet.

    \b
    Examples:
      generate booklet
      generate booklet --format large --region US
      generate booklet --audience all --brand my-clinic --output handouts
      generate booklet --for home --paper-weight 100
      generate booklet --for press --colour cmyk --cover separate
      generate booklet --setting given --fields
    """
    print_order(order.of("booklet"))


def pick_options(command: Any) -> Any:
    """Add the options that make the sheet for one patient."""
    return added(
        command,
        list_of("exercises", "Exercises in this order, or a selection's name."),
        list_of("techniques", "Techniques in this order, or a selection's name."),
        click.option("--dose", type=click.Choice(["print", "blank"]), default=None,
                     help="Print doses, or leave blanks to fill in by pen."),
    )  # fmt: skip


@click.command(epilog=CHOOSING)
@click.argument(
    "names", nargs=-1, required=True, metavar="NAME...", shell_complete=offering("publication")
)
@pick_options
@fields_option
@order_options
def handout(order: Order) -> None:
    """Print one or more handouts by NAME (see “generate list”).

    \b
    Examples:
      generate handout exercises
      generate handout exercises --exercises wall-slide,chin-tuck --dose blank
      generate handout exercises --exercises starter --setting given
      generate handout exercises --exercises starter --setting given --fields
      generate handout exercises when-to-get-help --format clear --format large
      generate handout when-to-get-help --region US
      generate handout when-to-get-help --for home --grey
    """
    _print_kind(order, "handout")


def product(kind: str, short_help: str) -> Callable[[Any], click.Command]:
    """Return what makes a command of a function: it prints publications of ``kind``.

    Without a NAME it prints the one that is named like its kind.
    """

    def made(command: Any) -> click.Command:
        named = click.argument(
            "names", nargs=-1, metavar="[NAME]...", shell_complete=offering("publication")
        )(order_options(command))
        return click.command(kind, epilog=CHOOSING, short_help=short_help)(named)

    return made


def _print_kind(order: Order, kind: str) -> None:
    print_order(order.of(*(order.request.publications or (kind,)), kind=kind))


@product("leaflet", "Print a leaflet, folded from a sheet in three.")
@many("fold", "c (the right third in, the left over it) or z (in a zigzag); default: c.")
def leaflet(order: Order) -> None:
    """Print a leaflet: both sides of an A4 or Letter sheet, to be folded in three.

    Print on both sides, turned on the short edge, at 100 %. Dashes at the edges show where to fold.

    \b
    Examples:
      generate leaflet
      generate leaflet --fold z --paper Letter --region US
      generate leaflet --audience general,pregnant
    """
    _print_kind(order, "leaflet")


@product("card", "Print a sheet of folded cards with the warning signs.")
def card(order: Order) -> None:
    """Print cards of the size of a bank card, folded once: 5 on A4, 4 on Letter.

    Print on both sides, turned on the long edge, at 100 %. Cut along the lines at the edges.

    \b
    Examples:
      generate card --region GB
      generate card --paper Letter --region US
    """
    _print_kind(order, "card")


@product("poster", "Print a poster, to be read from the wall.")
def poster(order: Order) -> None:
    """Print a poster on A3 or Tabloid, read from 1.5 m; on A4 or Letter from 1 m.

    \b
    Examples:
      generate poster
      generate poster my-poster --topic my-topic
      generate poster --paper A4
    """
    _print_kind(order, "poster")


@product("diary", "Print a diary for four weeks, to write in by pen.")
def diary(order: Order) -> None:
    """Print a diary for four weeks, to write in by pen: both sides of a sheet.

    \b
    Examples:
      generate diary
      generate diary --audience older-adult --paper Letter
    """
    _print_kind(order, "diary")


@product("pad", "Print sheets for a tear-off pad of A5 or A6.")
def pad(order: Order) -> None:
    """Print the leaf of a pad as often as a sheet holds: two of A5 or Half Letter, four of A6.

    Print on both sides at 100 %, cut along the lines at the edges, and glue the top.

    \b
    Examples:
      generate pad
      generate pad --paper A6
    """
    _print_kind(order, "pad")


@click.command("all", epilog=CHOOSING, short_help="Print everything for everybody.")
@fields_option
@partial(order_options, audience=ALL, format=ALL)
def all_(order: Order) -> None:
    """Print every publication in every format for every audience it exists for.

    With them comes index.html, a page for the reception to find, open and print them.

    \b
    Examples:
      generate all
      generate all --format standard --jobs 2 --json
    """
    asked = order.request
    every = replace(asked, formats=asked.formats or (ALL,), audiences=asked.audiences or (ALL,))
    print_order(replace(order, request=every).of(ALL))


COMMANDS = (booklet, handout, leaflet, card, poster, diary, pad, all_)
