"""Clips whose sound clicks at known times, and what is found in exports: their packets, and when clicks are heard."""

from __future__ import annotations

import struct
from array import array
from collections.abc import Iterable, Iterator
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import Any

import av
from av.audio.frame import AudioFrame
from av.audio.resampler import AudioResampler

from seedance_desktop.media import frames
from tests.media import making

RATE = 48_000


def numbers(path: Path) -> list[int]:
    """The numbers that the clip's pictures carry."""
    return [making.number_of(frame) for frame in frames.frames(path, 0, 10_000)]


def packets(path: Path, kind: str = "video") -> list[bytes]:
    """All of a stream, packet by packet."""
    with av.open(str(path)) as container:
        stream = container.streams.video[0] if kind == "video" else container.streams.audio[0]
        return [bytes(packet) for packet in container.demux(stream) if packet.size]


def clicking(path: Path, seconds: Iterable[float], length: float = 2.0, **options: Any) -> Path:
    """A clip with a click in its sound at each of these times."""
    samples = array("f", bytes(4 * round(length * RATE)))
    for time in seconds:
        for at in range(round(time * RATE), round(time * RATE) + 48):
            samples[at] = 0.9 if at % 2 else -0.9
    silent = making.clip(path.with_name("silent.mp4"), **options)
    with av.open(str(silent)) as old, av.open(str(path), "w") as new:
        stream = new.add_stream_from_template(old.streams.video[0])
        sound = new.add_stream("aac", rate=RATE, layout="mono", options={"b": "256000"})
        for packet in old.demux(video=0):
            if packet.size:
                packet.stream = stream
                new.mux(packet)
        for tone in _frames(samples):
            new.mux(sound.encode(tone))
        new.mux(sound.encode())
    silent.unlink()
    return path


def _frames(samples: array[float]) -> Iterator[AudioFrame]:
    for at in range(0, len(samples), 1024):
        piece = samples[at : at + 1024]
        frame = AudioFrame(format="fltp", layout="mono", samples=len(piece), align=1)
        frame.planes[0].update(piece.tobytes())
        frame.pts, frame.sample_rate, frame.time_base = at, RATE, Fraction(1, RATE)
        yield frame


def heard(path: Path) -> tuple[list[float], float, float]:
    """When the clicks are heard, and when the sound begins and ends, in seconds from the picture's beginning."""
    loud: list[int] = []
    begin = end = None
    with av.open(str(path)) as container:
        video = container.streams.video[0]
        assert video.time_base is not None
        start = (video.start_time or 0) * video.time_base
        resampler = AudioResampler("flt", "mono", RATE)
        for frame in container.decode(audio=0):
            assert frame.pts is not None
            assert frame.time_base is not None
            at = round((frame.pts * frame.time_base - start) * RATE)
            begin = at if begin is None else begin
            for made in resampler.resample(frame):
                data = struct.unpack(f"<{made.samples}f", bytes(made.planes[0])[: 4 * made.samples])
                loud += [at + number for number, value in enumerate(data) if abs(value) > 0.4]
                end = at + made.samples
    assert begin is not None
    assert end is not None
    clicks = [at for before, at in pairwise([-RATE, *loud]) if at - before > 2000]
    return [at / RATE for at in clicks], begin / RATE, end / RATE
