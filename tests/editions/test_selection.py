"""What an edition says, and what it must carry before it may be printed."""

from dataclasses import replace
from typing import get_args

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from clinicpress.content.library import Library
from clinicpress.content.model import EXTRACTS, Kind, SelfCare, Setting, Text
from clinicpress.content.model import Section as Planned
from clinicpress.content.text import to_plain
from clinicpress.editions.edition import Dose, Edition, Production
from clinicpress.editions.manuscript import PRACTICES
from clinicpress.editions.printed import layout_of, printed_fields
from clinicpress.editions.safety import signs
from clinicpress.editions.selection import select
from clinicpress.errors import Problems, UnknownName
from tests.pdf.matrix import covering

pytestmark = pytest.mark.xdist_group("selection")  # all that each edition says is chosen once


def edition(publication, *, topic="tiny", audience="general", region="GB", **more):
    return Edition(topic, publication, audience, "standard", "en", region, "default", "A4", **more)


def editions(library):
    """Every edition that differs in its words: topic, publication, audience, region, setting."""
    return [
        edition(name, topic=id, audience=audience, region=region, setting=setting)
        for id, topic in library.topics.items()
        for name, publication in topic.publications.items()
        for audience in publication.audiences
        for region in library.regions
        for setting in publication.settings
    ]


def only_topic(library: Library, **parts) -> Library:
    """Return the library with parts of its one topic replaced."""
    ((id, topic),) = library.topics.items()
    return replace(library, topics={id: replace(topic, **parts)})


def with_sections(library: Library, publication: str, sections) -> Library:
    ((_, topic),) = library.topics.items()
    changed = topic.publications[publication].model_copy(
        update={"plans": {"default": tuple(sections)}}
    )
    return only_topic(library, publications={**topic.publications, publication: changed})


def without_sign(library: Library, lost: str) -> Library:
    """Return the library without one warning sign, as if its lines had been deleted."""
    ((_, topic),) = library.topics.items()
    tiers = {}
    for name, tier in topic.tiers.items():
        groups = {}
        for id, group in tier.groups.items():
            kept = {sign: words for sign, words in group.signs.items() if sign != lost}
            groups[id] = group.model_copy(update={"signs": kept})
        tiers[name] = tier.model_copy(update={"groups": groups})
    return only_topic(library, tiers=tiers)


