"""What a brand's templates, styles and pictures may take of the machine.

Each row must end within the limits, with a sentence and without a file. Which one it is depends on
the guard that meets the attack first: some are refused before anything is laid out.
"""

# ruff: noqa: E501 (each attack stands in one line)
import sys
import time
from dataclasses import replace
from functools import partial

import pytest

from clinicpress.processes.limits import Limits
from clinicpress.runs.run import produce
from tests.conftest import takes_all

LOW = Limits(seconds=1.2, more=0, memory=300_000_000, answer=20_000_000)
"""The sheet itself takes about 0.5 s and 130 MB."""

BRAND = "layouts/brands/night"
SLOW = pytest.mark.slow


def nested(tag: str, count: int, style: str = "") -> str:
    return f"{{% for i in range({count}) %}}<{tag} style='{style}'>{{% endfor %}}x"


def svg(inside: str, attributes: str = 'viewBox="0 0 100 100"') -> str:
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
        f'width="100" height="100" {attributes}>{inside}</svg>'
    )


def doubling(levels: int, drawn: str = '<path d="M0 0h1"/>') -> str:
    """Return groups of which each shows the one before it ten times."""
    groups = [f'<g id="g0">{drawn}</g>']
    for level in range(1, levels):
        groups.append(f'<g id="g{level}">' + f'<use xlink:href="#g{level - 1}"/>' * 10 + "</g>")
    return f"<defs>{''.join(groups)}</defs><use xlink:href='#g{levels - 1}'/>"


PATTERNS = "".join(
    f'<pattern id="p{level}" width=".01" height=".01"><rect width="9" height="9" '
    f'fill="url(#p{level + 1})"/></pattern>'
    for level in range(9)
)
FILTERS = "<filter id='f'>" + '<feOffset dx="1" dy="1"/>' * 30_000 + "</filter>"
STOPS = ",".join(f"#{i % 4096:03x} {i / 1000}%" for i in range(60_000))
LOOP = "{% for i in range(10 ** 5) %}"

