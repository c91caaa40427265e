"""How a place and what is wrong there are said."""

import pickle

import pytest

from clinicpress.errors import Place
from clinicpress.press.imposition import Misfit, TooLarge


@pytest.mark.parametrize(
    ("place", "said"),
    [
        (Place("topic.yaml"), "topic.yaml"),
        (Place("topic.yaml", 8), "topic.yaml:8"),
        (Place("default/sheet.pdf", page=2), "default/sheet.pdf, page 2"),
        (Place(page=2), "page 2"),
        (Place(), "the print"),
    ],
)
def test_a_place_is_a_file_a_line_of_it_or_a_page(place, said):
    assert str(place) == said


def test_what_is_on_the_print_at_hand_gets_its_name_and_nothing_else_does():
    assert Place(page=2).within("sheet.pdf") == Place("sheet.pdf", page=2)
    assert Place().within("sheet.pdf") == Place("sheet.pdf")
    assert Place("brands/night", 3).within("sheet.pdf") == Place("brands/night", 3)


def test_pages_are_told_in_their_order():
    assert sorted([Place("a.pdf", page=10), Place("a.pdf", page=9), Place("a.pdf")]) == [
        Place("a.pdf"), Place("a.pdf", page=9), Place("a.pdf", page=10),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("misfit", "hint"),
    [
        (Misfit("Seven pages are too many", "Choose six. Or five."), "Choose six. Or five."),
        (TooLarge("2 pages need 9 mm", "8 mm").on("A4"),
         "Choose a larger paper, or scale the pages with --fit."),
    ],
)  # fmt: skip
def test_a_misfit_keeps_its_mend_and_its_words_from_one_process_to_another(misfit, hint):
    other = pickle.loads(pickle.dumps(misfit))
    assert (type(other), str(other), other.hint) == (type(misfit), str(misfit), hint)
    assert str(other) == f"{other.wrong}. {hint}"
    assert "the paper" not in str(other)
