"""Copies the shipped sources and layouts for a clinic to edit, with help for whoever edits them."""

import json
import shutil
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from clinicpress.errors import ClinicpressError, EnvironmentFault, shown
from clinicpress.files.output import way_out, why_not_written, write_atomic
from clinicpress.files.paths import PACKAGE, bundled

COPIED = ("sources", "layouts")
OWN = "counter"
"""The counter page among the layouts, which no clinic's copy changes."""

HELP, SCHEMAS, FIELDS = "help", "schema", "fields.md"
STARTER = (*COPIED, HELP)
GUIDES = PACKAGE / "guides"
"""The guides for editors in the wheel; in a checkout they are among its pages."""

BRANDING, CODES = "branding.md", "codes-and-releases.md"
"""The guides for clinics that their folders hold, too; a picture lies in a folder beside them."""
PICTURES = "pictures"

EDITOR = ".vscode"
EXTENSION = "redhat.vscode-yaml"


class FolderInUse(ClinicpressError):
    """The folder already holds what is to be put there; nothing is overwritten."""

    exit_code = 2


def copy_starter(folder: Path, then: Callable[[], None] = lambda: None) -> None:
    """Put ``sources``, ``layouts`` and ``help`` into ``folder``: all of them, or none.

    ``help`` holds the guides for editors and on brands, the list of all fields and of all rules,
    and the schemas.

    Settings that let an editor use the help are added where it has none yet. Nothing stays there
    if ``then``, which is done with them, raises. Raises FolderInUse if one of the three is there
    already, EnvironmentFault if they cannot be written.
    """
    for name in STARTER:
        if (folder / name).exists():
            raise FolderInUse(
                f"{shown(folder / name)} exists already. Choose a new folder; nothing was copied."
            )
    made = STARTER if (folder / EDITOR).exists() else (*STARTER, EDITOR)
    is_new = not folder.exists()
    try:
        for name in COPIED:
            _copy(bundled(name), folder / name, leave=OWN)
        write_help(folder / HELP)
        _write_guides(folder / HELP)
        if EDITOR in made:
            _write_editor_settings(folder)
    except (OSError, EnvironmentFault) as error:
        _take_away(folder, made, is_new)
        cause = error if isinstance(error, OSError) else error.__cause__
        assert isinstance(cause, OSError)
        raise EnvironmentFault(
            f"{shown(folder)} cannot be written: {why_not_written(cause)}. {way_out(cause)}; "
            "nothing was copied."
        ) from cause
    try:
        then()
    except BaseException:
        _take_away(folder, made, is_new)
        raise


def _take_away(folder: Path, made: Iterable[str], is_new: bool) -> None:
    for name in made:
        shutil.rmtree(folder / name, ignore_errors=True)
    if is_new:
        shutil.rmtree(folder, ignore_errors=True)


def write_help(folder: Path) -> None:
    """Write the list of all fields and the schemas into ``folder``, in place of older ones.

    Raises EnvironmentFault if they cannot be written.
    """
    from clinicpress.authoring.fields import field_reference
    from clinicpress.authoring.schema import schemas

    for name, schema in schemas().items():
        write_atomic(folder / SCHEMAS / f"{name}.json", _json(schema))
    write_atomic(folder / FIELDS, field_reference().encode())


def _write_guides(folder: Path) -> None:
    """Copy the guides into ``folder``, their pictures, and the rules that they lead to."""
    from clinicpress.authoring.rulebook import page

    home = GUIDES if GUIDES.is_dir() else PACKAGE.parent / "docs" / "for-editors"
    for path in (*sorted(home.glob("*.md")), *map(_for_clinics, (BRANDING, CODES))):
        words = path.read_text("utf-8").replace("](../rules.md", "](rules.md")
        write_atomic(folder / path.name, words.replace("](../for-editors/", "](").encode())
    for path in sorted(home.glob("*.svg")):
        write_atomic(folder / path.name, path.read_bytes())
    for path in sorted(_for_clinics(PICTURES).glob("*.png")):
        write_atomic(folder / PICTURES / path.name, path.read_bytes())
    write_atomic(folder / "rules.md", page().encode())


def _for_clinics(name: str) -> Path:
    """Return a guide for clinics, in the wheel or a checkout."""
    home = GUIDES if GUIDES.is_dir() else PACKAGE.parent / "docs"
    return home / "for-clinics" / name


def branding_guide(layouts: Path) -> Path:
    """Return the guide to brands: in the help beside a clinic's ``layouts``, else as shipped."""
    own = layouts.parent / HELP / BRANDING
    return own if own.is_file() else _for_clinics(BRANDING)


def _write_editor_settings(folder: Path) -> None:
    from clinicpress.authoring.schema import editor_settings

    settings = editor_settings(f"{HELP}/{SCHEMAS}")
    write_atomic(folder / EDITOR / "settings.json", _json(settings))
    write_atomic(folder / EDITOR / "extensions.json", _json({"recommendations": [EXTENSION]}))


def _json(content: Any) -> bytes:
    return (json.dumps(content, indent=2, ensure_ascii=False) + "\n").encode()


def _copy(source: Path, target: Path, leave: str = "") -> None:
    """Copy a folder and stop at the first error, whose reason ``shutil.copytree`` would lose.

    What is called ``leave`` is not copied.
    """
    target.mkdir(parents=True)
    for path in sorted(source.iterdir()):
        if path.name == leave:
            continue
        if path.is_dir():
            _copy(path, target / path.name)
        else:
            shutil.copyfile(path, target / path.name)
