"""YAML files read into frozen models, with the line of everything that is wrong.

Every scalar stays the string that was written until the model types it, so that ``no`` or
``1:30`` never turns into something that the editor did not write.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from clinicpress.errors import Place, Problem, nearest, shown

Loc = tuple[str | int, ...]
Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Record(BaseModel):
    """Base of everything that is read from a file: frozen, no unknown keys."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


@dataclass(frozen=True)
class Document:
    """A parsed file: its data (mappings, lists and strings) and the line of each path in it."""

    path: Path
    data: Any
    lines: Mapping[Loc, int]
    problems: tuple[Problem, ...] = ()

    def place(self, loc: Loc = ()) -> Place:
        """Return where ``loc`` stands, or the nearest part of it that stands somewhere."""
        for end in range(len(loc), -1, -1):
            if loc[:end] in self.lines:
                return Place(shown(self.path), self.lines[loc[:end]])
        return Place(shown(self.path))


@dataclass
class _Builder:
    path: Path
    lines: dict[Loc, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def complain(self, node: yaml.Node, code: str, message: str, hint: str) -> None:
        place = Place(shown(self.path), node.start_mark.line + 1)
        self.problems.append(Problem(place, code, message, hint))

    def build(self, node: yaml.Node, loc: Loc, above: tuple[int, ...] = ()) -> Any:
        if id(node) in above:
            self.complain(node, "YAML-LOOP", "an alias refers to what it stands in",
                          "Write the value out.")  # fmt: skip
            return None
        self.lines.setdefault(loc, node.start_mark.line + 1)
        above = (*above, id(node))
        if isinstance(node, yaml.MappingNode):
            return self.mapping(node, loc, above)
        if isinstance(node, yaml.SequenceNode):
            return [self.build(child, (*loc, i), above) for i, child in enumerate(node.value)]
        if node.tag == "tag:yaml.org,2002:null" and node.value in ("", "~", "null"):
            return None
        return node.value

    def mapping(self, node: yaml.MappingNode, loc: Loc, above: tuple[int, ...]) -> dict[str, Any]:
        result: dict[str, Any] = {}
        for key_node, value_node in node.value:
            key = key_node.value
            if not isinstance(key, str):
                self.complain(key_node, "YAML-KEY", "a key is not a plain word",
                              "Write a plain word before the colon.")  # fmt: skip
                continue
            if key in result:
                first = self.lines[(*loc, key)]
                self.complain(key_node, "YAML-DUPLICATE-KEY",
                              f"the key “{key}” is here twice (first on line {first})",
                              "Keep one of the two.")  # fmt: skip
                continue
            self.lines[(*loc, key)] = key_node.start_mark.line + 1
            result[key] = self.build(value_node, (*loc, key), above)
        return result


def read_yaml(path: Path) -> Document:
    """Parse one file. Syntax errors and duplicate keys are listed in the result, not raised."""
    builder = _Builder(path)
    try:
        loader = Loader(path.read_bytes())
        try:
            node = loader.get_single_node()
        finally:
            loader.dispose()
    except UnicodeDecodeError:
        return _unreadable(path, 0, "the file is not UTF-8 text", "Save it as UTF-8.")
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 0
        return _unreadable(path, line, f"this is not valid YAML: {error.problem}",
                           "Check the quotes, colons and indentation here and on the line before.")  # fmt: skip
    except yaml.YAMLError as error:
        said = " ".join(str(error).split())
        return _unreadable(path, 0, f"this is not valid YAML: {said}", "Mend or remove it.")
    data = builder.build(node, ()) if node else None
    return Document(path, data, builder.lines, tuple(builder.problems))


def _unreadable(path: Path, line: int, message: str, hint: str) -> Document:
    place = Place(shown(path), line)
    return Document(path, None, {}, (Problem(place, "YAML-SYNTAX", message, hint),))


@lru_cache(maxsize=1024)
def _parsed(path: Path, modified: int, size: int) -> Document:
    return read_yaml(path)


def parse(path: Path) -> Document:
    """Parse ``path`` once as it is now: the model and the cross-checks both need it."""
    stat = path.stat()
    return _parsed(path, stat.st_mtime_ns, stat.st_size)


def read_record(path: Path, kind: Any, problems: list[Problem]) -> Any:
    """Return the ``kind`` that ``path`` holds, or None after adding what is wrong to ``problems``."""
    if not path.is_file():
        problems.append(Problem(Place(shown(path)), "FILE-MISSING", "the file is missing",
                                "Add it; “generate init DIR” makes a complete example."))  # fmt: skip
        return None
    document = parse(path)
    problems += document.problems
    if any(problem.code == "YAML-SYNTAX" for problem in document.problems):
        return None
    data = document.data
    if data is None and _is_container(kind):
        data = {} if "dict" in str(kind) else ()
    try:
        return TypeAdapter(kind).validate_python(data)
    except ValidationError as error:
        problems += _explained(error, document, kind)
        return None


def _is_container(kind: Any) -> bool:
    return not (isinstance(kind, type) and issubclass(kind, BaseModel))


def _explained(error: ValidationError, document: Document, kind: Any) -> Iterable[Problem]:
    """Turn pydantic's findings into one sentence each, with the place in the file."""
    seen: set[Loc] = set()
    for finding in error.errors():
        loc = _loc_in_file(finding["loc"], document)
        if loc in seen and finding["type"] != "extra_forbidden":
            continue
        seen.add(loc)
        yield _problem(finding, loc, document, kind)


def _loc_in_file(loc: Loc, document: Document) -> Loc:
    """Drop the steps that pydantic adds for its own types, such as ``[key]`` or a union's arm."""
    kept: Loc = ()
    for step in loc:
        if (*kept, step) in document.lines:
            kept = (*kept, step)
    last = loc[-1] if loc else ""
    if isinstance(last, str) and kept[-1:] != (last,) and re.fullmatch(r"[a-z_-]+", last):
        kept = (*kept, last)
    return kept


def _problem(finding: Any, loc: Loc, document: Document, kind: Any) -> Problem:
    place = document.place(loc)
    name = _name(loc, document)
    value = finding.get("input")
    said = f"“{value}”" if isinstance(value, str) and value.strip() else "nothing"
    match finding["type"]:
        case "extra_forbidden":
            known = _known_keys(kind, loc[:-1])
            return Problem(place, "KEY-UNKNOWN", f"the key {name} is not known here", nearest(str(loc[-1]), known))
        case "missing":
            return Problem(place, "KEY-MISSING", f"the key {name} is missing", "Add it.")
        case "string_too_short" | "too_short":
            return Problem(place, "EMPTY", f"{name} is empty", "Write it, or take the key out.")
        case "string_type" if value is None:
            return Problem(place, "EMPTY", f"{name} is empty", "Write it, or take the key out.")
        case "string_pattern_mismatch":
            return Problem(place, "NAME", f"{name} is {said}, which is no name that can be used here",
                           "Use letters, digits and single hyphens only.")  # fmt: skip
        case "literal_error":
            return Problem(place, "VALUE", f"{name} is {said}, which is not one of the choices",
                           f"Use {finding['ctx']['expected']}.")  # fmt: skip
        case "value_error":
            return Problem(place, "VALUE", f"{name} is {said}; it {finding['ctx']['error']}" if isinstance(value, str)
                           else f"{name} {finding['ctx']['error']}", "Correct it.")  # fmt: skip
        case kind_of_error:
            wanted = _WANTED.get(kind_of_error, finding["msg"][0].lower() + finding["msg"][1:])
            return Problem(place, "TYPE", f"{name} is {said if isinstance(value, str) else 'of the wrong kind'}; {wanted}",
                           "Correct it.")  # fmt: skip


_WANTED = {
    "int_parsing": "it should be a whole number",
    "float_parsing": "it should be a number",
    "bool_parsing": "it should be true or false",
    "string_type": "it should be words",
    "date_from_datetime_parsing": "it should be a date such as 2026-11-30",
    "dict_type": "it should be a list of “key: value” lines",
    "mapping_type": "it should be a list of “key: value” lines",
    "model_type": "it should be a list of “key: value” lines",
    "model_attributes_type": "it should be a list of “key: value” lines",
    "tuple_type": "it should be a list, such as [S8, S9]",
    "list_type": "it should be a list, such as [S8, S9]",
}


def _name(loc: Loc, document: Document) -> str:
    words = [str(step) if isinstance(step, str) else f"entry {step + 1}" for step in loc]
    return "“" + " › ".join(words) + "”" if words else "the file"


def _known_keys(kind: Any, above: Loc) -> list[str]:
    """Return the keys the model knows at ``above``, for a suggestion."""
    fields = _model_at(kind, above)
    if fields is None:
        return []
    return sorted((info.alias or name) for name, info in fields.model_fields.items())


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
