"""What is framed of one picture, as a value: each change by the creator gives another one."""

from __future__ import annotations

from dataclasses import dataclass, replace

from seedance_desktop.domain.catalogue import IMAGE_LEAST_SIDE, kept
from seedance_desktop.domain.cropping import WHOLE, Part, fits, framed, most_zoom, nearest_ratio, seen

_SAME = 1e-6


@dataclass(frozen=True, slots=True)
class Framing:
    """A picture of `width` x `height` pixels, cropped by the creator to `part`, in a clip of `ratio`.

    `fixed`: the picture goes out as a link, so nothing of ours can crop it.
    """

    width: int
    height: int
    ratio: str
    part: Part = WHOLE
    fixed: bool = False

    @property
    def frame(self) -> Part:
        """What is left in the end, after upstream's own crop: shares of the whole picture."""
        return seen(self.width, self.height, WHOLE if self.fixed else self.part, self.ratio)

    @property
    def size(self) -> tuple[int, int]:
        """Width and height of the frame in pixels of the picture."""
        _, _, wide, high = self.frame
        return round(self.width * wide), round(self.height * high)

    @property
    def zoom(self) -> float:
        """1 where the frame is as large as it can be, 2 where it is half as wide."""
        return kept(self.width, self.height, self.ratio)[2] / self._base[2]

    @property
    def most(self) -> float:
        """How far it can be zoomed."""
        return most_zoom(self.width, self.height, self.ratio)

    @property
    def big_enough(self) -> bool:
        """Whether a crop of ours would be large enough for the gateway; upstream's own crop has no such limit."""
        _, _, wide, high = kept(self.width, self.height, self.ratio)
        return min(round(self.width * wide), round(self.height * high)) >= IMAGE_LEAST_SIDE

    @property
    def free(self) -> bool:
        """Whether it can be moved or zoomed by anybody."""
        return not self.fixed and self.big_enough

    @property
    def at_centre(self) -> bool:
        """Whether upstream crops the whole picture by itself."""
        return self.fixed or self.part == WHOLE

    @property
    def nearest(self) -> str:
        """The ratio of which this picture loses least."""
        return nearest_ratio(self.width, self.height)

    def moved(self, right: float, down: float) -> Framing:
        """The frame moved by shares of the picture, as far as there is picture."""
        left, top, wide, high = self._base
        return self._placed((left + wide / 2 + right, top + high / 2 + down), self.zoom)

    def zoomed(self, zoom: float) -> Framing:
        """The frame at another zoom round the same point."""
        left, top, wide, high = self._base
        return self._placed((left + wide / 2, top + high / 2), zoom)

    def centred(self) -> Framing:
        """Upstream's own crop again."""
        return replace(self, part=WHOLE)

    def in_ratio(self, ratio: str) -> Framing:
        """The same crop in a clip of another ratio."""
        return replace(self, ratio=ratio)

    @property
    def _base(self) -> Part:
        """What a change begins with: the creator's own crop to the hair, since `frame` is rounded to whole pixels and
        would shrink a little with every step."""
        ours = not self.at_centre and fits(self.part, self.width, self.height, self.ratio)
        return self.part if ours else self.frame

    def _placed(self, centre: tuple[float, float], zoom: float) -> Framing:
        """The whole picture is sent where upstream's own crop comes to the same: it loses nothing."""
        if not self.free:
            return self
        part = framed(self.width, self.height, self.ratio, centre, zoom)
        centred = kept(self.width, self.height, self.ratio)
        same = all(abs(one - other) < _SAME for one, other in zip(part, centred, strict=True))
        return replace(self, part=WHOLE if same else part)
