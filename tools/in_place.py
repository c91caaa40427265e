"""Writes a wheel that holds a path to this checkout and its commands: python in_place.py FOLDER.

Installing it is an editable install without a build backend, which printing would not need. Prints
the wheel's path.
"""

import sys
import tomllib
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def files() -> dict[str, str]:
    """Return what is in the wheel: text by path."""
    sys.path.insert(0, str(ROOT))
    from clinicpress import __version__

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    commands = "".join(f"{name} = {place}\n" for name, place in project["scripts"].items())
    notes = f"{project['name']}-{__version__}.dist-info"
    return {
        f"{project['name']}.pth": f"{ROOT}\n",
        f"{notes}/METADATA": "Metadata-Version: 2.1\n"
        f"Name: {project['name']}\nVersion: {__version__}\n",
        f"{notes}/WHEEL": "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        f"{notes}/entry_points.txt": f"[console_scripts]\n{commands}",
        f"{notes}/RECORD": "",
    }


def write(folder: Path) -> Path:
    """Write the wheel into ``folder`` and return its path."""
    held = files()
    name = next(path for path in held if path.endswith("/WHEEL")).removesuffix(".dist-info/WHEEL")
    wheel = folder / f"{name}-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        for path, text in held.items():
            archive.writestr(path, text)
    return wheel


if __name__ == "__main__":
    print(write(Path(sys.argv[1])))
