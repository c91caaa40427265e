"""Remembers what was built from what, so that nothing is built twice and nobody's work is lost.

``output/.clinicpress/`` holds a record a PDF, and a note a request with the records of all files
that answer it for just this content. Each is a file of its own that is written in one step: many
people may print into one folder at once, and nothing has to be locked or merged. They hold paths
below the output folder and digests, never words of the content, other paths or names of people.

Whoever may write into the folder may write a record. So one that could not be this program's is
none, and a record leads nowhere but to a PDF in the output folder.
"""

import hashlib
import json
import os
import re
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, fields
from datetime import date
from pathlib import Path
from typing import Any, TypeVar, get_args

from clinicpress.design.papers import PAPERS, SHEETS
from clinicpress.editions.code import code_in
from clinicpress.editions.edition import (
    ColourSpace,
    Dose,
    Edition,
    Flip,
    Fold,
    Part,
    Production,
    Standing,
)
from clinicpress.files.digests import Digests
from clinicpress.files.names import unholdable
from clinicpress.files.output import held, is_link, is_within, own_folder, write_atomic

Sound = TypeVar("Sound")

FOLDER = ".clinicpress"
OLD = ".clinicpress.json"
"""What earlier versions kept everything in; it held paths of whoever printed."""

FORM = 6

NEVER = ""
"""The last day of an answer that lacks a file: what there is of it is known, and the rest asked for
anew.
"""

MOST_OF_A_RECORD = 100_000
MOST_OF_A_NOTE = 20_000_000
MOST_OF_A_PDF = 250_000_000
"""The largest of each, in bytes, that is read."""

MOST_PAGES = 10_000

PDF_DEEP = 3
"""Names in the path of a PDF: brand, topic, file."""

DAY = 24 * 3600  # s

DIGEST = re.compile(r"[0-9a-f]{64}")
RECORD = re.compile(r"[0-9a-f]{32}\.json")
NOTE = re.compile(r"[0-9a-f]{32}-[0-9a-f]{32}\.json")

