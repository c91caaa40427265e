"""The commands that draw figures, for who edits them."""

from collections.abc import Mapping
from typing import Any

import click

from clinicpress.cli.folders import places_of
from clinicpress.cli.options import added, folder_options, output_option
from clinicpress.errors import shown


def figure_options(command: Any) -> Any:
    """Add the options of the commands that draw figures."""
    drawing = added(
        command,
        output_option,
        click.option("--audience", default="general", metavar="NAME",
                     help="Whose cast is shown; default: general."),
        click.option("--brand", default="default", metavar="NAME",
                     help="Folder below layouts/brands; default: default."),
    )  # fmt: skip
    return folder_options(drawing)


@click.command()
@click.argument("ids", nargs=-1, required=True, metavar="ID...")
@click.option("--png", is_flag=True, help="Write PNG instead of SVG.")
@click.option("--width", type=click.IntRange(50, 4000), default=1200, show_default=True,
              help="Width of the PNG in pixels.")  # fmt: skip
@figure_options
def figure(ids: tuple[str, ...], png: bool, width: int, **given: Any) -> None:
    """Draw one or more figures by ID.

    \b
    Examples:
      generate figure wall-slide
      generate figure wall-slide chin-tuck --png --audience older-adult
    """
    _draw(ids, width if png else None, given)


@click.command(short_help="Draw all figures on a contact sheet.")
@figure_options
def figures(**given: Any) -> None:
    """Draw all figures on a contact sheet, at 40 and at 90 mm, for the editor.

    \b
    Example:
      generate figures --audience older-adult
    """
    _draw((), None, given)


def _draw(ids: tuple[str, ...], png: int | None, given: Mapping[str, Any]) -> None:
    """Draw figures, or all of them where none is named, and say where they are."""
    from clinicpress.authoring.gallery import write_figures

    places = places_of(given)
    for path in write_figures(places.sources, places.layouts, places.output, ids=ids, png=png,
                              audience=given["audience"], brand=given["brand"]):  # fmt: skip
        click.echo(shown(path))


COMMANDS = (figure, figures)
