"""``generate review pack`` and ``generate review import``: what a reviewer reads and decides."""

from pathlib import Path
from typing import Any

import click

from clinicpress.cli.folders import folders
from clinicpress.cli.options import (
    folder,
    folder_options,
    jobs_option,
    many,
    output_option,
    topic_option,
)
from clinicpress.cli.progress import Bar
from clinicpress.cli.reviewing import review, scope_of
from clinicpress.cli.terminal import counted, tell
from clinicpress.errors import shown


@review.command("pack", short_help="Write what a reviewer reads, with a form to decide in.")
@topic_option
@many("audience", "Readers whose prints are reviewed; default: all.")
@many("region", "Countries whose prints are reviewed; default: neutral.")
@many("brand", "Brands in whose words they are read; default: default.")
@folder("since", "Folder of the sources that were signed, to show each changed word.")
@output_option
@folder_options
@jobs_option
def pack(since: Path | None, output: Path, **given: Any) -> None:
    """Write all that a sign-off of these readers would bind to, with what it rests on.

    It is a PDF with a form, to be filled in on a screen or on paper, and the same as a table for a
    spreadsheet. “generate review import” reads either back.

    \b
    Examples:
      generate review pack --audience general --region GB
      generate review pack --region GB --since ../signed/sources
    """
    from clinicpress.content.reader import read_library
    from clinicpress.trust.matters import gather
    from clinicpress.trust.pack import write_pack

    sources, layouts = folders(given["sources"], given["layouts"])
    library = read_library(sources)
    scope = scope_of(given, library)
    signed = read_library(since) if since else None
    with Bar() as bar:
        found = gather(
            scope, library, layouts, jobs=given["jobs"], report=bar.advance, signed=signed
        )
    for path in write_pack(found, library, layouts, output):
        click.echo(shown(path))
    words = sum(len(one.every) for one in found.matters)
    tell(f"{counted(len(found.matters), 'item')} in {counted(words, 'wording')} to decide about.")


COMMANDS = (review,)
