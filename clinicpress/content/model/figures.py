"""A figure: what is drawn, and the words that go with it."""

from __future__ import annotations

from clinicpress.content.model.wording import Text, Texts
from clinicpress.figures.model import Drawing


class Figure(Drawing):
    """A drawing with its words: for who cannot see it, and for the numbers on it."""

    alt: Text
    """What it shows, for who cannot see it: position, movement, purpose."""
    labels: Texts = {}
    """What each number on it means, by the number."""
