"""The counter page: what it offers, what it leaves out, and that nothing in it can run amok."""

import base64
import hashlib
import json
import re
import subprocess
import sys
from dataclasses import asdict, replace
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import pikepdf
import pytest

from clinicpress.content.reader import read_library
from clinicpress.counter import page as counter
from clinicpress.counter import pictures
from clinicpress.editions.edition import Edition
from clinicpress.orders.manifest import Made, Manifest, content_digest
from tests.conftest import environment

PLAIN = Edition("tiny", "thumb-sheet", "general", "standard", "en", "GB", "default", "A4")

pytestmark = pytest.mark.usefixtures("in_process")  # workers are met in runs


def made(output: Path, edition: Edition = PLAIN, digest: str = "", **changes: object) -> Made:
    """Write a page of a PDF as if it were ``edition``, and return its record."""
    edition = replace(edition, **changes)
    file = output / edition.path
    file.parent.mkdir(parents=True, exist_ok=True)
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=(595, 842))
        pdf.save(file, deterministic_id=True)
    pdf = file.read_bytes()
    return Made(
        path=str(edition.path), edition=json.loads(json.dumps(asdict(edition))),
        digest=digest or hashlib.sha256(str(edition.path).encode()).hexdigest(),
        pages=2, bytes=len(pdf), content=content_digest(pdf),
    )  # fmt: skip


