"""What must stand on the paper of every edition, and where, read off the finished PDF."""

from bisect import bisect
from collections.abc import Iterator
from itertools import accumulate

import pytest

from clinicpress.content.model import Text, Tier
from clinicpress.content.text import fill, to_plain
from clinicpress.editions.manuscript import Entry, Section
from tests.pdf.conftest import Printed
from tests.pdf.matrix import (
    WITHOUT_ADVICE,
    begins_at_once,
    has_room_for_signs,
    is_part,
    is_pictured,
    is_short,
    is_short_standard,
    is_whole,
)
from tests.pdf.reading import Page, squeezed

UNREVIEWED = "Not yet reviewed by a clinician"


def words(printed: Printed, text: Text) -> str:
    """Return a text of the sources as it should stand in this edition, without spaces."""
    lineage = printed.library.lineage(printed.edition.audience)
    said = fill(text.said_to(*lineage), dict(printed.manuscript.meanings))
    return squeezed(to_plain(said))


def signs(printed: Printed, tier: Tier) -> dict[str, str]:
    """Return the words of each required sign of a tier, by id, in print order.

    In lines, each line stands under its first sign's id; those with an action of their own lead.
    """
    for section in printed.manuscript.sections:
        for entry in section.tiers():
            if entry.id == tier and section.wording == "lines":
                return {line.signs[0]: squeezed(to_plain(line.text)) for line in led(entry)}
    topic, wording = printed.topic, "short" if is_short(printed.edition) else "full"
    wanted = topic.topic.required_signs
    ids = {"emergency": wanted.emergency, "same-day": wanted.same_day}[tier]
    return {
        id: words(printed, getattr(sign, wording))
        for id, sign in topic.tiers[tier].signs().items()
        if id in ids
    }


def led(tier: Entry) -> list[Entry]:
    """Return the lines of a tier as they are set."""
    return [line for g in tier.groups for line in sorted(g.lines, key=lambda each: not each.action)]


def practices(printed: Printed) -> list[Entry]:
    """Return the exercises and techniques to do oneself, in print order."""
    return [entry for entry in printed.manuscript.entries("exercises", "techniques") if entry.steps]


def begins(printed: Printed) -> dict[str, int]:
    """Return where each exercise and technique begins, which is how one starts, by id."""
    found, position = {}, 0
    for entry in practices(printed):
        position = printed.read.text.find(squeezed(to_plain(entry.position)), position)
        assert position >= 0, f"{entry.id} is not printed, or too early"
        found[entry.id] = position
        position += 1
    return found


def before_practices(printed: Printed) -> str:
    """Return what stands before anything to do: all, where there is nothing to do."""
    return printed.read.text[: min(begins(printed).values(), default=None)]


def missing_in_order(text: str, wanted: dict[str, str], title: str) -> Iterator[str]:
    """Yield each id whose words do not follow ``title`` and the words before them."""
    position = text.find(title)
    assert position >= 0, f"there is no heading {title}"
    for id, sentence in wanted.items():
        found = text.find(sentence, position)
        if found < 0:
            yield id
        else:
            position = found + len(sentence)


def test_every_required_sign_is_printed_under_its_tier(printed: Printed) -> None:
    for tier in ("emergency", "same-day"):
        wanted = signs(printed, tier)
        assert len(wanted) >= 10
        title = words(printed, printed.topic.tiers[tier].title)
        assert list(missing_in_order(printed.read.text, wanted, title)) == []


def test_the_emergency_tier_stands_before_the_same_day_tier(printed: Printed) -> None:
    text = printed.read.text
    last = max(text.find(sentence) for sentence in signs(printed, "emergency").values())
    first = min(text.rfind(sentence) for sentence in signs(printed, "same-day").values())
    assert 0 <= last < first


def test_emergency_signs_stand_before_anything_to_do(printed: Printed) -> None:
    assert practices(printed) or printed.edition.publication in WITHOUT_ADVICE
    before, wanted = before_practices(printed), signs(printed, "emergency")
    if is_whole(printed.edition):
        wanted |= signs(printed, "same-day")
    assert [id for id, sentence in wanted.items() if sentence not in before] == []


@pytest.mark.prints(of=is_part)
def test_gate_stands_before_anything_to_do(printed: Printed) -> None:
    before, gate = before_practices(printed), printed.topic.cautions.gate
    if printed.edition.kind == "handout" and not is_pictured(printed.edition):
        gate = gate.beside_signs()
    lines = [gate.title, *gate.lines.values()]
    assert [line for line in lines if words(printed, line) not in before] == []


@pytest.mark.prints(of=has_room_for_signs)
def test_handout_shows_the_emergency_tier_on_page_1(printed: Printed) -> None:
    page = printed.read.pages[0].text
    wanted = signs(printed, "emergency")
    assert [id for id, sentence in wanted.items() if sentence not in page] == []


@pytest.mark.prints(of=is_short_standard)
def test_emergency_tier_leaves_room_on_page_1(printed: Printed) -> None:
    assert 0.05 < printed.landing("tier-emergency").share <= 0.35


