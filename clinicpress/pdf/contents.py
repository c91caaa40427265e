"""What a finished PDF may hold beside its pages: links to the web, and to places in itself.

Every PDF is looked through object by object, however its pages were made.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from pikepdf import Array, Dictionary, Name, Pdf, Stream, String

from clinicpress.errors import Place, Problem, Problems

SCHEMES = ("http", "https", "mailto", "tel")

GOING = ("/URI", "/GoTo")
"""The actions that a link may have."""

FORBIDDEN = ("/AA", "/JS", "/JavaScript", "/EF", "/EmbeddedFiles", "/AcroForm", "/XFA",
             "/RichMedia", "/AF", "/Launch", "/Win", "/Collection", "/Ref")  # fmt: skip
"""Keys of what runs, fetches or carries a file."""

FORM = frozenset({"/Fields", "/DR", "/DA"})
"""What a form that does nothing has."""

FIELD = frozenset({"/Type", "/Subtype", "/FT", "/T", "/TU", "/Rect", "/F", "/P", "/Ff", "/MaxLen",
                   "/DA", "/AP", "/AS", "/V", "/StructParent"})  # fmt: skip
"""What a field has that does nothing but wait to be filled in."""

SUSPECT = re.compile(
    rb"\(|<[0-9a-fA-F]|/(?:Annot|Filespec|OpenAction|Next|Metadata|%s)"
    % b"|".join(key[1:].encode() for key in FORBIDDEN)
)
"""What an object holds, as it is written, that is worth a look: a string, or one of these names.
Nine in ten hold none: to look at every key of all takes three times as long."""

_LOCAL = re.compile(r"file:|(?:^|[\s(\"'])/(?:home|Users|root|tmp|private|var|mnt)/", re.IGNORECASE)


def refuse_foreign(document: Pdf, *, form: bool = False) -> None:
    """Raise Problems if a finished PDF holds what no print may.

    With ``form`` it may have fields, which are empty and do nothing.
    """
    if problems := foreign_matter(document, form=form):
        raise Problems(problems)


def foreign_matter(document: Pdf, *, form: bool = False) -> list[Problem]:
    """Return a Problem for each thing in ``document`` that is neither page nor allowed link."""
    found: dict[str, None] = {}
    for each in document.objects:
        if isinstance(each, Stream) or (
            isinstance(each, Dictionary | Array) and SUSPECT.search(each.unparse(resolved=True))
        ):
            found.update(dict.fromkeys(_within(each, form)))
    return [foreign(what) for what in found]


def foreign(what: str) -> Problem:
    """Return what to say of ``what`` a finished PDF holds."""
    return Problem(Place(), "PDF-CONTENT", f"the finished PDF holds {what}",
                   "Take out what a template or a text put there.")  # fmt: skip


def _within(holder: Any, form: bool) -> Iterator[str]:
    """Yield what is wrong with one object and all that stands in it; others have their own turn."""
    waiting = [holder]
    while waiting:
        here = waiting.pop()
        if isinstance(here, Array):
            inner = list(here)
        else:
            yield from _keys(here, form)
            if here.get("/Type") == Name.Metadata:
                yield from _string(here.read_bytes().decode("utf-8", "replace"))
            inner = [here[key] for key in here.keys()]  # noqa: SIM118 - no mapping
        for each in inner:
            if isinstance(each, String):
                yield from _string(str(each))
            elif isinstance(each, Dictionary | Array | Stream) and not each.is_indirect:
                waiting.append(each)


def _keys(holder: Any, form: bool) -> Iterator[str]:
    keys = set(holder.keys())
    is_ours = form and "/AcroForm" in keys and set(holder.AcroForm.keys()) <= FORM
    yield from (f"{key[1:]}" for key in FORBIDDEN
                if key in keys and not (is_ours and key == "/AcroForm"))  # fmt: skip
    if form and holder.get("/Subtype") == Name.Widget:
        if not keys <= FIELD or holder.get("/V", Name.Off) != Name.Off:
            yield "a field that is filled in, or does something"
    elif holder.get("/Type") == Name.Annot and holder.get("/Subtype") != Name.Link:
        yield f"an annotation of the kind {holder.get('/Subtype')}"
    if holder.get("/Type") == Name.Filespec:
        yield "a reference to another file"
    if "/OpenAction" in keys and not isinstance(holder["/OpenAction"], Array):
        yield from _action(holder["/OpenAction"])
    if "/A" in keys and holder.get("/Type") == Name.Annot:
        yield from _action(holder["/A"])
    if "/Next" in keys and "/S" in keys and holder.get("/Type") != Name.StructElem:
        yield "an action that is followed by another"


def _action(action: Any) -> Iterator[str]:
    kind = str(action.get("/S", "")) if isinstance(action, Dictionary) else ""
    if kind not in GOING:
        yield f"an action of the kind {kind[1:] or 'that is none'}"
    elif kind == "/URI" and not _is_address(str(action.get("/URI", ""))):
        yield f"a link to “{_short(str(action.get('/URI', '')))}”"


def _is_address(address: str) -> bool:
    try:
        parts = urlsplit(address)
        return parts.scheme in SCHEMES and bool(parts.netloc or parts.path)
    except ValueError:
        return False


def _string(words: str) -> Iterator[str]:
    here = str(Path.cwd())
    if _LOCAL.search(words) or (len(here) > 8 and here in words):
        yield "an address of a file on this machine"


def _short(address: str) -> str:
    """Return an address without the folders of this machine."""
    name = address.rsplit("/", 1)[-1] if address.lower().startswith("file:") else address
    return name[:200]
