"""The painter's tools: gradients, glows, clouds of noise, silhouettes with soft edges, layers that glide.

Everything is drawn at a reduced size and enlarged by the encoder's scaler. Masks are images of mode L, pictures of mode
RGB. A layer that moves slowly must glide by parts of a pixel, or it trembles: hence resampled boxes, not offsets.
"""

import random
from collections.abc import Callable, Sequence
from functools import cache
from itertools import pairwise
from typing import Final

from PIL import Image, ImageChops, ImageDraw, ImageFilter

Colour = tuple[int, int, int]
Point = tuple[float, float]
Size = tuple[int, int]
Stops = Sequence[tuple[float, Colour]]

_FINE: Final = 3  # silhouettes are drawn this many times larger, then reduced: Pillow's polygons have hard edges


def mix(a: Colour, b: Colour, part: float) -> Colour:
    """Return the colour `part` (0 to 1) of the way from a to b."""
    return (
        round(a[0] + (b[0] - a[0]) * part),
        round(a[1] + (b[1] - a[1]) * part),
        round(a[2] + (b[2] - a[2]) * part),
    )


def smooth(part: float) -> float:
    """Ease in and out: 0 to 1 with level ends; outside it stays at the ends."""
    part = min(1.0, max(0.0, part))
    return part * part * (3 - 2 * part)


def gradient(size: Size, stops: Stops) -> Image.Image:
    """Return a vertical gradient through `stops` (height 0 to 1, colour), dithered so that it shows no bands."""
    dice = random.Random(size[1])
    width = min(size[0], 48)
    data = bytearray()
    for row in range(size[1]):
        colour = _between(stops, row / max(1, size[1] - 1))
        for _ in range(width):
            data += bytes(int(channel + dice.random()) for channel in colour)
    tile = Image.frombytes("RGB", (width, size[1]), bytes(data))
    image = Image.new("RGB", size)
    for left in range(0, size[0], width):
        image.paste(tile, (left, 0))
    return image


def ramp(size: Size, stops: Sequence[tuple[float, int]]) -> Image.Image:
    """Return a mask that changes from top to bottom through `stops` (height 0 to 1, value 0 to 255)."""
    grey = [(at, (value, value, value)) for at, value in stops]
    column = bytes(int(_between(grey, row / max(1, size[1] - 1))[0]) for row in range(size[1]))
    return Image.frombytes("L", (1, size[1]), column).resize(size)


def _between(stops: Stops, at: float) -> tuple[float, float, float]:
    """The colour of a gradient at a height, in parts of a level."""
    before = stops[0]
    for stop in stops:
        if at <= stop[0]:
            span = stop[0] - before[0]
            part = (at - before[0]) / span if span else 0.0
            a, b = before[1], stop[1]
            return (a[0] + (b[0] - a[0]) * part, a[1] + (b[1] - a[1]) * part, a[2] + (b[2] - a[2]) * part)
        before = stop
    return before[1]


def curve(mask: Image.Image, change: Callable[[float], float]) -> Image.Image:
    """Return a mask with every value (0 to 1) changed."""
    return mask.point([round(255 * min(1.0, max(0.0, change(value / 255)))) for value in range(256)])


def glow(size: Size, centre: Point, radius: Point, *, falloff: float = 2.0) -> Image.Image:
    """Return a mask with one round light: 255 at its centre, 0 at `radius` (across, down)."""
    disc = curve(Image.radial_gradient("L"), lambda value: max(0.0, 1 - value * 1.42) ** falloff)
    disc = disc.resize((max(2, round(2 * radius[0])), max(2, round(2 * radius[1]))), Image.Resampling.BICUBIC)
    mask = Image.new("L", size)
    mask.paste(disc, (round(centre[0] - radius[0]), round(centre[1] - radius[1])))
    return mask


def disc(size: Size, centre: Point, radius: float, value: int = 255) -> Image.Image:
    """Return a mask with one disc with a smooth edge."""
    x, y = centre
    return fine(
        size,
        lambda draw, k: draw.ellipse(
            ((x - radius) * k, (y - radius) * k, (x + radius) * k, (y + radius) * k), fill=value
        ),
    )


