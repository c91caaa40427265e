"""What differs between two audiences' editions: all of it, each thing once, and why."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinicpress.comparison.collation import Collation, collate, merged, merged_as_read
from clinicpress.comparison.comparison import Change, Reason, Thing, compare, written
from clinicpress.content.library import Library
from clinicpress.content.reader import read_library
from clinicpress.editions.edition import Edition
from clinicpress.editions.manuscript import Entry, Manuscript, Section
from clinicpress.editions.selection import select
from tests.conftest import TINY

OLDER = "older-adult"


def edition(publication, audience, topic="tiny", region="GB"):
    return Edition(topic, publication, audience, "standard", "en", region, "default", "A4")


def said(library, publication, audience, topic="tiny") -> Manuscript:
    return select(library, edition(publication, audience, topic))


def changes(library, publication="booklet", one="general", other=OLDER):
    """Return what differs in a publication of the tiny topic."""
    both = (said(library, publication, audience) for audience in (one, other))
    return compare(*both, library).changes


def mirrored(change: Change) -> Change:
    """Return the change as it is told the other way round."""

    def turned(thing: Thing | None) -> Thing | None:
        return thing and replace(
            thing, one=thing.other, other=thing.one, parent=turned(thing.parent)
        )

    how = {"added": "left-out", "left-out": "added"}.get(change.how, change.how)
    thing = turned(change.thing)
    return replace(
        change, how=how, thing=thing, one=change.other, other=change.one,
        reasons=change.reasons[::-1],
    )  # fmt: skip


def only(found, **wanted):
    """Return the one change with these values."""
    matching = [
        change
        for change in found
        if all(getattr(change, name, getattr(change.thing, name, None)) == value
               for name, value in wanted.items())
    ]  # fmt: skip
    assert len(matching) == 1, found
    return matching[0]


@pytest.fixture
def written_as(tmp_path) -> Callable[..., Library]:
    """Return a function that reads the tiny content after a change to its files."""

    def read(*changed: tuple[str, str, str], **files: str) -> Library:
        folder = tmp_path / "sources"
        shutil.copytree(TINY, folder, dirs_exist_ok=True)
        for name, old, new in changed:
            path = folder / name
            text = path.read_text(encoding="utf-8")
            assert text.count(old) == 1, f"“{old}” stands {text.count(old)} times in {name}"
            path.write_text(text.replace(old, new), encoding="utf-8")
        for name, text in files.items():
            (folder / "tiny" / f"{name}.yaml").write_text(text, encoding="utf-8")
        return read_library(folder)

    return read


# ---------------------------------------------------------------- properties


def pairs(library) -> Iterator[tuple[Manuscript, Manuscript]]:
    """Yield the two editions of every publication for every two audiences that it exists for."""
    for id, topic in library.topics.items():
        for name, publication in topic.publications.items():
            served = [one for one in library.audiences if publication.serves(*library.lineage(one))]
            yield from combinations([said(library, name, one, id) for one in served], 2)


BOTH = ["tiny", pytest.param("library", marks=pytest.mark.slow)]


@pytest.mark.parametrize("content", BOTH)
def test_an_audience_does_not_differ_from_itself(content, request):
    library = request.getfixturevalue(content)
    seen = 0
    for one, _ in pairs(library):
        assert compare(one, one, library).changes == ()
        seen += 1
    assert seen >= 2


@pytest.mark.parametrize("content", BOTH)
def test_the_other_way_round_everything_is_mirrored(content, request):
    library = request.getfixturevalue(content)
    found = 0
    for one, other in pairs(library):
        there, back = compare(one, other, library), compare(other, one, library)
        assert {mirrored(change) for change in there.changes} == set(back.changes)
        assert len(set(there.changes)) == len(there.changes)
        found += len(there.changes)
    assert found >= 4


def altered(value: object, words: str) -> Iterator[object]:
    """Yield copies of a manuscript or a part of it, each with one text replaced by ``words``."""
    if isinstance(value, str):
        yield words
    elif isinstance(value, Entry):
        for number, (name, inner) in enumerate(value.fields):
            for new in altered(inner, words):
                fields = (*value.fields[:number], (name, new), *value.fields[number + 1 :])
                yield replace(value, fields=fields)
    elif isinstance(value, tuple) and len(value) == 2 and all(isinstance(v, str) for v in value):
        yield (value[0], words)  # a step: its id stays
    elif isinstance(value, tuple):
        for number, inner in enumerate(value):
            for new in altered(inner, words):
                yield (*value[:number], new, *value[number + 1 :])
    elif isinstance(value, Section):
        for name in ("title", "intro", "wording", "detail", "entries"):
            for new in altered(getattr(value, name), words):
                yield replace(value, **{name: new})
    elif isinstance(value, Manuscript):
        for name in ("title", "subtitle", "main_message", "call_to_action", "stop", "sections"):
            for new in altered(getattr(value, name), words):
                yield replace(value, **{name: new})


@pytest.mark.parametrize("publication", ["booklet", "thumb-sheet"])
def test_no_text_can_change_unnoticed(tiny, publication):
    """Whichever one text is changed, that and nothing else is found."""
    before = said(tiny, publication, "general")
    seen = 0
    for after in altered(before, "something else"):
        found = compare(before, after, tiny).changes
        (change,) = found
        assert change.other.endswith("something else"), found  # one of several symptoms, perhaps
        seen += 1
    assert seen > 40


def test_editions_of_another_text_are_not_compared(tiny):
    one = said(tiny, "booklet", "general")
    for other in (
        said(tiny, "thumb-sheet", "general"),
        select(tiny, edition("booklet", OLDER, region="US")),
    ):
        with pytest.raises(ValueError, match="not of the same text"):
            compare(one, other, tiny)


# ---------------------------------------------------------------- each kind of difference


def test_the_tiny_booklet_differs_in_one_exercise_and_one_text(tiny):
    found = changes(tiny)
    assert found == (
        Change("left-out", Thing("exercises", "thumb-press", "Thumb press"),
               reasons=(Reason(OLDER, "It loads the joint too much."),)),
        Change("reworded", Thing("exercises", "thumb-bend", "Thumb bend", "Thumb bend"),
               ("position",), "", "Sit with your hand on a table.",
               "Sit with your whole arm on a table."),
    )  # fmt: skip


def test_an_item_for_one_audience_is_added_with_its_reason(written_as):
    library = written_as(
        ("tiny/exercises/thumb-bend.yaml", "title:", f"for: {{{OLDER}: Hands need it}}\ntitle:")
    )
    change = only(changes(library), how="added")
    assert (change.thing.id, change.thing.other) == ("thumb-bend", "Thumb bend")
    assert change.reasons == (Reason(OLDER, "Hands need it"),)


def test_an_item_that_was_not_chosen_has_no_reason(written_as):
    library = written_as(
        (
            "tiny/exercises/thumb-press.yaml",
            f"not_for:\n  {OLDER}: It loads the joint too much.\n",
            "",
        )
    )
    change = only(changes(library, "thumb-sheet"), how="left-out")
    assert (change.thing.id, change.reasons) == ("thumb-press", ())
    assert [c for c in changes(library) if c.how == "left-out"] == []


LIKE_OLDER = """\
carer:
  name: Carers
  for_whom: For carers
  like: older-adult
  smallest_type: 9
  exercise_limit: 4
