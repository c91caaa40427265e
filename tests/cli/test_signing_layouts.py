"""``generate review layouts``: where signs stand is signed by somebody, too."""

import json

import pytest

pytestmark = pytest.mark.usefixtures("in_process")

SIGN = ("review", "layouts", "--name", "A. B.", "--role", "clinical lead",
        "--organisation", "Riverside", "--today", "2026-11-30")  # fmt: skip
SIGNED = "layouts/signed.yaml"
STATUS = ("review", "status", "thumb-sheet", "--audience", "general", "--format", "standard")


def test_nobody_signed_what_a_clinic_begins_with(clinic):
    ended = clinic.generate("review", "layouts")
    assert ended.code == 1
    assert ended.err == (
        "Nobody signed the layouts: where signs stand is not looked at by anybody.\n"
    )
    assert "layouts" not in clinic.generate(*STATUS).err


def test_what_was_signed_holds_until_a_style_or_template_is_another(clinic):
    ended = clinic.generate(*SIGN, "--yes")
    assert (ended.code, ended.out) == (0, f"{SIGNED}\n")
    signed = "The layouts are as A. B., clinical lead, on 2026-11-30 signed them.\n"
    assert clinic.generate("review", "layouts").err == signed
    assert signed in clinic.generate(*STATUS).err
    clinic.write("layouts/styles/extra.css", "p { margin: 0 }")
    clinic.change("layouts/styles/signs.css", "border-width: .9mm", "border-width: .1mm")
    ended = clinic.generate("review", "layouts", "--json")
    said = json.loads(ended.out)
    assert (ended.code, said["signed"]) == (1, False)
    assert said["changed"] == ["styles/extra.css", "styles/signs.css"]
    assert (
        "The layouts were changed since A. B., clinical lead, on 2026-11-30 signed them: "
        "styles/extra.css, styles/signs.css."
    ) in clinic.generate(*STATUS).err
    assert clinic.generate(*SIGN, "--yes").code == 0


def test_words_and_brands_are_no_part_of_it(clinic):
    clinic.generate(*SIGN, "--yes")
    clinic.change("layouts/strings/en.po", "Ask your clinic for this", "Ask us for this")
    clinic.write("layouts/brands/night/brand.yaml", "name: Night\nregion: GB\n")
    assert clinic.generate("review", "layouts").code == 0


def test_to_sign_changes_no_print(clinic):
    sheet = ("handout", "thumb-sheet", "--region", "GB", "--json")
    before = json.loads(clinic.generate(*sheet).out)
    clinic.generate(*SIGN, "--yes")
    after = json.loads(clinic.generate(*sheet).out)
    assert (after["code"], after["cached"]) == (before["code"], True)


def test_a_record_that_was_changed_by_hand_holds_no_more(clinic):
    clinic.generate(*SIGN, "--yes")
    clinic.change(SIGNED, "clinical lead", "receptionist")
    ended = clinic.generate("review", "layouts")
    assert (ended.code, "was changed by hand. Sign them anew." in ended.err) == (1, True)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--name", " "), "--name"),
        (("--role", "lead\u202e"), "--role"),
        (("--organisation", ""), "--organisation"),
    ],
)
def test_who_signs_says_who_they_are(clinic, options, said):
    ended = clinic.generate(*SIGN, *options, "--yes")
    assert (ended.code, said in ended.err) == (2, True)
    assert not (clinic.folder / SIGNED).exists()


def test_a_record_that_is_none_is_told_with_its_line(clinic):
    clinic.write(SIGNED, "- name: A. B.\n")
    ended = clinic.generate("review", "layouts")
    assert (ended.code, f"{SIGNED}:1: " in ended.err) == (1, True)
