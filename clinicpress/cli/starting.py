"""The commands that give a clinic its own copy to edit, and an editor the list of all fields."""

from pathlib import Path
from typing import Any

import click

from clinicpress.cli.brands import particulars, particulars_options
from clinicpress.cli.params import FOLDER
from clinicpress.errors import shown


@click.command()
@click.argument("folder", type=FOLDER, metavar="DIR")
@particulars_options
def init(folder: Path, **given: Any) -> None:
    """Copy sources, layouts and help to DIR, for a clinic to edit.

    Options say what the clinic is; they are written into its brand.yaml.

    \b
    Examples:
      generate init my-clinic
      generate init my-clinic --name "Riverside Practice" --region GB --colour "#0f5c6e"
    """
    from clinicpress.authoring.newbrand import fill_default
    from clinicpress.authoring.starter import copy_starter
    from clinicpress.content.reader import read_library

    said = particulars({"name": "Your clinic"} | _given(given)) if _given(given) else None

    def fill() -> None:
        if said:
            fill_default(folder / "layouts", said, read_library(folder / "sources").regions)

    copy_starter(folder, fill)
    brand = shown(folder / "layouts/brands/default/brand.yaml")
    if folder.resolve() == Path.cwd():
        where, then = f"this folder, {Path.cwd()}", "“generate booklet”"
    else:
        where, then = shown(folder), f"“cd {shown(folder)}” and print there"
    click.echo(f"Sources, layouts and help are in {where}. Edit {brand} first. Then type {then}.")


def _given(options: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in options.items() if value}


@click.command(short_help="Write the list of all fields, and the schemas.")
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


COMMANDS = (init, schema)
