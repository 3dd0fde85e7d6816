"""Why something is as it is: a code and its facts, never a sentence (`words` makes the sentence)."""

from __future__ import annotations

import json
from dataclasses import dataclass

Fact = str | int | float


@dataclass(frozen=True, slots=True)
class Reason:
    """A code such as `"image-too-small"` with the facts its sentence needs.

    `facts` is a tuple of pairs, so that a reason is hashable and compares by value. The fact `"raw"`, where
    present, is the far end's own answer, shown one click away and never inside a sentence.
    """

    code: str
    facts: tuple[tuple[str, Fact], ...] = ()

    @classmethod
    def of(cls, code: str, **facts: Fact) -> Reason:
        """Make a reason from keyword facts."""
        return cls(code, tuple(facts.items()))

    def fact(self, name: str, default: Fact = "") -> Fact:
        """The fact called `name`, or `default`."""
        return dict(self.facts).get(name, default)

    def to_json(self) -> str:
        """One JSON object: `{"code": …, "facts": {…}}`."""
        return json.dumps({"code": self.code, "facts": dict(self.facts)}, ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str | None) -> Reason | None:
        """Read what `to_json` wrote; None for an empty text."""
        if not text:
            return None
        read = json.loads(text)
        return cls(read["code"], tuple(read.get("facts", {}).items()))
