"""What became of images that were added together: how many are in the strip, which stayed outside, and why."""

from __future__ import annotations

from dataclasses import dataclass, field

from seedance_desktop.domain.catalogue import MOST_REFERENCES
from seedance_desktop.words import tr


@dataclass(slots=True)
class Arrivals:
    """`shown` are in the strip, `beyond` had no room there and are in the library only, `refused` are sentences."""

    shown: int = 0
    beyond: int = 0
    refused: list[str] = field(default_factory=list)

    def about_room(self) -> str:
        """What to say about those that had no room; empty where all had."""
        total = self.shown + self.beyond
        if not self.beyond:
            return ""
        if not self.shown:
            return tr("The strip is full: {most} images go with one prompt. What you added is in Images.").format(
                most=MOST_REFERENCES
            )
        return tr("{n} of {total} images are in the strip; all {total} are in Images.").format(
            n=self.shown, total=total
        )
