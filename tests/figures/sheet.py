"""The contact sheet of the twenty exercises of ``whole_body``, to look at: 40 mm each, and in grey.

``python -m tests.figures.sheet FOLDER [NAME...]`` writes ``sheet.png`` and ``sheet-grey.png`` into
a folder that is not the project's.
"""

import sys
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from clinicpress.authoring.gallery import SHAPE
from clinicpress.content.model.figures import Figure
from clinicpress.design.design import Design, open_design
from clinicpress.errors import Problem, Problems
from clinicpress.figures.drawing import draw
from clinicpress.figures.model import Person
from clinicpress.files.records import read_record
from tests.conftest import ROOT, content

FOLDER = Path(__file__).parent / "whole_body/figures"
WIDE = 40
"""How wide a drawing is, in mm."""
COLUMNS = 4


@cache
def figures() -> dict[str, Figure]:
    """Return the exercises by name. Raises Problems."""
    problems: list[Problem] = []
    found = {p.stem: read_record(p, Figure, problems) for p in sorted(FOLDER.glob("*.yaml"))}
    if problems:
        raise Problems(problems)
    return {name: figure for name, figure in found.items() if figure}


def svg(name: str, design: Design, people: Sequence[Person] | None = None) -> str:
    """Return an exercise as it is printed."""
    library = content()
    cast = people or [library.cast["adult-a"], library.cast["adult-b"]]
    return draw(figures()[name], cast, library.poses, design.look(), design.symbol, shape=SHAPE)


def write(folder: Path, names: Sequence[str]) -> list[Path]:
    """Write the sheet, in colour and in grey, with no name on it but a number."""
    import pypdfium2
    from PIL import Image

    from clinicpress.pages.typeset import typeset

    design = open_design(
        ROOT / "layouts", brand="default", format="standard", language="en", paper="A4"
    )
    cells = "".join(
        f'<div style="float:left;width:{WIDE}mm;margin:2mm;height:46mm">'
        f'<p style="margin:0;font-size:7pt">{number}</p>{svg(name, design)}</div>'
        for number, name in enumerate(names, 1)
    )
    wide, high = COLUMNS * (WIDE + 4) + 4, -(-len(names) // COLUMNS) * 50 + 10
    html = (
        f'<html lang="en"><title>sheet</title><style>@page{{margin:2mm;size:{wide}mm {high}mm}}'
        f"body{{margin:0;font-family:Fira Sans}}svg{{display:block;"
        f"width:{WIDE}mm;height:{WIDE / SHAPE}mm}}</style>"
        f"<h1 style='position:absolute;color:transparent;font-size:1pt'>.</h1>{cells}</html>"
    )
    page = pypdfium2.PdfDocument(typeset(html, design).pdf)[0]
    image: Image.Image = page.render(scale=150 / 72).to_pil()
    folder.mkdir(parents=True, exist_ok=True)
    paths = [folder / "sheet.png", folder / "sheet-grey.png"]
    image.save(paths[0])
    image.convert("L").save(paths[1])
    return paths


if __name__ == "__main__":
    for path in write(Path(sys.argv[1]), sys.argv[2:] or list(figures())):
        print(path)
