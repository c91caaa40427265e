"""What is remembered of the sources: a library is the same with it, and nothing wrong goes by."""

import json
import shutil
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from clinicpress.content import reader, recollection
from clinicpress.content.library import Library
from clinicpress.content.reader import read_library
from clinicpress.errors import Problems
from clinicpress.files import documents, engines, memory, transcripts
from clinicpress.files.documents import read_yaml
from tests.conftest import ROOT, TINY

SIGNS = "tiny/warning-signs.yaml"


@pytest.fixture(autouse=True)
def worked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Counter[str]]:
    """Return what was parsed and what was put into pose; nothing is remembered at first."""
    done: Counter[str] = Counter()

    def counted(name: str, real: Callable[..., object]) -> Callable[..., object]:
        def count(*given: object, **named: object) -> object:
            done[name] += 1
            return real(*given, **named)

        return count

    monkeypatch.setattr(
        documents, "_refuse_the_deep", counted("parsed", documents._refuse_the_deep)
    )
    monkeypatch.setattr(reader, "try_poses", counted("tried", reader.try_poses))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "cache"))
    monkeypatch.delenv(memory.SWITCH, raising=False)
    another_process()
    yield done
    another_process()


def another_process() -> None:
    documents._parsed.cache_clear()
    transcripts._KNOWN.clear()
    transcripts.recall({})


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    return Path(shutil.copytree(TINY, tmp_path / "sources"))


def read(folder: Path, worked: Counter[str]) -> tuple[Library, dict[str, int]]:
    """Return what a new process reads, and how much it worked."""
    another_process()
    worked.clear()
    return read_library(folder), dict(worked)


def test_what_is_remembered_makes_the_same_library(worked):
    real, work = read(ROOT / "sources", worked)
    assert work["parsed"] > 250
    assert work["tried"] > 150
    again, work = read(ROOT / "sources", worked)
    assert work == {}
    assert again == real
    assert repr(again) == repr(real)


def test_each_line_is_as_it_was_parsed(sources, worked):
    read(sources, worked)
    another_process()
    parsed = {path: read_yaml(path) for path in sources.rglob("*.yaml")}
    assert transcripts.used()
    another_process()
    with recollection.recollection(sources):
        found = {path: read_yaml(path) for path in parsed}
    assert len(found) > 10
    assert any(isinstance(document.lines, transcripts.Lines) for document in found.values())
    for path, document in parsed.items():
        assert isinstance(document.lines, dict)
        assert dict(found[path].lines) == document.lines
        assert found[path].data == document.data
        for loc in ((), ("id",), ("no", "such"), *document.lines):
            assert found[path].place(loc) == document.place(loc)


def test_a_file_that_changed_is_read_and_no_other(sources, worked):
    before, _ = read(sources, worked)
    path = next((sources / "tiny/exercises").glob("*.yaml"))
    path.write_text(path.read_text("utf-8").replace("title: ", "title: Slow ", 1), "utf-8")
    after, work = read(sources, worked)
    assert work == {"parsed": 1}
    old, new = (each.topics["tiny"].exercises[path.stem].title for each in (before, after))
    assert new.default == f"Slow {old.default}"
    assert read(sources, worked)[1] == {}


def test_a_process_that_reads_twice_remembers_all_that_it_read(sources, worked):
    read(sources, worked)
    path = next((sources / "tiny/exercises").glob("*.yaml"))
    path.write_text(path.read_text("utf-8").replace("title: ", "title: Slow ", 1), "utf-8")
    worked.clear()
    read_library(sources)
    assert worked == {"parsed": 1}
    assert read(sources, worked)[1] == {}


def test_a_figure_that_changed_is_tried_and_no_other(sources, worked):
    read(sources, worked)
    path = next(path for path in sources.rglob("figures/*/*.yaml"))
    with path.open("a", encoding="utf-8") as file:
        file.write("numbered: false\n")
    assert read(sources, worked)[1] == {"parsed": 1, "tried": 1}


def figures(library: Library) -> int:
    topics = library.topics.values()
    return len(library.artworks) + sum(len(topic.artworks) for topic in topics)


@pytest.mark.parametrize(("file", "words"), [
    ("cast.yaml", "somebody: {stoop: 12}"), ("poses.yaml", "sitting: {support: {by: seat}}"),
])  # fmt: skip
def test_figures_are_tried_anew_when_the_people_or_the_shared_poses_change(
    sources, worked, file, words
):
    read(sources, worked)
    (sources / "figures").mkdir(exist_ok=True)
    (sources / "figures" / file).write_text(words)
    library, work = read(sources, worked)
    assert work == {"parsed": 1, "tried": figures(library)}


def told(folder: Path, worked: Counter[str]) -> list[str]:
    another_process()
    worked.clear()
    with pytest.raises(Problems) as error:
        read_library(folder)
    return [str(problem) for problem in error.value.problems]