UNSPEAKABLE = re.compile(
    "[\0-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)
"""What can change the words around it on a screen, or cannot be written at all."""

ONE_OF: Mapping[str, tuple[str, ...]] = {
    "production": get_args(Production),
    "dose": get_args(Dose),
    "fold": get_args(Fold),
    "colour": get_args(ColourSpace),
    "part": get_args(Part),
    "flip": get_args(Flip),
    "paper": tuple(PAPERS),
}
MANY = ("exercises", "techniques")
EITHER = ("fields", "draft")
EDITION = frozenset(field.name for field in fields(Edition))


@dataclass(frozen=True)
class Made:
    """One file that was made: where, from what (a digest), how large, and what to mind about it.

    ``content`` is a digest of the file's own bytes, by which it is known to be as it was written;
    ``state`` is how its review stood, ``code`` what its pages are known by.
    """

    path: str
    edition: dict[str, Any]
    digest: str
    pages: int
    bytes: int
    content: str
    warnings: tuple[str, ...] = ()
    state: Standing = "unsigned"
    code: str = ""


FILE = frozenset({"form", *(field.name for field in fields(Made))})


@dataclass(frozen=True)
class Answer:
    """The files that a request asked for, and the day after which they are out of date.

    Each is known by its content, so that no other file in its place is taken for it.
    """

    until: str
    files: tuple[Made, ...]


class Manifest:
    """What an output folder holds, and which requests it answers for just these ``inputs``."""

    def __init__(self, output: Path, inputs: str) -> None:
        self.output, self.inputs = output, inputs
        self.digests = Digests(output)
        self._within: dict[str, bool] = {}
        self._names: dict[str, list[str]] = {}

    def answer(self, request: str, today: str) -> list[Made] | None:
        """Return the files of ``request`` if nothing that they depend on changed, else None."""
        answer = self._answer(self._note(content_digest(request.encode())))
        if answer is None or today > answer.until:
            return None
        files = [file for file in answer.files if self._is_there(file)]
        self.digests.keep()
        return files if len(files) == len(answer.files) else None

    def holding(self, path: str, digest: str) -> Made | None:
        """Return the file at ``path`` if it was made from just this and is there as written."""
        made = self._read(_record(path), MOST_OF_A_RECORD, _sound_made)
        if made is None or (made.path, made.digest) != (path, digest):
            return None
        return made if self._is_there(made) else None

    def read(self, path: str, digest: str) -> bytes:
        """Return the PDF at ``path`` if it was made from just this; none otherwise."""
        made = self.holding(path, digest)
        pdf = held(self.output / path, MOST_OF_A_PDF) if made else None
        return pdf if made and pdf and content_digest(pdf) == made.content else b""

    def current(self) -> list[Made]:
        """Return the files that answer some request for these inputs and are there as written."""
        files = {file.path: file for answer in self._answers() for file in answer.files
                 if self._is_there(file)}  # fmt: skip
        self.digests.keep()
        return [files[path] for path in sorted(files)]

    def keep(self, made: Made) -> None:
        """Record a file that was just written. Raises EnvironmentFault."""
        self._write(_record(made.path), {"form": FORM, **asdict(made)})

    def remember(self, request: str, until: str, files: Iterable[Made]) -> None:
        """Note the answer to ``request``. Raises EnvironmentFault."""
        said = [{"form": FORM, **asdict(file)} for file in files]
        asked = content_digest(request.encode())
        note = {"inputs": self.inputs, "request": asked, "until": until, "files": said}
        self._write(self._note(asked), {"form": FORM, **note})
        self.digests.keep()
        _tidy(self.output, self.inputs)

    def clear_renumbered(self, made: Made) -> list[str]:
        """Take out what was printed of the same edition under another document number, or none.

        So a print goes that one of its own name would have taken the place of. What is not as this
        program wrote it stays. Return the paths of what went.
        """
        folder, _, own = made.path.rpartition("/")
        usual = _path_of(_unnumbered(made)).rpartition("/")[2]
        gone = []
        for name in self._in_folder(folder):
            path = f"{folder}/{name}"
            if name == own or not (name == usual or name.endswith(f"_{usual}")):
                continue
            other = self._read(_record(path), MOST_OF_A_RECORD, _sound_made)
            is_same = other and other.path == path and _unnumbered(other) == _unnumbered(made)
            if other and is_same and self._is_there(other) and self._take_out(path):
                gone.append(path)
        return gone

    def _in_folder(self, folder: str) -> list[str]:
        """Return the names of a folder's files when the run began to look for earlier ones."""
        if folder not in self._names:
            self._names[folder] = [entry.name for entry in _entries(self.output / folder)]
        return self._names[folder]

    def _take_out(self, path: str) -> bool:
        """Remove a print, the note beside it and its record; return whether the print went."""
        file = self.output / path
        try:
            file.unlink()
            for beside in (file.with_suffix(".txt"), self.output / FOLDER / _record(path)):
                beside.unlink(missing_ok=True)
        except OSError:  # it is read-only, or open in a viewer that holds it
            return not file.exists()
        return True

    def _is_there(self, made: Made) -> bool:
        """Return whether a file is as it was written, whoever put it there."""
        folder = made.path.rpartition("/")[0]
        if folder not in self._within:
            self._within[folder] = is_within(self.output, made.path)
        if not self._within[folder]:
            return False
        return self.digests.of(self.output / made.path, made.path) == made.content

    def _note(self, request: str) -> str:
        """Return the name of the note for a request's digest, which names the inputs first."""
        return f"{self.inputs[:32]}-{request[:32]}.json"

    def _answers(self) -> Iterator[Answer]:
        """Yield what was noted for these inputs, by whomever."""
        for entry in _entries(self.output / FOLDER):
            if NOTE.fullmatch(entry.name) and entry.name.startswith(self.inputs[:32]):
                answer = self._answer(entry.name)
                if answer:
                    yield answer

    def _answer(self, name: str) -> Answer | None:
        """Return what is noted under a name; None if nothing sound is."""

        def sound(said: Any) -> Answer:
            _need(said.keys() == {"form", "inputs", "request", "until", "files"})
            _need(_is_form(said["form"]) and said["inputs"] == self.inputs)
            _need(_is_digest(said["request"]) and name == self._note(said["request"]))
            _need(said["until"] == NEVER or _is_day(said["until"]))
            _need(_is(said["files"], list))
            return Answer(said["until"], tuple(map(_sound_made, said["files"])))

        return self._read(name, MOST_OF_A_NOTE, sound)

    def _read(self, name: str, most: int, sound: Callable[[Any], Sound]) -> Sound | None:
        """Return what is recorded under a name; None if nothing is that could be this program's."""
        content = None if is_link(self.output / FOLDER) else held(self.output / FOLDER / name, most)
        return parsed(content, sound) if content is not None else None

    def _write(self, name: str, said: Mapping[str, Any]) -> None:
        write_atomic(own_folder(self.output / FOLDER) / name, json.dumps(said).encode())


def parsed(content: bytes, sound: Callable[[Any], Sound]) -> Sound | None:
    """Return what ``sound`` makes of JSON from a folder that is anybody's; None if it refuses it.

    No key stands twice in it, and no number is a fraction or none.
    """
    try:
        said = json.loads(content, object_pairs_hook=_once, parse_float=_no, parse_constant=_no)
        return sound(said)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None


def content_digest(content: bytes) -> str:
    """Return the digest by which content is known."""
    return hashlib.sha256(content).hexdigest()


def made_in(output: Path) -> list[Made]:
    """Return all the recorded files of ``output``, whatever they were made from, by path."""
    folder = output / FOLDER
    names = [entry.name for entry in _entries(folder) if RECORD.fullmatch(entry.name)]
    contents = (held(folder / name, MOST_OF_A_RECORD) for name in names)
    made = (parsed(content, _sound_made) for content in contents if content is not None)
    return sorted(filter(None, made), key=lambda each: each.path)


def digests_of(output: Path) -> set[str]:
    """Return what all the recorded files of ``output`` were made from."""
    return {made.digest for made in made_in(output)}


def _entries(folder: Path) -> "list[os.DirEntry[str]]":
    """Return what lies in a folder of our own; nothing where it is none."""
    try:
        if is_link(folder):
            return []
        with os.scandir(folder) as entries:
            return list(entries)
    except OSError:
        return []


def _tidy(output: Path, inputs: str) -> None:
    """Drop what earlier versions kept, and notes for other content that are a day old."""
    idle = [
        output / FOLDER / entry.name
        for entry in _entries(output / FOLDER)
        if NOTE.fullmatch(entry.name) and not entry.name.startswith(inputs[:32]) and _is_aged(entry)
    ]
    for path in (output / OLD, *idle):
        try:
            path.unlink()
        except OSError:  # another run was first, or it is a folder, and so not ours
            continue


def _is_aged(entry: "os.DirEntry[str]") -> bool:
    try:
        return time.time() - entry.stat(follow_symlinks=False).st_mtime > DAY
    except OSError:
        return False


def _record(path: str) -> str:
    """Return the name of the record of the PDF at ``path``."""
    return f"{content_digest(os.fsencode(path))[:32]}.json"


# ---------------------------------------------------------------- what could be this program's


def _need(condition: bool) -> None:
    if not condition:
        raise ValueError("unsound")


def _no(said: str) -> object:
    raise ValueError(said)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    said = dict(pairs)
    _need(len(said) == len(pairs))
    return said


def _is(value: object, kind: type) -> bool:
    return type(value) is kind  # True is an int, too


def _is_form(value: object) -> bool:
    return _is(value, int) and value == FORM


def is_line(value: object) -> bool:
    """Return whether it is words that change nothing around them where they are shown."""
    return isinstance(value, str) and UNSPEAKABLE.search(value) is None


def _is_digest(value: object) -> bool:
    return isinstance(value, str) and DIGEST.fullmatch(value) is not None


def _is_count(value: object, most: int) -> bool:
    return isinstance(value, int) and _is(value, int) and 0 < value <= most


def _is_day(value: object) -> bool:
    """Return whether it is a date as it is noted, which is compared letter by letter."""
    return isinstance(value, str) and date.fromisoformat(value).isoformat() == value


def _is_path(value: object) -> bool:
    """Return whether a PDF could lie there: in a topic's folder in a brand's, all fit to be names.

    That is, names that each system can hold.
    """
    steps = value.split("/") if isinstance(value, str) else []
    return len(steps) == PDF_DEEP and steps[-1].endswith(".pdf") and all(map(_is_name, steps))


def _is_name(name: str) -> bool:
    is_hidden = name[:1] in ("", ".", " ")
    return not is_hidden and is_line(name) and unholdable(name) is None


def _sound_made(said: Any) -> Made:
    """Return the file of a record. Raises ValueError, KeyError or TypeError for an unsound one."""
    _need(said.keys() == FILE)
    _need(_is_form(said.pop("form")))
    path, edition, warnings = said["path"], said["edition"], said["warnings"]
    _need(_is_path(path) and path == _path_of(sound_edition(edition)))
    _need(_is_digest(said["digest"]) and _is_digest(said["content"]))
    _need(_is_count(said["pages"], MOST_PAGES) and _is_count(said["bytes"], MOST_OF_A_PDF))
    _need(said["state"] in get_args(Standing))
    _need(said["code"] == "" or code_in(said["code"]) == said["code"])
    _need(isinstance(warnings, list) and all(map(is_line, warnings)))
    return Made(**{**said, "warnings": tuple(warnings)})


def _unnumbered(made: Made) -> Edition:
    """Return the edition of a file without its document number."""
    many = {name: tuple(made.edition[name]) for name in MANY}
    return Edition(**{**made.edition, **many, "reference": ""})


def _path_of(edition: Edition) -> str:
    folder = f"{edition.brand}/{edition.topic}"
    return f"{folder}/{edition.name}.pdf"  # as Edition.path says, in a hundredth of its time


def sound_edition(said: Any) -> Edition:
    """Return the edition that plain values say. Raises ValueError, KeyError or TypeError."""
    _need(said.keys() == EDITION)
    many = {name: said[name] for name in MANY}
    _need(all(_is(names, list) and all(map(is_line, names)) for names in many.values()))
    one = {name: said[name] for name in said.keys() - {*MANY, "grammage", *EITHER}}
    _need(all(map(is_line, one.values())) and _is_count(said["grammage"], 1000))
    _need(all(said[name] in known for name, known in ONE_OF.items()))
    _need(all(_is(said[name], bool) for name in EITHER))
    _need(said["kind"] != "pad" or said["paper"] in SHEETS)
    _need((said["kind"] == "leaflet") == bool(said["fold"]))
    edition = Edition(**{**said, **{name: tuple(names) for name, names in many.items()}})
    _need(_is_path(_path_of(edition)))
    return edition
