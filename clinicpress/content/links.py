"""Where a link may lead, in sources and templates: a page of the web, a mailbox, a telephone.

And what its words may say of that: an address or a number that they name is the one it leads to.
"""

import re
import unicodedata
from urllib.parse import urlsplit

from clinicpress.errors import HIDDEN
from clinicpress.files.letters import scripts, without_hidden

LONGEST = 500
"""Characters of an address."""

_LABEL = r"[^\W_](?:[\w-]{0,61}[^\W_])?"
_HOST = re.compile(rf"(?:{_LABEL}\.)+(?!\d+$)[^\W_][\w-]{{0,61}}[^\W_]")
"""Names with dots between, the last of which is no number."""

_MAILBOX = re.compile(r"[A-Za-z0-9][A-Za-z0-9.+_-]{0,63}@([^\s@/?#]+?)(?:\?subject=[^&#]*)?")
_TELEPHONE = re.compile(r"\+?[0-9][0-9().-]{1,30}")

Refusal = tuple[str, str]
"""What is wrong, which goes on from “the link”, and the mend."""

WHOLE = "Write the whole address, with https:// in front."


def refusal(address: str) -> Refusal | None:
    """Return why no print may link to ``address``, and the mend, or None.

    What is not a whole address would be taken for a file beside the clinic's layouts, whose path
    would stand in every PDF.
    """
    if len(address) > LONGEST:
        return f"is longer than {LONGEST} characters", "Link to a shorter address."
    if re.search(r"[\s\\<>\"`{}|^]", address) or HIDDEN.search(address):
        return "holds a blank or another character that no address has", WHOLE
    scheme, _, rest = address.partition(":")
    match scheme.lower():
        case "http" | "https":
            return _web(address)
        case "mailto":
            return _mailbox(rest)
        case "tel" if _TELEPHONE.fullmatch(rest):
            return None
        case "tel":
            return "holds no telephone number", "Write it as tel:+441632960000."
        case other if _ and re.fullmatch("[a-z][a-z0-9+.-]*", other) and "." not in other:
            return f"begins with “{other}:”", "Link to https://, mailto: or tel: only."
        case _:
            return "is no whole address", WHOLE


def _web(address: str) -> Refusal | None:
    try:
        parts = urlsplit(address)
        host, named = parts.hostname or "", parts.username is not None
        _ = parts.port
    except ValueError:
        return "is no address", WHOLE
    if named:
        return "holds a user's name before the host", "Take out what stands before the “@”."
    if not re.match("https?://", address, re.IGNORECASE):
        return "is no whole address", WHOLE
    return _host(host)


def _mailbox(rest: str) -> Refusal | None:
    found = _MAILBOX.fullmatch(rest)
    if found is None:
        return "holds no mailbox, or more than one", "Write it as mailto:name@example.org."
    return _host(found[1])


def _host(host: str) -> Refusal | None:
    try:
        shown = ".".join(map(_as_shown, host.split(".")))
    except UnicodeError:
        shown = ""
    if not _HOST.fullmatch(shown):
        return "names no host of the internet", WHOLE
    if not shown.isascii() and len(scripts(shown)) > 1:
        return "has a host that is written in several alphabets", "Type the host again, in one."
    return None


def _as_shown(label: str) -> str:
    """Return a part of a host as a browser may show it."""
    return label[4:].encode().decode("punycode") if label.lower().startswith("xn--") else label


# ---------------------------------------------------------------- what its words say

_SAID_HOST = re.compile(
    r"(?:[a-z][a-z0-9+.-]*://)?(?:[^\s/@]*@)?((?:[\w-]+\.)+[\w-]+)(?::\d*)?(?:[/?#]\S*)?",
    re.IGNORECASE,
)
"""A word that a reader takes for an address: a host, whatever stands before and after it."""

_FILES = ("doc", "docx", "htm", "html", "pdf", "txt")
"""Endings of files, which no host has."""

_AROUND = "()[]<>“”‘’„«»\"'.,;:!?…"
_POINTS = str.maketrans(dict.fromkeys("。．｡․", "."))
_NUMBER = re.compile(r"\+?\(?[0-9](?:[0-9\s().–/-]*[0-9])?")
SHORTEST = 3
"""Digits of a number that somebody may call."""


def poses(words: str, address: str) -> bool:
    """Return whether the words of a link name another host, or another number, than it leads to."""
    said = unicodedata.normalize("NFKC", without_hidden(words.translate(_POINTS)))
    said = re.sub(r"\d", lambda found: str(unicodedata.digit(found[0])), said)
    hosts = {host for word in said.split() if (host := _host_in(word))}
    if hosts - {_host_of(address)}:
        return True
    scheme, _, number = address.partition(":")
    return scheme.lower() == "tel" and _names_another(said, number)


def _host_in(word: str) -> str:
    """Return the host that a word names, if it does: one that ends in letters, and in no file."""
    found = _SAID_HOST.fullmatch(word.strip(_AROUND))
    last = found[1].rpartition(".")[2].lower() if found else ""
    is_host = last.startswith("xn--") or (last.isalpha() and len(last) > 1 and last not in _FILES)
    return _plain_host(found[1]) if found and is_host else ""


def _host_of(address: str) -> str:
    try:
        host = urlsplit(address).hostname or ""
    except ValueError:
        return ""
    scheme, _, rest = address.partition(":")
    if scheme.lower() == "mailto":
        host = rest.partition("?")[0].rpartition("@")[2]
    return _plain_host(host)


def _plain_host(host: str) -> str:
    """Return a host as it is compared: as a browser shows it, with or without “www.”."""
    try:
        shown = ".".join(map(_as_shown, host.lower().split(".")))
    except UnicodeError:
        shown = host
    return shown.removeprefix("www.")


def _names_another(said: str, number: str) -> bool:
    """Return whether words name a number that is not ``number``, however both are written.

    Words that hold others beside it, such as when it is answered, name it all the same.
    """
    own = _dialled(number)
    if _NUMBER.fullmatch(said.strip()):
        other = _dialled(said)
        both = {each for each in own | other if each.startswith("+")}
        return len(both) > 1 or not own & other
    runs = [_digits(found[0]) for found in _NUMBER.finditer(said)]
    named = any(len(run) >= SHORTEST for run in runs)
    return named and not any(each in "".join(runs) for each in own if len(each) >= SHORTEST)


def _dialled(number: str) -> set[str]:
    """Return the digits by which a number may be dialled, from abroad and at home.

    A code of a country has one to three digits, and at home a 0 may stand in its place.
    """
    number = number.strip().replace("(0)", "")
    digits = _digits(number)
    if not (number.startswith(("+", "(+")) or (number.startswith("00") and len(digits) > 7)):
        return {digits}
    whole = digits if "+" in number else digits.removeprefix("00")
    home = {whole[code:] for code in (1, 2, 3) if len(whole) - code >= SHORTEST}
    return {f"+{whole}", *home, *(f"0{each}" for each in home)}


def _digits(words: str) -> str:
    return "".join(filter(str.isdigit, words))
