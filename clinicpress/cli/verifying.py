"""``generate verify``: whether a file, or a sheet with a code, is what is printed today."""

import json
import sys
from collections.abc import Iterable
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from clinicpress.cli.folders import places_of
from clinicpress.cli.options import as_json, folder_options, output_option, today_option
from clinicpress.cli.progress import Bar
from clinicpress.errors import shown

if TYPE_CHECKING:
    from clinicpress.trust.verify import Verdict

SAYS = {
    "current": "current: this is what is printed today",
    "overdue": "overdue: its review was due on {until}. Do not hand it out",
    "superseded": "superseded: the code of what is printed now is {now}. Do not hand it out",
    "withdrawn": "withdrawn: {why}. Do not hand it out",
    "altered": "altered: it says that it is {code}, and its bytes are not those of that print. "
    "Do not hand it out",
    "unknown": "unknown: nothing that can be printed here has the code {code}. Compare it letter "
    "by letter",
    "foreign": "not ours: it does not say which print of this program it is",
    "unreadable": "unreadable: {why}",
    "elsewhere": "leads elsewhere: its QR code holds the code {code} and opens {leads}, as that of "
    "no brand here does. Do not hand it out",
}  # fmt: skip
"""What is said of each verdict."""

SCANNED = {
    "current": "current: its code is that of what is printed today. Only the code was read, not "
    "the words on the paper",
    "overdue": "overdue: its review was due on {until}. Only the code was read, not the words on "
    "the paper. Do not hand it out",
}  # fmt: skip
"""What is said of a picture instead."""

REVIEWED = {
    "signed": "reviewed by {by}, {role}, on {on}", "unsigned": "not yet reviewed by a clinician",
    "changed": "changed since a clinician reviewed it",
    "incomplete": "not yet reviewed by all who must",
}  # fmt: skip


@click.command(short_help="Say whether a PDF, or a sheet with a code, is current.")
@click.argument("what", nargs=-1, metavar="FILE|CODE...")
@click.option("--scan", "pictures", multiple=True, type=click.Path(path_type=Path),
              metavar="PICTURE",
              help="A photograph or scan of a sheet whose QR code holds its code.")  # fmt: skip
@folder_options
@output_option
@today_option
@as_json("file or code")
def verify(what: tuple[str, ...], pictures: tuple[Path, ...], today: date, as_json: bool,
           **given: Any) -> None:  # fmt: skip
    """Say whether PDFs, or sheets of paper by their code, are what is printed today.

    A file is built again, and must be the same to the last byte; of a code or a picture the code
    alone is compared. It ends with 1 unless all are current.

    \b
    Examples:
      generate verify output/riverside/*.pdf
      generate verify 7K3M-9QX2
      generate verify --scan photo.jpg
    """
    if not (what or pictures):
        raise click.UsageError("Name a file, a code, or a picture with --scan.")
    from clinicpress.content.reader import read_library
    from clinicpress.trust.registers import known_in
    from clinicpress.trust.verify import Verifier

    places = places_of(given)
    with Bar() as bar:
        verifier = Verifier(
            read_library(places.sources), places.layouts, known_in(places.output), today,
            bar.advance,
        )  # fmt: skip
        found = [
            verifier.file(Path(each)) if _is_file(each) else verifier.code(each) for each in what
        ]
        found += map(verifier.picture, pictures)
    for verdict in found:
        click.echo(_json(verdict) if as_json else "\n".join(_lines(verdict)))
    sys.exit(any(verdict.standing != "current" for verdict in found))


def _is_file(asked: str) -> bool:
    return asked.lower().endswith(".pdf") or Path(asked).is_file()


def _json(verdict: "Verdict") -> str:
    said = asdict(verdict)
    said["asked"] = shown(Path(said["asked"])) if _is_file(said["asked"]) else said["asked"]
    return json.dumps(said, ensure_ascii=False)


def _lines(verdict: "Verdict") -> Iterable[str]:
    """Yield what is said of one, and what to copy into a record of a patient."""
    says = {**SAYS, **SCANNED} if verdict.scanned else SAYS
    yield f"{verdict.asked}: {says[verdict.standing].format(**asdict(verdict))}."
    if verdict.leads and verdict.standing != "elsewhere":
        yield f"  Its QR code opens {verdict.leads}, as that of no brand here does."
    if verdict.review:
        said = REVIEWED[verdict.review.standing].format(**asdict(verdict.review))
        yield (
            f"  {verdict.edition}, version {verdict.version}, code {verdict.code}; {said}; "
            f"use until {verdict.until}"
        )


COMMANDS = (verify,)
