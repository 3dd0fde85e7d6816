"""Exact frames of a clip by their number: as plain buffers for the stage, or as a lossless still."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Self

from av.video.frame import VideoFrame

from seedance_desktop.domain.errors import BadClip
from seedance_desktop.domain.frames import Frame, Timeline

from . import colours, containers

_KEPT_BYTES = 96_000_000
_PNG_LEVEL = 3


class FrameReader:
    """Keeps a clip open so that successive frames come quickly, stepping forwards or backwards.

    Use it in a `with` block, from one thread at a time. At most `most_bytes` of decoded frames are kept: those before
    the last ones asked for, so that stepping back does not decode from the key frame each time. Every method raises
    `BadClip` (video-unreadable) or `DiskProblem` where the file cannot be read.
    """

    def __init__(self, path: Path, most_bytes: int = _KEPT_BYTES) -> None:
        self._path = path
        self._most_bytes = most_bytes
        self._stack = ExitStack()
        self._container, self._stream = self._stack.enter_context(containers.opened(path))
        with containers.sound(path), ExitStack() as undo:
            undo.push(self._stack)
            self._index = containers.indexed(self._container, self._stream)
            rate = containers.rate(self._stream, self._index)
            undo.pop_all()
        self._numbers = {pts: number for number, pts in enumerate(self._index.shown)}
        self.timeline = Timeline(self._index.times(), rate)
        self._kept: dict[int, Frame] = {}
        self._kept_bytes = 0
        self._running: Iterator[VideoFrame] | None = None
        self._next = 0

    def __enter__(self) -> Self:
        """The reader itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close it."""
        self.close()

    def close(self) -> None:
        """Close the file and forget all frames."""
        self._running = None
        self._kept.clear()
        self._stack.close()

    def frames(self, first: int, last: int) -> Iterator[Frame]:
        """The frames `first` to `last`, inclusive, counted from 0 in the order of presentation.

        Numbers that the clip does not have, and frames that cannot be decoded, are left out.
        """
        wanted, last = max(0, first), min(last, len(self._index.shown) - 1)
        while wanted <= last and wanted in self._kept:
            yield self._kept[wanted]
            wanted += 1
        if wanted <= last:
            yield from self._decode(wanted, last)

    def still(self, number: int) -> bytes:
        """A lossless PNG of one frame at its full size, upright; `BadClip` where there is no such frame."""
        if 0 <= number < len(self._index.shown):
            with containers.sound(self._path):
                for found, picture in self._pictures(number):
                    if found == number:
                        return _png(picture)
                    if found > number:
                        break
        raise BadClip("video-unreadable", name=self._path.name)

    def _decode(self, first: int, last: int) -> Iterator[Frame]:
        with containers.sound(self._path):
            for number, picture in self._pictures(first):
                if number < first - self._room(picture, last - first + 1):
                    continue
                frame = self._frame(number, picture)
                self._keep(frame)
                if first <= number <= last:
                    yield frame
                if number >= last:
                    return

    def _pictures(self, first: int) -> Iterator[tuple[int, VideoFrame]]:
        """Decoded frames with their numbers, from `first` or earlier on; goes on where it last stopped if it can."""
        key = self._index.key_before(self._index.shown[first])
        ahead = self._next <= first and self._index.shown[self._next] >= key
        if self._running is None or not ahead:
            self._running = containers.decoded(self._container, self._stream, key)
        try:
            for picture in self._running:
                number = self._numbers.get(picture.pts) if picture.pts is not None else None
                if number is not None:
                    self._next = number + 1
                    yield number, picture
        except Exception:
            self._running = None
            raise
        self._running = None

    def _frame(self, number: int, picture: VideoFrame) -> Frame:
        data, strides, width, height = colours.planes(picture)
        return Frame(
            number,
            self.timeline.times[number],
            width,
            height,
            data,
            strides,
            colours.matrix(picture),
            colours.full_range(picture),
        )

    def _room(self, picture: VideoFrame, wanted: int) -> int:
        """How many frames before the wanted ones fit among those kept."""
        return max(0, self._most_bytes // (picture.width * picture.height * 3 // 2 or 1) - wanted)

    def _keep(self, frame: Frame) -> None:
        if frame.number in self._kept or frame.size > self._most_bytes:
            return
        self._kept[frame.number] = frame
        self._kept_bytes += frame.size
        while self._kept_bytes > self._most_bytes:
            oldest = self._kept.pop(next(iter(self._kept)))
            self._kept_bytes -= oldest.size


def frames(path: Path, first: int, last: int, timeline: Timeline | None = None) -> Iterator[Frame]:
    """The frames `first` to `last`, inclusive, counted from 0 in the order of presentation.

    `timeline` is the one that the numbers were counted with, if any: `BadClip` where the file no longer has it. Raises
    `BadClip` (video-unreadable), `DiskProblem`.
    """
    with FrameReader(path, most_bytes=0) as reader:
        if timeline is not None and timeline.times != reader.timeline.times:
            raise BadClip("video-unreadable", name=path.name)
        yield from reader.frames(first, last)


def still(path: Path, number: int) -> bytes:
    """A lossless PNG of one frame at its full size, upright. Raises `BadClip`, `DiskProblem`."""
    with FrameReader(path, most_bytes=0) as reader:
        return reader.still(number)


def _png(picture: VideoFrame) -> bytes:
    out = io.BytesIO()
    colours.picture(picture).save(out, "PNG", compress_level=_PNG_LEVEL)
    return out.getvalue()