@pytest.mark.prints(of=is_part)
def test_handout_points_to_the_same_day_panel_at_its_end(printed: Printed) -> None:
    text, tier = printed.read.text, printed.topic.tiers["emergency"]
    panel = min(text.rfind(sentence) for sentence in signs(printed, "same-day").values())
    first, *others = begins(printed).values()
    if printed.manuscript.whole_first:  # at the head of page 2, or before all that is to do
        assert all(panel < other for other in others)
        assert panel < first or first < len(printed.read.pages[0].text)
    else:
        assert max(first, *others, 0) < panel
    assert tier.pointer is not None
    assert words(printed, tier.pointer) in before_practices(printed)
    if has_room_for_signs(printed.edition):
        assert words(printed, tier.pointer) in printed.read.pages[0].text


@pytest.mark.prints(of=begins_at_once)
def test_handout_has_its_first_practice_on_page_1(printed: Printed) -> None:
    """What adults get; others may have advice or a longer item first."""
    first = squeezed(to_plain(practices(printed)[0].steps[0][1]))
    assert first in printed.read.pages[0].text


def test_each_practice_has_the_stop_signs_on_its_page(printed: Printed) -> None:
    """In large type it may go on to the next; what is its own stands with it."""
    short = printed.topic.cautions.stop_signs.short
    assert short is not None
    text, stop, starts = printed.read.text, words(printed, short), begins(printed)
    ends = dict(zip(starts, [*list(starts.values())[1:], len(text)], strict=False))
    pages = list(accumulate((len(page.text) for page in printed.read.pages), initial=0))
    for entry in practices(printed):
        first = bisect(pages, starts[entry.id]) - 1
        last = bisect(pages, ends[entry.id] - 1)
        assert stop in text[pages[first] : pages[max(last, first + 1)]], entry.id
        near = text[starts[entry.id] : ends[entry.id] + 1000]
        own = [squeezed(to_plain(clause)) for _, clause in entry.stop_if]
        assert [clause for clause in own if clause not in near] == []


def test_every_page_says_what_it_is(printed: Printed) -> None:
    version = squeezed(f"Version {printed.topic.topic.version}")
    title = squeezed(to_plain(printed.manuscript.title))
    wanted = (title, version, squeezed(UNREVIEWED))
    assert printed.manuscript.state.standing == "unsigned"
    assert [
        (page.number, line)
        for page in printed.read.pages
        for line in wanted
        if line not in page.text
    ] == []


def test_no_token_or_template_is_left(printed: Printed) -> None:
    seen = [printed.read.text, *(title for _, title, _ in printed.read.outline)]
    with printed.read.opened() as pdf:
        seen += [str(value) for value in pdf.docinfo.values()]
    assert len(seen) > 5
    assert [
        text for text in seen for braces in ("[[", "]]", "{{", "}}", "{%") if braces in text
    ] == []


def _said(section: Section, tier: Entry) -> Iterator[tuple[Entry, Entry]]:
    for group in tier.groups:
        lines = sorted(getattr(group, "lines", ()), key=lambda each: not each.action)
        yield from ((group, one) for one in (lines if section.wording == "lines" else group.signs))


def _words(section: Section, sign: Entry) -> str:
    return str(getattr(sign, "text" if section.wording == "lines" else section.wording))


def sign_pages(printed: Printed) -> Iterator[tuple[Entry, Entry, Entry, int, int]]:
    """Yield tier, group and sign as printed, with the sign's page from 0 and its place on it."""
    pages, text = printed.read.pages, printed.read.text
    begins = list(accumulate((len(page.text) for page in pages), initial=0))
    position = 0
    for section in printed.manuscript.sections:
        for tier in (entry for entry in section.entries if entry.kind == "tier"):
            for group, sign in _said(section, tier):
                said = squeezed(to_plain(_words(section, sign)))
                position = text.find(said, position)
                assert position >= 0, f"{sign.id} is not printed, or too early"
                page = bisect(begins, position) - 1
                position += len(said)
                yield tier, group, sign, page, position - begins[page]


def test_no_page_shows_a_sign_without_its_group_and_what_to_do(printed: Printed) -> None:
    """Above the sign, in the margin of a page on which its group goes on, or in the sign's row.

    In easy read below large print each row says what to do; the group's title may stand before.
    """
    lost, easy = [], printed.manuscript.pictures
    for tier, group, sign, page, end in sign_pages(printed):
        above = margin(printed.read.pages[page]) + printed.read.pages[page].text[:end]
        beside = printed.read.pages[page].text[end:]
        title = squeezed(to_plain(group.title))
        action = squeezed(to_plain(group.action or tier.action))
        named = title in above or (easy and printed.edition.format != "large")
        told = action in above or beside.startswith(action) or (easy and tier.id == "appointment")
        if not (named and told):
            lost.append((page + 1, tier.id, sign.id))
    assert lost == []


def margin(page: Page) -> str:
    """Return what stands in the margins of a page, which no tag leads to."""
    return squeezed("".join(run.text for run in page.runs if run.mark is None))


@pytest.mark.prints(of=lambda edition: edition.format == "large" or not is_pictured(edition))
def test_no_page_shows_a_caution_without_the_title_of_its_list(printed: Printed) -> None:
    lost, text = [], printed.read.text
    begins = list(accumulate((len(page.text) for page in printed.read.pages), initial=0))
    for cautions in printed.manuscript.entries("caution-list"):
        position = 0
        for caution in cautions.entries:
            position = text.find(squeezed(to_plain(caution.text)), position)
            assert position >= 0, f"{caution.id} is not printed, or too early"
            page = printed.read.pages[bisect(begins, position) - 1]
            if squeezed(to_plain(cautions.title)) not in page.text:
                lost.append((page.number, cautions.id, caution.id))
    assert lost == []
