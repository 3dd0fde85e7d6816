"""Chooses the place that a prompt is set in: by its words where they name one, else by the seed."""

import random
from typing import Final, Protocol

from PIL import Image

from seedance_desktop.demo.canvas import Size
from seedance_desktop.demo.scenes.aurora import Aurora
from seedance_desktop.demo.scenes.city import City
from seedance_desktop.demo.scenes.dunes import Dunes
from seedance_desktop.demo.scenes.ridges import Ridges
from seedance_desktop.demo.scenes.sea import Sea

_WORDS: Final = {
    "lighthouse": ("lighthouse", "harbour", "harbor", "coast", "cliff", "keeper", "灯塔", "海岸", "港"),
    "boat": ("sea", "ocean", "boat", "ship", "sail", "wave", "beach", "water", "fish", "海", "船", "浪", "湾"),
    "balloons": ("balloon", "fly", "flight", "bird", "气球", "飞"),
    "ridges": ("mountain", "ridge", "mist", "fog", "valley", "hill", "forest", "morning", "山", "雾", "林", "谷"),
    "aurora": ("aurora", "northern light", "star", "snow", "winter", "lake", "night sky", "极光", "星", "雪", "湖"),
    "dunes": ("desert", "dune", "sand", "camel", "sahara", "沙", "漠", "骆驼"),
    "city": ("city", "rain", "neon", "street", "avenue", "car", "tokyo", "cyber", "城", "雨", "街", "霓虹", "都市"),
}


class Scene(Protocol):
    """A place: `frame` draws the moment `second` as RGB."""

    def frame(self, second: float) -> Image.Image: ...


def scene_for(prompt: str, size: Size, dice: random.Random) -> Scene:
    """Return the scene of a prompt at a size in pixels; `dice` decides all that the words leave open."""
    place = place_of(prompt) or dice.choice(sorted(_WORDS))
    if place in ("lighthouse", "boat"):
        return Sea(size, dice, lighthouse=place == "lighthouse")
    if place in ("ridges", "balloons"):
        return Ridges(size, dice, balloons=place == "balloons")
    if place == "aurora":
        return Aurora(size, dice)
    return Dunes(size, dice) if place == "dunes" else City(size, dice)


def place_of(prompt: str) -> str | None:
    """Return the place that a prompt names, or None. Words count from their beginning: "seaside", not "nausea"."""
    text = f" {prompt.lower()}"
    for place, words in _WORDS.items():
        for word in words:
            if (word if not word.isascii() else f" {word}") in text:
                return place
    return None
