"""What has no business in a print: the composed page is looked at before it is laid out.

A brand's template may write any HTML. Scripts, forms, frames, other documents and links that lead
nowhere from a sheet of paper, or into this machine, are told.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from clinicpress.content.links import poses, refusal
from clinicpress.content.text import SAY
from clinicpress.design.design import Design
from clinicpress.design.outside import wrong_with
from clinicpress.design.pictures import check_drawing
from clinicpress.design.style import addresses
from clinicpress.errors import Place, Problem, Unfit, shown
from clinicpress.pages.slots import FOLDER, FRAME

OUT_OF_PLACE = frozenset({
    "script", "link", "base", "object", "embed", "iframe", "frame", "frameset", "applet", "form",
    "input", "button", "select", "textarea", "audio", "video",
})  # fmt: skip

LINKS = ("http", "https", "mailto", "tel")
"""What a link in a print may lead to, apart from a place in the same print."""

DEEPEST = 150
"""Elements that may stand in each other; our pages have 12."""

SVG = "{http://www.w3.org/2000/svg}svg"


def out_of_place(page: Any, design: Design) -> list[Problem]:
    """Return a Problem for each thing in ``page``, an element tree, that no print holds."""
    return list(dict.fromkeys(_problems(page, Place(f"brands/{design.brand_id}"), design)))


def _problems(page: Any, place: Place, design: Design) -> Iterator[Problem]:
    for element, depth, slot in _with_depth(page):
        if depth > DEEPEST:
            yield Problem(place, "LAYOUT-DEEP", f"elements stand in each other more than {DEEPEST} "
                          "deep", "Close each where it ends.")  # fmt: skip
            return
        tag = element.tag.lower()
        if tag in OUT_OF_PLACE or (tag == "meta" and _has(element, "http-equiv")):
            yield Problem(place, "LAYOUT-MARKUP", f"a template holds <{tag}>, which has no "
                          "business in a print", "Take it out.")  # fmt: skip
        if tag == SVG.lower():
            yield from _drawing(element, place)
        if tag == "style":
            yield from _style("".join(element.itertext()), place, design)
        yield from _attributes(element, tag, place, design)
        if tag in ("a", "area"):
            yield from _link(element, _slot(slot, design) or place)


def _with_depth(page: Any) -> Iterator[tuple[Any, int, str]]:
    """Yield each element with the number of those that it stands in, and the slot, if in one."""
    waiting = [(page, 0, "")]
    while waiting:
        element, depth, slot = waiting.pop()
        if isinstance(element.tag, str):
            yield element, depth, slot
            slot = element.get(FRAME) or slot
            waiting += [(inner, depth + 1, slot) for inner in reversed(element)]


def _slot(name: str, design: Design) -> Place | None:
    """Return where what fills a slot is written."""
    files = (folder / "templates" / FOLDER / Path(f"{name}.html").name for folder in design.folders)
    return next((Place(shown(file)) for file in files if name and file.is_file()), None)


def _has(element: Any, name: str) -> bool:
    return any(key.lower() == name for key in element.keys())  # noqa: SIM118 - no mapping


def _attributes(element: Any, tag: str, place: Place, design: Design) -> Iterator[Problem]:
    for name, value in element.items():
        if name.startswith("on"):
            yield Problem(place, "LAYOUT-MARKUP", f"a template holds the script “{name}”",
                          "Take it out.")  # fmt: skip
        elif name == "style":
            yield from _style(value, place, design)
        elif name == "rel" and "attachment" in value.lower():
            yield Problem(place, "LAYOUT-MARKUP", "a template attaches a file to the print",
                          "Take rel=attachment out.")  # fmt: skip
        elif name == "href" and not _is_link(value.strip()):
            said = " ".join("".join(element.itertext()).split())[:60] or f"<{tag}>"
            yield Problem(place, "LINK", f"the words “{said}” link to “{value.strip()[:200]}”, "
                          "which leads nowhere from a print",
                          "Write the whole address, with https:// before it.")  # fmt: skip


def _link(element: Any, place: Place) -> Iterator[Problem]:
    """Yield a Problem if a link leads where none of the sources may, or its words lead astray."""
    address = (element.get("href") or "").strip()
    if not _is_link(address) or address.startswith("#"):
        return
    if address.lower().startswith("tel:"):
        address = "".join(address.split())
    said = " ".join("".join(_said(element)).split())
    if refused := refusal(address):
        yield Problem(place, "LINK", f"the link “{address[:200]}” {refused[0]}", refused[1])
    elif poses(said, address):
        wrong = f"the link “{said[:60]}” leads to “{address[:200]}”, which its words do not say"
        yield Problem(place, "LINK", wrong, SAY)


def _said(element: Any) -> Iterator[str]:
    """Yield what is read of an element in its order, with the words for pictures."""
    waiting: list[Any] = [element]
    while waiting:
        one = waiting.pop()
        if isinstance(one, str):
            yield one
            continue
        if isinstance(one.tag, str):
            yield " " if one.tag == "br" else ""
            yield f" {alt} " if (alt := one.get("alt")) else ""
            yield one.text or ""
        for inner in reversed(one):
            waiting += [inner.tail or "", inner]


def _is_link(address: str) -> bool:
    if address.startswith("#"):
        return True
    try:
        parts = urlsplit(address)
        return parts.scheme in LINKS and bool(parts.netloc or parts.path)
    except ValueError:
        return False


def _style(css: str, place: Place, design: Design) -> Iterator[Problem]:
    folder, layouts = design.folders[0], design.folders[-1]
    for found in addresses(css):
        yield from wrong_with(found, place, folder, layouts)


def _drawing(element: Any, place: Place) -> Iterator[Problem]:
    try:
        check_drawing(element)
    except Unfit as error:
        yield Problem(place, "LAYOUT-PICTURE", f"a drawing in a template {error.wrong}", error.hint)
