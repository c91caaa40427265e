"""A brand, a layout, a folder that somebody sends is data: each attack is told, and runs nothing.

One table a threat. A row has a name, what is sent, and what the program must say. Rows that are
marked ``STOOD`` were refused before there was a sandbox, too.
"""

# ruff: noqa: E501 - a row is an attack and what is said of it
import base64
import io
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from zlib import crc32

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Pdf, String

from clinicpress.counter.page import write_counter
from clinicpress.design.design import open_design
from clinicpress.design.strings import Strings
from clinicpress.editions.edition import Edition
from clinicpress.editions.selection import select
from clinicpress.errors import ClinicpressError, Problems
from clinicpress.pages.compose import compose
from clinicpress.pages.tags import mend
from clinicpress.pages.typeset import typeset
from tests.conftest import LIES_HERE, ROOT, TINY, environment, undrawn

STOOD = pytest.mark.stood
"""Marks a row that was refused before, too: “-m stood” counts these."""

NIGHT = "layouts/brands/night/"
SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">{}</svg>'


def rows(*table):
    """Return each row with its first cell as its name; a mark may stand at the end of a row."""
    made = []
    for id, *cells in table:
        marks = [cell for cell in cells if isinstance(cell, pytest.MarkDecorator)]
        values = [cell for cell in cells if not isinstance(cell, pytest.MarkDecorator)]
        made.append(pytest.param(*values, id=id, marks=marks))
    return made


# ---------------------------------------------------------------- templates and styles


@pytest.fixture(scope="module")
def house(tmp_path_factory) -> Iterator[Path]:
    """Return a folder of layouts that no row changes but in its own brand's folder. It is current."""
    import shutil

    folder = tmp_path_factory.mktemp("house")
    shutil.copytree(ROOT / "layouts", folder / "layouts")
    (folder / "secret.txt").write_text("the secret")
    before = Path.cwd()
    os.chdir(folder)
    yield folder
    os.chdir(before)


@pytest.fixture
def sent(house, tiny):
    """Return a function that sets the tiny handout with files that somebody sent, or what is said."""
    import shutil

    def set_with(**files: str | bytes) -> str:
        shutil.rmtree(house / NIGHT, ignore_errors=True)
        for name, content in {"brand.yaml": "name: Night\n", **files}.items():
            path = house / NIGHT / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
        try:
            design = open_design(Path("layouts"), brand="night", format="standard", language="en",
                                 paper="A4")  # fmt: skip
            edition = Edition(
                "tiny", "thumb-sheet", "general", "standard", "en", "GB", "night", "A4"
            )
            return compose(select(tiny, edition), design, undrawn)
        except ClinicpressError as error:
            return str(error)

    return set_with


SHORT = {"templates/handout.html": '{% include "brand.css" %}'}
"""A page of nothing but the style, so that a row does not wait for all the other templates."""

PICKLE = (
    """brand.parse_raw("cos\\nsystem\\n(S'id > ran'\\ntR.", proto='pickle', allow_pickle=True)"""
)

REACHING = rows(
    # the two attacks that were seen
    ("a pickle runs a shell command", PICKLE, "[brand] gives a template no “parse_raw”"),
    ("a file is read by a path", "design.folders[0].joinpath('/etc/hostname').read_text()", "[design] gives a template no “folders”"),
    # what was reached through models, paths and methods
    ("write_text", "design.folders[0].joinpath('x').write_text('x')", "no “folders”"),
    ("unlink", "design.folders[1].joinpath('fonts.yaml').unlink()", "no “folders”"),
    ("rename", "design.folders[1].joinpath('fonts.yaml').rename('x')", "no “folders”"),
    ("chmod", "design.folders[0].chmod(0)", "no “folders”"),
    ("symlink_to", "design.folders[0].joinpath('x').symlink_to('/')", "no “folders”"),
    ("open", "design.folders[0].joinpath('x').open('w')", "no “folders”"),
    ("iterdir", "design.folders[0].iterdir()|list", "no “folders”"),
    ("find", "design.find('/etc/hostname')", "[design] gives a template no “find”"),
    ("files", "design.files()", "[design] gives a template no “files”"),
    ("digest", "design.digest()", "[design] gives a template no “digest”"),
    ("symbol", "design.symbol('../../brand')", "[design] gives a template no “symbol”"),
    ("fonts", "design.fonts.sans.package", "[design] gives a template no “fonts”"),
    ("model_construct", "brand.model_construct(name='x')", "[brand] gives a template no “model_construct”"),
    ("copy", "brand.copy(update={'name': 'x'})", "[brand] gives a template no “copy”"),
    ("json", "brand.json()", "[brand] gives a template no “json”"),
    ("model_dump by key", "brand['model_dump']()", "[brand] gives a template no “model_dump”"),
    ("schema", "brand.colours.schema()", "[colours] gives a template no “schema”"),
    ("the strings' path", "t._path", "[t()] gives a template no “_path”"),
    ("the strings' catalogue", "t._words.gettext('page')", "[t()] gives a template no “_words”"),
    ("the words' strings", "words.strings('page')", "gives a template no “strings”"),
    ("a plate's drawing", "m.plates[0].drawing", "[manuscript] gives a template no “plates”"),
    ("the poses", "m.poses", "[manuscript] gives a template no “poses”"),
    ("an entry's method", "m.entries('tier')|list", "[manuscript] gives a template no “entries”"),
    ("a dataclass's fields", "m.edition.__dataclass_fields__", "no “__dataclass_fields__”", STOOD),
    ("a class", "brand.__class__", "no “__class__”", STOOD),
    ("a class by key", "brand['__class__']", "no “__class__”", STOOD),
    ("a class by map", "[brand]|map(attribute='__class__')|first", "gives a template no", STOOD),
    ("mro of words", "''.__class__.__mro__", "no “__class__”", STOOD),
    ("globals of a function", "svg_url.__globals__", "[svg_url()] gives a template no “__globals__”", STOOD),
    ("code of a function", "icon.__code__", "no “__code__”", STOOD),
    ("the function itself", "icon._function", "no “_function”"),
    ("globals of a macro", "loop_of._func.__globals__", "is undefined", STOOD),
    ("what a view holds", "brand._held", "[brand] gives a template no “_held”"),
    ("format of words", "'{0.__class__}'.format(brand)", "a str gives a template no “format”"),
    ("format_map of words", "'{a}'.format_map({'a': 1})", "a str gives a template no “format_map”"),
    ("encode of words", "'x'.encode('rot13')", "a str gives a template no “encode”"),
    ("translate of words", "'x'.translate({120: 'y'})", "a str gives a template no “translate”"),
    ("the filter attr", "brand|attr('name')", "No filter named 'attr'"),
    ("the filter format", "'%s'|format(brand)", "No filter named 'format'"),
    ("the filter tojson", "brand.contact|tojson", "No filter named 'tojson'"),
    ("the filter pprint", "brand|pprint", "No filter named 'pprint'"),
    ("the filter xmlattr", "{'a': 'b'}|xmlattr", "No filter named 'xmlattr'"),
    ("the filter urlize", "'http://x.org'|urlize", "No filter named 'urlize'"),
    ("the filter random", "[1, 2]|random", "No filter named 'random'"),
    ("a filter by map", "['x']|map('center', 10**9)|list|string", "No filter named 'center'"),
    ("the test callable", "t is callable", "No test named 'callable'"),
    ("cycler", "cycler('a').next()", "'cycler' is undefined"),
    ("joiner", "joiner('a')", "'joiner' is undefined"),
    ("the template itself", "self._TemplateReference__context", "gives a template no"),
    ("a call of a view", "brand()", "cannot be called"),
    ("a call of words", "'x'()", "cannot be called"),
    ("a view that is printed", "brand", "[brand] is no words to print"),
    ("a function that is printed", "t", "[t()] is no words to print"),
    ("a function that is joined", "'x' ~ t", "[t()] is no words to print"),
    ("an icon of another folder", "icon('../../../secret', '#000000')", "an icon has a name and a colour"),
    ("an icon's colour that is markup", "icon('alarm', '\"/><script>')", "an icon has a name and a colour"),
    ("a figure's shape of nothing", "figure('thumb', 0)", "a figure's place has a shape"),
    ("a date that is none", "words.month('yesterday')", "Invalid isoformat string"),
    ("a view that is changed", "brand.update({'name': 'x'})", "[brand] gives a template no “update”"),
    ("a list that is changed", "[1].append(2)", "a list gives a template no “append”"),
    ("interface words with an attribute", "t('{0.__class__}', brand)", "positional"),
)  # fmt: skip

