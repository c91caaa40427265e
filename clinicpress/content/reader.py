"""Reads ``sources/`` into a Library, or raises every problem that it found at once."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated, Any

from clinicpress.content import model
from clinicpress.content.crosscheck import (
    Names,
    check_common,
    check_likeness,
    cross_check,
    unknown_people,
)
from clinicpress.content.kinds import Parts, unmet
from clinicpress.content.library import Artwork, Broken, Library, TopicLibrary, filled_in
from clinicpress.content.outside import picture_beside
from clinicpress.content.pictures import unknown_figures
from clinicpress.content.recollection import Possible, Undrawn, recollection
from clinicpress.content.walk import Source
from clinicpress.errors import EnvironmentFault, Place, Problem, Problems, Unfit, nearest, shown
from clinicpress.figures.model import Cast, Person, Poses
from clinicpress.figures.pose import Pose
from clinicpress.figures.stage import Fault, try_poses
from clinicpress.files.digests import of_words
from clinicpress.files.documents import parse
from clinicpress.files.names import alike
from clinicpress.files.paths import strange_below
from clinicpress.files.records import Record, read_record

ITEMS: tuple[type[model.Item], ...] = (
    model.Cause,
    model.Technique,
    model.Exercise,
    model.SelfCare,
    model.Question,
    model.Myth,
    model.Procedure,
    model.TextItem,
)
ITEM_FOLDERS: Mapping[str, type[model.Item]] = {kind.entry_kind: kind for kind in ITEMS}
PUBLICATIONS = "publications"
FOLDERS: Mapping[str, type[Record]] = {PUBLICATIONS: model.Publication, **ITEM_FOLDERS}
"""What each file in a folder of a topic holds, by the folder's name."""

SCANS = "scans"
"""The folder of a topic with scans of what was signed by hand, which no print is made of."""

OTHER_FOLDERS = ("figures", "translations", SCANS)
SHARED_FILES = ("audiences.yaml", "regions.yaml", "references.yaml")
SHARED_FOLDERS = ("figures",)
SHARED = "shared"
"""What stands in ``sources`` itself, for all topics."""

FILES: Mapping[str, tuple[str, Any]] = {
    "topic": ("topic.yaml", model.Topic),
    "tiers": ("warning-signs.yaml", Annotated[dict[model.Tier, model.SignTier], model.Some]),
    "cautions": ("cautions.yaml", model.Cautions),
    "glossary": ("glossary.yaml", dict[model.Id, model.Term]),
    "references": ("references.yaml", dict[model.ReferenceId, model.Reference]),
    "reviews": ("reviews.yaml", tuple[model.SignOff, ...]),
    "decisions": ("decisions.yaml", tuple[model.Decision, ...]),
    "mends": ("mends.yaml", tuple[model.Mend, ...]),
    "readers": ("audiences.yaml", dict[model.AudienceId, model.Reader]),
    "clinical": ("clinical.yaml", model.Clinical),
}
OPTIONAL: Mapping[str, Any] = {
    "readers": {}, "clinical": model.Clinical(), "tiers": {}, "cautions": model.Cautions(),
    "decisions": (), "mends": (),
}  # fmt: skip
"""What a topic holds where it does without one of the files."""

COMMON_FIGURES = ("cast.yaml", "poses.yaml")
CAST = dict[model.Id, Person]
POSES = dict[model.Id, Pose]

AUDIENCES = Annotated[dict[model.Id, model.Audience], model.Some]
REGIONS = Annotated[dict[model.Id, model.Region], model.Some]
REFERENCES = dict[model.ReferenceId, model.Reference]
"""What the regions rest on, which is no topic's."""


def read_library(sources: Path, *, drawn: bool = True) -> Library:
    """Read every file below ``sources``; ``drawn`` says that its figures are to be drawn.

    Then each pose is tried: one that was drawn once may be refused today.

    A topic that is wrong is left out, and told in ``Library.broken``: no other is the worse for it.
    Raises Problems with all that is wrong, each with its file and line, if that is in what topics
    share or if no topic is left; EnvironmentFault if the folder is not there.
    """
    if not sources.is_dir():
        raise EnvironmentFault(
            f"{shown(sources)} holds no audiences.yaml, so it is no folder of sources. "
            "Name one with --sources, or make one with “generate init DIR”."
        )
    strange = list(strange_below(sources))
    if any(_topic_of(problem, sources) is None for problem in strange):
        raise Problems(strange)
    with recollection(sources) as possible:
        return _read(sources, possible if drawn else Undrawn(), strange)


