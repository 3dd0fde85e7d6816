"""Step 3 of the schema, for review: ranges, what is handed over, and the shelf with its stacks, tags and families.

`shelf` holds of each finished clip only what it is filtered and ordered by: a table of narrow rows, where `clips` has
wide ones. It, the stacks, the tags and the families are kept by triggers alone, so that nothing can forget them.
"""

from __future__ import annotations

_COLUMNS = """
ALTER TABLE clips ADD COLUMN mark_in INTEGER NOT NULL DEFAULT -1;
ALTER TABLE clips ADD COLUMN mark_out INTEGER NOT NULL DEFAULT -1;
ALTER TABLE clips ADD COLUMN handed INTEGER NOT NULL DEFAULT 0;
ALTER TABLE clips ADD COLUMN outside TEXT NOT NULL DEFAULT '';

-- As domain.shelf.stack_of has it.
ALTER TABLE clips ADD COLUMN stack TEXT GENERATED ALWAYS AS (
    CASE WHEN shot != '' THEN 'shot' || char(10) || project || char(10) || shot
        ELSE 'click' || char(10) || iif(click != 0, click, id) END
) VIRTUAL;

-- Clips whose files beside them say less than their rows.
CREATE TABLE records_due (clip INTEGER PRIMARY KEY) STRICT;
"""

_SHELF = """
-- `flag` as domain.shelf.rank has it. A recipe that SQLite doesn't take for JSON has no settings to filter by.
CREATE VIEW finished AS SELECT
    id, trashed, stack, CASE flag WHEN 'pick' THEN 2 WHEN 'reject' THEN 0 ELSE 1 END AS flag,
    stars, made, take, seconds, project, shot,
    CAST(coalesce(json_extract(iif(json_valid(recipe), recipe, '{}'), '$.ratio'), '') AS TEXT) AS ratio,
    CAST(coalesce(json_extract(iif(json_valid(recipe), recipe, '{}'), '$.resolution'), '') AS TEXT) AS resolution,
    CAST(coalesce(json_extract(iif(json_valid(recipe), recipe, '{}'), '$.duration'), 0) AS INTEGER) AS duration,
    0 AS best
FROM clips WHERE stage = 'ready';

CREATE TABLE shelf (
    id INTEGER PRIMARY KEY,
    trashed INTEGER NOT NULL,
    stack TEXT NOT NULL,
    flag INTEGER NOT NULL,
    stars INTEGER NOT NULL,
    made INTEGER NOT NULL,
    take INTEGER NOT NULL,
    seconds REAL NOT NULL,
    project TEXT NOT NULL,
    shot TEXT NOT NULL,
    ratio TEXT NOT NULL,
    resolution TEXT NOT NULL,
    duration INTEGER NOT NULL,
    best INTEGER NOT NULL
) STRICT;
INSERT INTO shelf SELECT * FROM finished;

-- Each order's index holds all that is filtered by, so that a walk through it looks nowhere else.
CREATE INDEX shelf_newest ON shelf (
    made DESC, take DESC, id, stack, flag, stars, project, shot, ratio, resolution, duration
) WHERE trashed = 0;
CREATE INDEX shelf_longest ON shelf (
    seconds DESC, made DESC, id, stack, flag, stars, project, shot, ratio, resolution, duration
) WHERE trashed = 0;
CREATE INDEX shelf_stars ON shelf (
    stars DESC, made DESC, take DESC, id, stack, flag, project, shot, ratio, resolution, duration
) WHERE trashed = 0;
CREATE INDEX shelf_shots ON shelf (
    project, shot, made DESC, id, stack, flag, stars, ratio, resolution, duration
) WHERE trashed = 0;
CREATE INDEX shelf_stacks ON shelf (
    stack, flag DESC, stars DESC, made DESC, take DESC, id DESC, project, shot, ratio, resolution, duration
) WHERE trashed = 0;
CREATE INDEX shelf_best_newest ON shelf (made DESC, take DESC, id) WHERE best = 1;
CREATE INDEX shelf_best_longest ON shelf (seconds DESC, made DESC, id) WHERE best = 1;
CREATE INDEX shelf_best_stars ON shelf (stars DESC, made DESC, take DESC, id) WHERE best = 1;
CREATE INDEX shelf_best_shots ON shelf (project, shot, made DESC, id) WHERE best = 1;
CREATE INDEX shelf_trash ON shelf (trashed DESC, id) WHERE trashed > 0;
DROP INDEX clips_on_shelf;

CREATE TABLE stacks (
    stack TEXT PRIMARY KEY,
    best INTEGER NOT NULL,
    takes INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX stacks_by_takes ON stacks (takes);
INSERT INTO stacks SELECT stack, (
    SELECT id FROM shelf WHERE trashed = 0 AND shelf.stack = counted.stack
    ORDER BY flag DESC, stars DESC, made DESC, take DESC, id DESC LIMIT 1
), takes FROM (SELECT stack, count(*) AS takes FROM shelf WHERE trashed = 0 GROUP BY stack) AS counted;
UPDATE shelf SET best = 1 WHERE id IN (SELECT best FROM stacks);

CREATE TRIGGER shelf_new AFTER INSERT ON clips WHEN new.stage = 'ready' BEGIN
    INSERT INTO shelf SELECT * FROM finished WHERE id = new.id;
END;
CREATE TRIGGER shelf_gone AFTER DELETE ON clips BEGIN
    DELETE FROM shelf WHERE id = old.id;
END;
CREATE TRIGGER shelf_changed AFTER UPDATE ON clips
WHEN (old.stage, old.trashed, old.stack, old.flag, old.stars, old.made, old.take, old.seconds, old.project, old.recipe)
    IS NOT
    (new.stage, new.trashed, new.stack, new.flag, new.stars, new.made, new.take, new.seconds, new.project, new.recipe)
BEGIN
    DELETE FROM shelf WHERE id = old.id;
    INSERT INTO shelf SELECT * FROM finished WHERE id = new.id;
END;

CREATE TRIGGER stacks_more AFTER INSERT ON shelf WHEN new.trashed = 0 BEGIN
    INSERT INTO stacks (stack, best, takes) SELECT new.stack, 0, 0
    WHERE NOT EXISTS (SELECT 1 FROM stacks WHERE stack = new.stack);
    UPDATE stacks SET takes = takes + 1, best = (
        SELECT id FROM shelf WHERE trashed = 0 AND stack = new.stack
        ORDER BY flag DESC, stars DESC, made DESC, take DESC, id DESC LIMIT 1
    ) WHERE stack = new.stack;
END;
CREATE TRIGGER stacks_less AFTER DELETE ON shelf WHEN old.trashed = 0 BEGIN
    DELETE FROM stacks WHERE stack = old.stack AND takes = 1;
    UPDATE stacks SET takes = takes - 1, best = (
        SELECT id FROM shelf WHERE trashed = 0 AND stack = old.stack
        ORDER BY flag DESC, stars DESC, made DESC, take DESC, id DESC LIMIT 1
    ) WHERE stack = old.stack;
END;
CREATE TRIGGER stacks_best AFTER UPDATE OF best ON stacks WHEN old.best != new.best BEGIN
    UPDATE shelf SET best = 0 WHERE id = old.best;
    UPDATE shelf SET best = 1 WHERE id = new.best;
END;
"""

