"""The locks pin everything, name no host, and agree with each other and the project."""

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
GROUPS = PYPROJECT["dependency-groups"]
ASKED = {"requirements.lock": PYPROJECT["project"]["dependencies"]} | {
    f"requirements-{group}.lock": asked for group, asked in GROUPS.items()
}
"""What each lock is made of."""

LOCKS = {path.name: path.read_text(encoding="utf-8") for path in ROOT.glob("requirements*.lock")}
PIN = re.compile(
    r"^(?P<name>[a-z0-9-]+)==(?P<version>[\w.]+)(?: ; [^\\]+)? \\\n(?P<files>(?:    --hash=.*\n)+)",
    re.MULTILINE,
)
PINS = {
    lock: {pin["name"]: pin["version"] for pin in PIN.finditer(text)}
    for lock, text in LOCKS.items()
}
PRINTING = PINS["requirements.lock"]
each_lock = pytest.mark.parametrize("lock", sorted(LOCKS))


def normal(requirement: str) -> str:
    """Return the name in a requirement as the lock spells it."""
    return re.split(r"[^A-Za-z0-9._-]", requirement)[0].lower().replace("_", "-")


def test_there_is_a_lock_for_printing_and_one_for_each_group():
    assert set(LOCKS) == set(ASKED)
    assert len(LOCKS) == 4


@each_lock
def test_lock_holds_nothing_but_hashed_pins_and_their_reasons(lock):
    rest = PIN.sub("", LOCKS[lock])
    assert len(PINS[lock]) >= 3
    assert [line for line in rest.splitlines() if not line.startswith("    #")] == []
    hashes = re.findall(r"--hash=(\S+)", LOCKS[lock])
    assert [each for each in hashes if not re.fullmatch(r"sha256:[0-9a-f]{64}", each)] == []


@each_lock
def test_lock_names_no_host_and_no_folder(lock):
    assert "/" not in LOCKS[lock]
    assert "index" not in LOCKS[lock]


@each_lock
def test_lock_holds_every_requirement_of_its_group(lock):
    assert len(ASKED[lock]) >= 1
    assert [each for each in ASKED[lock] if normal(each) not in PINS[lock]] == []


@each_lock
def test_locks_that_pin_the_same_package_pin_the_same_files(lock):
    def pinned(name: str) -> dict[str, str]:  # for which systems is each lock's own matter
        return {pin["name"]: pin["version"] + pin["files"] for pin in PIN.finditer(LOCKS[name])}

    others = {name: pin for other in LOCKS for name, pin in pinned(other).items()}
    assert {name: others[name] for name in pinned(lock)} == pinned(lock)


def test_printing_brings_nothing_that_only_tests_or_builds():
    asked = {normal(each) for group in GROUPS.values() for each in group}
    own = {normal(each) for each in PYPROJECT["project"]["dependencies"]}
    assert set(PRINTING) & (asked - own) == set()
    assert len(PRINTING) < 40


def test_lock_holds_the_very_build_backend_that_builds_the_package():
    hatchling = PINS["requirements-wheel.lock"]["hatchling"]
    assert PYPROJECT["build-system"]["requires"] == [f"hatchling=={hatchling}"]


@pytest.mark.parametrize("chapter", ["To run it", "To test and build it"])
def test_third_party_lists_what_the_locks_hold_and_nothing_else(chapter):
    third_party = (ROOT / "THIRD-PARTY.md").read_text(encoding="utf-8")
    part = third_party.partition(f"## {chapter}\n")[2].partition("\n## ")[0]
    rows = re.findall(r"^\| ([\w-]+) \| .+ \| .+ \|$", part, re.M)
    listed = {normal(row) for row in rows if row not in ("package", "---")}
    everything = {name for pins in PINS.values() for name in pins}
    assert listed == (set(PRINTING) if chapter == "To run it" else everything - set(PRINTING))
