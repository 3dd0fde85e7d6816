"""The sea under a low sun, glitter on the water, and on the shore a lighthouse or further out a boat."""

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
    ridge,
    soften,
    tint,
)

# sky above, sky in the middle, horizon, light, water far, water near, land
PALETTES: Final[tuple[tuple[Colour, ...], ...]] = (
    ((22, 32, 62), (92, 80, 122), (250, 192, 136), (255, 222, 164), (112, 104, 138), (20, 26, 52), (20, 18, 30)),
    ((54, 96, 128), (168, 178, 178), (252, 222, 172), (255, 240, 206), (150, 164, 166), (30, 62, 78), (22, 34, 42)),
    ((40, 22, 66), (146, 62, 106), (255, 158, 108), (255, 204, 150), (148, 78, 110), (34, 16, 50), (24, 12, 32)),
    ((8, 18, 38), (26, 48, 80), (104, 132, 156), (224, 236, 250), (48, 72, 100), (6, 14, 28), (6, 10, 18)),
)


class Sea:
    """A bay at dusk."""

    def __init__(self, size: Size, dice: random.Random, *, lighthouse: bool) -> None:
        """Draw everything that doesn't change."""
        self._size = size
        self._palette = dice.choice(PALETTES)
        width, height = size
        self._horizon = round(height * dice.uniform(0.54, 0.6))
        self._sun = (
            width * (dice.uniform(0.24, 0.42) if lighthouse else dice.uniform(0.35, 0.65)),
            self._horizon - 0.03 * height,
        )
        self._still = self._paint_still(dice)
        sky = (round(width * 1.3), self._horizon)
        lumps = (3, 9) if width > height else (2, 14)
        self._clouds = [curve(noise(sky, dice, lumps, 5), lambda value: (value - 0.47) * 3.2) for _ in range(2)]
        self._cloud_colours = gradient(
            (width, self._horizon),
            [
                (0, mix(self._palette[0], self._palette[1], 0.6)),
                (0.55, mix(self._palette[1], self._palette[2], 0.55)),
                (1, self._palette[2]),
            ],
        )
        self._cloud_share = ramp((width, self._horizon), [(0, 110), (0.6, 200), (0.92, 90), (1, 0)])
        self._waves = [self._wave_field(dice) for _ in range(3)]
        self._path = self._light_path()
        self._land = self._headland(dice) if lighthouse else None
        self._boat = None if lighthouse else _boat(round(min(size) * 0.32), self._palette[6])
        self._boat_at = (width * dice.uniform(0.3, 0.66), self._horizon + height * 0.09)
        self._turn = dice.uniform(0, math.tau)

    def frame(self, second: float) -> Image.Image:
        """Draw the moment `second`."""
        picture = self._still.copy()
        self._drift_clouds(picture, second)
        self._move_water(picture, second)
        if self._land is not None:
            picture.paste(self._land, (0, 0), self._land)
            self._shine(picture, second)
        if self._boat is not None:
            self._rock(picture, self._boat, second)
        return picture

    def _paint_still(self, dice: random.Random) -> Image.Image:
        width, height = self._size
        above, middle, horizon, shine, far, near, land = self._palette
        sky = [(0.0, above), (0.5, middle), (0.93, horizon), (1.0, mix(horizon, shine, 0.3))]
        picture = gradient((width, self._horizon), sky)
        reach = max(width, height)
        light(
            picture, mix(shine, horizon, 0.5), glow(picture.size, self._sun, (reach * 0.55, reach * 0.34), falloff=2.2)
        )
        picture.paste(mix(shine, (255, 255, 255), 0.5), (0, 0), disc(picture.size, self._sun, min(self._size) * 0.035))
        whole = Image.new("RGB", self._size)
        whole.paste(picture)
        deep = height - self._horizon
        whole.paste(gradient((width, deep), [(0, mix(far, horizon, 0.45)), (0.12, far), (1, near)]), (0, self._horizon))
        crest = [self._horizon - height * (0.012 + 0.014 * value) for value in ridge(dice, 6, 0.5)]
        crest = [value + height * 0.03 * (index / len(crest)) for index, value in enumerate(crest)]
        coast = ground((width, self._horizon), crest)
        whole.paste(mix(mix(land, horizon, 0.35), above, 0.3), (0, 0), fade(coast, 0.8))
        return whole

    def _drift_clouds(self, picture: Image.Image, second: float) -> None:
        size = (self._size[0], self._horizon)
        for index, clouds in enumerate(self._clouds):
            speed = self._size[0] * (0.006 + 0.006 * index)
            mask = ImageChops.multiply(glide(clouds, size, speed * second), self._cloud_share)
            picture.paste(self._cloud_colours, (0, 0), fade(mask, 0.8))

    def _wave_field(self, dice: random.Random) -> Image.Image:
        """Flat noise, laid down on the water: fine and dense at the horizon, wide in front."""
        width, deep = round(self._size[0] * 1.2), self._size[1] - self._horizon
        flat = noise((width, deep * 3), dice, (max(8, width // 44), max(16, deep * 3 // 9)), 2)
        bands, pieces = 40, []
        for band in range(bands):
            top, low = deep * band // bands, deep * (band + 1) // bands
            near = (band + 0.5) / bands
            wide = width * (1 - 0.62 * near) / 2
            start = deep * 3 * (1 - (1 - band / bands) ** 1.8)
            end = deep * 3 * (1 - (1 - (band + 1) / bands) ** 1.8)
            middle = width / 2
            pieces.append(
                (
                    (0, top, width, low),
                    (middle - wide, start, middle - wide, end, middle + wide, end, middle + wide, start),
                )
            )
        return flat.transform((width, deep), Image.Transform.MESH, pieces, Image.Resampling.BILINEAR)

    def _light_path(self) -> Image.Image:
        """Where the sun shows on the water: a path that widens towards the viewer."""
        width, deep = self._size[0], self._size[1] - self._horizon
        x, narrow, wide = self._sun[0], self._size[0] * 0.03, min(self._size) * 0.3
        path = fine(
            (width, deep),
            lambda draw, k: draw.polygon(
                [((x - narrow) * k, 0), ((x + narrow) * k, 0), ((x + wide) * k, deep * k), ((x - wide) * k, deep * k)],
                fill=255,
            ),
        )
        path = soften(path, width * 0.025)
        return ImageChops.multiply(path, ramp((width, deep), [(0, 255), (0.25, 225), (0.8, 120), (1, 40)]))

    def _move_water(self, picture: Image.Image, second: float) -> None:
        size = (self._size[0], self._size[1] - self._horizon)
        spare = self._waves[0].width - size[0]
        flow = spare / 10
        a = glide(self._waves[0], size, flow * second * 0.55)
        b = glide(self._waves[1], size, spare - flow * second * 0.65)
        c = glide(self._waves[2], size, spare / 2 + math.sin(second * 0.6) * spare * 0.2)
        ripple = ImageChops.add(a, b, 2)
        at = (0, self._horizon)
        tint(picture, self._palette[5], curve(ripple, lambda value: (0.47 - value) * 2.4), at)
        light(picture, mix((0, 0, 0), self._palette[2], 0.55), curve(ripple, lambda value: (value - 0.53) * 1.6), at)
        sparkle = curve(ImageChops.add(ripple, c, 2), lambda value: (value - 0.515) * 16)
        light(picture, self._palette[3], ImageChops.multiply(sparkle, self._path), at)
        light(picture, self._palette[2], fade(self._path, 0.34), at)

    def _headland(self, dice: random.Random) -> Image.Image:
        """The shore with its lighthouse, RGBA."""
        width, height = self._size
        land = self._palette[6]
        wild = ridge(dice, 8, 0.6)
        crest = []
        for index, value in enumerate(wild):
            x = index / (len(wild) - 1)
            rise = 1 / (1 + math.exp(-(x - 0.63) * 19)) + 0.16 * x
            crest.append(height * (0.97 - 0.34 * rise + 0.03 * value * (1.15 - x)))
        mask = ground(self._size, crest)
        spot = 0.84
        foot = (width * spot, crest[round(spot * (len(crest) - 1))] + height * 0.015)
        tall = min(self._size) * 0.46
        image, lamp = _lighthouse(self._size, foot, tall, land, self._palette[1])
        self._lamp, self._lamp_size = lamp, tall
        face = gradient(
            self._size, [(0, mix(land, self._palette[2], 0.16)), (0.6, mix(land, self._palette[2], 0.1)), (1, land)]
        )
        image.paste(face, (0, 0), mask)
        return image

    def _shine(self, picture: Image.Image, second: float) -> None:
        """The lamp turns: its beam sweeps, and flares when it looks at us."""
        angle = self._turn + second * 0.9
        across, towards = math.cos(angle), math.sin(angle)
        small = (self._size[0] // 4, self._size[1] // 4)
        beam = Image.new("L", small)
        x, y = self._lamp[0] / 4, self._lamp[1] / 4
        for sign in (1, -1):
            length = small[0] * 0.9 * across * sign
            spread = small[1] * (0.07 + 0.05 * abs(towards))
            strong = round(215 * (0.25 + 0.75 * abs(across)) * (0.75 + 0.25 * towards * sign))
            ImageDraw.Draw(beam).polygon(
                [(x, y - 0.6), (x + length, y - spread), (x + length, y + spread * 0.5), (x, y + 0.6)], fill=strong
            )
        beam = soften(beam, small[0] * 0.008)
        far = max(4.0, small[0] * 0.88 * abs(across))
        reach = glow(small, (x, y), (far, far), falloff=1.1)
        beam = ImageChops.multiply(beam, reach)
        flare = 0.5 + 0.5 * max(0.0, towards) ** 6
        halo = glow(small, (x, y), (self._lamp_size * 0.13, self._lamp_size * 0.13), falloff=2.4)
        shine = ImageChops.add(beam, fade(halo, flare))
        light(picture, (255, 226, 170), shine.resize(self._size, Image.Resampling.BICUBIC))

    def _rock(self, picture: Image.Image, boat: Image.Image, second: float) -> None:
        lean = 2.2 * math.sin(second * 1.15 + self._turn)
        x = self._boat_at[0] + self._size[0] * 0.004 * second
        y = self._boat_at[1] + self._size[1] * 0.004 * math.sin(second * 1.5 + self._turn)
        middle = (boat.width / 2, boat.height * 0.9)
        turned = nudge(boat.rotate(lean, Image.Resampling.BICUBIC, center=middle), x % 1, y % 1)
        mirror = turned.transpose(Image.Transpose.FLIP_TOP_BOTTOM).resize((turned.width, turned.height // 2))
        mirror.putalpha(fade(mirror.getchannel("A"), 0.4))
        at = (int(x) - boat.width // 2, int(y) - boat.height)
        picture.paste(mirror, (at[0], at[1] + round(boat.height * 0.82)), mirror)
        picture.paste(turned, at, turned)


def _lighthouse(size: Size, foot: Point, tall: float, dark: Colour, sky: Colour) -> tuple[Image.Image, Point]:
    """The tower, RGBA at the picture's size, and where its lamp is."""
    k = 3
    image = Image.new("RGBA", (size[0] * k, size[1] * k))
    draw = ImageDraw.Draw(image)
    x, y = foot
    white, red = mix((226, 220, 214), sky, 0.45), mix((168, 44, 46), dark, 0.25)

    def part(low: float, high: float, wide: float, narrow: float, colour: Colour) -> None:
        draw.polygon(
            [
                ((x + dx * tall) * k, (y - dy * tall) * k)
                for dx, dy in ((-wide, low), (wide, low), (narrow, high), (-narrow, high))
            ],
            fill=colour,
        )

    def half(at: float) -> float:
        return 0.115 - 0.05 * at

    for stripe in range(5):
        low, high = stripe * 0.15, (stripe + 1) * 0.15
        part(low, high, half(low), half(high), white if stripe % 2 == 0 else red)
    part(0.75, 0.775, 0.1, 0.1, dark)
    part(0.775, 0.875, 0.05, 0.05, (255, 234, 178))
    for bar in (-0.05, -0.018, 0.018, 0.05):
        draw.line(
            ((x + bar * tall) * k, (y - 0.775 * tall) * k, (x + bar * tall) * k, (y - 0.875 * tall) * k),
            fill=dark,
            width=k,
        )
    part(0.875, 0.97, 0.07, 0.004, mix(red, dark, 0.2))
    for window in (0.08, 0.38, 0.66):
        part(window, window + 0.05, 0.014, 0.014, (250, 212, 140))
    shade = Image.linear_gradient("L").rotate(90).resize((round(0.24 * tall * k), image.height))
    side = Image.new("L", image.size)
    side.paste(shade.point([round(value * 0.6) for value in range(256)]), (round((x - 0.12 * tall) * k), 0))
    night = Image.new("RGBA", image.size, dark)
    shaded = Image.composite(night, image, ImageChops.multiply(side, image.getchannel("A")))
    shaded.putalpha(image.getchannel("A"))
    return shaded.reduce(k), (x, y - 0.825 * tall)


def _boat(wide: int, colour: Colour) -> Image.Image:
    """A small boat with somebody in it who fishes, RGBA."""
    k = 4
    size = (wide, round(wide * 0.62))

    def paint(draw: ImageDraw.ImageDraw, _: int) -> None:
        def at(*points: Point) -> list[Point]:
            return [(x * size[0] * 3, y * size[0] * 3) for x, y in points]

        draw.polygon(at((0.14, 0.44), (0.2, 0.47), (0.74, 0.47), (0.86, 0.42), (0.76, 0.54), (0.26, 0.54)), fill=255)
        draw.polygon(at((0.36, 0.48), (0.375, 0.33), (0.4, 0.295), (0.43, 0.3), (0.45, 0.36), (0.45, 0.48)), fill=255)
        draw.ellipse(at((0.385, 0.235), (0.44, 0.295)), fill=255)
        draw.polygon(at((0.36, 0.25), (0.465, 0.25), (0.435, 0.225), (0.39, 0.225)), fill=255)
        draw.line(at((0.42, 0.37), (0.52, 0.35), (0.86, 0.12)), fill=255, width=k)
        draw.line(at((0.86, 0.12), (0.9, 0.56)), fill=130, width=1)

    image = Image.new("RGBA", size, colour)
    image.putalpha(fine(size, paint))
    return image
