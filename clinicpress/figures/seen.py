"""A moment as the eye sees it, before it is inked: who and what is there."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from clinicpress.design.look import Look
from clinicpress.figures import person, scene
from clinicpress.figures.closeups import close_up
from clinicpress.figures.ink import Part
from clinicpress.figures.model import Drawing, Person
from clinicpress.figures.pose import Target
from clinicpress.figures.shapes import Box, Layer, around
from clinicpress.figures.skeleton import Skeleton
from clinicpress.figures.stage import Stage
from clinicpress.figures.view import View

LARGE = 1000.0
"""A picture that shows no more than so many mm is drawn with each finger and in finer grains."""


GRAINS = (0.4, 1.0)
"""Grains of a person's curves in a mm: of one who is shown whole, and large."""


@dataclass(frozen=True)
class Figurant:
    """A person of a moment as the eye sees them: their parts, and the colours of their fills."""

    skeleton: Skeleton
    parts: Sequence[Part]
    fills: Mapping[str, str]


@dataclass(frozen=True)
class Scene:
    """A moment before it is inked: who and what is seen, worked out when it is asked for."""

    drawing: Drawing
    stage: Stage
    cast: Sequence[Person]
    look: Look
    all_stages: Sequence[Stage] = ()

    @cached_property
    def view(self) -> View:
        """From where it is seen."""
        return self.drawing.seen_from(self.stage.moment)

    @cached_property
    def grain(self) -> float:
        """Grains in a mm."""
        return GRAINS[self._is_large]

    @cached_property
    def _is_large(self) -> bool:
        return self.frame is not None and _size(self.frame) < LARGE

    @cached_property
    def frame(self) -> Box | None:
        """What is shown of it; None if that is all. A close-up shows the same in each moment."""
        if self.drawing.close_up:
            return close_up(self.drawing.close_up, self.all_stages or (self.stage,), self.view)
        crop = self.drawing.crop
        return cropped(crop, self.stage, self.view) if crop else None

    @cached_property
    def people(self) -> Mapping[str, Figurant]:
        """Everybody by name."""
        return {
            name: self._figurant(index, name, skeleton)
            for index, (name, skeleton) in enumerate(self.stage.skeletons.items())
        }

    def _figurant(self, index: int, name: str, skeleton: Skeleton) -> Figurant:
        who = self.drawing.cast(name, index, self.cast)
        fills = self.look.fills(index, who.skin, who.hair_tone)
        parts = list(person.parts(skeleton, self.view, fine=self._is_large))
        return Figurant(skeleton, parts, fills)

    @cached_property
    def things(self) -> Sequence[Layer]:
        """The props as layers of shapes."""
        nearness = {who: _nearness(each.parts) for who, each in self.people.items()}
        setting = scene.Setting(self.stage, self.view, nearness)
        return [layer for prop in self.stage.props for layer in scene.layers(prop, setting)]

    @cached_property
    def box(self) -> Box:
        """The box around all people and things."""
        boxes = [part.box for who in self.people.values() for part in who.parts]
        boxes += [shape.box for layer in self.things for shape in layer.shapes]
        return joined(boxes or [Box(0, 0, 100, 100)])


def _nearness(parts: Sequence[Part]) -> Mapping[str, float]:
    """Return how near each part of a person is; two legs may be one part."""
    found = {part.name: part.nearness for part in parts}
    if "legs" in found:
        found |= dict.fromkeys(("right-leg", "left-leg"), found["legs"])
    return found


def _size(box: Box) -> float:
    return max(box.width, box.height)


def shown(seen: Scene) -> Box:
    """Return the box around what is drawn of a moment, without its marks."""
    return seen.frame or seen.box


def cropped(corners: tuple[Target, Target], stage: Stage, view: View) -> Box:
    """Return the box between two corners. Raises Fault."""
    return around([view.spot(stage.find(corner)) for corner in corners])


def joined(boxes: Iterable[Box]) -> Box:
    """Return the box around all of ``boxes``."""
    first, *others = boxes
    for box in others:
        first = first.joined(box)
    return first
