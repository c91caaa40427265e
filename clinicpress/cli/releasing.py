"""``generate release``: all prints in a new folder, listed and signed; ``generate key``."""

import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from clinicpress.cli.options import (
    CHOOSING,
    folder_options,
    jobs_option,
    many,
    request_of,
    today_option,
    topic_option,
)
from clinicpress.cli.params import FILE, FOLDER
from clinicpress.cli.progress import Reporter
from clinicpress.cli.terminal import counted, tell
from clinicpress.errors import UnknownName, WrongChoice, shown
from clinicpress.orders.request import ALL, Places

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    from clinicpress.content.library import Library
    from clinicpress.orders.request import Request


@click.command(epilog=CHOOSING, short_help="Print all into a new folder, with a list of codes.")
@click.argument("folder", type=FOLDER)
@click.option("--since", type=click.Path(path_type=Path), metavar="RELEASE",
              help="The release before: what of it is no more is listed.")  # fmt: skip
@click.option("--withdraw", "withdrawn", multiple=True, nargs=2, metavar="CODE WHY",
              help="A print that must not be handed out, and why.")  # fmt: skip
@click.option("--final", is_flag=True, help="Print only what is signed by all who must.")
@click.option("--key", type=FILE, metavar="FILE",
              help="Sign it with the clinic's key, which “generate key” made.")  # fmt: skip
@topic_option
@many("publication", "Booklet, handout and so on; default: all.")
@many("audience", "Who reads; default: all.")
@many("format", "standard, clear or large; default: all.")
@many("region", "Country for numbers and words; default: the brand's, else neutral.")
@many("brand", "Folder below layouts/brands; default: default.")
@many("setting", "rack or given; default: rack.")
@folder_options
@jobs_option
@today_option
def release(folder: Path, since: Path | None, withdrawn: tuple[tuple[str, str], ...], today: date,
            jobs: int, key: Path | None, **given: Any) -> None:  # fmt: skip
    """Print all into FOLDER, which is new, and list it.

    Beside the prints lie release.json, codes.html (a page that looks codes up, for a web site or a
    shared drive), rack.txt (what to take from the rack and what to put there), check.txt,
    changes.txt (what patients read otherwise than in the release before) and the sources that all
    was made of. The same content makes the same bytes. With a key the whole is signed, in
    release.sig, and “generate verify FOLDER --key” tells whether anything of it was changed.

    \b
    Examples:
      generate release 2026-12 --region GB
      generate release 2027-03 --region GB --since 2026-12 --final
      generate release 2027-04 --since 2027-03 --withdraw 7K3M-9QX2 "Wrong number"
      generate release 2027-04 --since 2027-03 --final --key riverside.key
    """
    from clinicpress.cli.folders import folders
    from clinicpress.content.reader import read_library
    from clinicpress.runs.deliver import write_counter, write_notes
    from clinicpress.runs.run import produce
    from clinicpress.trust.release import read_release, released, require_new, write_release

    require_new(folder)
    secret = _opened(key) if key else None
    before = read_release(since) if since else None
    codes = {_code(code): why for code, why in withdrawn}
    every = {name: given[name] or (ALL,) for name in ("publications", "audiences", "formats")}
    request = request_of({**given, **every})
    places = Places(*folders(given["sources"], given["layouts"]), folder)
    with Reporter(folder, as_json=False) as reporter:
        results = produce(
            request, places, jobs=jobs, force=False, today=today, report=reporter.finished
        )
        reporter.summary(results)
    made = [result.made for result in results]
    write_notes(made, places)
    write_counter(request, places)
    library = read_library(places.sources)
    found = released(made, library, before, codes)
    changed = _changed(since, library, request, places.layouts) if since else None
    write_release(found, before, library, places, today, changed)
    tell(f"{shown(folder)}: {counted(len(found.prints), 'print')}, "
         f"{len(found.gone)} of earlier ones are no more.")  # fmt: skip
    if secret:
        from clinicpress.trust.signature import sign_release

        tell(f"Signed with the key {sign_release(folder, secret)}.")


def _changed(
    since: Path, library: "Library", request: "Request", layouts: Path
) -> Sequence[str] | None:
    """Return lines on what is read otherwise than in an earlier release, if it holds its sources.

    Raises Problems if something in these is unsafe to print by now.
    """
    from clinicpress.cli.differing import line_of, summary_of
    from clinicpress.comparison.revisions import differences
    from clinicpress.content.reader import read_library
    from clinicpress.trust.release import SOURCES

    if not (since / SOURCES).is_dir():
        return None
    asked = replace(request, formats=())  # what is said is the same in each
    found = differences(read_library(since / SOURCES), library, asked, layouts)
    return [summary_of(found), "", *map(line_of, found)]


def _opened(path: Path) -> "Ed25519PrivateKey":
    """Return the key of a file, for whose passphrase it is asked. Raises WrongChoice."""
    from clinicpress.trust.keys import is_open_to_others, read_key, require_library

    require_library()
    key = read_key(path, lambda: _passphrase(confirm=False))
    if is_open_to_others(path):
        tell(f"{shown(path)}: others on this computer may read this key. Keep it to yourself: "
             f"chmod 600 {shown(path)}")  # fmt: skip
    return key


def _passphrase(*, confirm: bool) -> bytes:
    """Return what was typed, unseen; what is piped in is its first line. Raises WrongChoice."""
    if sys.stdin.isatty():
        typed: str = click.prompt(
            "Passphrase of the key", hide_input=True, confirmation_prompt=confirm, err=True
        )
    else:
        typed = sys.stdin.readline().rstrip("\r\n")
    if not typed:
        raise WrongChoice("No passphrase was given. Type it, or send it in as one line.")
    return typed.encode()


@click.command("key", short_help="Make a key to sign releases with.")
@click.argument("file", type=FILE)
@click.option("--passphrase", is_flag=True, help="Lock it with a passphrase, which is asked for.")
def new_key(file: Path, passphrase: bool) -> None:
    """Make a key that releases are signed with, in FILE, and its public half, in FILE.pub.

    Keep FILE to those who release. Give FILE.pub, or what the key is known by, to all who are to
    know that a release is yours.

    \b
    Examples:
      generate key riverside.key --passphrase
      generate release 2027-04 --key riverside.key
      generate verify 2027-04 --key riverside.key.pub
    """
    from clinicpress.trust.keys import PUBLIC, require_library
    from clinicpress.trust.keys import new_key as made

    require_library()
    name = made(file, _passphrase(confirm=True) if passphrase else b"")
    click.echo(name)
    tell(f"{shown(file)} signs releases: keep it to those who release. {shown(file)}{PUBLIC} is "
         "for all who are to know that a release is yours.")  # fmt: skip


def _code(typed: str) -> str:
    from clinicpress.editions.code import code_in

    if (code := code_in(typed)) is None:
        raise UnknownName(f"“{typed}” is no code. A code has 8 letters and numbers.")
    return code


COMMANDS = (release, new_key)
