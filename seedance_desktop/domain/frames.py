"""Decoded frames as plain buffers, so that `ui` shows what `media` decoded without knowing it."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Frame:
    """One picture of a clip, 8-bit YUV 4:2:0 planar.

    `number` counts from 0 in order of presentation; `time` is its time stamp in microseconds from the clip's start.
    `planes` are Y, U, V with `strides` in bytes per line; `matrix` is `"bt709"` or `"bt601"`.
    """

    number: int
    time: int
    width: int
    height: int
    planes: tuple[bytes, bytes, bytes]
    strides: tuple[int, int, int]
    matrix: str = "bt709"
    full_range: bool = False

    @property
    def size(self) -> int:
        """Bytes of pixel data."""
        return sum(len(plane) for plane in self.planes)


@dataclass(frozen=True, slots=True)
class Timeline:
    """When each frame of a clip begins, in microseconds from the start (`times`), and its nominal frame rate."""

    times: tuple[int, ...]
    fps: float

    def frame_at(self, microseconds: int) -> int:
        """The number of the frame on screen at a time; the nearest one at the ends."""
        return max(0, bisect_right(self.times, microseconds) - 1)

    def middle(self, number: int) -> int:
        """A time in the middle of a frame, in microseconds: where to seek so that exactly it is shown."""
        begin = self.times[number]
        ahead = number + 1 < len(self.times)
        end = self.times[number + 1] if ahead else begin + round(1_000_000 / self.fps)
        return (begin + end) // 2

    def aim(self, number: int) -> int:
        """Where to send Qt's player so that it stands still on exactly this frame, in microseconds.

        It takes every frame to be as long as the nominal rate says, and shows the first one that is not over by then.
        Where all are as long as that, this is the middle of the frame.
        """
        length = round(1_000_000 / self.fps)
        begin = self.times[number]
        before = self.times[number - 1] if number else begin - length
        return (before + begin) // 2 + length


@dataclass(frozen=True, slots=True)
class FramesWanted:
    """The stage asks for the frames `first` to `last` (inclusive) of the file at the absolute path `file`."""

    file: str
    first: int
    last: int
