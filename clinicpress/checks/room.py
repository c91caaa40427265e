"""What of a brand takes the room of a print: its keys are named, and nothing of the content.

What has no room in the plainest brand either is no brand's matter.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from math import ceil

from clinicpress.checks.layout import ONE_PAGE
from clinicpress.checks.letterhead import ON_LETTERHEAD, which
from clinicpress.design.brand import stated_in
from clinicpress.design.brandfile import MOST_BAND, Brand, Contacts, Letterhead
from clinicpress.design.design import Design
from clinicpress.design.fonts import OwnFamily
from clinicpress.design.panels import PANELS
from clinicpress.editions.manuscript import Manuscript
from clinicpress.errors import Place, Problem, shown
from clinicpress.pages.record import PageRecord
from clinicpress.pages.tones import own_looks

CODES = (
    *("PAGE-LIMIT", "PANEL-FULL", "COVER-LONG", "LAYOUT-WIDE", "LAYOUT-TALL", "STYLE-MARGIN"),
    *("SAFE-PAGE", "SAFE-PANEL", "SAFE-SHARE", "SAFE-PRINT"),
)
"""What is told of pages on which there is too little room."""

TEXTS = ("back_text", "cover_text", "complaints", "interpreter", "other_formats", "footer")

PLAINEST = {
    "letterhead": None, "name": "Clinic", "logo": None, "contact": (), "contacts": Contacts(),
    "qr": None, "reference": None, "fonts": None, **dict.fromkeys(TEXTS),
}  # fmt: skip
"""The keys of a brand that take room, with what takes the least."""

LOOKS = "styles and templates"
"""What stands in files of a brand's own, and so is no key of its file."""

AS_LETTERS = {"letterhead": 10_000, "fonts": 5_000, "qr": 400, "logo": 30, LOOKS: 1}
"""As how many letters of text something counts that has none, or takes as much room as many."""

SHORT = 12
"""Letters that any name or line may have."""

BANDS = range(10, MOST_BAND, 5)
"""What may be kept free in place of more, in mm."""

ALONE = 2
"""How many keys of a sheet are tried one by one, the largest first: each is a layout or more."""


@dataclass(frozen=True)
class WayOut:
    """What was tried and gives a print room: no more than that is said to.

    Its letterhead on the ``first`` page alone, or of ``top`` mm; or another ``format``.
    """

    first: bool = False
    top: int = 0
    format: str = ""

    def __bool__(self) -> bool:
        return self != WayOut()


def is_for_room(problems: Iterable[Problem]) -> bool:
    """Return whether all of what is told may be for want of room."""
    return all(each.code in CODES for each in problems)


def taking_room(manuscript: Manuscript, design: Design) -> tuple[str, ...]:
    """Return the keys of a brand that take room on an edition's pages, the largest first."""
    brand, taken = design.brand, dict[str, int]()
    for key in PLAINEST:
        is_none = key == "letterhead" and manuscript.kind not in ON_LETTERHEAD
        if not is_none and (letters := _letters(brand, key)) > SHORT:
            taken[key] = letters
    if any(own_looks(design)):
        taken[LOOKS] = AS_LETTERS[LOOKS]
    return tuple(sorted(taken, key=lambda key: -taken[key]))


def _letters(brand: Brand, key: str) -> int:
    said = getattr(brand, key)
    if not said or key in AS_LETTERS:
        return AS_LETTERS[key] if said else 0
    if isinstance(said, Contacts):
        said = tuple(getattr(said, name) or "" for name in Contacts.model_fields)
    return len("".join(said))


def plainest(design: Design, problems: Iterable[Problem]) -> Design:
    """Return the same design in the plainest brand.

    Where words are lost, its own styles stay: it may be they that hide them.
    """
    bare = without(design, *PLAINEST)
    is_lost = any(each.code == "SAFE-PRINT" for each in problems)
    return bare if is_lost else replace(bare, folders=design.folders[-1:])


def without(design: Design, *keys: str) -> Design:
    """Return the same design without the room that some keys of its brand take."""
    least = {key: PLAINEST[key] for key in keys if key in PLAINEST}
    fonts = {
        id: family
        for id, family in design.fonts.items()
        if "fonts" not in keys or not isinstance(family, OwnFamily)
    }
    return replace(design, brand=design.brand.model_copy(update=least), fonts=fonts)


