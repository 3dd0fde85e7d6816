"""The prompt, set small in the lower part of the picture, with a soft shadow, fading in and out."""

import unicodedata
from typing import Final, cast

import av
from av.video.plane import VideoPlane
from PIL import Image, ImageChops, ImageDraw, ImageFilter

from seedance_desktop.demo.canvas import Size, fade, smooth
from seedance_desktop.demo.fonts import Font, font_for

LINES: Final = 3
SHOWN_FROM: Final = 0.7  # seconds; a clip's first frame stays what its first picture is
FADES: Final = 0.7  # seconds
_LETTERS: Final = 400  # more never fit
_WHITE: Final = 232  # luma, of 16 to 235
_BLACK: Final = 16
_NEUTRAL: Final = 128  # chroma


class Caption:
    """A text over frames of one size, drawn straight into their planes (yuv420p, limited range)."""

    def __init__(self, text: str, size: Size) -> None:
        """Set the text; what no font can write is left out, and so is a caption of nothing."""
        height = max(13, round(min(size) * 0.03)) & ~1
        clean = _printable(text)
        font = font_for(clean, height)
        lines = _wrapped(clean, font, size[0] * 0.7) if font is not None else []
        self._empty = not lines
        if font is None or self._empty:
            return
        tall = (round(len(lines) * height * 1.4) + 4 * height) & ~1
        self._top = (size[1] - tall - round(size[1] * 0.035)) & ~1
        letters = Image.new("L", (size[0], tall))
        draw = ImageDraw.Draw(letters)
        for number, line in enumerate(lines):
            place = (size[0] / 2, 2 * height + number * height * 1.4)
            draw.text(place, line, fill=255, font=font, anchor="ma")
        near = letters.filter(ImageFilter.GaussianBlur(height * 0.1))
        far = letters.filter(ImageFilter.GaussianBlur(height * 0.7))
        shadow = ImageChops.add(
            near.point([min(255, round(value * 0.7)) for value in range(256)]),
            far.point([min(255, round(value * 1.3)) for value in range(256)]),
        )
        self._letters, self._shadow = letters, fade(shadow, 0.62)
        self._veil = ImageChops.lighter(fade(letters, 0.8), fade(self._shadow, 0.6)).reduce(2)

    def draw(self, frame: av.VideoFrame, second: float, seconds: float) -> None:
        """Draw the caption as it is at `second` of a clip that lasts `seconds`."""
        # It leaves before the end, so that a clip which continues from the last frame has no words in it.
        strong = min(smooth((second - SHOWN_FROM) / FADES), smooth((seconds - 0.25 - second) / FADES))
        if self._empty or strong <= 0:
            return
        luma = _rows(frame.planes[0], self._top, self._letters.height)
        shown = _image(luma, frame.planes[0])
        shown.paste(_BLACK, (0, 0), fade(self._shadow, strong))
        shown.paste(_WHITE, (0, 0), fade(self._letters, strong))
        luma[:] = shown.tobytes()
        for plane in frame.planes[1:]:
            rows = _rows(plane, self._top // 2, self._veil.height)
            tint = _image(rows, plane)
            tint.paste(_NEUTRAL, (0, 0), fade(self._veil, strong))
            rows[:] = tint.tobytes()


def _rows(plane: VideoPlane, top: int, rows: int) -> memoryview:
    """Some rows of a plane, writable in place."""
    whole = memoryview(cast("bytes", plane)).cast("B")
    return whole[top * plane.line_size : (top + rows) * plane.line_size]


def _image(rows: memoryview, plane: VideoPlane) -> Image.Image:
    return Image.frombytes("L", (plane.line_size, len(rows) // plane.line_size), bytes(rows))


def _printable(text: str) -> str:
    """One line without control characters and emoji, which text fonts can't write."""
    kept = "".join(
        " " if letter.isspace() else letter
        for letter in text[:_LETTERS]
        if letter.isspace() or unicodedata.category(letter)[0] in "LMNPZ" or letter in "+=<>$€£|~^"
    )
    return " ".join(kept.split())


def _wrapped(text: str, font: Font, width: float) -> list[str]:
    """Lines no wider than `width` pixels and about equally long, at most LINES of them."""
    lines = _filled(text, font, width)
    if len(lines) > LINES:
        return [*lines[: LINES - 1], lines[LINES - 1] + " …"]
    narrower = width
    while narrower > width / 2 and len(tighter := _filled(text, font, narrower * 0.95)) == len(lines):
        lines, narrower = tighter, narrower * 0.95
    return lines


def _filled(text: str, font: Font, width: float) -> list[str]:
    """Lines as full as can be; Chinese may break anywhere, other scripts between words."""
    lines = [""]
    for piece in _pieces(text):
        if font.getlength(lines[-1] + piece.rstrip()) > width and lines[-1]:
            lines.append("")
        lines[-1] += piece
    return [line.strip() for line in lines if line.strip()]


def _pieces(text: str) -> list[str]:
    """The smallest parts that stay together: a word with its space, or one Chinese character with its punctuation."""
    pieces: list[str] = [""]
    for letter in text:
        wide = unicodedata.east_asian_width(letter) in "WF"
        opens_new = wide and unicodedata.category(letter)[0] != "P"
        if opens_new or (pieces[-1][-1:] == " "):
            pieces.append("")
        pieces[-1] += letter
    return [piece for piece in pieces if piece]
