"""The rules over the sources. Those that stop a print are tried with ``generate``, too."""

import json

import pytest

BOOKLET = ("booklet", "--region", "GB")
STRAIN = "sources/tiny/causes/strain.yaml"
SUMMARY = "You used it more than it is used to."
SIGNS = "sources/tiny/warning-signs.yaml"


@pytest.fixture
def said(clinic):
    """Return a function that runs ``check`` and returns its findings of one code."""

    def run(code):
        ended = clinic.generate("check")
        found = [line for line in ended.out.splitlines() if line.endswith(f"[{code}]")]
        assert ended.code == (1 if found else 0), ended.out + ended.err
        return found

    return run


def test_sources_without_a_fault_pass(clinic):
    ended = clinic.generate("check")
    assert (ended.code, ended.err) == (0, "")
    assert ended.out.splitlines()[-1] == "4 publications, 26 chapters, 0 findings: passed."


# Blocking: characters.


def test_a_character_that_the_fonts_lack_is_named_with_its_line(clinic, said):
    clinic.change(STRAIN, SUMMARY, "A 脊 bone.")
    expected = (
        f"{STRAIN}:3: the fonts lack the character “脊” (U+810A, cjk unified ideograph-810a). "
        "Use another character, or add a font that has it to layouts/fonts.yaml. [GLYPH]"
    )
    assert said("GLYPH") == [expected]
    ended = clinic.generate(*BOOKLET)
    assert (ended.code, ended.err.splitlines()[0], clinic.files()) == (1, expected, [])


@pytest.mark.parametrize(
    "words",
    [
        "“Café” – ½ of 20 °C…",
        "2 \u003d\u0338 3",
        "5–\u20606",
        "No\u00a0break",
        "Größe, naïve, 5 × 3",
    ],
)
def test_a_character_that_the_fonts_have_is_no_fault(clinic, said, words):
    clinic.change(STRAIN, SUMMARY, words)
    assert said("GLYPH") == []


@pytest.mark.few(5)
@pytest.mark.parametrize(
    ("path", "old"),
    [
        ("sources/regions.yaml", "the thumb line"),
        ("sources/regions.yaml", "On the islands"),
        ("sources/audiences.yaml", "For adults over 65"),
        ("sources/tiny/topic.yaml", "made up for the tests."),
        ("sources/tiny/references.yaml", "A book about thumbs"),
        ("sources/tiny/publications/thumb-sheet.yaml", "Move your thumb"),
        ("sources/tiny/cautions.yaml", "Nobody has checked you yet."),
        ("sources/tiny/glossary.yaml", "Where two bones meet."),
        ("sources/tiny/exercises/thumb-bend.yaml", "Sit with your whole arm"),
    ],
)
def test_characters_are_looked_for_in_all_that_is_printed(clinic, said, path, old):
    clinic.change(path, old, "☎")
    lines = (clinic.folder / path).read_text().splitlines()
    (line,) = [number for number, text in enumerate(lines, start=1) if "☎" in text]
    assert [found.split(": ")[0] for found in said("GLYPH")] == [f"{path}:{line}"]


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        (STRAIN, "evidence: [S1]", "evidence: [S1]\nnote: To be ☎ checked"),
        ("sources/tiny/references.yaml", "says: Thumbs bend", "says: Thumbs ☎"),
        ("sources/tiny/exercises/thumb-press.yaml", "It loads the joint too much.", "☎"),
    ],
)
def test_what_is_never_printed_may_hold_any_character(clinic, said, path, old, new):
    clinic.change(path, old, new)
    assert said("GLYPH") == []


def test_one_weight_that_lacks_a_character_is_enough(clinic, said, monkeypatch, request):
    from clinicpress.checks import glyphs

    everything = frozenset(range(0x10FFFF))
    monkeypatch.setattr(
        glyphs, "_code_points",
        lambda font: everything - {ord("é")} if "SemiBold" in font.name else everything,
    )  # fmt: skip
    glyphs._coverage_at.cache_clear()
    request.addfinalizer(glyphs._coverage_at.cache_clear)
    clinic.change(STRAIN, SUMMARY, "Café 脊")
    (found,) = said("GLYPH")
    assert "“é” (U+00E9, latin small letter e with acute)" in found


def test_no_font_is_opened_for_plain_ascii(clinic, tiny, monkeypatch):
    from clinicpress.checks import glyphs

    def refuse(fonts):
        raise AssertionError(f"{fonts} was opened")

    monkeypatch.setattr(glyphs, "_coverage", refuse)
    assert list(glyphs.missing_glyphs([("Plain words.", None)], clinic.folder)) == []
    with pytest.raises(AssertionError, match="was opened"):
        list(glyphs.missing_glyphs([("Ä", None)], clinic.folder))


