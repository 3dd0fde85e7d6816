"""What a report of a crash is, what it says, and what is offered of it to the creator."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

CRASH, ERROR = "crash", "error"
"""The program ended by it; the program lived on."""

LARGEST = 240_000
"""Characters of a report at most: with four bytes a character still under the 1 MB that mail takes."""

_NOTE = (
    "Written on this computer and sent nowhere. It names no key, prompt, reference, file or folder of yours;\n"
    "where an error's own text could hold one, only its kind is told."
)


LATEST_CLIPS = 50
"""Of how many clips diagnostics tell in the creator's own words, where that was agreed to."""


@dataclass(frozen=True, slots=True)
class Report:
    """One crash or error. `facts` are pairs of name and value; `stacks` and `lines` are ready to be read.

    `seconds` is how long the program had run, -1 where that isn't known.
    """

    kind: str
    what: str
    when: datetime
    facts: tuple[tuple[str, str], ...]
    stacks: str
    lines: tuple[str, ...] = ()
    seconds: float = -1

    def text(self) -> str:
        """The report as it is read, copied and saved; at most `LARGEST` characters."""
        facts = [("What happened", self.what), ("When", self.when.strftime("%Y-%m-%d %H:%M:%S %z")), *self.facts]
        if self.seconds >= 0:
            facts.append(("Had run for", f"{self.seconds:.0f} s"))
        width = max(len(name) for name, _value in facts) + 2
        head = "\n".join(f"{name + ':':{width}}{value}" for name, value in facts)
        text = (
            f"Seedance Desktop: report of {'a crash' if self.kind == CRASH else 'an error'}\n\n{head}\n\n{_NOTE}\n\n"
            f"{_titled('Where', self.stacks)}\n{_titled('The last lines of the log before it', self._log())}"
        )
        return text if len(text) <= LARGEST else text[:LARGEST] + "\n… cut here\n"

    def _log(self) -> str:
        return "\n".join(self.lines) or "none"


@dataclass(frozen=True, slots=True)
class Offer:
    """A crash that the creator has not been told of yet; `again` is set when it was the third start in a row."""

    name: str
    text: str
    again: bool = False


def _titled(title: str, body: str) -> str:
    return f"{title}\n{'-' * len(title)}\n{body.rstrip()}\n"
