"""``generate topic``: a new topic to fill in, and what of it is left to do."""

import sys
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from clinicpress.cli.completing import offering
from clinicpress.cli.folders import folders
from clinicpress.cli.options import folder_options, jobs_option, today_option
from clinicpress.cli.terminal import counted, tell
from clinicpress.errors import shown, visible

if TYPE_CHECKING:
    from clinicpress.errors import Problem


@click.group(short_help="Begin a topic of your own, or see what of it is left.")
def topic() -> None:
    """Begin a topic of your own, or see what of it is left to write.

    \b
    Examples:
      generate topic new sore-toe --kind movement
      generate topic import ../sent/sore-toe
      generate topic check sore-toe
    """


@topic.command(short_help="Write the folder of a new topic, to be filled in.")
@click.argument("name", metavar="NAME")
@click.option("--kind", type=click.Choice(["movement", "procedure", "information"]), required=True,
              help="Something to do with a dose, something step by step, or to know.")  # fmt: skip
@today_option
@folder_options
def new(name: str, kind: Any, today: date, **given: Path | None) -> None:
    """Write a folder below sources with all that a topic of this kind has.

    Each text to be written is marked TODO. Until all are, it is printed with --draft alone, and
    each page says that it is a draft.

    \b
    Examples:
      generate topic new sore-toe --kind movement
      generate topic new inhaler --kind procedure
      generate topic new visiting-hours --kind information
    """
    from clinicpress.authoring.newtopic import write_topic

    sources, _ = folders(given["sources"], given["layouts"])
    made = write_topic(sources, name, kind, today)
    for path in made:
        click.echo(shown(path))
    tell(
        f"{counted(len(made), 'file')}. Next: “generate booklet --topic {name} --draft” prints it "
        f"as it is, “generate topic check {name}” says what is left to write."
    )


@topic.command("import", short_help="Copy a topic that somebody sent, if it is sound.")
@click.argument("folder", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option("--with-sign-offs", "signed", is_flag=True,
              help="Copy its sign-offs, too, if you are sure where it is from.")  # fmt: skip
@folder_options
def import_(folder: Path, signed: bool, **given: Path | None) -> None:
    """Copy the folder of a topic below the sources: all of it, or nothing if something is wrong.

    Nothing in it is run. What is no part of a topic is left behind, and so are its sign-offs and
    its reviewers' decisions, for whoever writes into a folder can write them in another's name.

    \b
    Examples:
      generate topic import ../sent/sore-toe
      generate topic import ../group/sore-toe --with-sign-offs
    """
    from clinicpress.authoring.importing import import_topic

    sources, _ = folders(given["sources"], given["layouts"])
    made = import_topic(folder, sources, signed=signed)
    click.echo(shown(made.folder))
    told = made.topic.topic
    name = made.folder.name
    tell(f"{counted(made.files, 'file')}, version {told.version} of {told.date}. "
         f"Licence: {visible(made.licence) if made.licence else 'none is stated'}.")  # fmt: skip
    for licence in dict.fromkeys(each.figure.licence for each in made.topic.artworks.values()):
        if licence:
            tell(f"Pictures from outside: {visible(licence)}.")
    if made.left:
        tell(f"No part of a topic, and left behind: {visible(', '.join(made.left))}.")
    if made.signed and not signed:
        tell(f"{counted(made.signed, 'sign-off')} left behind: have it read and signed here.")
    tell(f"Next: “generate topic check {name}” says what keeps it from print.")


@topic.command("check", short_help="Say what of a topic is left to write and to mend.")
@click.argument("name", metavar="NAME", shell_complete=offering("topic"))
@click.option("--draft", is_flag=True, help="Leave out what is still to be written.")
@today_option
@jobs_option
@folder_options
def check_(name: str, draft: bool, today: date, jobs: int, **given: Path | None) -> None:
    """Say what of a topic is left: each TODO with its place, and all that check finds in it.

    Where nothing keeps it from print so far, all its prints are made as well, and written nowhere:
    a panel too full is told here. It ends with 1 where something is left.

    \b
    Examples:
      generate topic check sore-toe
      generate topic check sore-toe --draft
    """
    from clinicpress.checks.codes import fails_check, stops_print
    from clinicpress.checks.inspection import UNWRITTEN, inspect_topic

    places = folders(given["sources"], given["layouts"])
    found = inspect_topic(*places, name, today, draft=draft)
    if not any(map(stops_print, found)):
        found = (*found, *_unprintable(name, *places, draft=draft, jobs=jobs))
    for problem in found:
        click.echo(problem)
    left = sum(problem.code == UNWRITTEN for problem in found)
    failed = any(map(fails_check, found))
    tell(
        f"{name}: {left} left to write, {len(found) - left} to mend or to mind"
        f"{'' if failed else ': it may be printed'}.",
        fg="red" if failed else "green",
    )
    sys.exit(failed)


def _unprintable(
    name: str, sources: Path, layouts: Path, *, draft: bool, jobs: int
) -> "Iterable[Problem]":
    """Return what keeps prints of a topic from paper, with a bar while they are made."""
    from clinicpress.cli.progress import Bar
    from clinicpress.content.reader import read_library
    from clinicpress.runs.trial import unprintable

    with Bar() as bar:
        return unprintable(name, read_library(sources), layouts, draft=draft, jobs=jobs,
                           report=bar.advance)  # fmt: skip


COMMANDS = (topic,)