def test_a_font_file_that_is_not_there_is_told(clinic):
    clinic.change("layouts/fonts.yaml", "FiraSans-Bold.ttf", "FiraSans-Bald.ttf")
    clinic.change(STRAIN, SUMMARY, "Café")
    ended = clinic.generate("check")
    assert (ended.code, ended.err) == (
        1,
        "layouts/fonts.yaml:8: “fontpkg_fira_sans” has no file “FiraSans-Bald.ttf”. "
        "Correct its name. [FONT-FILE]\n",
    )


# Blocking: phrases. The tiny topic never prints “thumbs up”.


def test_a_phrase_of_never_print_is_named_with_its_line(clinic, said):
    clinic.change(STRAIN, SUMMARY, "Soon it is thumbs up again.")
    expected = (
        f"{STRAIN}:3: the phrase “thumbs up” must never be printed. "
        "Say what is known instead; only the title of a myth may hold it. [NEVER-PRINT]"
    )
    assert said("NEVER-PRINT") == [expected]
    ended = clinic.generate(*BOOKLET)
    assert (ended.code, ended.err.splitlines()[0], clinic.files()) == (1, expected, [])


@pytest.mark.few(5)
@pytest.mark.parametrize(
    "words",
    [
        "THUMBS UP!",
        "Thumbs  up",
        "thumbs\n  up",
        "thumbs-up",
        "thumbs, up",
        "*thumbs* up",
        "[thumbs](https://example.org) up",
        "(“thumbs” up)",
        "thumbs\u00a0up",
    ],
)
def test_dress_does_not_hide_a_phrase(clinic, said, words):
    clinic.change(STRAIN, f"summary: {SUMMARY}", f"summary: >-\n  {words}")
    assert len(said("NEVER-PRINT")) == 1


@pytest.mark.parametrize("words", ["Your thumbs upset you", "thumbs go up", "Up thumbs"])
def test_only_the_whole_words_in_their_order_are_the_phrase(clinic, said, words):
    clinic.change(STRAIN, SUMMARY, words)
    assert said("NEVER-PRINT") == []


def test_a_variant_for_one_audience_is_searched(clinic, said):
    path = "sources/tiny/exercises/thumb-bend.yaml"
    clinic.change(path, "Sit with your whole arm", "Thumbs up, and sit with your arm")
    assert [found.split(": ")[0] for found in said("NEVER-PRINT")] == [f"{path}:6"]


def test_a_myth_may_hold_a_phrase_in_its_title_only(clinic, said):
    myth = "id: up\ntitle: Thumbs up heals\ntruth: {}\nevidence: [S1]\n"
    causes = "  - {part: causes, title: Why does it hurt?}\n"
    clinic.change("sources/tiny/publications/booklet.yaml", causes, causes + "  - part: myths\n")
    clinic.write("sources/tiny/myths/up.yaml", myth.format("It does not."))
    assert said("NEVER-PRINT") == []
    clinic.write("sources/tiny/myths/up.yaml", myth.format("Thumbs up does not heal."))
    assert [found.split(": ")[0] for found in said("NEVER-PRINT")] == [
        "sources/tiny/myths/up.yaml:3"
    ]


def test_an_apostrophe_may_be_straight_or_curly(clinic, said):
    clinic.change("sources/tiny/topic.yaml", "[thumbs up]", '["don’t rest"]')
    clinic.change(STRAIN, SUMMARY, "Don't rest.")
    assert len(said("NEVER-PRINT")) == 1


# Blocking: short wordings.


def test_a_short_wording_that_loses_a_symptom_is_named_with_its_line(clinic, said):
    clinic.change(SIGNS, "short: Thumb blue or cold", "short: Thumb blue")
    expected = (
        f"{SIGNS}:17: the short wording of the sign “T2” loses “cold” of the symptom "
        "“thumb cold”. Say every symptom in `short`. [SIGN-SHORT]"
    )
    assert said("SIGN-SHORT") == [expected]
    ended = clinic.generate(*BOOKLET)
    assert (ended.code, ended.err.splitlines()[0], clinic.files()) == (1, expected, [])


def test_every_variant_of_a_short_wording_keeps_every_symptom(clinic, said):
    clinic.change(SIGNS, "short: Thumb blue or cold",
                  "short: {default: Thumb blue or cold, older-adult: Cold thumb}")  # fmt: skip
    (found,) = said("SIGN-SHORT")
    assert "loses “blue” of the symptom “thumb blue”" in found


