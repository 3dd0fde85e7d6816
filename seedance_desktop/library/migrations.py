"""The schema, as numbered steps from an empty database to the present one."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable

from seedance_desktop.domain.errors import LibraryProblem

from .review_step import REVIEW

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

_SECOND = """
-- The order of what is planned; until it is moved, the order of making.
ALTER TABLE clips ADD COLUMN place INTEGER NOT NULL DEFAULT 0;
UPDATE clips SET place = made;
DROP INDEX clips_under_way;
CREATE INDEX clips_under_way ON clips (place, made, click, take) WHERE stage NOT IN ('ready', 'cancelled');
CREATE INDEX clips_newest ON clips (made DESC, take DESC, id);
CREATE INDEX clips_by_prompt ON clips (substr(prompt, 1, 48));  -- enough to tell most prompts apart
CREATE INDEX clips_by_shot ON clips (project, shot, made, trashed) WHERE trashed = 0;

-- Which clips were made with which image, whatever their stage. (A file that is not ours may carry a recipe with
-- numbers such as NaN, which Python takes for JSON and SQLite doesn't.)
CREATE TABLE image_uses (
    hash TEXT NOT NULL,
    clip INTEGER NOT NULL,
    PRIMARY KEY (hash, clip)
) STRICT, WITHOUT ROWID;
CREATE INDEX image_uses_by_clip ON image_uses (clip);
CREATE TRIGGER image_uses_new AFTER INSERT ON clips BEGIN
    INSERT INTO image_uses (hash, clip)
    SELECT DISTINCT json_extract(value, '$.hash'), new.id
    FROM json_each(iif(json_valid(new.recipe), new.recipe, '{}'), '$.references')
    WHERE json_extract(value, '$.hash') != '';
END;
CREATE TRIGGER image_uses_gone AFTER DELETE ON clips BEGIN
    DELETE FROM image_uses WHERE clip = old.id;
END;
INSERT INTO image_uses (hash, clip)
SELECT DISTINCT json_extract(value, '$.hash'), clips.id
FROM clips, json_each(iif(json_valid(clips.recipe), clips.recipe, '{}'), '$.references')
WHERE json_extract(value, '$.hash') != '';

-- The images themselves: the first clip that was made with one says what it is called.
ALTER TABLE images ADD COLUMN tags TEXT NOT NULL DEFAULT '';
ALTER TABLE images ADD COLUMN url TEXT NOT NULL DEFAULT '';
ALTER TABLE images ADD COLUMN trashed INTEGER NOT NULL DEFAULT 0;
INSERT OR IGNORE INTO images (hash, suffix, name, width, height, added, url)
SELECT
    json_extract(value, '$.hash'),
    coalesce(json_extract(value, '$.suffix'), ''),
    coalesce(json_extract(value, '$.name'), ''),
    CAST(coalesce(json_extract(value, '$.width'), 0) AS INTEGER),
    CAST(coalesce(json_extract(value, '$.height'), 0) AS INTEGER),
    min(made),
    coalesce(json_extract(value, '$.url'), '')
FROM clips, json_each(iif(json_valid(clips.recipe), clips.recipe, '{}'), '$.references')
WHERE length(json_extract(value, '$.hash')) = 64 AND json_extract(value, '$.hash') NOT GLOB '*[^0-9a-f]*'
    AND json_extract(value, '$.suffix') NOT GLOB '*[^.a-z0-9]*'
GROUP BY json_extract(value, '$.hash');

-- Drafts side by side, by number; `settings.draft` is the number of the one that is written on.
ALTER TABLE drafts RENAME TO drafts_by_name;
CREATE TABLE drafts (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL,
    draft TEXT NOT NULL,
    changed INTEGER NOT NULL
) STRICT;
INSERT INTO drafts (name, draft, changed) SELECT name, draft, changed FROM drafts_by_name ORDER BY changed;
INSERT OR REPLACE INTO settings (name, value) SELECT 'draft', number FROM drafts WHERE name = '';
DROP TABLE drafts_by_name;

CREATE TABLE presets (
    name TEXT PRIMARY KEY,
    preset TEXT NOT NULL,
    changed INTEGER NOT NULL
) STRICT;
"""

STEPS: tuple[str, ...] = (_FIRST, _SECOND, REVIEW)
"""Step n brings a database of version n to version n + 1. A step that has shipped is never changed."""


def version(connection: sqlite3.Connection) -> int:
    """The schema version of a database; 0 for an empty one."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def migrate(connection: sqlite3.Connection, folder: str, backup: Callable[[str], object]) -> None:
    """Bring the database up to date, each step in one transaction after `backup(label)` (none of an empty one).

    Raises `LibraryProblem("library-newer")` and touches nothing if a newer program made it.
    """
    found = version(connection)
    if found > len(STEPS):
        raise LibraryProblem("library-newer", folder=folder)
    for number in range(found, len(STEPS)):
        if found:
            backup(f"before-version-{number + 1}")
        connection.executescript(f"BEGIN IMMEDIATE;\n{STEPS[number]}\nPRAGMA user_version = {number + 1};\nCOMMIT;")
