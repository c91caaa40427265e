"""What pydantic finds wrong in a document, in one sentence each, with its place and its mend."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, get_args, get_origin

from pydantic import BaseModel, ValidationError

from clinicpress.errors import Problem, Unfit, close, nearest
from clinicpress.files.documents import WRITE_OR_DROP, Document, Loc, name_of


def explained(error: ValidationError, document: Document, kind: Any) -> Iterator[Problem]:
    """Turn pydantic's findings into one sentence each, with the place in the file."""
    seen = set(document.empty)
    found = [(one, _loc_in_file(one["loc"], one["type"], document)) for one in error.errors()]
    misspelt = [loc for one, loc in found if one["type"] == "extra_forbidden"]
    for finding, loc in found:
        if finding["type"] == "missing" and any(_is_meant(loc, other) for other in misspelt):
            continue  # it is there, and told under the name that it has
        if finding["type"] != "extra_forbidden":
            if any(loc[:end] in seen for end in range(len(loc) + 1)):
                continue
            seen.add(loc)
        explain = _explained_key if finding["loc"][-1:] == ("[key]",) else _explained_value
        code, message, hint = explain(finding, loc, kind)
        yield Problem(document.place(loc), code, message, hint)


def _is_meant(missing: Loc, misspelt: Loc) -> bool:
    """Return whether a key that is missing is the one that another beside it was to be."""
    above, key = misspelt[:-1], str(misspelt[-1])
    is_beside = missing[:-1] == above
    return is_beside and bool(close(key.replace("-", "_"), [str(missing[-1])], alike=0.6))


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
        return "KEY-UNKNOWN", f"the key {name_of(loc)} is not known here", _nearest_choice(finding)
    wrong, hint = _refused(finding) or ("cannot be used as a name", NAME_HINT)
    return "NAME", f"the key {name_of(loc)} {wrong}", hint


def _explained_value(finding: Any, loc: Loc, kind: Any) -> Finding:
    """Say why a value cannot be used, or that it is missing or nobody's."""
    return (
        _of_presence(finding, loc, kind)
        or _of_count(finding, loc, kind)
        or _of_size(finding, name_of(loc), _said(finding.get("input")))
        or _of_kind(finding, name_of(loc), _said(finding.get("input")))
    )


def _of_presence(finding: Any, loc: Loc, kind: Any) -> Finding | None:
    """Return what is wrong where something is missing or empty, or is there and should not be."""
    name = name_of(loc)
    match finding["type"]:
        case "extra_forbidden":
            mend = _right_key(str(loc[-1]), _known_keys(kind, loc[:-1]))
            return "KEY-UNKNOWN", f"the key {name} is not known here", mend
        case "missing":
            return "KEY-MISSING", f"the key {name} is missing", "Add it."
        case "string_too_short" | "too_short":
            mend = WRITE_OR_DROP if loc else "Write at least one entry."
            return "EMPTY", f"{name} is empty", mend
    return None


def _of_count(finding: Any, loc: Loc, kind: Any) -> Finding | None:
    """Return what is wrong where something else stands than so many numbers."""
    if finding["type"] != "tuple_type" or not (count := _numbers_at(kind, loc)):
        return None
    wrong = f"{name_of(loc)} is {_said(finding['input'])}, but {count} numbers belong here"
    return "TYPE", wrong, f"Write them in square brackets: [{', '.join('0' * (count - 1))}, -1]."


def _of_size(finding: Any, name: str, said: str) -> Finding | None:
    """Return what is wrong where something is too long, too much or too little."""
    limits = finding.get("ctx", {})
    match finding["type"]:
        case "too_long":
            count, most = len(finding["input"]), limits["max_length"]
            wrong = f"{name} has {count} entries, and {most} are the most"
            return "LENGTH", wrong, "Take some out, or join two."
        case "string_too_long":
            return "LENGTH", f"{name} is too long", f"Keep to {limits['max_length']}."
        case "less_than_equal":
            mend = f"Keep to {limits['le']} or less."
            return "VALUE", f"{name} is {said}, which is too much", mend
        case "greater_than_equal":
            mend = f"Make it {limits['ge']} or more."
            return "VALUE", f"{name} is {said}, which is too little", mend
    return None


def _of_kind(finding: Any, name: str, said: str) -> Finding:
    """Return what is wrong where something else than is wanted stands."""
    value = finding.get("input")
    match finding["type"]:
        case "string_pattern_mismatch":
            return "NAME", f"{name} is {said}, which cannot be used as a name", NAME_HINT
        case "literal_error":
            wrong = f"{name} is {said}, which is not one of the choices"
            return "VALUE", wrong, _nearest_choice(finding)
        case "value_error":
            wrong, mend = _refused(finding) or (str(finding["msg"]), "Correct it.")
            is_one = isinstance(value, str)
            return (
                "VALUE",
                f"{name} is {said}, which {wrong}" if is_one else f"{name} {wrong}",
                mend,
            )
        case "string_type" if isinstance(value, dict):
            mend = "Put it in quotation marks if it holds “: ” or begins with {."
            return "TYPE", f"{name} is {said}, but words belong here", mend
        case other:
            wanted, mend = _WANTED.get(other, (finding["msg"], "Correct it."))
            return "TYPE", f"{name} is {said}, but {wanted}", mend


def _said(value: Any) -> str:
    """Return how a message says what stands in a file."""
    return f"“{_short(value)}”" if isinstance(value, str) else _KINDS.get(type(value), WRONG_KIND)


WRONG_KIND = "of the wrong kind"

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


def _known_keys(kind: Any, above: Loc) -> list[str]:
    """Return the keys the model knows at ``above``, for a suggestion."""
    fields = _model_at(kind, above)
    if fields is None:
        return []
    return sorted((info.alias or name) for name, info in fields.model_fields.items())


def _numbers_at(kind: Any, loc: Loc) -> int:
    """Return how many numbers the model wants at ``loc``; 0 where it wants something else.

    Where one pose or several by name may stand, the model that is found is that of one too few.
    """
    model = _model_at(kind, loc[:-1])
    below = (_model_of(info.annotation) for info in model.model_fields.values()) if model else ()
    for one in filter(None, (model, *below)):
        info = one.model_fields.get(str(loc[-1]))
        for each in (info.annotation, *get_args(info.annotation)) if info else ():
            wanted = get_args(each) if get_origin(each) is tuple else ()
            if wanted and all(float in (part, *get_args(part)) for part in wanted):
                return len(wanted)
    return 0


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
    return _model_of(here)


def _model_of(kind: Any) -> type[BaseModel] | None:
    """Return a type that is a model, or the one inside a container or an optional type."""
    found = kind if isinstance(kind, type) else _inner(kind)
    return found if isinstance(found, type) and issubclass(found, BaseModel) else None


def _inner(kind: Any) -> Any:
    """Return the model inside a container or an optional type."""
    for argument in getattr(kind, "__args__", ()):
        if isinstance(argument, type) and issubclass(argument, BaseModel):
            return argument
        found = _inner(argument)
        if found is not None:
            return found
    return None
