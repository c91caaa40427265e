"""Makes the pictures of docs/for-clinics/branding.md: pages of the sample brands, as small PNGs.

“make pictures” writes them into docs/for-clinics/pictures; the same layouts give the same pixels.
"""

import shutil
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pypdfium2
from PIL import Image, ImageOps

from clinicpress.authoring.newbrand import Particulars, write_brand
from clinicpress.content.library import Library
from clinicpress.content.reader import read_library
from clinicpress.orders.plan import plan
from clinicpress.orders.request import Request
from clinicpress.runs.pipeline import prepare, set_pages
from clinicpress.runs.preview import NO_CODE

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "docs" / "for-clinics" / "pictures"

SAMPLES = ("harbour", "meadow", "slate")
COVERS = ("figure", "calm", "type", "logo")
HEIGHT, GAP, COLOURS = 300, 12, 128
"""How high a page is and how far it is from the next, in pixels; how many colours a picture has."""

DESK, LINE = "#d5dadd", "#8a949a"
"""What pages lie on, and what goes round them."""


@dataclass(frozen=True)
class Workshop:
    """A copy of the layouts, with brands of the pictures' own, and what is printed in them."""

    layouts: Path
    library: Library

    def brand(self, id: str, more: str = "", **said: str) -> None:
        """Make a brand of a sample, or like another, and add lines to its file."""
        path = write_brand(self.layouts, id, Particulars(**said), self.library.regions)
        path.write_text(path.read_text("utf-8") + more, "utf-8")

    def page(self, brand: str, publication: str, number: int = 0) -> Image.Image:
        """Return a page of a print, counted from 0 or from its end. Raises Problems."""
        request = Request((publication,), brands=(brand,))
        edition = plan(request, self.library, self.layouts)[0]
        prepared = prepare(edition, self.library, self.layouts)
        # A sheet's code would change with each word of it that is not even shown.
        manuscript = replace(prepared.manuscript, code=NO_CODE)
        built = set_pages(replace(prepared, manuscript=manuscript))
        if built.problems:
            sys.exit("\n".join(map(str, built.problems)))
        with pypdfium2.PdfDocument(built.pdf) as document:
            page = document[number % len(document)]
            scale = HEIGHT / page.get_height()
            shown = page.render(scale=4 * scale).to_pil().convert("RGB")
        return shown.resize((round(shown.width / 4), HEIGHT), Image.Resampling.BOX)


def in_a_row(pages: Sequence[Image.Image]) -> Image.Image:
    """Return pages beside each other, each with a thin line round it."""
    framed = [ImageOps.expand(page, 1, LINE) for page in pages]
    width = sum(page.width + GAP for page in framed) + GAP
    desk = Image.new("RGB", (width, HEIGHT + 2 + 2 * GAP), DESK)
    left = GAP
    for page in framed:
        desk.paste(page, (left, GAP))
        left += page.width + GAP
    return desk


def in_grey(page: Image.Image) -> Image.Image:
    """Return a page as an office printer without colour shows it."""
    return page.convert("L").convert("RGB")


def covers(work: Workshop) -> Image.Image:
    """Return the cover of each sample."""
    return in_a_row([work.page(name, "booklet") for name in SAMPLES])


def sheets(work: Workshop) -> Image.Image:
    """Return the first page of a sheet in each sample."""
    return in_a_row([work.page(name, "exercises") for name in SAMPLES])


def styles(work: Workshop) -> Image.Image:
    """Return the four styles of covers, in one brand."""
    for style in COVERS:
        work.brand(f"as-{style}", f"cover: {style}\n", like="harbour")
    return in_a_row([work.page(f"as-{style}", "booklet") for style in COVERS])


def grey(work: Workshop) -> Image.Image:
    """Return a cover and a sheet in colour, each beside itself in grey."""
    pages = [work.page("meadow", "booklet"), work.page("meadow", "exercises")]
    return in_a_row([one for page in pages for one in (page, in_grey(page))])


def letterhead(work: Workshop) -> Image.Image:
    """Return a sheet as it is, and the same with 35 mm kept free on its first page."""
    work.brand("on-paper", "letterhead: {top: 35 mm, pages: first}\n", like="harbour")
    return in_a_row([work.page(name, "when-to-get-help") for name in ("harbour", "on-paper")])


def sites(work: Workshop) -> Image.Image:
    """Return the back cover of a group, and those of two of its sites."""
    names = ("harbour", "north", "south")
    for name, phone in zip(names[1:], ("01632 960 111", "01632 960 222"), strict=True):
        work.brand(name, like="harbour", phone=phone, name=f"Harbour {name.title()} (sample)")
    return in_a_row([work.page(name, "booklet", -1) for name in names])


PICTURES = (covers, sheets, styles, grey, letterhead, sites)


def make(folder: Path) -> None:
    """Write all pictures into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as room:
        layouts = Path(shutil.copytree(ROOT / "layouts", Path(room) / "layouts"))
        work = Workshop(layouts, read_library(ROOT / "sources"))
        for name in SAMPLES:
            work.brand(name, sample=name)
        for picture in PICTURES:
            few = picture(work).quantize(
                COLOURS, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE
            )
            few.save(folder / f"{picture.__name__}.png", optimize=True)


if __name__ == "__main__":
    make(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER)
