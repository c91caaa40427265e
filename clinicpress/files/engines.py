"""What makes pages out of a manuscript, beside our own code: the engines and their versions."""

from functools import lru_cache

NAMES = ("weasyprint", "pydyf", "jinja2", "pikepdf", "pillow", "reportlab", "fontpkg-fira-sans")


@lru_cache(maxsize=1)
def versions() -> tuple[str, ...]:
    """Return each engine's name and installed version; importing none of them."""
    from importlib.metadata import version

    return tuple(f"{name} {version(name)}" for name in NAMES)