@pytest.mark.parametrize(("file", "old", "new"), [
    (SIGNS, "\n", "\nodd: \n"),
    (SIGNS, "\n", "\nemergency: x\n"),
    ("audiences.yaml", "general", "gener\u200bal"),
    ("regions.yaml", ": ", ": !x "),
    ("tiny/topic.yaml", "id: ", "id: other-"),
])  # fmt: skip
def test_what_is_wrong_is_told_in_the_same_words_in_each_run(sources, worked, file, old, new):
    read(sources, worked)
    path = sources / file
    words = path.read_text("utf-8")
    assert old in words
    path.write_text(words.replace(old, new, 1), "utf-8")
    first = told(sources, worked)
    assert first
    assert told(sources, worked) == first
    shutil.rmtree(memory.cache_folder() or Path())
    assert told(sources, worked) == first


IMPOSSIBLE = "moments:\n  bad:\n    pose: {neck: {turn: 179}}\n"


def test_an_impossible_pose_is_told_in_each_run(sources, worked):
    read(sources, worked)
    path = next(path for path in sources.rglob("figures/*/*.yaml"))
    words = path.read_text("utf-8")
    path.write_text(words.partition("moments:")[0] + IMPOSSIBLE, "utf-8")
    first = told(sources, worked)
    assert any("FIGURE-POSE" in problem for problem in first)
    assert told(sources, worked) == first


# ---------------------------------------------------------------- what is not used


@pytest.mark.parametrize("made_by", ["program", "parser", "Python"])
def test_another_program_parser_or_python_reads_all_anew(sources, worked, monkeypatch, made_by):
    read(sources, worked)
    if made_by == "program":
        monkeypatch.setattr(engines, "program", lambda package: "another")
    elif made_by == "parser":
        monkeypatch.setattr(recollection, "PARSER", "another")
    else:
        monkeypatch.setattr(sys, "version", "4.0")
    library, work = read(sources, worked)
    assert work["parsed"] > 10
    assert work["tried"] == figures(library)


@pytest.mark.parametrize("said", ["py", "txt"])
def test_a_program_is_known_by_its_code_and_its_lists(tmp_path, said):
    before = engines.program.__wrapped__(tmp_path)
    (tmp_path / f"a.{said}").write_text("a")
    assert engines.program.__wrapped__(tmp_path) != before


def test_where_nothing_is_remembered_all_is_read(sources, worked, monkeypatch):
    monkeypatch.setenv(memory.SWITCH, "1")
    library, first = read(sources, worked)
    assert read(sources, worked) == (library, first)
    assert first["parsed"] > 10


def bent(sources: Path, change: Callable[[dict[str, object]], object]) -> None:
    """Change what is remembered, as this very program would have written it."""
    key = f"{engines.program(recollection.paths.PACKAGE)} {recollection.PARSER} {sys.version}"
    place = str(sources.resolve())
    kept = memory.recall(recollection.KIND, place, key)
    assert kept
    memory.keep(recollection.KIND, place, key, change(kept))


def each_file(change: Callable[[list[object]], object]) -> Callable[[dict[str, object]], object]:
    return lambda kept: {**kept, "files": {at: change(one) for at, one in kept["files"].items()}}


@pytest.mark.parametrize("change", [
    pytest.param(lambda kept: [], id="list"),
    pytest.param(lambda kept: {**kept, "more": 1}, id="more"),
    pytest.param(lambda kept: {**kept, "possible": [1]}, id="number"),
    pytest.param(lambda kept: {**kept, "possible": {}}, id="no-list"),
    pytest.param(lambda kept: {**kept, "files": []}, id="no-files"),
    pytest.param(each_file(lambda one: one[:1]), id="half"),
    pytest.param(each_file(lambda one: [*one, 1]), id="three"),
    pytest.param(each_file(lambda one: [one[0], one[1][1:]]), id="a-line-less"),
    pytest.param(each_file(lambda one: [one[0], [True, *one[1][1:]]]), id="no-line"),
    pytest.param(each_file(lambda one: [1, [1]]), id="no-data"),
    pytest.param(each_file(lambda one: [{"a": None}, [1, 1]]), id="nothing"),
    pytest.param(each_file(lambda one: 1), id="one"),
])  # fmt: skip
def test_what_has_another_shape_is_not_used(sources, worked, change):
    library, first = read(sources, worked)
    bent(sources, change)
    again, work = read(sources, worked)
    assert again == library
    assert work["parsed"] == first["parsed"]


def test_words_that_are_remembered_are_looked_at_by_the_models_and_checked(sources, worked):
    """Whoever could write there could only write other words, which all rules still look at."""
    read(sources, worked)
    path = sources / SIGNS
    digest = next(
        at for at, one in json.loads(json.dumps(transcripts.written())).items()
        if one[0] == read_yaml(path).data
    )  # fmt: skip
    bent(sources, lambda kept: {**kept, "files": {**kept["files"], digest: [{"a": "b"}, [1, 1]]}})
    assert any("warning-signs.yaml" in problem for problem in told(sources, worked))
