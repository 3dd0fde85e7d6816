"""Turns decoded frames into what others can show: upright planes of 8-bit YUV, or an upright RGB picture."""

from __future__ import annotations

from av.video.frame import VideoFrame
from av.video.reformatter import ColorRange, Colorspace
from PIL import Image

_BT601 = (4, 5, 6)  # the stream's own codes, ITU-T H.273 table 4
_UNSAID = 2
_FULL = 2
_LARGEST_SD = 576  # lines; what says nothing about its colours is BT.601 up to here, as Qt's player takes it
_TURNS = {
    90: Image.Transpose.ROTATE_90,
    180: Image.Transpose.ROTATE_180,
    270: Image.Transpose.ROTATE_270,
}


def turned(frame: VideoFrame) -> bool:
    """Whether the picture lies on its side: its width and height change places when it is shown."""
    return frame.rotation % 180 != 0


def matrix(frame: VideoFrame) -> str:
    """`"bt601"` or `"bt709"`, as the stream says, else by its size."""
    if frame.colorspace in _BT601:
        return "bt601"
    if frame.colorspace == _UNSAID and frame.height <= _LARGEST_SD:
        return "bt601"
    return "bt709"


def full_range(frame: VideoFrame) -> bool:
    """Whether black is 0 and white 255, instead of 16 and 235."""
    return frame.color_range == _FULL or frame.format.name.startswith("yuvj")


def planes(frame: VideoFrame) -> tuple[tuple[bytes, bytes, bytes], tuple[int, int, int], int, int]:
    """Upright Y, U and V planes of 8-bit 4:2:0 with their strides in bytes, and the width and height in pixels."""
    if frame.format.name not in ("yuv420p", "yuvj420p"):
        frame = frame.reformat(
            format="yuv420p",
            src_colorspace=None if frame.format.is_rgb else _space(frame),
            dst_colorspace=_space(frame),
            src_color_range=_range(frame),
            dst_color_range=ColorRange.JPEG if full_range(frame) else ColorRange.MPEG,
        )
    y, u, v = frame.planes
    if frame.rotation % 360 == 0:
        sizes = (y.line_size, u.line_size, v.line_size)
        return (bytes(y), bytes(u), bytes(v)), sizes, frame.width, frame.height
    pictures = [
        _turn(Image.frombytes("L", (one.width, one.height), bytes(one), "raw", "L", one.line_size), frame.rotation)
        for one in (y, u, v)
    ]
    data = (pictures[0].tobytes(), pictures[1].tobytes(), pictures[2].tobytes())
    sizes = (pictures[0].width, pictures[1].width, pictures[2].width)
    return data, sizes, pictures[0].width, pictures[0].height


def picture(frame: VideoFrame, long_side: int = 0) -> Image.Image:
    """The frame upright in RGB; with `long_side`, scaled down to at most that many pixels."""
    scale = min(1.0, long_side / max(frame.width, frame.height)) if long_side else 1.0
    small = frame.reformat(
        width=max(1, round(frame.width * scale)),
        height=max(1, round(frame.height * scale)),
        format="rgb24",
        src_colorspace=None if frame.format.is_rgb else _space(frame),
        src_color_range=_range(frame),
        dst_color_range=ColorRange.JPEG,
    )
    lines = small.planes[0]
    image = Image.frombytes("RGB", (small.width, small.height), bytes(lines), "raw", "RGB", lines.line_size)
    return _turn(image, frame.rotation)


def _turn(image: Image.Image, rotation: int) -> Image.Image:
    turn = _TURNS.get(rotation % 360)
    return image if turn is None else image.transpose(turn)


def _space(frame: VideoFrame) -> int:
    return Colorspace.ITU709 if matrix(frame) == "bt709" else Colorspace.ITU601


def _range(frame: VideoFrame) -> int:
    return ColorRange.JPEG if full_range(frame) or frame.format.is_rgb else ColorRange.MPEG
