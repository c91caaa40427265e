"""Says in a PDF what it is printed with: an output intent for four inks, and PDF/X-4.

No validator of PDF/X is at hand, so the claim is made and not checked. What can be checked, PDF/A
and PDF/UA, the file keeps.
"""

from hashlib import sha256
from uuid import UUID

from pikepdf import Array, Dictionary, Name, Pdf

from clinicpress.pdf.metadata import (
    Property,
    add,
    describe,
    read_metadata,
    words_of,
    write_metadata,
)
from clinicpress.press.inks.profile import NAME, profile

CONDITION = "Custom"
"""What a condition is called that no registry holds (ISO 32000-1, table 365)."""

EXPLAINED = (
    Property("pdfxid:GTS_PDFXVersion", "pdfxid of PDF/X-4", "GTS_PDFXVersion"),
    Property("pdf:Trapped", "pdf of PDF/X-4", "Trapped"),
)
"""What readers of PDF/A do not know."""


def claim_for_press(document: Pdf) -> None:
    """Give ``document`` the profile of its inks, and say that it is PDF/X-4.

    What is said is what ISO 15930-7, 6.8 and 6.9, wants to know of a file.
    """
    inks = document.make_stream(profile(), N=4)
    document.Root.OutputIntents = Array(
        Dictionary(Type=Name.OutputIntent, S=kind, OutputConditionIdentifier=CONDITION, Info=NAME,
                   DestOutputProfile=inks)
        for kind in (Name.GTS_PDFX, Name.GTS_PDFA1)
    )  # fmt: skip
    document.docinfo[Name.Trapped] = Name("/False")
    tree = read_metadata(document)
    add(tree, {
        "pdfxid:GTS_PDFXVersion": "PDF/X-4",
        "xmp:MetadataDate": words_of(tree, "xmp:ModifyDate"),
        "xmpMM:DocumentID": f"uuid:{_fingerprint(document)}",
        "xmpMM:VersionID": "1",
        "xmpMM:RenditionClass": "default",
        "pdf:Trapped": "False",
    })  # fmt: skip
    for each in EXPLAINED:
        describe(tree, each)
    write_metadata(document, tree)


def _fingerprint(document: Pdf) -> UUID:
    """Return a number that differs where what is drawn does."""
    contents = sha256()
    for page in document.pages:
        for part in page.obj.Contents:
            contents.update(part.read_bytes())
    return UUID(contents.hexdigest()[:32])
