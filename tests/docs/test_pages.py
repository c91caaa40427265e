"""The pages of `docs`: links lead somewhere, examples are what they say, commands do what they say.

In `docs/for-editors` a line above a block of YAML makes it a file: “New file `…`:” or “Add at the
end of `…`:”. The pages are followed in the order of their index, in a copy such as a clinic's.
"""

import re
import shlex
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.cli.test_cli import objects
from tests.conftest import ROOT, Clinic
from tests.pdf.reading import Print, squeezed

DOCS = ROOT / "docs"
EDITORS = DOCS / "for-editors"
TOP = ("README.md", "CONTRIBUTING.md", "SECURITY.md")
PAGES = [*(ROOT / name for name in TOP), *sorted(DOCS.rglob("*.md"))]

LINK = re.compile(r"\[[^\]]*\]\(([^)#\s]*)(?:#([^)\s]+))?\)")
WHAT = "New file|Later, new file|Add at the end of"
FILE = rf"^(?P<what>{WHAT}) `(?P<path>[^`]+)`:\n\n```(?:yaml|xml)\n(?P<text>.*?)^```$"
COMMANDS = r"^```sh\n(?P<commands>.*?)^```$"
STEP = re.compile(f"{FILE}|{COMMANDS}", re.MULTILINE | re.DOTALL)

EXPECTED = {
    "generate handout at-your-desk --audience front-desk": [
        "For those who work at our front desk",
    ],
    "generate handout short-answers": [
        "Three short answers",
        "Does the kind of pain tell how bad it is?",
        "It may be dull, stiff, sharp or burning.",
        "Look at the warning signs instead.",
    ],
    "generate handout short-answers --audience front-desk": [
        "For those who work at our front desk",
        "Look at the warning signs instead, and show them to callers.",
    ],
    "generate handout fold-it": [
        "Sample: fold a paper boat",
        "Pull both top points apart. There is your boat.",
        "Stop if the paper tears.",
        "Pictures: Drawn for this sample, CC BY 4.0.",
    ],
    "generate handout move-your-thumb --topic sore-thumb": [
        "Move your thumb",
        "Rest your thumb a little, and keep it moving.",
        "Bend your thumb.",
        "3 times",
        "up to 5",
        "Thumb cut off",
    ],
}
"""What a print of the pages' examples must say."""


def anchors(page: Path) -> set[str]:
    headings = re.findall(r"^#+ (.+)$", page.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", each.lower()).replace(" ", "-") for each in headings}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(page):
    lost = []
    for target, anchor in LINK.findall(page.read_text("utf-8")):
        found = page.parent / target if target else page
        if "://" in target or target == "address":
            continue
        if not found.exists() or (anchor and anchor not in anchors(found)):
            lost.append(f"{target}#{anchor}")
    assert lost == []


def test_contributing_names_files_that_are_there():
    named = re.findall(r"`([a-z]+/[\w/-]+\.\w+)`", (ROOT / "CONTRIBUTING.md").read_text("utf-8"))
    assert len(named) >= 15
    assert [path for path in named if not (ROOT / path).is_file()] == []


def test_the_index_of_editors_names_every_page():
    index = (EDITORS / "README.md").read_text("utf-8")
    pages = {page.name for page in EDITORS.glob("*.md")} - {"README.md"}
    assert pages == {target for target, _ in LINK.findall(index) if target.endswith(".md")}


def steps() -> Iterator[re.Match[str]]:
    index = (EDITORS / "README.md").read_text("utf-8")
    for target in dict.fromkeys(target for target, _ in LINK.findall(index)):
        if target.endswith(".md"):
            yield from STEP.finditer((EDITORS / target).read_text("utf-8"))


def in_turn() -> Iterator[re.Match[str]]:
    """Yield the steps, with those that are for later before the next file of their topic."""
    later: list[re.Match[str]] = []
    for step in steps():
        if step["what"] == "Later, new file":
            later.append(step)
            continue
        if step["path"]:
            topic = "/".join(step["path"].split("/")[:2]) + "/"
            yield from (each for each in later if each["path"].startswith(topic))
            later = [each for each in later if not each["path"].startswith(topic)]
        yield step
    assert later == []


def written(clinic: Clinic) -> Iterator[str]:
    """Write each file as the pages say, and yield each command where it is to be typed."""
    for step in in_turn():
        if step["path"]:
            path = clinic.folder / step["path"]
            before = path.read_text("utf-8") if step["what"] == "Add at the end of" else ""
            clinic.write(step["path"], before + step["text"])
        yield from (step["commands"] or "").splitlines()


def test_the_procedure_of_the_guide_is_the_sample():
    """What prints of the sample prints of what an editor has copied from the page."""
    page = (EDITORS / "a-procedure.md").read_text("utf-8")
    shown = {step["path"]: step["text"] for step in STEP.finditer(page) if step["path"]}
    sample = ROOT / "tests/topics"
    assert len(shown) == 11
    assert shown == {
        path: (sample / path.removeprefix("sources/")).read_text("utf-8") for path in shown
    }


@pytest.fixture
def editor(clinic: Clinic, monkeypatch: pytest.MonkeyPatch) -> Clinic:
    """Return a copy such as an editor starts with. It is the current folder."""
    assert clinic.generate("init", "mine").code == 0
    monkeypatch.chdir("mine")
    return replace(clinic, folder=clinic.folder / "mine")


@pytest.mark.slow
def test_what_editors_are_shown_comes_out_in_print(editor):
    said = {}
    for command in written(editor):
        _, *arguments = shlex.split(command)
        if arguments[0] == "check":  # the next test does
            continue
        ended = editor.generate(*arguments)
        assert ended.code == 0, f"{command}: {ended.err}"
        if arguments[0] == "handout":
            said[command] = Print(Path(ended.out.strip())).text
    assert said.keys() == EXPECTED.keys()
    for command, words in EXPECTED.items():
        assert [each for each in words if squeezed(each) not in said[command]] == [], command


@pytest.mark.slow
def test_the_check_finds_no_fault_with_what_editors_are_shown(editor):
    commands = list(written(editor))
    new = {step["path"] for step in steps() if "ew file" in (step["what"] or "")}
    assert "generate check" in commands
    assert len(new) == 24
    found = objects(editor.generate("check", "--json").out)
    assert {"front-desk", "general"} <= {each.get("audience") for each in found}
    assert [each for each in found if each["kind"] == "finding" and each["file"] in new] == []
