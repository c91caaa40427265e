"""Does once and early what each worker needs, in the process that workers are forked from.

Nothing else imports this module. What is missing is said by the job that needs it.
"""

import gc
from contextlib import suppress
from importlib import import_module

STAGES = (
    "runs.pipeline",
    "runs.fitting",
    "runs.plainer",
    "checks.grey",
    "checks.layout",
    "checks.letterhead",
    "checks.room",
    "checks.paper",
    "checks.seen.lines",
    "checks.seen.order",
    "checks.slots",
    "editions.leaving",
    "counter.page",
    "figures.drawing",
    "authoring.gallery",
    "pages.compose",
    "comparison.view",
    "pages.tags",
    "press.finish",
    "press.imposition",
    "press.underlay",
)
"""The modules that a job needs, and those that they import."""

LATER = ("babel.dates", "babel.lists", "babel.numbers", "email.headerregistry", "email.policy",
         "fontTools.ttLib.tables._h_h_e_a", "markdown_it", "xml.parsers.expat")  # fmt: skip
"""What these, and the engines, import only when they are at work."""

MOST_NEED = ("base.html", "cards.html", "clinic.css", "handout.html", "margins.html", "page.css",
             "panels/clinic-*.html", "parts.css", "parts/exercises.html", "parts/gate.html",
             "parts/message.html", "parts/self-care.html", "parts/warning-signs.html",
             "practice.css", "practice.html", "required/*.html", "signs.css", "slots/foot.html",
             "slots/masthead.html", "strip.html", "text.css", "tokens.css")  # fmt: skip
"""The templates that half of all prints need. To compile the rest takes each worker less time than
waiting for all of them would take a single sheet."""


def _get_ready() -> None:
    from clinicpress.checks.seen.specimen import Faces
    from clinicpress.design.fonts import read_fonts
    from clinicpress.design.phrasing import Phrasing
    from clinicpress.design.strings import Strings
    from clinicpress.files.paths import bundled
    from clinicpress.pages.compose import compile_templates
    from clinicpress.pages.typeset import load_engine

    load_engine()
    for module in (*(f"clinicpress.{stage}" for stage in STAGES), *LATER):
        import_module(module)
    compile_templates(bundled("layouts"), MOST_NEED)
    for words in bundled("layouts").glob("strings/*.po"):
        Phrasing(Strings(words), words.stem).weekdays()  # which reads all names of a language
    Faces(read_fonts(bundled("layouts") / "fonts.yaml").values()).read()


with suppress(Exception):
    _get_ready()
gc.freeze()  # so that no worker copies what all of them share
