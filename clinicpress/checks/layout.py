"""Rules that only a finished layout can break: what landed on which page."""

from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import accumulate

from clinicpress.content.model import Kind
from clinicpress.content.text import to_plain
from clinicpress.design.design import Design
from clinicpress.design.panels import PANELS
from clinicpress.editions.manuscript import ADVICE, DOINGS, Entry, Manuscript, Section
from clinicpress.editions.safety import lines, pointer_of, signs
from clinicpress.errors import Place, Problem
from clinicpress.pages.record import Landing
from clinicpress.pages.typeset import Typeset

LARGE = 18
"""Body size in pt from which gate and emergency tier fill more than a page."""

LARGEST_SHARE = 0.35
"""The most of page 1 that the emergency tier may take on a handout in roomy type."""

SIGNS_STAND_ON: Mapping[Kind, tuple[int, int]] = {
    "leaflet": (2, 2),
    "card": (1, 4),
    "poster": (1, 1),
    "pad": (1, 1),
}
"""The first and the last panel of the emergency signs: what is seen first. When the cover of a
leaflet is opened, the panel that is folded in is seen; each panel of a card has a group of its own.
"""

ONE_PAGE: Kind = "poster"

SHEETS: tuple[Kind, ...] = ("handout", "diary")
"""What has the emergency signs on its first page, or none at all."""

SHORTEN = "Take an item out in publications/{}.yaml, or shorten its words."


def misplaced(manuscript: Manuscript, design: Design, pages: Typeset) -> tuple[Problem, ...]:
    """Return a Problem for each rule of placement that the layout breaks."""
    place = Place()
    rules = (_all_is_printed, _emergency_first, _today_next, _page_limit, _panels, _cover)
    return tuple(
        Problem(place, code, message, hint)
        for rule in rules
        for code, message, hint in rule(manuscript, design, pages)
    )


Finding = tuple[str, str, str]


def _all_is_printed(manuscript: Manuscript, design: Design, pages: Typeset) -> Iterator[Finding]:
    """Whatever a brand's templates and styles do, no sign, gate or stop line is lost on paper."""
    lost = [
        id
        for section in manuscript.sections
        for tier in section.tiers()
        for id, words in _signs_of(section, tier)
        if not pages.count(to_plain(words))
    ]
    for section in manuscript.sections:
        if section.part == "never-press":
            lost += [name for name in _places(manuscript, section) if not pages.count(name)]
    for notice in manuscript.entries("notice"):
        lost += [id for id, line in notice.lines if not pages.count(to_plain(line))]
    if not _stops_beside_all(manuscript, pages):
        lost.append("stop_signs")
    pointers = filter(None, map(pointer_of, manuscript.sections)) if manuscript.points else ()
    lost += ["pointer" for pointer in pointers if not pages.count(to_plain(pointer))]
    if lost:
        yield (
            "SAFE-PRINT",
            f"the layout leaves out what must be printed: {', '.join(lost)}",
            "A template or style was changed so that it is lost; put it back.",
        )


def _places(manuscript: Manuscript, section: Section) -> Iterator[str]:
    """Yield the places that the map of a section names: its lists leave out what that says."""
    drawn = {entry.figure for entry in section.entries}
    for plate in manuscript.plates:
        if plate.id in drawn:
            yield from (to_plain(label) for _, label in plate.labels)


def _stops_beside_all(manuscript: Manuscript, pages: Typeset) -> bool:
    """Return whether the page on which each exercise or technique begins says when to stop.

    For clinicians, and where each line has a picture, another of its pages may say it.
    """
    return all(_says_stop(manuscript, pages, each) for each in _practised(manuscript, pages))


def runs_over(manuscript: Manuscript, design: Design, pages: Typeset) -> tuple[str, ...]:
    """Return the exercises and techniques whose page or panel has no room for what belongs there.

    On a page that is when to stop; on a panel it is all that stands on it.
    """
    practised = tuple(_practised(manuscript, pages))
    panels = 1 if manuscript.kind == ONE_PAGE else len(design.panels)
    if len(pages.pages) > panels > 0:
        return tuple(each.id for each in practised)
    return tuple(each.id for each in practised if not _says_stop(manuscript, pages, each))


