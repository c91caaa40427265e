"""What the layout engine may open: pictures of the brand and the layouts, and the fonts."""

import os
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from clinicpress.design.design import PARTS, Design
from clinicpress.design.fonts import font_files
from clinicpress.design.pictures import ENDINGS, check_picture
from clinicpress.errors import Place, Problem, Unfit
from clinicpress.files.paths import is_hidden

REFUSED = "clinicpress-opens-no-such-file"
"""Marks in the engine's log what the fetcher has already made a Problem of."""


def fetcher(engine: Any, design: Design) -> Any:
    """Return a fetcher that opens pictures of the layouts and the fonts, and nothing else."""
    fonts = {path.resolve() for family in design.fonts.values()
             for path in font_files(family).values()}  # fmt: skip
    base: Any = engine.URLFetcher

    class Fetcher(base):  # type: ignore[misc]
        def __init__(self) -> None:
            super().__init__()
            self.refused: list[Problem] = []

        def fetch(self, url: str, headers: Any = None) -> Any:
            name = "a picture" if url[:5].lower() == "data:" else f"“{url}”"
            try:
                parts = urlsplit(url)
                if parts.scheme == "data":
                    return self._checked(super().fetch(url, headers))
                path = Path(unquote(parts.path)) if parts.scheme == "file" else None
                if path and path.resolve() in fonts:
                    return super().fetch(url, headers)
                if path is None:
                    raise Unfit("is on the network, and so is not used", COPY)
                name = f"“{path.name}”"
                return engine.URLFetcherResponse(url, _picture_at(path, design))
            except Unfit as error:
                self.refused.append(Problem(Place(f"brands/{design.brand_id}"), "LAYOUT-OUTSIDE",
                                            f"{name} {error.wrong}", error.hint))  # fmt: skip
            except ValueError:  # an address that is none; a file that is missing the engine tells
                self.refused.append(Problem(Place(f"brands/{design.brand_id}"), "LAYOUT-OUTSIDE",
                                            f"{name[:200]} cannot be opened", COPY))  # fmt: skip
            raise ValueError(REFUSED)

        def _checked(self, response: Any) -> Any:
            """Return what a ``data:`` address holds, which is a picture or nothing."""
            content = response.read()
            check_picture(content, IN_PLACE.get(response.content_type, ""))
            return engine.URLFetcherResponse("data:", content, response.headers)

    return Fetcher()


COPY = "Copy it into the brand's folder and refer to it by its name."

IN_PLACE = {"image/svg+xml": ".svg", "image/png": ".png", "image/jpeg": ".jpg"}


def _picture_at(path: Path, design: Design) -> bytes:
    """Return a picture of the brand's folders or the layouts. Raises Unfit for any other file."""
    path = _along(path, design)
    *brands, layouts = (folder.resolve() for folder in design.folders)
    allowed = (*brands, *(layouts / part for part in PARTS))
    home = next((folder for folder in allowed if path.resolve().is_relative_to(folder)), None)
    if home is None:
        raise Unfit("is outside the folder of the layouts, and so is not used", COPY)
    if is_hidden(path.resolve().relative_to(home)):
        raise Unfit("is hidden, and so is not opened", "Give it a name that begins with a letter.")
    if Path(os.path.normpath(path)) != path.resolve():
        raise Unfit("is a link, and no link in a brand is followed", "Put the file itself there.")
    if path.suffix.lower() not in ENDINGS:
        raise Unfit("is no picture, and so is not opened", "Refer to SVG, PNG and JPEG files only.")
    content = path.read_bytes()
    check_picture(content, path.suffix)
    return content


def _along(path: Path, design: Design) -> Path:
    """Return where a picture lies that is in the folder of a brand that this one is like."""
    own, *others = (folder.resolve() for folder in design.folders[:-1])
    if path.exists() or not path.is_relative_to(own):
        return path
    inherited = (folder / path.relative_to(own) for folder in others)
    return next((each for each in inherited if each.is_file()), path)
