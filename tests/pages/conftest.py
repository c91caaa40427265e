"""Sets small documents, made on the fly, with the real fonts and no template."""

from collections.abc import Callable

import pytest

from clinicpress.design.design import Design, open_design
from clinicpress.pages.typeset import Typeset, typeset
from tests.conftest import ROOT

STYLE = 'html { font: 10pt/12pt "Fira Sans" } body, h1, p { margin: 0; font-size: 10pt }'


@pytest.fixture(scope="session")
def design() -> Design:
    return open_design(
        ROOT / "layouts", brand="default", format="standard", language="en", paper="A4"
    )


@pytest.fixture
def setting(design: Design) -> Callable[..., Typeset]:
    """Return a function that sets a body and a style as pages of 100 by 100 mm, margins 10 mm."""

    def set_it(
        body: str, style: str = "", *, attributes: str = "", most: int | None = None,
        scrolls: bool = False,
    ) -> Typeset:  # fmt: skip
        html = (
            '<!doctype html><html lang="en"><head><title>A sheet</title>'
            f"<style>@page {{ size: 100mm 100mm; margin: 10mm }} {STYLE} {style}</style></head>"
            f"<body {attributes}>{body}</body></html>"
        )
        return typeset(html, design, most=most, scrolls=scrolls)

    return set_it
