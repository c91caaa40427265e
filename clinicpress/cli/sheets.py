"""The commands for paper alone: any PDF on sheets, and the sheet that tests a printer."""

import json
import sys
from collections.abc import Iterator, Mapping
from dataclasses import fields
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from clinicpress.cli.completing import offering
from clinicpress.cli.folders import layouts_alone
from clinicpress.cli.options import (
    Decorator,
    added,
    as_json,
    folder_options,
    layouts_option,
    output_option,
    topic_option,
)
from clinicpress.cli.params import GRID, LENGTH
from clinicpress.cli.terminal import tell
from clinicpress.errors import plain, shown

if TYPE_CHECKING:
    from clinicpress.press.schemes import Wish
    from clinicpress.runs.impose import Imposed


def _number(option: str, unit: str, what: str) -> Decorator:
    return click.option(option, type=LENGTH, metavar=unit, help=what)


def imposing_options(command: Any) -> Any:
    """Add the options that say how a file is laid on sheets."""
    return added(
        command,
        click.option("--scheme", metavar="NAME", default="saddle-stitch", show_default=True,
                     help="saddle-stitch, perfect-bound, cut-and-stack-2, cut-and-stack-4, "
                     "step-and-repeat, n-up, c-fold or z-fold."),
        click.option("--paper", metavar="NAME", default="",
                     help="A3, A4, A5, A6, Letter, HalfLetter, Tabloid; default: what fits."),
        click.option("--signature", type=click.IntRange(1, 400), metavar="SHEETS",
                     help="Most sheets folded into each other; default: all, perfect-bound 4."),
        click.option("--grid", type=GRID, metavar="AxD",
                     help="Pages across and down, such as 2x4 (step-and-repeat, n-up)."),
        _number("--gap", "MM", "Space between pages; default: 0 (not for booklets)."),
        _number("--creep", "MM", "Thickness of a sheet, by which inner pages move (booklets)."),
        _number("--paper-weight", "GRAMS", "Creep for paper of this weight in g/m² (booklets)."),
        click.option("--no-back-cover", is_flag=True, help="Blank pages at the end (booklets)."),
        click.option("--one-sided", is_flag=True, help="Leave the backs blank (not for booklets)."),
        click.option("--flip", type=click.Choice(["short", "long"]),
                     help="Edge about which sheets are turned; default: no back on its head."),
        click.option("--split", "face", type=click.Choice(["face-up", "face-down"]),
                     help="Fronts and backs as two files, by how sheets come out."),
        click.option("--marks", is_flag=True, help="Short lines where to fold and to cut."),
        click.option("--fit", is_flag=True, help="Scale the pages to the sheet; else never."),
        click.option("--repair", is_flag=True, help="Impose what can be saved of a damaged file."),
        click.option("--keep", is_flag=True,
                     help="Keep author, attached files and notes of programs; never scripts."),
    )  # fmt: skip


@click.command(short_help="Lay any PDF on sheets to print, fold and cut.")
@click.argument("file", type=Path, metavar="FILE.pdf")
@imposing_options
@click.option("--password", envvar="CLINICPRESS_PASSWORD", show_envvar=True, default="",
              help="Password of the file; asked for where one is needed.")  # fmt: skip
@layouts_option
@output_option
@as_json("file")
def impose(file: Path, output: Path, layouts: Path | None, password: str, as_json: bool,
           **given: Any) -> None:  # fmt: skip
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
    from clinicpress.runs.impose import impose_file

    wish = wish_of(given)
    ask = partial(click.prompt, f"Password of {plain(file.name)}", hide_input=True, err=True)
    imposed = impose_file(file, wish, output, layouts_alone(layouts), password,
                          ask if sys.stdin.isatty() else None)  # fmt: skip
    for sentence in imposed.told:
        tell(sentence)
    if as_json:
        for each in _described(imposed, wish):
            click.echo(json.dumps(each, ensure_ascii=False))
        return
    for path in (*imposed.files, imposed.note):
        click.echo(shown(path))
    click.echo(f"\n{imposed.words}", nl=False)


def wish_of(given: Mapping[str, Any]) -> "Wish":
    """Return what was asked for; what was not said stays the default. Raises UsageError."""
    from clinicpress.press.schemes import Wish

    if given["creep"] is not None and given["paper_weight"] is not None:
        raise click.UsageError("Give the paper by --creep or by --paper-weight, not by both.")
    said = {name: value for name, value in given.items() if value is not None}
    said["back_cover"] = not given["no_back_cover"]
    if given["face"]:
        said["face"] = given["face"].removeprefix("face-")
    return Wish(**{field.name: said[field.name] for field in fields(Wish) if field.name in said})


def _described(imposed: "Imposed", wish: "Wish") -> Iterator[Mapping[str, object]]:
    """Yield what ``--json`` says of each file."""
    for path in imposed.files:
        yield {
            "path": str(path),
            "note": str(imposed.note),
            "scheme": wish.scheme,
            "paper": imposed.paper,
            "sheets": len(imposed.imposition.sheets),
            "two_sided": imposed.imposition.two_sided and not wish.face,
            "flip": imposed.imposition.flip,
        }


@click.command("test-sheet", short_help="A sheet that tests a printer.")
@click.option("--paper", type=click.Choice(["A4", "Letter"]), help="Paper; default: both.")
@layouts_option
@output_option
def test_sheet(paper: str | None, layouts: Path | None, output: Path) -> None:
    """Make a sheet that shows whether a printer's scale, margins and two sides are right.

    \b
    Example:
      generate test-sheet --paper A4
    """
    from clinicpress.tickets.testsheet import PAPERS, write_test_sheets

    papers = (paper,) if paper else PAPERS
    for path in write_test_sheets(layouts_alone(layouts), output, papers):
        click.echo(shown(path))


@click.command("request-slip", short_help="What a clinician ticks, for staff to print.")
@topic_option
@click.option("--brand", default="default", metavar="NAME", shell_complete=offering("brand"),
              help="Folder below layouts/brands; default: default.")  # fmt: skip
@click.option("--paper", type=click.Choice(["A5", "A4", "HalfLetter", "Letter"]), default="A5",
              help="Paper; default: A5.")  # fmt: skip
@folder_options
@output_option
def request_slip(topics: tuple[str, ...], brand: str, paper: str, output: Path,
                 **given: Path | None) -> None:  # fmt: skip
    """Make a slip on which a clinician ticks what is to be printed for a patient.

    Each exercise and technique has a short code on it, from “code” in its file. Staff type the
    codes where they would type names. The slip holds nothing of a patient.

    \b
    Examples:
      generate request-slip --topic sore-toe --brand riverside
      generate handout exercises --exercises A3,A1 --dose blank
    """
    from clinicpress.cli.folders import folders
    from clinicpress.content.reader import read_library
    from clinicpress.design.brand import brand_folders
    from clinicpress.errors import unknown
    from clinicpress.orders.plan import chosen_topics
    from clinicpress.tickets.slip import write_slips

    sources, layouts = folders(given["sources"], given["layouts"])
    library = read_library(sources)
    if brand not in (known := tuple(brand_folders(layouts))):
        raise unknown("brand", brand, known)
    for path in write_slips(
        library, tuple(chosen_topics(topics, library)), layouts, output, brand, paper
    ):
        click.echo(shown(path))


COMMANDS = (impose, test_sheet, request_slip)
