"""Records in the output folder that somebody wrote who may: they are nothing, and lead nowhere.

Each row harms what a run has left, and prints again. What cannot be this program's is printed anew,
in a clear way, and nothing outside the folder is read, written, linked or deleted.
"""

import base64
import hashlib
import json
import os
import re
import resource
import shutil
import signal
import socket
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass
from io import BytesIO
from itertools import product
from pathlib import Path
from types import FrameType
from typing import Any
from urllib.parse import unquote, urlsplit

import pikepdf
import pytest

from clinicpress.design.papers import PAPERS
from clinicpress.editions.edition import Edition
from clinicpress.runs import run as production
from clinicpress.runs.pipeline import Batch, Built
from clinicpress.tickets import notes
from tests.conftest import ROOT, TINY, Clinic, Ended

pytestmark = pytest.mark.skipif(
    os.name == "nt", reason="links, pipes and limits are those of POSIX"
)

SHEET = ("handout", "thumb-sheet")
ALL = ("all", "--audience", "general", "--format", "standard", "--jobs", "1")
PDF = "default/tiny/tiny_thumb-sheet_general_standard_en-neutral_A4.pdf"
SECRET = b"%PDF-1.7 the secret of somebody else"
SECONDS, MEGABYTES = 60, 1500
"""What one row may take: many times what it does, since others may use the machine, too."""

Harm = Callable[[Path], None]


def blank(size: float = 842) -> bytes:
    """Return a PDF of one blank page."""
    held = BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=(595, size))
        pdf.save(held, deterministic_id=True)
    return held.getvalue()


ANEW = blank(500)
"""What is found where a sheet was printed again."""


@dataclass(frozen=True)
class Shared(Clinic):
    """A clinic's folder whose output is put back before each row, beside a folder of others."""

    @property
    def output(self) -> Path:
        """The folder that everybody may write to."""
        return self.folder / "output"

    @property
    def outside(self) -> Path:
        """A folder that is nobody's business."""
        return self.folder / "outside"

    def is_anew(self) -> bool:
        """Return whether the sheet was printed again."""
        return (self.output / PDF).read_bytes() == ANEW

    def links(self) -> list[str]:
        """Return where the links of the counter page lead, as the browser reads them."""
        page = (self.output / "index.html").read_text(encoding="utf-8")
        return re.findall(r'<a href="([^"#]+)"', page)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a clinic's folder, for all rows."""
    folder = tmp_path_factory.mktemp("shared")
    shutil.copytree(TINY, folder / "sources")
    shutil.copytree(ROOT / "layouts", folder / "layouts")
    return folder


def set_fast(batch: Batch) -> tuple[Built, ...]:
    """Stand in for the layout engine."""
    return tuple(Built(each.path, ANEW, 1) for each in batch.prepared)


@pytest.fixture
def shared(
    folder: Path,
    generate: Callable[..., Ended],
    monkeypatch: pytest.MonkeyPatch,
    in_process: None,
) -> Iterator[Shared]:
    """Return the folder with a sheet, a booklet and the page, printed from the content as it is."""
    monkeypatch.chdir(folder)
    monkeypatch.setattr(production, "set_together", set_fast)
    shared = Shared(folder, generate)
    printed = folder / "printed"
    if not printed.is_dir():
        assert shared.generate(*ALL).code == 0
        assert shared.generate(*SHEET).code == 0
        for path in shared.output.rglob("*.pdf"):
            assert path.read_bytes() == ANEW
            seal(shared.output, path, blank())
        shutil.rmtree(shared.output / ".counter")
        assert shared.generate(*ALL).code == 0
        assert not shared.is_anew(), "a record was written by hand, and is not believed"
        shared.output.rename(printed)
    for place in (shared.output, shared.outside):
        place.unlink() if place.is_symlink() else shutil.rmtree(place, ignore_errors=True)
    shutil.copytree(printed, shared.output)
    shared.outside.mkdir()
    (shared.outside / "secret.pdf").write_bytes(SECRET)
    (shared.outside / f"{'a' * 64}.webp").write_bytes(b"a picture of somebody else")
    with bounded():
        yield shared


