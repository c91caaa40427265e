"""Lists what can be printed."""

import json
from pathlib import Path

import click

from clinicpress.content.reader import read_library
from clinicpress.design.brand import brand_ids
from clinicpress.design.design import read_formats


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
                }))  # fmt: skip
            else:
                command = "booklet" if name == "booklet" else f"handout {name}"
                audiences = ", ".join(publication.audiences)
                click.echo(f"generate {command:28} {publication.title.default} ({audiences})")
    if not as_json:
        click.echo(f"\n--format   {', '.join(formats)}")
        click.echo(f"--region   {', '.join(library.regions)}")
        click.echo(f"--brand    {', '.join(brands)}")
        click.echo(f"--topic    {', '.join(library.topics)}")
