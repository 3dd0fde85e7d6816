"""What of a clip's file goes into an export: which frames, when they are shown, and what their stream is like."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Generator
from contextlib import closing
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path

from av.container import InputContainer
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from . import colours, containers
from .sounds import Sound

_NOMINAL = 1001  # the largest divisor of a common rate: 24000/1001


@dataclass(frozen=True, slots=True)
class Part:
    """The frames `first` to `last` of a file, inclusive, counted from 0; -1 for the file's last."""

    file: Path
    first: int = 0
    last: int = -1


@dataclass(frozen=True, slots=True)
class Look:
    """What two streams must have in common for their packets to be put one behind the other. `colours` are the codes
    of ITU-T H.273: matrix, range, primaries, transfer."""

    codec: str
    tag: str
    width: int
    height: int
    pixels: str
    extradata: bytes
    aspect: Fraction
    rotation: int
    colours: tuple[int, int, int, int]
    unit: Fraction

    @property
    def upright(self) -> tuple[int, int]:
        """Width and height as it is shown, in pixels."""
        return (self.height, self.width) if self.rotation % 180 else (self.width, self.height)


@dataclass(frozen=True, slots=True)
class Span:
    """A part as it was found in its file. Times are in units of `look.unit` seconds.

    `times` are those of its frames, `end` is when the last one ends, `keys` the key frames from the one to decode from
    on. `run` are the
    packets that alone give exactly these frames, by their times of presentation and of decoding, in the order of the
    latter; None where there are no such packets. `rate` is the nominal one; `steady` whether every frame keeps to it.
    """

    file: Path
    times: tuple[int, ...]
    end: int
    keys: tuple[int, ...]
    run: tuple[tuple[int, int], ...] | None
    rate: Fraction
    steady: bool
    look: Look
    sound: Sound | None
    whole: bool

    @property
    def start(self) -> Fraction:
        """When it begins in its file, in seconds."""
        return self.times[0] * self.look.unit

    @property
    def seconds(self) -> Fraction:
        """How long it is."""
        return (self.end - self.times[0]) * self.look.unit

    def cut(self, first: int, count: int) -> Span:
        """So many of its frames, for their pictures only."""
        times = self.times[first : first + count]
        return replace(self, times=times, keys=self.keys[bisect_right(self.keys, times[0]) - 1 :])


def find(part: Part) -> Span:
    """Look into the part's file. Raises `BadClip` (video-unreadable; or frames it has not), `DiskProblem`."""
    with containers.opened(part.file, threads=False) as (container, stream):
        index = containers.indexed(container, stream)
        last = len(index.shown) - 1 if part.last < 0 else part.last
        if not 0 <= part.first <= last < len(index.shown):
            raise ValueError("no such frames")
        times = index.shown[part.first : last + 1]
        end = index.shown[last + 1] if last + 1 < len(index.shown) else max(index.end, times[-1] + 1)
        keys = index.keys[index.keys.index(index.key_before(times[0])) :]
        rate, steady = _nominal(index, containers.rate(stream, index))
        return Span(
            part.file,
            times,
            end,
            keys,
            _run(container, stream, times),
            rate,
            steady,
            _look(container, stream, keys[0], index.unit),
            Sound.of(container),
            len(times) == len(index.shown),
        )


def pictures(span: Span) -> Generator[VideoFrame, None, None]:
    """Every frame of the span once, in order; one that cannot be decoded is replaced by the one before it.

    Raises `BadClip` (video-unreadable), `DiskProblem`. Close it where it isn't read to its end.
    """
    with containers.opened(span.file) as (container, stream):
        kept: VideoFrame | None = None
        number = 0
        with closing(containers.decoded(container, stream, span.keys[0])) as found:
            for frame in found:
                if frame.pts is None or frame.pts < span.times[0]:
                    continue
                while number < len(span.times) and span.times[number] < frame.pts:
                    yield kept or frame
                    number += 1
                kept = frame
                if number < len(span.times) and span.times[number] == frame.pts:
                    yield frame
                    number += 1
                if number == len(span.times):
                    return
        if kept is None:
            raise ValueError("nothing decodes")
        for _ in range(number, len(span.times)):
            yield kept


def _run(container: InputContainer, stream: VideoStream, times: tuple[int, ...]) -> tuple[tuple[int, int], ...] | None:
    """Packets after the first that are shown before it need what was before, and are not needed by what follows."""
    container.seek(containers.VERY_FIRST, stream=stream, backward=True)
    run: list[tuple[int, int]] = []
    for packet in container.demux(stream):
        if packet.pts is None or packet.dts is None or packet.size == 0:
            continue
        if not run and (packet.pts != times[0] or not packet.is_keyframe):
            continue
        if packet.pts >= times[0]:
            run.append((packet.pts, packet.dts))
        if len(run) == len(times):
            break
    return tuple(run) if sorted(pts for pts, _ in run) == list(times) else None


def _nominal(index: containers.Index, average: float) -> tuple[Fraction, bool]:
    """The file's frame rate, and whether all its frames keep to it, as far as the unit of time can say.

    A whole number, or one of the kind 24000/1001, where that fits: files round what they say of it.
    """
    times, length = index.shown, index.shown[-1] - index.shown[0]
    counted = (len(times) - 1) / (length * index.unit) if length else Fraction(average)
    whole, film = Fraction(round(counted)), Fraction(round(counted * 1001 / 1000) * 1000, 1001)
    for rate in (whole, film, counted.limit_denominator(_NOMINAL)):
        if rate > 0 and all(
            abs((pts - times[0]) * index.unit - number / rate) <= index.unit for number, pts in enumerate(times)
        ):
            return rate, True
    return Fraction(average).limit_denominator(_NOMINAL), False


def _look(container: InputContainer, stream: VideoStream, key: int, unit: Fraction) -> Look:
    with closing(containers.decoded(container, stream, key)) as found:
        frame = next(found, None)
    if frame is None:
        raise ValueError("nothing decodes")
    context = stream.codec_context
    matrix = {"bt601": 6, "bt709": 1}[colours.matrix(frame)]
    space = matrix if frame.colorspace in (0, 2, 3) else int(frame.colorspace)
    known = 1 if space == 1 else 6
    return Look(
        context.codec.canonical_name,  # of the kind, not of the decoder
        context.codec_tag,
        frame.width,
        frame.height,
        frame.format.name,
        bytes(context.extradata or b""),
        stream.sample_aspect_ratio or Fraction(1),
        frame.rotation % 360,
        (
            space,
            2 if colours.full_range(frame) else 1,
            frame.color_primaries if frame.color_primaries != 2 else known,
            frame.color_trc if frame.color_trc != 2 else known,
        ),
        unit,
    )
