"""Several people, computers and runs, one output folder: nothing is lost, and nothing lies.

“Up to date” means content: it does not count where the content lies, whose it is, or when it was
saved. The layout engine is stood in for, but for the slow rows.
"""

import os
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from urllib.parse import unquote

import pytest

from clinicpress.content import reader
from clinicpress.counter import page as counter
from clinicpress.counter import pictures
from clinicpress.files import documents, memory
from clinicpress.orders.request import ALL, Places, Request
from clinicpress.runs import run as production
from clinicpress.runs.pipeline import Batch, Built
from clinicpress.runs.run import Result, produce
from tests.conftest import ROOT, TINY, environment
from tests.hostile.test_records import ANEW

TODAY = date(2026, 11, 28)
REGIONS = ("GB", "US", "neutral")
BOTH = 2
"""How many PDFs the tiny topic has for adults in the standard print, for one region."""


@dataclass(frozen=True)
class Person:
    """Somebody with a copy of the content, who prints into a folder of all."""

    folder: Path
    output: Path

    def prints(
        self, publication: str = ALL, force: bool = False, **names: str | tuple[str, ...]
    ) -> int:
        """Print as ``generate`` does, with the page; return how many files were built."""
        for each in vars(documents).values():  # it is another process, and remembers nothing
            getattr(each, "cache_clear", lambda: None)()
        asked = {"audiences": ("general",), "formats": ("standard",), **names}
        places = Places(self.folder / "sources", self.folder / "layouts", self.output)
        results: list[Result] = produce(
            Request((publication,), **asked), places,
            jobs=1, force=force, today=TODAY, report=lambda result, count: None,
        )  # fmt: skip
        counter.refresh(places.sources, places.layouts, places.output)
        return sum(not result.cached for result in results)

    def change(self, old: str, new: str) -> Path:
        """Change the title of the sheet."""
        path = self.folder / "sources/tiny/publications/thumb-sheet.yaml"
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new), encoding="utf-8")
        return path


def set_fast(batch: Batch) -> tuple[Built, ...]:
    """Stand in for the layout engine."""
    return tuple(Built(each.path, ANEW, 1) for each in batch.prepared)


def one_at_a_time(
    work: Callable[[Sequence[bytes]], list[bytes]],
) -> Callable[[Sequence[bytes]], list[bytes]]:
    """Return ``work`` for people who are threads here, and processes else: PDFium takes one."""
    alone = threading.Lock()

    def done(pdfs: Sequence[bytes]) -> list[bytes]:
        with alone:
            return work(pdfs)

    return done


