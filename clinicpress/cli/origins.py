"""``generate brand explain``: where each thing of a brand comes from, along its search path."""

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from clinicpress.cli.folders import folders
from clinicpress.cli.options import as_json, folder_options

if TYPE_CHECKING:
    from clinicpress.design.origins import Origin

LONGEST = 48
"""Letters of a value that are shown on its line."""


@click.command(
    "explain",
    short_help="Say where each setting, slot, style and string comes from.",
    context_settings={"ignore_unknown_options": True},  # a token is written as an option is
)
@click.argument("key", required=False, metavar="[KEY]")
@click.option("--brand", default="default", show_default=True, metavar="NAME",
              help="Folder below layouts/brands.")  # fmt: skip
@as_json("setting, slot, template, style, icon, string or token")
@folder_options
def explain(
    key: str | None, brand: str, layouts: Path | None, sources: Path | None, as_json: bool
) -> None:
    """Say where each thing of a brand comes from, with file and line.

    It is looked for in the brand's own folder, then in those of the brands that it is like, then
    in the layouts.

    KEY is a setting (footer, colours), a slot, template, style or icon, a string or a token.
    Without it, all settings are listed, and what else is not the layouts' own.

    \b
    Examples:
      generate brand explain --brand north
      generate brand explain colours.brand --brand north
      generate brand explain slots
    """
    from clinicpress.design.brand import lineage
    from clinicpress.design.origins import meant, origins

    _, design = folders(sources, layouts)
    found = origins(design, brand)
    shown = meant(found, key) if key else found
    if as_json:
        for each in shown:
            click.echo(json.dumps(_as_object(brand, each), ensure_ascii=False))
        return
    if not key:
        click.echo(f"Looked for in: {' → '.join([*lineage(design, brand), 'layouts'])}")
    for line in _told(shown) if key else _summed_up(shown, design):
        click.echo(line)


def _as_object(brand: str, each: "Origin") -> dict[str, object]:
    return {
        "brand": brand, "kind": each.kind, "key": each.key, "value": each.value,
        "file": each.place.file, "line": each.place.line,
        "instead_of": [{"file": place.file, "line": place.line} for place in each.hidden],
    }  # fmt: skip


def _told(shown: Sequence["Origin"]) -> Iterator[str]:
    width = max((len(each.key) for each in shown), default=0)
    for each in shown:
        value = each.value if len(each.value) <= LONGEST else f"{each.value[: LONGEST - 1]}…"
        stated = str(each.place) if each.place.file else "not stated"
        instead = f", instead of {', '.join(map(str, each.hidden))}" if each.hidden else ""
        said = f"  {value}" if value else ""
        yield f"{each.kind:<8}  {each.key:<{width}}  {stated}{instead}{said}"


def _summed_up(found: Sequence["Origin"], layouts: Path) -> Iterator[str]:
    """Yield the settings, what brands say of all else, and how much is the layouts' own."""
    from clinicpress.errors import shown

    brands = shown(layouts / "brands" / "x").removesuffix("x")
    own = [each for each in found
           if each.kind == "setting" or each.place.file.startswith(brands)]  # fmt: skip
    yield from _told(own)
    rest = Counter(each.kind for each in found if each not in own)
    counted = ", ".join(f"{count} {kind}s" for kind, count in rest.items())
    yield f"From the layouts: {counted}."
