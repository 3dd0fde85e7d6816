"""What an answer means for the money: the paying-once table of GATEWAY.md, and what a poll has seen."""

from __future__ import annotations

import re
import time
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

from seedance_desktop.domain.pacing import retry_after
from seedance_desktop.domain.reason import Reason
from seedance_desktop.domain.trouble import Halt

from . import reading

_RAW_SHOWN = 2000
_UNSURE_STATUSES = (408, 409, 425)
_QUOTA = re.compile(r"quota|insufficient|balance|arrears|overdue", re.IGNORECASE)
_QUOTA_IN_WORDS = re.compile(r"\bquota\b|insufficient|余额|欠费", re.IGNORECASE)
_REFUNDED = re.compile(r"\brefunded\b|已退款|已退还|已退费", re.IGNORECASE)
_NOT_REFUNDED = re.compile(r"\b(not|never|cannot|can't|won't|no|non)\b[^.;]{0,20}refunded|未退|不退", re.IGNORECASE)


class Outcome(Enum):
    """What became of a POST."""

    ACCEPTED = "accepted"  # 2xx with an id: charged
    NOT_SENT = "not sent"  # no byte of the request left: may be sent again by the program
    NOT_ACCEPTED = "not accepted"  # the gateway asks to come back: not charged, sent later
    REFUSED = "refused"  # not charged, never sent again by the program
    UNSURE = "unsure"  # a charge may exist: never sent again by the program
    FAILED = "failed"  # 2xx with status failed
    REFUNDED = "refunded"  # the same, and it says that the money came back


@dataclass(frozen=True, slots=True)
class Submitted:
    """The outcome of a POST with its facts. `retry_after` is in seconds; `halt` where it stops the whole queue."""

    outcome: Outcome
    task: str = ""
    word: str = ""
    rendering: bool = False
    reason: Reason | None = None
    retry_after: float = 0.0
    halt: Halt | None = None


class State(Enum):
    """What a poll saw."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    UNKNOWN = "unknown"  # a word or an answer that says nothing: keep polling
    NOT_FOUND = "not found"  # not there yet, or gone
    TROUBLE = "trouble"  # the network or the server: keep polling, more slowly
    HALT = "halt"  # the key or the balance: ask, then go on


@dataclass(frozen=True, slots=True)
class Sight:
    """What one poll saw. `link` is the clip's address when done, empty while the gateway gives none."""

    state: State
    word: str = ""
    link: str = ""
    reason: Reason | None = None
    retry_after: float = 0.0
    halt: Halt | None = None
    reached: bool = True
    refunded: bool = False


def read_submit(status: int, headers: Mapping[str, str], raw: bytes) -> Submitted:
    """What the answer to a POST means."""
    answer = reading.parse(raw)
    wait = retry_after(headers.get("retry-after"), time.time())
    if 200 <= status < 300:
        return _read_success(answer, status, raw)
    if (status == 429 and not _is_quota(answer)) or (status == 503 and "retry-after" in headers):
        return Submitted(Outcome.NOT_ACCEPTED, reason=Reason.of("rate-limited"), retry_after=wait)
    if status >= 500 or status in _UNSURE_STATUSES:
        return Submitted(Outcome.UNSURE, reason=_reason("server-error", answer, status, raw))
    return Submitted(Outcome.REFUSED, reason=refusal(status, answer, raw), halt=_halt(status))


def _read_success(answer: Any, status: int, raw: bytes) -> Submitted:
    meaning, word = reading.status(answer)
    task = reading.task_id(answer)
    if meaning == "failed":
        outcome = Outcome.REFUNDED if says_refunded(reading.message(answer)) else Outcome.FAILED
        return Submitted(outcome, task, word, reason=failure(answer, raw))
    if task:
        return Submitted(Outcome.ACCEPTED, task, word, rendering=meaning == "running")
    return Submitted(Outcome.UNSURE, reason=_reason("broken-answer", answer, status, raw))


def read_poll(status: int, headers: Mapping[str, str], raw: bytes) -> Sight:
    """What the answer to a GET of a task means."""
    answer = reading.parse(raw)
    if 200 <= status < 300:
        return _read_state(answer, status, raw)
    halt = _halt(status)
    if halt:
        return Sight(State.HALT, reason=refusal(status, answer, raw), halt=halt)
    if status == 404:
        return Sight(State.NOT_FOUND, reason=_reason("task-gone", answer, status, raw))
    wait = retry_after(headers.get("retry-after"), time.time())
    return Sight(State.TROUBLE, reason=_reason("server-error", answer, status, raw), retry_after=wait)


def _read_state(answer: Any, status: int, raw: bytes) -> Sight:
    meaning, word = reading.status(answer)
    if meaning == "failed":
        back = says_refunded(reading.message(answer))
        return Sight(State.FAILED, word, reason=failure(answer, raw), refunded=back)
    if meaning == "done":
        return Sight(State.DONE, word, reading.video_link(answer))
    if meaning in ("queued", "running"):
        return Sight(State.RUNNING if meaning == "running" else State.QUEUED, word)
    inner = reading.error_code(answer)
    if not word and inner in ("401", "402", "404"):  # an envelope that says what the status line should
        return read_poll(int(inner), {}, raw)
    return Sight(State.UNKNOWN, word, reason=_reason("broken-answer", answer, status, raw))


def failure(answer: Any, raw: bytes) -> Reason:
    """Why a task failed, in the far end's words where it gives any."""
    text = reading.message(answer)
    if _is_content(answer):
        return _with_raw("content-refused", raw, message=text or reading.error_code(answer))
    if text:
        return _with_raw("render-failed", raw, message=text)
    return _with_raw("render-failed-plain", raw)


def refusal(status: int, answer: Any, raw: bytes) -> Reason:
    """Why a request was refused."""
    text = reading.message(answer)
    if status == 401:
        return _with_raw("key-refused", raw)
    if status == 402:
        return _with_raw("no-balance", raw)
    if status == 413:
        return _with_raw("too-large", raw)
    if status == 429:
        return _with_raw("quota", raw, message=text)
    if _is_content(answer):
        return _with_raw("content-refused", raw, message=text or reading.error_code(answer))
    if text:
        return _with_raw("refused", raw, message=text, status=status)
    return _with_raw("refused-plain", raw, status=status)


def says_refunded(text: str) -> bool:
    """Whether a failure's own words say that the money came back."""
    return bool(_REFUNDED.search(text)) and not _NOT_REFUNDED.search(text)


def _is_quota(answer: Any) -> bool:
    """Whether a 429 means "used up" and not "slow down": its codes decide, its words only where it has no code."""
    codes = [code for code in reading.error_codes(answer) if not code.isdecimal()]
    if codes:
        return any(_QUOTA.search(code) for code in codes)
    return bool(_QUOTA_IN_WORDS.search(reading.message(answer)))


def _is_content(answer: Any) -> bool:
    codes = " ".join(reading.error_codes(answer)).lower()
    return any(word in codes for word in ("sensitive", "content_policy", "moderation", "risk", "safety"))


def _halt(status: int) -> Halt | None:
    return {401: Halt.KEY_REFUSED, 402: Halt.NO_BALANCE}.get(status)


def _reason(code: str, answer: Any, status: int, raw: bytes) -> Reason:
    return _with_raw(code, raw, status=status, message=reading.message(answer))


def _with_raw(code: str, raw: bytes, **facts: str | int) -> Reason:
    return Reason.of(code, **facts, raw=raw[:_RAW_SHOWN].decode(errors="replace"))
