"""What the tests share: the real content, a clinic's folder that may be broken, the command."""

import gc
import os
import re
import shutil
import subprocess
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from clinicpress.cli.app import main
from clinicpress.content.library import Library
from clinicpress.content.reader import read_library
from clinicpress.figures.plate import Drawn
from clinicpress.processes import workers
from tests.kept import Kept, take_away

ROOT = Path(__file__).parents[1]
TINY = ROOT / "tests" / "sources" / "tiny"

settings.register_profile("untimed", deadline=None)  # how long an example takes is the machine's
settings.load_profile("untimed")

pytest_plugins = ("pytester", "tests.asserting")

LIES_HERE = re.compile(r"Using the folders? (\w+)( and \w+)? that lies? here\.\n")
"""What every command says in the clinic's folder of a test. One test looks at it; to all others it
is noise."""


NOWHERE = re.compile(r"^[^\n]+: the brand “default” has no region, so [^\n]+\n", re.MULTILINE)
"""What is said of the default brand, which is in no country. Other brands' tests look at it."""

READ_MORE = re.compile(r"To read more: generate explain [A-Z -]+\n")
"""What stands below every problem on standard error, and is noise likewise."""


@dataclass(frozen=True)
class Ended:
    """How a command ended: its exit code, and what it said, but for what is noise."""

    code: int
    out: str
    err: str


@dataclass(frozen=True)
class Clinic:
    """A folder such as ``generate init`` makes, which a test may break. It is the current one.

    Paths are relative to it, so a message names a file as the person who sits there would.
    """

    folder: Path
    _run: Callable[[Sequence[str]], Ended]

    def write(self, path: str, content: str | bytes) -> None:
        """Write a file, and its folders where they are missing."""
        file = self.folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content.encode() if isinstance(content, str) else content)

    def change(self, path: str, old: str, new: str) -> None:
        """Replace words that stand exactly once in a file."""
        text = (self.folder / path).read_text(encoding="utf-8")
        if text.count(old) != 1:
            pytest.fail(f"“{old}” stands {text.count(old)} times in {path}")
        self.write(path, text.replace(old, new))

    def generate(self, *arguments: str | Path) -> Ended:
        """Run the command in this process. An exception that it does not expect fails the test."""
        return self._run([str(argument) for argument in arguments])

    def started(self, *arguments: str | Path, **options: object) -> "subprocess.Popen[str]":
        """Start the command as a process of its own, with its output in pipes.

        Its folders are named, so that it does not say which it takes.
        """
        command = [sys.executable, "-m", "clinicpress", *map(str, arguments)]
        named = environment(CLINICPRESS_SOURCES="sources", CLINICPRESS_LAYOUTS="layouts")
        return subprocess.Popen(
            command, cwd=self.folder, env=named, text=True, encoding="utf-8",
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, **options,
        )  # fmt: skip

    def files(self) -> list[str]:
        """Return every file below ``output``, hidden ones too, sorted."""
        output = self.folder / "output"
        found = (path for path in output.rglob("*") if path.is_file())
        return sorted(path.relative_to(output).as_posix() for path in found)


def tree(folder: Path) -> dict[str, bytes]:
    """Return what each file below ``folder`` holds, hidden ones apart."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.name.startswith(".")
    }


def environment(**changes: str) -> dict[str, str]:
    """Return this process's environment without our own variables, so that no machine differs.

    One of them hides the machine's fonts, once a test of this process has laid out a page.
    """
    own = ("CLINICPRESS", "FONTCONFIG_FILE")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(own)}
    return {**kept, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", **changes}


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add ``--update-golden``: keep what the tests in ``golden`` made, if the change is meant.

    ``--matrix=full`` takes all where a sample is enough between two releases.
    """
    parser.addoption("--update-golden", action="store_true", help="write tests/golden anew")
    parser.addoption("--matrix", choices=("pairs", "full"), default="pairs",
                     help="which editions and attacks: each pair of values, or all")  # fmt: skip


def takes_all(config: pytest.Config) -> bool:
    """Tell whether all is tried where a sample is enough between two releases."""
    return bool(config.getoption("matrix") == "full")


@pytest.fixture(scope="session")
def full(pytestconfig: pytest.Config) -> bool:
    """Return whether all is tried where a sample is enough between two releases."""
    return takes_all(pytestconfig)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave the rows of a table that are not among its few to the slow run, or to the full matrix.

    Those that are taken are spread over the table, the first among them: rows that are alike stand
    together.
    """
    rarely = set() if takes_all(config) else {*_left_of(items, "some")}
    for item in _left_of(items, "few"):
        item.add_marker(pytest.mark.slow)
    if rarely:
        config.hook.pytest_deselected(items=list(rarely))
        items[:] = [item for item in items if item not in rarely]
    for item in items:
        if not item.get_closest_marker("xdist_group") and _shares(item):
            item.add_marker(pytest.mark.xdist_group(item.location[0]))


def _shares(item: pytest.Item) -> bool:
    """Tell whether a test uses what is made once for its module: then one worker makes it."""
    fixtures = item._fixtureinfo.name2fixturedefs.values()
    return any(each.scope == "module" for found in fixtures for each in found)


def _left_of(items: Iterable[pytest.Item], name: str) -> Iterator[pytest.Item]:
    """Yield the rows that are over what the mark ``name`` says of their table."""
    tables = defaultdict(list)
    for item in items:
        mark = item.get_closest_marker(name)
        if mark and (name != "few" or not item.get_closest_marker("slow")):
            tables[item.path, item.parent, item.originalname, mark.args[0]].append(item)
    for (*_, count), rows in tables.items():
        yield from (row for at, row in enumerate(rows) if at * count % len(rows) >= count)


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Leave those in a browser alone where only fast tests run: they need what slow ones bring."""
    fast = config.option.markexpr == "not slow"
    return True if fast and collection_path == ROOT / "tests" / "browser" else None