@pytest.fixture(scope="module")
def content(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the content that all have a copy of."""
    folder = tmp_path_factory.mktemp("content")
    shutil.copytree(TINY, folder / "sources")
    shutil.copytree(ROOT / "layouts", folder / "layouts")
    night = folder / "layouts/brands/night"
    night.mkdir()
    (night / "brand.yaml").write_text("name: Night\n")
    return folder


@pytest.fixture
def person(
    content: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, in_process: None
) -> Callable[[str], Person]:
    """Return a function that gives somebody a copy of the content."""
    monkeypatch.setattr(production, "set_together", set_fast)
    monkeypatch.setattr(pictures, "thumbnails", one_at_a_time(pictures.thumbnails))

    def called(name: str) -> Person:
        shutil.copytree(content, tmp_path / name, copy_function=shutil.copyfile)
        return Person(tmp_path / name, tmp_path / "drive")

    return called


def offered(output: Path) -> list[str]:
    """Return the files that the page leads to, sorted; each is there."""
    page = (output / "index.html").read_text(encoding="utf-8")
    paths = sorted(unquote(address) for address in re.findall(r'<a href="([^"#]+)"', page))
    assert [path for path in paths if not (output / path).is_file()] == []
    return paths


def on_the_drive(output: Path) -> list[str]:
    """Return the PDFs that there are, sorted."""
    return sorted(path.relative_to(output).as_posix() for path in output.rglob("*.pdf"))


def stamped_as(file: Path, before: os.stat_result) -> None:
    """Give a file the times that another had."""
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))


# ---------------------------------------------------------------- one after the other


def test_what_one_printed_is_up_to_date_for_another_with_the_same_content(person):
    one, other = person("one"), person("other")
    assert one.prints(regions=("GB",)) == BOTH
    before = {path: path.stat().st_mtime_ns for path in one.output.rglob("*") if path.is_file()}
    assert other.prints(regions=("GB",)) == 0
    assert {path: path.stat().st_mtime_ns for path in before} == before


@pytest.mark.parametrize(
    "names",
    [
        {"regions": ("US",)},
        {"brands": ("night",)},
        pytest.param(
            {"audiences": ("older-adult",), "formats": ("clear",)}, marks=pytest.mark.slow
        ),
        pytest.param({"papers": ("Letter",), "publication": "thumb-sheet"}, marks=pytest.mark.slow),
    ],
    ids=["region", "brand", "audience", "paper"],
)
def test_the_page_lists_what_another_printed_from_another_path(person, names):
    one, other = person("one"), person("other")
    one.prints(regions=("GB",))
    other.prints(**names)
    assert offered(one.output) == on_the_drive(one.output)
    assert len(offered(one.output)) > BOTH


def test_one_sheet_of_another_leaves_all_on_the_page(person):
    one, other = person("one"), person("other")
    for region in REGIONS:
        one.prints(regions=(region,))
    other.prints("thumb-sheet", regions=("GB",))
    assert len(offered(one.output)) == BOTH * len(REGIONS)


def test_other_content_prints_over_and_is_never_taken_for_this(person):
    one, other = person("one"), person("other")
    other.change("Move your thumb", "Move the thumb")
    assert one.prints(regions=("GB", "US")) == 2 * BOTH
    assert other.prints(regions=("GB",)) > 0
    assert "Move the thumb" in (one.output / "index.html").read_text(encoding="utf-8")
    assert "Move your thumb" not in (one.output / "index.html").read_text(encoding="utf-8")
    assert len(offered(one.output)) == BOTH
    assert one.prints(regions=("GB",)) in (0, 1, BOTH)
    assert len(offered(one.output)) >= BOTH


# ---------------------------------------------------------------- what is up to date


PDF = "default/tiny/tiny_thumb-sheet_general_standard_en-GB_A4.pdf"
SAME_SIZE = b"x" * len(ANEW)


def pdf_touched(one: Person) -> None:
    (one.output / PDF).touch()


def source_touched(one: Person) -> None:
    for path in (one.folder / "sources").rglob("*.yaml"):
        path.touch()


def pdf_restored(one: Person) -> None:
    shutil.copyfile(one.output / PDF, one.output / "backup")
    (one.output / PDF).unlink()
    (one.output / "backup").rename(one.output / PDF)


def content_copied(one: Person) -> None:
    for name in ("sources", "layouts"):
        shutil.copytree(one.folder / name, one.folder / "copy", copy_function=shutil.copyfile)
        shutil.rmtree(one.folder / name)
        (one.folder / "copy").rename(one.folder / name)


def output_copied(one: Person) -> None:
    shutil.copytree(one.output, one.folder / "copy", copy_function=shutil.copyfile)
    shutil.rmtree(one.output)
    (one.folder / "copy").rename(one.output)


def pdf_overwritten(one: Person) -> None:
    before = (one.output / PDF).stat()
    (one.output / PDF).write_bytes(SAME_SIZE)
    stamped_as(one.output / PDF, before)


def pdf_replaced(one: Person) -> None:
    before, file = (one.output / PDF).stat(), one.output / "new"
    file.write_bytes(SAME_SIZE)
    stamped_as(file, before)
    file.replace(one.output / PDF)


def pdf_of_another(one: Person) -> None:
    """Put a PDF there that was printed as well, for another region."""
    before, other = (one.output / PDF).stat(), one.output / PDF.replace("GB", "US")
    other.write_bytes(SAME_SIZE)
    stamped_as(other, before)
    other.replace(one.output / PDF)


def source_overwritten(one: Person) -> None:
    path = one.folder / "sources/tiny/publications/thumb-sheet.yaml"
    before = path.stat()
    stamped_as(one.change("Move your thumb", "Mend your thumb"), before)


def source_replaced(one: Person) -> None:
    path = one.folder / "sources/tiny/publications/thumb-sheet.yaml"
    before, new = path.stat(), path.with_name("new")
    shutil.copyfile(path, new)
    new.write_bytes(new.read_bytes().replace(b"Move your thumb", b"Mend your thumb"))
    stamped_as(new, before)
    new.replace(path)


def layout_overwritten(one: Person) -> None:
    path = one.folder / "layouts/brands/default/brand.yaml"
    before = path.stat()
    path.write_bytes(path.read_bytes().replace(b"name: Your clinic", b"name: Ours clinic"))
    stamped_as(path, before)


def source_renamed(one: Person) -> None:
    """Exchange two files, times and all; neither is what it was."""
    folder = one.folder / "layouts/icons"
    first, second = sorted(folder.glob("*.svg"))[:2]
    first.rename(folder / "kept")
    second.rename(first)
    (folder / "kept").rename(second)


SAME = [pdf_touched, source_touched, pdf_restored, content_copied, output_copied]
OTHER = [pdf_overwritten, pdf_replaced, pdf_of_another, source_overwritten, source_replaced,
         layout_overwritten, source_renamed]  # fmt: skip

AGED = 1.1
"""How long, in s, until what the system says of a file is believed."""


def blur(monkeypatch: pytest.MonkeyPatch, change: Callable[[list[int]], list[int]]) -> None:
    """Let the system say less of a file: size, times of writing and of change, number."""
    from clinicpress.files import digests

    real = digests._told
    monkeypatch.setattr(digests, "_told", lambda found: (told := real(found)) and change(told))


RARE = [source_touched, output_copied, pdf_of_another, source_replaced, layout_overwritten]


@pytest.mark.few(4)
@pytest.mark.parametrize(
    ("harm", "drive"),
    [
        pytest.param(
            harm, drive, id=f"{harm.__name__}-{drive}",
            marks=[pytest.mark.slow] * (harm in RARE or (drive == "coarse" and harm in SAME)),
        )
        for harm in (*SAME, *OTHER) for drive in ("own", "coarse")
    ],
)  # fmt: skip
def test_up_to_date_means_content(person, monkeypatch, harm, drive):
    """On a drive whose times mean much, and on one where they mean nothing."""
    from clinicpress.files import digests

    monkeypatch.setattr(digests, "FRESH", 0)
    if drive == "coarse":
        monkeypatch.setattr(digests, "COARSE", 1)
        blur(monkeypatch, lambda told: [*told[:2], 0, 0])
    one = person("one")
    one.prints("thumb-sheet", regions=("GB",))
    assert one.prints("thumb-sheet", regions=("GB",)) == 0
    harm(one)
    assert one.prints("thumb-sheet", regions=("GB",)) == (harm in OTHER)
    assert (one.output / PDF).read_bytes() == ANEW


def test_a_change_right_after_a_run_is_noticed(person, monkeypatch):
    """Two versions of a file may have one time of change where the clock of the drive is slow."""
    blur(monkeypatch, lambda told: [*told[:2], told[2] // 10**9, 0])
    one = person("one")
    one.prints("thumb-sheet", regions=("GB",))
    for _ in range(3):
        assert one.prints("thumb-sheet", regions=("GB",)) == 0
        pdf_overwritten(one)
        assert one.prints("thumb-sheet", regions=("GB",)) == 1


def test_force_prints_again(person):
    one, other = person("one"), person("other")
    one.prints(regions=("GB",))
    assert other.prints(force=True, regions=("GB",)) == BOTH
    assert one.prints(regions=("GB",)) == 0


def a_file(place: Path) -> None:
    place.write_bytes(b"")


def a_pipe(place: Path) -> None:
    os.mkfifo(place)


def a_link_to_zeros(place: Path) -> None:
    place.symlink_to("/dev/zero")


def broken(content: bytes) -> Callable[[Path], None]:
    """Let each remembered folder's digests be something else."""

    def put(place: Path) -> None:
        for path in (place / "clinicpress/digests").glob("*"):
            path.write_bytes(content)

    return put


@pytest.mark.parametrize(
    ("put", "instead"),
    [
        pytest.param(a_file, True, id="file"),
        pytest.param(a_pipe, True, id="pipe", marks=pytest.mark.slow),
        pytest.param(a_link_to_zeros, True, id="zeros"),
        pytest.param(lambda place: None, True, id="gone", marks=pytest.mark.slow),
        pytest.param(broken(b"\xff"), False, id="no-utf8", marks=pytest.mark.slow),
    ],
)
def test_a_cache_that_is_of_no_use_costs_time_alone(person, tmp_path, monkeypatch, put, instead):
    from clinicpress.files import digests

    cache = tmp_path / "cache"
    monkeypatch.setenv("XDG_CACHE_HOME", str(cache))
    monkeypatch.setattr(digests, "FRESH", 0)
    one = person("one")
    one.prints("thumb-sheet", regions=("GB",))
    if instead:
        shutil.rmtree(cache)
    put(cache)
    assert one.prints("thumb-sheet", regions=("GB",)) == 0
    pdf_overwritten(one)
    assert one.prints("thumb-sheet", regions=("GB",)) == 1


@pytest.mark.few(1)
@pytest.mark.parametrize("kept", [[1, 2], {"a": 1}, {"a" * 32: [1, 2, 3, 4, ["a"]]}, "a"])
def test_what_is_remembered_in_another_shape_is_not_used(person, monkeypatch, kept):
    """Neither of what files hold, nor of what they say."""
    one = person("one")
    one.prints("thumb-sheet", regions=("GB",))
    monkeypatch.setattr(memory, "recall", lambda kind, name, key: kept)
    assert one.prints("thumb-sheet", regions=("GB",)) == 0
    pdf_overwritten(one)
    assert one.prints("thumb-sheet", regions=("GB",)) == 1


def test_what_is_remembered_of_a_folder_names_nobody_and_nothing(person, tmp_path, monkeypatch):
    cache = tmp_path / "cache"
    monkeypatch.setenv("XDG_CACHE_HOME", str(cache))
    one = person("one")
    one.prints()
    content = b"".join(path.read_bytes() for path in cache.glob("*/digests/*.json"))
    assert len(content) > 1000
    for word in (b"tiny", b"thumb", b"yaml", b"pdf", os.fsencode(tmp_path)):
        assert word not in content


# ---------------------------------------------------------------- at once


def at_once(runs: Sequence[Callable[[], object]]) -> None:
    """Run all at once, in threads; an error of one is an error."""
    with ThreadPoolExecutor(len(runs)) as pool:
        for future in [pool.submit(run) for run in runs]:
            future.result(60)


@pytest.fixture
def abreast(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """Return a function that lets so many runs write only when all have read what there is."""

    def wait_for(count: int) -> None:
        barrier, seen = threading.Barrier(count, timeout=120), threading.local()

        def set_abreast(batch: Batch) -> tuple[Built, ...]:
            if not getattr(seen, "waited", False):
                seen.waited = True
                barrier.wait()
            return set_fast(batch)

        monkeypatch.setattr(production, "set_together", set_abreast)

    return wait_for


MANY = {
    "regions": [{"regions": (region,)} for region in REGIONS],
    "brands": [{"brands": (brand,)} for brand in ("default", "night")],
    "audiences": [
        {"audiences": ("general",)}, {"audiences": ("older-adult",), "formats": ("clear",)},
    ],
    "formats": [{"formats": (format,)} for format in ("standard", "clear", "large")],
    "regions-and-brands": [
        {"regions": (region,), "brands": (brand,)}
        for region in REGIONS for brand in ("default", "night")
    ],
    "the-same": [{}, {}, {}],
    "the-same-and-another": [{}, {}, {"regions": ("GB", "neutral")}],
}  # fmt: skip


SELDOM = ("formats", "brands", "the-same", "regions-and-brands")


@pytest.mark.few(1)
@pytest.mark.parametrize(
    "what",
    [pytest.param(what, marks=[pytest.mark.slow] * (what in SELDOM)) for what in MANY],
)
def test_runs_at_once_lose_nothing(person, abreast, what):
    """Each from a path of its own: every PDF, every record and every link is there."""
    people = [person(f"person-{number}") for number, _ in enumerate(MANY[what])]
    abreast(len(people))
    at_once([
        lambda one=one, names=names: one.prints(**names)
        for one, names in zip(people, MANY[what], strict=True)
    ])  # fmt: skip
    output = people[0].output
    assert len(on_the_drive(output)) >= BOTH
    assert offered(output) == on_the_drive(output)
    assert {path.read_bytes() for path in output.rglob("*.pdf")} == {ANEW}
    assert not list(output.rglob(".part-*"))
    for names in MANY[what]:
        assert people[-1].prints(**names) == 0
    assert offered(output) == on_the_drive(output)


def test_who_writes_the_page_last_has_seen_what_all_have_made(person, monkeypatch):
    """A run that was slow with its page does not write over the other's links."""
    one, other = person("one"), person("other")
    real, met = reader.read_library, []

    def slow(sources: Path) -> object:
        library = real(sources)
        page_of_one = sources.is_relative_to(one.folder) and (one.output / PDF).is_file()
        if page_of_one and not met:
            met.append(1)
            other.prints(regions=("US",))
        return library

    monkeypatch.setattr(reader, "read_library", slow)
    one.prints(regions=("GB",))
    assert met
    assert offered(one.output) == on_the_drive(one.output)
    assert len(offered(one.output)) == 2 * BOTH


def test_two_with_other_content_do_not_write_the_page_in_turns_for_ever(person):
    one, other = person("one"), person("other")
    other.change("Move your thumb", "Move the thumb")
    at_once([one.prints, other.prints, one.prints, other.prints])
    assert set(offered(one.output)) <= set(on_the_drive(one.output))


@pytest.mark.parametrize("when", ["before", "after"])
def test_no_picture_goes_that_another_run_needs(person, monkeypatch, when):
    """Another run comes to its end just when a picture is written."""
    one, other = person("one"), person("other")
    real, met = pictures.write_atomic, []

    def write(path: Path, content: bytes) -> object:
        if when == "after":
            real(path, content)
        if path.suffix == ".webp" and not met:
            met.append(path)
            other.prints("thumb-sheet", regions=("US",))
            assert path.is_file() or when == "before"
        return real(path, content)

    monkeypatch.setattr(pictures, "write_atomic", write)
    draw, drawn = pictures._thumbnails, []
    monkeypatch.setattr(pictures, "_thumbnails", lambda pdfs: drawn.extend(pdfs) or draw(pdfs))
    one.prints(regions=("GB",))
    assert met
    assert met[0].is_file()
    assert len(drawn) <= 2 * BOTH + 1  # each run draws what it does not find
    assert len(offered(one.output)) == BOTH + 1


def test_a_picture_of_nothing_goes(person):
    one = person("one")
    one.prints(regions=("GB",))
    (one.output / ".counter" / f"{'a' * 64}.webp").write_bytes(b"RIFF1234WEBP")
    one.prints(regions=("US",))
    assert not (one.output / ".counter" / f"{'a' * 64}.webp").exists()


def test_content_that_is_saved_while_it_is_read_is_no_answer(person, monkeypatch):
    """What was printed from other words is never taken for what these words ask for."""
    one = person("one")
    real, met = reader.read_library, []

    def saved(sources: Path) -> object:
        if not met:
            met.append(one.change("Move your thumb", "Mend your thumb"))
        return real(sources)

    monkeypatch.setattr(reader, "read_library", saved)
    assert one.prints("thumb-sheet", regions=("GB",)) == 1
    one.change("Mend your thumb", "Move your thumb")
    assert one.prints("thumb-sheet", regions=("GB",)) == 1
    assert "Move your thumb" in (one.output / "index.html").read_text(encoding="utf-8")
    assert offered(one.output) == [PDF]


KILLED = """
import os, sys
from pathlib import Path
from clinicpress.runs import run as production
from clinicpress.processes import workers
from clinicpress.runs.pipeline import Built
from clinicpress.cli.app import main

page, done = Path(sys.argv.pop(1)).read_bytes(), []

def work(batch):
    if done:
        os._exit(9)
    done.append(batch)
    return tuple(Built(each.path, page, 1) for each in batch.prepared)

def here(work, jobs, *_):
    yield from map(work, jobs)

production.set_together, workers.run_in_workers = work, here
workers.make_ready = lambda *modules: None
main()
"""


def test_what_was_finished_before_a_run_was_killed_is_not_printed_again(person, tmp_path):
    one = person("one")
    (tmp_path / "page").write_bytes(ANEW)
    arguments = ("all", "--audience", "general", "--format", "standard", "--jobs", "1")
    done = subprocess.run(
        [sys.executable, "-c", KILLED, tmp_path / "page", *arguments, "--output", one.output],
        cwd=one.folder, env=environment(), check=False, capture_output=True,
    )  # fmt: skip
    assert done.returncode == 9
    assert len(on_the_drive(one.output)) == 1
    assert one.prints() == BOTH - 1
    assert offered(one.output) == on_the_drive(one.output)


FOUR = ("GB", "US", "IE", "AU")


@pytest.mark.some(0)
@pytest.mark.slow
def test_runs_at_once_with_the_real_content(tmp_path, full):
    """Two computers print all handouts for two countries: all is there, in records and page.

    In the full matrix these are all publications for four.
    """
    regions = FOUR if full else FOUR[:2]
    kind = "" if full else "handout"
    asked = (kind, "all") if kind else ("all",)
    options = ("--format", "standard", "--audience", "general", "--jobs", "1")
    output, started = tmp_path / "drive", []
    for region in regions:
        folder = tmp_path / region
        shutil.copytree(ROOT / "sources", folder / "sources")
        shutil.copytree(ROOT / "layouts", folder / "layouts")
        command = (*asked, "--region", region, *options, "--output", output)
        started.append(subprocess.Popen(
            [sys.executable, "-m", "clinicpress", *command], cwd=folder,
            env=environment(XDG_CACHE_HOME=str(folder / "cache")),
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        ))  # fmt: skip
    said = [run.communicate(timeout=900) for run in started]
    assert [run.returncode for run in started] == [0] * len(regions), said
    printed = [len(out.splitlines()) for out, _ in said]
    assert len(set(printed)) == 1
    assert len(on_the_drive(output)) == sum(printed)
    records = [path for path in (output / ".clinicpress").iterdir() if len(path.stem) == 32]
    assert len(records) == sum(printed)
    assert offered(output) == on_the_drive(output)
    one = Person(tmp_path / regions[-1], output)
    built = [one.prints(regions=(region,), kind=kind) for region in regions]
    assert built == [0] * len(regions)
