"""The schema, as numbered steps from an empty database to the present one."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable

from seedance_desktop.domain.errors import LibraryProblem

_FIRST = """
CREATE TABLE clips (
    id INTEGER PRIMARY KEY,
    recipe TEXT NOT NULL,
    prompt TEXT NOT NULL,
    made INTEGER NOT NULL,
    gateway TEXT NOT NULL,
    price INTEGER NOT NULL,
    currency TEXT NOT NULL,
    click INTEGER NOT NULL,
    take INTEGER NOT NULL,
    takes INTEGER NOT NULL,
    project TEXT NOT NULL,
    shot TEXT NOT NULL,
    stage TEXT NOT NULL,
    charged TEXT NOT NULL,
    approved INTEGER NOT NULL,
    send_after INTEGER NOT NULL,
    sent INTEGER NOT NULL,
    accepted INTEGER NOT NULL,
    started INTEGER NOT NULL,
    done INTEGER NOT NULL,
    task TEXT NOT NULL,
    word TEXT NOT NULL,
    rendering INTEGER NOT NULL,
    link TEXT NOT NULL,
    reason TEXT NOT NULL,
    file TEXT NOT NULL,
    poster TEXT NOT NULL,
    footage TEXT NOT NULL,
    seconds REAL NOT NULL,
    stars INTEGER NOT NULL,
    flag TEXT NOT NULL,
    tags TEXT NOT NULL,
    notes TEXT NOT NULL,
    trashed INTEGER NOT NULL
) STRICT;
CREATE INDEX clips_under_way ON clips (made, click, take) WHERE stage NOT IN ('ready', 'cancelled');
CREATE INDEX clips_on_shelf ON clips (made DESC, take DESC, id) WHERE stage = 'ready' AND trashed = 0;
CREATE INDEX clips_in_trash ON clips (trashed) WHERE trashed > 0;

-- Money: one row for each approved POST, never deleted (ARCHITECTURE.md). `approved` names the approval of a clip.
CREATE TABLE submits (
    id INTEGER PRIMARY KEY,
    clip INTEGER NOT NULL,
    approved INTEGER NOT NULL,
    gateway TEXT NOT NULL,
    price INTEGER NOT NULL,
    currency TEXT NOT NULL,
    sent INTEGER NOT NULL,
    task TEXT NOT NULL DEFAULT '',
    verdict TEXT NOT NULL,
    reason TEXT NOT NULL DEFAULT '',
    note TEXT NOT NULL DEFAULT '',
    UNIQUE (clip, approved)
) STRICT;
CREATE INDEX submits_by_time ON submits (approved);
CREATE TRIGGER submits_stay BEFORE DELETE ON submits BEGIN
    SELECT RAISE(ABORT, 'submits are never deleted');
END;

CREATE TABLE images (
    hash TEXT PRIMARY KEY,
    suffix TEXT NOT NULL,
    name TEXT NOT NULL,
    width INTEGER NOT NULL,
    height INTEGER NOT NULL,
    added INTEGER NOT NULL
) STRICT;

CREATE TABLE drafts (
    name TEXT PRIMARY KEY,
    draft TEXT NOT NULL,
    changed INTEGER NOT NULL
) STRICT;

CREATE TABLE settings (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT;

CREATE VIRTUAL TABLE clips_text USING fts5 (
    prompt, project, shot, tags, notes, content='clips', content_rowid='id', tokenize='trigram'
);
CREATE TRIGGER clips_text_new AFTER INSERT ON clips BEGIN
    INSERT INTO clips_text (rowid, prompt, project, shot, tags, notes)
    VALUES (new.id, new.prompt, new.project, new.shot, new.tags, new.notes);
END;
CREATE TRIGGER clips_text_gone AFTER DELETE ON clips BEGIN
    INSERT INTO clips_text (clips_text, rowid, prompt, project, shot, tags, notes)
    VALUES ('delete', old.id, old.prompt, old.project, old.shot, old.tags, old.notes);
END;
CREATE TRIGGER clips_text_changed AFTER UPDATE OF prompt, project, shot, tags, notes ON clips
WHEN (old.prompt, old.project, old.shot, old.tags, old.notes)
    IS NOT (new.prompt, new.project, new.shot, new.tags, new.notes) BEGIN
    INSERT INTO clips_text (clips_text, rowid, prompt, project, shot, tags, notes)
    VALUES ('delete', old.id, old.prompt, old.project, old.shot, old.tags, old.notes);
    INSERT INTO clips_text (rowid, prompt, project, shot, tags, notes)
    VALUES (new.id, new.prompt, new.project, new.shot, new.tags, new.notes);
END;
"""

STEPS: tuple[str, ...] = (_FIRST,)
"""Step n brings a database of version n to version n + 1. A step that has shipped is never changed."""


def version(connection: sqlite3.Connection) -> int:
    """The schema version of a database; 0 for an empty one."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def migrate(connection: sqlite3.Connection, folder: str, backup: Callable[[str], object]) -> None:
    """Bring the database up to date, each step in one transaction after `backup(label)`.

    Raises `LibraryProblem("library-newer")` and touches nothing if a newer program made it.
    """
    found = version(connection)
    if found > len(STEPS):
        raise LibraryProblem("library-newer", folder=folder)
    for number in range(found, len(STEPS)):
        if number:
            backup(f"before-version-{number + 1}")
        connection.executescript(f"BEGIN IMMEDIATE;\n{STEPS[number]}\nPRAGMA user_version = {number + 1};\nCOMMIT;")