# Tags are one text with a line each. A backslash would hide an escape of JSON, so it becomes one only at the end.
_SPLIT = """json_each(
    '[' || replace(replace(json_quote(replace({tags}, '\\', char(30))), '\\n', '","'), '\\u001e', '\\\\') || ']'
)"""

_TAGS = f"""
-- The tags of what is not in the trash.
CREATE TABLE clip_tags (
    tag TEXT NOT NULL,
    clip INTEGER NOT NULL,
    PRIMARY KEY (tag, clip)
) STRICT, WITHOUT ROWID;
CREATE INDEX clip_tags_by_clip ON clip_tags (clip);
INSERT INTO clip_tags SELECT DISTINCT value, clips.id FROM clips, {_SPLIT.format(tags="clips.tags")}
WHERE trashed = 0 AND value != '';
CREATE TRIGGER clip_tags_new AFTER INSERT ON clips WHEN new.tags != '' AND new.trashed = 0 BEGIN
    INSERT INTO clip_tags SELECT DISTINCT value, new.id FROM {_SPLIT.format(tags="new.tags")} WHERE value != '';
END;
CREATE TRIGGER clip_tags_gone AFTER DELETE ON clips BEGIN
    DELETE FROM clip_tags WHERE clip = old.id;
END;
CREATE TRIGGER clip_tags_changed AFTER UPDATE OF tags, trashed ON clips
WHEN old.tags != new.tags OR (old.trashed = 0) != (new.trashed = 0) BEGIN
    DELETE FROM clip_tags WHERE clip = new.id;
    INSERT INTO clip_tags SELECT DISTINCT value, new.id FROM {_SPLIT.format(tags="new.tags")}
    WHERE value != '' AND new.trashed = 0;
END;
"""  # noqa: S608 - our own words

