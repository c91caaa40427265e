"""Keys that a clinic signs its releases with: Ed25519, of which the same makes the same signature.

Source: RFC 8032. A private key is kept as PKCS 8 in PEM, its public half beside it.
"""

import hashlib
import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from clinicpress.errors import EnvironmentFault, WrongChoice, shown
from clinicpress.files.output import held, write_atomic

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import (
        Ed25519PrivateKey,
        Ed25519PublicKey,
    )

PUBLIC = ".pub"
"""What is added to the name of a key's file for its public half."""

OWN = 0o600
"""Rights of a file that only its owner reads and writes."""

MOST = 10_000
"""Bytes of a file that may hold a key."""

Asked = Callable[[], bytes]
"""Asks for the passphrase that a key is locked with."""


def require_library() -> None:
    """Raise EnvironmentFault if what keys are made and read with is not installed."""
    try:
        import cryptography  # noqa: F401
    except ImportError as error:
        raise EnvironmentFault(
            "Keys are used with cryptography, which is not installed. Install it with “pip "
            "install 'clinicpress[keys]'”."
        ) from error


def new_key(path: Path, passphrase: bytes) -> str:
    """Write a new key to ``path``, its public half beside it; return how it is known.

    It is locked where the passphrase is not empty. Raises WrongChoice if a file is there already,
    and EnvironmentFault.
    """
    from cryptography.hazmat.primitives import serialization as form
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    key = Ed25519PrivateKey.generate()
    lock: form.KeySerializationEncryption = (
        form.BestAvailableEncryption(passphrase) if passphrase else form.NoEncryption()
    )
    public = path.with_name(path.name + PUBLIC)
    for file in (path, public):
        if os.path.lexists(file):
            raise WrongChoice(f"{shown(file)} is there already. Name a file that is new.")
    secret = key.private_bytes(form.Encoding.PEM, form.PrivateFormat.PKCS8, lock)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWN), "wb") as written:
            written.write(secret)
    except OSError as error:
        said = error.strerror or str(error)
        raise EnvironmentFault(f"{shown(path)} cannot be written: {said.lower()}.") from error
    write_atomic(public, key.public_key().public_bytes(
        form.Encoding.PEM, form.PublicFormat.SubjectPublicKeyInfo))  # fmt: skip
    return known_as(raw(key.public_key()))


def read_key(path: Path, asked: Asked) -> "Ed25519PrivateKey":
    """Return the key of a file; ``asked`` gives the passphrase of one that is locked.

    Raises WrongChoice for what is no such key, and for a wrong passphrase.
    """
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    content = _content(path)
    try:
        try:
            key = load_pem_private_key(content, None)
        except TypeError:  # it is locked
            key = load_pem_private_key(content, asked())
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        if b"ENCRYPTED" in content:
            raise WrongChoice(
                f"{shown(path)}: the passphrase is another one, or the file is damaged. Type it "
                "again."
            ) from error
        raise WrongChoice(
            f"{shown(path)} holds no key to sign with, or is damaged. Name the file that “generate "
            f"key” made, without {PUBLIC}."
        ) from error
    if not isinstance(key, Ed25519PrivateKey):
        raise WrongChoice(f"{shown(path)} holds a key of another kind. Make one: generate key FILE")
    return key


def read_public(path: Path) -> "Ed25519PublicKey":
    """Return the public half of a key that a file holds. Raises WrongChoice for another file."""
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
    from cryptography.hazmat.primitives.serialization import load_pem_public_key

    try:
        key = load_pem_public_key(_content(path))
    except (ValueError, UnsupportedAlgorithm) as error:
        raise WrongChoice(
            f"{shown(path)} holds no public key. Name the file that ends in {PUBLIC}."
        ) from error
    if not isinstance(key, Ed25519PublicKey):
        raise WrongChoice(f"{shown(path)} holds a key of another kind than signs releases.")
    return key


def is_open_to_others(path: Path) -> bool:
    """Return whether others on this computer may read the file of a key."""
    return os.name == "posix" and bool(path.stat().st_mode & 0o077)


def raw(key: "Ed25519PublicKey") -> bytes:
    """Return the 32 bytes of a public key."""
    return key.public_bytes_raw()


def known_as(key: bytes) -> str:
    """Return what a public key of 32 bytes is known by: 128 bits of its SHA-256, in fours."""
    digest = hashlib.sha256(key).hexdigest()[:32]
    return " ".join(digest[at : at + 4] for at in range(0, len(digest), 4))


def _content(path: Path) -> bytes:
    if (content := held(path, MOST)) is None:
        raise WrongChoice(f"{shown(path)} is no file that holds a key.")
    return content
