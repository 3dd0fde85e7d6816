"""Clips to rows and back: the SQL of everything that the studio saves and reads, on a given connection."""

from __future__ import annotations

import json
import sqlite3
from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, replace

from seedance_desktop.domain.clip import IN_THE_MAKING, Clip, Flag, Footage, Stage, Verdict
from seedance_desktop.domain.money import Money, Spend
from seedance_desktop.domain.reason import Reason
from seedance_desktop.domain.recipe import Recipe

PLAIN = [  # columns that hold a field of the clip as it is
    "id",
    "made",
    "gateway",
    "click",
    "take",
    "takes",
    "project",
    "shot",
    "approved",
    "send_after",
    "sent",
    "accepted",
    "started",
    "done",
    "task",
    "word",
    "link",
    "file",
    "poster",
    "stars",
    "notes",
    "trashed",
    "place",
    "mark_in",
    "mark_out",
    "handed",
    "outside",
]


def to_row(clip: Clip) -> dict[str, object]:
    """A clip as column values."""
    row: dict[str, object] = {name: getattr(clip, name) for name in PLAIN}
    footage = clip.footage
    row.update(
        recipe=json.dumps(clip.recipe.to_dict(), ensure_ascii=False),
        prompt=clip.recipe.prompt,
        price=clip.price.minor,
        currency=clip.price.currency,
        stage=clip.stage.value,
        charged=clip.charged.value,
        rendering=int(clip.rendering),
        reason=clip.reason.to_json() if clip.reason else "",
        footage=json.dumps(asdict(footage)) if footage else "",
        seconds=footage.seconds if footage else float(clip.recipe.duration),
        flag=clip.flag.value,
        tags="\n".join(clip.tags),
    )
    return row


def from_row(row: sqlite3.Row) -> Clip:
    """A clip from a row of `clips`; also of a library that a program has left at an older version."""
    here = row.keys()
    return Clip(
        **{name: row[name] for name in PLAIN if name in here},
        recipe=Recipe.from_dict(json.loads(row["recipe"])),
        price=Money(row["price"], row["currency"]),
        stage=Stage(row["stage"]),
        charged=Verdict(row["charged"]),
        rendering=bool(row["rendering"]),
        reason=Reason.from_json(row["reason"]),
        footage=Footage(**json.loads(row["footage"])) if row["footage"] else None,
        flag=Flag(row["flag"]),
        tags=tuple(filter(None, row["tags"].split("\n"))),
    )


def put(connection: sqlite3.Connection, clip: Clip) -> None:
    """Insert a clip or write over its row."""
    row = to_row(clip)
    names = ", ".join(row)
    places = ", ".join(f":{name}" for name in row)
    updates = ", ".join(f"{name} = excluded.{name}" for name in row if name != "id")
    connection.execute(
        f"INSERT INTO clips ({names}) VALUES ({places}) ON CONFLICT (id) DO UPDATE SET {updates}",  # noqa: S608
        row,
    )


def get(connection: sqlite3.Connection, clip: int) -> Clip | None:
    """The clip with that id."""
    row = connection.execute("SELECT * FROM clips WHERE id = ?", (clip,)).fetchone()
    return from_row(row) if row else None


def get_many(connection: sqlite3.Connection, ids: Iterable[int]) -> list[Clip]:
    """The clips with those ids, in no particular order; unknown ids are passed over."""
    wanted = json.dumps(list(ids))
    rows = connection.execute("SELECT * FROM clips WHERE id IN (SELECT value FROM json_each(?))", (wanted,))
    return [from_row(row) for row in rows]


def under_way(connection: sqlite3.Connection) -> list[Clip]:
    """Every clip that stands "in the making", in the order of making."""
    stages = ", ".join(f"'{stage.value}'" for stage in IN_THE_MAKING)
    rows = connection.execute(
        f"SELECT * FROM clips WHERE stage NOT IN ('ready', 'cancelled') AND stage IN ({stages}) "  # noqa: S608
        "AND trashed = 0 ORDER BY place, made, click, take"
    )
    return [from_row(row) for row in rows]