TEMPLATES = {
    "range-in-range": f"{LOOP}{LOOP}x{{% endfor %}}{{% endfor %}}",
    "range-in-range-says-nothing": f"{LOOP}{LOOP}{{% endfor %}}{{% endfor %}}",
    "string-times": "{{ 'a' * 10 ** 10 }}",
    "list-times": "{{ ([1] * 10 ** 9)|length }}",
    "power": "{{ 9 ** (9 ** 9) }}",
    "power-again-and-again": "{% set x = 9 ** 99999 %}{% for i in range(10**5) %}{{ (x ** 9) % 7 }}{% endfor %}",
    "center": "{{ 'a'|center(2 ** 31) }}",
    "format-width": "{{ '%09999999999d'|format(1) }}",
    "join-doubling": "{% set ns = namespace(x=['aaaaaaaa'] * 999) %}{% for i in range(40) %}{% set ns.x = ns.x + ns.x %}{% endfor %}",
    "text-doubling": "{% set ns = namespace(x='aaaaaaaa') %}{% for i in range(60) %}{% set ns.x = ns.x ~ ns.x %}{% endfor %}",
    "replace-doubling": "{% set ns = namespace(x='aa') %}{% for i in range(60) %}{% set ns.x = ns.x|replace('a', 'aa') %}{% endfor %}",
    "macro-calls-itself": "{% macro a() %}{{ a() }}{% endmacro %}{{ a() }}",
    "macro-doubling": "{% macro a(n) %}{% if n %}{{ a(n - 1) }}{{ a(n - 1) }}{% endif %}{% endmacro %}{{ a(60) }}",
    "include-itself": "{% include 'panels/clinic-line.html' %}",
    "include-itself-twice": "{% if not n or n < 40 %}{% set n = (n or 0) + 1 %}{% include 'panels/clinic-line.html' %}{% include 'panels/clinic-line.html' %}{% endif %}",
    "recursive-loop": "{% for x in [1] recursive %}{{ loop([1]) }}{% endfor %}",
    "lipsum": "{{ lipsum(n=10 ** 6) }}",
    "batch-fill": "{{ [1]|batch(10 ** 9, 0)|list|length }}",
    "slice-fill": "{{ [1]|slice(10 ** 9)|list|length }}",
    "wordwrap": "{{ ('a' * 10 ** 7)|wordwrap(1)|length }}{{ ('a ' * 10 ** 7)|wordwrap(1) }}",
    "urlize": "{{ ('www.a.b ' * 10 ** 6)|urlize }}",
    "striptags": "{{ ('<' * 10 ** 6)|striptags }}",
    "indent": "{{ ('a\\n' * 10 ** 6)|indent(10 ** 4) }}",
    "tojson": "{{ (['a' * 1000] * 10 ** 6)|tojson }}",
    "pprint": "{{ ([[[1]] * 1000] * 1000)|pprint }}",
    "inline-nested": "{{ ('*' * 10 ** 5 ~ 'a')|inline }}{{ ('[' * 10 ** 5)|inline }}",
    "many-figures": f"{LOOP}{{{{ figure('thumb-bend', 1 + i / 7) and '' }}}}{{% endfor %}}",
    "100000-nested-divs": nested("div", 100_000),
    "5000-nested-divs": nested("div", 5000),
    "nested-flex": nested("div", 40, "display:flex"),
    "nested-grid": nested("div", 30, "display:grid"),
    "nested-inline-blocks": nested("div", 200, "display:inline-block"),
    "nested-tables": nested("table><tr><td", 60),
    "nested-columns": nested("div", 30, "columns:2"),
    "nested-floats": nested("div", 300, "float:left"),
    "nested-lists": nested("ol><li", 900),
    "big-table": "<table>{% for i in range(3000) %}<tr>{% for j in range(60) %}<td>x{% endfor %}{% endfor %}</table>",
    "colspan": "<table><tr><td colspan=99999999>x<td>y</table>",
    "rowspan": "<table>" + "<tr><td rowspan=9999>x" * 3000 + "</table>",
    "pages": f"{LOOP}<p style='break-after:page'>x{{% endfor %}}",
    "footnotes": f"{LOOP}<i style='float:footnote'>x</i>{{% endfor %}}",
    "long-word": "{{ 'x' * 3 * 10 ** 6 }}",
    "long-paragraph": "<p>{{ 'x y ' * 10 ** 6 }}",
    "soft-hyphens": "<p lang=de style='hyphens:auto'>{{ 'abendstunde' * 10 ** 5 }}",
    "combining-characters": "<p>a{{ '\u0301' * 10 ** 6 }}",
    "entities": "{{ '&amp;' * 10 ** 7 }}",
    "attributes": "<p {% for i in range(10**6) %}a{{ i }}=1 {% endfor %}>x",
    "classes": "<style>{% for i in range(10**5) %}.a{{ i }} .b:not(.c) ~ * > p{color:red}{% endfor %}</style>",
}  # fmt: skip