_PARENTS = """json_each(iif(json_valid({recipe}), {recipe}, '{{}}'), '$.references')
    WHERE json_type(value, '$.clip') = 'integer' AND typeof(json_extract(value, '$.clip')) = 'integer'
    AND json_extract(value, '$.clip') != 0"""

_FAMILIES = f"""
-- Which clips were made with a frame of which.
CREATE TABLE clip_parents (
    parent INTEGER NOT NULL,
    clip INTEGER NOT NULL,
    PRIMARY KEY (parent, clip)
) STRICT, WITHOUT ROWID;
CREATE INDEX clip_parents_by_clip ON clip_parents (clip);
INSERT INTO clip_parents SELECT DISTINCT json_extract(value, '$.clip'), clips.id
FROM clips, {_PARENTS.format(recipe="clips.recipe")};
CREATE TRIGGER clip_parents_new AFTER INSERT ON clips BEGIN
    INSERT INTO clip_parents SELECT DISTINCT json_extract(value, '$.clip'), new.id
    FROM {_PARENTS.format(recipe="new.recipe")};
END;
CREATE TRIGGER clip_parents_gone AFTER DELETE ON clips BEGIN
    DELETE FROM clip_parents WHERE clip = old.id;
END;
CREATE TRIGGER clip_parents_changed AFTER UPDATE OF recipe ON clips WHEN old.recipe != new.recipe BEGIN
    DELETE FROM clip_parents WHERE clip = new.id;
    INSERT INTO clip_parents SELECT DISTINCT json_extract(value, '$.clip'), new.id
    FROM {_PARENTS.format(recipe="new.recipe")};
END;
"""  # noqa: S608

_WORDS = """
-- One or two characters are looked for as the beginnings of trigrams; so two more follow each end.
CREATE VIEW clips_words AS SELECT
    id, prompt || char(10, 10) AS prompt, project || char(10, 10) AS project, shot || char(10, 10) AS shot,
    tags || char(10, 10) AS tags, notes || char(10, 10) AS notes
FROM clips;
DROP TRIGGER clips_text_new;
DROP TRIGGER clips_text_gone;
DROP TRIGGER clips_text_changed;
DROP TABLE clips_text;
CREATE VIRTUAL TABLE clips_text USING fts5 (
    prompt, project, shot, tags, notes, content='clips_words', content_rowid='id', tokenize='trigram'
);
INSERT INTO clips_text (clips_text) VALUES ('rebuild');
CREATE VIRTUAL TABLE clips_terms USING fts5vocab ('clips_text', 'instance');
CREATE TRIGGER clips_text_new AFTER INSERT ON clips BEGIN
    INSERT INTO clips_text (rowid, prompt, project, shot, tags, notes) SELECT * FROM clips_words WHERE id = new.id;
END;
CREATE TRIGGER clips_text_gone AFTER DELETE ON clips BEGIN
    INSERT INTO clips_text (clips_text, rowid, prompt, project, shot, tags, notes) VALUES (
        'delete', old.id, old.prompt || char(10, 10), old.project || char(10, 10), old.shot || char(10, 10),
        old.tags || char(10, 10), old.notes || char(10, 10)
    );
END;
CREATE TRIGGER clips_text_changed AFTER UPDATE OF prompt, project, shot, tags, notes ON clips
WHEN (old.prompt, old.project, old.shot, old.tags, old.notes)
    IS NOT (new.prompt, new.project, new.shot, new.tags, new.notes) BEGIN
    INSERT INTO clips_text (clips_text, rowid, prompt, project, shot, tags, notes) VALUES (
        'delete', old.id, old.prompt || char(10, 10), old.project || char(10, 10), old.shot || char(10, 10),
        old.tags || char(10, 10), old.notes || char(10, 10)
    );
    INSERT INTO clips_text (rowid, prompt, project, shot, tags, notes) SELECT * FROM clips_words WHERE id = new.id;
END;
"""

REVIEW = _COLUMNS + _SHELF + _TAGS + _FAMILIES + _WORDS