def place(connection: sqlite3.Connection, places: Mapping[int, int]) -> None:
    """Write the places of clips by their ids, and no other column: the rest may have gone on meanwhile."""
    connection.executemany("UPDATE clips SET place = ? WHERE id = ?", [(where, clip) for clip, where in places.items()])


def delete_unsent(connection: sqlite3.Connection, clip: int) -> bool:
    """Delete a clip for which nothing was ever sent; False (and nothing done) if a submit names it."""
    cursor = connection.execute(
        "DELETE FROM clips WHERE id = ? AND NOT EXISTS (SELECT 1 FROM submits WHERE submits.clip = clips.id)", (clip,)
    )
    return cursor.rowcount > 0


def begin_submit(connection: sqlite3.Connection, clip: Clip) -> None:
    """The submit of a clip's present approval stands as unsure from here on, until an answer says more.

    A second attempt of the same approval (after a surely unsent first) uses the same row.
    """
    connection.execute(
        "INSERT INTO submits (clip, approved, gateway, price, currency, sent, verdict) "
        "VALUES (?, ?, ?, ?, ?, ?, 'unsure') ON CONFLICT (clip, approved) DO UPDATE SET "
        "sent = excluded.sent, verdict = 'unsure', reason = '', gateway = excluded.gateway",
        (clip.id, clip.approved, clip.gateway, clip.price.minor, clip.price.currency, clip.sent),
    )


def end_submit(connection: sqlite3.Connection, clip: Clip, verdict: Verdict, task: str, reason: Reason | None) -> None:
    """Write what became of the submit of a clip's present approval; a task adopted without one makes one."""
    connection.execute(
        "INSERT INTO submits (clip, approved, gateway, price, currency, sent, verdict, task, reason) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (clip, approved) DO UPDATE SET "
        "verdict = excluded.verdict, task = excluded.task, reason = excluded.reason",
        (
            clip.id,
            clip.approved,
            clip.gateway,
            clip.price.minor,
            clip.price.currency,
            clip.sent,
            verdict.value,
            task,
            reason.to_json() if reason else "",
        ),
    )


def submits_of(connection: sqlite3.Connection, clip: int) -> list[dict[str, object]]:
    """Every submit of a clip, oldest first, as column values."""
    rows = connection.execute("SELECT * FROM submits WHERE clip = ? ORDER BY approved", (clip,))
    return [{name: row[name] for name in row.keys() if name not in ("id", "clip")} for row in rows]  # noqa: SIM118


def charged(connection: sqlite3.Connection, clip: int) -> Verdict:
    """What a clip's submits say together: yes if any was charged, else unsure, else refunded, else no."""
    found = {row[0] for row in connection.execute("SELECT verdict FROM submits WHERE clip = ?", (clip,))}
    for verdict in (Verdict.YES, Verdict.UNSURE, Verdict.REFUNDED):
        if verdict.value in found:
            return verdict
    return Verdict.NO


def recount(connection: sqlite3.Connection, clip: Clip) -> Clip:
    """The clip with its `charged` brought up to what its submits say, saved."""
    counted = replace(clip, charged=charged(connection, clip.id))
    put(connection, counted)
    return counted


def spend(connection: sqlite3.Connection, since: int, until: int) -> Spend:
    """Charged and unknown submits approved in the time span (ms), and what is planned whenever it was made."""
    spent = connection.execute(
        "SELECT coalesce(sum(price), 0) FROM submits WHERE approved >= ? AND approved < ? "
        "AND verdict IN ('yes', 'unsure')",
        (since, until),
    ).fetchone()[0]
    planned = connection.execute("SELECT coalesce(sum(price), 0) FROM clips WHERE stage = 'planned'").fetchone()[0]
    return Spend(int(spent), int(planned))


def typical_seconds(connection: sqlite3.Connection) -> float | None:
    """The median time from accepted to done of this library's last 20 finished clips; None under 3 of them."""
    rows: Sequence[tuple[int]] = connection.execute(
        "SELECT done - accepted FROM clips INDEXED BY clips_newest WHERE stage = 'ready' "
        "AND accepted > 0 AND done > accepted AND trashed = 0 ORDER BY made DESC LIMIT 20"
    ).fetchall()
    if len(rows) < 3:
        return None
    times = array("q", sorted(row[0] for row in rows))
    return times[len(times) // 2] / 1000
