"""Small pictures of a clip, evenly spaced in time: for the timeline, and for a thumbnail that plays when pointed at."""

from __future__ import annotations

import io
from bisect import bisect_left, bisect_right
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path

import av.error
from av.container import InputContainer
from av.video.frame import VideoFrame
from av.video.stream import VideoStream
from PIL import Image

from seedance_desktop.domain.errors import BadClip

from . import colours, containers

_QUALITY = 80
_FAST = {"skip_loop_filter": "all"}  # the edges of blocks, which no picture this small shows


def filmstrip(file: Path, count: int, height: int) -> list[bytes]:
    """`count` upright JPEGs, each `height` pixels high; the clip's time is divided into `count` equal parts, and each
    picture is one from about the middle of its part.

    A clip with fewer frames repeats some. Raises `BadClip` (video-unreadable), `DiskProblem`.
    """
    return _pictures(file, count, height=height)


def hover(file: Path, count: int, width: int) -> list[bytes]:
    """The same pictures as `filmstrip`, each `width` pixels wide."""
    return _pictures(file, count, width=width)


def _pictures(file: Path, count: int, *, width: int = 0, height: int = 0) -> list[bytes]:
    with containers.opened(file) as (container, stream):
        index = containers.indexed(container, stream)
        wanted = _spaced(index, count)
        keys = _near_keys(index, wanted)
        found = _at_keys(container, stream, keys) if keys else _between(container, stream, index, wanted)
        made = {number: _jpeg(frame, width, height) for number, frame in found}
    if not made:
        raise BadClip("video-unreadable", name=file.name)
    times = sorted(made)
    return [made[_nearest(times, pts)] for pts in (keys or wanted)]


def _spaced(index: containers.Index, count: int) -> list[int]:
    """The presentation times of the frames on screen in the middle of each part."""
    first, length = index.shown[0], _length(index)
    middles = (first + length * (2 * number + 1) // (2 * count) for number in range(count))
    return [index.shown[bisect_right(index.shown, middle) - 1] for middle in middles]


def _near_keys(index: containers.Index, wanted: list[int]) -> list[int]:
    """A key frame for each wanted time; none where they are so rare that one would be half a part away."""
    shown = [key for key in index.keys if key >= index.shown[0]]
    near = [_nearest(shown, pts) for pts in wanted] if shown else []
    reach = _length(index) // (2 * len(wanted))
    return near if all(abs(key - pts) <= reach for key, pts in zip(near, wanted, strict=bool(near))) else []


def _length(index: containers.Index) -> int:
    return max(index.end, index.shown[-1] + 1) - index.shown[0]


def _nearest(times: Sequence[int], pts: int) -> int:
    at = bisect_left(times, pts)
    return min(times[max(0, at - 1) : at + 1], key=lambda time: abs(time - pts))


def _at_keys(container: InputContainer, stream: VideoStream, keys: list[int]) -> Iterator[tuple[int, VideoFrame]]:
    """Only these key frames are decoded, without a seek between them, so that several are decoded at once."""
    context = stream.codec_context
    context.options = {**context.options, **_FAST}
    wanted = set(keys)
    container.seek(containers.VERY_FIRST, stream=stream, backward=True)
    for packet in container.demux(stream):
        if packet.size == 0 or (packet.is_keyframe and packet.pts in wanted):
            with suppress(av.error.InvalidDataError):
                yield from ((frame.pts, frame) for frame in packet.decode() if frame.pts in wanted)


def _between(
    container: InputContainer, stream: VideoStream, index: containers.Index, wanted: list[int]
) -> Iterator[tuple[int, VideoFrame]]:
    """For each wanted time the picture nearest to it of those that others build on; the rest are never decoded."""
    context = stream.codec_context
    context.skip_frame = "NONREF"
    context.options = {**context.options, **_FAST}
    left, before = deque(dict.fromkeys(wanted)), None
    for frame in containers.decoded(container, stream, index.key_before(left[0])):
        while left and frame.pts is not None and frame.pts >= left[0]:
            pts = left.popleft()
            nearer = before is not None and before.pts is not None and pts - before.pts < frame.pts - pts
            yield pts, before if nearer and before is not None else frame
        if not left:
            return
        before = frame
    if before is not None:
        yield left[0], before


def _jpeg(frame: VideoFrame, width: int, height: int) -> bytes:
    across, down = (frame.height, frame.width) if colours.turned(frame) else (frame.width, frame.height)
    scale = width / across if width else height / down
    size = max(1, round(across * scale)), max(1, round(down * scale))
    picture = colours.picture(frame, max(size))
    if picture.size != size:  # never made larger there
        picture = picture.resize(size, Image.Resampling.BILINEAR)
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=_QUALITY)
    return out.getvalue()
