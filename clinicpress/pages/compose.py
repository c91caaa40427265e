"""Sets a manuscript into the templates: Manuscript + Design + drawings -> HTML."""

import re
from base64 import b64encode
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import lru_cache, partial
from itertools import product
from pathlib import Path
from typing import Any

from jinja2 import TemplateError
from jinja2.exceptions import TemplateNotFound, TemplateSyntaxError
from markupsafe import Markup, escape

from clinicpress.content.text import ending_whole, to_html, to_plain, unbroken
from clinicpress.design.contrast import HEX
from clinicpress.design.design import Design
from clinicpress.design.fonts import upright, widths_of
from clinicpress.design.phrasing import Phrasing
from clinicpress.editions.manuscript import Manuscript
from clinicpress.errors import Place, Problem, Problems, shown
from clinicpress.figures.plate import Drawn
from clinicpress.files import paths
from clinicpress.pages.columns import abreast, halved, lines, set_lines
from clinicpress.pages.sandbox import Misfit, Sandbox
from clinicpress.pages.view import Listed, View

NUMERAL = re.compile("[0-9]+(?:\u2060?–\u2060?[0-9]+)?")
ICON = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")

Figure = Callable[[str, float, float], Drawn]
"""Returns a figure by its name, the shape of its place (width over height), and the width in
mm of a row in which its moments stand, or 0."""


def compose(
    manuscript: Manuscript, design: Design, figure: Figure, *,
    spread: bool = False, lower: Mapping[str, float] | None = None, plain: bool = False,
) -> str:  # fmt: skip
    """Return the edition as one HTML document with its styles inside.

    ``figure`` draws what a template asks for; ``spread`` sets the sections that fill a second
    sheet, too; ``lower`` says by how many mm the drawing of an item is to be lower, by its id;
    ``plain`` sets it as the layouts would, with no template and style of a brand's own.
    Raises Problems if a template is wrong or a figure cannot be drawn.
    """
    set_now = manuscript if spread else _without_fillers(manuscript)
    lowered = lower or {}
    values = {
        "m": set_now,
        "brand": design.clinic(manuscript.code),
        "figure": Listed("figure", partial(_figure, figure)),
        "lowered": Listed("lowered", lambda id: float(lowered.get(str(id), 0))),
    }
    return set_template(f"{manuscript.kind}.html", values, design, manuscript.edition.locale, plain)


def set_template(
    name: str, values: Mapping[str, Any], design: Design, locale: str, plain: bool = False
) -> str:
    """Return the template ``name`` with ``values`` set in, and with what every template may use.

    ``locale`` is the language tag of the print; ``plain`` takes the layouts' own templates alone.
    Raises Problems if the template is wrong.
    """
    searched = design.folders[-1:] if plain else design.folders
    folders = [folder / part for part in ("templates", "styles") for folder in searched]
    environment = _environment(tuple(folders), design.digest())
    return _set(environment, name, {**_common(design, locale), **values})


def set_counter(name: str, values: Mapping[str, Any], design: Design, locale: str) -> str:
    """Return a template of the counter page, which is the program's own whatever the design."""
    return _set(
        _environment((paths.bundled("layouts") / "counter",), ""),
        name, {**_common(design, locale), **values},
    )  # fmt: skip


def compile_templates(layouts: Path, patterns: Iterable[str]) -> None:
    """Turn the templates and styles whose names match into code, which is kept for all designs.

    Raises TemplateSyntaxError.
    """
    folders = (layouts / "templates", layouts / "styles")
    environment = _environment(folders, "")
    for folder, pattern in product(folders, patterns):
        for path in sorted(folder.glob(pattern)):
            environment.get_template(path.relative_to(folder).as_posix())


def _common(design: Design, locale: str) -> Mapping[str, Any]:
    """Return what every template may use: frozen views of plain values, and listed functions."""
    words = Phrasing(design.strings(), locale)
    widths = widths_of(upright(design.fonts))
    said = ("span", "count", "often", "any_of", "month", "day", "weekdays", "review",
            "use_until", "code")  # fmt: skip
    return {
        "design": design,
        "brand": design.clinic(),
        "colour": design.palette,
        "words": {name: Listed(name, getattr(words, name)) for name in said},
        "t": Listed("t", words.strings, plural=Listed("plural", words.strings.plural)),
        "icon": Listed("icon", partial(_icon, design)),
        "set_lines": Listed("set_lines", partial(set_lines, widths=widths)),
        "svg_url": Listed("svg_url", svg_url),
    }


