"""The figures of one edition, drawn when a page asks for them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from clinicpress.design.look import Look
from clinicpress.errors import Place, Problem, Problems
from clinicpress.figures.model import Drawing, Person, Poses
from clinicpress.figures.stage import Fault
from clinicpress.files.shelf import Shelf


class NoSuchFigure(LookupError):
    """A figure is asked for that a print does not show."""


AT = ":"
"""What stands between the name of a figure and that of its moment."""

WHOLE = "whole"
"""What stands for the moment of a picture that has none."""


@dataclass(frozen=True)
class Plate:
    """A figure for one edition: what is drawn, who is shown, and the words that go with it.

    ``state`` is a fingerprint of the drawing, the poses that it may use and the people;
    ``numbers`` are those of the steps beside it, by the step's name. ``picture`` is the SVG of what
    was not drawn here, and ``credit`` says who made it, and under which licence.
    """

    id: str
    alt: str
    labels: tuple[tuple[str, str], ...]
    state: str
    place: Place = field(repr=False)
    drawing: Drawing = field(repr=False)
    people: tuple[Person, ...] = field(repr=False)
    numbers: tuple[tuple[str, int], ...] = ()
    picture: str = field(default="", repr=False)
    credit: str = ""

    @property
    def moments(self) -> tuple[str, ...]:
        """The names of its pictures in order; one that was brought is one."""
        return tuple(self.drawing.moments) or (WHOLE,)


@dataclass(frozen=True)
class Drawn:
    """A figure as SVG, with the words that go with it, and the names of its moments.

    ``areas`` are the kinds of areas that it shows, such as ``stretch``, each with a small drawing
    of one for a key that says what they mean.
    """

    id: str
    svg: str
    alt: str
    labels: tuple[tuple[str, str], ...]
    areas: tuple[tuple[str, str], ...] = ()
    moments: tuple[str, ...] = ()


@dataclass(frozen=True)
class Kept:
    """A figure that was drawn, and the signs of the layouts that it shows, by name."""

    svg: str
    signs: Mapping[str, str]


MOST = 500
"""Figures that a process keeps; all of a topic, for all its readers, are fewer."""

KEPT: Shelf[tuple[str, str | None, float, float, str], Kept] = Shelf(MOST)
"""What this process has drawn: by the state of a plate with the numbers of its steps, the moment,
the shape, the width of a row, and the look.
"""


@dataclass(frozen=True)
class Drawings:
    """Draws plates by name, each once for a shape of its place.

    A name may also be a plate's and one of its moments', with ``AT`` between.
    """

    plates: Sequence[Plate]
    poses: Poses
    look: Look
    symbol: Callable[[str], str]
    made: dict[tuple[str, str | None, float, float], Drawn] = field(default_factory=dict)

    def find(self, name: str, shape: float, row: float = 0) -> Drawn:
        """Return the figure ``name``; ``shape`` is the width of its place over its height.

        With ``row``, its width in mm, its moments stand in a row of cells, above words for each.

        Raises Problems if it cannot be drawn, NoSuchFigure if there is none.
        """
        id, at, moment = name.partition(AT)
        for plate in self.plates:
            if id == plate.id and (not at or moment in plate.moments):
                return self._drawn(plate, moment or None, shape, row)
        raise NoSuchFigure(f"this print shows no figure “{name}”")

    def _drawn(self, plate: Plate, moment: str | None, shape: float, row: float) -> Drawn:
        key = (plate.id, moment, shape, row)
        if key not in self.made:
            svg = self._svg(plate, moment, shape, row)
            areas, moments = self._areas(plate, moment), plate.moments
            self.made[key] = Drawn(plate.id, svg, plate.alt, plate.labels, areas, moments)
        return self.made[key]

    def _areas(self, plate: Plate, moment: str | None) -> tuple[tuple[str, str], ...]:
        """Return the kinds of areas of a figure or of one of its moments, each as a small SVG."""
        from clinicpress.figures.marking import swatch

        moments = plate.drawing.moments
        shown = [each for name, each in moments.items() if moment in (None, name)]
        marks = [mark for each in shown for mark in each.marks]
        kinds = dict.fromkeys(mark.kind for mark in marks if mark.area or mark.patch)
        return tuple((kind, swatch(kind, self.look)) for kind in kinds)

    def _svg(self, plate: Plate, moment: str | None, shape: float, row: float) -> str:
        """Return a figure, which is drawn once a process for prints that show it alike."""
        if plate.picture:
            return plate.picture
        key = (f"{plate.state} {plate.numbers}", moment, shape, row, repr(self.look))
        kept = KEPT.get(key) if plate.state else None
        if kept and all(self.symbol(name) == sign for name, sign in kept.signs.items()):
            return kept.svg
        signs: dict[str, str] = {}
        svg = self._draw(
            plate, moment, shape, row, lambda name: signs.setdefault(name, self.symbol(name))
        )
        if plate.state:
            KEPT.add(key, Kept(svg, signs))
        return svg

    def _draw(
        self,
        plate: Plate,
        moment: str | None,
        shape: float,
        row: float,
        symbol: Callable[[str], str],
    ) -> str:
        from clinicpress.figures.drawing import draw

        try:
            return draw(
                plate.drawing, plate.people, self.poses, self.look, symbol,
                shape=shape, only=moment, row=row, numbers=dict(plate.numbers),
            )  # fmt: skip
        except Fault as fault:
            problem = Problem(plate.place, fault.code, fault.message, fault.hint)
            raise Problems([problem]) from None
