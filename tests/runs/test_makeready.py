"""What workers need is there before they are forked, so that each of them finds it."""

import subprocess
import sys

import pytest

from tests.conftest import ROOT, TINY, environment

PRINT = """
import sys
from pathlib import Path
import clinicpress.runs.makeready
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
assert set_pages(prepared).pdf
print(*sorted(set(sys.modules) - modules))
print(*sorted(name for _, name in sandbox._compiled.keys() - templates))
"""


@pytest.mark.slow
@pytest.mark.parametrize("publication", ["booklet", "thumb-sheet"])
def test_a_print_imports_no_module_and_compiles_no_template(publication):
    command = [sys.executable, "-c", PRINT, TINY, ROOT / "layouts", publication]
    ended = subprocess.run(command, env=environment(), capture_output=True, text=True, check=False)
    assert (ended.stdout, ended.stderr) == ("\n\n", "")
