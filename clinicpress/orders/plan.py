"""Turns a request into the editions that answer to it: names checked, defaults filled in."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import product
from pathlib import Path
from typing import Any, cast, get_args

from clinicpress.content.library import Library, TopicLibrary
from clinicpress.content.model import Audience, Practice, Publication, Setting
from clinicpress.design.brand import brand_folders, brand_ids, read_brand
from clinicpress.design.brandfile import NUMBERED, Brand
from clinicpress.design.design import read_formats
from clinicpress.design.formats import SIZES, Format
from clinicpress.editions.edition import Edition, Fold
from clinicpress.editions.selection import published
from clinicpress.errors import Problem, Problems, UnknownName, WrongChoice, meant_by, unknown
from clinicpress.files.names import alike
from clinicpress.files.paths import strange_below
from clinicpress.orders.productions import refuse_idle, ways
from clinicpress.orders.request import ALL, Request

FIRST_AUDIENCE, FIRST_FORMAT, FIRST_BRAND = "general", "standard", "default"
NO_REGION = "neutral"
"""Without a region the print names no number, rather than the wrong one."""

FIRST_LANGUAGE = "en"


def plan(request: Request, library: Library, layouts: Path) -> tuple[Edition, ...]:
    """Return the editions that ``request`` asks for, each once, in the order of the sources.

    Raises UnknownName for a name that is none, and for an edition that does not exist; WrongChoice
    for an option that none of them has a use for.
    """
    return tuple(plan_each((request,), library, layouts))


def plan_each(requests: Iterable[Request], library: Library, layouts: Path) -> Iterator[Edition]:
    """Yield the editions of one request after the other; the layouts are looked through once.

    Raises as ``plan`` does.
    """
    formats = read_formats(layouts)
    strange = tuple(strange_below(layouts))
    for request in requests:
        yield from _planned(request, library, layouts, formats, strange)


def _planned(
    request: Request, library: Library, layouts: Path, formats: Mapping[str, Format],
    strange: Sequence[Problem],
) -> Iterable[Edition]:  # fmt: skip
    chosen_formats = _chosen(request.formats, formats, "format", FIRST_FORMAT)
    audiences = _chosen(request.audiences, library.audiences, "audience", FIRST_AUDIENCE)
    folders = brand_ids(layouts) if ALL in request.brands else brand_folders(layouts)
    brands = {
        id: read_brand(layouts, id, library.tokens(), library.regions)
        for id in _chosen(request.brands, dict.fromkeys(folders), "brand", FIRST_BRAND)
    }
    if strange:
        raise Problems(strange)
    _chosen(request.papers, SIZES, "paper", "A4")
    _chosen(request.settings, dict.fromkeys(get_args(Setting)), "setting", "rack")
    editions: dict[Edition, None] = {}
    for topic, name, publication in _publications(request, library):
        readers = tuple(_audiences(request, audiences, publication, library))
        for audience, asked, (brand_id, brand) in product(readers, chosen_formats, brands.items()):
            reader = library.audiences[audience]
            format = large_enough(asked, reader.smallest_type, formats)
            if not _is_made(request, library, topic, name, audience, format, formats):
                continue
            regions = _regions(request, brand, library)
            for region, language in product(regions, _languages(request, brand, layouts, topic)):
                papers = _papers(request, brand, library, region, formats[format], publication.kind)
                handed, folds = _settings(request, publication), _folds(request, publication)
                for paper, setting, fold in product(papers, handed, folds):
                    edition = Edition(
                        topic, name, audience, format, language, region, brand_id, paper,
                        setting=setting, fold=fold, kind=publication.kind, draft=request.draft,
                        **_picked(request, reader, library.topics[topic]),
                    )  # fmt: skip
                    edition = _numbered(edition, brand, library)
                    for way in ways(request, publication.kind, paper, setting):
                        editions[replace(edition, **way)] = None
    refuse_idle(request, editions)
    _refuse_clashes(editions)
    return editions


def _numbered(edition: Edition, brand: Brand, library: Library) -> Edition:
    """Return an edition with the clinic's own number of the document, where it has such."""
    if brand.reference is None:
        return edition
    version = library.topics[edition.topic].topic.version
    said = {name: getattr(edition, name, version) for name in NUMBERED}
    return replace(edition, reference=brand.reference.format(**said))


