"""``generate review pack`` and ``generate review import``: what a reviewer reads and decides."""

import json
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from clinicpress.cli.folders import folders
from clinicpress.cli.options import (
    folder,
    folder_options,
    jobs_option,
    many,
    output_option,
    today_option,
    topic_option,
)
from clinicpress.cli.params import DAY
from clinicpress.cli.progress import Bar
from clinicpress.cli.reviewing import review, scope_of
from clinicpress.cli.terminal import counted, tell
from clinicpress.errors import named, shown

if TYPE_CHECKING:
    from clinicpress.trust.decided import Outcome


@review.command("pack", short_help="Write what a reviewer reads, with a form to decide in.")
@topic_option
@many("audience", "Readers whose prints are reviewed; default: all.")
@many("region", "Countries whose prints are reviewed; default: neutral.")
@many("brand", "Brands in whose words they are read; default: default.")
@folder("since", "Folder of the sources that were signed, to show each changed word.")
@click.option("--changed", is_flag=True, help="Leave out what reads as it was signed.")
@output_option
@folder_options
@jobs_option
def pack(since: Path | None, changed: bool, output: Path, **given: Any) -> None:
    """Write all that a sign-off of these readers would bind to, with what it rests on.

    It is a PDF with a form, to be filled in on a screen or on paper, and the same as a table for a
    spreadsheet. “generate review import” reads either back.

    \b
    Examples:
      generate review pack --audience general --region GB
      generate review pack --region GB --changed --since ../signed/sources
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
    found = found.unsigned() if changed else found
    if not found.matters:
        tell("Nothing was written: all of it reads as it was signed.")
        return
    for path in write_pack(found, library, layouts, output):
        click.echo(shown(path))
    words = sum(len(one.every) for one in found.matters)
    tell(f"{counted(len(found.matters), 'item')} in {counted(words, 'wording')} to decide about.")


@review.command("import", short_help="Read what reviewers decided.")
@click.argument(
    "files", nargs=-1, required=True, metavar="FILE...", type=click.Path(path_type=Path)
)
@click.option("--name", default="", help="Who decided, where a file does not say it.")
@click.option("--role", default="", help="As what, such as physiotherapist.")
@click.option("--date", "on", type=DAY, metavar="DATE",
              help="On which day; default: the file's, else today.")  # fmt: skip
@click.option("--scan", type=click.Path(path_type=Path),
              help="The scan of the form that was signed on paper, to be kept.")  # fmt: skip
@click.option("--dry-run", is_flag=True, help="Say what would come of it, and write nothing.")
@folder_options
@jobs_option
@today_option
@click.option("--json", "as_json", is_flag=True, help="One JSON object of what came of it.")
def import_(files: tuple[Path, ...], today: date, scan: Path | None, dry_run: bool,
            as_json: bool, **given: Any) -> None:  # fmt: skip
    """Read filled-in packs, PDFs or tables, into the topic's decisions.yaml.

    What is rejected is printed no more; what is to be changed cannot be signed. It ends with 1
    while anything is rejected, to be changed or not decided.

    \b
    Examples:
      generate review import pack.pdf
      generate review import pack.csv --name "A. B." --role physiotherapist --dry-run
      generate review import pack.csv --name "A. B." --scan signed.pdf
    """
    from clinicpress.content.reader import read_library
    from clinicpress.trust.decided import Who, import_filled, keep_decisions
    from clinicpress.trust.fillings import read_filled
    from clinicpress.trust.scans import keep_scan, read_scan

    sources, layouts = folders(given["sources"], given["layouts"])
    filled = read_filled(files)
    signed = read_scan(scan) if scan else None
    who = Who(given["name"].strip(), given["role"].strip(), given["on"],
              signed.digest if signed else "")  # fmt: skip
    with Bar() as bar:
        outcome = import_filled(
            filled, who, read_library(sources), layouts, today, jobs=given["jobs"],
            report=bar.advance,
        )  # fmt: skip
    if signed and outcome.decisions and not dry_run:  # first, so that what names it finds it
        tell(f"The scan is kept as {shown(keep_scan(signed, outcome.topic, sources))}.")
    path = None if dry_run else keep_decisions(outcome, sources)
    (_print_json if as_json else _print_outcome)(outcome, path)
    sys.exit(bool(outcome.rejected or outcome.to_change or outcome.undecided))


STATES = {
    "accepted": "accepted", "to_change": "to change", "rejected": "rejected",
    "undecided": "not decided", "void": "void, for its words were changed since",
}  # fmt: skip
"""What is said of items, by what an outcome calls it."""


def _print_json(outcome: "Outcome", path: Path | None) -> None:
    said = {"topic": outcome.topic, "new": len(outcome.decisions),
            **{name: getattr(outcome, name) for name in STATES},
            "unreasoned": outcome.unreasoned, "written": shown(path) if path else None}  # fmt: skip
    print(json.dumps(said, ensure_ascii=False))


def _print_outcome(outcome: "Outcome", path: Path | None) -> None:
    if path:
        click.echo(shown(path))
    for name, words in STATES.items():
        ids = getattr(outcome, name)
        if ids or name != "void":
            names = "" if name == "accepted" or not ids else f": {named(ids)}"
            tell(f"{len(ids)} {words}{names}")
    if outcome.unreasoned:
        tell(f"Without a reason: {named(outcome.unreasoned)}. Ask who decided so.")
    if path is None:
        tell("Nothing was written." if outcome.decisions else "Nothing of it is new.")


COMMANDS = (review,)
