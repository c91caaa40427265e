"""The figures on their own: one as SVG or PNG, or all on a contact sheet for the editor."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from clinicpress.errors import Problem, Problems, UnknownName, nearest
from clinicpress.figures.stage import Fault

if TYPE_CHECKING:
    from clinicpress.content.library import Library
    from clinicpress.content.model import Figure
    from clinicpress.design.design import Design
    from clinicpress.figures.model import Person

SHAPE = 1.25
"""The width of a figure's place over its height where nothing else is said."""


@dataclass(frozen=True)
class Drawn:
    """A figure as SVG, with the words that go with it."""

    id: str
    svg: str
    alt: str
    labels: tuple[tuple[str, str], ...]


def draw_one(
    library: "Library", id: str, audience: str, design: "Design", shape: float = SHAPE
) -> Drawn:
    """Return the figure ``id`` with the people that an audience is shown.

    Raises UnknownName if there is no such figure or audience, Problems if it cannot be drawn.
    """
    if id not in library.figures:
        raise UnknownName(f"There is no figure “{id}”. {nearest(id, library.figures)}")
    if audience not in library.audiences:
        raise UnknownName(
            f"There is no audience “{audience}”. {nearest(audience, library.audiences)}"
        )
    figure, lineage = library.figures[id], library.lineage(audience)
    from clinicpress.figures.drawing import draw

    try:
        svg = draw(figure, cast_of(library, audience), library.poses, design.look(), design.symbol,
                   shape=shape)  # fmt: skip
    except Fault as fault:
        raise Problems([problem_of(library, figure, fault)]) from None
    labels = tuple((number, text.said_to(*lineage)) for number, text in figure.labels.items())
    return Drawn(id, svg, figure.alt.said_to(*lineage), labels)


def cast_of(library: "Library", audience: str) -> "Sequence[Person]":
    """Return the people whom an audience is shown; somebody, if it names nobody."""
    from clinicpress.figures.model import Person

    return [library.cast[name] for name in library.audiences[audience].cast] or [Person()]


def problem_of(library: "Library", figure: "Figure", fault: Fault) -> Problem:
    """Return what is wrong with a figure, with its file and line."""
    from clinicpress.records import parse

    found = next(library.figures_folder.rglob(f"{figure.id}.yaml"))
    return Problem(parse(found).place(fault.at), fault.code, fault.message, fault.hint)


def draw_all(library: "Library", audience: str, design: "Design") -> Iterator[Drawn]:
    """Yield every figure. Raises Problems with all that cannot be drawn, after the last."""
    problems: list[Problem] = []
    for id in library.figures:
        try:
            yield draw_one(library, id, audience, design)
        except Problems as error:
            problems += error.problems
    if problems:
        raise Problems(problems)


def to_png(svg: str, design: "Design", width: int) -> bytes:
    """Return a drawing as PNG, ``width`` pixels wide."""
    import io

    import pypdfium2

    from clinicpress.pages.typeset import typeset

    box = svg.split('viewBox="', 1)[1].split('"', 1)[0].split()
    high = 200 * float(box[3]) / float(box[2])
    html = (
        f'<html lang="{design.language}"><title>figure</title><style>@page{{margin:0;'
        f"size:200mm {high:.2f}mm}}body{{margin:0}}svg{{display:block}}</style>"
        f"<h1 style='position:absolute;color:transparent;font-size:1pt'>.</h1>{svg}</html>"
    )
    pdf = pypdfium2.PdfDocument(typeset(html, design).pdf)
    image = pdf[0].render(scale=width / (200 / 25.4 * 72)).to_pil()
    file = io.BytesIO()
    image.save(file, "PNG", optimize=True)
    return file.getvalue()


def contact_sheet(drawn: "Iterable[Drawn]", design: "Design", locale: str) -> bytes:
    """Return a PDF of figures, each at 40 and at 90 mm with its name and its words."""
    from clinicpress.pages.compose import set_template
    from clinicpress.pages.tags import mend
    from clinicpress.pages.typeset import typeset

    html = set_template("figures.html", {"figures": list(drawn)}, design, locale)
    return mend(typeset(html, design).pdf)


def write_figures(
    sources: Path, layouts: Path, output: Path, *, ids: Sequence[str], audience: str, brand: str,
    png: int | None,
) -> Iterator[Path]:  # fmt: skip
    """Write the figures ``ids``, each as SVG or PNG; without ids, the contact sheet of all.

    ``png`` is the width in pixels. Yields each path that was written. Raises Problems, UnknownName.
    """
    from clinicpress.content.reader import read_library
    from clinicpress.design.design import open_design
    from clinicpress.output import write_atomic

    library = read_library(sources)
    design = open_design(layouts, brand=brand, format="standard", language="en", paper="A4")
    folder = output / "figures"
    for id in ids:
        figure = draw_one(library, id, audience, design)
        path = folder / f"{id}.{'png' if png else 'svg'}"
        write_atomic(path, to_png(figure.svg, design, png) if png else figure.svg.encode())
        yield path
    if not ids:
        path = output / "figures.pdf"
        write_atomic(path, contact_sheet(draw_all(library, audience, design), design, "en"))
        yield path
