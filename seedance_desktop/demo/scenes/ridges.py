"""Mountains behind mountains, with mist between them and balloons above on some days."""

import math
import random
from dataclasses import dataclass
from typing import Final

from PIL import Image, ImageDraw

from seedance_desktop.demo.canvas import (
    Colour,
    Point,
    Size,
    curve,
    disc,
    glide,
    glow,
    gradient,
    ground,
    light,
    mix,
    noise,
    nudge,
    ramp,
    ridge,
    tint,
)

LAYERS: Final = 6
# sky above, sky at the horizon, sun, far mountains, near mountains
PALETTES: Final[tuple[tuple[Colour, Colour, Colour, Colour, Colour], ...]] = (
    ((86, 116, 158), (226, 220, 216), (255, 250, 236), (168, 184, 204), (22, 38, 58)),
    ((64, 70, 122), (250, 190, 150), (255, 232, 196), (190, 142, 152), (36, 24, 48)),
    ((44, 88, 108), (214, 226, 196), (255, 252, 222), (142, 178, 170), (14, 40, 44)),
    ((98, 78, 128), (252, 206, 188), (255, 240, 220), (196, 158, 182), (40, 28, 62)),
)
BALLOONS: Final[tuple[tuple[Colour, Colour], ...]] = (
    ((196, 70, 60), (244, 196, 110)),
    ((40, 94, 120), (236, 226, 204)),
    ((128, 74, 116), (238, 170, 140)),
)


@dataclass(frozen=True)
class Balloon:
    """A balloon: its picture, where it starts, and how it drifts (pixels, pixels a second)."""

    picture: Image.Image
    start: Point
    drift: Point


