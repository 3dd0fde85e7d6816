"""The text that a creator sends to the gateway's support: what was sent and when, what it cost, and why they ask."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta, tzinfo
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from PySide6.QtCore import QLocale

from seedance_desktop.domain.catalogue import DEMO
from seedance_desktop.domain.clip import Verdict
from seedance_desktop.words import mark, money, ntr, tr

from .wording import sentence, verdict

if TYPE_CHECKING:
    from seedance_desktop.domain.ledger import Entry

# What the gateway's support should hear, where the sentence for the creator says what the creator may do.
_WHY = {
    "cut-off": mark("The connection broke before a task ID came back."),
    "broken-answer": mark("The answer to the request could not be read."),
    "server-error": mark("The answer to the request was error {status}."),
    "ended-while-sending": mark("The program ended before a task ID came back."),
    "not-a-video": mark("What its link led to is not a playable video."),
    "stopped-watching": "",
    "dismissed": "",
    "removed": "",
}


def claim(entries: Sequence[Entry], zone: tzinfo | None = None) -> str:
    """The text for one or several entries, oldest first; times in `zone`, or else in this machine's own."""
    ordered = sorted(entries, key=_sent)
    if not ordered:
        return ""
    return _single(ordered[0], zone) if len(ordered) == 1 else _several(ordered, zone)


def _single(entry: Entry, zone: tzinfo | None) -> str:
    parts = [
        tr("Seedance Desktop, {time}.").format(time=_time(entry, zone)),
        tr("One generation sent to {gateway}, {price}.").format(gateway=_host(entry), price=_price([entry])),
        _task(entry),
        _why(entry),
        _wish(entry.verdict, one=True),
    ]
    return " ".join(part for part in parts if part)


def _several(entries: Sequence[Entry], zone: tzinfo | None) -> str:
    """A line for each, by gateway, and what is asked of them together."""
    texts = []
    for gateway in dict.fromkeys(_host(entry) for entry in entries):
        mine = [entry for entry in entries if _host(entry) == gateway]
        sent = ntr("{n} generation", "{n} generations", len(mine))
        head = tr("Seedance Desktop. {generations} sent to {gateway}, {price} together:")
        lines = [head.format(generations=sent, gateway=gateway, price=_price(mine))]
        lines += [f"{number}. {_line(entry, zone)}" for number, entry in enumerate(mine, 1)]
        texts.append("\n".join([*lines, _wish_of(mine)]))
    return "\n\n".join(texts)


def _line(entry: Entry, zone: tzinfo | None) -> str:
    head = f"{_time(entry, zone)} · {_price([entry])} · {verdict(entry)}."
    return " ".join(part for part in (head, _task(entry), _why(entry)) if part)


def _wish_of(entries: Sequence[Entry]) -> str:
    verdicts = {entry.verdict for entry in entries}
    if len(verdicts) == 1:
        return _wish(verdicts.pop(), one=False)
    return tr("Please check these charges, and refund what was charged without a clip or give the task IDs.")


def _sent(entry: Entry) -> int:
    return entry.sent or entry.approved


def _time(entry: Entry, zone: tzinfo | None) -> str:
    """`21 Nov 2026 18:31:07 UTC+1`."""
    then = datetime.fromtimestamp(_sent(entry) / 1000, UTC).astimezone(zone)
    month = QLocale().monthName(then.month, QLocale.FormatType.ShortFormat)
    clock = then.strftime("%H:%M:%S")
    local = tr("{day} {month} {year} {time}").format(day=then.day, month=month, year=then.year, time=clock)
    return f"{local} {_offset(then.utcoffset() or timedelta())}"


def _offset(offset: timedelta) -> str:
    """`UTC`, `UTC+1` or `UTC-3:30`."""
    minutes = round(offset.total_seconds() / 60)
    if not minutes:
        return "UTC"
    hours, rest = divmod(abs(minutes), 60)
    return f"UTC{'+' if minutes > 0 else '-'}{hours}" + (f":{rest:02}" if rest else "")


def _host(entry: Entry) -> str:
    return tr("the demo gateway") if entry.gateway == DEMO else urlsplit(entry.gateway).netloc or entry.gateway


def _price(entries: Sequence[Entry]) -> str:
    return money(sum(entry.price.minor for entry in entries), entries[0].price.currency)


def _task(entry: Entry) -> str:
    return tr("Task ID {task}.").format(task=entry.task) if entry.task else ""


def _why(entry: Entry) -> str:
    if entry.reason is None:
        return ""
    if entry.reason.code in _WHY:
        facts = {"status": "?"} | dict(entry.reason.facts)
        return tr(_WHY[entry.reason.code]).format(**facts)
    return sentence(entry.reason)


def _wish(known: Verdict, *, one: bool) -> str:
    """What is asked of the gateway."""
    of_one, of_several = {
        Verdict.UNSURE: (
            tr("Was it charged? If so, please refund it or give the task ID."),
            tr("Were they charged? If so, please refund them or give the task IDs."),
        ),
        Verdict.YES: (
            tr("It was charged: please check the charge."),
            tr("They were charged: please check the charges."),
        ),
        Verdict.REFUNDED: (tr("It is noted as refunded."), tr("They are noted as refunded.")),
        Verdict.NO: (tr("It should not be charged."), tr("They should not be charged.")),
    }[known]
    return of_one if one else of_several
