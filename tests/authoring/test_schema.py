"""The schemas and the list of fields: what is committed is current, and they say what is so.

A schema is tried on what an editor sees: YAML 1.2, in which `no` is a word and a date is text.
"""

import copy
import json
import re
from pathlib import Path, PurePosixPath

import pytest
import yaml
from jsonschema import Draft202012Validator
from pydantic import TypeAdapter, ValidationError

from clinicpress.authoring.schema import KINDS, editor_settings, schemas
from clinicpress.authoring.starter import BRANDING, CODES, EXTENSION, write_help
from clinicpress.files.documents import Loader
from tests.conftest import ROOT, TINY, tree

DOCS = ROOT / "docs" / "for-editors"
MAKE = "make them anew with “generate schema --output docs/for-editors”"


class Core(Loader):
    """Reads YAML as editors do: after the core schema of YAML 1.2."""

    yaml_implicit_resolvers = {}


for kind, pattern, first in (
    ("bool", r"true|false", "tf"),
    ("int", r"[-+]?[0-9]+", "-+0123456789"),
    ("float", r"[-+]?(\.[0-9]+|[0-9]+\.[0-9]*)", "-+.0123456789"),
    ("null", r"null|~|", ["n", "~", ""]),
):
    Core.add_implicit_resolver(f"tag:yaml.org,2002:{kind}", re.compile(rf"^(?:{pattern})$"), first)


def seen(text):
    return yaml.load(text, Core)


FILES = [
    (path, f"{name}/{path.relative_to(folder).as_posix()}")
    for name, folder in (
        ("sources", ROOT / "sources"),
        ("layouts", ROOT / "layouts"),
        ("sources", TINY),
        ("sources", ROOT / "tests/topics"),
    )
    for path in sorted(folder.rglob("*.yaml"))
]
"""Every file, and its path below the folder that an editor opens."""

SETTINGS = json.loads((ROOT / ".vscode/settings.json").read_text("utf-8"))


def kinds_of(path):
    """Return the kinds that an editor takes a file for, by its path below the folder it opened."""
    return [
        Path(schema).stem
        for schema, files in SETTINGS["yaml.schemas"].items()
        if PurePosixPath(path).match(files) and path.count("/") == files.count("/")
    ]


def faults(kind, content):
    return [fault.message for fault in Draft202012Validator(schemas()[kind]).iter_errors(content)]


# ------------------------------------------------------------------------- what is committed


def test_committed_schemas_and_fields_are_current(tmp_path):
    write_help(tmp_path)
    committed = {
        name: content
        for name, content in tree(DOCS).items()
        if name == "fields.md" or name.startswith("schema/")
    }
    assert committed == tree(tmp_path), MAKE
    assert len(committed) == len(KINDS) + 1


def test_the_checkout_tells_editors_where_the_schemas_are():
    assert editor_settings("docs/for-editors/schema") == SETTINGS
    named = [ROOT / schema for schema in SETTINGS["yaml.schemas"]]
    assert [path for path in named if not path.is_file()] == []
    extensions = json.loads((ROOT / ".vscode/extensions.json").read_text("utf-8"))
    assert extensions == {"recommendations": [EXTENSION]}


def test_a_clinics_copy_has_the_same_help(clinic):
    clinic.generate("init", "new")
    new = clinic.folder / "new"
    copied = tree(new / "help")
    for name in (BRANDING, CODES):
        guide = copied.pop(name)
        as_shipped = (DOCS.parent / "for-clinics" / name).read_bytes()
        assert guide == as_shipped.replace(b"](../for-editors/", b"](")
    pictures = tree(DOCS.parent / "for-clinics/pictures")
    assert {name: copied.pop(f"pictures/{name}") for name in pictures} == pictures
    rules = copied.pop("rules.md").decode()
    assert rules == (ROOT / "docs/rules.md").read_text("utf-8")
    assert copied == {
        name: content.replace(b"](../rules.md", b"](rules.md")
        for name, content in tree(DOCS).items()
    }
    settings = json.loads((new / ".vscode/settings.json").read_text("utf-8"))
    assert len(settings["yaml.schemas"]) == len(KINDS)
    assert [name for name in settings["yaml.schemas"] if not (new / name).is_file()] == []


def test_settings_that_a_clinic_has_already_stay(clinic):
    clinic.write("mine/.vscode/settings.json", "{}")
    assert clinic.generate("init", "mine").code == 0
    assert tree(clinic.folder / "mine/.vscode") == {"settings.json": b"{}"}


