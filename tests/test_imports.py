"""Which library is imported where, and that the contracts of pyproject.toml can be broken.

Who may import whom stands there, in the order of the rooms; ``make check`` holds it.
"""

import pkgutil
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import grimp
import pytest

from tests.conftest import ROOT, environment

PACKAGE = ROOT / "clinicpress"

# Library -> the modules that may import it, anywhere in them. A package stands for its modules.
ENGINES: Mapping[str, set[str]] = {
    "weasyprint": {"pages.typeset"},
    "tinycss2": {"design.style"},
    "reportlab": {"press.marks"},
    "PIL": {"checks.seen", "design.pictures", "press.inks.pixels", "trust.scan"},
    "pikepdf": {"pages.tags", "pdf", "press", "runs.impose"},
    "lxml": {"pages.gist", "pdf.metadata"},
    "coloraide": {"design.hues"},
    "segno": {"design.qr"},
    "pypdfium2": {"authoring.gallery", "checks", "counter", "press.underlay", "trust.scan"},
    "zxingcpp": {"trust.scan"},
    "cryptography": {"cli.releasing", "trust.keys", "trust.signature"},
    "markdown_it": {"content.text"},
    "babel": {"counter", "design.phrasing", "design.strings"},
    "textstat_rs": {"checks"},
    "yaml": {"files.documents", "trust.signing"},
    "pydantic": {
        "authoring.schema",
        "content.model",
        "design",
        "figures",
        "files.findings",
        "files.records",
    },
    "pydantic_core": {"authoring.schema", "content.model", "figures"},
    "rich": {"cli"},
    "fontTools": {
        "design.fonts",
        "checks.glyphs",
        "checks.seen",
        "files.letters",
        "pdf.forms",
        "press.watermark",
    },
    "click": {"cli"},
    "jinja2": {"pages.compose", "pages.sandbox"},
    "markupsafe": {"pages.compose", "pages.sandbox"},
}


@pytest.fixture(scope="module")
def graph() -> grimp.ImportGraph:
    """Return who imports whom, at the top of a module or deep inside, for types as well."""
    return grimp.build_graph("clinicpress", include_external_packages=True, cache_dir=None)


def users(graph: grimp.ImportGraph, engine: str) -> set[str]:
    """Return the modules that import an engine, from the rooms on."""
    found = graph.find_modules_that_directly_import(engine)
    return {module.removeprefix("clinicpress.") for module in found}


def within(module: str, place: str) -> bool:
    """Tell whether ``module`` is ``place`` or lies in it."""
    return f"{module}.".startswith(f"{place}.")


def strays(graph: grimp.ImportGraph, engines: Mapping[str, set[str]]) -> list[str]:
    """Return who imports an engine and may not, and who may and does not."""
    told = []
    for engine, places in engines.items():
        found = users(graph, engine) if engine in graph.modules else set()
        told += [f"{one} imports {engine}" for one in sorted(found)
                 if not any(within(one, place) for place in places)]  # fmt: skip
        told += [f"{place} imports no {engine}" for place in sorted(places)
                 if not any(within(one, place) for one in found)]  # fmt: skip
    return told


def test_every_module_was_seen(graph):
    def walk(folder: Path, name: str) -> Iterator[str]:
        yield name
        for found in pkgutil.iter_modules([str(folder)]):
            inner = f"{name}.{found.name}"
            yield from walk(folder / found.name, inner) if found.ispkg else [inner]

    seen = {module for module in graph.modules if within(module, "clinicpress")}
    assert sorted(seen) == sorted(walk(PACKAGE, "clinicpress"))
    assert len(seen) >= 150


def test_an_engine_is_imported_only_where_it_is_needed(graph):
    assert strays(graph, ENGINES) == []


def test_every_library_is_listed(graph):
    libraries = {module for module in graph.modules if not within(module, "clinicpress")}
    assert libraries - set(sys.stdlib_module_names) == set(ENGINES)


def test_an_engine_elsewhere_is_told():
    graph = grimp.ImportGraph()
    for module in ("clinicpress.cli.app", "clinicpress.press.sheets", "clinicpress.clicks"):
        graph.add_module(module)
    graph.add_module("click", is_squashed=True)
    graph.add_import(importer="clinicpress.cli.app", imported="click")
    assert strays(graph, {"click": {"cli"}}) == []
    graph.add_import(importer="clinicpress.press.sheets", imported="click")
    graph.add_import(importer="clinicpress.clicks", imported="click")
    assert strays(graph, {"click": {"cli", "press.sheets"}}) == ["clicks imports click"]
    assert strays(graph, {"click": {"cli", "cli.progress"}}) == [
        "clicks imports click", "press.sheets imports click", "cli.progress imports no click",
    ]  # fmt: skip


# ---------------------------------------------------------------- the contracts

ROOMS, CIRCLES = "A room imports from those below it", "Nothing imports in a circle"
FOR_TYPES = """
from typing import TYPE_CHECKING
if TYPE_CHECKING:
    from clinicpress.pages import view
"""
FAULTS = {
    "an arrow upward": ("errors.py", "import clinicpress.cli.app", ROOMS),
    "one deep inside": ("design/papers.py", "def f():\n    from clinicpress.press import inks",
                        ROOMS),
    "one for types alone": ("pdf/contents.py", FOR_TYPES, ROOMS),
    "a room without a place": ("lounge/__init__.py", "", ROOMS),
    "a loose module": ("loose.py", "", ROOMS),
    "a circle in a room": ("press/imposition/sheet.py", "import clinicpress.press.products",
                           CIRCLES),
}  # fmt: skip


def contracts(package: Path) -> str:
    """Return what is said of the contracts for the package in a folder."""
    program = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run(
        [program, "--no-cache", "--no-logo"], cwd=package, capture_output=True, text=True,
        env=environment(PYTHONPATH=str(package), COLUMNS="200"), timeout=100, check=False,
    )  # fmt: skip
    assert done.returncode == int("0 broken" not in done.stdout), done.stdout + done.stderr
    return done.stdout


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """Return a folder with a copy of the package and its contracts."""
    python = shutil.ignore_patterns("__pycache__", "*.html", "*.css")
    shutil.copytree(PACKAGE, tmp_path / "clinicpress", ignore=python)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def test_the_contracts_are_kept(copy):
    said = contracts(copy)
    assert f"{ROOMS} KEPT" in said
    assert f"{CIRCLES} KEPT" in said


@pytest.mark.parametrize("fault", FAULTS)
def test_a_contract_can_be_broken(copy, fault):
    name, line, contract = FAULTS[fault]
    module = copy / "clinicpress" / name
    module.parent.mkdir(exist_ok=True)
    with module.open("a", encoding="utf-8") as file:
        file.write(f"\n{line}\n")
    assert f"{contract} BROKEN" in contracts(copy)
