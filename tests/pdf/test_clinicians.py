"""Clinicians' editions: blanks for a pen, evidence as a table, sources, screening, a record."""

import pytest

from clinicpress.content.model import Clinical
from clinicpress.editions.selection import select
from clinicpress.orders.plan import plan
from clinicpress.orders.request import ALL, Request
from tests.pdf.matrix import LAYOUTS, LIBRARY
from tests.pdf.press import print_and_note
from tests.pdf.reading import MM, Page, Print, Run, Tag, squeezed

TOPIC = LIBRARY.topics["upper-back-pain"]
CLINICAL: Clinical = TOPIC.clinical
LABELS = {"Repeat", "Hold", "Rounds", "How often", "Where", "Time"}
TEN_MM = 10 / MM


@pytest.fixture(
    scope="module",
    params=[pytest.param("GB", marks=[pytest.mark.slow, pytest.mark.xdist_group("clinicians")])],
)
def clinicians(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Print]:
    """Print all that there is for clinicians; return it by publication."""
    folder = tmp_path_factory.mktemp("clinicians")
    ended = print_and_note(folder, "all", "--audience", "clinician", "--region", request.param,
                           "--format", "standard")  # fmt: skip
    assert ended.returncode == 0, ended.stderr
    return {path.stem.split("_")[1]: Print(path) for path in sorted(folder.rglob("*.pdf"))}


def test_every_publication_but_the_one_refused_is_printed(clinicians: dict[str, Print]) -> None:
    refused = {id for id, one in TOPIC.publications.items() if "clinician" in one.refused}
    assert set(clinicians) == set(TOPIC.publications) - refused
    assert len(clinicians) >= 8


def field(page: Page, label: Run) -> tuple[float, float, float, float]:
    """Return the smallest box drawn round a label: the blank that it stands in."""
    left, bottom, right, top = label.box
    letters = {run.box for run in page.runs}
    around = [
        box
        for box in page.drawn
        if box[0] <= left and box[1] <= bottom and right <= box[2] and top <= box[3]
        if box not in letters
    ]
    return min(around, key=lambda box: (box[2] - box[0]) * (box[3] - box[1]))


def fields(read: Print, labels: set[str]) -> list[tuple[Page, Run, float]]:
    """Return each blank with one of these labels: its page, its label and its height in pt."""
    found = []
    for page in read.pages:
        for run in page.runs:
            if run.text.strip() in labels:
                box = field(page, run)
                found.append((page, run, box[3] - box[1]))
    return found


def test_blanks_and_records_of_clinicians_are_10_mm_high(clinicians: dict[str, Print]) -> None:
    record = {"Screened by", "Signs checked", "Plan"}
    for publication, read in clinicians.items():
        found = fields(read, LABELS | record)
        assert found, publication
        assert [(run.text, height) for _, run, height in found if height < TEN_MM] == []
        if publication in ("booklet", "when-to-get-help"):
            assert record <= {run.text.strip() for _, run, _ in found}


def test_what_is_to_be_filled_in_is_a_space_to_write_in(clinicians: dict[str, Print]) -> None:
    asked = {
        entry.text.default
        for checklist in CLINICAL.screening.values()
        for entry in checklist.entries.values()
        if checklist.to_fill
    }
    assert len(asked) >= 4
    for publication in ("booklet", "when-to-get-help"):
        found = fields(clinicians[publication], asked)
        assert {run.text.strip() for _, run, _ in found} == asked
        assert min(height for _, _, height in found) >= TEN_MM


def test_evidence_is_a_table_whose_columns_and_rows_are_headed(
    clinicians: dict[str, Print],
) -> None:
    table = table_of(clinicians["booklet"], "Question")
    heads = [tag for tag in table.all() if tag.kind == "TH"]
    assert [head.attributes.get("Scope") for head in heads] == ["Column"] * 4 + ["Row"] * len(
        CLINICAL.findings
    )
    rows = [
        [cell.text() for cell in row.content if isinstance(cell, Tag)]
        for row in table.all()
        if row.kind == "TR"
    ]
    assert rows[1:] == [
        [
            squeezed(finding.point.default),
            squeezed(finding.found.default),
            squeezed(finding.strength.default),
            squeezed(", ".join(finding.evidence)),
        ]
        for finding in CLINICAL.findings.values()
    ]


def table_of(read: Print, head: str) -> Tag:
    return next(
        tag for tag in read.tags.all() if tag.kind == "Table" and squeezed(head) in tag.text()
    )


def test_every_sheet_says_how_strong_the_evidence_is(clinicians: dict[str, Print]) -> None:
    sheets = set(clinicians) - {"when-to-get-help"}
    assert len(sheets) >= 7
    for publication in sheets:
        table = table_of(clinicians[publication], "Question")
        assert len([tag for tag in table.all() if tag.kind == "TR"]) > 1


def test_every_open_point_and_every_reference_is_in_the_booklet(
    clinicians: dict[str, Print],
) -> None:
    text = clinicians["booklet"].text
    assert CLINICAL.undecided
    for point in CLINICAL.undecided.values():
        assert squeezed(point.point.default) in text
        assert squeezed(point.text.default) in text
        for id in point.evidence:
            assert squeezed(f"{id} {TOPIC.references[id].title}")[:20] in text


def test_a_card_names_muscles_sources_and_where_to_begin(clinicians: dict[str, Print]) -> None:
    text = clinicians["booklet"].text
    for exercise in TOPIC.exercises.values():
        assert exercise.muscles is not None
        judged = "; clinical judgement" if exercise.editorial else ""
        sources = f"Sources: {', '.join(exercise.evidence)}{judged}"
        assert squeezed(f"{exercise.muscles.default} {sources}") in text
    assert text.count(squeezed("Starting dose:")) >= len(TOPIC.exercises)


def test_signs_in_full_name_their_sources(clinicians: dict[str, Print]) -> None:
    text = clinicians["when-to-get-help"].text
    sign = TOPIC.tiers["emergency"].groups["heart"].signs["E2a"]
    assert squeezed(f"{sign.full.default} ({', '.join(sign.evidence)})") in text


def test_nobody_else_reads_what_is_for_clinicians() -> None:
    request = Request((ALL,), audiences=(ALL,))
    others = [one for one in plan(request, LIBRARY, LAYOUTS) if one.audience != "clinician"]
    assert len(others) > 30
    for edition in others:
        manuscript = select(LIBRARY, edition)
        assert not manuscript.clinical
        assert list(manuscript.entries("checklist", "finding", "undecided")) == []
        assert not [one.part for one in manuscript.sections if one.part == "record"]


def test_no_type_is_smaller_than_the_format_allows(clinicians: dict[str, Print]) -> None:
    """A professional's print is set closer than a patient's; the smallest type is the same."""
    sizes = [
        run.size
        for read in clinicians.values()
        for page in read.pages
        for run in page.runs
        if run.text.strip()
    ]
    assert min(sizes) >= 9.5 - 0.01
