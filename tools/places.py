"""Draws the names of joints and places in docs/for-editors/places.svg, on bodies that we draw.

``make places`` runs this. A joint is a filled dot, a place on the skin an open one.
"""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from clinicpress.design.design import Design, open_design
from clinicpress.figures.drawing import draw
from clinicpress.figures.limb_places import LIMB_PLACES
from clinicpress.figures.model import Drawing, Person
from clinicpress.figures.places import JOINTS
from clinicpress.figures.skeleton import Skeleton
from clinicpress.figures.stage import staged
from clinicpress.figures.view import VIEWS, Spot

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs/for-editors/places.svg"

WIDE, HIGH, BESIDE = 1000, 640, 340
"""How wide and high a picture is, and how much room its names have on either side."""


class Picture(NamedTuple):
    """A part of a body with names: how it is posed and seen, and what stands on which side."""

    figure: Mapping[str, Any]
    left: Sequence[str]
    right: Sequence[str]


LEG: Mapping[str, Any] = {"legs": "shorts", "feet": "bare"}
FOOT: Mapping[str, Any] = {**LEG, "close_up": "right-foot"}
REACHING = {"right_arm": {"raise": 60, "plane": 90, "elbow": 35, "hand": "open"}}
HOLDING = {"right_arm": {"to": [420, -250, 1250], "fingers": [1, 0, 0.2], "palm": [0, -1, 0.3],
                         "elbow_to": [-0.2, -1, -1], "hand": "hold"}}  # fmt: skip

PICTURES = (
    Picture({"view": "front", "crop": [[0, 330, 850], [0, -330, 1750]]},
            ("head", "right-temple", "right-cheek", "right-shoulder-top", "right-shoulder",
             "right-chest", "right-ribs", "right-waist"),
            ("head-top", "forehead", "mouth", "chin", "neck", "breastbone", "belly", "low-belly",
             "hips")),
    Picture({"view": "back", "crop": [[0, 330, 850], [0, -330, 1750]]},
            ("head-back", "left-blade", "left-mid-back", "left-low-back"),
            ("right-head-side", "high-back", "mid-back", "low-back", "seat")),
    Picture({**LEG, "view": "right", "close_up": "right-leg"},
            ("hip", "thigh-back", "thigh-outside", "knee-back", "knee", "calf", "achilles",
             "heel"),
            ("thigh-front", "knee-front", "knee-outside", "shin", "ankle-front", "ankle-outside",
             "ankle", "sole")),
    Picture({**FOOT, "view": "front-right"},
            ("ankle-outside", "foot-outside", "heel-under", "sole", "ball-under"),
            ("ankle", "instep", "ball", "little-toe", "toes", "big-toe")),
    Picture({"view": "right", "close_up": "right-arm", "pose": REACHING},
            ("upper-arm-back", "upper-arm-outside", "elbow-back", "elbow-outside", "elbow"),
            ("shoulder", "upper-arm-front", "forearm-front", "forearm-back", "wrist", "palm",
             "fingers")),
    Picture({"view": "right", "close_up": "right-hand", "pose": HOLDING},
            ("wrist", "palm", "back-of-hand"), ("grasp", "thumb-tip", "index-tip", "fingers")),
)  # fmt: skip


def page(design: Design) -> str:
    """Return the pictures in rows of two as one SVG."""
    cells = ""
    for number, picture in enumerate(PICTURES):
        x, y = number % 2 * WIDE, number // 2 * HIGH
        cells += f'<g transform="translate({x} {y})">{_cell(number, picture, design)}</g>'
    high = (len(PICTURES) + 1) // 2 * HIGH
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {2 * WIDE} {high}">'
        f'<rect width="100%" height="100%" fill="{design.look().colours["paper"]}"/>{cells}</svg>\n'
    )


def _cell(number: int, picture: Picture, design: Design) -> str:
    """Return one picture with its names."""
    how = dict(picture.figure)
    pose = {"legs": {"out": 2}, **how.pop("pose", {})}
    figure = Drawing.model_validate(
        {"id": f"places-{number}", **how, "moments": {"one": {"pose": pose}}}
    )
    person = Person(skin="medium", feet=how.get("feet", "shoes"))
    svg = draw(figure, [person], {}, design.look(), design.symbol)
    width, height = (float(v) for v in svg.split('viewBox="')[1].split('"')[0].split()[2:])
    shift = re.search(r'<g transform="translate\((\S+) (\S+)\)">', svg)
    assert shift
    dx, dy = float(shift[1]), float(shift[2])
    scale = min((WIDE - 2 * BESIDE) / width, (HIGH - 60) / height)
    x0, y0 = (WIDE - width * scale) / 2, (HIGH - height * scale) / 2
    skeleton = staged(figure, (person,), {})[0].skeletons["person"]
    view = VIEWS[figure.view]

    def seen(name: str) -> Spot:
        x, y = view.spot(skeleton.place(_whole(name, skeleton)))
        return x0 + (x + dx) * scale, y0 + (y + dy) * scale

    body = re.sub(r"^<svg[^>]*>|</svg>$", "", svg)
    names = _names(picture.left, seen, 0, design) + _names(picture.right, seen, 1, design)
    placed = f"translate({x0:.0f} {y0:.0f}) scale({scale:.3f})"
    return f'<g transform="{placed}">{body}</g>{names}'


def _whole(name: str, skeleton: Skeleton) -> str:
    """Return a name with its side, where a limb has it on both."""
    sided = f"right-{name}"
    return sided if sided in skeleton.joints or sided in LIMB_PLACES else name


def _names(names: Sequence[str], seen: Any, side: int, design: Design) -> str:
    """Return names in a column beside a picture, each with a line to its place."""
    ink, paper = (design.look().colours[tone] for tone in ("ink", "paper"))
    found = ""
    spots = sorted(((seen(name), name) for name in names), key=lambda each: each[0][1])
    step = min(60.0, (HIGH - 80) / max(1, len(spots)))
    top = (HIGH - step * (len(spots) - 1)) / 2
    for row, ((x, y), name) in enumerate(spots):
        at, high = (BESIDE - 20, WIDE - BESIDE + 20)[side], top + row * step
        joint = name in JOINTS or f"right-{name}" in JOINTS
        found += (
            f'<path d="M{at:.0f} {high:.0f}L{x:.0f} {y:.0f}" stroke="{paper}" stroke-width="5"/>'
            f'<path d="M{at:.0f} {high:.0f}L{x:.0f} {y:.0f}" stroke="{ink}" stroke-width="1.5"/>'
            f'<circle cx="{x:.0f}" cy="{y:.0f}" r="6" fill="{ink if joint else paper}" '
            f'stroke="{ink}" stroke-width="2"/>'
            f'<text x="{at + (8 if side else -8):.0f}" y="{high + 9:.0f}" font-size="27" '
            f'font-family="sans-serif" fill="{ink}" '
            f'text-anchor="{"start" if side else "end"}">{name}</text>'
        )
    return found


def standard() -> Design:
    """Return the design of the default brand."""
    return open_design(
        ROOT / "layouts", brand="default", format="standard", language="en", paper="A4"
    )


if __name__ == "__main__":
    PAGE.write_text(page(standard()), "utf-8")
