"""What a viewer's print dialogue starts with (ISO 32000-1, 12.2)."""

from pikepdf import Dictionary, Name, Pdf

from clinicpress.design.papers import Flip

EDGES = {
    None: Name.Simplex,
    "short": Name.DuplexFlipShortEdge,
    "long": Name.DuplexFlipLongEdge,
}
"""How a sheet is turned to print its back, about which edge; None where it has none."""

KEPT = (("/Direction", Name), ("/DisplayDocTitle", bool))
"""What a file may wish of a viewer beside, and what that must be."""


def print_at_full_size(document: Pdf, flip: Flip | None) -> None:
    """Let the dialogue start at 100 %, with backs turned about the edge ``flip``, if there are any.

    Nothing else that the file wished of the dialogue stays, such as a number of copies.
    """
    before = document.Root.get("/ViewerPreferences")
    preferences = Dictionary()
    for key, sort in KEPT:
        if isinstance(before, Dictionary) and isinstance(value := before.get(key), sort):
            preferences[key] = value
    preferences.PrintScaling = Name("/None")
    preferences.Duplex = EDGES[flip]
    document.Root.ViewerPreferences = preferences
