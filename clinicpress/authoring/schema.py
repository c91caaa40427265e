"""What may be written in each kind of file, as JSON Schemas for editors to complete and check by.

They say what the models say. What needs a second file, such as whether a reference exists, no
schema can tell.
"""

import ast
import inspect
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from textwrap import dedent
from typing import Any

from pydantic import BaseModel, TypeAdapter
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaMode
from pydantic_core import core_schema

from clinicpress.content import reader
from clinicpress.content.model import Figure
from clinicpress.design.brandfile import Brand
from clinicpress.design.design import FORMATS
from clinicpress.design.fonts import FONTS
from clinicpress.design.look import Hand
from clinicpress.design.upgrades import Upgrades
from clinicpress.files.records import Record

Schema = dict[str, Any]

DIALECT = "https://json-schema.org/draft/2020-12/schema"

WRITTEN: Mapping[str, str] = {
    "name": "Letters, digits and single hyphens, such as wall-slide.",
    "reference number": "S and a number, such as S8.",
    "number or range": "A whole number such as 5, or two such as 8-10.",
    "date": "Year, month, day, such as 2026-11-30.",
    "colour": 'A number sign and six digits or letters from a to f, in quotation marks: "#0f5c6e".',
}
"""How to write what has a pattern, by its title: an editor says this instead of the pattern."""


@dataclass(frozen=True)
class Kind:
    """A kind of file: where such files are, and what one is read as."""

    files: str
    record: Any


def _kinds() -> Iterator[tuple[str, Kind]]:
    yield "audiences", Kind("sources/audiences.yaml", reader.AUDIENCES)
    yield "regions", Kind("sources/regions.yaml", reader.REGIONS)
    yield "shared-references", Kind("sources/references.yaml", reader.REFERENCES)
    for file, record in reader.FILES.values():
        name = Path(file).stem
        shared = name in ("audiences", "regions")
        yield f"topic-{name}" if shared else name, Kind(f"sources/*/{file}", record)
    for folder, record in reader.FOLDERS.items():
        yield folder, Kind(f"sources/*/{folder}/*.yaml", record)
    yield "figures", Kind("sources/*/figures/**/*.yaml", Figure)
    yield "shared-figures", Kind("sources/figures/shared/*.yaml", Figure)
    yield "cast", Kind("sources/figures/cast.yaml", reader.CAST)
    yield "poses", Kind("sources/figures/poses.yaml", reader.POSES)
    yield "brand", Kind("layouts/brands/*/brand.yaml", Brand)
    yield "sample", Kind("layouts/samples/*/brand.yaml", Brand)
    yield "upgrades", Kind("layouts/upgrades.yaml", Upgrades)
    yield "formats", Kind("layouts/formats.yaml", FORMATS)
    yield "fonts", Kind("layouts/fonts.yaml", FONTS)
    yield "drawing-hand", Kind("layouts/figures.yaml", Hand)


KINDS: Mapping[str, Kind] = dict(_kinds())
"""Every kind of file by the name of its schema."""


@cache
def schemas() -> Mapping[str, Schema]:
    """Return the schema of each kind of file."""
    return {
        name: {
            "$schema": DIALECT,
            **TypeAdapter(kind.record).json_schema(schema_generator=_Described),
            "title": name,
        }
        for name, kind in KINDS.items()
    }


def editor_settings(folder: str) -> Mapping[str, Any]:
    """Return the settings that tell the YAML language server which schema is for which files.

    ``folder`` holds the schemas; it is relative to the one that holds ``sources`` and ``layouts``.
    """
    return {"yaml.schemas": {f"./{folder}/{name}.json": kind.files for name, kind in KINDS.items()}}


class _Described(GenerateJsonSchema):
    """Says what a field means, and describes what is written rather than what it is read as."""

    def generate(self, schema: Any, mode: JsonSchemaMode = "validation") -> Schema:
        described = super().generate(schema, mode)
        _explain_patterns(described)
        return described

    def model_schema(self, schema: core_schema.ModelSchema) -> Schema:
        described = super().model_schema(schema)
        model: type[BaseModel] = schema["cls"]
        said = meanings(model)
        for name, field in model.model_fields.items():
            if name in said:
                described["properties"][field.alias or name]["description"] = said[name]
        described["title"] = re.sub(r"(?<=.)(?=[A-Z])", " ", model.__name__).lower()
        described["description"] = _plain((model.__doc__ or "").partition("\n\n")[0])
        return described

    def field_title_should_be_set(self, schema: Any) -> bool:
        return False

    def nullable_schema(self, schema: core_schema.NullableSchema) -> Schema:
        """Let a key be left out, but never left empty."""
        return self.generate_inner(schema["schema"])

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> Schema:
        described = super().default_schema(schema)
        if not isinstance(described.get("default"), str | int | float):
            described.pop("default", None)
        return described

    def str_schema(self, schema: core_schema.StringSchema) -> Schema:
        """Words may be digits alone: every scalar is read as the string that was written."""
        described = super().str_schema(schema)
        return described if "pattern" in described else {**described, "type": ["string", "number"]}

    def date_schema(self, schema: core_schema.DateSchema) -> Schema:
        pattern = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
        return {**super().date_schema(schema), "pattern": pattern, "title": "date"}

    def dict_schema(self, schema: core_schema.DictSchema) -> Schema:
        """Close it: a key that does not fit is a mistake, and a few known ones are offered."""
        keys = self.generate_inner(schema["keys_schema"])
        values = self.generate_inner(schema["values_schema"])
        described: Schema = {"type": "object", "additionalProperties": values}
        if "enum" in keys:
            described["properties"] = dict.fromkeys(keys["enum"], values)
            described["additionalProperties"] = False
        elif "pattern" in keys:
            described["propertyNames"] = keys
        self.update_with_validations(described, schema, self.ValidationsMapping.object)
        return described


def _explain_patterns(described: Any) -> None:
    if isinstance(described, dict):
        if "pattern" in described and (written := WRITTEN.get(described.get("title", ""))):
            described["patternErrorMessage"] = written
        for inner in described.values():
            _explain_patterns(inner)
    elif isinstance(described, list):
        for inner in described:
            _explain_patterns(inner)


@cache
def meanings(model: type[BaseModel]) -> Mapping[str, str]:
    """Return what is said under each field of a model, and of those that it is made of.

    It is read from the source, since pydantic's own way slows every import of the models.
    """
    found: dict[str, str] = {}
    for kind in reversed(model.__mro__):
        if issubclass(kind, Record) and kind is not Record:
            (tree,) = ast.parse(dedent(inspect.getsource(kind))).body
            assert isinstance(tree, ast.ClassDef)
            found |= dict(_said(tree))
    return found


def _said(tree: ast.ClassDef) -> Iterator[tuple[str, str]]:
    for field, below in pairwise(tree.body):
        match field, below:
            case ast.AnnAssign(target=ast.Name(name)), ast.Expr(ast.Constant(str(said))):
                yield name, _plain(said)


def _plain(words: str) -> str:
    return " ".join(words.split()).replace("``", "`")
