"""Makes the real images and clips that the tests of `media` read, and reads the number that a clip's frame carries."""

from __future__ import annotations

import io
import math
import struct
from collections.abc import Iterable, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
from av.audio.frame import AudioFrame
from av.video.frame import VideoFrame
from av.video.stream import VideoStream
from PIL import Image, ImageDraw

from seedance_desktop.domain.frames import Frame

BITS = 10
SIZE = (320, 180)
RATE = 24
CLOCK = Fraction(1, 24_000)
_QUIET = {"libx264": {"preset": "veryfast"}, "libx265": {"preset": "ultrafast", "x265-params": "log-level=none"}}


def block(width: int) -> int:
    """The side of one bit's square in a picture `width` pixels wide."""
    return width // BITS // 4 * 4


def drawn(number: int, size: tuple[int, int] = SIZE) -> Image.Image:
    """A picture that carries `number` in black and white squares along its top, over colours that move."""
    width, height = size
    side = block(width)
    image = Image.new("RGB", size, (40 + number * 3 % 120, 90, 160 - number * 2 % 120))
    draw = ImageDraw.Draw(image)
    x = number * 7 % max(1, width - side)
    draw.ellipse((x, height - 2 * side, x + side, height - side), fill=(230, 180, 40))
    for bit in range(BITS):
        grey = 255 if number >> bit & 1 else 0
        draw.rectangle((bit * side, 0, (bit + 1) * side - 1, side - 1), fill=(grey, grey, grey))
    return image


def number_of(frame: Frame) -> int:
    """The number that an upright decoded frame carries."""
    side, luma, stride = block(frame.width), frame.planes[0], frame.strides[0]
    return sum((luma[side // 2 * stride + bit * side + side // 2] > 128) << bit for bit in range(BITS))


def number_in(image: Image.Image) -> int:
    """The number that an RGB picture carries."""
    grey = image.convert("L")
    side = block(grey.width)
    return sum(_white(grey, bit * side + side // 2, side // 2) << bit for bit in range(BITS))


def _white(grey: Image.Image, x: int, y: int) -> bool:
    value = grey.getpixel((x, y))
    assert isinstance(value, (int, float))
    return value > 128


def clip(
    path: Path,
    *,
    codec: str = "libx264",
    frames: int = 48,
    size: tuple[int, int] = SIZE,
    gop: int = 12,
    between: int = 2,
    audio: bool = False,
    times: Sequence[int] | None = None,
    turned: int = 0,
    pixels: str = "yuv420p",
    options: dict[str, str] | None = None,
    muxer: dict[str, str] | None = None,
    pictures: Iterable[Image.Image] | None = None,
    space: int | None = None,
) -> Path:
    """Write a clip whose frames carry their numbers.

    `gop` is the most frames from key to key, `between` how many B-frames; `times` when each frame is shown in units of
    `CLOCK` (else 24 frames a second); `turned` how far a player turns it, in degrees counter-clockwise, to show it
    upright and `size` large.
    """
    with av.open(str(path), "w", options=muxer or {}) as out:
        settings = {**_QUIET.get(codec, {}), "g": str(gop), "bf": str(between), **(options or {})}
        stream = out.add_stream(codec, rate=RATE, options=settings)
        assert isinstance(stream, VideoStream)
        stream.width, stream.height = size if turned % 180 == 0 else size[::-1]
        stream.pix_fmt = pixels
        stream.thread_count = 2
        stream.time_base = stream.codec_context.time_base = CLOCK
        if codec == "libx265":
            stream.codec_context.codec_tag = "hvc1"  # the kind that QuickTime plays too
        if space is not None:
            stream.codec_context.colorspace = space
        if turned:
            stream.set_display_rotation(turned)
        sound = out.add_stream("aac", rate=48_000, layout="mono") if audio else None
        for number, image in enumerate(pictures or (drawn(number, size) for number in range(frames))):
            image = image.rotate(-turned, expand=True) if turned else image
            frame = VideoFrame.from_bytes(image.convert("RGBA").tobytes(), *image.size)
            frame = frame.reformat(format=pixels, dst_colorspace=space, dst_color_range=1)
            frame.pts, frame.time_base = times[number] if times else number * 1000, CLOCK
            out.mux(stream.encode(frame))
        out.mux(stream.encode())
        if sound is not None:
            for tone in _tone(2 if times is None else 1):
                out.mux(sound.encode(tone))
            out.mux(sound.encode())
    return path


def _tone(seconds: int) -> Iterable[AudioFrame]:
    for number in range(seconds * 48_000 // 1024):
        wave = (0.2 * math.sin((number * 1024 + at) * 0.0576) for at in range(1024))
        frame = AudioFrame(format="fltp", layout="mono", samples=1024)
        frame.planes[0].update(struct.pack("<1024f", *wave))
        frame.pts, frame.sample_rate, frame.time_base = number * 1024, 48_000, Fraction(1, 48_000)
        yield frame


def photo(size: tuple[int, int] = (400, 300), mode: str = "RGB") -> Image.Image:
    """A picture with its top left quarter red, top right green, bottom left blue and bottom right yellow."""
    image = Image.new("RGB", size, "yellow")
    middle = size[0] // 2, size[1] // 2
    image.paste("red", (0, 0, *middle))
    image.paste("green", (middle[0], 0, size[0], middle[1]))
    image.paste("blue", (0, middle[1], middle[0], size[1]))
    return image.convert(mode)


def saved(image: Image.Image, kind: str, **options: Any) -> bytes:
    """The bytes of an image file of a format that Pillow writes."""
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def display_p3() -> bytes:
    """A Display P3 colour profile, as a telephone's camera writes (ICC.1:2010; primaries of SMPTE EG 432-1 at D50)."""

    def numbers(*values: float) -> bytes:
        return b"".join(struct.pack(">i", round(value * 65536)) for value in values)

    name = "Display P3".encode("utf-16-be")
    curve = b"para\0\0\0\0\0\3\0\0" + numbers(2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045)
    text = b"mluc\0\0\0\0" + struct.pack(">II4sII", 1, 12, b"enUS", len(name), 28) + name
    tags = {
        b"desc": text,
        b"cprt": text,
        b"wtpt": b"XYZ \0\0\0\0" + numbers(0.9642, 1, 0.8249),
        b"rXYZ": b"XYZ \0\0\0\0" + numbers(0.51512, 0.2412, -0.00105),
        b"gXYZ": b"XYZ \0\0\0\0" + numbers(0.29198, 0.69225, 0.04189),
        b"bXYZ": b"XYZ \0\0\0\0" + numbers(0.1571, 0.06657, 0.78407),
        b"rTRC": curve,
        b"gTRC": curve,
        b"bTRC": curve,
    }
    table, body, at = b"", b"", 128 + 4 + 12 * len(tags)
    for tag, data in tags.items():
        data += bytes(-len(data) % 4)
        table += struct.pack(">4sII", tag, at + len(body), len(data))
        body += data
    head = bytearray(128)
    head[8:12], head[12:24], head[36:40] = b"\4\0\0\0", b"mntrRGB XYZ ", b"acsp"
    head[68:80] = numbers(0.9642, 1, 0.8249)
    head[:4] = struct.pack(">I", at + len(body))
    return bytes(head) + struct.pack(">I", len(tags)) + table + body