class Ridges:
    """Six mountain lines in haze, passing each other as the camera slides."""

    def __init__(self, size: Size, dice: random.Random, *, balloons: bool) -> None:
        """Draw everything that doesn't change."""
        self._size = size
        self._slide = size[0] * 0.012  # pixels a second of the nearest mountains
        sky, horizon, sun, far, near = dice.choice(PALETTES)
        self._sky = self._paint_sky(dice, sky, horizon, sun)
        self._layers = [self._layer(dice, depth / (LAYERS - 1), horizon, far, near) for depth in range(LAYERS)]
        self._mist = curve(noise((size[0] * 2, size[1]), dice, (5, 4)), lambda value: (value - 0.42) * 1.5)
        self._mist_colour = mix(horizon, (255, 255, 255), 0.2)
        self._balloons = [self._balloon(dice, index) for index in range(4)] if balloons else []

    def frame(self, second: float) -> Image.Image:
        """Draw the moment `second`."""
        picture = self._sky.copy()
        for depth, (mask, colour, top) in enumerate(self._layers):
            if depth == 2:
                self._fly(picture, second)
            speed = self._slide * (0.08 + 0.92 * (depth / (LAYERS - 1)) ** 1.6)
            height = self._size[1] - top
            picture.paste(colour, (0, top), glide(mask, (self._size[0], height), 2 + speed * second))
            if depth in (1, 3):
                self._drift_mist(picture, second, depth)
        return picture

    def _paint_sky(self, dice: random.Random, sky: Colour, horizon: Colour, sun: Colour) -> Image.Image:
        width, height = self._size
        picture = gradient(self._size, [(0, sky), (0.35, mix(sky, horizon, 0.55)), (0.62, horizon), (1, horizon)])
        centre = (width * dice.uniform(0.25, 0.75), height * dice.uniform(0.24, 0.36))
        reach = max(width, height)
        light(picture, sun, glow(self._size, centre, (reach * 0.6, reach * 0.6), falloff=2.6))
        radius = min(width, height) * 0.045
        picture.paste(mix(sun, (255, 255, 255), 0.7), (0, 0), disc(self._size, centre, radius))
        return picture

    def _layer(
        self, dice: random.Random, depth: float, horizon: Colour, far: Colour, near: Colour
    ) -> tuple[Image.Image, Image.Image, int]:
        """A mountain line: its mask (wider than the picture), its colours, and where it begins."""
        width, height = self._size
        base = height * (0.43 + 0.43 * depth)
        swing = height * (0.13 + 0.06 * (1 - abs(depth - 0.4)))
        line = [base + value * swing for value in ridge(dice, 8, 0.56)]
        top = max(0, int(min(line)) - int(height * 0.04))
        size = (width + round(self._slide * 10) + 6, height - top)
        mask = ground(size, [value - top for value in line])
        if depth == 1:
            self._plant(mask, dice, [value - top for value in line])
        body = mix(far, near, depth**1.35)
        foot = mix(body, horizon, 0.62 * (1 - depth) + 0.06)
        return mask, gradient((width, height - top), [(0, body), (0.16, body), (0.75, foot), (1, foot)]), top

    def _plant(self, mask: Image.Image, dice: random.Random, line: list[float]) -> None:
        """Put firs on the nearest crest."""
        draw = ImageDraw.Draw(mask)
        step = mask.width / (len(line) - 1)
        x = 0.0
        while x < mask.width:
            foot = line[min(len(line) - 1, int(x / step))] + 4
            tall = self._size[1] * dice.uniform(0.012, 0.04)
            for level in range(4):
                reach = tall * 0.24 * (1 - level / 5)
                low = foot - tall * level * 0.2
                draw.polygon([(x - reach, low), (x + reach, low), (x, low - tall * 0.42)], fill=255)
            x += dice.uniform(0.25, 1.5) * self._size[1] * 0.016

    def _drift_mist(self, picture: Image.Image, second: float, depth: int) -> None:
        width, height = self._size
        top, high = round(height * (0.4 + 0.1 * depth)), round(height * 0.3)
        veil = glide(self._mist, (width, high), width * 0.3 * depth + second * (3 + depth), top)
        veil.paste(0, (0, 0), ramp((width, high), [(0, 255), (0.5, 40), (1, 255)]))
        tint(picture, self._mist_colour, veil, (0, top))

    def _balloon(self, dice: random.Random, index: int) -> Balloon:
        width, height = self._size
        tall = round(min(self._size) * (0.3, 0.17, 0.11, 0.08)[index])
        place = ((0.68, 0.3, 0.45, 0.88)[index] + dice.uniform(-0.08, 0.08), (0.26, 0.2, 0.34, 0.38)[index])
        drift = (width * dice.uniform(-0.006, 0.006), -height * 0.006 * tall / min(self._size) * 4)
        return Balloon(_balloon_picture(tall, *dice.choice(BALLOONS)), (place[0] * width, place[1] * height), drift)

    def _fly(self, picture: Image.Image, second: float) -> None:
        for balloon in reversed(self._balloons):
            sway = math.sin(second * 0.8 + balloon.start[0]) * self._size[1] * 0.002
            x = balloon.start[0] + balloon.drift[0] * second
            y = balloon.start[1] + balloon.drift[1] * second + sway
            box = (int(x), int(y))
            sprite = nudge(balloon.picture, x - box[0], y - box[1])
            picture.paste(sprite, (box[0] - sprite.width // 2, box[1] - sprite.height // 2), sprite)


def _balloon_picture(tall: int, dark: Colour, bright: Colour) -> Image.Image:
    """A striped balloon of a given height in pixels, RGBA, with an empty border."""
    k = 4
    wide, high = round(tall * 0.76) * k, tall * k
    image = Image.new("RGBA", (wide, high))
    draw = ImageDraw.Draw(image)
    middle, radius = wide / 2, wide / 2 - 3 * k
    top, waist, neck = 3 * k, high * 0.36, high * 0.78
    for stripe in range(7):
        edge = radius * math.cos(math.pi * stripe / 7 / 2 * 1.0) if stripe else radius
        colour = bright if stripe % 2 else dark
        draw.ellipse((middle - edge, top, middle + edge, waist * 2 - top), fill=colour)
        draw.polygon(
            [
                (middle - edge * 0.94, waist * 1.25),
                (middle + edge * 0.94, waist * 1.25),
                (middle + edge * 0.2, neck),
                (middle - edge * 0.2, neck),
            ],
            fill=colour,
        )
    basket = high * 0.05
    draw.line((middle - basket, neck, middle - basket * 0.7, high * 0.88), fill=(60, 44, 40), width=k // 2)
    draw.line((middle + basket, neck, middle + basket * 0.7, high * 0.88), fill=(60, 44, 40), width=k // 2)
    draw.rectangle((middle - basket * 0.8, high * 0.88, middle + basket * 0.8, high * 0.96), fill=(92, 58, 40))
    shade = Image.linear_gradient("L").rotate(90).resize(image.size)
    night = Image.new("RGBA", image.size, mix(dark, (20, 16, 40), 0.8))
    shaded = Image.composite(night, image, shade.point([round(value * 0.45) for value in range(256)]))
    shaded.putalpha(image.getchannel("A"))
    return shaded.reduce(k)