clinician:
"""


def test_an_audience_that_is_like_another_takes_its_words_and_reasons(written_as, tmp_path):
    library = written_as(
        ("audiences.yaml", "clinician:\n", LIKE_OLDER),
    )
    found = changes(library, other="carer")
    assert only(found, how="left-out").reasons == (Reason("carer", "It loads the joint too much."),)
    assert only(found, how="reworded").other == "Sit with your whole arm on a table."


def test_sections_are_added_and_left_out_with_their_reasons(written_as):
    library = written_as(
        ("tiny/publications/booklet.yaml", "{part: techniques, title: Massage}",
         f"{{part: techniques, title: Massage, not_for: {{{OLDER}: It bruises}}}}"),
        ("tiny/publications/booklet.yaml", "{part: causes, title: Why does it hurt?}",
         f"{{part: causes, title: Why does it hurt?, for: {{{OLDER}: They ask}}}}"),
    )  # fmt: skip
    found = changes(library)
    left_out = only(found, how="left-out", kind="section")
    assert (left_out.thing.one, left_out.reasons) == ("Massage", (Reason(OLDER, "It bruises"),))
    added = only(found, how="added", kind="section")
    assert (added.thing.other, added.reasons) == ("Why does it hurt?", (Reason(OLDER, "They ask"),))
    assert only(found, id="thumb-rub").reasons == left_out.reasons
    assert only(found, id="strain").reasons == added.reasons


def test_a_section_gives_its_reason_only_for_what_it_takes(written_as):
    """Of two sections of one part, that which holds an item explains it."""
    library = written_as(
        ("tiny/publications/booklet.yaml", "  - {part: exercises, title: Exercises}\n", (
            f"  - {{part: exercises, title: First, items: [thumb-rest], for: {{{OLDER}: Why}}}}\n"
            f"  - {{part: exercises, title: Then, items: {{default: [thumb-bend], {OLDER}: "
            "[thumb-bend, thumb-lift]}}\n"
        )),
        **{"exercises/thumb-rest": REST, "exercises/thumb-lift": REST.replace("-rest", "-lift")},
    )  # fmt: skip
    found = changes(library)
    assert only(found, id="thumb-rest").reasons == (Reason(OLDER, "Why"),)
    assert only(found, id="thumb-lift").reasons == ()
    (section,) = (change for change in found if change.thing.kind == "section")
    assert (section.how, section.thing.other, section.reasons) == (
        "added", "First", (Reason(OLDER, "Why"),)
    )  # fmt: skip


OWN_SECTIONS = f"""\
because:
  {OLDER}: They rub before they bend
