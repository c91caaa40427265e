"""``generate verify``: whether a file, a sheet with a code, or a release is what it should be."""

import json
import sys
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from clinicpress.cli.folders import places_of
from clinicpress.cli.options import as_json, folder_options, output_option, today_option
from clinicpress.cli.params import FILE
from clinicpress.cli.progress import Bar
from clinicpress.errors import shown

if TYPE_CHECKING:
    from clinicpress.trust.signature import Checked
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

RELEASED = {
    "released": "signed with the key {key}: {files} files, each as it was released",
    "unproved": "signed with the key {key}, and each of {files} files is as it was then. Whose key "
    "that is cannot be told: name the one that you trust with --key",
    "other-key": "signed with the key {key}, which is not the one that you trust. Hand nothing of "
    "it out",
    "changed": "changed since it was signed: {wrong}. Hand nothing of it out",
    "forged": "its signature is none: it was changed, or is damaged. Hand nothing of it out",
    "unsigned": "not signed, or no release: nothing says who made it",
}  # fmt: skip
"""What is said of the folder of a release."""

REVIEWED = {
    "signed": "reviewed by {by}, {role}, on {on}", "unsigned": "not yet reviewed by a clinician",
    "changed": "changed since a clinician reviewed it",
    "incomplete": "not yet reviewed by all who must",
}  # fmt: skip


@click.command(short_help="Say whether a PDF, a sheet with a code, or a release is current.")
@click.argument("what", nargs=-1, metavar="FILE|CODE|FOLDER...")
@click.option("--scan", "pictures", multiple=True, type=click.Path(path_type=Path),
              metavar="PICTURE",
              help="A photograph or scan of a sheet whose QR code holds its code.")  # fmt: skip
@click.option("--key", type=FILE, metavar="FILE.pub",
              help="Of a release: the public half of the key that you trust.")  # fmt: skip
@folder_options
@output_option
@today_option
@as_json("file, code or folder")
def verify(what: tuple[str, ...], pictures: tuple[Path, ...], key: Path | None, today: date,
           as_json: bool, **given: Any) -> None:  # fmt: skip
    """Say whether PDFs, or sheets of paper by their code, are what is printed today.

    A file is built again, and must be the same to the last byte; of a code or a picture the code
    alone is compared. Of the folder of a release each file must be as it was signed. It ends with
    1 unless all are current.

    \b
    Examples:
      generate verify output/riverside/*.pdf
      generate verify 7K3M-9QX2
      generate verify --scan photo.jpg
      generate verify 2027-04 --key riverside.key.pub
    """
    if not (what or pictures):
        raise click.UsageError("Name a file, a code, a folder, or a picture with --scan.")
    folders = [each for each in what if Path(each).is_dir()]
    if key and not folders:
        raise click.UsageError("--key is for the folder of a release. Name that.")
    releases = _releases(folders, key)
    others = [each for each in what if each not in folders]
    found = _verdicts(others, pictures, today, given) if others or pictures else []
    for checked in releases:
        click.echo(_json(checked) if as_json else f"{checked.asked}: "
                   f"{RELEASED[checked.standing].format(**asdict(checked))}.")  # fmt: skip
    for verdict in found:
        click.echo(_json(verdict) if as_json else "\n".join(_lines(verdict)))
    are_right = all(each.standing == "released" for each in releases)
    sys.exit(not are_right or any(verdict.standing != "current" for verdict in found))


def _releases(folders: Sequence[str], key: Path | None) -> "list[Checked]":
    """Return what each folder of a release is. Raises WrongChoice for what is no key."""
    if not folders:
        return []
    from clinicpress.trust.keys import read_public, require_library
    from clinicpress.trust.signature import check_release

    if key:
        require_library()
    trusted = read_public(key) if key else None
    return [check_release(Path(folder), trusted) for folder in folders]


def _verdicts(
    what: Sequence[str], pictures: Sequence[Path], today: date, given: dict[str, Any]
) -> "list[Verdict]":
    """Return what each file, code and picture is."""
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
        return [*found, *map(verifier.picture, pictures)]


def _is_file(asked: str) -> bool:
    return asked.lower().endswith(".pdf") or Path(asked).is_file()


def _json(verdict: "Verdict | Checked") -> str:
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
