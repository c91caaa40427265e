"""Looks for words of this machine in all files of a folder: ``python -m tests.hostile.traces DIR``.

A PDF is read object by object with its streams decoded, its words as a viewer copies them, and its
pictures' notes; a page of HTML with the pictures inside it. More words to look for may follow DIR.
"""

import base64
import binascii
import getpass
import io
import os
import re
import socket
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pikepdf
import pypdfium2
from PIL import Image

ROOT = Path(__file__).parents[2]

LOCAL = re.compile(
    rb"(?:file:/|/(?:home|Users|root|tmp|private|var|mnt|media|Volumes|work|srv)/[\w.~-]"
    rb"|[A-Z]:\\+Users)"
)
"""A path of some machine, whatever it is called."""

EVERYDAY = {"root", "user", "admin", "guest", "localhost", "debian", "runner", "clinic"}
"""Names of users and hosts that say nothing of anybody, and stand in many a file."""


@dataclass(frozen=True, order=True)
class Trace:
    """A word that was found: in which file, and where in it."""

    file: str
    where: str
    word: str

    def __str__(self) -> str:
        return f"{self.file}: “{self.word}” in {self.where}"


def of_this_machine() -> set[str]:
    """Return what names this machine, its user and its folders."""
    names = {getpass.getuser(), socket.gethostname(), os.environ.get("HOSTNAME", "")}
    folders = {str(ROOT), str(Path.home()), sys.prefix, tempfile.gettempdir(), str(Path.cwd())}
    return {name for name in names if len(name) > 3 and name.lower() not in EVERYDAY} | {
        f"{folder}/" for folder in folders if len(folder) > 1
    }


def found_in(folder: Path, words: Iterable[str]) -> list[Trace]:
    """Return each of ``words``, and each path of a machine, that stands in a file of ``folder``."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return [trace for path in files for trace in found_in_file(path, folder, words)]


def found_in_file(path: Path, folder: Path, words: Iterable[str]) -> list[Trace]:
    """Return what stands in one file, or in its name."""
    name = path.relative_to(folder).as_posix()
    spellings = {spelling: word for word in words for spelling in _spellings(word)}
    pieces = [("its name", name.encode()), *_pieces(path.read_bytes())]
    found = {
        Trace(name, where, word)
        for where, content in pieces
        for spelling, word in spellings.items()
        if spelling in content.lower()
    } | {
        Trace(name, where, hit[0].decode())
        for where, content in pieces
        for hit in LOCAL.finditer(content)
    }
    return sorted(found)


def _spellings(word: str) -> set[bytes]:
    """Return the ways in which a word may stand in a file, in small letters."""
    plain = word.lower()
    encoded = [plain.encode(), plain.encode("utf-16-be"), plain.encode("utf-16-le")]
    hexadecimal = [binascii.hexlify(each) for each in encoded]
    return {
        *encoded,
        *hexadecimal,
        quote(plain).lower().encode(),
        plain.replace("/", "\\/").encode(),
    }


def _pieces(content: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield what a file is made of: where, and its bytes."""
    yield "its bytes", content
    if content.startswith(b"%PDF-"):
        yield from _of_pdf(content)
    for place, kind in enumerate(re.finditer(rb"base64,([A-Za-z0-9+/=]{16,})", content)):
        yield from _inside(f"picture {place + 1}", base64.b64decode(kind[1] + b"=="))
    yield from _notes_of_picture("its picture", content)


def _inside(where: str, content: bytes) -> Iterator[tuple[str, bytes]]:
    yield where, content
    yield from _notes_of_picture(where, content)


def _notes_of_picture(where: str, content: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield what is written into a picture beside its dots, some of it packed."""
    with suppress(OSError, SyntaxError, ValueError), Image.open(io.BytesIO(content)) as picture:
        for key, value in (*picture.info.items(), *picture.getexif().items()):
            yield f"{where}, {key}", value if isinstance(value, bytes) else str(value).encode()


def _of_pdf(content: bytes) -> Iterator[tuple[str, bytes]]:
    with pikepdf.open(io.BytesIO(content)) as pdf:
        for number, each in enumerate(pdf.objects, start=1):
            yield from _of_object(f"object {number}", each)
        yield from _of_object("trailer", pdf.trailer)
    with pypdfium2.PdfDocument(content) as document:
        for number, page in enumerate(document, start=1):
            yield f"words of page {number}", page.get_textpage().get_text_bounded().encode()


def _of_object(where: str, each: Any) -> Iterator[tuple[str, bytes]]:
    """Yield strings, names and decoded streams of an object, but of no other that it names."""
    match each:
        case pikepdf.Stream():
            yield f"{where}, stream", _decoded(each)
            yield from _inside(f"{where}, packed", each.read_raw_bytes())
            yield from _of_object(where, each.stream_dict)
        case pikepdf.Dictionary():
            for key, value in each.items():
                yield f"{where}, a key", key.encode()
                yield from _of_own(f"{where}, {key}", value)
        case pikepdf.Array():
            for value in each:
                yield from _of_own(where, value)
        case pikepdf.String():
            yield where, bytes(each)
            yield where, str(each).encode()
        case pikepdf.Name():
            yield where, str(each).encode()


def _of_own(where: str, value: Any) -> Iterator[tuple[str, bytes]]:
    """Yield what stands in an object itself; what it refers to comes by itself."""
    if isinstance(value, pikepdf.Object) and not value.is_indirect:
        yield from _of_object(where, value)


def _decoded(stream: pikepdf.Stream) -> bytes:
    try:
        return stream.read_bytes()
    except pikepdf.PdfError:  # a picture's own way of packing: its bytes are looked at as they are
        return stream.read_raw_bytes()


def main() -> None:
    """Say what was found in the folder that is named."""
    folder, words = Path(sys.argv[1]), of_this_machine() | set(sys.argv[2:])
    traces = found_in(folder, words)
    for trace in traces:
        print(trace)
    count = sum(path.is_file() for path in folder.rglob("*"))
    print(f"{count} files, {len(traces)} traces of: {', '.join(sorted(words))}", file=sys.stderr)
    sys.exit(1 if traces or not count else 0)


if __name__ == "__main__":
    main()
