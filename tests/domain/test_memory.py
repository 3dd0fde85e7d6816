"""Drafts, presets and references as values."""

from __future__ import annotations

import json

from seedance_desktop.domain.kept_images import KeptImage
from seedance_desktop.domain.memory import KeptDraft, Preset, is_empty, title
from seedance_desktop.domain.mentions import Mention
from seedance_desktop.domain.recipe import Draft, Recipe, Reference, Use

MARA = Reference("Mara", "a1", ".jpg", "https://example.com/m.jpg", 1200, 1600, (0.1, 0.2, 0.3, 0.4), as_link=True)


def test_a_draft_is_called_by_its_first_words() -> None:
    draft = Draft(Recipe(f"{Mention('a1', 'Mara')} climbs\nthe last stairs of the lighthouse at blue hour", (MARA,)))
    assert title(draft) == "Image 1 climbs the last stairs of the l…"
    assert KeptDraft(1, draft).title == title(draft)
    assert KeptDraft(1, draft, "Stairs").title == "Stairs"
    assert is_empty(Draft())
    assert not is_empty(draft)


def test_a_preset_leaves_what_is_written() -> None:
    saved = Preset.of("Tall", Draft(Recipe("old", (MARA,), Use.REFERENCES, "9:16", 10), 3), images=False)
    assert saved.recipe.prompt == ""
    had = Draft(Recipe("a fox", (MARA, MARA), Use.FIRST_LAST), 1, "Film", "12B")
    got = saved.on(had)
    assert (got.recipe.prompt, got.recipe.references, got.recipe.use) == ("a fox", (MARA, MARA), Use.FIRST_LAST)
    assert (got.recipe.ratio, got.recipe.duration, got.takes, got.project, got.shot) == ("9:16", 10, 3, "Film", "12B")


def test_a_preset_with_images_brings_them_and_what_they_are_for() -> None:
    saved = Preset.of("Mara", Draft(Recipe("old", (MARA,), Use.REFERENCES)), images=True)
    assert Preset.from_dict(json.loads(json.dumps(saved.to_dict()))) == saved
    got = saved.on(Draft(Recipe("a fox"))).recipe
    assert (got.references, got.use) == ((MARA,), Use.REFERENCES)


def test_a_reference_goes_through_json_with_its_crop() -> None:
    recipe = Recipe("a", (MARA,))
    assert Recipe.from_dict(json.loads(json.dumps(recipe.to_dict()))) == recipe
    assert "example.com" not in json.dumps(recipe.to_public_dict())
    assert Recipe.from_dict(recipe.to_public_dict()).references[0].part == MARA.part


def test_what_goes_over_the_wire_for_a_reference() -> None:
    link = "https://example.com/m.jpg"
    assert Reference("m", url=link).link == link
    assert Reference("m", "a1", ".jpg", link).link == ""
    assert Reference("m", "a1", ".jpg", link, as_link=True).link == link
    assert KeptImage("a1", ".jpg", "Mara", 3, 2, 0).reference == Reference("Mara", "a1", ".jpg", "", 3, 2)
