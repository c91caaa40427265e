"""A brand's styles and templates say nothing: its words stand in its file and its slots alone."""

# ruff: noqa: E501 - a row is an attack

import pytest

pytestmark = pytest.mark.usefixtures("in_process")  # workers are met in runs/test_in_workers.py

NIGHT = "layouts/brands/night/"
SHEET = ("handout", "thumb-sheet", "--brand", "night")
LIE = "All of the signs above are normal."
UNLISTED = "Bend it as far as you can."

STYLES = {
    "after a part": f'.part-exercises::after {{ content: "{LIE}" }}',
    "before a part, as a block": f'.dose::before {{ content: "{LIE}"; display: block }}',
    "after a step": '.steps li:nth-child(2)::after { content: " Push hard through pain." }',
    "after the title": 'h1::after { content: " (reviewed 2026, valid to 2099)" }',
    "from an attribute": ".dose::after { content: attr(class) }",
    "by a counter": ".dose { counter-increment: x } .dose::after { content: counter(x) }",
    "by quotation marks": '.dose { quotes: "Normal: " "." } .dose::before { content: open-quote }',
    "as the mark of a list": f'.steps, .steps li {{ list-style-type: "{LIE} " }}',
    "by marks of one's own": '@counter-style y { system: cyclic; symbols: "No" } ol { list-style: y }',
    "in place of what is cut off": f'.dose {{ block-ellipsis: "{LIE}"; max-lines: 1; continue: discard }}',
    "as a hyphen": 'p { hyphenate-character: " not " }',
    "as a picture": "h1::after { content: url(l.svg) }",
    "as a bookmark": f'h1, h2, h3 {{ bookmark-label: "{LIE}" }}',
    "as a running title": f'h2 {{ string-set: chapter "{LIE}" }}',
}  # fmt: skip

DRAWING = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'><path d='M0 0h9v9z'/></svg>"


@pytest.mark.few(3)
@pytest.mark.parametrize("style", STYLES.values(), ids=STYLES)
def test_no_style_says_anything(clinic, style):
    clinic.write(NIGHT + "brand.yaml", "name: Night\nregion: GB\n")
    clinic.write(NIGHT + "l.svg", DRAWING)
    clinic.write(NIGHT + "styles/brand.css", style)
    ended = clinic.generate(*SHEET)
    assert (ended.code, clinic.files()) == (1, [])
    assert "[STYLE-" in ended.err or "[BRAND-ROOM]" in ended.err


def test_it_is_told_which_words_and_where(clinic):
    clinic.write(NIGHT + "brand.yaml", "name: Night\nregion: GB\n")
    clinic.write(NIGHT + "styles/brand.css", f'.dose::after {{ content: "{LIE}"; display: block }}')
    said = (
        f"layouts/brands/night/styles/brand.css: a style sets “{LIE}”, and no style says anything"
    )
    assert f"{said}. Take it out" in (told := clinic.generate(*SHEET).err)
    assert "[STYLE-WORDS]" in told


SIGNS = {
    "a bullet": '.steps { list-style-type: "– " }',
    "an arrow": '.dose::before { content: "→ " }',
    "a line": '.dose::after { content: ""; display: block; border-bottom: 1mm solid #123456 }',
    "numbers": ".steps { list-style-type: lower-alpha }",
}


@pytest.mark.few(2)
@pytest.mark.parametrize("style", SIGNS.values(), ids=SIGNS)
def test_signs_that_say_nothing_may_be_set(clinic, style):
    clinic.write(NIGHT + "brand.yaml", "name: Night\nregion: GB\n")
    clinic.write(NIGHT + "styles/brand.css", style)
    ended = clinic.generate(*SHEET)
    assert ended.code == 0, ended.err


TEMPLATES = {
    "as numbers of letters": "<p>Re&#118;iewed by NHS doctors</p>",
    "turned round": '<p>{{ "lamron era sngis llA"|reverse|list|join }}</p>',
    "joined": '<p>{{ "All signs are " ~ "normal" }}</p>',
    "read aloud": '<img src="l.svg" alt="{{ "All of these are nor" ~ "mal" }}">',
    "as a label": '<p aria-label="All of these are fine">{{ m.title|inline }}</p>',
    "in another language": '<p lang="zh">{{ m.title|inline }}</p>',
    "in the frame of a slot": f'<p data-slot="foot">{UNLISTED}</p>',
    "in such a frame, beside one that nobody sees": f'<!--<div data-slot="foot"></div>--><p data-slot="foot">{UNLISTED}</p>',
    "in its own style": f'<style>.dose::after {{ content: "{UNLISTED}" }}</style>',
    "as a title that goes on": f'<p data-carried="{UNLISTED}">{{{{ m.title|inline }}}}</p>',
    "as a link": '<a href="https://example.org/x">{{ m.title|inline }}</a>',
}


@pytest.mark.few(2)
@pytest.mark.parametrize("markup", TEMPLATES.values(), ids=TEMPLATES)
def test_no_template_says_anything_of_its_own(clinic, markup):
    clinic.write(NIGHT + "brand.yaml", "name: Night\nregion: GB\n")
    clinic.write(NIGHT + "l.svg", DRAWING)
    whole = (clinic.folder / "layouts/templates/handout.html").read_text("utf-8")
    start = "{% block body %}"
    assert whole.count(start) == 1
    clinic.write(NIGHT + "templates/handout.html", whole.replace(start, start + markup))
    ended = clinic.generate(*SHEET)
    assert (ended.code, clinic.files()) == (1, [])
    assert any(
        f"[{code}" in ended.err for code in ("TEMPLATE-WORDS", "STYLE-WORDS", "BRAND-", "SLOT")
    )


def test_a_template_may_set_what_is_there_in_another_order(clinic):
    clinic.write(NIGHT + "brand.yaml", "name: Night\nregion: GB\n")
    path = "templates/parts/diary.html"
    whole = (clinic.folder / "layouts" / path).read_text("utf-8")
    clinic.write(NIGHT + path, f"<div>{whole}</div>")
    ended = clinic.generate(*SHEET)
    assert ended.code == 0, ended.err


def test_neither_does_what_a_file_says_of_itself(clinic):
    clinic.write(NIGHT + "brand.yaml", "name: Night\nregion: GB\n")
    whole = (clinic.folder / "layouts/templates/base.html").read_text("utf-8")
    words = '<meta name="keywords" content="approved by all; no sign counts">'
    clinic.write(NIGHT + "templates/base.html", whole.replace("<head>", f"<head>{words}"))
    ended = clinic.generate(*SHEET)
    assert (ended.code, clinic.files()) == (1, [])
    assert "“approved by all; no sign counts”" in ended.err
