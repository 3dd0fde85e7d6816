"""The sound of parts of clips as one unbroken tape, each sample at its time, silence where there is none."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Protocol

import av.error
from av.audio.frame import AudioFrame
from av.audio.resampler import AudioResampler
from av.audio.stream import AudioStream
from av.container import InputContainer

from . import containers

_RATES = (8000, 11025, 12000, 16000, 22050, 24000, 32000, 44100, 48000, 88200, 96000)
_USUAL = 48_000
_LAYOUTS = ("mono", "stereo", "3.0", "4.0", "5.0", "5.1", "7.1")
_SAMPLE = 4  # bytes of a sample, a 32-bit float
_PIECE = 4096
_BEFORE = Fraction(1, 2)  # seconds to decode in advance: what a lossy codec needs to find its feet
_JITTER = Fraction(1, 50)  # seconds by which a packet's time may lie beside its place: Matroska's are rounded


@dataclass(frozen=True, slots=True)
class Sound:
    """What two streams of sound must have in common for their packets to be put one behind the other."""

    codec: str
    rate: int
    layout: str
    extradata: bytes
    unit: Fraction

    @classmethod
    def of(cls, container: InputContainer) -> Sound | None:
        """That of the file's first stream of sound that can be decoded."""
        stream = first(container)
        if stream is None or not stream.time_base:
            return None
        context = stream.codec_context
        return cls(
            context.codec.canonical_name,
            context.rate,
            context.layout.name,
            bytes(context.extradata or b""),
            stream.time_base,
        )

    @property
    def kept_rate(self) -> int:
        """The rate in which it is encoded again, in samples a second."""
        return self.rate if self.rate in _RATES else _USUAL

    @property
    def kept_layout(self) -> str:
        """The layout in which it is encoded again."""
        return self.layout if self.layout in _LAYOUTS else "stereo"


class Timed(Protocol):
    """A stretch of a file, in seconds; `sound` None where it has none."""

    @property
    def file(self) -> Path: ...
    @property
    def start(self) -> Fraction: ...
    @property
    def seconds(self) -> Fraction: ...
    @property
    def sound(self) -> Sound | None: ...


def first(container: InputContainer) -> AudioStream | None:
    """The file's first stream of sound that can be decoded."""
    for stream in container.streams.audio:
        if getattr(stream, "codec_context", None) is not None and stream.codec_context.rate > 0:
            return stream
    return None


def tape(parts: Sequence[Timed], like: Sound) -> Generator[AudioFrame, None, None]:
    """The parts' sound from the first's beginning to the last's end, as frames of packed floats at `like`'s rate and
    layout; `pts` counts samples. Raises `BadClip`, `DiskProblem`."""
    rate, layout = like.kept_rate, like.kept_layout
    width = _SAMPLE * av.AudioLayout(layout).nb_channels
    done, goal = 0, Fraction(0)
    for part in parts:
        goal += part.seconds * rate
        with closing(_filled(part, rate, layout, width, round(goal) - done)) as pieces:
            for piece in pieces:
                yield _frame(piece, done, rate, layout, width)
                done += len(piece) // width


def _filled(part: Timed, rate: int, layout: str, width: int, samples: int) -> Generator[bytes, None, None]:
    """Exactly so many samples: the part's own at their times, silence in its gaps and after its end."""
    done = 0
    with closing(_heard(part, rate, layout)) as heard:
        for at, data in heard:
            at = done if done and abs(at - done) <= _JITTER * rate else at
            data = data[max(0, done - at) * width :]
            yield from _silence(min(at, samples) - done, width)
            done = max(done, min(at, samples))
            data = data[: (samples - done) * width]
            if data:
                yield data
                done += len(data) // width
            if done >= samples:
                return
    yield from _silence(samples - done, width)


def _silence(samples: int, width: int) -> Generator[bytes, None, None]:
    for at in range(0, samples, _PIECE):
        yield bytes(min(_PIECE, samples - at) * width)


def _heard(part: Timed, rate: int, layout: str) -> Generator[tuple[int, bytes], None, None]:
    """What is decoded: each piece with the sample, counted from the part's beginning, at which it begins."""
    if part.sound is None:
        return
    with containers.opened(part.file, threads=False) as (container, _):
        stream = first(container)
        if stream is None:
            return
        resampler = AudioResampler("flt", layout, rate)
        width, following = _SAMPLE * av.AudioLayout(layout).nb_channels, 0
        for frame in _decoded(container, stream, part.start):
            for made in resampler.resample(frame):
                if made.pts is not None and made.time_base:
                    following = round((made.pts * made.time_base - part.start) * rate)
                yield following, bytes(made.planes[0])[: made.samples * width]
                following += made.samples


def _decoded(container: InputContainer, stream: AudioStream, start: Fraction) -> Iterator[AudioFrame | None]:
    """The frames from shortly before a time, in seconds, on; then None, which empties a resampler."""
    goal = int(max(start - _BEFORE, Fraction(-1)) / (stream.time_base or 1))
    container.seek(goal if start > _BEFORE else containers.VERY_FIRST, stream=stream, backward=True)
    for packet in container.demux(stream):
        with suppress(av.error.InvalidDataError):
            yield from packet.decode()
    yield None


def _frame(data: bytes, at: int, rate: int, layout: str, width: int) -> AudioFrame:
    frame = AudioFrame(format="flt", layout=layout, samples=len(data) // width, align=1)
    frame.planes[0].update(data)
    frame.sample_rate, frame.pts, frame.time_base = rate, at, Fraction(1, rate)
    return frame
