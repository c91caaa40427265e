"""The commands that give a clinic its own copy to edit, and an editor the list of all fields."""

from pathlib import Path

import click

from clinicpress.cli.params import FOLDER
from clinicpress.errors import shown


@click.command()
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
