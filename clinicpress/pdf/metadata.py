"""What a PDF says of itself: its metadata (XMP), and the standards that it claims to keep."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from lxml import etree
from pikepdf import DataDecodingError, Pdf, PdfError, Stream

from clinicpress.errors import Problems
from clinicpress.pdf.contents import foreign

MOST = 4 * 1024**2
"""The most bytes of metadata that are read."""

SPACES = {
    "clinicpress": "urn:clinicpress:provenance",
    "dc": "http://purl.org/dc/elements/1.1/",
    "pdf": "http://ns.adobe.com/pdf/1.3/",
    "pdfaExtension": "http://www.aiim.org/pdfa/ns/extension/",
    "pdfaProperty": "http://www.aiim.org/pdfa/ns/property#",
    "pdfaSchema": "http://www.aiim.org/pdfa/ns/schema#",
    "pdfuaid": "http://www.aiim.org/pdfua/ns/id/",
    "pdfxid": "http://www.npes.org/pdfx/ns/id/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "xmp": "http://ns.adobe.com/xap/1.0/",
    "xmpMM": "http://ns.adobe.com/xap/1.0/mm/",
}
"""What a name’s prefix, here and in the functions below, stands for."""

PERSONAL = ("dc:creator", "dc:contributor")
"""What names people."""

HISTORY = ("xmpMM:History", "xmpMM:DerivedFrom", "xmpMM:Ingredients", "xmpMM:Pantry",
           "xmpMM:Manifest", "xmpMM:Versions")  # fmt: skip
"""What was done before."""

UNIVERSAL = "pdfuaid:part"
"""Says that a file is PDF/UA (ISO 14289-1, 5)."""


@dataclass(frozen=True)
class Property:
    """A property that a reader of PDF/A does not know, described to it."""

    name: str
    schema: str
    says: str
    kind: str = "Text"


def read_metadata(document: Pdf) -> Any:
    """Return what ``document`` says of itself as a tree of XML; None if there is none to read.

    Nothing is fetched for it, and no entity expanded.
    """
    stream = document.Root.get("/Metadata")
    if not isinstance(stream, Stream):
        return None
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        return etree.fromstring(stream.read_bytes()[:MOST], parser)
    except (PdfError, DataDecodingError, etree.XMLSyntaxError, ValueError):
        return None


def write_metadata(document: Pdf, tree: Any) -> None:
    """Let ``document`` say of itself what is in ``tree``, which was read from it."""
    document.Root.Metadata.write(etree.tostring(tree.getroottree(), encoding="utf-8"))


def claim_universal(document: Pdf) -> None:
    """Say in a PDF/A file, which has metadata, that it is PDF/UA-1, too.

    Raises Problems if what it says already is no XML: a title may hold any character, XML not.
    """
    if (tree := read_metadata(document)) is None:
        what = "a title, a description or an author’s name with a character that no XML can hold"
        raise Problems([foreign(what)])
    add(tree, {UNIVERSAL: "1"})
    describe(tree, Property(UNIVERSAL, "PDF/UA identification schema",
                            "PDF/UA version identifier", "Integer"))  # fmt: skip
    write_metadata(document, tree)


@dataclass(frozen=True)
class Provenance:
    """What a print of ours says it is: by what it is told from every other, and its state.

    ``code`` is that on the paper, ``edition`` its fields as JSON, ``review`` how that stood.
    """

    code: str
    edition: str
    version: str
    review: str
    program: str


OF_OURS: Mapping[str, str] = {
    "code": "Code on the paper", "edition": "What it is, for whom and how it is set",
    "version": "Version of the content", "review": "How the review of the content stood",
    "program": "Version of the program",
}  # fmt: skip
"""What each part of a provenance is, for readers of PDF/A."""


def say_provenance(document: Pdf, said: Provenance) -> None:
    """Say in a PDF/A file of ours, which has metadata, what print it is."""
    tree = read_metadata(document)
    add(tree, {f"clinicpress:{name}": getattr(said, name) for name in OF_OURS})
    schema = "Provenance of a clinicpress print"
    describe(tree, *(Property(f"clinicpress:{name}", schema, says)
                     for name, says in OF_OURS.items()))  # fmt: skip
    write_metadata(document, tree)


PACK = "clinicpress:pack"
"""Says of which items a review pack is, and of which wordings."""


def say_pack(document: Pdf, said: str) -> None:
    """Say in a PDF/A file of ours, which has metadata, what review pack it is."""
    tree = read_metadata(document)
    add(tree, {PACK: said})
    schema = "Review pack of clinicpress"
    describe(tree, Property(PACK, schema, "What is reviewed, item by item, as digests"))
    write_metadata(document, tree)


def pack_of(document: Pdf) -> str:
    """Return what review pack a file says it is; nothing where it says nothing of it."""
    tree = read_metadata(document)
    return "" if tree is None else words_of(tree, PACK)


def provenance_of(document: Pdf) -> Provenance | None:
    """Return what print a file says it is; None where it says nothing of it."""
    tree = read_metadata(document)
    said = (
        {name: words_of(tree, f"clinicpress:{name}") for name in OF_OURS}
        if tree is not None
        else {}
    )
    return Provenance(**said) if said.get("code") else None


def claim_no_more(document: Pdf) -> None:
    """Take back that ``document`` is PDF/UA, if it says so; what cannot be read says nothing."""
    if "/Metadata" not in document.Root:
        return
    if (tree := read_metadata(document)) is None:
        del document.Root["/Metadata"]
    elif cut(tree, [UNIVERSAL]):
        write_metadata(document, tree)


def words_of(tree: Any, name: str) -> str:
    """Return the words of the first element ``name``, or nothing."""
    return str(tree.findtext(f".//{name}", "", SPACES))


def cut(tree: Any, names: Iterable[str]) -> bool:
    """Take the elements and attributes of these ``names`` out; return whether there were any."""
    tags = set(map(_tag, names))
    elements = [each for each in tree.iter(*tags) if each.getparent() is not None]
    attributes = [
        (each, tag) for each in tree.iter(etree.Element) for tag in tags.intersection(each.attrib)
    ]
    for each in elements:
        each.getparent().remove(each)
    for each, tag in attributes:
        del each.attrib[tag]
    return bool(elements or attributes)


def add(tree: Any, said: Mapping[str, str]) -> None:
    """Say more of the document: words by the names of their elements."""
    described = _described(tree, {name.partition(":")[0] for name in said})
    for name, words in said.items():
        _put(described, name, words)


def describe(tree: Any, property: Property, *others: Property) -> None:
    """Describe a property, and others of its schema, as ISO 19005-3, 6.6.2.3.3, has it."""
    prefix = property.name.partition(":")[0]
    schema = _resource(_schemas(tree))
    _put(schema, "pdfaSchema:namespaceURI", SPACES[prefix])
    _put(schema, "pdfaSchema:prefix", prefix)
    _put(schema, "pdfaSchema:schema", property.schema)
    every = _put(_put(schema, "pdfaSchema:property"), "rdf:Seq")
    for each in (property, *others):
        one = _resource(every)
        _put(one, "pdfaProperty:category", "internal")
        _put(one, "pdfaProperty:description", each.says)
        _put(one, "pdfaProperty:name", each.name.partition(":")[2])
        _put(one, "pdfaProperty:valueType", each.kind)


def _schemas(tree: Any) -> Any:
    """Return the list of described schemas, which is begun if there is none."""
    found = tree.find(".//pdfaExtension:schemas/rdf:Bag", SPACES)
    if found is None:
        described = _described(tree, {"pdfaExtension", "pdfaProperty", "pdfaSchema"})
        found = _put(_put(described, "pdfaExtension:schemas"), "rdf:Bag")
    return found


def _described(tree: Any, prefixes: Collection[str]) -> Any:
    """Return a new place to say something, in names of these ``prefixes``."""
    spaces = {each: SPACES[each] for each in sorted(prefixes)}
    above = tree.find(".//rdf:RDF", SPACES)
    return etree.SubElement(above, _tag("rdf:Description"), {_tag("rdf:about"): ""}, nsmap=spaces)


def _resource(above: Any) -> Any:
    item = _put(above, "rdf:li")
    item.set(_tag("rdf:parseType"), "Resource")
    return item


def _put(above: Any, name: str, words: str | None = None) -> Any:
    element = etree.SubElement(above, _tag(name))
    element.text = words
    return element


def _tag(name: str) -> str:
    prefix, _, local = name.partition(":")
    return f"{{{SPACES[prefix]}}}{local}"
