"""What can be asked for: models, prices, sizes and limits (GATEWAY.md, November 2026)."""

from __future__ import annotations

from dataclasses import dataclass

from .money import Money

DEFAULT_GATEWAY = "https://api.chatgpttech.mobi"
KEY_PAGE = "https://api.chatgpttech.mobi"
DEMO = "demo"
"""What a demo clip's gateway is called: its port changes at every start."""

RATIOS = ("16:9", "9:16", "1:1")
DURATIONS = (5, 10)
RESOLUTIONS = ("480p", "720p", "1080p")
MOST_TAKES = 8
MOST_BATCH = 64
"""The most clips of one click, variations times takes: so many can still be looked through before they are paid."""
MOST_REFERENCES = 9
FPS = 24

SIZES: dict[tuple[str, str], tuple[int, int]] = {
    ("480p", "16:9"): (864, 496),
    ("480p", "9:16"): (496, 864),
    ("480p", "1:1"): (640, 640),
    ("720p", "16:9"): (1280, 720),
    ("720p", "9:16"): (720, 1280),
    ("720p", "1:1"): (960, 960),
    ("1080p", "16:9"): (1920, 1080),
    ("1080p", "9:16"): (1080, 1920),
    ("1080p", "1:1"): (1440, 1440),
}
"""(resolution, ratio) to the (width, height) in pixels that upstream renders."""

# Upstream's limits on an image, and the tighter ones that relays have been seen to set.
IMAGE_LEAST_SIDE = 300
IMAGE_LEAST_SHAPE = 0.4
IMAGE_MOST_SHAPE = 2.5
IMAGE_MOST_BYTES = 30_000_000
WIRE_LONG_SIDE = 2048
WIRE_IMAGE_BYTES = 4_000_000
WIRE_BODY_BYTES = 8_000_000

ADVISED_CHINESE_CHARACTERS = 500
ADVISED_ENGLISH_WORDS = 1000


@dataclass(frozen=True, slots=True)
class Model:
    """A model of the gateway: its wire id, its name for people and its list price per generation."""

    id: str
    name: str
    price: Money


SEEDANCE_2 = Model("doubao/doubao-seedance-2-0-260128", "Seedance 2.0", Money(28))
MODELS = {SEEDANCE_2.id: SEEDANCE_2}


def shape(ratio: str) -> float:
    """Width over height of an aspect ratio such as `"16:9"`."""
    width, height = ratio.split(":")
    return int(width) / int(height)


def kept(width: int, height: int, ratio: str) -> tuple[float, float, float, float]:
    """The part of a `width` x `height` picture that upstream keeps for `ratio`: a crop at the centre.

    Returns (left, top, width, height) as shares of the picture, each from 0 to 1.
    """
    want, have = shape(ratio), width / height
    if have > want:
        share = want / have
        return ((1 - share) / 2, 0.0, share, 1.0)
    share = have / want
    return (0.0, (1 - share) / 2, 1.0, share)