# Blocking: lines.

LINES = """
      lines:
        colour:
          text: {text}
          signs: [T1, T2]
      signs:
        T1:"""


def in_lines(clinic, text, plain=""):
    """Let the signs of the emergency tier be said in one line."""
    line = LINES.format(text=json.dumps(text)) + plain
    clinic.change(SIGNS, "\n      signs:\n        T1:", line)


def test_a_line_that_says_all_of_its_signs_is_no_fault(clinic, said):
    in_lines(clinic, "A thumb that is **cut off**, or **blue** or **cold**")
    assert said("SIGN-LINE") == []


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        (
            "**Thumb cut off**, or **blue**",
            "loses “cold” of the symptom “thumb cold” of the sign “T2”",
        ),
        ("Thumb cut off, or **blue or cold**", "has no word in bold of the sign “T1”"),
    ],
)
def test_a_line_keeps_each_symptom_and_a_bold_word_of_each_sign(clinic, said, text, wrong):
    in_lines(clinic, text)
    (found,) = said("SIGN-LINE")
    assert f"{SIGNS}:11: the line “colour” {wrong}" in found
    ended = clinic.generate(*BOOKLET)
    assert (ended.code, ended.err.splitlines()[0], clinic.files()) == (1, found, [])


def test_every_variant_of_a_line_keeps_every_symptom(clinic, said):
    whole = "**Thumb cut off**, or **blue or cold**"
    in_lines(clinic, {"default": whole, "older-adult": "**Thumb cut off**, or **blue**"})
    assert len(said("SIGN-LINE")) == 1


def test_a_plainer_word_may_stand_for_one_of_a_symptom(clinic, said):
    in_lines(clinic, "**Thumb cut off**, or **blue** or **chilly**")
    assert len(said("SIGN-LINE")) == 1
    clinic.change(SIGNS, "signs: [T1, T2]", "signs: [T1, T2]\n          plain: {cold: chilly}")
    assert said("SIGN-LINE") == []


@pytest.mark.parametrize(
    ("signs", "wrong"),
    [
        ("[T1]", "has no line for the sign “T2”. Name it under `signs` of a line that says it."),
        ("[T1, T9]", "has a line for “T9”, which is none of its signs."),
        ("[T1, T1]", "says the sign “T1” in two lines. Name it in one of them."),
        ("[T1, T2, T1]", "has 3 entries, and 2 are the most."),
        ("[T1, T2]\n          plain: {warm: hot}", "has a plain word for “warm”, which no symptom"),
    ],
)
def test_each_sign_of_a_group_stands_in_one_line(clinic, signs, wrong):
    in_lines(clinic, "A thumb that is **cut off**, or **blue** or **cold**")
    clinic.change(SIGNS, "signs: [T1, T2]", f"signs: {signs}")
    assert wrong in clinic.generate(*BOOKLET).err


FULL = "full: Is your thumb blue, or cold?"


@pytest.mark.parametrize("audience", ["default", "older-adult"])
def test_every_variant_of_a_full_wording_names_every_symptom(clinic, said, audience):
    words = {"default": "Is your thumb blue, or cold?", "older-adult": "Thumb blue or cold?"}
    words[audience] = "Do you feel well?"
    clinic.change(SIGNS, FULL, f"full: {json.dumps(words)}")
    found = said("SIGN-FULL")
    assert found[0] == (
        f"{SIGNS}:16: the full wording of the sign “T2” for {audience} has no word of the symptom "
        "“thumb blue”. Say every symptom in `full`, or name its plain word under `plain`. "
        "[SIGN-FULL]"
    )
    clinic.change(
        SIGNS,
        "[thumb blue, thumb cold]",
        "[thumb blue, thumb cold]\n          plain: {thumb blue: well, thumb cold: feel}",
    )
    assert said("SIGN-FULL") == []


def test_a_plain_word_is_for_a_symptom_of_the_sign(clinic):
    clinic.change(SIGNS, FULL, f"{FULL}\n          plain: {{thumb green: well}}")
    assert "names “thumb green”, which is no symptom of the sign." in clinic.generate(*BOOKLET).err


@pytest.mark.parametrize(
    ("file", "old"),
    [
        (SIGNS, "action: Call [[emergency-number]] now."),
        ("sources/tiny/cautions.yaml",
         "emergency: Any emergency sign? Call [[emergency-number]] now."),
    ],
)  # fmt: skip
def test_no_variant_of_a_sign_or_gate_line_loses_the_number_to_call(clinic, said, file, old):
    key, _, words = old.partition(": ")
    clinic.change(file, old, f"{key}: {json.dumps({'default': words, 'older-adult': 'Wait.'})}")
    (found,) = said("NUMBER-LOST")
    assert found.endswith(
        ": the words for older-adult lose “emergency-number”, which the default has. Say it in "
        "every variant. [NUMBER-LOST]"
    )


