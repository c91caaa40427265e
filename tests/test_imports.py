"""Who may import whom. The stages of the work depend on each other in one direction only."""

import ast
import pkgutil
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "clinicpress"

# The parts of the package: the rooms and what stands beside them, in the order of the work. Each
# may import those before it, and each must be named here, so that a new one states its place.
ORDER = (
    "errors",
    "files",
    "processes",
    "design",
    "figures",
    "content",
    "editions",
    "orders",
    "pdf",
    "pages",
    "press",
    "tickets",
    "comparison",
    "checks",
    "counter",
    "authoring",
    "runs",
    "cli",
    "__main__",
)

# Library -> the modules that may import it, anywhere in them. A package stands for its modules.
ENGINES: Mapping[str, set[str]] = {
    "weasyprint": {"pages.typeset"},
    "tinycss2": {"design.style"},
    "reportlab": {"press.marks"},
    "PIL": {"checks.seen", "design.pictures", "press.inks.pixels"},
    "pikepdf": {"checks", "pages.tags", "pdf", "press", "runs.impose"},
    "lxml": {"pdf.metadata"},
    "pypdfium2": {"authoring.gallery", "checks", "counter"},
    "markdown_it": {"content.text"},
    "babel": {"content.translation", "counter", "design.strings", "pages.compose"},
    "textstat_rs": {"checks"},
    "yaml": {"files.records"},
    "pydantic": {"authoring.schema", "content.model", "design", "figures", "files.records"},
    "rich": {"cli", "comparison.compare"},
    "fontTools": {"checks.glyphs", "checks.seen", "files.letters"},
    "click": {"cli", "comparison.compare"},
    "jinja2": {"pages.compose", "pages.sandbox"},
}


def name_of(path: Path) -> str:
    """Return the dotted name of the module in ``path``, from ``clinicpress`` on."""
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


SOURCES = {name_of(path): path for path in sorted(PACKAGE.rglob("*.py"))}


def imports(source: str, module: str, is_package: bool, known: set[str]) -> Iterator[str]:
    """Yield the full name of every module that ``source`` imports, at its top or deep inside.

    ``from package import name`` means the module ``package.name`` where there is one, otherwise
    the package.
    """
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                parents = module.split(".")
                parents = parents[: len(parents) - node.level + is_package]
                base = ".".join([*parents, *filter(None, [node.module])])
            for alias in node.names:
                inner = f"{base}.{alias.name}"
                yield inner if inner in known else base


IMPORTS = {
    name: set(imports(path.read_text("utf-8"), name, path.name == "__init__.py", set(SOURCES)))
    for name, path in SOURCES.items()
}


def part_of(module: str) -> str:
    """Return the part of clinicpress that ``module`` belongs to: "" for the root itself."""
    return module.split(".")[1] if "." in module else ""


def may_import(part: str) -> set[str]:
    """Return the other parts that ``part`` may import: those before it."""
    return set(ORDER[: ORDER.index(part)]) if part in ORDER else set()


def within(module: str, places: set[str]) -> bool:
    """Tell whether ``module`` is one of ``places`` or lies in one of them."""
    return any(f"{module}.".startswith(f"clinicpress.{place}.") for place in places)


def test_every_module_was_seen():
    def walk(folder: Path, name: str) -> Iterator[str]:
        yield name
        for found in pkgutil.iter_modules([str(folder)]):
            inner = f"{name}.{found.name}"
            yield from walk(folder / found.name, inner) if found.ispkg else [inner]

    assert sorted(walk(PACKAGE, "clinicpress")) == sorted(IMPORTS)
    assert len(IMPORTS) >= 15
    assert sum(map(len, IMPORTS.values())) >= 50


def test_every_part_has_its_place_in_the_order():
    parts = {part_of(module) for module in SOURCES} - {""}
    assert sorted(parts) == sorted(ORDER)


def test_each_part_imports_only_what_comes_before_it():
    assert [
        f"{module} imports {imported}"
        for module, found in IMPORTS.items()
        for imported in sorted(found)
        if imported.startswith("clinicpress.")
        and part_of(imported) != part_of(module)
        and part_of(imported) not in may_import(part_of(module))
    ] == []


def test_modules_import_each_other_in_no_circle():
    assert circle({name: sorted(found & set(SOURCES)) for name, found in IMPORTS.items()}) == []


@pytest.mark.parametrize("engine", ENGINES)
def test_an_engine_is_imported_only_where_it_is_needed(engine):
    users = [
        module
        for module, found in IMPORTS.items()
        if any(f"{imported}.".startswith(f"{engine}.") for imported in found)
    ]
    assert [module for module in users if not within(module, ENGINES[engine])] == []


def circle(graph: Mapping[str, list[str]]) -> list[str]:
    """Return the names along one circle in ``graph``, or an empty list."""
    done: set[str] = set()

    def search(name: str, path: list[str]) -> list[str]:
        if name in path:
            return [*path[path.index(name) :], name]
        if name in done:
            return []
        for target in graph.get(name, []):
            if found := search(target, [*path, name]):
                return found
        done.add(name)
        return []

    return next(filter(None, (search(name, []) for name in graph)), [])


def test_circle_is_found():
    assert circle({"a": ["b"], "b": ["c"], "c": ["b"]}) == ["b", "c", "b"]
    assert circle({"a": ["b", "c"], "b": ["c"], "c": []}) == []


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("import clinicpress.press", ["clinicpress.press"]),
        ("from clinicpress.press import stamp", ["clinicpress.press.stamp"]),
        ("from clinicpress.press import Sheet", ["clinicpress.press"]),
        ("from . import tags", ["clinicpress.pages.tags"]),
        ("from .tags import repair", ["clinicpress.pages.tags"]),
        ("from ..errors import Problem", ["clinicpress.errors"]),
        ("def typeset():\n    import weasyprint", ["weasyprint"]),
        ("if TYPE_CHECKING:\n    from pikepdf import Pdf", ["pikepdf"]),
        ("import yaml.reader as reader", ["yaml.reader"]),
    ],
)
def test_imports_are_found(source, expected):
    known = {"clinicpress.press", "clinicpress.press.stamp", "clinicpress.pages.tags"}
    assert list(imports(source, "clinicpress.pages.typeset", False, known)) == expected
