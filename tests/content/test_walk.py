"""The walk finds what the model marks, in what was read as in what is only written."""

import shutil
from dataclasses import replace

import pytest

from clinicpress.content.crosscheck import Names, cross_check
from clinicpress.content.model.marks import Mark
from clinicpress.content.reader import read_library, sources_of
from clinicpress.content.walk import Source
from clinicpress.errors import Problems
from tests.conftest import ROOT, TINY

BEND = "tiny/exercises/thumb-bend.yaml"
SIGNS = "tiny/warning-signs.yaml"


@pytest.fixture
def mistold(tmp_path):
    """Return a function that changes words of the tiny content and returns what is wrong then."""
    shutil.copytree(TINY, tmp_path / "sources")

    def change(path, old, new):
        file = tmp_path / "sources" / path
        text = file.read_text("utf-8")
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {path}"
        file.write_text(text.replace(old, new), "utf-8")
        try:
            read_library(tmp_path / "sources")
        except Problems as error:
            return [(problem.place.line, problem.code) for problem in error.problems]
        return []

    return change


def marked(source):
    """Return what bears a mark, with its line: a short form has no path of its own."""
    return [
        (source.document.place(found.loc), str(found.value), mark)
        for found in source.found
        for mark in found.marks
        if mark not in (Mark.INLINE, Mark.ITEMS)
    ]


@pytest.mark.parametrize("folder", [TINY / "tiny", ROOT / "sources/upper-back-pain"])
def test_what_is_written_is_marked_as_what_was_read(folder):
    (topic,) = read_library(folder.parent).topics.values()
    seen = 0
    for source in sources_of(topic, folder):
        as_written = replace(source, content=None)
        assert sorted(marked(source), key=str) == sorted(marked(as_written), key=str)
        seen += len(marked(source))
    assert seen > 50


def test_each_kind_of_mark_is_found(library):
    folder = ROOT / "sources/upper-back-pain"
    topic = library.topics["upper-back-pain"]
    found = {
        mark: str(each.value)
        for source in sources_of(topic, folder)
        for each in source.found
        for mark in each.marks
    }
    assert {*found} == {*Mark} - {Mark.PERSON}  # the cast is named in what all topics share


@pytest.mark.parametrize("step", ["figure", "cover", "evidence", "for", "note", "audiences"])
def test_a_step_may_be_called_as_a_key_is(mistold, step):
    assert mistold(BEND, "  bend: Bend your thumb.", f"  {step}: Bend your thumb.") == []


def test_a_token_is_looked_for_in_a_step_that_is_called_note(mistold):
    wrong = "  note: Call [[emergency-numbr]]."
    assert mistold(BEND, "  bend: Bend your thumb.", wrong) == [(8, "TOKEN-UNKNOWN")]


def test_a_token_is_looked_for_in_the_printed_note_of_a_group_of_signs(mistold):
    last = "          short: Thumb blue or cold"
    wrong = f"{last}\n      note: Ask [[nobody]]."
    assert mistold(SIGNS, last, wrong) == [(18, "TOKEN-UNKNOWN")]


def test_brackets_in_a_note_for_editors_are_let_be(mistold):
    assert mistold(BEND, "evidence: [S1]", "evidence: [S1]\nnote: Ask [[nobody]].") == []


def test_an_audience_may_not_be_called_default_where_none_is_meant_for_all(mistold):
    press = "tiny/exercises/thumb-press.yaml"
    assert mistold(press, "  older-adult: It", "  default: It") == [(11, "AUDIENCE-UNKNOWN")]


def misshapen(written):
    """Yield what is written with one value after the other in another shape."""
    yield from ("word", ["word"], {"a": {"b": "word"}})
    keys = written if isinstance(written, dict) else range(len(written))
    for key in keys if isinstance(written, dict | list) else ():
        for other in misshapen(written[key]):
            changed = written.copy()
            changed[key] = other
            yield changed


def test_whatever_is_written_is_walked_through(tiny):
    """The model told of it; the cross-checks stumble over nothing of it."""
    names = Names(audiences={}, regions={}, references={}, tiers={})
    tried = 0
    for source in sources_of(tiny.topics["tiny"], TINY / "tiny"):
        for written in misshapen(source.document.data):
            document = replace(source.document, data=written)
            told = list(cross_check([Source(document, source.kind, None)], names))
            assert all(problem.code.endswith("-UNKNOWN") for problem in told)
            tried += 1
    assert tried > 500


def test_whom_an_audience_is_shown_is_one_of_the_cast(mistold, tmp_path):
    cast = tmp_path / "sources/figures/cast.yaml"
    cast.parent.mkdir()
    cast.write_text("anna: {}\n")
    older = "  for_whom: For adults over 65"
    assert mistold("audiences.yaml", older, f"  cast: [anna, ana]\n{older}") == [
        (10, "CAST-UNKNOWN")
    ]


@pytest.mark.parametrize("mark", Mark)
def test_what_bears_a_mark_is_found_without_looking_where_there_is_none(tiny, mark):
    """Whether the file could be read, or is gone through as it is written."""
    read = [*sources_of(tiny.topics["tiny"], TINY / "tiny")]
    looked_at = [each for source in read for each in (source, replace(source, content=None))]
    for source in looked_at:
        marked = list(source.marked(mark))
        assert "found" not in source.__dict__
        assert marked == [found for found in source.found if mark in found.marks]
        assert list(source.marked(mark)) == marked
