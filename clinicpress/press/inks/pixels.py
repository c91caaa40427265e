"""Turns images of pixels, such as a clinic's logo, into ink by the rules of ``ink``."""

from typing import Any

from pikepdf import Name, PdfImage, Stream
from PIL import Image, ImageChops, ImageMath

from clinicpress.editions.edition import ColourSpace


def convert_image(stream: Stream, space: ColourSpace) -> None:
    """Turn an image of a PDF into ink; black alone stands in for a spot ink. Masks stay."""
    if stream.get("/ImageMask") or stream.get("/ColorSpace") == Name.DeviceGray:
        return
    colours = PdfImage(stream).as_pil_image().convert("RGB")
    pixels = in_four_inks(colours) if space == "cmyk" else in_grey(colours)
    for key in ("/Decode", "/Intent"):
        if key in stream:
            del stream[key]
    stream.ColorSpace = Name.DeviceCMYK if space == "cmyk" else Name.DeviceGray
    stream.BitsPerComponent = 8
    stream.write(pixels.tobytes())


def in_grey(colours: Image.Image) -> Image.Image:
    """Return the greys that are as light as the colours; sRGB without its short straight end."""

    def mixed(it: dict[str, Any]) -> Any:
        red, green, blue = (((it[part] / 255.0 + 0.055) / 1.055) ** 2.4 for part in "rgb")
        light = 0.2126 * red + 0.7152 * green + 0.0722 * blue
        return it["convert"](255 * (1.055 * light ** (1 / 2.4) - 0.055) + 0.5, "L")

    grey: Image.Image = ImageMath.lambda_eval(
        mixed, **dict(zip("rgb", colours.split(), strict=True))
    )
    return grey


def in_four_inks(colours: Image.Image) -> Image.Image:
    """Return cyan, magenta, yellow and black, black taking all that the three share."""
    red, green, blue = colours.split()
    most = ImageChops.lighter(ImageChops.lighter(red, green), blue)

    def lacking(it: dict[str, Any]) -> Any:
        return it["convert"](
            (it["most"] - it["part"]) * 255.0 / it["max"](it["most"], 1) + 0.5, "L"
        )

    inks = [ImageMath.lambda_eval(lacking, most=most, part=part) for part in (red, green, blue)]
    return Image.merge("CMYK", [*inks, ImageChops.invert(most)])