class bounded:
    """Ends a row that hangs or takes all memory."""

    def __enter__(self) -> None:
        self.limits = resource.getrlimit(resource.RLIMIT_AS)
        size = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
        resource.setrlimit(resource.RLIMIT_AS, (size + MEGABYTES * 10**6, self.limits[1]))
        self.before = signal.signal(signal.SIGALRM, self.end)
        signal.alarm(SECONDS)

    def __exit__(self, *error: object) -> None:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, self.before)
        resource.setrlimit(resource.RLIMIT_AS, self.limits)

    def end(self, number: int, frame: FrameType | None) -> None:
        raise BaseException("it hangs")


# ---------------------------------------------------------------- what the rows do


def noted(output: Path) -> list[Path]:
    """Return every file that remembers what was printed, of this form and of earlier ones."""
    return sorted([*output.glob(".clinicpress.json"), *output.glob(".clinicpress/*.json")])


def edited(output: Path, edit: Callable[[dict[str, Any]], None]) -> None:
    """Change every record of every file."""
    for path in noted(output):
        said = json.loads(path.read_bytes())
        for key, record in said.get("made", {}).items():
            edit(record)
            for answer in said["answers"].values():
                if key in answer["digests"]:
                    answer["digests"][key] = record.get("digest")
        for record in said.get("files", [said] if "path" in said else []):
            edit(record)
        path.write_text(json.dumps(said))


