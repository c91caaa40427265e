"""Which editions of the real library are printed and looked at: all, or a sample of all pairs.

What goes wrong on a page goes wrong for one value of an edition, or where two meet: a booklet in
large print, a leaflet for a pregnant reader. So ``make test`` looks at what most adults get in
standard print, and at one edition more for each kind, reader and format not among these;
``make test-slow`` at as many more as let every audience, publication and format meet every other
that it can meet; and ``make test-all``, by ``--matrix=full``, at every edition.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

from clinicpress.editions.edition import Edition
from clinicpress.orders.plan import plan
from clinicpress.orders.request import ALL, Request
from tests.conftest import ROOT, content

LAYOUTS = ROOT / "layouts"
LIBRARY = content()
EDITIONS = plan(Request((ALL,), audiences=(ALL,), formats=(ALL,)), LIBRARY, LAYOUTS)
PROOFS = [edition for edition in EDITIONS if edition.production == "proof"]
PRODUCTS = [edition for edition in EDITIONS if edition.production == "home"]
"""What is folded, cut, hung up or written in comes on sheets, and is looked at on its own."""
FIRST = "general"

WITHOUT_ADVICE = ("when-to-get-help", "references")
"""Handouts on which there is nothing to do."""

OFTENEST = ("booklet", "exercises", "when-to-get-help")
"""What is printed most often."""

FACTORS = ("publication", "audience", "format")


def covering(
    editions: Sequence[Edition], together: int, first: Iterable[Edition] = (),
    factors: Sequence[str] = FACTORS,
) -> list[Edition]:  # fmt: skip
    """Return ``first``, and as few more as let each ``together`` values that meet in one meet.

    Of two that are as good, the shorter is taken: a booklet takes as long as ten sheets.
    """
    chosen = list(first)
    meetings = {
        each: set(combinations([(name, getattr(each, name)) for name in factors], together))
        for each in sorted(editions, key=is_booklet)
    }
    left = set().union(*meetings.values()).difference(*map(meetings.get, chosen))
    while left:
        best = max(meetings, key=lambda each: len(meetings[each] & left))
        chosen.append(best)
        left -= meetings[best]
    return [each for each in editions if each in chosen]


def usual(editions: Iterable[Edition]) -> Iterator[Edition]:
    """Yield what most people get: the editions for adults, in standard print."""
    yield from (one for one in editions if (one.audience, one.format) == (FIRST, "standard"))


def is_booklet(edition: Edition) -> bool:
    """Tell whether an edition is a book, in which each chapter opens on a page."""
    return edition.kind == "booklet"


def is_pictured(edition: Edition) -> bool:
    """Tell whether an edition is easy read: a picture beside each sentence."""
    return LIBRARY.audiences[edition.audience].pictures


def has_contents(edition: Edition) -> bool:
    """Tell whether there is a list of contents: in every booklet but the short one of easy read."""
    return is_booklet(edition) and not is_pictured(edition)


def is_whole(edition: Edition) -> bool:
    """Tell whether the edition owes its reader both urgent tiers before anything to do."""
    return is_booklet(edition) or edition.publication in WITHOUT_ADVICE


def is_part(edition: Edition) -> bool:
    """Tell whether it owes its reader the emergency tier first, and the other one at its end."""
    return not is_whole(edition)


def is_short(edition: Edition) -> bool:
    """Tell whether its signs may be short: only a handout's may, and in easy read none are."""
    return is_part(edition) and not is_pictured(edition)


def is_short_standard(edition: Edition) -> bool:
    """Tell whether its signs may take so much of page 1 only."""
    return is_short(edition) and edition.format == "standard"


def begins_at_once(edition: Edition) -> bool:
    """Tell whether an adult does something on page 1: before a massage stands all of consent."""
    is_usual = is_short_standard(edition) and edition.audience == FIRST
    return is_usual and edition.publication != "partner-massage"


def has_room_for_signs(edition: Edition) -> bool:
    """Tell whether page 1 has room for all that the reader must know of emergencies."""
    is_spacious = edition.format == "large" or is_pictured(edition)
    return not is_booklet(edition) and not is_spacious


def has_a_limit(edition: Edition) -> bool:
    """Tell whether anything bounds the pages: a booklet in large type takes what it takes."""
    few = LIBRARY.audiences[edition.audience].most_pages is not None
    return few or not is_booklet(edition) or edition.format == "standard"


KINDS = (is_booklet, has_contents, is_part, is_short_standard, begins_at_once, has_room_for_signs,
         has_a_limit)  # fmt: skip
"""What some rules are for alone: the sample holds each value that occurs among these, too."""

FAST_FACTORS = ("kind", "audience", "format")
FAST = covering(
    sorted(EDITIONS, key=lambda edition: edition.publication in WITHOUT_ADVICE), 1,
    [edition for edition in usual(EDITIONS) if edition.publication in OFTENEST], FAST_FACTORS,
)  # fmt: skip
OF_EACH_KIND = [
    edition
    for is_meant in KINDS
    for edition in covering([*filter(is_meant, EDITIONS)], 1, filter(is_meant, FAST))
]
PAIRS = covering(EDITIONS, 2, dict.fromkeys([*FAST, *OF_EACH_KIND]))