def _practised(manuscript: Manuscript, pages: Typeset) -> Iterator[Landing]:
    practised = (entry.id for entry in manuscript.entries(*DOINGS) if entry.steps)
    return filter(None, map(pages.landing, practised))


def _says_stop(manuscript: Manuscript, pages: Typeset, landed: Landing) -> bool:
    stop = "".join(to_plain(manuscript.stop).split())
    late = manuscript.clinical or manuscript.pictures or landed.id in _unparted(manuscript)
    last = landed.last if late else landed.first
    held = pages.pages[landed.first - 1 : last]
    return stop in "".join(page.words for page in held)


def _unparted(manuscript: Manuscript) -> frozenset[str]:
    """Return the procedures: one of many steps is parted, and ends with when to stop."""
    return frozenset(entry.id for entry in manuscript.entries("procedures"))


def _signs_of(section: Section, tier: Entry) -> Iterator[tuple[str, str]]:
    """Yield the words by which a section says the signs of a tier, with the first sign's id."""
    if section.wording == "lines":
        yield from ((line.signs[0], line.text) for line in lines(tier))
    else:
        yield from ((sign.id, getattr(sign, section.wording)) for sign in signs(tier))


def _emergency_first(manuscript: Manuscript, design: Design, pages: Typeset) -> Iterator[Finding]:
    """Gate and emergency tier come before anything to do; on a handout, on page 1."""
    if not manuscript.urgent:
        return
    emergency = pages.landing(f"tier-{manuscript.urgent[0]}")
    if emergency is None:
        yield (
            "SAFE-PAGE",
            f"the {manuscript.urgent[0]} signs are not on the pages",
            "A template was changed so that it leaves them out; put them back.",
        )
        return
    advised = [
        landing
        for entry in manuscript.entries(*ADVICE)
        if entry.deeds and (landing := pages.landing(entry.id)) is not None
    ]
    if advised and min(landing.first for landing in advised) < emergency.last:
        yield (
            "SAFE-PAGE",
            "something to do stands before the end of the emergency signs",
            "Put the section “warning-signs” first.",
        )
    if manuscript.kind in SIGNS_STAND_ON:
        yield from _on_its_panels(*SIGNS_STAND_ON[manuscript.kind], emergency)
    elif manuscript.kind != "booklet":
        yield from _on_page_1(manuscript, design, emergency)


def begins_in_vain(manuscript: Manuscript, pages: Typeset) -> bool:
    """Return whether the emergency signs of a sheet begin past page 1, which nothing can mend.

    All that gives way stands below them.
    """
    emergency = pages.landing("tier-emergency")
    return manuscript.kind in SHEETS and emergency is not None and emergency.first != 1


def begins_late(manuscript: Manuscript, pages: Typeset) -> bool:
    """Return whether something to do stands before the signs for today without being on page 1."""
    return bool(_early(manuscript, pages))


def _early(manuscript: Manuscript, pages: Typeset) -> list[str]:
    today = pages.landing("tier-same-day")
    if manuscript.kind != "handout" or not manuscript.whole_first or today is None:
        return []
    advised = [pages.landing(entry.id) for entry in manuscript.entries(*ADVICE) if entry.deeds]
    return [each.id for each in advised if each and 1 < each.first < today.first]


def _today_next(manuscript: Manuscript, design: Design, pages: Typeset) -> Iterator[Finding]:
    """Let the signs for today stand before all to do on a handout, but what has room on page 1."""
    for id in _early(manuscript, pages)[:1]:
        yield (
            "SAFE-PANEL",
            f"“{id}” stands before the signs that need help today, and not on page 1",
            "Put these signs at the head of page 2 again.",
        )


