"""What the composer remembers: drafts, presets, and every prompt, project and shot that clips were made with."""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Iterator
from dataclasses import replace

from seedance_desktop.domain.memory import KeptDraft, PastPrompt, Preset
from seedance_desktop.domain.recipe import Draft

from . import search, settings
from .threads import Threads

_CURRENT = "draft"


class Memory:
    """The composer's memory of a library. Everything is on disk when a method returns."""

    def __init__(self, threads: Threads) -> None:
        """Over a library's threads."""
        self._threads = threads

    async def drafts(self) -> list[KeptDraft]:
        """Every kept draft, the one changed last first."""
        return await self._threads.read(_drafts)

    async def draft(self, number: int) -> KeptDraft | None:
        """The draft with that number."""
        return await self._threads.read(_draft, number)

    async def keep_draft(self, draft: KeptDraft) -> KeptDraft:
        """Keep a draft under its number; number 0 gets a fresh one, changed 0 is now. Returns it as it is kept."""
        return await self._threads.write(_keep_draft, draft)

    async def remove_draft(self, number: int) -> None:
        """Forget a draft; its number is never given again, but the draft may be kept under it again."""
        await self._threads.write(_remove_draft, number)

    async def current(self) -> int:
        """The number of the draft that the composer showed last; 0 where there is none."""
        return await self._threads.read(_current)

    async def set_current(self, number: int) -> None:
        """Keep the number of the draft that the composer shows."""
        await self._threads.write(settings.keep, _CURRENT, str(number))

    async def presets(self) -> list[Preset]:
        """Every preset, by name."""
        return await self._threads.read(_presets)

    async def keep_preset(self, preset: Preset) -> None:
        """Keep a preset in place of the one of that name."""
        await self._threads.write(_keep_preset, preset)

    async def remove_preset(self, name: str) -> None:
        """Forget a preset."""
        await self._threads.write(_remove_preset, name)

    async def prompts(self, text: str = "", most: int = 60) -> list[PastPrompt]:
        """Every prompt that was ever sent and holds every word of `text`, the one sent last first; at most `most`.

        What is in the trash was sent too.
        """
        return await self._threads.read(_prompts, text, most)

    async def projects(self) -> list[str]:
        """The names of all projects, the one worked on last first."""
        return await self._threads.read_long(_projects)

    async def shots(self, project: str) -> list[str]:
        """The names of a project's shots, the one worked on last first; of clips without a project for an empty one."""
        return await self._threads.read(_shots, project)


def _drafts(connection: sqlite3.Connection) -> list[KeptDraft]:
    found = connection.execute("SELECT * FROM drafts ORDER BY changed DESC, number DESC")
    return [_kept(row) for row in found]


def _draft(connection: sqlite3.Connection, number: int) -> KeptDraft | None:
    row = connection.execute("SELECT * FROM drafts WHERE number = ?", (number,)).fetchone()
    return _kept(row) if row else None


def _kept(row: sqlite3.Row) -> KeptDraft:
    return KeptDraft(row["number"], Draft.from_dict(json.loads(row["draft"])), row["name"], row["changed"])


def _keep_draft(connection: sqlite3.Connection, draft: KeptDraft) -> KeptDraft:
    text, changed = json.dumps(draft.draft.to_dict(), ensure_ascii=False), draft.changed or _now()
    cursor = connection.execute(
        "INSERT INTO drafts (number, name, draft, changed) VALUES (?, ?, ?, ?) ON CONFLICT (number) DO UPDATE SET "
        "name = excluded.name, draft = excluded.draft, changed = excluded.changed RETURNING number",
        (draft.number or None, draft.name, text, changed),
    )
    return replace(draft, number=cursor.fetchone()[0], changed=changed)


def _remove_draft(connection: sqlite3.Connection, number: int) -> None:
    connection.execute("DELETE FROM drafts WHERE number = ?", (number,))


def _current(connection: sqlite3.Connection) -> int:
    kept = connection.execute(
        "SELECT number FROM drafts WHERE number = CAST(? AS INTEGER)", (settings.get(connection, _CURRENT),)
    ).fetchone()
    return int(kept[0]) if kept else 0


def _presets(connection: sqlite3.Connection) -> list[Preset]:
    found = connection.execute("SELECT preset FROM presets")
    return sorted((Preset.from_dict(json.loads(row[0])) for row in found), key=_by_name)


def _by_name(preset: Preset) -> tuple[str, str]:
    return (search.folded(preset.name), preset.name)


def _keep_preset(connection: sqlite3.Connection, preset: Preset) -> None:
    connection.execute(
        "INSERT INTO presets (name, preset, changed) VALUES (?, ?, ?) "
        "ON CONFLICT (name) DO UPDATE SET preset = excluded.preset, changed = excluded.changed",
        (preset.name, json.dumps(preset.to_dict(), ensure_ascii=False), _now()),
    )


def _remove_preset(connection: sqlite3.Connection, name: str) -> None:
    connection.execute("DELETE FROM presets WHERE name = ?", (name,))


def _prompts(connection: sqlite3.Connection, text: str, most: int) -> list[PastPrompt]:
    found: list[PastPrompt] = []
    for row in _sent(connection, text, most):
        clips = connection.execute(
            f"SELECT count(*) FROM clips WHERE {_SAME_PROMPT} AND {_SUBMITTED}",  # noqa: S608
            {"prompt": row["prompt"]},
        ).fetchone()
        found.append(PastPrompt(row["prompt"], row["id"], row["made"], clips[0]))
    return found


_SUBMITTED = "EXISTS (SELECT 1 FROM submits WHERE submits.clip = clips.id)"
# As the index has it. Without the plus SQLite puts the value in place of the column, and knows the index no more.
_SAME_PROMPT = "substr(prompt, 1, 48) = substr(:prompt, 1, 48) AND +prompt = :prompt"


def _sent(connection: sqlite3.Connection, text: str, most: int) -> Iterator[sqlite3.Row]:
    """The newest clip of each prompt, in the order of an index: the walk ends with the last that is wanted."""
    found = search.matching(text, connection, prompts_only=True)
    where = "".join(f" AND {condition.format(t='+clips')}" for condition, _ in found)  # the plus keeps to the order
    seen: set[str] = set()
    for row in connection.execute(
        f"SELECT id, prompt, made FROM clips WHERE {_SUBMITTED}{where} ORDER BY made DESC, take DESC, id",  # noqa: S608
        [value for _, several in found for value in several],
    ):
        if row["prompt"] in seen:
            continue
        seen.add(row["prompt"])
        yield row
        if len(seen) >= most:
            return


def _projects(connection: sqlite3.Connection) -> list[str]:
    found = connection.execute(
        "SELECT project FROM clips WHERE project != '' AND trashed = 0 GROUP BY project ORDER BY max(made) DESC"
    )
    return [row[0] for row in found]


def _shots(connection: sqlite3.Connection, project: str) -> list[str]:
    found = connection.execute(
        "SELECT shot FROM clips WHERE project = ? AND shot != '' AND trashed = 0 GROUP BY shot ORDER BY max(made) DESC",
        (project,),
    )
    return [row[0] for row in found]


def _now() -> int:
    return time.time_ns() // 1_000_000
