"""YAML files read into frozen models, with the line of everything that is wrong.

Every scalar stays the string that was written until the model types it, so that ``no`` or
``1:30`` never turns into something that the editor did not write.
"""

import os
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import Annotated, Any

import yaml
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, TypeAdapter, ValidationError

from clinicpress.errors import HIDDEN, Place, Problem, Unfit, nearest, shown
from clinicpress.files import transcripts
from clinicpress.files.letters import faults, without_hidden
from clinicpress.files.names import alike
from clinicpress.files.paths import contents

Loc = transcripts.Loc
Name = Annotated[
    str,
    StringConstraints(pattern=r"^[A-Za-z0-9]+(-[A-Za-z0-9]+)*$", max_length=60),
    Field(title="name"),
]
"""A name: letters, digits and single hyphens."""

Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
PARSER = f"{Loader.__name__} {yaml.__version__}"
"""What reads YAML here."""


class Record(BaseModel):
    """Base of everything that is read from a file: frozen, no unknown keys."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, populate_by_name=True, allow_inf_nan=False
    )

    @classmethod
    def spelt_out(cls, value: Any) -> Any:
        """Return what is written in the place of a record with its short forms written out."""
        return value


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
                hidden = "#" in self.line(node.start_mark.line)
                self.complain(
                    node, "EMPTY", f"{_name(loc)} is empty", QUOTE_HASH if hidden else WRITE_OR_DROP
                )
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
            result[key] = self.build(value_node, (*loc, key), above)
        return result


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
        case "found undefined alias":
            return line + 1, RESERVED.format("*"), QUOTE_IT
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


def read_record(path: Path, kind: Any, problems: list[Problem]) -> Any:
    """Return the ``kind`` that ``path`` holds, or None and what is wrong in ``problems``."""
    if not os.path.lexists(path):
        place = Place(shown(path))
        hint = "Add it; “generate init DIR” makes a complete example."
        problems.append(Problem(place, "FILE-MISSING", "the file is missing", hint))
        return None
    document = parse(path)
    problems += document.problems
    if any(problem.code in ("YAML-SYNTAX", "FILE-UNREADABLE") for problem in document.problems):
        return None
    content = document.data
    if content is None:
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            hint = "Write it, or remove it."
            problems.append(Problem(Place(shown(path)), "EMPTY", "the file is empty", hint))
            return None
        content = () if "tuple" in str(kind) else {}
    try:
        return _adapter(kind).validate_python(content)
    except ValidationError as error:
        problems += islice(_explained(error, document, kind), MOST_TOLD)
        return None


@lru_cache(maxsize=64)
def _adapter(kind: Any) -> TypeAdapter[Any]:
    return TypeAdapter(kind)


def _explained(error: ValidationError, document: Document, kind: Any) -> Iterator[Problem]:
    """Turn pydantic's findings into one sentence each, with the place in the file."""
    seen = set(document.empty)
    for finding in error.errors():
        loc = _loc_in_file(finding["loc"], finding["type"], document)
        if finding["type"] != "extra_forbidden":
            if any(loc[:end] in seen for end in range(len(loc) + 1)):
                continue
            seen.add(loc)
        explain = _explained_key if finding["loc"][-1:] == ("[key]",) else _explained_value
        code, message, hint = explain(finding, loc, kind)
        yield Problem(document.place(loc), code, message, hint)


def _loc_in_file(loc: Loc, type: str, document: Document) -> Loc:
    """Drop the steps that pydantic adds for its own types, such as ``[key]`` or a union's arm."""
    kept: Loc = ()
    for step in loc:
        if (*kept, step) in document.lines:
            kept = (*kept, step)
    return (*kept, loc[-1]) if type == "missing" else kept


Finding = tuple[str, str, str]
"""A rule's code, what is wrong, and the mend."""

NAME_HINT = "Use letters, digits and single hyphens only."


def _explained_key(finding: Any, loc: Loc, kind: Any) -> Finding:
    """Say why a key cannot be used, where the keys are the editor's own or a fixed few."""
    if finding["type"] == "literal_error":
        return "KEY-UNKNOWN", f"the key {_name(loc)} is not known here", _nearest_choice(finding)
    wrong, hint = _refused(finding) or ("cannot be used as a name", NAME_HINT)
    return "NAME", f"the key {_name(loc)} {wrong}", hint


