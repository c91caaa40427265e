"""Files of YAML read into frozen models, with the line of everything that is wrong."""

import os
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, TypeAdapter, ValidationError

from clinicpress.errors import Place, Problem, shown
from clinicpress.files.documents import MOST_TOLD, parse
from clinicpress.files.findings import explained

Name = Annotated[
    str,
    StringConstraints(pattern=r"^[A-Za-z0-9]+(-[A-Za-z0-9]+)*$", max_length=60),
    Field(title="name"),
]
"""A name: letters, digits and single hyphens."""


class Record(BaseModel):
    """Base of everything that is read from a file: frozen, no unknown keys."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, populate_by_name=True, allow_inf_nan=False
    )

    @classmethod
    def spelt_out(cls, value: Any) -> Any:
        """Return what is written in the place of a record with its short forms written out."""
        return value


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
        problems += islice(explained(error, document, kind), MOST_TOLD)
        return None


@lru_cache(maxsize=64)
def _adapter(kind: Any) -> TypeAdapter[Any]:
    return TypeAdapter(kind)