def undrawn(name: str, shape: float, row: float = 0) -> Drawn:
    """Stand in for the figures where a test is about words."""
    return Drawn(name, "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 1 1'/>", name, (),
                 moments=("start",))  # fmt: skip


def pytest_collection_finish() -> None:
    """Leave the thousands of tests that were found out of what is looked at for garbage."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


@pytest.fixture(scope="session", autouse=True)
def cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Return the folder of what is remembered between runs, which is not that of who tests."""
    folder = tmp_path_factory.mktemp("cache")
    with pytest.MonkeyPatch.context() as patch:
        for name in ("XDG_CACHE_HOME", "LOCALAPPDATA"):
            patch.setenv(name, str(folder))
        yield folder


@lru_cache
def content(sources: Path = ROOT / "sources") -> Library:
    """Return what a folder holds that no test writes to: the real content, where none is named."""
    return read_library(sources)


@pytest.fixture(scope="session")
def library() -> Library:
    """Return the real content."""
    return content()


@pytest.fixture(scope="session")
def tiny() -> Library:
    """Return the tiny content, made up for the tests."""
    return content(TINY)


@pytest.fixture
def generate(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Iterator[Callable[[Sequence[str]], Ended]]:
    """Return a function that runs the command line in this process."""
    for name in ("SOURCES", "LAYOUTS", "OUTPUT"):
        monkeypatch.delenv(f"CLINICPRESS_{name}", raising=False)

    def run(arguments: Sequence[str]) -> Ended:
        monkeypatch.setattr(sys, "argv", ["generate", *arguments])
        capsys.readouterr()
        code: object = 0
        try:
            main()
        except SystemExit as end:
            code = end.code
        if not isinstance(code, int):
            pytest.fail(f"It ended with {code!r}.")
        out, err = capsys.readouterr()
        for noise in (LIES_HERE, NOWHERE, READ_MORE):
            err = noise.sub("", err, count=1)
        return Ended(code, out, err)

    return run


def here(work: Callable[[Any], Any], jobs: Iterable[Any], *_: object) -> Iterator[Any]:
    """Do the work of workers in this process."""
    yield from map(work, jobs)


@pytest.fixture
def in_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no worker be started, where a test puts something in the place of what workers do."""
    monkeypatch.setattr(workers, "run_in_workers", here)
    monkeypatch.setattr(workers, "make_ready", lambda *modules: None)


@pytest.fixture(scope="session")
def kept(tmp_path_factory: pytest.TempPathFactory) -> tuple[Kept, ...]:
    """Return the tiny content and the real layouts in a clinic's folder, the same for all tests."""
    folder = tmp_path_factory.mktemp("clinic")
    return Kept(TINY, folder / "sources"), Kept(ROOT / "layouts", folder / "layouts")


@pytest.fixture(scope="module")
def ran_once(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Ended]:
    """Return a function that runs a command in a clinic, once for all tests of a module.

    Other clinics that it is asked of get a copy of what it left in theirs, which must be the same
    before; layouts apart.
    """
    kept: dict[tuple[str, ...], tuple[Path, Ended]] = {}

    def ran(clinic: Clinic, *arguments: str) -> Ended:
        if arguments not in kept:
            folder = tmp_path_factory.mktemp("ran")
            ended = clinic.generate(*arguments)
            apart = shutil.ignore_patterns("layouts")
            shutil.copytree(clinic.folder, folder, ignore=apart, dirs_exist_ok=True)
            kept[arguments] = folder, ended
        else:
            shutil.copytree(kept[arguments][0], clinic.folder, dirs_exist_ok=True)
        return kept[arguments][1]

    return ran


@pytest.fixture
def clinic(
    monkeypatch: pytest.MonkeyPatch,
    generate: Callable[[Sequence[str]], Ended],
    kept: tuple[Kept, ...],
) -> Clinic:
    """Return a clinic's folder: the tiny content, and the real layouts."""
    folder = kept[0].folder.parent
    for path in folder.iterdir():
        if path not in {each.folder for each in kept}:
            take_away(path)
    for each in kept:
        each.mend()
    monkeypatch.chdir(folder)
    return Clinic(folder, generate)
