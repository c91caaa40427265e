"""The counter page: finds, opens and prints a sheet in any browser, without this program.

One file in the output folder, with its styles, script and pictures inside: it is opened from a
shared drive and asks nothing of any network. It offers only what was made from the sources and
layouts as they are now, and nothing that was made for one patient.
"""

import base64
import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from clinicpress.counter import KEPT, LANGUAGE, PAGE
from clinicpress.counter.cards import Index, Sheet
from clinicpress.counter.pictures import data_url, pictured
from clinicpress.errors import Place
from clinicpress.files import digests, paths
from clinicpress.files.output import held, is_link, own_folder, write_atomic
from clinicpress.orders.manifest import Made, Manifest, content_digest, parsed

if TYPE_CHECKING:
    from clinicpress.content.library import Library
    from clinicpress.design.brandfile import Brand
    from clinicpress.design.design import Design
    from clinicpress.design.strings import Strings

OWN = paths.bundled("layouts") / "counter"
"""Template, style and script of the page: the program's own, whatever layouts are used."""

NOTE = "page.json"
MOST_OF_A_NOTE = 1000  # bytes

KNOWN = {"topic", "publication", "kind", "audience", "format", "language", "region", "brand",
         "paper", "setting", "production", "fold", "colour", "flip", "grammage",
         "reference"}  # fmt: skip


def refresh(sources: Path, layouts: Path, output: Path) -> Path | None:
    """Write the counter page if it is missing, changed or not of the files that there are now.

    Returns its path if it was written. Raises Problems or EnvironmentFault.
    """
    kept, files, state = _found(sources, layouts, output)
    if _noted(output) == _note(state, kept):
        return None
    from clinicpress.content.reader import read_library

    made = ""
    while state != made:  # where another run came to its end meanwhile, its files belong here, too
        page, made = write_counter(layouts, output, files, read_library(sources)), state
        note = json.dumps(_note(state, kept))
        write_atomic(own_folder(output / KEPT) / NOTE, note.encode())
        kept, files, state = _found(sources, layouts, output)
    return page


def _found(sources: Path, layouts: Path, output: Path) -> tuple[Manifest, list[Made], str]:
    """Return what is kept for the content as it is, its files, and a digest of all of this."""
    kept = Manifest(output, digests.inputs(sources, layouts))
    files = kept.current()
    own = [path.read_text("utf-8") for path in sorted(OWN.iterdir())]
    found = json.dumps([kept.inputs, [asdict(file) for file in files], own])
    return kept, files, content_digest(found.encode())


def _note(state: str, kept: Manifest) -> list[str]:
    """Return what says of which files the page was made, and that it is this page."""
    page = kept.digests.of(kept.output / PAGE, PAGE)
    kept.digests.keep()
    return [state, page or ""]


def _noted(output: Path) -> object:
    content = None if is_link(output / KEPT) else held(output / KEPT / NOTE, MOST_OF_A_NOTE)
    return parsed(content, lambda said: said) if content is not None else None


def write_counter(layouts: Path, output: Path, files: Sequence[Made], library: "Library") -> Path:
    """Write the page that offers ``files``, and return its path.

    The same files, library and layouts give the same bytes. Raises Problems or EnvironmentFault.
    """
    from clinicpress.pages.view import view

    design = _design(layouts)
    index = Index(library, layouts, design.strings())
    offered = [file for file in files if is_for_anybody(file.edition) and index.knows(file)]
    choices = index.choices(offered)
    asked = {choice.id for choice in choices}
    sheets = tuple(pictured(index.sheets(offered, asked), output))
    locale = _locale(design.brand, offered)
    style = _set("counter.css", {}, design, locale)
    script = (OWN / "counter.js").read_text(encoding="utf-8")
    said = _said(index.strings, len(sheets))
    values = {
        "choices": [view(choice, "id", "options") for choice in choices],
        "locale": locale,
        "logo": _logo(design),
        "said": said,
        "said_json": _json(said),
        "script": script,
        "script_hash": _hash(script),
        "sheets": list(map(_shown, sheets)),
        "style": style,
        "style_hash": _hash(style),
    }
    page = _set("counter.html", values, design, locale)
    write_atomic(output / PAGE, page.encode())
    return output / PAGE


