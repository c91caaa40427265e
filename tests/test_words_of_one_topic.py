"""Words of one body part, or of one topic, stand in nothing that all topics share."""

import re
from collections.abc import Iterator
from pathlib import Path

from click import Command, Context, Group

from clinicpress.cli.app import generate
from tests.conftest import ROOT

OF_ONE = re.compile(
    r"\b(massag\w*|spin(e|al)|vertebra\w*|upper[ -]back|low(er)? back|(your|the|a) back pain|"
    r"back pain|shoulder[ -]?blades?|necks?|posture|muscles?|pains?|weak bones)\b",
    re.IGNORECASE,
)
"""Words of the first topic, and of the parts of the body that it is about."""

SHARED = (
    "layouts/strings", "layouts/templates", "layouts/styles", "layouts/counter",
    "layouts/instructions", "layouts/formats.yaml", "sources/audiences.yaml",
    "sources/regions.yaml", "clinicpress/authoring/skeletons",
)  # fmt: skip

OF_A_KIND = {
    "layouts/strings/en.po": {
        "clinical.muscles", "Muscles and joints:", "compare.field.muscles", "Muscles",
        "compare.field.massage", "Massage", "diary.pain", "Pain 0–10",
        "Pain: 0 is nothing, 10 is the worst.",
    },
    "layouts/instructions/en.po": {"spine"},  # of a book
    "layouts/templates/parts/diary.html": {"pain", "diary.pain"},
    "layouts/templates/parts/scale.html": {"scale.massage"},
    "layouts/templates/cards.html": {"item.muscles", "clinical.muscles"},
    "clinicpress/authoring/skeletons/movement/cautions.yaml": {"massage:"},
    "sources/regions.yaml": {"painkiller"},
}  # fmt: skip
"""What may stand there all the same: keys and labels of parts that only exercises and techniques
have, by file.
"""


def files() -> Iterator[Path]:
    for name in SHARED:
        path = ROOT / name
        yield from [path] if path.is_file() else sorted(p for p in path.rglob("*") if p.is_file())


def stray(words: str, allowed: set[str]) -> Iterator[str]:
    """Yield the lines of words with one of a single topic, once what is allowed is taken out."""
    for line in words.splitlines():
        for kept in sorted(allowed, key=len, reverse=True):
            line = line.replace(kept, "")
        if OF_ONE.search(line):
            yield line.strip()


def test_no_shared_file_names_a_part_of_the_body():
    found = {
        name: lines
        for path in files()
        if (name := path.relative_to(ROOT).as_posix())
        and path.suffix != ".svg"
        and (lines := [*stray(path.read_text("utf-8"), OF_A_KIND.get(name, set()))])
    }
    assert found == {}


def commands(command: Command, name: str) -> Iterator[tuple[str, str]]:
    # A command remembers its option for help, which other tests ask for as it is typed.
    context = Context(command, info_name=name, **generate.context_settings)
    yield name, command.get_help(context)
    if isinstance(command, Group):
        for inner in command.list_commands(context):
            found = command.get_command(context, inner)
            assert found is not None
            yield from commands(found, f"{name} {inner}")


def test_no_help_names_a_part_of_the_body():
    found = {name: [*stray(said, set())] for name, said in commands(generate, "generate")}
    assert len(found) > 20
    assert {name: lines for name, lines in found.items() if lines} == {}


def test_whom_a_topic_is_not_for_is_its_own(library):
    """“Under 65 with weak bones” is said by the topic that knows of it, to nobody else."""
    assert library.audiences["older-adult"].not_for_whom is None
    (reader,) = (t.readers["older-adult"] for t in library.topics.values())
    assert reader.not_for_whom
