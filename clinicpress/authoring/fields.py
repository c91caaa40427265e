"""The schemas in words: every key of every file, for people, as one page of Markdown."""

from collections.abc import Iterator, Sequence

from clinicpress.authoring.schema import KINDS, WRITTEN, Schema, schemas

_HEAD = """\
# Every field

The program writes this page itself (`generate schema`). Each part is one kind of file. A key that
is not in its table is refused, and so is one that is left empty: write it, or leave it out.

| what | how it is written |
| --- | --- |
| words | Any words, on one line or on more lines that are indented alike. |
| text | Words; or a line for each audience that needs others: `{default: …, easy-read: …}`. |
"""

_FOOT = """\
| list: … | `[one, two]`, or a line for each that begins with `- `. |
| … by name | A line `name: …` for each, with a name that you choose. |
"""


def field_reference() -> str:
    """Return the page."""
    told: set[str] = set()
    written = "".join(f"| {what} | {how} |\n" for what, how in WRITTEN.items())
    return "\n".join(
        [_HEAD + written + _FOOT, *(line for name in KINDS for line in _kind(name, told))]
    )


def _kind(name: str, told: set[str]) -> Iterator[str]:
    """Yield one kind of file, and below it what it is made of and was not told above."""
    schema = schemas()[name]
    definitions = schema.get("$defs", {})
    yield f"## {name}\n"
    yield f"`{_where(KINDS[name].files)}`\n"
    if "description" in schema:
        yield f"{schema['description']}\n"
        yield from _table(schema, definitions)
    else:
        yield f"The file holds: {_what({**schema, 'title': None}, definitions)}.\n"
    for part in _parts(schema, definitions):
        if part["title"] not in told:
            told.add(part["title"])
            yield f"### {part['title']}\n"
            yield f"{part['description']}\n"
            yield from _table(part, definitions)


def _where(files: str) -> str:
    files = files.replace("sources/*/", "sources/TOPIC/").replace("brands/*/", "brands/BRAND/")
    return files.replace("**/", "").replace("*", "NAME")


def _table(model: Schema, definitions: Schema) -> Iterator[str]:
    yield "| key | what | needed | meaning |"
    yield "| --- | --- | --- | --- |"
    needed = model.get("required", ())
    for key, field in sorted(model["properties"].items(), key=lambda pair: pair[0] not in needed):
        default = f"else {_shown(field['default'])}" if "default" in field else ""
        must = "yes" if key in needed else default
        meaning = field.get("description", "")
        yield f"| `{key}` | {_what(field, definitions)} | {must} | {meaning} |"
    yield ""


def _parts(schema: Schema, definitions: Schema, above: tuple[str, ...] = ()) -> Iterator[Schema]:
    """Yield the models that a schema refers to, from the outside in."""
    inner = [*schema.get("properties", {}).values(), *schema.get("anyOf", ())]
    inner += [schema[key] for key in ("items", "additionalProperties") if schema.get(key)]
    if "$ref" in schema and (name := _name(schema)) not in above:
        if "properties" in definitions[name]:
            yield definitions[name]
        inner, above = [definitions[name]], (*above, name)
    for each in inner:
        yield from _parts(each, definitions, above)


def _name(reference: Schema) -> str:
    return str(reference["$ref"]).rpartition("/")[2]


def _what(schema: Schema, definitions: Schema) -> str:
    """Return in words what is written."""
    match schema:
        case {"$ref": _}:
            target = definitions[_name(schema)]
            title = str(target["title"])
            return f"[{title}](#{title.replace(' ', '-')})" if "properties" in target else title
        case {"title": str(title)}:
            return title
        case {"anyOf": [one, _]}:
            return f"{_what(one, definitions)}; or one such for each audience"
        case {"enum": choices}:
            return _either(choices)
        case {"type": "boolean"}:
            return _either(("true", "false"))
        case {"type": "integer" | "number"}:
            return f"number{_between(schema)}"
        case {"type": "array", "prefixItems": [entry, *more]}:
            return f"list of {len(more) + 1}: {_what(entry, definitions)}"
        case {"type": "array", "items": entry}:
            return f"list: {_what(entry, definitions)}{_most(schema, 'Items')}"
        case {"type": "object", "properties": known}:
            (values,) = {_what(each, definitions) for each in known.values()}
            return f"{values} for any of {', '.join(map(_shown, known))}"
        case {"type": "object", "additionalProperties": values}:
            return f"{_what(values, definitions)} by name{_most(schema, 'Properties')}"
        case _:
            return "words"


def _either(choices: Sequence[object]) -> str:
    *most, last = map(_shown, choices)
    return f"{', '.join(most)} or {last}" if most else last


def _between(schema: Schema) -> str:
    least, most = schema.get("minimum"), schema.get("maximum")
    if least is None:
        return ""
    return f", {least:g} or more" if most is None else f", {least:g} to {most:g}"


def _most(schema: Schema, of: str) -> str:
    return f"; at most {schema[f'max{of}']}" if f"max{of}" in schema else ""


def _shown(value: object) -> str:
    return f"`{str(value).lower() if isinstance(value, bool) else value}`"
