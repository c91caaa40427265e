"""Tries attacks on what must be read, in this process, with each guard by itself or with all."""

import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

import pypdfium2

from clinicpress.checks.layout import misplaced
from clinicpress.checks.paper import turns
from clinicpress.checks.seen.letters import Reading
from clinicpress.checks.seen.lines import unreadable
from clinicpress.checks.seen.order import out_of_place
from clinicpress.checks.seen.wanted import wanted
from clinicpress.content.library import Library
from clinicpress.content.reader import read_library
from clinicpress.errors import Problem, Problems
from clinicpress.orders.plan import plan
from clinicpress.orders.request import Request
from clinicpress.pages import record
from clinicpress.pages import typeset as engine
from clinicpress.pages.compose import compose
from clinicpress.pages.tags import mend
from clinicpress.press.finish import finish
from clinicpress.runs.pipeline import Prepared, prepare
from tests.conftest import ROOT, TINY
from tests.hostile.sights import Attack, fonts

WAYS: Mapping[str, Mapping[str, object]] = {
    "proof": {},
    "grey": {"colour": "grey"},
    "home": {"productions": ("home",)},
    "press": {"productions": ("press",)},
}


@dataclass(frozen=True)
class Tried:
    """What came of an attack: what each guard says, and the file, where there is one.

    What the first guard refuses the second is not shown, as in a run.
    """

    style: tuple[Problem, ...] = ()
    sight: tuple[Problem, ...] = ()
    pdf: bytes = b""

    @property
    def printed(self) -> bool:
        return not self.style and not self.sight


class Bench:
    """A clinic's folder with the tiny topic, and a brand for each attack."""

    def __init__(self, folder: Path) -> None:
        shutil.copytree(TINY, folder / "sources")
        shutil.copytree(ROOT / "layouts", folder / "layouts")
        bend = folder / "sources/tiny/exercises/thumb-bend.yaml"
        words = bend.read_text().replace(
            "stop_if:", "avoid_if:\n  weak: your bones are weak\nstop_if:"
        )
        bend.write_text(words)
        self.layouts = folder / "layouts"
        self.library: Library = read_library(folder / "sources")
        self._fonts: dict[str, bytes] = {}
        self._made = 0

    def brand(self, attack: Attack) -> str:
        """Make a brand's folder that holds ``attack``, and return its name."""
        self._made += 1
        name = f"attack-{self._made}"
        folder = self.layouts / "brands" / name
        (folder / "styles").mkdir(parents=True)
        shutil.copy(self.layouts / "brands/default/brand.yaml", folder)
        (folder / "styles/brand.css").write_text(attack.style)
        if "@font-face" in attack.style:
            self._put_fonts(folder)
        for path, (old, new) in attack.templates.items():
            self._replace(folder, path, old, new)
        return name

    def _put_fonts(self, folder: Path) -> None:
        if not self._fonts:
            import fontpkg_fira_sans

            source = Path(fontpkg_fira_sans.__file__).parent / "files/FiraSans-SemiBold.ttf"
            self._fonts = fonts(source)
        for name, content in self._fonts.items():
            (folder / name).write_bytes(content)

    def _replace(self, folder: Path, path: str, old: str, new: str) -> None:
        """Change a template; of one that no brand may replace, a copy that the others import."""
        text = (self.layouts / "templates" / path).read_text(encoding="utf-8")
        assert old in text, f"{old} is not in {path}"
        own = path.replace("required/", "own/")
        self._write(folder / "templates" / own, text.replace(old, new))
        if own != path:
            for other in (self.layouts / "templates").rglob("*.html"):
                words = other.read_text(encoding="utf-8")
                name = other.relative_to(self.layouts / "templates")
                if path in words and name.parts[0] != "required":
                    self._write(folder / "templates" / name, words.replace(path, own))

    @staticmethod
    def _write(path: Path, words: str) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(words, encoding="utf-8")

    def prepared(self, brand: str, way: str, publication: str = "thumb-sheet") -> Prepared:
        """Return what an edition of the tiny topic is made of."""
        request = Request((publication,), brands=(brand,), **WAYS[way])  # type: ignore[arg-type]
        return prepare(plan(request, self.library, self.layouts)[0], self.library, self.layouts)

    def tried(self, attack: Attack, way: str, *, guarded: bool = True) -> Tried:
        """Print with ``attack``; without ``guarded`` the style guard is off."""
        brand = self.brand(attack)
        try:
            return self._tried(brand, way, guarded)
        finally:
            shutil.rmtree(self.layouts / "brands" / brand)  # a folder may hold so many files only

    def _tried(self, brand: str, way: str, guarded: bool) -> Tried:
        with _unguarded(off=not guarded):
            try:
                prepared = self.prepared(brand, way)
                design, manuscript = prepared.design, prepared.manuscript
                html = compose(manuscript, design, prepared.drawings().find)
                pages = engine.laid_out(html, design)
                if guarded and (style := tuple(misplaced(manuscript, design, pages))):
                    return Tried(style)
                laid, edition = mend(pages.pdf), prepared.edition
            except Problems as error:
                return Tried(style=error.problems)
        pdf = finish(laid, edition, spot=design.brand.colours.brand)
        with pypdfium2.PdfDocument(pdf) as document:
            sides = len(document)
        asked = wanted(manuscript, design)
        with Reading(laid) as read:
            seen = (
                *out_of_place(read, asked),
                *unreadable(pdf, asked, turns(edition, sides), read),
            )
        return Tried((), seen, pdf)


@contextmanager
def _unguarded(*, off: bool) -> Iterator[None]:
    """Switch off what judges computed styles, and the last style sheet."""
    if not off:
        yield
        return
    with (
        patch.object(engine, "last_style", lambda design: ""),
        patch.object(record, "touched", lambda box, ruled, signs: ""),
        patch.object(record, "covering", lambda page, signs: ()),
    ):
        yield


def refusing(results: Sequence[Tried]) -> float:
    """Return the share of attacks that what is seen refuses, of those that reach a page at all."""
    laid = [tried for tried in results if tried.pdf]
    return sum(bool(tried.sight) for tried in laid) / len(laid)