TOO_LARGE = rows(
    ("words times ten milliards", "{{ 'a' * 10**10 }}", "a text is too large. Keep to 20000000"),
    ("words times, the other way", "{{ 10**10 * 'a' }}", "a text is too large"),
    ("a list times ten milliards", "{{ ([1] * 10**10)|length }}", "a list is too large. Keep to 10000"),
    ("a tower of powers", "{{ 9**9**9 }}", "a power is too large"),
    ("a product of many", "{% set n = namespace(x=10**9) %}{% for i in range(9) %}{% set n.x = n.x * n.x %}{% endfor %}", "a number is too large"),
    ("a root of less than nothing", "{{ (-8)**0.5 }}", "a number is too large"),
    ("a division by nothing", "{{ 1 / 0 }}", "division by zero", STOOD),
    ("a formatted width", "{{ '%99999999999d' % 1 }}", "“%” stands between what are no numbers"),
    ("center", "{{ 'a'.center(2**31) }}", "a str gives a template no “center”"),
    ("ljust", "{{ 'a'.ljust(2**31) }}", "a str gives a template no “ljust”"),
    ("zfill", "{{ 'a'.zfill(2**31) }}", "a str gives a template no “zfill”"),
    ("expandtabs", "{{ '\\t'.expandtabs(2**31) }}", "a str gives a template no “expandtabs”"),
    ("the filter center", "{{ 'a'|center(2**31) }}", "No filter named 'center'"),
    ("the filter indent", "{{ 'a'|indent(2**31, true) }}", "No filter named 'indent'"),
    ("the filter wordwrap", "{{ 'a b'|wordwrap(1, wrapstring='a' * 9999) }}", "No filter named 'wordwrap'"),
    ("the filter batch", "{{ [1]|batch(10**9, 1)|list }}", "No filter named 'batch'"),
    ("lipsum", "{{ lipsum(n=10**6) }}", "'lipsum' is undefined"),
    ("a long range", "{% for i in range(10**6) %}{% endfor %}", "a range of 1000000 numbers is too large"),
    ("replaced by more", "{{ ('a' * 9999)|replace('a', 'a' * 9999) }}", "a text is too large"),
    ("replaced in a method", "{{ ('a' * 9999).replace('a', 'a' * 9999) }}", "a text is too large"),
    ("replaced between letters", "{{ ('a' * 9999)|replace('', 'a' * 9999) }}", "a text is too large"),
    ("joined by much", "{{ range(9999)|join('a' * 9999) }}", "a text is too large"),
    ("doubled by ~", "{% set n = namespace(x='aaaaaaaa') %}{% for i in range(99) %}{% set n.x = n.x ~ n.x %}{% endfor %}", "a text is too large"),
    ("doubled by +", "{% set n = namespace(x='aaaaaaaa') %}{% for i in range(99) %}{% set n.x = n.x + n.x %}{% endfor %}", "a text is too large"),
    ("doubled by a list", "{% set n = namespace(x=[1]) %}{% for i in range(99) %}{% set n.x = n.x + n.x %}{% endfor %}", "a list is too large"),
    ("doubled by a macro", "{% macro d(x) %}{{ x }}{{ x }}{% endmacro %}{% set n = namespace(x='aaaaaaaa') %}{% for i in range(99) %}{% set n.x = d(n.x) %}{% endfor %}", "what is printed has more than 20000000 letters"),
    ("doubled by a block of words", "{% set n = namespace(x='aaaaaaaa') %}{% for i in range(99) %}{% set y %}{{ n.x }}{{ n.x }}{% endset %}{% set n.x = y %}{% endfor %}", "what is printed has more than 20000000 letters"),
    ("summed lists", "{% set n = namespace(x=[1, 2]) %}{% for i in range(99) %}{% set n.x = [n.x, n.x]|sum(start=[]) %}{% endfor %}", "a list is too large"),
    ("much that is printed", "{% set x = 'a' * 15000000 %}{{ x }}{{ x }}", "what is printed has more than 20000000 letters"),
    ("rounded to a milliard of digits", "{{ 5|round(-10**9) }}", "a precision of -1000000000 digits is too large"),
    ("rounded up likewise", "{{ 5|round(10**9, 'ceil') }}", "a precision of 1000000000 digits"),
    ("a macro that calls itself", "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}", "comes back to itself without end"),
    ("two macros that call each other", "{% macro a() %}{{ b() }}{% endmacro %}{% macro b() %}{{ a() }}{% endmacro %}{{ a() }}", "comes back to itself without end"),
    ("brackets without end", "{{ " + "(" * 5000 + ")" * 5000 + " }}", "it is nested too deep"),
    ("not not not", "{{ " + "not " * 5000 + "1 }}", "it is nested too deep"),
    ("loops in loops in loops", "{% for a in (1,) %}" * 30 + "{% endfor %}" * 30, "it is nested too deep"),
    ("a number of 5000 digits", "{{ " + "9" * 5000 + " }}", "it is nested too deep, or holds a number that is too large"),
    ("a style that includes itself", '{% include "brand.css" %}', "templates stand in each other more than 20 deep"),
    ("a file of two megabytes", "/*" + " " * 2_000_000 + "*/", "this template cannot be read: it has more than 1000000 bytes"),
)  # fmt: skip


