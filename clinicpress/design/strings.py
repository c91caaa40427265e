"""Interface words: what the layout itself says on paper, from ``layouts/strings/<lang>.po``."""

import gettext
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from clinicpress.errors import Place, Problem, Problems, Unfit, UnknownName, shown
from clinicpress.files.letters import faults
from clinicpress.files.paths import contents

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog, Message

# Babel takes lines that are none of these, and loses letters.
_LINE = re.compile(r'\s*(#.*|(msg\w+(\[\d\])?\s+)?"([^"\\]|\\.)*"\s*)?')

_LINE_END = re.compile("\r\n|\r|\n")


MOST_FILLED = 100_000
"""Letters that words may have with all their names filled in."""

FIELD = re.compile(r"\{([a-z_]+)\}")
"""What is filled in: a name, and nothing about how it is shown."""

SYNTAX = "Begin it with msgid or msgstr, and put the words in one pair of quotation marks."


def _wrong(path: Path, line: int, code: str, message: str, hint: str) -> Problem:
    return Problem(Place(shown(path), line), code, message, hint)


def _invalid(path: Path, line: int) -> Problem:
    return _wrong(path, line, "PO-SYNTAX", "this line is not valid in a PO file", SYNTAX)


@lru_cache(maxsize=16)
def _catalogue(path: Path, modified: int) -> gettext.GNUTranslations:
    from babel.messages.mofile import write_mo

    catalogue = _parsed(path, modified)
    if problems := list(_odd_fields(path, catalogue)):
        raise Problems(problems)
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


@lru_cache(maxsize=16)
def _pieces(catalogue: gettext.GNUTranslations) -> Sequence[tuple[str, Sequence[str]]]:
    """Return each key with its words, in pieces where something is filled in between."""
    said = catalogue._catalog.items()  # type: ignore[attr-defined]
    return [(str(key), re.split(r"\{[^{}]*\}", words)) for key, words in said]


def _is_odd_header(line: str) -> bool:
    """Return whether a line asks for another encoding, or for more plurals than any language has.

    The reader would take an encoding that is none of text, and make room for each plural.
    """
    charset = re.search(r"charset\s*=\s*([\w.:-]+)", line, re.IGNORECASE)
    plurals = re.search(r"nplurals\s*=\s*(\d+)", line)
    return bool(
        line.startswith('"')
        and ((charset and charset[1].casefold() != "utf-8")
             or (plurals and not (len(plurals[1]) == 1 and 1 <= int(plurals[1]) <= 6)))
    )  # fmt: skip


def _odd_fields(path: Path, catalogue: "Catalog") -> Iterator[Problem]:
    """Yield a Problem for words with braces that hold more than a name."""
    for message in catalogue:
        for words in _forms(message) if message.id else ():
            if odd := re.search(r"\{[^{}]{0,40}\}?|\}", FIELD.sub("", words)):
                yield _wrong(
                    path, message.lineno or 0, "STRING-NAME",
                    f"“{odd[0]}” is no {{name}} that is filled in",
                    "Write a name alone between braces, such as {version}.",
                )  # fmt: skip


@lru_cache(maxsize=16)
def _parsed(path: Path, modified: int) -> "Catalog":
    """Return the catalogue that a PO file holds. Raises Problems, of odd characters too."""
    from babel.messages.pofile import PoFileError

    try:
        content = contents(path)
    except Unfit as error:
        raise Problems([_wrong(path, 0, "FILE-UNREADABLE", error.wrong, error.hint)]) from error
    _refuse_odd_lines(path, content)
    try:
        return _read(content)
    except PoFileError as error:
        raise Problems([_invalid(path, error.lineno + 1)]) from error
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        raise Problems([_invalid(path, 0)]) from error


