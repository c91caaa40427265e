"""What an edition says is read once, and anew when anything that it is made of has changed."""

import shutil

import pytest

from clinicpress.content.reader import read_library
from clinicpress.trust import reading
from clinicpress.trust.scope import editions_of
from tests.conftest import TINY, here
from tests.trust.signed import LAYOUTS, SCOPE

SHEET = "tiny/publications/thumb-sheet.yaml"


@pytest.fixture
def sources(tmp_path):
    return shutil.copytree(TINY, tmp_path / "sources")


@pytest.fixture
def read_again(monkeypatch):
    """Return what tells how many editions are read now, of how many."""
    read = []

    def run(work, prepared, *given):
        read.extend(prepared)
        return here(work, prepared, *given)

    monkeypatch.setattr(reading, "_run", run)
    monkeypatch.setattr(reading, "_heard", {})

    def count(sources, layouts=LAYOUTS):
        read.clear()
        library = read_library(sources)
        editions = [*editions_of(SCOPE, library, layouts)][::5]
        found = reading.read_editions(editions, library, layouts, jobs=1, report=lambda *_: None)
        assert [one.edition for one in found] == editions
        assert all(one.pieces and not one.problems for one in found)
        return len(read), len(editions), found

    return count


def test_what_was_read_is_known(read_again, sources):
    count, of, first = read_again(sources)
    assert count == of > 5
    count, _, second = read_again(sources)
    assert (count, second) == (0, first)


def test_a_changed_word_is_read_where_it_is_said(read_again, sources):
    _, _, first = read_again(sources)
    path = sources / SHEET
    words = path.read_text("utf-8")
    path.write_text(words.replace("title: ", "title: All of ", 1), "utf-8")
    count, of, second = read_again(sources)
    changed = [one.edition for one, other in zip(first, second, strict=True)
               if one.pieces != other.pieces]  # fmt: skip
    assert 0 < len(changed) == count < of


def test_a_changed_template_or_word_of_the_layouts_is_read_everywhere(
    read_again, sources, tmp_path
):
    layouts = shutil.copytree(LAYOUTS, tmp_path / "layouts")
    assert read_again(sources, layouts)[:2] == (8, 8)
    path = layouts / "strings/en.po"
    path.write_text(path.read_text("utf-8") + "\n", "utf-8")
    assert read_again(sources, layouts)[:2] == (8, 8)


def test_only_so_many_are_known(read_again, sources, monkeypatch):
    monkeypatch.setattr(reading, "MOST", 3)
    count, of, _ = read_again(sources)
    assert len(reading._heard) <= 3
    again, _, _ = read_again(sources)
    assert 0 < again < of == count
