"""Takes off a PDF what does something, and what tells of people, before it goes on sheets.

What may stay is listed; all else goes, whatever it is called.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from pikepdf import Array, Dictionary, Name, Pdf, Stream, String

from clinicpress.pdf.metadata import HISTORY, PERSONAL, cut, read_metadata, write_metadata
from clinicpress.pdf.trees import named
from clinicpress.pdf.words import entries, word

CATALOG = {
    "/Type", "/Version", "/Extensions", "/Pages", "/PageLabels", "/Names", "/Dests", "/PageMode",
    "/ViewerPreferences", "/Outlines", "/OpenAction", "/AcroForm", "/Metadata", "/StructTreeRoot",
    "/MarkInfo", "/Lang", "/OutputIntents", "/OCProperties",
}  # fmt: skip
"""What a file as a whole may have (ISO 32000-1, 7.7.2)."""

FORM = {"/Fields", "/DR", "/DA", "/Q", "/NeedAppearances"}
"""What its form may have (12.7.2)."""

PRINTED = {
    "/Title", "/Subject", "/Keywords", "/Creator", "/Producer", "/CreationDate", "/ModDate",
    "/Trapped", "/GTS_PDFXVersion", "/GTS_PDFXConformance",
}  # fmt: skip
"""What is said of the print, and of no person (14.3.3)."""

STILL = {
    "/Link", "/Text", "/FreeText", "/Line", "/Square", "/Circle", "/Polygon", "/PolyLine",
    "/Highlight", "/Underline", "/Squiggly", "/StrikeOut", "/Caret", "/Stamp", "/Ink", "/Popup",
    "/Widget", "/Watermark", "/Redact", "/PrinterMark", "/TrapNet",
}  # fmt: skip
"""Annotations that do nothing by themselves (12.5.6)."""

TURNS = {"/NextPage", "/PrevPage", "/FirstPage", "/LastPage"}
"""Named actions that but turn pages (12.6.4.11)."""

WEB = ("http:", "https:", "mailto:", "tel:")
"""How a link's address begins."""

OUTSIDE = ("/F", "/Ref", "/OPI")
"""How a stream refers to another file (7.3.8, 8.10.4, 14.11.7)."""

PRIVATE = {"/PieceInfo", "/Thumb", "/SpiderInfo", "/Metadata"}
"""What programs noted beside the pages."""

TRAILER = {"/Root", "/Info", "/ID", "/Size", "/Encrypt"}
"""What stands beside the catalog (7.5.5)."""

HOLDERS = (Array, Dictionary, Stream)

MAPS = {
    "/Font", "/XObject", "/Pattern", "/Shading", "/ColorSpace", "/ExtGState", "/Properties",
    "/CharProcs", "/Colorants", "/RoleMap", "/ClassMap", "/Dests", "/N", "/R", "/D",
}  # fmt: skip
"""Where keys are names that somebody gave, not words of the format."""

SAID = {
    "script": ("a script", "{} scripts"),
    "action": ("an action", "{} actions"),
    "link": ("a link that leads to no page and no web", "{} links that lead to no page and no web"),
    "media": ("a film or sound", "{} films or sounds"),
    "outside": ("a reference to another file", "{} references to other files"),
    "xfa": ("a form of XFA", "{} forms of XFA"),
    "signature": ("a signature", "{} signatures"),
    "file": ("an attached file", "{} attached files"),
    "author": ("the author’s name", "the author’s name"),
    "notes": ("what programs noted", "what programs noted"),
}
"""What is said of each kind, of one and of many."""

KEPT = ("file", "author", "notes")
"""Kinds that may be kept if somebody wants them."""


def take_off(document: Pdf, keep: bool = False) -> Counter[str]:
    """Take off ``document`` what acts and what is private; return how often, by kind.

    With ``keep`` attached files, the author's name and what programs noted stay; scripts, actions
    and dead signatures never do. Links to the web and inside the file stay.
    """
    taken: Counter[str] = Counter()
    root = document.Root
    _strip_catalog(root, taken, keep)
    for part, is_map in _everything(root):
        if not is_map and part.objgen != root.objgen:
            _strip(part, taken, keep)
    _leave(document.trailer, TRAILER)
    if not keep:
        _strip_words(document, taken)
    return +taken