@pytest.mark.few(32)
@pytest.mark.parametrize(("expression", "said"), REACHING)
def test_what_a_style_reaches_for_is_not_there(sent, house, expression, said):
    told = sent(**SHORT, **{"styles/brand.css": f"/* night */\n{{{{ {expression} }}}}\n"})
    assert told.startswith(f"{NIGHT}styles/brand.css:2: "), told[:300]
    assert said in told
    assert not (house / "ran").exists()


@pytest.mark.few(15)
@pytest.mark.parametrize(("style", "said"), TOO_LARGE)
def test_what_is_too_large_is_refused(sent, style, said):
    told = sent(**SHORT, **{"styles/brand.css": style})
    assert told.startswith(f"{NIGHT}styles/brand.css"), told[:300]
    assert said in told
    assert told.endswith("[TEMPLATE]")


TEMPLATES = rows(
    ("base that extends handout", {"templates/base.html": '{% extends "handout.html" %}'}, "templates stand in each other more than 20 deep"),
    ("two that include each other", {"templates/parts/message.html": '{% include "x.html" %}', "templates/x.html": '{% include "parts/message.html" %}'}, "more than 20 deep"),
    ("one that imports itself", {"templates/parts/message.html": '{% import "parts/message.html" as me %}'}, "more than 20 deep"),
    ("a block within itself", {"templates/parts/message.html": "{% block b %}{{ self.b() }}{% endblock %}"}, "comes back to itself without end"),
    ("an include that climbs", {"templates/parts/message.html": '{% include "../../../../secret.txt" %}'}, "the template ../../../../secret.txt is missing", STOOD),
    ("an absolute include", {"templates/parts/message.html": '{% include "/etc/hostname" %}'}, "is missing"),
    ("an include of a view", {"templates/parts/message.html": "{% include brand %}"}, "[brand] is no template's name"),
    ("an include of a number", {"templates/parts/message.html": "{% include 5 %}"}, "5 is no template's name"),
    ("a template that is no UTF-8", {"templates/parts/message.html": b"<p>\n\xff</p>"}, ":2: this template cannot be read: a character is not UTF-8"),
    ("another brand's template", {"templates/parts/message.html": '{% include "../brands/default/brand.yaml" %}'}, "is missing", STOOD),
)  # fmt: skip


@pytest.mark.parametrize(("files", "said"), TEMPLATES)
def test_how_templates_stand_in_each_other(sent, files, said):
    told = sent(**files)
    assert f"{NIGHT}templates/" in told, told[:300]
    assert said in told


def test_what_a_brand_would_want_is_set(sent):
    html = sent(**{
        "styles/brand.css": "h1 { color: {{ colour.brand|upper }}; margin: {{ 2 * 3 }}mm }",
        "templates/parts/gate.html": """
        {% set ns = namespace(n=0) %}{% for s in m.sections %}{% set ns.n = ns.n + 1 %}{% endfor %}
        <p>{{ brand.name|upper }} {{ brand["name"] }} {{ ns.n }} {{ m.title.split(" ")[0] }}
        {{ m.sections|map(attribute="part")|join(", ") }} {{ m.sections|length }} {{ [3, 1]|max }}
        {{ brand.logo is none }} {{ m.nothing is defined }} {{ range(3)|sum }} {{ 7 % 4 }}
        {{ ("<b>" ~ brand.name) }} {{ "x"|default("y") }} {{ words.month(m.date) }}</p>""",
    })  # fmt: skip
    for said in ("NIGHT Night", "margin: 6mm", "message", "3 True False 3 3", "&lt;b&gt;Night x"):
        assert said in " ".join(html.split()), said


# ---------------------------------------------------------------- interface words

HEADER = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n\nmsgid "a"\n'

WORDS = rows(
    ("a width that fills the memory", '"A {version:>99999999}"', ":6: “{version:>99999999}” is no {name} that is filled in"),
    ("a conversion", '"A {version!r}"', ":6: “{version!r}” is no {name}"),
    ("an attribute", '"A {x.__class__}"', ":6: “{x.__class__}” is no {name}"),
    ("an index", '"A {version[0]}"', ":6: “{version[0]}” is no {name}"),
    ("a number", '"A {0}"', ":6: “{0}” is no {name}"),
    ("nothing", '"A {}"', ":6: “{}” is no {name}"),
    ("a width that is filled in", '"A {version:{version}}"', "is no {name}"),
    ("a brace alone", '"A {"', ":6: “{” is no {name}"),
    ("a name that is not given", '"A {patient}"', "hold {patient}, which is not filled in there. Use: version."),
    ("words of a megabyte", '"' + "a" * 1_000_000 + '"', "the file is larger than 500 kB"),
    ("words that are filled a thousand times", '"' + "{version}" * 1000 + '"', "have more than 100000 letters"),
)  # fmt: skip


@pytest.mark.parametrize(("words", "said"), WORDS)
def test_interface_words_hold_names_alone(tmp_path, words, said):
    (tmp_path / "en.po").write_text(HEADER + f"msgstr {words}\n")
    with pytest.raises(Problems) as refused:
        Strings(tmp_path / "en.po")("a", version="1" * 1000)
    assert "en.po" in str(refused.value)
    assert said in str(refused.value)


@pytest.mark.parametrize(("old", "new"), rows(
    ("a milliard of plurals", "nplurals=2", "nplurals=1000000000"),
    ("no plural", "nplurals=2", "nplurals=0"),
    ("words packed with zlib", "UTF-8", "zlib"),
    ("another encoding", "UTF-8", "UTF-7"),
))  # fmt: skip
def test_interface_words_ask_for_nothing_odd(tmp_path, old, new):
    (tmp_path / "en.po").write_text(HEADER.replace(old, new) + 'msgstr "A"\n')
    with pytest.raises(Problems, match="this line states no encoding or plurals that can be used"):
        Strings(tmp_path / "en.po")("a")


