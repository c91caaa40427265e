"""``generate review``: who signed what, what is due, and signing itself."""

import json
import sys
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from clinicpress.cli.folders import folders
from clinicpress.cli.options import (
    CHOOSING,
    as_json,
    brand_option,
    folder_options,
    jobs_option,
    many,
    region_option,
    request_of,
    setting_option,
    today_option,
    topic_option,
)
from clinicpress.cli.params import DAY
from clinicpress.cli.progress import Bar
from clinicpress.cli.terminal import counted, tell
from clinicpress.errors import UnknownName, WrongChoice, shown, unknown
from clinicpress.orders.request import ALL

if TYPE_CHECKING:
    from clinicpress.content.library import Library
    from clinicpress.content.model import SignOff
    from clinicpress.trust.reading import Read
    from clinicpress.trust.scope import Scope


@click.group(short_help="Who signed what, what is due, and signing.")
def review() -> None:
    """Show who signed what and what is due, or sign.

    \b
    Examples:
      generate review status --region GB
      generate review due --within 90
      generate review sign --name "A. B." --role physiotherapist \\
        --organisation "Riverside Practice" --next-review 2027-11-22 --region GB
    """


@review.command("status", epilog=CHOOSING, short_help="Show how the review of prints stands.")
@click.argument("names", nargs=-1, metavar="[NAME]...")
@topic_option
@many("audience", "Who reads; default: all.")
@many("format", "standard, clear or large; default: all.")
@region_option
@brand_option
@setting_option
@folder_options
@jobs_option
@as_json("print")
def status(as_json: bool, **given: Any) -> None:
    """Show which prints are signed, and what in the others somebody has to look at.

    A print is signed while it says word for word what was signed, in each of its items.

    \b
    Examples:
      generate review status
      generate review status exercises --audience general --region GB --json
    """
    from clinicpress.content.reader import read_library
    from clinicpress.orders.plan import plan
    from clinicpress.trust.reading import read_editions

    every = {name: given[name] or (ALL,) for name in ("names", "audiences", "formats")}
    sources, layouts = folders(given["sources"], given["layouts"])
    library = read_library(sources)
    editions = plan(request_of({**given, **every}), library, layouts)
    editions = tuple(dict.fromkeys(edition.typeset for edition in editions))
    with Bar() as bar:
        read = read_editions(editions, library, layouts, jobs=given["jobs"], report=bar.advance)
    (_print_json if as_json else _print_table)(read, library)
    if not as_json:
        from clinicpress.trust.layouts import standing_of

        if (of_layouts := standing_of(layouts)).last:
            tell(str(of_layouts))


def _print_json(read: "Iterable[Read]", library: "Library") -> None:
    for one in read:
        said = {"path": str(one.edition.path), **asdict(one.state)}
        said["problems"] = [str(problem) for problem in one.problems]
        said["decisions"] = _decided(one, library)
        print(json.dumps(said, ensure_ascii=False))


def _decided(one: "Read", library: "Library") -> dict[str, str]:
    """Return what reviewers decided about what a print says, by item."""
    from clinicpress.content.signoff import standing

    holding = standing(library.topics[one.edition.topic].decisions)
    return {id: holding[said].decision for id, said in one.pieces.items() if said in holding}


DECIDED = {"reject": "rejected", "change": "to change", "accept": "accepted"}
"""What an item is that a reviewer decided about, the gravest first."""


def _print_table(read: "Iterable[Read]", library: "Library") -> None:
    """Print a line a print that is not signed, and how many there are of each."""
    counts: dict[str, int] = {}
    decided: dict[str, set[str]] = {}
    for one in read:
        own = _decided(one, library)
        for id, decision in own.items():
            decided.setdefault(id, set()).add(decision)
        rejected = [id for id, decision in own.items()
                    if decision == "reject" and id not in one.without]  # fmt: skip
        standing = "unprintable" if one.problems or rejected else one.state.standing
        counts[standing] = counts.get(standing, 0) + 1
        if one.problems:
            click.echo(f"{one.edition.name}: cannot be printed: {one.problems[0]}")
        elif rejected:
            click.echo(f"{one.edition.name}: cannot be printed: rejected: {', '.join(rejected)}")
        elif one.without:
            click.echo(f"{one.edition.name}: printed without what was rejected: "
                       f"{', '.join(one.without)}")  # fmt: skip
        elif one.state.standing != "unsigned" and (missing := one.state.missing):
            click.echo(f"{one.edition.name}: {missing}")
    total = ", ".join(f"{count} {standing}" for standing, count in sorted(counts.items()))
    tell(f"{counted(sum(counts.values()), 'print')}: {total}")
    if decided:
        tell(_tally(decided))


