"""What a row in the making shows and says for a clip: icon, words, money, bar, actions. No widgets here."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil

from seedance_desktop.domain.clip import Clip, Stage, Verdict
from seedance_desktop.domain.news import Fetched
from seedance_desktop.words import charge, clock, money, ntr, say, size, stage, tr

REFUSED = frozenset(
    {"content-refused", "refused", "refused-plain", "too-large", "render-failed", "render-failed-plain"}
)
"""The gateway's no to what was asked: asking the same again is pointless, another recipe is the way on."""

_LONG, _LONGER_THAN_TYPICAL = 1800.0, 3  # seconds, and times what a clip of this library takes
_SOON = 60.0  # seconds: below, what is left of the rendering is said in tens of seconds


@dataclass(frozen=True, slots=True)
class Face:
    """`bar`: empty, `busy`, or `share` with `share` from 0 to 1. `tone`: plain, danger or warning. `note` stands
    beside the bar. `actions` are names of `ACTIONS` of the row. `ticking` asks to be looked at again every second.
    `title` stands in place of the first words of the prompt."""

    icon: str
    color: str
    word: str
    spoken: str
    money: str
    money_color: str = "text-2"
    sentence: str = ""
    bar: str = ""
    share: float = 0.0
    note: str = ""
    tone: str = "plain"
    actions: tuple[str, ...] = ()
    ticking: bool = False
    title: str = ""


def face(clip: Clip, now: int, fetched: Fetched | None = None, typical: float | None = None) -> Face:
    """How `clip` looks at `now` (ms since 1970). `typical` is how many seconds a clip of this library takes."""
    if clip.stage is Stage.PLANNED:
        return _countdown(clip, now) if clip.send_after > now else _planned(clip)
    if clip.stage is Stage.SENDING:
        word = stage("sending")
        return Face("stage-sending", "accent-text", word, word, charge("unsure", ""), "text-3", bar="busy")
    if clip.stage is Stage.WAITING:
        return _waiting(clip, now, typical)
    if clip.stage is Stage.FETCHING:
        return _fetching(clip, fetched)
    return _unsure(clip) if clip.stage is Stage.UNSURE else _failed(clip)


def spoken_name(clip: Clip, shown: Face) -> str:
    """The accessible name of a row: its prompt, its stage in words, its money and its reason."""
    parts = (clip.recipe.prompt, shown.spoken, shown.money, shown.sentence)
    return ", ".join(part for part in parts if part)


def price(clip: Clip) -> str:
    """`$0.28`."""
    return money(clip.price.minor, clip.price.currency)


def _charge(clip: Clip) -> tuple[str, str]:
    """The money of a clip and its colour."""
    colors = {Verdict.YES: "text-2", Verdict.NO: "text-3", Verdict.UNSURE: "warning", Verdict.REFUNDED: "success"}
    return charge(clip.charged, price(clip)), colors[clip.charged]


def _reason(clip: Clip) -> str:
    return say(clip.reason.code, dict(clip.reason.facts)) if clip.reason else ""


def _planned(clip: Clip) -> Face:
    word = stage("planned")
    cost, color = _charge(clip)
    return Face("stage-planned", "text-3", word, word, cost, color, sentence=_reason(clip), actions=("queue", "remove"))


def _countdown(clip: Clip, now: int) -> Face:
    left = clip.send_after - now
    word = tr("Sending in {n} s").format(n=ceil(left / 1000))
    spoken = f"{stage('planned')}, {word}"
    whole = max(1, clip.send_after - clip.made)
    cost, color = _charge(clip)
    return Face(
        "stage-sending",
        "accent-text",
        word,
        spoken,
        cost,
        color,
        bar="share",
        share=1 - min(1.0, left / whole),
        actions=("undo",),
        ticking=True,
    )


def _waiting(clip: Clip, now: int, typical: float | None) -> Face:
    word = stage("waiting", rendering=clip.rendering)
    since = clip.started if clip.rendering and clip.started else clip.accepted or clip.sent
    elapsed = max(0.0, (now - since) / 1000) if since else 0.0
    time = clock(elapsed) if since else ""
    cost, color = _charge(clip)
    late = tr("Taking unusually long; still watched") if _is_late(clip, now, typical) else ""
    return Face(
        "stage-rendering" if clip.rendering else "stage-queued",
        "accent-text" if clip.rendering else "text-2",
        f"{word} {time}".strip() if clip.rendering else word,
        f"{word} {time}".strip(),
        cost,
        color,
        sentence=" · ".join(part for part in (late, _reason(clip)) if part),
        bar="busy" if clip.rendering else "",
        note=_left(clip, now, typical) if clip.rendering else time,
        actions=("stop", "menu"),
        ticking=True,
    )


def _is_late(clip: Clip, now: int, typical: float | None) -> bool:
    """Whether the gateway has taken much longer than it does."""
    begun = clip.accepted or clip.sent
    return bool(begun) and (now - begun) / 1000 > max(_LONG, _LONGER_THAN_TYPICAL * (typical or 0.0))


def _left(clip: Clip, now: int, typical: float | None) -> str:
    """About how long is left, from this library's own history; nothing where it has none or was wrong."""
    begun = clip.accepted or clip.sent
    if typical is None or not begun:
        return ""
    left = typical - (now - begun) / 1000
    if left <= 0:
        return ""
    if left < _SOON:
        return tr("about {n} s left").format(n=max(10, ceil(left / 10) * 10))
    return ntr("about {n} min left", "about {n} min left", ceil(left / 60))


def _fetching(clip: Clip, fetched: Fetched | None) -> Face:
    word, share, note = stage("fetching"), 0.0, ""
    if fetched is not None and fetched.total:
        share = min(1.0, fetched.got / fetched.total)
        word = tr("Downloading {n} %").format(n=int(share * 100))
        note = tr("{got} of {total}").format(got=size(fetched.got), total=size(fetched.total))
    elif fetched is not None:
        note = size(fetched.got)
    cost, color = _charge(clip)
    return Face(
        "stage-downloading",
        "accent-text",
        word,
        word,
        cost,
        color,
        sentence=_reason(clip),
        bar="share" if share else "busy",
        share=share,
        note=note,
        actions=("menu",),
    )


def _failed(clip: Clip) -> Face:
    code = clip.reason.code if clip.reason else ""
    way = "edit" if code in REFUSED or code.startswith("image") else "retry"
    raw = ("details",) if clip.reason and clip.reason.fact("raw") else ()
    word = stage("failed")
    cost, color = _charge(clip)
    return Face(
        "stage-failed",
        "danger",
        word,
        word,
        cost,
        "text-2" if color == "text-3" else color,
        sentence=_reason(clip),
        tone="danger",
        actions=(way, "dismiss", *raw),
    )


def _unsure(clip: Clip) -> Face:
    word = stage("unsure")
    raw = ("details",) if clip.reason and clip.reason.fact("raw") else ()
    return Face(
        "stage-unsure",
        "warning",
        word,
        word,
        "",  # the title says it
        sentence=_reason(clip),
        tone="warning",
        actions=("again", "adopt", "dismiss", *raw),
    )
