"""Clips as the studio would send them to the list in the making, and to the shelf; and a wish's listener."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, TypeVar

from PySide6.QtCore import QObject, SignalInstance

from seedance_desktop.domain.clip import Clip, Stage, Verdict, new_id
from seedance_desktop.domain.money import Money
from seedance_desktop.domain.reason import Reason
from seedance_desktop.domain.recipe import Recipe

Kind = TypeVar("Kind", bound=QObject)
NOW = 1_800_000_000_000
GATEWAY = "https://gateway.example"


def clip(stage: Stage = Stage.READY, prompt: str = "Fog rolls over the pass", **fields: Any) -> Clip:
    """A clip made `NOW`, at $0.28."""
    recipe = fields.pop("recipe", Recipe(prompt))
    base = Clip(fields.pop("id", new_id()), recipe, fields.pop("made", NOW), GATEWAY, Money(28), stage=stage)
    return replace(base, **fields)


def waiting(**fields: Any) -> Clip:
    return clip(Stage.WAITING, charged=Verdict.YES, task="cgt-1", accepted=NOW, **fields)


def unsure(**fields: Any) -> Clip:
    return clip(
        Stage.UNSURE, charged=Verdict.UNSURE, sent=NOW, reason=Reason.of("cut-off", raw="HTTP/1.1 502"), **fields
    )


def failed(code: str = "download-failed", **fields: Any) -> Clip:
    reason = fields.pop("reason", Reason.of(code, message="no line"))
    return clip(Stage.FAILED, reason=reason, **fields)


class Heard:
    """Collects what a signal carries."""

    def __init__(self, *signals: SignalInstance) -> None:
        self.all: list[Any] = []
        for signal in signals:
            signal.connect(self._hear)

    def _hear(self, *values: Any) -> None:
        self.all.append(values[0] if len(values) == 1 else values)


def one_of(kind: type[Kind], inside: QObject) -> Kind:
    """The first child of that kind."""
    return inside.findChildren(kind)[0]
