"""``generate check``: how the content reads and every rule, as tables or as JSON."""

import json
import sys
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from clinicpress.cli.folders import folders
from clinicpress.cli.options import as_json, folder_options, many, today_option

if TYPE_CHECKING:
    from clinicpress.checks.judge import Reading
    from clinicpress.checks.reading import Piece, Score
    from clinicpress.errors import Problem


@click.command(short_help="Check how the content reads, and every rule.")
@folder_options
@many("audience", "Audience; default: all.")
@many("brand", "Brand; default: all.")
@today_option
@click.option("--detail", is_flag=True, help="A table of chapters for each publication.")
@as_json("finding or score")
def check(audiences: tuple[str, ...], brands: tuple[str, ...], today: date, detail: bool,
          as_json: bool, **given: Path | None) -> None:  # fmt: skip
    """Check the content: how it reads, evidence, phrases, signs, brand colours.

    \b
    Examples:
      generate check
      generate check --audience general --json
    """
    from clinicpress.checks.codes import fails_check
    from clinicpress.checks.inspection import inspect
    from clinicpress.cli.tables import print_tables

    found = inspect(*folders(**given), audiences, brands, today)
    if as_json:
        _print_json(found.readings, found.findings)
    else:
        print_tables(found.readings, found.findings, detail=detail or bool(audiences))
    sys.exit(any(map(fails_check, found.findings)))


def _print_json(readings: Iterable["Reading"], findings: Iterable["Problem"]) -> None:
    """Print one object a chapter, item, passive sentence, hard word, publication and finding."""
    from clinicpress.checks.codes import severity
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
    for finding in findings:
        place = {"file": finding.place.file, "line": finding.place.line}
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
