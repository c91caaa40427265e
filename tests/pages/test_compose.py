"""What templates may do, and how doses, signs and sizes are worded and set."""

import re
from math import radians, tan
from pathlib import Path

import pytest
from jinja2.exceptions import TemplateError, UndefinedError

from clinicpress.design.design import open_design
from clinicpress.design.phrasing import Phrasing
from clinicpress.design.strings import Strings
from clinicpress.editions.edition import Edition
from clinicpress.editions.selection import select
from clinicpress.errors import Problems
from clinicpress.pages.compose import _common, _environment, _icon, _set, compose, set_template
from clinicpress.pages.tags import mend
from tests.conftest import ROOT, undrawn
from tests.pdf.reading import Print, squeezed

LAYOUTS = ROOT / "layouts"
WORDS = Phrasing(Strings(LAYOUTS / "strings/en.po"), "en-GB")


@pytest.fixture
def rendered(tmp_path: Path):
    """Return a function that sets the words of a template as every template is set."""

    def render(template: str) -> str:
        (tmp_path / "one.html").write_text(template, encoding="utf-8")
        return _environment((tmp_path,), template).get_template("one.html").render(words="A < B")

    return render


def set_from(folder: Path, template: str, name: str = "one.html") -> str:
    """Return a template that was just written into a folder, set."""
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(template, encoding="utf-8")
    return _set(_environment((folder,), template), name, {"words": "A < B"})


# ---------------------------------------------------------------- code that is kept


def test_the_same_template_in_another_folder_is_told_there(tmp_path):
    """What is kept of the one is the code of the other, but for its file and its line."""
    wrong = "{{ words }}\n{% macro m() %}\n{{ words + 1 }}{% endmacro %}\n{{ m() }}"
    for folder in ("here", "there"):
        with pytest.raises(Problems) as told:
            set_from(tmp_path / folder, wrong)
        (problem,) = told.value.problems
        assert problem.place.file.endswith(f"{folder}/one.html")
        assert problem.place.line == 3


def test_what_is_kept_is_of_these_words_and_this_name(tmp_path):
    assert set_from(tmp_path, "{{ words }}") == "A &lt; B"
    assert set_from(tmp_path, "{{ words }}!") == "A &lt; B!"
    assert set_from(tmp_path, "{{ words }}", "one.css") == "A < B"  # a style escapes nothing


# ---------------------------------------------------------------- what a template may do


def test_a_template_sets_words_and_escapes_them(rendered):
    assert rendered("{{ words|lower }}") == "a &lt; b"


@pytest.mark.parametrize(
    "template",
    [
        "{{ words.__class__ }}",
        "{{ words.__class__.__mro__[1].__subclasses__() }}",
        "{{ words|attr('__class__') }}",
        "{{ ''['__class__'] }}",
        "{{ range.__init__.__globals__ }}",
        "{{ cycler.__init__.__globals__.os }}",
        "{{ words.format }}",
        "{{ range(100000)|list|length }}",
    ],
)
def test_a_template_reaches_nothing_but_what_is_listed(rendered, template):
    with pytest.raises(TemplateError):
        rendered(template)


@pytest.mark.parametrize(
    "template", ["{{ wrods }}", "{% if wrods %}x{% endif %}", "{{ words.nothing }}"]
)
def test_a_name_that_is_none_stops_the_print(rendered, template):
    with pytest.raises(UndefinedError):
        rendered(template)


# ---------------------------------------------------------------- doses


@pytest.mark.parametrize(
    ("reach", "said"), [((8, 10), "8–10"), ((5, 5), "5"), ((0, 2), "up to 2"), ((0, 0), "0")]
)
def test_a_range_is_said_from_its_least_to_its_most(reach, said):
    assert WORDS.span(reach).replace("\u2060", "") == said


@pytest.mark.parametrize(
    ("times", "days", "said"),
    [
        ((1, 1), (7, 7), "once a day"),
        ((2, 3), (7, 7), "2–3 times a day"),
        ((1, 1), (1, 1), "once a day, 1 day a week"),
        ((1, 1), (2, 3), "once a day, 2–3 days a week"),
        ((1, 2), (3, 3), "once or twice a day, 3 days a week"),
        ((1, 1), (5, 7), "once a day, 5–7 days a week"),
        (None, (6, 6), "6 days a week"),
        ((1, 1), None, "once a day"),
    ],
)
def test_how_often_is_said_of_a_day_and_of_a_week_that_is_not_whole(times, days, said):
    assert plain(WORDS.often(times, days)) == said


