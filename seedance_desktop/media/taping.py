"""The sound of an export as packets: copied where they fit one behind the other, else encoded from the tape."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from contextlib import closing
from fractions import Fraction
from typing import Any

from av.audio.stream import AudioStream
from av.container import InputContainer, OutputContainer
from av.packet import Packet
from av.stream import Stream

from . import containers, sounds, writing
from .sounds import Timed

_SOUNDS = {
    "mp4": frozenset(("aac", "ac3", "eac3", "alac")),
    "mov": frozenset(("aac", "ac3", "eac3", "alac", "pcm_s16le", "pcm_s24le", "pcm_s16be", "pcm_s24be")),
}
_AAC_RATE = 256_000
_Plan = list[dict[int, int]]


def encoder(out: OutputContainer, codec: str, parts: Sequence[Timed]) -> AudioStream | None:
    """A stream for the parts' sound, as the first that has any; None where none has."""
    like = next((part.sound for part in parts if part.sound), None)
    if like is None:
        return None
    stream = out.add_stream(codec, rate=like.kept_rate, layout=like.kept_layout)
    assert isinstance(stream, AudioStream)
    if codec == "aac":
        stream.bit_rate = _AAC_RATE
    return stream


def encoded(stream: AudioStream | None, parts: Sequence[Timed]) -> Generator[Packet[Any], None, None]:
    """The whole tape through the encoder of `stream`; nothing where there is none."""
    like = next((part.sound for part in parts if part.sound), None)
    if stream is None or like is None:
        return
    with closing(sounds.tape(parts, like)) as tape:
        for frame in tape:
            yield from stream.encode(frame)
    yield from stream.encode(None)


def packets(
    out: OutputContainer, first: InputContainer, parts: Sequence[Timed], kind: str
) -> Generator[Packet[Any], None, None]:
    """The sound for pictures that are copied. `first` is the open file of the first part.

    The stream in `out` is made before this returns, so that it is there when the first packet is written.
    """
    source, plan = sounds.first(first), _plan(parts, kind)
    if source is not None and plan is not None:
        return _copied(parts, plan, writing.like(out, source))
    return encoded(encoder(out, "aac", parts), parts)


def _copied(parts: Sequence[Timed], plan: _Plan, made: Stream) -> Generator[Packet[Any], None, None]:
    for part, places in zip(parts, plan, strict=True):
        left = dict(places)
        with containers.opened(part.file, threads=False) as (container, _):
            for packet in container.demux(sounds.first(container)):
                place = left.pop(packet.pts, None) if packet.pts is not None and packet.size else None
                if place is not None:
                    packet.pts = packet.dts = place
                    packet.stream = made
                    yield packet
                if not left:
                    break


def _plan(parts: Sequence[Timed], kind: str) -> _Plan | None:
    """For each part: which packets are taken, and their time in the whole; None where they leave gaps or differ.

    Packets have a length, and cuts don't keep to it: at each seam the one goes on that lies nearest, at most half a
    packet beside its time, and what is amiss doesn't add up.
    """
    sound = parts[0].sound
    if sound is None or sound.codec not in _SOUNDS[kind] or any(part.sound != sound for part in parts):
        return None
    plan: _Plan = []
    following: int | None = None
    before = Fraction(0)
    for number, part in enumerate(parts):
        last = number == len(parts) - 1
        found = _placed(part, before / sound.unit, following, last=last)
        if not found:
            return None
        plan.append({pts: place for pts, place, _ in found})
        following = found[-1][1] + found[-1][2]
        before += part.seconds
    return plan


def _placed(part: Timed, offset: Fraction, following: int | None, *, last: bool) -> list[tuple[int, int, int]]:
    """(time in the file, time in the whole, length) of each packet; empty where one is missing."""
    found: list[tuple[int, int, int]] = []
    unit = part.sound.unit if part.sound else Fraction(1)
    end = offset + part.seconds / unit
    for pts, length in _lengths(part):
        place = pts - part.start / unit + offset
        if place >= end - (0 if last else Fraction(length, 2)):
            break
        if following is None:
            if place + 2 * length <= offset:  # one more than what is heard: the decoder begins with it
                continue
            following = round(place)
        if place < following - Fraction(length, 2):
            continue
        if place > following + Fraction(length, 2):
            return []
        found.append((pts, following, length))
        following += length
    return found


def _lengths(part: Timed) -> list[tuple[int, int]]:
    """Time and length of each packet of sound in the file."""
    with containers.opened(part.file, threads=False) as (container, _):
        return [
            (packet.pts, packet.duration or 0)
            for packet in container.demux(sounds.first(container))
            if packet.pts is not None and packet.size
        ]