# ---------------------------------------------------------------- links and odd files


def link(to):
    return lambda path: path.symlink_to(to)


def listening(path):
    here = Path.cwd()
    os.chdir(path.parent)  # a socket's path must be short
    with socket.socket(socket.AF_UNIX) as made:
        made.bind(path.name)
    os.chdir(here)


ODD = rows(
    ("a linked style", NIGHT + "styles/brand.css", link("/etc/hostname"), "[LINK]"),
    ("a linked template", NIGHT + "templates/parts/gate.html", link("/etc/hostname"), "[LINK]"),
    ("a linked icon", NIGHT + "icons/alarm.svg", link("/etc/hostname"), "[LINK]"),
    ("linked words", NIGHT + "strings/en.po", link("/etc/hostname"), "[LINK]"),
    ("a linked picture", NIGHT + "moon.png", link("/etc/hostname"), "[LINK]"),
    ("a linked font", NIGHT + "fonts/moon.ttf", link("/etc/hostname"), "[LINK]"),
    ("a linked brand.yaml", NIGHT + "brand.yaml", link("/etc/hostname"), "[LINK]"),
    ("a link that stays inside", NIGHT + "styles/brand.css", link("../brand.yaml"), "[LINK]"),
    ("a folder that is a link to all", NIGHT + "templates", link("/"), "[LINK]"),
    ("a link to the brand itself", NIGHT + "round", link("."), "[LINK]"),
    ("a link to itself", NIGHT + "me", link("me"), "[LINK]"),
    ("a hidden link", NIGHT + ".hidden", link("/etc/hostname"), "[LINK]"),
    ("a pipe for a style", NIGHT + "styles/brand.css", os.mkfifo, "[ODD-FILE]"),
    ("a pipe for a logo", NIGHT + "logo.svg", os.mkfifo, "[ODD-FILE]"),
    ("a pipe for brand.yaml", NIGHT + "brand.yaml", os.mkfifo, "[ODD-FILE]"),
    ("a socket", NIGHT + "moon.png", listening, "[ODD-FILE]"),
    ("a file of a gigabyte", NIGHT + "moon.png", lambda path: os.truncate(path, 2**30), "[FILE-SIZE]"),
    ("a link out of the layouts", "layouts/templates/x.html", link("/etc/hostname"), "[LINK]"),
    ("a linked fonts.yaml", "layouts/fonts.yaml", link("/etc/hostname"), "[LINK]"),
    ("a pipe in the layouts", "layouts/icons/x.svg", os.mkfifo, "[ODD-FILE]"),
)  # fmt: skip


@pytest.mark.parametrize(("path", "made", "code"), ODD)
def test_links_and_odd_files_are_told_before_anything_is_opened(clinic, path, made, code):
    clinic.write(NIGHT + "brand.yaml", "name: Night\n")
    file = clinic.folder / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.unlink(missing_ok=True)
    if "gigabyte" in os.environ["PYTEST_CURRENT_TEST"]:
        file.touch()
    made(file)
    ended = clinic.generate("handout", "thumb-sheet", "--brand", "night")
    assert ended.err.startswith(f"{path}: "), ended.err[:300]
    assert ended.err.strip().endswith(code)
    assert (ended.code, clinic.files()) == (1, [])


def test_a_brand_folder_may_be_a_link_that_the_clinic_made(clinic, tmp_path_factory):
    elsewhere = tmp_path_factory.mktemp("elsewhere") / "night"
    elsewhere.mkdir()
    (elsewhere / "brand.yaml").write_text("name: Night\n")
    (clinic.folder / "layouts/brands/night").symlink_to(elsewhere)
    ended = clinic.generate("handout", "thumb-sheet", "--brand", "night")
    assert ended.code == 0, ended.err


# ---------------------------------------------------------------- fonts

SANS = "sans: {family: Fira Sans, package: fontpkg_fira_sans, faces: [{weight: 400, file: FiraSans-Regular.ttf}]}"

FONTS = rows(
    ("a module that prints", "fontpkg_fira_sans", "this.x", "Write the name of an installed package of fonts"),
    ("a module of Python", "fontpkg_fira_sans", "os", "no package “os” is installed"),
    ("a module that opens a browser", "fontpkg_fira_sans", "antigravity", "no package “antigravity” is installed"),
    ("a path", "fontpkg_fira_sans", "../../evil", "Write the name of an installed package of fonts"),
    ("an absolute path", "fontpkg_fira_sans", "/tmp", "Write the name of an installed package of fonts"),
    ("a module in the folder", "fontpkg_fira_sans", "evil", "no package “evil” is installed"),
    ("a module of this program", "fontpkg_fira_sans", "clinicpress.cli.app", "Write the name of an installed"),
    ("a file that climbs", "FiraSans-Regular.ttf", "../../../../etc/hostname", "Write the name of the file alone"),
    ("an absolute file", "FiraSans-Regular.ttf", "/etc/hostname", "Write the name of the file alone"),
    ("a file that is no font", "FiraSans-Regular.ttf", "METADATA", "Write the name of the file alone"),
    ("a font that is not there", "FiraSans-Regular.ttf", "Evil.ttf", "has no file “Evil.ttf”"),
    ("a font of another package", "FiraSans-Regular.ttf", "Vera.ttf", "has no file “Vera.ttf”"),
    ("a weight of nothing", "400", "0", "which is too little"),
    ("a weight beyond all", "400", "1001", "which is too much"),
    ("a rule in the family's name", "Fira Sans", '"x\\"; src: url(http://example.org)"', "Write the family's name in letters"),
    ("another font's name", "Fira Sans", "Arial", "“Arial” is not in “fontpkg_fira_sans”, whose “FiraSans-Regular.ttf” is Fira Sans. Write “family: Fira Sans”, or name the package that holds “Arial”."),
    ("no face", "[{weight: 400, file: FiraSans-Regular.ttf}]", "[]", "is empty"),
)  # fmt: skip