STYLES = {
    "font-size": "body{font-size:1e9pt}",
    "font-size-small": "p{font-size:1e-9pt}",
    "columns": "section{columns:10000}",
    "columns-of-columns": "div,section,ul,li,p{columns:3}",
    "column-width": "body{columns:1e-9mm}",
    "width": "p{width:1e30mm}",
    "margin": "p{margin:1e12mm}",
    "padding": "li{padding:1e300mm 0}",
    "line-height": "body{line-height:1e9}",
    "line-height-nothing": "body{line-height:1e-300}",
    "letter-spacing": "p{letter-spacing:1e15mm}",
    "counter": "body{counter-increment:x 1000000000}p::before{content:counter(x,upper-roman)}",
    "counter-symbols": "@counter-style a{system:additive;additive-symbols:1 x}li{list-style:a;counter-increment:list-item 99999999}",
    "gradient-stops": f"body{{background:linear-gradient({STOPS})}}",
    "gradients": "p{background:" + ",".join(["radial-gradient(red,blue)"] * 20_000) + "}",
    "repeating-gradient": "body{background:repeating-linear-gradient(red 0,blue 1e-9mm)}",
    "content": "p::before{content:'" + "x y " * 600_000 + "'}",
    "page-size-large": "@page{size:1e9mm 1e9mm}",
    "page-size-small": "@page{size:1mm 1mm;margin:0}",
    "page-margin": "@page{margin:1e9mm}",
    "breaks": "*{break-after:page;break-before:right}",
    "selectors": ",".join(["p"] * 300_000) + "{color:red}",
    "selectors-nested": ":is(" * 900 + "p" + ")" * 900 + "{color:red}",
    "selector-of-siblings": "* ~ * ~ * ~ * ~ * ~ * ~ *:has(~ * ~ * *){color:red}",
    "nested-rules": "p{" * 5000 + "color:red" + "}" * 5000,
    "brackets": "p{a:" + "(" * 100_000,
    "variables-doubling": ":root{--a0:x x x x x x x x;" + "".join(f"--a{i}:var(--a{i - 1}) var(--a{i - 1});" for i in range(1, 40)) + "}p::before{content:'' var(--a39)}",
    "calc-nested": "p{width:" + "calc(" * 3000 + "1mm" + ")" * 3000 + "}",
    "grid-tracks": "section{display:grid;grid-template-columns:repeat(1000000,1fr)}",
    "grid-place": "section{display:grid}p{grid-row:99999999;grid-column:99999999}",
    "flex-in-flex": "*{display:flex;flex-wrap:wrap}",
    "shadow-of-borders": "p{border:1e9mm dotted;border-radius:1e9mm}",
    "dotted": "p{border-bottom:0.00001mm dotted red}",
    "background-tiles": "body{background:url(a.svg);background-size:0.001mm 0.001mm}",
    "transforms": "*{transform:" + "rotate(1deg) " * 50_000 + "}",
    "leader": "p::after{content:leader('.') leader('..') '" + "x" * 100_000 + "'}",
    "import-itself": "@import url(brand.css);",
    "data-url": "body{background:url(data:image/svg+xml;base64," + "A" * 10_000_000 + ")}",
    "text-indent": "p{text-indent:-1e12mm;hanging-punctuation:first}",
    "orphans": "p{orphans:999999999;widows:999999999}",
    "string-set": "p{string-set:a content() string(a) string(a)}@page{@top-left{content:string(a)}}",
}  # fmt: skip

PICTURES = {
    "use-doubling": svg(doubling(9)),
    "use-itself": svg('<g id="a"><use xlink:href="#a"/></g>'),
    "use-in-a-circle": svg('<g id="a"><use xlink:href="#b"/></g><g id="b"><use xlink:href="#a"/></g>'),
    "markers": svg("<marker id='m'>" + doubling(6) + "</marker><path marker-mid='url(#m)' d='M0 0" + "h1" * 999 + "'/>"),
    "patterns": svg(PATTERNS + '<rect width="99" height="99" fill="url(#p0)"/>'),
    "pattern-of-itself": svg('<pattern id="p" width="1" height="1"><rect width="1" height="1" fill="url(#p)"/></pattern><rect width="9" height="9" fill="url(#p)"/>'),
    "masks": svg('<mask id="m"><rect width="9" height="9" mask="url(#m)"/></mask><rect width="9" height="9" mask="url(#m)"/>'),
    "clips": svg('<clipPath id="c"><rect width="9" height="9" clip-path="url(#c)"/></clipPath><rect width="9" height="9" clip-path="url(#c)"/>'),
    "filters": svg(FILTERS + "<rect width='9' height='9' filter='url(#f)'/>" * 99),
    "gradient-of-itself": svg('<linearGradient id="a" xlink:href="#b"/><linearGradient id="b" xlink:href="#a"/><rect width="9" height="9" fill="url(#a)"/>'),
    "1000000-paths": svg('<path d="M0 0h1"/>' * 1_000_000),
    "one-long-path": svg(f'<path d="M0 0{"h1v1" * 2_000_000}"/>'),
    "arcs": svg(f'<path d="M0 0{"a1 1 0 1 1 1e-9 1e9" * 300_000}"/>'),
    "dashes": svg('<path stroke="red" stroke-dasharray="1e-9" d="M0 0h1e9"/>' * 99_999),
    "100000-nested-groups": svg("<g>" * 100_000 + "</g>" * 100_000),
    "3000-nested-groups": svg("<g>" * 3000 + "<path/>" + "</g>" * 3000),
    "viewbox": svg("<path/>" * 400_000, 'viewBox="0 0 1e300 1e300"'),
    "entities": '<!DOCTYPE svg [<!ENTITY a "aaaaaaaaaa">' + "".join(f'<!ENTITY a{"a" * i} "{"&a" * 0}{("&a" + "a" * (i - 1) + ";") * 20}">' for i in range(1, 9)) + "]>" + svg("<text>&aaaaaaaaa;</text>"),
    "text": svg("<text>" + "<tspan>x</tspan>" * 200_000 + "</text>"),
    "style-in-svg": svg("<style>" + "a b c{fill:red}" * 200_000 + "</style>" + "<path/>" * 1000),
    "picture-in-picture": svg('<image width="9" height="9" xlink:href="a.svg"/>' * 99),
}  # fmt: skip

