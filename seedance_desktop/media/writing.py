"""Opens the file of an export: whole or not at all, and what goes wrong said as the disk's fault or the format's."""

from __future__ import annotations

import errno
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import av.error
from av.container import OutputContainer
from av.packet import Packet
from av.stream import Stream

from seedance_desktop.domain.errors import BadClip, DiskProblem

KINDS = {".mp4": "mp4", ".m4v": "mp4", ".mov": "mov"}
"""The endings of files that can be written, and FFmpeg's names for what they hold."""
_DISK = (errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EROFS, errno.EACCES, errno.EPERM, errno.ENOENT, errno.EFBIG)


def failed(target: Path) -> BadClip:
    """An export that this machine's FFmpeg would not make."""
    return BadClip("export-failed", name=target.name)


@contextmanager
def faults(target: Path) -> Iterator[None]:
    """What goes wrong in the block is the fault of the disk of `target`, or of the format: `DiskProblem`, `BadClip`
    (export-failed)."""
    try:
        yield
    except av.error.FFmpegError as error:
        if error.errno in _DISK:
            raise DiskProblem.of(OSError(error.errno, error.strerror), str(target)) from error
        raise failed(target) from error
    except OSError as error:
        raise DiskProblem.of(error, str(target)) from error
    except (ValueError, ArithmeticError, LookupError, MemoryError) as error:
        raise failed(target) from error


@contextmanager
def output(
    path: Path, kind: str, tags: Mapping[str, str], *, clock: int = 0, quick: bool = True
) -> Iterator[OutputContainer]:
    """A container to fill; `kind` is one of those of `KINDS`.

    `clock` are the parts of a second that its edit lists count in; `quick` puts its index first, so that it plays while
    it loads.
    """
    options = {"movflags": "+faststart"} if quick else {}
    if clock:
        options["movie_timescale"] = str(clock)
    with av.open(str(path.absolute()), "w", format=kind, options=options) as out:
        out.metadata.update(tags)
        yield out


def like(out: OutputContainer, stream: Stream) -> Stream:
    """A stream of `out` for packets of `stream`; keeps its tag, by which players tell hvc1 from hev1."""
    made = out.add_stream_from_template(stream, opaque=True)
    made.metadata.update({name: text for name, text in stream.metadata.items() if name != "timecode"})
    if stream.codec_tag.isalnum():
        made.codec_tag = stream.codec_tag
    return made


def time(packet: Packet[Any]) -> Fraction:
    """When a packet is decoded, in seconds."""
    at = packet.dts if packet.dts is not None else packet.pts
    return (at or 0) * packet.time_base


def kind_of(target: Path) -> str:
    """FFmpeg's name for what a file of that name holds; `BadClip` (export-failed) for any that isn't written."""
    kind = KINDS.get(target.suffix.lower())
    if kind is None:
        raise failed(target)
    return kind
