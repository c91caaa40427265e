"""The command line: parses, calls, reports."""

import json
import os
import re
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from clinicpress import __version__
from clinicpress.cli.explain import explain
from clinicpress.cli.terminal import make_ready, tell
from clinicpress.counter.page import refresh
from clinicpress.errors import ClinicpressError, Problems, SomeLeftOut, plain, shown
from clinicpress.files import paths
from clinicpress.files.faults import fault_in
from clinicpress.orders.request import ALL, Places, Request
from clinicpress.runs.run import produce

if TYPE_CHECKING:
    from clinicpress.orders.manifest import Made


class FolderName(click.Path):
    """The name of a folder, which need not be there yet."""

    def convert(self, value: Any, param: Any, ctx: Any) -> Any:
        """Return the name; refuse one that no system call takes."""
        if isinstance(value, str) and "\0" in value:
            self.fail("no name holds the character NUL.", param, ctx)
        return super().convert(value, param, ctx)


FOLDER = FolderName(file_okay=False, path_type=Path)


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
      generate handout exercises self-massage --format large
      generate leaflet --fold z
      generate all --region GB --jobs 2
      generate check
    """


def _parts(value: str) -> list[str]:
    return [name for part in value.split(",") if (name := part.strip())]


def _names(
    context: click.Context, option: click.Parameter, given: tuple[str, ...]
) -> tuple[str, ...]:
    """Return the names of all uses of an option, each once; commas part them, too."""
    names = tuple(dict.fromkeys(name for value in given for name in _parts(value)))
    if given and not names:
        raise click.BadParameter("it names nothing. Write names with commas between.")
    return names


def _many(name: str, what: str) -> Callable[[Any], Any]:
    return click.option(f"--{name}", f"{name}s", multiple=True, metavar="NAME", callback=_names,
                        help=what)  # fmt: skip


CHOOSING = (
    "Where a NAME chooses, several with commas do, too, or “all”; it may be given repeatedly."
)


def edition_options(command: Any, audience: str, format: str) -> Any:
    """Add the options that choose editions; ``audience`` and ``format`` are told as defaults."""
    for option in (
        _many("setting", "rack (picked up) or given (handed over after a check); default: rack."),
        _many("paper", "Such as A4, A5, Letter, HalfLetter; default: the brand's or region's."),
        _many("brand", "Folder below layouts/brands; default: default."),
        _many("region", "Country for numbers and words; default: the brand's, else neutral."),
        _many("language", "Language of the print; default: the brand's, else en."),
        _many("format", f"standard, clear or large; default: {format}."),
        _many("audience", f"Who reads; default: {audience}."),
        _many("topic", "Topic; default: all."),
    ):
        command = option(command)
    return command


def folder_options(command: Any) -> Any:
    """Add the options that name folders."""
    for name, what in (
        ("sources", "Folder of the content."),
        ("layouts", "Folder of the design."),
    ):
        command = click.option(f"--{name}", type=FOLDER, envvar=f"CLINICPRESS_{name.upper()}",
                               show_envvar=True, help=what)(command)  # fmt: skip
    return command


output_option = click.option(
    "--output", type=FOLDER, envvar="CLINICPRESS_OUTPUT", show_envvar=True, default=Path("output"),
    help="Folder for the PDFs; default: output.",
)  # fmt: skip


def _day(context: click.Context, option: click.Parameter, value: str | None) -> date:
    """Return the day as the sources write one; today where none is given."""
    try:
        return date.fromisoformat(value) if value is not None else date.today()
    except ValueError:
        raise click.BadParameter(
            f"“{value}” is no date. Write it as year-month-day, such as 2026-11-30."
        ) from None


MOST_JOBS = 64


def _jobs(context: click.Context, option: click.Parameter, value: str | None) -> int:
    """Return how many workers there may be; one a core where no number is given."""
    if value is None:
        return os.cpu_count() or 1
    if not value.isdecimal() or not 1 <= int(value) <= MOST_JOBS:
        raise click.BadParameter(f"“{value}” is no number from 1 to {MOST_JOBS}.")
    return int(value)


today_option = click.option("--today", callback=_day, metavar="DATE",
                            help="Date to judge “out of date” by; default: today.")  # fmt: skip


def paper_options(command: Any) -> Any:
    """Add the options that say how what is printed comes onto paper."""
    for option in (
        click.option("--paper-weight", "grammage", type=click.IntRange(40, 350), metavar="GRAMS",
                     help="For home: weight of the paper in g/m²; default: 80."),
        click.option("--flip", type=click.Choice(["short", "long"]),
                     help="For home: edge about which folded sheets are turned; default: short."),
        click.option("--cover", type=click.Choice(["joined", "separate"]),
                     help="For press: a booklet's cover in a file of its own."),
        click.option("--colour", type=click.Choice(["rgb", "grey", "cmyk", "spot"]),
                     help="Inks; cmyk and spot for press only; default: rgb."),
        click.option("--grey", is_flag=True, help="Black ink alone: “--colour grey”."),
        click.option("--for", "productions", multiple=True, metavar="NAME", callback=_names,
                     help="proof (screen), home (office printer) or press; default: proof."),
    ):  # fmt: skip
        command = option(command)
    return command


def build_options(command: Any, audience: str = "general", format: str = "standard") -> Any:
    """Add the options of every command that prints."""
    for option in (
        click.option("--json", "as_json", is_flag=True, help="One JSON object a file."),
        today_option,
        click.option("--force", is_flag=True, help="Build even what is up to date."),
        click.option("--jobs", callback=_jobs, metavar="COUNT",
                     help="Workers; default: one a core."),
        output_option,
    ):  # fmt: skip
        command = option(command)
    return folder_options(edition_options(paper_options(command), audience, format))


@generate.command(epilog=CHOOSING)
@build_options
def booklet(**options: Any) -> None:
    """Print the booklet.

    \b
    Examples:
      generate booklet
      generate booklet --format large --region US
      generate booklet --audience all --brand my-clinic --output handouts
      generate booklet --for home --paper-weight 100
      generate booklet --for press --colour cmyk --cover separate
    """
    _print(("booklet",), **options)


def _ids(context: click.Context, option: click.Parameter, value: str | None) -> tuple[str, ...]:
    """Return the names of a list with commas, each once, in order."""
    if value is None:
        return ()
    return _names(context, option, (value,))


def pick_options(command: Any) -> Any:
    """Add the options that make the sheet for one patient."""
    for option in (
        click.option("--dose", type=click.Choice(["print", "blank"]), default=None,
                     help="Print doses, or leave blanks to fill in by pen."),
        click.option("--techniques", callback=_ids, metavar="LIST",
                     help="Techniques in this order, or a selection's name."),
        click.option("--exercises", callback=_ids, metavar="LIST",
                     help="Exercises in this order, or a selection's name."),
    ):  # fmt: skip
        command = option(command)
    return command


@generate.command(epilog=CHOOSING)
@click.argument("names", nargs=-1, required=True, metavar="NAME...")
@pick_options
@build_options
def handout(names: tuple[str, ...], **options: Any) -> None:
    """Print one or more handouts by NAME (see “generate list”).

    \b
    Examples:
      generate handout exercises
      generate handout exercises --exercises wall-slide,chin-tuck --dose blank
      generate handout exercises --exercises starter --setting given
      generate handout exercises self-massage --format clear --format large
      generate handout at-your-desk --region US
      generate handout at-your-desk --for home --grey
    """
    _print(names, kind="handout", **options)


def product_command(kind: str, short_help: str) -> Callable[[Any], Any]:
    """Return what makes a command of a function: it prints publications of ``kind``.

    Without a NAME it prints the one that is named like its kind.
    """

    def made(command: Any) -> Any:
        named = click.argument("names", nargs=-1, metavar="[NAME]...")(build_options(command))
        return generate.command(kind, epilog=CHOOSING, short_help=short_help)(named)

    return made


@product_command("leaflet", "Print a leaflet, folded from a sheet in three.")
@_many("fold", "c (the right third in, the left over it) or z (in a zigzag); default: c.")
def leaflet(names: tuple[str, ...], **options: Any) -> None:
    """Print a leaflet: both sides of an A4 or Letter sheet, to be folded in three.

    Print on both sides, turned on the short edge, at 100 %. Dashes at the edges show where to fold.

    \b
    Examples:
      generate leaflet
      generate leaflet --fold z --paper Letter --region US
      generate leaflet --audience general,pregnant
    """
    _print(names or ("leaflet",), kind="leaflet", **options)


@product_command("card", "Print a sheet of folded cards with the warning signs.")
def card(names: tuple[str, ...], **options: Any) -> None:
    """Print cards of the size of a bank card, folded once: 5 on A4, 4 on Letter.

    Print on both sides, turned on the long edge, at 100 %. Cut along the lines at the edges.

    \b
    Examples:
      generate card --region GB
      generate card --paper Letter --region US
    """
    _print(names or ("card",), kind="card", **options)


@product_command("poster", "Print a poster: the warning signs, or breaks at the desk.")
def poster(names: tuple[str, ...], **options: Any) -> None:
    """Print a poster on A3 or Tabloid, read from 1.5 m; on A4 or Letter from 1 m.

    \b
    Examples:
      generate poster
      generate poster desk-breaks --audience desk-worker
      generate poster --paper A4
    """
    _print(names or ("poster",), kind="poster", **options)


@product_command("diary", "Print a diary for four weeks of exercise.")
def diary(names: tuple[str, ...], **options: Any) -> None:
    """Print a diary for four weeks, to write in by pen: both sides of a sheet.

    \b
    Examples:
      generate diary
      generate diary --audience older-adult --paper Letter
    """
    _print(names or ("diary",), kind="diary", **options)


@product_command("pad", "Print sheets for a tear-off pad of A5 or A6.")
def pad(names: tuple[str, ...], **options: Any) -> None:
    """Print the leaf of a pad as often as a sheet holds: two of A5 or Half Letter, four of A6.

    Print on both sides at 100 %, cut along the lines at the edges, and glue the top.

    \b
    Examples:
      generate pad
      generate pad --paper A6
    """
    _print(names or ("pad",), kind="pad", **options)


@generate.command("all", epilog=CHOOSING, short_help="Print everything for everybody.")
@partial(build_options, audience=ALL, format=ALL)
def all_(**options: Any) -> None:
    """Print every publication in every format for every audience it exists for.

    With them comes index.html, a page for the reception to find, open and print them.

    \b
    Examples:
      generate all
      generate all --format standard --jobs 2 --json
    """
    options["formats"] = options["formats"] or (ALL,)
    options["audiences"] = options["audiences"] or (ALL,)
    _print((ALL,), **options)


def _print(publications: tuple[str, ...], as_json: bool, today: date, force: bool,
           jobs: int, output: Path, sources: Path | None, layouts: Path | None,
           kind: str = "", dose: str | None = None, grey: bool = False,
           colour: str | None = None, cover: str | None = None, flip: str | None = None,
           grammage: int | None = None, **names: tuple[str, ...]) -> None:  # fmt: skip
    from clinicpress.cli.progress import Reporter

    if grey and colour not in (None, "grey"):
        raise click.UsageError(f"“--grey” and “--colour {colour}” exclude each other. Choose one.")
    places = Places(*_folders(sources, layouts), output)
    request = Request(
        publications, kind=kind, dose=dose or "", colour="grey" if grey else colour or "",
        cover=cover or "", flip=flip or "", grammage=grammage or 0, **names,
    )  # fmt: skip
    try:
        with Reporter(output, as_json) as reporter:
            results = produce(
                request,
                places,
                jobs=jobs,
                force=force,
                today=today,
                report=reporter.finished,
            )
            reporter.summary(results)
        _tell_how(reporter.made, places, as_json)
    except SomeLeftOut:
        _tell_how(reporter.made, places, as_json)
        _refresh_counter(publications, places, as_json)
        raise
    _refresh_counter(publications, places, as_json)


MOST_NOTES = 2
"""With more of them at a time, none would be read."""


def _tell_how(files: "list[Made]", places: Places, as_json: bool) -> None:
    """Write how each file for paper is printed beside it, and say it where there are few."""
    if all(file.edition["production"] == "proof" for file in files):
        return
    from clinicpress.tickets.notes import write_notes

    notes = write_notes(files, places.output, places.layouts)
    if as_json:
        return
    if len(notes) <= MOST_NOTES:
        tell("\n" + "\n".join(notes).rstrip())
    else:
        tell("How to print each file is in the .txt beside it.")
    if any(file.edition["colour"] in ("cmyk", "spot") for file in files):
        tell("PDF/X-4 is claimed and was not validated.", fg="yellow")


def _refresh_counter(publications: tuple[str, ...], places: Places, as_json: bool) -> None:
    """Write the counter page after a run over all, or anew where there is one; say where it is."""
    offered = ALL in publications or (places.output / "index.html").is_file()
    page = refresh(places.sources, places.layouts, places.output) if offered else None
    if page and ALL in publications and not as_json:
        tell(f"To find, open and print them, double-click {shown(page)}.")


@generate.command("list", short_help="List what can be printed and picked.")
@folder_options
@click.option("--json", "as_json", is_flag=True, help="One JSON object a publication.")
def list_(sources: Path | None, layouts: Path | None, as_json: bool) -> None:
    """List what can be printed and picked, for whom, in which formats, regions and brands.

    \b
    Example:
      generate list
    """
    from clinicpress.cli.listing import print_list

    print_list(*_folders(sources, layouts), as_json=as_json)


@generate.command(short_help="Check how the content reads, and every rule.")
@folder_options
@_many("audience", "Audience; default: all.")
@_many("brand", "Brand; default: all.")
@today_option
@click.option("--detail", is_flag=True, help="A table of chapters for each publication.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a finding or score.")
def check(sources: Path | None, layouts: Path | None, audiences: tuple[str, ...],
          brands: tuple[str, ...], today: date, detail: bool,
          as_json: bool) -> None:  # fmt: skip
    """Check the content: how it reads, evidence, phrases, signs, brand colours.

    \b
    Examples:
      generate check
      generate check --audience general --json
    """
    from clinicpress.cli.report import print_check

    passed = print_check(
        *_folders(sources, layouts), audiences, brands, today, as_json=as_json, detail=detail
    )
    sys.exit(0 if passed else 1)


@generate.command(epilog=CHOOSING, short_help="Show what differs between two audiences, and why.")
@click.option(
    "--audience", "audiences", nargs=2, required=True, metavar="A B", help="The two audiences."
)
@_many("publication", "Booklet or handout; default: all that there are.")
@_many("topic", "Topic; default: all.")
@_many("region", "Country for numbers and words; default: the brand's, else neutral.")
@_many("brand", "Folder below layouts/brands; default: default.")
@_many("setting", "rack (picked up) or given (handed over after a check); default: rack.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a difference.")
@output_option
@folder_options
def compare(publications: tuple[str, ...], output: Path, sources: Path | None,
            layouts: Path | None, as_json: bool, **names: Any) -> None:  # fmt: skip
    """Show what differs between two audiences' editions, and why, for who approves them.

    Prints it, and writes it as a PDF with fields to sign.

    \b
    Examples:
      generate compare --audience general pregnant
      generate compare --audience general easy-read --publication booklet --region GB
    """
    from clinicpress.comparison.compare import print_comparison

    request = Request(publications or (ALL,), **names)
    places = Places(*_folders(sources, layouts), output)
    print_comparison(request, places, as_json=as_json)


def _grid(
    context: click.Context, option: click.Parameter, value: str | None
) -> tuple[int, int] | None:
    """Return how many pages stand across and down."""
    if value is None:
        return None
    across, _, down = value.lower().replace("×", "x").partition("x")
    if not all(re.fullmatch(r"0*[1-9]\d?", each, re.ASCII) for each in (across, down)):
        raise click.BadParameter(f"“{value}” is no grid. Write it as across x down, such as 2x4.")
    return int(across), int(down)


def _length(context: click.Context, option: click.Parameter, value: str | None) -> float | None:
    """Return a length in mm, or a weight; negative ones and words are refused."""
    if value is None:
        return None
    try:
        number = float(value)
    except ValueError:
        number = -1
    if not 0 <= number < 10_000:
        raise click.BadParameter(f"“{value}” is no number from 0 on. Write it as 0.1 or 80.")
    return number


def _number(option: str, unit: str, what: str) -> Callable[[Any], Any]:
    return click.option(option, callback=_length, metavar=unit, help=what)


def imposing_options(command: Any) -> Any:
    """Add the options that say how a file is laid on sheets."""
    for option in (
        click.option("--keep", is_flag=True,
                     help="Keep author, attached files and notes of programs; never scripts."),
        click.option("--repair", is_flag=True, help="Impose what can be saved of a damaged file."),
        click.option("--fit", is_flag=True, help="Scale the pages to the sheet; else never."),
        click.option("--marks", is_flag=True, help="Short lines where to fold and to cut."),
        click.option("--split", "face", type=click.Choice(["face-up", "face-down"]),
                     help="Fronts and backs as two files, by how sheets come out."),
        click.option("--flip", type=click.Choice(["short", "long"]),
                     help="Edge about which sheets are turned; default: no back on its head."),
        click.option("--one-sided", is_flag=True, help="Leave the backs blank (not for booklets)."),
        click.option("--no-back-cover", is_flag=True, help="Blank pages at the end (booklets)."),
        _number("--paper-weight", "GRAMS", "Creep for paper of this weight in g/m² (booklets)."),
        _number("--creep", "MM", "Thickness of a sheet, by which inner pages move (booklets)."),
        _number("--gap", "MM", "Space between pages; default: 0 (not for booklets)."),
        click.option("--grid", callback=_grid, metavar="AxD",
                     help="Pages across and down, such as 2x4 (step-and-repeat, n-up)."),
        click.option("--signature", type=click.IntRange(1, 400), metavar="SHEETS",
                     help="Most sheets folded into each other; default: all, perfect-bound 4."),
        click.option("--paper", metavar="NAME", default="",
                     help="A3, A4, A5, A6, Letter, HalfLetter, Tabloid; default: what fits."),
        click.option("--scheme", metavar="NAME", default="saddle-stitch", show_default=True,
                     help="saddle-stitch, perfect-bound, cut-and-stack-2, cut-and-stack-4, "
                     "step-and-repeat, n-up, c-fold or z-fold."),
    ):  # fmt: skip
        command = option(command)
    return command


@generate.command(short_help="Lay any PDF on sheets to print, fold and cut.")
@click.argument("file", type=Path, metavar="FILE.pdf")
@imposing_options
@click.option("--password", envvar="CLINICPRESS_PASSWORD", show_envvar=True, default="",
              help="Password of the file; asked for where one is needed.")  # fmt: skip
@click.option("--layouts", type=FOLDER, envvar="CLINICPRESS_LAYOUTS", show_envvar=True,
              help="Folder of the design.")  # fmt: skip
@output_option
@click.option("--json", "as_json", is_flag=True, help="One JSON object a file.")
def impose(file: Path, output: Path, layouts: Path | None, password: str, as_json: bool,
           **options: Any) -> None:  # fmt: skip
    """Lay the pages of FILE.pdf, any PDF, on sheets, with a note on how to print and fold them.

    \b
    Examples:
      generate impose booklet.pdf
      generate impose booklet.pdf --flip long --paper-weight 80
      generate impose booklet.pdf --split face-down
      generate impose book.pdf --scheme perfect-bound --signature 4
      generate impose card.pdf --scheme step-and-repeat --gap 3 --marks
      generate impose leaflet.pdf --scheme c-fold
      generate impose six-pages.pdf --scheme z-fold --paper A4 --fit
    """
    from clinicpress.runs.impose import described, impose_file

    wish = _wish(**options)
    ask = partial(click.prompt, f"Password of {plain(file.name)}", hide_input=True, err=True)
    imposed = impose_file(file, wish, output, _layouts(layouts), password,
                          ask if sys.stdin.isatty() else None)  # fmt: skip
    for sentence in imposed.told:
        tell(sentence)
    if as_json:
        for each in described(imposed, wish):
            click.echo(json.dumps(each, ensure_ascii=False))
        return
    for path in (*imposed.files, imposed.note):
        click.echo(shown(path))
    click.echo(f"\n{imposed.words}", nl=False)


def _wish(scheme: str, paper: str, signature: int | None, grid: tuple[int, int] | None,
          gap: float | None, creep: float | None, paper_weight: float | None,
          no_back_cover: bool, one_sided: bool, flip: Any, face: str | None, marks: bool,
          fit: bool, repair: bool, keep: bool) -> Any:  # fmt: skip
    """Return what was asked for."""
    from clinicpress.runs.impose import Wish

    if creep is not None and paper_weight is not None:
        raise click.UsageError("Give the paper by --creep or by --paper-weight, not by both.")
    out: Any = face and face.removeprefix("face-")
    return Wish(scheme, paper, signature, grid, gap or 0, creep or 0, paper_weight,
                not no_back_cover, one_sided, flip, out, marks, fit, repair, keep)  # fmt: skip


def figure_options(command: Any) -> Any:
    """Add the options of the commands that draw figures."""
    for option in (
        click.option("--brand", default="default", metavar="NAME",
                     help="Folder below layouts/brands; default: default."),
        click.option("--audience", default="general", metavar="NAME",
                     help="Whose cast is shown; default: general."),
        output_option,
    ):  # fmt: skip
        command = option(command)
    return folder_options(command)


@generate.command()
@click.argument("ids", nargs=-1, required=True, metavar="ID...")
@click.option("--png", is_flag=True, help="Write PNG instead of SVG.")
@click.option("--width", type=click.IntRange(50, 4000), default=1200, show_default=True,
              help="Width of the PNG in pixels.")  # fmt: skip
@figure_options
def figure(ids: tuple[str, ...], png: bool, width: int, **options: Any) -> None:
    """Draw one or more figures by ID.

    \b
    Examples:
      generate figure wall-slide
      generate figure wall-slide chin-tuck --png --audience older-adult
    """
    _draw(ids, width if png else None, **options)


@generate.command(short_help="Draw all figures on a contact sheet.")
@figure_options
def figures(**options: Any) -> None:
    """Draw all figures on a contact sheet, at 40 and at 90 mm, for the editor.

    \b
    Example:
      generate figures --audience older-adult
    """
    _draw((), None, **options)


def _draw(ids: tuple[str, ...], png: int | None, sources: Path | None, layouts: Path | None,
          output: Path, audience: str, brand: str) -> None:  # fmt: skip
    from clinicpress.authoring.gallery import write_figures

    folders = _folders(sources, layouts)
    for path in write_figures(*folders, output, ids=ids, audience=audience, brand=brand, png=png):
        click.echo(shown(path))


@generate.command("test-sheet", short_help="A sheet that tests a printer.")
@click.option("--paper", type=click.Choice(["A4", "Letter"]), help="Paper; default: both.")
@click.option("--layouts", type=FOLDER, envvar="CLINICPRESS_LAYOUTS", show_envvar=True,
              help="Folder of the design.")  # fmt: skip
@output_option
def test_sheet(paper: str | None, layouts: Path | None, output: Path) -> None:
    """Make a sheet that shows whether a printer's scale, margins and two sides are right.

    \b
    Example:
      generate test-sheet --paper A4
    """
    from clinicpress.tickets.testsheet import PAPERS, write_test_sheets

    for path in write_test_sheets(_layouts(layouts), output, (paper,) if paper else PAPERS):
        click.echo(shown(path))


@generate.command()
@click.argument("folder", type=FOLDER, metavar="DIR")
def init(folder: Path) -> None:
    """Copy sources, layouts and help to DIR, for a clinic to edit.

    \b
    Example:
      generate init my-clinic
      cd my-clinic
      generate booklet
    """
    from clinicpress.authoring.starter import copy_starter

    copy_starter(folder)
    brand = shown(folder / "layouts/brands/default/brand.yaml")
    click.echo(
        f"Sources, layouts and help are in {shown(folder)}. Edit {brand} first. Then type "
        f"“cd {shown(folder)}” and print there."
    )


@generate.command(short_help="Write the list of all fields, and the schemas.")
@click.option("--output", type=FOLDER, default=Path("help"), help="Folder; default: help.")
def schema(output: Path) -> None:
    """Write the list of all fields, and the schemas by which an editor completes and checks.

    \b
    Example:
      generate schema
    """
    from clinicpress.authoring.starter import write_help

    write_help(output)
    click.echo(f"fields.md and the folder schema are in {shown(output)}.")


generate.add_command(explain)


def _folders(sources: Path | None, layouts: Path | None) -> tuple[Path, Path]:
    """Return the folders to read, and say which of them are the program's own, or lie here."""
    named = {"sources": sources, "layouts": layouts}
    found = {name: folder or paths.default(name) for name, folder in named.items()}
    own = [name for name in found if not named[name] and found[name] == paths.bundled(name)]
    if own and Path.cwd() != found[own[0]].parent:
        tell(f"This folder holds no {' and no '.join(own)}: the program's own are used.")
    _say_what_lies_here(found, named)
    return found["sources"], found["layouts"]


