"""Files read into records: what is written is what is meant, and each thing knows its line."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinicpress.content.reader import read_library
from clinicpress.errors import Place, Problem, Problems, nearest
from clinicpress.files.documents import parse, read_yaml


def test_every_scalar_stays_what_was_written(tmp_path):
    path = tmp_path / "a.yaml"
    path.write_text("a: no\nb: 1:30\nc: 010\nd: 2026-11-22\ne: 1e3\nf: [yes, ~]\n")
    document = read_yaml(path)
    assert document.data == {
        "a": "no", "b": "1:30", "c": "010", "d": "2026-11-22", "e": "1e3", "f": ["yes", None],
    }  # fmt: skip


@given(
    st.recursive(
        st.text("ab: #-", min_size=1, max_size=4),
        lambda inner: (
            st.lists(inner, min_size=1, max_size=3)
            | st.dictionaries(st.text("abc", min_size=1, max_size=3), inner, min_size=1, max_size=3)
        ),
        max_leaves=8,
    )
)
def test_what_is_written_is_read(tmp_path_factory, written):
    path = tmp_path_factory.mktemp("read") / "a.yaml"
    path.write_text(json.dumps(written, indent=1))  # JSON is YAML with every text in quotes
    document = read_yaml(path)
    assert document.data == written
    assert document.problems == ()


def test_each_thing_knows_its_line(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("a.yaml").write_text("# first\na:\n  b:\n    - one\n    - two\nc: x\n")
    document = read_yaml(Path("a.yaml"))
    assert document.place(("a", "b", 1)) == Place("a.yaml", 5)
    assert document.place(("a", "b", 1, "not", "there")) == Place("a.yaml", 5)
    assert document.place(("c",)) == Place("a.yaml", 6)
    assert document.place(("nothing",)) == Place("a.yaml", 2)


def test_a_file_is_parsed_again_when_it_changes(tmp_path):
    path = tmp_path / "a.yaml"
    path.write_text("a: 1\n")
    assert parse(path).data == {"a": "1"}
    path.write_text("a: 22\n")
    assert parse(path).data == {"a": "22"}


def test_a_byte_order_mark_does_no_harm(tmp_path):
    path = tmp_path / "a.yaml"
    path.write_bytes(b"\xef\xbb\xbfa: 1\n")
    assert read_yaml(path).data == {"a": "1"}


def test_problems_are_sorted_and_told_once():
    first = Problem(Place("a.yaml", 2), "B", "it is wrong", "Mend it.")
    later = Problem(Place("a.yaml", 10), "A", "it is wrong", "Mend it.")
    other = Problem(Place("b.yaml"), "A", "it is wrong", "Mend it.")
    error = Problems([other, later, first, later])
    assert str(error) == (
        "a.yaml:2: it is wrong. Mend it. [B]\n"
        "a.yaml:10: it is wrong. Mend it. [A]\n"
        "b.yaml: it is wrong. Mend it. [A]"
    )
    assert error.exit_code == 1


@pytest.mark.parametrize(
    ("word", "known", "hint"),
    [
        ("exercise", ["exercises", "causes"], "Did you mean “exercises”?"),
        ("gb", ["GB", "US"], "Did you mean “GB”?"),
        ("xyz", ["b", "a"], "Known: a, b."),
        ("xyz", [], "None is defined yet."),
    ],
)
def test_a_name_that_is_none_brings_the_nearest_or_all(word, known, hint):
    assert nearest(word, known) == hint


def test_reading_twice_gives_the_same(library):
    assert read_library(Path(__file__).parents[2] / "sources") == library


@pytest.mark.parametrize(
    ("words", "problems"),
    [
        ('a: "one\n  note: two"\n', []),  # farther in than its key, so it can be no key
        ('a: "one\nb"\n', []),
        ("a: >\n  one\n  b: two\n", []),
        ('a: "one\nb: two"\n', ["YAML-SYNTAX"]),
        ("a:\n  b: 'one\n  c: two'\n", ["YAML-SYNTAX"]),
    ],
)
def test_a_text_in_quotation_marks_goes_over_no_key(tmp_path, words, problems):
    path = tmp_path / "a.yaml"
    path.write_text(words, "utf-8")
    assert [each.code for each in read_yaml(path).problems] == problems