def _explained_value(finding: Any, loc: Loc, kind: Any) -> Finding:
    name, value = _name(loc), finding.get("input")
    said = (
        f"“{_short(value)}”"
        if isinstance(value, str)
        else _KINDS.get(type(value), "of the wrong kind")
    )
    limits = finding.get("ctx", {})
    match finding["type"]:
        case "extra_forbidden":
            return (
                "KEY-UNKNOWN",
                f"the key {name} is not known here",
                _right_key(str(loc[-1]), _known_keys(kind, loc[:-1])),
            )
        case "missing":
            return "KEY-MISSING", f"the key {name} is missing", "Add it."
        case "string_too_short" | "too_short":
            return (
                "EMPTY",
                f"{name} is empty",
                WRITE_OR_DROP if loc else "Write at least one entry.",
            )
        case "too_long":
            return (
                "LENGTH",
                f"{name} has {len(value)} entries, and {limits['max_length']} are the most",
                "Take some out, or join two.",
            )
        case "string_too_long":
            return "LENGTH", f"{name} is too long", f"Keep to {limits['max_length']}."
        case "string_pattern_mismatch":
            return "NAME", f"{name} is {said}, which cannot be used as a name", NAME_HINT
        case "literal_error":
            return (
                "VALUE",
                f"{name} is {said}, which is not one of the choices",
                _nearest_choice(finding),
            )
        case "less_than_equal":
            hint = f"Keep to {limits['le']} or less."
            return "VALUE", f"{name} is {said}, which is too much", hint
        case "greater_than_equal":
            hint = f"Make it {limits['ge']} or more."
            return "VALUE", f"{name} is {said}, which is too little", hint
        case "value_error":
            wrong, hint = _refused(finding) or (str(finding["msg"]), "Correct it.")
            return (
                "VALUE",
                f"{name} is {said}, which {wrong}" if isinstance(value, str) else f"{name} {wrong}",
                hint,
            )
        case "string_type" if isinstance(value, dict):
            hint = "Put it in quotation marks if it holds “: ” or begins with {."
            return "TYPE", f"{name} is {said}, but words belong here", hint
        case other:
            wanted, hint = _WANTED.get(other, (finding["msg"], "Correct it."))
            return "TYPE", f"{name} is {said}, but {wanted}", hint


LONGEST_QUOTED = 60
"""Letters of a value that a message repeats."""


def _short(value: str) -> str:
    return value if len(value) <= LONGEST_QUOTED else f"{value[: LONGEST_QUOTED - 1]}…"


def _refused(finding: Any) -> tuple[str, str] | None:
    """Return what is wrong and the mend as a model's own rule says it."""
    error = finding.get("ctx", {}).get("error")
    return (error.wrong, error.hint) if isinstance(error, Unfit) else None


def _nearest_choice(finding: Any) -> str:
    return nearest(str(finding["input"]), re.findall(r"'([^']*)'", finding["ctx"]["expected"]))


_KINDS: Mapping[type, str] = {
    list: "a list",
    dict: "a block of “name: text” lines",
    tuple: "a list",
}

_WORDS = (
    "words belong here",
    "Write words; put them in quotation marks if they begin with [ or {.",
)
_WHOLE = ("a whole number belongs here", "Write it in digits, such as 4.")
_LINES = ("“name: text” lines belong here", "Give each entry a line and a name of its own.")
_LIST = ("a list belongs here", "Write it in square brackets, with commas between: [one, two].")
_DATE = ("a date belongs here", "Write it as year-month-day, such as 2026-11-30.")

_WANTED: Mapping[str, tuple[str, str]] = {
    "int_parsing": _WHOLE,
    "int_type": _WHOLE,
    "int_parsing_size": _WHOLE,
    "finite_number": ("a number belongs here", "Write it in digits, such as 9.5."),
    "float_parsing": ("a number belongs here", "Write it in digits, such as 9.5."),
    "float_type": ("a number belongs here", "Write it in digits, such as 9.5."),
    "bool_parsing": ("true or false belongs here", "Write true or false."),
    "bool_type": ("true or false belongs here", "Write true or false."),
    "string_type": _WORDS,
    "date_type": _DATE,
    "date_from_datetime_parsing": _DATE,
    "date_from_datetime_inexact": _DATE,
    "dict_type": _LINES,
    "mapping_type": _LINES,
    "model_type": _LINES,
    "model_attributes_type": _LINES,
    "tuple_type": _LIST,
    "list_type": _LIST,
}


def _name(loc: Loc) -> str:
    words = [str(step) if isinstance(step, str) else f"entry {step + 1}" for step in loc]
    return "“" + " › ".join(words) + "”" if words else "the file"


def _known_keys(kind: Any, above: Loc) -> list[str]:
    """Return the keys the model knows at ``above``, for a suggestion."""
    fields = _model_at(kind, above)
    if fields is None:
        return []
    return sorted((info.alias or name) for name, info in fields.model_fields.items())


def _right_key(key: str, known: list[str]) -> str:
    """Return the mend for a key that is none: how it is spelt, or which may be meant."""
    spelt = key.replace("-", "_")
    if spelt != key and spelt in known:
        return f"Write “{spelt}”: keys have underscores, and names have hyphens."
    return nearest(key, known)


def _model_at(kind: Any, loc: Loc) -> type[BaseModel] | None:
    here = kind
    for step in loc:
        inner = _inner(here)
        if isinstance(here, type) and issubclass(here, BaseModel):
            fields = {(info.alias or name): info for name, info in here.model_fields.items()}
            info = fields.get(str(step))
            here = info.annotation if info else None
        else:
            here = inner
    here = here if isinstance(here, type) else _inner(here)
    return here if isinstance(here, type) and issubclass(here, BaseModel) else None


def _inner(kind: Any) -> Any:
    """Return the model inside a container or an optional type."""
    for argument in getattr(kind, "__args__", ()):
        if isinstance(argument, type) and issubclass(argument, BaseModel):
            return argument
        found = _inner(argument)
        if found is not None:
            return found
    return None
