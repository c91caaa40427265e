"""A moment as the eye sees it, before it is inked: who and what is there."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from clinicpress.design.look import Look
from clinicpress.figures import person, scene
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
        crop = self.drawing.crop
        return bool(crop) and _size(cropped(crop, self.stage, self.view)) < LARGE

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
        stage = self.stage
        return [
            layer for prop in stage.props for layer in scene.layers(prop, stage.through, self.view)
        ]

    @cached_property
    def box(self) -> Box:
        """The box around all people and things."""
        boxes = [part.box for who in self.people.values() for part in who.parts]
        boxes += [shape.box for layer in self.things for shape in layer.shapes]
        return joined(boxes or [Box(0, 0, 100, 100)])


def _size(box: Box) -> float:
    return max(box.width, box.height)


def shown(drawing: Drawing, seen: Scene) -> Box:
    """Return the box around what is drawn of a moment, without its marks."""
    if drawing.crop:
        return cropped(drawing.crop, seen.stage, seen.view)
    return seen.box


def cropped(corners: tuple[Target, Target] | None, stage: Stage, view: View) -> Box:
    """Return the box between two corners. Raises Fault."""
    return around([view.spot(stage.find(corner)) for corner in corners or ()])


def joined(boxes: Iterable[Box]) -> Box:
    """Return the box around all of ``boxes``."""
    first, *others = boxes
    for box in others:
        first = first.joined(box)
    return first