def _refuse_odd_lines(path: Path, content: bytes) -> None:
    """Raise Problems if a line is none of a PO file, or holds an odd character."""
    odd, file = [], shown(path)
    for number, line in enumerate(_LINE_END.split(content.decode("utf-8", "replace")), start=1):
        if not _LINE.fullmatch(line):
            raise Problems([_invalid(path, number)])
        if _is_odd_header(line):
            hint = "Write charset=UTF-8, and nplurals and plural as in layouts/strings/en.po."
            message = "this line states no encoding or plurals that can be used"
            raise Problems([_wrong(path, number, "PO-SYNTAX", message, hint)])
        for _, wrong, hint in faults(line, path.stem):
            odd.append(Problem(Place(file, number), "CHARACTER", wrong, hint))
    if odd:
        raise Problems(odd)


@lru_cache(maxsize=16)
def _read(content: bytes) -> "Catalog":
    from babel.messages.pofile import read_po

    return read_po(BytesIO(content), abort_invalid=True)


def entries(path: Path) -> list[tuple[str, str, int]]:
    """Return the key, the words and the line of each entry of a PO file, plural forms apart.

    Raises Problems.
    """
    parsed = _parsed(path, path.stat().st_mtime_ns)
    return [
        (message.id if isinstance(message.id, str) else message.id[0], words, message.lineno or 0)
        for message in parsed
        if message.id
        for words in _forms(message)
    ]


def _forms(message: "Message") -> Sequence[str]:
    """Return the words of a message, one for each of its plural forms."""
    said = message.string
    return (said,) if isinstance(said, str) else said or ()


class Strings:
    """The interface words of one language, by key; a key that is missing is an error.

    They are looked for in each of some files in turn, so that a brand states only its own.
    """

    def __init__(self, *paths: Path) -> None:
        for path in paths:
            if not path.is_file():
                raise UnknownName(
                    f"There are no interface words for “{path.stem}” in {shown(path.parent)}."
                )
        self._catalogues = [(path, _catalogue(path, path.stat().st_mtime_ns)) for path in paths]

    def __call__(self, key: str, **values: object) -> str:
        """Return the words for ``key``, with ``{name}`` filled in from ``values``."""
        said = ((path, words.gettext(str(key))) for path, words in self._catalogues)
        return self._fill(key, said, values)

    def plural(self, key: str, count: int, **values: object) -> str:
        """Return the words for ``key`` in the plural form that ``count`` takes."""
        said = (
            (path, words.ngettext(key, f"{key}.many", count)) for path, words in self._catalogues
        )
        return self._fill(key, said, {"count": count, **values})

    def all(self, but: str = "\n") -> Iterator[str]:
        """Yield all words as they are written, in pieces where something is filled in between.

        Those whose keys begin with ``but`` are left out.
        """
        for _, catalogue in self._catalogues:
            for key, pieces in _pieces(catalogue):
                if not key.startswith(but):
                    yield from pieces

    def _fill(self, key: str, said: Iterable[tuple[Path, str]], values: dict[str, object]) -> str:
        """Return the first words that are ``said`` with what belongs into them filled in."""
        found = ((path, words) for path, words in said if words not in (key, f"{key}.many"))
        path, words = next(found, (self._catalogues[-1][0], ""))
        if not words:
            place, hint = Place(shown(path)), f'Add a msgid "{key}" with its msgstr.'
            message = f"there are no words for “{key}”"
            raise Problems([Problem(place, "STRING-MISSING", message, hint)])
        names = FIELD.findall(words)
        if missing := set(names) - set(values):
            place, hint = Place(shown(path)), f"Use: {', '.join(map(str, values)) or 'none'}."
            message = f"the words for “{key}” hold {{{min(missing)}}}, which is not filled in there"
            raise Problems([Problem(place, "STRING-NAME", message, hint)])
        filled = {name: str(values[name]) for name in names}
        if len(words) + sum(len(filled[name]) for name in names) > MOST_FILLED:
            place, hint = Place(shown(path)), "Shorten them."
            message = f"the words for “{key}” have more than {MOST_FILLED} letters"
            raise Problems([Problem(place, "STRING-LENGTH", message, hint)])
        return FIELD.sub(lambda match: filled[match[1]], words)
