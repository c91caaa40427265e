"""What of a brand takes the room of a print: its keys are named, and nothing of the content.

What has no room in the plainest brand either is no brand's matter.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import combinations
from math import ceil

from clinicpress.checks.cramped import LOOKS, Cramped, WayOut, mend
from clinicpress.checks.letterhead import ON_LETTERHEAD, which
from clinicpress.design.brand import stated_in
from clinicpress.design.brandfile import MOST_BAND, Brand, Contacts, Letterhead
from clinicpress.design.design import Design
from clinicpress.design.fonts import OwnFamily
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

AS_LETTERS = {"letterhead": 10_000, "fonts": 5_000, "qr": 400, "logo": 30, LOOKS: 1}
"""As how many letters of text something counts that has none, or takes as much room as many."""

SHORT = 12
"""Letters that any name or line may have."""

BANDS = range(10, MOST_BAND, 5)
"""What may be kept free in place of more, in mm."""

GIVE_WAY = ("qr", "footer")
"""What of a brand a print may lack, in the order in which it gives way: the address of a code and
the number of the sheet stand in words, and no line of the clinic's own is a sign."""

SCANT = 0.5
"""What takes less than this, in mm, takes no room."""


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


def less(manuscript: Manuscript, design: Design) -> Iterator[tuple[str, ...]]:
    """Yield which keys of a brand may give way, the fewest first: none do in a booklet."""
    stated = [key for key in GIVE_WAY if getattr(design.brand, key)]
    if manuscript.kind != "booklet":
        for count in range(1, len(stated) + 1):
            yield from combinations(stated, count)


def millimetres(pages: Sequence[PageRecord], without: Sequence[PageRecord]) -> float:
    """Return how many mm more some pages take than others of the same words.

    That is what their first page is lower by, and what fills them.
    """
    held, less = (sum(page.fill * page.depth for page in each) for each in (pages, without))
    return without[0].depth - pages[0].depth + max(held - less, 0)


def too_little_room(
    problems: Sequence[Problem], pages: Sequence[PageRecord], limit: int, design: Design,
    taken: Mapping[str, float], manuscript: Manuscript, way: WayOut,
) -> Problem:  # fmt: skip
    """Return what is said of a print that would fit if some keys of its brand took nothing.

    ``taken`` says how many mm each takes; ``pages`` are those that were laid out, of which
    ``limit`` are allowed; ``way`` is what else gives it room.
    """
    is_long = any(each.code == "PAGE-LIMIT" for each in problems)
    edition, keys = manuscript.edition, tuple(taken)
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
    said = {key: _taken(design, key, most) for key, most in taken.items()}
    about = Cramped(
        design.brand_id, edition.publication, edition.audience, edition.format,
        tuple(said.items()), way,
    )  # fmt: skip
    return Problem(
        _place(design, keys[0]), "BRAND-ROOM", f"{' and '.join(said.values())} {left}",
        mend(keys, way), about,
    )  # fmt: skip


def _place(design: Design, key: str) -> Place:
    if key == LOOKS:
        return Place(shown(next(own_looks(design), design.folders[0])))
    return stated_in(design.folders[:-1], key)


def _taken(design: Design, key: str, most: float) -> str:
    """Return what a key takes, in words: what was measured, where that is not written there."""
    kept = design.brand.letterhead
    if key == "letterhead" and kept:
        return f"what is kept free at the top of {which(kept.pages)}, {kept.top:g} mm,"
    if key == LOOKS:
        return f"the brand's own {LOOKS}"
    letters = f"{_letters(design.brand, key)} letters" * (key not in AS_LETTERS)
    measured = f"about {most:.0f} mm" * (most >= SCANT)
    size = ", ".join(filter(None, (letters, measured)))
    return f"“{key}” ({size})" if size else f"“{key}”"


def _lines_past(past: Iterable[PageRecord], design: Design) -> int:
    """Return about how many lines of running text stand on pages that there may not be."""
    height = design.page[1] - 25
    leading = design.body * 0.3528 * design.format.leading
    return ceil(sum(page.fill for page in past) * height / leading)
