"""What stands in a review pack: just what a sign-off binds to, and what was changed since."""

import shutil
from dataclasses import replace

import pytest

from clinicpress.content.reader import read_library
from clinicpress.content.signoff import standing
from clinicpress.design.strings import Strings
from clinicpress.orders.plan import plan
from clinicpress.orders.request import Request
from clinicpress.pages.gist import Line, _grounds
from clinicpress.runs.pipeline import prepare, said_in
from clinicpress.trust.matters import gather
from clinicpress.trust.packed import packed
from clinicpress.trust.signing import sign
from clinicpress.trust.telling import Teller
from tests.conftest import ROOT, TINY
from tests.trust.signed import LAYOUTS, SCOPE, SIGNER, in_this_process, signed

GENERAL = replace(SCOPE, audiences=("general",))
BEND = "tiny/exercises/thumb-bend.yaml"
STRINGS = Strings(LAYOUTS / "strings/en.po")


@pytest.fixture(scope="module", autouse=True)
def no_workers():
    with pytest.MonkeyPatch.context() as patch:
        in_this_process(patch)
        yield


def gathered(sources, scope=GENERAL, since=None):
    before = read_library(since) if since else None
    return gather(scope, read_library(sources), LAYOUTS, jobs=1, report=lambda *_: None,
                  signed=before)  # fmt: skip


def change(sources, before, after, file=BEND):
    words = (sources / file).read_text("utf-8")
    assert before in words
    (sources / file).write_text(words.replace(before, after), "utf-8")


@pytest.fixture(scope="module")
def both():
    return gathered(TINY, SCOPE)


def test_a_pack_holds_just_what_a_sign_off_binds_to(both, tiny):
    record = sign(SIGNER, SCOPE, tiny, LAYOUTS, jobs=1, report=lambda *_: None)
    wordless = record.items.keys() - {one.id for one in both.matters}
    wordless = {id for id in wordless if not id.startswith("figure ")}  # which stand in their items
    assert wordless == {"section warning-signs-2"}
    signed_now = {each for id, said in record.items.items() if id not in wordless
                  for each in said.split()}  # fmt: skip
    assert {each for one in both.matters for each in one.digests} == signed_now


def test_what_reads_the_same_for_two_readers_is_said_once(both):
    (strain,) = [one for one in both.matters if one.id == "strain"]
    (wording,) = strain.wordings
    assert wording.audiences == ("general", "older-adult")
    assert len(wording.digests) == 2
    (bend,) = [one for one in both.matters if one.id == "thumb-bend"]
    own = [one for one in bend.wordings if "whole arm" in one.words]
    assert own
    assert {one.audiences for one in own} == {("older-adult",)}


def test_each_item_has_a_name_of_its_own_that_stays(both):
    said = packed(both, "0.1")
    names = [name for name, _, _ in said.items]
    assert len(set(names)) == len(names)
    assert "thumb-bend" in names
    assert packed(replace(both, matters=both.matters[3:]), "0.1").items == said.items[3:]
    assert packed(replace(both, matters=both.matters[3:]), "0.1").code != said.code


def test_what_nobody_signed_is_new(both):
    assert {one.standing for one in both.matters} == {"new"}


def test_what_was_changed_since_is_shown_word_by_word(tmp_path):
    sources = signed(tmp_path, scope=GENERAL)
    change(sources, "bend: Bend your thumb.", "bend: Bend your thumb slowly.")
    found = gathered(sources, since=tmp_path / "first")
    assert {one.id for one in found.matters if one.standing != "signed"} == {"thumb-bend"}
    (bend,) = [one for one in found.matters if one.id == "thumb-bend"]
    for one in bend.wordings:
        assert Line("Bend your thumb slowly.") in one.lines
        assert Line("Bend your thumb.") in one.before
    teller = Teller(found, read_library(sources), STRINGS)
    pieces = next(iter(teller.changed(bend)))["pieces"]
    assert [(one["words"], one["only"]) for one in pieces if one["only"]] == [
        ("thumb.", "one"), ("thumb slowly.", "other"),
    ]  # fmt: skip


def test_without_what_was_signed_a_change_is_told_all_the_same(tmp_path):
    sources = signed(tmp_path, scope=GENERAL)
    change(sources, "repetitions: 3-5", "repetitions: 3-40")
    found = gathered(sources)
    (bend,) = [one for one in found.matters if one.standing != "signed"]
    assert (bend.id, bend.standing) == ("thumb-bend", "changed")
    assert found.unsigned().matters == (bend,)
    assert {one.before for one in bend.wordings} == {()}


def test_sources_that_nobody_signed_are_not_shown_as_signed(tmp_path):
    sources = signed(tmp_path, scope=GENERAL)
    other = tmp_path / "other"
    shutil.copytree(TINY, other)
    change(other, "bend: Bend your thumb.", "bend: Fold your thumb.")
    change(sources, "bend: Bend your thumb.", "bend: Bend your thumb slowly.")
    (bend,) = [one for one in gathered(sources, since=other).matters if one.id == "thumb-bend"]
    assert {one.before for one in bend.wordings} == {()}


def test_what_was_signed_and_is_said_no_more_is_named(tmp_path):
    sources = signed(tmp_path, scope=GENERAL)
    change(sources, "id: thumb-bend", "not_for: {general: It hurts}\nid: thumb-bend")
    found = gathered(sources, since=tmp_path / "first")
    gone = {one.id: one.lines for one in found.gone}
    assert Line("Bend your thumb.") in gone["thumb-bend"]


def test_what_a_tier_of_signs_rests_on_is_signed(tmp_path):
    """It is called otherwise on the page than in its file."""

    def said(sources):
        library = read_library(sources)
        (edition,) = plan(Request(("booklet",), regions=("GB",)), library, LAYOUTS)
        return said_in(prepare(edition, library, LAYOUTS))["tier-emergency"]

    sources = tmp_path / "sources"
    shutil.copytree(TINY, sources)
    first = said(sources)
    change(sources, "evidence: [S1]", "evidence: []", "tiny/warning-signs.yaml")
    assert said(sources) != first


def test_what_an_item_rests_on_is_signed_though_a_term_or_open_point_is_called_so():
    library = read_library(ROOT / "sources")
    topic = library.topics["upper-back-pain"]
    others = topic.glossary.keys() | topic.clinical.undecided.keys()
    asked = Request(("booklet",), audiences=("general", "clinician"), regions=("GB",))
    found = 0
    for edition in plan(asked, library, LAYOUTS):
        grounds = dict(_grounds(prepare(edition, library, LAYOUTS).manuscript))
        for _, item in topic.items():
            if item.id in others & grounds.keys():
                found += 1
                assert all(each in grounds[item.id] for each in item.evidence)
    assert found > 4


def test_what_several_decided_holds_as_the_gravest(tiny):
    from clinicpress.content.model import Decision

    def decision(by, what):
        return Decision(item="strain", wordings="0" * 16, decision=what, by=by, date="2026-11-29",
                        audiences=("general",), languages=("en",), regions=("GB",))  # fmt: skip

    reject, change_it = decision("A. B.", "reject"), decision("C. D.", "change")
    assert standing([reject, change_it])["0" * 16] == reject
    assert standing([reject, change_it, decision("A. B.", "accept")])["0" * 16] == change_it
    assert standing([]) == {}