def told(taken: Counter[str]) -> str:
    """Return what was taken off as a sentence, or nothing."""
    if not taken:
        return ""
    said = [words[taken[kind] > 1].format(taken[kind]) for kind, words in SAID.items()
            if taken[kind]]  # fmt: skip
    mend = " What does nothing may stay: --keep." if any(taken[kind] for kind in KEPT) else ""
    return f"Taken off: {', '.join(said)}.{mend}"


def _everything(root: Any) -> Iterator[tuple[Any, bool]]:
    """Yield each dictionary and stream below ``root`` once, before what is in it is looked at.

    The second value says whether its keys are names that somebody gave; one that is used both ways
    comes twice.
    """
    stack: list[tuple[Any, bool]] = [(root, False)]
    seen = set()
    while stack:
        part, is_map = stack.pop()
        if part.is_indirect:
            if (part.objgen, is_map) in seen:
                continue
            seen.add((part.objgen, is_map))
        if isinstance(part, Array):
            stack += [(each, is_map) for each in part if isinstance(each, HOLDERS)]
            continue
        yield part, is_map
        stack += [(value, not is_map and key in MAPS) for key, value in entries(part)
                  if isinstance(value, HOLDERS)]  # fmt: skip


# ---------------------------------------------------------------- the file as a whole


def _strip_catalog(root: Any, taken: Counter[str], keep: bool) -> None:
    names = root.get("/Names")
    if isinstance(names, Dictionary):
        _count_names(names, taken, keep)
        _leave(names, {"/Dests"} | ({"/EmbeddedFiles"} if keep else set()))
    form = root.get("/AcroForm")
    if isinstance(form, Dictionary):
        taken["xfa"] += "/XFA" in form
        _leave(form, FORM)
    taken["notes"] += not keep and any(key in root for key in ("/PieceInfo", "/SpiderInfo"))
    taken["action"] += "/Requirements" in root
    _strip_slots(root, taken)
    if not keep and "/AF" in root:
        _count_files(root.get("/AF"), taken)
    _leave(root, CATALOG | ({"/AF", "/PieceInfo"} if keep else set()))
    if root.get("/PageMode") not in (Name.UseOutlines, Name.UseThumbs, Name.UseOC):
        _drop(root, "/PageMode")
    for key in ("/Names", "/AcroForm", "/Outlines", "/Metadata"):
        if key in root and not isinstance(root[key], Dictionary | Stream):
            del root[key]


def _count_names(names: Any, taken: Counter[str], keep: bool) -> None:
    taken["script"] += len(named(names.get("/JavaScript")))
    taken["media"] += len(named(names.get("/Renditions")))
    if not keep:
        taken["file"] += len(named(names.get("/EmbeddedFiles")))


def _count_files(files: Any, taken: Counter[str]) -> None:
    taken["file"] = max(taken["file"], len(files) if isinstance(files, Array) else 1)


def _leave(holder: Any, allowed: set[str]) -> None:
    for key in set(holder.keys()) - allowed:
        del holder[key]


def _drop(holder: Any, key: str) -> bool:
    if key in holder:
        del holder[key]
        return True
    return False


def _drop_all(holder: Any, keys: Iterable[str]) -> bool:
    """Take off every one of ``keys``; return whether there was any."""
    return sum(_drop(holder, key) for key in keys) > 0


# ---------------------------------------------------------------- each part