def _refuse_clashes(editions: Iterable[Edition]) -> None:
    """Raise WrongChoice if two files would be one on Windows or macOS."""
    taken: dict[str, Edition] = {}
    for edition in editions:
        other = taken.setdefault(alike(str(edition.path)), edition)
        if other != edition:
            raise WrongChoice(
                f"{edition.path} and {other.path} would be one file on Windows and macOS. Let the "
                "names of what is in them differ by more than capitals."
            )


def _is_made(
    request: Request, library: Library, topic: str, name: str, audience: str, format: str,
    formats: Mapping[str, Format],
) -> bool:  # fmt: skip
    """Return whether a publication is made in a format.

    Raises UnknownName where one that is not was asked for by name.
    """
    kind = library.topics[topic].publications[name].kind
    if formats[format].stock(kind):
        return True
    if ALL in request.publications or ALL in request.formats:
        return False
    published(library, topic, name, audience)
    made = [id for id, each in formats.items() if each.stock(kind)]
    raise UnknownName(
        f"A {kind} is not made in the format “{format}”. Use {' or '.join(made) or 'another kind'}."
    )


def _settings(request: Request, publication: Publication) -> list[Setting]:
    """Return the settings; what is an extract has no fields for a pen, nor words for a patient."""
    asked = _chosen(request.settings, dict.fromkeys(get_args(Setting)), "setting", "rack")
    possible = [setting for setting in publication.settings if setting in asked]
    every = ALL in request.settings or ALL in request.publications
    if len(possible) < len(asked) and not every:
        raise UnknownName(
            f"A {publication.kind} is for anybody who picks it up. Leave --setting out, or hand "
            "over a handout."
        )
    return possible


def _folds(request: Request, publication: Publication) -> list[Fold]:
    """Return how a leaflet is folded; nothing else is."""
    if publication.kind != "leaflet":
        return [""]
    return cast(list[Fold], _chosen(request.folds, {"c": None, "z": None}, "fold", "c"))


def _picked(request: Request, reader: Audience, topic: TopicLibrary) -> dict[str, Any]:
    """Return the fields of a sheet for one patient; a dose that is the reader's own is none."""
    return {
        "exercises": _named(request.exercises, topic.exercises),
        "techniques": _named(request.techniques, topic.techniques),
        "dose": "" if request.dose == reader.dose else request.dose,
    }


def _named(asked: Iterable[str], items: Mapping[str, Practice]) -> tuple[str, ...]:
    """Return what was asked for by name: a short code stands for the item that bears it."""
    coded = {item.code: id for id, item in items.items() if item.code}
    return tuple(dict.fromkeys(coded.get(name.upper(), name) for name in asked))


def large_enough(asked: str, smallest: float, formats: Mapping[str, Format]) -> str:
    """Return the format asked for, or the first whose type is no smaller than ``smallest`` (pt).

    So a reader who needs 14 pt never gets less, and the file's name says what it is.
    """
    if formats[asked].smallest >= smallest:
        return asked
    return next((id for id, format in formats.items() if format.smallest >= smallest), asked)


def _chosen(asked: tuple[str, ...], known: Mapping[str, Any], what: str, first: str) -> list[str]:
    """Return the names asked for, all known ones for ``all``, or the default."""
    if ALL in asked:
        return list(known)
    names = list(dict.fromkeys(asked)) or [first]
    for name in names:
        if name not in known:
            raise unknown(what, name, known, meant=meant_by(name, known))
    return names


def _publications(request: Request, library: Library) -> Iterator[tuple[str, str, Publication]]:
    """Yield topic, name and publication of all that is asked for, in the order of the sources."""
    topics = chosen_topics(request.topics, library)
    known = {name: None for id in topics for name in library.topics[id].publications}
    if ALL not in request.publications:
        _refuse_what_is_broken(request, library, known)
    names = _chosen(request.publications, known, "publication", ALL)
    for name in names if ALL not in request.publications else ():
        _refuse_another_kind(name, request, library, topics)
        _refuse_several(name, request, library, topics)
    for id in topics:
        for name, publication in library.topics[id].publications.items():
            if name in names and request.kind in ("", publication.kind):
                yield id, name, publication