def test_a_part_of_a_word_is_no_symptom(clinic, said):
    clinic.change(SIGNS, "short: Thumb blue or cold", "short: Thumb blueish or cold")
    assert len(said("SIGN-SHORT")) == 1


# For the report only: what a clinic is told about, and may print.


def test_a_statement_without_evidence_is_found_and_still_printed(clinic, said):
    clinic.change(STRAIN, "\nevidence: [S1]", "")
    assert said("EVIDENCE") == [
        f"{STRAIN}:1: “strain” has neither evidence nor the mark `editorial`. "
        "Cite a source of references.yaml, or write `editorial: true`. [EVIDENCE]"
    ]
    clinic.write(STRAIN, (clinic.folder / STRAIN).read_text() + "editorial: true\nnote: Judged.\n")
    assert said("EVIDENCE") == []


@pytest.mark.parametrize(
    ("usual", "told"),
    [
        ("exercises: {repetitions: 1-15}", []),
        ("exercises: {repetitions: 3-5}", []),
        ("exercises: {hold_seconds: 1-5}", []),
        ("techniques: {repetitions: 7-9}", []),
        ("exercises: {repetitions: 4-15}", ["repetitions: 3-5, and usual is 4-15"]),
        ("exercises: {repetitions: 1-4}", ["repetitions: 3-5, and usual is 1-4"]),
        (
            "exercises: {repetitions: 6, times_a_day: 1}",
            ["repetitions: 3-5, and usual is 6", "times_a_day: 2, and usual is 1"],
        ),
    ],
)
def test_a_dose_outside_what_the_topic_calls_usual_is_told_with_both(clinic, usual, told):
    topic = "sources/tiny/topic.yaml"
    clinic.write(topic, (clinic.folder / topic).read_text("utf-8") + f"usual_doses:\n  {usual}\n")
    ended = clinic.generate("check")
    found = [line for line in ended.out.splitlines() if line.endswith("[DOSE-UNUSUAL]")]
    start = "sources/tiny/exercises/thumb-bend.yaml:"
    own = [line.partition("“thumb-bend” has ")[2] for line in found if line.startswith(start)]
    assert ended.code == 0
    assert [one.partition(". ")[0] for one in own] == told


def test_a_sign_leans_on_its_groups_evidence_or_its_own(clinic, said):
    clinic.change(SIGNS, "      title: Hand\n      evidence: [S1]\n", "      title: Hand\n")
    places = [(found.split(": ")[0], found.split("“")[1][:2]) for found in said("EVIDENCE")]
    assert places == [(f"{SIGNS}:9", "T1"), (f"{SIGNS}:13", "T2")]


def test_a_caution_needs_evidence_too(clinic, said):
    clinic.change(
        "sources/tiny/cautions.yaml", "{text: The bone, evidence: [S1]}", "{text: The bone}"
    )
    assert len(said("EVIDENCE")) == 1


def test_an_editorial_item_says_what_is_to_be_judged(clinic, said):
    clinic.change(STRAIN, "evidence: [S1]", "editorial: true")
    assert said("EDITORIAL-NOTE") == [
        f"{STRAIN}:4: “strain” is marked `editorial`, but no `note` says what is to be judged. "
        "Add a `note` for the clinician; it is never printed. [EDITORIAL-NOTE]"
    ]


def test_what_is_overdue_is_found(clinic):
    ended = clinic.generate("check", "--today", "2100-01-01")
    assert ended.code == 1
    assert "[OVERDUE]" in ended.out


def test_a_missing_sign_is_found(clinic):
    text = (clinic.folder / SIGNS).read_text()
    start, end = text.index("        T2:"), text.index("same-day:")
    clinic.write(SIGNS, text[:start] + text[end:])
    ended = clinic.generate("check")
    assert ended.code == 1
    assert (
        "sources/tiny/topic.yaml:10: the required sign “T2” is not in the emergency tier of "
        "warning-signs.yaml. Put it back. A sign is only retired by a clinician, here and there. "
        "[SIGN-MISSING]"
    ) in ended.out.splitlines()


def test_the_real_content_has_nothing_that_stops_a_print(library):
    from pathlib import Path

    from clinicpress.checks.sources import unprintable

    root = Path(__file__).parents[2]
    assert (
        list(unprintable(library, library.topics, root / "sources", root / "layouts", ["default"]))
        == []
    )
