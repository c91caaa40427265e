"""What workers need is there before they are forked, so that each of them finds it."""

import subprocess
import sys

import pytest

from tests.conftest import ROOT, TINY, environment

PRINT = """
import sys
from pathlib import Path
import clinicpress.runs.makeready
from babel import localedata
from clinicpress.checks.seen import specimen
from clinicpress.content.reader import read_library
from clinicpress.orders.plan import plan
from clinicpress.orders.request import Request
from clinicpress.pages import sandbox
from clinicpress.runs.pipeline import prepare, set_pages

sources, layouts, publication = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
library = read_library(sources)
(edition,) = plan(Request((publication,)), library, layouts)
prepared = prepare(edition, library, layouts)
modules, templates = set(sys.modules), set(sandbox._compiled)
fonts, tongues = specimen._outlines.cache_info().misses, set(localedata._cache)
assert set_pages(prepared).pdf
print(*sorted(set(sys.modules) - modules))
print(*sorted(name for _, name in sandbox._compiled.keys() - templates))
print(specimen._outlines.cache_info().misses - fonts, *sorted(localedata._cache.keys() - tongues))
"""


def printed(publication):
    """Return what is imported, compiled and read for a print.

    These are modules, templates, and how many fonts with the names of what languages.
    """
    command = [sys.executable, "-c", PRINT, TINY, ROOT / "layouts", publication]
    ended = subprocess.run(command, env=environment(), capture_output=True, text=True, check=False)
    assert ended.stderr == ""
    return [line.split() for line in ended.stdout.splitlines()]


@pytest.mark.slow
def test_a_sheet_imports_no_module_and_compiles_no_template():
    assert printed("thumb-sheet")[:2] == [[], []]


@pytest.mark.slow
def test_a_booklet_imports_no_module_either():
    modules, templates, _ = printed("booklet")
    assert modules == []
    assert "booklet.html" in templates


@pytest.mark.slow
def test_a_sheet_reads_no_font_and_of_its_language_what_is_its_countrys():
    assert printed("thumb-sheet")[2] == ["0"]
