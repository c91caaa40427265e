"""A quiet panel that keeps a figure's place until the figure is drawn."""


def placeholder(palette_tint: str, line: str) -> str:
    """Return an SVG of dots on a tint. It carries no meaning and is set as an artifact."""
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" width="120" height="120" viewBox="0 0 120 120">'
        f'<rect width="120" height="120" fill="{palette_tint}"/>'
        '<pattern id="d" width="10" height="10" patternUnits="userSpaceOnUse">'
        f'<circle cx="5" cy="5" r="0.7" fill="{line}"/></pattern>'
        '<rect width="120" height="120" fill="url(#d)"/></svg>'
    )
