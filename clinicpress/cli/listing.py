"""``generate list``: what can be typed."""

from pathlib import Path

import click

from clinicpress.cli.folders import folders
from clinicpress.cli.options import as_json, folder_options, topic_option


@click.command("list", short_help="List what can be printed and picked.")
@folder_options
@topic_option
@as_json("publication")
def list_(as_json: bool, topics: tuple[str, ...], **given: Path | None) -> None:
    """List what can be printed and picked, for whom, in which formats, regions and brands.

    \b
    Examples:
      generate list
      generate list --topic my-topic --json
    """
    from clinicpress.cli.offers import print_offers

    print_offers(*folders(**given), topics, as_json=as_json)


COMMANDS = (list_,)