@pytest.mark.few(8)
@pytest.mark.parametrize(("old", "new", "said"), FONTS)
def test_fonts_are_files_of_installed_packages(clinic, old, new, said):
    clinic.write("evil/__init__.py", "open('ran', 'w')")
    clinic.write("layouts/fonts.yaml", SANS.replace(old, new))
    ended = clinic.generate("handout", "thumb-sheet")
    assert ended.err.startswith("layouts/fonts.yaml:1: "), ended.err[:300]
    assert said in ended.err
    assert (ended.code, clinic.files()) == (1, [])
    assert not {"this", "antigravity", "evil"} & set(sys.modules)
    assert not Path("ran").exists()


@pytest.mark.parametrize("name", ["fontpkg_fira_sans", "fontpkg-fira-sans", "Fontpkg-Fira-Sans"])
def test_a_package_of_fonts_is_found_by_either_name(clinic, name):
    clinic.change("layouts/fonts.yaml", "fontpkg_fira_sans", name)
    assert open_design(Path("layouts"), brand="default", format="standard", language="en", paper="A4").fonts["sans"].package == name  # fmt: skip


# ---------------------------------------------------------------- styles

STYLES = rows(
    ("an import in escapes", r"@\69mport 'a.css';", "[STYLE-IMPORT]"),
    ("an import in capitals over lines", "@IMPORT\n\n'a.css';", "[STYLE-IMPORT]"),
    ("an import after a comment", "@import/**/url(a.css);", "[STYLE-IMPORT]"),
    ("a font from the network", "@font-face { font-family: x; src: url(https://example.org/x.ttf) }", "[STYLE-FONT]"),
    ("a font from a file", "@font-face { font-family: x; src: url(x.ttf) }", "[STYLE-FONT]"),
    ("a font in escapes", r"@font-f\61 ce { font-family: x; src: url(x.ttf) }", "[STYLE-FONT]"),
    ("an address in escapes", r"h1 { background: \75rl(https://example.org/x.png) }", "[LAYOUT-OUTSIDE]"),
    ("an address over lines", "h1 { background: url(\n'https://example.org/x.png'\n) }", "[LAYOUT-OUTSIDE]"),
    ("an address in src()", "h1 { background: src('https://example.org/x.png') }", "[LAYOUT-OUTSIDE]"),
    ("an address in image-set()", "h1 { background: image-set('https://example.org/x.png' 1x) }", "[LAYOUT-OUTSIDE]"),
    ("an address in a variable", ":root { --x: url(https://example.org/x.png) } h1 { background: var(--x) }", "[LAYOUT-OUTSIDE]", STOOD),
    ("another brand's file", "h1 { background: url(../default/brand.yaml) }", "another brand's. Copy"),
    ("a page as a picture", "h1 { background: url(data:text/html,x) }", "is no picture. Copy"),
    ("a script as a link", "h1 { link: url(javascript:alert) }", "[LAYOUT-OUTSIDE]", STOOD),
)  # fmt: skip


@pytest.mark.parametrize(("style", "code"), STYLES)
def test_styles_are_read_as_css(sent, style, code):
    told = sent(**{"styles/brand.css": f"/* night */\n{style}\n"})
    assert told.startswith(f"{NIGHT}styles/brand.css:"), told[:300]
    assert code in told


# ---------------------------------------------------------------- what is composed


@pytest.fixture
def layout(house):
    """Return a function that lays out a body and a style, and returns what is said, or the PDF."""
    folder = house / "layouts/brands/day"
    folder.mkdir(exist_ok=True)
    (folder / "brand.yaml").write_text("name: Day\n")
    (house / "layouts/brands/default/other.svg").write_text(SVG.format("<rect/>"))

    def lay_out(body: str, style: str = "", **files: str | bytes):
        for name, content in files.items():
            (folder / name).write_bytes(content if isinstance(content, bytes) else content.encode())
        design = open_design(
            Path("layouts"), brand="day", format="standard", language="en", paper="A4"
        )
        html = (f'<html lang="en"><head><title>x</title><style>body {{ font-family: "Fira Sans" }} {style}'
                f"</style></head><body><h1>Words</h1>{body}</body></html>")  # fmt: skip
        try:
            return typeset(html, design).pdf
        except ClinicpressError as error:
            return str(error)

    return lay_out


MARKUP = rows(
    ("a script", "<script>alert(1)</script>", "a template holds <script>"),
    ("a linked style", '<link rel="stylesheet" href="https://example.org/a.css">', "a template holds <link>"),
    ("an attached file", '<link rel="attachment" href="brand.yaml">', "a template holds <link>"),
    ("an attached file by a link", '<a rel="attachment" href="https://example.org">x</a>', "a template attaches a file"),
    ("an object", '<object data="brand.yaml"></object>', "a template holds <object>"),
    ("an embed", '<embed src="brand.yaml">', "a template holds <embed>"),
    ("a frame", '<iframe src="brand.yaml"></iframe>', "a template holds <iframe>"),
    ("a form", '<form action="https://example.org"></form>', "a template holds <form>"),
    ("a field", '<input style="appearance: auto" name="x">', "a template holds <input>"),
    ("a base", '<base href="https://example.org/">', "a template holds <base>"),
    ("a meta that goes elsewhere", '<meta http-equiv="refresh" content="0; url=https://example.org">', "a template holds <meta>"),
    ("a script in an attribute", '<p onclick="alert(1)">x</p>', "holds the script “onclick”"),
    ("a style in an attribute", "<p style=\"background: url('https://example.org/x.png')\">x</p>", "is on the network"),
    ("an import in a style element", "<style>@im\\70ort 'https://example.org/a.css';</style>", "[STYLE-IMPORT]"),
    ("a link to a script", '<a href="javascript:alert(1)">press here</a>', "the words “press here” link to “javascript:alert(1)”"),
    ("a link to a file", '<a href="file:///etc/passwd">press here</a>', "the words “press here” link to “file:///etc/passwd”"),
    ("a link without a scheme", '<a href="www.example.org">us</a>', "the words “us” link to “www.example.org”, which leads nowhere"),
    ("a link to a share", '<a href="//server/share">us</a>', "the words “us” link to “//server/share”"),
    ("a link to data", '<a href="data:text/html,x">us</a>', "the words “us” link to “data:text/html,x”"),
    ("a link of an area", '<map><area href="javascript:alert(1)"></map>', "the words “<area>” link to “javascript:alert(1)”"),
    ("a link to nothing", '<a href="">us</a>', "the words “us” link to “”"),
    ("a script in a drawing", SVG.format("<script>alert(1)</script>"), "a drawing in a template holds a <script>"),
    ("a page in a drawing", SVG.format("<foreignObject/>"), "a drawing in a template holds a <foreignObject>"),
    ("a link in a drawing", SVG.format('<a xlink:href="file:///etc/passwd"><rect/></a>'), "a drawing in a template refers to “file:///etc/passwd”"),
    ("elements in elements", "<div>" * 500, "elements stand in each other more than 150 deep"),
)  # fmt: skip


