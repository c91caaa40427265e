"""Lists what can be printed."""

import json
from pathlib import Path
from typing import get_args

import click

from clinicpress.content.model import Setting
from clinicpress.content.reader import read_library
from clinicpress.design.brand import brand_ids
from clinicpress.design.design import read_formats
from clinicpress.editions.picking import PICKED


def print_list(sources: Path, layouts: Path, *, as_json: bool) -> None:
    """Print every publication with its audiences, then formats, regions and brands."""
    library, formats = read_library(sources), read_formats(layouts)
    brands = brand_ids(layouts)
    for topic_id, topic in library.topics.items():
        for name, publication in topic.publications.items():
            if as_json:
                click.echo(json.dumps({
                    "topic": topic_id, "publication": name, "kind": publication.kind,
                    "title": publication.title.default, "audiences": publication.audiences,
                    "formats": list(formats), "regions": list(library.regions), "brands": brands,
                    "selections": list(publication.selections),
                }))  # fmt: skip
            else:
                command = "booklet" if name == "booklet" else f"handout {name}"
                audiences = ", ".join(publication.audiences)
                click.echo(f"generate {command:28} {publication.title.default} ({audiences})")
                for id, selection in publication.selections.items():
                    parts = (part for part in PICKED if any(getattr(selection, part).values()))
                    named = " ".join(f"--{part} {id}" for part in parts)
                    click.echo(f"  {named:35} {selection.title.default}")
    if not as_json:
        click.echo(f"\n--audience {', '.join(library.audiences)}")
        click.echo(f"--format   {', '.join(formats)}")
        click.echo(f"--setting  {', '.join(get_args(Setting))}")
        click.echo(f"--region   {', '.join(library.regions)}")
        click.echo(f"--brand    {', '.join(brands)}")
        click.echo(f"--topic    {', '.join(library.topics)}")
