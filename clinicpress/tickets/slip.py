"""``generate request-slip``: what a clinician ticks, by the short codes that staff print from."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from clinicpress.content.library import Library, TopicLibrary
from clinicpress.content.model import Practice
from clinicpress.content.text import fill, to_plain
from clinicpress.errors import Place, UnknownName
from clinicpress.files.output import write_below

PAPERS = ("A5", "A4", "HalfLetter", "Letter")
PARTS = ("exercises", "techniques")


@dataclass(frozen=True)
class _Job:
    layouts: Path
    brand: str
    paper: str
    topic: str
    parts: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]
    audiences: tuple[str, ...]


def write_slips(
    library: Library, topics: tuple[str, ...], layouts: Path, output: Path, brand: str, paper: str
) -> Iterator[Path]:
    """Write the slip of each of ``topics`` that has short codes; yield its path.

    Raises UnknownName if none has, Problems for what is wrong with the layouts, EnvironmentFault.
    """
    from clinicpress.processes.workers import bounded, make_ready

    coded = [id for id in topics if any(_coded(library.topics[id], part) for part in PARTS)]
    if not coded:
        raise UnknownName(
            "No exercise or technique has a short code. Write one into the file of each, such as "
            "“code: A1”."
        )
    make_ready()
    for id in coded:
        path = PurePosixPath(brand, id, f"{id}_request-slip_{paper}.pdf")
        job = _job(library, id, layouts, brand, paper)
        write_below(output, path, bounded(_pdf, job, Place(str(path)), brand))
        yield output / path


def _job(library: Library, id: str, layouts: Path, brand: str, paper: str) -> _Job:
    topic = library.topics[id]
    parts = tuple((part, _coded(topic, part)) for part in PARTS)
    audiences = tuple(each.name for each in library.audiences.values())
    named = tuple(part for part in parts if part[1])
    return _Job(layouts, brand, paper, _words(topic.topic.title.default), named, audiences)


def _coded(topic: TopicLibrary, part: str) -> tuple[tuple[str, str], ...]:
    """Return code and title of each that has a code, as codes are counted: A2 before A10."""
    items: Mapping[str, Practice] = getattr(topic, part)
    found = [(item.code, _words(item.title.default)) for item in items.values() if item.code]
    return tuple(sorted(found, key=lambda one: (one[0][0], int(one[0][1:]))))


def _words(text: str) -> str:
    """Return words for staff, in which a word that differs by region is a blank."""
    return re.sub(" {2,}", " ", to_plain(fill(text, {})))


def _pdf(job: _Job) -> bytes:
    """Return the slip. Raises Problems."""
    from clinicpress.design.design import open_design, read_formats
    from clinicpress.pages.compose import set_template
    from clinicpress.pages.tags import mend
    from clinicpress.pages.typeset import typeset

    design = open_design(
        job.layouts, brand=job.brand, format="standard", language="en", paper=job.paper
    )
    formats = tuple(each.name for each in read_formats(job.layouts).values())
    values = {"topic": job.topic, "parts": job.parts, "audiences": job.audiences,
              "formats": formats, "two": job.parts[0][1][:2]}  # fmt: skip
    # No brand's template says what a code prints: nothing would hold it against the sheet.
    html = set_template("request-slip.html", values, design, "en", plain=True)
    return mend(typeset(html, design).pdf)
