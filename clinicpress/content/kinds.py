"""What each kind of topic needs of its files: its parts, as read -> Problems.

The model asks for what every topic has. What is asked for beyond this rests on the topic's kind, on
what it holds, and on the parts that its publications print.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from clinicpress.content.library import lineage
from clinicpress.content.model import (
    URGENT_TIERS,
    Audience,
    Cautions,
    Publication,
    SignTier,
    Topic,
    TopicKind,
)
from clinicpress.errors import Place, Problem, shown
from clinicpress.files.documents import parse

ABOUT, CAUTIONS, SIGNS = "topic.yaml", "cautions.yaml", "warning-signs.yaml"

HOLDS: Mapping[TopicKind, tuple[str, ...]] = {
    "movement": ("exercises", "techniques"),
    "procedure": ("procedures",),
    "information": ("texts", "questions", "self-care", "causes", "myths"),
}
"""The folders of which a topic has items in one at least, by its kind."""

GATED = ("gate", "safety_net")
PRACTISED = (*GATED, "do_not", "ask_first", "stop_signs", "scale")
"""What of the cautions a topic needs that advises to do something, and one with exercises."""

NEEDED_BY_PART: Mapping[str, tuple[str, ...]] = {
    "gate": GATED, "scale": ("scale",), "never-press": ("never_press",),
}  # fmt: skip
LISTS = ("do_not", "ask_first", "never_press", "stop_signs")
"""The lists of cautions, of which the part “cautions” prints those that there are."""


@dataclass(frozen=True)
class Parts:
    """A topic as it was read from ``folder``; what could not be read is None.

    ``items`` are the folders that hold any, ``publications`` what is printed, by file.
    """

    folder: Path
    topic: Topic
    tiers: Mapping[str, SignTier] | None
    cautions: Cautions | None
    items: Collection[str]
    publications: Mapping[Path, Publication | None]
    audiences: Mapping[str, Audience] | None

    @property
    def practised(self) -> bool:
        """Whether it has, or is to have, something to do with a dose."""
        return self.topic.kind == "movement" or bool({*HOLDS["movement"]} & {*self.items})

    @property
    def printed(self) -> frozenset[str]:
        """The parts that some publication prints."""
        plans = (plan for one in self.publications.values() if one for plan in one.plans.values())
        return frozenset(section.part for plan in plans for section in plan)

    def place(self, file: str, *loc: str) -> Place:
        """Return where something is written in a file, which need not be there."""
        path = self.folder / file
        return parse(path).place(loc) if path.exists() else Place(shown(path))


def unmet(parts: Parts) -> Iterator[Problem]:
    """Yield a Problem for each thing that the topic needs and has not."""
    yield from _items(parts)
    yield from _signs(parts)
    yield from _cautions(parts)
    yield from _diary(parts)
    yield from _limits(parts)


def _items(parts: Parts) -> Iterator[Problem]:
    kind = parts.topic.kind
    if not {*HOLDS[kind]} & {*parts.items}:
        *most, last = HOLDS[kind]
        folders = f"{', '.join(most)} or {last}" if most else last
        yield Problem(
            parts.place(ABOUT, "kind"),
            "TOPIC-KIND",
            f"a topic of the kind “{kind}” has something in {folders}, and this one has not",
            "Write an item there, or correct the kind.",
        )


def _signs(parts: Parts) -> Iterator[Problem]:
    """Each tier that every print needs has signs that are required, or a reason why it has none."""
    because = parts.topic.no_signs_because
    lacking = [tier for tier in URGENT_TIERS if tier not in because]
    if lacking and not (parts.folder / SIGNS).exists():
        yield _missing_file(parts, SIGNS, "Add it, or say why there are none: `no_signs_because`.")
        return
    for tier in URGENT_TIERS if parts.tiers is not None else ():
        key = tier.replace("-", "_")
        held = tier in (parts.tiers or {})
        if held and tier in because:
            wrong = f"the topic has {tier} signs, and a reason why it has none"
            hint = "Take one of the two out."
            yield Problem(parts.place(ABOUT, "no_signs_because", tier), "SIGNS-NONE", wrong, hint)
        elif not held and tier not in because:
            wrong = f"the topic has no {tier} signs, and does not say why"
            hint = f"Write them in {SIGNS}, or say why under `no_signs_because`."
            yield Problem(parts.place(ABOUT), "SIGNS-NONE", wrong, hint)
        elif held and not getattr(parts.topic.required_signs, key):
            yield _missing(parts, ABOUT, "required_signs", key)


def _cautions(parts: Parts) -> Iterator[Problem]:
    needed = tuple(_needed(parts))
    if needed and not (parts.folder / CAUTIONS).exists():
        yield _missing_file(parts, CAUTIONS)
    elif parts.cautions is not None:
        for key in needed:
            if getattr(parts.cautions, key) is None:
                yield _missing(parts, CAUTIONS, key)
        if scale := parts.cautions.scale:
            for folder, key in (("exercises", "exercise"), ("techniques", "massage")):
                if folder in parts.items and getattr(scale, key) is None:
                    yield _missing(parts, CAUTIONS, "scale", key)


def _needed(parts: Parts) -> Iterator[str]:
    """Yield the keys of the cautions that the topic needs, in their order, each once."""
    wanted = {key for part in parts.printed for key in NEEDED_BY_PART.get(part, ())}
    if parts.topic.kind == "procedure" or (parts.cautions and parts.cautions.gate):
        wanted.update(GATED)
    if parts.practised:
        wanted.update(PRACTISED)
    if "techniques" in parts.items:
        wanted.add("never_press")
    listed = parts.cautions and any(getattr(parts.cautions, key) for key in LISTS)
    if "cautions" in parts.printed and not listed:
        wanted.add(LISTS[0])
    yield from (key for key in Cautions.model_fields if key in wanted)


def _diary(parts: Parts) -> Iterator[Problem]:
    if "diary" in parts.printed and not (parts.practised or parts.topic.diary):
        yield _missing(parts, ABOUT, "diary", hint="Say what is written down each day.")
    if "my-exercises" in parts.printed and not parts.practised:
        wrong = "a section “my-exercises” is for a topic with exercises"
        for path, one in parts.publications.items():
            if one and any(s.part == "my-exercises" for plan in one.plans.values() for s in plan):
                yield Problem(parse(path).place(("sections",)), "TOPIC-KIND", wrong, "Take it out.")


def _limits(parts: Parts) -> Iterator[Problem]:
    """Each audience says how many exercises are advised for it, where a topic has any."""
    audiences = parts.audiences or {}
    file = parts.folder.parent / "audiences.yaml"
    for id in audiences if parts.practised else ():
        above = lineage(id, audiences)
        if not any("exercise_limit" in audiences[name].model_fields_set for name in above):
            wrong = f"“{id}” lacks “exercise_limit”, and “{parts.topic.id}” has exercises"
            hint = "Add it, or say which audience it is `like`."
            yield Problem(parse(file).place((id,)), "KEY-MISSING", wrong, hint)


def _missing(parts: Parts, file: str, *loc: str, hint: str = "Add it.") -> Problem:
    wrong = f"the key “{' › '.join(loc)}” is missing"
    return Problem(parts.place(file, *loc), "KEY-MISSING", wrong, hint)


def _missing_file(
    parts: Parts, file: str, hint: str = "Add it; “generate init DIR” makes a complete example."
) -> Problem:
    return Problem(parts.place(file), "FILE-MISSING", "the file is missing", hint)
