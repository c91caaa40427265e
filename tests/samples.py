"""The sample topics, one of each kind, as folders of sources that a test may break."""

import shutil
from pathlib import Path

from clinicpress.content.library import TopicLibrary
from clinicpress.content.reader import read_library
from clinicpress.errors import Problems
from tests.conftest import ROOT

SAMPLES = ("juggling-scarves", "library-hours", "paper-boat")
MOVEMENT, INFORMATION, PROCEDURE = SAMPLES


def make_samples(folder: Path, *topics: str, shared: bool = False) -> Path:
    """Copy what all topics share and the sample ``topics``, or all of them; return the folder.

    Drawings that all share are left out but where they are asked for: they take long to be tried.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for path in (ROOT / "sources").glob("*.yaml"):
        shutil.copy(path, folder)
    leave = None if shared else shutil.ignore_patterns("shared")
    shutil.copytree(ROOT / "sources/figures", folder / "figures", ignore=leave)
    for topic in topics or SAMPLES:
        shutil.copytree(ROOT / "tests/topics" / topic, folder / topic)
    return folder


def problems_of(folder: Path, topic: str) -> list[str]:
    """Return what is wrong with a topic, each as the path below its folder, and the rest."""
    try:
        broken = read_library(folder).broken.get(topic)
        found = broken.problems if broken else ()
    except Problems as error:  # where no topic is left
        found = error.problems
    return [str(one).replace(f"{folder / topic}/", "") for one in found]


def read_topic(folder: Path, topic: str) -> TopicLibrary:
    """Return a topic that nothing is wrong with."""
    return read_library(folder).topics[topic]
