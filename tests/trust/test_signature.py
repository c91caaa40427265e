"""A release is known by the key that it was signed with, and by the digest of each of its files."""

import base64
import json
import os
import sys

import pytest

from clinicpress.errors import WrongChoice
from clinicpress.trust.keys import PUBLIC, is_open_to_others, new_key, read_key, read_public
from clinicpress.trust.signature import SIGNATURE, check_release, sign_release

PASSPHRASE = b"a long line"


def unasked() -> bytes:
    pytest.fail("It asked for a passphrase.")


@pytest.fixture
def keys(tmp_path):
    """Return the private keys of a clinic and of somebody else."""
    for name in ("clinic", "other"):
        new_key(tmp_path / name, b"")
    return tmp_path / "clinic", tmp_path / "other"


@pytest.fixture
def folder(tmp_path, keys):
    """Return a release, signed by the clinic."""
    folder = tmp_path / "2027-04"
    (folder / "riverside/upper-back").mkdir(parents=True)
    (folder / "release.json").write_text("{}")
    (folder / "riverside/upper-back/sheet.pdf").write_bytes(b"%PDF-1")
    (folder / "riverside/upper-back/card.pdf").write_bytes(b"%PDF-2")
    sign_release(folder, read_key(keys[0], unasked))
    return folder


def public(key):
    return read_public(key.with_name(key.name + PUBLIC))


def change_signature(folder, **changes):
    path = folder / SIGNATURE
    path.write_text(json.dumps({**json.loads(path.read_text()), **changes}))


def test_it_is_as_it_was_signed_by_the_key_that_is_trusted(folder, keys):
    ours, others = map(public, keys)
    found = check_release(folder, ours)
    assert (found.standing, found.files, found.wrong) == ("released", 3, "")
    assert check_release(folder, others).standing == "other-key"
    unproved = check_release(folder, None)
    assert (unproved.standing, unproved.key) == ("unproved", found.key)


def test_the_same_files_and_key_make_the_same_signature(folder, keys):
    before = (folder / SIGNATURE).read_bytes()
    sign_release(folder, read_key(keys[0], unasked))
    assert (folder / SIGNATURE).read_bytes() == before


SHEET = "riverside/upper-back/sheet.pdf"


def _linked(folder):
    (folder / SHEET).unlink()
    (folder / SHEET).symlink_to(folder / "riverside/upper-back/card.pdf")


def _folder_linked(folder):
    (folder / "riverside").rename(folder.parent / "elsewhere")
    (folder / "riverside").symlink_to(folder.parent / "elsewhere")


def _swapped(folder):
    sheet, card = folder / SHEET, folder / "riverside/upper-back/card.pdf"
    one, other = sheet.read_bytes(), card.read_bytes()
    sheet.write_bytes(other)
    card.write_bytes(one)


@pytest.mark.parametrize(
    ("change", "wrong"),
    [
        (lambda folder: (folder / SHEET).write_bytes(b"%PDF-9"), f"{SHEET} is another"),
        (lambda folder: (folder / SHEET).unlink(), f"{SHEET} is missing"),
        (lambda folder: (folder / "x.pdf").write_bytes(b"%PDF-1"), "x.pdf was put in"),
        (lambda folder: (folder / "a\u202eb").write_bytes(b""), "a⟨U+202E⟩b was put in"),
        (_swapped, f"riverside/upper-back/card.pdf is another, {SHEET} is another"),
        pytest.param(_linked, f"{SHEET} is another", marks=pytest.mark.skipif(
            sys.platform == "win32", reason="links need a right there")),
        pytest.param(_folder_linked, "riverside was put in, riverside/upper-back/card.pdf is "
                     f"missing, {SHEET} is missing", marks=pytest.mark.skipif(
            sys.platform == "win32", reason="links need a right there")),
        (lambda folder: [(folder / f"{n}.pdf").write_bytes(b"") for n in range(9)],
         "5.pdf was put in and 3 more"),
    ],
    ids=["byte", "lost", "added", "hidden letter", "swapped", "link", "folder-link", "many"],
)  # fmt: skip
def test_whatever_was_changed_is_named(folder, keys, change, wrong):
    change(folder)
    found = check_release(folder, public(keys[0]))
    assert found.standing == "changed"
    assert found.wrong.endswith(wrong)