@pytest.mark.parametrize(("body", "said"), MARKUP)
def test_what_has_no_business_in_a_print_is_told(layout, body, said):
    told = layout(body)
    assert isinstance(told, str)
    assert told.startswith("brands/day: "), told[:300]
    assert said in told


def picture(svg: str) -> str:
    return "data:image/svg+xml;base64," + base64.b64encode(svg.encode()).decode()


def chunk(kind: bytes, body: bytes = b"") -> bytes:
    return len(body).to_bytes(4) + kind + body + crc32(kind + body).to_bytes(4)


PNG_STARTS, PNG_ENDS = b"\x89PNG\r\n\x1a\n", chunk(b"IEND")
ONE_ROW = chunk(b"IDAT", bytes.fromhex("789c6360000000020001"))


def png_head(width: int, height: int) -> bytes:
    return chunk(b"IHDR", width.to_bytes(4) + height.to_bytes(4) + bytes([8, 0, 0, 0, 0]))


def png(width: int, height: int) -> bytes:
    """Return a PNG that says it is this large, and holds one row of nothing."""
    return PNG_STARTS + png_head(width, height) + ONE_ROW + PNG_ENDS


def jpeg(width: int, height: int) -> bytes:
    frame = b"\xff\xc0\0\x0b\x08" + height.to_bytes(2) + width.to_bytes(2) + b"\1\1\x11\0"
    scan = b"\xff\xda\0\x08\1\1\0\0\x3f\0"
    return b"\xff\xd8\xff\xe0\0\4xx" + frame + scan + b"\xff\xd9"


DOUBLING = (
    "".join(
        f'<g id="g{n}"><use xlink:href="#g{n + 1}"/><use xlink:href="#g{n + 1}"/></g>'
        for n in range(30)
    )
    + '<g id="g30"><rect/></g>'
)
PAINTED = "".join(
    f'<pattern id="p{n}"><rect fill="url(#p{n + 1})"/><rect fill="url(#p{n + 1})"/></pattern>'
    for n in range(30)
)
LAUGHS = '<!DOCTYPE svg [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>' + SVG.format("<text>&b;</text>")
OUTSIDE = '<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/hostname">]>' + SVG.format(
    "<text>&a;</text>"
)

PICTURES = rows(
    ("a script", "x.svg", SVG.format("<script>alert(1)</script>"), "holds a <script>"),
    ("a script in an attribute", "x.svg", SVG.format('<rect onload="x"/>'), "holds the script “onload”"),
    ("a page", "x.svg", SVG.format("<foreignObject/>"), "holds a <foreignObject>"),
    ("a picture on the network", "x.svg", SVG.format('<image xlink:href="https://example.org/x.png"/>'), "refers to “https://example.org/x.png”"),
    ("a picture in a file", "x.svg", SVG.format('<image href="file:///etc/hostname"/>'), "refers to “file:///etc/hostname”"),
    ("another drawing", "x.svg", SVG.format('<use href="other.svg#a"/>'), "refers to “other.svg#a”"),
    ("a style from elsewhere", "x.svg", SVG.format("<style>@import 'https://example.org/a.css';</style>"), "refers to “https://example.org/a.css”"),
    ("a colour from elsewhere", "x.svg", SVG.format('<rect fill="url(https://example.org/x.svg#a)"/>'), "refers to “https://example.org/x.svg#a”"),
    ("entities that laugh", "x.svg", LAUGHS, "declares an entity"),
    ("an entity from a file", "x.svg", OUTSIDE, "declares an entity"),
    ("uses that double", "x.svg", SVG.format(DOUBLING), "has more shapes than can be drawn"),
    ("patterns that double", "x.svg", SVG.format(PAINTED), "has more shapes than can be drawn"),
    ("a use of itself", "x.svg", SVG.format('<g id="a"><use xlink:href="#a"/></g>'), "uses a shape within itself"),
    ("groups in groups", "x.svg", SVG.format("<g>" * 500 + "</g>" * 500), "has more shapes than can be drawn"),
    ("a hundred thousand shapes", "x.svg", SVG.format("<rect/>" * 100_000), "has more shapes than can be drawn"),
    ("a PNG of a milliard pixels", "x.png", png(65_000, 65_000), "is 65000 by 65000 pixels large"),
    ("a PNG without pixels", "x.png", png(0, 9), "is no image that can be printed"),
    ("a PNG with no row", "x.png", PNG_STARTS + png_head(1, 1) + PNG_ENDS, "is no image that can be printed"),
    ("a PNG and more behind it", "x.png", png(1, 1) + b"%PDF-1.4" + PNG_ENDS, "is no image that can be printed"),
    ("a PNG with a note before its head", "x.png", PNG_STARTS + chunk(b"tEXt", b"a\0b") + png_head(1, 1) + ONE_ROW + PNG_ENDS, "is no image that can be printed"),
    ("a JPEG of a milliard pixels", "x.jpg", jpeg(65_000, 65_000), "is 65000 by 65000 pixels large"),
    ("a PDF", "x.pdf", b"%PDF-1.4", "is no picture, and so is not opened"),
    ("brand.yaml", "brand.yaml", "name: Day\n", "is no picture, and so is not opened"),
    ("a GIF", "x.gif", b"GIF89a", "is no picture, and so is not opened"),
    ("words that say they are SVG", "x.svg", "<p>x</p>", "is no image that can be printed"),
)  # fmt: skip


@pytest.mark.parametrize(("name", "content", "said"), PICTURES)
def test_a_picture_that_is_none_is_told(layout, name, content, said):
    told = layout(f'<p><img alt="x" src="{name}"></p>', **{name: content})
    assert isinstance(told, str)
    assert f"brands/day: “{name}” {said}" in told, told[:300]


