"""A city in the rain at night: windows, neon, lights out of focus, all of it again in the wet street."""

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
    light,
    mix,
    noise,
    ramp,
    soften,
    tint,
)

# sky above, sky low, towers far, towers near, windows, neon (three)
PALETTES: Final[tuple[tuple[Colour, ...], ...]] = (
    (
        (14, 10, 38),
        (96, 44, 118),
        (58, 32, 88),
        (14, 10, 28),
        (255, 206, 140),
        (255, 72, 150),
        (72, 200, 255),
        (170, 92, 255),
    ),
    (
        (6, 16, 32),
        (24, 84, 104),
        (20, 52, 72),
        (6, 14, 24),
        (255, 220, 160),
        (255, 122, 76),
        (60, 226, 204),
        (250, 196, 92),
    ),
    (
        (20, 12, 26),
        (132, 60, 66),
        (82, 40, 56),
        (18, 10, 20),
        (255, 214, 150),
        (255, 92, 92),
        (255, 180, 84),
        (130, 130, 255),
    ),
)


class City:
    """An avenue at night."""

    def __init__(self, size: Size, dice: random.Random) -> None:
        """Draw everything that doesn't change."""
        self._size = size
        self._palette = dice.choice(PALETTES)
        self._street = round(size[1] * 0.7)
        self._slide = size[0] * 0.011  # pixels a second of the nearest towers
        self._sky = gradient(
            (size[0], self._street),
            [(0, self._palette[0]), (0.85, self._palette[1]), (1, mix(self._palette[1], self._palette[5], 0.4))],
        )
        haze = ramp((size[0], self._street), [(0, 0), (0.5, 24), (1, 190)])
        self._haze = [fade(haze, 0.8), fade(haze, 0.5)]  # before the second and before the third row
        for veil in self._haze:
            tint(self._sky, self._palette[1], veil)
        self._rows = [self._towers(dice, depth) for depth in range(3)]
        self._wetness = gradient_light((size[0], size[1] - self._street))
        self._sheen = Image.new("RGB", self._wetness.size, mix((0, 0, 0), self._palette[1], 0.22))
        self._eaves = round(self._street * 0.36)  # no sign hangs higher
        self._signs = [self._neon(dice, depth) for depth in (1, 2)]
        self._bulbs = [self._bulb(dice) for _ in range(13)]
        self._rain = [self._streaks(dice, near) for near in (0, 1)]
        wet = (round(size[0] * 1.1), size[1] - self._street)
        self._wet = noise(wet, dice, (max(4, wet[0] // 40), max(4, wet[1] // 3)), 2)

    def frame(self, second: float) -> Image.Image:
        """Draw the moment `second`."""
        upper = self._sky.copy()
        for depth, (row, mask) in enumerate(self._rows):
            left = 2 + self._slide * (0.15, 0.45, 1.0)[depth] * second
            upper.paste(glide(row, upper.size, left), (0, 0), glide(mask, upper.size, left))
            if depth:
                self._glow(upper, second, depth, left)
        picture = self._with_street(upper, second)
        self._float_bulbs(picture, second)
        self._fall(picture, second)
        return picture

    def _towers(self, dice: random.Random, depth: int) -> tuple[Image.Image, Image.Image]:
        """A row of towers, wider than the picture: its colours, already in haze, and its mask."""
        tower, windows = self._outlines(dice, depth)
        row = Image.new("RGB", tower.size, mix(self._palette[2], self._palette[3], depth / 2))
        tint(row, mix(self._palette[4], self._palette[1], 0.3 - 0.15 * depth), fade(windows, (0.55, 0.8, 1.0)[depth]))
        for haze in self._haze[depth:]:
            tint(row, self._palette[1], haze.resize(row.size))
        return row, tower

    def _outlines(self, dice: random.Random, depth: int) -> tuple[Image.Image, Image.Image]:
        """A row of towers and its lit windows, two masks."""
        k = 2
        wide = self._size[0] + round(self._slide * 10) + 6
        tower, windows = (Image.new("L", (wide * k, self._street * k)) for _ in range(2))
        paint, lamp = ImageDraw.Draw(tower), ImageDraw.Draw(windows)
        unit = min(self._size) * k
        x = -0.05 * unit
        while x < wide * k:
            across = unit * dice.uniform(0.07, 0.15) * (0.75 + 0.35 * depth)
            middle = abs((x + across / 2) / (wide * k) - 0.5) * 2
            tall = (
                self._street * k * (0.78 - 0.2 * depth + (0.34 * middle - 0.12) * depth * 0.6) * dice.uniform(0.55, 1.0)
            )
            top = self._street * k - tall
            paint.rectangle((x, top, x + across, self._street * k), fill=255)
            if dice.random() < 0.4:
                paint.rectangle((x + across * 0.3, top - unit * 0.02, x + across * 0.7, top), fill=255)
                paint.line((x + across / 2, top - unit * 0.07, x + across / 2, top), fill=255, width=k)
            self._windows(lamp, dice, (x, top, across, tall), depth)
            x += across * (1.0 + dice.choice((0.0, 0.04, 0.3)))
        return tower.reduce(k), windows.reduce(k)

    def _windows(
        self, lamp: ImageDraw.ImageDraw, dice: random.Random, box: tuple[float, float, float, float], depth: int
    ) -> None:
        x, top, across, tall = box
        pitch = (6, 9, 13)[depth] * max(1.0, min(self._size) / 540)
        columns, rows = max(2, int(across / pitch)), int(tall / pitch / 1.3)
        busy = dice.uniform(0.12, 0.5)
        for column in range(columns):
            for row in range(rows):
                if dice.random() < busy:
                    left = x + (column + 0.5) * across / columns - pitch * 0.2
                    high = top + (row + 0.7) * pitch * 1.3
                    lamp.rectangle((left, high, left + pitch * 0.42, high + pitch * 0.55), fill=dice.randint(70, 255))

    def _neon(self, dice: random.Random, depth: int) -> Image.Image:
        """The neon signs on a row of towers, with their glow, as light (RGB, black where there is none)."""
        wide, unit = self._rows[depth][0].width, min(self._size)
        lights = Image.new("RGB", (wide, self._street - self._eaves))
        for _ in range(4 + depth):
            tall, across = unit * dice.uniform(0.05, 0.14), unit * dice.uniform(0.012, 0.02)
            if dice.random() < 0.3:
                tall, across = across, tall
            mask = _sign(across, tall, unit)
            x = round(dice.uniform(0, wide - mask.width))
            y = round(dice.uniform(0, max(0, lights.height - mask.height)))
            light(lights, dice.choice(self._palette[5:]), mask, (x, y))
        return lights

    def _glow(self, picture: Image.Image, second: float, depth: int, left: float) -> None:
        box = (0, self._eaves, self._size[0], self._street)
        lights = glide(self._signs[depth - 1], (box[2], box[3] - box[1]), left)
        lights = fade(lights, 0.86 + 0.14 * math.sin(second * (2.1 + depth) + depth))
        picture.paste(ImageChops.screen(picture.crop(box), lights), box)

    def _with_street(self, upper: Image.Image, second: float) -> Image.Image:
        """The picture with its reflection, drawn out downwards as on wet asphalt."""
        width, height = self._size
        deep = height - self._street
        mirror = upper.transpose(Image.Transpose.FLIP_TOP_BOTTOM).resize(
            (width, deep), box=(0, 0, width, min(self._street, deep * 2))
        )
        drawn = mirror.resize((width // 3, 7), Image.Resampling.BOX).resize((width, deep), Image.Resampling.BICUBIC)
        spare = self._wet.width - width
        ripple = glide(self._wet, (width, deep), spare * (0.5 + 0.4 * math.sin(second * 0.5)))
        street = Image.composite(mirror, drawn, curve(ripple, lambda value: (value - 0.45) * 3))
        street = ImageChops.multiply(street, self._wetness)
        street = ImageChops.screen(street, self._sheen)
        picture = Image.new("RGB", self._size)
        picture.paste(upper)
        picture.paste(street, (0, self._street))
        return picture

    def _bulb(self, dice: random.Random) -> tuple[Image.Image, Colour, float, float, float]:
        """A light out of focus: mask, colour, place across and down, drift."""
        radius = round(min(self._size) * dice.uniform(0.03, 0.085))
        side = 2 * radius + 4
        mask = Image.new("L", (side * 2, side * 2))
        draw = ImageDraw.Draw(mask)
        draw.ellipse((4, 4, side * 2 - 5, side * 2 - 5), fill=46, outline=74, width=3)
        mask = fade(soften(mask, 1.6).reduce(2), dice.uniform(0.35, 0.95))
        place = dice.gauss(0.72, 0.1)
        return mask, dice.choice(self._palette[4:]), dice.random(), place, dice.uniform(0.008, 0.03)

    def _float_bulbs(self, picture: Image.Image, second: float) -> None:
        for mask, colour, across, down, drift in self._bulbs:
            x = ((across + drift * second) % 1.3 - 0.15) * self._size[0]
            y = down * self._size[1]
            at = (int(x), int(y) - mask.height // 2)
            part = x - at[0]
            moved = mask.resize(
                (mask.width - 2, mask.height),
                Image.Resampling.BILINEAR,
                box=(1 - part, 0, mask.width - 1 - part, mask.height),
            )
            left, right = max(0, at[0]), min(self._size[0], at[0] + moved.width)
            if right > left:
                light(picture, colour, moved.crop((left - at[0], 0, right - at[0], moved.height)), (left, at[1]))

    def _streaks(self, dice: random.Random, near: int) -> Image.Image:
        """Rain that repeats: a mask twice as high as the picture, of which any half fits the next."""
        width, height = self._size
        one = Image.new("L", (width, height))
        draw = ImageDraw.Draw(one)
        for _ in range((170, 70)[near] * width * height // (960 * 540)):
            x, y = dice.uniform(0, width), dice.uniform(0, height)
            long = min(self._size) * (0.03, 0.07)[near] * dice.uniform(0.6, 1.3)
            for turn in (0, -height):
                draw.line((x, y + turn, x - long * 0.12, y + turn + long), fill=(56, 78)[near], width=1 + near)
        one = soften(one, 0.6 + near * 0.5)
        both = Image.new("L", (width, height * 2))
        both.paste(one)
        both.paste(one, (0, height))
        return both

    def _fall(self, picture: Image.Image, second: float) -> None:
        height = self._size[1]
        far, near = (
            glide(rain, self._size, 0, (-second * pace) % 1.0 * height)
            for rain, pace in zip(self._rain, (1.1, 1.9), strict=True)
        )
        tint(picture, (196, 206, 232), ImageChops.lighter(far, near))


def _sign(wide: float, tall: float, unit: float) -> Image.Image:
    """One sign with its glow, as a mask; `unit` is the picture's shorter side, all in pixels."""
    size = (round(wide + unit * 0.3), round(tall + unit * 0.3))
    mask = Image.new("L", size)
    left, top = (size[0] - wide) / 2, (size[1] - tall) / 2
    ImageDraw.Draw(mask).rounded_rectangle((left, top, left + wide, top + tall), 2, fill=255)
    halo = soften(mask, unit * 0.032)
    return ImageChops.add(soften(mask, 0.7), curve(halo, lambda value: value * 1.8))


def gradient_light(size: Size) -> Image.Image:
    """Return how much a wet street gives back, from far to near."""
    return gradient(size, [(0, (250, 250, 255)), (0.4, (215, 215, 225)), (1, (120, 120, 135))])
