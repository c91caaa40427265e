"""What no print may hold is found wherever it stands in the file."""

import pytest
from pikepdf import Array, Dictionary, Name, Pdf, String

from clinicpress.errors import Problems
from clinicpress.pdf.contents import FORBIDDEN, refuse_foreign
from clinicpress.pdf.saving import finished, saved

PATH = "/home/jo/secret.css"
WRONG = {
    **{key: {key: 1} for key in FORBIDDEN},
    "annotation": {"/Type": Name.Annot, "/Subtype": Name.Widget},
    "file": {"/Type": Name.Filespec},
    "opens": {"/OpenAction": Dictionary(S=Name.Named)},
    "link": {"/Type": Name.Annot, "/Subtype": Name.Link,
             "/A": Dictionary(S=Name.URI, URI=String("file:///x"))},
    "chain": {"/S": Name.GoTo, "/Next": Dictionary(S=Name.GoTo)},
    "path": {"/T": String(PATH)},
    "path in UTF-16": {"/T": String(b"\xfe\xff" + PATH.encode("utf-16-be"))},
    "path in a list": {"/K": Array([1, Array([String(PATH)])])},
}  # fmt: skip


def holding(inside: dict[str, object]) -> Pdf:
    pdf = Pdf.new()
    pdf.add_blank_page()
    pdf.Root.Own = pdf.make_indirect(Dictionary(inside))
    return pdf


@pytest.mark.parametrize("wrong", WRONG.values(), ids=WRONG)
@pytest.mark.parametrize("deep", [lambda held: held, lambda held: {"/X": Dictionary(held)},
                                  lambda held: {"/X": Array([0, Dictionary(held)])}],
                         ids=["itself", "in a dictionary", "in a list"])  # fmt: skip
def test_it_is_refused_wherever_it_stands(wrong, deep):
    with pytest.raises(Problems) as raised:
        refuse_foreign(holding(deep(wrong)))
    assert {problem.code for problem in raised.value.problems} == {"PDF-CONTENT"}


@pytest.mark.parametrize("wrong", WRONG.values(), ids=WRONG)
def test_no_print_is_finished_with_it(wrong):
    with pytest.raises(Problems):
        finished(holding(wrong))


def test_what_a_print_may_hold_is_finished_and_the_same_each_time():
    link = {"/Type": Name.Annot, "/Subtype": Name.Link, "/T": String("words (in brackets)"),
            "/A": Dictionary(S=Name.URI, URI=String("https://example.org/home/x"))}  # fmt: skip
    assert finished(holding(link)) == finished(holding(link))


def test_a_file_without_object_streams_is_saved_for_old_readers():
    assert b"/ObjStm" in saved(holding({}))
    assert b"/ObjStm" not in saved(holding({}), packed=False)
