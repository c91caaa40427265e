"""Each rule that has a limit, tried at it: what just passes, and what just does not."""

from dataclasses import replace
from datetime import date
from io import BytesIO

import pypdfium2
import pytest
from PIL import Image

from clinicpress.checks.layout import misplaced
from clinicpress.checks.losses import lost_numbers, lost_symptoms
from clinicpress.checks.paper import COARSE, _coarse
from clinicpress.checks.sources import overdue
from clinicpress.content.model import Text
from clinicpress.design.design import open_design
from clinicpress.editions.edition import Edition
from clinicpress.editions.selection import select
from clinicpress.pages.record import Landing, PageRecord
from clinicpress.pages.typeset import Typeset
from tests.conftest import ROOT, TINY

# ---------------------------------------------------------------- sources


@pytest.mark.parametrize(
    ("today", "told"),
    [(date(2026, 12, 31), 0), (date(2027, 1, 1), 0), (date(2027, 1, 2), 1)],
    ids=["the day before", "the day itself", "the day after"],
)
def test_content_is_overdue_from_the_day_after_it_was_to_be_reviewed(tiny, today, told):
    topic = tiny.topics["tiny"]
    due = topic.topic.model_copy(update={"review_by": date(2027, 1, 1)})
    changed = replace(tiny, topics={"tiny": replace(topic, topic=due)})
    assert [each.code for each in overdue(changed, ["tiny"], today, TINY)] == ["OVERDUE"] * told


def with_sign(tiny, **wording):
    """Return the tiny topic with other words for the sign “thumb cut off”."""
    topic = tiny.topics["tiny"]
    tier = topic.tiers["emergency"]
    hand = tier.groups["hand"]
    sign = hand.signs["T1"].model_copy(
        update={key: Text.model_validate(words) for key, words in wording.items()}
    )
    hand = hand.model_copy(update={"signs": {**hand.signs, "T1": sign}})
    changed = tier.model_copy(update={"groups": {"hand": hand}})
    return replace(topic, tiers={**topic.tiers, "emergency": changed})


@pytest.mark.parametrize(
    ("full", "told"),
    [
        ("Is your thumb off?", []),
        ("Are your thumbs gone?", []),
        ("Is it cutting?", ["SIGN-FULL"]),  # “cut” is too short to stand for “cutting”
        ("Does the thigh hurt?", ["SIGN-FULL"]),  # begins as “thumb” does
        ("The city is on the table?", ["SIGN-FULL"]),  # words that begin with the same letters
    ],
)
def test_a_symptom_is_told_by_a_word_with_the_same_first_four_letters(tiny, full, told):
    assert [each.code for each in lost_symptoms(with_sign(tiny, full=full), TINY)] == told


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ({"default": "Hot for 3 days", "older-adult": "Hot for 3 whole days"}, []),
        ({"default": "Hot for 3 days", "older-adult": "Hot for days"}, ["NUMBER-LOST"]),
        ({"default": "Hot for 3 days", "older-adult": "Hot for 5 days"}, ["NUMBER-LOST"]),
        ({"default": "Hot for 3 days", "older-adult": "Hot for 13 days"}, ["NUMBER-LOST"]),
        ({"default": "Call [[emergency-number]]", "older-adult": "Call"}, ["NUMBER-LOST"]),
    ],
)
def test_a_number_is_in_every_wording(tiny, words, told):
    changed = with_sign(tiny, full=words)
    assert [each.code for each in lost_numbers(changed, TINY)] == told


# ---------------------------------------------------------------- pages


class Complete(Typeset):
    """Pages that hold whatever is looked for, so that only where things stand is judged."""

    def count(self, words: str) -> int:
        return 99


DESIGN = open_design(
    ROOT / "layouts", brand="default", format="standard", language="en", paper="A4"
)


def judged(tiny, publication, *, signs=(1, 1, 0.2), do=(1, 1), pages=("message", "about")):
    """Return the codes for pages on which the emergency signs and an exercise stand there.

    ``signs`` are the first page, the last, and the share of the first; ``pages`` the sections.
    """
    edition = Edition("tiny", publication, "general", "standard", "en", "GB", "default", "A4")
    landings = (Landing("tier-emergency", *signs), Landing("thumb-bend", *do, 0.1))
    manuscript = select(tiny, edition)
    stop = "".join(manuscript.stop.split())
    records = tuple(
        PageRecord(number, name, 0.9, words=stop)
        for number, name in enumerate((*pages, *pages[-1:] * (do[1] - len(pages))), start=1)
    )
    laid = Complete(b"", records, landings)
    return [each.code for each in misplaced(manuscript, DESIGN, laid)]


@pytest.mark.parametrize(
    ("signs", "told"),
    [
        ((1, 1, 0.2), []),
        ((2, 2, 0.2), ["SAFE-PAGE", "SAFE-PAGE"]),  # they neither begin nor end there
        ((1, 2, 0.2), ["SAFE-PAGE"]),
        ((1, 1, 0.35), []),
        ((1, 1, 0.36), ["SAFE-SHARE"]),
    ],
)
def test_the_emergency_signs_stand_on_page_1_and_leave_room(tiny, signs, told):
    assert judged(tiny, "thumb-sheet", signs=signs, do=(2, 2)) == told


def test_nothing_to_do_stands_before_the_end_of_the_emergency_signs(tiny):
    assert judged(tiny, "booklet", signs=(2, 3, 0.9), do=(3, 3)) == []
    assert judged(tiny, "booklet", signs=(2, 3, 0.9), do=(2, 2)) == ["SAFE-PAGE"]


@pytest.mark.parametrize(
    ("pages", "told"),
    [
        (("cover", "warning-signs"), []),
        (("cover", "cover", "warning-signs"), ["COVER-LONG"]),
        (("cover", "cover", "cover"), ["COVER-LONG"]),
    ],
)
def test_a_cover_is_one_page(tiny, pages, told):
    assert judged(tiny, "booklet", pages=pages) == told


@pytest.mark.parametrize(("count", "told"), [(2, []), (3, ["PAGE-LIMIT"]), (4, ["PAGE-LIMIT"])])
def test_a_handout_has_as_many_pages_as_its_format_allows(tiny, count, told):
    assert DESIGN.format.pages == 2
    assert judged(tiny, "thumb-sheet", pages=("message",) * count) == told


# ---------------------------------------------------------------- paper


@pytest.mark.parametrize("density", [72, COARSE - 1, COARSE, 300])
def test_an_image_is_coarse_below_200_pixels_to_an_inch(density):
    drawn = BytesIO()
    Image.new("RGB", (400, 100), "teal").save(drawn, "PDF", resolution=density)
    with pypdfium2.PdfDocument(drawn.getvalue()) as document:
        said = list(_coarse(document[0], 7))
    assert COARSE == 200
    assert len(said) == (density < COARSE)
    assert all(f"on page 7 has {density} pixels to an inch" in each for each in said)
