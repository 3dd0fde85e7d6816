"""Puts the packets of parts of clips one behind the other, nothing encoded again, and proves that it came out right."""

from __future__ import annotations

import zlib
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from itertools import chain, pairwise
from pathlib import Path
from typing import Any

from av.container import OutputContainer
from av.packet import Packet
from av.stream import Stream
from av.video.frame import VideoFrame

from seedance_desktop.domain.errors import BadClip

from . import containers, spans, taping, writing
from .spans import Part, Span
from .working import Work

_PICTURES = {
    "mp4": frozenset(("h264", "hevc", "av1", "vp9", "mpeg4")),
    "mov": frozenset(("h264", "hevc", "mpeg4", "prores", "dnxhd", "mjpeg")),
}
_COPYING = 0.5  # how much of the work it is; the rest is the proof


def possible(parts: Sequence[Span], kind: str) -> bool:
    """Whether packets alone can give these parts' pictures, in a container of that kind."""
    first = parts[0].look
    if first.codec not in _PICTURES[kind] or any(part.run is None or part.look != first for part in parts):
        return False
    decoded = [dts for part, offset in _offsets(parts) for _, dts in _moved(part, offset)]
    return all(one < following for one, following in pairwise(decoded))


def splice(parts: Sequence[Span], path: Path, kind: str, tags: Mapping[str, str], work: Work) -> bool:
    """Write the parts to `path`, whose pictures' packets are the very same; sound is too, where it fits without a gap.

    Whether it was proved right: every frame is there at its time, and the pictures behind each cut decode to the same
    bytes as in their files, up to the second key frame: what follows builds on that. Where it is False, the file is
    of no use. Raises what reading and writing do, and `Stopped`.
    """
    copying, proving = work.part(0, _COPYING), work.part(_COPYING, 1)
    clock = parts[0].look.unit.denominator
    with writing.output(path, kind, tags, clock=clock) as out:
        with containers.opened(parts[0].file, threads=False) as (first, pictures):
            made = writing.like(out, pictures)
            sound = taping.packets(out, first, parts, kind)
        with closing(sound):
            _fill(out, made, parts, sound, copying)
    return _proved(parts, path, proving)


def _fill(out: OutputContainer, made: Stream, parts: Sequence[Span], sound: Iterator[Packet[Any]], work: Work) -> None:
    """Both in the order of their times, as players like to read them."""
    waiting = next(sound, None)
    count = sum(len(part.times) for part in parts)
    packets = chain.from_iterable(_packets(part, offset) for part, offset in _offsets(parts))
    for number, packet in enumerate(packets):
        work.at(number / count)
        while waiting is not None and writing.time(waiting) <= writing.time(packet):
            out.mux(waiting)
            waiting = next(sound, None)
        packet.stream = made
        out.mux(packet)
    while waiting is not None:
        out.mux(waiting)
        waiting = next(sound, None)


def _offsets(parts: Sequence[Span]) -> Iterator[tuple[Span, int]]:
    """Each part, and by how much its packets are moved, in its units of time."""
    before = 0
    for part in parts:
        yield part, before - part.times[0]
        before += part.end - part.times[0]


def _moved(part: Span, offset: int) -> Iterator[tuple[int, int]]:
    return ((pts + offset, dts + offset) for pts, dts in part.run or ())


def _packets(part: Span, offset: int) -> Iterator[Packet[Any]]:
    wanted = set(part.run or ())
    with containers.opened(part.file, threads=False) as (container, stream):
        for packet in container.demux(stream):
            if packet.pts is not None and packet.dts is not None and (packet.pts, packet.dts) in wanted:
                wanted.remove((packet.pts, packet.dts))
                packet.pts, packet.dts = packet.pts + offset, packet.dts + offset
                yield packet
                if not wanted:
                    return


def _proved(parts: Sequence[Span], path: Path, work: Work) -> bool:
    try:
        made = spans.find(Part(path))
    except BadClip:
        return False
    due = [(pts + offset) * part.look.unit for part, offset in _offsets(parts) for pts in part.times]
    if [pts * made.look.unit - made.start for pts in made.times] != due:
        return False
    before = 0
    for part in parts:
        count = _doubtful(part, alone=len(parts) == 1)
        if count and not _alike(part.cut(0, count), made.cut(before, count), work, before / len(due)):
            return False
        before += len(part.times)
    work.at(1.0)
    return True


def _doubtful(part: Span, *, alone: bool) -> int:
    """How many pictures from the part's first on could come out otherwise than in their file.

    That is until after its second key frame: a picture may build on what was before the first, but no further.
    """
    if alone and part.whole:
        return 0
    if len(part.keys) < 2:
        return len(part.times)
    return min(len(part.times), bisect_left(part.times, part.keys[1]) + 1)


def _alike(part: Span, made: Span, work: Work, done: float) -> bool:
    for one, other in zip(spans.pictures(part), spans.pictures(made), strict=True):
        work.at(done)
        if _print(one) != _print(other):
            return False
    return True


def _print(frame: VideoFrame) -> int:
    """A checksum over a picture's samples, without the padding of its lines."""
    found, wide = 0, 1 if frame.format.components[0].bits <= 8 else 2
    for plane in frame.planes:
        view, stride = memoryview(plane), plane.line_size
        length = min(plane.width * wide, stride)
        for line in range(plane.height):
            found = zlib.crc32(view[line * stride : line * stride + length], found)
    return found
