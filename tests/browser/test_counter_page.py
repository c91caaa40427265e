"""The counter page as the reception uses it: in Chromium, opened as a file, without network."""

import json
import re
from itertools import product
from pathlib import Path

import pikepdf
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from clinicpress.counter.page import write_counter
from clinicpress.editions.edition import Edition
from tests.browser.conftest import FLAGS, PAGES, _made
from tests.conftest import ROOT, environment

pytestmark = pytest.mark.slow

OLDER_LARGE = "tiny_thumb-sheet_older-adult_large_en-GB_A4.pdf"
EMPTY = "#words=moon&audience=older-adult"


def shown(page: Page) -> list[str]:
    """Return what the cards that can be seen are called, and for whom they are."""
    return [
        " – ".join(card.locator("h3, .who").all_inner_texts())
        for card in page.locator(".sheet").all()
        if card.is_visible()
    ]


def links(page: Page) -> list[str]:
    """Return the formats of the links that can be seen."""
    return page.locator(".prints li:visible .name").all_inner_texts()


def choose(page: Page, choice: str, label: str) -> None:
    page.get_by_role("group", name=choice).get_by_role("radio", name=label, exact=True).check()


def search(page: Page, words: str) -> None:
    page.get_by_role("searchbox", name="Search").fill(words)
    page.wait_for_timeout(250)  # the page waits until nobody types


# ---------------------------------------------------------------- finding and opening


def test_three_clicks_lead_to_the_pdf(counter):
    started = counter(viewport={"width": 1280, "height": 800})
    page = started.open()
    page.get_by_text("Move your thumb", exact=True).first.click()
    page.get_by_text("Older adults", exact=True).first.click()
    with started.context.expect_page() as opened:
        page.get_by_role("link", name="Large print").click()
    assert opened.value.url.endswith(f"/default/tiny/{OLDER_LARGE}")
    assert shown(page) == ["Move your thumb – Older adults"]


def test_the_keyboard_alone_leads_to_the_pdf(counter):
    started = counter(viewport={"width": 1280, "height": 800})
    page = started.open()
    press, focused = page.keyboard.press, page.locator(":focus")
    press("Tab")
    expect(focused).to_have_text("Skip to the sheets")
    press("Tab")
    expect(focused).to_have_attribute("type", "search")
    for key in ("Tab", "Tab", "ArrowDown", "ArrowDown"):  # past the summary, into the needs
        press(key)
    assert shown(page) == ["Move your thumb – Adults", "Move your thumb – Older adults"]
    for key in ("Tab", "Tab", "ArrowDown", "ArrowDown"):
        press(key)
    assert shown(page) == ["Move your thumb – Older adults"]
    for _ in range(20):
        press("Tab")
        if "Large print" in focused.inner_text():
            break
    assert focused.evaluate("it => getComputedStyle(it).outlineWidth") == "3px"
    with started.context.expect_page() as opened:
        press("Enter")
    assert opened.value.url.endswith(OLDER_LARGE)


def test_enter_in_the_search_leads_to_what_was_found(counter):
    page = counter().open()
    page.get_by_role("searchbox").fill("older large move")
    page.keyboard.press("Enter")  # at once
    expect(page.locator(":focus")).to_have_text("1 sheet")
    assert shown(page) == ["Move your thumb – Older adults"]


@pytest.mark.parametrize(
    ("words", "cards", "formats"),
    [
        ("", 4, 12),
        ("thumb older adults large", 2, 2),
        ("large, OLDER move", 1, 1),
        ("moves for an older adult", 1, 3),
        ("clear print", 4, 4),
        ("lärge", 4, 4),
        ("booklet A5", 2, 2),
        ("dult", 0, 0),
        ("(((", 4, 12),
    ],
)
def test_words_find_in_any_order(counter, words, cards, formats):
    page = counter().open()
    search(page, words)
    assert (len(shown(page)), len(links(page))) == (cards, formats)
    said = {0: "No sheet found", 1: "1 sheet"}.get(cards, f"{cards} sheets")
    found = page.get_by_role("heading", level=2)
    expect(found).to_have_text(said)
    expect(found).to_have_attribute("aria-live", "polite")


