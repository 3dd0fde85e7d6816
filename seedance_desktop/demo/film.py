"""Draws an order's frames and encodes them: H.264 High, 24 frames a second, playable while it loads."""

import hashlib
import os
import random
from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Final, Protocol

import av

from seedance_desktop.demo.canvas import Size
from seedance_desktop.demo.caption import Caption
from seedance_desktop.demo.colour import PIXELS, film_frame, say_colours
from seedance_desktop.demo.motion import Motion
from seedance_desktop.demo.order import FRAME_RATE, Order
from seedance_desktop.demo.pictures import open_picture
from seedance_desktop.demo.scenery import Scene, scene_for
from seedance_desktop.demo.store import sync_folder

# Scenes are drawn at no more than this many pixels and enlarged: soft light and haze lose nothing by it.
DRAWN: Final = 960 * 540
GRAIN: Final = "c0s=3:c0f=t"  # a little noise in the brightness, new in every frame: hides bands in dark gradients
# Grain is dear to encode: the search for motion in it is cut short, which costs a few bytes and halves the time.
ENCODER: Final = {
    "preset": "veryfast",
    "crf": "21",
    "profile": "high",
    "x264-params": "keyint=36:aq-mode=3:subme=1:me=dia:b-adapt=0:rc-lookahead=10",
}


class Stopped(Exception):
    """The rendering was told to stop; no file is left."""


class Source(Protocol):
    """Whatever can draw the moment `second` of a clip, as a yuv420p frame."""

    def frame(self, second: float) -> av.VideoFrame: ...


def render(
    order: Order,
    pictures: Sequence[bytes],
    path: Path,
    *,
    nonce: str,
    stopped: Callable[[], bool] = lambda: False,
    frames: int | None = None,
) -> None:
    """Write the clip of an order to `path`, whole or not at all. For a worker thread.

    `nonce` makes each take its own picture. `frames` shortens the clip, for tests. Raises Stopped once `stopped` says
    so, OSError if the file can't be written.
    """
    part = path.with_name(f"{path.name}.{os.getpid()}.part")
    count = order.frames if frames is None else frames
    try:
        _encode(part, order.size, _drawn(order, _source(order, pictures, nonce), count, stopped))
        with part.open("rb+") as file:
            os.fsync(file.fileno())
        part.replace(path)
        sync_folder(path.parent)
    finally:
        part.unlink(missing_ok=True)


def _source(order: Order, pictures: Sequence[bytes], nonce: str) -> Source:
    if pictures:
        opened = [open_picture(data) for data in pictures]
        return Motion(opened, order.size, order.duration, first_last=order.use == "first_last")
    seed = hashlib.sha256("\0".join([order.prompt, *order.pictures, nonce]).encode("utf-8", "replace")).digest()
    drawn = _drawing_size(order.size)
    return _Enlarged(scene_for(order.prompt, drawn, random.Random(seed)), order.size)


def _drawing_size(size: Size) -> Size:
    scale = min(1.0, (DRAWN / (size[0] * size[1])) ** 0.5)
    return round(size[0] * scale), round(size[1] * scale)


def _drawn(order: Order, source: Source, count: int, stopped: Callable[[], bool]) -> Iterator[av.VideoFrame]:
    caption = Caption(order.prompt, order.size)
    for index in range(count):
        if stopped():
            raise Stopped
        second = index / FRAME_RATE
        frame = source.frame(second)
        caption.draw(frame, second, order.duration)
        frame.pts = index
        frame.time_base = Fraction(1, FRAME_RATE)
        yield frame


def _encode(path: Path, size: Size, frames: Iterator[av.VideoFrame]) -> None:
    with av.open(str(path), "w", format="mp4", options={"movflags": "+faststart"}) as container:
        stream = container.add_stream("libx264", rate=FRAME_RATE, options=ENCODER)
        stream.width, stream.height, stream.pix_fmt = *size, PIXELS
        context = stream.codec_context
        context.thread_count = 1  # the rest of the computer belongs to the window
        say_colours(context)
        for frame in frames:
            say_colours(frame)
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))


class _Enlarged:
    """A scene at the clip's size, with grain."""

    def __init__(self, scene: Scene, size: Size) -> None:
        self._scene = scene
        self._size = size
        graph = av.filter.Graph()
        self._in = graph.add_buffer(
            width=size[0], height=size[1], format=av.VideoFormat(PIXELS), time_base=Fraction(1, FRAME_RATE)
        )
        noise = graph.add("noise", GRAIN)
        self._out = graph.add("buffersink")
        self._in.link_to(noise)
        noise.link_to(self._out)
        graph.configure()
        self._graph = graph  # the filters live only as long as it does

    def frame(self, second: float) -> av.VideoFrame:
        frame = film_frame(self._scene.frame(second), self._size)
        frame.pts = round(second * FRAME_RATE)
        self._in.push(frame)
        noisy = self._out.pull()
        assert isinstance(noisy, av.VideoFrame)
        return noisy
