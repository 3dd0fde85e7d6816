"""Clips whose pictures carry their own frame number, how to read it back, and a small decoder for the stage."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from functools import cache
from pathlib import Path

import av
from av.video.codeccontext import VideoCodecContext
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QWidget

from seedance_desktop.domain.clip import Clip, Footage, Stage, Verdict, new_id
from seedance_desktop.domain.frames import Frame, FramesWanted, Timeline
from seedance_desktop.domain.money import Money
from seedance_desktop.domain.recipe import Recipe, Reference

BITS = 8
PROMPT = "Lighthouse keeper at blue hour climbs the last stairs, spray drifts past the gallery. 灯塔守护者。"


def make_clip(path: Path, width: int = 320, height: int = 180, frames: int = 121, *, audio: bool = False) -> Path:
    """An H.264 file at 24 fps; the upper half of frame n shows n in eight black and white fields, the lower is red."""
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libx264", rate=24)
        stream.width, stream.height, stream.pix_fmt = width, height, "yuv420p"
        stream.options = {"preset": "veryfast", "g": "48", "colorprim": "bt709"}
        context = stream.codec_context
        assert isinstance(context, VideoCodecContext)
        context.color_range, context.colorspace, context.color_primaries, context.color_trc = 1, 1, 1, 1
        sound = container.add_stream("aac", rate=48000) if audio else None
        for number in range(frames):
            container.mux(stream.encode(_numbered(number, width, height)))
        container.mux(stream.encode(None))
        if sound is not None:
            for number in range(frames * 2):
                silence = av.AudioFrame("fltp", "stereo", 1000)
                for plane in silence.planes:
                    plane.update(bytes(plane.buffer_size))
                silence.sample_rate, silence.pts, silence.time_base = 48000, number * 1000, Fraction(1, 48000)
                container.mux(sound.encode(silence))
            container.mux(sound.encode(None))
    return path


def _numbered(number: int, width: int, height: int) -> av.VideoFrame:
    frame = av.VideoFrame(width, height, "yuv420p")
    for index, plane in enumerate(frame.planes):
        upper, lower = _lines(number, index, plane.width, plane.line_size)
        half = plane.height // 2
        plane.update(upper * half + lower * (plane.height - half))
    frame.pts, frame.time_base = number, Fraction(1, 24)
    return frame


def _lines(number: int, plane: int, width: int, stride: int) -> tuple[bytes, bytes]:
    if plane:
        return bytes([128]) * stride, bytes([(90, 240)[plane - 1]]) * stride
    upper = bytearray(stride)
    for bit in range(BITS):
        begin, end = bit * width // BITS, (bit + 1) * width // BITS
        upper[begin:end] = bytes([235 if number >> bit & 1 else 16]) * (end - begin)
    return bytes(upper), bytes([81]) * stride


def number_in(image: QImage) -> int:
    """The frame number that a picture of such a clip shows."""
    bits = (
        QColor(image.pixel(int((bit + 0.5) * image.width() / BITS), image.height() // 4)).value() > 128
        for bit in range(BITS)
    )
    return sum(bit << place for place, bit in enumerate(bits))


def shown(widget: QWidget) -> int:
    """The frame number painted on a widget that is exactly the picture."""
    return number_in(widget.grab().toImage())


@cache
def times(frames: int = 121, fps: float = 24.0) -> Timeline:
    return Timeline(tuple(round(number * 1_000_000 / fps) for number in range(frames)), fps)


def clip_of(width: int = 320, height: int = 180, frames: int = 121, **changes: object) -> Clip:
    recipe = Recipe(PROMPT, (Reference("Mara"), Reference("Tower")))
    footage = Footage(width, height, frames, 24.0, frames / 24, 10_000, "h264")
    values: dict[str, object] = {
        "charged": Verdict.YES,
        "project": "Lighthouse film",
        "shot": "12B",
        "takes": 4,
        "task": "cgt-20261122-abc",
        "file": "clips/2026-11-22 Lighthouse film 12B.mp4",
        "stage": Stage.READY,
        "footage": footage,
    }
    made = 1_795_300_000_000
    return Clip(new_id(), recipe, made, "https://gateway.example", Money(28), **{**values, **changes})  # type: ignore[arg-type]


class Decoder:
    """Answers `FramesWanted` from a file decoded as a whole."""

    def __init__(self, file: Path) -> None:
        self.asked: list[FramesWanted] = []
        self._all = list(_decoded(file))

    def answer(self, wanted: FramesWanted) -> list[Frame]:
        self.asked.append(wanted)
        return self._all[wanted.first : wanted.last + 1]


def _decoded(file: Path) -> Iterator[Frame]:
    with av.open(str(file)) as container:
        for number, frame in enumerate(container.decode(video=0)):
            y, u, v = frame.planes
            planes = (bytes(y), bytes(u), bytes(v))
            strides = (y.line_size, u.line_size, v.line_size)
            when = round(number * 1_000_000 / 24)
            yield Frame(number, when, frame.width, frame.height, planes, strides)


def test_the_pictures_carry_their_numbers(tmp_path: Path) -> None:
    file = make_clip(tmp_path / "numbered.mp4", 160, 90, 50)
    frames = Decoder(file).answer(FramesWanted(str(file), 0, 49))
    assert [frame.number for frame in frames] == list(range(50))
    luma = [frame.planes[0] for frame in frames]
    read = [sum((line[20 * bit + 10] > 128) << bit for bit in range(BITS)) for line in luma]
    assert read == list(range(50))