def _on_its_panels(first: int, last: int, emergency: Landing) -> Iterator[Finding]:
    """Keep the emergency signs where they are seen first."""
    if emergency.first != first or emergency.last > last:
        yield (
            "SAFE-PAGE",
            f"the emergency signs stand on panels {emergency.first} to {emergency.last}, and must "
            f"stand on {f'panels {first} to {last}' if last > first else f'panel {first}'}",
            "Put the section “warning-signs” there, and shorten what stands with it.",
        )


def _on_page_1(manuscript: Manuscript, design: Design, emergency: Landing) -> Iterator[Finding]:
    """Let the emergency signs of a handout or a diary begin on page 1."""
    if emergency.first != 1:
        yield (
            "SAFE-PAGE",
            f"the emergency signs begin on page {emergency.first}, not on page 1",
            "Shorten what stands before them.",
        )
    acts = manuscript.points and not manuscript.shows_signs
    if acts and not manuscript.pictures and design.body < LARGE:
        yield from _whole_on_page_1(emergency, design)


def _whole_on_page_1(emergency: Landing, design: Design) -> Iterator[Finding]:
    """Below large print and without pictures, it is not broken; in standard it leaves room."""
    if emergency.last != 1:
        yield (
            "SAFE-PAGE",
            "the emergency signs do not end on page 1",
            "Shorten what stands before them.",
        )
    if design.roomy and emergency.share > LARGEST_SHARE:
        yield (
            "SAFE-SHARE",
            f"the emergency signs take {emergency.share:.0%} of page 1; "
            f"at most {LARGEST_SHARE:.0%} may",
            "Say them in lines (`wording: lines`), or tighten the style of `.tier`.",
        )


def _cover(manuscript: Manuscript, design: Design, pages: Typeset) -> Iterator[Finding]:
    """Yield a finding if the cover runs on: it is one page."""
    if sum(page.section == "cover" for page in pages.pages) > 1:
        yield (
            "COVER-LONG",
            "the cover runs on to a second page",
            "Shorten the title or the clinic's name, or make the logo smaller.",
        )


def _panels(manuscript: Manuscript, design: Design, pages: Typeset) -> Iterator[Finding]:
    """Yield a finding for each panel that runs on, past what is folded or cut."""
    if manuscript.kind not in PANELS:
        return
    starts = accumulate(not section.joins for section in manuscript.sections)
    panels = dict(zip((section.id for section in manuscript.sections), starts, strict=True))
    on_panels = ([id for id in panels if panels[id] == panels.get(page.section)] or [page.section]
                 for page in pages.pages)  # fmt: skip
    for parts, count in Counter(map(", ".join, on_panels)).items():
        if count > 1:
            yield (
                "PANEL-FULL",
                f"the panel of {parts} holds more than fits on it",
                f"{SHORTEN.format(manuscript.edition.publication)} Or let a section stand on "
                "another panel with more room (`joins`).",
            )


def most_pages(manuscript: Manuscript, design: Design) -> int:
    """Return how many pages what is limited may have."""
    limit = manuscript.most_pages or design.format.pages
    return 1 if manuscript.kind == ONE_PAGE else limit * manuscript.allowance


def _page_limit(manuscript: Manuscript, design: Design, pages: Typeset) -> Iterator[Finding]:
    """Yield a finding that names what is past the page limit of the audience, else the format."""
    if manuscript.kind in PANELS:
        return
    limit = most_pages(manuscript, design)
    allows = manuscript.edition.audience if manuscript.most_pages else design.format_id
    limited = manuscript.kind != "booklet" or manuscript.most_pages
    if not limited or len(pages.pages) <= limit:
        return
    past = [landing.id for landing in pages.landings if landing.last > limit]
    past = past or [manuscript.sections[-1].id]
    yield (
        "PAGE-LIMIT",
        f"the {manuscript.kind} has {len(pages.pages)} pages, and {allows} "
        f"allows {limit}; past the limit: {', '.join(past)}",
        SHORTEN.format(manuscript.edition.publication),
    )
