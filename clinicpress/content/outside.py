"""Pictures that an editor brings: an SVG or PNG beside the file of its figure -> an SVG to print.

They come from anybody, so each is looked at as a logo is: whole, of its kind, and with no script,
no other document, no address and no words in a font of its own.
"""

from base64 import b64encode
from pathlib import Path
from xml.etree import ElementTree

from clinicpress.design.pictures import check_picture, has_words, pixels_of
from clinicpress.errors import Unfit
from clinicpress.files.paths import contents

ENDINGS = (".svg", ".png")

MOST_BYTES = 5_000_000
"""The largest file of a picture: a print that holds some is still sent by mail."""

FEWEST_PIXELS = 600
"""Across: at 90 mm, as wide as a picture is printed, 170 to an inch."""

SPACE = "{http://www.w3.org/2000/svg}"
SVG = f"{SPACE}svg"

SHARP = 'image-rendering="crisp-edges"'
"""Pixels as they are: PDF/A knows none that are made up between them."""


def picture_beside(file: Path, name: str) -> str:
    """Return the picture called ``name`` in the folder of a figure's ``file``, as an SVG.

    Raises Unfit, whose words go on from the picture's name, for one that no print may hold.
    """
    path = file.parent / name
    if path.name != name or not path.is_file():
        raise Unfit("is not beside this file", "Copy it there, and write its name alone.")
    if path.suffix.lower() not in ENDINGS:
        raise Unfit("is neither an SVG nor a PNG", "Save it as one of the two.")
    try:
        content = contents(path, MOST_BYTES)
    except Unfit as error:
        raise Unfit(f"cannot be read: {error.wrong}", error.hint) from error
    check_picture(content, path.suffix)
    return _of_pixels(path, content) if path.suffix.lower() == ".png" else _of_shapes(content)


def _of_pixels(path: Path, content: bytes) -> str:
    found = pixels_of(path)
    if found.wide < FEWEST_PIXELS:
        wrong = f"is {found.wide} pixels wide, and {FEWEST_PIXELS} are the fewest"
        raise Unfit(wrong, "Use a larger one, or save it as SVG.")
    if found.is_clear or found.is_white:
        raise Unfit("is not seen on white paper", "Use one that is dark enough.")
    size = f'width="{found.wide}" height="{found.high}"'
    shown = f'<image {size} {SHARP} href="data:image/png;base64,{b64encode(content).decode()}"/>'
    box = f'viewBox="0 0 {found.wide} {found.high}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {box}>{shown}</svg>'


def _of_shapes(content: bytes) -> str:
    if has_words(content):
        hint = "Turn its letters into paths, and say in `alt` what they say."
        raise Unfit("sets words in a font", hint)
    drawing = ElementTree.fromstring(content)
    box = (drawing.get("viewBox") or "").replace(",", " ").split()
    try:
        sides = [float(each) for each in box[2:]]
    except ValueError:
        sides = []
    if drawing.tag != SVG or len(box) != 4 or not all(side > 0 for side in sides):
        raise Unfit("has no viewBox, which says how large it is", "Save it as plain SVG.")
    for name in ("width", "height"):
        drawing.attrib.pop(name, None)
    for image in drawing.iter(f"{SPACE}image"):
        image.set(*SHARP.replace('"', "").split("="))
    ElementTree.register_namespace("", SPACE[1:-1])
    ElementTree.register_namespace("xlink", "http://www.w3.org/1999/xlink")
    return ElementTree.tostring(drawing, encoding="unicode")