def whys(page: Page) -> list[str]:
    """Return what the cards that can be seen say of why they were found."""
    return [why.inner_text() for why in page.locator(".why").all() if why.is_visible()]


def test_what_fits_best_comes_first_and_says_why_it_was_found(counter):
    """By its title, then by what it holds: a short sheet is before a booklet that holds all."""
    page = counter().open()
    search(page, "thumb bend")
    found = shown(page)
    assert found[:2] == ["Move your thumb – Adults", "Move your thumb – Older adults"]
    assert all("booklet" in each for each in found[2:])
    assert whys(page) == ["In it: Thumb bend."] * len(found)
    search(page, "sore")
    assert "booklet" in shown(page)[0]
    assert whys(page) == []
    search(page, "")
    assert shown(page)[0] == "Sore thumb (booklet) – Adults"
    assert whys(page) == []


def test_what_a_reader_is_called_too_is_said(counter):
    page = counter().open()
    search(page, "seniors")
    assert all("Older adults" in each for each in shown(page))
    assert set(whys(page)) == {"Also called: seniors."}


def test_a_format_leaves_its_links_only_and_counts_say_what_is_left(counter):
    page = counter(viewport={"width": 1280, "height": 800}).open()
    choose(page, "What for", "Move your thumb")
    choose(page, "Print size", "Clear print")
    assert links(page) == ["Clear print", "Clear print"]
    audiences = page.locator("[data-choice=audience] label").all_inner_texts()
    assert [" ".join(each.split()) for each in audiences] == ["All", "Adults 1", "Older adults 1"]


def test_when_nothing_is_found_the_page_says_how_to_widen(counter):
    page = counter().open(EMPTY)
    assert shown(page) == []
    expect(page.locator("#empty")).to_contain_text("Take a word away, or choose “All” again:")
    ways = page.locator("#empty button")
    assert ways.all_inner_texts() == ["Without the words you typed: 2 sheets"]
    ways.first.click()
    assert len(shown(page)) == 2
    expect(page.locator(":focus")).to_have_text("2 sheets")
    page.get_by_role("button", name="Show all sheets").click()
    assert len(shown(page)) == 4


def test_what_was_chosen_is_kept_in_the_address(counter):
    started = counter(viewport={"width": 1280, "height": 800})
    page = started.open()
    choose(page, "Who reads it", "Older adults")
    search(page, "booklet & 50 %")
    page.reload()
    assert page.get_by_role("radio", name="Older adults").is_checked()
    assert page.get_by_role("searchbox").input_value() == "booklet & 50 %"
    page = started.open("#audience=nobody&format=large&other=x")
    assert links(page) == ["Large print"] * 4


def test_nothing_is_asked_of_a_network(counter, prints):
    started = counter(viewport={"width": 1280, "height": 800})
    page = started.open()
    search(page, "older large")
    choose(page, "What for", "Move your thumb")
    assert page.locator(".sheet img").first.evaluate("it => it.naturalWidth") == 160
    own = (prints / "index.html").as_uri()
    assert started.asked[0] == own
    assert [each for each in started.asked if each != own and not each.startswith("data:")] == []


# ---------------------------------------------------------------- for everybody


STATES = {"all": "", "found": "#audience=older-adult&format=large", "none": EMPTY}


@pytest.mark.parametrize("width", [1280, 320])
@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("day", ["2026-12-01", "2100-01-01"])
def test_axe_finds_nothing(counter, state, width, day):
    started = counter(viewport={"width": width, "height": 800})
    started.page.clock.set_fixed_time(day)
    page = started.open(STATES[state])
    found = Axe().run(page)
    assert len(found.response["passes"]) > 20
    assert found.violations_count == 0, found.generate_report()


