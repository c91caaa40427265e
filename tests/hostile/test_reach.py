"""All that a template can reach, walked: plain values, views and listed functions, nothing else.

Whatever a template may write after a dot or in brackets is tried on everything that it holds: each
name that Python knows of an object, each field, each listed function with what it returns.
"""

import contextlib
from collections.abc import Iterator
from pathlib import Path
from types import GeneratorType

import pytest
from jinja2.environment import TemplateModule
from jinja2.runtime import BlockReference, LoopContext, Macro, TemplateReference, Undefined
from jinja2.utils import Namespace

from clinicpress.design.brandfile import Brand
from clinicpress.design.clinic import Clinic, clinic_of
from clinicpress.design.design import open_design
from clinicpress.design.strings import Strings
from clinicpress.editions.edition import Edition
from clinicpress.editions.selection import select
from clinicpress.errors import Problems
from clinicpress.figures.plate import Drawn
from clinicpress.pages import compose as pages
from clinicpress.pages.sandbox import Sandbox
from clinicpress.pages.view import FIELDS, Listed, View, frozen, view
from tests.conftest import ROOT

PLAIN = (str, int, float, bool, type(None))
OWN = (LoopContext, Macro, Namespace, BlockReference, TemplateReference, TemplateModule, Undefined,
       GeneratorType)  # fmt: skip
"""What the template engine itself puts into a template; each is looked at by its names, too."""

ARGUMENTS = (
    (), ("a",), ("a", "b"), (3,), ("page",), ("dose.sets", (1, 2)), ("dose.repetitions", 2),
    ("dose.repetitions", (1, 2)), ("counter.pages", 2),
    ((1, 2),), ((1, 2), (3, 4)), (("a", "b"),), ("2026-01-31",), ("alarm", "#000000"),
    ("thumb", 1.0), ({"a": 1},), ("unsigned", "", True, "", ""), ("a b", 100.0, 10.0),
)  # fmt: skip
"""What each listed function is called with, in turn; it takes at least one of these."""

EVERY_OBJECT = """
{% macro m(x) %}{{ shown(caller) }}{{ shown(m) }}{{ shown(varargs) }}{{ shown(kwargs) }}
{% endmacro %}
{% call m(1, 2, y=3) %}{% endcall %}
{% import "reached.html" as module %}{{ shown(module) }}
{% set ns = namespace(a=1) %}{% set ns.b = [1] %}{{ shown(ns) }}{{ shown(namespace) }}
{% for x in (1, 2) %}{{ shown(loop) }}{% endfor %}
{% block b %}{{ shown(self) }}{{ shown(self.b) }}{% endblock %}
{{ shown((1, 2)|map("string")) }}{{ shown({"a": [1]}) }}{{ shown(nothing) }}
"""


def walk(environment: Sandbox, roots: dict[str, object]) -> Iterator[str]:
    """Yield the way to everything reached from ``roots`` that no template may hold."""
    waiting, seen = list(roots.items()), set()
    while waiting:
        way, value = waiting.pop()
        # What one word or number has, another has, too.
        known = type(value) if isinstance(value, PLAIN) else id(value)
        if known in seen:
            continue
        seen.add(known)
        kept.append(value)  # or another object may take its id
        if isinstance(value, (*PLAIN, tuple, list, dict, View, Listed, *OWN)) or (
            value is Namespace
        ):
            waiting += [(f"{way}{name}", each) for name, each in reached(environment, value)]
        else:
            yield f"{way} is a {type(value).__name__}"


kept: list[object] = []


def reached(environment: Sandbox, value: object) -> Iterator[tuple[str, object]]:
    """Yield what a template reaches in one step from ``value``."""
    if isinstance(value, tuple | list):
        yield from ((f"[{i}]", each) for i, each in enumerate(value))
    names = dir(value) if not isinstance(value, Namespace) else ["a", "b", "_Namespace__attrs"]
    if isinstance(value, View | dict):
        names = [*names, *value]
    if isinstance(value, Listed):
        names = [*names, *value.parts]
    if not isinstance(value, Undefined):
        for name in {*names, "__class__", "__globals__", "__dict__", "__init__", "_held"}:
            for found in (environment.getattr(value, name), environment.getitem(value, name)):
                if not isinstance(found, Undefined):
                    yield f".{name}", found
    if isinstance(value, Listed):
        returned = list(results(value))
        yield from (("()", each) for each in returned)
        if not returned:
            yield "(), which could not be called,", object()