def on_the_first(design: Design) -> Design | None:
    """Return the same design whose letterhead is on the first page alone, if it is on all."""
    kept = design.brand.letterhead
    if kept is None or kept.pages == "first":
        return None
    first = Letterhead(top=kept.top, pages="first")
    return replace(design, brand=design.brand.model_copy(update={"letterhead": first}))


def lower_bands(design: Design) -> range:
    """Return the heights that a letterhead may have in place of its own, in mm."""
    kept = design.brand.letterhead
    return BANDS[: sum(top < kept.top for top in BANDS)] if kept else BANDS[:0]


def with_band(design: Design, top: float) -> Design:
    """Return the same design whose letterhead is ``top`` mm high."""
    kept = design.brand.letterhead
    assert kept is not None
    lower = Letterhead(top=top, pages=kept.pages)
    return replace(design, brand=design.brand.model_copy(update={"letterhead": lower}))


def tried_alone(manuscript: Manuscript, keys: Sequence[str]) -> Sequence[str]:
    """Return the keys without which, one by one, a print is laid out, to find the one to blame.

    A panel or poster is laid out at once, a sheet often again until all is in its place.
    """
    named = [key for key in keys if key != LOOKS]
    if len(keys) == 1:
        return ()
    return named if manuscript.kind in (*PANELS, ONE_PAGE) else named[:ALONE]


def too_little_room(
    problems: Sequence[Problem], pages: Sequence[PageRecord], limit: int, design: Design,
    keys: Sequence[str], manuscript: Manuscript, way: WayOut,
) -> Problem:  # fmt: skip
    """Return what is said of a print that would fit if ``keys`` of its brand took nothing.

    ``pages`` are those that were laid out, of which ``limit`` are allowed; ``way`` is what else
    gives it room.
    """
    is_long = any(each.code == "PAGE-LIMIT" for each in problems)
    edition = manuscript.edition
    of = f"“{edition.publication}” for {edition.audience}"
    if edition.format != "standard":
        of += f" in {edition.format} print"
    missing = _lines_past(pages[limit:], design) if is_long else 0
    on = f"{limit} page{'s' if limit > 1 else ''}"
    verb = "leave" if len(keys) > 1 or keys[0] == LOOKS else "leaves"
    left = (
        f"{verb} about {missing} line{'s' if missing > 1 else ''} of {of} without room on {on}"
        if missing
        else f"{verb} too little room in {of} ({problems[0].message})"
    )
    taken = " and ".join(_taken(design, key) for key in keys)
    return Problem(
        _place(design, keys[0]), "BRAND-ROOM", f"{taken} {left}",
        _mend(keys, way),
    )  # fmt: skip


def _place(design: Design, key: str) -> Place:
    if key == LOOKS:
        return Place(shown(next(own_looks(design), design.folders[0])))
    return stated_in(design.folders[:-1], key)


def _taken(design: Design, key: str) -> str:
    kept = design.brand.letterhead
    if key == "letterhead" and kept:
        return f"what is kept free at the top of {which(kept.pages)}, {kept.top:g} mm,"
    if key == LOOKS:
        return f"the brand's own {LOOKS}"
    return f"“{key}”" if key in AS_LETTERS else f"“{key}” ({_letters(design.brand, key)} letters)"


def _mend(keys: Sequence[str], way: WayOut) -> str:
    """Return what gives room back: never an item of the content."""
    if way.first:
        return "Write “pages: first”."
    instead = f"print it with “--format {way.format}”, where it has room" if way.format else ""
    if keys[0] == "letterhead" and len(keys) == 1:
        lower = f"write “top: {way.top} mm”" if way.top else ""
        ways = [*filter(None, (lower, instead)), "print it in a brand without a letterhead"]
        said = ", or ".join(ways)
        return f"{said[0].upper()}{said[1:]}."
    instead = instead and f", or {instead}"
    if tuple(keys) == (LOOKS,):
        return f"Take out of them what makes things larger{instead}."
    if len(keys) > 1:
        return f"Shorten them or take some out until it has room{instead}."
    shorten = {
        "name": "Shorten it",
        "logo": "Take it out",
        "qr": "Shorten the address, or take it out",
        "fonts": "Take narrower ones, or leave them out",
    }.get(keys[0], "Shorten it, or take it out")
    return f"{shorten}{instead}."


def _lines_past(past: Iterable[PageRecord], design: Design) -> int:
    """Return about how many lines of running text stand on pages that there may not be."""
    height = design.page[1] - 25
    leading = design.body * 0.3528 * design.format.leading
    return ceil(sum(page.fill for page in past) * height / leading)