@pytest.mark.parametrize("width", [320, 360, 640, 1280, 2560])
def test_nothing_sticks_out_sideways(counter, width):
    """640 px is what is left of 1280 at a zoom of 200 %."""
    page = counter(viewport={"width": width, "height": 700}).open()
    for summary in page.locator("summary").all():
        if not summary.evaluate("it => it.parentElement.open"):
            summary.click()
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert page.evaluate("""
        [...document.querySelectorAll('main *:not(.unseen)')]
            .filter((it) => it.checkVisibility() && it.getBoundingClientRect().right > innerWidth)
            .map((it) => it.outerHTML.slice(0, 60))
    """) == []  # fmt: skip


def test_on_a_small_screen_a_choice_is_folded_and_shows_what_was_chosen(counter):
    page = counter(viewport={"width": 360, "height": 700}).open("#audience=older-adult")
    assert [" ".join(each.split()) for each in page.locator("summary").all_inner_texts()] == [
        "What for", "Who reads it Older adults", "Print size",
    ]  # fmt: skip
    assert page.get_by_role("radio").count() == 0
    page.locator("summary").first.click()
    assert page.get_by_role("radio").count() == 3


def test_nothing_moves_for_who_wants_no_motion(counter):
    page = counter(reduced_motion="reduce").open()
    assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"


def test_without_a_script_every_pdf_has_its_link(counter):
    page = counter(java_script_enabled=False).open()
    assert page.get_by_role("link", name="opens in a new tab").count() == 12
    assert page.get_by_role("button").count() == page.get_by_role("searchbox").count() == 0
    expect(page.get_by_text("press Ctrl+P")).to_be_visible()


# ---------------------------------------------------------------- out of date


@pytest.mark.parametrize(("day", "late"), [("2028-12-31", False), ("2029-01-01", True)])
@pytest.mark.parametrize("zone", ["Pacific/Auckland", "America/Los_Angeles"])
def test_a_sheet_is_marked_from_the_day_after_its_review_was_due(counter, day, late, zone):
    started = counter(timezone_id=zone)
    started.page.add_init_script(f"""{{
        const Real = Date;
        Date = class extends Real {{ constructor() {{ super("{day}T12:00:00"); }} }};
    }}""")
    page = started.open()
    marks = page.locator(".sheet .overdue:visible")
    assert marks.count() == (4 if late else 0)
    assert page.locator("#overdue").is_visible() is late
    link = page.get_by_role("link", name="Large print").first
    if late:
        expect(page.locator("#overdue")).to_contain_text("4 sheets are out of date")
        expect(link).to_have_accessible_description("Out of date. Do not hand it out.")
    else:
        expect(link).to_have_accessible_description("")
    assert page.get_by_role("button", name="Print").count() == (0 if late else 12)


# ---------------------------------------------------------------- printing

PRINT = re.compile("^Print Large print – Move your thumb, Older adults$")


def test_print_prints_the_pdf_itself(playwright, executable, prints, screen, tmp_path):
    """In a real window, whose print window presses its own button, into a file."""
    profile, printed = tmp_path / "profile", tmp_path / "printed"
    (profile / "Default").mkdir(parents=True)
    printed.mkdir()
    to_file = {"id": "Save as PDF", "origin": "local", "account": ""}
    kept = json.dumps({"version": 2, "recentDestinations": [to_file]})
    preferences = {
        "printing": {"print_preview_sticky_settings": {"appState": kept}},
        "savefile": {"default_directory": str(printed)},
    }
    (profile / "Default" / "Preferences").write_text(json.dumps(preferences), encoding="utf-8")
    context = playwright.chromium.launch_persistent_context(
        profile, executable_path=executable, headless=False, args=[*FLAGS, "--kiosk-printing"],
        env=environment(**({"DISPLAY": screen} if screen else {})),
    )  # fmt: skip
    page = context.pages[0]
    page.goto((prints / "index.html").as_uri())
    page.get_by_role("button", name=PRINT).click()
    expect(page.get_by_role("status").last).to_contain_text("The print window shows")
    (file,) = wait_for(page, printed)
    with pikepdf.open(file) as pdf:
        sizes = [[round(float(side)) for side in each.mediabox[2:]] for each in pdf.pages]
    assert sizes == [[595, 842]] * PAGES
    context.close()


