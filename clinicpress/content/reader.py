"""Reads ``sources/`` into a Library, or raises every problem that it found at once."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from clinicpress.content import model
from clinicpress.content.library import Library, TopicLibrary
from clinicpress.content.references import cross_check
from clinicpress.errors import EnvironmentFault, Place, Problem, Problems, shown
from clinicpress.records import Document, parse, read_record

FOLDERS: Mapping[str, type[model.Item]] = {
    "causes": model.Cause,
    "techniques": model.Technique,
    "exercises": model.Exercise,
    "self-care": model.SelfCare,
    "questions": model.Question,
    "myths": model.Myth,
}

FILES: Mapping[str, tuple[str, Any]] = {
    "topic": ("topic.yaml", model.Topic),
    "publications": ("publications.yaml", dict[model.Id, model.Publication]),
    "tiers": ("warning-signs.yaml", dict[model.Tier, model.SignTier]),
    "cautions": ("cautions.yaml", model.Cautions),
    "glossary": ("glossary.yaml", dict[model.Id, model.Term]),
    "references": ("references.yaml", dict[model.ReferenceId, model.Reference]),
    "reviews": ("reviews.yaml", tuple[model.Review, ...]),
}


def read_library(sources: Path) -> Library:
    """Read every file below ``sources``.

    Raises Problems with all that is wrong, each with its file and line; EnvironmentFault if
    the folder is not there.
    """
    if not (sources / "audiences.yaml").is_file():
        raise EnvironmentFault(
            f"{shown(sources)} holds no audiences.yaml, so it is no folder of sources. "
            "Name one with --sources, or make one with “generate init DIR”."
        )
    problems: list[Problem] = []
    audiences = read_record(sources / "audiences.yaml", dict[model.Id, model.Audience], problems)
    regions = read_record(sources / "regions.yaml", dict[model.Id, model.Region], problems)
    topics = {}
    for folder in sorted(sources.iterdir()):
        if (folder / "topic.yaml").is_file():
            topic = _read_topic(folder, problems)
            if topic and audiences and regions:
                problems += cross_check(topic, _documents(folder), audiences, regions)
                topics[folder.name] = topic
    if problems:
        raise Problems(problems)
    return Library(audiences, regions, topics)


def _documents(folder: Path) -> tuple[Document, ...]:
    return tuple(parse(path) for path in sorted(folder.rglob("*.yaml")))


def _read_topic(folder: Path, problems: list[Problem]) -> TopicLibrary | None:
    before = len(problems)
    parts = {
        name: read_record(folder / file, kind, problems) for name, (file, kind) in FILES.items()
    }
    places: dict[str, Place] = {}
    for name, kind in FOLDERS.items():
        parts[name.replace("-", "_")] = _read_items(folder / name, kind, places, problems)
    if len(problems) > before:
        return None
    if parts["topic"].id != folder.name:
        problems.append(Problem(
            parse(folder / "topic.yaml").place(("id",)), "TOPIC-ID",
            f"the topic's id is “{parts['topic'].id}”, but its folder is “{folder.name}”",
            "Make the two the same."))  # fmt: skip
    return TopicLibrary(**parts, places=places)


def _read_items(
    folder: Path, kind: type[model.Item], places: dict[str, Place], problems: list[Problem]
) -> dict[str, model.Item]:
    items: dict[str, model.Item] = {}
    for path in sorted(folder.glob("*.yaml")):
        item = read_record(path, kind, problems)
        if item is None:
            continue
        place = parse(path).place(("id",))
        if item.id in places:
            problems.append(Problem(
                place, "ID-DUPLICATE",
                f"the id “{item.id}” is already used in {places[item.id]}",
                "Give one of the two another id."))  # fmt: skip
        elif item.id != path.stem:
            problems.append(Problem(
                place, "ID-FILE", f"the id “{item.id}” differs from the file's name",
                f"Call the file “{item.id}.yaml”, or the item “{path.stem}”."))  # fmt: skip
        places.setdefault(item.id, place)
        items[item.id] = item
    return items