def chosen_topics(asked: Iterable[str], library: Library) -> list[str]:
    """Return the topics asked for; all that can be read where none is.

    Raises Problems where one of those named cannot be read, UnknownName for a name that is none.
    """
    names = tuple(asked)
    if named := [id for id in names if id in library.broken]:
        raise Problems(problem for id in named for problem in library.broken[id].problems)
    return _chosen(names or (ALL,), library.topics, "topic", ALL)


def _refuse_what_is_broken(request: Request, library: Library, known: Collection[str]) -> None:
    """Raise Problems with those of each topic that alone has a publication asked for."""
    lost = set(request.publications).difference(known)
    if not request.topics and (
        holders := [one for one in library.broken.values() if one.publications & lost]
    ):
        raise Problems(problem for one in holders for problem in one.problems)


def _held(name: str, library: Library, topics: Iterable[str]) -> Mapping[str, Publication]:
    """Return the publications of a name by their topics."""
    held = {id: library.topics[id].publications for id in topics}
    return {id: publications[name] for id, publications in held.items() if name in publications}


def _refuse_another_kind(
    name: str, request: Request, library: Library, topics: Iterable[str]
) -> None:
    kinds = [each.kind for each in _held(name, library, topics).values()]
    if request.kind and request.kind not in kinds:
        raise UnknownName(f"“{name}” is a {kinds[0]}. Use “generate {kinds[0]}”.")


def _refuse_several(name: str, request: Request, library: Library, topics: Iterable[str]) -> None:
    """Raise WrongChoice for a name that several topics have, where nobody said which is meant."""
    held = _held(name, library, topics)
    holders = [id for id, each in held.items() if request.kind in ("", each.kind)]
    if len(holders) > 1 and not request.topics:
        raise WrongChoice(
            f"“{name}” is in {len(holders)} topics: {', '.join(holders)}. Say which with “--topic "
            f"{holders[0]}”, or print it of each with “--topic all”."
        )


def _audiences(
    request: Request, audiences: list[str], publication: Publication, library: Library
) -> Iterator[str]:
    """Yield the audiences that the publication exists for, and any that was asked for by name.

    The selection refuses one that it does not exist for, and says why.
    """
    by_name = ALL not in request.audiences and ALL not in request.publications
    readers = audiences if by_name else library.readers(publication)
    yield from (audience for audience in audiences if audience in readers)


def _regions(request: Request, brand: Brand, library: Library) -> list[str]:
    return _chosen(request.regions, library.regions, "region", brand.region or NO_REGION)


def _papers(
    request: Request, brand: Brand, library: Library, region: str, format: Format, kind: str
) -> list[str]:
    """Return the papers: the option first, then the brand's, then the region's."""
    stock = format.stock(kind)
    if stock is None:
        return []
    if ALL in request.papers:
        return list(stock.body)
    if not request.papers:
        return [stock.usual[brand.paper or library.regions[region].paper]]
    leaves = {str(sheet): leaf for sheet, leaf in stock.usual.items() if kind == "pad"}
    for paper in (papers := [leaves.get(paper, paper) for paper in request.papers]):
        if paper not in stock.body:
            raise UnknownName(
                f"A {kind} in the format “{format.name}” is not made on {paper}. "
                f"Use {' or '.join(stock.body)}."
            )
    return papers


def _languages(request: Request, brand: Brand, layouts: Path, topic: str) -> list[str]:
    """Return the languages asked for. Content that is not written in one is never printed in it."""
    known = {path.stem: path for path in sorted(layouts.glob("strings/*.po"))}
    names = _chosen(request.languages, known, "language", brand.language or FIRST_LANGUAGE)
    written = [name for name in names if name == FIRST_LANGUAGE]
    if ALL not in request.languages and written != names:
        missing = next(name for name in names if name not in written)
        raise UnknownName(
            f"“{topic}” is not translated into “{missing}” yet. It exists in: {FIRST_LANGUAGE}."
        )
    return written