@pytest.mark.parametrize(
    "changes",
    [
        {"files": {}},
        {"files": {"../../etc/passwd": ""}},
        {"files": []},
        {"files": {"release.json": 1}},
        {"form": 2},
        {"key": "AAAA"},
        {"key": "no base64"},
        {"signature": base64.b64encode(bytes(64)).decode()},
        {"signature": ""},
    ],
    ids=["empty", "outside", "a list", "no digest", "form", "short", "letters", "zeros", "none"],
)
def test_a_signature_that_was_changed_is_none(folder, keys, changes):
    change_signature(folder, **changes)
    for trusted in (None, *map(public, keys)):
        assert check_release(folder, trusted).standing == "forged"


@pytest.mark.parametrize("content", [b"", b"{}", b"[" * 100_000, b"\xff", b'{"form": 1}'])
def test_what_is_no_signature_is_none(folder, keys, content):
    (folder / SIGNATURE).write_bytes(content)
    assert check_release(folder, public(keys[0])).standing == "forged"


def test_somebody_who_signs_it_anew_is_told_apart(folder, keys):
    (folder / SHEET).write_bytes(b"%PDF-9")
    sign_release(folder, read_key(keys[1], unasked))
    assert check_release(folder, public(keys[0])).standing == "other-key"


def test_a_folder_without_a_signature_is_unsigned(folder, keys):
    (folder / SIGNATURE).unlink()
    assert check_release(folder, public(keys[0])).standing == "unsigned"


def test_a_locked_key_opens_with_its_passphrase_alone(tmp_path):
    new_key(tmp_path / "key", PASSPHRASE)
    assert b"ENCRYPTED" in (tmp_path / "key").read_bytes()
    assert read_key(tmp_path / "key", lambda: PASSPHRASE)
    with pytest.raises(WrongChoice, match="the passphrase is another one, or the file is damaged"):
        read_key(tmp_path / "key", lambda: b"another")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "holds no key to sign with, or is damaged"),
        (b"-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n", "holds no key to sign"),
        (b"x" * 20_000, "is no file that holds a key"),
    ],
    ids=["empty", "damaged", "large"],
)
def test_what_is_no_key_is_told(tmp_path, content, said):
    (tmp_path / "key").write_bytes(content)
    with pytest.raises(WrongChoice, match=said):
        read_key(tmp_path / "key", unasked)


def test_keys_of_another_kind_and_the_wrong_half_are_told(tmp_path, keys):
    from cryptography.hazmat.primitives import serialization as form
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

    other = X25519PrivateKey.generate()
    secret = other.private_bytes(form.Encoding.PEM, form.PrivateFormat.PKCS8, form.NoEncryption())
    (tmp_path / "x").write_bytes(secret)
    (tmp_path / "x.pub").write_bytes(
        other.public_key().public_bytes(form.Encoding.PEM, form.PublicFormat.SubjectPublicKeyInfo)
    )
    with pytest.raises(WrongChoice, match="holds a key of another kind"):
        read_key(tmp_path / "x", unasked)
    with pytest.raises(WrongChoice, match="holds a key of another kind than signs releases"):
        read_public(tmp_path / "x.pub")
    with pytest.raises(WrongChoice, match=r"holds no public key. Name the file that ends in \.pub"):
        read_public(keys[0])
    with pytest.raises(WrongChoice, match="holds no key to sign with"):
        read_key(keys[0].with_name(f"clinic{PUBLIC}"), unasked)


@pytest.mark.skipif(os.name != "posix", reason="rights of files are those of POSIX")
def test_a_new_key_is_its_owners_and_takes_no_files_place(tmp_path, keys):
    assert not is_open_to_others(keys[0])
    keys[0].chmod(0o640)
    assert is_open_to_others(keys[0])
    before = keys[1].read_bytes()
    with pytest.raises(WrongChoice, match=r"is there already\. Name a file that is new"):
        new_key(keys[1], b"")
    (tmp_path / f"lone{PUBLIC}").write_bytes(b"")
    with pytest.raises(WrongChoice, match="is there already"):
        new_key(tmp_path / "lone", b"")
    assert keys[1].read_bytes() == before
    assert not (tmp_path / "lone").exists()
