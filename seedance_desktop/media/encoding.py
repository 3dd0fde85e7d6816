"""Encodes parts of clips one behind the other into one file, every frame once and every sample at its time."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import Any

from av.container import OutputContainer
from av.packet import Packet
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from seedance_desktop.domain.handover import Format

from . import spans, taping, writing
from .fitting import Canvas, Fitter
from .spans import Span
from .working import Work

_FINE = Fraction(1, 90_000)
_KEEP_DURATIONS = 1 << 8  # AV_CODEC_FLAG_FRAME_DURATION


@dataclass(frozen=True, slots=True)
class Form:
    """An encoder with its settings, FFmpeg's name of the pixels that it takes, and what goes with it. `matrix` is the
    only one that its streams can tell of (ITU-T H.273), 0 where they can of any."""

    encoder: str
    pixels: str
    sound: str
    kind: str
    suffix: str
    settings: Mapping[str, str] = field(default_factory=dict)
    matrix: int = 0


FORMS = {
    Format.H264: Form("libx264", "yuv420p", "aac", "mp4", ".mp4", {"crf": "16", "preset": "medium"}),
    Format.PRORES: Form("prores_aw", "yuv422p10le", "pcm_s24le", "mov", ".mov", {"profile": "3", "vendor": "apl0"}),
    Format.DNXHR: Form("dnxhd", "yuv422p", "pcm_s24le", "mov", ".mov", {"profile": "dnxhr_hq"}, 1),
}
"""What clips can be encoded into."""


def encode(parts: Sequence[Span], path: Path, form: Form, tags: Mapping[str, str], work: Work) -> None:
    """Write the parts to `path`: the first one's size, colours and rate, the others fitted inside on black.

    Where all keep the first one's rate, the frames do so too; else each keeps its time. Raises what reading and writing
    do, and `Stopped`.
    """
    rate = parts[0].rate if all(part.steady and part.rate == parts[0].rate for part in parts) else None
    canvas = _canvas(parts[0], form)
    with writing.output(path, form.kind, tags, quick=form.kind == "mp4") as out:
        video = _video(out, form, canvas, parts[0], rate)
        sound = taping.encoder(out, form.sound, parts)
        with closing(taping.encoded(sound, parts)) as packets, closing(_placed(parts, canvas, rate)) as frames:
            _fill(out, video, frames, packets, sum(len(part.times) for part in parts), work)


def _fill(
    out: OutputContainer,
    video: VideoStream,
    frames: Iterator[VideoFrame],
    sound: Iterator[Packet[Any]],
    count: int,
    work: Work,
) -> None:
    waiting = next(sound, None)
    for number, frame in enumerate(frames):
        work.at(number / count)
        out.mux(video.encode(frame))
        while waiting is not None and writing.time(waiting) <= (frame.time or 0):
            out.mux(waiting)
            waiting = next(sound, None)
    out.mux(video.encode(None))
    while waiting is not None:
        out.mux(waiting)
        waiting = next(sound, None)
    work.at(1.0)


def _placed(parts: Sequence[Span], canvas: Canvas, rate: Fraction | None) -> Generator[VideoFrame, None, None]:
    """Every frame of every part, fitted and at its time in the whole."""
    number, before = 0, Fraction(0)
    for part in parts:
        fitter = Fitter(canvas, _aspect(part))
        ends = (*part.times[1:], part.end)
        with closing(spans.pictures(part)) as pictures:
            for picture, pts, end in zip(pictures, part.times, ends, strict=True):
                frame = fitter.fit(picture)
                if rate is None:
                    frame.time_base, unit = _FINE, part.look.unit
                    frame.pts = round((before + (pts - part.times[0]) * unit) / _FINE)
                    frame.duration = round((end - pts) * unit / _FINE)
                else:
                    frame.time_base, frame.pts, frame.duration = 1 / rate, number, 1
                number += 1
                yield frame
        before += part.seconds


def _video(out: OutputContainer, form: Form, canvas: Canvas, first: Span, rate: Fraction | None) -> VideoStream:
    video = out.add_stream(form.encoder, rate=first.rate, options=dict(form.settings))
    assert isinstance(video, VideoStream)
    context = video.codec_context
    context.width, context.height, context.pix_fmt = canvas.width, canvas.height, form.pixels
    context.time_base = 1 / rate if rate is not None else _FINE
    context.sample_aspect_ratio = canvas.aspect
    context.colorspace, context.color_range = canvas.matrix, 1
    context.color_primaries, context.color_trc = canvas.primaries, canvas.transfer
    context.flags |= _KEEP_DURATIONS
    if form.kind == "mov" and rate is not None:
        video.metadata["timecode"] = "00:00:00:00"
    return video


def _canvas(first: Span, form: Form) -> Canvas:
    """The first part's picture upright, its sides even, as halved colours want them."""
    width, height = first.look.upright
    matrix, _, primaries, transfer = first.look.colours
    matrix = 6 if matrix == 5 else matrix  # the same numbers, by the name that every format knows
    even = width - width % 2 or 2, height - height % 2 or 2
    return Canvas(*even, _aspect(first), form.pixels, form.matrix or matrix, primaries, transfer)


def _aspect(span: Span) -> Fraction:
    """The shape of a pixel when the picture is upright."""
    return 1 / span.look.aspect if span.look.rotation % 180 else span.look.aspect