def test_schemas_are_written_anew_where_the_clinic_keeps_them(clinic):
    clinic.generate("init", "new")
    before = tree(clinic.folder / "new/help")
    clinic.write("new/help/schema/topic.json", "{}")
    ended = clinic.generate("schema", "--output", "new/help")
    assert (ended.code, ended.err) == (0, "")
    assert tree(clinic.folder / "new/help") == before


# ------------------------------------------------------------------------- what they say


@pytest.mark.parametrize("kind", KINDS)
def test_a_schema_is_one_and_says_what_each_key_means(kind):
    schema = schemas()[kind]
    Draft202012Validator.check_schema(schema)
    said = {
        f"{model['title']}.{key}": field.get("description", "")
        for model in (schema, *schema.get("$defs", {}).values())
        for key, field in model.get("properties", {}).items()
        if model.get("description")
    }
    assert said or kind in ("warning-signs",)
    assert [key for key, words in said.items() if not re.fullmatch(r"[A-Z`].*\.", words)] == []


@pytest.mark.parametrize("kind", KINDS)
def test_a_key_is_written_with_underscores(kind):
    """What is written with hyphens is a name, of whoever wrote it or of a few that are known."""
    schema = schemas()[kind]
    models = [each for each in (schema, *schema.get("$defs", {}).values()) if "description" in each]
    keys = [key for model in models for key in model.get("properties", {})]
    assert keys or kind == "warning-signs"
    assert [key for key in keys if not re.fullmatch(r"[a-z]+(_[a-z]+)*", key)] == []


@pytest.mark.parametrize(("path", "name"), FILES, ids=[name for _, name in FILES])
def test_every_file_has_one_schema_and_keeps_to_it(path, name):
    kinds = kinds_of(name)
    assert len(kinds) == 1, f"give {name} a kind in clinicpress/authoring/schema.py"
    assert faults(kinds[0], seen(path.read_text("utf-8"))) == []


def test_every_schema_was_tried():
    assert {kind for _, name in FILES for kind in kinds_of(name)} == set(KINDS)


EXERCISE = """\
id: bend
title: Bend
purpose: Moves it.
position: {default: Sit., older-adult: Sit down.}
steps: {bend: Bend it.}
dose: {repetitions: 3-5, hold_seconds: 2}
figure: bend
"""
SIGNED = (
    '[{version: "1", name: A, role: B, organisation: C, date: 2026-11-30, next_review: 2027-11-30, '
    "audiences: [general], languages: [en], regions: [GB], layouts: 1, signs: [E1], "
    "items: {bend: 0123456789abcdef}, seal: 0123456789abcdef}]"
)
PUBLICATION = """\
id: sheet
kind: handout
title: A sheet
audiences: [general]
sections: [{part: message}, {part: exercises, items: {default: [bend]}}]
"""