def _layouts(named: Path | None) -> Path:
    """Return the folder of the design for a command that reads no content."""
    found = named or paths.default("layouts")
    _say_what_lies_here({"layouts": found}, {"layouts": named})
    return found


def _say_what_lies_here(found: dict[str, Path], named: dict[str, Path | None]) -> None:
    """Say which folders are taken since they lie in the current one: somebody may have sent it."""
    here = [
        name
        for name, path in found.items()
        if not named[name] and path != paths.bundled(name) and path.parent == Path.cwd()
    ]
    if here:
        what = "folders" if len(here) > 1 else "folder"
        lie = "lie" if len(here) > 1 else "lies"
        tell(f"Using the {what} {' and '.join(here)} that {lie} here.")


class Ended(BaseException):
    """Another process asks this one to end, or its terminal is gone."""


STOPPED = "Stopped. Files that were finished are whole; nothing else was written."


@contextmanager
def _signals_heard() -> Iterator[None]:
    """Raise Ended where a signal would end this process with its workers and folders left.

    Where one is ignored, as “nohup” has it, it stays so.
    """

    def end(number: int, frame: object) -> None:
        raise Ended(number)

    named = [getattr(signal, name, None) for name in ("SIGTERM", "SIGHUP")]
    heard = [one for one in named if one and signal.getsignal(one) == signal.SIG_DFL]
    for one in heard:
        signal.signal(one, end)
    try:
        yield
    finally:
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