def results(function: Listed) -> Iterator[object]:
    """Yield what a function returns for each of the arguments that it takes."""
    for arguments in ARGUMENTS:
        with contextlib.suppress(TypeError, ValueError, LookupError, AttributeError, Problems):
            yield function(*arguments)


@pytest.fixture
def given(tiny, monkeypatch) -> tuple[Sandbox, dict[str, object]]:
    """Return the environment of a real print, and everything in it before anything is set."""
    kept.clear()
    monkeypatch.chdir(ROOT)
    design = open_design(Path("layouts"), brand="default", format="standard", language="en",
                         paper="A4")  # fmt: skip
    edition = Edition("tiny", "thumb-sheet", "general", "standard", "en", "GB", "default", "A4")
    manuscript = select(tiny, edition)
    drawn = Drawn("thumb", "<svg/>", "A thumb", (("1", "here"),))
    values = {"m": manuscript, "figure": Listed("figure", lambda name, shape: drawn)}
    held = dict(View("print", {**pages._common(design, "en-GB"), **values}))
    folders = tuple(folder / "templates" for folder in design.folders)
    environment = pages._environment(folders, "reach")
    return environment, {**held, **environment.globals}


def test_a_template_reaches_plain_values_views_and_listed_functions_only(given):
    environment, roots = given
    assert list(walk(environment, roots)) == []
    assert len(kept) > 1000


def test_so_it_is_with_what_the_template_engine_puts_in(given, tmp_path):
    (tmp_path / "all.html").write_text(EVERY_OBJECT)
    (tmp_path / "reached.html").write_text("{% set inner = 1 %}{% macro own() %}{% endmacro %}")
    environment, roots = Sandbox([tmp_path], {}), {}

    def shown(value: object) -> str:
        roots[f"{type(value).__name__}{len(roots)}"] = value
        return ""

    environment.get_template("all.html").render(shown=Listed("shown", shown))
    kinds = {type(value).__name__ for value in roots.values()}
    assert {"Macro", "LoopContext", "Namespace", "TemplateModule", "TemplateReference",
            "BlockReference", "dict", "generator", "StrictUndefined"} <= kinds  # fmt: skip
    assert list(walk(environment, roots)) == []


@pytest.mark.few(1)
@pytest.mark.parametrize("way", ["a field", "within a tuple", "a global", "returned", "a part"])
@pytest.mark.parametrize("found", [Path("layouts"), Brand(name="Night")], ids=["path", "model"])
def test_the_walk_reports_what_is_put_in(given, way, found):
    """The walk itself is tested: one path, one model, put in past all that would refuse them."""
    environment, roots = given
    match way:
        case "a field":
            roots["m"].sections[0]._held["found"] = found
        case "within a tuple":
            roots["m"]._held["notes"] = (*roots["m"].notes, ("a", found))
        case "a global":
            roots["found"] = found
        case "returned":
            roots["found"] = _Leaking("page", lambda: found)
        case "a part":
            roots["t"].parts["found"] = found
    assert any(type(found).__name__ in fault for fault in walk(environment, roots))


class _Leaking(Listed):
    def __call__(self, *given):
        return self._function()


@pytest.mark.parametrize(
    "value", [Path("layouts"), Brand, object(), len, b"bytes", open, {1, 2}, iter("a"), 1j]
)
def test_what_is_not_plain_is_not_given(value):
    with pytest.raises(TypeError, match="templates are not given"):
        frozen((1, {"a": [value]}))


def test_a_model_is_given_by_its_fields(tiny):
    brand = frozen(clinic_of(Brand(name="Night"), Strings(ROOT / "layouts/strings/en.po")))
    assert (type(brand), brand.name, brand["name"]) == (View, "Night", "Night")
    assert set(brand) == set(FIELDS[Clinic])
    with pytest.raises(AttributeError):
        _ = brand.parse_raw
    with pytest.raises(AttributeError):
        brand.name = "Day"
    with pytest.raises(TypeError):
        brand["name"] = "Day"  # type: ignore[index]


def test_a_view_is_of_the_fields_that_are_named():
    class Secret:
        shown, hidden = "words", Path("/etc")

    assert dict(view(Secret(), "shown")) == {"shown": "words"}