@pytest.mark.parametrize(
    ("kind", "right", "old", "new"),
    [
        ("exercises", EXERCISE, "purpose:", "purpos:"),
        ("exercises", EXERCISE, "purpose: Moves it.\n", ""),
        ("exercises", EXERCISE, "title: Bend", "title:"),
        ("exercises", EXERCISE, "title: Bend", "title: [Bend]"),
        ("exercises", EXERCISE, "{bend: Bend it.}", "[Bend it.]"),
        ("exercises", EXERCISE, "{bend: Bend it.}", "{}"),
        ("exercises", EXERCISE, "{bend: Bend it.}", "{bend it: Bend it.}"),
        ("exercises", EXERCISE, "bend: Bend it.", ", ".join(f"s{n}: Bend." for n in range(8))),
        ("exercises", EXERCISE, "default: Sit., ", ""),
        ("exercises", EXERCISE, "id: bend", "id: bend it"),
        ("exercises", EXERCISE, "3-5", "often"),
        ("exercises", EXERCISE, "hold_seconds: 2", "hold_seconds: 200"),
        ("exercises", EXERCISE, "hold_seconds: 2", "hold_second: 2"),
        ("exercises", EXERCISE, "id: bend", "id: bend\neasier:"),
        ("exercises", EXERCISE, "id: bend", "id: bend\nevidence: [8]"),
        ("exercises", EXERCISE, "id: bend", "id: bend\neditorial: perhaps"),
        ("exercises", EXERCISE, "id: bend", "id: bend\nnot_for: [general]"),
        ("publications", PUBLICATION, "kind: handout", "kind: brochure"),
        ("publications", PUBLICATION, "part: message", "part: massage"),
        ("publications", PUBLICATION, "{default: [bend]}", "bend"),
        ("publications", PUBLICATION, "[{part: message}", "[message"),
        ("publications", PUBLICATION, "sections: [", "sections: {easy-read: ["),
        ("publications", PUBLICATION, "audiences: [general]", "audiences: []"),
        ("brand", 'name: A\ncolours: {brand: "#123456"}', '"#123456"', "blue"),
        ("regions", "GB: {name: A, paper: A4, words: {emergency-number: 999, urgent-line: a}}",
         "emergency-number: 999, ", ""),
        ("references", "S1: {title: A, address: b, says: c, status: seen}", "S1", "T1"),
        ("reviews", SIGNED, "date: 2026-11-30", "date: today"),
        ("reviews", SIGNED, "{bend: 0123456789abcdef}", "{bend: much}"),
    ],
)  # fmt: skip
def test_what_is_wrong_does_not_keep_to_its_schema(kind, right, old, new):
    assert right.count(old) == 1
    wrong = right.replace(old, new)
    wrong = wrong + "}" if new.endswith("{easy-read: [") else wrong
    assert faults(kind, seen(right)) == []
    assert faults(kind, seen(wrong)) != []


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        ("exercises", EXERCISE.replace("3-5", "3 – 5")),
        ("exercises", EXERCISE.replace("Moves it.", "no")),
        ("exercises", EXERCISE.replace("Moves it.", "1")),
        ("publications", PUBLICATION.replace("{default: [bend]}", "[bend]")),
        ("publications", PUBLICATION.replace("[{", "{default: [{").replace("}}]", "}}]}")),
        ("reviews", "[]"),
    ],
)  # fmt: skip
def test_what_may_be_written_in_two_ways_may_be(kind, content):
    assert faults(kind, seen(content)) == []
    assert refused(kind, seen(content)) is False


# ------------------------------------------------------------------------- as the program reads it


def refused(kind, content):
    """Return whether the program refuses what an editor sees, or None if that rests on two keys."""
    try:
        TypeAdapter(KINDS[kind].record).validate_python(as_read(content))
    except ValidationError as error:
        return None if {each["type"] for each in error.errors()} == {"value_error"} else True
    return False


def as_read(content):
    """Return what the program reads: every scalar as it was written."""
    match content:
        case dict():
            return {str(key): as_read(value) for key, value in content.items()}
        case list():
            return [as_read(value) for value in content]
        case bool():
            return str(content).lower()
    return str(content)


def spoilt(content, above=()):
    """Yield copies of a file's content with one thing wrong, and where."""
    keys = content if isinstance(content, dict) else range(len(content))
    for key in keys:
        at, value = (*above, key), content[key]
        if isinstance(content, dict):
            yield at, "left out", {k: v for k, v in content.items() if k != key}
            renamed = {(f"{k} x" if k == key else k): v for k, v in content.items()}
            yield at, "misspelt", renamed
        for wrong in ("", [], {}, ["a"], {"a": "b"}, "a b", "-"):
            if type(wrong) is not type(value):
                spoiled = copy.copy(content)
                spoiled[key] = wrong
                yield at, f"instead {wrong!r}", spoiled
        if isinstance(value, dict | list):
            for where, what, inner in spoilt(value, at):
                outer = copy.copy(content)
                outer[key] = inner
                yield where, what, outer


CASES = [30, pytest.param(150, marks=pytest.mark.slow)]
"""About how many mistakes in a file are tried, spread evenly over all that were thought of."""


@pytest.mark.few(6)
@pytest.mark.parametrize("cases", CASES)
@pytest.mark.parametrize("kind", KINDS)
def test_a_schema_refuses_just_what_the_program_refuses(kind, cases):
    found = (path.read_text("utf-8") for path, name in FILES if kinds_of(name) == [kind])
    every = list(spoilt(seen(max(found, key=len))))
    validator = Draft202012Validator(schemas()[kind])
    differing = []
    for where, what, wrong in every[:: max(1, len(every) // cases)]:
        verdict = refused(kind, wrong)
        if verdict is not None and verdict is validator.is_valid(wrong):
            differing.append((where, what, "program refuses" if verdict else "schema refuses"))
    assert differing == []
    assert every or kind == "reviews"