def _strip(part: Any, taken: Counter[str], keep: bool) -> None:
    """Take off one dictionary or stream what acts and what is private."""
    _strip_slots(part, taken)
    if isinstance(part, Stream):
        taken["outside"] += _drop_all(part, OUTSIDE)
    if not keep:
        taken["notes"] += _drop_all(part, PRIVATE)
        taken["file"] += _drop(part, "/AF")
    if (kind := part.get("/Subtype")) is not None and "/Rect" in part:
        _strip_annotation(part, word(kind), taken, keep)
    value = part.get("/V")
    if isinstance(value, Dictionary) and ("/ByteRange" in value or part.get("/FT") == Name.Sig):
        taken["signature"] += 1
        for key in ("/V", "/Lock", "/SV"):
            _drop(part, key)


def _strip_annotation(part: Any, kind: str, taken: Counter[str], keep: bool) -> None:
    """Leave of an annotation that plays or holds a file its look on paper, and of all no name."""
    if kind == "/FileAttachment" and keep:
        return
    if kind == "/FileAttachment":
        taken["file"] += 1
    elif kind not in STILL:
        taken["media"] += 1
    if kind not in STILL:
        _leave(part, {"/Type", "/Rect", "/AP", "/AS", "/F", "/P", "/Contents", "/StructParent",
                      "/OC", "/Border", "/NM"})  # fmt: skip
        part["/Subtype"] = Name.Stamp
    _drop(part, "/Sound")
    if kind != "/Widget" and not keep:
        taken["author"] |= _drop(part, "/T")


def _strip_slots(part: Any, taken: Counter[str]) -> None:
    """Take off a part every action but those that turn to a page or lead to the web."""
    more = part.get("/AA")
    for action in (value for _, value in entries(more)) if isinstance(more, Dictionary) else ():
        _count(action, taken)
    _drop(part, "/AA")
    for key in ("/A", "/PA", "/OpenAction"):
        action = part.get(key)
        if isinstance(action, Dictionary | Stream) and "/S" in action:
            _strip_action(part, key, action, taken)


def _strip_action(holder: Any, key: str, action: Any, taken: Counter[str]) -> None:
    for each in _chain(action.get("/Next")):
        _count(each, taken)
    _drop(action, "/Next")
    if not _is_still(action):
        _count(action, taken)
        del holder[key]


def _is_still(action: Any) -> bool:
    match word(action.get("/S")):
        case "/GoTo":
            return True
        case "/URI":
            return word(action.get("/URI")).strip().lower().startswith(WEB)
        case "/Named":
            return word(action.get("/N")) in TURNS
        case _:
            return False


def _chain(action: Any) -> Iterator[Any]:
    """Yield each action of a chain once."""
    if isinstance(action, Dictionary | Array):
        yield from (each for each, _ in _everything(action) if "/S" in each)


def _count(action: Any, taken: Counter[str]) -> None:
    if not isinstance(action, Dictionary | Stream):
        return
    match word(action.get("/S")):
        case "/JavaScript":
            taken["script"] += 1
        case "/Rendition" | "/Movie" | "/Sound" | "/RichMediaExecute" | "/GoTo3DView":
            taken["media"] += 1
        case "/URI":
            taken["link"] += 1
        case _:
            taken["action"] += 1


# ---------------------------------------------------------------- what is said of the file


def _strip_words(document: Pdf, taken: Counter[str]) -> None:
    """Take the names of people out of what is said of the file."""
    known = document.trailer.get("/Info")
    if isinstance(known, Dictionary):
        taken["author"] |= bool(word(known.get("/Author")).strip())
        _leave(known, PRINTED)
        for key in [key for key, value in entries(known) if not isinstance(value, String | Name)]:
            del known[key]
    elif "/Info" in document.trailer:
        del document.trailer["/Info"]
    if "/Metadata" in document.Root:
        _strip_metadata(document, taken)


def _strip_metadata(document: Pdf, taken: Counter[str]) -> None:
    """Take people and the history of the file out of the metadata, or all, if it is no XML."""
    if (tree := read_metadata(document)) is None:
        del document.Root["/Metadata"]
        taken["notes"] += 1
        return
    people, history = cut(tree, PERSONAL), cut(tree, HISTORY)
    if people or history:
        taken["author"] |= people
        taken["notes"] += history
        write_metadata(document, tree)
