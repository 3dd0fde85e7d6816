"""Northern lights over a lake: curtains that wave, stars, dark firs, and all of it again in the water."""

import math
import random
from typing import Final

from PIL import Image, ImageChops, ImageDraw

from seedance_desktop.demo.canvas import (
    Colour,
    Size,
    curve,
    fade,
    glide,
    gradient,
    ground,
    light,
    mix,
    noise,
    ramp,
    ridge,
    soften,
    tint,
)

# sky above, sky low, curtains (three), land
PALETTES: Final[tuple[tuple[Colour, ...], ...]] = (
    ((6, 12, 32), (18, 58, 82), (64, 232, 166), (52, 168, 206), (128, 92, 214), (4, 12, 20)),
    ((10, 8, 34), (36, 42, 88), (92, 220, 196), (168, 96, 214), (232, 104, 160), (8, 8, 22)),
    ((4, 16, 26), (14, 62, 66), (150, 240, 130), (46, 206, 158), (44, 134, 196), (3, 12, 14)),
)
STRIPS: Final = 150  # the curtains are drawn this many pixels wide
HIGH: Final = 120  # and high


class Aurora:
    """A winter night by a lake."""

    def __init__(self, size: Size, dice: random.Random) -> None:
        """Draw everything that doesn't change."""
        self._size = size
        self._palette = dice.choice(PALETTES)
        width, height = size
        self._shore = round(height * 0.68)
        sky = gradient((width, self._shore), [(0, self._palette[0]), (1, self._palette[1])])
        self._stars = [self._star_field(dice) for _ in range(2)]
        self._sky = sky
        self._flame = ramp((1, 96), [(0, 0), (0.35, 34), (0.7, 120), (0.93, 255), (1, 0)])
        self._strips: dict[tuple[int, int], Image.Image] = {}
        self._curtains = [self._curtain(dice, index) for index in range(3)]
        self._land = self._mountains(dice)
        self._firs = self._forest(dice)
        self._ripples = noise(
            (round(width * 1.1), height - self._shore), dice, (width // 60, (height - self._shore) // 3), 2
        )

    def frame(self, second: float) -> Image.Image:
        """Draw the moment `second`."""
        upper = self._sky.copy()
        for index, stars in enumerate(self._stars):
            light(upper, (226, 234, 255), fade(stars, 0.72 + 0.28 * math.sin(second * (1.3 + index) + index * 2)))
        lights = Image.new("RGB", (STRIPS, HIGH))
        for index, curtain in enumerate(self._curtains):
            light(lights, self._palette[2 + index], self._wave(curtain, second))
        upper = ImageChops.screen(upper, lights.resize(upper.size, Image.Resampling.BICUBIC))
        tint(upper, mix(self._palette[1], self._palette[5], 0.62), self._land)
        return self._with_lake(upper, second)

    def _star_field(self, dice: random.Random) -> Image.Image:
        width, height = self._size[0] * 2, self._shore * 2
        stars = Image.new("L", (width, height))
        draw = ImageDraw.Draw(stars)
        for _ in range(width * height // 9000):
            x, y = dice.uniform(0, width), height * dice.random() ** 1.4
            radius, value = dice.choice(((0.6, 150), (0.6, 210), (1.0, 190), (1.3, 255)))
            draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill=value)
        return stars.reduce(2)

    def _curtain(self, dice: random.Random, index: int) -> list[tuple[float, float, float]]:
        """Waves (length, speed, phase) that give a curtain its folds."""
        return [
            (
                dice.uniform(0.7, 1.3) * (1.1, 2.7, 6.3, 15.0)[wave],
                dice.uniform(0.12, 0.3) * (1, -1)[wave % 2] * (1 + wave * 0.5),
                dice.uniform(0, math.tau) + index,
            )
            for wave in range(4)
        ]

    def _wave(self, waves: list[tuple[float, float, float]], second: float) -> Image.Image:
        """A curtain as it hangs now: strips of one flame, each with its own foot, height and strength."""
        high = HIGH
        small = Image.new("L", (STRIPS, high))
        depth = 0.36 + 0.07 * (waves[0][2] % 3)
        for x in range(STRIPS):
            at = x / STRIPS
            folds = [math.sin(at * length * 2 + speed * second * 2 + phase) for length, speed, phase in waves]
            foot = high * (depth + 0.26 + 0.11 * folds[0] + 0.06 * folds[1] + 0.018 * folds[2])
            tall = max(4, 2 * round(high / 2 * (0.42 + 0.12 * folds[1] + 0.08 * folds[2])))
            strong = 0.34 + 0.30 * folds[0] * folds[1] + 0.20 * folds[2] + 0.26 * folds[3] * (0.6 + folds[2] * 0.4)
            if strong > 0.02:
                small.paste(self._strip(round(min(0.95, strong) * 40), tall), (x, round(foot) - tall))
        return soften(small, 0.9)

    def _strip(self, strong: int, tall: int) -> Image.Image:
        """One pixel's width of flame; there are only so many, so each is made once."""
        if (strong, tall) not in self._strips:
            self._strips[strong, tall] = fade(self._flame, strong / 40).resize((1, tall))
        return self._strips[strong, tall]

    def _mountains(self, dice: random.Random) -> Image.Image:
        size = (self._size[0], self._shore)
        crest = [self._shore * (0.88 - 0.09 * value) for value in ridge(dice, 7, 0.52)]
        return ground(size, crest)

    def _forest(self, dice: random.Random) -> Image.Image:
        """Firs on both banks of the shore, as a mask."""
        width, height = self._size
        k = 3
        mask = Image.new("L", (width * k, self._shore * k))
        draw = ImageDraw.Draw(mask)
        draw.rectangle((0, (self._shore - height * 0.008) * k, width * k, self._shore * k), fill=255)
        x = -0.02
        while x < 1.02:
            near = abs(x - 0.5) * 2
            tall = height * (0.02 + 0.11 * near**2.2) * dice.uniform(0.65, 1.2)
            _fir(draw, x * width * k, self._shore * k, tall * k)
            x += dice.uniform(0.25, 0.8) * (0.008 + 0.016 * near)
        return mask.reduce(k)

    def _with_lake(self, upper: Image.Image, second: float) -> Image.Image:
        width, height = self._size
        tint(upper, self._palette[5], self._firs)
        picture = Image.new("RGB", self._size)
        picture.paste(upper)
        deep = height - self._shore
        mirror = upper.transpose(Image.Transpose.FLIP_TOP_BOTTOM).resize(
            (width, deep), Image.Resampling.BILINEAR, box=(0, 0, width, min(self._shore, deep * 1.7))
        )
        blurred = mirror.resize((width // 2, max(1, deep // 12))).resize((width, deep), Image.Resampling.BICUBIC)
        spare = self._ripples.width - width
        ripple = ImageChops.add(
            glide(self._ripples, (width, deep), spare * second / 20),
            glide(self._ripples, (width, deep), spare * (1 - second / 25)),
            2,
        )
        water = Image.composite(blurred, mirror, curve(ripple, lambda value: (value - 0.4) * 4))
        water = Image.blend(water, Image.new("RGB", water.size, self._palette[5]), 0.3)
        light(water, mix((0, 0, 0), self._palette[2], 0.35), curve(ripple, lambda value: (value - 0.62) * 2.2))
        picture.paste(water, (0, self._shore))
        return picture


def _fir(draw: ImageDraw.ImageDraw, x: float, foot: float, tall: float) -> None:
    for level in range(6):
        reach = tall * 0.2 * (1 - level / 6.6)
        low = foot - tall * (0.08 + level * 0.145)
        draw.polygon([(x - reach, low), (x + reach, low), (x, low - tall * 0.26)], fill=255)
    draw.rectangle((x - tall * 0.012, foot - tall * 0.1, x + tall * 0.012, foot), fill=255)
