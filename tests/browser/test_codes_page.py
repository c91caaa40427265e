"""The page of a release on which a code is looked up: in a browser, as a file, without network."""

import pytest
from playwright.sync_api import Page

from clinicpress.design.design import open_design
from clinicpress.pages.compose import set_counter
from tests.conftest import ROOT

pytestmark = pytest.mark.slow

ROWS = [
    {"code": "7K3M-9QX2", "what": "sheet", "until": "2028-12-31", "why": "", "now": ""},
    {"code": "7K3M-0000", "what": "old sheet", "until": "", "why": "", "now": "7K3M-9QX2"},
    {"code": "HHHH-1111", "what": "wrong sheet", "until": "", "why": "Wrong number", "now": ""},
]


@pytest.fixture
def address(tmp_path):
    design = open_design(
        ROOT / "layouts", brand="default", format="standard", language="en", paper="A4"
    )
    path = tmp_path / "codes.html"
    path.write_text(set_counter("codes.html", {"rows": ROWS}, design, "en"), encoding="utf-8")
    return path.as_uri()


def shown(page: Page) -> list[str]:
    return page.locator("tbody tr:visible .code").all_inner_texts()


@pytest.mark.parametrize(
    ("behind", "codes"),
    [("", [row["code"] for row in ROWS]), ("#7K3M-9QX2", ["7K3M-9QX2"]),
     ("#hhhh-iiii", ["HHHH-1111"]), ("#%3Cb%3E", []), ("#ZZZZ-ZZZZ", [])],
)  # fmt: skip
def test_the_code_of_a_sheet_opens_it_at_its_line(counter, address, behind, codes):
    page = counter().page
    page.goto(address + behind)
    assert shown(page) == codes
    assert page.locator("#none").is_visible() == (codes == [])


def test_another_code_is_looked_up_without_loading_it_again(counter, address):
    page = counter().page
    page.goto(f"{address}#7K3M-9QX2")
    page.evaluate("location.hash = '7K3M-0000'")
    page.wait_for_timeout(50)
    assert shown(page) == ["7K3M-0000"]
    page.get_by_label("Code").fill("7k3m")
    assert shown(page) == ["7K3M-9QX2", "7K3M-0000"]
