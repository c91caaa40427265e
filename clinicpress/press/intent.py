"""Says in a PDF what it is printed with: an output intent for four inks, and PDF/X-4.

No validator of PDF/X is at hand, so the claim is made and not checked. What can be checked, PDF/A
and PDF/UA, the file keeps.
"""

import re
from hashlib import sha256
from uuid import UUID

from pikepdf import Array, Dictionary, Name, Pdf

from clinicpress.press.profile import NAME, profile

CONDITION = "Custom"
"""What a condition is called that no registry holds (ISO 32000-1, table 365)."""

_DESCRIPTION = (
    '<rdf:Description rdf:about="" xmlns:pdfxid="http://www.npes.org/pdfx/ns/id/"'
    ' xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/">'
    "<pdfxid:GTS_PDFXVersion>PDF/X-4</pdfxid:GTS_PDFXVersion>"
    "<xmp:MetadataDate>{date}</xmp:MetadataDate>"
    "<xmpMM:DocumentID>uuid:{id}</xmpMM:DocumentID>"
    "<xmpMM:VersionID>1</xmpMM:VersionID><xmpMM:RenditionClass>default</xmpMM:RenditionClass>"
    "<pdf:Trapped>False</pdf:Trapped></rdf:Description>"
)
"""What ISO 15930-7, 6.8 and 6.9, wants to know of a file."""

_SCHEMA = (
    '<rdf:li rdf:parseType="Resource">'
    "<pdfaSchema:namespaceURI>{uri}</pdfaSchema:namespaceURI>"
    "<pdfaSchema:prefix>{prefix}</pdfaSchema:prefix>"
    "<pdfaSchema:schema>{prefix} of PDF/X-4</pdfaSchema:schema>"
    '<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">'
    "<pdfaProperty:category>internal</pdfaProperty:category>"
    "<pdfaProperty:description>{name}</pdfaProperty:description>"
    "<pdfaProperty:name>{name}</pdfaProperty:name>"
    "<pdfaProperty:valueType>Text</pdfaProperty:valueType>"
    "</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li>"
)
"""Describes a property to a reader of PDF/A that does not know it (ISO 19005-3, 6.6.2.3.3)."""

_NEW = (
    ("http://www.npes.org/pdfx/ns/id/", "pdfxid", "GTS_PDFXVersion"),
    ("http://ns.adobe.com/pdf/1.3/", "pdf", "Trapped"),
)

_MODIFIED = re.compile(r"<xmp:ModifyDate>([^<]+)<")


def claim_for_press(document: Pdf) -> None:
    """Give ``document`` the profile of its inks, and say that it is PDF/X-4."""
    inks = document.make_stream(profile(), N=4)
    document.Root.OutputIntents = Array(
        Dictionary(Type=Name.OutputIntent, S=kind, OutputConditionIdentifier=CONDITION, Info=NAME,
                   DestOutputProfile=inks)
        for kind in (Name.GTS_PDFX, Name.GTS_PDFA1)
    )  # fmt: skip
    document.docinfo[Name.Trapped] = Name("/False")
    said = document.Root.Metadata.read_bytes().decode()
    document.Root.Metadata.write(_described(said, document).encode())


def _described(said: str, document: Pdf) -> str:
    """Return the metadata ``said``, which the layout engine wrote, with what PDF/X wants added."""
    modified = _MODIFIED.search(said)
    contents = sha256()
    for page in document.pages:
        for part in page.obj.Contents:
            contents.update(part.read_bytes())
    more = _DESCRIPTION.format(
        date=modified[1] if modified else "", id=UUID(contents.hexdigest()[:32])
    )
    schemas = "".join(_SCHEMA.format(uri=uri, prefix=p, name=name) for uri, p, name in _NEW)
    end = "</rdf:Bag></pdfaExtension:schemas>"
    return said.replace(end, schemas + end).replace("</rdf:RDF>", more + "</rdf:RDF>")
