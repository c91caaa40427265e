"""YAML files read into documents: plain values, with the line of each and of all that is wrong.

Every scalar stays the string that was written until a model types it, so that ``no`` or ``1:30``
never turns into something that the editor did not write.
"""

import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import yaml

from clinicpress.errors import HIDDEN, Place, Problem, Unfit, shown
from clinicpress.files import transcripts
from clinicpress.files.letters import faults, without_hidden
from clinicpress.files.names import alike
from clinicpress.files.paths import contents

Loc = transcripts.Loc
Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
PARSER = f"{Loader.__name__} {yaml.__version__}"
"""What reads YAML here."""


@dataclass(frozen=True)
class Document:
    """A parsed file: its content (mappings, lists and strings) and the line of each path in it.

    ``digest`` is that of its bytes, if nothing is wrong with it.
    """

    path: Path
    data: Any
    lines: Mapping[Loc, int]
    problems: tuple[Problem, ...] = ()
    empty: frozenset[Loc] = frozenset()
    digest: str = field(default="", compare=False, repr=False)

    def place(self, loc: Loc = ()) -> Place:
        """Return where ``loc`` stands, or the nearest part of it that stands somewhere.

        The key “default” need not be written where one value stands for all.
        """
        here: Loc = ()
        for step in loc:
            if (*here, step) in self.lines:
                here = (*here, step)
            elif step != "default":
                break
        return Place(shown(self.path), self.lines.get(here, 0))


DEEPEST = 50
"""Levels of nesting that a file may have; no record has a tenth of it."""


MOST_VALUES = 100_000
"""Values that a file may hold, aliases written out: a few nested aliases can stand for millions."""


MOST_TOLD = 100
"""What is told at once of one file: who has mended so much will run it again."""

PLAIN_TAGS = frozenset(
    f"tag:yaml.org,2002:{name}"
    for name in ("str", "int", "float", "bool", "null", "timestamp", "merge", "value", "seq", "map")
)
"""Kinds that YAML gives to a value by itself. Any other was written with “!”."""