@pytest.mark.parametrize(("address", "said"), rows(
    ("laughing data", picture(LAUGHS), "a picture declares an entity"),
    ("doubling data", picture(SVG.format(DOUBLING)), "a picture has more shapes than can be drawn"),
    ("data in data", picture(SVG.format(f'<image xlink:href="{picture(SVG.format("<script/>"))}"/>')), "a picture holds a <script>"),
    ("data that is words", "data:text/plain,x", "a picture is no image that can be printed"),
    ("the layouts' words", "../../strings/en.po", "“en.po” is no picture"),
    ("a template", "../../templates/base.html", "“base.html” is no picture"),
    ("another brand's picture", "../default/other.svg", "“other.svg” is outside the folder of the layouts"),
    ("a file of the machine", "file:///etc/hostname", "“hostname” is outside the folder of the layouts", STOOD),
    ("the network", "https://example.org/x.png", "is on the network", STOOD),
    ("another protocol", "ftp://example.org/x.png", "is on the network", STOOD),
    ("the processes", "file:///proc/self/environ", "“environ” is outside the folder of the layouts", STOOD),
))  # fmt: skip
def test_what_the_layout_engine_may_open(layout, address, said):
    told = layout(f'<p><img alt="x" src="{address}"></p>')
    assert isinstance(told, str)
    assert said in told, told[:300]


def test_a_sound_drawing_is_laid_out(layout):
    shapes = '<g id="a"><rect width="3" height="3"/></g><use xlink:href="#a"/>'
    assert isinstance(layout(f'<p><img alt="x" src="sun.svg"><a href="https://example.org">us</a></p>{SVG.format(shapes)}', **{"sun.svg": SVG.format(shapes)}), bytes)  # fmt: skip


@pytest.mark.parametrize(("content", "said"), rows(
    ("a script", SVG.format("<script/>"), "the logo “moon.svg” holds a <script>. Save it as plain SVG. [LOGO]"),
    ("entities", LAUGHS, "the logo “moon.svg” declares an entity"),
    ("uses that double", SVG.format(DOUBLING), "the logo “moon.svg” has more shapes than can be drawn"),
    ("an address", SVG.format('<image href="https://example.org/x.png"/>'), "the logo “moon.svg” refers to “https://example.org/x.png”"),
))  # fmt: skip
def test_a_logo_is_a_picture(sent, content, said):
    told = sent(**{"brand.yaml": "name: Night\nlogo: moon.svg\n", "moon.svg": content})
    assert told.startswith(f"{NIGHT}brand.yaml:2: {said}"), told[:300]


def test_an_icon_is_a_picture(sent):
    shown = 'p { background: {{ icon("feather", "#000000") }} }'
    told = sent(**{"icons/feather.svg": LAUGHS, "styles/brand.css": shown})
    assert told.startswith(f"{NIGHT}icons/feather.svg: this icon declares an entity"), told[:300]


REQUIRED = [
    *("templates/required/signs.html", "templates/required/state.html", "styles/required.css"),
    *("styles/required/stop.html", "required/gate.html", "icons/alarm.svg", "icons/stop.svg"),
    "templates/required/own.html",
]


@pytest.mark.parametrize("file", REQUIRED)
def test_what_sets_the_required_words_is_no_brands(sent, file):
    told = sent(**{file: "<p>Get well soon</p>"})
    assert told.startswith(f"{NIGHT}{file}: what must be read is set by the layouts alone")


# ---------------------------------------------------------------- what a PDF holds


@pytest.fixture(scope="module")
def pages(house) -> bytes:
    """Return a page as the layout engine makes it, with one sound link."""
    design = open_design(
        Path("layouts"), brand="default", format="standard", language="en", paper="A4"
    )
    html = '<html lang="en"><title>x</title><style>body { font-family: "Fira Sans" }</style><h1>x</h1><p><a href="https://example.org">us</a></p></html>'
    return typeset(html, design).pdf


def action(**entries):
    """Return what gives the first link of a PDF this action."""

    def change(document):
        document.pages[0].obj.Annots[0].A = Dictionary(**entries)

    return change


def catalogue(**entries):
    def change(document):
        for key, value in entries.items():
            document.Root[f"/{key}"] = value(document) if callable(value) else value

    return change


def annotation(document):
    page = document.pages[0].obj
    page.Annots.append(document.make_indirect(Dictionary(
        Type=Name.Annot, Subtype=Name.FileAttachment, Rect=Array([0, 0, 1, 1]))))  # fmt: skip


def attached(document):
    document.attachments["x.txt"] = pikepdf.AttachedFileSpec(document, b"x")


INSIDE = rows(
    ("a script in a link", action(S=Name.JavaScript, JS=String("app.alert(1)")), "an action of the kind JavaScript"),
    ("a script when it opens", catalogue(OpenAction=Dictionary(S=Name.JavaScript, JS=String("x"))), "an action of the kind JavaScript"),
    ("a program that is started", action(S=Name.Launch, F=String("calc.exe")), "an action of the kind Launch"),
    ("a form that is sent", action(S=Name.SubmitForm, F=String("https://example.org")), "an action of the kind SubmitForm"),
    ("data that is taken in", action(S=Name.ImportData, F=String("x.fdf")), "an action of the kind ImportData"),
    ("another file", action(S=Name.GoToR, F=String("x.pdf"), D=Array([0, Name.Fit])), "an action of the kind GoToR"),
    ("a file within", action(S=Name.GoToE, D=Array([0, Name.Fit])), "an action of the kind GoToE"),
    ("a named action", action(S=Name.Named, N=Name.Print), "an action of the kind Named"),
    ("no action", action(X=1), "an action of the kind that is none"),
    ("a link to a script", action(S=Name.URI, URI=String("javascript:alert(1)")), "a link to “javascript:alert(1)”"),
    ("a link to a file", action(S=Name.URI, URI=String("file:///home/ann/handouts/www.example.org")), "a link to “www.example.org”"),
    ("a link to a share", action(S=Name.URI, URI=String("\\\\server\\share")), "a link to “\\\\server\\share”"),
    ("a link without a scheme", action(S=Name.URI, URI=String("www.example.org")), "a link to “www.example.org”"),
    ("one action after another", action(S=Name.URI, URI=String("https://example.org"), Next=Dictionary(S=Name.Launch)), "an action that is followed by another"),
    ("an attached file", attached, "EmbeddedFiles"),
    ("a pinned file", annotation, "an annotation of the kind /FileAttachment"),
    ("a form", catalogue(AcroForm=Dictionary(Fields=Array())), "holds AcroForm"),
    ("actions of the file", catalogue(AA=Dictionary(WC=Dictionary(S=Name.JavaScript))), "holds AA"),
    ("scripts of the file", catalogue(Names=Dictionary(JavaScript=Dictionary(Names=Array()))), "holds JavaScript"),
    ("a path in a string", lambda document: document.docinfo.__setitem__("/Title", "/home/ann/handouts"), "an address of a file on this machine"),
)  # fmt: skip


