"""``generate check``: every rule over the sources, and the reading level of every publication."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from clinicpress.checks.glyphs import missing_glyphs
from clinicpress.checks.reading import Chapter, Judge, Piece, mean, score
from clinicpress.checks.reading import chapters as chapters_of
from clinicpress.checks.sources import (
    never_printed,
    overdue,
    unexplained,
    unprintable,
    unsupported,
    written,
    written_by_clinic,
    written_for_all,
)
from clinicpress.content.library import Library, TopicLibrary
from clinicpress.content.model import ReadingTarget
from clinicpress.content.reader import read_library
from clinicpress.content.text import fill
from clinicpress.design.brand import brand_ids, read_brand
from clinicpress.editions.edition import Edition
from clinicpress.editions.manuscript import Manuscript
from clinicpress.editions.selection import select
from clinicpress.errors import Place, Problem, Problems, UnknownName, nearest
from clinicpress.records import parse

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

PROXY = (
    "Reading level (proxy), as US school grade by Flesch-Kincaid (F-K) and Automated Readability "
    "Index (ARI): they count sentences, words, syllables and letters, and know nothing of meaning."
)
NARROW = 60  # columns; below this a table does without lines and the space around them
STYLES: Mapping[str, str] = {"pass": "green", "FAIL": "bold red"}


@dataclass(frozen=True)
class Reading:
    """One publication for one audience, with the chapters that were scored and their target."""

    topic: str
    publication: str
    audience: str
    target: ReadingTarget | None
    chapters: tuple[Chapter, ...]


def print_check(
    sources: Path,
    layouts: Path,
    audiences: Sequence[str],
    brands: Sequence[str],
    today: date,
    *,
    as_json: bool,
) -> bool:
    """Check the content and print what was found; return whether all of it passed.

    ``audiences`` and ``brands`` narrow the check; empty, they mean all. Raises UnknownName for a
    name that is none, EnvironmentFault if a folder or font cannot be read.
    """
    readings: list[Reading] = []
    findings: set[Problem] = set()
    try:
        library = read_library(sources)
    except Problems as error:
        findings.update(error.problems)
    else:
        findings.update(_source_findings(library, sources, layouts, today))
        findings.update(_brand_findings(library, layouts, brands))
        for manuscript in _manuscripts(library, _audiences(library, audiences), findings):
            readings.append(_read(manuscript, library))
            findings.update(_judge(manuscript, library, sources).findings())
    (_print_json if as_json else _print_table)(readings, sorted(findings))
    return not findings


def _source_findings(
    library: Library, sources: Path, layouts: Path, today: date
) -> Iterator[Problem]:
    yield from overdue(library, library.topics, today, sources)
    yield from unprintable(library, library.topics, sources, layouts, ())
    for topic in library.topics.values():
        yield from unsupported(topic, sources)
        yield from unexplained(topic, sources)


def _brand_findings(library: Library, layouts: Path, brands: Sequence[str]) -> Iterator[Problem]:
    for brand in brands or brand_ids(layouts):
        try:
            read_brand(layouts, brand, library.tokens(), library.regions)
            words = tuple(written_by_clinic(layouts, brand))
            yield from missing_glyphs(((text.words, text) for text in words), layouts)
            for topic in library.topics.values():
                yield from never_printed(topic, words)
        except Problems as error:
            yield from error.problems


def _audiences(library: Library, asked: Sequence[str]) -> list[str]:
    """Return the audiences that some publication exists for; of these, those asked for."""
    topics = library.topics.values()
    served = {
        name: None
        for topic in topics
        for plan in topic.publications.values()
        for name in plan.audiences
    }
    for name in asked:
        if name not in library.audiences:
            raise UnknownName(f"There is no audience “{name}”. {nearest(name, library.audiences)}")
        if name not in served:
            raise UnknownName(f"There is no publication for “{name}” yet. {nearest(name, served)}")
    return [name for name in library.audiences if name in (asked or served)]


def _manuscripts(
    library: Library, audiences: Iterable[str], findings: set[Problem]
) -> Iterator[Manuscript]:
    """Yield every publication for every audience, without a country: then its words are longest.

    An edition that is unsafe to print adds its problems to ``findings`` instead.
    """
    region = "neutral" if "neutral" in library.regions else next(iter(library.regions))
    for audience in audiences:
        for id, topic in library.topics.items():
            for name, publication in topic.publications.items():
                if audience in publication.audiences:
                    edition = Edition(id, name, audience, "standard", "en", region, "default", "A4")
                    try:
                        yield select(library, edition)
                    except Problems as error:
                        findings.update(error.problems)


def _read(manuscript: Manuscript, library: Library) -> Reading:
    edition = manuscript.edition
    target = library.audiences[edition.audience].reading
    return Reading(
        edition.topic, edition.publication, edition.audience, target, chapters_of(manuscript)
    )


def _judge(manuscript: Manuscript, library: Library, sources: Path) -> Judge:
    edition = manuscript.edition
    topic = library.topics[edition.topic]
    plan = parse(sources / edition.topic / "publications.yaml")
    sections = tuple(
        plan.place((edition.publication, "sections", number))
        for number in range(len(manuscript.sections))
    )
    where = _places(manuscript, topic, library, sources).get
    return Judge(manuscript, library.audiences[edition.audience], where, sections)


def _places(
    manuscript: Manuscript, topic: TopicLibrary, library: Library, sources: Path
) -> Mapping[str, Place]:
    """Return where each text stands, by its words as this manuscript says them."""
    meanings = dict(manuscript.meanings)
    texts = (*written_for_all(library, sources), *written(topic, sources))
    return {fill(text.words, meanings): text.place for text in texts}


def _print_json(readings: Iterable[Reading], findings: Iterable[Problem]) -> None:
    """Print one object a chapter, item, publication and finding."""
    for reading in readings:
        name = {
            "topic": reading.topic,
            "publication": reading.publication,
            "audience": reading.audience,
        }
        worst = reading.target.worst if reading.target else None
        for chapter in reading.chapters:
            _print_object("chapter", name, {"chapter": chapter.id}, _scored(chapter, worst))
            for item in chapter.items:
                above = {"chapter": chapter.id, "item": item.id}
                _print_object("item", name, above, _scored(item, worst))
        if reading.chapters:
            _print_object("publication", name, _mean_of(reading))
    for finding in findings:
        _print_object(
            "finding",
            {
                "code": finding.code,
                "file": finding.place.file,
                "line": finding.place.line,
                "message": finding.message,
                "hint": finding.hint,
            },
        )


def _print_object(kind: str, *parts: Mapping[str, Any]) -> None:
    merged: dict[str, Any] = {"kind": kind}
    for part in parts:
        merged.update(part)
    print(json.dumps(merged, ensure_ascii=False))


def _scored(piece: Piece, limit: float | None) -> dict[str, Any]:
    got = score(piece.sentences())
    return {"title": piece.title, **asdict(got), "limit": limit, "result": got.judged(limit)}


def _mean_of(reading: Reading) -> dict[str, Any]:
    limit = reading.target.mean if reading.target else None
    grades = mean(reading.chapters)
    result = "no limit" if limit is None else "pass" if grades.grade <= limit else "FAIL"
    return {**asdict(grades), "limit": limit, "result": result}


def _print_table(readings: Sequence[Reading], findings: Sequence[Problem]) -> None:
    """Print a table a publication, the findings, and one line that sums up."""
    from rich.console import Console

    console = Console(highlight=False, markup=False)
    for reading in readings:
        if reading.chapters:
            console.print(_table(reading, narrow=console.width < NARROW))
    if readings:
        console.print(PROXY)
    for finding in findings:
        console.print(str(finding), soft_wrap=True)
    _print_summary(console, readings, findings)


def _table(reading: Reading, narrow: bool) -> "Table":
    from rich import box
    from rich.table import Table
    from rich.text import Text

    target, average = reading.target, _mean_of(reading)
    limits = f"mean {target.mean:g}, worst {target.worst:g}" if target else "none"
    table = Table(
        title=f"{reading.topic}, {reading.publication} for {reading.audience}. "
        f"Reading level (proxy); target: {limits}",
        title_justify="left",
        title_style="bold",
        box=None if narrow else box.SIMPLE_HEAD,
        padding=(0, 1, 0, 0),
        pad_edge=False,
        show_footer=True,
    )
    table.add_column("Chapter", "Mean", overflow="fold")
    for name, foot in (
        ("Words", ""),
        ("F-K", str(average["flesch_kincaid"])),
        ("ARI", str(average["automated"])),
        ("Longest", ""),
    ):
        table.add_column(name, foot, justify="right", no_wrap=True)
    table.add_column("Result", _verdict(average["result"]), no_wrap=True)
    for chapter in reading.chapters:
        got = score(chapter.sentences())
        grades = (str(got.flesch_kincaid), str(got.automated))
        verdict = _verdict(got.judged(target.worst if target else None))
        title = Text(chapter.title)
        table.add_row(title, str(got.words), *grades, str(got.longest), verdict)
    return table


def _verdict(result: str) -> Any:
    """Return the word for a result; colour only repeats what the word says."""
    from rich.text import Text

    return Text(result, STYLES.get(result, ""))


def _print_summary(
    console: "Console", readings: Sequence[Reading], findings: Sequence[Problem]
) -> None:
    chapters = sum(len(reading.chapters) for reading in readings)
    scored = f"{_count(len(readings), 'publication')}, {_count(chapters, 'chapter')}"
    result = "FAILED" if findings else "passed"
    console.print(
        f"{scored}, {_count(len(findings), 'finding')}: {result}.",
        style=STYLES["FAIL" if findings else "pass"],
        soft_wrap=True,
    )


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"