def _topic_of(problem: Problem, sources: Path) -> str | None:
    """Return the topic in whose folder something is wrong, or None where all topics share it."""
    above = f"{shown(sources)}/"
    name, below, _ = problem.place.file.removeprefix(above).partition("/")
    in_topic = problem.place.file.startswith(above) and below and name not in SHARED_FOLDERS
    return name if in_topic else None


def _read(sources: Path, possible: Possible, strange: Iterable[Problem]) -> Library:
    problems: list[Problem] = []
    broken = defaultdict[str, list[Problem]](list)
    for problem in strange:
        broken[str(_topic_of(problem, sources))].append(problem)
    audiences = read_record(sources / "audiences.yaml", AUDIENCES, problems)
    regions = read_record(sources / "regions.yaml", REGIONS, problems)
    so_far = len(problems)
    studio = _read_studio(sources / "figures", possible, problems)
    studio = replace(studio, whole=len(problems) == so_far)
    common = Names(audiences=audiences, regions=regions)
    references = _read_references(sources / "references.yaml", problems)
    topics = dict[str, TopicLibrary]()
    for folder in _topics(sources, problems):
        wrong = broken[folder.name]
        if not wrong and (parts := _read_topic(folder, common, studio, wrong)) and not wrong:
            topics[folder.name] = TopicLibrary(**parts)
    if audiences:
        problems += check_likeness(parse(sources / "audiences.yaml"), audiences)
    shared = (
        (sources / "audiences.yaml", AUDIENCES, audiences),
        (sources / "regions.yaml", REGIONS, regions),
    )
    problems += check_common(_written(shared), references, studio.cast or {})
    if problems or not topics:
        raise Problems([*problems, *(one for wrong in broken.values() for one in wrong)])
    cast, poses = studio.cast or {}, studio.poses or {}
    left = {name: _left_out(sources / name, wrong) for name, wrong in broken.items() if wrong}
    return Library(filled_in(audiences), regions, topics, studio.shared, cast, poses, left)


def _left_out(folder: Path, wrong: Sequence[Problem]) -> Broken:
    """Return what is known of a topic that cannot be read."""
    publications = (path.stem for path in (folder / PUBLICATIONS).glob("*.yaml"))
    return Broken(tuple(sorted(set(wrong))), frozenset(publications))


def _read_references(path: Path, problems: list[Problem]) -> Mapping[str, model.Reference] | None:
    """Return what the regions rest on, which no topic has to hold."""
    found: Mapping[str, model.Reference] | None = (
        read_record(path, REFERENCES, problems) if path.exists() else {}
    )
    return found


def _topics(sources: Path, problems: list[Problem]) -> list[Path]:
    """Return the folders of topics, and tell what else is there that nothing would read."""
    problems += _stray_files(sources.iterdir(), SHARED_FILES)
    own = (path for path in sorted(sources.iterdir()) if not path.name.startswith((".", "__")))
    folders = [path for path in own if path.is_dir() and path.name not in SHARED_FOLDERS]
    written = [path for path in folders if any(path.rglob("*.y*ml"))]
    if not written:
        hint = "Add a folder with one; “generate init DIR” makes a complete example."
        problems.append(Problem(Place(shown(sources)), "TOPIC-NONE", "it holds no topic", hint))
    return written


@dataclass(frozen=True)
class _Studio:
    """What the figures of all topics are drawn with, and those that every topic may show.

    ``possible`` are figures that were tried before; ``whole`` says that all could be read.
    """

    cast: Cast | None
    poses: Poses | None
    shared: Mapping[str, Artwork]
    possible: Possible
    whole: bool = True


def _read_studio(folder: Path, possible: Possible, problems: list[Problem]) -> _Studio:
    """Return what is in the folder of the figures that no topic has for itself."""
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        if path.name not in (*COMMON_FIGURES, SHARED) and not path.name.startswith((".", "__")):
            hint = f"Move it to {shown(folder / SHARED)}, or to the figures of its topic."
            problems.append(Problem(Place(shown(path)), "FIGURE-ASTRAY", "nothing reads it", hint))
    problems += _stray_files((folder / SHARED).rglob("*.yml"), ())
    cast, poses = (
        read_record(path, kind, problems) if path.exists() else {}
        for path, kind in ((folder / "cast.yaml", CAST), (folder / "poses.yaml", POSES))
    )
    studio = _Studio(cast, poses, {}, possible)
    return replace(studio, shared=_read_artworks(folder / SHARED, folder, studio, problems))


