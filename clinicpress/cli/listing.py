"""``generate list``: what can be typed."""

from pathlib import Path

import click

from clinicpress.cli.folders import folders
from clinicpress.cli.options import as_json, folder_options


@click.command("list", short_help="List what can be printed and picked.")
@folder_options
@as_json("publication")
def list_(as_json: bool, **given: Path | None) -> None:
    """List what can be printed and picked, for whom, in which formats, regions and brands.

    \b
    Example:
      generate list
    """
    from clinicpress.cli.offers import print_offers

    print_offers(*folders(**given), as_json=as_json)


COMMANDS = (list_,)
