"""What a clinic installs: the built wheel alone, with no network and no checkout near it."""

import os
import shutil
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

from clinicpress.authoring.starter import BRANDING, CODES

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("wheel")]  # it is built and installed once

ROOT = Path(__file__).parents[2]
SCRIPTS = "Scripts" if os.name == "nt" else "bin"

NO_NETWORK = """\
import socket


def refuse(*asked, **options):
    raise OSError(f"no network in this test, but something asked for {asked}")


def connect(self, address, really=socket.socket.connect):
    return really(self, address) if self.family == socket.AF_UNIX else refuse(address)


socket.socket.connect = socket.socket.connect_ex = connect
socket.getaddrinfo = refuse
"""


def run(*command: str | Path, folder: Path, fails: int = 0) -> str:
    """Run a command away from the checkout, assert its exit code, and return all it printed."""
    environment = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("PYTHON", "PIP_", "VIRTUAL_ENV"))
    }
    done = subprocess.run(
        [str(part) for part in command],
        cwd=folder,
        env=environment | {"PYTHONUTF8": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        timeout=600,
        check=False,
    )
    assert done.returncode == fails, f"{command} ended with {done.returncode}:\n{done.stdout}"
    return done.stdout


def checkout(folder: Path) -> Path:
    """Copy what the package is built from, without what was made there."""
    copy = folder / "checkout"
    made = shutil.ignore_patterns("__pycache__", ".*", "output", "dist", "build")
    shutil.copytree(ROOT, copy, ignore=made)
    return copy


def environment(folder: Path, *install: str | Path) -> Path:
    """Make an environment without network, install into it, then lend it our dependencies.

    Ours are lent last, so that pip never sees the package that is installed here.
    """
    venv = folder / "venv"
    run(sys.executable, "-m", "venv", "--without-pip", venv, folder=folder)
    python = venv / SCRIPTS / "python"
    purelib = Path(
        run(
            python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", folder=folder
        ).strip()
    )
    ours = sysconfig.get_path("purelib")
    (purelib / "no_network.py").write_text(NO_NETWORK, encoding="utf-8")
    (purelib / "no_network.pth").write_text("import no_network\n", encoding="utf-8")
    pip = (sys.executable, "-m", "pip", "--isolated", "--python", python, "install", "--no-index")
    run(*pip, "--no-deps", *install, folder=folder)
    (purelib / "lent.pth").write_text(f"{ours}\n", encoding="utf-8")
    return venv / SCRIPTS


def build(target: str, source: Path, folder: Path) -> Path:
    """Build the wheel or the sdist with the backend that is installed here."""
    out = folder / "dist"
    run(sys.executable, "-m", "hatchling", "build", "-t", target, "-d", out, folder=source)
    (built,) = out.iterdir()
    return built


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    return build("wheel", checkout(folder), folder)


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory) -> Path:
    """Return the scripts folder of an environment that holds the wheel."""
    return environment(tmp_path_factory.mktemp("installed"), wheel)


def names(wheel: Path) -> set[str]:
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


def test_wheel_holds_the_package_and_nothing_beside_it(wheel):
    tops = {name.split("/")[0] for name in names(wheel)}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"clinicpress"}


@pytest.mark.parametrize("folder", ["clinicpress", "sources", "layouts"])
def test_wheel_holds_every_file_of_the_folder(wheel, folder):
    home = Path("clinicpress") / folder if folder != "clinicpress" else Path(folder)
    expected = {
        (home / path.relative_to(ROOT / folder)).as_posix()
        for path in (ROOT / folder).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts and not path.name.startswith(".")
    }
    assert len(expected) > 3
    assert expected <= names(wheel)


def test_wheel_holds_the_guides_for_editors(wheel):
    """So “generate init” can copy them where there is no checkout; so it does those on brands."""
    pages = {f"clinicpress/guides/{path.name}" for path in (ROOT / "docs/for-editors").glob("*.md")}
    assert len(pages) > 10
    pages |= {f"clinicpress/guides/for-clinics/{name}" for name in (BRANDING, CODES)}
    assert pages <= names(wheel)


