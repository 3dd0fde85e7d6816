"""What is truly in a clip's file: its size, length and frame rate, when each frame is shown, and a poster of it."""

from __future__ import annotations

import io
from pathlib import Path

from av.container import InputContainer
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from seedance_desktop.domain.clip import Footage
from seedance_desktop.domain.errors import BadClip
from seedance_desktop.domain.frames import Timeline

from . import colours, containers, files

_POSTER_QUALITY = 85


def probe(path: Path) -> Footage:
    """Read what the file is, and prove that it plays: all its packets are there, its first and last frame decode.

    Sizes in pixels as it is shown (rotation applied) and in bytes; `frames` counts those that are shown; `fps` is the
    average; `seconds` the picture's length. Raises `BadClip` (video-unreadable), `DiskProblem`.
    """
    with containers.opened(path) as (container, stream):
        index = containers.indexed(container, stream)
        frame = _first(container, stream, index)
        if len(index.shown) > 1:
            _prove_last(container, stream, index)
        fps = containers.rate(stream, index)
        sideways = colours.turned(frame)
        return Footage(
            width=frame.height if sideways else frame.width,
            height=frame.width if sideways else frame.height,
            frames=len(index.shown),
            fps=fps,
            seconds=float(max(index.end, index.shown[-1] + 1) - index.shown[0]) * float(index.unit),
            size=path.stat().st_size,
            codec=stream.codec_context.codec.canonical_name,
            audio=bool(container.streams.audio),
        )


def poster(source: Path, target: Path, long_side: int = 640) -> None:
    """Write an upright JPEG of the first key frame, at most `long_side` pixels, to `target`, whole or not at all.

    Raises `BadClip` (video-unreadable), `DiskProblem`.
    """
    with containers.opened(source, threads=False) as (container, stream):
        frame = next(container.decode(stream), None)
        if frame is None:
            raise BadClip("video-unreadable", name=source.name)
        picture = colours.picture(frame, long_side)
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=_POSTER_QUALITY)
    with files.replacing(target) as temporary:
        temporary.write_bytes(out.getvalue())


def timeline(path: Path) -> Timeline:
    """When each frame is shown, in microseconds as Qt's player counts them, read without decoding.

    The first frame is at 0, unless the sound begins before it. Edit lists are respected: frames that they cut off are
    not counted. Raises `BadClip`, `DiskProblem`.
    """
    with containers.opened(path, threads=False) as (container, stream):
        index = containers.indexed(container, stream)
        return Timeline(index.times(), containers.rate(stream, index))


def _first(container: InputContainer, stream: VideoStream, index: containers.Index) -> VideoFrame:
    for frame in containers.decoded(container, stream, index.key_before(index.shown[0])):
        if frame.pts is not None and frame.pts >= index.shown[0]:
            return frame
    raise ValueError("nothing decodes")


def _prove_last(container: InputContainer, stream: VideoStream, index: containers.Index) -> None:
    last = index.shown[-1]
    found = containers.decoded(container, stream, index.key_before(last))
    if not any(frame.pts == last for frame in found):
        raise ValueError("the end does not decode")