def _tally(decided: "Mapping[str, set[str]]") -> str:
    """Return what reviewers decided, naming what stops a print or a sign-off."""
    worst = {id: next(each for each in DECIDED if each in found) for id, found in decided.items()}
    said = []
    for decision, words in DECIDED.items():
        if ids := [id for id, each in worst.items() if each == decision]:
            names = "" if decision == "accept" else f" ({', '.join(ids)})"
            said.append(f"{len(ids)} {words}{names}")
    return f"Decided about {counted(len(decided), 'item')}: {', '.join(said)}"


@review.command("due", short_help="Show which reviews are due.")
@click.option("--within", type=click.IntRange(0, 3660), default=90, metavar="DAYS",
              help="How many days to look ahead; default: 90.")  # fmt: skip
@topic_option
@folder_options
@today_option
@as_json("topic or sign-off")
def due(within: int, today: date, as_json: bool, **given: Any) -> None:
    """Show the topics and sign-offs that end within some days, the first first.

    \b
    Example:
      generate review due --within 180
    """
    from clinicpress.content.reader import read_library

    library = read_library(folders(given["sources"], given["layouts"])[0])
    last = today + timedelta(days=within)
    found = sorted(each for each in _ends(library, given["topics"]) if each[0] <= last)
    for day, what in found:
        late = day < today
        if as_json:
            print(json.dumps({"day": day.isoformat(), "what": what, "overdue": late}))
        else:
            click.echo(f"{day}  {what}{'  overdue' if late else ''}")
    if not as_json:
        tell(f"{counted(len(found), 'review')} due by {last}")


def _ends(library: "Library", topics: tuple[str, ...]) -> Iterable[tuple[date, str]]:
    for id in _topics(library, topics):
        topic = library.topics[id]
        yield topic.topic.review_by, f"{id}: version {topic.topic.version}"
        for one in topic.reviews:
            if one.version == topic.topic.version:
                yield one.next_review, f"{id}: sign-off of {one.name}, {one.role}"


def _topics(library: "Library", asked: tuple[str, ...]) -> list[str]:
    for id in asked:
        if id not in (*library.topics, ALL):
            raise unknown("topic", id, library.topics)
    return [id for id in library.topics if not asked or id in asked or ALL in asked]


@review.command("sign", epilog=CHOOSING, short_help="Sign what readers get.")
@topic_option
@click.option("--name", required=True, help="Who signs.")
@click.option("--role", required=True, help="As what, such as physiotherapist.")
@click.option("--organisation", required=True, help="For which service.")
@click.option("--registration", nargs=2, metavar="BODY NUMBER", help="Such as HCPC PH123456.")
@click.option("--role-only", is_flag=True, help="Let prints say the role and service, no name.")
@click.option("--date", "signed", type=DAY, metavar="DATE", help="Day of reading; default: today.")
@click.option("--next-review", type=DAY, required=True, metavar="DATE", help="Until when it holds.")
@many("audience", "Readers whose prints were read; default: all.")
@many("region", "Countries whose prints were read; default: neutral.")
@many("brand", "Brands in whose words they were read; default: default.")
@click.option("--yes", is_flag=True, help="Do not ask whether all of it was read.")
@folder_options
@jobs_option
@today_option
def sign(today: date, yes: bool, **given: Any) -> None:
    """Sign, as the person who read it, what readers get: each word, number and drawing.

    The sign-off is added to the topic's reviews.yaml. It holds for as long as a print says exactly
    that, and for nothing else.

    \b
    Example:
      generate review sign --name "A. B." --role physiotherapist \\
        --organisation "Riverside Practice" --next-review 2027-11-22 --region GB
    """
    from clinicpress.content.reader import read_library
    from clinicpress.trust.signing import Signer, keep
    from clinicpress.trust.signing import sign as signed_by

    sources, layouts = folders(given["sources"], given["layouts"])
    library = read_library(sources)
    scope = scope_of(given, library)
    signer = Signer(
        given["name"], given["role"], given["organisation"], given["signed"] or today,
        given["next_review"], given["registration"] or None, names=not given["role_only"],
    )  # fmt: skip
    if signer.on > today:
        raise WrongChoice(f"{signer.on} is to come. Give the day on which it was read.")
    if not (yes or click.confirm(_question(signer.name, signer.role, scope), err=True)):
        tell("Nothing was signed.")
        sys.exit(1)
    with Bar() as bar:
        record = signed_by(
            signer, scope, library, layouts, jobs=given["jobs"], report=bar.advance
        )  # fmt: skip
    path = keep(record, scope.topic, sources)
    _tell_signed(record, path)


