"""``generate review typo``: a slip of the pen keeps its sign-off, and nothing else does."""

import json
import shutil

import pytest
import yaml

from clinicpress.content.model import Mend
from clinicpress.content.signoff import seal_of
from clinicpress.trust import reading

ON = ("--today", "2026-11-30")
FINAL = ("handout", "thumb-sheet", "--region", "GB", "--final", *ON)
SIGN = ("review", "sign", "--name", "C. D.", "--role", "doctor", "--organisation", "Riverside",
        "--next-review", "2028-12-31", "--region", "GB", "--audience", "general", "--yes",
        *ON)  # fmt: skip
TYPO = ("review", "typo", "--since", "signed", "--name", "E. F.", "--yes", *ON)
BEND = "sources/tiny/exercises/thumb-bend.yaml"
MENDS = "sources/tiny/mends.yaml"

pytestmark = pytest.mark.usefixtures("in_process", "read_once")


@pytest.fixture(scope="module")
def spoken():
    """Return what editions say in words, by the digest of all that their pages are made of."""
    return {}


@pytest.fixture
def read_once(monkeypatch, spoken):
    """Read an edition once for all tests in which it says the same."""
    hear = reading.hear_one

    def heard(prepared):
        if prepared.pages not in spoken:
            spoken[prepared.pages] = hear(prepared)
        return spoken[prepared.pages]

    monkeypatch.setattr(reading, "hear_one", heard)


@pytest.fixture(scope="module")
def signed(tmp_path_factory):
    """Return where a folder of sources is kept that holds a slip, once it was signed."""
    return tmp_path_factory.mktemp("signed") / "sources"


@pytest.fixture
def slipped(clinic, signed):
    """Return a clinic that signed a word with a slip in it, and mended that since."""
    if not signed.exists():
        clinic.change(BEND, "Straighten it again.", "Straighten it agian.")
        assert clinic.generate(*SIGN).code == 0
        shutil.copytree(clinic.folder / "sources", signed)
    shutil.copytree(signed, clinic.folder / "signed")
    shutil.copytree(signed, clinic.folder / "sources", dirs_exist_ok=True)
    clinic.change(BEND, "Straighten it agian.", "Straighten it again.")
    return clinic


def mends(clinic):
    path = clinic.folder / MENDS
    return yaml.safe_load(path.read_text("utf-8")) if path.exists() else []


def test_a_slip_keeps_the_sign_off_once_it_is_recorded(slipped):
    assert slipped.generate(*FINAL).code == 1
    ended = slipped.generate(*TYPO)
    assert ended.code == 0, ended.err
    assert "thumb-bend: Straighten it [-agian.-] {+again.+}" in ended.out
    assert ended.err.endswith("The sign-off holds.\n")
    held = mends(slipped)
    assert {one["item"] for one in held} == {"thumb-bend"}
    assert {(one["by"], one["date"]) for one in held} == {("E. F.", "2026-11-30")}
    assert all(old != new for one in held for old, new in one["wordings"].items())
    assert slipped.generate(*FINAL).code == 0


def test_nothing_is_recorded_twice_nor_without_need(slipped):
    slipped.generate(*TYPO)
    before = mends(slipped)
    assert "recorded already" in slipped.generate(*TYPO).err
    assert mends(slipped) == before


def test_a_dry_run_writes_nothing(slipped):
    ended = slipped.generate(*TYPO, "--dry-run")
    assert (ended.code, mends(slipped)) == (0, [])


@pytest.mark.few(2)
@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        (BEND, "repetitions: 3-5", "repetitions: 3-40", "changes a number"),
        (BEND, "Bend your thumb.", "Bend your wrist.", "which is a word"),
        ("sources/tiny/warning-signs.yaml", "Is your thumb cut off?", "Is your thumb cut of?",
         "must be read as it was signed"),
        ("sources/tiny/cautions.yaml", "Stop for sharp pain.", "Stop for sharpp pain.",
         "must be read as it was signed"),
    ],
)  # fmt: skip
def test_what_is_none_is_refused_and_the_slip_with_it(slipped, file, old, new, said):
    slipped.change(file, old, new)
    ended = slipped.generate(*TYPO)
    assert ended.code == 1
    assert said in ended.err
    assert "Nothing was recorded." in ended.err
    assert mends(slipped) == []
    assert slipped.generate(*FINAL).code == 1


def test_what_was_never_signed_is_no_ground_to_keep_it(slipped):
    file = slipped.folder / "signed/tiny/exercises/thumb-bend.yaml"
    words = file.read_text("utf-8")
    file.write_text(words.replace("Straighten it agian.", "Straighten it agaain."), "utf-8")
    ended = slipped.generate(*TYPO)
    assert ended.code == 1
    assert "holds other words than were signed" in ended.err
    assert mends(slipped) == []


def test_a_record_that_was_changed_by_hand_stops_every_print(slipped):
    slipped.generate(*TYPO)
    slipped.write(MENDS, (slipped.folder / MENDS).read_text("utf-8").replace("E. F.", "G. H."))
    ended = slipped.generate(*FINAL)
    assert ended.code == 1
    assert "[SIGNOFF-SEAL]" in ended.err
    assert "mends.yaml" in ended.err


def resealed(clinic, **changes):
    """Write into the records by hand, as somebody would who knows how they are sealed."""
    held = mends(clinic)
    for one in held:
        one |= changes
        one["seal"] = seal_of(Mend.model_validate_json(json.dumps(one)))
    clinic.write(MENDS, yaml.safe_dump(held, allow_unicode=True))


@pytest.mark.few(2)
@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"date": "2026-12-24"}, "is dated 2026-12-24, which is to come"),
        ({"date": "2026-11-01"}, "is dated 2026-11-01, which is before the sign-off of 2026-11-30"),
        ({"before": ["Bend it 3 times."], "after": ["Bend it 30 times."]},
         "is no slip: it changes a number"),
        ({"before": ["Bend it."], "after": ["Bend it.", "Never rest."]}, "is no slip: it "),
    ],
)  # fmt: skip
def test_neither_does_a_seal_make_a_slip_of_what_is_none(slipped, changes, said):
    slipped.generate(*TYPO)
    resealed(slipped, **changes)
    ended = slipped.generate(*FINAL)
    assert ended.code == 1
    assert said in ended.err


def test_what_nobody_signed_has_nothing_to_keep(clinic):
    shutil.copytree(clinic.folder / "sources", clinic.folder / "signed")
    ended = clinic.generate(*TYPO)
    assert ended.code == 2
    assert "Nobody signed version" in ended.err


def test_what_says_the_same_as_when_it_was_signed_is_read_once(slipped, monkeypatch):
    read = []
    hear = reading.hear_one
    monkeypatch.setattr(reading, "hear_one", lambda one: read.append(one.pages) or hear(one))
    slipped.change(BEND, "Straighten it again.", "Straighten it agian.")  # as it was signed
    slipped.generate(*TYPO)
    assert len(read) == len(set(read)) > 20