@pytest.mark.parametrize(
    ("unit", "one", "many"),
    [
        ("repetitions", "1 time", "2–3 times"), ("hold", "1 second", "2–3 seconds"),
        ("seconds", "1 second", "2–3 seconds"), ("minutes", "1 minute", "2–3 minutes"),
        ("spots", "1 spot", "2–3 spots"),
    ],
)  # fmt: skip
def test_a_number_has_the_unit_that_was_meant(unit, one, many):
    assert plain(WORDS.count(f"dose.{unit}", (1, 1))) == one
    assert plain(WORDS.count(f"dose.{unit}", (2, 3))) == many


def plain(words: str) -> str:
    return words.replace("\u2060", "").replace("\u00a0", " ")


NOTHING = dict.fromkeys(
    ("sets", "repetitions", "hold_seconds", "seconds", "minutes", "spots", "times_a_day",
     "every_hours", "days_a_week", "weeks", "per_side", "each_way")
)  # fmt: skip


@pytest.fixture
def dosed(tmp_path: Path):
    """Return a function that words a dose with the macro of a template, in lines."""
    design = open_design(LAYOUTS, brand="default", format="standard", language="en", paper="A4")

    def words(template: str, *more: str, blank: bool = False, **dose: object) -> list[str]:
        (tmp_path / "trial.html").write_text(
            f'{{% from "{template}" import dose as dosed with context %}}'
            f"{{{{ dosed(dose, {', '.join(map(repr, more))}) }}}}"
        )
        edition = {"paper": "A4", "format": "standard"}
        m = {"edition": edition, "clinical": False, "kind": "handout", "blank_doses": blank}
        given = {**_common(design, "en"), "m": m, "dose": {**NOTHING, **dose}}
        folders, own = (tmp_path, LAYOUTS / "templates"), str((template, more))
        html = re.sub("</li>|\n", ";", _set(_environment(folders, own), "trial.html", given))
        said = (plain(" ".join(re.sub("<[^>]+>", "", line).split())) for line in html.split(";"))
        return [line for line in said if line]

    return words


WHOLE = {"sets": (1, 2), "repetitions": (8, 10), "hold_seconds": (3, 5), "times_a_day": (1, 2),
         "days_a_week": (2, 3), "per_side": True}  # fmt: skip


def test_a_dose_says_each_part_with_its_unit(dosed):
    assert dosed("cards.html", **WHOLE) == [
        "Repeat 8–10 times, each side", "Hold 3–5 seconds", "Rounds 1–2",
        "How often once or twice a day, 2–3 days a week",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("dose", "said"),
    [
        ({"seconds": (20, 30)}, "Time 20–30 seconds"),
        ({"seconds": (20, 30), "per_side": True}, "Time 20–30 seconds, each side"),
        ({"minutes": (1, 2), "per_side": True}, "Time 1–2 minutes, each side"),
        ({"repetitions": (10, 10), "each_way": True}, "Repeat 10 times, each way"),
        ({"repetitions": (3, 4), "per_side": True}, "Repeat 3–4 times, each side"),
        ({"spots": (2, 3)}, "Where 2–3 spots"),
        ({"hold_seconds": (0, 2)}, "Hold up to 2 seconds"),
        ({"sets": (2, 3)}, "Rounds 2–3"),
        ({"days_a_week": (5, 5)}, "How often 5 days a week"),
        ({"every_hours": (1, 1)}, "How often every hour"),
        ({"every_hours": (2, 3), "weeks": (6, 6)}, "How often every 2–3 hours, for 6 weeks"),
        ({"weeks": (1, 1)}, "How often for 1 week"),
    ],
)
def test_a_part_of_a_dose_is_said_by_itself(dosed, dose, said):
    assert dosed("cards.html", **dose) == [said]


def test_one_round_and_no_hold_go_without_saying(dosed):
    assert dosed("cards.html", sets=(1, 1), hold_seconds=(0, 0)) == []


def test_a_dose_to_fill_in_names_the_unit_of_each_blank(dosed):
    assert dosed("cards.html", "blank", minutes=(1, 2), **WHOLE) == [
        "Time (minutes, each side)", "Repeat (times)", "Hold (seconds)", "Rounds", "How often",
    ]  # fmt: skip
    assert dosed("cards.html", "blank", seconds=(1, 2)) == ["Time (seconds)"]


def test_a_professional_is_told_the_starting_dose_in_words(dosed):
    assert dosed("cards.html", "words", **WHOLE) == [
        "8–10 times, each side", "Hold 3–5 seconds", "Rounds 1–2",
        "once or twice a day, 2–3 days a week.",
    ]  # fmt: skip