@review.command("layouts", short_help="Show who signed the layouts, or sign them.")
@click.option("--name", default="", help="Who signs.")
@click.option("--role", default="", help="As what, such as clinical lead.")
@click.option("--organisation", default="", help="For which service.")
@click.option("--yes", is_flag=True, help="Do not ask whether the specimens were looked at.")
@folder_options
@today_option
@as_json("review of the layouts")
def layouts_(name: str, role: str, organisation: str, yes: bool, today: date, as_json: bool,
             **given: Any) -> None:  # fmt: skip
    """Show whether the layouts are as somebody signed them; with --name, sign them.

    Where signs stand, and how large, is safety. Look at specimens of the products first: “generate
    brand preview” makes them. It ends with 1 while they are not signed.

    \b
    Examples:
      generate review layouts
      generate review layouts --name "A. B." --role "clinical lead" --organisation "Riverside"
    """
    from clinicpress.trust.layouts import sign_layouts, standing_of

    design = folders(given["sources"], given["layouts"])[1]
    if name or role or organisation:
        asked = f"{name}, {role}: did you look at the specimens (“generate brand preview”)?"
        if not (yes or click.confirm(asked, err=True)):
            tell("Nothing was signed.")
            sys.exit(1)
        click.echo(shown(sign_layouts(design, name, role, organisation, today)))
    found = standing_of(design)
    if as_json:
        said = {"signed": found.is_signed, "by": found.last.name if found.last else "",
                "changed": found.changed, "words": str(found)}  # fmt: skip
        print(json.dumps(said, ensure_ascii=False))
    else:
        tell(str(found))
    sys.exit(not found.is_signed)


def one_topic(library: "Library", asked: tuple[str, ...]) -> str:
    """Return the one topic that is meant. Raises UnknownName, and WrongChoice where two are."""
    topics = _topics(library, asked)
    if len(topics) != 1:
        raise WrongChoice(
            f"A sign-off is for one topic. Name it with --topic: {', '.join(topics)}."
        )
    return topics[0]


def scope_of(given: dict[str, Any], library: "Library") -> "Scope":
    """Return what is signed. Raises UnknownName; WrongChoice where two topics are meant."""
    from clinicpress.orders.plan import FIRST_BRAND, FIRST_LANGUAGE, NO_REGION
    from clinicpress.trust.scope import Scope

    topics = [one_topic(library, given["topics"])]
    audiences = _named(given["audiences"] or (ALL,), library.audiences, "audience")
    served = {id for each in library.topics[topics[0]].publications.values()
              for id in library.readers(each)}  # fmt: skip
    if lacking := [id for id in given["audiences"] if id not in (*served, ALL)]:
        raise UnknownName(f"There is nothing for “{lacking[0]}” in “{topics[0]}”. Leave it out.")
    regions = _named(given["regions"] or (NO_REGION,), library.regions, "region")
    return Scope(topics[0], tuple(id for id in audiences if id in served), (FIRST_LANGUAGE,),
                 regions, given["brands"] or (FIRST_BRAND,))  # fmt: skip


def _named(asked: tuple[str, ...], known: Iterable[str], what: str) -> tuple[str, ...]:
    names = tuple(known)
    for name in asked:
        if name not in (*names, ALL):
            raise unknown(what, name, names)
    return names if ALL in asked else asked


def _question(name: str, role: str, scope: "Scope") -> str:
    return (
        f"{name}, {role}: did you read all that “{scope.topic}” says to "
        f"{', '.join(scope.audiences)} ({', '.join(scope.regions)}), and is it right?"
    )


def _tell_signed(record: "SignOff", path: Path) -> None:
    count = sum(len(said.split()) for said in record.items.values())
    click.echo(shown(path))
    tell(
        f"Signed: {counted(len(record.items), 'item')} in {count} wordings, for "
        f"{', '.join(record.audiences)} ({', '.join(record.regions)}), until {record.next_review}."
    )


COMMANDS = (review,)
