"""``generate check``: how the content reads and every rule, or pages, as tables or as JSON."""

import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from click.core import ParameterSource

from clinicpress.cli.folders import folders
from clinicpress.cli.options import (
    CHOOSING,
    as_json,
    folder_options,
    jobs_option,
    many,
    request_of,
    today_option,
    topic_option,
)
from clinicpress.orders.request import ALL

if TYPE_CHECKING:
    from clinicpress.checks.judge import Reading
    from clinicpress.checks.reading import Piece, Score
    from clinicpress.errors import Problem


@click.command(epilog=CHOOSING, short_help="Check how the content reads, and every rule.")
@click.argument("names", nargs=-1, metavar="[NAME]...")
@folder_options
@topic_option
@many("audience", "Audience; default: all.")
@many("brand", "Brand; default: all, or with --pages the default one.")
@today_option
@click.option("--draft", is_flag=True, help="Leave out what is still to be written (TODO).")
@click.option("--detail", is_flag=True, help="A table of chapters for each publication.")
@click.option("--pages", is_flag=True, help="Lay out what patients get, and measure its pages.")
@many("format", "With --pages: standard, clear or large; default: all.")
@many("region", "With --pages: country; default: the brand's, else neutral.")
@many("setting", "With --pages: rack or given; default: both.")
@jobs_option
@as_json("finding, score or print")
def check(today: date, draft: bool, detail: bool, pages: bool, as_json: bool,
          **given: Any) -> None:  # fmt: skip
    """Check the content: how it reads, evidence, phrases, signs, brand colours.

    With --pages it checks the pages of NAME, or of all, in place of the words. That takes minutes.

    \b
    Examples:
      generate check
      generate check --topic my-topic
      generate check --audience general --json
      generate check --pages exercises --format standard
      generate check --pages --audience general --region GB --json
    """
    _refuse_idle(pages)
    if pages:
        _check_pages(given, as_json)
    else:
        _check_words(given, today, detail, as_json, draft=draft)


PAGES_ALONE = {"names": "NAME", "formats": "“--format”", "regions": "“--region”",
               "settings": "“--setting”"}  # fmt: skip
WORDS_ALONE = {"detail": "“--detail”", "draft": "“--draft”", "today": "“--today”"}
"""What is of use with --pages only, and without it only: how it is typed, by its name."""


def _refuse_idle(pages: bool) -> None:
    """Raise UsageError for what was given and would do nothing."""
    context = click.get_current_context()
    idle, where, mend = (
        (WORDS_ALONE, "with", "Leave it out.")
        if pages
        else (PAGES_ALONE, "without", "Add --pages.")
    )
    for name, typed in idle.items():
        given = context.get_parameter_source(name) is ParameterSource.COMMANDLINE
        if given and context.params[name] != ():
            raise click.UsageError(f"{typed} does nothing {where} “--pages”. {mend}")


def _check_words(
    given: Mapping[str, Any], today: date, detail: bool, as_json: bool, *, draft: bool
) -> None:
    """Check all that is written, and how it reads."""
    from clinicpress.checks.codes import fails_check
    from clinicpress.checks.inspection import inspect
    from clinicpress.cli.tables import print_tables

    audiences = given["audiences"]
    places = folders(given["sources"], given["layouts"])
    found = inspect(*places, audiences, given["brands"], today, topics=given["topics"], draft=draft)
    findings = (*found.findings, *_not_signed(*places, given["topics"], given["jobs"]))
    if as_json:
        _print_json(found.readings, findings)
    else:
        print_tables(found.readings, findings, detail=detail or bool(audiences))
    sys.exit(any(map(fails_check, findings)))


