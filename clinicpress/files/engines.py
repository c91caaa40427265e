"""What makes pages out of a manuscript: our own code, and the engines in their versions."""

import hashlib
import sys
from functools import lru_cache
from pathlib import Path

NAMES = ("weasyprint", "pydyf", "jinja2", "pikepdf", "pillow", "reportlab", "fontpkg-fira-sans")


@lru_cache(maxsize=1)
def versions() -> tuple[str, ...]:
    """Return each engine's name and installed version; importing none of them."""
    from importlib.metadata import version

    return tuple(f"{name} {version(name)}" for name in NAMES)


@lru_cache(maxsize=2)
def program(package: Path) -> str:
    """Return a fingerprint of the program in the folder ``package``, and of the Python it runs in.

    It is of what lay there when it was first asked for, as is the code that runs.
    """
    own = hashlib.sha256(f"{sys.implementation.cache_tag} {sys.version}".encode())
    for suffix in ("py", "txt"):  # code, and the lists that it goes by
        for path in sorted(package.rglob(f"*.{suffix}")):
            own.update(path.read_bytes())
    return own.hexdigest()