def _shown(sheet: Sheet) -> Mapping[str, Any]:
    """Return what the page shows of a card."""
    from clinicpress.pages.view import view

    prints = [
        {
            **view(each, "values", "label", "paper", "words", "address", "number"),
            "pages": each.made.pages,
        }
        for each in sheet.prints
    ]
    return {
        **view(
            sheet,
            "values",
            "title",
            "summary",
            "for_whom",
            "marks",
            "words",
            "held",
            "also",
            "whole",
            "picture",
        ),
        "topic": view(sheet.topic, "version", "date", "review_by"),
        "state": sheet.state,
        "prints": prints,
    }


def _json(content: object) -> str:
    """Return JSON that cannot end the element that it stands in."""
    written = json.dumps(content, sort_keys=True)
    return written.translate({ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&'"})


def _set(name: str, values: Mapping[str, Any], design: "Design", locale: str) -> str:
    """Return a template of the page, set in a process of its own. Raises Problems."""
    from clinicpress.processes.workers import bounded

    return bounded(_render, (name, values, design, locale), Place(PAGE), design.brand_id,
                   words=len(repr(values).split()))  # fmt: skip


def _render(job: "tuple[str, Mapping[str, Any], Design, str]") -> str:
    from clinicpress.pages.compose import set_counter

    return set_counter(*job)


def _design(layouts: Path) -> "Design":
    """Return the design of the page: the default brand's, or where there is none, the first's."""
    from clinicpress.design.brand import brand_ids
    from clinicpress.design.design import open_design, read_formats
    from clinicpress.orders.plan import FIRST_BRAND

    brands = brand_ids(layouts)
    id, format = next(iter(read_formats(layouts).items()))
    return open_design(
        layouts,
        brand=FIRST_BRAND if FIRST_BRAND in brands else brands[0],
        format=id,
        language=LANGUAGE,
        paper=next(iter(format.body)),
    )


def is_for_anybody(edition: Mapping[str, Any]) -> bool:
    """Return whether a print may lie on a shared drive's list, open to all staff.

    What is made for a press, or in grey, is sent there, and not looked for.

    One that was made for a patient may not: it has exercises, techniques or a dose of its own, or
    whatever else an edition may come to have beyond what the page can tell apart. What is folded,
    cut or hung up, as its ``kind`` says, lies there on the sheets of a printer; all else as pages,
    and on such sheets, too, where these were made.
    """
    from clinicpress.content.model import EXTRACTS

    own = [value for name, value in edition.items() if name not in KNOWN]
    ways = ("home",) if edition.get("kind") in EXTRACTS else ("proof", "home")
    is_usual = edition.get("production", "proof") in ways and edition.get("colour", "rgb") == "rgb"
    return is_usual and not any(own)


def _locale(brand: "Brand", files: Iterable[Made]) -> str:
    """Return the language tag that dates are written after: the one country's, or the brand's."""
    regions = {file.edition["region"] for file in files}
    region = regions.pop() if len(regions) == 1 else brand.region or ""
    return f"{LANGUAGE}-{region}" if len(region) == 2 else LANGUAGE


def _said(strings: "Strings", most: int) -> Mapping[str, Any]:
    """Return what the script says: a line for each number of sheets, in its right plural."""
    return {
        "found": [
            strings.plural("counter.found", count) if count else strings("counter.found.none")
            for count in range(most + 1)
        ],
        "without": [
            strings.plural("counter.without", count, name="{name}") for count in range(most + 1)
        ],
        "overdue": [strings.plural("counter.overdue.some", count) for count in range(most + 1)],
        "search": strings("counter.without.search"),
        "holds": strings("counter.why.holds", names="{names}"),
        "also": strings("counter.why.also", names="{names}"),
        "skipped": strings("counter.search.skipped").split(),
        "printing": strings("counter.printing", name="{name}"),
        "printed": strings("counter.printed", name="{name}"),
        "opened": strings("counter.opened", name="{name}"),
        "unprinted": strings("counter.unprinted", name="{name}"),
    }


def _hash(content: str) -> str:
    """Return the hash by which the page's own policy knows its script and style."""
    return "sha256-" + base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()


def _logo(design: "Design") -> str | None:
    if design.brand.logo is None:
        return None
    path = design.find(design.brand.logo)
    kinds = {".svg": "svg+xml", ".png": "png"}
    return data_url(kinds.get(path.suffix.lower(), "jpeg"), path.read_bytes())