def _not_signed(
    sources: Path, layouts: Path, topics: Sequence[str], jobs: int
) -> "tuple[Problem, ...]":
    """Return what says something else than was signed, and what reviewers want changed.

    Nothing is where sources cannot be read.
    """
    from clinicpress.content.reader import read_library
    from clinicpress.errors import Problems

    try:
        library = read_library(sources)
    except Problems:
        return ()
    decided = (id for id, topic in library.topics.items() if topic.reviews or topic.decisions)
    asked = [id for id in decided if not topics or id in topics or ALL in topics]
    if not asked:
        return ()
    from clinicpress.cli.progress import Bar
    from clinicpress.trust.changes import changes
    from clinicpress.trust.scans import lost_scans
    from clinicpress.trust.stopping import still_said

    with Bar() as bar:
        found = (
            problem for told in (changes, still_said)
            for problem in told(library, layouts, asked, jobs=jobs, report=bar.advance)
        )  # fmt: skip
        return (*found, *lost_scans(library, asked, sources))


def _check_pages(given: Mapping[str, Any], as_json: bool) -> None:
    """Lay out what patients get, and measure its pages."""
    from clinicpress.checks.codes import fails_check
    from clinicpress.cli.measured import findings_of, objects, print_measures
    from clinicpress.cli.progress import Bar
    from clinicpress.runs.measuring import measure

    every = {name: given[name] or (ALL,) for name in ("names", "audiences", "formats", "settings")}
    request = request_of({**given, **every})
    with Bar() as bar:
        measured = measure(
            request, *folders(given["sources"], given["layouts"]), jobs=given["jobs"],
            report=lambda one, count: bar.advance(one.edition.name, count),
        )  # fmt: skip
    findings = findings_of(measured)
    if as_json:
        for each in objects(measured):
            print(json.dumps(each, ensure_ascii=False))
        _print_findings(findings)
    else:
        print_measures(measured)
    sys.exit(any(map(fails_check, findings)))


def _print_json(readings: Iterable["Reading"], findings: Iterable["Problem"]) -> None:
    """Print one object a chapter, item, passive sentence, hard word, publication and finding."""
    from clinicpress.checks.judge import passives

    for reading in readings:
        name = {
            "topic": reading.topic,
            "publication": reading.publication,
            "audience": reading.audience,
        }
        for chapter in reading.chapters:
            above = {"chapter": chapter.id}
            _print_object("chapter", name, above, _scored(chapter, reading.worst))
            for item in chapter.items:
                _print_object("item", name, above, {"item": item.id}, _scored(item, reading.worst))
            for words, sentence in passives(chapter):
                _print_object("passive", name, above, {"words": words, "sentence": sentence})
        for term in reading.terms:
            _print_object("term", name, asdict(term))
        if reading.chapters:
            _print_object("publication", name, _summed(reading))
    _print_findings(findings)


def _print_findings(findings: Iterable["Problem"]) -> None:
    """Print one object a finding; one on a page says on which."""
    from clinicpress.checks.codes import severity

    for finding in findings:
        place = {"file": finding.place.file, "line": finding.place.line}
        if finding.place.page:
            place["page"] = finding.place.page
        said = {"message": finding.message, "hint": finding.hint}
        rule = {"code": finding.code, "severity": severity(finding)}
        _print_object("finding", rule, place, said)


def _print_object(kind: str, *parts: Mapping[str, Any]) -> None:
    merged: dict[str, Any] = {"kind": kind}
    for part in parts:
        merged.update(part)
    print(json.dumps(merged, ensure_ascii=False))


def _scored(piece: "Piece", limit: float | None) -> dict[str, Any]:
    got = piece.score()
    return {"title": piece.title, **_counted(got), "limit": limit, "result": got.judged(limit)}


def _counted(got: "Score") -> dict[str, Any]:
    return {**asdict(got), "passive_share": round(got.passive_share, 3)}


def _summed(reading: "Reading") -> dict[str, Any]:
    hardest = reading.hardest
    return {
        **_counted(reading.whole),
        **asdict(reading.mean),
        "limit": reading.target.mean if reading.target else None,
        "chapters": len(reading.chapters),
        "worst_chapter": hardest.id,
        "worst_grade": hardest.score().grade,
        "hard_terms": len(reading.terms),
        "findings": len(reading.findings),
        "result": reading.result,
    }


COMMANDS = (check,)
