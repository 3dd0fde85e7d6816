"""Opens a video file safely and knows which of its packets are shown when; everything about video starts here."""

from __future__ import annotations

import errno
import os
from bisect import bisect_right
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import av
import av.error
from av.container import InputContainer
from av.packet import Packet
from av.stream import Disposition
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from seedance_desktop.domain.errors import BadClip, DiskProblem

from . import boxes

_FORMATS = "mov,mp4,m4a,3gp,3g2,mj2,matroska,webm"  # no playlists, which could name other files and addresses
_SECONDS_TO_READ = 60.0
_MOST_PIXELS = 8192 * 8192
_MOST_THREADS = 4
_PICTURES = ("heic", "heix", "mif1", "msf1", "avif", "avis")
_NO_VIDEO = Disposition.attached_pic | Disposition.still_image | Disposition.timed_thumbnails
VERY_FIRST = -(1 << 40)
"""A time before any packet, to seek to."""


@dataclass(frozen=True, slots=True)
class Index:
    """A video stream's packets. Times are in units of `unit` seconds.

    `shown` are the presentation times of the frames that are shown, `keys` those of all key frames, both sorted;
    `end` is when the last frame ends; `start` is when the file's first stream starts, in microseconds.
    """

    unit: Fraction
    shown: tuple[int, ...]
    keys: tuple[int, ...]
    end: int
    start: int

    def key_before(self, pts: int) -> int:
        """The key frame from which the frame at `pts` can be decoded."""
        return self.keys[max(0, bisect_right(self.keys, pts) - 1)]

    def times(self) -> tuple[int, ...]:
        """When each frame is shown, in microseconds from where players start (Qt's too): where the picture starts
        or, if that is earlier, the sound."""
        shown = [round(pts * self.unit * 1_000_000) for pts in self.shown]
        start = min(self.start, shown[0])
        return tuple(time - start for time in shown)


@contextmanager
def sound(path: Path) -> Iterator[None]:
    """Turn whatever goes wrong while reading `path` into `BadClip` (video-unreadable), or `DiskProblem` where the
    disk itself is the cause."""
    try:
        yield
    except (av.error.FFmpegError, OSError, ValueError, ArithmeticError, MemoryError) as error:
        trouble = _disk_trouble(path)
        if trouble is not None:
            raise DiskProblem.of(trouble, str(path)) from error
        raise BadClip("video-unreadable", name=path.name) from error


def _disk_trouble(path: Path) -> OSError | None:
    """The error that reading the file's bytes meets, whatever they mean; None where they can all be read."""
    try:
        if path.is_file():
            with path.open("rb") as file:
                while file.read(1 << 20):
                    pass
        elif not path.exists():
            return FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT))
    except OSError as error:
        return error
    except ValueError:  # a name that no file can have
        pass
    return None


@contextmanager
def opened(path: Path, *, threads: bool = True) -> Iterator[tuple[InputContainer, VideoStream]]:
    """The file's container and its video stream, closed afterwards.

    `threads` lets the decoder work on several frames at once: faster for many, slower to the first. Raises `BadClip`
    (video-unreadable) for anything that isn't a playable video, `DiskProblem`.
    """
    with sound(path):
        if not path.is_file():
            raise ValueError("no file")
        boxes.check(path)
        container = av.open(
            os.fspath(path.absolute()),
            "r",
            container_options={"format_whitelist": _FORMATS, "protocol_whitelist": "file"},
            metadata_errors="replace",
            timeout=_SECONDS_TO_READ,
        )
        with container:
            stream = _video(container)
            context = stream.codec_context
            context.options = {"max_pixels": str(_MOST_PIXELS)}
            context.thread_type = "AUTO" if threads else "NONE"
            context.thread_count = min(_MOST_THREADS, os.cpu_count() or 1) if threads else 1
            yield container, stream


def _video(container: InputContainer) -> VideoStream:
    if container.metadata.get("major_brand", "").strip() in _PICTURES:
        raise ValueError("an image")
    for stream in container.streams.video:
        if not stream.disposition & _NO_VIDEO and getattr(stream, "codec_context", None) is not None:
            if not 0 < stream.width * stream.height <= _MOST_PIXELS:
                raise ValueError("size")
            return stream
    raise ValueError("no video")


def indexed(container: InputContainer, stream: VideoStream) -> Index:
    """Read all of the stream's packets without decoding them; ValueError where some are cut off or none is shown."""
    shown: set[int] = set()
    keys: list[int] = []
    packets = end = 0
    for packet in container.demux(stream):
        if packet.pts is None or packet.size == 0:  # the empty one at the end, which tells the decoder so
            continue
        if packet.is_corrupt:
            raise ValueError("cut off")
        packets += 1
        if packet.is_keyframe:
            keys.append(packet.pts)
        if not packet.is_discard:
            shown.add(packet.pts)
            end = max(end, packet.pts + (packet.duration or 0))
    if packets < len(stream.index_entries) or not shown or not keys or not stream.time_base:
        raise ValueError("cut off or empty")
    start = getattr(container, "start_time", None)  # None where nothing says when it starts
    if start is None:
        start = round(min(shown) * stream.time_base * 1_000_000)
    return Index(stream.time_base, tuple(sorted(shown)), tuple(sorted(keys)), end, start)


def decoded(container: InputContainer, stream: VideoStream, key: int) -> Generator[VideoFrame, None, None]:
    """The frames from the key frame presented at `key` on, in the order of presentation.

    Packets that cannot be decoded are passed over, as players do.
    """
    for packet in _packets(container, stream, key):
        try:
            yield from packet.decode()
        except av.error.InvalidDataError:
            continue


def _packets(container: InputContainer, stream: VideoStream, key: int) -> Iterator[Packet[VideoStream]]:
    """The packets from a key frame or an earlier one on; from the very first where seeking goes too far."""
    for goal in (key, VERY_FIRST):
        container.seek(goal, stream=stream, backward=True)
        packets = container.demux(stream)
        first = next(packets, None)
        if first is None:
            return
        if goal == VERY_FIRST or first.pts is None or first.pts <= key:
            yield first
            yield from packets
            return


def rate(stream: VideoStream, index: Index) -> float:
    """Frames a second: the file's average where it is sane, else counted; 24 for a single frame."""
    average = float(stream.average_rate or 0)
    if 0.1 <= average <= 1000:
        return average
    length = float((index.shown[-1] - index.shown[0]) * index.unit)
    return (len(index.shown) - 1) / length if length > 0 else 24.0
