"""What differs between two audiences' editions, and why, as a PDF with fields to sign."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from clinicpress.errors import Place, Problem, Problems, UnknownName
from clinicpress.files.output import write_below
from clinicpress.orders.request import ALL, Places, Request
from clinicpress.processes.workers import bounded, make_ready

if TYPE_CHECKING:
    from clinicpress.comparison.collation import Collation
    from clinicpress.comparison.synopsis import Synopsis
    from clinicpress.content.library import Library
    from clinicpress.design.design import Design
    from clinicpress.design.strings import Strings
    from clinicpress.editions.edition import Edition
    from clinicpress.editions.manuscript import Manuscript

FORMAT = "standard"
"""How the PDF is set, whatever the formats of the editions."""


@dataclass(frozen=True)
class Compared:
    """What differs for two audiences in one topic, region, brand, language and setting.

    ``edition`` stands for all of them in what they have in common, on the sheet that the PDF
    takes; ``narrowed`` says that only some of the topic's publications were asked for.
    """

    edition: "Edition"
    collation: "Collation"
    narrowed: bool

    @property
    def path(self) -> PurePosixPath:
        """Where the PDF goes, below the output folder."""
        edition, collation = self.edition, self.collation
        parts = [edition.topic, "compare", collation.one, collation.other,
                 f"{edition.language}-{edition.region}", edition.paper]  # fmt: skip
        if self.narrowed:
            parts.append("+".join(each.publication for each in collation.presences))
        if edition.setting != "rack":
            parts.append(edition.setting)
        return PurePosixPath(edition.brand) / edition.topic / f"{'_'.join(parts)}.pdf"


@dataclass(frozen=True)
class Written:
    """A comparison with the same set out in the words of its ``strings``, and where its PDF is."""

    compared: Compared
    synopsis: "Synopsis"
    strings: "Strings"
    path: Path


def write_comparisons(request: Request, places: Places) -> Iterator[Written]:
    """Yield each comparison of the two audiences of ``request``, as soon as its PDF is written.

    Raises UnknownName for a name that is none, for one audience named twice and for two that
    nothing, or nothing of what was named, is printed for; Problems if an edition would be unsafe to
    print; EnvironmentFault.
    """
    from clinicpress.comparison.synopsis import set_out
    from clinicpress.content.reader import read_library
    from clinicpress.design.design import open_design

    make_ready()
    library = read_library(places.sources)
    for compared in _compare_all(request, library, places.layouts):
        edition = compared.edition
        design = open_design(places.layouts, brand=edition.brand, format=FORMAT,
                             language=edition.language, paper=edition.paper)  # fmt: skip
        strings = design.strings()
        synopsis = set_out(compared.collation, library, edition, strings)
        words = len(repr(synopsis).split())
        pdf = bounded(_pdf, (synopsis, design, edition.locale), Place(str(compared.path)),
                      edition.brand, words=words)  # fmt: skip
        write_below(places.output, compared.path, pdf)
        yield Written(compared, synopsis, strings, places.output / compared.path)


def _compare_all(request: Request, library: "Library", layouts: Path) -> tuple[Compared, ...]:
    """Return a comparison for each topic, region, brand, language and setting asked for."""
    from clinicpress.orders.plan import plan

    one, other = request.audiences
    if ALL in request.audiences:
        raise UnknownName(
            "“all” is no audience to compare. Name two, such as: --audience general older-adult."
        )
    planned = plan(request, library, layouts)
    if one == other:
        raise UnknownName(
            f"“{one}” is named twice. Name two audiences, such as: --audience general older-adult."
        )
    groups: dict[tuple[str, ...], list[Edition]] = {}
    served = [edition for edition in planned if _serves(edition, library)]
    for edition in served:
        key = (edition.topic, edition.region, edition.brand, edition.language, edition.setting)
        groups.setdefault(key, []).append(edition)
    if ALL not in request.publications:
        _require_a_pair(planned, served, library)
    if not groups:
        raise UnknownName(f"None of this is printed for “{one}” or “{other}” yet.")
    return tuple(_compare(request, group, library, layouts) for group in groups.values())


def _serves(edition: "Edition", library: "Library") -> bool:
    publication = library.topics[edition.topic].publications[edition.publication]
    return publication.serves(*library.lineage(edition.audience))


def _require_a_pair(
    planned: Sequence["Edition"], served: Sequence["Edition"], library: "Library"
) -> None:
    """Raise UnknownName if nothing that was named exists for both audiences; it says why."""
    from clinicpress.editions.selection import select

    readers: dict[tuple[str, str], set[str]] = {}
    for edition in served:
        readers.setdefault((edition.topic, edition.publication), set()).add(edition.audience)
    if not any(len(audiences) > 1 for audiences in readers.values()):
        select(library, next(edition for edition in planned if edition not in served))


def _compare(
    request: Request, editions: Sequence["Edition"], library: "Library", layouts: Path
) -> Compared:
    """Compare editions that differ in publication and audience only."""
    from clinicpress.comparison.collation import collate
    from clinicpress.comparison.comparison import compare
    from clinicpress.design.brand import read_brand

    one, other = request.audiences
    first = editions[0]
    brand = read_brand(layouts, first.brand)
    said = _manuscripts(editions, library, brand.meanings)
    every, asked = library.topics[first.topic].publications, request.publications
    named = [name for name in every if ALL in asked or name in asked]
    names = [name for name in named if ALL not in asked or {(name, one), (name, other)} & set(said)]
    comparisons = [
        compare(said[name, one], said[name, other], library)
        for name in names
        if (name, one) in said and (name, other) in said
    ]
    sheet = brand.paper or library.regions[first.region].paper
    return Compared(
        edition=replace(first, paper=sheet),
        collation=collate(library, first.topic, (one, other), names, comparisons),
        narrowed=len(named) < len(every),
    )


def _manuscripts(
    editions: Sequence["Edition"], library: "Library", words: Mapping[str, str]
) -> dict[tuple[str, str], "Manuscript"]:
    """Return what is printed, by publication and audience.

    Raises Problems with all that is unsafe in any of them.
    """
    from clinicpress.editions.printed import as_printed
    from clinicpress.editions.selection import select

    said: dict[tuple[str, str], Manuscript] = {}
    problems: list[Problem] = []
    for edition in editions:
        try:
            manuscript = select(library, edition, words)
            said[edition.publication, edition.audience] = as_printed(manuscript)
        except Problems as error:
            problems += error.problems
    if problems:
        raise Problems(problems)
    return said


def _pdf(job: "tuple[Synopsis, Design, str]") -> bytes:
    """Return the synopsis as a tagged PDF, with fields to sign it."""
    from clinicpress.comparison.view import seen
    from clinicpress.pages.compose import set_template
    from clinicpress.pages.tags import mend
    from clinicpress.pages.typeset import typeset

    synopsis, design, locale = job
    html = set_template("compare.html", {"s": seen(synopsis)}, design, locale)
    return mend(typeset(html, design).pdf)