def _read_artworks(
    folder: Path, common: Path, studio: _Studio, problems: list[Problem]
) -> dict[str, Artwork]:
    """Return the figures of a folder by id. Without any, nothing is drawn.

    ``common`` is the folder of the cast and the poses; what could not be read there is no reason
    to complain of each figure, too.
    """
    problems += _strays_among_figures(folder, common)
    paths = [path for path in sorted(folder.rglob("*.yaml")) if path.name not in COMMON_FIGURES]
    read = {path: read_record(path, model.Figure, problems) for path in paths}
    found = {path: figure for path, figure in read.items() if figure}
    problems += misnamed(found.items(), "figure")
    brought = {path: _brought(path, figure, problems) for path, figure in found.items()}
    shared = of_words(repr(studio.poses))
    states = {path: of_words(repr(parse(path).data), shared, brought[path]) for path in found}
    if studio.cast is not None and studio.poses is not None:
        people = (Person(), _largest(studio.cast))
        tried = {path: of_words(state, repr(people)) for path, state in states.items()}
        drawn = {path: each for path, each in found.items() if each.moments}
        untried = {path: each for path, each in drawn.items() if tried[path] not in studio.possible}
        wrong = dict(_impossible(untried, studio.poses, people))
        for path in untried.keys() - wrong.keys():
            studio.possible.add(tried[path])
        problems += wrong.values()
    problems += (
        problem
        for path, figure in found.items()
        for problem in unknown_people(parse(path), ("shows",), figure.shows, studio.cast)
    )
    return {
        figure.id: Artwork(figure, parse(path).place(("id",)), states[path], brought[path])
        for path, figure in found.items()
    }


def _brought(path: Path, figure: model.Figure, problems: list[Problem]) -> str:
    """Return the picture that a figure shows in place of a drawing, or nothing."""
    if figure.picture is None:
        return ""
    try:
        return picture_beside(path, figure.picture)
    except Unfit as error:
        wrong = f"the picture “{figure.picture}” {error.wrong}"
        problems.append(Problem(parse(path).place(("picture",)), "PICTURE", wrong, error.hint))
        return ""


def _strays_among_figures(folder: Path, common: Path) -> Iterator[Problem]:
    """Yield a Problem for each file in a folder of figures that holds no figure.

    ``common`` is the folder of what all of them are drawn with.
    """
    yield from _stray_files(folder.rglob("*.yml"), ())
    for path in sorted(folder.rglob("*.yaml")):
        if path.name in COMMON_FIGURES:
            hint = f"Move it to {shown(common / path.name)}."
            yield Problem(Place(shown(path)), "FIGURE-ASTRAY", "nothing reads it here", hint)


def _largest(cast: Cast) -> Person:
    """Return somebody as large and as stooped as anybody of the cast."""
    people = (Person(), *cast.values())
    girth, stoop = (max(getattr(one, key) for one in people) for key in ("girth", "stoop"))
    return Person(girth=girth, stoop=stoop)


def _impossible(
    figures: Mapping[Path, model.Figure], poses: Poses, people: Sequence[Person]
) -> Iterator[tuple[Path, Problem]]:
    """Yield the file and a Problem for each figure with a pose that some of ``people`` cannot take.

    How large and how stooped somebody is changes how far they reach: the extremes try each pose.
    """
    for path, figure in figures.items():
        try:
            try_poses(figure, people, poses)
        except Fault as fault:
            place = parse(path).place(fault.at)
            yield path, Problem(place, fault.code, fault.message, fault.hint)


def sources_of(topic: TopicLibrary, folder: Path) -> Iterator[Source]:
    """Yield each file of a topic, which is in ``folder``, with what was read of it."""
    for name, (file, kind) in FILES.items():
        yield from _written([(folder / file, kind, getattr(topic, name))])
    for one in topic.publications.values():
        yield Source(parse(folder / PUBLICATIONS / f"{one.id}.yaml"), type(one), one)
    for name, item in topic.items():
        yield Source(parse(folder / name / f"{item.id}.yaml"), type(item), item)


