"""``generate brand preview``: pages of a brand on a few sheets, and anew at each save."""

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from clinicpress.cli.brands import brand
from clinicpress.cli.completing import offering
from clinicpress.cli.folders import places_of
from clinicpress.cli.options import folder_options, output_option, today_option
from clinicpress.cli.terminal import tell
from clinicpress.errors import ClinicpressError, shown

if TYPE_CHECKING:
    from clinicpress.runs.preview import Rebuilt


@brand.command("preview", short_help="Show pages of a brand on a few sheets.")
@click.argument("name", default="default", metavar="[NAME]", shell_complete=offering("brand"))
@click.option("--open", "opens", is_flag=True, help="Open it when it is made.")
@click.option("--watch", is_flag=True, help="Make it anew at each save, until Ctrl-C.")
@output_option
@today_option
@folder_options
def preview(
    name: str, opens: bool, watch: bool, today: date, output: Path,
    layouts: Path | None, sources: Path | None,
) -> None:  # fmt: skip
    """Show a brand: cover, signs, an exercise, a table and more, in colour and in grey.

    They are cut out of real editions and stand on a few sheets, which are not for patients. With
    --watch only the prints are laid out anew that a save changes; leave the file open in a viewer
    that reloads it.

    \b
    Examples:
      generate brand preview riverside --open
      generate brand preview riverside --watch
    """
    from clinicpress.files.saves import saves
    from clinicpress.runs.preview import previewing

    places = places_of({"sources": sources, "layouts": layouts, "output": output})
    try:
        with previewing(places, name, today) as rebuild:
            saved = saves(_Folders(places.layouts, name).now)
            made = _rebuilt(rebuild, lenient=watch)
            if opens and made:
                click.launch(str(made.path))
            if watch:
                tell(f"Watching {shown(places.layouts / 'brands' / name)}. Ctrl-C ends it.")
                for _ in saved:
                    _rebuilt(rebuild, lenient=True)
    except KeyboardInterrupt:
        if not watch:
            raise
        tell("Stopped.")


def _rebuilt(rebuild: "Callable[[], Rebuilt]", *, lenient: bool) -> "Rebuilt | None":
    """Make the preview and say so; if ``lenient``, what is wrong is told and may be mended."""
    try:
        made = rebuild()
    except ClinicpressError as error:
        if not lenient:
            raise
        tell(str(error), fg="red")
        return None
    what = ", ".join(made.kinds) or "nothing differs"
    click.echo(shown(made.path))
    tell(f"Laid out: {what}; {made.seconds:.1f} s.")
    return made


class _Folders:
    """The folders of a brand and of those that it is like; while its file is broken, as before."""

    def __init__(self, layouts: Path, name: str) -> None:
        self.layouts, self.name = layouts, name
        self.last: Sequence[Path] = [layouts / "brands" / name]

    def now(self) -> Sequence[Path]:
        """Return them as they are now."""
        from clinicpress.design.brand import lineage

        try:
            found = lineage(self.layouts, self.name)
        except ClinicpressError:
            return self.last
        self.last = [self.layouts / "brands" / each for each in found]
        return self.last


COMMANDS = ()