class Page(HTMLParser):
    """The page as a reader of HTML sees it: its elements, and the text in each."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text, self.elements, self.open = text, [], []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        element = {"tag": tag, "text": "", **dict(attributes)}
        self.elements.append(element)
        if tag not in ("meta", "link", "img", "input"):
            self.open.append(element)

    def handle_endtag(self, tag):
        assert self.open.pop()["tag"] == tag

    def handle_data(self, data):
        for element in self.open:
            element["text"] += data

    def all(self, tag: str, **attributes: str) -> list[dict]:
        return [
            element
            for element in self.elements
            if element["tag"] == tag and attributes.items() <= element.items()
        ]

    def sheets(self) -> list[str]:
        return [sheet["text"] for sheet in self.elements if sheet.get("class") == "sheet"]

    def links(self) -> list[dict]:
        return self.all("a", target="_blank")

    def choices(self) -> dict[str, list[str]]:
        """Return what is asked: the values of each choice but “all”."""
        ids = [choice["data-choice"] for choice in self.all("details")]
        return {
            id: [each["value"] for each in self.all("input", name=id) if each["value"]]
            for id in ids
        }


@pytest.fixture
def page(clinic):
    """Return a function that writes the page of some files and reads it back."""

    def write(*files: Made) -> Page:
        library = read_library(Path("sources"))
        path = counter.write_counter(Path("layouts"), Path("output"), files, library)
        assert path == Path("output/index.html")
        return Page(path.read_text(encoding="utf-8"))

    return write


OUTPUT = Path("output")


# ---------------------------------------------------------------- what it offers


def test_one_card_for_each_publication_and_audience_with_a_link_for_each_format(page):
    found = page(
        made(OUTPUT, format="large"),
        made(OUTPUT, format="standard"),
        made(OUTPUT, format="clear"),
        made(OUTPUT, audience="older-adult", format="large"),
    )
    adults, older = found.sheets()
    assert "Move your thumb" in adults
    assert "Adults" in adults
    assert "Older adults" in older
    assert [link["text"].split(" – ")[0] for link in found.links()] == [
        "Standard", "Clear print", "Large print", "Large print",
    ]  # fmt: skip


def test_a_link_leads_from_the_page_to_the_pdf_and_says_all_that_tells_it_apart(page):
    (link,) = page(made(OUTPUT, format="large", audience="older-adult")).links()
    assert (OUTPUT / unquote(link["href"])).is_file()
    assert " ".join(link["text"].split()) == (
        "Large print – Move your thumb, Older adults – 2 pages · A4 (PDF, opens in a new tab)"
    )


def test_a_name_that_an_address_could_misread_is_quoted(page):
    plain = made(OUTPUT)
    odd = replace(plain, path="default/a b#c?d:é.pdf")
    (OUTPUT / plain.path).rename(OUTPUT / odd.path)
    (link,) = page(odd).links()
    assert link["href"] == "default/a%20b%23c%3Fd%3A%C3%A9.pdf"


def test_a_card_shows_version_review_and_the_day_on_which_the_review_is_due(page):
    (sheet,) = page(made(OUTPUT)).sheets()
    state = " ".join(sheet.split())
    assert "Version 0.1, November 2026. Not yet reviewed by a clinician." in state
    assert "Review due: 31 December 2028" in state


def test_the_day_is_there_for_the_viewers_clock_and_the_mark_for_a_sheet_that_is_late(page):
    found = page(made(OUTPUT))
    (sheet,) = found.all("li", **{"class": "sheet"})
    assert sheet["data-review-by"] == "2028-12-31"
    (mark,) = found.all("p", **{"class": "overdue"})
    assert (mark["text"], "hidden" in mark) == ("Out of date. Do not hand it out.", True)


def test_the_words_that_find_a_sheet_are_all_its_labels(page):
    found = page(made(OUTPUT, audience="older-adult", format="large"))
    (sheet,) = found.all("li", **{"class": "sheet"})
    words = f"{sheet['data-words']} {found.all('li', **{'data-format': 'large'})[0]['data-words']}"
    labels = ("Move your thumb", "Thumb bend", "Older adults", "Large print", "English",
              "United Kingdom", "Sore thumb", "Picked up", "Your clinic", "A4")  # fmt: skip
    for label in labels:
        assert label in words
    assert sheet["data-held"] == "Thumb bend"
    assert "hidden" in found.all("p", **{"class": "why"})[0]


@pytest.mark.parametrize(
    ("files", "asked"),
    [
        ([{}], {}),
        ([{}, {"audience": "older-adult"}], {"audience": ["general", "older-adult"]}),
        ([{"format": "large"}, {}], {"format": ["standard", "large"]}),
        ([{"publication": "booklet"}, {}], {"need": ["tiny/booklet", "tiny/thumb-sheet"]}),
        ([{"region": "US"}, {}], {"region": ["GB", "US"]}),
        ([{"paper": "Letter"}, {}], {"paper": ["A4", "Letter"]}),
        ([{"setting": "given"}, {}], {"setting": ["rack", "given"]}),
        ([{"brand": "night"}, {}], {"brand": ["default", "night"]}),
        ([{"language": "cy"}, {}], {"language": ["cy", "en"]}),
        ([{"publication": "booklet", "paper": "A5"}, {"publication": "booklet"}], {}),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, dict) else "",
)
def test_a_choice_is_asked_only_where_there_is_more_than_one(page, clinic, files, asked):
    clinic.write("layouts/brands/night/brand.yaml", "name: Night\n")
    assert page(*(made(OUTPUT, **changes) for changes in files)).choices() == asked


def test_what_is_not_the_same_for_all_stands_on_the_card(page):
    first, second = page(made(OUTPUT), made(OUTPUT, region="US")).sheets()
    assert "Adults · United Kingdom" in first
    assert "Adults · United States" in second


def test_without_a_script_there_are_links_and_no_form(page):
    found = page(made(OUTPUT), made(OUTPUT, format="large"))
    (form,) = found.all("form")
    assert "hidden" in form
    assert len(found.links()) == 2
    assert [each for each in found.all("button") if "hidden" not in each] == []


def test_no_sheet_at_all_is_said(page):
    found = page()
    assert "There is no sheet here yet." in found.text
    assert found.sheets() == []


def test_a_logo_stands_in_the_page_itself(page, clinic):
    clinic.write("layouts/brands/default/brand.yaml", "name: Mine\nlogo: logo.svg\n")
    logo = b'<svg xmlns="http://www.w3.org/2000/svg"/>'
    clinic.write("layouts/brands/default/logo.svg", logo)
    (image,) = page(made(OUTPUT)).all("img", **{"class": "logo"})
    assert image["src"] == "data:image/svg+xml;base64," + base64.b64encode(logo).decode()


# ---------------------------------------------------------------- what it leaves out


@pytest.mark.parametrize(
    "changes",
    [
        {"exercises": ("thumb-bend",)},
        {"techniques": ("thumb-rub",)},
        {"dose": "blank"},
        {"setting": "given", "exercises": ("thumb-bend",)},
        {"production": "press"},
    ],
    ids=str,
)
def test_what_was_made_for_one_patient_or_for_a_press_is_left_out(page, changes):
    other = made(OUTPUT, format="clear")
    (link,) = page(made(OUTPUT, **changes), other).links()
    assert link["href"] == other.path


@pytest.mark.parametrize(
    ("kind", "paper", "label"),
    [
        ("booklet", "A5", "Standard, to fold and staple"),
        ("handout", "A4", "Standard, for an office printer"),
    ],
)
def test_what_is_made_for_an_office_printer_is_offered_too(page, kind, paper, label):
    name = "booklet" if kind == "booklet" else "thumb-sheet"
    pages = made(OUTPUT, kind=kind, paper=paper, publication=name)
    sheets = made(OUTPUT, kind=kind, paper=paper, publication=name, production="home")
    grey = made(OUTPUT, kind=kind, paper=paper, publication=name, production="home", colour="grey")
    found = page(pages, sheets, grey)
    assert [link["href"] for link in found.links()] == [pages.path, sheets.path]
    names = [each["text"] for each in found.all("span", **{"class": "name"})]
    assert names == ["Standard", label]


def test_a_plain_edition_is_for_anybody_and_one_with_more_to_it_than_is_known_is_not():
    assert counter.is_for_anybody(asdict(PLAIN))
    assert counter.is_for_anybody({**asdict(PLAIN), "setting": "given"})
    assert counter.is_for_anybody({**asdict(PLAIN), "later": ""})
    assert not counter.is_for_anybody({**asdict(PLAIN), "later": "something"})
    old = {name: asdict(PLAIN)[name] for name in ("topic", "publication", "audience", "brand")}
    assert counter.is_for_anybody(old)


def test_only_files_that_answer_for_these_inputs_are_current(tmp_path):
    asked, never = made(tmp_path), made(tmp_path, format="clear")
    elsewhere, changed = made(tmp_path, region="US"), made(tmp_path, format="large")
    kept, other = Manifest(tmp_path, "1" * 64), Manifest(tmp_path, "2" * 64)
    for each in (asked, never, elsewhere, changed):
        kept.keep(each)
    kept.remember("one", "2099-12-31", [asked, changed])
    kept.remember("another region", "2099-12-31", [elsewhere])
    (tmp_path / changed.path).write_bytes(b"not what it was")
    assert kept.current() == sorted([asked, elsewhere], key=lambda each: each.path)
    assert other.current() == []


# ---------------------------------------------------------------- it stands alone and runs nothing


HOSTILE = '</script></style><script>alert(1)</script><img src=x onerror=alert(1)> " & {{ 1 }}'


def test_hostile_words_stay_words(page, clinic):
    quoted = json.dumps(HOSTILE)
    clinic.change(
        "sources/tiny/publications/thumb-sheet.yaml", "title: Move your thumb", f"title: {quoted}"
    )
    clinic.write("layouts/brands/default/brand.yaml", f"name: {quoted}\n")
    for key in ("counter.found.many", "counter.printed", "counter.title"):
        words = (clinic.folder / "layouts/strings/en.po").read_text(encoding="utf-8")
        pattern = rf'("{key}"\nmsgstr(?:\[0\] "[^\n]*\nmsgstr\[1\])?) "[^\n]*'
        said = json.dumps(HOSTILE.replace("{{ 1 }}", ""))
        changed, count = re.subn(pattern, lambda found, said=said: f"{found[1]} {said}", words)
        assert count == 1
        clinic.write("layouts/strings/en.po", changed)
    found = page(made(OUTPUT), made(OUTPUT, format="large"), made(OUTPUT, audience="older-adult"))
    assert [each.get("type") for each in found.all("script")] == ["application/json", None]
    assert len(found.all("style")) == 1
    assert [each for each in found.all("img") if each["src"] == "x"] == []
    assert json.loads(found.all("script")[0]["text"])["printed"].startswith("</script></style>")
    assert "{{ 1 }}" in found.sheets()[0]


def test_the_page_asks_nothing_of_a_network(page):
    found = page(made(OUTPUT), made(OUTPUT, audience="older-adult"))
    text = re.sub(r"data:image/[a-z+]*;base64,[A-Za-z0-9+/=]*", "", found.text)
    assert re.findall(r"https?:|@import|url\(|fetch\(|XMLHttpRequest|sendBeacon", text) == []
    sources = [each["src"] for each in found.elements if "src" in each]
    sources += [each["href"] for each in found.all("link")]
    assert len(sources) == 3
    assert [source for source in sources if not source.startswith("data:")] == []


def test_its_own_policy_lets_nothing_run_but_the_script_and_style_in_it(page):
    found = page(made(OUTPUT))
    (policy,) = (each["content"] for each in found.all("meta") if "http-equiv" in each)
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))

    def named(content: str) -> str:
        return f"'sha256-{base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()}'"

    assert rules["default-src"] == "'none'"
    assert rules["script-src"] == named(found.all("script")[-1]["text"])
    assert rules["style-src"] == named(found.all("style")[0]["text"])
    names = {name for element in found.elements for name in element}
    assert {name for name in names if name.startswith("on") or name == "style"} == set()


def test_the_same_files_give_the_same_bytes(page, clinic, tmp_path_factory):
    def files(output: Path) -> list[Made]:
        return [made(output), made(output, format="large"), made(output, audience="older-adult")]

    first = page(*files(OUTPUT)).text
    assert page(*files(OUTPUT)).text == first
    away = tmp_path_factory.mktemp("away")
    counter.write_counter(
        Path("layouts"), away, list(reversed(files(away))), read_library(Path("sources"))
    )
    assert (away / "index.html").read_text(encoding="utf-8") == first


# ---------------------------------------------------------------- thumbnails


def test_each_card_has_the_first_page_of_its_first_print_as_a_small_picture(page):
    found = page(made(OUTPUT), made(OUTPUT, format="large"), made(OUTPUT, audience="older-adult"))
    images = found.all("img")
    assert len(images) == 2
    for image in images:
        assert image["alt"] == ""
        content = base64.b64decode(image["src"].removeprefix("data:image/webp;base64,"))
        assert (content[:4], content[8:12]) == (b"RIFF", b"WEBP")
        assert len(content) < 10_000


def test_only_pictures_of_what_changed_are_made_again_and_old_ones_go(page, monkeypatch):
    drawn = []
    real = pictures._thumbnails
    monkeypatch.setattr(
        pictures, "_thumbnails", lambda pdfs: drawn.extend(map(len, pdfs)) or real(pdfs)
    )
    one, other = made(OUTPUT), made(OUTPUT, audience="older-adult")
    page(one, other)
    assert len(drawn) == 2
    page(one, other)
    assert len(drawn) == 2
    page(one, replace(other, digest="f" * 64))
    assert len(drawn) == 3
    kept = {path.name for path in Path("output/.counter").iterdir()}
    assert kept == {f"{one.digest}.webp", f"{'f' * 64}.webp"}


# ---------------------------------------------------------------- generate all


ALL = ("all", "--audience", "general", "--format", "standard")


def titles() -> list[str]:
    text = Path("output/index.html").read_text(encoding="utf-8")
    return [sheet["text"] for sheet in Page(text).all("h3")]


def test_all_writes_the_page_once_and_again_when_it_is_gone_or_changed(clinic):
    ended = clinic.generate(*ALL)
    assert ended.code == 0, ended.err
    assert ended.err.endswith("To find, open and print them, double-click output/index.html.\n")
    page = Path("output/index.html")
    first, stat = page.read_bytes(), page.stat()
    assert "double-click" not in clinic.generate(*ALL).err
    assert page.stat().st_mtime_ns == stat.st_mtime_ns
    page.unlink()
    assert clinic.generate(*ALL).code == 0
    assert page.read_bytes() == first
    page.write_text("something else")
    assert clinic.generate(*ALL).code == 0
    assert page.read_bytes() == first


LONG_COVER = ".cover-art { height: 200mm }"


@pytest.mark.slow
def test_the_page_offers_what_was_made_where_some_was_not(clinic):
    clinic.write("layouts/brands/default/styles/brand.css", LONG_COVER)
    for cached in (False, True):
        ended = clinic.generate(*ALL)
        assert (ended.code, len(ended.out.splitlines())) == (1, 1)
        assert "styles/brand.css: the brand's own styles and templates leave too" in ended.err
        assert "in “booklet” for general (the cover runs on to a second page)" in ended.err
        assert ("double-click output/index.html" in ended.err) != cached
        assert titles() == ["Move your thumb"]
    clinic.write("layouts/brands/default/styles/brand.css", "")
    assert clinic.generate(*ALL).code == 0
    assert titles() == ["Sore thumb (booklet)", "Move your thumb"]


def test_no_page_is_written_where_nothing_was_made(clinic):
    clinic.write("layouts/brands/default/styles/brand.css", "h1 { background: url(gone.png) }")
    ended = clinic.generate(*ALL)
    assert (ended.code, ended.out) == (1, "")
    assert "[LAYOUT-FAULT]" in ended.err
    assert clinic.files() == []


def test_only_all_writes_the_page(clinic):
    assert clinic.generate("handout", "thumb-sheet").code == 0
    assert not Path("output/index.html").exists()


@pytest.mark.slow
def test_runs_for_other_regions_and_single_sheets_are_all_there_until_the_sources_change(clinic):
    assert clinic.generate(*ALL, "--region", "GB").code == 0
    assert clinic.generate("handout", "thumb-sheet", "--region", "US").code == 0
    assert clinic.generate(*ALL, "--region", "GB").code == 0
    assert len(titles()) == 3
    clinic.change(
        "sources/tiny/publications/thumb-sheet.yaml", "title: Move your thumb", "title: Thumb it"
    )
    assert clinic.generate(*ALL, "--region", "GB").code == 0
    assert titles() == ["Sore thumb (booklet)", "Thumb it"]


@pytest.mark.slow
def test_an_up_to_date_run_imports_nothing_heavy(clinic):
    watch = (
        "import sys; from clinicpress.cli.app import main; sys.argv = ['generate', *sys.argv[1:]]\n"
        "try: main()\n"
        "finally: print(*sys.modules, file=sys.stderr)"
    )

    def imported() -> set[str]:
        done = subprocess.run(
            [sys.executable, "-c", watch, *ALL], cwd=clinic.folder, env=environment(),
            capture_output=True, text=True, check=True,
        )  # fmt: skip
        return set(done.stderr.splitlines()[-1].split())

    heavy = {"yaml", "pydantic", "babel"}
    assert heavy <= imported()
    assert heavy & imported() == set()
