"""The colours of what must be read, as computed: those that the layouts give it, and no others.

A page is compared with the same words as the layouts alone would set them, by what its elements
are called and what stands in them.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from clinicpress.design.brandfile import PAPER
from clinicpress.design.contrast import as_hex
from clinicpress.design.design import Design
from clinicpress.design.hues import is_near
from clinicpress.errors import Place, Problem, shown
from clinicpress.pages.slots import FOLDER, FRAME
from clinicpress.pages.typeset import Styled

SIDES = ("top", "right", "bottom", "left")

NO_INK = "transparent"

Key = tuple[str, str, str]
"""What an element must be read as, if it must; its tag; and its words."""


@dataclass(frozen=True, order=True)
class Tones:
    """The colours of an element: of its words, of what is behind them, of its frame.

    Each is ``#rrggbb``. ``pictured`` is how many pictures are behind it.
    """

    words: str
    ground: str
    frame: tuple[str, ...]
    pictured: int


def own_looks(design: Design) -> Iterator[Path]:
    """Yield the files of a brand's styles, and of its templates but for slots."""
    for folder in design.folders[:-1]:
        yield from sorted(folder.rglob("*.css"))
        pages = sorted((folder / "templates").rglob("*.html"))
        yield from (path for path in pages if path.parent != folder / "templates" / FOLDER)


def recoloured(print: Styled, plain: Styled, design: Design) -> Iterator[Problem]:
    """Yield a Problem for the first required words of each kind that have other colours.

    ``plain`` is the ``print`` as the layouts alone would set it. Words that are not required may
    have any colour but the red of emergencies where the layouts have none, covers and slots apart.
    """
    place = Place(shown(next(own_looks(design), design.folders[0])))
    own, ours = list(_toned(print)), list(_toned(plain))
    allowed: dict[Key, set[Tones]] = {}
    for key, tones in ours:
        allowed.setdefault(key, set()).add(tones)
    told: set[str] = set()
    for key, tones in own:
        required, _, words = key
        usual = allowed.get(key)
        if required in told or (required and usual is None):
            continue
        if required and usual is not None and tones not in usual:
            told.add(required)
            yield Problem(
                place, "STYLE-TONE",
                f"a style gives “{words[:60]}” other colours than the layouts do: {_said(tones)}, "
                f"and not {_said(min(usual))}",
                "Take the rule out: what must be read is coloured by the layouts alone.",
            )  # fmt: skip
        elif not required and _is_red(tones, design) and not _any_red(usual, design):
            told.add(required)
            yield Problem(
                place, "STYLE-TONE",
                f"a style sets “{words[:60]}” in {_said(tones)}, near the red of emergencies",
                "Take another colour: that red is for signs that need help now.",
            )  # fmt: skip


def _said(tones: Tones) -> str:
    framed = f", framed in {' and '.join(dict.fromkeys(tones.frame))}" if tones.frame else ""
    return f"{tones.words} on {tones.ground}{framed}"


def _is_red(tones: Tones, design: Design) -> bool:
    red = design.palette["emergency"]
    return any(is_near(colour, red) for colour in (tones.words, tones.ground, *tones.frame))


def _any_red(all_of: set[Tones] | None, design: Design) -> bool:
    return any(_is_red(each, design) for each in all_of or ())


def _toned(page: Styled) -> Iterator[tuple[Key, Tones]]:
    """Yield each element that holds words, with its colours, covers and slots apart."""
    stack: list[tuple[Any, str, str, bool]] = [(page.root, "", PAPER, False)]
    while stack:
        element, required, behind, free = stack.pop()
        named: Mapping[str, str] = element.attrib
        free = free or FRAME in named or "part-cover" in named.get("class", "").split()
        style = page.style(element)
        if not isinstance(element.tag, str) or style is None:
            continue
        required = named.get("data-required", required)
        ground = _hex(style, style["background_color"]) or behind
        words = " ".join("".join(element.itertext()).split())
        is_own = required or (element.text or "").strip() or _is_box(style)
        if words and is_own and (required or not free):
            tones = Tones(_hex(style, style["color"]) or NO_INK, ground, _frame(style),
                          _pictures(style))  # fmt: skip
            yield (required, element.tag, words), tones
        if element.tag != "head":
            stack.extend((child, required, ground, free) for child in element)


def _is_box(style: Any) -> bool:
    return bool(_hex(style, style["background_color"]) or _frame(style))


def _frame(style: Any) -> tuple[str, ...]:
    found = []
    for side in SIDES:
        if style[f"border_{side}_style"] != "none" and style[f"border_{side}_width"]:
            found.append(_hex(style, style[f"border_{side}_color"]) or NO_INK)
    return tuple(found)


def _pictures(style: Any) -> int:
    return sum(kind != "none" for kind, _ in style["background_image"])


def _hex(style: Any, colour: Any) -> str:
    """Return a computed colour as ``#rrggbb``; of one that is clear, nothing."""
    if colour == "currentcolor":
        colour = style["color"]
    if colour.alpha < 0.01:
        return ""
    red, green, blue = (round(255 * min(max(each, 0), 1)) for each in colour.to("srgb").coordinates)
    return as_hex(red, green, blue)
