"""``generate compare``: what differs between two audiences' editions, and why, to be approved.

Text on the terminal or JSON, and a PDF with fields to sign.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from clinicpress.cli.folders import places_of
from clinicpress.cli.options import (
    CHOOSING,
    as_json,
    brand_option,
    folder_options,
    many,
    output_option,
    region_option,
    request_of,
    setting_option,
    topic_option,
)
from clinicpress.errors import shown
from clinicpress.orders.request import ALL

if TYPE_CHECKING:
    from clinicpress.comparison.compare import Written


class Compared(click.Command):
    """Takes its two audiences with a comma between, too, as all other commands do."""

    def parse_args(self, context: click.Context, args: list[str]) -> list[str]:
        """Return what is left; “--audience a,b” and “--audience=a,b” are “--audience a b”."""
        apart: list[str] = []
        for arg in args:
            option, equals, said = arg.partition("=")
            if option == "--audience" and equals:
                apart += [option, *_apart(said)]
            elif apart and apart[-1] == "--audience":
                apart += _apart(arg)
            else:
                apart.append(arg)
        return super().parse_args(context, apart)


def _apart(said: str) -> list[str]:
    return [name for part in said.split(",") if (name := part.strip())]


@click.command(
    cls=Compared, epilog=CHOOSING, short_help="Show what differs between two audiences, and why."
)
@click.option(
    "--audience", "audiences", nargs=2, required=True, metavar="A,B", help="The two audiences."
)
@many("publication", "Booklet or handout; default: all that there are.")
@topic_option
@region_option
@brand_option
@setting_option
@as_json("difference")
@output_option
@folder_options
def compare(as_json: bool, **given: Any) -> None:
    """Show what differs between two audiences' editions, and why, for who approves them.

    Prints it, and writes it as a PDF with fields to sign.

    \b
    Examples:
      generate compare --audience general,pregnant
      generate compare --audience general,easy-read --publication booklet --region GB
    """
    from clinicpress.cli.marked import print_synopsis
    from clinicpress.comparison.compare import write_comparisons

    asked = {**given, "publications": given["publications"] or (ALL,)}
    for written in write_comparisons(request_of(asked), places_of(given)):
        if as_json:
            for found in _objects(written):
                click.echo(json.dumps(found, ensure_ascii=False))
        else:
            print_synopsis(written.synopsis, written.strings)
            click.echo(f"\n{shown(written.path)}")


def _objects(written: "Written") -> Iterator[Mapping[str, Any]]:
    """Yield what was found for a machine to read: audiences, publications, changes, the file."""
    edition, found = written.compared.edition, written.compared.collation
    of = {"topic": edition.topic, "region": edition.region, "brand": edition.brand,
          "setting": edition.setting, "audiences": [found.one, found.other]}  # fmt: skip
    for target in found.targets:
        yield {"kind": "target", **of, **asdict(target)}
    for presence in found.presences:
        yield {"kind": "publication", **of, **asdict(presence)}
    for told in found.told:
        thing = told.change.thing
        *within, own = ({"kind": each.kind, "id": each.id} for each in thing.line)
        about = {**own, "within": within, "names": {"one": thing.one, "other": thing.other}}
        change = {**asdict(told.change), "thing": about}
        yield {"kind": "change", **of, **change, "publications": told.publications}
    yield {"kind": "file", **of, "path": str(written.path)}


COMMANDS = (compare,)