def test_wheel_holds_its_licences(wheel):
    held = {Path(name).name for name in names(wheel) if ".dist-info/licenses/" in name}
    assert held == {"LICENSE", "LICENSE-CONTENT", "THIRD-PARTY.md"}


@pytest.mark.parametrize("use", ["create_connection", "socket().connect"])
def test_network_is_really_cut(installed, tmp_path, use):
    code = f"import socket; socket.{use}(('127.0.0.1', 9))"
    said = run(installed / "python", "-c", code, folder=tmp_path, fails=1)
    assert "no network in this test" in said


def test_package_in_use_is_the_installed_one(installed, tmp_path):
    where = "import clinicpress; print(clinicpress.__file__)"
    found = Path(run(installed / "python", "-c", where, folder=tmp_path).strip())
    assert found.is_relative_to(installed.parent)


@pytest.mark.parametrize("name", ["generate", "sources", "layouts", "tests", "benchmarks"])
def test_no_module_is_left_beside_the_package(installed, tmp_path, name):
    code = f"import importlib.util; print(importlib.util.find_spec('{name}'))"
    assert run(installed / "python", "-c", code, folder=tmp_path).strip() == "None"


@pytest.mark.parametrize("command", ["generate", "clinicpress"])
def test_version_is_the_one_in_the_package(installed, tmp_path, command):
    code = "import clinicpress; print(clinicpress.__version__)"
    version = run(installed / "python", "-c", code, folder=tmp_path).strip()
    assert version in run(installed / command, "--version", folder=tmp_path)


def test_list_names_the_booklet(installed, tmp_path):
    assert "booklet" in run(installed / "generate", "list", folder=tmp_path)


def test_booklet_is_built_with_the_content_that_was_installed(installed, tmp_path):
    output = tmp_path / "made"
    run(installed / "generate", "booklet", "--output", output, folder=tmp_path)
    booklets = list(output.rglob("*.pdf"))
    assert len(booklets) >= 1
    assert [path for path in booklets if not path.read_bytes().startswith(b"%PDF-")] == []
    assert list(tmp_path.iterdir()) == [output]


BY_PIP = "import sys; from hatchling.build import build_editable as b; b(sys.argv[1])"


@pytest.mark.parametrize("how", [("-c", BY_PIP), ("tools/in_place.py",)], ids=["pip", "setup"])
def test_editable_install_reads_the_folders_of_its_checkout(tmp_path, how):
    copy = checkout(tmp_path)
    # An editable wheel, built as pip or our set-up does: a path to the checkout, and no content.
    dist = tmp_path / "dist"
    dist.mkdir()
    run(sys.executable, *how, dist, folder=copy)
    (editable,) = dist.iterdir()
    assert not any("sources" in name or "layouts" in name for name in names(editable))
    generate = environment(tmp_path, editable) / "generate"

    away = tmp_path / "away"
    away.mkdir()
    run(generate, "list", folder=away)
    topic = next((copy / "sources").glob("*/topic.yaml"))
    topic.write_text(topic.read_text("utf-8") + "\nno-such-key: x\n", encoding="utf-8")
    said = run(generate, "list", folder=away, fails=1)
    assert "no-such-key" in said
    assert "topic.yaml" in said


def test_sdist_builds_the_same_wheel(wheel, tmp_path):
    sdist = build("sdist", checkout(tmp_path), tmp_path)
    shutil.unpack_archive(sdist, tmp_path / "unpacked")
    (source,) = (tmp_path / "unpacked").iterdir()
    for needed in ("tests/test_imports.py", "Makefile", "requirements.lock", "tools/setup.sh"):
        assert (source / needed).is_file()
    again = tmp_path / "again"
    again.mkdir()
    assert build("wheel", source, again).read_bytes() == wheel.read_bytes()