def noise(size: Size, dice: random.Random, cells: Size, octaves: int = 4) -> Image.Image:
    """Return a mask of cloudy noise round 128; `cells` says how many lumps fit across and down."""
    total = Image.new("L", size, 128)
    for octave in range(octaves):
        across, down = cells[0] << octave, cells[1] << octave
        if across > size[0] or down > size[1]:
            break
        grid = Image.frombytes("L", (across, down), dice.randbytes(across * down))
        layer = grid.resize(size, Image.Resampling.BICUBIC)
        total = Image.blend(total, layer, 0.9 if octave == 0 else 0.5**octave)
    return total


def fine(size: Size, paint: Callable[[ImageDraw.ImageDraw, int], None]) -> Image.Image:
    """Return a mask painted with hard edges at a multiple of its size (`paint` is told which), then reduced."""
    mask = Image.new("L", (size[0] * _FINE, size[1] * _FINE))
    paint(ImageDraw.Draw(mask), _FINE)
    return mask.reduce(_FINE)


def silhouette(size: Size, outline: Sequence[Point]) -> Image.Image:
    """Return a mask of a filled outline (pixels)."""
    return fine(size, lambda draw, k: draw.polygon([(x * k, y * k) for x, y in outline], fill=255))


def ground(size: Size, crest: Sequence[float]) -> Image.Image:
    """Return a mask of everything below a crest: heights in pixels at even distances from left to right."""
    step = size[0] / (len(crest) - 1)
    line = [(index * step, height) for index, height in enumerate(crest)]
    return silhouette(
        size, [(-1, size[1] + 1), (-1, crest[0]), *line, (size[0] + 1, crest[-1]), (size[0] + 1, size[1] + 1)]
    )


def ridge(dice: random.Random, steps: int, roughness: float) -> list[float]:
    """Return a mountain line of 2**steps + 1 heights, about -1 to 1, by displacing middles."""
    line = [dice.uniform(-0.5, 0.5), dice.uniform(-0.5, 0.5)]
    reach = 1.0
    for _ in range(steps):
        middles = [(a + b) / 2 + dice.uniform(-reach, reach) / 2 for a, b in pairwise(line)]
        line = [value for pair in zip(line, middles, strict=False) for value in pair] + [line[-1]]
        reach *= roughness
    return line


def glide(layer: Image.Image, size: Size, left: float, top: float = 0.0) -> Image.Image:
    """Return the part of a larger layer that begins at (left, top), to parts of a pixel."""
    left = min(max(0.0, left), layer.width - size[0])
    top = min(max(0.0, top), layer.height - size[1])
    return layer.resize(size, Image.Resampling.BILINEAR, box=(left, top, left + size[0], top + size[1]))


def nudge(sprite: Image.Image, right: float, down: float) -> Image.Image:
    """Return a sprite moved by parts of a pixel (0 to 1), without the empty border of one pixel that it must have."""
    box = (1 - right, 1 - down, sprite.width - 1 - right, sprite.height - 1 - down)
    return sprite.resize((sprite.width - 2, sprite.height - 2), Image.Resampling.BILINEAR, box=box)


def light(picture: Image.Image, colour: Colour, mask: Image.Image, at: tuple[int, int] = (0, 0)) -> None:
    """Add coloured light to a picture where the mask is bright; nothing gets darker."""
    box = (at[0], at[1], at[0] + mask.width, at[1] + mask.height)
    shine = Image.merge("RGB", [mask.point(_scale(channel)) for channel in colour])
    picture.paste(ImageChops.screen(picture.crop(box), shine), box)


def tint(picture: Image.Image, colour: Colour, mask: Image.Image, at: tuple[int, int] = (0, 0)) -> None:
    """Paint a colour over a picture where the mask is bright."""
    # Twice as fast as pasting the bare colour.
    picture.paste(Image.new("RGB", mask.size, colour), at, mask)


def soften(mask: Image.Image, radius: float) -> Image.Image:
    """Return a mask with soft edges; `radius` in pixels."""
    return mask.filter(ImageFilter.GaussianBlur(radius))


def fade(mask: Image.Image, part: float) -> Image.Image:
    """Return a mask, or a light, that is `part` (0 to 1) as strong."""
    return mask.point(_scale(round(part * 255)) * len(mask.getbands()))


@cache
def _scale(part: int) -> list[int]:
    """A table that makes every value `part` 255ths as large; there are only so many, and each is used often."""
    return [value * part // 255 for value in range(256)]
