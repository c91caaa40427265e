"""Reads trees of names, which many files have broken (ISO 32000-1, 7.9.6)."""

from typing import Any

from pikepdf import Dictionary, NameTree, PdfError


def named(tree: Any) -> list[Any]:
    """Return what a tree of names holds, in its order; nothing where it is none."""
    if not isinstance(tree, Dictionary):
        return []
    try:
        return list(NameTree(tree).values())
    except (PdfError, ValueError, TypeError, RuntimeError):  # no tree at all
        return []
