"""Who may send now: so many generations at once, the rest planned in order, and what holds them up."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field

from seedance_desktop.domain.clip import Clip
from seedance_desktop.domain.trouble import STOPS_SENDING, Halt, Trouble

from .planning import order

_TOGETHER = 0.02  # seconds in which the clips of one click all come to the turnstile, in whatever order


@dataclass(slots=True)
class _Waiting:
    clip: Clip
    turn: asyncio.Future[None]


@dataclass(slots=True)
class Queue:
    """The turnstile before every POST. `at_once` is 1 to 10; `paused` is the creator's own pause."""

    at_once: int
    paused: bool = False
    troubles: dict[tuple[Halt, str], Trouble] = field(default_factory=dict)
    _waiting: dict[int, _Waiting] = field(default_factory=dict)
    _in_flight: set[int] = field(default_factory=set)
    _held_until: dict[str, float] = field(default_factory=dict)
    _asked_until: dict[str, float] = field(default_factory=dict)
    _alarms: dict[str, asyncio.TimerHandle] = field(default_factory=dict)
    _cleared: asyncio.Event = field(default_factory=asyncio.Event)
    _soon: asyncio.TimerHandle | None = None

    async def turn(self, clip: Clip) -> None:
        """Wait for this clip's turn; it then counts as in flight until `leave`."""
        waiting = _Waiting(clip, asyncio.get_running_loop().create_future())
        self._waiting[clip.id] = waiting
        if self._soon is None:
            self._soon = asyncio.get_running_loop().call_later(_TOGETHER, self._let_in)
        try:
            await waiting.turn
        except BaseException:
            self.leave(clip.id)
            raise
        finally:
            self._waiting.pop(clip.id, None)

    def _let_in(self) -> None:
        self._soon = None
        self.pump()

    def is_in_flight(self, clip: int) -> bool:
        """Whether a clip has had its turn and not left."""
        return clip in self._in_flight

    def place(self, clip: Clip) -> None:
        """A clip that waits here, if it does, has another place."""
        if clip.id in self._waiting:
            self._waiting[clip.id].clip = clip

    def occupy(self, clip: int) -> None:
        """A clip that is in flight already, as found at the start."""
        self._in_flight.add(clip)

    def leave(self, clip: int) -> None:
        """The clip is no longer in flight."""
        self._in_flight.discard(clip)
        self.pump()

    def hold(self, gateway: str, seconds: float, *, asked: bool = False) -> None:
        """Send nothing to a gateway for a while: it `asked` to wait, or can't be reached."""
        until = asyncio.get_running_loop().time() + seconds
        if asked:
            self._asked_until[gateway] = max(until, self._asked_until.get(gateway, 0.0))
        self._held_until[gateway] = max(until, self._held_until.get(gateway, 0.0))
        self._set_alarm(gateway)

    def _set_alarm(self, gateway: str) -> None:
        """Pump again when the wait is over: one timer a gateway, set anew if it fired early."""
        loop = asyncio.get_running_loop()
        if gateway in self._alarms:
            self._alarms[gateway].cancel()
        left = max(0.0, self._held_until[gateway] - loop.time())
        self._alarms[gateway] = loop.call_later(left + 0.01, self._alarm, gateway)

    def _alarm(self, gateway: str) -> None:
        del self._alarms[gateway]
        if self._is_held(gateway):
            self._set_alarm(gateway)
        else:
            self.pump()

    def _is_held(self, gateway: str) -> bool:
        return self._held_until.get(gateway, 0.0) > asyncio.get_running_loop().time()

    def close(self) -> None:
        """Take back every timer."""
        for alarm in (*self._alarms.values(), *filter(None, (self._soon,))):
            alarm.cancel()
        self._alarms.clear()
        self._soon = None

    def release_holds(self, *, asked: bool) -> None:
        """Forget the waits; those that a gateway `asked` for only where the creator wants it tried all the same."""
        if asked:
            self._asked_until.clear()
        self._held_until = dict(self._asked_until)
        self.pump()

    def pump(self) -> None:
        """Let in whoever may go, in order."""
        for waiting in sorted(self._waiting.values(), key=lambda one: order(one.clip)):
            if self.paused or len(self._in_flight) >= self.at_once:
                return
            if waiting.turn.done() or self._stopped(waiting.clip.gateway):
                continue
            self._in_flight.add(waiting.clip.id)
            waiting.turn.set_result(None)

    def _stopped(self, gateway: str) -> bool:
        if any(halt in STOPS_SENDING and where in ("", gateway) for halt, where in self.troubles):
            return True
        return self._is_held(gateway)

    # What holds the studio up

    def halt(self, trouble: Trouble) -> bool:
        """Note a trouble; True if it is news."""
        place = (trouble.halt, trouble.gateway)
        news = self.troubles.get(place) != trouble
        self.troubles[place] = trouble
        return news

    def clear(self, *halts: Halt, gateway: str = "") -> bool:
        """Forget troubles of these kinds (of one gateway and of all); True if there were any."""
        gone = [place for place in self.troubles if place[0] in halts and place[1] in ("", gateway)]
        for place in gone:
            del self.troubles[place]
        if gone:
            self._cleared.set()
            self._cleared = asyncio.Event()
            self.pump()
        return bool(gone)

    async def until_clear(self, gateway: str, *halts: Halt) -> None:
        """Wait while one of these troubles concerns the gateway."""
        while any(place[0] in halts and place[1] in ("", gateway) for place in self.troubles):
            await self._cleared.wait()
