"""A quiet panel that keeps a figure's place until the figure is drawn."""

from collections.abc import Mapping


def draw(palette: Mapping[str, str]) -> dict[str, str]:
    """Return drawings as SVG by id; for now one, dots on a tint, which carries no meaning."""
    return {
        "placeholder": (
            '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 120 120">'
            f'<rect width="120" height="120" fill="{palette["brand_tint"]}"/>'
            '<pattern id="d" width="10" height="10" patternUnits="userSpaceOnUse">'
            f'<circle cx="5" cy="5" r="0.7" fill="{palette["line"]}"/></pattern>'
            '<rect width="120" height="120" fill="url(#d)"/></svg>'
        )
    }