@dataclass
class _Builder:
    path: Path
    text: list[str] = field(default_factory=list)
    lines: dict[Loc, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    empty: set[Loc] = field(default_factory=set)
    built: int = 0

    def complain(self, node: yaml.Node, code: str, message: str, hint: str) -> None:
        self.tell(node.start_mark.line + 1, code, message, hint)

    def tell(self, line: int, code: str, message: str, hint: str) -> None:
        if len(self.problems) < MOST_TOLD:
            self.problems.append(Problem(Place(shown(self.path), line), code, message, hint))

    def build(self, node: yaml.Node, loc: Loc, above: tuple[int, ...] = ()) -> Any:
        self.built += 1
        if self.built > MOST_VALUES:
            raise _TooDeep
        if id(node) in above:
            self.complain(
                node, "YAML-LOOP", "an alias refers to what it stands in", "Write the value out."
            )
            self.empty.add(loc)
            return None
        self.lines.setdefault(loc, node.start_mark.line + 1)
        if node.tag not in PLAIN_TAGS:
            wrong = f"the kind “{node.tag[:60]}” is given with “!”"
            self.complain(node, "YAML-TAG", wrong, "Take it out, and write the value alone.")
        above = (*above, id(node))
        if isinstance(node, yaml.MappingNode):
            return self.mapping(node, loc, above)
        if isinstance(node, yaml.SequenceNode):
            return [self.build(child, (*loc, i), above) for i, child in enumerate(node.value)]
        if node.tag == NULL and node.value in ("", "~", "null"):
            if loc:
                is_cut = "#" in self.line(node.start_mark.line)
                mend = QUOTE_HASH if is_cut else WRITE_OR_DROP
                self.complain(node, "EMPTY", f"{name_of(loc)} is empty", mend)
            self.empty.add(loc)
            return None
        return self.words(node)

    def line(self, number: int) -> str:
        """Return a line of the file; YAML ends lines where no editor does."""
        return self.text[number] if number < len(self.text) else ""

    def words(self, node: yaml.Node) -> str:
        """Return a value without what nobody sees, which is told."""
        words = str(node.value)
        if getattr(node, "style", "") == '"':  # escapes are written in quotation marks only
            told = {problem.message for problem in self.problems}
            for _, wrong, hint in faults(words):
                if wrong not in told:
                    self.complain(node, "CHARACTER", wrong, hint)
        return without_hidden(words) if self.problems else words

    def tell_odd_characters(self) -> None:
        """Complain of what nobody sees, or of mixed alphabets, in every line as it is written."""
        for number, line in enumerate(self.text, start=1):
            for _, wrong, hint in faults(line):
                self.tell(number, "CHARACTER", wrong, hint)
                if len(self.problems) >= MOST_TOLD:
                    return

    def mapping(self, node: yaml.MappingNode, loc: Loc, above: tuple[int, ...]) -> dict[str, Any]:
        result: dict[str, Any] = {}
        spelt: dict[str, str] = {}
        for key_node, value_node in node.value:
            if not isinstance(key_node, yaml.ScalarNode):
                self.complain(
                    key_node,
                    "YAML-KEY",
                    "a key is not a plain word",
                    "Write a plain word before the colon.",
                )
                continue
            key = self.words(key_node)
            if (other := spelt.setdefault(alike(key), key)) != key:
                wrong = f"the key “{key}” differs from “{other}” by capitals or accents alone"
                self.complain(key_node, "NAME-CASE", wrong, "Give one of the two another name.")
            if key in result:
                first = self.lines[(*loc, key)]
                self.complain(
                    key_node,
                    "YAML-DUPLICATE-KEY",
                    f"the key “{key}” is here twice (first on line {first})",
                    "Keep one of the two.",
                )
                continue
            self.lines[(*loc, key)] = key_node.start_mark.line + 1
            self.tell_swallowed(key_node, value_node)
            result[key] = self.build(value_node, (*loc, key), above)
        return result

    def tell_swallowed(self, key: yaml.ScalarNode, value: yaml.Node) -> None:
        """Complain of a text in quotation marks that goes on over a key below: it is not closed.

        What closes it opens another text, so it is no fault of YAML's.
        """
        if getattr(value, "style", "") not in ("'", '"'):
            return
        below = self.text[value.start_mark.line + 1 : value.end_mark.line + 1]
        found = (KEY.match(line) for line in below)
        if any(one and len(one[1]) <= key.start_mark.column for one in found):
            self.complain(value, "YAML-SYNTAX", *NEVER_CLOSED)


KEY = re.compile(r"( *)[\w-]+:(?= |$)")
"""A line that begins with a key, and how far in."""

NULL = "tag:yaml.org,2002:null"
WRITE_OR_DROP = "Write it, or take the key out."
QUOTE_HASH = (
    "Put text that begins with “#” in quotation marks: YAML leaves the rest of the line out."
)


LINE_END = re.compile("\r\n|\r|\n")


def read_yaml(path: Path) -> Document:
    """Parse one file. Syntax errors and duplicate keys are listed in the result, not raised."""
    builder = _Builder(path)
    content = b""
    try:
        content = contents(path)
        digest = sha256(content).hexdigest()
        if known := transcripts.find(digest):
            return Document(path, *known, digest=digest)
        text = content.decode("utf-8-sig")
        if not text.isascii() or HIDDEN.search(text):
            builder.text = LINE_END.split(text)
            builder.tell_odd_characters()
        builder.text = builder.text or text.split("\n")
        _refuse_the_deep(content)
        loader = Loader(content)
        try:
            node = loader.get_single_node()
        finally:
            loader.dispose()
        built = builder.build(node, ()) if node else None
    except Unfit as error:
        return _unreadable(path, 0, error.wrong, error.hint, "FILE-UNREADABLE")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        return _unreadable(path, line, "a character is not UTF-8", "Save the file as UTF-8.")
    except yaml.MarkedYAMLError as error:
        return _unreadable(path, *_in_plain_words(error, content))
    except yaml.YAMLError as error:
        line = content.count(b"\n", 0, getattr(error, "position", 0)) + 1
        return _unreadable(
            path,
            line,
            "a character that cannot be seen or printed stands here",
            "Type the line again.",
        )
    except _TooDeep:
        return _unreadable(path, 0, "the file is nested too deep", "Take some levels out.")
    if built is not None and not builder.problems:
        transcripts.add(digest, built, builder.lines)
        return Document(path, built, builder.lines, digest=digest)
    return Document(path, built, builder.lines, tuple(builder.problems), frozenset(builder.empty))


class _TooDeep(Exception):
    pass


INDENTED = re.compile(rb"^[ -]{%d}" % (DEEPEST // 2), re.MULTILINE)
"""A line that can be so deep in blocks: each level but that of a list takes a column."""


def _refuse_the_deep(content: bytes) -> None:
    """Raise _TooDeep before the parser, which calls itself for each level, runs out of stack."""
    depth = 0
    marked = sum(map(content.count, (b"[", b"{", b"- ", b"-\t", b"? ", b"?\t")))
    if marked > DEEPEST or INDENTED.search(content):
        for event in yaml.parse(content, Loader):
            depth += isinstance(event, yaml.CollectionStartEvent)
            depth -= isinstance(event, yaml.CollectionEndEvent)
            if depth > DEEPEST:
                raise _TooDeep


def _unreadable(
    path: Path, line: int, message: str, hint: str, code: str = "YAML-SYNTAX"
) -> Document:
    place = Place(shown(path), line)
    return Document(path, None, {}, (Problem(place, code, message, hint),))


RESERVED = "the text begins with “{}”, which YAML keeps for itself"
QUOTE_IT = "Put the text in quotation marks."
BEGUN = {"while scanning an alias": "*", "while scanning an anchor": "&"}
"""What text was taken for that begins with one of these signs, in the parser's words."""
APOSTROPHE = re.compile(r"(?:^|[\s\[{,])'(?:[^']|'')*'\w")
NEVER_CLOSED = "a quotation mark is opened here and never closed", "Close it with the same mark."


def _in_plain_words(error: yaml.MarkedYAMLError, content: bytes) -> tuple[int, str, str]:
    """Return the line, what is wrong and the mend, for what the parser says in its own terms."""
    mark = error.problem_mark or error.context_mark
    line, column = (mark.line, mark.column) if mark else (0, 0)
    lines = content.decode("utf-8-sig").splitlines()
    here = lines[line][column : column + 1] if line < len(lines) else ""
    if opened := _opened_before(content, line):
        return opened, *NEVER_CLOSED
    match error.problem or "":
        case "found unexpected end of stream" if error.context_mark:
            return error.context_mark.line + 1, *NEVER_CLOSED
        case "found character that cannot start any token" if here == "\t":
            return line + 1, "the line begins with a tab", "Indent it with spaces."
        case said if "tab character" in said:
            return line + 1, "the line begins with a tab", "Indent it with spaces."
        case "found character that cannot start any token":
            return line + 1, RESERVED.format(here), QUOTE_IT
        case _ if begun := _begun_wrongly(error, lines[line] if line < len(lines) else ""):
            return line + 1, *begun
        case "mapping values are not allowed in this context":
            return (
                line + 1,
                "a colon stands where none can",
                "Put text that holds “: ” in quotation marks, or indent it like its neighbours.",
            )
        case "did not find expected key" | "did not find expected '-' indicator":
            return (
                line + 1,
                "the line does not fit those above it",
                "Indent it like its neighbours, and put text that begins with a quotation mark "
                "in quotation marks as a whole.",
            )
        case _ if (error.context or "").startswith("while parsing a flow") and error.context_mark:
            return (
                error.context_mark.line + 1,
                "a bracket that is opened here or above is not closed",
                "Close it. Put text that holds brackets, commas, “: ” or “#” in quotation marks.",
            )
        case "could not find expected ':'":
            return line + 1, "a key without a colon stands here or on the line above", "Add “: ”."
        case "but found another document":
            return line + 1, "a second document begins here", "Take the line “---” out."
        case said:
            return (
                line + 1,
                f"the YAML cannot be read here: {said}",
                "Check quotation marks, colons and indentation here and on the line above.",
            )


def _begun_wrongly(error: yaml.MarkedYAMLError, here: str) -> tuple[str, str] | None:
    """Return what is wrong with how a text begins in the line ``here``, and the mend, if that is.

    It begins with a sign that YAML keeps for itself, or with an apostrophe, and holds another.
    """
    sign = "*" if error.problem == "found undefined alias" else BEGUN.get(error.context or "")
    if sign:
        return RESERVED.format(sign), QUOTE_IT
    if APOSTROPHE.search(here):
        mend = 'Put the text in quotation marks of the other kind: ".'
        return "an apostrophe ends the text that another began", mend
    return None


def _opened_before(content: bytes, line: int) -> int | None:
    """Return the line that opens the text in quotation marks which ends in a wrong ``line``.

    What closes it there was to open another text: it goes on over a line, and the line over it.
    Lines of the parser count from 0, those that are returned from 1.
    """
    opened = None
    with suppress(yaml.YAMLError):
        for token in yaml.scan(content, Loader):
            start, end = token.start_mark, token.end_mark
            if start.line > line:
                break
            if isinstance(token, yaml.ScalarToken) and token.style in ("'", '"'):
                opened = start.line + 1 if start.line < end.line == line else opened
    return opened


@lru_cache(maxsize=1024)
def _parsed(path: Path, modified: int, size: int) -> Document:
    return read_yaml(path)


def parse(path: Path) -> Document:
    """Parse ``path`` once as it is now: the model and the cross-checks both need it."""
    try:
        stat = path.stat()
    except OSError:  # reading it says what is wrong
        return read_yaml(path)
    document = _parsed(path, stat.st_mtime_ns, stat.st_size)
    transcripts.note(document.digest)
    return document


def name_of(loc: Loc) -> str:
    """Return what a place in a document is called."""
    words = [str(step) if isinstance(step, str) else f"entry {step + 1}" for step in loc]
    return "“" + " › ".join(words) + "”" if words else "the file"