def seal(output: Path, file: Path, pdf: bytes) -> None:
    """Put ``pdf`` at ``file``, and let the records say that it was printed so."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(pdf)
    name = file.relative_to(output).as_posix()

    def edit(record: dict[str, Any]) -> None:
        if record["path"] == name:
            record.update(likeness(file, record))

    edited(output, edit)


def likeness(file: Path, record: dict[str, Any]) -> dict[str, Any]:
    """Return what a record of just this file would say of it."""
    pdf, stat = file.read_bytes(), file.stat()
    said = {
        "bytes": len(pdf), "modified": stat.st_mtime_ns,
        "content": hashlib.sha256(pdf).hexdigest(),
    }  # fmt: skip
    return {name: value for name, value in said.items() if name in record}


def leads_to(path: str) -> Harm:
    """Let each record name another path, at which there is a file just as it says."""

    def harm(output: Path) -> None:
        file = output / path
        with_file = "\0" not in path and "\ud800" not in path and len(path) < 300
        if with_file and not file.exists():
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(blank())

        def edit(record: dict[str, Any]) -> None:
            record.update({"path": path} | (likeness(file, record) if with_file else {}))

        edited(output, edit)

    return harm


def says(name: str, value: object) -> Harm:
    """Let each record say ``value``."""
    return lambda output: edited(output, lambda record: record.update({name: value}))


def made_for(name: str, value: object) -> Harm:
    """Let the edition of each record have ``value``."""
    return lambda output: edited(output, lambda record: record["edition"].update({name: value}))


def forged(name: str, value: object) -> Harm:
    """Let the records be sound in themselves, and be of something that there is not."""

    def edit(output: Path, record: dict[str, Any]) -> None:
        record["edition"][name] = value
        many = {name: tuple(record["edition"][name]) for name in ("exercises", "techniques")}
        record["path"] = str(Edition(**{**record["edition"], **many}).path)
        file = output / record["path"]
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(blank())
        record.update(likeness(file, record))

    return lambda output: edited(output, lambda record: edit(output, record))


def without(*names: str) -> Harm:
    """Let each record lack a value."""

    def edit(record: dict[str, Any]) -> None:
        place = record
        for name in names[:-1]:
            place = place[name]
        del place[names[-1]]

    return lambda output: edited(output, edit)


def holds(content: bytes) -> Harm:
    """Put something else into each file."""

    def harm(output: Path) -> None:
        for path in noted(output):
            path.write_bytes(content)

    return harm


def becomes(change: Callable[[bytes], bytes]) -> Harm:
    """Change the bytes of each file."""

    def harm(output: Path) -> None:
        for path in noted(output):
            path.write_bytes(change(path.read_bytes()))

    return harm


def each(put: Callable[[Path], None]) -> Harm:
    """Put something else in the place of each file; what it was lies outside."""

    def harm(output: Path) -> None:
        for path in noted(output):
            path.rename(output.parent / "outside" / path.name)
            put(path)

    return harm


def away(name: str, put: Callable[[Path, Path], None]) -> Harm:
    """Move something out of the output folder, and put something in its place."""

    def harm(output: Path) -> None:
        place, moved = output / name, output.parent / "outside" / Path(name).name
        place.rename(moved)
        put(place, moved)

    return harm


def link(place: Path, target: Path) -> None:
    """Link to what was moved."""
    place.symlink_to(target)


def pipe(place: Path, *_: Path) -> None:
    """Put a pipe there that nobody writes to."""
    os.mkfifo(place)


def sparse(path: Path) -> None:
    """Put a file of a gigabyte there."""
    with path.open("wb") as file:
        file.truncate(10**9)


def doubled(content: bytes) -> bytes:
    """Say again what a file of JSON says last."""
    return re.sub(rb'("digest": "[0-9a-f]{64}")', rb"\1, \1", content)


def with_number(said: str) -> Callable[[bytes], bytes]:
    """Say another number of pages, as JSON does not."""
    return lambda content: re.sub(rb'"pages": \d+', b'"pages": ' + said.encode(), content)


ESCAPE = "\x1b]0;owned\x07"

# What a record names is not this edition's own file in this folder.
PATHS = {
    "above": "../outside/secret.pdf",
    "above-from-a-brand": "default/../../outside/secret.pdf",
    "absolute": "/tmp/clinicpress-hostile/secret.pdf",
    "drive": "C:/secret.pdf",
    "drive-letter": "C:secret.pdf",
    "backslashes": "..\\outside\\secret.pdf",
    "backslash-folder": "default\\secret.pdf",
    "server": "\\\\server\\share\\secret.pdf",
    "device": "default/tiny/con.pdf",
    "device-with-number": "default/tiny/COM1.x.pdf",
    "brand-a-device": "nul/tiny/secret.pdf",
    "stream": "default/tiny/a.pdf:b.pdf",
    "no-folder": "secret.pdf",
    "one-folder": "default/secret.pdf",
    "three-folders": "default/tiny/a/secret.pdf",
    "other-topic": "default/a/secret.pdf",
    "hidden-folder": ".clinicpress/tiny/secret.pdf",
    "hidden-file": "default/tiny/.secret.pdf",
    "dot": "./tiny/secret.pdf",
    "trailing-space": "default /tiny/secret.pdf",
    "other-name": "default/tiny/another.pdf",
    "no-pdf": "default/tiny/secret.html",
    "the-page": "index.html",
    "nul": "default/tiny/a\0.pdf",
    "newline": "default/tiny/a\nb.pdf",
    "surrogate": "default/tiny/\ud800.pdf",
    "override": "default/tiny/\u202efdp.exe.pdf",
    "escape": f"default/tiny/{ESCAPE}.pdf",
    "long": f"default/tiny/{'a' * 5000}.pdf",
}

UNSOUND: dict[str, Harm] = {
    **{f"path-{name}": leads_to(path) for name, path in PATHS.items()},
    "path-number": says("path", 1),
    "path-list": says("path", [PDF]),
    "path-none": says("path", None),
    "pages-true": says("pages", True),
    "pages-words": says("pages", "1"),
    "pages-fraction": says("pages", 1.0),
    "pages-none": says("pages", 0),
    "pages-negative": says("pages", -1),
    "pages-many": says("pages", 10**15),
    "pages-list": says("pages", [1]),
    "pages-not-a-number": becomes(with_number("NaN")),
    "pages-infinite": becomes(with_number("Infinity")),
    "pages-1e999": becomes(with_number("1e999")),
    "pages-of-5000-digits": becomes(with_number("9" * 5000)),
    "bytes-true": says("bytes", True),
    "bytes-words": says("bytes", "many"),
    "bytes-negative": says("bytes", -1),
    "digest-a-path": says("digest", "../../outside/secret"),
    "digest-short": says("digest", "a"),
    "digest-capitals": says("digest", "A" * 64),
    "digest-newline": says("digest", "a" * 63 + "\n"),
    "digest-number": says("digest", 10**63),
    "digest-list": says("digest", ["a" * 64]),
    "content-another": says("content", "a" * 64),
    "content-none": says("content", None),
    "edition-none": says("edition", None),
    "edition-list": says("edition", []),
    "edition-words": says("edition", "tiny"),
    "edition-lacks-a-field": without("edition", "audience"),
    "edition-has-another": made_for("patient", "A. Name"),
    "edition-number": made_for("topic", 1),
    "edition-nested": made_for("region", {"a": {}}),
    "edition-other-audience": made_for("audience", "older-adult"),
    "edition-brand-above": made_for("brand", ".."),
    "edition-production": made_for("production", "shop"),
    "edition-paper": made_for("paper", "A99"),
    "edition-grammage-true": made_for("grammage", True),
    "edition-grammage-many": made_for("grammage", 10**9),
    "edition-picks-words": made_for("exercises", "thumb-bend"),
    "edition-picks-numbers": made_for("exercises", [1]),
    "edition-kind-number": made_for("kind", 3),
    "edition-pad-of-a-sheet": made_for("kind", "pad"),
    "edition-lacks-its-setting": without("edition", "setting"),
    "of-a-brand-above": forged("brand", ".."),
    "of-a-brand-in-two-folders": forged("brand", "a/b"),
    "of-a-brand-that-is-a-device": forged("brand", "nul"),
    "of-a-brand-that-is-our-own-folder": forged("brand", ".clinicpress"),
    "of-a-brand-of-another-drive": forged("brand", "C:"),
    "of-a-topic-above": forged("topic", "a/../../outside/b"),
    "of-a-topic-with-a-backslash": forged("topic", "..\\outside\\b"),
    "of-a-region-with-a-newline": forged("region", "GB\nUS"),
    "of-a-language-with-an-escape": forged("language", ESCAPE),
    "of-a-production-of-its-own": forged("production", "shop"),
    "of-a-paper-of-its-own": forged("paper", "A99"),
    "warnings-words": says("warnings", "mind this"),
    "warnings-numbers": says("warnings", [1]),
    "warnings-none": says("warnings", None),
    "warnings-escape": says("warnings", [f"{ESCAPE}all is well"]),
    "warnings-override": says("warnings", ["\u202ellew si lla"]),
    "warnings-surrogate": says("warnings", ["\ud83d"]),
    "record-lacks-warnings": without("warnings"),
    "record-has-more": says("owner", "somebody"),
    "key-twice": becomes(doubled),
    "file-empty": holds(b""),
    "file-null": holds(b"null"),
    "file-number": holds(b"1"),
    "file-words": holds(b'"made"'),
    "file-list": holds(b"[]"),
    "file-object": holds(b"{}"),
    "file-no-utf8": holds(b"\xff\xfe\xff"),
    "file-nul": holds(b"\0" * 1000),
    "file-cut-off": becomes(lambda content: content[: len(content) // 2]),
    "file-goes-on": becomes(lambda content: content + b"{}"),
    "file-deep-lists": holds(b"[" * 100_000),
    "file-deep-objects": holds(b'{"a":' * 100_000),
    "file-deep-and-closed": holds(b"[" * 100_000 + b"]" * 100_000),
    "file-of-a-gigabyte": each(sparse),
    "file-a-pipe": each(pipe),
    "file-a-link-out": each(lambda path: path.symlink_to(f"../../outside/{path.name}")),
    "file-a-link-to-zeros": each(lambda path: path.symlink_to("/dev/zero")),
    "file-a-link-to-a-terminal": each(lambda path: path.symlink_to("/dev/ptmx")),
    "file-a-link-to-itself": each(lambda path: path.symlink_to(path.name)),
    "file-a-link-to-nothing": each(lambda path: path.symlink_to("gone")),
    "folder-a-link-out": away(".clinicpress", link),
    "folder-a-file": away(".clinicpress", lambda place, _: place.write_bytes(b"{}")),
    "folder-a-pipe": away(".clinicpress", pipe),
    "folder-a-link-to-itself": away(".clinicpress", lambda place, _: place.symlink_to(place.name)),
    "sheet-a-link-out": away(PDF, link),
    "sheet-a-pipe": away(PDF, pipe),
    "sheet-a-link-to-zeros": away(PDF, lambda place, _: place.symlink_to("/dev/zero")),
    "sheet-gone": away(PDF, lambda place, _: None),
}


RARE = frozenset(re.findall(r"\S+", """
path-drive-letter path-backslash-folder path-device-with-number path-one-folder path-hidden-file
path-dot path-trailing-space path-no-pdf path-newline path-escape path-list path-none path-no-folder
pages-words pages-fraction pages-list pages-negative pages-infinite bytes-words bytes-negative
digest-number digest-list digest-capitals content-none edition-list edition-words edition-number
edition-kind-number edition-grammage-many edition-picks-numbers edition-production
warnings-numbers warnings-none warnings-override file-number file-words file-object file-nul
file-empty file-deep-objects file-deep-and-closed file-a-link-to-a-terminal file-a-link-to-nothing
folder-a-file folder-a-link-to-itself record-has-more sheet-gone
pictures-folder-a-file picture-a-link-to-a-secret picture-empty picture-of-a-gigabyte note-no-utf8
note-not-a-number note-of-a-gigabyte note-a-pipe page-a-pipe sheet-of-a-thin-page
pictures-folder-a-link-to-itself
old-records-a-link-to-zeros words-of-a-gigabyte words-a-link-out
"""))  # fmt: skip
"""Rows that are much like others, and are left to the slow suite."""

STOOD = frozenset(re.findall(r"\S+", """
bytes-negative bytes-true bytes-words content-another content-none digest-capitals digest-list
digest-newline digest-number digest-short file-a-link-out file-a-link-to-itself
file-a-link-to-nothing file-cut-off file-empty file-goes-on file-list file-no-utf8 file-nul
file-null file-number file-object file-of-a-gigabyte file-words pages-of-5000-digits path-long
record-has-more sheet-a-link-to-zeros sheet-a-pipe sheet-gone
note-a-link-out note-no-utf8 note-not-a-number page-a-link-out page-a-link-to-zeros page-a-pipe
picture-a-link-to-zeros picture-a-pipe words-a-link-out words-a-link-to-zeros words-a-pipe
words-of-a-gigabyte
"""))  # fmt: skip
"""Rows that were refused before records were kept by content, too."""


def rows(names: Iterable[str]) -> list[object]:
    """Return the rows of a table by name."""
    return [pytest.param(name, marks=[pytest.mark.slow] * (name in RARE)) for name in names]


def seen(folder: Path) -> dict[str, object]:
    """Return what can be seen of a folder: names, kinds, times, and what its files hold."""
    return {
        path.relative_to(folder).as_posix(): (
            os.lstat(path).st_mode,
            os.lstat(path).st_mtime_ns,
            path.read_bytes() if path.is_file() else b"",
        )
        for path in sorted(folder.rglob("*"))
    }


@pytest.mark.few(5)
@pytest.mark.parametrize("name", rows(UNSOUND))
def test_what_cannot_be_a_record_is_none(shared: Shared, name: str):
    """The sheet is printed anew; nothing outside is touched, and the page leads nowhere else."""
    UNSOUND[name](shared.output)
    before = seen(shared.outside)
    ended = shared.generate(*SHEET)
    assert (ended.code, len(ended.out.splitlines())) == (0, 1), ended.err
    assert "1 built, 0 up to date" in ended.err
    assert "\x1b]" not in ended.err
    assert "should not happen" not in ended.err
    assert shared.is_anew()
    assert seen(shared.outside) == before
    assert PDF in map(unquote, shared.links())
    for address in shared.links():
        assert urlsplit(address)[:2] == ("", ""), address
        file = shared.output / unquote(address)
        assert file.resolve().is_relative_to(shared.output / "default"), address
        assert file.name.startswith("tiny_"), address
    ended = shared.generate(*SHEET)
    assert (ended.code, "0 built, 1 up to date" in ended.err) == (0, True), ended.err


# ---------------------------------------------------------------- the page, its pictures and notes

PICTURE = b"RIFF\x0c\0\0\0WEBPVP8 the picture of somebody else"
PAGE_NOTE = ".counter/page.json"
HOME = ("--for", "home")
TXT = PDF.replace("_A4.pdf", "_Letter_home.txt")


def pictures(put: Callable[[Path, Path], None]) -> Harm:
    """Put something in the place of each picture; what it was lies outside."""

    def harm(output: Path) -> None:
        for path in sorted(output.glob(".counter/*.webp")):
            moved = output.parent / "outside" / path.name
            path.rename(moved)
            moved.write_bytes(PICTURE)
            put(path, moved)

    return harm


def instead(name: str, put: Callable[[Path, Path], None]) -> Harm:
    """Put something at a place where nothing needs to be; it may lead to a secret."""

    def harm(output: Path) -> None:
        (output / name).unlink(missing_ok=True)
        put(output / name, output.parent / "outside" / "secret.pdf")

    return harm


def zeros(place: Path, *_: Path) -> None:
    """Put a link there to what never ends."""
    place.symlink_to("/dev/zero")


def itself(place: Path, *_: Path) -> None:
    """Put a link there to itself."""
    place.symlink_to(place.name)


def gigabyte(place: Path, *_: Path) -> None:
    """Put a file of a gigabyte there."""
    sparse(place)


def with_bytes(content: bytes) -> Callable[[Path, Path], None]:
    """Put a file there."""
    return lambda place, _: place.write_bytes(content)


def is_sheet(put: bytes) -> Harm:
    """Put a file there that is no sheet, and let the records say that it was printed so."""

    def harm(output: Path) -> None:
        seal(output, output / PDF, put)
        shutil.rmtree(output / ".counter")

    return harm


def with_ours_of_old(put: Callable[[Path, Path], None]) -> Harm:
    """Put something in the place of what earlier versions kept."""
    return instead(".clinicpress.json", put)


OLD = b'{"form": 4, "version": "0.1.0", "inputs": {"/home/a.name/sources/a": [1, 1]}, "made": {}}'

PAGE: dict[str, Harm] = {
    "pictures-folder-a-link-out": away(".counter", link),
    "pictures-folder-a-pipe": away(".counter", pipe),
    "pictures-folder-a-file": away(".counter", with_bytes(b"")),
    "pictures-folder-a-link-to-itself": away(".counter", itself),
    "picture-a-link-out": pictures(link),
    "picture-a-link-to-a-secret": pictures(
        lambda place, moved: place.symlink_to(moved.with_name("secret.pdf"))
    ),
    "picture-a-pipe": pictures(pipe),
    "picture-a-link-to-zeros": pictures(zeros),
    "picture-no-picture": pictures(with_bytes(SECRET)),
    "picture-empty": pictures(with_bytes(b"")),
    "picture-of-a-gigabyte": pictures(gigabyte),
    "note-a-link-out": away(PAGE_NOTE, link),
    "note-a-pipe": away(PAGE_NOTE, pipe),
    "note-a-link-to-zeros": away(PAGE_NOTE, zeros),
    "note-deep": away(PAGE_NOTE, with_bytes(b"[" * 100_000)),
    "note-of-a-gigabyte": away(PAGE_NOTE, gigabyte),
    "note-not-a-number": away(PAGE_NOTE, with_bytes(b"NaN")),
    "note-no-utf8": away(PAGE_NOTE, with_bytes(b"\xff")),
    "page-a-link-out": away("index.html", link),
    "page-a-link-to-zeros": away("index.html", zeros),
    "page-a-pipe": away("index.html", pipe),
    "sheet-no-pdf": is_sheet(SECRET),
    "sheet-without-pages": is_sheet(blank().replace(b"/Count 1", b"/Count 0")),
    "sheet-of-a-huge-page": is_sheet(blank().replace(b"595", b"1e7")),
    "sheet-of-a-thin-page": is_sheet(blank(14_400).replace(b"595", b"0.1")),
    "old-records": with_ours_of_old(with_bytes(OLD)),
    "old-records-a-link-out": with_ours_of_old(link),
    "old-records-a-pipe": with_ours_of_old(pipe),
    "old-records-a-link-to-zeros": with_ours_of_old(zeros),
    "old-records-a-folder": with_ours_of_old(lambda place, _: place.mkdir()),
    "words-a-link-out": instead(TXT, link),
    "words-a-pipe": instead(TXT, pipe),
    "words-a-link-to-zeros": instead(TXT, zeros),
    "words-of-a-gigabyte": instead(TXT, gigabyte),
}


@pytest.mark.few(5)
@pytest.mark.parametrize("name", rows(PAGE))
def test_the_page_is_made_of_nothing_from_outside(shared: Shared, name: str):
    """Whatever lies in the place of what the page is made with, it is written, and nothing else."""
    PAGE[name](shared.output)
    before = seen(shared.outside)
    ended = shared.generate(*SHEET, *HOME)
    assert (ended.code, len(ended.out.splitlines())) == (0, 1), ended.err
    ended = shared.generate(*ALL)
    assert ended.code == 0, ended.err
    assert seen(shared.outside) == before
    page = (shared.output / "index.html").read_bytes()
    for secret in (SECRET, PICTURE):
        assert base64.b64encode(secret)[:20] not in page
        assert secret not in page
    assert shared.links() != []
    for address in shared.links():
        assert (shared.output / unquote(address)).is_file()
    if name.startswith("old-records"):
        old = shared.output / ".clinicpress.json"
        assert old.is_dir() or not os.path.lexists(old)
    assert "0 built" in shared.generate(*ALL).err


COMPARE = ("compare", "--audience", "general", "older-adult")


@pytest.mark.parametrize(
    "command",
    [SHEET, (*SHEET, "--force"), (*SHEET, *HOME), pytest.param(COMPARE, marks=pytest.mark.slow)],
    ids=" ".join,
)
def test_nothing_is_written_through_a_brands_folder_that_leads_out(shared: Shared, command):
    (shared.output / "default").rename(shared.outside / "default")
    (shared.output / "default").symlink_to(shared.outside / "default")
    before = seen(shared.outside)
    ended = shared.generate(*command)
    assert (ended.code, ended.out) == (3, "")
    assert ended.err == (
        "output/default is a link that leads out of output. Put a folder in its place, or choose "
        "another folder with --output.\n"
    )
    assert seen(shared.outside) == before


def test_the_output_folder_itself_may_be_a_link(shared: Shared):
    shared.output.rename(shared.outside / "drive")
    shared.output.symlink_to(shared.outside / "drive")
    assert "0 built, 1 up to date" in shared.generate(*SHEET, "--region", "neutral").err + (
        shared.generate(*SHEET).err
    )
    assert shared.generate(*SHEET, "--force").code == 0
    assert shared.is_anew()


@pytest.mark.few(6)
@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("topic", "gone"),
        ("publication", "gone"),
        ("audience", "gone"),
        ("format", "gone"),
        ("region", "gone"),
        ("brand", "gone"),
        ("brand", "javascript"),
        ("language", "no language"),
        ("language", "x" * 50),
        ("setting", "taken"),
        ("topic", "<script>alert(1)</script>".replace("<", "(").replace("/", "").replace(">", ")")),
        ("topic", "{{ 7 * 7 }}".replace("*", "+")),
    ],
)
def test_what_is_of_nothing_that_there_is_is_not_offered(shared: Shared, name: str, value: object):
    forged(name, value)(shared.output)
    ended = shared.generate(*SHEET, "--region", "GB")
    assert ended.code == 0, ended.err
    assert shared.links() == [PDF.replace("neutral", "GB")]


def test_no_record_makes_the_words_for_a_printer_fail(tmp_path: Path):
    """Whatever a record that is taken for sound says, a note can be written for it."""
    from clinicpress.orders import manifest

    files = []
    kinds = ("booklet", "handout", "leaflet", "card", "poster", "diary", "pad", "other")
    for kind, paper, way, fold, part, pages in product(
        kinds, PAPERS, ("home", "press"), ("", "c", "z"), ("", "cover"), (1, 7, 999)
    ):
        edition = Edition(
            "tiny", "a", "general", "standard", "en", "GB", "default", paper,
            kind=kind, production=way, fold=fold, part=part,
        )  # fmt: skip
        said = asdict(edition) | {"exercises": [], "techniques": []}
        record = {
            "form": manifest.FORM, "path": str(edition.path), "edition": said, "digest": "a" * 64,
            "pages": pages, "bytes": 1, "content": "a" * 64, "warnings": [], "state": "unsigned",
                "code": "",
        }  # fmt: skip
        files += filter(None, [manifest.parsed(json.dumps(record).encode(), manifest._sound_made)])
    assert len(files) > 500
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(notes, "write_atomic", lambda path, text: None)
        assert len(notes.write_notes(files, tmp_path, ROOT / "layouts")) > 500


def test_rare_rows_are_rows():
    assert {*UNSOUND, *PAGE} >= RARE | STOOD


def test_no_file_names_the_place_the_user_or_the_machine(shared: Shared, monkeypatch):
    for name in ("USER", "LOGNAME", "USERNAME"):
        monkeypatch.setenv(name, "a.name.of.somebody")
    assert shared.generate(*ALL, "--force").code == 0
    assert shared.generate(*SHEET, *HOME).code == 0
    words = (str(shared.folder), "a.name.of.somebody", socket.gethostname(), str(Path.home()))
    files = [path for path in shared.output.rglob("*") if path.is_file()]
    assert len(files) > 8
    for path, word in product(files, words):
        if len(word) > 3:
            assert word.encode() not in path.read_bytes(), (path, word)
            assert word not in path.name
