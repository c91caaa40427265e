"""``generate diff``: what readers would read otherwise in another version of the sources."""

import json
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from clinicpress.cli.folders import folders
from clinicpress.cli.options import (
    CHOOSING,
    as_json,
    brand_option,
    layouts_option,
    many,
    region_option,
    request_of,
    setting_option,
    topic_option,
)
from clinicpress.cli.params import FILE, FOLDER
from clinicpress.cli.terminal import counted, tell
from clinicpress.errors import shown
from clinicpress.orders.request import ALL

if TYPE_CHECKING:
    from clinicpress.comparison.revisions import Difference
    from clinicpress.content.library import Library

SIGNS = {"added": "+", "left-out": "-", "moved": "~", "reworded": " "}


@click.command(epilog=CHOOSING, short_help="Show what another version of the sources changes.")
@click.argument("before", type=FOLDER)
@click.argument("after", type=FOLDER, required=False)
@click.option("--pdf", type=FILE, metavar="FILE", help="Write it as a PDF, too.")
@topic_option
@many("publication", "Booklet, handout and so on; default: all.")
@many("audience", "Who reads; default: all.")
@region_option
@brand_option
@setting_option
@layouts_option
@as_json("difference")
def diff(before: Path, after: Path | None, pdf: Path | None, as_json: bool,
         layouts: Path | None, **given: Any) -> None:  # fmt: skip
    """Show what patients would read otherwise in AFTER, or today's sources, than in BEFORE.

    Both are folders of sources, releases, or git revisions of the sources. Signs, cautions, doses
    and numbers come first. What is no more stands in [-…-], what is new in {+…+}.

    \b
    Examples:
      generate diff ../signed/sources
      generate diff 2026-12 2027-03
      generate diff HEAD~3 --pdf changes.pdf
      generate diff old/sources new/sources --audience general --json
    """
    from clinicpress.comparison.revisions import differences

    every = {name: given[name] or (ALL,) for name in ("publications", "audiences")}
    request = request_of({**given, **every})
    old, new, layouts = _both(before, after, layouts)
    found = differences(old, new, request, layouts)
    if pdf:
        from clinicpress.trust.difference import Versions, write_difference

        named = Versions(_called(before), _called(after) if after else "")
        click.echo(shown(write_difference(found, named, new, layouts, pdf)), err=as_json)
    for one in found:
        click.echo(_json(one) if as_json else line_of(one))
    tell(summary_of(found))


def _both(
    before: Path, after: Path | None, layouts: Path | None
) -> "tuple[Library, Library, Path]":
    """Return the libraries of both versions, and the layouts in which they are read."""
    from clinicpress.content.reader import read_library
    from clinicpress.files.gitting import at_revision
    from clinicpress.trust.release import sources_in

    with ExitStack() as held:
        own, layouts = folders(sources_in(after) if after and after.is_dir() else None, layouts)

        def read(named: Path) -> "Library":
            if named.is_dir():
                return read_library(sources_in(named), drawn=False)
            at = held.enter_context(at_revision(named.as_posix(), own))
            return read_library(at, drawn=False)

        return read(before), read_library(own) if after is None else read(after), layouts


def _called(version: Path) -> str:
    """Return what a version is called on paper: a revision as it was typed, a folder by its name.

    The path to it may tell who somebody is.
    """
    return version.resolve().name if version.is_dir() else version.as_posix()


def summary_of(found: Sequence["Difference"]) -> str:
    """Return how many differences there are, and how many of them can do harm."""
    clinical = sum(one.clinical for one in found)
    return f"{counted(len(found), 'difference')}; {clinical} of signs, cautions, doses or numbers"


def _json(one: "Difference") -> str:
    said = asdict(one)
    said |= said.pop("change")
    said["within"] = [thing.id for thing in one.change.thing.line[:-1]]
    said["thing"] = {"kind": one.change.thing.kind, "id": one.change.thing.id}
    del said["reasons"]
    return json.dumps(said, ensure_ascii=False)


def line_of(one: "Difference") -> str:
    """Return what is said of a difference: first whether it can do harm, last who reads it."""
    change = one.change
    place = " › ".join([*(thing.id for thing in change.thing.line), *change.field, *_step(one)])
    said = " ".join(_marked(one)) if change.how == "reworded" else _named(one)
    mark = "!" if one.clinical else " "
    readers = f"({', '.join(one.audiences)}: {', '.join(one.publications)})"
    return f"{mark}{SIGNS[change.how]} {change.thing.kind} {place}: {said}  {readers}"


def _step(one: "Difference") -> list[str]:
    return [one.change.step] if one.change.step else []


def _named(one: "Difference") -> str:
    change = one.change
    if change.how == "moved":
        return f"from {change.one} to {change.other}"
    return str(change.thing.other or change.thing.one or change.thing.id)


def _marked(one: "Difference") -> Iterator[str]:
    """Yield both texts merged, word by word, with marks around what only one has."""
    from clinicpress.cli.marked import MARKS
    from clinicpress.comparison.collation import merged

    for piece in merged(one.change.one or "", one.change.other or ""):
        before, after, _ = MARKS[piece.only]
        yield f"{before}{piece.words}{after}"


COMMANDS = (diff,)
