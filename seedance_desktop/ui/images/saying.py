"""What an image of the library says: how often it is used, its size, and the name that a screen reader reads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from seedance_desktop.words import ntr, tr

if TYPE_CHECKING:
    from seedance_desktop.domain.kept_images import KeptImage


def uses(image: KeptImage) -> str:
    """Below its name on the card: `5 clips`."""
    return ntr("{n} clip", "{n} clips", image.uses) if image.uses else tr("not used yet")


def used_in(image: KeptImage) -> str:
    """As a sentence, and on the button that leads to the clips: `Used in 5 clips`."""
    return ntr("Used in {n} clip", "Used in {n} clips", image.uses) if image.uses else tr("Not used yet")


def size(image: KeptImage) -> str:
    """Its size in pixels, where it is known."""
    return f"{image.width} × {image.height}" if image.width and image.height else ""


def facts(image: KeptImage) -> str:
    """Size and format: `1920 × 1080 · PNG`."""
    return " · ".join(part for part in (size(image), image.suffix.lstrip(".").upper()) if part)


def name_of(image: KeptImage) -> str:
    """The accessible name: its name, size, tags and uses."""
    tags = tr("tags {tags}").format(tags=", ".join(image.tags)) if image.tags else ""
    parts = (image.name, size(image), tags, used_in(image))
    return ", ".join(part for part in parts if part)


def tooltip(image: KeptImage) -> str:
    """All of it, a line each."""
    parts = (image.name, facts(image), ", ".join(image.tags), used_in(image))
    return "\n".join(part for part in parts if part)
