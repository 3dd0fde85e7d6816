"""What becomes of images on their way out, in words: of one for its tool tip, of all in one line."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from seedance_desktop.words import ntr, size, tr

if TYPE_CHECKING:
    from seedance_desktop.domain.kept_images import Prepared


def of_one(image: Prepared) -> str:
    """Before and after of an image, a line each, and what else is done to it; empty where it goes as it is."""
    if not image.changed:
        return ""
    was = _facts(image.before_suffix.lstrip("."), image.before_width, image.before_height, image.before_size)
    goes = _facts(image.mime.rpartition("/")[2], image.width, image.height, len(image.data))
    lines = [tr("Original: {facts}").format(facts=was), tr("Sent: {facts}").format(facts=goes)]
    if image.first_of_many:
        lines.append(tr("Only its first frame is used."))
    if image.filled:
        lines.append(tr("Transparent parts become white."))
    return "\n".join(lines)


def of_all(images: Sequence[Prepared]) -> str:
    """What is worth knowing about all of them; empty where nothing is."""
    told = []
    if count := sum(map(is_smaller, images)):
        told.append(ntr("{n} image is made smaller to fit", "{n} images are made smaller to fit", count))
    if any(image.first_of_many for image in images):
        told.append(tr("of an animation only its first frame is used"))
    if any(image.filled for image in images):
        told.append(tr("transparent parts become white"))
    line = " · ".join(told)
    return line[:1].upper() + line[1:]


def is_smaller(image: Prepared) -> bool:
    """Whether it loses pixels beyond what its crop takes away."""
    _, _, wide, high = image.reference.part
    return image.width + 1 < image.before_width * wide or image.height + 1 < image.before_height * high


def _facts(kind: str, width: int, height: int, count: int) -> str:
    return f"{kind.upper()} · {width} × {height} · {size(count)}"
