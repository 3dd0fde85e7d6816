"""Reference pictures as they arrive: data URLs, decoded and held to upstream's limits."""

import base64
import binascii
import io
import re
import warnings
from typing import Final

from PIL import Image, ImageOps

from seedance_desktop.demo.refusal import Refusal

FORMATS: Final = ("JPEG", "PNG", "WEBP", "BMP", "TIFF", "GIF")
LARGEST_FILE: Final = 30 * 1024 * 1024  # bytes
SIDE: Final = (300, 6000)  # pixels
SHAPE: Final = (0.4, 2.5)  # width / height
# MIME types must be in lower case; HEIC is upstream's, but Pillow alone can't read it.
_DATA_URL: Final = re.compile(r"data:image/(jpeg|png|webp|bmp|tiff|gif);base64,(.+)", re.DOTALL)


def checked_picture(url: str, number: int) -> bytes:
    """Return the file in a data URL. Raises Refusal, naming the picture by its number, if it can't be used."""
    match = _DATA_URL.fullmatch(url)
    if match is None:
        raise _refused(number, "the data URL must begin data:image/TYPE;base64, with TYPE in lower case")
    try:
        data = base64.b64decode(match[2], validate=True)
    except binascii.Error:
        raise _refused(number, "its base64 is broken") from None
    if len(data) > LARGEST_FILE:
        raise _refused(number, "it is over 30 MB")
    _check_decodes(data, number)
    return data


def open_picture(data: bytes) -> Image.Image:
    """Decode a checked file: RGB, upright, transparent parts on black."""
    with Image.open(io.BytesIO(data), formats=FORMATS) as image:
        upright = ImageOps.exif_transpose(image)
        if upright.has_transparency_data:
            upright = Image.alpha_composite(Image.new("RGBA", upright.size, "black"), upright.convert("RGBA"))
        return upright.convert("RGB")


def _check_decodes(data: bytes, number: int) -> None:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Pillow warns of odd metadata; the limits below are ours
            with Image.open(io.BytesIO(data), formats=FORMATS) as image:
                _check_size(image.size, number)
                image.load()
    except (OSError, ValueError, SyntaxError, EOFError, Image.DecompressionBombError):
        raise _refused(number, "it can't be decoded") from None


def _check_size(size: tuple[int, int], number: int) -> None:
    if not all(SIDE[0] <= side <= SIDE[1] for side in size):
        raise _refused(number, f"each side must be 300 to 6000 pixels, it is {size[0]}x{size[1]}")
    if not SHAPE[0] <= size[0] / size[1] <= SHAPE[1]:
        raise _refused(number, "its width must be 0.4 to 2.5 times its height")


def _refused(number: int, reason: str) -> Refusal:
    return Refusal("InvalidParameter.image_url", f"Image {number}: {reason}.")
