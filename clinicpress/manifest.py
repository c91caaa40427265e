"""Remembers what was built from what, so that nothing is built twice.

Two levels. First, the size and time of every input and output: if none changed, a run is done
before anything heavy is imported. Second, a digest for each edition, so that a change rebuilds
only the editions that contain it. The file holds paths and digests, never words of the content.
"""

import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from clinicpress import __version__, engines, paths
from clinicpress.output import write_atomic

NAME = ".clinicpress.json"
FORM = 4

NEVER = ""
"""The last day of an answer that lacks a file: what there is of it is known, and the rest asked for
anew.
"""

Stats = dict[str, tuple[int, int]]


@dataclass(frozen=True)
class Made:
    """One file that was made: where, from what (a digest), how large, and what to mind about it."""

    path: str
    edition: dict[str, Any]
    digest: str
    pages: int
    bytes: int
    modified: int
    warnings: tuple[str, ...] = ()

    def untouched(self, output: Path) -> bool:
        """Return whether the file is still there as it was written."""
        try:
            stat = (output / self.path).stat()
        except OSError:
            return False
        return (stat.st_size, stat.st_mtime_ns) == (self.bytes, self.modified)


@dataclass(frozen=True)
class Answer:
    """The files that a request asked for, and the day after which they are out of date.

    ``digests`` says by path what each was made from, so that no other file in its place is taken
    for it.
    """

    until: str
    digests: dict[str, str]

    def files(self, made: Mapping[str, Made]) -> list[Made]:
        """Return those of its files that were made from just what was asked for."""
        files = ((made.get(path), digest) for path, digest in self.digests.items())
        return [file for file, digest in files if file and file.digest == digest]


@dataclass
class Manifest:
    """What an output folder holds, and which requests it answers for just these inputs."""

    inputs: Stats = field(default_factory=dict)
    answers: dict[str, Answer] = field(default_factory=dict)
    made: dict[str, Made] = field(default_factory=dict)

    def answer(self, request: str, inputs: Stats, today: str, output: Path) -> list[Made] | None:
        """Return the files of ``request`` if nothing that they depend on changed, else None."""
        answer = self.answers.get(request)
        if answer is None or self.inputs != inputs or today > answer.until:
            return None
        files = answer.files(self.made)
        complete = len(files) == len(answer.digests)
        return files if complete and all(file.untouched(output) for file in files) else None

    def holding(self, path: str, digest: str, output: Path) -> Made | None:
        """Return the file at ``path`` if it was made from just this and is still there."""
        made = self.made.get(path)
        return made if made and made.digest == digest and made.untouched(output) else None

    def current(self, output: Path) -> list[Made]:
        """Return the files that answer some request for these inputs and are there as written."""
        answers = self.answers.values()
        files = {file.path: file for answer in answers for file in answer.files(self.made)}
        return [files[path] for path in sorted(files) if files[path].untouched(output)]

    def turn_to(self, inputs: Stats) -> None:
        """Forget the answers for other inputs, before anything new is written."""
        if self.inputs != inputs:
            self.inputs, self.answers = inputs, {}

    def remember(self, request: str, until: str, digests: dict[str, str]) -> None:
        """Note the answer to ``request`` for the inputs that were turned to."""
        self.answers[request] = Answer(until, digests)


def load(output: Path) -> Manifest:
    """Return the manifest of ``output``; an empty one if there is none that can be used."""
    try:
        data = json.loads((output / NAME).read_bytes())
        if (data["form"], data["version"]) != (FORM, __version__):
            return Manifest()
        return Manifest(
            inputs={path: (size, time) for path, (size, time) in data["inputs"].items()},
            answers={request: Answer(**answer) for request, answer in data["answers"].items()},
            made={path: Made(**made) for path, made in data["made"].items()},
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return Manifest()


def save(manifest: Manifest, output: Path) -> None:
    """Write the manifest. Raises EnvironmentFault."""
    data = {"form": FORM, "version": __version__, **asdict(manifest)}
    write_atomic(output / NAME, json.dumps(data, indent=1).encode())


def stats(folders: Iterable[Path]) -> Stats:
    """Return size and time of modification, in ns, of every file below ``folders``.

    A folder that is not there holds none: who reads it says what is wrong. The engines count by
    their versions.
    """
    found: Stats = dict.fromkeys(engines.versions(), (0, 0))
    for folder in (*filter(Path.is_dir, folders), paths.PACKAGE):
        for entry in paths.files_below(folder):
            try:
                stat = entry.stat()
            except OSError:  # a link to nothing: who reads it says what is wrong
                continue
            found[entry.path] = (stat.st_size, stat.st_mtime_ns)
    return found


def request_key(options: Mapping[str, object], *folders: Path) -> str:
    """Return a key for what was asked for, and of which folders."""
    places = [os.fspath(folder.resolve()) for folder in folders]
    return json.dumps([options, places], sort_keys=True)