sections:
  {OLDER}:
  - part: cover
  - {{part: warning-signs, title: Get help now, tiers: [emergency, same-day, appointment]}}
  - {{part: cautions, title: Is this for you?, intro: Read this.}}
  - part: contents
  - {{part: techniques, title: Massage, detail: short}}
  - {{part: exercises, title: Exercises}}
  - part: back-cover
  default:
  - part: cover
"""


def test_another_list_of_sections_tells_its_reason_and_its_order(written_as):
    library = written_as(
        ("tiny/publications/booklet.yaml", "sections:\n  - part: cover\n", OWN_SECTIONS)
    )
    found = changes(library)
    why = (Reason(OLDER, "They rub before they bend"),)
    moved = only(found, how="moved")
    assert (moved.thing.one, moved.one, moved.other) == ("Massage", "6", "5")
    assert moved.reasons == why
    for id in ("causes", "references", "about"):
        assert only(found, kind="section", id=id).reasons == why
    assert only(found, id="strain").reasons == why
    assert only(found, field=("detail",)).other == "short"
    assert only(found, kind="section", field=("intro",)).other == "Read this."
    assert only(found, kind="section", id="cautions", field=("title",)).one == "Is this for me?"
    assert [c for c in found if c.thing.kind == "reference"] == []  # it went with its section


ORDER = f"{OLDER}:\n  first: {{exercises: [thumb-rest]}}\n  because: Rest comes first\n"
REST = """\
id: thumb-rest
title: Rest
purpose: Rests.
position: Sit.
steps: {sit: Sit.}
dose: {minutes: 2}
figure: hand
evidence: [S1]
"""


def with_order(written_as, **files) -> Library:
    return written_as(**{"exercises/thumb-rest": REST, **files})


def test_items_in_another_order_are_moved_with_the_reason_of_the_topic(written_as):
    library = with_order(written_as, audiences=ORDER)
    moved = only(changes(library), how="moved")
    assert (moved.thing.id, moved.one, moved.other) == ("thumb-rest", "2", "1")
    assert moved.reasons == (Reason(OLDER, "Rest comes first"),)


def test_an_audience_keeps_the_order_of_the_one_it_is_like_in_all_other_parts(written_as):
    orders = ORDER + "carer:\n  first: {techniques: [thumb-rub]}\n  because: They rub\n"
    library = written_as(
        ("audiences.yaml", "clinician:\n", LIKE_OLDER),
        **{"exercises/thumb-rest": REST, "audiences": orders},
    )
    moved = only(changes(library, other="carer"), how="moved")
    assert (moved.thing.id, moved.other) == ("thumb-rest", "1")
    assert moved.reasons == (Reason("carer", "Rest comes first"),)


def test_an_order_that_a_publication_gives_has_no_reason(written_as):
    library = with_order(written_as, audiences=ORDER)
    plan = library.topics["tiny"].publications["booklet"]
    own = {"default": ("thumb-bend", "thumb-rest"), OLDER: ("thumb-rest", "thumb-bend")}
    sections = tuple(
        section.model_copy(update={"items": own}) if section.part == "exercises" else section
        for section in plan.plans["default"]
    )
    topic = library.topics["tiny"]
    publications = {"booklet": plan.model_copy(update={"plans": {"default": sections}})}
    library = replace(library, topics={"tiny": replace(topic, publications=publications)})
    moved = only(changes(library), how="moved")
    assert moved.reasons == ()


NAMES = [f"e{number}" for number in range(6)]


def in_order(base: Manuscript, order) -> Manuscript:
    """Return a manuscript of nothing but six exercises in this order."""
    entries = tuple(Entry("exercises", name, (("title", name),)) for name in order)
    return replace(base, sections=(Section("exercises", "exercises", entries=entries),))


@pytest.mark.parametrize(
    ("order", "moved"),
    [
        (["e5", "e0", "e1", "e2", "e3", "e4"], {"e5": ("6", "1")}),
        (["e1", "e2", "e0", "e3", "e5", "e4"], {"e0": ("1", "3"), "e5": ("6", "5")}),
    ],
)
def test_as_few_things_as_can_be_have_moved(tiny, order, moved):
    base = said(tiny, "booklet", "general")
    found = compare(in_order(base, NAMES), in_order(base, order), tiny).changes
    assert {change.thing.id: (change.one, change.other) for change in found} == moved


@given(one=st.permutations(NAMES), other=st.permutations(NAMES))
def test_what_has_moved_is_the_same_both_ways(tiny, one, other):
    base = said(tiny, "booklet", "general")
    there = compare(in_order(base, one), in_order(base, other), tiny).changes
    back = compare(in_order(base, other), in_order(base, one), tiny).changes
    assert {mirrored(change) for change in there} == set(back)
    moved = {change.thing.id for change in there}
    assert [name for name in one if name not in moved] == [n for n in other if n not in moved]


def test_an_item_in_another_section_is_moved(tiny):
    one = said(tiny, "booklet", "general")
    exercises = next(section for section in one.sections if section.part == "exercises")
    sections = tuple(
        replace(section, entries=exercises.entries[1:]) if section is exercises
        else replace(section, entries=(*section.entries, exercises.entries[0]))
        if section.part == "techniques" else section
        for section in one.sections
    )  # fmt: skip
    change = only(compare(one, replace(one, sections=sections), tiny).changes, how="moved")
    assert (change.thing.id, change.one, change.other) == ("thumb-bend", "Exercises", "Massage")


def test_a_dose_is_told_by_its_numbers(tiny):
    one = said(tiny, "booklet", "general")
    (bend,) = (entry for entry in one.entries("exercises") if entry.id == "thumb-bend")
    dose = replace(bend.dose, fields=tuple(
        (name, (1, 2) if name == "repetitions" else True if name == "per_side" else value)
        for name, value in bend.dose.fields
    ))  # fmt: skip
    other = with_entry(one, bend, dose=dose)
    found = compare(one, other, tiny).changes
    assert [(c.field, c.one, c.other) for c in found] == [
        (("dose", "repetitions"), "3-5", "1-2"),
        (("dose", "per_side"), None, "yes"),
    ]
    blank = compare(one, with_entry(one, bend, dose=None), tiny).changes
    assert [(c.field, c.one, c.other) for c in blank] == [
        (("dose", "sets"), "1", None),
        (("dose", "repetitions"), "3-5", None),
        (("dose", "times_a_day"), "2", None),
    ]
    filled = compare(with_entry(one, bend, dose=None), one, tiny).changes
    assert {mirrored(change) for change in filled} == set(blank)


def with_entry(manuscript: Manuscript, entry: Entry, **fields) -> Manuscript:
    """Return the manuscript with fields of one entry replaced."""
    changed = replace(
        entry, fields=tuple((name, fields.get(name, value)) for name, value in entry.fields)
    )
    return replace(
        manuscript,
        sections=tuple(
            replace(section, entries=tuple(changed if e == entry else e for e in section.entries))
            for section in manuscript.sections
        ),
    )


def test_steps_are_told_by_their_ids(tiny):
    one = said(tiny, "booklet", "general")
    (bend,) = (entry for entry in one.entries("exercises") if entry.id == "thumb-bend")
    steps = (("straighten", "Straighten it again."), ("rest", "Rest."))
    found = compare(one, with_entry(one, bend, steps=steps), tiny).changes
    assert [(c.how, c.step, c.one, c.other) for c in found] == [
        ("reworded", "bend", "Bend your thumb.", None),
        ("reworded", "rest", None, "Rest."),
    ]
    turned = compare(one, with_entry(one, bend, steps=bend.steps[::-1]), tiny).changes
    assert [(c.how, c.field, c.step, c.one, c.other) for c in turned] == [
        ("moved", ("steps",), "straighten", "2", "1")
    ]


def test_cautions_are_told_with_their_list_and_reason(written_as):
    library = written_as(
        ("tiny/cautions.yaml", "evidence: [S1], not_for: {clinician",
         f"evidence: [S1], not_for: {{{OLDER}: they were asked, clinician"),
        ("tiny/cautions.yaml", "    blood:",
         "    sleep: {text: You cannot sleep, evidence: [S1]}\n    blood:"),
        ("tiny/cautions.yaml", "wound: {text: You have an open wound",
         f"wound: {{text: {{default: You have an open wound, {OLDER}: Your skin is open}}"),
    )  # fmt: skip
    found = changes(library)
    left_out = only(found, kind="caution", how="left-out")
    assert left_out.thing.line[0].id == "ask_first"
    assert (left_out.thing.one, left_out.reasons) == (
        "You bleed easily",
        (Reason(OLDER, "they were asked"),),
    )
    reworded = only(found, kind="caution", how="reworded")
    assert (reworded.one, reworded.other) == ("You have an open wound", "Your skin is open")


def test_a_list_of_cautions_that_are_all_for_others_is_left_out_with_their_reasons(written_as):
    library = written_as(
        ("tiny/cautions.yaml", "evidence: [S1], not_for: {clinician",
         f"evidence: [S1], not_for: {{{OLDER}: they were asked, clinician"),
    )  # fmt: skip
    left_out = only(changes(library), kind="caution-list")
    assert (left_out.how, left_out.thing.id) == ("left-out", "ask_first")
    assert left_out.reasons == (Reason(OLDER, "they were asked"),)


def test_warning_signs_are_told_with_their_tier_and_group(written_as):
    library = written_as(
        ("tiny/warning-signs.yaml", "full: Is your thumb cut off?",
         f"full: {{default: Is your thumb cut off?, {OLDER}: Is your thumb gone?}}"),
    )  # fmt: skip
    change = only(changes(library), field=("full",))
    assert [thing.id for thing in change.thing.line] == ["emergency", "hand", "T1"]
    assert (change.one, change.other) == ("Is your thumb cut off?", "Is your thumb gone?")


def test_a_sign_that_only_one_edition_has_is_told_in_its_own_words(tiny):
    one = said(tiny, "booklet", "general")
    (tier,) = (entry for entry in one.entries("tier") if entry.id == "emergency")
    (group,) = tier.groups
    fewer = replace(group, fields=tuple(
        (name, value[1:] if name == "signs" else value) for name, value in group.fields
    ))  # fmt: skip
    (change,) = compare(one, with_entry(one, tier, groups=(fewer,)), tiny).changes
    assert (change.how, change.thing.id, change.thing.one) == (
        "left-out", "T1", "Is your thumb cut off?"
    )  # fmt: skip


# ---------------------------------------------------------------- told once


def collated(library, one="general", other=OLDER, names=("booklet", "thumb-sheet")) -> Collation:
    found = [
        compare(said(library, name, one), said(library, name, other), library)
        for name in names
        if {one, other} <= set(library.topics["tiny"].publications[name].audiences)
    ]
    return collate(library, "tiny", (one, other), names, found)


def test_what_differs_in_several_publications_is_told_once(tiny):
    told = {each.change.thing.id: each.publications for each in collated(tiny).told}
    assert told == {
        "thumb-press": ("booklet", "thumb-sheet"),
        "thumb-bend": ("booklet", "thumb-sheet"),
    }


def test_targets_are_told_where_they_differ(tiny):
    assert {(t.field, t.one, t.other) for t in collated(tiny).targets} == {
        ("for_whom", "For adults", "For adults over 65"),
        ("smallest_type", "9.5", "14"),
        ("exercise_limit", "4", "3"),
    }
    targets = collated(tiny, other="clinician").targets
    assert ("mean", "6", None) in {(t.field, t.one, t.other) for t in targets}


def test_a_publication_that_one_audience_lacks_is_told_with_the_reason(tiny):
    booklet, _ = collated(tiny, other="clinician").presences
    assert (booklet.publication, booklet.one, booklet.other) == ("booklet", True, False)
    assert booklet.why == (Reason("clinician", "a clinician reads the sources"),)
    assert [(p.one, p.other, p.why) for p in collated(tiny).presences] == [(True, True, ())] * 2


# ---------------------------------------------------------------- words, one by one

texts = st.none() | st.lists(st.sampled_from("abcdef")).map(" ".join)


@given(texts, texts)
def test_marked_words_are_those_of_both_texts(one, other):
    pieces = merged(one, other)
    for side, words in (("one", one), ("other", other)):
        kept = [piece.words for piece in pieces if piece.only in ("", side)]
        assert " ".join(kept) == (words or "")
    if one and one == other:
        assert [piece.only for piece in pieces] == [""]


def test_only_changed_words_are_marked():
    found = merged("Lean back a little, then rest.", "Lean back a tiny bit, then rest.")
    assert [(piece.only, piece.words) for piece in found] == [
        ("", "Lean back a"), ("one", "little,"), ("other", "tiny bit,"), ("", "then rest."),
    ]  # fmt: skip


def test_texts_with_little_in_common_are_told_whole():
    found = merged("Kneel on your hands and knees.", "Sit tall on a chair, with your feet flat.")
    assert [piece.only for piece in found] == ["one", "other"]


@pytest.mark.parametrize(
    ("value", "words"),
    [((3, 5), "3-5"), ((2, 2), "2"), (None, None), (False, None), (True, "yes"), ((), None),
     (9.5, "9.5"), (14.0, "14"), (("a", "b"), "a, b"), ("so", "so"), (3, "3")],
)  # fmt: skip
def test_values_are_written_as_words(value, words):
    assert written(value) == words


def test_markup_is_left_out_but_where_nothing_else_differs():
    plain = merged_as_read("Rest **now**, then go.", "Rest *now*, then stop.")
    assert [(piece.words, piece.only) for piece in plain] == [
        ("Rest now, then", ""), ("go.", "one"), ("stop.", "other"),
    ]  # fmt: skip
    found = merged_as_read("Rest now.", "Rest **now.**")
    assert [piece.words for piece in found if piece.only] == ["now.", "**now.**"]
