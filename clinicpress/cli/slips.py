"""``generate review typo``: an editor mends a slip of the pen in what was signed."""

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from clinicpress.cli.folders import folders
from clinicpress.cli.options import folder_options, jobs_option, today_option, topic_option
from clinicpress.cli.params import FOLDER
from clinicpress.cli.progress import Bar
from clinicpress.cli.reviewing import one_topic, review
from clinicpress.cli.terminal import counted, tell
from clinicpress.errors import shown

if TYPE_CHECKING:
    from clinicpress.content.model import Mend


@review.command("typo", short_help="Keep a sign-off over a slip of the pen.")
@topic_option
@click.option(
    "--since", type=FOLDER, required=True, help="Folder of the sources as they were signed."
)
@click.option("--name", required=True, help="Who mended it.")
@click.option("--yes", is_flag=True, help="Do not ask whether these are slips of the pen.")
@click.option("--dry-run", is_flag=True, help="Say what would come of it, and write nothing.")
@folder_options
@jobs_option
@today_option
def typo(since: Path, name: str, today: date, yes: bool, dry_run: bool, **given: Any) -> None:
    """Record that what was changed since the sign-off is a slip of the pen, so that it holds.

    Mend the word in the sources first. A misspelt word, a word written twice or a space is a slip;
    a number, a comma, a “not”, a unit, an item's name and what must be read never are. If anything
    else was changed, nothing is recorded, and it has to be signed again.

    \b
    Example:
      generate review typo --since ../signed/sources --name "E. F."
    """
    from clinicpress.content.reader import read_library
    from clinicpress.trust.mending import keep_mends, mended

    sources, layouts = folders(given["sources"], given["layouts"])
    library, signed = read_library(sources), read_library(since, drawn=False)
    topic = one_topic(library, given["topics"])
    with Bar() as bar:
        found = mended(topic, signed, library, layouts, name.strip(), today,
                       jobs=given["jobs"], report=bar.advance)  # fmt: skip
    _show(found.mends)
    if found.refused:
        for sentence in found.refused:
            tell(sentence)
        tell("Nothing was recorded.")
        sys.exit(1)
    if not found.mends:
        tell("Nothing reads otherwise than it was signed, or its slips are recorded already.")
        return
    asked = "Is each of these a slip of the pen, by which nobody does anything otherwise?"
    if dry_run or not (yes or click.confirm(asked, err=True)):
        tell("Nothing was recorded.")
        sys.exit(0 if dry_run else 1)
    click.echo(shown(keep_mends(found.mends, topic, sources)))
    words = counted(sum(len(one.wordings) for one in found.mends), "wording")
    tell(f"Recorded: {counted(len(found.mends), 'slip')} in {words}. The sign-off holds.")


def _show(mends: "tuple[Mend, ...]") -> None:
    """Print each changed line once, word by word."""
    from clinicpress.cli.marked import MARKS
    from clinicpress.comparison.collation import merged

    told = dict.fromkeys(
        (one.item, before, after) for one in mends
        for before, after in zip(one.before, one.after, strict=True)
    )  # fmt: skip
    for item, before, after in told:
        pieces = (
            f"{MARKS[piece.only][0]}{piece.words}{MARKS[piece.only][1]}"
            for piece in merged(before, after)
        )
        click.echo(f"{item}: {' '.join(pieces)}")


COMMANDS = (review,)
