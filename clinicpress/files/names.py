"""Names that every file system can hold, tell from others, and show."""

import hashlib
import os
import re
import unicodedata

from clinicpress.errors import HIDDEN, plain

LONGEST_NAME = 255
"""Bytes of a name that file systems take."""

LONGEST = 180
"""Bytes of a name that we make, so that there is room for its ending and what others add."""

_KEPT_BY_WINDOWS = re.compile(
    r"(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³])\s*(\..*)?", re.IGNORECASE | re.DOTALL
)
_HELD_NOWHERE = re.compile(r'[<>:"/\\|?*\t\n\r]')


def unholdable(name: str) -> str | None:
    """Return why Windows or macOS can hold no file of that name, or None; it goes on from “it”."""
    if _KEPT_BY_WINDOWS.fullmatch(name):
        return "is one that Windows keeps for itself"
    if HIDDEN.search(name):
        return "holds a character that nobody sees"
    if held := _HELD_NOWHERE.search(name):
        return f"holds {held[0]!r}, which Windows takes in no name"
    if name != name.rstrip(". "):
        return "ends in a dot or a blank, which Windows drops"
    if len(name.encode(errors="surrogateescape")) > LONGEST_NAME:
        return f"is longer than {LONGEST_NAME} bytes"
    if name != unicodedata.normalize("NFC", name):
        return "has its accents apart from its letters, which macOS joins"
    return None


def alike(name: str) -> str:
    """Return what two names share that a file system may take for one."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())


def holdable(name: str, most: int = LONGEST) -> str:
    """Return ``name`` as any file system can hold it, in at most ``most`` bytes.

    Of a name that had to be changed for it comes as much as can be, and a digest of all of it, so
    that no two become one.
    """
    held = _HELD_NOWHERE.sub("_", plain(name)).strip(". ")
    if not held or _KEPT_BY_WINDOWS.fullmatch(held):
        held = f"_{held}"
    return held if held == name and _fits(name, most) else _with_digest(held, name, most)


def shortened(name: str, most: int = LONGEST) -> str:
    """Return a name of letters that are held everywhere, in at most ``most`` bytes."""
    return name if _fits(name, most) else _with_digest(name, name, most)


def _fits(name: str, most: int) -> bool:
    return len(name.encode()) <= most


def _with_digest(held: str, name: str, most: int) -> str:
    """Return the beginning of what is ``held`` of a name, and what tells it from others."""
    digest = hashlib.sha256(os.fsencode(name)).hexdigest()[:12]
    return f"{held.encode()[: most - 13].decode(errors='ignore')}~{digest}"
