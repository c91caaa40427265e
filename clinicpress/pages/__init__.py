"""A manuscript in its design, as HTML and as tagged pages."""
