"""Dunes in low light: every crest parts sun from shade, cloud shadows pass, sand blows, and somebody walks."""

import math
import random
from typing import Final

from PIL import Image, ImageChops, ImageDraw

from seedance_desktop.demo.canvas import (
    Colour,
    Point,
    Size,
    curve,
    disc,
    fade,
    fine,
    glide,
    glow,
    gradient,
    ground,
    light,
    mix,
    noise,
    nudge,
    ramp,
    silhouette,
    soften,
    tint,
)

# sky above, horizon, sun, sand in light, sand in shade
PALETTES: Final[tuple[tuple[Colour, ...], ...]] = (
    ((62, 112, 146), (236, 220, 180), (255, 248, 224), (222, 152, 84), (112, 60, 40)),
    ((48, 50, 100), (252, 176, 126), (255, 226, 176), (226, 126, 84), (78, 38, 60)),
    ((104, 132, 168), (244, 220, 206), (255, 250, 236), (224, 176, 138), (120, 82, 84)),
    ((16, 22, 54), (84, 96, 138), (232, 240, 255), (112, 116, 150), (26, 30, 58)),
)
DUNES: Final = 5


class Dunes:
    """A desert, early or late."""

    def __init__(self, size: Size, dice: random.Random) -> None:
        """Draw everything that doesn't change."""
        self._size = size
        self._palette = dice.choice(PALETTES)
        self._slide = size[0] * 0.009  # pixels a second of the nearest dune
        self._sky = self._paint_sky(dice)
        self._dunes = [self._dune(dice, depth / (DUNES - 1)) for depth in range(DUNES)]
        shadows = noise((size[0] * 2, size[1]), dice, (3, 3), 3)
        self._shadows = curve(shadows, lambda value: (value - 0.5) * 2.4)
        sand = noise((size[0] * 3, size[1]), dice, (9, 44), 3)
        self._sand = curve(sand, lambda value: (value - 0.56) * 2.2)
        self._walker = _walker(max(16, round(min(size) * 0.062)), mix(self._palette[4], (0, 0, 0), 0.55))
        self._walk_from = dice.uniform(0.36, 0.5)

    def frame(self, second: float) -> Image.Image:
        """Draw the moment `second`."""
        picture = self._sky.copy()
        for depth, (layer, mask, top, crest) in enumerate(self._dunes):
            offset = self._offset(depth, second)
            size = (self._size[0], self._size[1] - top)
            picture.paste(glide(layer, size, offset), (0, top), glide(mask, size, offset))
            if depth == 2:
                self._step(picture, second, [value + top for value in crest], offset, layer.width)
            if depth in (1, 3):
                self._blow(picture, top, second, depth)
        self._shade(picture, second)
        return picture

    def _offset(self, depth: int, second: float) -> float:
        return float(2 + self._slide * (0.1 + 0.9 * (depth / (DUNES - 1)) ** 1.5) * second)

    def _paint_sky(self, dice: random.Random) -> Image.Image:
        width, height = self._size
        above, horizon, sun, _, _ = self._palette
        picture = gradient(self._size, [(0, above), (0.46, horizon), (1, horizon)])
        centre = (width * dice.uniform(0.14, 0.34), height * dice.uniform(0.18, 0.32))
        reach = max(width, height) * 0.55
        light(picture, mix(sun, horizon, 0.4), glow(self._size, centre, (reach, reach), falloff=2.8))
        picture.paste(mix(sun, (255, 255, 255), 0.6), (0, 0), disc(self._size, centre, min(self._size) * 0.042))
        return picture

    def _dune(self, dice: random.Random, depth: float) -> tuple[Image.Image, Image.Image, int, list[float]]:
        """A dune: its picture (wider than the frame), its mask, where it begins, and its crest."""
        width, height = self._size
        base, swing = height * (0.44 + 0.42 * depth**1.2), height * (0.035 + 0.06 * depth)
        wide = width + round(self._slide * 10) + 6
        turns = [(dice.uniform(0.5, 0.9) * (1, 2, 3.7)[wave], dice.uniform(0, math.tau)) for wave in range(3)]
        crest = [
            base
            + swing
            * sum(
                math.sin(x / 160 * math.tau * turn + phase) / (1 + wave * 1.4)
                for wave, (turn, phase) in enumerate(turns)
            )
            for x in range(161)
        ]
        top = max(0, int(min(crest)) - 3)
        crest = [value - top for value in crest]
        size = (wide, height - top)
        _, horizon, _, lit, dark = self._palette
        haze = 0.55 * (1 - depth) ** 1.5
        bright, dull = mix(lit, horizon, haze), mix(dark, horizon, haze * 0.9)
        layer = gradient(size, [(0, bright), (0.3, bright), (1, mix(bright, dull, 0.55))])
        shade = ImageChops.multiply(self._lee_side(dice, size, crest), ramp(size, [(0, 235), (0.5, 200), (1, 70)]))
        layer.paste(gradient(size, [(0, dull), (1, mix(dull, bright, 0.2))]), (0, 0), shade)
        grain = curve(
            noise(size, dice, (max(2, wide // 50), max(2, size[1] // 5)), 2), lambda value: (value - 0.5) * 0.5
        )
        layer.paste(dull, (0, 0), grain)
        return layer, ground(size, crest), top, crest

    def _lee_side(self, dice: random.Random, size: Size, crest: list[float]) -> Image.Image:
        """Slopes turned away from the sun: from each summit an edge winds down to the right."""
        mask = Image.new("L", size)
        step = size[0] / (len(crest) - 1)
        summits = [x for x in range(4, len(crest) - 4) if crest[x] <= min(crest[x - 4 : x + 5])]
        for summit in summits or [60]:
            deep = size[1] - crest[summit]
            bend, lean = dice.uniform(0.03, 0.07) * size[0], dice.uniform(-0.02, 0.14) * size[0]
            edge = [
                (summit * step + bend * math.sin(part * 4.4) + lean * part, crest[summit] + deep * part)
                for part in (index / 32 for index in range(33))
            ]
            mask = ImageChops.lighter(mask, self._slope(size, edge, dice.uniform(0.24, 0.42) * size[0]))
        return mask

    def _slope(self, size: Size, edge: list[Point], wide: float) -> Image.Image:
        """A shaded slope: sharp along its edge, fading out to the right over `wide` pixels."""
        steps = Image.new("L", size)
        draw = ImageDraw.Draw(steps)
        for index in range(28):
            shift = wide * (index - 1) / 27
            left = [(x + shift, y) for x, y in edge]
            outline = [(left[0][0], 0.0), *left, (size[0] + 9.0, float(size[1])), (size[0] + 9.0, 0.0)]
            draw.polygon(outline, fill=round(255 * (1 - index / 27) ** 1.2))
        hard = silhouette(size, [(edge[0][0], 0), *edge, (size[0] + 9, size[1]), (size[0] + 9, 0)])
        return ImageChops.multiply(hard, soften(steps, wide / 27))

    def _shade(self, picture: Image.Image, second: float) -> None:
        """Shadows of clouds, drifting over the sand."""
        width, height = self._size
        top = round(height * 0.4)
        mask = glide(self._shadows, (width, height - top), second * width * 0.03, top)
        mask.paste(0, (0, 0), ramp(mask.size, [(0, 255), (0.3, 60), (1, 60)]))
        tint(picture, self._palette[4], fade(mask, 0.5), (0, top))

    def _blow(self, picture: Image.Image, top: int, second: float, depth: int) -> None:
        width, high = self._size[0], round(self._size[1] * 0.2)
        at = (0, max(0, top - high // 4))
        mask = glide(self._sand, (width, high), width * (1.9 - 0.16 * second) - depth * 40, high * depth)
        mask = ImageChops.multiply(mask, ramp((width, high), [(0, 0), (0.35, 150), (1, 0)]))
        tint(picture, mix(self._palette[3], self._palette[1], 0.6), mask, at)

    def _step(self, picture: Image.Image, second: float, crest: list[float], offset: float, wide: int) -> None:
        """The walker, on the crest, with a shadow."""
        x = self._size[0] * (self._walk_from + 0.008 * second)
        place = (x + offset) / wide * (len(crest) - 1)
        left = int(place)
        foot = crest[left] + (crest[left + 1] - crest[left]) * (place - left)
        foot += abs(math.sin(second * 5)) * -0.8
        sprite = self._walker
        at = (int(x), int(foot))
        moved = nudge(sprite, x - at[0], foot - at[1])
        picture.paste(moved, (at[0] - moved.width // 2, at[1] - moved.height + 1), moved)


def _walker(tall: int, colour: Colour) -> Image.Image:
    """A figure in a cloak, RGBA, with an empty border."""
    size = (tall, tall + 4)

    def paint(draw: ImageDraw.ImageDraw, k: int) -> None:
        unit = tall * k
        middle = unit / 2
        draw.ellipse((middle - 0.07 * unit, 0.06 * unit, middle + 0.07 * unit, 0.22 * unit), fill=255)
        draw.polygon(
            [
                (middle - 0.06 * unit, 0.2 * unit),
                (middle + 0.07 * unit, 0.2 * unit),
                (middle + 0.15 * unit, 0.72 * unit),
                (middle - 0.2 * unit, 0.76 * unit),
            ],
            fill=255,
        )
        draw.polygon(
            [(middle - 0.1 * unit, 0.7 * unit), (middle - 0.02 * unit, 0.7 * unit), (middle - 0.06 * unit, unit)],
            fill=255,
        )
        draw.polygon(
            [(middle + 0.02 * unit, 0.7 * unit), (middle + 0.1 * unit, 0.7 * unit), (middle + 0.1 * unit, unit)],
            fill=255,
        )

    image = Image.new("RGBA", size, colour)
    image.putalpha(fine(size, paint))
    return image
