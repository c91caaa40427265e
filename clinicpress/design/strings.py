"""Interface words: what the layout itself says on paper, from ``layouts/strings/<lang>.po``."""

import gettext
from functools import lru_cache
from io import BytesIO
from pathlib import Path

from clinicpress.errors import Place, Problem, Problems, UnknownName, shown


@lru_cache(maxsize=16)
def _catalogue(path: Path, modified: int) -> gettext.GNUTranslations:
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import PoFileError, read_po

    try:
        with path.open("rb") as file:
            catalogue = read_po(file, abort_invalid=True)
    except PoFileError as error:
        line = getattr(error, "lineno", 0) or 0
        place = Place(shown(path), line)
        raise Problems([Problem(place, "PO-SYNTAX", f"this is not a valid PO file: {error}",
                                "Check the quotes on this line.")]) from error  # fmt: skip
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


class Strings:
    """The interface words of one language, by key; a key that is missing is an error."""

    def __init__(self, path: Path) -> None:
        if not path.is_file():
            raise UnknownName(f"There are no interface words for “{path.stem}” in {shown(path.parent)}.")
        self._path = path
        self._words = _catalogue(path, path.stat().st_mtime_ns)

    def __call__(self, key: str, **values: object) -> str:
        """Return the words for ``key``, with ``{name}`` filled in from ``values``."""
        return self._fill(key, self._words.gettext(key), values)

    def plural(self, key: str, count: int, **values: object) -> str:
        """Return the words for ``key`` in the plural form that ``count`` takes."""
        words = self._words.ngettext(key, f"{key}.many", count)
        return self._fill(key, words, {"count": count, **values})

    def _fill(self, key: str, words: str, values: dict[str, object]) -> str:
        if words in (key, f"{key}.many"):
            place = Place(shown(self._path))
            raise Problems([Problem(place, "STRING-MISSING", f"there are no words for “{key}”",
                                    f'Add: msgid "{key}" and a msgstr.')])  # fmt: skip
        return words.format(**values)
