"""Content streams in ink: each fill is written in the ink of what it paints, words or areas."""

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from clinicpress.errors import Problems
from clinicpress.press.inks import inks_for, of_words
from clinicpress.press.inks.ink import cmyk, parsed
from clinicpress.press.inks.separation import separate, separated

RED = b"1 0 0 rg"


def in_ink(content: bytes, space: str = "cmyk") -> list[str]:
    """Return the lines of ``content`` in ink, blank ones left out."""
    done = separated(content, inks_for(space, (0, 0, 1)), of_words)
    return [line for line in done.decode().splitlines() if line.strip()]


def test_an_area_keeps_its_colour():
    assert in_ink(b"1 0 0 rg\n0 0 5 5 re\nf") == ["0 1 1 0 k", "0 0 5 5 re", "f"]


def test_words_in_the_same_colour_are_black_alone():
    assert in_ink(b"1 0 0 rg\nBT\n[<01>] TJ\nET") == ["0 g", "BT", "[<01>] TJ", "ET"]


def test_an_area_after_words_has_its_colour_back():
    content = b"1 0 0 rg\nBT\n<01> Tj\nET\n0 0 m\n1 1 l\nf\n2 2 m\n3 3 l\nf"
    assert in_ink(content) == [
        "0 g", "BT", "<01> Tj", "ET", "0 1 1 0 k", "0 0 m", "1 1 l", "f", "2 2 m", "3 3 l", "f",
    ]  # fmt: skip


def test_a_colour_that_is_set_within_words_is_theirs():
    content = b"BT\n1 1 1 rg\n<01> Tj\n0.1 0.1 0.1 rg\n<02> Tj\nET"
    assert in_ink(content) == ["BT", "1 g", "<01> Tj", "0 g", "<02> Tj", "ET"]


def test_what_is_kept_and_restored_is_followed():
    content = b"1 0 0 rg\nq\n0 0 1 rg\n0 0 1 1 re\nf\nQ\n2 2 1 1 re\nf"
    assert in_ink(content) == [
        "q", "1 1 0 0 k", "0 0 1 1 re", "f", "Q", "0 1 1 0 k", "2 2 1 1 re", "f",
    ]  # fmt: skip


def test_a_form_inherits_the_fill():
    assert in_ink(b"1 0 0 rg\n/x0 Do", "grey") == ["0.4984 g", "/x0 Do"]


def test_lines_and_the_spot_ink():
    content = b"0 0 1 RG\n0 0 1 rg\n0 0 1 1 re\nB"
    assert in_ink(content, "spot") == [
        "/SpotInk CS 1 SCN", "/SpotInk cs 1 scn", "0 0 1 1 re", "B",
    ]  # fmt: skip


def test_a_pattern_paints_as_it_did():
    content = b"/Pattern cs /p0 scn\n0 0 1 1 re\nf\n1 0 0 rg\n0 0 1 1 re\nf"
    assert in_ink(content) == [
        "/Pattern cs /p0 scn", "0 0 1 1 re", "f", "0 1 1 0 k", "0 0 1 1 re", "f",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "unknown", [b"0 g", b"0 0 0 1 k", b"/lab cs 50 0 0 scn", b"1 Tr", b"(1 0 0 rg) Tj", b"BI"]
)
def test_what_is_not_known_is_refused(unknown):
    with pytest.raises(Problems, match=r"INK-UNKNOWN"):
        in_ink(unknown + b"\n0 0 1 1 re\nf")


def test_a_shading_runs_between_inks():
    pdf = pikepdf.new()
    pdf.add_blank_page()
    ends = Dictionary(FunctionType=2, Domain=[0, 1], N=1, C0=[1, 0, 0], C1=[1, 1, 1])
    more = Dictionary(FunctionType=3, Domain=[0, 1], Functions=[ends], Bounds=[], Encode=[0, 1])
    shading = Dictionary(ShadingType=2, ColorSpace=Name.DeviceRGB, Coords=[0, 0, 0, 9],
                         Function=more)  # fmt: skip
    shading.ColorSpace = Array([Name.ICCBased, pdf.make_stream(b"")])
    pdf.pages[0].Resources = Dictionary(Shading=Dictionary(S0=shading))
    separate(pdf, "cmyk", (0, 0, 1), press=True)
    done = pdf.pages[0].Resources.Shading.S0
    assert done.ColorSpace == Name.DeviceCMYK
    (function,) = done.Function.Functions
    assert [float(part) for part in function.C0] == [0, 1, 1, 0]
    assert [float(part) for part in function.C1] == [0, 0, 0, 0]


def test_the_spot_ink_is_the_clinics_colour_and_no_darker_shade_of_it(clinic):
    words = 'name: Sun\nregion: GB\ncolours: {brand: "#e0a030"}\n'
    clinic.write("layouts/brands/sun/brand.yaml", words)
    ended = clinic.generate("booklet", "--brand", "sun", "--for", "press", "--colour", "spot")
    assert ended.code == 0, ended.err
    with pikepdf.open(clinic.folder / ended.out.splitlines()[0]) as pdf:
        arrays = (each for each in pdf.objects if isinstance(each, Array) and len(each) == 4)
        spot = next(each for each in arrays if each[0] == "/Separation" and each[1] == "/Spot")
        inks = [float(part) for part in spot[3].C1]
    assert inks == pytest.approx(cmyk(parsed("#e0a030")), abs=0.001)
