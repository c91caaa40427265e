"""``generate brand``: a brand of a clinic's own, made, checked and explained."""

import json
import sys
from collections.abc import Collection
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from clinicpress.cli.completing import offering
from clinicpress.cli.folders import folders
from clinicpress.cli.options import as_json, folder_options
from clinicpress.cli.origins import explain
from clinicpress.cli.terminal import tell
from clinicpress.errors import shown

if TYPE_CHECKING:
    from clinicpress.checks.branding import Looked

ASKED = {
    "name": "Name of the clinic",
    "logo": "File of the logo (SVG, PNG or JPEG; Enter for none)",
    "colours": "Colour as #rrggbb (Enter for the usual one; a second after a comma)",
    "address": "Address for the post, on one line (Enter for none)",
    "phone": "Telephone",
    "web": "Web",
    "region": "Country (GB, US, IE, AU or neutral)",
}
"""What is asked for where somebody sits at the terminal and did not say it."""


@click.group(short_help="Make a brand of your own, check or explain one.")
def brand() -> None:
    """Make a brand of your own, check or explain one.

    \b
    Examples:
      generate brand new riverside --name "Riverside Practice" --region GB
      generate brand new north-site --like riverside --phone "0123 456 790"
      generate brand check riverside
      generate brand explain footer --brand north-site
    """


def particulars_options(command: Any) -> Any:
    """Add the options that say what a clinic is."""
    for option in reversed((
        click.option("--name", help="Name of the clinic, as it is printed."),
        click.option("--logo", type=click.Path(dir_okay=False, path_type=Path),
                     help="File of the logo: SVG, PNG or JPEG; it is copied."),
        click.option("--colour", "colours", multiple=True, metavar="#RRGGBB",
                     help="Colour of the clinic; twice for a second one."),
        click.option("--address", help="Address for the post, on one line."),
        click.option("--phone", help="Telephone, printed wherever it belongs."),
        click.option("--web", help="Address on the web."),
        click.option("--region", help="Country for numbers and words: GB, US, IE, AU, neutral."),
        click.option("--paper", type=click.Choice(["A4", "Letter"]), help="Default: the region's."),
    )):  # fmt: skip
        command = option(command)
    return command


@brand.command(short_help="Write the folder of a new brand.")
@click.argument("name_of_folder", metavar="NAME")
@particulars_options
@click.option(
    "--like",
    metavar="OTHER",
    shell_complete=offering("brand"),
    help="Another brand, whose is all that is not said here.",
)
@click.option(
    "--sample",
    metavar="NAME",
    shell_complete=offering("sample"),
    help="An invented brand to copy: harbour, meadow, slate.",
)
@folder_options
def new(name_of_folder: str, layouts: Path | None, sources: Path | None, **given: Any) -> None:
    """Write the folder of a new brand: a short brand.yaml, and a copy of the logo.

    What is not said is asked, where somebody sits at the terminal, but with --like and --sample.

    \b
    Examples:
      generate brand new riverside
      generate brand new riverside --name "Riverside Practice" --logo logo.svg --region GB
      generate brand new north-site --like riverside --phone "0123 456 790"
      generate brand new riverside --sample meadow --name "Riverside Practice"
    """
    from clinicpress.authoring.newbrand import write_brand
    from clinicpress.authoring.starter import branding_guide
    from clinicpress.content.reader import read_library

    content, design = folders(sources, layouts)
    said = particulars(given, ask=sys.stdin.isatty())
    path = write_brand(design, name_of_folder, said, read_library(content).regions)
    click.echo(shown(path))
    tell(
        f"Next: “generate booklet --brand {name_of_folder}”. To change more, edit {shown(path)}; "
        f"{shown(branding_guide(design))} says what there is."
    )
    if not (said.region or said.like or said.sample):
        tell("Without a region no emergency number is printed. Add one.", fg="yellow")


