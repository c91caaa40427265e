"""The figures on their own: one as SVG or PNG, or all on a contact sheet for the editor."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from clinicpress.errors import Place, Problem, Problems, unknown
from clinicpress.figures.plate import AT, Drawings, Drawn, NoSuchFigure

if TYPE_CHECKING:
    from clinicpress.content.library import Artwork, Library
    from clinicpress.design.design import Design

SHAPE = 1.25
"""The width of a figure's place over its height where nothing else is said."""

WORDS = 500
"""As many words as it takes as long to set as one figure at both its sizes."""


def drawings(library: "Library", audience: str, design: "Design") -> Drawings:
    """Return all figures with the people that an audience is shown. Raises UnknownName.

    One whose name another has, too, is called after its topic: ``sore-wrist/E1a``.
    """
    from clinicpress.editions.plates import plates

    if audience not in library.audiences:
        raise unknown("audience", audience, library.audiences)
    hung = tuple(plates(_every_artwork(library), library, audience))
    return Drawings(hung, library.poses, design.look(), design.symbol)


def _every_artwork(library: "Library") -> "Mapping[str, Artwork]":
    """Return every figure by the name that it has among all."""
    own = [(topic, id) for topic, held in library.topics.items() for id in held.artworks]
    times = Counter((*library.artworks, *(id for _, id in own)))
    return {
        **library.artworks,
        **{
            id if times[id] == 1 else f"{topic}/{id}": library.topics[topic].artworks[id]
            for topic, id in own
        },
    }


def draw_one(drawings: Drawings, id: str) -> Drawn:
    """Return the figure ``id``. Raises UnknownName if there is none, Problems if it is wrong."""
    try:
        return drawings.find(id, SHAPE)
    except NoSuchFigure:
        ids = [plate.id for plate in drawings.plates]
        raise unknown("figure", id, ids, listed="“generate figures” shows all.") from None


def draw_all(drawings: Drawings) -> Iterator[Drawn]:
    """Yield every figure. Raises Problems with all that cannot be drawn, after the last."""
    problems: list[Problem] = []
    for plate in drawings.plates:
        try:
            yield draw_one(drawings, plate.id)
        except Problems as error:
            problems += error.problems
    if problems:
        raise Problems(problems)


def to_png(svg: str, design: "Design", width: int) -> bytes:
    """Return a drawing as PNG, ``width`` pixels wide."""
    import io

    import pypdfium2

    from clinicpress.pages.compose import svg_url
    from clinicpress.pages.typeset import typeset
    from clinicpress.pdf.boxes import MM

    box = svg.split('viewBox="', 1)[1].split('"', 1)[0].split()
    high = 200 * float(box[3]) / float(box[2])
    shown = svg
    if "<image " in svg:  # pixels that somebody brought, which no page may link to
        shown = f'<img style="display:block;width:200mm" src="{svg_url(svg)}" alt="figure">'
    html = (
        f'<html lang="{design.language}"><title>figure</title><style>@page{{margin:0;'
        f"size:200mm {high:.2f}mm}}body{{margin:0}}svg{{display:block}}</style>"
        f"<h1 style='position:absolute;color:transparent;font-size:1pt'>.</h1>{shown}</html>"
    )
    pdf = pypdfium2.PdfDocument(typeset(html, design).pdf)
    image = pdf[0].render(scale=width / (200 * MM)).to_pil()
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
    from clinicpress.files.output import write_below
    from clinicpress.processes.workers import bounded, make_ready

    make_ready()
    library = read_library(sources)
    design = open_design(layouts, brand=brand, format="standard", language="en", paper="A4")
    found = drawings(library, audience, design)
    named = {id.partition(AT)[0] for id in ids}
    wrong = [one for each in library.broken.values() for one in each.problems]
    if wrong and named - {plate.id for plate in found.plates}:  # it may be of a broken topic
        raise Problems(wrong)
    for id in ids:
        path = f"figures/{id.replace(AT, '-')}.{'png' if png else 'svg'}"
        picture = bounded(_picture, (found, id, design, png), Place(f"{id}.svg"), brand)
        write_below(output, path, picture)
        yield output / path
    if not ids:
        place, words = Place("figures.pdf"), len(found.plates) * WORDS
        sheet = bounded(_sheet, (found, design), place, brand, words=words)
        write_below(output, place.file, sheet)
        yield output / place.file


def _picture(job: "tuple[Drawings, str, Design, int | None]") -> bytes:
    drawings, id, design, width = job
    svg = draw_one(drawings, id).svg
    return to_png(svg, design, width) if width else svg.encode()


def _sheet(job: "tuple[Drawings, Design]") -> bytes:
    drawings, design = job
    return contact_sheet(draw_all(drawings), design, "en")