FAST = {
    "text-doubling", "macro-doubling", "100000-nested-divs", "colspan", "font-size", "calc-nested",
    "use-doubling", "100000-nested-groups",
}  # fmt: skip
"""What is quick, at least one for each guard: of templates, time, memory, depth, boxes, pictures."""

HARMLESS = {
    "line-height-nothing", "page-size-large", "selector-of-siblings", "orphans", "patterns",
    "pattern-of-itself", "gradient-of-itself", "padding", "line-height",
}  # fmt: skip
"""What the engines bear: it may also print, in time and within the memory."""


def rows(*, full: bool):
    """Yield the attacks of each kind; without the ``full`` matrix, of the slow ones every third."""
    for kind, attacks in (("template", TEMPLATES), ("style", STYLES), ("picture", PICTURES)):
        for number, (name, attack) in enumerate(attacks.items()):
            if full or name in FAST or number % 3 == 0:
                marks = () if name in FAST else SLOW
                yield pytest.param(kind, name, attack, id=f"{kind}-{name}", marks=marks)


def pytest_generate_tests(metafunc):
    if "attack" in metafunc.fixturenames:
        full = takes_all(metafunc.config)
        metafunc.parametrize(("kind", "name", "attack"), list(rows(full=full)))


@pytest.fixture
def night(clinic, monkeypatch):
    """Return a clinic with a brand that somebody sent, and low limits."""
    monkeypatch.setattr("clinicpress.runs.run.produce", partial(produce, limits=LOW))
    clinic.write(f"{BRAND}/brand.yaml", "name: Night\ncolours:\n  brand: '#0f5c6e'\n")
    return clinic


def attacked(clinic, kind: str, attack: str):
    if kind == "template":
        clinic.write(f"{BRAND}/templates/panels/clinic-line.html", attack)
    elif kind == "style":
        clinic.write(f"{BRAND}/styles/brand.css", attack)
    else:
        clinic.write(f"{BRAND}/a.svg", attack)
        clinic.write(f"{BRAND}/styles/brand.css", "h1::after{content:url(a.svg)}")
    started = time.monotonic()
    ended = clinic.generate("handout", "thumb-sheet", "--brand", "night", "--jobs", "1")
    return ended, time.monotonic() - started


@pytest.mark.few(4)
@pytest.mark.skipif(sys.platform != "linux", reason="memory is bounded by the kernel of Linux")
def test_an_attack_on_time_or_memory_ends_with_a_sentence(night, kind, name, attack):
    ended, seconds = attacked(night, kind, attack)
    assert seconds < 60  # by the clock it has five; the rest is a slow machine's
    assert "Traceback" not in ended.err
    assert "should not happen" not in ended.err
    if name in HARMLESS and ended.code == 0:
        return
    assert ended.code == 1, ended.err
    assert ended.err.rstrip().endswith("]") or "Nothing that has one was printed" in ended.err
    assert [path for path in night.files() if path.endswith(".pdf")] == []


def test_an_honest_sheet_keeps_to_the_low_limits(night):
    ended, _ = attacked(night, "style", "h1{color:#123456}")
    assert ended.code == 0, ended.err


def test_all_other_editions_are_printed(night, monkeypatch):
    """What one brand's would take is told, by name, and nothing else is lost."""
    monkeypatch.setattr(
        "clinicpress.runs.run.produce", partial(produce, limits=replace(LOW, seconds=9))
    )
    night.write(f"{BRAND}/templates/panels/clinic-line.html", TEMPLATES["colspan"])
    ended = night.generate("handout", "thumb-sheet", "--brand", "night,default", "--jobs", "2")
    assert ended.code == 1
    assert "night/tiny/tiny_thumb-sheet" in ended.err
    assert "[LIMIT-MEMORY]" in ended.err
    assert "default/tiny/tiny_thumb-sheet" not in ended.err
    assert [path.split("/")[0] for path in night.files() if path.endswith(".pdf")] == ["default"]
