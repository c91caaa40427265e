"""Reads ``sources/`` into a Library, or raises every problem that it found at once."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import Annotated, Any

from clinicpress.content import model
from clinicpress.content.crosscheck import (
    Names,
    check_casts,
    check_common,
    check_likeness,
    cross_check,
    unknown_people,
)
from clinicpress.content.library import Artwork, Library, TopicLibrary, filled_in
from clinicpress.content.pictures import unknown_figures
from clinicpress.errors import EnvironmentFault, Place, Problem, Problems, nearest, shown
from clinicpress.figures.model import Cast, Person, Poses
from clinicpress.figures.pose import Pose
from clinicpress.figures.stage import Fault, staged
from clinicpress.files.names import alike
from clinicpress.files.paths import strange_below
from clinicpress.files.records import Document, parse, read_record

FOLDERS: Mapping[str, type[model.Item]] = {
    "causes": model.Cause,
    "techniques": model.Technique,
    "exercises": model.Exercise,
    "self-care": model.SelfCare,
    "questions": model.Question,
    "myths": model.Myth,
}
OTHER_FOLDERS = ("figures", "translations")
SHARED_FILES = ("audiences.yaml", "regions.yaml")
SHARED_FOLDERS = ("figures",)
SHARED = "shared"
"""What stands in ``sources`` itself, for all topics."""

FILES: Mapping[str, tuple[str, Any]] = {
    "topic": ("topic.yaml", model.Topic),
    "publications": ("publications.yaml", Annotated[dict[model.Id, model.Publication], model.Some]),
    "tiers": ("warning-signs.yaml", Annotated[dict[model.Tier, model.SignTier], model.Some]),
    "cautions": ("cautions.yaml", model.Cautions),
    "glossary": ("glossary.yaml", dict[model.Id, model.Term]),
    "references": ("references.yaml", dict[model.ReferenceId, model.Reference]),
    "reviews": ("reviews.yaml", tuple[model.Review, ...]),
    "readers": ("audiences.yaml", dict[model.Id, model.Reader]),
    "clinical": ("clinical.yaml", model.Clinical),
}
OPTIONAL: Mapping[str, Any] = {"readers": {}, "clinical": model.Clinical()}
"""What a topic holds where it does without one of the files."""

COMMON_FIGURES = ("cast.yaml", "poses.yaml")
CAST = dict[model.Id, Person]
POSES = dict[model.Id, Pose]

AUDIENCES = Annotated[dict[model.Id, model.Audience], model.Some]
REGIONS = Annotated[dict[model.Id, model.Region], model.Some]


def read_library(sources: Path) -> Library:
    """Read every file below ``sources``.

    Raises Problems with all that is wrong, each with its file and line; EnvironmentFault if
    the folder is not there.
    """
    if not sources.is_dir():
        raise EnvironmentFault(
            f"{shown(sources)} holds no audiences.yaml, so it is no folder of sources. "
            "Name one with --sources, or make one with “generate init DIR”."
        )
    if strange := list(strange_below(sources)):
        raise Problems(strange)
    problems: list[Problem] = []
    audiences = read_record(sources / "audiences.yaml", AUDIENCES, problems)
    regions = read_record(sources / "regions.yaml", REGIONS, problems)
    so_far = len(problems)
    studio = _read_studio(sources / "figures", problems)
    studio = replace(studio, whole=len(problems) == so_far)
    common = Names(audiences=audiences, regions=regions)
    read = {
        folder.name: _read_topic(folder, common, studio, problems)
        for folder in _topics(sources, problems)
    }
    documents = _documents(sources / "audiences.yaml", sources / "regions.yaml")
    if audiences:
        problems += check_likeness(documents[0], audiences)
        if studio.cast:
            problems += check_casts(documents[0], audiences, studio.cast)
    references = [parts["references"] for parts in read.values()]
    problems += check_common(documents, references or [None])
    if problems:
        raise Problems(problems)
    topics = {name: TopicLibrary(**parts) for name, parts in read.items()}
    return Library(filled_in(audiences), regions, topics, studio.shared, studio.cast, studio.poses)


def _topics(sources: Path, problems: list[Problem]) -> list[Path]:
    """Return the folders of topics, and tell what else is there that nothing would read."""
    problems += _stray_files(sources.iterdir(), SHARED_FILES)
    own = (path for path in sorted(sources.iterdir()) if not path.name.startswith((".", "__")))
    folders = [path for path in own if path.is_dir() and path.name not in SHARED_FOLDERS]
    written = [path for path in folders if any(path.rglob("*.y*ml"))]
    topics = [
        path for path in written if any((path / file).is_file() for file, _ in FILES.values())
    ]
    for folder in written:
        if folder not in topics:
            read_record(folder / FILES["topic"][0], model.Topic, problems)
    if not written:
        hint = "Add a folder with one; “generate init DIR” makes a complete example."
        problems.append(Problem(Place(shown(sources)), "TOPIC-NONE", "it holds no topic", hint))
    return topics


@dataclass(frozen=True)
class _Studio:
    """What the figures of all topics are drawn with, and those that every topic may show.

    ``whole`` says that all of them could be read.
    """

    cast: Cast
    poses: Poses
    shared: Mapping[str, Artwork]
    whole: bool = True


def _read_studio(folder: Path, problems: list[Problem]) -> _Studio:
    """Return what is in the folder of the figures that no topic has for itself."""
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        if path.name not in (*COMMON_FIGURES, SHARED) and not path.name.startswith((".", "__")):
            hint = f"Move it to {shown(folder / SHARED)}, or to the figures of its topic."
            problems.append(Problem(Place(shown(path)), "FIGURE-ASTRAY", "nothing reads it", hint))
    cast, poses = (
        (read_record(path, kind, problems) or {}) if path.exists() else {}
        for path, kind in ((folder / "cast.yaml", CAST), (folder / "poses.yaml", POSES))
    )
    return _Studio(cast, poses, _read_artworks(folder / SHARED, cast, poses, problems))


def _read_artworks(
    folder: Path, cast: Cast, poses: Poses, problems: list[Problem]
) -> dict[str, Artwork]:
    """Return the figures of a folder by id. Without any, nothing is drawn."""
    problems += _strays_among_figures(folder)
    paths = [path for path in sorted(folder.rglob("*.yaml")) if path.name not in COMMON_FIGURES]
    read = {path: read_record(path, model.Figure, problems) for path in paths}
    found = {path: figure for path, figure in read.items() if figure}
    problems += misnamed(found.items(), "figure")
    problems += _impossible(found, poses, _largest(cast))
    problems += (
        problem
        for path, figure in found.items()
        for problem in unknown_people(parse(path), ("shows",), figure.shows, cast)
    )
    shared = repr(poses)
    return {figure.id: _artwork(path, figure, shared) for path, figure in found.items()}


def _strays_among_figures(folder: Path) -> Iterator[Problem]:
    """Yield a Problem for each file in a folder of figures that holds no figure."""
    for path in sorted(folder.rglob("*.yaml")):
        if path.name in COMMON_FIGURES:
            hint = f"Move it to sources/figures/{path.name}."
            yield Problem(Place(shown(path)), "FIGURE-ASTRAY", "nothing reads it here", hint)


def _artwork(path: Path, figure: model.Figure, shared: str) -> Artwork:
    document = parse(path)
    state = sha256(f"{document.data!r} {shared}".encode()).hexdigest()
    return Artwork(figure, document.place(("id",)), state)


def _largest(cast: Cast) -> Person:
    """Return somebody as large and as stooped as anybody of the cast."""
    people = (Person(), *cast.values())
    girth, stoop = (max(getattr(one, key) for one in people) for key in ("girth", "stoop"))
    return Person(girth=girth, stoop=stoop)


def _impossible(
    figures: Mapping[Path, model.Figure], poses: Poses, largest: Person
) -> Iterator[Problem]:
    """Yield a Problem for each figure with a pose that nobody can take.

    How large and how stooped somebody is changes how far they reach: the extremes try each pose.
    """
    for path, figure in figures.items():
        try:
            for person in (Person(), largest):
                staged(figure, (person,), poses)
        except Fault as fault:
            place = parse(path).place(fault.at)
            yield Problem(place, fault.code, fault.message, fault.hint)


def _documents(*paths: Path) -> tuple[Document, ...]:
    return tuple(parse(path) for path in paths if path.is_file())


def _read_topic(
    folder: Path, common: Names, studio: _Studio, problems: list[Problem]
) -> dict[str, Any]:
    """Return the parts of a topic by name; a part that cannot be read is None."""
    parts = {
        name: OPTIONAL[name]
        if name in OPTIONAL and not (folder / file).exists()
        else read_record(folder / file, kind, problems)
        for name, (file, kind) in FILES.items()
    }
    problems += _strays(folder)
    items = {name: _read_items(folder / name, kind, problems) for name, kind in FOLDERS.items()}
    problems += misnamed((path for found in items.values() for path in found.items()), "item")
    if parts["topic"] and parts["topic"].id != folder.name:
        problems.append(
            Problem(
                parse(folder / "topic.yaml").place(("id",)),
                "TOPIC-ID",
                f"the topic's id is “{parts['topic'].id}”, but its folder is “{folder.name}”",
                "Make the two the same.",
            )
        )
    names = common.of_topic(
        parts["references"],
        parts["tiers"],
        {name: [path.stem for path in found] for name, found in items.items()},
    )
    taken = {problem.place for problem in problems}
    home = folder / "figures"
    paths = [path for path in sorted(folder.rglob("*.yaml")) if not path.is_relative_to(home)]
    found = cross_check(_documents(*paths), parts, names)
    problems += (problem for problem in found if problem.place not in taken)
    so_far = len(problems)
    artworks = _read_artworks(home, studio.cast, studio.poses, problems)
    contents = _contents(folder, parts, items)
    if studio.whole and len(problems) == so_far:
        known = {**studio.shared, **artworks}
        for path, content in contents.items():
            problems += unknown_figures(parse(path), content, known, shown(home))
    for name, records in items.items():
        parts[name.replace("-", "_")] = {item.id: item for item in records.values() if item}
    places = {
        item.id: parse(path).place(("id",))
        for records in items.values()
        for path, item in records.items()
        if item
    }
    for name in parts["publications"] or ():
        places[f"publications/{name}"] = parse(folder / "publications.yaml").place((name,))
    documents = {
        path.name if path.parent == folder else path.stem: parse(path) for path in contents
    }
    return {**parts, "artworks": artworks, "places": places, "documents": documents}


def _contents(
    folder: Path, parts: Mapping[str, Any], items: Mapping[str, Mapping[Path, model.Item | None]]
) -> dict[Path, Any]:
    """Return what was read of a topic, by its file."""
    files = {folder / file: parts[name] for name, (file, _) in FILES.items()}
    files |= {path: item for found in items.values() for path, item in found.items()}
    return {path: content for path, content in files.items() if path.is_file()}


def _read_items(
    folder: Path, kind: type[model.Item], problems: list[Problem]
) -> dict[Path, model.Item | None]:
    """Return every item of a folder by its file; one that cannot be read is None."""
    return {path: read_record(path, kind, problems) for path in sorted(folder.glob("*.yaml"))}


def misnamed(
    items: Iterable[tuple[Path, model.Item | model.Figure | None]], kind: str
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
            place = parse(path).place(("id",))
            if path != owner:
                used = parse(owner).place(("id",))
                yield Problem(
                    place,
                    "ID-DUPLICATE",
                    f"the id “{id}” is already used in {used}",
                    "Give one of the two, and its file, another name.",
                )
            elif path.stem != id:
                yield Problem(
                    place,
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
    yield from _stray_files(folder.iterdir(), [file for file, _ in FILES.values()])
    yield from _stray_files(folder.glob("*/**/*.yml"), ())


def _stray_files(paths: Iterable[Path], known: Collection[str]) -> Iterator[Problem]:
    """Yield a Problem for each file that nothing would read, since its name is not known."""
    for path in sorted(paths):
        place = Place(shown(path))
        if path.suffix == ".yml":
            wrong, hint = "nothing reads a file that ends in .yml", "Let its name end in .yaml."
            yield Problem(place, "FILE-UNKNOWN", wrong, hint)
        elif path.suffix == ".yaml" and path.name not in known:
            hint = nearest(path.name, known)
            yield Problem(place, "FILE-UNKNOWN", "nothing reads this file", hint)
