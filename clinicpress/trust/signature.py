"""What a release is signed with: a signature over the digest of each of its files."""

import base64
import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from clinicpress.errors import EnvironmentFault, named, shown, visible
from clinicpress.files.output import held, write_atomic
from clinicpress.files.paths import is_hidden
from clinicpress.orders.manifest import parsed
from clinicpress.trust.keys import known_as, raw, require_library

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import (
        Ed25519PrivateKey,
        Ed25519PublicKey,
    )

SIGNATURE = "release.sig"
"""The file of a release that holds its signature; hidden files are not signed."""

FORM = 1
PURPOSE = b"clinicpress release 1\n"
"""Stands before what is signed, so that no signature of another purpose is one of a release."""

MOST, MOST_OF_A_FILE = 50_000_000, 2_000_000_000
"""Bytes of the file with the signature, and of any other, that are read."""

Files = Mapping[str, str]
"""The SHA-256 of each file of a release, by its path."""


@dataclass(frozen=True)
class Signature:
    """The public key that something was signed with, what was signed, and the signature."""

    key: bytes
    files: Files
    signature: bytes


@dataclass(frozen=True)
class Checked:
    """What the folder of a release is.

    ``unproved``: all is as it was signed, with a key that nobody said to trust; ``other-key``:
    not with that which was; ``forged``: the signature is none of its list. ``wrong`` names files.
    """

    asked: str
    standing: Literal["released", "unproved", "other-key", "changed", "forged", "unsigned"]
    key: str = ""
    files: int = 0
    wrong: str = ""


def sign_release(folder: Path, key: "Ed25519PrivateKey") -> str:
    """Sign all files of a release; return what the key is known by. Raises EnvironmentFault."""
    files = dict(_digests(folder))
    public = raw(key.public_key())
    said = {
        "form": FORM, "key": _written(public), "files": files,
        "signature": _written(key.sign(_signed(files))),
    }  # fmt: skip
    listed = json.dumps(said, indent=1, sort_keys=True)
    write_atomic(folder / SIGNATURE, f"{listed}\n".encode())
    return known_as(public)


def check_release(folder: Path, trusted: "Ed25519PublicKey | None") -> Checked:
    """Return whether a release is as the one who has the ``trusted`` key signed it.

    Raises EnvironmentFault if a file cannot be read, or the library is not installed.
    """
    asked = shown(folder)
    if not (folder / SIGNATURE).exists():
        return Checked(asked, "unsigned")
    require_library()
    content = held(folder / SIGNATURE, MOST)
    found = parsed(content, _sound) if content is not None else None
    if found is None or not _is_signed(found):
        return Checked(asked, "forged")
    key = known_as(found.key)
    if trusted is not None and raw(trusted) != found.key:
        return Checked(asked, "other-key", key)
    if wrong := list(_changed(found.files, dict(_digests(folder)))):
        return Checked(asked, "changed", key, len(found.files), named(wrong))
    return Checked(asked, "released" if trusted else "unproved", key, len(found.files))


def _is_signed(found: Signature) -> bool:
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        Ed25519PublicKey.from_public_bytes(found.key).verify(found.signature, _signed(found.files))
    except (InvalidSignature, ValueError):
        return False
    return True


def _sound(said: Any) -> Signature:
    """Return a signature of plain values. Raises ValueError, KeyError or TypeError for another."""
    files = said["files"]
    if said["form"] != FORM or not all(isinstance(digest, str) for digest in files.values()):
        raise ValueError("unsound")
    key, signature = (base64.b64decode(said[name], validate=True) for name in ("key", "signature"))
    return Signature(key, files, signature)


def _signed(files: Files) -> bytes:
    """Return the bytes that are signed for these files."""
    listed = json.dumps(files, sort_keys=True, separators=(",", ":"))
    return PURPOSE + listed.encode("ascii")


def _written(content: bytes) -> str:
    return base64.b64encode(content).decode("ascii")


def _digests(folder: Path) -> Iterator[tuple[str, str]]:
    """Yield path and SHA-256 of each file in a folder; of what is no plain file, no digest."""
    for here, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not is_hidden(name))
        for name in sorted((*names, *(each for each in folders if Path(here, each).is_symlink()))):
            path = Path(here, name)
            if not is_hidden(name) and path != folder / SIGNATURE:
                yield path.relative_to(folder).as_posix(), _digest(path)


def _digest(path: Path) -> str:
    if path.is_symlink() or not path.is_file() or path.stat().st_size > MOST_OF_A_FILE:
        return ""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        said = (error.strerror or str(error)).lower()
        raise EnvironmentFault(f"{shown(path)} cannot be read: {said}.") from error


def _changed(signed: Files, found: Files) -> Iterator[str]:
    """Yield what of the files is not as it was signed."""
    for path in sorted({*signed, *found}):
        if path not in found:
            yield f"{visible(path, most=200)} is missing"
        elif path not in signed:
            yield f"{visible(path, most=200)} was put in"
        elif found[path] != signed[path]:
            yield f"{visible(path, most=200)} is another"
