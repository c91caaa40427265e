"""The lock pins everything, names no host, and agrees with what else names packages."""

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[2]
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))

PIN = re.compile(
    r"^(?P<name>[a-z0-9-]+)==(?P<version>[\w.]+)(?: ; [^\\]+)? \\\n(?:    --hash=.*\n)+",
    re.MULTILINE,
)
PINS = {pin["name"]: pin["version"] for pin in PIN.finditer(LOCK)}


def normal(requirement: str) -> str:
    """Return the name in a requirement as the lock spells it."""
    return re.split(r"[^A-Za-z0-9._-]", requirement)[0].lower().replace("_", "-")


def test_lock_holds_nothing_but_hashed_pins_and_their_reasons():
    rest = PIN.sub("", LOCK)
    assert len(PINS) > 40
    assert [line for line in rest.splitlines() if not line.startswith("    #")] == []
    hashes = re.findall(r"--hash=(\S+)", LOCK)
    assert [each for each in hashes if not re.fullmatch(r"sha256:[0-9a-f]{64}", each)] == []


def test_lock_names_no_host_and_no_folder():
    assert "/" not in LOCK
    assert "index" not in LOCK


def test_lock_holds_every_requirement_of_the_project():
    groups = PYPROJECT["dependency-groups"]
    asked = [*PYPROJECT["project"]["dependencies"], *PYPROJECT["build-system"]["requires"]]
    asked += [each for group in groups.values() for each in group if isinstance(each, str)]
    assert len(asked) > 20
    assert [each for each in asked if normal(each) not in PINS] == []


def test_lock_holds_the_very_build_backend_that_builds_the_package():
    assert PYPROJECT["build-system"]["requires"] == [f"hatchling=={PINS['hatchling']}"]


def test_third_party_lists_what_the_lock_holds_and_nothing_else():
    rows = re.findall(
        r"^\| ([\w-]+) \| .+ \| .+ \|$", (ROOT / "THIRD-PARTY.md").read_text(encoding="utf-8"), re.M
    )
    listed = [normal(row) for row in rows if row not in ("package", "---")]
    assert sorted(listed) == sorted(PINS)