def test_a_dose_in_easy_read_is_whole_sentences(dosed):
    whole = {**WHOLE, "sets": (2, 3), "seconds": (20, 30)}
    assert dosed("pictures/rows.html", **whole) == [
        "Do it 8 to 10 times. Do it for 20 to 30 seconds. Hold for 3 to 5 seconds each time. Do "
        "all of it 2 to 3 times. Do both sides. Do this 1 to 2 times a day. Do this 2 to 3 days a "
        "week."
    ]
    assert dosed("pictures/rows.html", minutes=(1, 2)) == ["Do it for 1 to 2 minutes."]
    assert dosed("pictures/rows.html", repetitions=(9, 9), every_hours=(2, 2), weeks=(6, 6)) == [
        "Do it 9 times. Do this every 2 hours. Do this for 6 weeks."
    ]
    assert dosed("pictures/rows.html", repetitions=(9, 9), each_way=True) == [
        "Do it 9 times each way."
    ]


def test_a_dose_in_easy_read_can_be_filled_in(dosed):
    assert dosed("pictures/rows.html", blank=True, repetitions=(8, 10)) == ["Do it ____ times."]


# ---------------------------------------------------------------- signs and sizes


@pytest.mark.parametrize(
    ("style", "selector"),
    [
        ("parts.css", ".tier-{} .tier-head"), ("pictures.css", ".urgency-{} .band"),
    ],
)  # fmt: skip
def test_each_tier_has_its_own_colour_and_sign(tiny, style, selector):
    sheet = Edition("tiny", "thumb-sheet", "general", "standard", "en", "GB", "default", "A4")
    design = open_design(LAYOUTS, brand="default", format="standard", language="en", paper="A4")
    css = set_template(style, {"m": select(tiny, sheet)}, design, "en")
    for tier, colour, sign in (("emergency", "emergency", "alarm"), ("same-day", "today", "today"),
                               ("appointment", "book", "book")):  # fmt: skip
        (rule,) = re.findall(rf"{re.escape(selector.format(tier))} \{{([^}}]*)\}}", css)
        assert f"var(--{colour})" in rule
        assert _icon(design, sign, design.palette["paper"]) in rule


SEEN, X_HEIGHT = 0.2, 0.527
"""How high an x must be to be read without effort, in degrees of sight (Legge & Bigelow 2011); the
height of an x in Fira Sans, as a share of its size."""


@pytest.mark.parametrize(("paper", "metres"), [("A3", 1.5), ("Tabloid", 1.5), ("A4", 1)])
def test_a_poster_can_be_read_from_where_people_stand(paper, metres):
    poster = open_design(
        LAYOUTS, brand="default", format="standard", language="en", paper=paper, kind="poster"
    )
    needed = metres * 1000 * tan(radians(SEEN)) / X_HEIGHT / 25.4 * 72
    assert poster.body == pytest.approx(needed, abs=0.1)


# ---------------------------------------------------------------- the pages


def placed(side: str) -> str:
    return f'<p>Here</p><p style="position: absolute; {side}">Away</p>'


def test_words_off_the_sheet_are_not_read(setting):
    for side, read in (("top: 0", "HereAway"), ("top: -200mm", "Here")):
        assert setting(placed(side)).words == read


@pytest.mark.parametrize(
    ("side", "code"),
    [
        ("left: -200mm", "LAYOUT-WIDE"),
        ("left: 200mm", "LAYOUT-WIDE"),
        ("top: 200mm", "LAYOUT-TALL"),
    ],
)
def test_words_that_leave_the_sheet_elsewhere_are_told(setting, side, code):
    with pytest.raises(Problems) as told:
        setting(placed(side))
    assert [problem.code for problem in told.value.problems] == [code]


def test_the_same_pages_are_the_same_file(setting):
    first, second = (mend(setting("<h1>Title</h1><p>Words</p>").pdf) for _ in range(2))
    assert first == second
    assert squeezed(Print(first).tags.text()) == "TitleWords"


TOKEN = re.compile(r"var\(--([a-z0-9{} -]+)\)")


def test_a_style_uses_no_token_that_is_not_stated(tiny):
    """A misspelt one would be passed over without a word."""
    sheet = Edition("tiny", "thumb-sheet", "general", "standard", "en", "GB", "default", "A4")
    manuscript = select(tiny, sheet)
    design = open_design(LAYOUTS, brand="default", format="standard", language="en", paper="A4")
    made = set(re.findall(r"--([a-z0-9-]+):", compose(manuscript, design, undrawn)))
    used = {
        name
        for style in (LAYOUTS / "styles").glob("*.css")
        for name in TOKEN.findall(style.read_text(encoding="utf-8"))
        if "{" not in name  # a tone, by the loop around it
    }
    assert {"brand", "radius", "size-title"} <= used <= made


def test_the_tokens_of_colours_are_those_of_the_brand(tiny):
    sheet = Edition("tiny", "thumb-sheet", "general", "standard", "en", "GB", "default", "A4")
    design = open_design(LAYOUTS, brand="default", format="standard", language="en", paper="A4")
    css = set_template("tokens.css", {"m": select(tiny, sheet)}, design, "en")
    stated = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", css))
    assert stated == {name.replace("_", "-"): shade for name, shade in design.palette.items()}
