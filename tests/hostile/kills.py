"""Ends runs at random moments, and reports what they leave: python -m tests.hostile.kills.

A run is begun again in the same folder until it is whole; then its files are compared with those of
a clean build, and the folder is emptied.
"""

import argparse
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from clinicpress.orders import manifest
from tests.conftest import ROOT, environment, tree

SIGNALS = [signal.SIGKILL, signal.SIGTERM, signal.SIGHUP]
EXITS = {0, *(-one for one in SIGNALS), *(128 + one for one in SIGNALS)}


@dataclass
class Run:
    """The command in a folder, with its temporary files in one of its own."""

    output: Path
    temporary: Path
    asked: Sequence[str]
    folder: Path = ROOT
    program: Sequence[str] = ("-m", "clinicpress")

    def start(self, first: Callable[[], None] | None = None) -> "subprocess.Popen[str]":
        """Start the command in a session of its own, after it has done ``first``.

        Python keeps no modules then: one that is cut short, for files may not be so long, would
        end every command that follows.
        """
        more = {"PYTHONDONTWRITEBYTECODE": "1"} if first else {}
        return subprocess.Popen(
            [sys.executable, *self.program, *self.asked, "--output", str(self.output)],
            cwd=self.folder, env=environment(TMPDIR=str(self.temporary), **more), text=True,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True,
            preexec_fn=first,
        )  # fmt: skip

    def finish(self) -> "tuple[int, str]":
        """Run the command to its end; return its exit code and what it said."""
        process = self.start()
        _, err = process.communicate()
        return process.returncode, err

    def left(self) -> list[str]:
        """Return the temporary files and parts of files that lie there now."""
        parts = [path.name for path in self.output.rglob(".part-*")]
        return [*parts, *(path.name for path in self.temporary.iterdir())]

    def halves(self) -> list[str]:
        """Return the PDFs and records that are not whole."""
        made = [*self.output.rglob("*.pdf"), *self.records()]
        return [path.name for path in made if not is_whole(path)]

    def records(self) -> list[Path]:
        """Return the files in which it is noted what was made."""
        return list((self.output / manifest.FOLDER).glob("*.json"))


STUCK = """
from clinicpress.runs import run as production
from clinicpress.__main__ import main
from tests.hostile.kills import reckon
production.set_together = reckon
main()
"""
"""A program whose workers are so deep in their work that none of their threads gets a turn."""


def reckon(batch: object) -> int:
    """Return what takes minutes to reckon, while the interpreter is kept; leave a sign before."""
    Path(tempfile.gettempdir(), "deep").touch()
    number = 9
    return number**99_999_999


def shown(output: Path) -> dict[str, bytes]:
    """Return what each file holds, without those in hidden folders, which note times."""
    return {name: held for name, held in tree(output).items() if not name.startswith(".")}


def is_whole(path: Path) -> bool:
    content = path.read_bytes()
    if path.suffix == ".json":
        return content.startswith(b"{") and content.endswith(b"}")
    return content.startswith(b"%PDF-") and content.rstrip().endswith(b"%%EOF")


def living(group: int) -> list[int]:
    """Return the processes of a group that are not dead yet."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, _, of = stat.read_text().rpartition(")")[2].split()[:3]
        except OSError:  # it has just ended
            continue
        if int(of) == group and state not in "ZX":
            found.append(int(stat.parent.name))
    return found


def gone(group: int, within: float) -> bool:
    """Wait for all processes of a group to end; return whether they did so in time."""
    until = time.monotonic() + within
    while living(group):
        if time.monotonic() > until:
            return False
        time.sleep(0.01)
    return True


@dataclass
class Tally:
    """What was found wrong, by its kind, and how often runs were whole."""

    kills: int = 0
    whole: int = 0
    wrong: dict[str, list[str]] = field(default_factory=dict)

    def note(self, kind: str, found: Sequence[str]) -> None:
        """Add what was found of a kind."""
        self.wrong.setdefault(kind, []).extend(found)

    def __str__(self) -> str:
        counts = ", ".join(f"{kind}: {len(found)}" for kind, found in self.wrong.items())
        return f"{self.kills} kills, {self.whole} runs whole and compared; {counts}"


def kill_often(run: Run, count: int, seed: int, longest: float, clean: dict[str, bytes]) -> Tally:
    """End ``count`` runs within ``longest`` seconds, and compare each that becomes whole."""
    tally, chance = Tally(), random.Random(seed)
    while tally.kills < count:
        number, moment = chance.choice(SIGNALS), chance.uniform(0, longest)
        before = manifest.digests_of(run.output)
        process = run.start()
        try:
            _, err = process.communicate(timeout=moment)
        except subprocess.TimeoutExpired:
            process.send_signal(number)
            tally.kills += 1
        else:
            _compare(run, tally, clean, process.returncode, err)
            continue
        process.wait()
        named = f"{number.name} after {moment:.1f} s"
        look(run, tally, named, process)
        lost = before - manifest.digests_of(run.output)
        tally.note("lost records", [f"{named}: {digest}" for digest in lost])
        print(f"{tally.kills}: {named}, exit {process.returncode}", flush=True)
    _compare(run, tally, clean, *run.finish())
    return tally


def look(run: Run, tally: Tally, named: str, process: "subprocess.Popen[str]") -> None:
    """Note what one end left behind. Temporary files of SIGKILL are for the next run to clear."""
    stays = [] if gone(process.pid, 2) else [named]
    _, err = process.communicate()
    tally.note("processes left after 2 s", stays)
    tally.note("half files", [f"{named}: {name}" for name in run.halves()])
    tally.note("tracebacks", [f"{named}: {err}"] if "Traceback" in err else [])
    tally.note("wrong exits", [] if process.returncode in EXITS else [f"{named}: {err}"])
    if process.returncode > 0:  # it ended itself
        tally.note("left by itself", [f"{named}: {name}" for name in run.left()])


def _compare(run: Run, tally: Tally, clean: dict[str, bytes], code: int, err: str) -> None:
    tally.whole += 1
    found = shown(run.output)
    differ = [name for name in {*clean, *found} if clean.get(name) != found.get(name)]
    tally.note("files other than of a clean build", differ)
    unknown = len(list(run.output.rglob("*.pdf"))) - len(manifest.digests_of(run.output))
    tally.note("files without a record", [str(unknown)] if unknown else [])
    tally.note("runs that failed", [] if code == 0 else [err])
    tally.note("left after the next run", run.left())
    shutil.rmtree(run.output)


def main() -> None:
    """Report figures for the real content."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--count", type=int, default=100)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--longest", type=float, default=30, help="seconds until a run is ended")
    asked.add_argument("command", nargs="*", default=["all"])
    options = asked.parse_args()
    with tempfile.TemporaryDirectory(prefix="kills-") as folder:
        place = Path(folder)
        (place / "t").mkdir()
        run = Run(place / "output", place / "t", [*options.command, "--jobs", "2"])
        started = time.monotonic()
        code, err = run.finish()
        assert code == 0, err
        clean = shown(run.output)
        print(f"A clean build: {len(clean)} files in {time.monotonic() - started:.0f} s")
        shutil.rmtree(run.output)
        tally = kill_often(run, options.count, options.seed, options.longest, clean)
    for kind, found in tally.wrong.items():
        print(f"{kind}: {len(found)}", *found[:10], sep="\n  ")
    print(tally)
    sys.exit(any(tally.wrong.values()))


if __name__ == "__main__":
    main()