def _set(environment: Sandbox, name: str, values: Mapping[str, Any]) -> str:
    given = View("print", values)
    environment.depth = 0
    hint = "Correct what is written here."
    try:
        return environment.get_template(name).render(dict(given))
    except TemplateSyntaxError as error:
        place = Place(shown(Path(error.filename or "")), error.lineno)
        message, hint = f"this template cannot be read: {error.message}", "Correct this line."
    except TemplateNotFound as error:
        place = _last_template_line(error, environment.home)
        message, hint = f"the template {error.message} is missing", "Put it back."
    except RecursionError as error:
        place = _last_template_line(error, environment.home)
        message, hint = "this template comes back to itself without end", "Let it end somewhere."
    except Misfit as error:
        place, message, hint = Place(shown(error.path), error.line), str(error), error.hint
    except (TemplateError, *FAULTS) as error:
        place = _last_template_line(error, environment.home)
        message = f"this template cannot be set: {error}"
        hint = getattr(error, "hint", hint)
    raise Problems([Problem(place, "TEMPLATE", message, hint)])


FAULTS = (TypeError, ValueError, ArithmeticError, LookupError, AttributeError, RuntimeError)
"""What a function of Python raises for arguments that it cannot use."""


def _without_fillers(manuscript: Manuscript) -> Manuscript:
    kept = tuple(section for section in manuscript.sections if not section.fills)
    return manuscript if kept == manuscript.sections else replace(manuscript, sections=kept)


def _last_template_line(error: BaseException, home: Path) -> Place:
    """Return the innermost template line of a traceback; ``home`` is where there is none."""
    place, trace = Place(shown(home)), error.__traceback__
    while trace:
        name = trace.tb_frame.f_code.co_filename
        if name.endswith((".html", ".css")):
            place = Place(shown(Path(name)), trace.tb_lineno)
        trace = trace.tb_next
    return place


@lru_cache(maxsize=8)
def _environment(folders: tuple[Path, ...], digest: str) -> Sandbox:
    """Return the template environment; the first folder that holds a name wins.

    ``digest`` is that of the files: jinja2 does not notice an override that appears later.
    """
    own = next((folder for folder in reversed(folders) if folder.name == "templates"), None)
    return Sandbox(folders, {
        "inline": lambda words: Markup(to_html(words)), "plain": to_plain, "css": _css_string,
        "unbroken": unbroken, "ending_whole": ending_whole, "lines": lines, "halved": halved,
        "abreast": abreast, "numerals": _numerals,
    }, own)  # fmt: skip


def _numerals(words: str) -> Markup:
    """Return ``words`` with each number in an element, so that it can be set larger."""
    return Markup(NUMERAL.sub(r'<span class="numeral">\g<0></span>', str(escape(words))))


def _css_string(words: str) -> str:
    """Return ``words`` as a CSS string that cannot end itself or the style it stands in."""
    escaped = words.replace("\\", r"\5c ").replace('"', r"\22 ").replace("<", r"\3c ")
    return '"' + " ".join(escaped.split("\n")) + '"'


NARROWEST, WIDEST = 0.05, 20
"""The shapes of a figure's place, its width over its height."""


def _figure(find: Figure, name: str, shape: float, row: float = 0) -> Drawn:
    if not NARROWEST <= shape <= WIDEST:
        raise ValueError(f"a figure's place has a shape from {NARROWEST} to {WIDEST}, not {shape}")
    return find(str(name), float(shape), float(row))


def _icon(design: Design, name: str, colour: str) -> str:
    if not (ICON.fullmatch(name) and HEX.fullmatch(colour)):
        raise ValueError(f"an icon has a name and a colour as #rrggbb, not “{name}”, “{colour}”")
    return _data_url(design.symbol(name).replace("currentColor", colour))


def _data_url(svg: str) -> str:
    """Return an SVG as a CSS background, which a PDF holds as an artifact."""
    return f'url("{svg_url(svg)}")'


def svg_url(svg: str) -> str:
    """Return an SVG as the address of an image."""
    return f"data:image/svg+xml;base64,{b64encode(svg.strip().encode()).decode()}"