@pytest.mark.parametrize(("change", "said"), INSIDE)
def test_a_finished_pdf_is_looked_through(pages, change, said):
    with Pdf.open(io.BytesIO(pages)) as document:
        change(document)
        changed = io.BytesIO()
        document.save(changed)
    with pytest.raises(Problems) as refused:
        mend(changed.getvalue())
    assert said in str(refused.value)
    assert "/home" not in str(refused.value)


def test_links_to_the_web_and_to_the_print_itself_stay(pages):
    assert b"%PDF" in mend(pages)[:8]


# ---------------------------------------------------------------- the counter page

EVIL = "<script>evil()</script>"


@pytest.mark.parametrize(("path", "content"), rows(
    ("a script of the clinic's copy", "layouts/counter/counter.js", "evil()"),
    ("a template of the clinic's copy", "layouts/counter/counter.html", EVIL),
    ("a style of the clinic's copy", "layouts/counter/counter.css", "evil()"),
    ("a template among the clinic's", "layouts/templates/counter.html", EVIL),
    ("a style among the clinic's", "layouts/styles/counter.css", "evil()"),
))  # fmt: skip
def test_the_counter_page_is_the_programs_own(clinic, tiny, path, content):
    clinic.write(path, content)
    page = write_counter(Path("layouts"), Path("output"), [], tiny).read_text()
    assert "evil()" not in page
    assert "Content-Security-Policy" in page


@pytest.mark.parametrize("path", ["counter/counter.js", "counter/counter.html", "counter/x",
                                  "templates/counter.html", "counter.html"])  # fmt: skip
def test_a_brands_own_counter_page_is_told(clinic, path):
    clinic.write(NIGHT + "brand.yaml", "name: Night\n")
    clinic.write(NIGHT + path, EVIL)
    ended = clinic.generate("handout", "thumb-sheet", "--brand", "night")
    assert ended.code == 1
    assert "the counter page is the program's own. Take " in ended.err


@pytest.mark.parametrize("name", [
    pytest.param("</style><script>evil()</script>", id="a name that ends the style", marks=STOOD),
    pytest.param("</script><script>evil()</script>", id="a name that ends the script", marks=STOOD),
    pytest.param("\" onclick=evil() '", id="a name with quotation marks", marks=STOOD),
])  # fmt: skip
def test_a_name_breaks_out_of_nothing(clinic, tiny, name):
    clinic.write(
        "layouts/brands/default/brand.yaml", f"name: '{name.replace(chr(39), chr(39) * 2)}'\n"
    )
    page = write_counter(Path("layouts"), Path("output"), [], tiny).read_text()
    assert page.count("<script") == 2
    assert name not in page


def test_a_copy_of_the_layouts_has_no_counter_page(clinic):
    assert clinic.generate("init", "mine").code == 0
    assert not Path("mine/layouts/counter").exists()


# ---------------------------------------------------------------- a folder that somebody sent

SENT = ("sitecustomize.py", "usercustomize.py", "yaml.py", "json.py", "jinja2/__init__.py", "multiprocessing/__init__.py",
        "fontpkg_fira_sans/__init__.py", "conftest.py", "weasyprint.py", "sources/conftest.py", "layouts/templates/__init__.py")  # fmt: skip

WAYS = {
    "installed": [str(Path(sys.executable).parent / "generate")],
    "module": [sys.executable, "-m", "clinicpress"],
    "checkout": [sys.executable, str(ROOT / "generate.py")],
}


def send(folder: Path) -> None:
    for name in SENT:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("from pathlib import Path\nPath('ran').touch()\nraise SystemExit(77)\n")
    (folder / ".env").write_text("CLINICPRESS_OUTPUT=/tmp/stolen\nPYTHONPATH=.\n")
    (folder / "fonts.conf").write_text("<fontconfig><dir>/usr/share/fonts</dir></fontconfig>")
    (folder / "babel.cfg").write_text("[extractors]\nx = evil:x\n")
    (folder / "pyvenv.cfg").write_text("home = .\n")


@pytest.mark.few(1)
@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("asked", [["list"], pytest.param(["handout", "thumb-sheet", "--audience", "all", "--jobs", "2"], marks=pytest.mark.slow)], ids=["list", "print with workers"])  # fmt: skip
def test_a_folder_that_somebody_sent_runs_nothing(clinic, way, asked):
    # With “python -m”, Python itself looks for “clinicpress” in the folder before any of ours runs:
    # that alone is not guarded, and the installed command has no such way.
    if not Path(WAYS[way][0]).exists():
        pytest.skip("the command is not installed here")
    send(clinic.folder)
    ended = subprocess.run([*WAYS[way], *asked], env=environment(), capture_output=True, text=True,
                           check=False)  # fmt: skip
    assert ended.returncode == 0, ended.stderr
    assert not (clinic.folder / "ran").exists()


@pytest.mark.few(1)
@pytest.mark.parametrize("way", ["installed", "checkout"])
def test_a_module_named_like_this_program_is_not_taken(clinic, way):
    if not Path(WAYS[way][0]).exists():
        pytest.skip("the command is not installed here")
    clinic.write("clinicpress.py", "from pathlib import Path\nPath('ran').touch()\n")
    ended = subprocess.run([*WAYS[way], "list"], env=environment(), capture_output=True, text=True,
                           check=False)  # fmt: skip
    assert (ended.returncode, Path("ran").exists()) == (0, False)


SAID = rows(
    ("both lie here", [], {}, "Using the folders sources and layouts that lie here.\n"),
    ("one is named", ["--sources", str(TINY)], {}, "Using the folder layouts that lies here.\n"),
    ("both are named", ["--sources", str(TINY), "--layouts", str(ROOT / "layouts")], {}, ""),
    ("both are named by the environment", [], {"CLINICPRESS_SOURCES": "sources", "CLINICPRESS_LAYOUTS": "layouts"}, ""),
    ("for a machine", ["--json"], {}, "Using the folders sources and layouts that lie here.\n"),
)  # fmt: skip


@pytest.mark.parametrize(("options", "named", "said"), SAID)
def test_what_lies_here_is_taken_and_said(clinic, monkeypatch, capsys, options, named, said):
    from clinicpress.cli.app import main

    for name, value in named.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(sys, "argv", ["generate", "list", *options])
    main()
    told = capsys.readouterr()
    assert told.err == said
    assert not LIES_HERE.search(told.out)