def _written(files: Iterable[tuple[Path, Any, Any]]) -> Iterator[Source]:
    """Yield each of the files that is there, with its type and what was read of it, or None."""
    for path, kind, content in files:
        if path.is_file():
            yield Source(parse(path), kind, content)


def _read_topic(
    folder: Path, common: Names, studio: _Studio, problems: list[Problem]
) -> dict[str, Any]:
    """Return the parts of a topic by name; a part that cannot be read is None."""
    if not any((folder / file).is_file() for file, _ in FILES.values()):  # it is hardly one
        read_record(folder / FILES["topic"][0], model.Topic, problems)
        return {}
    parts = _read_files(folder, problems)
    problems += _strays(folder)
    read = {name: _read_folder(folder / name, kind, problems) for name, kind in FOLDERS.items()}
    items = {name: read[name] for name in ITEM_FOLDERS}
    problems += misnamed((path for found in items.values() for path in found.items()), "item")
    problems += _misplanned(folder, read[PUBLICATIONS])
    problems += _wrong_id(folder, parts["topic"])
    names = replace(
        common,
        references=parts["references"],
        tiers=parts["tiers"],
        items={name: [path.stem for path in found] for name, found in items.items()},
        publications=[path.stem for path in read[PUBLICATIONS]],
    )
    files = [(folder / file, kind, parts[name]) for name, (file, kind) in FILES.items()]
    files += [(path, FOLDERS[name], one) for name in read for path, one in read[name].items()]
    taken = {problem.place for problem in problems}
    sources = tuple(_written(files))
    found = [*cross_check(sources, names)]
    if parts["topic"]:
        held = [name for name, records in items.items() if records]
        topic = Parts(
            folder, parts["topic"], parts["tiers"], parts["cautions"], held, read[PUBLICATIONS],
            common.audiences,
        )  # fmt: skip
        found += unmet(topic)
    problems += (problem for problem in found if problem.place not in taken)
    so_far, home = len(problems), folder / "figures"
    artworks = _read_artworks(home, folder.parent / "figures", studio, problems)
    if studio.whole and len(problems) == so_far:
        known = {**studio.shared, **artworks}
        problems += (wrong for one in sources for wrong in unknown_figures(one, known, shown(home)))
    parts |= {name.replace("-", "_"): _by_id(records) for name, records in read.items()}
    first = parts["topic"].publications if parts["topic"] else ()
    parts[PUBLICATIONS] = _led_by(first, parts[PUBLICATIONS])
    documents = {_called(one.document.path, folder): one.document for one in sources}
    return {**parts, "artworks": artworks, "places": dict(_places(read)), "documents": documents}


def _read_files(folder: Path, problems: list[Problem]) -> dict[str, Any]:
    """Return the parts of a topic that are a file each; one that cannot be read is None."""
    return {
        name: OPTIONAL[name]
        if name in OPTIONAL and not (folder / file).exists()
        else read_record(folder / file, kind, problems)
        for name, (file, kind) in FILES.items()
    }


def _wrong_id(folder: Path, topic: model.Topic | None) -> Iterator[Problem]:
    """Yield a Problem if a topic is called otherwise than its folder."""
    if topic and topic.id != folder.name:
        place = parse(folder / FILES["topic"][0]).place(("id",))
        wrong = f"the topic's id is “{topic.id}”, but its folder is “{folder.name}”"
        yield Problem(place, "TOPIC-ID", wrong, "Make the two the same.")


def _called(path: Path, folder: Path) -> str:
    """Return how a file of a topic is called: an item by its id, others by their path."""
    return path.stem if path.parent.name in ITEM_FOLDERS else path.relative_to(folder).as_posix()


LAST = 1000
"""Comes after all that state an order."""


def _by_id(records: Mapping[Path, Any]) -> dict[str, Any]:
    """Return records by id, those that state an order in it, the others after them, by name."""
    held = [one for one in records.values() if one]
    return {one.id: one for one in sorted(held, key=lambda one: getattr(one, "order", 0) or LAST)}


def _places(read: Mapping[str, Mapping[Path, Any]]) -> Iterator[tuple[str, Place]]:
    """Yield the place of each item by its id, of a publication by ``publications/NAME``."""
    for name, records in read.items():
        above = f"{name}/" if name == PUBLICATIONS else ""
        yield from ((above + one.id, parse(p).place(("id",))) for p, one in records.items() if one)


