"""What a file says of itself is read as XML, not as words, and nothing in it is fetched."""

import pytest
from lxml import etree
from pikepdf import Name, Pdf

from clinicpress.errors import Problems
from clinicpress.pdf.metadata import (
    HISTORY,
    PERSONAL,
    SPACES,
    Property,
    add,
    claim_no_more,
    claim_universal,
    cut,
    describe,
    read_metadata,
    words_of,
    write_metadata,
)

NAMES = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in SPACES.items())


def saying(inside: str, before: str = "") -> Pdf:
    """Return a file that says ``inside`` of itself."""
    pdf = Pdf.new()
    said = f"{before}<x {NAMES}><rdf:RDF>{inside}</rdf:RDF></x>"
    pdf.Root.Metadata = pdf.make_stream(said.encode(), Type=Name.Metadata, Subtype=Name.XML)
    return pdf


def said(pdf: Pdf) -> str:
    return pdf.Root.Metadata.read_bytes().decode()


def values(pdf: Pdf, name: str) -> list[str]:
    return [each.text for each in read_metadata(pdf).iterfind(f".//{name}", SPACES)]


def test_a_claim_is_made_with_its_schema_and_taken_back():
    pdf = saying("<rdf:Description rdf:about=''><xmp:CreatorTool>us</xmp:CreatorTool>"
                 "</rdf:Description>")  # fmt: skip
    claim_universal(pdf)
    assert values(pdf, "pdfuaid:part") == ["1"]
    assert values(pdf, "pdfaSchema:namespaceURI") == [SPACES["pdfuaid"]]
    assert values(pdf, "pdfaProperty:name") == ["part"]
    assert values(pdf, "pdfaProperty:valueType") == ["Integer"]
    claim_no_more(pdf)
    assert values(pdf, "pdfuaid:part") == []
    assert values(pdf, "xmp:CreatorTool") == ["us"]


@pytest.mark.parametrize("claim", ["<rdf:Description pdfuaid:part = '1'/>",
                                   "<rdf:Description><pdfuaid:part> 1 </pdfuaid:part>"
                                   "</rdf:Description>",
                                   "<rdf:Description xmlns:u='http://www.aiim.org/pdfua/ns/id/'>"
                                   "<u:part>1</u:part></rdf:Description>"])  # fmt: skip
def test_a_claim_is_taken_back_however_it_is_written(claim):
    pdf = saying(claim)
    claim_no_more(pdf)
    assert b"part" not in etree.tostring(read_metadata(pdf))


def test_where_nothing_is_claimed_not_a_byte_changes():
    pdf = saying("<rdf:Description  rdf:about = '' />")
    before = said(pdf)
    claim_no_more(pdf)
    assert said(pdf) == before


def test_what_cannot_be_read_claims_nothing_any_more():
    pdf = saying("")
    pdf.Root.Metadata.write(b"<x><pdfuaid:part>1</pdfuaid:part>")
    assert read_metadata(pdf) is None
    claim_no_more(pdf)
    assert "/Metadata" not in pdf.Root
    claim_no_more(pdf)  # a file that says nothing at all


def test_a_title_that_xml_cannot_hold_is_told():
    pdf = saying("<dc:title>a\vb</dc:title>")
    with pytest.raises(Problems, match="a character that no XML can hold"):
        claim_universal(pdf)


def test_schemas_stand_in_one_list():
    pdf = saying("")
    tree = read_metadata(pdf)
    describe(tree, Property("pdf:Trapped", "of a press", "whether inks overlap"))
    describe(tree, Property("pdfxid:GTS_PDFXVersion", "of a press", "which version"))
    write_metadata(pdf, tree)
    assert len(read_metadata(pdf).findall(".//pdfaExtension:schemas", SPACES)) == 1
    assert values(pdf, "pdfaSchema:prefix") == ["pdf", "pdfxid"]


def test_words_are_words_whatever_signs_are_in_them():
    pdf = saying("")
    tree = read_metadata(pdf)
    add(tree, {"xmp:CreatorTool": "<&>"})
    write_metadata(pdf, tree)
    assert words_of(read_metadata(pdf), "xmp:CreatorTool") == "<&>"
    assert words_of(read_metadata(pdf), "xmp:ModifyDate") == ""


@pytest.mark.parametrize("name", [*PERSONAL, *HISTORY])
def test_what_names_people_or_the_past_is_cut_as_element_and_as_attribute(name):
    twice = f"<rdf:Description {name}='x'><{name}>Jo Bloggs</{name}></rdf:Description>"
    tree = read_metadata(saying(twice + "<xmp:CreatorTool>us</xmp:CreatorTool>"))
    assert cut(tree, [name])
    assert name.partition(":")[2].encode() not in etree.tostring(tree)
    assert words_of(tree, "xmp:CreatorTool") == "us"
    assert not cut(tree, [name])


def test_no_entity_is_expanded(tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("told")
    entity = f'<!DOCTYPE x [<!ENTITY e SYSTEM "{secret.as_uri()}"><!ENTITY i "told">]>'
    tree = read_metadata(saying("<xmp:CreatorTool>&e;&i;</xmp:CreatorTool>", entity))
    assert words_of(tree, "xmp:CreatorTool") == ""
