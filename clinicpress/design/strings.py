"""Interface words: what the layout itself says on paper, from ``layouts/strings/<lang>.po``."""

import gettext
import re
from collections.abc import Iterator
from functools import lru_cache
from io import BytesIO
from pathlib import Path

from clinicpress.errors import Place, Problem, Problems, UnknownName, shown

# Babel takes lines that are none of these, and loses letters.
_LINE = re.compile(r'\s*(#.*|(msg\w+(\[\d\])?\s+)?"([^"\\]|\\.)*"\s*)?')


def _invalid(path: Path, line: int) -> Problems:
    hint = "Begin it with msgid or msgstr, and put the words in one pair of quotation marks."
    place = Place(shown(path), line)
    return Problems([Problem(place, "PO-SYNTAX", "this line is not valid in a PO file", hint)])


@lru_cache(maxsize=16)
def _catalogue(path: Path, modified: int) -> gettext.GNUTranslations:
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import PoFileError, read_po

    for number, line in enumerate(path.read_text("utf-8", "replace").splitlines(), start=1):
        if not _LINE.fullmatch(line):
            raise _invalid(path, number)
    try:
        with path.open("rb") as file:
            catalogue = read_po(file, abort_invalid=True)
    except PoFileError as error:
        raise _invalid(path, error.lineno + 1) from error
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


class Strings:
    """The interface words of one language, by key; a key that is missing is an error."""

    def __init__(self, path: Path) -> None:
        if not path.is_file():
            raise UnknownName(
                f"There are no interface words for “{path.stem}” in {shown(path.parent)}."
            )
        self._path = path
        self._words = _catalogue(path, path.stat().st_mtime_ns)

    def __call__(self, key: str, **values: object) -> str:
        """Return the words for ``key``, with ``{name}`` filled in from ``values``."""
        return self._fill(key, self._words.gettext(key), values)

    def plural(self, key: str, count: int, **values: object) -> str:
        """Return the words for ``key`` in the plural form that ``count`` takes."""
        words = self._words.ngettext(key, f"{key}.many", count)
        return self._fill(key, words, {"count": count, **values})

    def all(self) -> Iterator[str]:
        """Yield all words as they are written, in pieces where something is filled in between."""
        for words in self._words._catalog.values():  # type: ignore[attr-defined]
            yield from re.split(r"\{[^{}]*\}", words)

    def _fill(self, key: str, words: str, values: dict[str, object]) -> str:
        if words in (key, f"{key}.many"):
            place, hint = Place(shown(self._path)), f'Add a msgid "{key}" with its msgstr.'
            message = f"there are no words for “{key}”"
            raise Problems([Problem(place, "STRING-MISSING", message, hint)])
        try:
            return words.format(**values)
        except (LookupError, ValueError, AttributeError) as error:
            place, hint = Place(shown(self._path)), f"Use: {', '.join(map(str, values)) or 'none'}."
            message = f"the words for “{key}” hold a {{name}} that is not filled in there"
            raise Problems([Problem(place, "STRING-NAME", message, hint)]) from error
