"""Puts a clip's recipe into its MP4, where other programs show it too, and reads it back."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import av.error
from av.container import InputContainer, OutputContainer
from av.stream import Stream

from seedance_desktop.domain.errors import BadClip, DiskProblem

from . import containers, files

_PROGRAM = "Seedance Desktop"
_VERSION = 1
_MOST_JSON = 1_000_000
_CONTAINERS_OWN = frozenset(("major_brand", "minor_version", "compatible_brands", "encoder"))


def write(source: Path, target: Path, recipe: Mapping[str, Any], title: str) -> None:
    """Copy the MP4 `source` to `target` packet by packet with the recipe in it; nothing is encoded again.

    Standard tags: title, description (the recipe's `"prompt"`), comment (`{"seedance": 1, "recipe": {…}}`), encoder.
    Its index comes first, so that it plays while it loads. What was written is read again: every packet and time
    must be the same. Raises `BadClip` (recipe-not-written: keep the original), `DiskProblem`; then `target` is as it
    was before.
    """
    with files.replacing(target) as temporary:
        _remux(source, temporary, tags(recipe, title))
        if not _same(source, temporary):
            raise _not_written(source)


def read(path: Path) -> dict[str, Any] | None:
    """The recipe inside a clip's file, None where there is none that can be read. Raises `BadClip`, `DiskProblem`."""
    with containers.opened(path, threads=False) as (container, _):
        comment = container.metadata.get("comment", "")
    if not comment.startswith("{") or len(comment) > _MOST_JSON:
        return None
    try:
        found = json.loads(comment)
    except (ValueError, RecursionError):
        return None
    recipe = found.get("recipe") if "seedance" in found else None
    return recipe if isinstance(recipe, dict) else None


def tags(recipe: Mapping[str, Any], title: str) -> dict[str, str]:
    """The tags that carry a recipe in a file; the JSON is ASCII, so that any text survives any program."""
    return {
        "title": _plain(title),
        "description": _plain(str(recipe.get("prompt", ""))),
        "comment": json.dumps({"seedance": _VERSION, "recipe": dict(recipe)}),
        "encoding_tool": _PROGRAM,
    }


def _plain(text: str) -> str:
    """Without what a C string or UTF-8 cannot hold."""
    return text.replace("\0", "").encode("utf-8", "replace").decode("utf-8")


def _copied(container: InputContainer) -> list[Stream]:
    return [stream for stream in container.streams if stream.type in ("video", "audio")]


def _remux(source: Path, target: Path, words: dict[str, str]) -> None:
    with containers.opened(source, threads=False) as (container, video), _writing(source, target):
        clock = video.time_base.denominator if video.time_base else 1000
        options = {"movflags": "+faststart", "movie_timescale": str(clock)}  # so that edit lists round nothing
        with av.open(str(target.absolute()), "w", format="mp4", options=options) as out:
            kept = {name: text for name, text in container.metadata.items() if name not in _CONTAINERS_OWN}
            out.metadata.update({**kept, **words})
            streams = {stream.index: _added(out, stream) for stream in _copied(container)}
            for packet in container.demux(*_copied(container)):
                if packet.size:
                    packet.stream = streams[packet.stream_index]
                    out.mux(packet)


@contextmanager
def _writing(source: Path, target: Path) -> Iterator[None]:
    """What goes wrong in the block is the disk's fault or the format's, not that of a clip which has been opened."""
    try:
        yield
    except OSError as error:
        raise DiskProblem.of(error, str(target)) from error
    except (av.error.FFmpegError, ValueError, ArithmeticError, LookupError) as error:
        raise _not_written(source) from error


def _not_written(source: Path) -> BadClip:
    return BadClip("recipe-not-written", name=source.name)


def _added(out: OutputContainer, stream: Stream) -> Stream:
    """The stream of `out` that takes the packets of `stream`; keeps its tag, by which players tell hvc1 from hev1."""
    made = out.add_stream_from_template(stream, opaque=True)
    made.metadata.update(stream.metadata)
    if stream.codec_tag.isalnum():
        made.codec_tag = stream.codec_tag
    return made


def _same(source: Path, copy: Path) -> bool:
    """Whether the copy holds the same packets at the same times."""
    if not copy.exists():  # FFmpeg makes no file where there is nothing to write
        return False
    before = _contents(source)
    try:
        return before == _contents(copy)
    except BadClip:
        return False


def _contents(path: Path) -> list[tuple[str, int, str, tuple[Fraction, ...]]]:
    """Of each stream: its kind, how many packets, a hash over their bytes, and when they are presented in seconds."""
    with containers.opened(path, threads=False) as (container, _):
        streams = _copied(container)
        kinds = {stream.index: stream.type for stream in streams}
        hashes = {index: hashlib.sha256() for index in kinds}
        times: dict[int, list[Fraction]] = {index: [] for index in kinds}
        for index, data, time in _presented(container, streams):
            hashes[index].update(data)
            times[index].append(time)
        return [(kinds[index], len(times[index]), hashes[index].hexdigest(), tuple(times[index])) for index in kinds]


def _presented(container: InputContainer, streams: list[Stream]) -> Iterator[tuple[int, bytes, Fraction]]:
    for packet in container.demux(*streams):
        if packet.size:
            yield packet.stream_index, bytes(packet), (packet.pts or 0) * packet.time_base
