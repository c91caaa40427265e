"""Where a link of the sources may lead: a page of the web, a mailbox, a telephone."""

import re
from urllib.parse import urlsplit

from clinicpress.errors import HIDDEN
from clinicpress.files.letters import scripts

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
