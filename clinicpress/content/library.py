"""The content as one frozen whole: what ``read_library`` returns and everything else uses."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from clinicpress.content.model import (
    URGENT_TIERS,
    Audience,
    Cause,
    Cautions,
    Clinical,
    Decision,
    Exercise,
    Figure,
    Item,
    Mend,
    Myth,
    Procedure,
    Publication,
    Question,
    Reader,
    Reference,
    Region,
    SelfCare,
    SignOff,
    SignTier,
    Technique,
    Term,
    TextItem,
    Tier,
    Topic,
)
from clinicpress.errors import Place, Problem
from clinicpress.figures.model import Cast, Poses
from clinicpress.files.documents import Document

ITEM_KINDS = (
    "causes", "techniques", "exercises", "procedures", "self-care", "texts", "questions", "myths",
)  # fmt: skip
"""The folders of items of a topic, each called as the part that prints them."""


@dataclass(frozen=True)
class Artwork:
    """A figure, where it is written, and a fingerprint of it and of the poses that it may use.

    ``picture`` is the SVG of one that an editor brought; empty where it is drawn.
    """

    figure: Figure
    place: Place = field(repr=False)
    state: str = field(repr=False)
    picture: str = field(default="", repr=False)


@dataclass(frozen=True)
class TopicLibrary:
    """Everything about one topic. Mappings are by id, in print order."""

    topic: Topic
    publications: Mapping[str, Publication]
    readers: Mapping[str, Reader]
    clinical: Clinical
    tiers: Mapping[Tier, SignTier]
    cautions: Cautions
    causes: Mapping[str, Cause]
    techniques: Mapping[str, Technique]
    exercises: Mapping[str, Exercise]
    self_care: Mapping[str, SelfCare]
    questions: Mapping[str, Question]
    myths: Mapping[str, Myth]
    glossary: Mapping[str, Term]
    references: Mapping[str, Reference]
    reviews: tuple[SignOff, ...]
    decisions: tuple[Decision, ...] = ()
    mends: tuple[Mend, ...] = ()
    procedures: Mapping[str, Procedure] = field(default_factory=dict)
    texts: Mapping[str, TextItem] = field(default_factory=dict)
    artworks: Mapping[str, Artwork] = field(default_factory=dict)
    places: Mapping[str, Place] = field(repr=False, default_factory=dict)
    documents: Mapping[str, Document] = field(repr=False, default_factory=dict)

    def items_of(self, part: str) -> Mapping[str, Item]:
        """Return the items of one folder, which is called as the part that prints them."""
        items: Mapping[str, Item] = getattr(self, part.replace("-", "_"))
        return items

    def items(self) -> Iterator[tuple[str, Item]]:
        """Yield (kind, item) for every item of the topic; the kind is its folder's name."""
        for kind in ITEM_KINDS:
            for item in self.items_of(kind).values():
                yield kind, item

    @property
    def urgent(self) -> tuple[Tier, ...]:
        """The tiers of the signs that it has of those that every print needs, gravest first."""
        return tuple(tier for tier in URGENT_TIERS if tier in self.tiers)

    def place(self, id: str) -> Place:
        """Return where the item ``id`` is written, or a publication as ``publications/NAME``."""
        return self.places.get(id, Place(self.topic.id))

    def place_in(self, name: str, *loc: str | int) -> Place:
        """Return where something is written: in an item's file by its id, or in one by its name."""
        return self.documents[name].place(loc) if name in self.documents else self.place(name)


@dataclass(frozen=True)
class Broken:
    """A topic that cannot be read: what is wrong with it, and the publications that it has."""

    problems: tuple[Problem, ...]
    publications: frozenset[str]


@dataclass(frozen=True)
class Library:
    """All of ``sources/``. Each audience has what it takes from those it is like.

    ``artworks`` are those that every topic may name. ``broken`` are the topics that could not be
    read: no other is the worse for it.
    """

    audiences: Mapping[str, Audience]
    regions: Mapping[str, Region]
    topics: Mapping[str, TopicLibrary]
    artworks: Mapping[str, Artwork] = field(default_factory=dict)
    cast: Cast = field(default_factory=dict)
    poses: Poses = field(default_factory=dict)
    broken: Mapping[str, Broken] = field(default_factory=dict)

    def lineage(self, audience: str) -> tuple[str, ...]:
        """Return the audience and those it is like, nearest first."""
        return tuple(lineage(audience, self.audiences))

    def readers(self, publication: Publication) -> tuple[str, ...]:
        """Return the audiences that a publication exists for, in the order of the sources."""
        return tuple(id for id in self.audiences if publication.serves(*self.lineage(id)))

    def tokens(self) -> frozenset[str]:
        """Return the names of the words that some region has, such as ``emergency-number``."""
        return frozenset(token for region in self.regions.values() for token in region.words)


def filled_in(audiences: Mapping[str, Audience]) -> Mapping[str, Audience]:
    """Return the audiences, each with what it leaves out as the nearest that it is like has it."""
    return {id: _filled_in(id, audiences) for id in audiences}


def _filled_in(id: str, audiences: Mapping[str, Audience]) -> Audience:
    said: dict[str, object] = {}
    for name in reversed([*lineage(id, audiences)]):
        said |= {
            field: getattr(audiences[name], field) for field in audiences[name].model_fields_set
        }
    return audiences[id].model_copy(update=said)


def lineage(audience: str, audiences: Mapping[str, Audience]) -> Iterator[str]:
    """Yield the audience and those it is like, nearest first; a loop ends where it closes."""
    seen: set[str] = set()
    name: str | None = audience
    while name is not None and name in audiences and name not in seen:
        seen.add(name)
        yield name
        name = audiences[name].like