def wait_for(page: Page, folder: Path) -> list[Path]:
    """Return the files in ``folder`` once there is a whole one."""
    for _ in range(100):
        files = list(folder.glob("*.pdf"))
        if files and files[0].read_bytes().rstrip().endswith(b"%%EOF"):
            break
        page.wait_for_timeout(100)
    return files


def test_a_browser_that_cannot_print_from_here_has_no_button(counter):
    for cannot in ("pdfViewerEnabled", "userAgentData"):
        started = counter()
        started.page.add_init_script(f"Object.defineProperty(navigator, '{cannot}', {{}})")
        page = started.open()
        assert page.get_by_role("button", name="Print").count() == 0
        expect(page.get_by_text("open a sheet and press Ctrl+P")).to_be_visible()


def no_viewer(page: Page, answer: str) -> None:
    """Have a plain element stand where the PDF viewer would be."""
    page.add_init_script(f"""{{
        const real = document.createElement.bind(document);
        document.createElement = (name) => {{
            const made = real(name === "embed" ? "span" : name);
            if (name === "embed") {answer};
            return made;
        }};
    }}""")


def test_a_viewer_that_does_not_answer_is_told_of(counter):
    started = counter()
    started.page.clock.install()
    no_viewer(started.page, "made.postMessage = (it) => { window.told = it; }")
    page = started.open()
    page.get_by_role("button", name=PRINT).click()
    assert page.evaluate("told") == {"type": "print"}
    expect(page.get_by_role("status").last).to_contain_text("is being made ready")
    page.clock.run_for(7000)
    expect(page.get_by_role("status").last).to_contain_text("Did no print window come? Open “Large")


def test_a_viewer_that_takes_no_message_gets_the_pdf_in_a_tab(counter):
    started = counter()
    no_viewer(started.page, "{}")
    page = started.open()
    with started.context.expect_page() as opened:
        page.get_by_role("button", name=PRINT).click()
    assert opened.value.url.endswith(OLDER_LARGE)
    expect(page.get_by_role("status").last).to_contain_text("is open in a new tab. Press Ctrl+P")


@pytest.fixture(scope="module")
def many(tiny, tmp_path_factory):
    """Return the address of a page of 24 sheets."""
    output = tmp_path_factory.mktemp("many")
    files = [
        _made(output, Edition("tiny", publication, audience, "clear", "en", region, "default", "A4",
                              setting=setting))
        for publication, audience, region, setting in product(
            ("booklet", "thumb-sheet"), ("general", "older-adult"), ("GB", "US", "neutral"),
            ("rack", "given"),
        )
    ]  # fmt: skip
    write_counter(ROOT / "layouts", output, files, tiny)
    return (output / "index.html").as_uri()


def test_on_a_telephone_the_page_is_short_until_more_is_asked_for(counter, many):
    page = counter(viewport={"width": 375, "height": 700}).page
    page.goto(many)
    sheets = page.locator(".sheet:visible")
    expect(sheets).to_have_count(12)
    short = page.evaluate("document.body.scrollHeight")
    page.get_by_label("Search").fill("older")
    expect(sheets).to_have_count(12)
    page.get_by_label("Search").fill("")
    page.get_by_role("button", name="Show all sheets").click()
    expect(sheets).to_have_count(24)
    expect(page.locator("#more")).to_be_hidden()
    assert page.evaluate("document.body.scrollHeight") > 1.5 * short
    assert page.evaluate("document.activeElement.closest('.sheet') !== null")


def test_where_there_is_room_all_sheets_stand_there(counter, many):
    page = counter(viewport={"width": 1280, "height": 800}).page
    page.goto(many)
    assert page.locator(".sheet:visible").count() == 24
    assert not page.locator("#more").is_visible()