def words_of(value):
    """Yield every string in a manuscript, an entry or a field."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple | list):
        for inner in value:
            yield from words_of(inner)
    elif hasattr(value, "__dataclass_fields__"):
        for name in value.__dataclass_fields__:
            yield from words_of(getattr(value, name))


def printed(manuscript, tier):
    return {
        sign.id for entry in manuscript.entries("tier") if entry.id == tier for sign in signs(entry)
    }


# ---------------------------------------------------------------- every edition of the real topic


@pytest.fixture(scope="module")
def manuscripts(library, full):
    """Return what each edition says in one region, and in the others as many as meet all else.

    In the full matrix each says it in every region.
    """
    every = editions(library)
    first = [each for each in every if each.region == "GB"]
    factors = ("publication", "audience", "region", "setting")
    some = every if full else covering(every, 2, first, factors)
    return [(select(library, each), library.topics[each.topic]) for each in some]


def test_there_is_something_to_look_at(manuscripts, library):
    seen = [manuscript.edition for manuscript, _ in manuscripts]
    assert len(seen) >= 7 * 2 * 2
    for region in library.regions:
        here = [each for each in seen if each.region == region]
        assert {each.audience for each in here} == {*library.audiences}
        assert {each.publication for each in here} == {
            *library.topics["upper-back-pain"].publications
        }


def test_required_signs_are_in_every_edition(manuscripts):
    for manuscript, topic in manuscripts:
        required = topic.topic.required_signs
        assert set(required.emergency) <= printed(manuscript, "emergency"), manuscript.edition
        if not manuscript.is_extract:
            assert set(required.same_day) <= printed(manuscript, "same-day"), manuscript.edition


def test_an_extract_says_where_the_same_day_signs_are(manuscripts):
    """And no print that holds them does."""
    seen = set()
    for manuscript, topic in manuscripts:
        emergency = topic.tiers["emergency"]
        (tier,) = (tier for tier in manuscript.entries("tier") if tier.id == "emergency")
        elsewhere = to_plain(emergency.elsewhere.said_to(manuscript.edition.audience))
        assert (tier.pointer == elsewhere) == manuscript.is_extract, manuscript.edition
        assert "“When to get help”" in elsewhere
        seen.add(manuscript.kind)
    assert seen == set(get_args(Kind))


def test_signs_stand_before_anything_to_do(manuscripts):
    for manuscript, _ in manuscripts:
        parts = [section.part for section in manuscript.sections]
        practice = min(
            (parts.index(part) for part in PRACTICES if part in parts), default=len(parts)
        )
        before = [
            (entry.id, section.wording)
            for section in manuscript.sections[:practice]
            for entry in section.entries
            if entry.kind == "tier"
        ]
        if manuscript.kind == "booklet":
            assert {"emergency", "same-day"} <= set(dict(before)), manuscript.edition
            assert "short" not in dict(before).values(), manuscript.edition
        else:
            assert "emergency" in dict(before), manuscript.edition


def test_the_same_day_tier_ends_a_handout_that_has_the_emergency_tier_in_short(manuscripts):
    seen = 0
    for manuscript, _ in manuscripts:
        short = [
            s for s in manuscript.sections if s.wording == "short" and s.part == "warning-signs"
        ]
        if manuscript.kind == "handout" and short:
            seen += 1
            last = manuscript.sections[-1]
            assert [entry.id for entry in last.entries] == ["same-day"], manuscript.edition
            assert short[0].entries[0].id == "emergency", manuscript.edition
    assert seen


def test_a_rack_sheet_has_the_gate_and_a_given_sheet_the_safety_net(manuscripts):
    seen = set()
    for manuscript, topic in manuscripts:
        notices = list(manuscript.entries("notice"))
        unassessed = manuscript.edition.setting == "rack" and not manuscript.whole_first
        if manuscript.is_extract and not list(manuscript.entries(*PRACTICES)):
            continue  # nothing to do, so no gate before it
        assert notices or not (unassessed or manuscript.edition.setting == "given")
        for notice in notices:
            meant = (
                topic.cautions.gate
                if manuscript.edition.setting == "rack"
                else topic.cautions.safety_net
            )
            assert notice.title == meant.title.default
            seen.add(manuscript.edition.setting)
    assert seen == {"rack", "given"}


def test_no_item_reaches_an_audience_that_it_is_not_for(manuscripts):
    for manuscript, topic in manuscripts:
        audience = manuscript.edition.audience
        said = {
            (section.part, entry.id) for section in manuscript.sections for entry in section.entries
        }
        for kind, item in topic.items():
            if (kind, item.id) in said:
                assert audience not in item.not_for
                assert not item.audiences or audience in item.audiences


def test_every_token_is_filled(manuscripts):
    for manuscript, _ in manuscripts:
        left = [words for words in words_of(manuscript) if "[[" in words]
        assert left == [], manuscript.edition


def test_numbers_are_those_of_the_region(manuscripts, library):
    for manuscript, _ in manuscripts:
        number = library.regions[manuscript.edition.region].words["emergency-number"]
        (action,) = {tier.action for tier in manuscript.entries("tier") if tier.id == "emergency"}
        assert number in action


def test_notes_for_editors_are_never_said(manuscripts):
    for manuscript, topic in manuscripts:
        notes = {item.note for _, item in topic.items() if item.note}
        assert notes
        assert notes.isdisjoint(words_of(manuscript))


def test_every_reference_that_is_cited_is_listed(manuscripts):
    for manuscript, topic in manuscripts:
        listed = [entry.id for entry in manuscript.entries("reference")]
        if any(section.part == "references" for section in manuscript.sections):
            assert listed == sorted(listed, key=lambda id: int(id[1:]))
            assert set(listed) <= set(topic.references)
            for kind, item in topic.items():
                if any(entry.id == item.id for entry in manuscript.entries(kind)):
                    assert set(item.evidence) <= set(listed), item.id


# ---------------------------------------------------------------- what may never be printed


@pytest.fixture(scope="module")
def required(library):
    topic = library.topics["upper-back-pain"].topic.required_signs
    return [*topic.emergency, *topic.same_day]


def test_no_required_sign_can_be_dropped(library, required):
    """Deleting any one sign stops every publication, and the message names the sign."""
    publications = library.topics["upper-back-pain"].publications
    emergency = library.topics["upper-back-pain"].topic.required_signs.emergency
    names = [name for name, each in publications.items() if each.serves("general")]

    def is_extract(name):
        return publications[name].kind in EXTRACTS

    assert any(map(is_extract, names))
    for lost in required:
        broken = without_sign(library, lost)
        held = names if lost in emergency else [n for n in names if not is_extract(n)]
        for name in held:
            with pytest.raises(Problems) as refused:
                select(broken, edition(name, topic="upper-back-pain"))
            (problem,) = refused.value.problems
            assert (problem.code, f"“{lost}”" in problem.message) == ("SAFE-SIGN", True)


def test_nothing_to_do_can_be_moved_before_the_signs(library):
    """In every publication of the real topic, and for each of its exercises and techniques."""
    moved = 0
    for name, publication in library.topics["upper-back-pain"].publications.items():
        sections = publication.sections_for("general")
        for section in sections:
            reaches = publication.serves("general") and not section.audiences
            if section.part in PRACTICES and reaches:
                rest = [other for other in sections if other is not section]
                with pytest.raises(Problems) as refused:
                    select(with_sections(library, name, [section, *rest]),
                           edition(name, topic="upper-back-pain"))  # fmt: skip
                assert "SAFE-ORDER" in {problem.code for problem in refused.value.problems}
                moved += 1
    assert moved >= 7


def test_a_lost_sign_is_told_whole(tiny):
    with pytest.raises(Problems) as refused:
        select(without_sign(tiny, "T1"), edition("thumb-sheet"))
    assert str(refused.value).partition("publications/thumb-sheet.yaml")[2] == (
        ":1: in “thumb-sheet”, the required sign “T1” of the emergency tier is not printed. "
        "Add a section “warning-signs” with the tier emergency. [SAFE-SIGN]"
    )


def codes(library, publication):
    try:
        select(library, edition(publication))
    except Problems as refused:
        return [problem.code for problem in refused.problems]
    return []


@pytest.mark.parametrize(
    ("publication", "order", "expected"),
    [
        ("thumb-sheet", [0, 1, 2, 3, 4], []),
        ("thumb-sheet", [2, 0, 1, 3, 4], []),
        ("thumb-sheet", [0, 1, 3, 2, 4], ["SAFE-ORDER"]),
        ("thumb-sheet", [3, 0, 1, 2, 4], ["SAFE-GATE", "SAFE-ORDER"]),
        ("thumb-sheet", [0, 2, 3, 1, 4], ["SAFE-GATE"]),
        ("thumb-sheet", [0, 2, 3, 4], ["SAFE-GATE"]),
        ("thumb-sheet", [0, 1, 3, 4], ["SAFE-ORDER", "SAFE-POINTER", "SAFE-SIGN", "SAFE-SIGN"]),
        ("thumb-sheet", [0, 1, 2, 3], ["SAFE-PANEL", "SAFE-SIGN"]),
        ("thumb-sheet", [0, 1, 2, 4, 3], ["SAFE-PANEL"]),
        ("booklet", [0, 1, 4, 5], []),
        ("booklet", [0, 4, 1, 5], ["SAFE-ORDER"]),
        ("booklet", [0, 5, 1, 4], ["SAFE-ORDER"]),
    ],
)
def test_order_of_sections(tiny, publication, order, expected):
    """Sections of the handout: message, gate, emergency, exercises, same day.

    Of the booklet, 1 is the signs, 4 the exercises and 5 the techniques.
    """
    sections = tiny.topics["tiny"].publications[publication].sections_for("general")
    changed = with_sections(tiny, publication, [sections[number] for number in order])
    assert codes(changed, publication) == expected


def with_advice(library):
    """Return the library with a piece of self-care, and with what helps for its cause."""
    topic = library.topics["tiny"]
    rest = SelfCare(id="rest", title="Rest", points={"lie": "Lie down."}, editorial=True)
    strain = topic.causes["strain"].model_copy(update={"helps": Text(default="rest")})
    changed = replace(topic, self_care={"rest": rest}, causes={"strain": strain})
    return replace(library, topics={"tiny": changed})


@pytest.mark.parametrize("part", ["self-care", "causes"])
@pytest.mark.parametrize(
    ("at", "expected"),
    [(0, ["SAFE-GATE", "SAFE-ORDER"]), (2, ["SAFE-ORDER"]), (3, []), (4, [])],
)
def test_any_advice_to_do_something_stands_after_gate_and_signs(tiny, part, at, expected):
    """Of the handout, message, gate, emergency, exercises, same day."""
    sections = [*tiny.topics["tiny"].publications["thumb-sheet"].sections_for("general")]
    sections.insert(at, Planned(part=part))
    assert (
        codes(with_sections(with_advice(tiny), "thumb-sheet", sections), "thumb-sheet") == expected
    )


@pytest.mark.parametrize("part", ["self-care", "causes"])
@pytest.mark.parametrize(("at", "expected"), [(1, ["SAFE-ORDER"]), (2, [])])
def test_any_advice_to_do_something_stands_after_the_signs_of_a_booklet(tiny, part, at, expected):
    booklet = tiny.topics["tiny"].publications["booklet"].sections_for("general")
    sections = [section for section in booklet if section.part != part]
    sections.insert(at, Planned(part=part))
    assert codes(with_sections(with_advice(tiny), "booklet", sections), "booklet") == expected


def test_a_cause_without_advice_may_stand_anywhere(tiny):
    sections = tiny.topics["tiny"].publications["thumb-sheet"].sections_for("general")
    changed = with_sections(tiny, "thumb-sheet", [Planned(part="causes"), *sections])
    assert codes(changed, "thumb-sheet") == []


def test_signs_in_short_are_not_enough_for_a_booklet(tiny):
    sections = tiny.topics["tiny"].publications["booklet"].sections_for("general")
    short = [section.model_copy(update={"wording": "short"}) for section in sections]
    assert codes(with_sections(tiny, "booklet", short), "booklet") == ["SAFE-ORDER"]


@given(order=st.permutations(range(11)))
def test_no_order_of_a_booklet_puts_anything_to_do_before_the_signs(tiny, order):
    sections = tiny.topics["tiny"].publications["booklet"].sections_for("general")
    assert len(sections) == 11
    shuffled = [sections[number] for number in order]
    parts = [section.part for section in shuffled]
    first = min(parts.index("exercises"), parts.index("techniques"))
    safe = parts.index("warning-signs") < first
    assert (codes(with_sections(tiny, "booklet", shuffled), "booklet") == []) == safe


def reaches(library, publication, audience):
    """Return whether the exercise “thumb-bend” is printed; without it there may be none at all."""
    try:
        manuscript = select(library, edition(publication, audience=audience))
    except Problems as refused:
        if {problem.code for problem in refused.problems} != {"SECTION-EMPTY"}:
            raise
        return False
    return any(entry.id == "thumb-bend" for entry in manuscript.entries("exercises"))


@given(audiences=st.sets(st.sampled_from(["general", "older-adult", "clinician"])))
@settings(max_examples=8)
def test_an_item_reaches_nobody_that_it_is_not_for(tiny, audiences):
    topic = tiny.topics["tiny"]
    reasons = dict.fromkeys(sorted(audiences), "it is not for them")
    item = topic.exercises["thumb-bend"].model_copy(update={"not_for": reasons})
    changed = only_topic(tiny, exercises={**topic.exercises, "thumb-bend": item})
    for audience in ("general", "older-adult"):
        for name in topic.publications:
            assert reaches(changed, name, audience) == (audience not in audiences)


@given(audiences=st.sets(st.sampled_from(["general", "older-adult"]), min_size=1))
@settings(max_examples=4)
def test_an_item_for_some_reaches_them_alone(tiny, audiences):
    topic = tiny.topics["tiny"]
    reasons = dict.fromkeys(sorted(audiences), "it is for them")
    item = topic.exercises["thumb-bend"].model_copy(update={"audiences": reasons})
    changed = only_topic(tiny, exercises={**topic.exercises, "thumb-bend": item})
    for audience in ("general", "older-adult"):
        assert reaches(changed, "booklet", audience) == (audience in audiences)


def test_nothing_on_page_1_points_to_the_same_day_signs(tiny):
    topic = tiny.topics["tiny"]
    silent = topic.tiers["emergency"].model_copy(update={"pointer": None})
    silenced = only_topic(tiny, tiers={**topic.tiers, "emergency": silent})
    assert codes(silenced, "thumb-sheet") == ["SAFE-POINTER"]
    sections = topic.publications["thumb-sheet"].sections_for("general")
    full = [section.model_copy(update={"wording": "full"}) for section in sections]
    assert codes(with_sections(silenced, "thumb-sheet", full), "thumb-sheet") == ["SAFE-POINTER"]


def test_what_to_do_without_a_sign_is_said_where_signs_are_all_that_is_said(tiny):
    topic = tiny.topics["tiny"]
    calm = topic.tiers["same-day"].model_copy(update={"otherwise": topic.tiers["same-day"].lead})
    changed = only_topic(tiny, tiers={**topic.tiers, "same-day": calm})
    sections = topic.publications["thumb-sheet"].sections_for("general")
    alone = [s for s in sections if s.part in ("message", "gate", "warning-signs")]
    for plan, said in ((alone, True), (sections, False)):
        sheet = select(with_sections(changed, "thumb-sheet", plan), edition("thumb-sheet"))
        layout = layout_of(sheet)
        shown = [
            name
            for section in sheet.sections
            for tier in section.tiers()
            for name, value in printed_fields(tier, section, layout)
            if value is not None
        ]
        assert ("otherwise" in shown) == said


def test_no_heading_stands_over_nothing(tiny):
    sections = tiny.topics["tiny"].publications["thumb-sheet"].sections_for("general")
    pressing = [
        section.model_copy(update={"items": {"default": ("thumb-press",)}})
        if section.part == "exercises"
        else section
        for section in sections
    ]
    changed = with_sections(tiny, "thumb-sheet", pressing)
    select(changed, edition("thumb-sheet"))
    with pytest.raises(Problems) as refused:
        select(changed, edition("thumb-sheet", audience="older-adult"))
    assert str(refused.value).partition("publications/thumb-sheet.yaml")[2] == (
        ":1: in “thumb-sheet”, the section “What to do” holds nothing for “older-adult”. List an "
        "item for this audience, leave the section out for it with `not_for`, or take it out for "
        "all. [SECTION-EMPTY]"
    )


def test_an_item_stands_in_one_section_of_its_kind(tiny):
    sections = [*tiny.topics["tiny"].publications["thumb-sheet"].sections_for("general")]
    later = Planned(part="exercises", title=Text(default="From week 2"))
    with pytest.raises(Problems) as refused:
        select(with_sections(tiny, "thumb-sheet", [*sections, later]), edition("thumb-sheet"))
    found = [problem for problem in refused.value.problems if problem.code == "ITEM-TWICE"]
    assert [problem.message.partition(", ")[2] for problem in found] == [
        f"“{id}” stands in the section “What to do” and in “From week 2”"
        for id in ("thumb-bend", "thumb-press")
    ]
    assert {problem.hint for problem in found} == {"Say with `items` which each of the two takes."}


def for_some(record, **rule):
    """Return a headed list whose every entry is for some readers only."""
    entries = {id: one.model_copy(update=rule) for id, one in record.entries.items()}
    return record.model_copy(update={"entries": entries})


def test_a_list_of_cautions_that_are_for_others_is_left_out(tiny):
    cautions = tiny.topics["tiny"].cautions
    ruled = for_some(cautions.ask_first, not_for={"older-adult": "why"})
    changed = only_topic(tiny, cautions=cautions.model_copy(update={"ask_first": ruled}))

    def lists(audience):
        manuscript = select(changed, edition("booklet", audience=audience))
        return [entry.id for entry in manuscript.entries("caution-list")]

    assert lists("general") == ["do_not", "ask_first", "never_press", "stop_signs"]
    assert lists("older-adult") == ["do_not", "never_press", "stop_signs"]


def test_what_is_done_in_phases_is_numbered_on_from_one_to_the_next(tiny):
    phases = [
        Planned(part="exercises", title=Text(default=title), items={"default": (item,)})
        for title, item in (("First two days", "thumb-press"), ("From week 2", "thumb-bend"))
    ]
    signs = tiny.topics["tiny"].publications["booklet"].plans["default"]
    before = [section for section in signs if section.part in ("message", "gate", "warning-signs")]
    library = with_sections(tiny, "booklet", [*before, *phases, Planned(part="techniques")])
    numbers = select(library, edition("booklet")).numbers
    assert numbers == {"thumb-press": 1, "thumb-bend": 2, "thumb-rub": 1}


def test_screening_keeps_to_those_it_is_for(library):
    """As every list does."""
    topic = library.topics["upper-back-pain"]
    kept, *others = topic.clinical.screening
    screening = {
        **topic.clinical.screening,
        **{id: for_some(topic.clinical.screening[id], audiences={"general": "why"})
           for id in others},
    }  # fmt: skip
    changed = replace(topic, clinical=topic.clinical.model_copy(update={"screening": screening}))
    manuscript = select(
        replace(library, topics={topic.topic.id: changed}),
        edition("when-to-get-help", topic=topic.topic.id, audience="clinician"),
    )
    assert [entry.id for entry in manuscript.entries("checklist")] == [kept]


@pytest.mark.parametrize("part", ["screening", "evidence", "undecided", "record"])
def test_what_clinicians_write_down_reaches_no_patient(tiny, part):
    sections = tiny.topics["tiny"].publications["thumb-sheet"].sections_for("general")
    changed = with_sections(tiny, "thumb-sheet", [sections[0], Planned(part=part), *sections[1:]])
    assert codes(changed, "thumb-sheet") == ["SAFE-CLINICAL"]


# ---------------------------------------------------------------- words explained


def is_explained(library, term):
    """Return whether the tiny booklet explains ``term``, if its glossary holds nothing else."""
    ((_, topic),) = library.topics.items()
    sections = topic.publications["booklet"].sections_for("general")
    glossary = sections[0].model_copy(update={"part": "glossary"})
    one = topic.glossary["joint"].model_copy(update={"term": Text(default=term)})
    changed = with_sections(only_topic(library, glossary={"one": one}), "booklet",
                            [*sections, glossary])  # fmt: skip
    manuscript = select(changed, edition("booklet"))
    return [entry.term for entry in manuscript.entries("term")] == [term]


@pytest.mark.parametrize("term", ["Thumb", "cut off", "Sharp pain", "Table"])
def test_a_word_that_the_booklet_prints_is_explained(tiny, term):
    assert is_explained(tiny, term)


@pytest.mark.parametrize(
    "term",
    [
        pytest.param("Repetitions", id="the name of a field"),
        pytest.param("Thu", id="a part of a word"),
        pytest.param("Ligament", id="a note"),
        pytest.param("Flexor", id="muscles, for clinicians alone"),
        pytest.param("Severed", id="a sign's wording for handouts"),
    ],
)
def test_a_word_that_the_booklet_does_not_print_is_not_explained(tiny, term):
    topic = tiny.topics["tiny"]
    hidden = {"note": "A guess: the ligaments.", "muscles": Text(default="Thumb flexors.")}
    bend = topic.exercises["thumb-bend"].model_copy(update=hidden)
    tier = topic.tiers["emergency"]
    hand = tier.groups["hand"]
    sign = hand.signs["T1"].model_copy(update={"short": Text(default="Severed thumb")})
    hand = hand.model_copy(update={"signs": {**hand.signs, "T1": sign}})
    changed = only_topic(
        tiny,
        exercises={**topic.exercises, "thumb-bend": bend},
        tiers={**topic.tiers, "emergency": tier.model_copy(update={"groups": {"hand": hand}})},
    )
    assert is_explained(changed, "Thumb")
    assert not is_explained(changed, term)


# ---------------------------------------------------------------- who reads, and where


def test_other_words_for_an_audience(tiny):
    for audience, words in (
        ("general", "Sit with your hand on a table."),
        ("older-adult", "Sit with your whole arm on a table."),
    ):
        manuscript = select(tiny, edition("booklet", audience=audience))
        exercise = next(manuscript.entries("exercises"))
        assert exercise.position == words


def test_a_list_for_an_audience(tiny):
    def chosen(audience):
        manuscript = select(tiny, edition("thumb-sheet", audience=audience))
        return [entry.id for entry in manuscript.entries("exercises")]

    assert chosen("general") == ["thumb-bend", "thumb-press"]
    assert chosen("older-adult") == ["thumb-bend"]


def test_a_given_sheet_has_lines_for_the_pen_and_the_clinics_phone_where_it_is_known(tiny):
    given = edition("thumb-sheet", setting="given")
    (notice,) = select(tiny, given).entries("notice")
    assert dict(notice.lines)["review"] == (
        "Call us on ____________ if you are no better by ____________."
    )
    (notice,) = select(tiny, given, {"clinic-phone": "01 23"}).entries("notice")
    assert dict(notice.lines)["review"] == (
        "Call us on 01\u00a023 if you are no better by ____________."
    )


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"topic": "tinny"}, "There is no topic “tinny”. Did you mean “tiny”?"),
        ({"publication": "sheet"}, "There is no publication “sheet”. Did you mean “thumb-sheet”?"),
        ({"publication": "x"}, "There is no publication “x”. Known: booklet, thumb-sheet."),
        ({"audience": "child"},
         "There is no audience “child”. Known: clinician, general, older-adult."),
        ({"region": "FR"}, "There is no region “FR”. Known: GB, US, neutral."),
        ({"audience": "clinician"},
         "There is no “booklet” for “clinician”: a clinician reads the sources. It exists for: "
         "general, older-adult."),
    ],
)  # fmt: skip
def test_an_edition_that_does_not_exist(tiny, changes, message):
    with pytest.raises(UnknownName) as refused:
        select(tiny, replace(edition("booklet"), **changes))
    assert str(refused.value) == message


def test_a_file_is_named_after_its_edition():
    assert str(edition("booklet", region="neutral").path) == (
        "default/tiny/tiny_booklet_general_standard_en-neutral_A4.pdf"
    )
    assert str(edition("booklet", setting="given", production="press").path) == (
        "default/tiny/tiny_booklet_general_standard_en-GB_A4_given_press.pdf"
    )
    assert edition("booklet").locale == "en-GB"
    assert edition("booklet", region="neutral").locale == "en"


NAMES = st.text("ab", min_size=1, max_size=2)
PICKED = st.lists(st.sampled_from(["a", "given", "blank-dose", "press"]), max_size=2).map(tuple)
EDITIONS = st.builds(
    Edition, *[st.just("a")] * 7, NAMES,
    setting=st.sampled_from(get_args(Setting)), production=st.sampled_from(get_args(Production)),
    exercises=PICKED, techniques=PICKED, dose=st.sampled_from(get_args(Dose)),
)  # fmt: skip


@given(st.lists(st.builds(Edition, *[NAMES] * 8) | EDITIONS, min_size=2, max_size=2, unique=True))
@example([edition("a", exercises=("b",)), edition("a", techniques=("b",))])
@example([edition("a", exercises=("b", "c")), edition("a", exercises=("b",), techniques=("c",))])
@example([edition("a", exercises=("given",)), edition("a", setting="given")])
@example([edition("a", techniques=("blank-dose",)), edition("a", dose="blank")])
def test_two_editions_never_share_a_file(pair):
    one, other = pair
    assert one.path != other.path


def test_notes_about_a_word_go_where_a_clinic_has_its_own(library):
    edition = Edition(
        "upper-back-pain", "booklet", "general", "standard", "en", "GB", "default", "A4"
    )
    kept = dict(select(library, edition, {"family-doctor": "our doctors"}).notes)
    assert set(kept) == {"scotland", "northern-ireland"}
    assert "NHS 111" in kept["scotland"]
    own = select(library, edition, {"urgent-line": "our urgent line 0123 456 788"})
    assert own.notes == ()


def test_the_name_of_a_sheet_with_everything_picked_is_one_that_a_file_can_have(library):
    every = tuple(library.topics["upper-back-pain"].exercises)
    one, other = (
        edition("exercises", topic="upper-back-pain", setting="given", exercises=picked)
        for picked in (every, (*every[:-2], *every[:-3:-1]))
    )
    assert max(len(each.path.name) for each in (one, other)) <= 200
    assert one.path != other.path
    assert one.name.startswith("upper-back-pain_exercises_general_standard_en-GB_A4_given_")
