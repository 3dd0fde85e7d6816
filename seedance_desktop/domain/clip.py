"""A clip: one row from click to shelf, and the stages it goes through."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from random import SystemRandom

from .money import Money
from .reason import Reason
from .recipe import Recipe

_DIGITS = "0123456789abcdefghjkmnpqrstvwxyz"  # Crockford's base 32: no i, l, o, u
_LETTERS = 8


class Stage(StrEnum):
    """Where a clip is on its way; see ARCHITECTURE.md for what each means for money and for a restart."""

    PLANNED = "planned"
    SENDING = "sending"
    WAITING = "waiting"
    FETCHING = "fetching"
    READY = "ready"
    FAILED = "failed"
    CANCELLED = "cancelled"
    UNSURE = "unsure"

    @property
    def settled(self) -> bool:
        """Whether the program has nothing more to do of its own accord."""
        return self in _SETTLED

    @property
    def in_flight(self) -> bool:
        """Whether it counts towards the generations at once."""
        return self in (Stage.SENDING, Stage.WAITING)


_SETTLED = frozenset({Stage.READY, Stage.FAILED, Stage.CANCELLED, Stage.UNSURE})
IN_THE_MAKING = tuple(stage for stage in Stage if stage not in (Stage.READY, Stage.CANCELLED))
"""The stages that stand in the list "In the making"."""


class Verdict(StrEnum):
    """What is known of a charge."""

    YES = "yes"
    NO = "no"
    UNSURE = "unsure"
    REFUNDED = "refunded"


class Flag(StrEnum):
    """The creator's judgement of a take."""

    NONE = ""
    PICK = "pick"
    REJECT = "reject"


@dataclass(frozen=True, slots=True)
class Footage:
    """What is truly in the file, read from it: sizes in pixels and bytes, frames, frame rate, length in seconds."""

    width: int
    height: int
    frames: int
    fps: float
    seconds: float
    size: int
    codec: str = ""
    audio: bool = False


@dataclass(frozen=True, slots=True)
class Clip:
    """One row. Times are milliseconds since 1970 UTC, 0 where something has not happened.

    `click` is the id of the first clip of the same click; `take` counts from 1 to `takes`. `gateway` is the address
    that the clip was or will be sent to (`catalogue.DEMO` for the built-in one). `approved` is when the creator
    agreed to the price: it names the submit. `place` orders what is planned: the time of making until it is moved.
    `mark_in` and `mark_out` are the first and the last frame of the chosen range, counted from 0, -1 where none is set.
    `handed` is when it was last handed over; `outside` the absolute path of a file that is only referenced.
    `word` is the gateway's own status word, `rendering` what it means. `file` and `poster` are relative to the library.
    """

    id: int
    recipe: Recipe
    made: int
    gateway: str
    price: Money
    click: int = 0
    take: int = 1
    takes: int = 1
    project: str = ""
    shot: str = ""
    stage: Stage = Stage.PLANNED
    charged: Verdict = Verdict.NO
    approved: int = 0
    send_after: int = 0
    sent: int = 0
    accepted: int = 0
    started: int = 0
    done: int = 0
    task: str = ""
    word: str = ""
    rendering: bool = False
    link: str = ""
    reason: Reason | None = None
    file: str = ""
    poster: str = ""
    footage: Footage | None = None
    stars: int = 0
    flag: Flag = Flag.NONE
    tags: tuple[str, ...] = field(default=())
    notes: str = ""
    trashed: int = 0
    place: int = 0
    mark_in: int = -1
    mark_out: int = -1
    handed: int = 0
    outside: str = ""

    @property
    def name(self) -> str:
        """The id as people see it: eight letters and digits."""
        return id_to_name(self.id)


def new_id() -> int:
    """A fresh random clip id of 40 bits (never 0)."""
    return SystemRandom().getrandbits(5 * _LETTERS - 1) + 1


def id_to_name(number: int) -> str:
    """A clip id as eight characters of Crockford's base 32."""
    return "".join(_DIGITS[number >> shift & 31] for shift in range(5 * (_LETTERS - 1), -1, -5))


def name_to_id(name: str) -> int:
    """Read what `id_to_name` wrote, in any case; raises ValueError for anything else."""
    text = name.strip().lower()
    if len(text) != _LETTERS or any(letter not in _DIGITS for letter in text):
        raise ValueError(name)
    number = 0
    for letter in text:
        number = number << 5 | _DIGITS.index(letter)
    return number