@brand.command("check", short_help="Look a brand over: colours, logo, contact, overrides.")
@click.argument("names", nargs=-1, metavar="[NAME]...", shell_complete=offering("brand"))
@click.option("--quick", is_flag=True, help="Lay no page out.")
@as_json("pair of colours or finding")
@folder_options
def check_(
    names: tuple[str, ...], quick: bool, layouts: Path | None, sources: Path | None, as_json: bool
) -> None:
    """Look brands over before anything is printed; without a NAME, all of them.

    A card, a sheet and a leaflet are laid out in each, where nothing is wrong with it already.

    It tells the contrast of each pair of colours, in colour and in grey, and what is wrong with
    logo, contact, texts and files. It ends with 1 where something has to be mended.

    \b
    Examples:
      generate brand check
      generate brand check riverside --json
    """
    from clinicpress.checks.branding import look_into
    from clinicpress.checks.codes import fails_check, stops_print
    from clinicpress.content.reader import read_library
    from clinicpress.design.brand import brand_ids
    from clinicpress.runs.trial import refused

    content, design = folders(sources, layouts)
    library = read_library(content)
    found = []
    for name in names or brand_ids(design):
        looked = look_into(design, name, library)
        if not quick and not any(map(stops_print, looked.findings)):
            refusals = refused(design, name, library)
            looked = replace(looked, findings=(*looked.findings, *refusals))
        found.append(looked)
        (_print_objects if as_json else _print_words)(looked)
    sys.exit(any(fails_check(each) for looked in found for each in looked.findings))


def _print_words(looked: "Looked") -> None:
    """Print what was found of a brand: its pairs of colours as a table, then sentences."""
    click.echo(f"{looked.brand}")
    for pair in looked.pairs:
        said = f"  needs 4.5; {pair.nearest} has it" if pair.nearest else ""
        click.echo(f"  {pair.where:<30} {pair.words} on {pair.ground}  {pair.ratio:>4} to 1, "
                   f"in grey {pair.grey:>4}{said}")  # fmt: skip
    for finding in looked.findings:
        click.echo(f"  {finding}")
    if not looked.findings:
        click.echo("  Nothing has to be mended.")


def _print_objects(looked: "Looked") -> None:
    """Print one object a pair and finding."""
    from clinicpress.checks.codes import severity

    of = {"brand": looked.brand}
    for pair in looked.pairs:
        click.echo(json.dumps({"kind": "pair", **of, **asdict(pair)}, ensure_ascii=False))
    for each in looked.findings:
        place = {"file": each.place.file, "line": each.place.line}
        said = {"message": each.message, "hint": each.hint}
        rule = {"code": each.code, "severity": severity(each)}
        found = {"kind": "finding", **of, **rule, **place, **said}
        click.echo(json.dumps(found, ensure_ascii=False))


def particulars(given: dict[str, Any], *, ask: bool = False) -> Any:
    """Return what was said of a clinic, or answered. Raises UsageError where it has no name."""
    from clinicpress.authoring.newbrand import Particulars

    if ask and not (given.get("like") or given.get("sample")):
        given = {**given, **answers({key for key, value in given.items() if value})}
    if len(given.get("colours") or ()) > len(TONES):
        raise click.UsageError(f"There are two colours at most: {' and '.join(TONES)}.")
    if given.get("sample") and any(given[key] for key in given if key not in ("sample", "name")):
        raise click.UsageError("With --sample only --name is said; change the rest in the copy.")
    if not (given.get("name") or given.get("like") or given.get("sample")):
        raise click.UsageError("A brand needs a name: add --name “…”, or --like OTHER.")
    said = {name: value for name, value in given.items() if value}
    return Particulars(**said)


TONES = ("that of the clinic", "a second one, for lines")
"""What colours are for, in the order in which they are said."""


def answers(said: Collection[str] = ()) -> dict[str, Any]:
    """Ask in turn for each thing that is not ``said`` already; Enter leaves one out."""
    told = {key: str(click.prompt(words, default="", show_default=False, err=True)).strip()
            for key, words in ASKED.items() if key not in said}  # fmt: skip
    found: dict[str, Any] = {key: words for key, words in told.items() if words}
    if "colours" in found:
        parts = map(str.strip, found["colours"].split(","))
        found["colours"] = tuple(filter(None, parts))
    return found | ({"logo": Path(found["logo"])} if "logo" in found else {})


brand.add_command(explain)

COMMANDS = (brand,)
