"""Tells what a file's bytes are, and whether an image holds anything besides its picture; decodes nothing."""

from __future__ import annotations

from collections.abc import Iterator

_STARTS = (
    (b"\xff\xd8\xff", ".jpg"),
    (b"\x89PNG\r\n\x1a\n", ".png"),
    (b"GIF87a", ".gif"),
    (b"GIF89a", ".gif"),
    (b"II*\x00", ".tiff"),
    (b"MM\x00*", ".tiff"),
    (b"BM", ".bmp"),
)
_AVIF = (b"avif", b"avis")
_HEIC = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"hevm", b"hevs", b"mif1", b"msf1")
_PAGE_TAGS = (b"<!doctype html", b"<html", b"<head", b"<body", b"<script", b"<meta", b"<title")

_PNG_PICTURE = frozenset((b"IHDR", b"PLTE", b"IDAT", b"IEND", b"sRGB", b"gAMA", b"cHRM", b"sBIT", b"pHYs", b"bKGD"))
_WEBP_PICTURE = frozenset((b"VP8 ", b"VP8L", b"VP8X"))
_JPEG_EXTRAS = frozenset({0xFE, *range(0xE1, 0xEE), 0xEF})  # comment; APP1 (EXIF, XMP) to APP13, APP15
_JFIF_SIZE = 16  # of an APP0 without a small picture in it


def suffix(data: bytes) -> str:
    """The suffix of an image's format such as `".jpg"`, told by content; empty where it is none that is known."""
    for start, kind in _STARTS:
        if data.startswith(start):
            return kind
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return ".webp"
    if data[4:8] == b"ftyp":
        return _brand(data)
    return ""


def _brand(data: bytes) -> str:
    """HEIC or AVIF by the brands of an ISO media file's `ftyp` box (ISO/IEC 14496-12, 4.3)."""
    size = min(int.from_bytes(data[:4], "big"), 256)
    brands = [data[8:12], *(data[at : at + 4] for at in range(16, size, 4))]
    if any(brand in _AVIF for brand in brands):
        return ".avif"
    return ".heic" if any(brand in _HEIC for brand in brands) else ""


def is_page(data: bytes) -> bool:
    """Whether the bytes begin as a web page does."""
    start = data[:2048].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if not start.startswith(b"<"):
        return False
    return start.startswith(_PAGE_TAGS) or b"<html" in start


def bare(data: bytes, kind: str) -> bool:
    """Whether a JPEG, PNG or WebP holds its picture only: no EXIF, GPS, XMP, text, colour profile, animation.

    PNG: 8 bits a channel, no palette, no transparency. False for any other format and for anything doubtful.
    """
    if kind == ".jpg":
        return _bare_jpeg(data)
    if kind == ".png":
        return data[24:26] in (b"\x08\x00", b"\x08\x02") and _only(_png_chunks(data), _PNG_PICTURE)
    return kind == ".webp" and _only(_webp_chunks(data), _WEBP_PICTURE)


def _only(names: Iterator[bytes], wanted: frozenset[bytes]) -> bool:
    return all(name in wanted for name in names)


def _png_chunks(data: bytes) -> Iterator[bytes]:
    at = 8
    while at < len(data):
        name = data[at + 4 : at + 8]
        yield name
        at += 12 + int.from_bytes(data[at : at + 4], "big")
        if name == b"IEND" and at < len(data):
            yield b"rest"


def _webp_chunks(data: bytes) -> Iterator[bytes]:
    at = 12
    while at < len(data):
        yield data[at : at + 4]
        size = int.from_bytes(data[at + 4 : at + 8], "little")
        at += 8 + size + size % 2


def _bare_jpeg(data: bytes) -> bool:
    at = 2
    while at + 4 <= len(data) and data[at] == 0xFF:
        marker = data[at + 1]
        size = int.from_bytes(data[at + 2 : at + 4], "big")
        if marker in _JPEG_EXTRAS or (marker == 0xE0 and size != _JFIF_SIZE):
            return False
        if marker == 0xDA:
            return data.endswith(b"\xff\xd9") and data.count(b"\xff\xd8\xff", at) == 0
        at += 2 + size
    return False