def _read_folder(folder: Path, kind: type[Record], problems: list[Problem]) -> dict[Path, Any]:
    """Return what a folder holds by its file; what cannot be read is None."""
    return {path: read_record(path, kind, problems) for path in sorted(folder.glob("*.yaml"))}


def _led_by(first: Iterable[str], named: Mapping[str, Any]) -> dict[str, Any]:
    """Return what is named with those names first that are to lead it."""
    leading = {name: named[name] for name in first if name in named}
    return {**leading, **named}


def _misplanned(folder: Path, publications: Mapping[Path, Any]) -> Iterator[Problem]:
    """Yield a Problem if there is no publication, or one in the wrong place or wrongly named."""
    yield from misnamed(publications.items(), "publication")
    old = folder / f"{PUBLICATIONS}.yaml"
    if old.exists():
        wrong = "each publication has a file of its own now"
        hint = (
            f"Write each block of it to {PUBLICATIONS}/NAME.yaml, two spaces to the left, with "
            "“id: NAME” above, list the names under “publications” in topic.yaml in their order, "
            "and delete this file."
        )
        yield Problem(Place(shown(old)), "PUBLICATIONS-MOVED", wrong, hint)
    elif not publications:
        wrong = "it holds no publication"
        hint = "Add a file with one; “generate init DIR” makes a complete example."
        yield Problem(Place(shown(folder / PUBLICATIONS)), "FILE-MISSING", wrong, hint)


def misnamed(
    items: Iterable[tuple[Path, model.Item | model.Figure | model.Publication | None]], kind: str
) -> Iterator[Problem]:
    """Yield a Problem for each id that another one has, or that is not its file's name."""
    users: dict[str, list[Path]] = defaultdict(list)
    items = tuple(items)
    yield from _alike([path for path, _ in items])
    for path, item in items:
        if item:
            users[item.id].append(path)
    for id, paths in users.items():
        owner = next((path for path in paths if path.stem == id), paths[0])
        for path in paths:
            if path != owner:
                used = parse(owner).place(("id",))
                yield Problem(
                    parse(path).place(("id",)),
                    "ID-DUPLICATE",
                    f"the id “{id}” is already used in {used}",
                    "Give one of the two, and its file, another name.",
                )
            elif path.stem != id:
                yield Problem(
                    parse(path).place(("id",)),
                    "ID-FILE",
                    f"the id “{id}” differs from the file's name",
                    f"Call the file “{id}.yaml”, or the {kind} “{path.stem}”.",
                )


def _alike(paths: Iterable[Path]) -> Iterator[Problem]:
    """Yield a Problem for each file whose name differs from another's by capitals alone."""
    names: dict[str, Path] = {}
    for path in paths:
        other = names.setdefault(alike(path.stem), path)
        if other.stem != path.stem:
            yield Problem(
                Place(shown(path)),
                "NAME-CASE",
                f"the name differs from that of {shown(other)} by capitals or accents alone",
                "Give one of the two, and its id, another name.",
            )


def _strays(folder: Path) -> Iterator[Problem]:
    """Yield a Problem for each file and folder of a topic that nothing would read."""
    known = [*FOLDERS, *OTHER_FOLDERS]
    for path in sorted(folder.iterdir()):
        if path.is_file() and path.name in known:
            wrong, hint = "a file stands where a folder should be", "Delete it, or rename it."
            yield Problem(Place(shown(path)), "FILE-UNKNOWN", wrong, hint)
        if path.is_dir() and path.name not in known:
            yield Problem(
                Place(shown(path)),
                "FOLDER-UNKNOWN",
                "nothing reads this folder",
                nearest(path.name, known),
            )
    moved = f"{PUBLICATIONS}.yaml"
    files = (path for path in folder.iterdir() if path.name != moved)  # _misplanned tells of it
    yield from _stray_files(files, [file for file, _ in FILES.values()])
    yield from _stray_files(folder.glob("*/**/*.yml"), ())


def _stray_files(paths: Iterable[Path], known: Collection[str]) -> Iterator[Problem]:
    """Yield a Problem for each file that nothing would read, since its name is not known."""
    for path in sorted(paths):
        if path.suffix == ".yml":
            wrong, hint = "nothing reads a file that ends in .yml", "Let its name end in .yaml."
        elif path.suffix == ".yaml" and path.name not in known:
            wrong, hint = "nothing reads this file", nearest(path.name, known)
        else:
            continue
        yield Problem(Place(shown(path)), "FILE-UNKNOWN", wrong, hint)
