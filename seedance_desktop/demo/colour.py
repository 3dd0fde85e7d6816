"""From Pillow's colours to the film's: yuv420p, BT.709, limited range, as every player expects of high definition."""

import av
from av.video.reformatter import ColorRange, Colorspace
from PIL import Image

from seedance_desktop.demo.canvas import Size

PIXELS = "yuv420p"
_BT709 = 1


def film_frame(image: Image.Image, size: Size) -> av.VideoFrame:
    """Return an RGB picture as a frame of `size` pixels."""
    frame: av.VideoFrame = av.VideoFrame.from_image(image)  # type: ignore[no-untyped-call]
    return frame.reformat(
        *size,
        PIXELS,
        dst_colorspace=Colorspace.ITU709,
        dst_color_range=ColorRange.MPEG,
        interpolation="BICUBIC",
    )


def say_colours(of: av.VideoFrame | av.VideoCodecContext) -> None:
    """Write down in a frame or an encoder which colours these are."""
    of.colorspace = of.color_primaries = of.color_trc = _BT709
    of.color_range = ColorRange.MPEG
